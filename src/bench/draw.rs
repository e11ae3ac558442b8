//! Draws queries of each class from the articles by a seed.

use std::collections::BTreeSet;
use std::hash::BuildHasher as _;

use rustc_hash::FxBuildHasher;

use super::BenchError;
use super::meter::Random;
use crate::article::{Kind, Mention, Span, TextField};
use crate::backend::{Group, PageRequest};
use crate::index::Stored;
use crate::search::{Archive, SearchError, SearchRequest};
use crate::snippet::SnippetOptions;
use crate::text::date::day;
use crate::text::{Token, fold, paragraphs, tokens};

/// A query, the class that it stands for, and what its cost is held against.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) class: &'static str,
    pub(super) text: String,
    pub(super) measure: Yardstick,
}

/// What the cost of a query is held against.
#[derive(Debug, Clone, Default)]
pub(super) enum Yardstick {
    /// Nothing.
    #[default]
    None,
    /// The same question to an index of plain words.
    Bare(BareQuery),
    /// A plainer query of ours.
    Ours {
        /// What that query is: a name for the table.
        name: &'static str,
        /// The query.
        text: String,
    },
}

/// What can be asked of an index of plain words, a date and some numbers; words are folded.
#[derive(Debug, Clone)]
pub(super) enum BareQuery {
    Term(String),
    And(Vec<String>),
    Or(Vec<String>),
    Phrase { words: Vec<String>, slop: u32 },
    Numbers { word: String, lo: f64, hi: f64 },
    Since { word: String, from: i64 },
}

/// The classes, in the order of the table.
pub(super) const CLASSES: [&str; 14] = [
    "term",
    "inflected",
    "and",
    "or",
    "phrase",
    "sloppy",
    "range+term",
    "date+term",
    "country",
    "person",
    "money",
    "slot1",
    "slot2",
    "near",
];

/// Draws `count` queries of each class; every one matches at least the article that it was drawn from.
pub(super) fn draw(archive: &Archive, count: usize, seed: u64) -> Result<Vec<Drawn>, BenchError> {
    let mut random = Random::new(seed);
    let articles = sample(archive, &mut random)?;
    let mut drawn = Vec::new();
    for class in CLASSES {
        let mut tries = 0;
        let mut found = 0;
        while found < count && tries < count * 20 {
            tries += 1;
            let article = &articles[random.below(articles.len())];
            if let Some((text, measure)) = query(class, article, &mut random) {
                drawn.push(Drawn { class, text, measure });
                found += 1;
            }
        }
    }
    Ok(drawn)
}

/// Articles from all over the index: the same for one seed, in whatever order they stand there, which is another each time
/// that several threads have indexed them.
fn sample(archive: &Archive, random: &mut Random) -> Result<Vec<Stored>, BenchError> {
    const ARTICLES: usize = 400;
    let salt = random.next();
    let mut ids: BTreeSet<(u64, String)> = BTreeSet::new();
    for hit in archive.stream("*", &unquoted())? {
        let id = hit.map_err(SearchError::from)?.article.id;
        ids.insert((FxBuildHasher.hash_one((salt, &id)), id));
        if ids.len() > ARTICLES {
            ids.pop_last();
        }
    }
    let mut articles = Vec::with_capacity(ids.len());
    for (_, id) in ids {
        articles.extend(archive.get(&id)?);
    }
    if articles.is_empty() { Err(BenchError::Empty) } else { Ok(articles) }
}

/// A request for hits without quotes.
pub(super) fn unquoted() -> SearchRequest {
    let snippets = SnippetOptions { limit: Some(0), ..SnippetOptions::default() };
    let page = PageRequest { snippets, group: Group::None, ..PageRequest::default() };
    SearchRequest { page, ..SearchRequest::default() }
}

