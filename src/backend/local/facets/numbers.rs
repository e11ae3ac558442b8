//! The quantities of a kind and unit in the articles that match.
//!
//! Values stand in columns, in the order of the mentions; the positions of a unit's term tell which of them are of that unit, as for range
//! queries (`quantity.rs`). Different numbers are few beside their occurrences, so each is kept once with how often it occurs.

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, Term};

use super::super::mentions::read_at;
use super::Counting;
use super::docs::Part;
use crate::article::Kind;
use crate::article::code::{is_exact, is_interval, lower, number, rounded};
use crate::backend::{BackendError, QuantityCounts, Summary};
use crate::index::schema::{column, interval_column};
use crate::index::{Reader, terms};
use crate::plan::{QuantityTest, UnitTest};

/// Quantities gathered.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) articles: u64,
    pub(super) intervals: u64,
    /// How often there is which number, rounded as numbers are compared.
    pub(super) numbers: FxHashMap<u64, u64>,
}

/// The values of a kind in a segment.
struct Values {
    codes: Column<u64>,
    uppers: Column<u64>,
    exact: bool,
}

impl Values {
    fn open(segment: &SegmentReader, kind: Kind, exact: bool) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self { codes: fast.u64(column(kind))?, uppers: fast.u64(interval_column(kind))?, exact })
    }

    /// Adds those values of an article whose rank among all of them `wanted` accepts.
    fn add(&self, doc: DocId, tally: &mut Tally, mut wanted: impl FnMut(usize) -> bool) {
        let mut uppers = self.uppers.values_for_doc(doc);
        let mut any = false;
        for (rank, code) in self.codes.values_for_doc(doc).enumerate() {
            let upper = if is_interval(code) { uppers.next() } else { None };
            if !wanted(rank) || (self.exact && !is_exact(code)) {
                continue;
            }
            any = true;
            let value = match upper {
                Some(upper) => rounded(lower(code) / 2.0 + number(upper) / 2.0),
                None => rounded(lower(code)),
            };
            tally.intervals += u64::from(upper.is_some());
            *tally.numbers.entry(value).or_default() += 1;
        }
        tally.articles += u64::from(any);
    }
}

