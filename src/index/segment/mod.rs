//! A segment under construction: articles in memory, until it is written as one whole.
//!
//! The engine has a way of its own to make segments, which knows each term's postings as a list that grows in small
//! pieces. Here a term costs a look into a hash table ([`vocabulary`]) and two bytes at the end of a [`log`]. When these have taken
//! their share of memory, a thread of its own sorts them and puts them into a file as a [`run`], while others are begun; when
//! the segment is written, its runs are merged ([`merge`]) in the engine's own format by its own serialisers. So a segment may
//! have many more articles than memory has room for. Articles keep the order in which they came, and the same articles make the same segment.
//!
//! An article that is taken out again before its segment is written stays in it as a deleted one.

mod evidence;
mod log;
mod merge;
mod numbers;
mod reader;
mod run;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
mod vocabulary;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use tantivy::BitSet;
use tantivy::columnar::{ColumnType, ColumnarWriter};
use tantivy::directory::TerminatingWrite as _;
use tantivy::fastfield::write_alive_bitset;
use tantivy::fieldnorm::{FieldNormReader, FieldNormsSerializer};
use tantivy::index::{Segment, SegmentComponent, SegmentMeta};
use tantivy::schema::{Field, FieldType, IndexRecordOption};
use tantivy::store::StoreWriter;

pub(super) use self::evidence::Tally;
use self::evidence::two_words;
use self::log::BLOCK;
use self::merge::merge;
use self::run::{Notes, Run};
use self::vocabulary::TermNumber;
use super::schema::Keyed;
use super::stream::{Item, Stream, Term};
use super::writer::SCHEMA;
use super::{IndexError, stored};
use crate::article::RunTogether;
use crate::guard;

/// The most blocks of positions of a run; an article has one, or several if it has more than 65,536 positions.
const MOST_BLOCKS: u32 = 1 << 16;

/// A number for a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Signed(i64),
    Unsigned(u64),
}

/// What a thread does that makes a run.
const SORTING: &str = "sorting the terms of a segment";

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
    /// The number of its story.
    pub(super) story: u64,
}

/// A segment under construction.
pub(super) struct Builder {
    segment: Segment,
    /// Where runs are put.
    directory: PathBuf,
    /// Bytes that terms may take until they become a run.
    room: usize,
    notes: Notes,
    runs: Vec<Run>,
    /// The run that is being sorted and written.
    sorting: Option<JoinHandle<Result<Run, IndexError>>>,
    articles: u32,
    /// To each field the articles' lengths, as the engine writes lengths; empty for fields that have none.
    norms: Vec<Vec<u8>>,
    /// To each field, how many terms it holds.
    totals: Vec<u64>,
    has_norms: Vec<bool>,
    has_positions: Arc<[bool]>,
    columns: ColumnarWriter,
    /// To each field the name of its column, if its values are strings.
    keyed: Vec<Option<&'static str>>,
    store: StoreWriter,
    /// Which article has an id, by the id's term.
    ids: HashMap<Box<str>, u32>,
    /// Bytes of these terms.
    id_bytes: usize,
    /// Articles taken out again.
    deleted: Vec<u32>,
    /// Which candidates of the article being added are two words.
    decided: Vec<bool>,
}

