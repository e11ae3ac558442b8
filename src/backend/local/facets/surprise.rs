//! How unusual it is that a value stands in so many of the articles that match.
//!
//! The measure is the log-likelihood ratio G² of the two by two table (with the value or without, matching or not), as T. Dunning,
//! "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19 (1993), has it: unlike the ratio of
//! shares and chi-squared it can be trusted where counts are small, so that a name that stands in two articles does not come before one that
//! stands in half of them.

use super::table::Entry;

/// How many articles match, and how many there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    pub(super) found: u64,
    pub(super) all: u64,
}

impl Shares {
    /// The value's share of the articles that match by its share of all.
    pub(super) fn lift(self, entry: &Entry) -> f64 {
        let (of_found, of_all) = (entry.articles * self.all, entry.all * self.found);
        if of_all == 0 { 0.0 } else { of_found as f64 / of_all as f64 }
    }

    /// G² of the articles that match against the others, below zero where the value is rarer in those that match.
    pub(super) fn surprise(self, entry: &Entry) -> f64 {
        // Copies counted once may be other ones on the two sides.
        let others = self.all.saturating_sub(self.found);
        let with = [entry.articles, entry.all.saturating_sub(entry.articles).min(others)];
        let without = [self.found.saturating_sub(with[0]), others - with[1]];
        let sizes = [self.found, others];
        let total = (self.found + others) as f64;
        let mut sum = 0.0;
        for row in [with, without] {
            let of_row = (row[0] + row[1]) as f64;
            for (seen, size) in row.into_iter().zip(sizes) {
                let expected = of_row * size as f64 / total;
                if seen > 0 && expected > 0.0 {
                    sum += seen as f64 * (seen as f64 / expected).ln();
                }
            }
        }
        let rarer = u128::from(with[0]) * u128::from(others) < u128::from(with[1]) * u128::from(self.found);
        let surprise = (2.0 * sum).max(0.0);
        if rarer { -surprise } else { surprise }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surprise(articles: u64, found: u64, in_all: u64, all: u64) -> f64 {
        Shares { found, all }.surprise(&Entry { articles, all: in_all, ..Entry::default() })
    }

    #[test]
    fn the_ratio_is_that_of_the_literature() {
        // "the swiss" in Dunning's table 1: k(AB) 110, k(A~B) 2442, k(~AB) 111, k(~A~B) 29114; he gives 270.72.
        assert!((surprise(110, 110 + 111, 110 + 2442, 110 + 2442 + 111 + 29_114) - 270.72).abs() < 0.01);
    }

    #[test]
    fn what_is_as_frequent_as_elsewhere_is_no_surprise_and_what_is_rarer_comes_below_zero() {
        assert!(surprise(10, 100, 100, 1000).abs() < 1e-9);
        assert!(surprise(100, 1000, 100, 1000).abs() < 1e-9, "all articles match");
        assert!(surprise(1, 100, 100, 1000) < 0.0);
        assert!(surprise(30, 100, 100, 1000) > 10.83);
        assert!(surprise(0, 0, 0, 0).abs() < 1e-9);
    }

    #[test]
    fn a_rare_name_comes_after_one_that_is_frequent_here_and_not_elsewhere() {
        assert!(surprise(2, 1000, 2, 100_000) < surprise(500, 1000, 1500, 100_000));
    }
}
