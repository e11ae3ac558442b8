//! Quantities as comparisons see them: a code of 44 bits that sorts as the numbers do.
//!
//! A code is the number's leading 40 bits (sign, exponent and 28
//! bits of the fraction, made monotone) above 4 bits of flags. So numbers are compared to 28 bits: whole
//! numbers below 536,870,912 exactly, any number to 8 significant digits. Everything that compares numbers in
//! dateline compares [`rounded`] ones, so that all faces give the same answer.

use std::ops::RangeInclusive;

use super::{Modifier, Quantity};

/// Bits of a code below the number.
const FLAG_BITS: u32 = 4;
const INTERVAL: u64 = 0b1000;
const MODIFIER: u64 = 0b0111;
/// Bits of a double that a code leaves out.
const CUT: u32 = 24;
const SIGN: u64 = 1 << 63;

/// The number as comparisons see it: its leading 40 bits, in a form that sorts as numbers do.
pub fn rounded(number: f64) -> u64 {
    let number = if number == 0.0 { 0.0 } else { number }; // -0 is 0
    let bits = number.to_bits();
    let monotone = if bits & SIGN == 0 { bits | SIGN } else { !bits };
    // To nearest, so that a decimal and its neighbours in the last place fall together.
    monotone.saturating_add(1 << (CUT - 1)) >> CUT
}

/// The code of a quantity, and the code of its upper end if it is an interval.
pub fn encode(quantity: &Quantity) -> (u64, Option<u64>) {
    let (lo, hi) = (rounded(quantity.lo), rounded(quantity.hi));
    let modifier = quantity.modifier as u64;
    if lo == hi {
        (lo << FLAG_BITS | modifier, None)
    } else {
        (lo << FLAG_BITS | INTERVAL | modifier, Some(hi))
    }
}

/// A range of numbers to test codes against, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeRange {
    lo: u64,
    hi: u64,
    exact: bool,
}

impl CodeRange {
    /// The numbers from `lo` to `hi`, each end included or not; `exact` leaves out what is vague or bounded.
    pub fn new(lo: (f64, bool), hi: (f64, bool), exact: bool) -> Self {
        let step = |included: bool| u64::from(!included);
        Self {
            lo: rounded(lo.0).saturating_add(step(lo.1)),
            hi: rounded(hi.0).saturating_sub(step(hi.1)),
            exact,
        }
    }

    /// Whether a code, with its upper end if it is an interval, is in the range or overlaps it.
    pub fn matches(&self, code: u64, upper: impl FnOnce() -> u64) -> bool {
        let lo = code >> FLAG_BITS;
        if code & INTERVAL == 0 {
            self.lo <= lo && lo <= self.hi && !(self.exact && code & MODIFIER != Modifier::Equal as u64)
        } else {
            !self.exact && lo <= self.hi && upper() >= self.lo
        }
    }

    /// The codes of what begins in the range.
    pub fn codes(&self) -> RangeInclusive<u64> {
        let end = self.hi << FLAG_BITS | INTERVAL | MODIFIER;
        self.lo << FLAG_BITS..=end
    }

    /// The upper ends of the intervals that reach into the range, or lie behind it.
    pub fn uppers(&self) -> RangeInclusive<u64> {
        self.lo..=u64::MAX
    }

    /// Whether what is vague or bounded is left out.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether a quantity is in the range or overlaps it, by the same comparison.
    pub fn matches_quantity(&self, quantity: &Quantity) -> bool {
        let (code, upper) = encode(quantity);
        self.matches(code, || upper.unwrap_or(code >> FLAG_BITS))
    }
}

