//! One figure with its sign, its magnitude and the currency written before it; units that follow come later.

use super::line::{Join, Line};
use super::value::{magnitude, scan, suffix, vulgar_fraction};
use super::words::Form;
use super::{prefix, spelled};
use crate::names::unit::table::{DOLLARS, WEAK_PREFIXES};
use crate::names::wordlist::row;

/// A figure as it stands in a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount<'a> {
    pub(super) lo: f64,
    pub(super) hi: f64,
    /// First token, and the one past the last.
    pub(super) first: usize,
    pub(super) next: usize,
    /// Bytes of the text: sign and currency in front included, the letters of `suffix` left out.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: Form,
    /// Whether a magnitude was read: "40bn", "4 million".
    pub(super) scaled: bool,
    /// Letters that touch the figure and are no certain magnitude: a unit, "m", or an identifier's.
    pub(super) suffix: &'a str,
    /// ISO 4217 code of the currency written before the figure.
    pub(super) currency: Option<&'static str>,
    /// Whether a plus sign stands before it: "+0.2%".
    pub(super) plus: bool,
    /// How many digits, if it is an integer in digits without separators, magnitude or sign; otherwise 0.
    pub(super) plain: usize,
}

impl Amount<'_> {
    /// Multiplies the figure.
    pub(super) fn scale(&mut self, by: f64) {
        self.lo = times(self.lo, by);
        self.hi = times(self.hi, by);
        self.scaled = true;
        self.plain = 0;
    }
}

/// `value` times a magnitude; where the product is an integer but for the rounding of a decimal fraction, that
/// integer: 2.05 trillion is 2,050,000,000,000.
pub(super) fn times(value: f64, by: f64) -> f64 {
    let product = value * by;
    let whole = product.round();
    if (product - whole).abs() <= 4.0 * f64::EPSILON * product.abs() { whole } else { product }
}

/// Reads the figure at token `i`; with `until_and` it ends before any "and".
pub(super) fn read<'a>(line: &Line<'a>, i: usize, until_and: bool) -> Option<Amount<'a>> {
    let word = line.word(i);
    let mut amount = match word.as_bytes().first()? {
        b if b.is_ascii_digit() => figure(line, i, 0)?,
        b if b.is_ascii_uppercase() => match lettered(line, i) {
            Some(amount) => amount,
            None => spelled(line, i, until_and)?,
        },
        b if b.is_ascii() => spelled(line, i, until_and)?,
        _ => bare_fraction(line, i)?,
    };
    prefix::before(line, &mut amount);
    Some(amount)
}

fn spelled<'a>(line: &Line<'a>, i: usize, until_and: bool) -> Option<Amount<'a>> {
    let number = spelled::read(line, i, until_and)?;
    Some(Amount {
        lo: number.lo,
        hi: number.hi,
        first: number.first,
        next: number.next,
        start: line.start(number.first),
        end: line.end(number.next - 1),
        form: number.form,
        scaled: number.lo >= 1e6 || says_magnitude(line, number.next - 1),
        suffix: "",
        currency: None,
        plus: false,
        plain: 0,
    })
}

/// Whether the last word of a number, at token `last`, is a magnitude as figures have them: "half a million".
fn says_magnitude(line: &Line<'_>, last: usize) -> bool {
    magnitude(line.word(last)).is_some_and(|by| by >= 1e5)
}

/// `½` as a token of its own.
fn bare_fraction<'a>(line: &Line<'a>, i: usize) -> Option<Amount<'a>> {
    let mut chars = line.word(i).chars();
    let value = vulgar_fraction(chars.next()?)?;
    let suffix = chars.as_str();
    Some(Amount {
        lo: value,
        hi: value,
        first: i,
        next: i + 1,
        start: line.start(i),
        end: line.end(i) - suffix.len(),
        form: Form::Fraction,
        scaled: false,
        suffix,
        currency: None,
        plus: false,
        plain: 0,
    })
}

/// A figure with a currency's letters run into it: "RM23.50", "$US5", `USD10m`.
fn lettered<'a>(line: &Line<'a>, i: usize) -> Option<Amount<'a>> {
    let word = line.word(i);
    let length = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    if length == 0 || length > 4 || !word.as_bytes().get(length)?.is_ascii_digit() {
        return None;
    }
    let letters = word.get(..length)?;
    let amount = |currency| {
        let mut amount = figure(line, i, length)?;
        amount.currency = Some(currency);
        amount.plain = 0;
        Some(amount)
    };
    if line.gap(i).ends_with('$') {
        return amount(row(&DOLLARS, letters)?);
    }
    if let Some(currency) = prefix::currency(letters) {
        return amount(currency);
    }
    let amount = amount(row(&WEAK_PREFIXES, letters)?)?;
    let separated = word.contains(',') || length > 1 && word.bytes().filter(u8::is_ascii_digit).count() > 3;
    (amount.scaled || separated || matches!(amount.suffix, "m" | "b")).then_some(amount)
}

