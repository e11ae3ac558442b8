//! What a score has to beat, over the segments of one search.

use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::Score;

/// The score that the worst of the best hits of a segment has, handed on to the segments after it: there are enough hits at
/// least as good, so none that is no better will be among the best.
///
/// It belongs to a weight, which is made for one search. Scores are never negative, so their bits sort as they do.
#[derive(Default)]
pub(super) struct Best(AtomicU32);

impl Best {
    /// What a score has to beat, where a collector asks for more than `threshold`.
    pub(super) fn beat(&self, threshold: Score) -> Score {
        let known = Score::from_bits(self.0.load(Ordering::Relaxed));
        if known > 0.0 { threshold.max(known) } else { threshold }
    }

    /// Takes note of what a collector asks for now, and says what a score has to beat.
    pub(super) fn raise(&self, threshold: Score) -> Score {
        if threshold > 0.0 {
            self.0.fetch_max(threshold.to_bits(), Ordering::Relaxed);
        }
        self.beat(threshold)
    }
}
