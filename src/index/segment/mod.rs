//! A segment under construction: articles in memory, until it is written as one whole.
//!
//! The engine has a way of its own to make segments, which knows each term's postings as a list that grows in small
//! pieces. Here a term costs a look into a hash table ([`vocabulary`]) and two bytes at the end of a [`log`]; the lists are
//! made once, when the segment is written ([`postings`]), in the engine's own format by its own serialisers. Articles keep the order in
//! which they came, so the same articles make the same segment.
//!
//! An article that is taken out again before its segment is written stays in it as a deleted one.

mod evidence;
mod log;
mod postings;
mod vocabulary;

use rustc_hash::FxHashMap;
use tantivy::BitSet;
use tantivy::columnar::{ColumnType, ColumnarWriter};
use tantivy::directory::TerminatingWrite as _;
use tantivy::fastfield::write_alive_bitset;
use tantivy::fieldnorm::{FieldNormReader, FieldNormsSerializer};
use tantivy::index::{Segment, SegmentComponent, SegmentMeta};
use tantivy::schema::{Field, FieldType};
use tantivy::store::StoreWriter;

pub(super) use self::evidence::Tally;
use self::evidence::two_words;
use self::log::{BLOCK, Log, Place};
use self::postings::Inverter;
use self::vocabulary::{TermNumber, Vocabulary};
use super::stream::{Item, Stream, Term};
use super::writer::SCHEMA;
use super::{IndexError, stored};
use crate::article::RunTogether;

/// The most blocks of positions of a segment; an article has one, or several if it has more than 65,536 positions.
const MOST_BLOCKS: u32 = 1 << 16;

/// A number for a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Signed(i64),
    Unsigned(u64),
}

/// Everything that a segment holds of an article.
#[derive(Debug)]
pub(super) struct Entry {
    /// The id's term.
    pub(super) id: String,
    /// The terms of all other fields.
    pub(super) terms: Stream,
    /// Columns and what stands in them, in order.
    pub(super) values: Vec<(&'static str, Value)>,
    /// Tokens that may be two words run together, in the order of the stream.
    pub(super) candidates: Vec<RunTogether>,
    /// The record of the document store, which flags none of these.
    pub(super) stored: Vec<u8>,
    /// Of a copy: the number of its group, and the id of the article that it copies.
    pub(super) copied: Option<(u64, String)>,
}

/// A segment under construction.
pub(super) struct Builder {
    segment: Segment,
    vocabulary: Vocabulary,
    log: Log,
    place: Place,
    /// To each block of positions its article, and the position that it begins with.
    blocks: Vec<(u32, u32)>,
    articles: u32,
    /// To each field the articles' lengths, as the engine writes lengths; empty for fields that have none.
    norms: Vec<Vec<u8>>,
    /// To each field, how many terms it holds.
    totals: Vec<u64>,
    has_norms: Vec<bool>,
    columns: ColumnarWriter,
    store: StoreWriter,
    /// Which article has an id, by the id's term.
    ids: FxHashMap<TermNumber, u32>,
    /// Articles taken out again.
    deleted: Vec<u32>,
    /// Which candidates of the article being added are two words.
    decided: Vec<bool>,
}

impl Builder {
    /// Begins a segment, whose files it makes.
    pub(super) fn new(segment: Segment) -> Result<Self, IndexError> {
        let index = segment.index().clone();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            index.settings().docstore_compression,
            index.settings().docstore_blocksize,
            index.settings().docstore_compress_dedicated_thread,
        )
        .map_err(failed)?;
        let schema = segment.schema();
        let mut columns = ColumnarWriter::default();
        for (_, entry) in schema.fields().filter(|(_, entry)| entry.is_fast()) {
            let kind = match entry.field_type() {
                FieldType::I64(_) => ColumnType::I64,
                _ => ColumnType::U64,
            };
            columns.record_column_type(entry.name(), kind, false);
        }
        let has_norms: Vec<bool> =
            schema.fields().map(|(_, entry)| entry.is_indexed() && entry.has_fieldnorms()).collect();
        Ok(Self {
            segment,
            vocabulary: Vocabulary::default(),
            log: Log::default(),
            place: Place::default(),
            blocks: Vec::new(),
            articles: 0,
            norms: vec![Vec::new(); has_norms.len()],
            totals: vec![0; has_norms.len()],
            has_norms,
            columns,
            store,
            ids: FxHashMap::default(),
            deleted: Vec::new(),
            decided: Vec::new(),
        })
    }

