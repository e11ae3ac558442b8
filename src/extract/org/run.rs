//! Reads runs of capitalised words: "Iranian Foreign Ministry Spokesman" is one.

use crate::article::Span;
use crate::extract::person::lexicon::{Flags, flags};
use crate::extract::{Text, is_all_capitals, is_capitalised, is_joint};

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
    pub(super) words: Vec<Word>,
    /// Whether a word of the run can be part of the name of an organisation.
    pub(super) worth: bool,
    people: People<'a>,
}

impl<'a> Run<'a> {
    /// A reader of the runs of `text`, in which `people` are the persons.
    pub(super) fn new(text: &'a Text<'a>, people: &'a [Span]) -> Self {
        Self { text, words: Vec::with_capacity(MAX_RUN), worth: false, people: People::new(people) }
    }

    /// Whether the token is part of a person's name.
    pub(super) fn is_person(&self, token: usize) -> bool {
        let start = self.text.tokens.get(token).map_or(0, |t| t.span.start);
        let after = self.people.spans.partition_point(|span| span.start <= start);
        after.checked_sub(1).is_some_and(|last| self.people.spans[last].end > start)
    }

    /// Reads the run that begins at token `at` into `words`; the token after it, or `at` if none begins there.
    pub(super) fn read(&mut self, at: usize) -> usize {
        self.words.clear();
        self.worth = false;
        let mut token = at;
        while self.words.len() < MAX_RUN {
            let word = self.text.word(token);
            if !is_capitalised(word) {
                break;
            }
            let start = self.text.tokens.get(token).map_or(0, |t| t.span.start);
            let (goes_on, ends) = joint(word, self.text.gap(token), self.text.word(token + 1));
            let person = self.people.hold(start);
            // The words inside a person's name are asked for nothing.
            let known = person && self.words.last().is_some_and(|last| last.person);
            let flags = if known { Flags::default() } else { flags(word) };
            self.worth |= flags.has(WORTH) || !(person || (flags.has(WORTHLESS) && !is_acronym(word)));
            self.words.push(Word { token, flags, person, ends });
            token += 1;
            if !goes_on {
                break;
            }
        }
        token
    }
}

/// Whether a run goes on over `gap` after `word`, and whether it may be cut there.
fn joint(word: &str, gap: &str, next: &str) -> (bool, bool) {
    match gap {
        _ if is_joint(gap) => (true, false),
        "&" | " & " => (true, false),
        "'s " | "\u{2019}s " => (true, OWNERS.binary_search(&word).is_err()),
        "' " | "\u{2019} " => (word.ends_with('s'), false),
        ". " => {
            let initial = word.len() == 1 || matches!(word, "St" | "Mt" | "Bros");
            (initial && is_capitalised(next), false)
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
