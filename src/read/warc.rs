//! WARC, as crawlers write it: cut into records here, each read by `response`.
//!
//! A record that does not hold what it promised, or does not end where it should, is named, and reading goes on at the
//! next line that a record begins with.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use memchr::{memchr, memmem};

use super::ReadError;
use super::buffer::Buffered;
use super::members::Members;
use super::piece::{Found, Piece};

/// The longest header of a record, and what most fit into.
const HEADER: usize = 64 * 1024;
const USUAL_HEADER: usize = 4 * 1024;
/// What a record begins with.
pub(super) const MAGIC: &[u8] = b"WARC/";
/// What stands between two records, and how the second begins.
const BETWEEN: &[u8] = b"\r\n\r\nWARC/1.";
/// Kinds of records that hold no page and are passed over: what was asked, notes, and what has not changed.
const SILENT: &[&str] = &["warcinfo", "request", "metadata", "revisit", "continuation"];
/// Bytes that may be read a second time whatever came before.
const AGAIN: u64 = 64 << 20;

/// The bytes of a WARC.
pub(super) enum Source {
    /// One stream, packed as a whole or not at all.
    Plain(Box<dyn Read + Send>),
    /// A member of gzip for each record.
    Members(Box<Members>),
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(out),
            Self::Members(members) => members.read(out),
        }
    }
}

/// Iterator over the records of a WARC that may hold pages.
pub(super) struct Records {
    source: Buffered<Source>,
    max: usize,
    number: u64,
    offset: u64,
    /// Whether a line begins here, as far as can be told.
    line: bool,
    /// Bytes that may still be read a second time.
    again: u64,
    ready: VecDeque<Piece>,
    done: bool,
}

impl Records {
    /// Records of `source`, of at most `max` bytes each.
    pub(super) fn new(source: Source, max: usize) -> Self {
        let (source, ready) = (Buffered::new(source), VecDeque::new());
        Self { source, max, number: 0, offset: 0, line: true, again: AGAIN, ready, done: false }
    }

    fn consume(&mut self, amount: usize) {
        self.source.consume(amount);
        self.offset += amount as u64;
        self.again += amount as u64 / 2;
    }

    /// Where what stands at `offset` is found on disk.
    fn place(&mut self, offset: u64) -> u64 {
        match self.source.inner() {
            Source::Plain(_) => offset,
            Source::Members(members) => members.place(offset),
        }
    }

    fn piece(&mut self, offset: u64, found: Found) -> Piece {
        let offset = self.place(offset);
        Piece { number: self.number, offset, found }
    }

    /// Skips to the next record, and returns how many bytes that are none lie before it. `None` at the end.
    fn seek(&mut self) -> io::Result<(u64, bool)> {
        let mut skipped = 0;
        // The line so far, which may come in parts, and whether it is blank.
        let (mut line, mut blank) = (0, true);
        loop {
            if self.line && self.source.peek(MAGIC.len()) == MAGIC {
                return Ok((skipped, true));
            }
            let ready = self.source.fill_buf()?;
            if ready.is_empty() {
                return Ok((skipped + if blank { 0 } else { line }, false));
            }
            let end = memchr(b'\n', ready);
            let length = end.map_or(ready.len(), |at| at + 1);
            blank &= ready.get(..length).is_some_and(|part| part.trim_ascii().is_empty());
            line += length as u64;
            self.line = end.is_some();
            self.consume(length);
            if self.line {
                skipped += if blank { 0 } else { line };
                (line, blank) = (0, true);
            }
        }
    }

    /// The header of the record that begins here: its length and what it says.
    fn header(&mut self) -> Option<(usize, Header)> {
        let head = |source: &mut Buffered<Source>, window: usize| {
            let ready = source.peek(window);
            let ends = [
                memmem::find(ready, b"\r\n\r\n").map(|at| at + 4),
                memmem::find(ready, b"\n\n").map(|at| at + 2),
            ];
            let length = ends.into_iter().flatten().min()?;
            Some((length, Header::read(ready.get(..length)?)?))
        };
        head(&mut self.source, USUAL_HEADER).or_else(|| head(&mut self.source, HEADER))
    }

