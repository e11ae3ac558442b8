//! The unit after a figure: percent, a currency, a measure, an age.

use std::borrow::Cow;

use super::amount::Amount;
use super::counted::noun;
use super::line::{Join, Line};
use super::money;
use super::value::money_magnitude;
use super::words::Form;
use crate::article::Kind;
use crate::names::unit::lemma::singular;
use crate::names::unit::name_of;
use crate::names::unit::table::{CODES, PAIRED, PAIRS, SIGNS, currency_sign, is_distance, is_duration};
use crate::names::wordlist::{among, lower, row};

/// A unit that was read, and where it ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    /// The canonical name; see [`crate::article::Quantity::unit`].
    pub(super) name: Cow<'static, str>,
    /// The token past the unit, and the byte past it.
    pub(super) next: usize,
    pub(super) end: usize,
    /// What is added to the value, for a smaller unit that follows: the inches of "5 feet 2 inches".
    pub(super) plus: f64,
}

impl Unit {
    pub(super) fn new(kind: Kind, name: &'static str, next: usize, end: usize) -> Self {
        Self { kind, name: Cow::Borrowed(name), next, end, plus: 0.0 }
    }
}

/// Decides whether the letter that touches a figure is a magnitude: "5m" are metres, but "$5m" and "5m people" are
/// millions.
pub(super) fn settle(line: &Line<'_>, amount: &mut Amount<'_>) {
    let spaced = amount.suffix.is_empty()
        && amount.currency.is_some()
        && line.join(amount.next) == Join::Space
        && matches!(line.word(amount.next), "m" | "M");
    let letters = if spaced { line.word(amount.next) } else { amount.suffix };
    let Some(by) = money_magnitude(letters) else {
        money::in_millions(line, amount);
        return;
    };
    if spaced {
        amount.next += 1;
    } else if amount.currency.is_none() {
        let next = amount.next;
        let of_money = money::currency_after(line, next, true).is_some();
        let counts = letters != "t"
            && line.join(next) == Join::Space
            && !matches!(&*lower(line.word(next)), "hurdles" | "races" | "freestyle" | "sprints")
            && noun(line, next, false, false).is_some_and(|n| n.plural && !n.of && n.at < next + 3);
        if !of_money && !counts {
            return;
        }
    }
    amount.scale(by);
    amount.suffix = "";
    amount.end = line.end(amount.next - 1);
}

/// The unit of `amount`, before or after the figure; `None` if it has none.
pub(super) fn after(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    if let Some(code) = amount.currency {
        return Some(money::priced(line, amount, code));
    }
    if !amount.suffix.is_empty() {
        return touching(line, amount);
    }
    if let Some(unit) = signed(line, amount) {
        return Some(unit);
    }
    let mut next = amount.next;
    // "hundreds of miles", "half an hour": a counted unit
    if matches!(amount.form, Form::Vague | Form::Fraction) || amount.lo >= 12.0 && amount.form == Form::Words
    {
        let step = match &*lower(line.word(next)) {
            "of" => 1,
            "a" | "an" if amount.form == Form::Fraction => 1,
            _ => 0,
        };
        if step == 1 && line.join(next) == Join::Space && line.join(next + 1) == Join::Space {
            next += step;
            if line.follows(next, "a") && line.join(next + 1) == Join::Space {
                next += 1; // "1/16 of a pint"
            }
        }
    }
    if matches!(line.word(next), "US" | "U.S." | "imperial") && line.join(next) == Join::Space {
        let of_land = next + 1;
        if line.join(of_land) == Join::Space && measure(line, of_land, false).is_some() {
            next = of_land; // "a US gallon"
        }
    }
    if !line.joined(next) {
        return None;
    }
    let unit = percent(line, next)
        .or_else(|| money::stated_after(line, next, amount))
        .or_else(|| measure(line, next, amount.form == Form::Digits))?;
    Some(finish(line, unit))
}

/// The unit in the letters that touch the figure: "5km", "40p", "8pc".
fn touching(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    let (next, end) = (amount.next, amount.end + amount.suffix.len());
    let unit = match amount.suffix {
        "pc" | "pct" | "PCT" => Unit::new(Kind::Percent, "%", next, end),
        "p" => Unit::new(Kind::Money, "penny", next, end),
        "c" => Unit::new(Kind::Money, "cent", next, end),
        "in" => Unit::new(Kind::Quantity, "inch", next, end),
        "ºC" => Unit::new(Kind::Quantity, "degree celsius", next, end),
        "ºF" => Unit::new(Kind::Quantity, "degree fahrenheit", next, end),
        // "777F" is an aircraft, "13F" a form, but an oven is "at 180C"
        "C" | "F" if line.word(amount.first) == "13F" => return None,
        "C" | "F" if amount.plain == 3 && !heats(line, amount.first) => return None,
        suffix => row(&SIGNS, suffix)
            .map(|name| Unit::new(Kind::Quantity, name, next, end))
            .or_else(|| CODES.get(suffix).map(|code| Unit::new(Kind::Money, code, next, end)))?,
    };
    Some(finish(line, unit))
}

