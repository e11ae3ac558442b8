//! What the words around a figure make of it: a bound, an approximation, a rise or a fall.
//!
//! Before the figure they are read backwards, from the nearest on; the nearest bound wins ("up to about 400" is about
//! 400). A rise or fall counts only where the figure is its extent: "rose 5 percent", "fell by 40", but not "rose to 5".

mod behind;
mod change;
mod words;

pub(super) use behind::behind;
pub(super) use change::turned;
use change::{direct, noun_of, particle, trend_before};
use words::{HINTS, Hint};

use super::line::Line;
use crate::article::{Modifier, Trend};
use crate::names::unit::table::{is_distance, is_duration};
use crate::names::wordlist::{lower, row};

/// How far back words are read.
const REACH: usize = 8;

/// What stands before a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) modifier: Modifier,
    pub(super) trend: Option<Trend>,
}

/// What the words before token `first`, at byte `start`, say of the figure there, whose unit is `unit`.
pub(super) fn before(line: &Line<'_>, first: usize, start: usize, unit: Option<&str>) -> Bound {
    let from = first.checked_sub(1).map_or(line.start, |k| line.end(k));
    let gap = line.text.get(from..start).unwrap_or("");
    let mut modifier = if gap == " " { None } else { sign(gap) };
    let mut trend = None;
    let mut at = first;
    let mut near =
        if gap == " " { gap } else { gap.trim_end_matches(['~', '≈', '>', '<', '≥', '≤', '=']) };
    for _ in 0..REACH {
        if at == 0
            || !(matches!(near, " " | "-") || !near.is_empty() && near.chars().all(char::is_whitespace))
        {
            break;
        }
        let word = lower(line.word(at - 1));
        let Some(hint) = row(&HINTS, &word) else {
            trend = direct(&word, unit);
            break;
        };
        let step = match hint {
            Hint::About => About(1),
            Hint::Than => than(line, at - 1),
            // "over the past two days", "over three years" tell how long something took
            Hint::Over if unit.is_some_and(is_duration) && !lasts(line, at - 1) => Stop,
            // "shall not exceed 40", "not over 40"
            Hint::Over | Hint::Above if negated(line, at) => Is(Modifier::AtMost, 2),
            Hint::Over | Hint::Above => Is(Modifier::Above, 1),
            Hint::Below if negated(line, at) => Is(Modifier::AtLeast, 2),
            // "the toll passed 40", but not "passed 40 laws"
            Hint::Passed if unit.is_none() => Is(Modifier::Above, 1),
            Hint::Within if unit.is_some_and(|u| is_duration(u) || is_distance(u)) => Is(Modifier::AtMost, 1),
            Hint::Below => Is(Modifier::Below, 1),
            Hint::Least | Hint::Most => match at_the(line, at) {
                Some(words) if hint == Hint::Least => Is(Modifier::AtLeast, words),
                Some(words) => Is(Modifier::AtMost, words),
                None => Stop,
            },
            // "near 70 percent", but not "near 10 farms" nor "near a 50-year low"
            Hint::Near if unit.is_some_and(|u| u == "%" || is_amount(u)) => About(1),
            Hint::Like if matches!(&*lower(line.back(at, 2)), "something" | "anything" | "more") => About(2),
            Hint::Minimum => Is(Modifier::AtLeast, 1),
            Hint::Maximum => Is(Modifier::AtMost, 1),
            Hint::As => {
                let step = as_many_as(line, at - 1, unit);
                if let Is(bound, _) = step
                    && matches!(&*lower(line.back(at, 2)), "high" | "low")
                {
                    // "fell as low as 40" tells where it fell to
                    modifier = modifier.or(Some(bound));
                    break;
                }
                step
            }
            Hint::To => match &*lower(line.back(at, 2)) {
                "up" => Is(Modifier::AtMost, 2),
                "equal" => or_equal_to(line, at),
                "close" | "closer" | "near" | "nearer" if modifier.is_none() => About(2),
                _ => Stop,
            },
            Hint::Of => {
                let step = of(line, at - 1);
                if matches!(step, Stop) {
                    trend = noun_of(line, at - 1, unit);
                }
                step
            }
            Hint::By => {
                trend = trend_before(line, at - 1);
                Stop
            }
            Hint::Particle => {
                trend = particle(line, at - 1, &word, unit);
                Stop
            }
            Hint::Skip => Skip(1),
            Hint::Passed | Hint::Within | Hint::Near | Hint::Like => Stop,
        };
        match step {
            About(n) => {
                modifier = modifier.or(Some(Modifier::About));
                at = at.saturating_sub(n);
            }
            Is(bound, n) => {
                modifier = modifier.or(Some(bound));
                at = at.saturating_sub(n);
            }
            Skip(n) => at = at.saturating_sub(n),
            Stop => break,
        }
        near = line.gap(at);
    }
    Bound { modifier: modifier.unwrap_or(Modifier::Equal), trend }
}

/// Whether a verb right before the figure says that it rose or fell by that, not a noun with "of".
pub(super) fn rises_directly(line: &Line<'_>, first: usize, start: usize, unit: Option<&str>) -> bool {
    let near = (1..=3).any(|n| back_is(line, first, n, "of"));
    !near && before(line, first, start, unit).trend.is_some()
}

