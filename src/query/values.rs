//! Numbers and dates as people write them: `1,000`, `1.2m`, `$40bn`, `8%`, `5 km`, `2025-09`.
//!
//! [`number`] reads what is written and knows no field; [`scalar`] reads a value of a field or slot and says what is
//! wrong with it.

use super::ast::{Scalar, ScalarValue};
use super::currency;
use super::fault::Fault;
use super::fields::{Class, FieldName};
use super::show::Shown;
use crate::article::{Kind, Span};
use crate::text::date;

/// A number and what is written with it.
#[derive(Debug, Clone, PartialEq)]
struct Number<'a> {
    /// Multipliers worked in.
    value: f64,
    unit: Unit<'a>,
    /// The letter directly behind the digits that was read as a multiplier and may be a unit (`5m`), with the factor.
    letter: Option<(&'a str, f64)>,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq)]
enum Unit<'a> {
    None,
    Percent,
    /// ISO 4217.
    Currency(&'static str),
    /// Anything else; whether white space stands before it.
    Other(&'a str, bool),
}

/// Factors by the words that stand for them, any case.
const MULTIPLIERS: [(&str, f64); 29] = [
    ("k", 1e3),
    ("thousand", 1e3),
    ("thousands", 1e3),
    ("hundred", 1e2),
    ("hundreds", 1e2),
    ("lakh", 1e5),
    ("lakhs", 1e5),
    ("crore", 1e7),
    ("crores", 1e7),
    ("m", 1e6),
    ("mn", 1e6),
    ("mln", 1e6),
    ("mio", 1e6),
    ("mil", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("b", 1e9),
    ("bn", 1e9),
    ("bln", 1e9),
    ("mrd", 1e9),
    ("billion", 1e9),
    ("billions", 1e9),
    ("t", 1e12),
    ("tn", 1e12),
    ("trn", 1e12),
    ("trln", 1e12),
    ("trillion", 1e12),
    ("trillions", 1e12),
    ("quadrillion", 1e15),
];

/// The factor that `word` stands for.
pub(super) fn multiplier(word: &str) -> Option<f64> {
    MULTIPLIERS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, factor)| *factor)
}

/// Whether `word`, left behind a number by itself, was surely meant as a part of its value.
pub(super) fn belongs_to_a_number(word: &str) -> bool {
    (word.len() > 1 && multiplier(word).is_some()) || percent(word) || word == "%"
}

fn percent(unit: &str) -> bool {
    ["%", "percent", "per cent", "pct", "pc"].iter().any(|known| unit.eq_ignore_ascii_case(known))
}

/// The number that `text` is, whole: sign, currency, digits, multiplier, unit.
fn number(text: &str) -> Option<Number<'_>> {
    let (negative, rest) = sign(text.trim());
    let (currency, rest) = match currency::at_start(rest) {
        Some((code, rest)) => (Some(code), rest.trim_start()),
        None => (None, rest),
    };
    let (negative_inside, rest) = if currency.is_some() { sign(rest) } else { (false, rest) };
    if negative && negative_inside {
        return None;
    }
    let (digits, rest) = split_digits(rest)?;
    let plain: String = digits.chars().filter(|c| *c != ',').collect();
    let stated: f64 = plain.parse().ok()?;
    let behind = rest.trim_start();
    let word_end = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
    let (word, after) = behind.split_at_checked(word_end)?;
    let (factor, letter, rest) = match multiplier(word) {
        Some(factor) => {
            let may_be_unit = rest.len() == behind.len() && matches!(word, "m" | "t" | "M" | "T");
            (factor, may_be_unit.then_some((word, factor)), after)
        }
        None => (1.0, None, rest),
    };
    let unit = match (currency, rest.trim()) {
        (None, "") => Unit::None,
        (Some(code), "") => Unit::Currency(code),
        (None, unit) if percent(unit) => Unit::Percent,
        (currency, unit) => match currency::by_name(unit) {
            Some(code) if currency.is_none_or(|stated| stated == code) => Unit::Currency(code),
            _ if currency.is_some() => return None,
            _ if unit.starts_with(char::is_alphabetic) || unit.starts_with('°') => {
                Unit::Other(unit, rest.starts_with(char::is_whitespace))
            }
            _ => return None,
        },
    };
    let value = if negative || negative_inside { -stated * factor } else { stated * factor };
    value.is_finite().then_some(Number { value, unit, letter })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The digits that `text` begins with, with commas between groups of three, decimals and exponent, and what is
/// behind them; `None` if there are none or the groups are wrong.
fn split_digits(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes.get(from..).map_or(0, |b| b.iter().take_while(|b| b.is_ascii_digit()).count());
    let mut at = digits(0);
    if bytes.get(at) == Some(&b',') {
        if !(1..=3).contains(&at) {
            return None;
        }
        while bytes.get(at) == Some(&b',') {
            if digits(at + 1) != 3 {
                return None;
            }
            at += 4;
        }
    }
    if bytes.get(at) == Some(&b'.') {
        let decimals = digits(at + 1);
        if decimals == 0 {
            return None;
        }
        at += 1 + decimals;
    }
    if at == 0 || matches!(bytes.get(at), Some(b'.' | b',')) {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'+')));
        let exponent = digits(at + 1 + signed);
        if exponent > 0 {
            at += 1 + signed + exponent;
        }
    }
    text.split_at_checked(at)
}

