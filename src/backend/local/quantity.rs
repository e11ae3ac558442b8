//! Quantities by value and unit, and dates by their days: each mention is tested, not the article as a whole.
//!
//! The values of a kind stand in a column, in the order of the mentions. Where a unit is asked for, the positions of its
//! term say which of the mentions have it: the i-th position of the kind's start term belongs to the i-th value.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader, TERMINATED, Term};

use super::alike::AlikeWeight;
use super::best::boxed;
use super::filter::{Checked, at, explain_with_scorer};
use super::ranged::Ranged;
use super::rarity::Statistics;
use crate::article::Kind;
use crate::article::code::{CodeRange, is_interval};
use crate::index::schema::{DATES, column, interval_column};
use crate::plan::DateTest;

/// What the value of a mention is tested for.
#[derive(Debug, Clone, Copy)]
pub(super) enum ValueTest {
    /// A number of the kind lies in the range.
    Number(Kind, CodeRange),
    /// A date shares a second with the stretch.
    Date(DateTest),
}

/// Mentions with a value in a range.
#[derive(Debug, Clone)]
pub(super) struct ValueQuery {
    /// The field of mentions.
    pub(super) mention: Field,
    /// The term of the kind's starts.
    pub(super) start: String,
    /// The term that marks those of the unit, if one is asked for.
    pub(super) unit: Option<String>,
    /// The values.
    pub(super) test: ValueTest,
}

/// Articles looked at to tell how rare a range of values is.
const SAMPLE: u32 = 128;

impl ValueQuery {
    /// How many articles have such a quantity, judged from some of them.
    fn holders(&self, searcher: &Searcher) -> tantivy::Result<f64> {
        let of = self.unit.as_ref().unwrap_or(&self.start);
        let holders = searcher.doc_freq(&Term::from_field_text(self.mention, of))?;
        let segments = u32::try_from(searcher.segment_readers().len()).unwrap_or(u32::MAX).max(1);
        let (mut looked, mut found) = (0u32, 0u32);
        for segment in searcher.segment_readers() {
            let values = Values::open(segment, self.test)?;
            let step = (segment.max_doc() / SAMPLE.div_ceil(segments)).max(1);
            for doc in (0..segment.max_doc()).step_by(step as usize) {
                // Of those that have any: how many have one in the range.
                looked += u32::from(values.has(doc));
                found += u32::from(values.any(doc));
            }
        }
        // One that none of the sample has may be half as frequent as one of it.
        Ok(holders as f64 * (f64::from(found).max(0.5) / f64::from(looked.max(1))).min(1.0))
    }
}

impl Query for ValueQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let score = match scoring {
            EnableScoring::Enabled { searcher, statistics_provider } => {
                Statistics::of(statistics_provider)?.of_presence(self.holders(searcher)?)
            }
            EnableScoring::Disabled { .. } => 1.0,
        };
        Ok(Box::new(AlikeWeight::of(Box::new(ValueWeight(self.clone(), score)))))
    }
}

/// A query and what a match is worth.
struct ValueWeight(ValueQuery, Score);

/// The values of the mentions of one kind in a segment, with what they are tested for.
pub(super) enum Values {
    /// Codes, and the upper ends of those that are intervals.
    Numbers { codes: Column<u64>, uppers: Column<u64>, range: CodeRange },
    /// First seconds, and seconds past the last.
    Dates { from: Column<i64>, to: Column<i64>, test: DateTest },
}

