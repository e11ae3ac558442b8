//! Amounts of money: currencies named after a figure, and the rates that follow ("a month", "per share").

use super::amount::Amount;
use super::counted::STOP;
use super::line::{Join, Line};
use super::unit::Unit;
use crate::article::Kind;
use crate::names::unit::table::{CODES, COINS, CURRENCIES, NATIONAL, OF_NATIONS};
use crate::names::wordlist::{among, lower, row};

/// An amount whose currency stands before it.
pub(super) fn priced(line: &Line<'_>, amount: &Amount<'_>, code: &'static str) -> Unit {
    let mut unit = Unit::new(Kind::Money, code, amount.next, amount.end);
    // "$5 million CAD"
    if line.join(unit.next) == Join::Space
        && let Some(code) = CODES.get(line.word(unit.next))
    {
        unit = Unit::new(Kind::Money, code, unit.next + 1, line.end(unit.next));
    }
    // "$31 US", "$60 U.S. a barrel"
    if code == "USD"
        && matches!(line.word(unit.next), "US" | "U.S." | "U.S")
        && line.join(unit.next) == Join::Space
        && (line.join(unit.next + 1) != Join::Space || among(&STOP, &lower(line.word(unit.next + 1))))
    {
        unit = Unit::new(Kind::Money, code, unit.next + 1, line.end(unit.next));
    }
    rate_of_money(line, unit)
}

/// "$3,500 a month", "$2.11 per gallon": the rate is no part of the unit, and of the span only if hyphens tie it.
pub(super) fn rate_of_money(line: &Line<'_>, mut unit: Unit) -> Unit {
    let (k, word) = (unit.next, lower(line.word(unit.next)));
    if matches!(&*word, "a" | "an" | "per") && line.join(k + 1) != Join::Other {
        match (line.join(k), line.join(k + 1)) {
            (Join::Hyphen, Join::Hyphen) => {
                unit.next = k + 2;
                unit.end = line.end(k + 1);
            }
            (Join::Space, Join::Space) if &*word == "per" || PER.contains(&&*lower(line.word(k + 1))) => {
                unit.next = k + 2;
            }
            _ => {}
        }
    }
    unit
}

const PER: &[&str] = &[
    "share", "barrel", "day", "week", "month", "year", "hour", "gallon", "litre", "liter", "tonne", "ton",
    "ounce", "head", "person", "unit", "night", "pound", "kilo",
];

/// A currency named at token `k`: "dollars", "Hong Kong dollars", "USD", "pence". `scaled` tells that the figure has
/// a magnitude, without which "pounds" are a weight, "won" is a verb and "marks" are counted.
pub(super) fn currency_after(line: &Line<'_>, k: usize, scaled: bool) -> Option<Unit> {
    let surface = line.word(k);
    let money = |name, next: usize| Some(Unit::new(Kind::Money, name, next, line.end(next - 1)));
    if line.join(k) == Join::Space {
        if let Some(code) = CODES.get(surface) {
            return money(code, k + 1);
        }
        if surface == "p" {
            return money("penny", k + 1);
        }
        if surface == "kn" {
            return money("HRK", k + 1);
        }
    }
    let first = lower(surface);
    if let Some(name) = row(&COINS, one(&first)) {
        return money(name, k + 1);
    }
    if let Some(name) = row(&CURRENCIES, one(&first)) {
        let verb = &*first == "won" && !scaled;
        let adjective = &*first == "sterling" && !scaled;
        return if verb || adjective { None } else { money(name, k + 1) };
    }
    if scaled && matches!(one(&first), "crown" | "mark") {
        return money(if first.starts_with('c') { "crown" } else { "mark" }, k + 1);
    }
    if one(&first) == "pound" {
        let sterling = line.follows(k + 1, "sterling");
        let converted = line.gap(k + 1).starts_with(" (") && line.gap(k + 1).contains(['$', '€']);
        return if sterling {
            money("GBP", k + 2)
        } else if scaled || converted {
            money("GBP", k + 1)
        } else {
            None
        };
    }
    // "Australian dollars", "Hong Kong dollars", "New Zealand dollars"
    let adjective_at = match &*first {
        "hong" | "new" | "sri" | "south" => k + 1,
        _ => k,
    };
    if !line.joined(adjective_at) && adjective_at > k || line.join(adjective_at + 1) != Join::Space {
        return None;
    }
    let name = lower(line.word(adjective_at + 1));
    let name = one(&name);
    // "7 Canadian cents"
    if super::line::is_capital(surface)
        && let Some(coin) = row(&COINS, name)
    {
        return money(coin, adjective_at + 2);
    }
    if row(&CURRENCIES, name).is_none() && !among(&OF_NATIONS, name) {
        return None;
    }
    let adjective = lower(line.word(adjective_at));
    let at = NATIONAL.binary_search_by(|row| (row.0, row.1).cmp(&(&*adjective, name))).ok();
    if let Some(at) = at {
        return money(NATIONAL[at].2, adjective_at + 2);
    }
    // "Polish zlotys": the currency is one country's
    let known =
        row(&CURRENCIES, name).filter(|_| super::line::is_capital(line.word(k)) && adjective.len() > 3);
    known.filter(|code| *code != "USD").and_then(|code| money(code, adjective_at + 2))
}

/// `word` without a plural's s.
fn one(word: &str) -> &str {
    word.strip_suffix('s').filter(|w| w.len() > 2).unwrap_or(word)
}
