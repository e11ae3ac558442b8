//! One article and its mentions to posting streams and column values.

use super::stream::StreamBuilder;
use super::terms;
use crate::article::{Article, Kind, Mention, Reading, TextField, code};
use crate::text::{Boundary, Layout, Placed, Token, fold_into, placed_mentions};

/// How many times a word of the title counts.
pub const TITLE_WEIGHT: u32 = 3;
/// How many times a word of the lead counts: the body's first paragraphs up to [`crate::text::LEAD_TOKENS`] tokens.
pub const LEAD_WEIGHT: u32 = 2;

/// How many times words count by where they stand; each 1 or more.
///
/// All articles of an index should have the same: what is written is not told apart later. Phrases count by the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What the index is to hold of an article, besides the article itself.
#[derive(Debug, Default, Clone)]
pub struct Analysed {
    pub(super) text: String,
    pub(super) mention: String,
    pub(super) source: String,
    pub(super) byline: String,
    pub(super) url: String,
    pub(super) body_start: u32,
    pub(super) lead_end: u32,
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
        Analysed { body_start: layout.body_start, lead_end: layout.lead_end, ..Analysed::default() };
    let mut text = StreamBuilder::default();
    push_words(&mut text, &article.title, &layout.title, |_| weights.title);
    push_words(
        &mut text,
        &article.body,
        &layout.body,
        |p| if p < layout.lead_end { weights.lead } else { 1 },
    );
    out.text = text.finish();

    let cut = mentions.partition_point(|m| m.field == TextField::Title);
    let (in_title, in_body) = mentions.split_at(cut);
    let mut marks = Marks::new(layout.boundaries);
    push_mentions(&mut marks, &layout.title, in_title, &mut out.values);
    push_mentions(&mut marks, &layout.body, in_body, &mut out.values);
    out.mention = marks.finish();
    out.source = words(article.source.as_deref());
    out.byline = words(article.byline.as_deref());
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

/// The mention stream under construction: marks in order of position, whatever order mentions give them in.
struct Marks {
    stream: StreamBuilder,
    /// Ends that lie ahead of what has been written, by position.
    pending: Vec<(u32, Kind)>,
    boundaries: std::iter::Peekable<std::vec::IntoIter<(u32, Boundary)>>,
}

/// The term at a boundary.
fn boundary_term(boundary: Boundary) -> &'static str {
    match boundary {
        Boundary::Paragraph => terms::PARAGRAPH,
        Boundary::Sentence => terms::SENTENCE,
    }
}

impl Marks {
    fn new(boundaries: Vec<(u32, Boundary)>) -> Self {
        Self {
            stream: StreamBuilder::default(),
            pending: Vec::new(),
            boundaries: boundaries.into_iter().peekable(),
        }
    }

    /// Writes the boundaries and ends up to `position`, itself included where `through` says so.
    fn write_before(&mut self, position: u32, through: bool) {
        let due = |p: u32| p < position || (through && p == position);
        loop {
            let boundary = self.boundaries.peek().filter(|b| due(b.0)).copied();
            let end = self.pending.iter().copied().min_by_key(|e| e.0).filter(|e| due(e.0));
            match (boundary, end) {
                (Some((at, boundary)), end) if end.is_none_or(|e| at <= e.0) => {
                    self.stream.token_at(at).push_str(boundary_term(boundary));
                    self.boundaries.next();
                }
                (_, Some((at, kind))) => {
                    terms::push_end(self.stream.token_at(at), kind);
                    self.pending.retain(|e| *e != (at, kind));
                }
                (_, None) => break,
            }
        }
    }

    fn mention(&mut self, mention: &Mention, first: u32, last: u32) {
        self.write_before(first, false);
        while let Some((at, boundary)) = self.boundaries.next_if(|b| b.0 == first) {
            self.stream.token_at(at).push_str(boundary_term(boundary));
        }
        self.stream.token_at(first).push_str(terms::start(mention.kind));
        match &mention.reading {
            Reading::Entity(key) => {
                terms::push_key(self.stream.token_at(first), mention.kind, key);
                if mention.kind != Kind::Country {
                    for part in key.split(' ').filter(|p| !p.is_empty()) {
                        terms::push_part(self.stream.token_at(first), mention.kind, part);
                    }
                }
            }
            Reading::Quantity(quantity) => {
                if let Some(unit) = &quantity.unit {
                    if mention.kind == Kind::Number {
                        terms::push_part(self.stream.token_at(first), mention.kind, terms::COUNTED);
                    }
                    terms::push_key(self.stream.token_at(first), mention.kind, unit);
                }
            }
        }
        self.pending.push((last, mention.kind));
    }

    fn finish(mut self) -> String {
        self.write_before(u32::MAX, true);
        self.stream.finish()
    }
}

fn push_mentions(
    marks: &mut Marks,
    tokens: &[Placed],
    mentions: &[Mention],
    values: &mut [(Vec<u64>, Vec<u64>); 4],
) {
    for (mention, first, last) in placed_mentions(tokens, mentions) {
        marks.mention(mention, first, last);
        if let (Some(quantity), Some(slot)) =
            (mention.quantity(), super::schema::NUMERIC.iter().position(|k| *k == mention.kind))
        {
            let (value, upper) = code::encode(quantity);
            values[slot].0.push(value);
            values[slot].1.extend(upper);
        }
    }
}