impl Values {
    pub(super) fn open(reader: &SegmentReader, test: ValueTest) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(match test {
            ValueTest::Number(kind, range) => Self::Numbers {
                codes: fast.u64(column(kind))?,
                uppers: fast.u64(interval_column(kind))?,
                range,
            },
            ValueTest::Date(test) => Self::Dates { from: fast.i64(DATES.0)?, to: fast.i64(DATES.1)?, test },
        })
    }

    /// The articles with a mention whose value passes, told from the column alone; `None` where a column does not tell.
    fn walk(self: &Arc<Self>, reader: &SegmentReader, size: u32) -> Option<Ranged> {
        let Self::Numbers { range, .. } = **self else { return None };
        let (all, each) = (self.clone(), self.clone());
        Some(Ranged::new(
            reader,
            size,
            Box::new(move |docs, into| all.between(range, docs, into)),
            Box::new(move |doc| each.any(doc)),
        ))
    }

    /// Appends those of some articles that have a number in a range or an interval that overlaps it.
    fn between(&self, range: CodeRange, docs: Range<DocId>, into: &mut Vec<DocId>) {
        let Self::Numbers { codes, uppers, .. } = self else { return };
        // The engine takes a range below all values for one that holds the least of them.
        let (lo, hi) = (*range.codes().start(), *range.codes().end());
        if lo <= hi && codes.min_value() <= hi && lo <= codes.max_value() {
            codes.get_docids_for_value_range(lo..=hi, docs.clone(), into);
        }
        if range.is_exact() {
            into.retain(|doc| self.any(*doc));
            return;
        }
        // Of those that begin in the range all pass; others may reach into it from below.
        let mut others = Vec::new();
        uppers.get_docids_for_value_range(range.uppers(), docs, &mut others);
        others.retain(|doc| into.binary_search(doc).is_err() && self.any(*doc));
        if !others.is_empty() {
            into.append(&mut others);
            into.sort_unstable();
        }
    }

    /// Whether an article has any mention of the kind.
    fn has(&self, doc: DocId) -> bool {
        match self {
            Self::Numbers { codes, .. } => codes.first(doc).is_some(),
            Self::Dates { from, .. } => from.first(doc).is_some(),
        }
    }

    /// Hands over, for each mention of an article, in order, whether its value passes, until `stop` says to.
    fn each(&self, doc: DocId, mut stop: impl FnMut(bool) -> bool) {
        match self {
            Self::Numbers { codes, uppers, range } => {
                let mut uppers = uppers.values_for_doc(doc);
                for code in codes.values_for_doc(doc) {
                    let upper = if is_interval(code) { uppers.next().unwrap_or(0) } else { 0 };
                    if stop(range.matches(code, || upper)) {
                        return;
                    }
                }
            }
            Self::Dates { from, to, test } => {
                for (from, to) in from.values_for_doc(doc).zip(to.values_for_doc(doc)) {
                    if stop(from < test.to && test.from < to) {
                        return;
                    }
                }
            }
        }
    }

    /// For each mention of an article, in order, whether its value passes.
    pub(super) fn fits(&self, doc: DocId, into: &mut Vec<bool>) {
        into.clear();
        self.each(doc, |fits| {
            into.push(fits);
            false
        });
    }

    /// Whether any mention's does.
    pub(super) fn any(&self, doc: DocId) -> bool {
        let mut found = false;
        self.each(doc, |fits| {
            found = fits;
            fits
        });
        found
    }

    /// Whether one of the mentions whose rank is in `ranks` (in order) passes.
    fn any_of(&self, doc: DocId, mut ranks: impl Iterator<Item = usize>) -> bool {
        let mut wanted = ranks.next();
        let (mut rank, mut found) = (0, false);
        self.each(doc, |fits| {
            if wanted == Some(rank) {
                found = fits;
                wanted = ranks.next();
            }
            rank += 1;
            found || wanted.is_none()
        });
        found
    }
}

/// Articles with a mention that passes.
type Passing = Checked<Box<dyn DocSet>>;

/// A list with at most one in so many articles of a segment is walked through; otherwise the column is.
const RARE: u32 = 64;

impl ValueWeight {
    /// `begin`: whether the first article is looked for, or they will be asked about one at a time.
    fn open(&self, reader: &SegmentReader, begin: bool) -> tantivy::Result<Option<Passing>> {
        let ValueQuery { mention, start, unit, test } = &self.0;
        let inverted = reader.inverted_index(*mention)?;
        let postings =
            |term: &str, option| inverted.read_postings(&Term::from_field_text(*mention, term), option);
        let Some(candidates) = postings(unit.as_ref().unwrap_or(start), IndexRecordOption::Basic)? else {
            return Ok(None);
        };
        let values = Arc::new(Values::open(reader, *test)?);
        let size = candidates.doc_freq();
        let walk = if size < reader.max_doc() / RARE { None } else { values.walk(reader, size) };
        let walked = walk.is_some();
        let candidates: Box<dyn DocSet> = match walk {
            Some(ranged) if begin => Box::new(ranged.begin()),
            Some(ranged) => Box::new(ranged),
            None => Box::new(candidates),
        };
        let Some(unit) = unit else {
            let check = move |doc| walked || values.any(doc);
            return Ok(Some(Checked::new(candidates, Box::new(check))));
        };
        let with_positions = IndexRecordOption::WithFreqsAndPositions;
        let (Some(mut starts), Some(mut units)) =
            (postings(start, with_positions)?, postings(unit, with_positions)?)
        else {
            return Ok(None);
        };
        let (mut all, mut some) = (Vec::new(), Vec::new());
        let check = move |doc| {
            // The column says quickly that no mention of the kind will do.
            if !(walked || values.any(doc)) || stands(&mut units, doc).is_none() {
                return false;
            }
            let Some(count) = stands(&mut starts, doc) else { return false };
            if count == units.term_freq() {
                return walked || values.any(doc); // all of them have the unit
            }
            starts.positions(&mut all);
            units.positions(&mut some);
            values.any_of(doc, some.iter().filter_map(|p| all.binary_search(p).ok()))
        };
        Ok(Some(Checked::new(candidates, Box::new(check))))
    }
}

/// How often a term stands in an article, if it does.
fn stands(postings: &mut SegmentPostings, doc: DocId) -> Option<u32> {
    let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
    (at == doc).then(|| postings.term_freq())
}

impl Weight for ValueWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let passing = self.open(reader, true)?.map(Checked::begin);
        Ok(boxed(passing.map(|passing| ConstScorer::new(passing, boost * self.1))))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        Ok(match self.open(reader, false)? {
            Some(passing) => at(passing, target, boost * self.1),
            None => (SeekDangerResult::SeekLowerBound(TERMINATED), boxed(None::<ConstScorer<Passing>>)),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain_with_scorer(self, reader, doc, &format!("{} {:?}", self.0.start, self.0.test))
    }
}
