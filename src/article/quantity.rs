//! A number as prose states it: a value or an interval, how it is bounded, and of what.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How the text bounds the stated value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Modifier {
    /// Stated plainly: "400".
    Equal,
    /// "some 400", "about 400", "nearly 400"; also every vague interval: "dozens", "several hundred".
    About,
    /// "up to 400", "as many as 400".
    AtMost,
    /// "at least 400", "400 or more".
    AtLeast,
    /// "fewer than 400", "under 400".
    Below,
    /// "more than 400", "over 400".
    Above,
}

impl Modifier {
    /// The sign that stands for it in JSON and in readings: `=`, `~`, `<=`, `>=`, `<`, `>`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::About => "~",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::Above => ">",
        }
    }
}

/// Whether the text says that something rose or fell by the quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trend {
    /// "rose 5 %".
    Up,
    /// "fell by 40".
    Down,
}

impl Trend {
    /// `up` or `down`, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// A stated value or interval with its unit.
///
/// A bound keeps the stated value: "as many as 400" is `lo = hi = 400` with [`Modifier::AtMost`]. A vague figure is
/// an interval: "several hundred" is 200..=999. `lo <= hi`, both finite: [`Quantity::new`] sees to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Lowest value, inclusive, in `unit`.
    pub lo: f64,
    /// Highest value, inclusive, in `unit`; equal to `lo` for a single value.
    pub hi: f64,
    /// How the text bounds the value.
    pub modifier: Modifier,
    /// Whether something rose or fell by it.
    pub trend: Option<Trend>,
    /// ISO 4217 code for money, `%`, a unit's canonical name (`kilometre`), or the counted noun's lemma (`national`).
    pub unit: Option<Cow<'static, str>>,
}

impl Quantity {
    /// A quantity from `lo` to `hi`; `None` unless both are finite and in order.
    pub fn new(
        lo: f64,
        hi: f64,
        modifier: Modifier,
        trend: Option<Trend>,
        unit: Option<Cow<'static, str>>,
    ) -> Option<Self> {
        (lo.is_finite() && hi.is_finite() && lo <= hi).then_some(Self { lo, hi, modifier, trend, unit })
    }

    /// Whether it is one value, stated without "about" or a bound.
    pub fn is_exact(&self) -> bool {
        self.modifier == Modifier::Equal && self.lo.total_cmp(&self.hi).is_eq()
    }

    /// Whether the value lies in `lo..=hi`, or the interval overlaps it.
    ///
    /// ```
    /// use dateline::article::{Modifier, Quantity};
    /// let dozens = Quantity::new(24.0, 99.0, Modifier::About, None, None).unwrap();
    /// assert!(dozens.overlaps(90.0, 200.0) && !dozens.overlaps(100.0, 200.0));
    /// ```
    pub fn overlaps(&self, lo: f64, hi: f64) -> bool {
        self.lo <= hi && lo <= self.hi
    }

    /// The reading as people see it beside a snippet: `~400 national`, `200..999`, `>1,000,000,000 USD`.
    pub fn reading(&self) -> String {
        let sign = if self.modifier == Modifier::Equal { "" } else { self.modifier.sign() };
        let value = if self.lo.total_cmp(&self.hi).is_eq() {
            format!("{sign}{}", grouped(self.lo))
        } else {
            format!("{}..{}", grouped(self.lo), grouped(self.hi))
        };
        match &self.unit {
            Some(unit) => format!("{value} {unit}"),
            None => value,
        }
    }
}

/// A number with commas between its thousands and at most six decimals.
pub(crate) fn grouped(number: f64) -> String {
    let plain = if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.6}") };
    let plain = if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { &plain };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        for (number, shown) in [
            (0.0, "0"),
            (400.0, "400"),
            (-1234.5, "-1,234.5"),
            (2.5e9, "2,500,000,000"),
            (1.0 / 3.0, "0.333333"),
            (8.1, "8.1"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