/// A query of a class that the article matches, with its yardstick; `None` if the article has nothing for it.
fn query(class: &str, stored: &Stored, random: &mut Random) -> Option<(String, Yardstick)> {
    let body = &stored.article.body;
    let words: Vec<String> = tokens(body).map(|t| fold(t.span.of(body))).collect();
    let mut word = || {
        let word = words.get(random.below(words.len().max(1)))?;
        plain(word).then(|| word.clone())
    };
    let bare = |text: String, query: BareQuery| Some((text, Yardstick::Bare(query)));
    let alone = |text: String| Some((text, Yardstick::None));
    match class {
        "term" => {
            let word = word()?;
            bare(format!("\"{word}\""), BareQuery::Term(word))
        }
        "inflected" => alone(word()?),
        "and" => {
            let (a, b) = (word()?, word()?);
            bare(format!("\"{a}\" \"{b}\""), BareQuery::And(vec![a, b]))
        }
        "or" => {
            let (a, b) = (word()?, word()?);
            bare(format!("\"{a}\" OR \"{b}\""), BareQuery::Or(vec![a, b]))
        }
        "range+term" => {
            let word = word()?;
            let text = format!("\"{word}\" number:[10 TO 500]");
            bare(text, BareQuery::Numbers { word, lo: 10.0, hi: 500.0 })
        }
        "date+term" => {
            let word = word()?;
            let from = stored.article.published?;
            let text = format!("\"{word}\" published:>={}", day(from));
            bare(text, BareQuery::Since { word, from: from - from.rem_euclid(86_400) })
        }
        "phrase" | "sloppy" => {
            // Within a paragraph, as phrases do not cross them.
            let lines: Vec<&str> = body.lines().collect();
            let line = lines.get(random.below(lines.len().max(1)))?;
            let words: Vec<&str> = tokens(line).map(|t| t.span.of(line)).collect();
            let length = if class == "phrase" { 2 + random.below(2) } else { 3 };
            let at = random.below(words.len().checked_sub(length)?.max(1));
            let words = words.get(at..at + length)?;
            match (class, words) {
                ("sloppy", [a, _, b]) => {
                    bare(format!("\"{a} {b}\"~1"), BareQuery::Phrase { words: cut_barely(&[a, b]), slop: 1 })
                }
                _ => bare(
                    format!("\"{}\"", words.join(" ")),
                    BareQuery::Phrase { words: cut_barely(words), slop: 0 },
                ),
            }
        }
        "country" => alone(format!("country:{}", mention(stored, Kind::Country, random)?.key())),
        "person" => alone(format!("person:\"{}\"", mention(stored, Kind::Person, random)?.key())),
        "money" => {
            let amount = mention(stored, Kind::Money, random)?.quantity()?;
            let currency =
                amount.unit.as_ref().filter(|unit| unit.bytes().all(|b| b.is_ascii_uppercase()))?;
            alone(format!("money.{currency}:[{} TO {}]", amount.lo, amount.hi))
        }
        "slot1" => one_slot(stored, random),
        "slot2" => two_slots(stored, random),
        "near" => near(body, random),
        _ => None,
    }
}

/// What tantivy's default tokenizer makes of words.
fn cut_barely(words: &[&str]) -> Vec<String> {
    let pieces = words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    pieces.filter(|piece| !piece.is_empty()).map(str::to_lowercase).collect()
}

/// Words that contractions begin with: "they'd" is one word to us and two to tantivy's default tokenizer, which finds more.
const CONTRACTED: &[&str] = &[
    "can", "could", "don", "here", "how", "let", "she", "should", "that", "there", "these", "they", "this",
    "those", "what", "when", "where", "who", "why", "won", "would", "you",
];

/// A word of some length that is plain letters, and a word to both tokenizers.
fn plain(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()) && !CONTRACTED.contains(&word)
}

fn mention<'a>(stored: &'a Stored, kind: Kind, random: &mut Random) -> Option<&'a Mention> {
    let all: Vec<&Mention> = stored.mentions.iter().filter(|m| m.kind == kind).collect();
    all.get(random.below(all.len().max(1))).copied()
}

