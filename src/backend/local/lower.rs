//! A plan to tantivy queries.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::alike::AlikeQuery;
use super::either::EitherQuery;
use super::expand::Expander;
use super::filter::FilterQuery;
use super::filtered::FilteredQuery;
use super::held::held_forms;
use super::list::Form;
use super::mentions::{IndexTest, unit_term};
use super::near::NearQuery;
use super::pattern::{Item, PatternQuery};
use super::quantity::{ValueQuery, ValueTest};
use super::row::{PartSpec, RowSpec};
use super::slots::SlotQuery;
use super::watch::Watch;
use crate::article::Kind;
use crate::backend::BackendError;
use crate::index::schema::{Fields, PUBLISHED, UPDATED};
use crate::index::{Reader, Weights, id_term, terms};
use crate::plan::shape::Shape;
use crate::plan::{
    Element, ExactField, ExistsField, Leaf, MentionTest, Nearness, Node, Part, Pattern, Places, QuantityTest,
    Scope, Slot, TimeField, UnitTest,
};
use crate::story::number_of;
use crate::text::is_common;

/// The query of a plan, for the index that `searcher` reads and whose words count by `weights`.
pub(super) fn lower(
    searcher: &Searcher,
    weights: Weights,
    watch: &Watch,
    node: &Node,
) -> Result<Box<dyn Query>, BackendError> {
    lower_node(&mut Expander::new(searcher, weights, watch), node)
}

fn lower_node(words: &mut Expander<'_>, node: &Node) -> Result<Box<dyn Query>, BackendError> {
    Ok(match node {
        Node::All => Box::new(AlikeQuery(AllQuery)),
        Node::Nothing => Box::new(EmptyQuery),
        Node::And { all, none } => {
            let (conditions, scored): (Vec<&Node>, Vec<&Node>) = all.iter().partition(|n| is_condition(n));
            let mut lower_all = |nodes: Vec<&Node>| {
                nodes.into_iter().map(|node| lower_node(words, node)).collect::<Result<Vec<_>, _>>()
            };
            let (scored, conditions) = (lower_all(scored)?, lower_all(conditions)?);
            lower_and(scored, conditions, lower_all(none.iter().collect())?)
        }
        Node::Or(children) => {
            let queries: Result<Vec<_>, _> = children.iter().map(|child| lower_node(words, child)).collect();
            EitherQuery::of(queries?)
        }
        Node::Boost { child, by } => Box::new(BoostQuery::new(lower_node(words, child)?, *by)),
        Node::Leaf(leaf) => lower_leaf(words, leaf)?,
    })
}

/// Whether every article that matches scores the same.
fn is_condition(node: &Node) -> bool {
    match node {
        Node::All | Node::Leaf(Leaf::Time { .. } | Leaf::Exact { .. } | Leaf::Exists(_)) => true,
        Node::Leaf(Leaf::Mention(test)) => !matches!(test, MentionTest::Entity { .. }),
        Node::Boost { child, .. } => is_condition(child),
        _ => false,
    }
}

/// All of some queries, of which the matches of `conditions` score alike, and none of others.
fn lower_and(
    scored: Vec<Box<dyn Query>>,
    conditions: Vec<Box<dyn Query>>,
    none: Vec<Box<dyn Query>>,
) -> Box<dyn Query> {
    if !scored.is_empty() && conditions.len() + none.len() > 0 {
        return Box::new(FilteredQuery { scored, conditions, none });
    }
    let alike = scored.is_empty();
    let must = scored.into_iter().chain(conditions).map(|query| (Occur::Must, query));
    let query =
        BooleanQuery::new(must.chain(none.into_iter().map(|query| (Occur::MustNot, query))).collect());
    if alike { Box::new(AlikeQuery(query)) } else { Box::new(query) }
}

