//! Rises and falls by a quantity: "rose 5 percent", "cut prices by 5", "a drop of 40", "edged 0.2 percent lower".

use super::super::line::{Join, Line};
use super::words::{DOWN, DOWN_IN_TRADE, FALLS, PHRASAL, RISES, UP, UP_IN_TRADE};
use crate::article::Trend;
use crate::names::unit::table::is_distance;
use crate::names::wordlist::{among, lower};

/// How far before "by" or "of" the word that tells the change may stand.
const REACH: usize = 6;

/// The rise or fall in `verb`, right before a figure with `unit`.
pub(super) fn direct(verb: &str, unit: Option<&str>) -> Option<Trend> {
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

/// The change that `trend` becomes where the word after the figure, token `next`, turns it: "edged 0.2 percent lower".
pub(in super::super) fn turned(line: &Line<'_>, next: usize, trend: Option<Trend>) -> Option<Trend> {
    let lower_now = || line.join(next) == Join::Space && line.word(next).eq_ignore_ascii_case("lower");
    trend.map(|trend| if lower_now() { Trend::Down } else { trend })
}

/// Whether `unit` is one of shares of a whole.
fn is_share(unit: Option<&str>) -> bool {
    matches!(unit, Some("%" | "percentage point" | "basis point"))
}

/// Whether prices, rates and shares are told in `unit`.
fn is_traded(unit: Option<&str>) -> bool {
    is_share(unit)
        || matches!(unit, Some("cent" | "penny" | "sen" | "point"))
        || unit.is_some_and(|u| u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The rise or fall that `word`, "up" or "down" at token `at`, tells: "was up 5", "sales, up 5", but not "gave up 5".
pub(super) fn particle(line: &Line<'_>, at: usize, word: &str, unit: Option<&str>) -> Option<Trend> {
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
pub(super) fn trend_before(line: &Line<'_>, by: usize) -> Option<Trend> {
    let mut at = by;
    for _ in 0..REACH {
        if at == 0 || line.join(at) == Join::Other {
            return None;
        }
        at -= 1;
        let word = lower(line.word(at));
        let trend = match &*word {
            "raise" | "raised" | "raises" | "raising" | "boost" | "boosts" | "boosted" | "boosting"
            | "lift" | "lifts" | "lifted" | "lifting" | "hike" | "hikes" | "hiked" | "hiking" | "up"
            | "upward" | "upwards" => Some(Trend::Up),
            "cut" | "cuts" | "cutting" | "reduce" | "reduced" | "reduces" | "reducing" | "slash"
            | "slashed" | "slashes" | "slashing" | "lower" | "lowered" | "lowers" | "lowering" | "trim"
            | "trims" | "trimmed" | "trimming" | "down" | "downward" | "downwards" => Some(Trend::Down),
            word => direct(word, Some("%")),
        };
        if trend.is_some() {
            return trend;
        }
    }
    None
}
/// The rise or fall whose noun leads to the figure by "of", at token `of`: "a drop of 40", and of shares also "a rise
/// in exports of 5 percent". A loss is one only of shares, for a company's is none; nor is a fall of 40 feet.
pub(super) fn noun_of(line: &Line<'_>, of: usize, unit: Option<&str>) -> Option<Trend> {
    if unit.is_some_and(is_distance) {
        return None;
    }
    let shares = is_share(unit);
    let told = |word: &str| {
        if among(&RISES, word) || shares && matches!(word, "gain" | "gains" | "growth") {
            Some(Trend::Up)
        } else if among(&FALLS, word) || shares && matches!(word, "loss" | "losses") {
            Some(Trend::Down)
        } else {
            None
        }
    };
    let mut at = of;
    for _ in 0..if shares { REACH } else { 1 } {
        if at == 0 || line.join(at) == Join::Other {
            return None;
        }
        at -= 1;
        // further off only with what rises or falls between: "a rise in exports of"
        if (at + 1 == of || line.follows(at + 1, "in"))
            && let Some(trend) = told(&lower(line.word(at)))
        {
            return Some(trend);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_no_word_rises_and_falls() {
        for table in [&UP, &DOWN, &UP_IN_TRADE, &DOWN_IN_TRADE, &PHRASAL, &RISES, &FALLS] {
            assert_eq!(table.words.windows(2).find(|pair| pair[0] >= pair[1]), None);
        }
        assert!(UP.words.iter().all(|word| !among(&DOWN, word)));
        assert!(UP_IN_TRADE.words.iter().all(|word| !among(&DOWN_IN_TRADE, word)));
    }
}
