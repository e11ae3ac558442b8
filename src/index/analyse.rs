//! One article and its mentions to posting streams and column values.

use serde::{Deserialize, Serialize};

use super::copies::Imprint;
use super::marks::{Marks, Stand};
use super::stream::StreamBuilder;
use crate::article::{Article, Mention, TextField, code};
use crate::text::{Layout, Placed, Token, fold_into, placed_mentions};

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
    pub(super) text: String,
    pub(super) mention: String,
    pub(super) source: String,
    pub(super) byline: String,
    pub(super) section: String,
    pub(super) agency: String,
    pub(super) url: String,
    pub(super) body_start: u32,
    pub(super) lead_end: u32,
    /// How its words count.
    pub(super) weights: Weights,
    /// What its copies are told by.
    pub(super) imprint: Imprint,
    /// First seconds of dates and the seconds past them.
    pub(super) dates: (Vec<i64>, Vec<i64>),
    /// Codes and upper ends of intervals, by numeric kind as in [`super::schema::NUMERIC`].
    pub(super) values: [(Vec<u64>, Vec<u64>); 4],
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
    let layout = Layout::new(title.iter().copied(), &article.body, body.iter().copied());
    let mut out =
        Analysed { body_start: layout.body_start, lead_end: layout.lead_end, weights, ..Analysed::default() };
    let mut text = StreamBuilder::default();
    let in_body = |p: u32| if p < layout.lead_end { weights.lead } else { 1 };
    push_words(&mut text, &article.title, &layout.title, |_| weights.title);
    push_words(&mut text, &article.body, &layout.body, in_body);
    out.text = text.finish();

    let cut = mentions.partition_point(|m| m.field == TextField::Title);
    let (of_title, of_body) = mentions.split_at(cut);
    let mut columns = Columns::default();
    let mut marks = Marks::new(&article.title, &article.body, &layout.boundaries);
    push_mentions(&mut marks, &layout.title, of_title, |_| weights.title, &mut columns);
    push_mentions(&mut marks, &layout.body, of_body, in_body, &mut columns);
    Columns { values: out.values, dates: out.dates } = columns;
    out.mention = marks.finish();
    out.imprint = Imprint::of(article, title, body);
    out.source = words(article.source.as_deref());
    out.byline = words(article.byline.as_deref());
    out.section = words(article.section.as_deref());
    out.agency = words(article.agency.as_deref());
    out.url = words(article.url.as_deref());
    out
}

/// The stream of a short field's words.
fn words(text: Option<&str>) -> String {
    let mut stream = StreamBuilder::default();
    let text = text.unwrap_or_default();
    for (token, position) in crate::text::tokens(text).zip(0..) {
        fold_into(token.span.of(text), stream.token_at(position));
    }
    stream.finish()
}

fn push_words(stream: &mut StreamBuilder, text: &str, tokens: &[Placed], weight: impl Fn(u32) -> u32) {
    for token in tokens {
        let surface = token.span.of(text);
        for _ in 0..weight(token.position) {
            fold_into(surface, stream.token_at(token.position));
        }
    }
}

/// What stands in the columns of mentions; see [`Analysed`].
#[derive(Default)]
struct Columns {
    values: [(Vec<u64>, Vec<u64>); 4],
    dates: (Vec<i64>, Vec<i64>),
}

fn push_mentions(
    marks: &mut Marks<'_>,
    tokens: &[Placed],
    mentions: &[Mention],
    weight: impl Fn(u32) -> u32,
    columns: &mut Columns,
) {
    let beside = |position: Option<u32>| {
        let at = tokens.binary_search_by_key(&position?, |t| t.position).ok()?;
        Some(tokens[at].span)
    };
    for (mention, first, last) in placed_mentions(tokens, mentions) {
        let place = Stand {
            first,
            last,
            before: beside(first.checked_sub(1)),
            after: beside(last.checked_add(1)),
            weight: weight(first),
        };
        marks.mention(mention, &place);
        if let (Some(quantity), Some(slot)) =
            (mention.quantity(), super::schema::NUMERIC.iter().position(|k| *k == mention.kind))
        {
            let (value, upper) = code::encode(quantity);
            columns.values[slot].0.push(value);
            columns.values[slot].1.extend(upper);
        }
        if let Some(period) = mention.period() {
            columns.dates.0.push(period.from());
            columns.dates.1.push(period.to());
        }
    }
}