/// The number that a rounded one stands for: whole below 536,870,912 as it was, any other to 8 significant digits.
///
/// ```
/// use dateline::article::code::{number, rounded};
/// assert_eq!(number(rounded(33.3)), 33.3);
/// assert_eq!(number(rounded(-1e9)), -1e9);
/// ```
pub fn number(rounded: u64) -> f64 {
    let monotone = rounded << CUT;
    let bits = if monotone & SIGN == 0 { (!monotone).wrapping_add(1) } else { monotone & !SIGN };
    let number = f64::from_bits(bits).clamp(f64::MIN, f64::MAX);
    if number.fract() == 0.0 && number.abs() < f64::from(1u32 << 29) {
        return number;
    }
    format!("{number:.7e}").parse().unwrap_or(number)
}

/// The number of a code, or where its interval begins.
pub fn lower(code: u64) -> f64 {
    number(code >> FLAG_BITS)
}

/// Whether a code stands for a single number that is stated plainly.
pub fn is_exact(code: u64) -> bool {
    code & (INTERVAL | MODIFIER) == Modifier::Equal as u64
}

/// Whether a code has an upper end in the second column.
pub fn is_interval(code: u64) -> bool {
    code & INTERVAL != 0
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quantity(lo: f64, hi: f64, modifier: Modifier) -> Quantity {
        Quantity::new(lo, hi, modifier, None, None).unwrap()
    }

    #[test]
    fn whole_numbers_are_compared_exactly_and_decimals_as_written() {
        for n in [0.0, 1.0, 120.0, 400.0, 16_777_217.0, 536_870_911.0] {
            assert!(rounded(n) < rounded(n + 1.0) && rounded(n) > rounded(n - 1.0), "{n}");
        }
        assert_eq!(rounded(0.1 + 0.2), rounded(0.3));
        assert!(rounded(33.3) < rounded(33.300_001));
        assert_eq!(rounded(-0.0), rounded(0.0));
    }

    #[test]
    fn an_interval_matches_what_it_overlaps_unless_only_exact_ones_are_asked_for() {
        let range = |lo, hi, exact| CodeRange::new((lo, true), (hi, true), exact);
        let dozens = quantity(24.0, 99.0, Modifier::About);
        assert!(range(90.0, 200.0, false).matches_quantity(&dozens));
        assert!(!range(100.0, 200.0, false).matches_quantity(&dozens));
        assert!(!range(1.0, 200.0, true).matches_quantity(&dozens));
        assert!(!range(1.0, 500.0, true).matches_quantity(&quantity(400.0, 400.0, Modifier::AtMost)));
    }

    #[test]
    fn an_open_end_leaves_out_its_own_number_only() {
        let over = CodeRange::new((400.0, false), (f64::INFINITY, true), false);
        assert!(!over.matches_quantity(&quantity(400.0, 400.0, Modifier::Equal)));
        assert!(over.matches_quantity(&quantity(401.0, 401.0, Modifier::Equal)));
    }

    #[test]
    fn a_number_is_told_from_its_code() {
        for n in
            [0.0, 0.1, 1.0, -1.0, 33.3, -2.5, 536_870_911.0, 1e12, 1.2e9, -4e15, 8.1, 99.99, 1e-9, -1e300]
        {
            let (code, _) = encode(&quantity(n, n, Modifier::Equal));
            assert!(lower(code).total_cmp(&n).is_eq() && is_exact(code), "{n}");
        }
        assert!(!is_exact(encode(&quantity(24.0, 99.0, Modifier::About)).0));
    }

    proptest! {
        #[test]
        fn a_number_is_told_to_eight_digits(n in -1e15..1e15_f64) {
            let told = number(rounded(n));
            prop_assert!((told - n).abs() <= n.abs() * 1e-7);
            prop_assert!(number(rounded(told)).total_cmp(&told).is_eq());
        }

        #[test]
        fn codes_sort_as_numbers_do_and_fit_44_bits(a in -1e15..1e15_f64, b in -1e15..1e15_f64) {
            let code = |n| encode(&quantity(n, n, Modifier::Equal)).0;
            prop_assert!((a < b) <= (code(a) <= code(b)));
            prop_assert!(code(a) < 1 << 44);
        }
    }
}
