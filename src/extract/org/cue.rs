//! Cues: what the words around a name tell of its being an organisation, and how many points they make.

use super::candidate::{Candidate, Form};
use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;
use crate::extract::{is_capitalised, is_joint};

/// What stands around a candidate; see the constants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues(u32);

impl Cues {
    /// What it is, before: "carrier".
    pub(super) const NOUN_BEFORE: Self = Self(1);
    /// What it is, after: "newspaper".
    pub(super) const NOUN_AFTER: Self = Self(1 << 1);
    /// What only organisations have, after: "shares".
    pub(super) const HAS: Self = Self(1 << 2);
    /// What organisations do, after.
    pub(super) const DOES: Self = Self(1 << 3);
    /// A verb of speech after.
    pub(super) const SAID: Self = Self(1 << 4);
    /// A post in it before: "chief executive of".
    pub(super) const LED: Self = Self(1 << 5);
    /// A post in it after, with a capital: "Chairman".
    pub(super) const POST_AFTER: Self = Self(1 << 6);
    /// What is done to organisations, before: "joined".
    pub(super) const TOLD: Self = Self(1 << 7);
    /// "at", "by", "with" before.
    pub(super) const AT: Self = Self(1 << 8);
    /// A comma and what it is: ", a Danish brewer".
    pub(super) const APPOSITION: Self = Self(1 << 9);
    /// ", which".
    pub(super) const WHICH: Self = Self(1 << 10);
    /// A stock exchange in brackets.
    pub(super) const TICKER: Self = Self(1 << 11);
    /// "-owned", "-backed" after.
    pub(super) const OWNED: Self = Self(1 << 12);
    /// "the" before.
    pub(super) const THE: Self = Self(1 << 13);
    /// "in", "near" before.
    pub(super) const PLACE: Self = Self(1 << 14);
    /// A number before: a measure.
    pub(super) const MEASURE: Self = Self(1 << 15);
    /// A number after: a model, a law.
    pub(super) const MODEL: Self = Self(1 << 16);
    /// In a headline.
    pub(super) const HEADLINE: Self = Self(1 << 17);
    /// A word of capitals inside, as firms write themselves.
    pub(super) const CAMEL: Self = Self(1 << 18);

    /// Those of which a name that nothing is known of needs one.
    pub(super) const TELLING: Self = Self(((1 << 13) - 1) | (1 << 18));

    /// Another capitalised word after, no title: part of a longer name.
    pub(super) const NAME_AFTER: Self = Self(1 << 19);
    /// Another capitalised word before, no title and no country.
    pub(super) const NAME_BEFORE: Self = Self(1 << 20);

    /// Those that are collected of all candidates of the same words.
    pub(super) const COLLECTED: Self = Self::SHARED.and(Self::PLACE);

    /// Those that hold wherever the same words stand in the article.
    pub(super) const SHARED: Self = Self((1 << 13) - 1);

    /// Whether it has at least one of the cues of `any`.
    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// The cues of both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of its cues that `of` has too.
    pub(super) fn only(self, of: Self) -> Self {
        Self(self.0 & of.0)
    }
}

/// What stands around the tokens `first..=last`.
pub(super) fn cues(words: &Lookup<'_>, first: usize, last: usize) -> Cues {
    before(words, first).and(after(words, last))
}

fn before(words: &Lookup<'_>, first: usize) -> Cues {
    let text = words.text;
    let Some(word) = text.word_before(first) else { return Cues::default() };
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return Cues::MEASURE;
    }
    match word {
        "the" | "The" => return Cues::THE,
        "in" | "In" | "near" | "across" | "around" | "outside" | "into" | "throughout" | "visited"
        | "inside" => {
            return Cues::PLACE;
        }
        "told" | "joined" | "joins" | "join" | "acquire" | "acquired" | "buy" | "bought" | "sued"
        | "accused" | "quit" | "via" | "joining" | "acquiring" | "left" | "suing" => return Cues::TOLD,
        "at" | "by" | "with" | "for" | "of" | "from" => {
            let post = first.checked_sub(2).is_some_and(|n| is_joint(text.gap(n)) && is_post(text.word(n)));
            return if post {
                Cues::LED
            } else if matches!(word, "of" | "from") {
                Cues::default()
            } else {
                Cues::AT
            };
        }
        _ => {}
    }
    let flags = words.flags(first - 1);
    if is_capitalised(word) {
        let apart = flags.has(Flags::STOP | Flags::TITLE | Flags::COUNTRY);
        if apart { Cues::default() } else { Cues::NAME_BEFORE }
    } else if flags.has(Flags::ORG_NOUN) {
        Cues::NOUN_BEFORE
    } else {
        Cues::default()
    }
}

fn is_post(word: &str) -> bool {
    matches!(
        word,
        "executive"
            | "CEO"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "analyst"
            | "economist"
            | "chairman"
            | "chairwoman"
            | "founder"
            | "co-founder"
            | "cofounder"
            | "employee"
            | "employees"
            | "executives"
            | "shares"
            | "member"
            | "members"
            | "subsidiary"
            | "unit"
            | "manager"
            | "strategist"
            | "head"
            | "analysts"
            | "director"
            | "arm"
            | "acquisition"
            | "owner"
            | "stake"
            | "trader"
            | "engineer"
            | "researcher"
            | "partner"
    )
}