    /// Reads one record, or passes one over.
    fn step(&mut self) -> io::Result<()> {
        let begun = self.offset;
        let (skipped, found) = self.seek()?;
        if skipped > 0 {
            let at = if found { self.offset - skipped } else { begun };
            self.number += 1;
            let piece = self.piece(
                at,
                Found::Refused(ReadError::Damaged { what: "no record of a WARC", length: skipped }),
            );
            self.ready.push_back(piece);
        }
        if !found {
            self.done = true;
            return Ok(());
        }
        let start = self.offset;
        self.number += 1;
        let Some((header, stated)) = self.header() else {
            let reason = ReadError::Damaged {
                what: "a record of a WARC without kind or length",
                length: MAGIC.len() as u64,
            };
            let piece = self.piece(start, Found::Refused(reason));
            self.ready.push_back(piece);
            self.consume(MAGIC.len());
            self.line = false;
            return Ok(());
        };
        let length = header as u64 + stated.length;
        let keep = !stated.silent && length <= self.max as u64;
        let mut bytes = Vec::new();
        let mut left = length;
        while left > 0 {
            let ready = match self.source.fill_buf() {
                Ok([]) => break,
                Ok(ready) => ready,
                Err(error) => {
                    let piece = self.piece(start, Found::Failed(error));
                    self.ready.push_back(piece);
                    self.after_failure();
                    return Ok(());
                }
            };
            let taken = usize::try_from(left).unwrap_or(usize::MAX).min(ready.len());
            if keep {
                bytes.extend_from_slice(ready.get(..taken).unwrap_or(ready));
            }
            self.consume(taken);
            left -= taken as u64;
        }
        self.line = true;
        if keep && !self.ends_here() {
            self.cut_at_the_next(&mut bytes, header);
            left += length - left - bytes.len() as u64;
        }
        if stated.silent {
            self.number -= 1;
            return Ok(());
        }
        let found = if left > 0 {
            Found::Refused(ReadError::Damaged { what: "a record of a WARC cut short", length: length - left })
        } else if keep {
            Found::Whole(bytes)
        } else {
            Found::TooLong { length, limit: self.max }
        };
        let piece = self.piece(start, found);
        self.ready.push_back(piece);
        Ok(())
    }

    /// Whether the stream ends or a record begins after the next blank lines.
    fn ends_here(&mut self) -> bool {
        let next = self.source.peek(MAGIC.len() + 4).trim_ascii_start();
        next.is_empty() || MAGIC.starts_with(next.get(..MAGIC.len()).unwrap_or(next))
    }

    /// A record with a wrong length may have swallowed those after it: gives them back.
    fn cut_at_the_next(&mut self, bytes: &mut Vec<u8>, header: usize) {
        // The end of this one's promise may lie within the first bytes of the next.
        let own = bytes.len();
        bytes.extend_from_slice(self.source.peek(BETWEEN.len()));
        let inside = bytes.get(header..).unwrap_or(&[]);
        let next = memmem::find(inside, BETWEEN).map(|at| header + at + 4).filter(|at| *at <= own);
        bytes.truncate(own);
        let Some(at) = next else { return };
        let rest = bytes.split_off(at);
        if let Some(again) = self.again.checked_sub(rest.len() as u64) {
            self.again = again;
            self.offset -= rest.len() as u64;
            self.source.unread(&rest);
        }
    }

    /// Decides whether anything can follow a failure.
    fn after_failure(&mut self) {
        self.line = true;
        let resumable = matches!(self.source.inner(), Source::Members(members) if members.resume());
        if resumable {
            self.source.resume();
        }
        self.done = !resumable;
    }
}

impl Iterator for Records {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            if self.done {
                return None;
            }
            if let Err(error) = self.step() {
                self.number += 1;
                let piece = self.piece(self.offset, Found::Failed(error));
                self.ready.push_back(piece);
                self.after_failure();
            }
        }
    }
}

/// What matters of a record's header.
struct Header {
    length: u64,
    silent: bool,
}

impl Header {
    fn read(head: &[u8]) -> Option<Self> {
        let length = field(head, "content-length")?.parse().ok()?;
        let kind = field(head, "warc-type")?.to_ascii_lowercase();
        Some(Self { length, silent: SILENT.contains(&kind.as_str()) })
    }
}

