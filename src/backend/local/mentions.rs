//! The places of mentions in an article: starts and ends paired by rank, names by their terms, values by the column.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, Term};

use super::quantity::{ValueTest, Values};
use crate::article::Kind;
use crate::index::terms;
use crate::plan::row::Stretch;
use crate::plan::{EntityName, MentionTest, QuantityTest, UnitTest};

/// A test as the index answers it.
#[derive(Debug, Clone)]
pub(super) struct IndexTest {
    pub(super) kind: Kind,
    /// The term at the starts of the mentions that may pass.
    pub(super) term: String,
    /// The values that they must have.
    values: Option<ValueTest>,
}

impl IndexTest {
    pub(super) fn of(test: &MentionTest) -> Self {
        let kind = test.kind();
        let (term, values) = match test {
            MentionTest::Any(_) => (terms::start(kind).to_owned(), None),
            MentionTest::Entity { name: EntityName::Key(key), .. } => (terms::key(kind, key), None),
            MentionTest::Entity { name: EntityName::Part(part), .. } => (terms::part(kind, part), None),
            MentionTest::Quantity(test) => {
                let values = test.is_of_value().then(|| ValueTest::Number(kind, test.codes()));
                (unit_term(test), values)
            }
            MentionTest::Date(test) => (terms::start(kind).to_owned(), Some(ValueTest::Date(*test))),
        };
        Self { kind, term, values }
    }

    /// Whether every mention of the kind passes.
    pub(super) fn is_any(&self) -> bool {
        self.values.is_none() && self.term == terms::start(self.kind)
    }

    /// Whether the values of mentions have to be looked at.
    pub(super) fn is_of_value(&self) -> bool {
        self.values.is_some()
    }
}

/// The term at the starts of the quantities of a unit.
pub(super) fn unit_term(test: &QuantityTest) -> String {
    match &test.unit {
        UnitTest::Any => terms::start(test.kind).to_owned(),
        UnitTest::Counted => terms::part(test.kind, terms::COUNTED),
        UnitTest::Is(unit) => terms::key(test.kind, unit),
    }
}

/// Mentions that pass any of some tests.
pub(super) struct Mentions(Vec<Tested>);

/// Mentions that pass one test.
struct Tested {
    passing: SegmentPostings,
    /// All starts of the kind, where `passing` has not all of them.
    starts: Option<SegmentPostings>,
    ends: SegmentPostings,
    values: Option<Values>,
    buffers: [Vec<u32>; 3],
    fits: Vec<bool>,
}

impl Mentions {
    /// Opens the mentions of a segment; `None` if it has none.
    pub(super) fn open(
        reader: &SegmentReader,
        field: Field,
        tests: &[IndexTest],
    ) -> tantivy::Result<Option<Self>> {
        let inverted = reader.inverted_index(field)?;
        let postings = |term: &str| {
            inverted
                .read_postings(&Term::from_field_text(field, term), IndexRecordOption::WithFreqsAndPositions)
        };
        let mut opened = Vec::with_capacity(tests.len());
        for test in tests {
            let (Some(passing), Some(ends)) = (postings(&test.term)?, postings(&terms::end(test.kind))?)
            else {
                continue;
            };
            let start = terms::start(test.kind);
            let starts = if test.term == start { None } else { postings(start)? };
            let values = test.values.map(|values| Values::open(reader, values)).transpose()?;
            opened.push(Tested {
                passing,
                starts,
                ends,
                values,
                buffers: Default::default(),
                fits: Vec::new(),
            });
        }
        Ok(if opened.is_empty() { None } else { Some(Self(opened)) })
    }

    pub(super) fn doc(&self) -> DocId {
        self.0.iter().map(|t| t.passing.doc()).min().unwrap_or(TERMINATED)
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        for tested in &mut self.0 {
            if tested.passing.doc() < target {
                tested.passing.seek(target);
            }
        }
        self.doc()
    }

    pub(super) fn size_hint(&self) -> u32 {
        self.0.iter().map(|t| t.passing.size_hint()).fold(0, u32::saturating_add)
    }

    /// How many there may be in the current article; a mention that only its value rules out is counted.
    pub(super) fn at_most(&self) -> u32 {
        let doc = self.doc();
        let here = self.0.iter().filter(|t| t.passing.doc() == doc);
        here.map(|t| t.passing.term_freq()).fold(0, u32::saturating_add)
    }

    /// The places of the current article's mentions, in order.
    pub(super) fn stretches(&mut self, doc: DocId, into: &mut Vec<Stretch>) {
        into.clear();
        let several = self.0.len() > 1;
        for tested in &mut self.0 {
            if tested.passing.doc() == doc {
                tested.stretches(doc, into);
            }
        }
        if several {
            into.sort_unstable();
            into.dedup();
        }
    }
}

impl Tested {
    fn stretches(&mut self, doc: DocId, into: &mut Vec<Stretch>) {
        if self.values.as_ref().is_some_and(|values| !values.any(doc)) {
            return;
        }
        let [passing, starts, ends] = &mut self.buffers;
        self.passing.positions(passing);
        read_at(&mut self.ends, doc, ends);
        let all = match &mut self.starts {
            Some(postings) => {
                read_at(postings, doc, starts);
                passing.dedup();
                &*starts
            }
            None => &*passing,
        };
        if let Some(values) = &self.values {
            values.fits(doc, &mut self.fits);
        }
        let mut wanted = passing.iter().peekable();
        for (rank, (first, last)) in all.iter().zip(ends.iter()).enumerate() {
            if wanted.next_if_eq(&first).is_none() {
                continue;
            }
            if self.values.is_none() || self.fits.get(rank) == Some(&true) {
                into.push(Stretch { first: *first, last: *last });
            }
        }
    }
}

/// The positions of a list in one article.
pub(super) fn read_at(postings: &mut SegmentPostings, doc: DocId, into: &mut Vec<u32>) {
    into.clear();
    if postings.doc() < doc {
        postings.seek(doc);
    }
    if postings.doc() == doc {
        postings.positions(into);
    }
}
