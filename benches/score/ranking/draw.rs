//! Reads a corpus and draws questions from it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;

use dateline::article::{Article, Kind, Mention, TextField};
use dateline::ingest::Pipeline;
use dateline::read::inputs;
use dateline::text::{fold, sentences, tokens};

use super::Options;
use super::stemmed::is_stop_word;

/// The articles, and the names of events with the articles that tell them, where the corpus says so (`gold.event`).
pub(super) struct Corpus {
    pub(super) articles: Vec<Article>,
    events: BTreeMap<String, BTreeSet<String>>,
}

/// The kinds of questions, each asked for any of its words and for all of them.
pub(super) const KINDS: [&str; 4] = ["headline", "3-5 words of it", "names and numbers", "event"];

/// A question and the articles that it should find.
pub(super) struct Question {
    /// Which of [`KINDS`].
    pub(super) kind: usize,
    /// Its parts as the query language has them.
    pub(super) parts: Vec<String>,
    /// The same as words of the text, for an index that knows nothing else.
    pub(super) words: Vec<String>,
    /// The ids of the articles wanted.
    pub(super) wanted: BTreeSet<String>,
}

impl Question {
    /// Whether its parts are plain words.
    pub(super) fn is_words(&self) -> bool {
        self.kind != 2
    }
}

/// Reads and cleans everything.
pub(super) fn read(paths: &[PathBuf], pipeline: &Pipeline) -> Result<Corpus, Box<dyn Error>> {
    let (inputs, rejects) = inputs(paths);
    if let Some(reject) = rejects.into_iter().next() {
        return Err(reject.to_string().into());
    }
    let mut corpus = Corpus { articles: Vec::new(), events: BTreeMap::new() };
    let mut seen = BTreeSet::new();
    for record in inputs.iter().flat_map(|input| input.records(&pipeline.read)).flatten() {
        let event = event_of(&record.bytes);
        let Ok(raw) = record.parse(&pipeline.read) else { continue };
        let article = pipeline.mark(raw).article;
        if let Some(event) = event {
            corpus.events.entry(event).or_default().insert(article.id.clone());
        }
        if seen.insert(article.id.clone()) {
            corpus.articles.push(article);
        }
    }
    if corpus.articles.is_empty() { Err("no article could be read".into()) } else { Ok(corpus) }
}

fn event_of(record: &[u8]) -> Option<String> {
    let record: serde_json::Value = serde_json::from_slice(record).ok()?;
    record.get("gold")?.get("event")?.as_str().map(str::to_owned)
}

/// Draws the questions of every kind.
pub(super) fn draw(corpus: &Corpus, pipeline: &Pipeline, options: &Options) -> Vec<Question> {
    let mut random = Random(options.seed);
    let mut questions = Vec::new();
    for kind in 0..3 {
        let (mut found, mut tries) = (0, 0);
        while found < options.queries && tries < options.queries * 20 {
            tries += 1;
            let article = &corpus.articles[random.below(corpus.articles.len())];
            let parts = match kind {
                0 => headline(article),
                1 => some_words(article, &mut random),
                _ => names_and_numbers(article, pipeline, &mut random),
            };
            let Some((parts, words)) = parts else { continue };
            questions.push(Question { kind, parts, words, wanted: BTreeSet::from([article.id.clone()]) });
            found += 1;
        }
    }
    for (event, wanted) in &corpus.events {
        let words = plain_words(event);
        questions.push(Question { kind: 3, parts: words.clone(), words, wanted: wanted.clone() });
    }
    questions
}

/// The parts of a question and its words.
type Parts = (Vec<String>, Vec<String>);

/// The words of a text that are letters and digits alone, folded; no operators among them.
fn plain_words(text: &str) -> Vec<String> {
    let words = tokens(text).map(|t| fold(t.span.of(text)));
    words.filter(|w| w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())).collect()
}

/// Words that say what an article is about, each once, in their order.
fn informative(title: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in plain_words(title) {
        if word.len() > 2 && !is_stop_word(&word) && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn headline(article: &Article) -> Option<Parts> {
    let fits = informative(&article.title).len() >= 4 && article.body.len() >= 400;
    let words = plain_words(&article.title);
    fits.then(|| (words.clone(), words))
}

fn some_words(article: &Article, random: &mut Random) -> Option<Parts> {
    headline(article)?;
    let mut words = informative(&article.title);
    let keep = 3 + random.below(3);
    while words.len() > keep {
        words.remove(random.below(words.len()));
    }
    Some((words.clone(), words))
}

/// Two or more names and numbers of a sentence of the body.
fn names_and_numbers(article: &Article, pipeline: &Pipeline, random: &mut Random) -> Option<Parts> {
    let marked = pipeline.mark_article(article.clone());
    let all: Vec<_> = sentences(&article.body).collect();
    let sentence = all.get(random.below(all.len().max(1)))?;
    let (mut parts, mut words) = (Vec::new(), Vec::new());
    for mention in marked.mentions.iter().filter(|m| m.field == TextField::Body) {
        let within = sentence.start <= mention.span.start && mention.span.end <= sentence.end;
        let Some(part) = condition(mention).filter(|part| within && !parts.contains(part)) else { continue };
        parts.push(part);
        words.extend(plain_words(mention.span.of(&article.body)));
    }
    (parts.len() >= 2).then_some((parts, words))
}

/// A mention as a condition of the query language.
fn condition(mention: &Mention) -> Option<String> {
    match mention.kind {
        Kind::Person => Some(format!("person:\"{}\"", mention.key())),
        Kind::Country => Some(format!("country:{}", mention.key())),
        Kind::Number => {
            let quantity = mention.quantity()?;
            Some(format!("number:[{} TO {}]", quantity.lo, quantity.hi))
        }
        _ => None,
    }
}

/// A small generator of random numbers (`SplitMix64`), the same everywhere for the same seed.
struct Random(u64);

impl Random {
    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }
}
