//! Candidates of words that hold no noun of bodies: well-known names, acronyms, and names of which nothing is known.

use super::candidate::{Candidate, Form, hash_of};
use super::cue::{Cues, cues};
use super::cut::Out;
use super::define::is_defined_as_common;
use super::run::{Run, Word, is_camel};
use crate::extract::person::lexicon::Flags;
use crate::extract::person::line::Style;

impl Run<'_> {
    /// Pushes the well-known names, acronyms and other names of words that hold no noun of bodies.
    pub(super) fn push_names(
        &self,
        first: usize,
        stop: usize,
        style: Style,
        end: &mut usize,
        out: &mut Out<'_>,
    ) {
        let mut n = first;
        while n < stop {
            let word = self.words[n];
            if word.flags.has(Flags::KNOWN)
                && let Some((len, known)) = self.known(word.token)
            {
                let last = word.token + len - 1;
                let form = if known.doubtful { Form::Doubtful(known.row) } else { Form::Known(known.row) };
                self.push(word.token, self.with_legal(last), form, style, out);
                *end = (*end).max(self.with_legal(last) + 1);
                n = self.words.iter().position(|w| w.token > last).unwrap_or(stop).max(n + 1);
                continue;
            }
            if Self::is_shouted(word, style) {
                n = self.push_acronym(n, stop, style, out);
                continue;
            }
            if word.person || word.flags.has(Flags::COUNTRY | Flags::TITLE) {
                n += 1;
                continue;
            }
            let begin = n;
            while n < stop
                && !self.words[n].person
                && !self.words[n].flags.has(Flags::COUNTRY | Flags::TITLE)
                && !Self::is_shouted(self.words[n], style)
                && (n == begin || !self.words[n].flags.has(Flags::KNOWN))
            {
                n += 1;
            }
            self.push_name(begin, n - 1, style, out);
        }
    }

    /// Pushes the words of capitals from word `n` on; the word after them.
    fn push_acronym(&self, n: usize, stop: usize, style: Style, out: &mut Out<'_>) -> usize {
        let text = self.text;
        let mut after = n + 1;
        while after < stop
            && Self::is_shouted(self.words[after], style)
            && !self.words[after].flags.has(Flags::KNOWN)
        {
            after += 1;
        }
        let words = &self.words[n..after];
        let long = |w: &Word| text.word(w.token).len() > 4;
        if words.len() > 1 && words.iter().any(long) {
            // "DIARIO DEL SUR" is one name, but a place before a date is none.
            if words.len() > 2 || !words.iter().any(|w| w.flags.has(Flags::PLACE)) {
                self.push(words[0].token, words[words.len() - 1].token, Form::Acronym, style, out);
            }
            return after;
        }
        for word in words {
            let surface = text.word(word.token);
            // "(ABCD.N)" is how the stock exchange calls a share.
            let ticker = text.gap(word.token) == "." || text.gap_before(word.token) == ".";
            let none = ticker
                || word.flags.has(Flags::NO_ORG | Flags::COUNTRY | Flags::SUFFIX)
                || surface.bytes().any(|b| b.is_ascii_digit())
                || (surface.len() > 3 && word.flags.has(Flags::PLACE))
                || (surface.len() > 5 && text.gap_before(word.token).contains('\n'));
            if !none {
                let form = if is_defined_as_common(text, word.token) || self.stands_for_other(word.token) {
                    Form::Common
                } else {
                    Form::Acronym
                };
                self.push(word.token, word.token, form, style, out);
            }
        }
        after
    }

    /// Whether the word at `token` stands in brackets after a person or a thing: "Act (ABCD)".
    fn stands_for_other(&self, token: usize) -> bool {
        self.text.gap_before(token) == " ("
            && token
                .checked_sub(1)
                .is_some_and(|before| self.is_person(before) || self.lookup.flags(before).has(Flags::THING))
    }

    fn is_shouted(word: Word, style: Style) -> bool {
        style != Style::Capitals && word.acronym
    }

    /// Pushes the words `first..=last`, of which nothing is known.
    pub(super) fn push_name(&self, first: usize, last: usize, style: Style, out: &mut Out<'_>) {
        let (word, text) = (self.words[first], self.text);
        if style == Style::Capitals {
            return;
        }
        if first == last {
            let place = word.flags.has(Flags::PLACE)
                && !word.flags.has(Flags::ORG)
                && !self.text.gap(word.token).starts_with([',', '.']);
            if place
                || text.word(word.token).len() < 3
                || word.flags.has(Flags::HEAD)
                || self.opens_sentence(first)
            {
                return;
            }
            let token = word.token;
            let end = self.with_legal(token);
            let form = if end > token { Form::Headed } else { Form::Name };
            self.push(token, end, form, style, out);
            return;
        }
        let token = self.words[last].token;
        let end = self.with_legal(token);
        let form = if end > token { Form::Headed } else { Form::Name };
        self.push(word.token, end, form, style, out);
    }

    /// Whether a capital stands inside the word at `token`.
    fn is_camel(&self, token: usize) -> bool {
        !self.lookup.is_plain(token) && is_camel(self.text.word(token))
    }

    /// Pushes a candidate with the cues around it.
    pub(super) fn push(&self, first: usize, last: usize, form: Form, style: Style, out: &mut Out<'_>) {
        let around = match form {
            Form::Name if (first..=last).any(|token| self.is_camel(token)) => {
                cues(self.lookup, first, last).and(Cues::CAMEL)
            }
            Form::Acronym | Form::Name | Form::Doubtful(_) => cues(self.lookup, first, last),
            _ => Cues::default(),
        };
        let around = if style == Style::Prose { around } else { around.and(Cues::HEADLINE) };
        out.found.push(Candidate {
            text: out.number,
            first,
            last,
            form,
            cues: around,
            first_flags: self.lookup.flags(first),
            last_flags: self.lookup.flags(last),
            hash: hash_of(self.lookup, first, last),
        });
    }
}