fn lower_leaf(words: &mut Expander<'_>, leaf: &Leaf) -> Result<Box<dyn Query>, BackendError> {
    let fields = Reader::fields();
    Ok(match leaf {
        Leaf::Words(pattern) => lower_words(words, fields, pattern)?,
        Leaf::Mention(test) => lower_mention(fields, test),
        Leaf::Near(of) => lower_places(words, fields, of, 1)?,
        Leaf::AtLeast { n, of } => lower_places(words, fields, of, *n)?,
        Leaf::Time { field, from, to } => {
            Box::new(FilterQuery::Time { column: time_column(*field), from: *from, to: *to })
        }
        Leaf::Exact { field: ExactField::Id, value } => {
            constant(term_query(fields.id, &id_term(value), IndexRecordOption::Basic))
        }
        Leaf::Exact { field: ExactField::Lang, value } => {
            constant(term_query(fields.lang, value, IndexRecordOption::Basic))
        }
        Leaf::Exact { field: ExactField::Story, value } => {
            let number = number_of(value).map(|number| Term::from_field_u64(fields.story, number));
            let query = number.map(|term| TermQuery::new(term, IndexRecordOption::Basic));
            query.map_or_else(|| Box::new(EmptyQuery) as Box<dyn Query>, |query| constant(Box::new(query)))
        }
        Leaf::Exists(field) => exists(words.searcher, fields, *field)?,
    })
}

fn lower_mention(fields: &Fields, test: &MentionTest) -> Box<dyn Query> {
    match test {
        MentionTest::Any(kind) => {
            constant(term_query(fields.mention, terms::start(*kind), IndexRecordOption::Basic))
        }
        MentionTest::Entity { .. } => {
            term_query(fields.mention, &IndexTest::of(test).term, IndexRecordOption::WithFreqs)
        }
        MentionTest::Quantity(test) => quantity(fields, test),
        MentionTest::Date(test) => Box::new(ValueQuery {
            mention: fields.mention,
            start: terms::start(Kind::Date).to_owned(),
            unit: None,
            test: ValueTest::Date(*test),
        }),
    }
}

fn lower_words(
    words: &mut Expander<'_>,
    fields: &Fields,
    pattern: &Pattern,
) -> Result<Box<dyn Query>, BackendError> {
    let scope = pattern.scope;
    let field = word_field(scope);
    let Some(elements) = pattern.words() else {
        if let Some(query) = linked(fields, pattern, words.weights, words.watch) {
            return Ok(Box::new(query));
        }
        return Ok(Box::new(SlotQuery {
            text: fields.text,
            mention: fields.mention,
            row: row_spec(words, fields, pattern)?,
            weights: words.weights,
            watch: words.watch.clone(),
        }));
    };
    let expanded: Result<Vec<_>, _> = elements.iter().map(|element| words.terms(field, element)).collect();
    let mut expanded = expanded?;
    if expanded.iter().any(Vec::is_empty) {
        return Ok(Box::new(EmptyQuery));
    }
    // One plain word: the engine's own query skips by blocks.
    if let ([Element::Terms(_) | Element::Forms { .. }], [forms], false) =
        (&elements[..], &mut expanded[..], scope.is_part())
    {
        if forms.len() > 1 {
            *forms = held_forms(words.searcher, field, forms)?;
        }
        match &forms[..] {
            [] => return Ok(Box::new(EmptyQuery)),
            [Form { term, langs }] if langs.is_empty() => {
                return Ok(term_query(field, term, IndexRecordOption::WithFreqs));
            }
            _ => {}
        }
    }
    let text = if scope.is_text() { fields.text } else { field };
    let (weights, watch) = (words.weights, words.watch.clone());
    Ok(Box::new(PatternQuery::words(field, text, expanded, (pattern.slop, scope), weights, watch)))
}

