//! Amounts of money: currencies named after a figure, and the rates that follow ("a month", "per share").

use super::amount::Amount;
use super::counted::STOP;
use super::line::{Join, Line};
use super::spelled;
use super::unit::Unit;
use super::value::magnitude;
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

/// The currencies whose codes are written with a letter for their thousands or millions: `MEUR 60`, `TSEK 400`, `EURm 5`.
const COUNTED: &[&str] =
    &["AUD", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "NOK", "PLN", "RUB", "SEK", "USD", "ZAR"];

/// What the letters around a code multiply an amount by, and the code: `MEUR`, `TSEK`, `EURm`, `USDbn`.
pub(super) fn multiple(letters: &str) -> Option<(f64, &'static str)> {
    if !matches!(letters.len(), 4 | 5) {
        return None;
    }
    let (first, last) = letters.split_at_checked(1)?;
    let by = match first {
        "T" | "K" => Some(1e3),
        "M" => Some(1e6),
        _ => None,
    };
    let known = |code: &str| COUNTED.iter().find(|known| **known == code).copied();
    if let Some((by, code)) = by.zip(known(last)) {
        return Some((by, code));
    }
    let (code, last) = letters.split_at_checked(3)?;
    let by = match last {
        "k" => 1e3,
        "m" => 1e6,
        "bn" => 1e9,
        _ => return None,
    };
    known(code).map(|code| (by, code))
}

/// Takes the magnitude that stands with a currency's code after the figure: "120 MEUR", "75 USD million".
pub(super) fn in_millions(line: &Line<'_>, amount: &mut Amount<'_>) {
    let k = amount.next;
    let word = line.word(k);
    if amount.currency.is_some()
        || amount.scaled
        || !amount.suffix.is_empty()
        || !word.starts_with(|c: char| c.is_ascii_uppercase())
        || line.join(k) != Join::Space
    {
        return;
    }
    let (by, code, next) = if let Some((by, code)) = multiple(word) {
        (by, code, k + 1)
    } else if line.join(k + 1) == Join::Space
        && let Some(code) = CODES.get(word)
        && let Some(by) = magnitude(line.word(k + 1))
    {
        (by, code, k + 2)
    } else {
        return;
    };
    amount.scale(by);
    amount.currency = Some(code);
    (amount.next, amount.end) = (next, line.end(next - 1));
}

/// The currency named at token `k`, with the coins after it: "13 dollars and 45 cents".
pub(super) fn stated_after(line: &Line<'_>, k: usize, amount: &Amount<'_>) -> Option<Unit> {
    let unit = currency_after(line, k, amount.scaled)?;
    // the names of currencies are codes, those of coins are words
    let whole = unit.name.len() == 3 && unit.name.bytes().all(|b| b.is_ascii_uppercase());
    if !whole || amount.scaled || amount.lo < 0.0 || line.join(unit.next) != Join::Space {
        return Some(unit);
    }
    let at = unit.next + usize::from(line.word(unit.next).eq_ignore_ascii_case("and"));
    let Some((coins, next)) = spelled::below_hundred(line, at).filter(|_| line.join(at) == Join::Space)
    else {
        return Some(unit);
    };
    let coin = line.joined(next).then(|| lower(line.word(next))).and_then(|name| row(&COINS, one(&name)));
    Some(match coin {
        Some("cent" | "penny" | "kopeck" | "paisa" | "kobo" | "sen" | "pesewa") => {
            Unit { plus: coins / 100.0, next: next + 1, end: line.end(next), ..unit }
        }
        _ => unit,
    })
}

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
        // "the 17 euro zone countries"
        let bloc = &*first == "euro"
            && line.joined(k + 1)
            && matches!(
                &*lower(line.word(k + 1)),
                "area" | "bloc" | "countries" | "members" | "member" | "nations" | "states" | "zone"
            );
        return if verb || adjective || bloc { None } else { money(name, k + 1) };
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