impl Counting<'_> {
    /// Sums up quantities: by unit where none is asked for and the numbers of different units say nothing together.
    pub(super) fn quantities(&self, of: &QuantityTest) -> Result<QuantityCounts, BackendError> {
        let units = match (&of.unit, of.kind) {
            (UnitTest::Is(unit), kind) => vec![(kind, Some(unit.clone()))],
            (UnitTest::Any, kind @ (Kind::Number | Kind::Percent)) => vec![(kind, None)],
            (UnitTest::Any, Kind::Quantity) => self.units(&[Kind::Quantity, Kind::Number])?,
            (UnitTest::Any | UnitTest::Counted, kind) => self.units(&[kind])?,
        };
        let mut summaries = Vec::with_capacity(units.len());
        for (kind, unit) in units {
            let tally = self.gathered(kind, unit.as_deref(), of.exact)?;
            summaries.extend(Summary::of(kind, unit, &tally));
        }
        summaries.sort_by_key(|summary| std::cmp::Reverse(summary.articles));
        Ok(QuantityCounts { of: of.clone(), units: summaries })
    }

    /// The units of the most articles that match, of some kinds.
    fn units(&self, kinds: &[Kind]) -> Result<Vec<(Kind, Option<String>)>, BackendError> {
        let field = Reader::fields().mention;
        // No unit stands in more of the articles that match than in all.
        let mut most: FxHashMap<(Kind, String), u64> = FxHashMap::default();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            for kind in kinds {
                let from = terms::key(*kind, "");
                let mut units = inverted.terms().range().ge(&from).into_stream().map_err(failed)?;
                while units.advance() {
                    let Some(unit) = units.key().strip_prefix(from.as_bytes()) else { break };
                    let unit = String::from_utf8_lossy(unit).into_owned();
                    *most.entry((*kind, unit)).or_default() += u64::from(units.value().doc_freq);
                }
            }
        }
        let mut most: Vec<(u64, (Kind, String))> =
            most.into_iter().map(|(unit, articles)| (articles, unit)).collect();
        most.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut best: Vec<(u64, (Kind, String))> = Vec::new();
        for (at_most, (kind, unit)) in most {
            let least = best.last().filter(|_| best.len() >= self.limit).map_or(0, |least| least.0);
            if self.limit == 0 || at_most < least || self.watch.look() {
                break;
            }
            let articles = self.articles_with(kind, &unit)?;
            let entry = (articles, (kind, unit));
            let at = best
                .partition_point(|other| other.0 > articles || (other.0 == articles && other.1 < entry.1));
            if articles > 0 {
                best.insert(at, entry);
                best.truncate(self.limit);
            }
        }
        Ok(best.into_iter().map(|(_, (kind, unit))| (kind, Some(unit))).collect())
    }

    /// How many of the articles that match have a quantity of a unit.
    fn articles_with(&self, kind: Kind, unit: &str) -> Result<u64, BackendError> {
        let mut articles = 0;
        self.each_with(kind, unit, IndexRecordOption::Basic, |_, _, _| {
            articles += 1;
            Ok(())
        })?;
        Ok(articles)
    }

    /// Gathers the quantities of a kind, of one unit or of all.
    fn gathered(&self, kind: Kind, unit: Option<&str>, exact: bool) -> Result<Tally, BackendError> {
        let segments = self.searcher.segment_readers();
        let values = segments.iter().map(|segment| Values::open(segment, kind, exact));
        let values = values.collect::<tantivy::Result<Vec<_>>>()?;
        let mut tally = Tally::default();
        let Some(unit) = unit else {
            let mut ticks = 0;
            for (values, part) in values.iter().zip(self.sides.found.parts()) {
                part.each(|doc| {
                    if !self.watch.tick(&mut ticks) {
                        values.add(doc, &mut tally, |_| true);
                    }
                });
            }
            return Ok(tally);
        };
        let starts = segments.iter().map(|segment| postings(segment, terms::start(kind), POSITIONS));
        let mut starts = starts.collect::<tantivy::Result<Vec<_>>>()?;
        let (mut all, mut own) = (Vec::new(), Vec::new());
        self.each_with(kind, unit, POSITIONS, |segment, doc, list| {
            let (Some(Some(starts)), Some(values)) = (starts.get_mut(segment), values.get(segment)) else {
                return Ok(());
            };
            read_at(starts, doc, &mut all);
            list.positions(&mut own);
            let mut own = own.iter().peekable();
            values.add(doc, &mut tally, |rank| {
                let start = all.get(rank);
                while own.next_if(|position| start.is_some_and(|start| *position < start)).is_some() {}
                start.is_some() && own.peek().copied() == start
            });
            Ok(())
        })?;
        Ok(tally)
    }

    /// Hands over the articles that match and have a quantity of a unit, with the list that stands at them.
    fn each_with(
        &self,
        kind: Kind,
        unit: &str,
        option: IndexRecordOption,
        mut take: impl FnMut(usize, DocId, &mut tantivy::postings::SegmentPostings) -> Result<(), BackendError>,
    ) -> Result<(), BackendError> {
        let (term, mut ticks) = (terms::key(kind, unit), 0);
        let parts: &[Part] = self.sides.found.parts();
        for (segment, (reader, part)) in self.searcher.segment_readers().iter().zip(parts).enumerate() {
            let Some(mut list) = postings(reader, &term, option)? else { continue };
            let mut doc = list.doc();
            while doc != TERMINATED && !self.watch.tick(&mut ticks) {
                match part.at_or_after(doc) {
                    None => break,
                    Some(next) if next > doc => doc = list.seek(next),
                    Some(_) => {
                        take(segment, doc, &mut list)?;
                        doc = list.advance();
                    }
                }
            }
        }
        Ok(())
    }
}

const POSITIONS: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

fn postings(
    segment: &SegmentReader,
    term: &str,
    option: IndexRecordOption,
) -> tantivy::Result<Option<tantivy::postings::SegmentPostings>> {
    let field = Reader::fields().mention;
    let term = Term::from_field_text(field, term);
    Ok(segment.inverted_index(field)?.read_postings(&term, option)?)
}

fn failed(error: std::io::Error) -> BackendError {
    tantivy::TantivyError::from(error).into()
}