/// Words with a slot before them, behind them or both, side by side: the ends and starts of mentions are lists like
/// those of words, and where the word beside a slot is a common one there is a list of their links. `None` where a slot
/// stands between words, or not every mention of its kind will do.
fn linked(fields: &Fields, pattern: &Pattern, weights: Weights, watch: &Watch) -> Option<PatternQuery> {
    let kind = |slot: &Slot| match slot.tests[..] {
        [MentionTest::Any(kind)] => Some(kind),
        _ => None,
    };
    let (mut parts, mut before, mut after) = (&pattern.parts[..], None, None);
    if let [Part::Slot(slot), rest @ ..] = parts {
        (before, parts) = (Some(kind(slot)?), rest);
    }
    if let [rest @ .., Part::Slot(slot)] = parts {
        (after, parts) = (Some(kind(slot)?), rest);
    }
    let words: Option<Vec<&String>> = parts
        .iter()
        .map(|part| match part.word() {
            Some(Element::Terms(terms)) if terms.len() == 1 => terms.first(),
            _ => None,
        })
        .collect();
    let words = words?;
    let (first, last) = (words.first()?, words.last()?);
    if pattern.slop > 0 {
        return None;
    }
    let count = u32::try_from(words.len()).ok()?;
    // A row ends with its last word, or with the first position of the mention behind it.
    let end = if after.is_some() { count } else { count - 1 };
    let mark = |term: String, ahead: u32, weight: u32| Item {
        field: fields.mention,
        terms: vec![Form::anywhere(term)],
        ahead,
        weight,
    };
    let mut items = Vec::new();
    if let Some(kind) = before {
        items.push(if is_common(first) {
            mark(terms::word_after(kind, first), end + 1, 1)
        } else {
            mark(terms::end(kind), end + 1, weights.heaviest())
        });
    }
    for (word, n) in words.iter().zip(0..) {
        let implied =
            is_common(word) && ((n == 0 && before.is_some()) || (n + 1 == count && after.is_some()));
        if !implied {
            let terms = vec![Form::anywhere(*word)];
            items.push(Item { field: fields.text, terms, ahead: end - n, weight: 1 });
        }
    }
    if let Some(kind) = after {
        items.push(if is_common(last) {
            mark(terms::word_before(kind, last), 0, 1)
        } else {
            mark(terms::start(kind).to_owned(), 0, weights.heaviest())
        });
    }
    let start = |kind: Kind| (fields.mention, vec![Form::anywhere(terms::start(kind))]);
    let word = |word: &&String| (fields.text, vec![Form::anywhere(*word)]);
    let rarest = before.map(start).into_iter().chain(words.iter().map(word)).chain(after.map(start));
    Some(PatternQuery {
        text: fields.text,
        items,
        parts: rarest.collect(),
        slop: 0,
        scope: pattern.scope,
        weights,
        watch: watch.clone(),
    })
}

/// The field that holds the words of a scope.
pub(super) fn word_field(scope: Scope) -> Field {
    let fields = Reader::fields();
    match scope {
        Scope::Text | Scope::Title | Scope::Lead | Scope::Body => fields.text,
        Scope::Source => fields.source,
        Scope::Byline => fields.byline,
        Scope::Section => fields.section,
        Scope::Agency => fields.agency,
        Scope::Url => fields.url,
    }
}

/// Places near each other, or often enough: what has to be there, found and scored, and how it hangs together.
fn lower_places(
    words: &mut Expander<'_>,
    fields: &Fields,
    places: &Places,
    at_least: u32,
) -> Result<Box<dyn Query>, BackendError> {
    let rows: Result<Vec<_>, _> =
        places.rows().into_iter().map(|pattern| row_spec(words, fields, pattern)).collect();
    Ok(Box::new(NearQuery {
        parts: lower_parts(words, fields, places)?,
        text: fields.text,
        mention: fields.mention,
        rows: rows?,
        shape: Shape::of(places, &mut 0),
        at_least,
        weights: words.weights,
        watch: words.watch.clone(),
    }))
}

