//! Figures: `1,200`, `3.5`, `40` of "40bn", and the magnitudes that multiply them.

use crate::names::wordlist::{Table, lower, row};

/// The digits that a token begins with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Digits {
    /// What they say.
    pub(super) value: f64,
    /// How many bytes of the token they take.
    pub(super) len: usize,
    /// How many digits, if they are an integer without separators; otherwise 0.
    pub(super) plain: usize,
}

/// Reads the digits at the beginning of `token`; `None` if there are none, or more than one number's worth
/// (`12.03.2025`).
///
/// A comma parts thousands, a full stop decimals, as English has it.
pub(super) fn scan(token: &[u8]) -> Option<Digits> {
    let digits_at =
        |at: usize| token.get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits_at(0);
    if whole == 0 {
        return None;
    }
    let mut len = whole;
    while token.get(len) == Some(&b',') {
        if whole > 3 || digits_at(len + 1) != 3 {
            return None;
        }
        len += 4;
    }
    let separated = len > whole;
    let mut decimals = 0;
    if token.get(len) == Some(&b'.') {
        decimals = digits_at(len + 1);
        if decimals == 0 {
            return None;
        }
        len += 1 + decimals;
    }
    if matches!(token.get(len), Some(b'.' | b',')) {
        return None;
    }
    let figures = &token[..len];
    Some(Digits {
        value: value_of(figures, decimals),
        len,
        plain: if separated || decimals > 0 { 0 } else { whole },
    })
}

/// The value of digits with separators, the last `decimals` of them after the point.
///
/// Up to 15 digits it is a quotient of two integers that a double holds exactly, hence the nearest double.
fn value_of(figures: &[u8], decimals: usize) -> f64 {
    let digits = figures.iter().filter(|b| b.is_ascii_digit());
    if figures.len() <= 16 && decimals <= 15 {
        let mut mantissa = 0_u64;
        for digit in digits {
            mantissa = mantissa * 10 + u64::from(digit - b'0');
        }
        return mantissa as f64 / POWERS[decimals];
    }
    let plain: String = figures.iter().filter(|b| **b != b',').map(|b| char::from(*b)).collect();
    plain.parse().unwrap_or(f64::INFINITY)
}

const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// What a figure's following word multiplies it by: `million`, `bn`, `lakh`, `dozen`.
pub(super) fn magnitude(word: &str) -> Option<f64> {
    row(&WORDS, &lower(word))
}

/// What the letters that touch a figure multiply it by: `40bn`, `10k`, `4.3M`. A small `m`, `b` or `t` is none, for
/// it may be metres, bits or tonnes: see [`money_magnitude`].
pub(super) fn suffix(letters: &str) -> Option<f64> {
    match letters {
        "k" | "K" => Some(1e3),
        "M" => Some(1e6),
        "B" => Some(1e9),
        _ if letters.len() >= 2 => row(&WORDS, &lower(letters)),
        _ => None,
    }
}

/// What a single letter multiplies an amount of money by: "$5m".
pub(super) fn money_magnitude(letters: &str) -> Option<f64> {
    match letters {
        "m" | "M" => Some(1e6),
        "b" | "B" => Some(1e9),
        "t" | "T" => Some(1e12),
        _ => None,
    }
}

/// All such words, sorted.
pub(super) static WORDS: Table<f64> = Table::new(&[
    ("billion", 1e9),
    ("bln", 1e9),
    ("bn", 1e9),
    ("crore", 1e7),
    ("crores", 1e7),
    ("dozen", 12.0),
    ("dozens", 12.0),
    ("hundred", 1e2),
    ("lac", 1e5),
    ("lacs", 1e5),
    ("lakh", 1e5),
    ("lakhs", 1e5),
    ("mil", 1e6),
    ("million", 1e6),
    ("mln", 1e6),
    ("mn", 1e6),
    ("quadrillion", 1e15),
    ("thousand", 1e3),
    ("tln", 1e12),
    ("tn", 1e12),
    ("trillion", 1e12),
    ("trn", 1e12),
]);

/// The value of a character such as `½`.
pub(super) fn vulgar_fraction(c: char) -> Option<f64> {
    Some(match c {
        '¼' => 0.25,
        '½' => 0.5,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn commas_part_thousands_and_a_full_stop_parts_decimals() {
        for (token, value, len) in
            [("1,200", 1200.0, 5), ("3.5m", 3.5, 3), ("12,345,678.9", 12_345_678.9, 12), ("40bn", 40.0, 2)]
        {
            let digits = scan(token.as_bytes()).unwrap();
            assert_eq!((digits.value, digits.len), (value, len), "{token}");
        }
    }

    #[test]
    fn what_is_more_than_one_number_is_none() {
        for token in ["12.03.2025", "2025,120", "x5", ""] {
            assert_eq!(scan(token.as_bytes()), None, "{token}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(WORDS.rows.is_sorted_by_key(|row| row.0));
    }

    proptest! {
        #[test]
        fn figures_have_the_value_that_the_standard_library_gives(figures in "[0-9]{1,12}(\\.[0-9]{1,12})?") {
            prop_assert_eq!(scan(figures.as_bytes()).unwrap().value, figures.parse::<f64>().unwrap());
        }
    }
}
