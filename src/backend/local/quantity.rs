//! Quantities by value and unit: each mention is tested, not the article as a whole.
//!
//! The values of a kind stand in a column, in the order of the mentions. Where a unit is asked for, the positions of its
//! term say which of the mentions have it: the i-th position of the kind's start term belongs to the i-th value.

use tantivy::columnar::Column;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, Score, Searcher, SegmentReader, Term};

use super::best::boxed;
use super::filter::{Check, Checked, explain_with_scorer};
use super::rarity::Statistics;
use crate::article::Kind;
use crate::article::code::{CodeRange, is_interval};
use crate::index::schema::{column, interval_column};

/// Mentions of a numeric kind with a value in a range.
#[derive(Debug, Clone)]
pub(super) struct QuantityQuery {
    /// The field of mentions.
    pub(super) mention: Field,
    /// The kind.
    pub(super) kind: Kind,
    /// The term of the kind's starts.
    pub(super) start: String,
    /// The term that marks those of the unit, if one is asked for.
    pub(super) unit: Option<String>,
    /// The values.
    pub(super) range: CodeRange,
}

/// Articles looked at to tell how rare a range of values is.
const SAMPLE: u32 = 128;

impl QuantityQuery {
    /// How many articles have such a quantity, judged from some of them.
    fn holders(&self, searcher: &Searcher) -> tantivy::Result<f64> {
        let of = self.unit.as_ref().unwrap_or(&self.start);
        let holders = searcher.doc_freq(&Term::from_field_text(self.mention, of))?;
        let segments = u32::try_from(searcher.segment_readers().len()).unwrap_or(u32::MAX).max(1);
        let (mut looked, mut found) = (0u32, 0u32);
        for segment in searcher.segment_readers() {
            let values = Values::open(segment, self.kind, self.range)?;
            let step = (segment.max_doc() / SAMPLE.div_ceil(segments)).max(1);
            for doc in (0..segment.max_doc()).step_by(step as usize) {
                // Of those that have any: how many have one in the range.
                looked += u32::from(values.codes.first(doc).is_some());
                found += u32::from(values.any(doc));
            }
        }
        // One that none of the sample has may be half as frequent as one of it.
        Ok(holders as f64 * (f64::from(found).max(0.5) / f64::from(looked.max(1))).min(1.0))
    }
}

impl Query for QuantityQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let score = match scoring {
            EnableScoring::Enabled { searcher, statistics_provider } => {
                Statistics::of(statistics_provider)?.of_presence(self.holders(searcher)?)
            }
            EnableScoring::Disabled { .. } => 1.0,
        };
        Ok(Box::new(QuantityWeight(self.clone(), score)))
    }
}

/// A query and what a match is worth.
struct QuantityWeight(QuantityQuery, Score);

/// The codes of one kind in a segment.
pub(super) struct Values {
    codes: Column<u64>,
    uppers: Column<u64>,
    range: CodeRange,
}

impl Values {
    pub(super) fn open(reader: &SegmentReader, kind: Kind, range: CodeRange) -> tantivy::Result<Self> {
        Ok(Self {
            codes: reader.fast_fields().u64(column(kind))?,
            uppers: reader.fast_fields().u64(interval_column(kind))?,
            range,
        })
    }

    /// For each mention of an article, in order, whether its value is in the range.
    pub(super) fn fits(&self, doc: DocId, into: &mut Vec<bool>) {
        into.clear();
        let mut uppers = self.uppers.values_for_doc(doc);
        into.extend(self.codes.values_for_doc(doc).map(|code| self.test(code, &mut uppers)));
    }

    /// Whether any mention's is.
    pub(super) fn any(&self, doc: DocId) -> bool {
        let mut uppers = self.uppers.values_for_doc(doc);
        self.codes.values_for_doc(doc).any(|code| self.test(code, &mut uppers))
    }

    /// Whether one of the mentions whose rank is in `ranks` (in order) is in the range.
    fn any_of(&self, doc: DocId, mut ranks: impl Iterator<Item = usize>) -> bool {
        let mut uppers = self.uppers.values_for_doc(doc);
        let mut wanted = ranks.next();
        for (rank, code) in self.codes.values_for_doc(doc).enumerate() {
            let Some(next) = wanted else { return false };
            let fits = self.test(code, &mut uppers);
            if rank == next {
                if fits {
                    return true;
                }
                wanted = ranks.next();
            }
        }
        false
    }

    fn test(&self, code: u64, uppers: &mut impl Iterator<Item = u64>) -> bool {
        let upper = if is_interval(code) { uppers.next().unwrap_or(0) } else { 0 };
        self.range.matches(code, || upper)
    }
}

impl Weight for QuantityWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let QuantityQuery { mention, kind, start, unit, range } = &self.0;
        let inverted = reader.inverted_index(*mention)?;
        let postings =
            |term: &str, option| inverted.read_postings(&Term::from_field_text(*mention, term), option);
        let values = Values::open(reader, *kind, *range)?;
        let with_positions = IndexRecordOption::WithFreqsAndPositions;
        let (candidates, check): (Option<SegmentPostings>, Check) = match unit {
            None => (postings(start, IndexRecordOption::Basic)?, Box::new(move |doc| values.any(doc))),
            Some(unit) => match (postings(start, with_positions)?, postings(unit, with_positions)?) {
                (Some(mut starts), Some(mut units)) => {
                    let candidates = postings(unit, IndexRecordOption::Basic)?;
                    let (mut all, mut some) = (Vec::new(), Vec::new());
                    let check = move |doc| {
                        // The column says quickly that no mention of the kind will do.
                        if !values.any(doc) || starts.seek(doc) != doc || units.seek(doc) != doc {
                            return false;
                        }
                        starts.positions(&mut all);
                        units.positions(&mut some);
                        values.any_of(doc, some.iter().filter_map(|p| all.binary_search(p).ok()))
                    };
                    (candidates, Box::new(check))
                }
                _ => (None, Box::new(|_| false)),
            },
        };
        let scorer =
            candidates.map(|candidates| ConstScorer::new(Checked::new(candidates, check), boost * self.1));
        Ok(boxed(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain_with_scorer(self, reader, doc, &format!("{} {:?}", self.0.kind.name(), self.0.range))
    }
}
