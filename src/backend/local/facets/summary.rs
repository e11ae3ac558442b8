//! What the quantities of a unit come to: the least, the greatest, the one in the middle, and how many lie where.

use super::numbers::Tally;
use crate::article::Kind;
use crate::article::code::number;
use crate::backend::{Bin, Summary};

/// About how many bins numbers are put into that lie close together.
const LINEAR: f64 = 10.0;
/// More than there can be of them.
const MOST_STEPS: u32 = 20;
/// How many times the least positive number the greatest is at least where bins widen as the numbers do.
const WIDE: f64 = 1000.0;
/// The most decades with three bins each; more have one.
const THREE_BINS: i32 = 4;
/// The most bins of a decade each; of more decades several share one.
const DECADES: i32 = 20;

impl Summary {
    /// Sums up what was gathered; `None` if nothing was.
    pub(super) fn of(kind: Kind, unit: Option<String>, tally: &Tally) -> Option<Self> {
        let mut counts: Vec<(u64, u64)> = tally.numbers.iter().map(|(code, times)| (*code, *times)).collect();
        counts.sort_unstable();
        let counts: Vec<(f64, u64)> = counts.into_iter().map(|(code, times)| (number(code), times)).collect();
        let (min, max) = (counts.first()?.0, counts.last()?.0);
        let values = counts.iter().map(|(_, times)| times).sum();
        Some(Self {
            kind,
            unit,
            articles: tally.articles,
            values,
            intervals: tally.intervals,
            min,
            median: median(&counts, values),
            max,
            bins: bins(&counts),
        })
    }
}

/// The number in the middle of numbers in order, each with how often it occurs.
fn median(counts: &[(f64, u64)], values: u64) -> f64 {
    let at = |rank: u64| {
        let mut before = 0;
        let holds = |(_, times): &&(f64, u64)| {
            before += times;
            before > rank
        };
        counts.iter().find(holds).map_or(0.0, |(number, _)| *number)
    };
    if values.is_multiple_of(2) {
        clean(at((values / 2).saturating_sub(1)) / 2.0 + at(values / 2) / 2.0)
    } else {
        at(values / 2)
    }
}

/// Numbers in order, put into bins.
fn bins(counts: &[(f64, u64)]) -> Vec<Bin> {
    let (Some((min, _)), Some((max, _))) = (counts.first(), counts.last()) else { return Vec::new() };
    let positive = counts.iter().map(|(number, _)| *number).find(|number| *number > 0.0);
    let mut edges = match positive {
        Some(least) if *max / least >= WIDE => {
            let mut edges = decades(least, *max);
            if *min < least {
                edges.insert(0, *min);
            }
            edges
        }
        _ => steps(*min, *max),
    };
    if edges.len() < 2 {
        edges = vec![*min, *max];
    }
    let ends = edges.iter().zip(edges.iter().skip(1));
    let mut bins: Vec<Bin> = ends.map(|(from, to)| Bin { from: *from, to: *to, values: 0 }).collect();
    let last = bins.len() - 1;
    for (number, times) in counts {
        let at = edges.partition_point(|edge| edge <= number).saturating_sub(1).min(last);
        bins.get_mut(at).into_iter().for_each(|bin| bin.values += times);
    }
    bins
}

/// Edges of equal distance, 1, 2 or 5 times a power of ten.
fn steps(min: f64, max: f64) -> Vec<f64> {
    let wanted = (max / LINEAR - min / LINEAR).abs();
    if wanted <= 0.0 || !wanted.is_finite() {
        return Vec::new();
    }
    let ten = power(decade(wanted));
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * ten).find(|step| *step >= wanted).unwrap_or(wanted);
    let first = (min / step).floor();
    let mut edges = Vec::new();
    for n in 0..=MOST_STEPS {
        let edge = clean((first + f64::from(n)) * step);
        edges.push(edge);
        if edge > max {
            break;
        }
    }
    edges.dedup();
    edges
}

/// Edges that widen as the numbers do: 1, 2 and 5 times each power of ten, or powers of ten.
fn decades(least: f64, max: f64) -> Vec<f64> {
    let (first, last) = (decade(least), decade(max));
    let many = last - first + 1;
    let leading: &[f64] = if many <= THREE_BINS { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let by = usize::try_from((many + DECADES - 1) / DECADES).unwrap_or(1).max(1);
    let all = (first..=last + i32::try_from(by).unwrap_or(1)).step_by(by);
    let all = all.flat_map(|ten| leading.iter().map(move |n| clean(n * power(ten))));
    let mut edges: Vec<f64> = all.collect();
    let begin = edges.partition_point(|edge| *edge <= least).saturating_sub(1);
    let end = edges.partition_point(|edge| *edge <= max) + 1;
    edges.truncate(end);
    edges.drain(..begin.min(edges.len()));
    edges.dedup();
    edges
}

/// The power of ten that a number is in: 2 for 100 to 999.
fn decade(number: f64) -> i32 {
    let told = format!("{number:e}");
    told.rsplit_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

fn power(ten: i32) -> f64 {
    format!("1e{ten}").parse().unwrap_or(1.0)
}

/// A number without what arithmetic leaves in its last places.
fn clean(number: f64) -> f64 {
    format!("{number:.9e}").parse::<f64>().unwrap_or(number).clamp(f64::MIN, f64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edges(numbers: &[f64]) -> Vec<f64> {
        let counts: Vec<(f64, u64)> = numbers.iter().map(|number| (*number, 1)).collect();
        let bins = bins(&counts);
        bins.first().map(|bin| bin.from).into_iter().chain(bins.iter().map(|bin| bin.to)).collect()
    }

    #[test]
    fn bins_are_as_a_reader_would_choose_them() {
        assert_eq!(
            edges(&[1.0, 12.0, 97.0]),
            [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0]
        );
        assert_eq!(edges(&[0.1, 0.35]), [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4].to_vec());
        assert_eq!(
            edges(&[3.0, 40.0, 5000.0]),
            [2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0]
        );
        assert_eq!(
            edges(&[-4.0, 0.0, 30.0, 2e9]),
            [-4.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]
        );
        assert_eq!(edges(&[7.0]), [7.0, 7.0]);
        assert_eq!(edges(&[]), [0.0; 0]);
    }

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        assert!((median(&[(1.0, 2), (5.0, 1)], 3) - 1.0).abs() < 1e-9);
        assert!((median(&[(1.0, 2), (5.0, 2)], 4) - 3.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn every_value_lies_in_one_of_few_bins(
            mut numbers in prop::collection::vec(
                prop_oneof![-1e3..1e3f64, 0.0..1e12f64, Just(0.0), Just(f64::MAX), Just(f64::MIN), Just(5e-324), Just(1e300)], 1..50),
        ) {
            numbers.sort_by(f64::total_cmp);
            let counts: Vec<(f64, u64)> = numbers.iter().map(|number| (*number, 1)).collect();
            let bins = bins(&counts);
            prop_assert!(!bins.is_empty() && bins.len() <= 25, "{}", bins.len());
            prop_assert_eq!(bins.iter().map(|bin| bin.values).sum::<u64>(), numbers.len() as u64);
            for (bin, at) in bins.iter().zip(0..) {
                let inside = |n: &&f64| bin.from <= **n && (**n < bin.to || (at == bins.len() - 1 && **n <= bin.to));
                prop_assert_eq!(bin.values, numbers.iter().filter(inside).count() as u64, "{:?}", bins);
            }
        }
    }
}
