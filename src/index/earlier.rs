//! Takes an article out of the segments before a given one.
//!
//! The engine applies a deletion to whatever it holds when it comes to it, and it may come to it late, when a segment
//! with the article's new version has been added. So a deletion says before which segment it was asked for. Merged segments have had
//! all deletions applied that were asked for before the merge.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, TERMINATED, Term};

use crate::guard::guarded;

/// In which order a writer began its segments.
#[derive(Debug, Clone, Default)]
pub(super) struct Ages(Arc<Mutex<FxHashMap<SegmentId, usize>>>);

impl Ages {
    /// A segment has been begun.
    pub(super) fn begun(&self, segment: SegmentId) {
        let mut ages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let age = ages.len();
        ages.insert(segment, age);
    }

    /// Finds an id term in all segments but the one begun last and those begun after that.
    pub(super) fn before_the_last(&self, id: Term) -> Earlier {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        Earlier { id, before: begun.saturating_sub(1), ages: self.clone() }
    }

    /// Finds an id term in all segments begun so far.
    pub(super) fn so_far(&self, id: Term) -> Earlier {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        Earlier { id, before: begun, ages: self.clone() }
    }

    fn of(&self, segment: SegmentId) -> Option<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&segment).copied()
    }
}

/// An id in the segments of a writer before a certain one, and in those that other writers left.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    id: Term,
    before: usize,
    ages: Ages,
}

impl Query for Earlier {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let anywhere = TermQuery::new(self.id.clone(), IndexRecordOption::Basic).weight(scoring)?;
        Ok(Box::new(EarlierWeight { anywhere, before: self.before, ages: self.ages.clone() }))
    }
}

struct EarlierWeight {
    anywhere: Box<dyn Weight>,
    before: usize,
    ages: Ages,
}

impl Weight for EarlierWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.ages.of(reader.segment_id()).is_some_and(|age| age >= self.before) {
            return Ok(Box::new(EmptyScorer));
        }
        self.anywhere.scorer(reader, boost)
    }

    /// Finds the articles to be deleted, on a thread of the engine's on which a panic would end the process.
    fn for_each_no_score(
        &self,
        reader: &SegmentReader,
        found: &mut dyn FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        guarded("deleting an article", || {
            let mut docs = self.scorer(reader, 1.0)?;
            while docs.doc() != TERMINATED {
                found(&[docs.doc()]);
                docs.advance();
            }
            Ok(())
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.anywhere.explain(reader, doc)
    }
}