/// What is being read, so that a message can say what to write instead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// What its values are.
    pub(super) class: Class,
    /// The field's or slot kind's name.
    pub(super) name: &'static str,
    /// The unit that the field states: `money.USD`.
    pub(super) unit: Option<&'a str>,
    /// Whether it is a slot, for the form of examples.
    pub(super) slot: bool,
}

impl Target<'_> {
    /// The target for a field without parts.
    pub(super) fn field(name: FieldName) -> Target<'static> {
        Target { class: name.class(), name: name.name(), unit: None, slot: false }
    }

    /// The range from `lo` to `hi`, as it is written here.
    pub(super) fn range(self, lo: &str, hi: &str) -> String {
        let (name, lo, hi) = (self.name, Shown::of(lo.trim()), Shown::of(hi.trim()));
        let (lo, hi) = (lo.bare(), hi.bare());
        if self.slot { format!("{{{name} {lo}..{hi}}}") } else { format!("{name}:[{lo} TO {hi}]") }
    }

    /// What to write instead of a range that cannot be read.
    pub(super) fn example(self) -> String {
        let name = self.name;
        let (lo, hi, bound) = match self.class {
            Class::Numeric(Kind::Money) => ("$1m", "$2bn", "$1bn"),
            Class::Numeric(Kind::Percent) => ("5%", "10%", "8%"),
            Class::Numeric(_) => ("100", "500", "100"),
            Class::Date => ("2025-01", "2025-03", "2025-09-01"),
            _ => ("a", "f", "m"),
        };
        let range = self.range(lo, hi);
        if self.slot {
            format!("{range} or {{{name} >={bound}}}")
        } else {
            format!("{range} or {name}:>={bound}")
        }
    }
}

/// The value `text` of `target`; `note` is given what should be said about a value that can be read.
pub(super) fn scalar(
    text: &str,
    span: Span,
    target: Target<'_>,
    in_range: bool,
    note: &mut impl FnMut(Fault, Span),
) -> Result<Scalar, Fault> {
    let value = match target.class {
        Class::Numeric(kind) => {
            let stated = number(text).ok_or_else(|| Fault::NotANumber {
                text: Shown::of(text),
                in_range,
                help: number_help(text, target, in_range),
            })?;
            let mut ambiguous = |fault| note(fault, span);
            numeric(&stated, kind, text, target, &mut ambiguous)?
        }
        Class::Date => {
            let (from, to) = date::parse_interval(text).filter(|(from, to)| from < to).ok_or_else(|| {
                Fault::NotADate { text: Shown::of(text), in_range, help: date_help(text, target) }
            })?;
            ScalarValue::Date { from, to }
        }
        _ => ScalarValue::Text,
    };
    Ok(Scalar { text: text.to_owned(), value, span })
}

