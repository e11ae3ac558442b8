//! One article and its mentions to posting streams and column values.

use serde::{Deserialize, Serialize};

use super::candidates::{Candidates, Finder};
use super::copies::Imprint;
use super::marks::{Beside, Marks, Stand};
use super::schema::{self, Keyed, NUMERIC};
use super::segment::Value;
use super::stream::{Stream, StreamBuilder};
use super::terms;
use super::writer::SCHEMA;
use crate::article::{Article, Kind, Mention, Reading, RunTogether, TextField, code};
use crate::text::{Joined, Layout, Placed, Token, covered_tokens, fold};

/// How many times a word of the title counts.
pub const TITLE_WEIGHT: u32 = 3;
/// How many times a word of the lead counts: the body's first paragraphs up to [`crate::text::LEAD_TOKENS`] tokens.
pub const LEAD_WEIGHT: u32 = 2;

/// How many times words count by where they stand; each 1 or more.
///
/// All articles of an index have the same: its manifest says which, and so phrases and slots count as single words do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// A word of the title.
    pub title: u32,
    /// A word of the lead.
    pub lead: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { title: TITLE_WEIGHT, lead: LEAD_WEIGHT }
    }
}

impl Weights {
    /// The most that a word counts anywhere.
    pub(crate) fn heaviest(self) -> u32 {
        self.title.max(self.lead).max(1)
    }
}

