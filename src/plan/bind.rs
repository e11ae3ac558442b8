//! Binds a syntax tree to what an index can answer: names to keys, words to terms, values to ranges.

use super::mention::shown_interval;
use super::mention_test::MentionTest;
use super::node::{ExactField, ExistsField, Leaf, Node, TimeField};
use super::pattern::Scope;
use super::refuse;
use super::rewrite::{Rewrite, Rule};
use crate::article::{Kind, Span};
use crate::names::agency;
use crate::query::{self, Diagnostic, FieldName, FieldRef, NodeKind, Value};
use crate::story::number_of;
use crate::text::language::is_of;

/// What a country that only a place implies counts, beside one that is named.
const IMPLIED: f32 = 0.5;

/// What a query asks, and how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What to answer.
    pub root: Node,
    /// What became of the query's parts, in their order.
    pub rewrites: Vec<Rewrite>,
    /// The wildcards and fuzzy words as a plan writes them, each with its place in the query.
    pub patterns: Vec<(String, Span)>,
    /// What a person may want to know of how the query was read.
    pub notes: Vec<Diagnostic>,
}

/// The plan of a query.
///
/// ```
/// use dateline::plan::{Rule, plan};
/// use dateline::query::{Limits, parse};
/// let parsed = parse("country:Iranian deported", &Limits::default()).unwrap();
/// let plan = plan(&parsed.query).unwrap();
/// let rules: Vec<Rule> = plan.rewrites.iter().map(|r| r.rule).collect();
/// assert_eq!(rules, [Rule::CountryName, Rule::Inflections]);
/// ```
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
    /// The languages besides English whose inflections it finds, by tag: those that the index has articles of. A query
    /// that says which language it wants has its inflections alone.
    pub languages: Vec<String>,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self { inflections: true, languages: Vec::new() }
    }
}

/// The plan of a query, read in a way that may differ from the usual.
///
/// # Errors
/// As [`plan`].
pub fn plan_with(query: &query::Node, options: &PlanOptions) -> Result<Plan, Vec<Diagnostic>> {
    let mut binder = Binder { options: options.clone(), ..Binder::default() };
    if let Some(asked) = asked_language(query) {
        binder.options.languages.retain(|tag| is_of(&asked, tag) || is_of(tag, &asked));
    }
    let root = binder.node(query);
    if binder.errors.is_empty() {
        Ok(Plan { root, rewrites: binder.rewrites, patterns: binder.patterns, notes: Vec::new() })
    } else {
        Err(binder.errors)
    }
}

