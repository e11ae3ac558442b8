//! The trained tagger: which of a text's capitalised words are persons, organisations, places, other names or none.
//!
//! `chunk` cuts the text into chunks of neighbouring capitalised words; only these are tagged. `elsewhere` notes what the
//! article tells of each word wherever it stands. `features` turns each token, seen as a `word`, into some sixty numbers,
//! and `model` adds up their weights and finds the best row of tags for the chunk (a linear chain, Viterbi). The model
//! is trained by `cargo xtask train people`; its card is `models/README.md`. [`crate::extract::person`] weighs what it
//! says together with the rules.

mod chunk;
mod elsewhere;
mod features;
mod model;
mod word;

use std::ops::Range;

use super::Text;
use super::lookup::Lookup;
use crate::article::Mention;
use chunk::Chunks;
use elsewhere::Elsewhere;
use features::Features;
pub use model::{MAGIC, Model, OTHER, TAGS, may_follow};

/// What the tagger takes some words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Person,
    Org,
    Place,
    Other,
}

/// Neighbouring tokens that the tagger takes for one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tagged {
    /// Which of the article's texts it stands in, as an index.
    pub(super) text: usize,
    /// Its first token.
    pub(super) first: usize,
    /// Its last token.
    pub(super) last: usize,
    pub(super) name: Name,
}

/// The names in the texts of one article, in order.
pub(super) fn tag(words: &[Lookup<'_>]) -> Vec<Tagged> {
    let model = Model::built_in();
    let mut found = Vec::new();
    let (mut features, mut scores, mut best, mut tags) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    each_text(words, |text, known| {
        for chunk in &known.chunks.list {
            scores.clear();
            for at in chunk.first..chunk.end {
                known.of(at, *chunk, &mut features);
                scores.push(model.score(&features));
            }
            model.decode(&scores, &mut best, &mut tags);
            names(&tags, |first, last, name| {
                let (first, last) = (chunk.first + first, chunk.first + last);
                found.push(Tagged { text, first, last, name });
            });
        }
    });
    found
}

/// Calls `each` with the first and last place of every name in a row of tags.
fn names(tags: &[u8], mut each: impl FnMut(usize, usize, Name)) {
    let mut at = 0;
    while let Some(&tag) = tags.get(at) {
        let first = at;
        at += 1;
        let (name, inside) = match tag {
            1 => (Name::Person, 2),
            3 => (Name::Org, 4),
            5 => (Name::Place, 6),
            7 => (Name::Other, 7),
            _ => continue,
        };
        while tags.get(at) == Some(&inside) {
            at += 1;
        }
        each(first, at - 1, name);
    }
}

/// Calls `each` with the number of each text and what gives its features.
fn each_text(words: &[Lookup<'_>], mut each: impl FnMut(usize, &Features<'_>)) {
    let texts: Vec<Chunks<'_>> = words.iter().map(Chunks::of).collect();
    let mut elsewhere = Elsewhere::default();
    for chunks in &texts {
        elsewhere.add(chunks);
    }
    for (number, chunks) in texts.iter().enumerate() {
        each(number, &Features::new(chunks, &elsewhere));
    }
}

/// A chunk to learn from.
#[derive(Debug, Clone)]
pub struct Example {
    /// Which of the article's texts it stands in, as an index.
    pub text: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The features of each of them.
    pub features: Vec<Vec<u64>>,
}

/// The chunks of an article's texts with their features, for training.
///
/// ```
/// use dateline::extract::{Text, tagger::examples};
/// let text = "Some say Ursula von der Heide met J. Lee.";
/// let tokens: Vec<_> = dateline::text::tokens(text).collect();
/// let cut: Vec<_> = examples(&[Text::body(text, &tokens)]).into_iter().map(|e| e.tokens).collect();
/// assert_eq!(cut, [2..6, 7..9]);
/// ```
pub fn examples(texts: &[Text<'_>]) -> Vec<Example> {
    let words = Lookup::of(texts);
    let mut found = Vec::new();
    each_text(&words, |text, known| {
        for chunk in &known.chunks.list {
            let features = (chunk.first..chunk.end)
                .map(|at| {
                    let mut features = Vec::new();
                    known.of(at, *chunk, &mut features);
                    features
                })
                .collect();
            found.push(Example { text, tokens: chunk.first..chunk.end, features });
        }
    });
    found
}

/// Persons, organisations and countries as the rules find them without the tagger: what it learns from where the marks of
/// its data are in doubt.
pub fn by_rules(texts: &[Text<'_>]) -> Vec<Mention> {
    let words = Lookup::of(texts);
    let mut found = Vec::new();
    super::person::find_in(&words, texts, &[], true, &mut found);
    let mut organisations = Vec::new();
    super::org::find_in(&words, texts, &found, true, &mut organisations);
    let mut countries = Vec::new();
    super::country::find_in(&words, texts, &found, &mut countries);
    found.append(&mut organisations);
    found.append(&mut countries);
    found
}
