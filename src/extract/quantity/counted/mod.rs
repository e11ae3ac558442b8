//! What is counted: the head noun after a number, and its singular.
//!
//! English puts the head last and in the plural ("400 Iranian nationals"), so the first plural after the number is
//! it; a function word or punctuation ends the search. After "one" there is no plural to go by, and the head is the
//! last word before such an end.

mod words;

use std::borrow::Cow;

pub(in crate::extract) use words::STOP;
use words::{ATTRIBUTIVE, DETERMINERS};

use super::line::{Join, Line};
use super::words as number_words;
use crate::names::unit::lemma::{INVARIANT, is_plural, singular};
use crate::names::wordlist::{among, lower};

/// The noun that a number counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Noun {
    /// Singular, lower case.
    pub(super) lemma: Cow<'static, str>,
    /// Which token it is.
    pub(super) at: usize,
    /// Whether it stands in the plural.
    pub(super) plural: bool,
    /// Whether "of" leads to it: "120 of its citizens".
    pub(super) of: bool,
}

/// How many words a noun phrase may have before its head.
const REACH: usize = 6;

/// The noun counted by a number that ends before token `next`; `single` if the number is 1, `part` if it is a share
/// and may be of a mass ("a third of the water").
pub(super) fn noun(line: &Line<'_>, next: usize, single: bool, part: bool) -> Option<Noun> {
    if line.join(next) == Join::Space && line.word(next).eq_ignore_ascii_case("of") {
        let mut at = next + 1;
        while line.join(at) == Join::Space
            && (among(&DETERMINERS, &lower(line.word(at)))
                || number_words::is_number(line.word(at))
                || super::line::is_digits(line.word(at)) // "three of the 16 cables"
                || at > next + 1
                    && matches!(&*lower(line.word(at)), "most" | "more" | "very" | "many" | "few"))
        {
            at += 1;
        }
        // "one of Iran's generals": the noun stands after the owner
        let noun = phrase(line, at, part, part).or_else(|| {
            let owned = (at + 1..at + 4).find(|k| matches!(line.gap(*k), "'s " | "’s "))?;
            phrase(line, owned, part, part)
        })?;
        return Some(Noun { of: true, ..noun });
    }
    if part {
        // "one in five Germans"
        if line.join(next) == Join::Space
            && let Some(noun) = phrase(line, next, false, false)
        {
            return Some(noun);
        }
        let mut at = next;
        while line.join(at) == Join::Space && among(&DETERMINERS, &lower(line.word(at))) {
            at += 1;
        }
        return (at > next).then(|| phrase(line, at, true, true)).flatten();
    }
    let mut at = next;
    if line.join(at) == Join::Space && matches!(&*lower(line.word(at)), "more" | "other") {
        at += 1;
    }
    if line.join(at) == Join::Hyphen {
        return compound(line, at);
    }
    let noun = phrase(line, at, single, false);
    // "the 14 member jury": the first of two singulars is counted
    let article = matches!(&*lower(line.back(next, 2)), "a" | "an" | "the" | "its" | "their");
    let group = || {
        let word = lower(line.word(at));
        let tied = line.join(at) == Join::Space && line.join(at + 1) == Join::Space;
        let nouns = tied && article && !among(&STOP, &word) && !among(&STOP, &lower(line.word(at + 1)));
        (nouns && word.len() > 2 && !word.ends_with("est") && !super::line::is_capital(line.word(at)))
            .then(|| Noun { lemma: singular(line.word(at)), at, plural: false, of: false })
    };
    noun.or_else(group)
}

/// The noun of "four-, five- and six-cylinder engines", where a figure that ends before token `next` shares it with a later one.
pub(super) fn suspended(line: &Line<'_>, next: usize) -> Option<Noun> {
    let hangs = |k: usize| matches!(line.gap(k), "-, " | "- ");
    if !hangs(next) {
        return None;
    }
    let figure = |k: usize| number_words::is_number(line.word(k)) || super::line::is_digits(line.word(k));
    let linked = |k: usize| matches!(&*lower(line.word(k)), "and" | "or" | "to");
    let last =
        (next..next + 6).take_while(|k| figure(*k) || linked(*k)).last().filter(|last| figure(*last))?;
    (line.join(last + 1) == Join::Hyphen).then(|| compound(line, last + 1)).flatten()
}

/// "a 9-member choir": the noun that a hyphen ties to the number.
fn compound(line: &Line<'_>, at: usize) -> Option<Noun> {
    let word = lower(line.word(at));
    if word.len() < 3
        || word.ends_with("ed")
        || among(&STOP, &word)
        || !word.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return None;
    }
    Some(Noun { lemma: singular(line.word(at)), at, plural: is_plural(&word), of: false })
}

