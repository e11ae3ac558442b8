//! Cuts a run into candidates, each with its cues.

use super::candidate::Candidate;
use super::cue::{Cues, cues_after, cues_before_particles, particles_before, title_cues};
use super::lexicon::Flags;
use super::line::Style;
use super::parts::is_acronym;
use super::run::{Part, Run, Word};
use crate::extract::gazetteer::add_to_hash;
use crate::extract::is_all_capitals;

impl Run<'_> {
    /// Cuts the run into candidates.
    pub(super) fn cut(&mut self, style: Style, out: &mut Vec<Candidate>) {
        self.classify(style);
        let mut start = 0;
        while start < self.words.len() {
            if !matches!(self.words[start].part, Part::Name | Part::Weak) {
                start += 1;
                continue;
            }
            let mut end = start;
            while self.words.get(end + 1).is_some_and(|w| matches!(w.part, Part::Name | Part::Particle)) {
                end += 1;
            }
            while self.words[end].part == Part::Particle {
                end -= 1;
            }
            if let Some(candidate) = self.candidate(start, end, style) {
                out.push(candidate);
            }
            start = end + 1;
        }
    }

    /// The candidate of the words `start..=end`, with its cues.
    pub(super) fn candidate(&self, start: usize, end: usize, style: Style) -> Option<Candidate> {
        let text = self.text;
        let words = &self.words[start..=end];
        let names = words
            .iter()
            .filter(|w| w.part != Part::Particle && !w.initial && !w.flags.has(Flags::SUFFIX))
            .count();
        if names == 0 {
            return None;
        }
        let (first, last) = (words[0], words[words.len() - 1]);
        let mut cues = self.cues_inside(words, style);
        let lead = if start == 0 { particles_before(text, first.token) } else { 0 };
        cues = cues.and(match start.checked_sub(1) {
            Some(before) => self.cues_of_word_before(before),
            None => cues_before_particles(text, first.token, lead),
        });
        cues = cues.and(match self.words.get(end + 1).map(|w| w.part) {
            Some(Part::Body) => Cues::BODY_AFTER,
            Some(Part::Common | Part::Country) => Cues::COMMON_AFTER,
            _ => cues_after(text, last.token),
        });
        let surname = words.iter().rev().find(|w| !w.initial && !w.flags.has(Flags::SUFFIX)).unwrap_or(&last);
        // "Al-Maliki" is one name.
        let names = if words.len() == 2
            && self.text.gap(first.token) == "-"
            && matches!(
                text.word(first.token),
                "Al" | "El" | "Ad" | "Ar" | "As" | "Ash" | "At" | "Az" | "Ben"
            ) {
            1
        } else {
            names
        };
        let hash = if names == 1 && !cues.has(Cues::INITIAL) {
            add_to_hash(0, self.lookup.hash(surname.token))
        } else {
            words.iter().fold(0, |hash, w| add_to_hash(hash, self.lookup.hash(w.token)))
        };
        Some(Candidate {
            text: self.number,
            first: first.token,
            last: last.token,
            lead,
            surname: surname.token,
            cues,
            first_flags: first.flags,
            last_flags: surname.flags,
            names,
            tagged: 0,
            hash,
        })
    }

    /// What the words of a candidate tell by their form.
    fn cues_inside(&self, words: &[Word], style: Style) -> Cues {
        let mut cues = match style {
            Style::Prose => Cues::default(),
            Style::Headline => Cues::HEADLINE,
            Style::Capitals => Cues::HEADLINE.and(Cues::SHOUTED),
        };
        for word in words {
            if word.part == Part::Name && self.lookup.is_plain(word.token) {
                continue;
            }
            let surface = self.text.word(word.token);
            if word.part == Part::Particle {
                cues = cues.and(Cues::PARTICLE);
            } else if word.part == Part::Weak {
                cues = cues.and(Cues::WEAK);
            } else if word.initial
                || (surface.len() == 2 && style != Style::Capitals && is_all_capitals(surface))
            {
                cues = cues.and(Cues::INITIAL);
            } else if style != Style::Capitals && is_acronym(surface) {
                cues = cues.and(Cues::ACRONYM);
            }
        }
        let hyphens = words.windows(2).skip(1).any(|pair| self.text.gap(pair[0].token) == "-");
        if hyphens {
            cues = cues.and(Cues::HYPHEN);
        }
        if matches!(
            self.text.word(words[0].token),
            "El" | "La" | "Los" | "Las" | "Le" | "Les" | "Te" | "Al" | "Il" | "Das"
        ) && self.text.gap(words[0].token) == " "
        {
            cues = cues.and(Cues::ARTICLE);
        }
        cues
    }

    /// What the word of the run directly before a candidate tells.
    fn cues_of_word_before(&self, before: usize) -> Cues {
        let word = self.words[before];
        match word.part {
            Part::Title => title_cues(self.text.word(word.token), word.flags),
            Part::Body => Cues::BODY_BEFORE,
            Part::Common if word.flags.has(Flags::ROLE) => Cues::ROLE,
            Part::Common => Cues::COMMON_BEFORE,
            Part::Country | Part::Acronym => Cues::COUNTRY_BEFORE,
            Part::Name | Part::Particle | Part::Weak => Cues::default(),
        }
    }
}
