//! Two figures that are the ends of one interval: "100-150", "100 to 150", "between 5% and 6%", "three or four".

mod apart;

use super::amount::{self, Amount};
use super::exclude;
use super::line::{Join, Line};
use super::unit::{self, Unit};
use super::words::{self, Form};
use super::{bounds, counted, prefix, when};
use crate::names::unit::table::{DOLLARS, currency_sign};
use crate::names::wordlist::{Set, lower, row};

/// What two neighbouring figures make together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pair<'a> {
    /// An interval, with the unit that both ends share.
    Range {
        /// Both ends, from the first token of the first to the last of the second.
        amount: Amount<'a>,
        unit: Option<Unit>,
    },
    /// A score or a time: no quantity. The token past it.
    None(usize),
    /// From a year to another, both included, and the token past them.
    Years(i32, i32, usize),
}

/// How the two figures are held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Dash,
    To,
    Or,
    BetweenAnd,
}

/// Reads `first`, whose unit is `unit`, together with a figure right after it; `None` if they do not belong together.
pub(super) fn read<'a>(line: &Line<'a>, first: &Amount<'a>, unit: Option<&Unit>) -> Option<Pair<'a>> {
    let end = unit.map_or(first.next, |u| u.next);
    let spaced = line.spaced(first.first, first.start);
    let adjacent = link(line, end);
    let stand_apart = adjacent.is_none();
    let from = spaced && is_from(line, first.first);
    let (link, at) = adjacent.or_else(|| if from { apart::to(line, first, unit, end) } else { None })?;
    let between = spaced && line.back(first.first, 1).eq_ignore_ascii_case("between");
    if link == Link::BetweenAnd && !between {
        return None;
    }
    if let Some(next) = exclude::shape(line, at) {
        if stand_apart {
            return None;
        }
        // "5-7 p.m.", "from 10 to 5:30"; a second figure that is something else stands alone
        let time = when::clock(line, at, at + 1).is_some();
        let strung = link == Link::Dash && first.currency.is_none(); // "555-0100"
        return ((time || strung) && unit.is_none() && first.plain > 0).then_some(Pair::None(next));
    }
    // "between Rs 20 lakh and Rs 30 lakh", "US$20m to US$30m": the figure stands after its currency
    let figure = if is_currency(line, at) { at + 1 } else { at };
    let mut second = amount::read(&Line { floor: at, ..*line }, figure, false)?;
    if second.first != at && !(second.currency.is_some() || second.first > at)
        || second.form == Form::Vague
        || first.form == Form::Vague
    {
        return None;
    }
    unit::settle(line, &mut second);
    let second_unit = unit::after(line, &second);
    if !second.suffix.is_empty() && second_unit.is_none() {
        return None;
    }
    if link == Link::Dash
        && let Some(none) = score_or_years(line, first, &second, unit, second_unit.as_ref())
    {
        return Some(none);
    }
    if link != Link::Dash
        && years(first, &second)
        && unit.is_none()
        && second_unit.is_none()
        && (between || from)
    {
        return Some(of_years(first, &second));
    }
    // "outnumbered by 2 to 1" is a ratio
    let small = first.plain > 0 && first.plain <= 2 && second.plain > 0 && second.plain <= 2;
    if link == Link::To && !from && small && first.lo > second.lo && unit.is_none() && second_unit.is_none() {
        return Some(Pair::None(second.next));
    }
    if stand_apart && !apart::alike(line, first, unit, &second, second_unit.as_ref()) {
        return None;
    }
    let unit = shared_unit(line, link, from, first, unit, &second, second_unit).ok()?;
    let (mut lo, mut hi) = (first.lo, second.hi);
    // "5 to 6 million", "$5-6bn": the magnitude is said once
    if second.scaled && !first.scaled {
        let by = scale_of(line, &second);
        let falls = from && link == Link::To && lo * by <= hi * 3.0;
        if by > 1.0 && lo < 1000.0 && (lo * by <= hi || falls) {
            lo = amount::times(lo, by);
        }
    }
    if lo > hi {
        if !from || link != Link::To {
            return None;
        }
        (lo, hi) = (hi, lo); // "from 80 to 60"
    }
    if link == Link::Or && !near(first, &second)
        || link == Link::To
            && !from
            && unit.is_none()
            && first.plain == 1
            && second.plain == 1
            && !counts(line, &second)
    {
        return None; // "won 2 to 5" is a score
    }
    let start_token = if between { first.first - 1 } else { first.first };
    let amount = Amount {
        lo,
        hi,
        first: first.first,
        next: second.next,
        start: if between && start_token >= line.floor { line.start(start_token) } else { first.start },
        end: second.end,
        form: first.form,
        scaled: second.scaled,
        suffix: "",
        currency: None,
        plus: false,
        plain: 0,
    };
    Some(Pair::Range { amount, unit })
}

