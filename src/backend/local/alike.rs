//! Queries whose matches all score alike: the first articles that are found are the best.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SeekDangerResult, SegmentReader};

use super::best::Best;

/// A query whose matches all score alike.
#[derive(Debug, Clone)]
pub(super) struct AlikeQuery<Q>(pub(super) Q);

impl<Q: Query + Clone> Query for AlikeQuery<Q> {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = self.0.weight(scoring)?;
        Ok(if scoring.is_scoring_enabled() { Box::new(AlikeWeight::of(weight)) } else { weight })
    }
}

/// A weight whose matches all score alike.
pub(super) struct AlikeWeight {
    weight: Box<dyn Weight>,
    best: Best,
}

impl AlikeWeight {
    pub(super) fn of(weight: Box<dyn Weight>) -> Self {
        Self { weight, best: Best::default() }
    }
}

impl Weight for AlikeWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.weight.scorer(reader, boost)
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        self.weight.scorer_danger(reader, target, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.weight.count(reader)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        self.best.first(&mut *self.weight.scorer(reader, 1.0)?, threshold, callback);
        Ok(())
    }
}
