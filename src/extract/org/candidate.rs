//! The spans that may name an organisation.

use super::cue::Cues;
use crate::article::Span;
use crate::extract::Text;
use crate::extract::gazetteer::add_to_hash;
use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;

/// By what a candidate was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Its acronym follows in brackets, or it follows its acronym.
    Defined,
    /// A noun of bodies ends or opens it: "Bank".
    Headed,
    /// A row of the table of well-known names.
    Known(usize),
    /// A form of a well-known name that is also another word.
    Doubtful(usize),
    /// Capitals.
    Acronym,
    /// Capitalised words that nothing is known of.
    Name,
    /// Capitals that the article explains by words in lower case: no name.
    Common,
}

/// A span that may name an organisation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Which of the article's texts it stands in, as an index.
    pub(super) text: usize,
    /// Its first token.
    pub(super) first: usize,
    /// Its last token.
    pub(super) last: usize,
    pub(super) form: Form,
    /// What stands around it.
    pub(super) cues: Cues,
    /// What its first word can be.
    pub(super) first_flags: Flags,
    /// What its last word can be.
    pub(super) last_flags: Flags,
    /// Hash of its words.
    pub(super) hash: u64,
}

impl Candidate {
    /// Where it stands in its text.
    pub(super) fn span(&self, text: &Text<'_>) -> Span {
        Span::new(text.tokens[self.first].span.start as usize, text.tokens[self.last].span.end as usize)
    }
}

/// The hash of the words from token `first` to token `last`.
pub(super) fn hash_of(words: &Lookup<'_>, first: usize, last: usize) -> u64 {
    (first..=last).fold(0, |hash, token| add_to_hash(hash, words.hash(token)))
}
