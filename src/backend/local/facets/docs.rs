//! The articles that are counted, segment by segment.

use rustc_hash::FxHashSet;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, Searcher};

use super::super::watch::Watch;
use crate::backend::BackendError;
use crate::index::Groups;

/// Articles of each segment, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Docs(Vec<Part>);

/// Articles of a segment.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// All of so many, none of which is deleted.
    All(DocId),
    /// These.
    These(Vec<DocId>),
}

/// The articles that match, and all that there are.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) found: Docs,
    pub(super) all: Docs,
}

impl Sides {
    /// Whether all articles match.
    pub(super) fn are_one(&self) -> bool {
        self.found == self.all
    }
}

impl Docs {
    /// Those that match a query.
    pub(super) fn matching(
        searcher: &Searcher,
        query: &dyn Query,
        watch: &Watch,
    ) -> Result<Self, BackendError> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut parts = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let mut docs = Vec::new();
            let alive = segment.alive_bitset();
            weight.for_each_no_score(segment, &mut |found| match alive {
                _ if watch.look() => {}
                None => docs.extend_from_slice(found),
                Some(alive) => docs.extend(found.iter().filter(|doc| alive.is_alive(**doc))),
            })?;
            parts.push(Part::of(docs, segment.max_doc()));
        }
        Ok(Self(parts))
    }

    /// All that are not deleted.
    pub(super) fn alive(searcher: &Searcher) -> Self {
        let part = |segment: &tantivy::SegmentReader| match segment.alive_bitset() {
            None => Part::All(segment.max_doc()),
            Some(alive) => Part::These(alive.iter_alive().collect()),
        };
        Self(searcher.segment_readers().iter().map(part).collect())
    }

    /// None.
    pub(super) fn none(searcher: &Searcher) -> Self {
        Self(searcher.segment_readers().iter().map(|_| Part::These(Vec::new())).collect())
    }

    /// Leaves of each group of copies the first.
    pub(super) fn keep_firsts(&mut self, groups: &Groups) {
        let mut seen = FxHashSet::default();
        for (part, groups) in self.0.iter_mut().zip(groups.iter()) {
            let mut firsts = Vec::new();
            part.each(|doc| {
                if groups.first(doc).is_none_or(|group| seen.insert(group)) {
                    firsts.push(doc);
                }
            });
            *part = Part::These(firsts);
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        let len = |part: &Part| match part {
            Part::All(len) => u64::from(*len),
            Part::These(docs) => docs.len() as u64,
        };
        self.0.iter().map(len).sum()
    }

    /// Those of each segment.
    pub(super) fn parts(&self) -> &[Part] {
        &self.0
    }
}

impl Part {
    fn of(docs: Vec<DocId>, max_doc: DocId) -> Self {
        if docs.len() == max_doc as usize { Self::All(max_doc) } else { Self::These(docs) }
    }

    /// Hands over each article, in order.
    pub(super) fn each(&self, mut take: impl FnMut(DocId)) {
        match self {
            Self::All(len) => (0..*len).for_each(take),
            Self::These(docs) => docs.iter().for_each(|doc| take(*doc)),
        }
    }

    /// Hands over stretches of articles that follow each other, in order.
    pub(super) fn each_stretch(&self, mut take: impl FnMut(std::ops::Range<DocId>)) {
        match self {
            Self::All(len) => take(0..*len),
            Self::These(docs) => {
                let follows = |a: &DocId, b: &DocId| a.checked_add(1) == Some(*b);
                for run in docs.chunk_by(follows) {
                    if let (Some(first), Some(last)) = (run.first(), run.last()) {
                        take(*first..last.saturating_add(1));
                    }
                }
            }
        }
    }

    /// The first of them that is not before `doc`.
    pub(super) fn at_or_after(&self, doc: DocId) -> Option<DocId> {
        match self {
            Self::All(len) => (doc < *len).then_some(doc),
            Self::These(docs) => docs.get(docs.partition_point(|other| *other < doc)).copied(),
        }
    }
}
