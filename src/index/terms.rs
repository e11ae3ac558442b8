//! The terms that stand for mentions in the `mention` field, at the positions of the words they cover.
//!
//! | term | stands at | says |
//! |---|---|---|
//! | `person` | a mention's first token | a mention of that kind begins here |
//! | `person:donald trump` | its first token | and has that key (for numbers and amounts: that unit) |
//! | `person~trump` | its first token | and its key has that part |
//! | `place~paris`, `place~FR` | its first token | for places: its name, its country; see [`crate::article::place::parts`] |
//! | `person<said` | its first token | and the word "said" stands directly before it |
//! | `person>said` | its last token | the word "said" stands directly after a mention of that kind |
//! | `person/` | its last token | a mention of that kind ends here |
//! | `¶`, `§` | a paragraph's, a sentence's first token | one begins here |
//!
//! The two links are there for the common words of news ([`crate::text::is_common`]), where lists of words and mentions are long. They stand as often as words of the same place count, so that a phrase of a word and a slot is answered from one
//! list. Mentions of one kind do not overlap, so the i-th start of a kind pairs with its i-th end, and for numeric kinds
//! with the i-th value of the article's column ([`super::schema::column`]).

use crate::article::Kind;

/// Stands at the first token of each paragraph of the body.
pub const PARAGRAPH: &str = "¶";
/// Stands at the first token of each sentence.
pub const SENTENCE: &str = "§";

/// The part that every number of a counted noun has.
pub const COUNTED: &str = "counted";

/// The longest key that a term holds, in bytes; longer ones are cut at a character.
pub const MAX_KEY_BYTES: usize = 300;

/// The term at the start of every mention of a kind.
pub fn start(kind: Kind) -> &'static str {
    kind.name()
}

/// What stands between a kind and a key, and between a kind and a part of a key.
pub(super) const KEY: &str = ":";
pub(super) const PART: &str = "~";
/// What stands between a kind and the word before it, and the word after it.
pub(super) const BEFORE: &str = "<";
pub(super) const AFTER: &str = ">";
/// What follows a kind at its last token.
pub(super) const END: &str = "/";

/// As much of a key as a term holds.
pub(super) fn cut(key: &str) -> &str {
    let mut cut = key.len().min(MAX_KEY_BYTES);
    while !key.is_char_boundary(cut) {
        cut -= 1;
    }
    key.get(..cut).unwrap_or_default()
}

/// The link of a mention of `kind` to the folded `word` directly before it.
pub fn word_before(kind: Kind, word: &str) -> String {
    [kind.name(), BEFORE, word].concat()
}

/// The link of a mention of `kind` to the folded `word` directly after it.
pub fn word_after(kind: Kind, word: &str) -> String {
    [kind.name(), AFTER, word].concat()
}

/// The term at the start of the mentions of `kind` with `key`.
pub fn key(kind: Kind, key: &str) -> String {
    [kind.name(), KEY, cut(key)].concat()
}

/// The term at the start of the mentions of `kind` whose key has the part `part`.
pub fn part(kind: Kind, part: &str) -> String {
    [kind.name(), PART, cut(part)].concat()
}

/// The term at the last token of every mention of a kind.
pub fn end(kind: Kind) -> String {
    [kind.name(), END].concat()
}
