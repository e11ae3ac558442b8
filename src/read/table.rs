//! CSV and TSV: rows cut here, each read through the table of keys, as JSON objects are.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::buffer::Buffered;
use super::charset;
use super::fields::{self, Mapping};
use super::object::Slots;
use super::piece::{Bounded, Found, Piece};
use super::{RawRecord, ReadError};
use crate::article::RawArticle;

/// Most columns that are read.
const COLUMNS: usize = 4_096;

/// Iterator over the rows of a table as they stand, quotes and all, without the first, which names the columns.
pub(super) struct Rows<R> {
    reader: Buffered<R>,
    max: usize,
    offset: u64,
    number: u64,
    head: Arc<[u8]>,
    done: bool,
}

/// Where in a row the scan stands.
#[derive(Default, Clone, Copy)]
struct State {
    quoted: bool,
    /// Whether a field begins here: only there a quote opens.
    fresh: bool,
}

impl<R: Read> Rows<R> {
    /// Rows of at most `max` bytes each.
    pub(super) fn new(reader: Buffered<R>, max: usize, offset: u64) -> Self {
        Self { reader, max, offset, number: 0, head: Arc::from([]), done: false }
    }

    /// The first row, behind the byte that parts its columns.
    pub(super) fn head(&self) -> Arc<[u8]> {
        self.head.clone()
    }

    /// The next row that is not blank; `None` at the end.
    fn row(&mut self) -> io::Result<Option<(u64, Found)>> {
        loop {
            let offset = self.offset;
            let mut row = Bounded::new(self.max);
            let mut state = State { quoted: false, fresh: true };
            let mut ended = false;
            while !ended {
                let ready = self.reader.fill_buf()?;
                if ready.is_empty() {
                    break;
                }
                let mut taken = 0;
                for byte in ready {
                    taken += 1;
                    match byte {
                        b'"' if state.quoted => state = State { quoted: false, fresh: true },
                        b'"' if state.fresh => state = State { quoted: true, fresh: false },
                        b'\n' if !state.quoted => {
                            ended = true;
                            break;
                        }
                        b',' | b'\t' | b';' | b'|' => state.fresh = true,
                        _ => state.fresh = false,
                    }
                }
                row.add(ready.get(..taken).unwrap_or(ready));
                self.reader.consume(taken);
                self.offset += taken as u64;
            }
            if row.length == 0 {
                return Ok(None);
            }
            let found = row.found(ended || !state.quoted, self.offset);
            if !matches!(&found, Found::Whole(bytes) if bytes.trim_ascii().is_empty()) {
                return Ok(Some((offset, found)));
            }
        }
    }

    fn read(&mut self) -> io::Result<Option<Piece>> {
        if self.head.is_empty() {
            match self.row()? {
                None => return Ok(None),
                Some((_, Found::Whole(bytes))) => {
                    let mut head = vec![separator(&bytes)];
                    head.extend_from_slice(&bytes);
                    self.head = Arc::from(head);
                }
                Some((offset, found)) => {
                    self.done = true;
                    return Ok(Some(Piece { number: 1, offset, found }));
                }
            }
        }
        let Some((offset, found)) = self.row()? else { return Ok(None) };
        self.number += 1;
        Ok(Some(Piece { number: self.number, offset, found }))
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.done {
            return None;
        }
        self.read().unwrap_or_else(|error| {
            self.done = true;
            Some(Piece { number: self.number + 1, offset: self.offset, found: Found::Failed(error) })
        })
    }
}

/// The byte that parts the columns: the one that stands most often in the first row outside quotes.
pub(super) fn separator(row: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0usize), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in row.iter().take_while(|byte| **byte != b'\n') {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| !quoted && known == byte) {
            *count += 1;
        }
    }
    // The first of the most frequent.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| *byte)
}

/// Whether a text that begins so looks like a table: several columns in its first row, one of them known.
pub(super) fn looks_like_one(head: &[u8]) -> bool {
    let row = head.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    if row.len() > 4_096 || row.len() == head.len() {
        return false;
    }
    let fields = fields_of(row, separator(row));
    let named = fields.iter().filter(|name| fields::known(name.trim()).is_some()).count();
    named >= 2 && fields.len() >= named && fields.iter().all(|name| name.len() < 64)
}