impl Builder {
    /// Begins a segment, whose files it makes. Terms that take more than `room` bytes are put into files in `directory`.
    pub(super) fn new(segment: Segment, directory: PathBuf, room: usize) -> Result<Self, IndexError> {
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
                FieldType::Str(_) => ColumnType::Str,
                _ => ColumnType::U64,
            };
            columns.record_column_type(entry.name(), kind, false);
        }
        let has_norms: Vec<bool> =
            schema.fields().map(|(_, entry)| entry.is_indexed() && entry.has_fieldnorms()).collect();
        let positions = schema.fields().map(|(_, entry)| {
            entry.field_type().index_record_option().is_some_and(IndexRecordOption::has_positions)
        });
        let mut keyed = vec![None; has_norms.len()];
        for (field, of) in SCHEMA.1.keys.into_iter().zip(Keyed::ALL) {
            keyed
                .get_mut(field.field_id() as usize)
                .into_iter()
                .for_each(|column| *column = Some(of.column()));
        }
        Ok(Self {
            keyed,
            has_positions: positions.collect(),
            segment,
            directory,
            room,
            notes: Notes::default(),
            runs: Vec::new(),
            sorting: None,
            articles: 0,
            norms: vec![Vec::new(); has_norms.len()],
            totals: vec![0; has_norms.len()],
            has_norms,
            columns,
            store,
            ids: HashMap::default(),
            id_bytes: 0,
            deleted: Vec::new(),
            decided: Vec::new(),
        })
    }

    /// About how much memory it takes, that of the run being sorted left out.
    pub(super) fn memory(&self) -> usize {
        self.notes.memory()
            + self.columns.mem_usage()
            + self.store.mem_usage()
            + self.ids.capacity() * size_of::<(Box<str>, u32)>()
            + self.id_bytes
            + self.runs.len() * run::BUFFER
    }

    /// Whether it holds an article with this id term.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// Takes the article with this id term out again; `false` if it holds none.
    pub(super) fn remove(&mut self, id: &str) -> bool {
        let removed = self.ids.remove(id);
        self.deleted.extend(removed);
        removed.is_some()
    }

    /// Counts the words that are in memory for the articles after them.
    pub(super) fn tally(&self, tally: &mut Tally) {
        tally.add(u8::try_from(SCHEMA.1.text.field_id()).unwrap_or(0), &self.notes.vocabulary);
    }

    /// Makes a run of what is in memory, which counts its words for the articles after them.
    fn sort(&mut self, tally: &mut Tally) -> Result<(), IndexError> {
        self.tally(tally);
        self.sorted()?;
        let notes = std::mem::take(&mut self.notes);
        let (positions, directory) = (self.has_positions.clone(), self.directory.clone());
        let thread = guard::thread("dateline-run", SORTING, move || {
            Run::in_file(notes, &positions, &directory).map_err(failed)
        });
        self.sorting = Some(thread.map_err(failed)?);
        Ok(())
    }

    /// Waits for the run that is being written.
    fn sorted(&mut self) -> Result<(), IndexError> {
        if let Some(thread) = self.sorting.take() {
            self.runs.push(guard::joined(thread, SORTING)?);
        }
        Ok(())
    }

    /// Adds an article, in place of the one with its id if it holds one; `tally` knows the words of the segments before. Gives the tokens
    /// that turned out to be two words.
    pub(super) fn add(&mut self, entry: &Entry, tally: &mut Tally) -> Result<Vec<RunTogether>, IndexError> {
        let blocks = self.notes.place.blocks() + entry.terms.positions() / BLOCK;
        if self.notes.memory() > self.room || blocks >= MOST_BLOCKS {
            self.sort(tally)?;
        }
        let article = self.articles;
        for (column, value) in &entry.values {
            match value {
                Value::Signed(value) => self.columns.record_numerical(article, column, *value),
                Value::Unsigned(value) => self.columns.record_numerical(article, column, *value),
            }
        }
        self.notes.article(article);
        let id = Item::Term { step: 1, times: 1, term: Term::new(entry.id.as_bytes()) };
        let own = [Item::Field(u8::try_from(SCHEMA.1.id.field_id()).unwrap_or(0)), id];
        self.terms(article, own.into_iter(), tally);
        self.decided.clear();
        self.terms(article, entry.terms.items(), tally);
        let copied = entry.copied.as_ref().map(|(group, _)| (SCHEMA.1.copies, group.to_be_bytes()));
        let story = (SCHEMA.1.story, entry.story.to_be_bytes());
        for (field, number) in copied.into_iter().chain([story]) {
            let number = Item::Term { step: 1, times: 1, term: Term::new(&number) };
            let field = Item::Field(u8::try_from(field.field_id()).unwrap_or(0));
            self.terms(article, [field, number].into_iter(), tally);
        }
        let flagged = self.store(entry)?;

        self.notes.close_article();
        let replaced = self.ids.insert(entry.id.as_str().into(), article);
        self.id_bytes += if replaced.is_some() { 0 } else { entry.id.len() };
        self.deleted.extend(replaced);
        self.articles += 1;
        Ok(flagged)
    }

    /// Stores the record, in which tokens are flagged that turned out to be two words, and the article that it copies.
    fn store(&mut self, entry: &Entry) -> Result<Vec<RunTogether>, IndexError> {
        let mut record = std::borrow::Cow::Borrowed(&entry.stored);
        let mut flagged = Vec::new();
        if self.decided.contains(&true) {
            let decided = entry.candidates.iter().zip(&self.decided);
            flagged.extend(decided.filter(|(_, two)| **two).map(|(token, _)| *token));
            let written = stored::flag(&record, &flagged);
            record = std::borrow::Cow::Owned(written.map_err(|e| IndexError::Engine(e.to_string()))?);
        }
        if let Some((_, root)) = &entry.copied {
            stored::add_text(record.to_mut(), SCHEMA.1.copy_of, root);
        }
        self.store.store_bytes(&record).map_err(failed)?;
        Ok(flagged)
    }

    /// Adds terms.
    fn terms<'a>(&mut self, article: u32, items: impl Iterator<Item = Item<'a>>, tally: &Tally) {
        let (mut field, mut length, mut last) = (0, 0, None::<TermNumber>);
        // Where values go that are for a column.
        let mut column = None;
        // Whether terms count, and how far those went that do not.
        let (mut counts, mut skipped) = (true, 0);
        for item in items {
            match item {
                Item::Field(next) => {
                    self.close_field(article, field, length);
                    (field, length, skipped) = (next, 0, 0);
                    column = self.keyed.get(usize::from(next)).copied().flatten();
                    if column.is_none() {
                        self.notes.log.field();
                        self.notes.place.begin_field();
                    }
                }
                Item::Term { step, .. } if !counts => skipped += step,
                Item::Only(None) => counts = true,
                Item::Only(Some(candidate)) => {
                    counts = self.decided.get(candidate as usize).copied().unwrap_or(false);
                }
                Item::Joint { cut, times } => {
                    let parts = last.and_then(|number| {
                        two_words((&self.notes.vocabulary, tally), (field, number), cut, times)
                    });
                    self.decided.push(parts.is_some());
                    for part in parts.iter().flatten() {
                        let number = self.notes.vocabulary.count(field, Term::new(part.as_bytes()), times);
                        (0..times).for_each(|_| self.notes.log.term(number, 0));
                        length += times;
                    }
                }
                Item::Term { step, times, term } => {
                    if let Some(column) = column {
                        let value = str::from_utf8(term.bytes).unwrap_or_default();
                        self.columns.record_str(article, column, value);
                        continue;
                    }
                    let step = step + std::mem::take(&mut skipped);
                    let number = self.notes.vocabulary.count(field, term, times);
                    self.notes.log.term(number, step);
                    self.notes.place.advance(step);
                    for _ in 1..times {
                        self.notes.log.term(number, 0);
                    }
                    length += times;
                    last = Some(number);
                }
            }
        }
        self.close_field(article, field, length);
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
        self.sorted()?;
        let mut runs = std::mem::take(&mut self.runs);
        runs.push(Run::in_memory(std::mem::take(&mut self.notes), &self.has_positions).map_err(failed)?);
        merge(runs, &segment, &self.totals)?;
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
