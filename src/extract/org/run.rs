//! Reads runs of capitalised words: "Iranian Foreign Ministry Spokesman" is one.

use std::cell::Cell;

use super::known::{self, Known};
use crate::article::Span;
use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;
use crate::extract::{Text, is_all_capitals, is_joint};

/// The longest run of words that is looked at as one.
const MAX_RUN: usize = 24;

/// Words whose possessive stands inside names: "People's Bank".
const OWNERS: &[&str] = &[
    "Children",
    "Citizens",
    "Farmers",
    "General",
    "Governor",
    "King",
    "Lloyd",
    "Lord",
    "Magistrate",
    "Magistrates",
    "Men",
    "Minister",
    "Nation",
    "Parents",
    "Peasants",
    "People",
    "Peoples",
    "President",
    "Prosecutor",
    "Queen",
    "Teachers",
    "Veterans",
    "Women",
    "Workers",
    "Writers",
];

/// Words that a run is looked at for, whatever else they are.
const WORTH: Flags = Flags::HEAD.or(Flags::KNOWN).or(Flags::OPENER).or(Flags::OF_HEAD);

/// Words that for themselves are no reason to look at a run.
const WORTHLESS: Flags = Flags::COUNTRY.or(Flags::STOP).or(Flags::TITLE);

/// A word of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) token: usize,
    pub(super) flags: Flags,
    /// Whether it is part of a person's name.
    pub(super) person: bool,
    /// Whether it is an acronym by its letters.
    pub(super) acronym: bool,
    /// Whether the run may be cut after it: a possessive that is seldom inside a name.
    pub(super) ends: bool,
}

/// The persons of one text, asked for in order.
pub(super) struct People<'a> {
    spans: &'a [Span],
    at: usize,
}

impl<'a> People<'a> {
    /// The spans are in order.
    pub(super) fn new(spans: &'a [Span]) -> Self {
        Self { spans, at: 0 }
    }

    /// Whether a person's name holds the byte `start`; asked for in order.
    fn hold(&mut self, start: u32) -> bool {
        while self.spans.get(self.at).is_some_and(|span| span.end <= start) {
            self.at += 1;
        }
        self.spans.get(self.at).is_some_and(|span| span.start <= start)
    }
}

/// A run of capitalised words.
pub(super) struct Run<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) words: Vec<Word>,
    /// Whether a word of the run can be part of the name of an organisation.
    pub(super) worth: bool,
    people: People<'a>,
    /// The token that a well-known name was last looked for at, and what was found.
    known: Cell<(usize, Option<(usize, Known)>)>,
}

impl<'a> Run<'a> {
    /// A reader of the runs of the text with the words `lookup`, in which `people` are the persons.
    pub(super) fn new(lookup: &'a Lookup<'a>, people: &'a [Span]) -> Self {
        Self {
            text: lookup.text,
            lookup,
            words: Vec::with_capacity(MAX_RUN),
            worth: false,
            people: People::new(people),
            known: Cell::new((usize::MAX, None)),
        }
    }

    /// The longest well-known name that begins at token `at`, and how many tokens it has.
    pub(super) fn known(&self, at: usize) -> Option<(usize, Known)> {
        let (token, found) = self.known.get();
        if token == at {
            return found;
        }
        let found = known::longest(self.lookup, at);
        self.known.set((at, found));
        found
    }

    /// Whether the token is part of a person's name.
    pub(super) fn is_person(&self, token: usize) -> bool {
        let start = self.text.tokens.get(token).map_or(0, |t| t.span.start);
        let after = self.people.spans.partition_point(|span| span.start <= start);
        after.checked_sub(1).is_some_and(|last| self.people.spans[last].end > start)
    }

    /// Whether the capitalised word at token `at` stands alone and can be no part of the name of an organisation; asked
    /// for in order.
    pub(super) fn skips(&mut self, at: usize) -> bool {
        let flags = self.lookup.flags(at);
        if self.lookup.is_capitalised(at + 1) || flags.has(WORTH) {
            return false;
        }
        (flags.has(WORTHLESS) && (self.lookup.is_plain(at) || !is_acronym(self.text.word(at))))
            || self.people.hold(self.text.tokens.get(at).map_or(0, |t| t.span.start))
    }

    /// Reads the run that begins at token `at` into `words`; the token after it, or `at` if none begins there.
    pub(super) fn read(&mut self, at: usize) -> usize {
        self.words.clear();
        self.worth = false;
        let mut token = at;
        while self.words.len() < MAX_RUN {
            if !self.lookup.is_capitalised(token) {
                break;
            }
            let start = self.text.tokens.get(token).map_or(0, |t| t.span.start);
            let (goes_on, ends) = joint(self.lookup, token);
            let person = self.people.hold(start);
            // The words inside a person's name are asked for nothing.
            let known = person && self.words.last().is_some_and(|last| last.person);
            let flags = if known { Flags::default() } else { self.lookup.flags(token) };
            let acronym = !self.lookup.is_plain(token) && is_acronym(self.text.word(token));
            self.worth |= flags.has(WORTH) || !(person || (flags.has(WORTHLESS) && !acronym));
            self.words.push(Word { token, flags, person, acronym, ends });
            token += 1;
            if !goes_on {
                break;
            }
        }
        token
    }
}

/// Whether a run goes on over the gap after the word at `token`, and whether it may be cut there.
fn joint(lookup: &Lookup<'_>, token: usize) -> (bool, bool) {
    let text = lookup.text;
    if text.is_spaced(token) {
        return (true, false);
    }
    match text.gap(token) {
        gap if is_joint(gap) => (true, false),
        "&" | " & " => (true, false),
        "'s " | "\u{2019}s " => (true, OWNERS.binary_search(&text.word(token)).is_err()),
        "' " | "\u{2019} " => (text.word(token).ends_with('s'), false),
        ". " => {
            let word = text.word(token);
            let initial = word.len() == 1 || matches!(word, "St" | "Mt" | "Bros");
            (initial && lookup.is_capitalised(token + 1), false)
        }
        _ => (false, false),
    }
}

/// Whether the word is an acronym: at least two letters, all capitals.
pub(super) fn is_acronym(word: &str) -> bool {
    (2..=8).contains(&word.len())
        && !word.as_bytes()[1].is_ascii_lowercase()
        && is_all_capitals(word)
        && !word.contains(['.', '\'', ','])
}

/// Whether a capital stands inside the word, as firms write their names.
pub(super) fn is_camel(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() > 3
        && !word.starts_with("Mc")
        && !word.starts_with("Mac")
        && !word.contains(['\'', '\u{2019}'])
        && bytes.windows(2).skip(1).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owners_are_sorted() {
        assert!(OWNERS.is_sorted());
    }
}