/// Whether "from" or "ranging from" stands before token `i`, a bound perhaps between ("from about 30 to 35").
fn is_from(line: &Line<'_>, i: usize) -> bool {
    let before = line.back(i, 1);
    if before.eq_ignore_ascii_case("from") {
        return true;
    }
    if !matches!(before.as_bytes().first(), Some(b'a' | b'r' | b'n' | b'j' | b'A' | b'R' | b'N' | b'J')) {
        return false;
    }
    let one = lower(before);
    matches!(&*one, "about" | "around" | "roughly" | "approximately" | "nearly" | "almost" | "a" | "just")
        && line.back(i, 2).eq_ignore_ascii_case("from")
}

/// The link at token `k`, where the first figure and its unit end, and the token of the second figure.
fn link(line: &Line<'_>, k: usize) -> Option<(Link, usize)> {
    if k >= line.len() {
        return None;
    }
    let gap = line.gap(k);
    if gap == " " {
        return linked_by_word(line, k);
    }
    // "100-150", "€1.2bn-€1.4bn", "5%-6%", "25 – 40"
    let gap = gap.trim_start_matches(['%', '°', '€', '£', '″']);
    let tight = gap.trim_start_matches(' ');
    if let Some(rest) = tight.strip_prefix(['-', '–', '\u{2010}', '\u{2011}', '−']) {
        let spaced = tight.len() < gap.len();
        let money = rest.trim_end_matches(is_sign).trim_start_matches(' ');
        let even = spaced == rest.starts_with(' ');
        let begins = line.word(k).starts_with(|c: char| c.is_ascii_digit()) || is_currency(line, k);
        let hyphen_word = rest.is_empty() && words::is_number(line.word(k));
        if money.is_empty() && even && (begins || hyphen_word || line.word(k).len() <= 3 && rest.is_empty()) {
            return begins.then_some((Link::Dash, k));
        }
        // "4- to 6-inch"
        if rest.starts_with(' ')
            && !spaced
            && line.word(k).eq_ignore_ascii_case("to")
            && line.gap(k + 1) == " "
        {
            return Some((Link::To, k + 1));
        }
        return None;
    }
    let spaced = !gap.is_empty() && gap.chars().all(char::is_whitespace);
    if spaced { linked_by_word(line, k) } else { None }
}

/// The link that the word at token `k` is, and the token of the second figure.
fn linked_by_word(line: &Line<'_>, k: usize) -> Option<(Link, usize)> {
    let link = match &*lower(line.word(k)) {
        "to" | "through" => Link::To,
        "or" => Link::Or,
        "and" => Link::BetweenAnd,
        _ => return None,
    };
    let next = line.gap(k + 1).trim_end_matches(|c| is_sign(c) || c == '-');
    if next.is_empty() && line.gap(k + 1) != "-" || !next.chars().all(char::is_whitespace) {
        return None;
    }
    Some((link, k + 1))
}

/// Whether `c` may stand before the second figure: the sign of a currency, or one that says "about".
fn is_sign(c: char) -> bool {
    c == '~' || currency_sign(c).is_some()
}

/// Whether token `k` is the letters of a currency, with or without its sign, right before a figure.
fn is_currency(line: &Line<'_>, k: usize) -> bool {
    let letters = line.word(k);
    if letters.len() > 4 || !super::line::is_capital(letters) {
        return false;
    }
    let figure = line.word(k + 1).starts_with(|c: char| c.is_ascii_digit());
    let gap = line.gap(k + 1);
    let fits = match gap.trim_end_matches([' ', '\u{a0}']).strip_prefix('.').unwrap_or(gap) {
        "$" | " $" => row(&DOLLARS, letters).is_some(),
        gap => {
            gap.chars().all(|c| c.is_whitespace() || c == '¢' || is_sign(c))
                && prefix::currency(letters).is_some()
        }
    };
    figure && fits
}

/// Whether the two could be years: "between 1600 and 1900".
fn years(first: &Amount<'_>, second: &Amount<'_>) -> bool {
    let year = |a: &Amount<'_>| a.plain == 4 && (1000.0..=2100.0).contains(&a.lo);
    year(first) && (year(second) || second.plain == 2) && (first.lo < second.lo || second.plain == 2)
}

/// The years that two figures name together.
fn of_years<'a>(first: &Amount<'_>, second: &Amount<'_>) -> Pair<'a> {
    match crate::extract::date::years_of(first.lo, second.lo, second.plain == 2) {
        Some((from, to)) => Pair::Years(from, to, second.next),
        None => Pair::None(second.next),
    }
}

