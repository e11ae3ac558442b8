//! Numbers as people write them: `1,000`, `1.2m`, `$40bn`, `8%`, `5 km`. Knows no field.

use super::currency;

/// A number and what is written with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number<'a> {
    /// Multipliers worked in.
    pub(super) value: f64,
    pub(super) unit: Unit<'a>,
    /// The letter directly behind the digits that was read as a multiplier and may be a unit (`5m`), with the factor.
    pub(super) letter: Option<(&'a str, f64)>,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit<'a> {
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
fn multiplier(word: &str) -> Option<f64> {
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
pub(super) fn number(text: &str) -> Option<Number<'_>> {
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
    }
}