/// Fits a number to the kind that is asked for.
fn numeric(
    stated: &Number<'_>,
    kind: Kind,
    text: &str,
    target: Target<'_>,
    note: &mut impl FnMut(Fault),
) -> Result<ScalarValue, Fault> {
    let wrong = |found, field: &str, slot: &str| Fault::WrongUnit {
        text: Shown::of(text),
        found,
        field: target.name,
        holds: match kind {
            Kind::Money => "amounts of money",
            Kind::Percent => "percentages",
            Kind::Quantity => "measures",
            _ => "plain numbers",
        },
        instead: if target.slot { slot } else { field }.to_owned(),
    };
    let mut value = stated.value;
    let unit = match (kind, &stated.unit) {
        (_, Unit::None) => match stated.letter {
            // Metres and tonnes are likelier than millions and trillions where a unit must be meant.
            Some((letter, factor)) if kind == Kind::Quantity && target.unit.is_none() => {
                value = stated.value / factor;
                let read = if letter.eq_ignore_ascii_case("m") { "metres" } else { "tonnes" };
                let (not, instead) =
                    if letter.eq_ignore_ascii_case("m") { ("millions", "mn") } else { ("trillions", "tn") };
                let digits = text.strip_suffix(letter).unwrap_or(text);
                note(Fault::AmbiguousUnit {
                    text: Shown::of(text),
                    read: format!("{value} {read}"),
                    not,
                    instead: format!("{}{instead}", Shown::of(digits).bare()),
                });
                Some(letter.to_owned())
            }
            _ => None,
        },
        (Kind::Percent, Unit::Percent) => None,
        (Kind::Money, Unit::Currency(code)) => {
            if let Some(field) = target.unit.filter(|unit| unit != code) {
                return Err(Fault::UnitsDiffer { one: Shown::of(field), other: Shown::of(code) });
            }
            Some((*code).to_owned())
        }
        (_, Unit::Percent) => {
            return Err(wrong("a percentage", "percent:8% or percent:[5 TO 10]", "{percent 5..10}"));
        }
        (_, Unit::Currency(_)) => {
            return Err(wrong("an amount of money", "money:$40bn or money.USD:[1bn TO *]", "{money >$1bn}"));
        }
        (Kind::Quantity, Unit::Other(unit, _)) | (Kind::Number, Unit::Other(unit, true)) => {
            Some((*unit).to_owned())
        }
        (Kind::Money, Unit::Other(..)) => {
            return Err(wrong(
                "not in a currency",
                "money:$40bn or money:\"40bn EUR\"",
                "{money >$1bn} or {money 1..2bn EUR}",
            ));
        }
        (Kind::Percent, Unit::Other(..)) => {
            return Err(wrong("not a percentage", "percent:8%", "{percent >8%}"));
        }
        (_, Unit::Other(..)) => {
            return Err(wrong(
                "a measure",
                "quantity:5km or number:\"400 people\"",
                "{quantity 5..10 km} or {number >400 people}",
            ));
        }
    };
    Ok(ScalarValue::Number { value, unit })
}

/// What to write instead of `text`, which is no number.
fn number_help(text: &str, target: Target<'_>, in_range: bool) -> String {
    // 100-500: two numbers
    for sign in ["...", "–", "-", "/"] {
        if let Some((lo, hi)) = text.split_once(sign)
            && !in_range
            && let (Some(a), Some(b)) = (number(lo), number(hi))
            && a.value <= b.value
        {
            return target.range(lo, hi);
        }
    }
    target.example()
}