/// Whether the word before token `i` leads to a temperature rather than to a name.
fn heats(line: &Line<'_>, i: usize) -> bool {
    line.join(i) == Join::Space
        && matches!(
            &*lower(line.back(i, 1)),
            "at" | "to"
                | "of"
                | "above"
                | "below"
                | "over"
                | "under"
                | "about"
                | "around"
                | "than"
                | "reach"
                | "reached"
                | "reaches"
                | "hit"
                | "near"
                | "nearly"
                | "exceeded"
                | "exceeding"
        )
}

/// A sign that touches the figure: "8%", "20°C", "1,200€", "5″".
fn signed(line: &Line<'_>, amount: &Amount<'_>) -> Option<Unit> {
    let gap = line.gap(amount.next);
    let close = gap.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let spaces = gap.len() - close.len();
    let sign = close.chars().next()?;
    let (next, end) = (amount.next, amount.end + spaces + sign.len_utf8());
    match sign {
        // "%25" is a sign in an address of the web
        '%' | '％' if spaces <= 2 && !is_digit_at(line.text, end) => {
            Some(Unit::new(Kind::Percent, "%", next, end))
        }
        '°' if spaces <= 1 => {
            let scale = lower(line.word(next));
            let touches = close.len() <= sign.len_utf8() + 1;
            let name = match &*scale {
                "c" | "celsius" | "centigrade" if touches => "degree celsius",
                "f" | "fahrenheit" if touches => "degree fahrenheit",
                _ => return Some(Unit::new(Kind::Quantity, "degree", next, end)),
            };
            Some(Unit::new(Kind::Quantity, name, next + 1, line.end(next)))
        }
        '″' if spaces == 0 => Some(Unit::new(Kind::Quantity, "inch", next, end)),
        '¢' if spaces == 0 => Some(Unit::new(Kind::Money, "cent", next, end)),
        sign => {
            let code = currency_sign(sign)?;
            let digit_follows =
                line.start(next) == end && line.word(next).starts_with(|c: char| c.is_ascii_digit());
            (spaces <= 1 && !digit_follows).then(|| Unit::new(Kind::Money, code, next, end))
        }
    }
}

/// Whether a digit stands at byte `at`.
fn is_digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// "percent", "per cent", "percentage points" at token `k`.
fn percent(line: &Line<'_>, k: usize) -> Option<Unit> {
    let share = |name, next: usize| Some(Unit::new(Kind::Percent, name, next, line.end(next - 1)));
    // A difference of shares is no share: as basis points, it is a measure.
    let points = |next: usize| Some(Unit::new(Kind::Quantity, "percentage point", next, line.end(next - 1)));
    match &*lower(line.word(k)) {
        "per" if line.joined(k + 1) && matches!(&*lower(line.word(k + 1)), "cent" | "cents") => {
            share("%", k + 2)
        }
        "percent" | "pct" | "pc" | "percents" => {
            let point = line.joined(k + 1) && matches!(&*lower(line.word(k + 1)), "point" | "points");
            if point { points(k + 2) } else { share("%", k + 1) }
        }
        "percentage" if line.joined(k + 1) && matches!(&*lower(line.word(k + 1)), "point" | "points") => {
            points(k + 2)
        }
        // "eight percentage" at the end of a clause
        "percentage" if !line.joined(k + 1) => share("%", k + 1),
        _ => None,
    }
}

/// A measure at token `k`; a single letter only after `digits`.
fn measure(line: &Line<'_>, k: usize, digits: bool) -> Option<Unit> {
    let surface = line.word(k);
    if matches!(surface, "lb" | "lbs" | "pound")
        && line.join(k + 1) == Join::Hyphen
        && matches!(line.word(k + 1), "ft" | "feet" | "foot")
    {
        return Some(Unit::new(Kind::Quantity, "pound-foot", k + 2, line.end(k + 1)));
    }
    let quantity = |name, next: usize| Some(Unit::new(Kind::Quantity, name, next, line.end(next - 1)));
    if let Some(name) = row(&SIGNS, surface) {
        let letter = surface.len() == 1;
        let fits = !letter
            || digits
                && matches!(surface, "C" | "F" | "W" | "V" | "m" | "g" | "L")
                && letter_stands_alone(line, k);
        return if fits { quantity(name, k + 1) } else { None };
    }
    let word = lower(surface);
    if let "square" | "sq" | "cubic" | "cu" = &*word {
        let after = if line.gap(k + 1) == ". " || line.joined(k + 1) { k + 1 } else { return None };
        let base = unit_word(line, after)?;
        let power = if word.starts_with('s') { "square" } else { "cubic" };
        return Some(Unit {
            kind: Kind::Quantity,
            name: Cow::Owned(format!("{power} {base}")),
            next: after + 1,
            end: line.end(after),
            plus: 0.0,
        });
    }
    let base = name_of(&word);
    if line.joined(k + 1) || line.gap(k + 1) == "-" {
        let second = lower(line.word(k + 1));
        let first = if &*word == "degrees" { "degree" } else { base.unwrap_or(&word) };
        let second = name_of(&second).filter(|n| !n.starts_with("degree")).unwrap_or(&second);
        let second = second.strip_suffix('s').filter(|s| s.len() > 3 && *s != "celsiu").unwrap_or(second);
        if among(&PAIRED, first)
            && let Ok(at) = PAIRS.binary_search_by(|row| (row.0, row.1).cmp(&(first, second)))
        {
            return quantity(PAIRS[at].2, k + 2);
        }
    }
    let name = base?;
    // "two second-half goals", "a second term"
    if &*word == "second" && line.join(k) == Join::Space && (!digits || line.join(k + 1) == Join::Hyphen) {
        return None;
    }
    quantity(name, k + 1)
}