/// What the word before means, and how many tokens it takes.
enum Step {
    About(usize),
    Is(Modifier, usize),
    Skip(usize),
    Stop,
}
use Step::{About, Is, Skip, Stop};

fn back_is(line: &Line<'_>, at: usize, n: usize, word: &str) -> bool {
    line.back(at, n).eq_ignore_ascii_case(word)
}

/// Whether "not" or the like stands before the word before token `at`.
fn negated(line: &Line<'_>, at: usize) -> bool {
    at > 1
        && line.joined(at - 1)
        && matches!(&*lower(line.back(at, 2)), "not" | "never" | "cannot" | "nor" | "without")
}

/// How many words "at least", "at the very most" are, before token `at`; `None` without the "at".
fn at_the(line: &Line<'_>, at: usize) -> Option<usize> {
    let very = usize::from(back_is(line, at, 2, "very"));
    let the = usize::from(back_is(line, at, 2 + very, "the"));
    back_is(line, at, 2 + very + the, "at").then_some(2 + very + the)
}

/// "greater than or equal to", before token `at`.
fn or_equal_to(line: &Line<'_>, at: usize) -> Step {
    if !back_is(line, at, 3, "or") || !back_is(line, at, 4, "than") {
        return Stop;
    }
    match than(line, at.saturating_sub(4)) {
        Is(Modifier::Above, words) => Is(Modifier::AtLeast, words + 3),
        Is(Modifier::Below, words) => Is(Modifier::AtMost, words + 3),
        _ => Stop,
    }
}

/// Whether `unit` is of money or a measure, rather than a counted noun.
fn is_amount(unit: &str) -> bool {
    is_distance(unit)
        || unit.starts_with("degree ")
        || unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// A sign before the figure: "~25", ">10".
fn sign(gap: &str) -> Option<Modifier> {
    let gap = gap.trim_end();
    if gap.ends_with(">=") || gap.ends_with("=>") || gap.ends_with('≥') {
        return Some(Modifier::AtLeast);
    }
    if gap.ends_with("<=") || gap.ends_with("=<") || gap.ends_with('≤') {
        return Some(Modifier::AtMost);
    }
    match gap.chars().next_back()? {
        '~' | '≈' => Some(Modifier::About),
        '>' => Some(Modifier::Above),
        '<' => Some(Modifier::Below),
        _ => None,
    }
}

/// "more than", "no fewer than", where `than` is the token of "than".
fn than(line: &Line<'_>, than: usize) -> Step {
    let negated = matches!(&*lower(line.back(than, 2)), "no" | "not" | "nothing");
    match &*lower(line.back(than, 1)) {
        "more" | "greater" | "higher" | "larger" | "bigger" | "longer" | "older" | "heavier" | "better"
        | "taller" | "wider" | "faster" | "deeper" | "farther" | "further" | "later" | "stronger"
        | "hotter" | "warmer" => {
            if negated {
                Is(Modifier::AtMost, 3)
            } else {
                Is(Modifier::Above, 2)
            }
        }
        "less" | "fewer" | "lower" | "smaller" | "shorter" | "younger" | "lighter" | "cheaper" | "slower"
        | "narrower" | "earlier" | "sooner" | "colder" | "cooler" => {
            if negated {
                Is(Modifier::AtLeast, 3)
            } else {
                Is(Modifier::Below, 2)
            }
        }
        "over" => Is(Modifier::Above, 2),
        _ => Stop,
    }
}

/// "as many as", "as few as", where `last` is the token of the second "as".
fn as_many_as(line: &Line<'_>, last: usize, unit: Option<&str>) -> Step {
    if !back_is(line, last, 2, "as") {
        return Stop;
    }
    match &*lower(line.back(last, 1)) {
        // "a hull as long as two buses" compares, "waits as long as 9 hours" bounds
        "long" if !unit.is_some_and(is_duration) => Stop,
        "many" | "much" | "high" | "large" | "long" | "far" | "big" | "old" => Is(Modifier::AtMost, 3),
        "few" | "little" | "low" | "small" | "young" => Is(Modifier::AtLeast, 3),
        _ => Stop,
    }
}

/// "upwards of", "a maximum of", "an increase of", where `of` is the token of "of".
fn of(line: &Line<'_>, of: usize) -> Step {
    match &*lower(line.back(of, 1)) {
        "upwards" | "upward" | "excess" | "north" => Is(Modifier::Above, 2),
        "south" | "shy" => Is(Modifier::Below, 2),
        "short" if matches!(&*lower(line.back(of, 2)), "just" | "little" | "bit" | "slightly" | "well") => {
            Is(Modifier::Below, 2)
        }
        "maximum" => Is(Modifier::AtMost, 2),
        "minimum" => Is(Modifier::AtLeast, 2),
        "region" | "order" | "neighborhood" | "neighbourhood" | "vicinity" => About(2),
        _ => Stop,
    }
}

/// Whether "over" before a duration means "more than": "for over three years", "lasted over an hour".
fn lasts(line: &Line<'_>, over: usize) -> bool {
    matches!(
        &*lower(line.back(over, 1)),
        "for"
            | "just"
            | "well"
            | "after"
            | "lasted"
            | "lasting"
            | "is"
            | "was"
            | "in"
            | "with"
            | "took"
            | "spent"
            | "served"
            | "of"
            | "slightly"
            | "a"
            | "little"
    )
}
