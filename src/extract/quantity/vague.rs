//! Figures that are only hinted at, and the interval that each stands for.
//!
//! A bare plural names an order of magnitude: "hundreds" is 100..999, "tens of thousands" 10,000..99,999 (the reading that
//! the published quantity benchmarks agree on). "Several" and "a few" say at least two of the unit: "several hundred" is
//! 200..999. A dozen breaks the decimal series: "dozens" runs from 24 to 99, where "hundred" takes over.

/// A word that stands for an interval by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vague {
    /// Lowest and highest value.
    pub(super) lo: f64,
    pub(super) hi: f64,
    /// What must follow for the word to be a figure: "scores of people", but not "high scores".
    pub(super) needs_of: bool,
    /// What must go before: "a handful".
    pub(super) needs_article: bool,
}

const fn plain(lo: f64, hi: f64) -> Vague {
    Vague { lo, hi, needs_of: false, needs_article: false }
}

/// All such words, sorted.
pub(super) const TABLE: &[(&str, Vague)] = &[
    ("billions", plain(1e9, 9_999_999_999.0)),
    ("dozens", plain(24.0, 99.0)),
    ("handful", Vague { lo: 3.0, hi: 9.0, needs_of: false, needs_article: true }),
    ("hundreds", plain(100.0, 999.0)),
    ("millions", plain(1e6, 9_999_999.0)),
    ("scores", Vague { lo: 40.0, hi: 99.0, needs_of: true, needs_article: false }),
    ("tens", Vague { lo: 10.0, hi: 99.0, needs_of: true, needs_article: false }),
    ("thousands", plain(1000.0, 9999.0)),
    ("trillions", plain(1e12, 9_999_999_999_999.0)),
];

/// The interval of "several", "a few" or "many" of `unit`: "several hundred" is 200..999, "a few dozen" 24..99.
pub(super) fn several(unit: f64) -> (f64, f64) {
    if unit < 100.0 { (unit * 2.0, 99.0) } else { (unit * 2.0, unit * 10.0 - 1.0) }
}

/// The interval of `tens`, `dozens`, `hundreds`… of a plural: "tens of thousands" is 10,000..99,999, and so
/// "hundreds of millions" ends one below a thousand million.
pub(super) fn many_of(many: Vague, of: Vague) -> (f64, f64) {
    (many.lo * of.lo, (many.hi + 1.0) * of.lo - 1.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
mod tests {
    use super::*;

    fn word(word: &str) -> Option<Vague> {
        TABLE.iter().find(|row| row.0 == word).map(|row| row.1)
    }

    #[test]
    fn the_table_is_sorted_and_its_intervals_are_in_order() {
        assert!(TABLE.is_sorted_by_key(|row| row.0));
        assert!(TABLE.iter().all(|(_, v)| v.lo < v.hi));
    }

    #[test]
    fn several_is_two_of_a_unit_or_more_and_a_plural_its_order_of_magnitude() {
        assert_eq!(several(100.0), (200.0, 999.0));
        assert_eq!(several(12.0), (24.0, 99.0));
        let hundreds = word("hundreds").unwrap();
        assert_eq!((hundreds.lo, hundreds.hi), (100.0, 999.0));
        assert_eq!(many_of(word("tens").unwrap(), word("thousands").unwrap()), (10_000.0, 99_999.0));
        assert_eq!(many_of(word("hundreds").unwrap(), word("thousands").unwrap()), (100_000.0, 999_999.0));
    }
}