/// Whether a letter after a figure is a sign and not the beginning of something: "5 F Block", "24 L-2".
fn letter_stands_alone(line: &Line<'_>, k: usize) -> bool {
    line.join(k) == Join::Space
        && line.join(k + 1) != Join::Hyphen
        && !matches!(line.gap(k + 1), "'" | "’")
        && !(line.join(k + 1) == Join::Space && super::line::is_capital(line.word(k + 1)))
}

/// The canonical name of the unit at token `k`, a sign or a name.
fn unit_word(line: &Line<'_>, k: usize) -> Option<&'static str> {
    row(&SIGNS, line.word(k)).or_else(|| name_of(&lower(line.word(k))))
}

/// What may follow a measure: "per hour", "-old", the inches after feet.
fn finish(line: &Line<'_>, unit: Unit) -> Unit {
    if unit.kind == Kind::Money {
        return money::rate_of_money(line, unit);
    }
    if unit.kind != Kind::Quantity {
        return unit;
    }
    if is_duration(&unit.name)
        && let Some(next) = age(line, unit.next)
    {
        let name = Cow::Owned(format!("{} of age", unit.name));
        return Unit { name, next, end: line.end(next - 1), ..unit };
    }
    if &*unit.name == "foot"
        && let Some((inches, next)) = inches(line, unit.next)
    {
        return Unit { plus: inches / 12.0, next, end: line.end(next - 1), ..unit };
    }
    match per(line, &unit) {
        Some((under, next)) => {
            let name = Cow::Owned(format!("{} per {under}", unit.name));
            Unit { name, next, end: line.end(next - 1), ..unit }
        }
        None => unit,
    }
}

/// "old", "of age" after a duration.
fn age(line: &Line<'_>, k: usize) -> Option<usize> {
    if !line.joined(k) {
        return None;
    }
    match &*lower(line.word(k)) {
        "old" | "olds" => Some(k + 1),
        "of" if line.follows(k + 1, "age") => Some(k + 2),
        _ => None,
    }
}

/// The inches of "5 feet 2 inches", "6ft 2in", "6-foot-2".
fn inches(line: &Line<'_>, k: usize) -> Option<(f64, usize)> {
    let at = if line.follows(k, "and") { k + 1 } else { k };
    let word = line.word(at);
    let digits = super::value::scan(word.as_bytes()).filter(|d| d.plain > 0 && d.value < 12.0)?;
    let suffix = word.get(digits.len..)?;
    match (line.join(at), suffix) {
        (Join::Hyphen, "") if at == k => Some((digits.value, at + 1)),
        (Join::Space, "in" | "ins") => Some((digits.value, at + 1)),
        (Join::Space | Join::Hyphen, "") => {
            let named = line.joined(at + 1) && matches!(&*lower(line.word(at + 1)), "in" | "inch" | "inches");
            // "5 feet 2 in March" is not likely, "6 feet 2 in front" neither
            named.then_some((digits.value, at + 2))
        }
        _ => None,
    }
}

/// What the measure is divided by: "per hour", "a day", "/h".
fn per(line: &Line<'_>, unit: &Unit) -> Option<(Cow<'static, str>, usize)> {
    let k = unit.next;
    let under = |at: usize| -> Option<(Cow<'static, str>, usize)> {
        let word = lower(line.word(at));
        if matches!(&*word, "square" | "sq" | "cubic") && line.join(at + 1) == Join::Space {
            let power = if word.starts_with('s') { "square" } else { "cubic" };
            return Some((Cow::Owned(format!("{power} {}", unit_word(line, at + 1)?)), at + 2));
        }
        Some((Cow::Borrowed(unit_word(line, at)?), at + 1))
    };
    if line.gap(k) == "/" {
        return under(k);
    }
    if !line.joined(k) || !line.joined(k + 1) {
        return None;
    }
    match &*lower(line.word(k)) {
        "per" => under(k + 1),
        // "a 40-barrel-a-day well" names a rate, "40 miles an hour" a speed; "40 barrels a day" are barrels
        "a" | "an"
            if !is_duration(&unit.name)
                && singular(line.word(k + 1)).eq_ignore_ascii_case(line.word(k + 1)) =>
        {
            let tied = line.join(k) == Join::Hyphen && line.join(k + 1) == Join::Hyphen;
            let speed = is_distance(&unit.name);
            under(k + 1).filter(|(name, _)| {
                is_duration(name) && (tied || speed && matches!(&**name, "second" | "minute" | "hour"))
            })
        }
        _ => None,
    }
}