fn after(words: &Lookup<'_>, last: usize) -> Cues {
    let text = words.text;
    let (gap, next) = (text.gap(last), text.word(last + 1));
    if next.is_empty() {
        return Cues::default();
    }
    match gap {
        " " | "\u{a0}" => {
            if next.as_bytes().first().is_some_and(u8::is_ascii_digit) {
                return Cues::MODEL;
            }
            let flags = words.flags(last + 1);
            if is_capitalised(next) {
                return if flags.has(Flags::TITLE) && !flags.has(Flags::FRONT) {
                    Cues::POST_AFTER
                } else {
                    Cues::NAME_AFTER
                };
            }
            for (flag, cue) in [
                (Flags::ORG_HAS, Cues::HAS),
                (Flags::ORG_NOUN, Cues::NOUN_AFTER),
                (Flags::SAID, Cues::SAID),
                (Flags::ORG_DOES, Cues::DOES),
            ] {
                if flags.has(flag) {
                    return cue;
                }
            }
            Cues::default()
        }
        "'s " | "\u{2019}s " if !is_capitalised(next) && words.flags(last + 1).has(Flags::ORG_HAS) => {
            Cues::HAS
        }
        ", " => apposition(words, last, next),
        " (" => {
            let exchange =
                matches!(next, "NYSE" | "NASDAQ" | "Nasdaq" | "LON" | "TSX" | "ASX" | "OTC" | "LSE" | "JSE");
            let reuters =
                text.gap(last + 1) == "." && text.gap(last + 2).starts_with(')') && is_capitalised(next);
            if exchange || reuters { Cues::TICKER } else { Cues::default() }
        }
        "-" if matches!(
            next,
            "owned"
                | "backed"
                | "affiliated"
                | "linked"
                | "run"
                | "controlled"
                | "funded"
                | "operated"
                | "listed"
                | "made"
        ) =>
        {
            Cues::OWNED
        }
        _ => Cues::default(),
    }
}

/// What follows a comma: ", which", ", a Danish brewer".
fn apposition(words: &Lookup<'_>, last: usize, next: &str) -> Cues {
    let text = words.text;
    if next == "which" {
        return Cues::WHICH;
    }
    if !matches!(next, "a" | "an" | "the" | "one") {
        return Cues::default();
    }
    let mut token = last + 1;
    while token < last + 8 && is_joint(text.gap(token)) {
        token += 1;
        let word = text.word(token);
        if matches!(word, "of" | "for" | "that" | "who" | "in" | "at") {
            break;
        }
        if words.flags(token).has(Flags::ORG_NOUN)
            && !words.flags(token + 1).has(Flags::ROLE | Flags::ORG_HAS)
        {
            return Cues::APPOSITION;
        }
    }
    Cues::default()
}

/// A candidate with at least this many points names an organisation.
pub(super) const THRESHOLD: i32 = 30;

/// So many points needs a name of which nothing is known: one cue seldom is enough.
pub(super) const STRONG: i32 = 45;

/// Points for `candidate`, whose words have the cues `shared` anywhere in the article.
pub(super) fn points(candidate: &Candidate, shared: Cues) -> i32 {
    let cues = candidate.cues.and(shared.only(Cues::SHARED));
    if candidate.form == Form::Name && !cues.has(Cues::TELLING) {
        return 0;
    }
    let mut sum: i32 = [
        (Cues::NOUN_BEFORE, 40),
        (Cues::NOUN_AFTER, 25),
        (Cues::HAS, 25),
        (Cues::DOES, 15),
        (Cues::SAID, 12),
        (Cues::LED, 40),
        (Cues::POST_AFTER, 15),
        (Cues::TOLD, 15),
        (Cues::AT, 5),
        (Cues::APPOSITION, 35),
        (Cues::WHICH, 8),
        (Cues::TICKER, 60),
        (Cues::OWNED, 20),
        (Cues::THE, 5),
        (Cues::PLACE, -25),
        (Cues::CAMEL, 30),
    ]
    .iter()
    .filter(|(cue, _)| cues.has(*cue))
    .map(|(_, points)| points)
    .sum();
    let (first, last) = (candidate.first_flags, candidate.last_flags);
    match candidate.form {
        Form::Acronym => {
            sum += 35;
            sum += if cues.has(Cues::MEASURE) { -40 } else { 0 };
            sum += if cues.has(Cues::MODEL) { -20 } else { 0 };
            sum += if cues.has(Cues::NAME_AFTER) { -10 } else { 0 };
            sum += if cues.has(Cues::NAME_BEFORE) { -10 } else { 0 };
        }
        Form::Doubtful(_) => {
            sum += 10;
            sum += if first.has(Flags::FIRST | Flags::LAST) { -5 } else { 5 };
        }
        _ => {
            if candidate.first == candidate.last {
                sum += if last.has(Flags::COMMON) { -15 } else { 5 };
                sum += if last.has(Flags::PLACE) { -25 } else { 0 };
                sum += if last.has(Flags::FIRST | Flags::LAST) { -10 } else { 0 };
                sum += if last.has(Flags::ORG) { 10 } else { 0 };
            } else {
                sum += if last.has(Flags::PLACE) { -10 } else { 0 };
                sum += if first.has(Flags::FIRST) { -10 } else { 5 };
            }
            if cues.has(Cues::HEADLINE) {
                sum -= 10;
            }
        }
    }
    sum
}