/// Figures joined by a hyphen that are no interval: "2-1", "2014-15".
fn score_or_years<'a>(
    line: &Line<'_>,
    first: &Amount<'a>,
    second: &Amount<'a>,
    unit: Option<&Unit>,
    second_unit: Option<&Unit>,
) -> Option<Pair<'a>> {
    if unit.is_some() || second_unit.is_some() || first.currency.is_some() {
        return None;
    }
    if first.plain == 0 && !first.scaled && second.plain == 0 {
        return None;
    }
    if years(first, second) {
        return Some(of_years(first, second));
    }
    if first.plain > 0 && second.plain > 0 && first.lo >= second.lo {
        return Some(Pair::None(second.next));
    }
    if second.scaled || counts(line, second) {
        return None;
    }
    if first.plain == 3 && second.plain == 4 {
        return Some(Pair::None(second.next)); // a telephone number
    }
    let small = first.plain > 0 && second.plain > 0 && first.plain < 3;
    small.then_some(Pair::None(second.next))
}

/// Whether something is counted by the figure.
fn counts(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    static GAMES: Set = Set::new(&[
        "bout",
        "decision",
        "defeat",
        "draw",
        "lead",
        "loss",
        "margin",
        "match",
        "rout",
        "ruling",
        "score",
        "shutout",
        "thrashing",
        "tie",
        "triumph",
        "upset",
        "victory",
        "vote",
        "win",
    ]);
    if !line.joined(amount.next) || crate::names::wordlist::among(&GAMES, &lower(line.word(amount.next))) {
        return false;
    }
    counted::noun(line, amount.next, false, false)
        .is_some_and(|n| n.plural && !crate::names::wordlist::among(&GAMES, &n.lemma))
        || line.join(amount.next) == Join::Hyphen
}

/// "three or four", "two or three hundred", but not "2 or 40".
fn near(first: &Amount<'_>, second: &Amount<'_>) -> bool {
    let coefficient =
        if second.scaled || second.lo >= 100.0 { 10.0 * first.lo.max(1.0) } else { 2.0 * first.lo + 1.0 };
    second.lo > first.lo
        && first.currency.is_none()
        && (second.lo <= coefficient || second.form == Form::Words && second.lo >= 100.0)
}

/// What the magnitudes of `amount` multiply its figure by.
fn scale_of(line: &Line<'_>, amount: &Amount<'_>) -> f64 {
    let mut by = 1.0;
    for k in amount.first..amount.next {
        let word = line.word(k);
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let factor = super::value::magnitude(word).or_else(|| super::value::suffix(letters)).or_else(|| {
            if letters.len() < word.len() || letters.len() == 1 {
                super::value::money_magnitude(letters)
            } else {
                None
            }
        });
        by *= factor.unwrap_or(1.0);
    }
    by
}

/// The two figures are no ends of one interval.
struct Apart;

/// The unit of both ends, if they have one.
fn shared_unit(
    line: &Line<'_>,
    link: Link,
    from: bool,
    first: &Amount<'_>,
    unit: Option<&Unit>,
    second: &Amount<'_>,
    second_unit: Option<Unit>,
) -> Result<Option<Unit>, Apart> {
    match (unit, second_unit) {
        (None, None) => Ok(None),
        (None, Some(second)) => Ok(Some(second)),
        (Some(one), Some(two)) => {
            if one.kind != two.kind || one.name != two.name && !two.name.starts_with(&*one.name) {
                return Err(Apart);
            }
            // "rose 3 cents to 58 cents" tells the rise and the result
            let name = Some(&*two.name);
            // ("growth of 5 percent to 6 percent" tells two ends)
            let told_by = line.back(first.first, 1).eq_ignore_ascii_case("by");
            let by = link == Link::To
                && !from
                && (told_by || bounds::rises_directly(line, first.first, first.start, name));
            if by { Err(Apart) } else { Ok(Some(two)) }
        }
        // "from 90 kilos to 80", "$5-6", "$200 or 300"
        (Some(one), None) => {
            let counts = counted::noun(line, second.next, false, false)
                .is_some_and(|n| n.plural && n.at < second.next + 2);
            let prefix = first.currency.is_some();
            let fits = !counts
                && (from && link == Link::To
                    || prefix && link != Link::Or
                    || link == Link::BetweenAnd && prefix);
            if fits {
                Ok(Some(Unit { next: second.next, end: second.end, ..one.clone() }))
            } else {
                Err(Apart)
            }
        }
    }
}
