//! Reads capitalised runs: "Prime Minister Ursula von der Heide" is one, with the particles in it.

use super::cue::may_be_particle;
use super::lexicon::{Flags, flags, is_particle};
use crate::extract::lookup::Lookup;
use crate::extract::{Text, is_capitalised, is_joint};

/// Words after a hyphen that are no syllable of a given name: "Obama-led", "Merkel-era".
const AFTER_HYPHEN: &[&str] = &[
    "age", "area", "based", "born", "class", "era", "eyed", "free", "held", "led", "level", "like", "long",
    "made", "old", "only", "owned", "run", "size", "style", "time", "type", "wide", "wing", "year",
];

/// The longest run of words that is looked at as one.
const MAX_RUN: usize = 24;

/// What a word of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A word of a name, or one that nothing is known of.
    Name,
    /// A title before a name.
    Title,
    /// A word that news also writes in lower case.
    Common,
    /// A noun of a body, a place, a firm.
    Body,
    /// A country or its people.
    Country,
    /// A common word that stands alone.
    Weak,
    /// A word of capitals in a line that has others.
    Acronym,
    /// A particle inside a name.
    Particle,
}

/// A word of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) token: usize,
    pub(super) flags: Flags,
    pub(super) part: Part,
    /// Whether it is one letter, or letters with full stops.
    pub(super) initial: bool,
}

/// A run of capitalised words of a text, and the particles between them.
pub(super) struct Run<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) lookup: &'a Lookup<'a>,
    /// Which of the article's texts it is.
    pub(super) number: usize,
    pub(super) words: Vec<Word>,
}

impl<'a> Run<'a> {
    /// A reader of the runs of the text with these words, which is number `number` of the article.
    pub(super) fn new(lookup: &'a Lookup<'a>, number: usize) -> Self {
        Self { text: lookup.text, lookup, number, words: Vec::with_capacity(MAX_RUN) }
    }

    /// Reads the run that begins at token `at` into `words`; the token after it, or `at` if none begins there.
    pub(super) fn read(&mut self, at: usize) -> usize {
        self.words.clear();
        let mut token = at;
        while self.words.len() < MAX_RUN {
            if !self.push(token) {
                break;
            }
            let joined = self.text.is_spaced(token) || {
                let gap = self.text.gap(token);
                is_joint(gap) || (matches!(gap, ". " | ".") && self.stop_belongs_to_word())
            };
            token += 1;
            if joined {
                token = self.skip_particles(token);
                continue;
            }
            match self.after_nickname(token - 1) {
                Some(next) => token = next,
                None => break,
            }
        }
        while self.words.last().is_some_and(|word| word.part == Part::Particle) {
            self.words.pop();
        }
        self.words.last().map_or(at, |word| word.token + 1)
    }

    /// Adds the capitalised word at `token`; false if it ends the run.
    fn push(&mut self, token: usize) -> bool {
        let word = self.text.word(token);
        let plain = self.lookup.is_plain(token);
        let suffix_of_given_name = !plain
            && !self.words.is_empty()
            && self.text.gap_before(token) == "-"
            && self.words.iter().filter(|word| word.part == Part::Name).count() >= 2
            && (1..=6).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && !AFTER_HYPHEN.contains(&word);
        if !suffix_of_given_name && !self.lookup.is_capitalised(token) {
            return false;
        }
        let may_be_initial = || word.len() == 1 || word.bytes().any(|b| b == b'.' || !b.is_ascii());
        let initial = !plain && word.len() <= 6 && may_be_initial() && {
            let letters = word.trim_end_matches('.');
            letters.chars().count() == 1
                && (self.text.gap(token).starts_with('.') || (!self.words.is_empty() && letters != "I"))
                || word.contains('.')
        };
        let flags = self.lookup.flags(token);
        let name = Flags::FIRST | Flags::LAST;
        let may_name = || {
            suffix_of_given_name
                || (flags.has(name)
                    && self.words.last().is_some_and(|w| w.flags.has(name) && !w.flags.has(Flags::TITLE)))
                || (word == "Islam" && !self.words.is_empty())
                || self.is_month_as_first_name(token)
        };
        if (flags.has(Flags::STOP) && !initial && !may_name())
            || (!plain && word.bytes().any(|b| b.is_ascii_digit()))
        {
            return false;
        }
        self.words.push(Word { token, flags, part: Part::Name, initial });
        true
    }

    /// Whether the word at `token`, which opens the run, is a month and here a first name: "June Hassan", "Jan van
    /// Dijk", but not "in June Hassan won".
    fn is_month_as_first_name(&self, token: usize) -> bool {
        let text = self.text;
        if !self.words.is_empty()
            || text.gap(token) != " "
            || !matches!(text.word(token), "April" | "June" | "August" | "Jan")
        {
            return false;
        }
        let dated = text.word_before(token).is_some_and(|word| {
            let before = flags(word);
            (before.has(Flags::STOP) && !matches!(word, "and" | "or" | "that"))
                || matches!(word, "late" | "early" | "mid" | "of" | "this" | "end")
                || word.bytes().any(|b| b.is_ascii_digit())
        });
        let next = text.word(token + 1);
        let flags = flags(next);
        !dated
            && if is_capitalised(next) {
                flags.has(Flags::LAST)
                    && !flags.has(Flags::COMMON | Flags::BODY | Flags::PLACE | Flags::COUNTRY | Flags::STOP)
            } else {
                matches!(next, "van" | "von" | "de" | "den" | "der" | "ter")
            }
    }

    /// Whether the full stop after the last word read is its own: an initial, a title, "St."
    fn stop_belongs_to_word(&self) -> bool {
        self.words.last().is_some_and(|word| {
            word.initial || {
                let surface = self.text.word(word.token);
                surface.len() <= 5
                    && (word.flags.has(Flags::TITLE | Flags::SUFFIX)
                        || matches!(surface, "St" | "Md" | "Mohd"))
            }
        })
    }

    /// Takes particles from `token` on if a capitalised word follows them; the token to go on from.
    fn skip_particles(&mut self, token: usize) -> usize {
        if self.lookup.is_capitalised(token) {
            return token;
        }
        let text = self.text;
        let mut next = token;
        while next < token + 3 {
            let word = text.word(next);
            if is_capitalised(word) {
                break;
            }
            if !is_particle(word) || !may_be_particle(word, text.gap(next)) {
                return token;
            }
            next += 1;
        }
        if !is_capitalised(text.word(next)) {
            return token;
        }
        for token in token..next {
            self.words.push(Word { token, flags: Flags::PARTICLE, part: Part::Particle, initial: false });
        }
        next
    }

    /// The token after a nickname in quotes that follows token `at`: Ann “Sunny” Lee.
    fn after_nickname(&self, at: usize) -> Option<usize> {
        if !self.words.last()?.flags.has(Flags::FIRST)
            || !matches!(self.text.gap(at), " \"" | " “" | " '" | " ‘")
        {
            return None;
        }
        let closes = |gap: &str| matches!(gap, "\" " | "” " | "' " | "’ " | " ” ");
        let end = (at + 1..at + 4).find(|n| !is_joint(self.text.gap(*n)))?;
        let named = (at + 1..=end).all(|n| is_capitalised(self.text.word(n)));
        (named && closes(self.text.gap(end)) && is_capitalised(self.text.word(end + 1))).then_some(end + 1)
    }
}
