//! Cuts runs of capitalised words into candidates.

use super::candidate::{Candidate, Form};
use super::define::{defined_after, defined_before};
use super::run::{Run, Word};
use crate::extract::is_capitalised;
use crate::extract::person::lexicon::Flags;
use crate::extract::person::line::Style;

/// Where the candidates of one text go.
pub(super) struct Out<'o> {
    /// Which of the article's texts it is, as an index.
    pub(super) number: usize,
    pub(super) found: &'o mut Vec<Candidate>,
    /// Names and the acronyms that the article gives them: the first token of each, in this text.
    pub(super) defined: &'o mut Vec<Defined>,
}

/// A full name and its acronym.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defined {
    pub(super) text: usize,
    /// The tokens of the full name.
    pub(super) name: (usize, usize),
    /// The acronym's token.
    pub(super) acronym: usize,
}

impl Run<'_> {
    /// Cuts the run; the token after the last one that a candidate took.
    pub(super) fn cut(&self, style: Style, out: &mut Out<'_>) -> usize {
        let mut end = self.words.last().map_or(0, |word| word.token + 1);
        let mut n = 0;
        if let [word] = *self.words
            && Self::is_plain(word)
        {
            self.push_name(0, 0, style, out);
            n = 1;
        }
        while n < self.words.len() {
            let word = self.words[n];
            if word.flags.has(Flags::KNOWN)
                && let Some((len, known)) = self.known(word.token)
                && (!word.person || (len > 1 && !known.doubtful))
            {
                let last = word.token + len - 1;
                let after = self.words.iter().position(|w| w.token > last).unwrap_or(self.words.len());
                let body = (after < self.words.len()
                    && self.words[after - 1].token == last
                    && !self.words[after - 1].ends)
                    .then(|| self.head(after - 1, self.segment_end(after)))
                    .flatten();
                if let Some(head) = body {
                    end = end.max(self.push_headed(n, head, style, out));
                    n = head + 1;
                } else {
                    let form =
                        if known.doubtful { Form::Doubtful(known.row) } else { Form::Known(known.row) };
                    let carried = (after == self.words.len()
                        && self.words[after - 1].flags.has(Flags::OF_HEAD))
                    .then(|| self.carried_on(last))
                    .flatten();
                    let form = if carried.is_some() { Form::Headed } else { form };
                    let last = self.with_legal(carried.unwrap_or(last));
                    self.push(word.token, last, form, style, out);
                    end = end.max(last + 1);
                    n = after;
                }
                continue;
            }
            if self.is_cut(n) {
                n += 1;
                continue;
            }
            let stop = self.segment_end(n);
            n = self.segment(n, stop, style, &mut end, out);
        }
        let brackets = end - 1;
        if !self.text.gap(brackets).as_bytes().contains(&b'(') {
            return end;
        }
        if let Some(first) = defined_before(self.text, brackets)
            && !self.is_person(first)
        {
            while out.found.last().is_some_and(|c| c.text == out.number && c.last >= first) {
                out.found.pop();
            }
            let thing = |token: usize| self.lookup.flags(token).has(Flags::THING);
            if thing(first) || thing(brackets) {
                self.push(brackets + 1, brackets + 1, Form::Common, style, out);
                return end.max(brackets + 2);
            }
            self.push(first, brackets, Form::Defined, style, out);
            out.defined.push(Defined { text: out.number, name: (first, brackets), acronym: brackets + 1 });
        } else if let Some(last) = defined_after(self.text, brackets) {
            self.push(brackets + 1, last, Form::Defined, style, out);
            out.defined.push(Defined { text: out.number, name: (brackets + 1, last), acronym: brackets });
            end = last + 1;
        }
        end
    }

    /// Whether nothing speaks against the word being a name, and nothing tells of what.
    fn is_plain(word: Word) -> bool {
        !word.person
            && !word.acronym
            && !word.flags.has(
                Flags::KNOWN | Flags::OF_HEAD | Flags::OPENER | Flags::STOP | Flags::TITLE | Flags::COUNTRY,
            )
    }

    /// Whether word `n` can be part of no name where it stands.
    fn is_cut(&self, n: usize) -> bool {
        let word = self.words[n];
        if word.person {
            // "Nelson Okafor Foundation" is one name.
            let after = self.words.get(n..).and_then(|words| words.iter().find(|w| !w.person));
            return !after.is_some_and(|w| w.flags.has(Flags::HEAD) && !w.flags.has(Flags::TITLE));
        }
        if word.flags.has(Flags::STOP) {
            return !word.flags.has(Flags::KNOWN) && !self.counts(n);
        }
        let next = self.words.get(n + 1);
        let next_is_person = next.is_some_and(|w| w.person);
        if word.acronym && !next_is_person && !word.flags.has(Flags::COURTESY) {
            return false;
        }
        let title = word.flags.has(Flags::TITLE) && !word.flags.has(Flags::FRONT | Flags::HEAD);
        let of_body = |word: Option<&Word>| word.is_some_and(|w| w.flags.has(Flags::HEAD));
        // "Prosecutor General's Office"
        title
            && !of_body(next)
            && !(next.is_some_and(|w| w.flags.has(Flags::FRONT) && w.flags.has(Flags::TITLE))
                && of_body(self.words.get(n + 2)))
    }

    /// Whether word `n` is a number or "all" inside a name: "the Six Rivers Corporation", "Pine Creek First Nation".
    fn counts(&self, n: usize) -> bool {
        let text = self.text;
        let token = self.words[n].token;
        matches!(
            text.word(token),
            "First"
                | "Second"
                | "Third"
                | "Two"
                | "Three"
                | "Four"
                | "Five"
                | "Six"
                | "Seven"
                | "All"
                | "New"
                | "One"
        ) && (n > 0 || matches!(text.word_before(token), Some("the" | "of" | "a")))
            && n + 1 < self.words.len()
    }

    /// The word after the segment that begins with word `n`.
    fn segment_end(&self, n: usize) -> usize {
        let mut end = n;
        while end < self.words.len() && (end == n || !self.is_cut(end)) {
            end += 1;
            if self.words[end - 1].ends {
                break;
            }
        }
        end
    }

    /// Pushes the candidates of the words `first..stop`; the word to go on from. `end` is moved to the token after them.
    fn segment(&self, first: usize, stop: usize, style: Style, end: &mut usize, out: &mut Out<'_>) -> usize {
        if let Some(head) = self.head(first, stop) {
            *end = (*end).max(self.push_headed(first, head, style, out));
            return head + 1;
        }
        let word = self.words[first];
        let closes = first + 1 == self.words.len();
        if word.flags.has(Flags::OF_HEAD)
            && closes
            && self.text.word(word.token + 2) != "Directors"
            && let Some(last) = self.carried_on(word.token)
        {
            let last = self.with_legal(last);
            self.push(word.token, last, Form::Headed, style, out);
            *end = last + 1;
            return first + 1;
        }
        if word.flags.has(Flags::OPENER) && style == Style::Prose && !closes && stop == self.words.len() {
            let token = self.words[stop - 1].token;
            let last = self.carried_on(token).unwrap_or(token);
            self.push(word.token, last, Form::Headed, style, out);
            *end = (*end).max(last + 1);
            return stop;
        }
        self.push_names(first, stop, style, end, out);
        stop
    }

    /// Pushes a name that word `head` ends and word `first` begins; the token after it.
    fn push_headed(&self, first: usize, head: usize, style: Style, out: &mut Out<'_>) -> usize {
        let headline = style != Style::Prose && self.is_title_case(self.words[first].token);
        let mut first = first;
        if headline {
            // The words of a headline before a name have capitals too.
            let start = (first..head).rev().take_while(|n| self.may_precede(*n)).last();
            first = start.unwrap_or(first);
        } else if self.opens_sentence(first) {
            first += 1;
        }
        let word = self.words[head];
        let last_of_run = head + 1 == self.words.len()
            || matches!(self.text.word(word.token + 1), "Against" | "Without" | "For" | "Of");
        let carried =
            if last_of_run && word.flags.has(Flags::OF_HEAD) { self.carried_on(word.token) } else { None };
        if first >= head && carried.is_none() {
            return word.token + 1;
        }
        let mut start = self.words[first].token;
        if first == 0
            && !headline
            && let Some(joined) = self.joined_before(start)
        {
            while out.found.last().is_some_and(|c| c.text == out.number && c.last >= joined) {
                out.found.pop();
            }
            start = joined;
        }
        let last = self.with_legal(carried.unwrap_or(word.token));
        self.push(start, last, Form::Headed, style, out);
        last + 1
    }

    /// Whether the words around token `at` all have capitals but for the short ones.
    fn is_title_case(&self, at: usize) -> bool {
        let text = self.text;
        let same_line = |token: usize| !text.gap(token).contains('\n');
        let after = (at..at + 14).take_while(|token| same_line(*token)).map(|token| text.word(token + 1));
        let before = (1..=14)
            .map_while(|n| at.checked_sub(n).filter(|token| same_line(*token)))
            .map(|token| text.word(token));
        after.chain(before).all(|word| {
            is_capitalised(word)
                || word.len() <= 3
                || matches!(
                    word,
                    "with"
                        | "from"
                        | "after"
                        | "over"
                        | "amid"
                        | "against"
                        | "about"
                        | "into"
                        | "than"
                        | "their"
                )
                || !word.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
        })
    }

    /// Whether a word of a headline can belong to the name that goes on after it.
    fn may_precede(&self, n: usize) -> bool {
        let word = self.words[n];
        word.flags.has(Flags::FRONT | Flags::COUNTRY | Flags::PLACE | Flags::HEAD | Flags::KNOWN | Flags::ORG)
            || !word.flags.has(Flags::COMMON | Flags::TITLE | Flags::SAID | Flags::STOP)
    }

    /// Whether word `n` only has its capital from the start of a sentence: "Former", "Hundreds".
    pub(super) fn opens_sentence(&self, n: usize) -> bool {
        let (text, word) = (self.text, self.words[n]);
        let gap = text.gap_before(word.token);
        let starts = word.token == 0
            || gap.contains('\n')
            || gap.starts_with(['.', '!', '?'])
            || gap.contains(['“', '"']);
        starts
            && word.flags.has(Flags::COMMON)
            && !word.flags.has(
                Flags::FRONT
                    | Flags::BODY
                    | Flags::HEAD
                    | Flags::COUNTRY
                    | Flags::PLACE
                    | Flags::FIRST
                    | Flags::LAST
                    | Flags::ORG,
            )
    }
}
