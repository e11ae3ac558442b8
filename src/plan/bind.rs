//! Binds a syntax tree to what an index can answer: names to keys, words to terms, values to ranges.

use std::ops::Bound;

use super::node::{
    Element, EntityName, ExactField, ExistsField, Glob, GlobPart, Leaf, Node, Pattern, QuantityTest, Scope,
    TimeField, UnitTest, ValueRange,
};
use super::refuse;
use crate::article::{Kind, Span};
use crate::names;
use crate::query::{self, Diagnostic, FieldName, FieldRef, NodeKind, PhrasePart, Value, Variant, WildPart};
use crate::text::{PARAGRAPH_GAP, fold, inflect, tokens};

/// What a query asks, and how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What to answer.
    pub root: Node,
    /// What a person may want to know of how the query was read.
    pub notes: Vec<Diagnostic>,
}

/// The plan of a query.
///
/// # Errors
/// Every part of the query that names something unknown or asks for what is not answered, with its span.
pub fn plan(query: &query::Node) -> Result<Plan, Vec<Diagnostic>> {
    plan_with(query, &PlanOptions::default())
}

/// How queries are read where there is a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOptions {
    /// Whether a bare word also finds its inflections.
    pub inflections: bool,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self { inflections: true }
    }
}

/// The plan of a query, read in a way that may differ from the usual.
///
/// # Errors
/// As [`plan`].
pub fn plan_with(query: &query::Node, options: &PlanOptions) -> Result<Plan, Vec<Diagnostic>> {
    let mut binder = Binder { options: options.clone(), ..Binder::default() };
    let root = binder.node(query);
    if binder.errors.is_empty() { Ok(Plan { root, notes: binder.notes }) } else { Err(binder.errors) }
}

/// The most that slop times words of a phrase may be: the work at each place of a text grows with it.
const MAX_SLOP_TIMES_WORDS: u32 = 240;

#[derive(Default)]
struct Binder {
    options: PlanOptions,
    errors: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

impl Binder {
    fn refuse(&mut self, error: Diagnostic) -> Node {
        self.errors.push(error);
        Node::Nothing
    }

    fn node(&mut self, node: &query::Node) -> Node {
        match &node.kind {
            NodeKind::And(children) => {
                let (mut all, mut none) = (Vec::new(), Vec::new());
                for child in children {
                    match &child.kind {
                        NodeKind::Not(inner) => none.push(self.node(inner)),
                        _ => all.push(self.node(child)),
                    }
                }
                if none.is_empty() {
                    return Node::and(all);
                }
                if all.is_empty() {
                    all.push(Node::All);
                }
                Node::And { all, none }
            }
            NodeKind::Or(children) => Node::or(children.iter().map(|child| self.node(child)).collect()),
            NodeKind::Not(child) => Node::And { all: vec![Node::All], none: vec![self.node(child)] },
            NodeKind::Required(child) => self.node(child),
            NodeKind::Boost { child, boost } => Node::Boost { child: Box::new(self.node(child)), by: *boost },
            NodeKind::Near { .. } => self.refuse(refuse::proximity(node.span)),
            NodeKind::AtLeast { .. } => self.refuse(refuse::at_least(node.span)),
            NodeKind::Leaf(leaf) => self.leaf(leaf.field.as_ref(), &leaf.value, leaf.value_span),
            NodeKind::All => Node::All,
        }
    }

    fn leaf(&mut self, field: Option<&FieldRef>, value: &Value, span: Span) -> Node {
        if let Value::In(items) = value {
            return Node::or(items.iter().map(|item| self.leaf(field, &item.value, item.span)).collect());
        }
        let Some(field) = field else { return self.words(Scope::Text, value, span) };
        match field.name {
            FieldName::Title => self.words(Scope::Title, value, span),
            FieldName::Lead => self.words(Scope::Lead, value, span),
            FieldName::Body => self.words(Scope::Body, value, span),
            FieldName::Byline => self.words(Scope::Byline, value, span),
            FieldName::Source => self.words(Scope::Source, value, span),
            FieldName::Url => self.words(Scope::Url, value, span),
            FieldName::Lang => self.exact(ExactField::Lang, value, span),
            FieldName::Id => self.exact(ExactField::Id, value, span),
            FieldName::Published => self.time(TimeField::Published, value, span),
            FieldName::Updated => self.time(TimeField::Updated, value, span),
            FieldName::Date => self.refuse(refuse::dates_in_the_text(field.span)),
            FieldName::Story => self.refuse(refuse::stories(field.span)),
            FieldName::Org => self.refuse(refuse::kind(Kind::Org, field.span)),
            FieldName::Place => self.refuse(refuse::kind(Kind::Place, field.span)),
            FieldName::Person => self.person(value, span),
            FieldName::Country if field.variant == Some(Variant::Any) => {
                self.refuse(refuse::implied_countries(field.span))
            }
            FieldName::Country => self.country(value, span),
            FieldName::Number => self.quantity(Kind::Number, field, value, span),
            FieldName::Money => self.quantity(Kind::Money, field, value, span),
            FieldName::Percent => self.quantity(Kind::Percent, field, value, span),
            FieldName::Quantity => self.quantity(Kind::Quantity, field, value, span),
        }
    }

