//! What the words around a figure make of it: a bound, an approximation, a rise or a fall.
//!
//! Before the figure they are read backwards, from the nearest on; the nearest bound wins ("up to about 400" is about
//! 400). A rise or fall counts only where the figure is its extent: "rose 5 percent", "fell by 40", but not "rose to 5".

mod words;

use words::{DOWN, DOWN_IN_TRADE, HINTS, Hint, PHRASAL, UP, UP_IN_TRADE};

use super::line::{Join, Line};
use crate::article::{Modifier, Trend};
use crate::names::unit::table::{is_distance, is_duration};
use crate::names::wordlist::{among, lower, row};

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
            Hint::Over | Hint::Above => Is(Modifier::Above, 1),
            // "the toll passed 40", but not "passed 40 laws"
            Hint::Passed if unit.is_none() => Is(Modifier::Above, 1),
            Hint::Within if unit.is_some_and(|u| is_duration(u) || is_distance(u)) => Is(Modifier::AtMost, 1),
            Hint::Below => Is(Modifier::Below, 1),
            Hint::Least if back_is(line, at, 2, "at") => Is(Modifier::AtLeast, 2),
            Hint::Most if back_is(line, at, 2, "at") => Is(Modifier::AtMost, 2),
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
                "close" | "closer" | "near" | "nearer" if modifier.is_none() => About(2),
                _ => Stop,
            },
            Hint::Of => of(line, at - 1),
            Hint::By => {
                trend = trend_before(line, at - 1);
                Stop
            }
            Hint::Particle => {
                trend = particle(line, at - 1, &word, unit);
                Stop
            }
            Hint::Skip => Skip(1),
            Hint::Passed | Hint::Within | Hint::Least | Hint::Most => Stop,
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

/// A sign before the figure: "~25", ">10".
fn sign(gap: &str) -> Option<Modifier> {
    let gap = gap.trim_end();
    if gap.ends_with(">=") || gap.ends_with('≥') {
        return Some(Modifier::AtLeast);
    }
    if gap.ends_with("<=") || gap.ends_with('≤') {
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
        | "taller" | "wider" | "faster" => {
            if negated {
                Is(Modifier::AtMost, 3)
            } else {
                Is(Modifier::Above, 2)
            }
        }
        "less" | "fewer" | "lower" | "smaller" | "shorter" | "younger" | "lighter" | "cheaper" => {
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
        "many" | "much" | "high" | "large" | "long" | "far" => Is(Modifier::AtMost, 3),
        "few" | "little" | "low" => Is(Modifier::AtLeast, 3),
        _ => Stop,
    }
}

/// "upwards of", "a maximum of", "an increase of", where `of` is the token of "of".
fn of(line: &Line<'_>, of: usize) -> Step {
    match &*lower(line.back(of, 1)) {
        "upwards" | "upward" | "excess" | "north" => Is(Modifier::Above, 2),
        "south" => Is(Modifier::Below, 2),
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

/// The rise or fall in `verb`, right before a figure with `unit`.
fn direct(verb: &str, unit: Option<&str>) -> Option<Trend> {
    if among(&UP, verb) {
        return Some(Trend::Up);
    }
    if among(&DOWN, verb) {
        return Some(Trend::Down);
    }
    // These are changes only of prices and shares: one also gains followers and loses friends.
    let traded = is_traded(unit);
    if traded && among(&UP_IN_TRADE, verb) {
        Some(Trend::Up)
    } else if traded && among(&DOWN_IN_TRADE, verb) {
        Some(Trend::Down)
    } else {
        None
    }
}

/// Whether prices, rates and shares are told in `unit`.
fn is_traded(unit: Option<&str>) -> bool {
    matches!(unit, Some("%" | "percentage point" | "basis point" | "cent" | "penny" | "sen" | "point"))
        || unit.is_some_and(|u| u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The rise or fall that `word`, "up" or "down" at token `at`, tells: "was up 5", "sales, up 5", but not "gave up 5".
fn particle(line: &Line<'_>, at: usize, word: &str, unit: Option<&str>) -> Option<Trend> {
    let verb = lower(line.back(at, 1));
    let free = line.join(at) == Join::Other
        || matches!(
            &*verb,
            "is" | "was"
                | "were"
                | "are"
                | "be"
                | "been"
                | "went"
                | "go"
                | "goes"
                | "gone"
                | "trending"
                | "trended"
                | "finished"
                | "ended"
                | "closed"
                | "opened"
                | "jumped"
                | "shot"
        );
    let phrasal = among(&PHRASAL, &verb);
    let tells = if word == "off" { free && is_traded(unit) } else { free || is_traded(unit) && !phrasal };
    tells.then_some(if word == "up" { Trend::Up } else { Trend::Down })
}

/// The rise or fall that "by", at token `by`, measures: its verb may have an object, "cut prices by".
fn trend_before(line: &Line<'_>, by: usize) -> Option<Trend> {
    let mut at = by;
    for _ in 0..6 {
        if at == 0 || line.join(at) == Join::Other {
            return None;
        }
        at -= 1;
        let word = lower(line.word(at));
        let trend = match &*word {
            "raise" | "raised" | "raises" | "raising" | "boost" | "boosts" | "boosted" | "lift"
            | "lifted" | "up" | "upward" => Some(Trend::Up),
            "cut" | "cuts" | "cutting" | "reduce" | "reduced" | "reduces" | "reducing" | "slashed"
            | "lowered" | "down" | "downward" => Some(Trend::Down),
            word => direct(word, Some("%")),
        };
        if trend.is_some() {
            return trend;
        }
    }
    None
}

/// A bound after the figure, and the token past it: "or more", "or so", "+", "-odd". `end` is the byte after the
/// figure, `next` the token.
pub(super) fn behind(line: &Line<'_>, next: usize, end: usize) -> Option<(Modifier, usize)> {
    let gap = line.text.get(end..line.start(next)).unwrap_or("");
    if gap.starts_with('+') {
        return Some((Modifier::AtLeast, next));
    }
    let word = line.word(next);
    if !matches!(word.as_bytes().first(), Some(b'o' | b'O' | b'p' | b'P')) {
        return None;
    }
    let word = lower(word);
    match (&*word, line.join(next)) {
        ("plus", Join::Hyphen) => Some((Modifier::AtLeast, next + 1)),
        ("plus", Join::Space) if line.join(next + 1) == Join::Other => Some((Modifier::AtLeast, next + 1)),
        ("odd", Join::Hyphen) => Some((Modifier::About, next + 1)),
        ("or", Join::Space) if line.join(next + 1) == Join::Space => {
            let modifier = match &*lower(line.word(next + 1)) {
                "more" | "greater" | "higher" | "older" | "above" | "over" | "longer" | "better" => {
                    Modifier::AtLeast
                }
                "less" | "fewer" | "lower" | "younger" | "below" | "under" | "shorter" => Modifier::AtMost,
                "so" | "thereabouts" => Modifier::About,
                _ => return None,
            };
            Some((modifier, next + 2))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_no_word_rises_and_falls() {
        for table in [&UP, &DOWN, &UP_IN_TRADE, &DOWN_IN_TRADE, &PHRASAL] {
            assert_eq!(table.words.windows(2).find(|pair| pair[0] >= pair[1]), None);
        }
        assert!(UP.words.iter().all(|word| !among(&DOWN, word)));
        assert!(UP_IN_TRADE.words.iter().all(|word| !among(&DOWN_IN_TRADE, word)));
    }
}