/// The value of a header line `Name: value`, by its name in lower case.
pub(super) fn field<'h>(head: &'h [u8], name: &str) -> Option<&'h str> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let colon = memchr(b':', line)?;
        let (key, value) = line.split_at_checked(colon)?;
        let same = key.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        same.then(|| std::str::from_utf8(value.get(1..)?).ok()).flatten().map(str::trim)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::{Cursor, Write as _};

    use proptest::prelude::*;

    use super::super::decode::Caps;
    use super::*;

    fn record(kind: &str, block: &[u8]) -> Vec<u8> {
        let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {}\r\n\r\n", block.len());
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn gz(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn plain(bytes: Vec<u8>) -> Vec<Piece> {
        Records::new(Source::Plain(Box::new(Cursor::new(bytes))), 1 << 20).collect()
    }

    fn packed(bytes: Vec<u8>) -> Vec<Piece> {
        let raw: Box<dyn Read + Send> = Box::new(Cursor::new(bytes));
        let members = Members::new(Buffered::new(raw), Caps::default());
        Records::new(Source::Members(Box::new(members)), 1 << 20).collect()
    }

    fn whole(pieces: Vec<Piece>) -> Vec<Vec<u8>> {
        let bytes = |piece: Piece| if let Found::Whole(bytes) = piece.found { Some(bytes) } else { None };
        pieces.into_iter().filter_map(bytes).collect()
    }

    fn blocks() -> impl Strategy<Value = Vec<Vec<u8>>> {
        proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..400), 1..8)
    }

    /// Bytes that come one at a time.
    struct Drip(Cursor<Vec<u8>>);

    impl Read for Drip {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let one = out.len().min(1);
            self.0.read(&mut out[..one])
        }
    }

    #[test]
    fn what_is_no_record_is_as_long_however_its_bytes_come_in() {
        let bytes = [&b"\n \nno record \n\n"[..], &record("response", b"x"), b" junk\n \nmore \n "].concat();
        let told = |pieces: Vec<Piece>| -> Vec<(u64, String)> {
            pieces.into_iter().map(|piece| (piece.offset, format!("{:?}", piece.found))).collect()
        };
        let slowly = Source::Plain(Box::new(Drip(Cursor::new(bytes.clone()))));
        assert_eq!(told(Records::new(slowly, 1 << 20).collect()), told(plain(bytes)));
    }

    proptest! {
        #[test]
        fn records_come_out_as_they_went_in_packed_or_not(blocks in blocks()) {
            let records: Vec<Vec<u8>> = blocks.iter().map(|block| record("response", block)).collect();
            let expected: Vec<&[u8]> = records.iter().map(|record| &record[..record.len() - 4]).collect();
            prop_assert_eq!(whole(plain(records.concat())), expected.clone());
            let members: Vec<Vec<u8>> = records.iter().map(|record| gz(record)).collect();
            let found = packed(members.concat());
            let mut place = 0;
            for (piece, member) in found.iter().zip(&members) {
                prop_assert_eq!(piece.offset, place);
                place += member.len() as u64;
            }
            prop_assert_eq!(whole(found), expected);
        }

        #[test]
        fn damage_to_a_member_costs_no_member_after_it(blocks in blocks(), at in 0usize..10_000, turned in 1u8..=255) {
            let members: Vec<Vec<u8>> = blocks.iter().map(|block| gz(&record("response", block))).collect();
            let mut bytes = members.concat();
            let at = at % bytes.len();
            bytes[at] ^= turned;
            let mut end = 0;
            let hit = members.iter().position(|member| { end += member.len(); at < end }).unwrap();
            let found = whole(packed(bytes));
            let after: Vec<Vec<u8>> = blocks[hit + 1..].iter().map(|block| { let mut r = record("response", block); r.truncate(r.len() - 4); r }).collect();
            prop_assert!(found.ends_with(&after), "{} of {} read", found.len(), blocks.len());
        }

        #[test]
        fn any_bytes_are_read_to_their_end(bytes in "(WARC/1.0\r\n|WARC-Type: response\r\n|Content-Length: [0-9]{1,3}\r\n|\r\n|[a-z]{1,9}){0,40}") {
            let found = plain(bytes.clone().into_bytes());
            prop_assert!(found.len() <= bytes.len());
            packed(bytes.into_bytes());
        }
    }

    #[test]
    fn what_holds_no_page_is_passed_over_and_what_is_too_long_named() {
        let mut records = record("warcinfo", b"x");
        records.extend(record("request", b"GET /"));
        records.extend(record("response", &vec![b'x'; 2 << 20]));
        records.extend(record("response", b"HTTP/1.1 200 OK\r\n\r\n"));
        let found = plain(records);
        assert!(matches!(found[0], Piece { number: 1, found: Found::TooLong { .. }, .. }), "{found:?}");
        assert!(matches!(found[1], Piece { number: 2, found: Found::Whole(_), .. }));
    }
}
