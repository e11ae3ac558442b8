//! Writes the terms of a segment: to each the articles that hold it, and its positions in them.
//!
//! The log has the terms by article; wanted are the articles by term. As many terms in their order as fit into the
//! memory of a pass get a stretch each of one long row, for they have been counted; one walk through the log then fills all stretches.

use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption, Schema};

use super::log::{BLOCK, Cell, Log};
use super::vocabulary::{TermNumber, Vocabulary};
use crate::index::IndexError;

/// Places of terms that a pass holds, four bytes each, unless one term alone has more.
const PASS: usize = 6_000_000;
/// The stretch of a term that is not of the pass.
const ABSENT: u32 = u32::MAX;

/// What is to be written.
pub(super) struct Inverter<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) log: &'a Log,
    /// To each block of positions its article, and the position that it begins with.
    pub(super) blocks: &'a [(u32, u32)],
    /// How many terms each field holds, repeated ones counted.
    pub(super) totals: &'a [u64],
    pub(super) articles: u32,
}

impl Inverter<'_> {
    /// Writes terms, postings and positions; the lengths of fields have been written before.
    pub(super) fn write(&self, segment: &Segment) -> Result<(), IndexError> {
        let failed = |e| IndexError::io("writing a segment's postings", e);
        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let schema = segment.schema();
        let mut serializer = InvertedIndexSerializer::open(segment)?;
        let order = self.vocabulary.in_order();
        let mut pass = Pass { ends: vec![ABSENT; self.vocabulary.len()], ..Pass::default() };
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let number = self.vocabulary.field(*first);
            let of_field = rest.partition_point(|term| self.vocabulary.field(*term) == number);
            let field = Field::from_field_id(u32::from(number));
            let total = self.totals.get(usize::from(number)).copied().unwrap_or(0);
            let mut writer = serializer.new_field(field, total, norms.get_field(field)?).map_err(failed)?;
            let record = record_option(&schema, field);
            for _ in 0..of_field {
                let Some((term, after)) = rest.split_first() else { break };
                if pass.left == 0 {
                    self.fill(&mut pass, rest);
                }
                self.write_term(&mut writer, *term, pass.take(*term), record).map_err(failed)?;
                rest = after;
            }
            writer.close().map_err(failed)?;
        }
        serializer.close().map_err(failed)
    }

    /// Fills a pass with as many of `terms` as it may hold.
    fn fill(&self, pass: &mut Pass, terms: &[TermNumber]) {
        pass.ends.fill(ABSENT);
        (pass.left, pass.from) = (0, 0);
        let mut end = 0;
        for term in terms {
            let times = self.vocabulary.times(*term);
            if pass.left > 0 && (end + times) as usize > PASS {
                break;
            }
            if let Some(at) = pass.ends.get_mut(*term as usize) {
                *at = end;
            }
            (end, pass.left) = (end + times, pass.left + 1);
        }
        pass.cells.clear();
        pass.cells.resize(end as usize, 0);
        let Pass { ends, cells, .. } = pass;
        self.log.each(|term, cell| {
            if let Some(end) = ends.get_mut(term as usize).filter(|end| **end != ABSENT)
                && let Some(place) = cells.get_mut(*end as usize)
            {
                *place = cell;
                *end += 1;
            }
        });
    }

    fn write_term(
        &self,
        writer: &mut FieldSerializer<'_>,
        term: TermNumber,
        (cells, deltas): (&[Cell], &mut Vec<u32>),
        record: IndexRecordOption,
    ) -> std::io::Result<()> {
        let times = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        writer.new_term(self.vocabulary.term(term), times.min(self.articles), record.has_freq())?;
        let block = |cell: Cell| self.blocks.get((cell >> 16) as usize).copied().unwrap_or_default();
        let mut rest = cells;
        while let Some(first) = rest.first() {
            let (article, _) = block(*first);
            deltas.clear();
            let mut last = 0;
            let mut of_block = (usize::MAX, 0);
            let mut same = 0;
            for cell in rest {
                let number = (cell >> 16) as usize;
                if of_block.0 != number {
                    let (other, base) = block(*cell);
                    if other != article {
                        break;
                    }
                    of_block = (number, base);
                }
                let position = of_block.1 + (cell & (BLOCK - 1));
                deltas.push(position - last);
                last = position;
                same += 1;
            }
            if record.has_positions() {
                writer.write_doc(article, same, deltas);
            } else {
                writer.write_doc(article, 0, &[]);
            }
            rest = rest.get(same as usize..).unwrap_or_default();
        }
        writer.close_term()
    }
}

fn record_option(schema: &Schema, field: Field) -> IndexRecordOption {
    let option = schema.get_field_entry(field).field_type().index_record_option();
    option.unwrap_or(IndexRecordOption::Basic)
}

/// The places of some terms that follow each other in order.
#[derive(Default)]
struct Pass {
    /// To each term of the pass, by number, the end of its stretch.
    ends: Vec<u32>,
    cells: Vec<Cell>,
    /// Terms not taken yet.
    left: usize,
    /// Where the next one's stretch begins.
    from: usize,
    deltas: Vec<u32>,
}

impl Pass {
    /// The places of the next term, which is `term`, and room for their distances.
    fn take(&mut self, term: TermNumber) -> (&[Cell], &mut Vec<u32>) {
        let end = self.ends.get(term as usize).map_or(self.from, |end| *end as usize);
        let cells = self.cells.get(self.from..end).unwrap_or_default();
        (self.from, self.left) = (end, self.left.saturating_sub(1));
        (cells, &mut self.deltas)
    }
}