/// What to write instead of `text`, which is no date.
fn date_help(text: &str, target: Target<'_>) -> String {
    let name = target.name;
    if let Some(begin) = text.split_once('*').map(|(begin, _)| begin.trim_end_matches(['-', '/']))
        && date::parse_interval(begin).is_some()
    {
        return format!("{name}:{begin} stands for all of it");
    }
    const RELATIVE: [&str; 13] = [
        "last",
        "past",
        "next",
        "this",
        "today",
        "yesterday",
        "tomorrow",
        "now",
        "week",
        "month",
        "year",
        "day",
        "ago",
    ];
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    if words.any(|word| RELATIVE.contains(&word)) {
        return format!(
            "dates that depend on today are not read; write 2025, 2025-09 or 2025-09-01: {}",
            target.example()
        );
    }
    format!("dates are written 2025, 2025-09 or 2025-09-01: {}", target.example())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<f64> {
        number(text).map(|number| number.value)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("400", 400.0),
            ("1,000", 1e3),
            ("12,345,678.5", 12_345_678.5),
            ("1.2m", 1.2e6),
            ("40bn", 40e9),
            ("40 BN", 40e9),
            ("$40bn", 40e9),
            ("-$5", -5.0),
            ("$-5", -5.0),
            ("−5", -5.0),
            ("+5", 5.0),
            (".5", 0.5),
            ("1e6", 1e6),
            ("1E-2", 0.01),
            ("5k", 5e3),
            ("two", f64::NAN),
            ("1.2 million", 1.2e6),
            ("3 crore", 3e7),
            ("8%", 8.0),
            ("8 per cent", 8.0),
            ("5eur", 5.0),
            ("US$ 1.5 billion", 1.5e9),
            ("1.5tn yen", 1.5e12),
            ("5 km/h", 5.0),
            ("20°C", 20.0),
        ] {
            assert_eq!(value(text), Some(expected).filter(|v| !v.is_nan()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        for text in [
            "",
            "-",
            "$",
            "abc",
            "1,00",
            "1,0000",
            "1000,000",
            "1.000.000",
            "1.",
            "1..2",
            "--5",
            "-$-5",
            "5-6",
            "1e999",
            "$5 a barrel",
            "$5 EUR",
            "5%%",
            "5 %x",
            "NaN",
            "inf",
            "0x10",
            "５",
            "1_000",
        ] {
            let read = number(text);
            assert!(read.as_ref().is_none_or(|n| matches!(n.unit, Unit::Other(..))), "{text}: {read:?}");
        }
    }

    #[test]
    fn the_unit_is_told_apart() {
        for (text, unit) in [
            ("40", Unit::None),
            ("€3m", Unit::Currency("EUR")),
            ("3m EUR", Unit::Currency("EUR")),
            ("3m€", Unit::Currency("EUR")),
            ("$3m USD", Unit::Currency("USD")),
            ("GBP 3m", Unit::Currency("GBP")),
            ("8 percent", Unit::Percent),
            ("5km", Unit::Other("km", false)),
            ("400 people", Unit::Other("people", true)),
            ("5m people", Unit::Other("people", true)),
            ("5 m²", Unit::Other("m²", true)),
        ] {
            assert_eq!(number(text).unwrap().unit, unit, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_with_separators_is_the_number(n in 0_u64..1_000_000_000_000, negative: bool) {
            let digits = n.to_string();
            let mut text = String::new();
            for (i, digit) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i) % 3 == 0 {
                    text.push(',');
                }
                text.push(digit);
            }
            let sign = if negative { -1.0 } else { 1.0 };
            let text = if negative { format!("-{text}") } else { text };
            prop_assert_eq!(value(&text), Some(sign * n as f64));
        }

        #[test]
        fn no_text_makes_the_reader_panic_or_give_what_is_not_finite(text in "[-+$€0-9.,eEmkbnt% ]{0,12}|\\PC{0,12}") {
            if let Some(read) = number(&text) {
                prop_assert!(read.value.is_finite());
            }
            for field in FieldName::ALL {
                let _ = scalar(&text, Span::new(0, text.len()), Target::field(field), false, &mut |_, _| {});
            }
        }
    }
}
