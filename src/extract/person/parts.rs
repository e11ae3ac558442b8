//! Decides what each word of a run is: part of a name, a title, a common word, a noun of a body.

use super::cue::{Cues, cues_before};
use super::lexicon::{Flags, NOT_PEOPLE};
use super::line::Style;
use super::run::{Part, Run, Word};
use crate::extract::{Text, is_all_capitals, is_capitalised};

impl Run<'_> {
    /// Decides for each word whether it can be part of a name where it stands.
    pub(super) fn classify(&mut self, style: Style) {
        let mut n = 0;
        while n < self.words.len() {
            let word = self.words[n];
            if word.part == Part::Particle {
                n += 1;
                continue;
            }
            if word.flags.has(Flags::NOT_PERSON)
                && let Some((len, ())) = NOT_PEOPLE.longest_in(self.lookup, word.token, |_, ()| true)
            {
                let end = word.token + len;
                while self.words.get(n).is_some_and(|w| w.token < end) {
                    self.words[n].part = Part::Body;
                    n += 1;
                }
                continue;
            }
            if self.opens_hyphenated_name(n) {
                n += 3;
                continue;
            }
            self.words[n].part = self.part_of(n, style);
            n += 1;
        }
        if let [word] = self.words.as_mut_slice()
            && style == Style::Prose
            && (word.part == Part::Common
                || (word.part == Part::Body && may_be_surname(self.text, word.token)))
        {
            word.part = Part::Weak;
        }
    }

    /// Whether word `n` is a surname with a given name of two syllables after it: "Moon Jae-in".
    fn opens_hyphenated_name(&self, n: usize) -> bool {
        let Some([surname, given, syllable]) = self.words.get(n..n + 3) else { return false };
        let (after_surname, after_given) = (self.text.gap(surname.token), self.text.gap(given.token));
        after_surname == " "
            && after_given == "-"
            && syllable.part == Part::Name
            && !is_capitalised(self.text.word(syllable.token))
            && !surname.flags.has(Flags::TITLE | Flags::COUNTRY)
            && !given.flags.has(Flags::COUNTRY)
    }

    /// Whether word `n`, the name of a country, can be a first name: nothing but a surname follows it, as in
    /// "Kenya Lindqvist"; after a title a surname that is a common word too.
    fn is_named_for_a_country(&self, n: usize, style: Style) -> bool {
        let [country, surname] = self.words.get(n..).unwrap_or(&[]) else { return false };
        let other = Flags::BODY | Flags::TITLE | Flags::PLACE | Flags::ORG | Flags::COUNTRY;
        let titled = n.checked_sub(1).is_some_and(|m| self.words[m].part == Part::Title);
        style == Style::Prose
            && country.flags.has(Flags::NATION)
            && self.text.gap(country.token) == " "
            && !surname.flags.has(other)
            && (titled
                || (n == 0
                    && surname.flags.has(Flags::LAST)
                    && !surname.flags.has(Flags::COMMON | Flags::FIRST)))
    }

    /// What word `n` is, the words before it being decided.
    fn part_of(&self, n: usize, style: Style) -> Part {
        let word = self.words[n];
        let flags = word.flags;
        if word.initial && !flags.has(Flags::TITLE | Flags::COUNTRY) {
            return Part::Name;
        }
        // "Saskia de Wit": the particles belong to the surname.
        let before = self.words.get(..n).and_then(|words| words.iter().rfind(|w| w.part != Part::Particle));
        let before = before.copied().filter(|w| w.part == Part::Name);
        let after = self.words.get(n + 1).copied();
        let surface = self.text.word(word.token);
        if is_surname_particle(surface) && after.is_some_and(may_follow_particle) {
            return Part::Name;
        }
        if style != Style::Capitals
            && !self.lookup.is_plain(word.token)
            && is_acronym(surface)
            && !flags.has(Flags::TITLE)
        {
            let initials = surface.len() == 2
                && word.flags.is_unknown()
                && after.is_some_and(|w| {
                    !is_all_capitals(self.text.word(w.token)) && !w.flags.has(Flags::COMMON)
                });
            return if initials { Part::Name } else { Part::Acronym };
        }
        let surname_by_place = style == Style::Prose
            && flags.has(Flags::COMMON)
            && after.is_none()
            && !flags.has(Flags::BODY | Flags::TITLE | Flags::ROLE | Flags::COUNTRY)
            && before
                .is_some_and(|w| w.flags.has(Flags::FIRST) && !w.flags.has(Flags::COMMON | Flags::PLACE));
        let surname_of_one_named_for_a_country = flags.has(Flags::COMMON)
            && after.is_none()
            && before.is_some_and(|w| w.token + 1 == word.token && w.flags.has(Flags::NATION));
        if surname_by_place || (surname_of_one_named_for_a_country && !flags.has(Flags::BODY | Flags::TITLE))
        {
            return Part::Name;
        }
        let closes_name =
            before.is_some_and(|w| w.flags.has(Flags::FIRST) || w.initial) && flags.has(Flags::LAST);
        let opens_name = flags.has(Flags::FIRST)
            && after.is_some_and(|w| {
                w.initial
                    || w.part == Part::Particle
                    || w.flags.has(Flags::LAST)
                    || !w.flags.has(
                        Flags::COMMON
                            | Flags::BODY
                            | Flags::TITLE
                            | Flags::PLACE
                            | Flags::ORG
                            | Flags::COUNTRY,
                    )
            });
        let of_state = surface == "State"
            && self.text.word_before(word.token) == Some("of")
            && word.token.checked_sub(2).is_some_and(|n| self.text.word(n) == "Secretary");
        if of_state {
            return Part::Title;
        }
        if flags.has(Flags::TITLE) {
            let last = after.is_none_or(|w| !w.flags.has(Flags::FIRST | Flags::LAST));
            return if closes_name && last { Part::Name } else { Part::Title };
        }
        if flags.has(Flags::BODY) {
            return if closes_name { Part::Name } else { Part::Body };
        }
        if flags.has(Flags::COUNTRY) {
            let named = closes_name || opens_name || self.is_named_for_a_country(n, style);
            return if named { Part::Name } else { Part::Country };
        }
        if flags.has(Flags::FIRST | Flags::LAST) {
            let weak = flags.has(Flags::COMMON) && !closes_name && !opens_name;
            let titled = n.checked_sub(1).is_some_and(|m| self.words[m].flags.has(Flags::COURTESY));
            return if weak && !titled && before.is_none() { Part::Common } else { Part::Name };
        }
        if flags.has(Flags::ORG) {
            return Part::Body;
        }
        if flags.has(Flags::COMMON) {
            return Part::Common;
        }
        Part::Name
    }
}

