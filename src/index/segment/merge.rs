//! Writes the terms of a segment, merged from its runs, in the engine's format by the engine's serialisers.

use std::io;

use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption};

use super::reader::Reader;
use super::run::{END, Run};
use crate::index::IndexError;

/// Writes terms, postings and positions; the lengths of fields have been written before. `totals` says how many terms each
/// field holds, repeated ones counted. Runs come in the order of their articles.
pub(super) fn merge(runs: Vec<Run>, segment: &Segment, totals: &[u64]) -> Result<(), IndexError> {
    let failed = |e| IndexError::io("writing a segment's postings", e);
    let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let schema = segment.schema();
    let mut serializer = InvertedIndexSerializer::open(segment)?;
    let mut queue = Queue::new(runs).map_err(failed)?;
    while let Some(number) = queue.field() {
        let field = Field::from_field_id(u32::from(number));
        let total = totals.get(usize::from(number)).copied().unwrap_or(0);
        let record = schema.get_field_entry(field).field_type().index_record_option();
        let mut writer = serializer.new_field(field, total, norms.get_field(field)?).map_err(failed)?;
        while queue.field() == Some(number) {
            queue.write_term(&mut writer, record.unwrap_or(IndexRecordOption::Basic)).map_err(failed)?;
        }
        writer.close().map_err(failed)?;
    }
    serializer.close().map_err(failed)
}

/// The runs, those first whose term comes first.
struct Queue {
    runs: Vec<Reader>,
    /// Numbers of the runs that have not come to their end: by term, then in the order of the articles, the last first.
    order: Vec<usize>,
    term: Vec<u8>,
    deltas: Vec<u32>,
    /// The runs that have the term that is being written.
    same: Vec<usize>,
}

impl Queue {
    fn new(runs: Vec<Run>) -> io::Result<Self> {
        let runs = runs.into_iter().map(Run::read).collect::<io::Result<Vec<_>>>()?;
        let all = 0..runs.len();
        let order = Vec::with_capacity(runs.len());
        let mut queue = Self { runs, order, term: Vec::new(), deltas: Vec::new(), same: Vec::new() };
        all.for_each(|run| queue.insert(run));
        Ok(queue)
    }

    /// The field of the next term.
    fn field(&self) -> Option<u8> {
        self.order.last().and_then(|run| self.runs.get(*run)).map(Reader::field)
    }

    /// Puts a run where it belongs, unless it has come to its end.
    fn insert(&mut self, run: usize) {
        let key = |run: usize| self.runs.get(run).map(|reader| (reader.key(), run));
        if self.runs.get(run).is_some_and(|reader| reader.field() != END) {
            let at = self.order.partition_point(|other| key(*other) > key(run));
            self.order.insert(at, run);
        }
    }

    /// Writes the next term from all runs that have it.
    fn write_term(&mut self, writer: &mut FieldSerializer<'_>, record: IndexRecordOption) -> io::Result<()> {
        self.same.clear();
        self.term.clear();
        let (of, mut articles) = (self.field().unwrap_or(END), 0);
        while let Some(reader) = self.order.last().and_then(|run| self.runs.get(*run)) {
            let (field, _, term) = reader.key();
            if self.same.is_empty() {
                self.term.extend_from_slice(term);
            } else if field != of || term != self.term {
                break;
            }
            articles += reader.articles();
            self.same.extend(self.order.pop());
        }
        writer.new_term(&self.term, articles, record.has_freq())?;
        let same = std::mem::take(&mut self.same);
        for run in &same {
            let Some(reader) = self.runs.get_mut(*run) else { continue };
            for _ in 0..reader.articles() {
                let (article, times) = reader.article(record.has_positions(), &mut self.deltas)?;
                writer.write_doc(article, if record.has_freq() { times } else { 0 }, &self.deltas);
            }
            reader.advance()?;
            self.insert(*run);
        }
        self.same = same;
        writer.close_term()
    }
}