    /// Whether there is room for an article, as there always is in an empty one.
    pub(super) fn has_room(&self, entry: &Entry) -> bool {
        self.place.blocks() + entry.terms.positions() / BLOCK < MOST_BLOCKS
    }

    /// About how much memory it takes.
    pub(super) fn memory(&self) -> usize {
        self.vocabulary.memory()
            + self.log.memory()
            + self.blocks.len() * 8
            + self.columns.mem_usage()
            + self.store.mem_usage()
            + self.ids.capacity() * 9
    }

    /// Whether it holds an article with this id term.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.number(id).is_some()
    }

    fn number(&self, id: &str) -> Option<TermNumber> {
        let field = u8::try_from(SCHEMA.1.id.field_id()).ok()?;
        let number = self.vocabulary.find(field, Term::new(id.as_bytes()))?;
        self.ids.contains_key(&number).then_some(number)
    }

    /// Takes the article with this id term out again; `false` if it holds none.
    pub(super) fn remove(&mut self, id: &str) -> bool {
        let removed = self.number(id).and_then(|number| self.ids.remove(&number));
        self.deleted.extend(removed);
        removed.is_some()
    }

    /// Counts its words for the segments after it.
    pub(super) fn tally(&self, tally: &mut Tally) {
        tally.add(u8::try_from(SCHEMA.1.text.field_id()).unwrap_or(0), &self.vocabulary);
    }

    /// Adds an article, in place of the one with its id if it holds one; `tally` knows the words of the segments before.
    pub(super) fn add(&mut self, entry: &Entry, tally: &Tally) -> Result<(), IndexError> {
        let article = self.articles;
        for (column, value) in &entry.values {
            match value {
                Value::Signed(value) => self.columns.record_numerical(article, column, *value),
                Value::Unsigned(value) => self.columns.record_numerical(article, column, *value),
            }
        }
        self.log.article();
        self.place.begin_article();
        let first_block = self.place.blocks() - 1;
        self.blocks.push((article, 0));

        let id = Item::Term { step: 1, times: 1, term: Term::new(entry.id.as_bytes()) };
        let own = [Item::Field(u8::try_from(SCHEMA.1.id.field_id()).unwrap_or(0)), id];
        let id = self.terms(article, own.into_iter(), tally);
        self.decided.clear();
        self.terms(article, entry.terms.items(), tally);
        if let Some(group) = entry.copied.as_ref().map(|(group, _)| group.to_be_bytes()) {
            let number = Item::Term { step: 1, times: 1, term: Term::new(&group) };
            let copies = Item::Field(u8::try_from(SCHEMA.1.copies.field_id()).unwrap_or(0));
            self.terms(article, [copies, number].into_iter(), tally);
        }
        self.store(entry)?;

        for block in first_block + 1..self.place.blocks() {
            self.blocks.push((article, (block - first_block) * BLOCK));
        }
        let replaced = id.and_then(|id| self.ids.insert(id, article));
        self.deleted.extend(replaced);
        self.articles += 1;
        Ok(())
    }

    /// Stores the record, in which tokens are flagged that turned out to be two words, and the article that it copies.
    fn store(&mut self, entry: &Entry) -> Result<(), IndexError> {
        let mut record = std::borrow::Cow::Borrowed(&entry.stored);
        if self.decided.contains(&true) {
            let decided = entry.candidates.iter().zip(&self.decided);
            let flagged: Vec<_> = decided.filter(|(_, two)| **two).map(|(token, _)| *token).collect();
            let flagged = stored::flag(&record, &flagged);
            record = std::borrow::Cow::Owned(flagged.map_err(|e| IndexError::Engine(e.to_string()))?);
        }
        if let Some((_, root)) = &entry.copied {
            stored::add_text(record.to_mut(), SCHEMA.1.copy_of, root);
        }
        self.store.store_bytes(&record).map_err(failed)
    }

    /// Adds terms; gives the number of the last one.
    fn terms<'a>(
        &mut self,
        article: u32,
        items: impl Iterator<Item = Item<'a>>,
        tally: &Tally,
    ) -> Option<TermNumber> {
        let (mut field, mut length, mut last) = (0, 0, None);
        // Whether terms count, and how far those went that do not.
        let (mut counts, mut skipped) = (true, 0);
        for item in items {
            match item {
                Item::Field(next) => {
                    self.close_field(article, field, length);
                    (field, length, skipped) = (next, 0, 0);
                    self.log.field();
                    self.place.begin_field();
                }
                Item::Term { step, .. } if !counts => skipped += step,
                Item::Only(None) => counts = true,
                Item::Only(Some(candidate)) => {
                    counts = self.decided.get(candidate as usize).copied().unwrap_or(false);
                }
                Item::Joint { cut, times } => {
                    let parts = last
                        .and_then(|number| two_words((&self.vocabulary, tally), (field, number), cut, times));
                    self.decided.push(parts.is_some());
                    for part in parts.iter().flatten() {
                        let number = self.vocabulary.count(field, Term::new(part.as_bytes()), times);
                        (0..times).for_each(|_| self.log.term(number, 0));
                        length += times;
                    }
                }
                Item::Term { step, times, term } => {
                    let step = step + std::mem::take(&mut skipped);
                    let number = self.vocabulary.count(field, term, times);
                    self.log.term(number, step);
                    self.place.advance(step);
                    for _ in 1..times {
                        self.log.term(number, 0);
                    }
                    length += times;
                    last = Some(number);
                }
            }
        }
        self.close_field(article, field, length);
        last
    }

    /// Notes how many terms a field of an article has.
    fn close_field(&mut self, article: u32, field: u8, length: u32) {
        let field = usize::from(field);
        if length == 0 {
            return;
        }
        if let Some(total) = self.totals.get_mut(field) {
            *total += u64::from(length);
        }
        if let (Some(norms), Some(true)) = (self.norms.get_mut(field), self.has_norms.get(field)) {
            norms.resize(article as usize, 0);
            norms.push(FieldNormReader::fieldnorm_to_id(length));
        }
    }

    /// Writes the segment whole, and gives what the engine must know of it.
    pub(super) fn write(mut self) -> Result<SegmentMeta, IndexError> {
        let mut segment = self.segment.clone().with_max_doc(self.articles);
        self.write_norms(&segment)?;
        let Self { vocabulary, log, blocks, totals, articles, .. } = &self;
        Inverter { vocabulary, log, blocks, totals, articles: *articles }.write(&segment)?;
        let mut file = segment.open_write(SegmentComponent::FastFields)?;
        self.columns
            .serialize(self.articles, None, &mut file)
            .and_then(|()| file.terminate())
            .map_err(failed)?;
        self.store.close().map_err(failed)?;
        if !self.deleted.is_empty() {
            let mut alive = BitSet::with_max_value_and_full(self.articles);
            self.deleted.iter().for_each(|article| alive.remove(*article));
            let deleted = self.articles - u32::try_from(alive.len()).unwrap_or(self.articles);
            // No operation has the number 0, so later deletions get a file of another name.
            segment = segment.with_delete_meta(deleted, 0);
            let mut file = segment.open_write(SegmentComponent::Delete)?;
            write_alive_bitset(&alive, &mut file).and_then(|()| file.terminate()).map_err(failed)?;
        }
        let meta = segment.meta().clone();
        meta.untrack_temp_docstore();
        Ok(meta)
    }

    fn write_norms(&mut self, segment: &Segment) -> Result<(), IndexError> {
        let file = segment.open_write(SegmentComponent::FieldNorms)?;
        let mut serializer = FieldNormsSerializer::from_write(file).map_err(failed)?;
        for ((norms, has), number) in self.norms.iter_mut().zip(&self.has_norms).zip(0..) {
            if *has {
                norms.resize(self.articles as usize, 0);
                serializer.serialize_field(Field::from_field_id(number), norms).map_err(failed)?;
            }
        }
        serializer.close().map_err(failed)
    }
}

fn failed(error: std::io::Error) -> IndexError {
    IndexError::io("writing a segment", error)
}
