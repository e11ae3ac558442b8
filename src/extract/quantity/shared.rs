//! The unit that a figure shares with a later one: "80 million of the 2 billion pesos", "4, 6 and 9 percent",
//! "300 or even 500 megawatts".

use std::borrow::Cow;

use super::amount::{self, Amount};
use super::exclude;
use super::line::{Join, Line};
use super::unit::{self, Unit};
use super::words::Form;
use crate::article::Kind;

/// The most figures that a list may have.
const MOST: usize = 6;

/// The unit that `amount`, which has none and counts nothing by itself, shares with a figure after it; it keeps its own
/// span. Whoever asks has seen that no noun stands between.
pub(super) fn with_later(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    // "in 2014 and 2.8 percent in 2015"
    let year = amount.plain == 4 && (1000.0..=2100.0).contains(&amount.lo);
    if year || amount.currency.is_some() {
        return None;
    }
    let later = of_the(line, amount).or_else(|| or_even(line, amount)).or_else(|| in_list(line, amount))?;
    Some(Unit { next: amount.next, end: amount.end, plus: 0.0, name: later.name, kind: later.kind })
}

/// "80 million of the 2 billion pesos", "two of its nine acres"; no share of one: "half of the 80 acres" is a number.
fn of_the(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    if matches!(amount.form, Form::Fraction | Form::Vague) || !line.follows(amount.next, "of") {
        return None;
    }
    let determiner = matches!(
        &*crate::names::wordlist::lower(line.word(amount.next + 1)),
        "the" | "its" | "their" | "his" | "her" | "our" | "this" | "that"
    );
    let at = amount.next + 2;
    determiner
        .then(|| figure(line, at))
        .flatten()
        .map(|(_, unit)| unit)
        .filter(|unit| unit.kind != Kind::Percent)
}

/// "300 or even 500 megawatts".
fn or_even(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    if !line.follows(amount.next, "or") || line.join(amount.next + 1) != Join::Space {
        return None;
    }
    let at = amount.next + 1;
    let more = matches!(
        &*crate::names::wordlist::lower(line.word(at)),
        "even" | "perhaps" | "maybe" | "possibly" | "nearly" | "almost" | "about"
    );
    more.then(|| figure(line, at + 1)).flatten().map(|(_, unit)| unit)
}

/// "4, 6 and 9 percent"; of two figures only shares have so: "at 5 and 10 minutes later".
fn in_list(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    let mut next = amount.next;
    let mut listed = 1;
    while listed < MOST {
        let word = line.word(next);
        let linked = matches!(word, "and" | "or");
        // "by 40,000, or 6 percent" says the same twice, "a score of 24, and 31 percent" two things
        let last = linked && (line.gap(next) == " " || line.gap(next) == ", " && listed > 1);
        if !last && (linked || line.gap(next) != ", ") {
            return None;
        }
        let at = next + usize::from(last);
        let digits = line.word(at).starts_with(|c: char| c.is_ascii_digit());
        if last && line.gap(at) != " " || digits != (amount.form == Form::Digits) {
            return None;
        }
        let other = amount::read(&Line { floor: at, ..*line }, at, true)?;
        if exclude::shape(line, at).is_some() || other.form != amount.form || other.currency.is_some() {
            return None;
        }
        if last {
            let (_, unit) = figure(line, at)?;
            // "770 or 26 percent" says the same twice
            let shares = unit.kind == Kind::Percent && word == "and" && amount.hi <= 100.0;
            let fits = shares || listed > 1 && &*unit.name != "second";
            return fits.then_some(unit);
        }
        (next, listed) = (other.next, listed + 1);
    }
    None
}

/// The figure at token `at` with its unit, if it has one of its own.
fn figure<'a>(line: &Line<'a>, at: usize) -> Option<(Amount<'a>, Unit)> {
    if line.join(at) == Join::Hyphen || exclude::shape(line, at).is_some() {
        return None;
    }
    let mut amount = amount::read(&Line { floor: at, ..*line }, at, false)?;
    unit::settle(line, &mut amount);
    let unit = unit::after(line, &amount)?;
    // "80 of the $2 billion" is no money
    (amount.currency.is_none()).then_some((amount, Unit { name: Cow::Owned(unit.name.into_owned()), ..unit }))
}