    fn words(&mut self, scope: Scope, value: &Value, span: Span) -> Node {
        let (elements, slop) = match value {
            Value::Exists => return Node::Leaf(Leaf::Exists(ExistsField::Words(scope))),
            Value::Word(word) if self.options.inflections => (bare_word(word, scope), 0),
            Value::Word(word) => (as_written(word), 0),
            Value::Phrase(phrase) => {
                if phrase.slop >= PARAGRAPH_GAP {
                    return self.refuse(refuse::slop(phrase.slop, PARAGRAPH_GAP - 1, span));
                }
                let mut elements = Vec::new();
                for part in &phrase.parts {
                    match part {
                        PhrasePart::Word(word) => elements.extend(as_written(word)),
                        PhrasePart::Slot(slot) => return self.refuse(refuse::slots(slot.span)),
                    }
                }
                let words = u32::try_from(elements.len()).unwrap_or(u32::MAX);
                if phrase.slop > 0 && words.saturating_mul(phrase.slop) > MAX_SLOP_TIMES_WORDS {
                    return self.refuse(refuse::slop_times_words(
                        words,
                        phrase.slop,
                        MAX_SLOP_TIMES_WORDS,
                        span,
                    ));
                }
                (elements, phrase.slop)
            }
            Value::Wildcard(parts) => match wildcard(parts) {
                Some(elements) => (elements, 0),
                None => return self.refuse(refuse::wildcard_without_letters(span)),
            },
            Value::Fuzzy { word, distance } => match &as_written(word)[..] {
                [Element::Terms(terms)] => {
                    let word = terms.first().cloned().unwrap_or_default();
                    (vec![Element::Fuzzy { word, distance: *distance }], 0)
                }
                _ => return self.refuse(refuse::fuzzy_of_several_words(span)),
            },
            Value::Range(_) => return self.refuse(refuse::range_of_words(span)),
            Value::In(_) => return Node::Nothing, // taken apart before
        };
        if elements.is_empty() {
            return self.refuse(refuse::nothing_to_find(span));
        }
        Node::Leaf(Leaf::Words(Pattern { scope, elements, slop }))
    }

    fn exact(&mut self, field: ExactField, value: &Value, span: Span) -> Node {
        let text = match value {
            Value::Exists if field == ExactField::Lang => return Node::Leaf(Leaf::Exists(ExistsField::Lang)),
            Value::Exists => return Node::All, // every article has an id
            Value::Word(word) => Some(word.clone()),
            Value::Phrase(phrase) => phrase.text(),
            _ => None,
        };
        match text {
            Some(text) if field == ExactField::Lang => {
                Node::Leaf(Leaf::Exact { field, value: text.to_lowercase() })
            }
            Some(value) => Node::Leaf(Leaf::Exact { field, value }),
            None => self.refuse(refuse::whole_value(span)),
        }
    }

    fn time(&mut self, field: TimeField, value: &Value, span: Span) -> Node {
        match value {
            Value::Exists => Node::Leaf(Leaf::Exists(ExistsField::Time(field))),
            Value::Range(range) => match range.instants() {
                Some((from, to)) => Node::Leaf(Leaf::Time { field, from, to }),
                None => self.refuse(refuse::not_a_date(span)),
            },
            _ => self.refuse(refuse::not_a_date(span)),
        }
    }

    fn person(&mut self, value: &Value, span: Span) -> Node {
        if *value == Value::Exists {
            return Node::Leaf(Leaf::Exists(ExistsField::Mention(Kind::Person)));
        }
        let Some(name) = name_of(value) else { return self.refuse(refuse::name_pattern(span)) };
        let key = names::person::key(&name);
        let name = match key.split(' ').collect::<Vec<_>>()[..] {
            [] | [""] => return self.refuse(refuse::nothing_to_find(span)),
            [one] => EntityName::Part(one.to_owned()),
            _ => EntityName::Key(key),
        };
        Node::Leaf(Leaf::Entity { kind: Kind::Person, name })
    }

