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
//! The two links are there for the common words of news ([`super::is_common`]), where lists of words and mentions are long. They stand as often as words of the same place count, so that a phrase of a word and a slot is answered from one
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

/// Appends to `term` the term at the start of the mentions of `kind` with `key`.
pub fn push_key(term: &mut String, kind: Kind, key: &str) {
    push(term, kind, ':', key);
}

/// Appends to `term` the term at the start of the mentions of `kind` whose key has the part `part`.
pub fn push_part(term: &mut String, kind: Kind, part: &str) {
    push(term, kind, '~', part);
}

/// Appends to `term` what stands before the word in the link of a mention to the word before it.
pub fn push_word_before(term: &mut String, kind: Kind) {
    push(term, kind, '<', "");
}

/// Appends to `term` what stands before the word in the link of a mention to the word after it.
pub fn push_word_after(term: &mut String, kind: Kind) {
    push(term, kind, '>', "");
}

/// The link of a mention of `kind` to the folded `word` directly before it.
pub fn word_before(kind: Kind, word: &str) -> String {
    let mut term = String::new();
    push_word_before(&mut term, kind);
    term + word
}

/// The link of a mention of `kind` to the folded `word` directly after it.
pub fn word_after(kind: Kind, word: &str) -> String {
    let mut term = String::new();
    push_word_after(&mut term, kind);
    term + word
}

/// Appends to `term` the term at the last token of every mention of a kind.
pub fn push_end(term: &mut String, kind: Kind) {
    push(term, kind, '/', "");
}

/// The term at the start of the mentions of `kind` with `key`.
pub fn key(kind: Kind, key: &str) -> String {
    let mut term = String::new();
    push_key(&mut term, kind, key);
    term
}

/// The term at the start of the mentions of `kind` whose key has the part `part`.
pub fn part(kind: Kind, part: &str) -> String {
    let mut term = String::new();
    push_part(&mut term, kind, part);
    term
}

/// The term at the last token of every mention of a kind.
pub fn end(kind: Kind) -> String {
    let mut term = String::new();
    push_end(&mut term, kind);
    term
}

fn push(term: &mut String, kind: Kind, mark: char, rest: &str) {
    let mut cut = rest.len().min(MAX_KEY_BYTES);
    while !rest.is_char_boundary(cut) {
        cut -= 1;
    }
    term.push_str(kind.name());
    term.push(mark);
    term.push_str(rest.get(..cut).unwrap_or_default());
}
