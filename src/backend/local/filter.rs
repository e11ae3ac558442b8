//! Conditions on single articles: times, the presence of fields, and the parts of an article.

use std::cell::OnceCell;
use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues};
use tantivy::fastfield::FastFieldReaders;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError};

use super::alike::AlikeWeight;
use super::ranged::Ranged;
use super::watch::Watch;
use crate::index::Weights;
use crate::index::schema::{BODY_START, LEAD_END};
use crate::plan::Scope;

/// A number for each article of a segment.
type Numbers = Arc<dyn ColumnValues<u64>>;

/// Knows the parts of each article of a segment. The columns that say so are opened when they are first asked.
pub(super) struct Parts {
    scope: Scope,
    weights: Weights,
    fast: FastFieldReaders,
    columns: OnceCell<Option<(Numbers, Numbers)>>,
    watch: Watch,
}

impl Parts {
    pub(super) fn of(scope: Scope, weights: Weights, reader: &SegmentReader, watch: &Watch) -> Self {
        let fast = reader.fast_fields().clone();
        Self { scope, weights, fast, columns: OnceCell::new(), watch: watch.clone() }
    }

    /// The first position of an article's body, and the first after its lead.
    pub(super) fn of_article(&self, doc: DocId) -> (u32, u32) {
        let open = |name| Ok::<_, TantivyError>(self.fast.u64(name)?.first_or_default_col(0));
        let columns = self.columns.get_or_init(|| match (open(BODY_START), open(LEAD_END)) {
            (Ok(body_start), Ok(lead_end)) => Some((body_start, lead_end)),
            (Err(error), _) | (_, Err(error)) => {
                self.watch.fail(error);
                None
            }
        });
        let Some((body_start, lead_end)) = columns else { return (0, 0) };
        let fit = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        (fit(body_start.get_val(doc)), fit(lead_end.get_val(doc)))
    }

    /// How often a row stands in an article whose occurrences end at `lasts`, in title and lead as often as single words
    /// count there.
    pub(super) fn weigh(&self, doc: DocId, lasts: impl Iterator<Item = u32>) -> u32 {
        let (body_start, lead_end) = self.of_article(doc);
        let weight = |last: u32| match last {
            last if last < body_start => self.weights.title,
            last if last < lead_end => self.weights.lead,
            _ => 1,
        };
        lasts.map(weight).sum()
    }

    /// Keeps the positions of the scope.
    pub(super) fn keep(&self, doc: DocId, positions: &mut Vec<u32>) {
        if self.scope.is_part() {
            let (body_start, lead_end) = self.of_article(doc);
            positions.retain(|p| self.scope.holds(*p, body_start, lead_end));
        }
    }
}

/// A condition on an article.
pub(super) type Check = Box<dyn FnMut(DocId) -> bool + Send>;

/// Articles of a list that meet a condition.
pub(super) struct Checked<D> {
    candidates: D,
    check: Check,
}

impl<D: DocSet> Checked<D> {
    /// None is looked at before it is asked for: as it is made this may stand at an article that does not meet it.
    pub(super) fn new(candidates: D, check: Check) -> Self {
        Self { candidates, check }
    }

    /// Moves to the first article that meets the condition.
    pub(super) fn begin(mut self) -> Self {
        self.settle();
        self
    }

    fn settle(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !(self.check)(doc) {
            doc = self.candidates.advance();
        }
        doc
    }
}

impl<D: DocSet> DocSet for Checked<D> {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.candidates.doc() {
            return self.candidates.doc();
        }
        self.candidates.seek(target);
        self.settle()
    }

    /// Looks at the target alone: an intersection asks for one article, not for the next that meets the condition.
    /// After a miss the candidates may stand at an article that does not meet it; then nothing but this is called.
    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if let SeekDangerResult::SeekLowerBound(doc) = self.candidates.seek_danger(target) {
            return SeekDangerResult::SeekLowerBound(doc);
        }
        if (self.check)(target) {
            return SeekDangerResult::Found;
        }
        SeekDangerResult::SeekLowerBound(target.saturating_add(1).min(TERMINATED))
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