/// The figure in token `i` from its byte `skip` on.
fn figure<'a>(line: &Line<'a>, i: usize, skip: usize) -> Option<Amount<'a>> {
    let word = line.word(i).get(skip..)?;
    let digits = scan(word.as_bytes())?;
    let start = line.start(i);
    let rest = word.get(digits.len..)?;
    let mut amount = Amount {
        lo: digits.value,
        hi: digits.value,
        first: i,
        next: i + 1,
        start,
        end: line.end(i) - rest.len(),
        form: Form::Digits,
        scaled: false,
        suffix: rest,
        currency: None,
        plus: false,
        plain: if skip == 0 { digits.plain } else { 0 },
    };
    if let Some(half) = rest.chars().next().and_then(vulgar_fraction) {
        amount.lo += half;
        let after = rest.len() - rest.chars().next().map_or(0, char::len_utf8);
        amount.end = line.end(i) - after;
        amount.suffix = rest.get(rest.len() - after..)?;
        amount.plain = 0;
    } else if rest.is_empty() {
        if line.word(i + 1).starts_with(|c: char| c.is_ascii_digit()) {
            groups(line, &mut amount, word);
            fraction(line, &mut amount);
        }
    } else if let Some(by) = suffix(rest) {
        amount.scale(by);
        amount.suffix = "";
        amount.end = line.end(i);
    }
    if amount.suffix.is_empty() {
        power_of_ten(line, &mut amount);
        magnitudes(line, &mut amount);
    }
    amount.hi = amount.lo;
    // ".5": the tokeniser left the point outside.
    let gap = line.gap(i);
    if skip == 0
        && amount.next == i + 1
        && digits.plain > 0
        && let Some(before) = gap.strip_suffix('.')
        && (before.ends_with([' ', '$', '£', '€', '(', '-']) || before.is_empty() && i == 0)
    {
        let places = i32::try_from(digits.plain).unwrap_or(i32::MAX);
        let whole = digits.value / 10_f64.powi(places);
        let by = if digits.value > 0.0 { amount.lo / digits.value } else { 1.0 };
        (amount.lo, amount.hi, amount.plain) = (whole * by, whole * by, 0);
        amount.start -= 1;
    }
    Some(amount)
}

