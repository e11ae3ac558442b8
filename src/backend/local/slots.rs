//! One row with slots that the links between words and slots do not answer alone: query, weight and scorer.
//!
//! Articles are found by leaping through the lists of links and parts; positions are read only where they meet. Where only
//! the best articles are asked for, those in which the row can stand too seldom to be among them are passed over unread.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::best::{Best, Pruning, boxed};
use super::filter::{Parts, explain_with_scorer};
use super::rarity::Statistics;
use super::row::{PartSpec, RowReader, RowSpec};
use super::watch::Watch;
use crate::index::Weights;
use crate::plan::Scope;
use crate::plan::near::Place;
use crate::plan::row::Want;

/// Words and slots in a row.
#[derive(Debug, Clone)]
pub(super) struct SlotQuery {
    pub(super) text: Field,
    pub(super) mention: Field,
    pub(super) row: RowSpec,
    /// How words count by where they stand.
    pub(super) weights: Weights,
    pub(super) watch: Watch,
}

impl Query for SlotQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let statistics = Statistics::of(statistics_provider)?;
                let parts = self.row.parts.iter().map(|part| match part {
                    PartSpec::Word(forms) => statistics.forms(self.text, forms),
                    PartSpec::Slot(tests) => {
                        statistics.word(self.mention, tests.iter().map(|t| t.term.as_str()))
                    }
                });
                let parts: tantivy::Result<Vec<_>> = parts.collect();
                Some(statistics.weight(self.text, statistics.all(parts?))?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(SlotWeight { query: self.clone(), bm25, best: Best::default() }))
    }
}

struct SlotWeight {
    query: SlotQuery,
    bm25: Option<Bm25Weight>,
    best: Best,
}

impl SlotWeight {
    fn slot_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<SlotScorer>> {
        let query = &self.query;
        let Some(row) = RowReader::open(reader, (query.text, query.mention), &query.row)? else {
            return Ok(None);
        };
        let scoring = match &self.bm25 {
            Some(bm25) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(query.text)?)),
            None => None,
        };
        let mut scorer = SlotScorer {
            row,
            found: Vec::new(),
            parts: Parts::of(Scope::Text, query.weights, reader, &query.watch),
            scoring,
            heaviest: query.weights.heaviest(),
            least: 0.0,
            slop: query.row.slop,
            watch: query.watch.clone(),
            ticks: 0,
            doc: 0,
        };
        scorer.settle(0);
        Ok(Some(scorer))
    }
}

impl Weight for SlotWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(boxed(self.slot_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain_with_scorer(self, reader, doc, "words and slots in a row")
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        self.best.prune(self.slot_scorer(reader, 1.0)?, threshold, callback);
        Ok(())
    }
}

struct SlotScorer {
    row: RowReader,
    /// The places of the row in the current article.
    found: Vec<Place>,
    parts: Parts,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
    /// The most that one place of the row counts.
    heaviest: u32,
    /// Articles that cannot score more than this are passed over.
    least: Score,
    slop: u32,
    watch: Watch,
    ticks: u32,
    doc: DocId,
}

impl SlotScorer {
    /// Moves to the first match at `target` or after it.
    fn settle(&mut self, target: DocId) -> DocId {
        let want = if self.scoring.is_some() { Want::Rows } else { Want::Any };
        let mut doc = self.row.seek(target);
        while doc != TERMINATED {
            // With slop, one article may be much work.
            if if self.slop > 0 { self.watch.look() } else { self.watch.tick(&mut self.ticks) } {
                doc = TERMINATED;
                break;
            }
            if self.may_score(doc) {
                self.row.places(doc, &self.parts, want, &mut self.found);
                if !self.found.is_empty() {
                    break;
                }
            }
            doc = self.row.seek(doc + 1);
        }
        self.doc = doc;
        doc
    }

    /// Whether an article can score enough, as far as its lists tell.
    fn may_score(&self, doc: DocId) -> bool {
        let Some((bm25, norms)) = self.scoring.as_ref().filter(|_| self.least > 0.0) else { return true };
        bm25.score(norms.fieldnorm_id(doc), self.row.at_most(doc, self.heaviest)) > self.least
    }

    /// How often the row stands in the article, in title and lead as often as single words count there.
    fn frequency(&self) -> u32 {
        self.parts.weigh(self.doc, self.found.iter().map(|place| place.last))
    }
}

impl DocSet for SlotScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.settle(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.row.size_hint()
    }
}

impl Scorer for SlotScorer {
    fn score(&mut self) -> Score {
        match &self.scoring {
            Some((bm25, norms)) => bm25.score(norms.fieldnorm_id(self.doc), self.frequency()),
            None => 1.0,
        }
    }
}

impl Pruning for SlotScorer {
    fn must_beat(&mut self, score: Score) {
        self.least = score;
    }
}