/// The fields of one row, quotes resolved.
fn fields_of(row: &[u8], separator: u8) -> Vec<String> {
    let mut reader: Reader = ReaderBuilder::new().delimiter(separator).build();
    let mut output = vec![0; row.len() + 1];
    let mut ends = vec![0; row.len().min(COLUMNS) + 1];
    // The row has no line end inside but quoted ones; an empty input after it ends it.
    let (result, read, mut written, mut ended) = reader.read_record(row, &mut output, &mut ends);
    if matches!(result, ReadRecordResult::InputEmpty) {
        let rest = row.get(read..).unwrap_or(&[]);
        let more = output.get_mut(written..).zip(ends.get_mut(ended..));
        if let Some((output, ends)) = more {
            let (_, _, also_written, also_ended) = reader.read_record(rest, output, ends);
            written += also_written;
            ended += also_ended;
        }
    }
    let output = output.get(..written).unwrap_or(&[]);
    let mut start = 0;
    let ends = ends.get(..ended).unwrap_or(&[]);
    let field = |end: &usize| {
        let field = output.get(start..*end).unwrap_or(&[]);
        start = *end;
        String::from_utf8_lossy(field).into_owned()
    };
    ends.iter().map(field).collect()
}

/// Reads the article that `record`'s bytes state; its head names the columns.
pub(super) fn parse(record: &RawRecord, mapping: &Mapping) -> Result<RawArticle, ReadError> {
    let Some((separator, names)) = record.head.split_first() else { return Err(ReadError::NoHeader) };
    let names = fields_of(charset::decode(names, None).as_bytes(), *separator);
    let row = fields_of(charset::decode(&record.bytes, None).as_bytes(), *separator);
    let mut slots = Slots::default();
    let mut any = false;
    for (name, value) in names.iter().zip(row) {
        let name = name.trim();
        let mapped: Vec<_> =
            mapping.under(name).filter(|(_, path)| path.is_empty()).map(|(field, _)| (field, 0)).collect();
        let targets = if mapped.is_empty() { fields::known(name).into_iter().collect() } else { mapped };
        any |= !targets.is_empty();
        for (field, rank) in targets {
            slots.put(field, rank, Some(value.clone()).filter(|value| !value.trim().is_empty()));
        }
    }
    if any { Ok(slots.article(record.origin.clone())) } else { Err(ReadError::NoHeader) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut rows = Rows::new(Buffered::new(text.as_bytes()), 1 << 20, 0);
        let mut found = Vec::new();
        while let Some(piece) = rows.next() {
            if let Found::Whole(bytes) = piece.found {
                found.push(fields_of(&bytes, rows.head()[0]));
            }
        }
        found
    }

    #[test]
    fn quotes_hold_separators_and_line_ends() {
        let text = "title,body\r\n\"A, \"\"b\"\"\",\"one\ntwo\"\n\nx,y\"z\"\n";
        assert_eq!(rows(text), [["A, \"b\"", "one\ntwo"], ["x", "y\"z\""]]);
        assert_eq!(rows("title\tbody\na, b\tc"), [["a, b", "c"]]);
        assert_eq!(rows("title;body\na;"), [["a", ""]]);
    }

    #[test]
    fn prose_is_no_table() {
        assert!(looks_like_one(b"id,title,body\n1,"));
        assert!(!looks_like_one(b"The story, a title, and a body\nof text"));
        assert!(!looks_like_one(b"Title: a bridge, closed\nSource: x"));
    }

    proptest! {
        #[test]
        fn what_is_written_as_a_table_is_read_again(cells in proptest::collection::vec(("[a-z,;\"\n é]{0,12}", "[a-z,\"\n]{0,12}"), 1..6)) {
            let quote = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
            let lines: String = cells.iter().map(|(a, b)| [quote(a), quote(b)].join(",") + "\n").collect();
            let expected: Vec<Vec<String>> = cells.into_iter().map(|(a, b)| vec![a, b]).collect();
            prop_assert_eq!(rows(&format!("title,body\n{lines}")), expected);
        }

        #[test]
        fn any_text_is_cut_and_read(text in "[a,\"\n\r;\t]{0,60}") {
            rows(&text);
        }
    }
}