/// Joins groups of digits that the tokeniser parts: "1,00,000" (Indian) and "40 000".
fn groups(line: &Line<'_>, amount: &mut Amount<'_>, word: &str) {
    if amount.plain == 0 || amount.plain > 3 || word.starts_with('0') {
        return;
    }
    let i = amount.first;
    let mut value = amount.lo;
    let mut next = i + 1;
    if amount.plain <= 2 {
        while line.gap(next) == "," && line.word(next).len() == 2 && super::line::is_digits(line.word(next)) {
            value = value * 100.0 + scan(line.word(next).as_bytes()).map_or(0.0, |d| d.value);
            next += 1;
        }
        let last = line.word(next).as_bytes();
        if line.gap(next) == ","
            && matches!(last, [a, b, b',', rest @ ..] if a.is_ascii_digit() && b.is_ascii_digit() && rest.len() == 3)
            && let Some(last) = scan(last)
        {
            amount.lo = value * 100_000.0 + last.value;
            amount.next = next + 1;
        }
    }
    if amount.next == i + 1 {
        value = amount.lo;
        next = i + 1;
        while line.word(next).len() == 3
            && super::line::is_digits(line.word(next))
            && matches!(line.gap(next), " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
            && (line.gap(next) != " " || line.word(next) == "000" || next > i + 1)
        {
            value = value * 1000.0 + scan(line.word(next).as_bytes()).map_or(0.0, |d| d.value);
            next += 1;
        }
        if next > i + 1 {
            amount.lo = value;
            amount.next = next;
        }
    }
    if amount.next > i + 1 {
        amount.plain = 0;
        amount.end = line.end(amount.next - 1);
    }
}

/// "1/4", "10 1/2", "3-1/2".
fn fraction(line: &Line<'_>, amount: &mut Amount<'_>) {
    let part = |k: usize| -> Option<f64> {
        let (over, under) = (line.word(k), line.word(k + 1));
        let digits = |word: &str| scan(word.as_bytes()).filter(|d| d.plain == word.len() && d.plain <= 3);
        let by = digits(under)?;
        let slash = matches!(line.gap(k + 1), "/" | "\u{2044}") && !line.gap(k + 2).starts_with('/');
        let usual = matches!(by.plain, 1..=3) && DENOMINATORS.contains(&under);
        (slash && usual).then(|| {
            digits(over).filter(|d| d.value < by.value && d.value > 0.0).map(|d| d.value / by.value)
        })?
    };
    let i = amount.first;
    if amount.plain == 0 || amount.next != i + 1 {
        return;
    }
    if let Some(value) = part(i) {
        amount.lo = value;
        amount.form = Form::Fraction;
        amount.next = i + 2;
    } else if let Some(value) = line.joined(i + 1).then(|| part(i + 1)).flatten() {
        amount.lo += value;
        amount.next = i + 3;
    } else {
        return;
    }
    amount.plain = 0;
    amount.end = line.end(amount.next - 1);
}

/// Fractions are written over these; "9/11" and "24/7" are none.
const DENOMINATORS: &[&str] = &["2", "3", "4", "5", "8", "16", "32", "64", "128"];

/// "1.3×10^6", "6.0 × 10−24", "5 x 10^9".
fn power_of_ten(line: &Line<'_>, amount: &mut Amount<'_>) {
    let mut k = amount.next;
    let by_letter = line.word(k) == "x" && line.gap(k) == " " && line.gap(k + 1) == " ";
    k += usize::from(by_letter);
    if line.word(k) != "10" || !by_letter && !matches!(line.gap(k), "×" | " × " | "·") {
        return;
    }
    let negative = match line.gap(k + 1) {
        "^" => false,
        "-" | "–" if by_letter => return, // "2 x 10-20 kg"

        "−" | "-" | "^-" | "^−" | "–" => true,
        _ => return,
    };
    if let Some(exponent) =
        scan(line.word(k + 1).as_bytes()).filter(|d| d.plain == line.word(k + 1).len() && d.plain <= 2)
    {
        let by = 10_f64.powf(if negative { -exponent.value } else { exponent.value });
        amount.scale(by);
        amount.next = k + 2;
        amount.end = line.end(k + 1);
    }
}

/// What is added to a figure whose magnitude is `scale`: "2 crore 50 lakh", "4 thousand 3 hundred and 20", "3 million
/// and a half".
fn smaller(line: &Line<'_>, amount: &mut Amount<'_>, mut scale: f64) {
    while line.join(amount.next) == Join::Space
        && let Some(digits) = whole(line.word(amount.next))
        && line.join(amount.next + 1) == Join::Space
        && let Some(by) = magnitude(line.word(amount.next + 1))
        && digits * by < scale
    {
        amount.lo += digits * by;
        amount.next += 2;
        scale = by;
    }
    if (scale - 100.0).abs() < 0.5
        && line.follows(amount.next, "and")
        && line.join(amount.next + 1) == Join::Space
        && let Some(digits) = whole(line.word(amount.next + 1)).filter(|digits| *digits < 100.0)
    {
        amount.lo += digits;
        amount.next += 2;
    } else if scale.is_finite()
        && let Some((half, next)) = spelled::and_a_half(line, amount.next)
        && (half - 0.5).abs() < 1e-9
        && magnitude(line.word(next)).is_none()
    {
        amount.lo += half * scale;
        amount.next = next;
    }
    amount.end = line.end(amount.next - 1);
}

/// The value of a word of at most three digits.
fn whole(word: &str) -> Option<f64> {
    scan(word.as_bytes()).filter(|d| d.plain == word.len() && d.plain <= 3).map(|d| d.value)
}

/// "4.5 million", "5-billion", "3 lakh crore", "2 and a half million".
fn magnitudes(line: &Line<'_>, amount: &mut Amount<'_>) {
    if amount.form == Form::Digits
        && amount.plain > 0
        && let Some((half, next)) = spelled::and_a_half(line, amount.next)
    {
        amount.lo += half;
        amount.plain = 0;
        amount.next = next;
        amount.end = line.end(next - 1);
    }
    let mut last = f64::INFINITY;
    while line.joined(amount.next)
        && let Some(by) = magnitude(line.word(amount.next))
    {
        amount.scale(by);
        amount.next += 1;
        amount.end = line.end(amount.next - 1);
        last = by;
    }
    if amount.scaled {
        smaller(line, amount, last);
    }
    if amount.form == Form::Digits
        && amount.plain > 0
        && line.word(amount.next).eq_ignore_ascii_case("out")
        && let Some((whole, next)) = spelled::out_of(line, amount.lo, amount.next)
    {
        amount.lo /= whole;
        amount.plain = 0;
        amount.form = Form::Fraction;
        amount.next = next;
        amount.end = line.end(next - 1);
    }
}