/// Whether a noun of a body that stands alone can be a person's name: "Hill said", but "the Hill", "in Hill".
fn may_be_surname(text: &Text<'_>, token: usize) -> bool {
    !cues_before(text, token).has(Cues::THE.and(Cues::PLACE_BEFORE))
}

/// Whether the word, with a capital, opens a surname at the start of a sentence: "Van" der Berg, "De" Groot.
pub(super) fn is_surname_particle(word: &str) -> bool {
    matches!(
        word,
        "Van"
            | "Von"
            | "De"
            | "Dela"
            | "Della"
            | "Del"
            | "Di"
            | "Da"
            | "Dos"
            | "Du"
            | "Den"
            | "Ter"
            | "Le"
            | "Bin"
    )
}

/// Whether a surname can go on with this word after its particle.
fn may_follow_particle(word: Word) -> bool {
    let flags = word.flags;
    word.part == Part::Particle
        || flags.has(Flags::LAST)
        || !flags.has(Flags::COMMON | Flags::BODY | Flags::TITLE | Flags::PLACE | Flags::ORG | Flags::COUNTRY)
}

/// Whether the word is capitals, at least two, and perhaps a plural's "s".
pub(super) fn is_acronym(word: &str) -> bool {
    // Most words are told by their second letter.
    word.as_bytes().get(1).is_some_and(|b| !b.is_ascii_lowercase())
        && is_all_capitals(word.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(word))
}
