//! What the article tells of a word wherever it stands: a title before it once, "said" after it once.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::chunk::Chunks;
use super::word::{Gap, Shape, Word};
use crate::extract::person::lexicon::Flags;

/// Written in lower case.
const LOWER: u16 = 1;
const AFTER_TITLE: u16 = 1 << 1;
const AFTER_FIRST_NAME: u16 = 1 << 2;
const BEFORE_SAID: u16 = 1 << 3;
const BEFORE_AGE: u16 = 1 << 4;
const BEFORE_BODY: u16 = 1 << 5;
const AFTER_IN: u16 = 1 << 6;
const AFTER_THE: u16 = 1 << 7;
const BEFORE_SURNAME: u16 = 1 << 8;
const AFTER_ROLE: u16 = 1 << 9;
const IN_BRACKETS: u16 = 1 << 10;
const BEFORE_WHO: u16 = 1 << 11;
const BEFORE_PLACE: u16 = 1 << 12;
const BEFORE_LEGAL_FORM: u16 = 1 << 13;

/// What is told of each capitalised word of an article.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    words: FxHashMap<u64, u16>,
}

impl Elsewhere {
    /// With room for so many words.
    pub(super) fn with_capacity(words: usize) -> Self {
        Self { words: FxHashMap::with_capacity_and_hasher(words, FxBuildHasher) }
    }

    /// Adds what a text of the article tells.
    pub(super) fn add(&mut self, chunks: &Chunks<'_>) {
        for chunk in &chunks.list {
            for token in chunk.first..chunk.end {
                let word = chunks.words[token];
                if word.capital {
                    let told = before(chunks, token) | after(chunks, token);
                    let lower = if chunks.is_lower(word.hash) { LOWER } else { 0 };
                    *self.words.entry(word.hash).or_default() |= told | lower;
                }
            }
        }
    }

    /// What is told of `word`.
    pub(super) fn of(&self, word: Word) -> u16 {
        if word.capital { self.words.get(&word.hash).copied().unwrap_or(0) } else { 0 }
    }
}

fn before(chunks: &Chunks<'_>, token: usize) -> u16 {
    let Some(at) = token.checked_sub(1) else { return 0 };
    let word = chunks.words[at];
    let mut told = 0;
    if word.gap == Gap::Opens && chunks.words[token].gap == Gap::Closes {
        told |= IN_BRACKETS;
    }
    if !matches!(word.gap, Gap::Space | Gap::Abbreviation) {
        return told;
    }
    if word.capital {
        if word.flags.has(Flags::TITLE) {
            told |= AFTER_TITLE;
        }
        if word.flags.has(Flags::FIRST) && !word.flags.has(Flags::COMMON | Flags::PLACE | Flags::COUNTRY) {
            told |= AFTER_FIRST_NAME;
        }
        return told;
    }
    if word.flags.has(Flags::ROLE) {
        told |= AFTER_ROLE;
    }
    match chunks.lookup.text.word(at) {
        "in" | "at" | "near" | "from" => told | AFTER_IN,
        "the" => told | AFTER_THE,
        _ => told,
    }
}

fn after(chunks: &Chunks<'_>, token: usize) -> u16 {
    let text = chunks.lookup.text;
    let (gap, Some(&word)) = (chunks.words[token].gap, chunks.words.get(token + 1)) else { return 0 };
    let mut told = 0;
    match gap {
        Gap::Space if word.capital => {
            if word.flags.has(Flags::BODY | Flags::HEAD) {
                told |= BEFORE_BODY;
            }
            if word.flags.has(Flags::LEGAL) {
                told |= BEFORE_LEGAL_FORM;
            }
            if word.flags.has(Flags::LAST) && !word.flags.has(Flags::COMMON | Flags::BODY) {
                told |= BEFORE_SURNAME;
            }
        }
        Gap::Space if word.flags.has(Flags::SAID) => told |= BEFORE_SAID,
        Gap::Comma | Gap::Opens => {
            let age = word.shape == Shape::Digits
                && text.word(token + 1).len() == 2
                && matches!(word.gap, Gap::Comma | Gap::Closes);
            if age {
                told |= BEFORE_AGE;
            }
            if gap == Gap::Comma && word.capital && word.flags.has(Flags::NATION | Flags::PLACE) {
                told |= BEFORE_PLACE;
            }
        }
        _ => {}
    }
    if matches!(gap, Gap::Space | Gap::Comma) && matches!(text.word(token + 1), "who" | "whose") {
        told |= BEFORE_WHO;
    }
    told
}
