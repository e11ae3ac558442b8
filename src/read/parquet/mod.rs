//! Parquet: the rows of its row groups, each as the JSON object that it stands for.
//!
//! The library (`parquet`) reads the metadata, the levels and the values. What a file says of itself is checked first, and held
//! against what is sensible: how deep its schema goes ([`thrift`]), how large a page is, packed and unpacked ([`pages`], over a
//! [`source`]), how many values a row has ([`column`]), how long it becomes ([`shape`] puts it together), and how much all rows
//! come to, as with other packed inputs.
//!
//! Only columns are read that a field of an article may come from. Row groups are read one page a column at a time.

mod column;
mod pages;
mod shape;
mod source;
mod thrift;

use std::sync::Arc;

use parquet::column::reader::get_column_reader;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::schema::types::SchemaDescriptor;

use self::column::Column;
use self::pages::Pages;
use self::shape::{Columns, DEPTH, Node};
pub(super) use self::source::Source;
use self::thrift::{I32, LIST, STRUCT, Walk};
use super::decode::Caps;
use super::fields::{self, Mapping};
use super::piece::{Found, Piece};
use super::sniff::PARQUET;
use super::{Options, ReadError};
use crate::guard::caught;

/// The last bytes of a file: how long the metadata before them are, and the magic.
const TAIL: u64 = 8;
/// Most bytes of metadata.
const METADATA: u64 = 16 << 20;
/// Most parts of a schema.
const PARTS: u64 = 10_000;
/// Most columns that are read.
const COLUMNS: usize = 64;
/// Most values of a column of lists in a row group: those of one row are held in memory.
const LISTED: i64 = 1 << 23;
/// What a row counts for besides its bytes, so that empty rows come to something.
const ROW: u64 = 16;

/// Iterator over the rows of a file.
pub(super) struct Rows {
    source: Arc<Source>,
    metadata: ParquetMetaData,
    /// What is written of a row, field by field.
    fields: Vec<(String, Node)>,
    columns: Columns,
    max: usize,
    caps: Caps,
    /// The row group after the present one.
    next_group: usize,
    open: Vec<Column>,
    /// Rows of the present row group to come, and where it begins.
    left: i64,
    offset: u64,
    number: u64,
    /// What the rows so far come to.
    written: u64,
    done: bool,
}

fn damaged(offset: u64, what: impl std::fmt::Display) -> ReadError {
    ReadError::Corrupt { codec: "Parquet", offset, message: what.to_string() }
}

/// Runs a part of the library, which is not to end the program whatever a file holds.
fn guarded<T>(offset: u64, run: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    caught("reading Parquet", run).unwrap_or_else(|_| Err(damaged(offset, "it makes the library fail")))
}

impl Rows {
    /// Reads the metadata.
    pub(super) fn new(source: Source, options: &Options, max: usize) -> Result<Self, ReadError> {
        let metadata = metadata(&source)?;
        let schema = metadata.file_metadata().schema_descr();
        let (fields, columns) = wanted(schema, &options.mapping);
        if fields.is_empty() || columns.read.len() > COLUMNS {
            return Err(ReadError::NoHeader);
        }
        Ok(Self {
            source: Arc::new(source),
            metadata,
            fields,
            columns,
            max,
            caps: options.caps,
            next_group: 0,
            open: Vec::new(),
            left: 0,
            offset: 0,
            number: 0,
            written: 0,
            done: false,
        })
    }

    /// The next row; `None` at the end.
    fn row(&mut self) -> Result<Option<Found>, ReadError> {
        while self.left <= 0 {
            let Some(group) = self.metadata.row_groups().get(self.next_group) else { return Ok(None) };
            self.left = group.num_rows();
            self.offset = group.columns().iter().map(|column| column.byte_range().0).min().unwrap_or(0);
            self.open = open(&self.source, group, &self.columns)?;
            self.next_group += 1;
        }
        self.left -= 1;
        for column in &mut self.open {
            if !column.next_row().map_err(|e| damaged(self.offset, e))? {
                return Err(damaged(self.offset, "a column has fewer values than there are rows"));
            }
        }
        let mut row = String::new();
        let written = self.write(&mut row);
        self.written += row.len() as u64 + ROW;
        let limit =
            self.source.len().saturating_mul(self.caps.ratio).max(self.caps.free).min(self.caps.total);
        if self.written > limit {
            return Err(ReadError::TooMuch { limit, packed: self.source.len() });
        }
        match written {
            Some(()) if row.len() <= self.max => Ok(Some(Found::Whole(row.into_bytes()))),
            None if row.len() <= self.max => {
                Err(damaged(self.offset, "the levels of its columns do not fit each other"))
            }
            _ => Ok(Some(Found::TooLong { length: row.len() as u64, limit: self.max })),
        }
    }