/// What has to be in an article for places to stand in it.
fn lower_parts(
    words: &mut Expander<'_>,
    fields: &Fields,
    places: &Places,
) -> Result<Box<dyn Query>, BackendError> {
    Ok(match places {
        Places::Row(pattern) => match &pattern.parts[..] {
            [Part::Slot(slot)] if pattern.scope == Scope::Text => {
                let tests = slot.tests.iter().map(|test| lower_mention(fields, test)).collect();
                any_of(tests)
            }
            _ => lower_words(words, fields, pattern)?,
        },
        Places::Or(children) => {
            let queries: Result<Vec<_>, _> =
                children.iter().map(|child| lower_parts(words, fields, child)).collect();
            any_of(queries?)
        }
        Places::Near { op: Nearness::NotWithin(_), left, .. } => lower_parts(words, fields, left)?,
        Places::Near { left, right, .. } => {
            let sides = [lower_parts(words, fields, left)?, lower_parts(words, fields, right)?];
            Box::new(BooleanQuery::new(sides.into_iter().map(|side| (Occur::Must, side)).collect()))
        }
    })
}

fn any_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match (queries.len(), queries.pop()) {
        (1, Some(only)) => only,
        (_, last) => EitherQuery::of(queries.into_iter().chain(last).collect()),
    }
}

fn row_spec(words: &mut Expander<'_>, fields: &Fields, pattern: &Pattern) -> Result<RowSpec, BackendError> {
    let mut parts = Vec::with_capacity(pattern.parts.len());
    for part in &pattern.parts {
        parts.push(match part {
            Part::Word(element) => PartSpec::Word(words.terms(fields.text, element)?),
            Part::Slot(slot) => PartSpec::Slot(slot.tests.iter().map(IndexTest::of).collect()),
        });
    }
    Ok(RowSpec { scope: pattern.scope, slop: pattern.slop, parts })
}

fn quantity(fields: &Fields, test: &QuantityTest) -> Box<dyn Query> {
    let term = unit_term(test);
    if !test.is_of_value() {
        return constant(term_query(fields.mention, &term, IndexRecordOption::Basic));
    }
    Box::new(ValueQuery {
        mention: fields.mention,
        start: terms::start(test.kind).to_owned(),
        unit: (test.unit != UnitTest::Any).then_some(term),
        test: ValueTest::Number(test.kind, test.codes()),
    })
}

fn exists(searcher: &Searcher, fields: &Fields, field: ExistsField) -> Result<Box<dyn Query>, BackendError> {
    let mention = |term: &str| constant(term_query(fields.mention, term, IndexRecordOption::Basic));
    Ok(match field {
        ExistsField::Words(scope) => match scope {
            Scope::Text => Box::new(FilterQuery::HasWords { field: fields.text }),
            Scope::Title => Box::new(FilterQuery::HasTitle),
            Scope::Lead | Scope::Body => mention(terms::PARAGRAPH),
            Scope::Source => Box::new(FilterQuery::HasWords { field: fields.source }),
            Scope::Byline => Box::new(FilterQuery::HasWords { field: fields.byline }),
            Scope::Section => Box::new(FilterQuery::HasWords { field: fields.section }),
            Scope::Agency => Box::new(FilterQuery::HasWords { field: fields.agency }),
            Scope::Url => Box::new(FilterQuery::HasWords { field: fields.url }),
        },
        ExistsField::Time(field) => Box::new(FilterQuery::HasTime { column: time_column(field) }),
        ExistsField::Lang => {
            let mut tags = std::collections::BTreeSet::new();
            for segment in searcher.segment_readers() {
                let inverted = segment.inverted_index(fields.lang)?;
                let mut stream = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
                while stream.advance() {
                    tags.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
                }
            }
            let queries = tags.iter().map(|tag| term_query(fields.lang, tag, IndexRecordOption::Basic));
            constant(Box::new(BooleanQuery::union(queries.collect())))
        }
    })
}

fn time_column(field: TimeField) -> &'static str {
    match field {
        TimeField::Published => PUBLISHED,
        TimeField::Updated => UPDATED,
    }
}

fn term_query(field: Field, term: &str, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, term), option))
}

fn constant(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(AlikeQuery(ConstScoreQuery::new(query, 1.0)))
}