/// The language that every article must have which the query finds, if it says one.
fn asked_language(query: &query::Node) -> Option<String> {
    match &query.kind {
        NodeKind::And(children) => children.iter().find_map(asked_language),
        NodeKind::Required(child) => asked_language(child),
        NodeKind::Leaf(leaf) if leaf.field.as_ref().is_some_and(|field| field.name == FieldName::Lang) => {
            match &leaf.value {
                Value::Word(word) => Some(word.to_lowercase()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Walks the tree; errors and rewrites gather on the way.
#[derive(Default)]
pub(super) struct Binder {
    pub(super) options: PlanOptions,
    errors: Vec<Diagnostic>,
    rewrites: Vec<Rewrite>,
    /// Wildcards and fuzzy words, with their places.
    pub(super) patterns: Vec<(String, Span)>,
    /// The slots of all phrases so far, and their words and slots.
    pub(super) in_phrases: [usize; 2],
}

impl Binder {
    /// Notes an error; what stands there finds nothing.
    pub(super) fn refuse(&mut self, error: Diagnostic) -> Node {
        self.errors.push(error);
        Node::Nothing
    }

    /// Notes what a part became.
    pub(super) fn rewrote(&mut self, rule: Rule, span: Span, to: impl Into<String>) {
        self.rewrites.push(Rewrite { rule, span, to: to.into() });
    }

    fn node(&mut self, node: &query::Node) -> Node {
        match &node.kind {
            NodeKind::And(children) => self.all_of(children, Self::node),
            NodeKind::Or(children) => Node::or(children.iter().map(|child| self.node(child)).collect()),
            NodeKind::Not(child) => Node::And { all: vec![Node::All], none: vec![self.node(child)] },
            NodeKind::Required(child) => self.node(child),
            NodeKind::Boost { child, boost } => Node::Boost { child: Box::new(self.node(child)), by: *boost },
            NodeKind::Near { .. } => match self.places(node) {
                Some(places) => Node::Leaf(Leaf::Near(places)),
                None => Node::Nothing,
            },
            NodeKind::AtLeast { n, child } => {
                if matches!(child.kind, NodeKind::And(_)) {
                    self.rewrote(Rule::AtLeastEach, node.span, format!("ATLEAST{n} of each part"));
                }
                self.at_least(*n, child)
            }
            NodeKind::Leaf(leaf) => self.leaf(leaf.field.as_ref(), &leaf.value, leaf.value_span),
            NodeKind::All => Node::All,
        }
    }

    /// All of `children`, what is negated apart.
    fn all_of(
        &mut self,
        children: &[query::Node],
        mut bind: impl FnMut(&mut Self, &query::Node) -> Node,
    ) -> Node {
        let (mut all, mut none) = (Vec::new(), Vec::new());
        for child in children {
            match &child.kind {
                NodeKind::Not(inner) => none.push(self.node(inner)),
                _ => all.push(bind(self, child)),
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

    /// At least `n` occurrences of what has places; of each of several parts.
    fn at_least(&mut self, n: u32, child: &query::Node) -> Node {
        match &child.kind {
            NodeKind::And(children) => self.all_of(children, |binder, child| binder.at_least(n, child)),
            NodeKind::Required(child) => self.at_least(n, child),
            _ => match self.places(child) {
                Some(of) => Node::Leaf(Leaf::AtLeast { n, of }),
                None => Node::Nothing,
            },
        }
    }

    fn leaf(&mut self, field: Option<&FieldRef>, value: &Value, span: Span) -> Node {
        if let Value::In(items) = value {
            self.rewrote(Rule::List, span, format!("any of {}", items.len()));
            return Node::or(items.iter().map(|item| self.leaf(field, &item.value, item.span)).collect());
        }
        let Some(field) = field else { return self.words(Scope::Text, value, span) };
        match field.name {
            FieldName::Title => self.words(Scope::Title, value, span),
            FieldName::Lead => self.words(Scope::Lead, value, span),
            FieldName::Body => self.words(Scope::Body, value, span),
            FieldName::Byline => self.words(Scope::Byline, value, span),
            FieldName::Agency => self.agency(value, span),
            FieldName::Section => self.words(Scope::Section, value, span),
            FieldName::Source => self.words(Scope::Source, value, span),
            FieldName::Url => self.words(Scope::Url, value, span),
            FieldName::Lang => self.exact(ExactField::Lang, value, span),
            FieldName::Id => self.exact(ExactField::Id, value, span),
            FieldName::Published => self.time(TimeField::Published, value, span),
            FieldName::Updated => self.time(TimeField::Updated, value, span),
            FieldName::Story => self.exact(ExactField::Story, value, span),
            FieldName::Person
            | FieldName::Place
            | FieldName::Country
            | FieldName::Org
            | FieldName::Number
            | FieldName::Money
            | FieldName::Percent
            | FieldName::Quantity
            | FieldName::Date => self.mention(field, value, span),
        }
    }

    fn words(&mut self, scope: Scope, value: &Value, span: Span) -> Node {
        if *value == Value::Exists {
            return Node::Leaf(Leaf::Exists(ExistsField::Words(scope)));
        }
        match self.pattern(scope, value, span) {
            Some(pattern) => Node::Leaf(Leaf::Words(pattern)),
            None => Node::Nothing,
        }
    }

    /// Words of an agency's name; a name that is known is that agency under any of its names.
    fn agency(&mut self, value: &Value, span: Span) -> Node {
        let named = match value {
            Value::Word(word) => agency::lookup(word),
            Value::Phrase(phrase) => phrase.text().as_deref().and_then(agency::lookup),
            _ => None,
        };
        match named {
            Some(short) => self.words(Scope::Agency, &Value::Word(short.to_owned()), span),
            None => self.words(Scope::Agency, value, span),
        }
    }

    fn mention(&mut self, field: &FieldRef, value: &Value, span: Span) -> Node {
        let tests = self.mention_tests(field, value, span).unwrap_or_default();
        let implied = |test: &MentionTest| field.name == FieldName::Country && test.kind() == Kind::Place;
        let leaf = |test: MentionTest| {
            let weaker = implied(&test);
            let leaf = Node::Leaf(Leaf::Mention(test));
            if weaker { Node::Boost { child: Box::new(leaf), by: IMPLIED } } else { leaf }
        };
        Node::or(tests.into_iter().map(leaf).collect())
    }

    fn exact(&mut self, field: ExactField, value: &Value, span: Span) -> Node {
        let text = match value {
            Value::Exists if field == ExactField::Lang => return Node::Leaf(Leaf::Exists(ExistsField::Lang)),
            Value::Exists => return Node::All, // every article has an id, and is in a story
            Value::Word(word) => Some(word.clone()),
            Value::Phrase(phrase) => phrase.text(),
            _ => None,
        };
        match text {
            Some(text) if field == ExactField::Lang => {
                Node::Leaf(Leaf::Exact { field, value: text.to_lowercase() })
            }
            Some(text) if field == ExactField::Story => match number_of(&text) {
                Some(_) => Node::Leaf(Leaf::Exact { field, value: text.to_lowercase() }),
                None => self.refuse(refuse::no_story(span)),
            },
            Some(value) => Node::Leaf(Leaf::Exact { field, value }),
            None => self.refuse(refuse::whole_value(span)),
        }
    }

    fn time(&mut self, field: TimeField, value: &Value, span: Span) -> Node {
        match value {
            Value::Exists => Node::Leaf(Leaf::Exists(ExistsField::Time(field))),
            Value::Range(range) => match range.instants() {
                Some((from, to)) => {
                    self.rewrote(Rule::DateInterval, span, shown_interval(from, to));
                    Node::Leaf(Leaf::Time { field, from, to })
                }
                None => self.refuse(refuse::not_a_date(span)),
            },
            _ => self.refuse(refuse::not_a_date(span)),
        }
    }
}
