//! What a score has to beat, over the segments of one search, and the walk through a segment that passes over the rest.

use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::query::{EmptyScorer, Explanation, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

/// A scorer that may pass over articles whose lists say that they score too little.
pub(super) trait Pruning: Scorer {
    /// From here on an article that scores no more than this need not be found.
    fn must_beat(&mut self, score: Score);
}

/// A scorer of a segment as the engine takes it; `None` where nothing in the segment can match.
pub(super) fn boxed(scorer: Option<impl Scorer>) -> Box<dyn Scorer> {
    match scorer {
        Some(scorer) => Box::new(scorer),
        None => Box::new(EmptyScorer),
    }
}

/// The score that the worst of the best hits of a segment has, handed on to the segments after it: there are enough
/// hits at least as good, so none that is no better will be among the best.
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

    /// Gives what a segment has to a collector that asks for more than `threshold`; it answers with what it asks for then.
    pub(super) fn prune(
        &self,
        scorer: Option<impl Pruning>,
        threshold: Score,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) {
        let Some(mut scorer) = scorer else { return };
        let mut least = self.beat(threshold);
        scorer.must_beat(least);
        while scorer.doc() != TERMINATED {
            let score = scorer.score();
            if score > least {
                least = self.raise(callback(scorer.doc(), score));
                scorer.must_beat(least);
            }
            scorer.advance();
        }
    }

    /// The same for articles that all score alike: no article is better than those before it, so the first are the best.
    pub(super) fn first(
        &self,
        scorer: &mut dyn Scorer,
        threshold: Score,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) {
        let mut least = self.beat(threshold);
        while scorer.doc() != TERMINATED {
            let score = scorer.score();
            if score <= least {
                return;
            }
            least = self.raise(callback(scorer.doc(), score));
            scorer.advance();
        }
    }
}

/// A weight that is told in each segment what those before it leave to beat; the engine begins anew in each.
pub(super) struct Handed {
    weight: Box<dyn Weight>,
    best: Best,
}

impl Handed {
    pub(super) fn of(weight: Box<dyn Weight>) -> Self {
        Self { weight, best: Best::default() }
    }
}

impl Weight for Handed {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.weight.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let best = &self.best;
        let mut raise = |doc, score| best.raise(callback(doc, score));
        self.weight.for_each_pruning(best.beat(threshold), reader, &mut raise)
    }
}
