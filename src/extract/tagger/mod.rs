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

use super::lookup::Lookup;
use super::{Options, Text};
use crate::article::Mention;
use chunk::Chunks;
use elsewhere::Elsewhere;
use features::Features;
use model::Decoded;
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

/// How sure the tagger is that a token is part of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Margin {
    /// Which of the article's texts it stands in, as an index.
    pub(super) text: usize,
    pub(super) token: usize,
    /// How much more the best tags gain that make it one than the best that do not: 60 for each factor of e in probability.
    pub(super) gain: i32,
}

/// What the tagger sees in the open chunks of an article, in order.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) names: Vec<Tagged>,
    pub(super) margins: Vec<Margin>,
}

/// The names in the texts of one article, in order, in the chunks that hold an open word: `open` has for each text its
/// tokens, in order.
pub(super) fn tag(words: &[Lookup<'_>], open: &[Vec<usize>]) -> Seen {
    let model = Model::built_in();
    let open_words: usize = open.iter().map(Vec::len).sum();
    let mut seen =
        Seen { names: Vec::with_capacity(open_words), margins: Vec::with_capacity(open_words * 2) };
    let (mut scores, mut room) = (Vec::with_capacity(chunk::LONGEST), Decoded::with_capacity(chunk::LONGEST));
    each_text(words, open, |text, known| {
        for chunk in &known.chunks.list {
            scores.clear();
            for at in chunk.first..chunk.end {
                let mut sums = model.sums();
                known.of(at, *chunk, &mut sums);
                scores.push(sums.gains());
            }
            model.decode(&scores, &mut room);
            names(&room.tags, |first, last, name| {
                let (first, last) = (chunk.first + first, chunk.first + last);
                seen.names.push(Tagged { text, first, last, name });
            });
            let margin = |(token, gain)| Margin { text, token, gain };
            seen.margins.extend((chunk.first..).zip(room.margins.iter().copied()).map(margin));
        }
    });
    seen
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
fn each_text(words: &[Lookup<'_>], open: &[Vec<usize>], mut each: impl FnMut(usize, &Features<'_>)) {
    let texts: Vec<Chunks<'_>> =
        words.iter().zip(open).map(|(words, open)| Chunks::of(words, open)).collect();
    let mut elsewhere = Elsewhere::with_capacity(texts.iter().map(|chunks| chunks.list.len()).sum());
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
    let open: Vec<_> = words.iter().map(|words| words.capitalised().to_vec()).collect();
    let mut found = Vec::new();
    each_text(&words, &open, |text, known| {
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
    super::person::find_in(&words, texts, &Options { tagger: false, ..Options::default() }, &mut found);
    let mut organisations = Vec::new();
    super::org::find_in(&words, texts, &found, true, &mut organisations);
    let mut countries = Vec::new();
    super::country::find_in(&words, texts, &found, &mut countries);
    found.append(&mut organisations);
    found.append(&mut countries);
    found
}