/// What the index is to hold of an article, besides the article itself.
#[derive(Debug, Default, Clone)]
pub struct Analysed {
    /// The terms of all fields but the id.
    pub(super) terms: Stream,
    /// Columns and what stands in them.
    pub(super) values: Vec<(&'static str, Value)>,
    /// Tokens that may be two words run together, in the order of the stream.
    pub(super) candidates: Vec<RunTogether>,
    /// How its words count.
    pub(super) weights: Weights,
    /// What its copies are told by.
    pub(super) imprint: Imprint,
}

/// Analyses an article for the index.
///
/// `title` and `body` are the tokens of the article's two texts; `mentions` are in order of field and start.
pub fn analyse(article: &Article, title: &[Token], body: &[Token], mentions: &[Mention]) -> Analysed {
    analyse_with(article, title, body, mentions, Weights::default())
}

/// Analyses an article for the index, with weights of its own.
pub fn analyse_with(
    article: &Article,
    title: &[Token],
    body: &[Token],
    mentions: &[Mention],
    weights: Weights,
) -> Analysed {
    let layout = Layout::new(title, &article.body, body);
    let fields = &SCHEMA.1;
    let mut terms = StreamBuilder::with_capacity(article.title.len() + article.body.len());
    let mut values = Vec::with_capacity(4 + mentions.len());
    let in_body = |p: u32| if p < layout.lead_end { weights.lead } else { 1 };
    let joined = Joined::of(article.lang.as_deref());
    terms.field(fields.text);
    let mut candidates = Candidates::of(article.lang.as_deref());
    push_words(&mut terms, (&article.title, &layout.title), joined, candidates.in_title(), |_| weights.title);
    push_words(&mut terms, (&article.body, &layout.body), joined, candidates.in_body(), in_body);

    let cut = mentions.partition_point(|m| m.field == TextField::Title);
    let (of_title, of_body) = mentions.split_at(cut);
    terms.field(fields.mention);
    let mut marks = Marks::new(&mut terms, (&article.title, &article.body), joined, &layout.boundaries);
    push_mentions(&mut marks, (&layout.title, of_title), &candidates, |_| weights.title, &mut values);
    push_mentions(&mut marks, (&layout.body, of_body), &candidates, in_body, &mut values);
    marks.finish();

    for (field, text) in [
        (fields.source, &article.source),
        (fields.byline, &article.byline),
        (fields.section, &article.section),
        (fields.agency, &article.agency),
        (fields.url, &article.url),
    ] {
        if let Some(text) = text {
            terms.field(field);
            for (token, position) in crate::text::tokens(text).zip(0..) {
                terms.word(text, token.span, position, 1);
            }
        }
    }
    if let Some(lang) = &article.lang {
        terms.field(fields.lang);
        terms.term(0, 1, [lang]);
        // `lang:en` finds `en-gb`.
        for (end, _) in lang.match_indices('-').filter(|(end, _)| *end > 0) {
            terms.term(0, 1, [lang.get(..end).unwrap_or_default()]);
        }
    }
    let seconds = [(schema::PUBLISHED, article.published), (schema::UPDATED, article.updated)];
    values.extend(seconds.into_iter().filter_map(|(column, second)| Some((column, Value::Signed(second?)))));
    let ends = [(schema::BODY_START, layout.body_start), (schema::LEAD_END, layout.lead_end)];
    values.extend(ends.map(|(column, position)| (column, Value::Unsigned(u64::from(position)))));
    let imprint = Imprint::of(article, title, body);
    terms.field(fields.minima);
    for key in imprint.keys() {
        terms.number(u64::from(*key));
    }
    push_keys(&mut terms, article, mentions);
    Analysed { terms: terms.finish(), values, candidates: candidates.list, weights, imprint }
}

/// Writes what the article is counted by, each value once.
fn push_keys(stream: &mut StreamBuilder, article: &Article, mentions: &[Mention]) {
    let entities = mentions.iter().filter_map(|mention| match &mention.reading {
        Reading::Entity(key) => Some((mention.kind, terms::cut(key))),
        Reading::Quantity(_) | Reading::Period(_) => None,
    });
    let mut entities: Vec<(Kind, &str)> = entities.filter(|(_, key)| !key.is_empty()).collect();
    entities.sort_unstable();
    entities.dedup();
    let keys = SCHEMA.1.keys;
    for (field, keyed) in keys.into_iter().zip(Keyed::ALL) {
        let (kind, text) = match keyed {
            Keyed::Person => (Some(Kind::Person), &None),
            Keyed::Country => (Some(Kind::Country), &None),
            Keyed::Org => (Some(Kind::Org), &None),
            Keyed::Place => (Some(Kind::Place), &None),
            Keyed::Source => (None, &article.source),
            Keyed::Section => (None, &article.section),
            Keyed::Agency => (None, &article.agency),
            Keyed::Lang => (None, &article.lang),
        };
        stream.field(field);
        for (_, key) in entities.iter().filter(|(other, _)| Some(*other) == kind) {
            stream.term(0, 1, [key]);
        }
        if let Some(text) = text.as_deref().map(terms::cut).filter(|text| !text.is_empty()) {
            stream.term(0, 1, [text]);
        }
    }
}

fn push_words(
    terms: &mut StreamBuilder,
    (text, tokens): (&str, &[Placed]),
    joined: Joined,
    mut candidates: Option<Finder<'_>>,
    weight: impl Fn(u32) -> u32,
) {
    for token in tokens {
        let times = weight(token.position);
        terms.word(text, token.span, token.position, times);
        if let Some(finder) = &mut candidates
            && let Some(cut) = finder.find(text, token.span)
        {
            terms.joint(cut, times);
        }
        if !joined.is_nothing()
            && let Some(part) = joined.part(token.span.of(text))
        {
            terms.term(token.position, times, [&fold(part)]);
        }
    }
}

fn push_mentions(
    marks: &mut Marks<'_>,
    (tokens, mentions): (&[Placed], &[Mention]),
    candidates: &Candidates,
    weight: impl Fn(u32) -> u32,
    values: &mut Vec<(&'static str, Value)>,
) {
    for (mention, first, last) in covered_tokens(tokens, mentions) {
        let position = |at: usize| tokens.get(at).map_or(0, |token| token.position);
        // A word is beside another if no position lies between them.
        let beside = |at: Option<usize>, position: Option<u32>| {
            let token = tokens.get(at?).filter(|token| Some(token.position) == position)?;
            Some(Beside { span: token.span, candidate: candidates.at(mention.field, token.span) })
        };
        let (from, to) = (position(first), position(last));
        let place = Stand {
            first: from,
            last: to,
            before: beside(first.checked_sub(1), from.checked_sub(1)),
            after: beside(last.checked_add(1), to.checked_add(1)),
            weight: weight(from),
        };
        marks.mention(mention, &place);
        if let Some(quantity) = mention.quantity().filter(|_| NUMERIC.contains(&mention.kind)) {
            let (value, upper) = code::encode(quantity);
            values.push((schema::column(mention.kind), Value::Unsigned(value)));
            values.extend(upper.map(|upper| (schema::interval_column(mention.kind), Value::Unsigned(upper))));
        }
        if let Some(period) = mention.period() {
            values.push((schema::DATES.0, Value::Signed(period.from())));
            values.push((schema::DATES.1, Value::Signed(period.to())));
        }
    }
}