/// A paragraph of the body that holds a mention, its tokens, and the mentions in it as ranges of those tokens.
struct Around<'a> {
    body: &'a str,
    tokens: Vec<Token>,
    mentions: Vec<(usize, usize, Kind)>,
}

impl<'a> Around<'a> {
    fn draw(stored: &'a Stored, random: &mut Random) -> Option<Self> {
        let body = stored.article.body.as_str();
        let lines: Vec<Span> = paragraphs(body).collect();
        let line = lines.get(random.below(lines.len().max(1)))?;
        let within = |span: Span| line.start <= span.start && span.end <= line.end;
        let tokens: Vec<Token> = tokens(body).filter(|t| within(t.span)).collect();
        let mut mentions = Vec::new();
        for m in stored.mentions.iter().filter(|m| m.field == TextField::Body && within(m.span)) {
            let first = tokens.partition_point(|t| t.span.end <= m.span.start);
            let end = tokens.partition_point(|t| t.span.start < m.span.end);
            if first < end {
                mentions.push((first, end, m.kind));
            }
        }
        Some(Self { body, tokens, mentions })
    }

    /// The words of a range of tokens, as written.
    fn words(&self, from: usize, to: usize) -> Option<String> {
        let words: Vec<&str> = self.tokens.get(from..to)?.iter().map(|t| t.span.of(self.body)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The one word at a token, if it is a plain one.
    fn word(&self, at: usize) -> Option<&'a str> {
        let word = self.tokens.get(at)?.span.of(self.body);
        word.bytes().all(|b| b.is_ascii_alphabetic()).then_some(word)
    }
}

/// A query of ours, held against the phrase that it stands for in this article.
fn like_phrase(text: String, words: &str) -> (String, Yardstick) {
    (text, Yardstick::Ours { name: "phrase", text: format!("\"{words}\"") })
}

/// A mention and the word after it or before it: `"{number} nationals"`.
fn one_slot(stored: &Stored, random: &mut Random) -> Option<(String, Yardstick)> {
    let around = Around::draw(stored, random)?;
    let (first, end, kind) = *around.mentions.get(random.below(around.mentions.len().max(1)))?;
    if random.below(2) == 0 {
        let word = around.word(end)?;
        Some(like_phrase(format!("\"{{{}}} {word}\"", kind.name()), &around.words(first, end + 1)?))
    } else {
        let before = first.checked_sub(1)?;
        let word = around.word(before)?;
        Some(like_phrase(format!("\"{word} {{{}}}\"", kind.name()), &around.words(before, end)?))
    }
}

/// Two mentions with a word between them: `"{person} told {country}"`.
fn two_slots(stored: &Stored, random: &mut Random) -> Option<(String, Yardstick)> {
    let around = Around::draw(stored, random)?;
    let pairs: Vec<_> = around
        .mentions
        .iter()
        .flat_map(|a| around.mentions.iter().map(move |b| (a, b)))
        .filter(|(a, b)| b.0 == a.1 + 1)
        .collect();
    let (a, b) = *pairs.get(random.below(pairs.len().max(1)))?;
    let word = around.word(a.1)?;
    Some(like_phrase(format!("\"{{{}}} {word} {{{}}}\"", a.2.name(), b.2.name()), &around.words(a.0, b.1)?))
}

/// Two words of one paragraph, at most ten words apart.
fn near(body: &str, random: &mut Random) -> Option<(String, Yardstick)> {
    let lines: Vec<&str> = body.lines().collect();
    let line = lines.get(random.below(lines.len().max(1)))?;
    let words: Vec<String> = tokens(line).map(|t| fold(t.span.of(line))).collect();
    let at = random.below(words.len().max(1));
    let (a, b) = (words.get(at)?, words.get(at + 1 + random.below(9))?);
    if !plain(a) || !plain(b) || a == b {
        return None;
    }
    let text = format!("\"{a}\" W/10 \"{b}\"");
    Some((text, Yardstick::Ours { name: "and", text: format!("\"{a}\" \"{b}\"") }))
}