/// The head of the noun phrase that begins at token `from`. With `any` a singular will do; with `mass` a plural is
/// not awaited.
fn phrase(line: &Line<'_>, from: usize, any: bool, mass: bool) -> Option<Noun> {
    let mut last = None;
    for at in from..from + REACH {
        // the first word of an owned noun is joined by the owner's s, that after "400+" by the plus
        if !line.joined(at) && !(at == from && (line.gap(at).ends_with("s ") || line.gap(at) == "+ ")) {
            break;
        }
        let surface = line.word(at);
        let word = lower(surface);
        let letters = surface.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '.'));
        // "737 Max jets", "Fiat and Ford lorries"
        let linked = at > from
            && (!any && surface.starts_with(|c: char| c.is_ascii_digit())
                || matches!(&*word, "and" | "or") && last == Some(at - 1) && links(line, at, from));
        if linked {
            continue;
        }
        if !letters
            || among(&STOP, &word)
            || at > from && line.back(at, 1).ends_with('.') && super::line::is_capital(surface)
        {
            break;
        }
        // "start-ups", "lay-offs": the plural is the particle's
        if line.join(at) == Join::Hyphen && at > from && matches!(&*word, "ups" | "offs" | "ins" | "outs") {
            let first = lower(line.word(at - 1));
            let particle = word.strip_suffix('s').unwrap_or(&word);
            let lemma = Cow::Owned([&*first, "-", particle].concat());
            return Some(Noun { lemma, at, plural: true, of: false });
        }
        let plural = if surface.is_ascii() { is_plural(&word) } else { surface.ends_with('s') };
        // "one motion asks": after a singular subject the s is the verb's
        if plural && any && !mass && last.is_some() {
            break;
        }
        if plural {
            let mut head = at;
            while head < at + 2
                && line.join(head + 1) == Join::Space
                && (among(&ATTRIBUTIVE, &lower(line.word(head)))
                    || super::line::is_capital(line.word(head))
                        && !super::line::is_capital(line.word(head + 1)))
                && is_plural(&lower(line.word(head + 1)))
                && !among(&STOP, &lower(line.word(head + 1)))
            {
                head += 1;
            }
            return Some(Noun { lemma: singular(line.word(head)), at: head, plural: true, of: false });
        }
        // "the one depicted below"
        let ends = line.join(at + 1) != Join::Space || among(&STOP, &lower(line.word(at + 1)));
        if any && last.is_none() && !mass && word.len() > 4 && word.ends_with("ed") && ends {
            break;
        }
        if any && last.is_some() && (word.ends_with("ed") || word.ends_with("ly")) {
            break;
        }
        last = Some(at);
        if !any && at == from && among(&INVARIANT, &word) && !line.joined(at + 1) {
            break;
        }
    }
    let at = last?;
    let invariant = (from..=at).rev().find(|k| among(&INVARIANT, &lower(line.word(*k))));
    if any {
        return Some(Noun { lemma: singular(line.word(at)), at, plural: false, of: false });
    }
    invariant.map(|at| Noun { lemma: singular(line.word(at)), at, plural: true, of: false })
}

/// Whether the "and" at token `and` links two adjectives or names before one plural: "Fiat and Ford lorries", but not
/// "40 killed and houses burnt".
fn links(line: &Line<'_>, and: usize, from: usize) -> bool {
    let before = lower(line.word(and - 1));
    let closed = before.ends_with("ed") || before.ends_with("en") || among(&INVARIANT, &before);
    let next = line.word(and + 1);
    and < from + 4
        && !closed
        && line.join(and) == Join::Space
        && line.join(and + 1) == Join::Space
        && !among(&STOP, &lower(next))
        && next.starts_with(char::is_alphabetic)
        && !number_words::is_number(next)
        && super::line::is_capital(next) == super::line::is_capital(line.word(and - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Token, tokens};

    fn counted(text: &str) -> Option<String> {
        let tokens: Vec<Token> = tokens(text).collect();
        let line =
            Line { text, tokens: &tokens, start: 0, end: text.len(), floor: 0, spent: 0, headline: false };
        let single = line.word(0).eq_ignore_ascii_case("one");
        noun(&line, 1, single, false).map(|n| n.lemma.into_owned())
    }

    #[test]
    fn the_head_of_the_noun_phrase_is_found() {
        for (text, lemma) in [
            ("400 Iranian nationals were held", "national"),
            ("120 of its citizens", "citizen"),
            ("seven of the country's ministers", "minister"),
            ("20 more people died", "people"),
            ("5 sports cars", "car"),
            ("9-member choir", "member"),
            ("30 police officers", "officer"),
            ("12 aircraft", "aircraft"),
            ("one motion asks", "motion"),
            ("one of the oldest bridges", "bridge"),
            ("60 fishermen", "fisherman"),
            ("80 first-team players", "player"),
            ("9 new start-ups", "start-up"),
            ("7 of the 16 pillars", "pillar"),
            ("7 of the nine pillars", "pillar"),
            ("30 break-ins", "break-in"),
        ] {
            assert_eq!(counted(text).as_deref(), Some(lemma), "{text}");
        }
    }

    #[test]
    fn where_nothing_is_counted_there_is_no_noun() {
        for text in ["400 were held in camps", "20, and cars", "5. Cars", "7 in boxes", "13 to houses"] {
            assert_eq!(counted(text), None, "{text}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        for set in [&DETERMINERS, &STOP, &ATTRIBUTIVE] {
            assert!(set.words.is_sorted());
        }
    }
}