    fn country(&mut self, value: &Value, span: Span) -> Node {
        if *value == Value::Exists {
            return Node::Leaf(Leaf::Exists(ExistsField::Mention(Kind::Country)));
        }
        let Some(name) = name_of(value) else { return self.refuse(refuse::name_pattern(span)) };
        match names::country::lookup(&name) {
            Some(code) => {
                let name = EntityName::Key(code.to_owned());
                Node::Leaf(Leaf::Entity { kind: Kind::Country, name })
            }
            None => self.refuse(refuse::unknown_country(&name, names::country::suggest(&name), span)),
        }
    }

    fn quantity(&mut self, kind: Kind, field: &FieldRef, value: &Value, span: Span) -> Node {
        let exact = field.variant == Some(Variant::Exact);
        let (range, stated) = match value {
            Value::Exists => (None, None),
            Value::Range(range) => match range.numbers() {
                Some(ends) => (Some(value_range(ends)), range.unit()),
                None => return self.refuse(refuse::not_a_number(span)),
            },
            _ => return self.refuse(refuse::not_a_number(span)),
        };
        let unit = field.unit.as_deref().or(stated);
        let test = |kind, unit| Node::Leaf(Leaf::Quantity(QuantityTest { kind, unit, range, exact }));
        match (kind, unit) {
            (Kind::Money, Some(code)) => test(kind, UnitTest::Is(code.to_owned())),
            (Kind::Number | Kind::Quantity, Some(unit)) => {
                let (kind, unit) = names::unit::lookup(unit);
                test(kind, UnitTest::Is(unit.into_owned()))
            }
            // A measure or a counted noun: the second is a kind of number.
            (Kind::Quantity, None) => {
                Node::or(vec![test(Kind::Quantity, UnitTest::Any), test(Kind::Number, UnitTest::Counted)])
            }
            (kind, _) => test(kind, UnitTest::Any),
        }
    }
}

/// A name as it was written; `None` for a pattern.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Word(word) => Some(word.clone()),
        Value::Phrase(phrase) => phrase.text(),
        _ => None,
    }
}

/// A bare word: with its inflections if it is one token of the story, otherwise as written.
fn bare_word(word: &str, scope: Scope) -> Vec<Element> {
    let mut elements = as_written(word);
    if let ([Element::Terms(terms)], true) = (&mut elements[..], scope.is_text())
        && let Some(term) = terms.first()
    {
        *terms = inflect::forms(term);
    }
    elements
}

/// The tokens of what was written, each as one term.
fn as_written(written: &str) -> Vec<Element> {
    tokens(written).map(|token| Element::Terms(vec![fold(token.span.of(written))])).collect()
}

/// The elements of a pattern: whole tokens before the last one stand for themselves (`mid-air*`).
fn wildcard(parts: &[WildPart]) -> Option<Vec<Element>> {
    let (first, rest) = parts.split_first()?;
    let WildPart::Literal(literal) = first else { return None };
    let cut: Vec<_> = tokens(literal).collect();
    let (last, whole) = cut.split_last()?;
    // The pattern continues the last token: nothing may stand between them.
    if (last.span.end as usize) < literal.len() {
        return None;
    }
    let mut elements: Vec<Element> =
        whole.iter().map(|token| Element::Terms(vec![fold(token.span.of(literal))])).collect();
    let rest = rest.iter().map(|part| match part {
        WildPart::Literal(text) => GlobPart::Literal(fold(text)),
        WildPart::Any => GlobPart::Any,
        WildPart::One => GlobPart::One,
    });
    elements.push(Element::Wildcard(Glob { prefix: fold(last.span.of(literal)), rest: rest.collect() }));
    Some(elements)
}

fn value_range((lo, hi): (Bound<f64>, Bound<f64>)) -> ValueRange {
    let end = |bound, open| match bound {
        Bound::Included(value) => (value, true),
        Bound::Excluded(value) => (value, false),
        Bound::Unbounded => (open, true),
    };
    let ((lo, lo_included), (hi, hi_included)) = (end(lo, f64::NEG_INFINITY), end(hi, f64::INFINITY));
    ValueRange { lo, lo_included, hi, hi_included }
}