    fn write(&mut self, row: &mut String) -> Option<()> {
        row.push('{');
        for (n, (name, node)) in self.fields.iter().enumerate() {
            if n > 0 {
                row.push(',');
            }
            row.push_str(&serde_json::Value::from(&**name).to_string());
            row.push(':');
            node.write(&mut self.open, row, self.max)?;
        }
        row.push('}');
        Some(())
    }
}

impl Iterator for Rows {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.done {
            return None;
        }
        self.number += 1;
        let found = match guarded(self.offset, || self.row()) {
            Ok(None) => return None,
            Ok(Some(found)) => found,
            Err(reason) => {
                self.done = true;
                Found::Refused(reason)
            }
        };
        Some(Piece { number: self.number, offset: self.offset, found })
    }
}

/// Reads the metadata at the end of a file.
fn metadata(source: &Source) -> Result<ParquetMetaData, ReadError> {
    let len = source.len();
    let cut_short = || damaged(len, "it does not end as such a file does");
    let at = len.checked_sub(TAIL).ok_or_else(cut_short)?;
    let tail = source.read(at, 8)?;
    let (size, magic) = tail.split_first_chunk().ok_or_else(cut_short)?;
    if magic == b"PARE" {
        return Err(ReadError::Unsupported { what: "an encrypted Parquet file" });
    }
    let size = u64::from(u32::from_le_bytes(*size));
    if magic != PARQUET || size > at {
        return Err(cut_short());
    }
    if size > METADATA {
        return Err(damaged(at - size, "it has more than 16 MiB of metadata"));
    }
    let bytes = source.read(at - size, usize::try_from(size).unwrap_or(usize::MAX))?;
    if !is_shallow(&bytes).unwrap_or(false) {
        return Err(damaged(at - size, "its schema is damaged, or nested too deep"));
    }
    guarded(at - size, || ParquetMetaDataReader::decode_metadata(&bytes).map_err(|e| damaged(at - size, e)))
}

/// Whether the schema has no more parts within parts than are read; the library goes down by recursion.
fn is_shallow(metadata: &[u8]) -> Option<bool> {
    let mut shallow = false;
    Walk::new(metadata).each(|walk, field, kind| {
        if (field, kind) != (2, LIST) {
            return Some(false);
        }
        let (parts, kind) = walk.list()?;
        if parts > PARTS || kind != STRUCT {
            return None;
        }
        // How many parts are to come at each depth.
        let mut open: Vec<i64> = Vec::new();
        for _ in 0..parts {
            let mut children = 0;
            walk.each(|walk, field, kind| {
                if (field, kind) != (5, I32) {
                    return Some(false);
                }
                children = walk.signed()?;
                Some(true)
            })?;
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            if children > 0 {
                open.push(children);
            }
            if open.len() > DEPTH {
                return None;
            }
            while open.last().is_some_and(|left| *left <= 0) {
                open.pop();
            }
        }
        shallow = open.is_empty();
        Some(true)
    })?;
    Some(shallow)
}

/// The fields that a field of an article may come from, and their columns.
fn wanted(schema: &SchemaDescriptor, mapping: &Mapping) -> (Vec<(String, Node)>, Columns) {
    let mut columns = Columns::default();
    let mut found = Vec::new();
    for field in schema.root_schema().get_fields() {
        let name = field.name();
        if fields::known(name).is_some() || mapping.under(name).next().is_some() {
            found.push((name.to_owned(), columns.node(field, (0, 0))));
        } else {
            columns.skip(field);
        }
    }
    (found, columns)
}

/// Opens the columns of a row group.
fn open(source: &Arc<Source>, group: &RowGroupMetaData, columns: &Columns) -> Result<Vec<Column>, ReadError> {
    let missing = || damaged(0, "a row group without one of the columns");
    let mut open = Vec::with_capacity(columns.read.len());
    for (number, meaning) in &columns.read {
        let chunk = group.columns().get(*number).ok_or_else(missing)?;
        let (at, len) = chunk.byte_range();
        let descriptor = chunk.column_descr_ptr();
        let levels = (descriptor.max_def_level(), descriptor.max_rep_level());
        let impossible = || damaged(at, "a column goes beyond the file");
        let end = at.checked_add(len).filter(|end| *end <= source.len()).ok_or_else(impossible)?;
        let values = chunk.num_values();
        if levels.1 > 0 && values > LISTED {
            return Err(damaged(at, "a row group has more than 8 million values in lists"));
        }
        let pages = Pages {
            source: source.clone(),
            at,
            end,
            compression: chunk.compression(),
            left: u64::try_from(values).unwrap_or(0),
            levels: [levels.1 > 0, levels.0 > 0],
        };
        open.push(Column::new(get_column_reader(descriptor, Box::new(pages)), *meaning, levels));
    }
    Ok(open)
}