/// Every article of a segment.
pub(super) struct Every {
    doc: DocId,
    end: DocId,
}

impl Every {
    pub(super) fn of(reader: &SegmentReader) -> Self {
        let end = reader.max_doc();
        Self { doc: if end == 0 { TERMINATED } else { 0 }, end }
    }
}

impl DocSet for Every {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = if target < self.end { target } else { TERMINATED };
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end
    }
}

/// A condition that columns or norms answer.
#[derive(Debug, Clone)]
pub(super) enum FilterQuery {
    /// A time column between two instants, half-open.
    Time { column: &'static str, from: i64, to: i64 },
    /// A time column that has a value.
    HasTime { column: &'static str },
    /// A field that holds a token.
    HasWords { field: Field },
    /// An article with a title.
    HasTitle,
}

impl Query for FilterQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AlikeWeight::of(Box::new(FilterWeight(self.clone())))))
    }
}

struct FilterWeight(FilterQuery);

/// Those that meet a condition.
enum Meeting {
    None,
    InTime(Ranged),
    Other(Checked<Every>),
}

impl FilterWeight {
    fn open(&self, reader: &SegmentReader) -> tantivy::Result<Meeting> {
        let check: Check = match self.0 {
            FilterQuery::Time { column, from, to } => {
                let times: Column<i64> = reader.fast_fields().i64(column)?;
                return Ok(in_time(reader, times, from, to));
            }
            FilterQuery::HasTime { column } => {
                let times: Column<i64> = reader.fast_fields().i64(column)?;
                Box::new(move |doc| times.first(doc).is_some())
            }
            FilterQuery::HasWords { field } => {
                let norms = reader.get_fieldnorms_reader(field)?;
                Box::new(move |doc| norms.fieldnorm_id(doc) > 0)
            }
            FilterQuery::HasTitle => {
                let starts = reader.fast_fields().u64(BODY_START)?.first_or_default_col(0);
                Box::new(move |doc| starts.get_val(doc) > 0)
            }
        };
        Ok(Meeting::Other(Checked::new(Every::of(reader), check)))
    }
}

/// Articles whose time lies in a half-open stretch of seconds.
fn in_time(reader: &SegmentReader, times: Column<i64>, from: i64, to: i64) -> Meeting {
    let (from, last) = (from.max(times.min_value()), to.saturating_sub(1).min(times.max_value()));
    if from > last || to <= from {
        return Meeting::None;
    }
    let walked = times.clone();
    Meeting::InTime(Ranged::new(
        reader,
        reader.max_doc(),
        Box::new(move |docs, into| walked.get_docids_for_value_range(from..=last, docs, into)),
        Box::new(move |doc| times.first(doc).is_some_and(|t| from <= t && t <= last)),
    ))
}

impl Weight for FilterWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.open(reader)? {
            Meeting::None => Box::new(EmptyScorer),
            Meeting::InTime(ranged) => Box::new(ConstScorer::new(ranged.begin(), boost)),
            Meeting::Other(checked) => Box::new(ConstScorer::new(checked.begin(), boost)),
        })
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        Ok(match self.open(reader)? {
            Meeting::None => (SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer)),
            Meeting::InTime(ranged) => at(ranged, target, boost),
            Meeting::Other(checked) => at(checked, target, boost),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain_with_scorer(self, reader, doc, &format!("{:?}", self.0))
    }
}

/// A scorer that is asked about one article.
pub(super) fn at(
    mut set: impl DocSet + 'static,
    target: DocId,
    score: Score,
) -> (SeekDangerResult, Box<dyn Scorer>) {
    (set.seek_danger(target), Box::new(ConstScorer::new(set, score)))
}

/// The explanation of an article's score by the scorer itself.
pub(super) fn explain_with_scorer(
    weight: &dyn Weight,
    reader: &SegmentReader,
    doc: DocId,
    what: &str,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    if scorer.doc() <= doc && scorer.seek(doc) == doc {
        return Ok(Explanation::new_with_string(what.to_owned(), scorer.score()));
    }
    Err(tantivy::TantivyError::InvalidArgument(format!("article {doc} does not match")))
}
