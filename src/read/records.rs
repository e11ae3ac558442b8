//! The records of one input, raw: what the reading thread does, while parsing waits for the workers.

use std::io::{BufRead, Read};
use std::path::PathBuf;
use std::sync::Arc;

use super::archive::{Members, Place, Tar, Zip};
use super::buffer::Buffered;
use super::decode::{self, Opened, Stream};
use super::elements::Elements;
use super::input::whole;
use super::json::Cutter;
use super::lines::Lines;
use super::piece::{Found, Piece};
use super::record::RawRecord;
use super::table::Rows;
use super::{Format, Options, ReadError, Reject, charset, feed, newsml, nitf, sgml, sniff, warc};
use crate::article::Origin;
use crate::guard::caught;

/// Iterator over the records of one input; see [`super::Input::records`].
///
/// Whatever cannot be read comes as an error in its place. After damage that hides where the next record begins
/// nothing follows; all records before it have been returned by then.
pub struct Records {
    name: Arc<str>,
    format: Format,
    source: Source,
    head: Arc<[u8]>,
    any: bool,
    /// Whether this is a file in an archive.
    inner: bool,
}

enum Source {
    Unopened(Result<Opening, ReadError>, Box<Options>),
    Lines(Box<Lines<Stream>>),
    Json(Box<Cutter<Stream>>),
    Whole(Box<Stream>, usize),
    Warc(Box<warc::Records>),
    Elements(Box<Elements<Box<dyn Read + Send>>>),
    Table(Box<Rows<Box<dyn Read + Send>>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<super::parquet::Rows>),
    Archive(Box<Members>, Option<Box<Records>>, Box<Options>),
    Done,
}

/// An input about to be read, and its path if it is a file.
pub(super) struct Opening {
    pub(super) reader: Box<dyn Read + Send>,
    pub(super) path: Option<PathBuf>,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records")
            .field("name", &self.name)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

/// Longest record that any limit can allow: offsets within an article count in 32 bits.
const LONGEST: usize = 1 << 30;

impl Records {
    pub(super) fn new(name: Arc<str>, opening: Result<Opening, ReadError>, options: &Options) -> Self {
        let source = Source::Unopened(opening, Box::new(options.clone()));
        Self { name, format: Format::Text, source, head: Arc::from([]), any: false, inner: false }
    }

    /// Puts decoder and cutter over the file.
    fn open(&mut self, opening: Opening, options: &Options) -> Result<(), ReadError> {
        let Opening { reader, path } = opening;
        let max = options.max_record.min(LONGEST);
        let mut stream = match decode::open(reader, options.caps, &options.progress)? {
            Opened::Stream(stream) => stream,
            Opened::Members(members) => {
                self.format = Format::Warc;
                self.source = Source::Warc(Box::new(warc::Records::new(warc::Source::Members(members), max)));
                return Ok(());
            }
        };
        let head = stream.peek_until(sniff::WINDOW, sniff::is_telling);
        let archive = sniff::archive(head);
        if let Some(kind) = archive {
            return self.open_archive(kind, stream, path, options);
        }
        let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        self.format = match options.format {
            Some(format) => format,
            None => sniff::sniff(&self.name, head)?,
        };
        if self.format == Format::Parquet {
            return self.open_parquet(stream, path, options);
        }
        let foreign = self.format.is_cut_as_text().then(|| charset::foreign(head)).flatten();
        if !matches!(self.format, Format::Text | Format::Html) && foreign.is_none() {
            stream.consume(mark);
        }
        let utf8 = |stream: Stream| -> Buffered<Box<dyn Read + Send>> {
            match foreign {
                Some(encoding) => Buffered::new(Box::new(charset::Utf8::new(stream, encoding))),
                None => stream,
            }
        };
        let start = if foreign.is_some() { 0 } else { mark as u64 };
        let elements =
            |stream, names| Source::Elements(Box::new(Elements::new(utf8(stream), names, max, start)));
        self.source = match self.format {
            Format::Text | Format::Html => Source::Whole(Box::new(stream), max),
            Format::Jsonl => Source::Lines(Box::new(Lines::new(stream, max, start))),
            Format::Json => Source::Json(Box::new(Cutter::new(stream, max, start))),
            Format::Warc => {
                Source::Warc(Box::new(warc::Records::new(warc::Source::Plain(Box::new(stream)), max)))
            }
            Format::Feed => elements(stream, feed::RECORDS),
            Format::Nitf => elements(stream, nitf::RECORDS),
            Format::Newsml => elements(stream, newsml::RECORDS),
            Format::Sgml => elements(stream, sgml::RECORDS),
            Format::Csv => Source::Table(Box::new(Rows::new(utf8(stream), max, start))),
            Format::Parquet => Source::Done, // opened above
        };
        Ok(())
    }

    /// Opens a Parquet file, which says at its end where its parts lie.
    #[cfg(feature = "parquet")]
    fn open_parquet(
        &mut self,
        stream: Stream,
        path: Option<PathBuf>,
        options: &Options,
    ) -> Result<(), ReadError> {
        let source = super::parquet::Source::of(stream, path, options)?;
        let rows = super::parquet::Rows::new(source, options, options.max_record.min(LONGEST))?;
        self.source = Source::Parquet(Box::new(rows));
        Ok(())
    }

    #[cfg(not(feature = "parquet"))]
    #[allow(clippy::unused_self, clippy::needless_pass_by_value, reason = "as where it is built in")]
    fn open_parquet(&mut self, _: Stream, _: Option<PathBuf>, _: &Options) -> Result<(), ReadError> {
        Err(ReadError::NotBuilt { what: "a Parquet file", feature: "parquet" })
    }

    fn open_archive(
        &mut self,
        kind: sniff::Archive,
        stream: Stream,
        path: Option<PathBuf>,
        options: &Options,
    ) -> Result<(), ReadError> {
        if self.inner {
            return Err(ReadError::Unsupported { what: "an archive within an archive" });
        }
        let members = match (kind, path) {
            (sniff::Archive::Tar, _) => Members::Tar(Tar::new(stream)),
            (sniff::Archive::Zip, Some(path)) => Members::Zip(Zip::new(Place::File(path), options.caps)?),
            (sniff::Archive::Zip, None) => {
                let (mut bytes, max) = (Vec::new(), options.max_record.min(LONGEST));
                stream.take(max as u64 + 1).read_to_end(&mut bytes).map_err(|e| ReadError::io(&e))?;
                if bytes.len() > max {
                    return Err(ReadError::Unsupported { what: "a large zip archive that is no file" });
                }
                Members::Zip(Zip::new(Place::Memory(bytes.into()), options.caps)?)
            }
        };
        // What is taken from the archive has been counted once.
        let options = Options { progress: Arc::default(), ..options.clone() };
        self.source = Source::Archive(Box::new(members), None, Box::new(options));
        Ok(())
    }

    fn piece(&self, Piece { number, offset, found }: Piece) -> Result<RawRecord, Reject> {
        let origin = Origin { file: self.name.clone(), record: number, offset };
        let reason = match found {
            Found::Whole(bytes) => {
                return Ok(RawRecord { origin, bytes, format: self.format, head: self.head.clone() });
            }
            Found::TooLong { length, limit } => ReadError::TooLong { length, limit },
            Found::Truncated { end } => match self.format {
                Format::Json | Format::Jsonl => ReadError::Truncated { offset: end },
                _ => ReadError::Damaged { what: "a record cut short", length: end.saturating_sub(offset) },
            },
            Found::Refused(reason) => reason,
            Found::Failed(error) => ReadError::io(&error),
        };
        Err(Reject { origin, reason })
    }

    /// The whole of a file, as one record.
    fn whole(stream: Stream, max: usize) -> Option<Piece> {
        let mut bytes = Vec::new();
        let found = match stream.take(max as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => Found::Failed(error),
            Ok(_) if bytes.len() > max => Found::TooLong { length: bytes.len() as u64, limit: max },
            Ok(_) if bytes.trim_ascii().is_empty() || bytes == b"\xef\xbb\xbf" => return None,
            Ok(_) => Found::Whole(bytes),
        };
        Some(Piece { number: 1, offset: 0, found })
    }

    fn step(&mut self) -> Option<Result<RawRecord, Reject>> {
        let piece = match &mut self.source {
            Source::Unopened(..) => {
                let Source::Unopened(opening, options) = std::mem::replace(&mut self.source, Source::Done)
                else {
                    return None;
                };
                return match opening.and_then(|opening| self.open(opening, &options)) {
                    Ok(()) => self.step(),
                    Err(reason) => Some(Err(whole(&self.name, reason))),
                };
            }
            Source::Archive(members, inner, options) => loop {
                if let Some(records) = inner {
                    match records.next() {
                        Some(record) => return Some(record),
                        None => *inner = None,
                    }
                }
                let member = members.next()?;
                let name: Arc<str> = if member.name.is_empty() {
                    self.name.clone()
                } else {
                    format!("{}!{}", self.name, member.name).into()
                };
                let opening = member.reader.map(|reader| Opening { reader, path: None });
                let records = Self::new(name, opening, options);
                *inner = Some(Box::new(Self { inner: true, ..records }));
            },
            Source::Lines(lines) => lines.next(),
            Source::Json(cutter) => cutter.next(),
            Source::Warc(records) => records.next(),
            Source::Elements(elements) => {
                let piece = elements.next();
                self.head = elements.head();
                piece
            }
            Source::Table(rows) => {
                let piece = rows.next();
                self.head = rows.head();
                piece
            }
            #[cfg(feature = "parquet")]
            Source::Parquet(rows) => rows.next(),
            Source::Whole(..) => {
                let Source::Whole(stream, max) = std::mem::replace(&mut self.source, Source::Done) else {
                    return None;
                };
                Self::whole(*stream, max)
            }
            Source::Done => None,
        };
        piece.map(|piece| self.piece(piece))
    }
}

impl Iterator for Records {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.any && matches!(self.source, Source::Done) {
            return None;
        }
        let next = caught("reading an input", || self.step()).unwrap_or_else(|_| {
            self.source = Source::Done; // nobody knows where its next record begins
            Some(Err(whole(&self.name, ReadError::Internal)))
        });
        if next.is_none() {
            self.source = Source::Done;
            if !self.any {
                self.any = true;
                return Some(Err(whole(&self.name, ReadError::Empty)));
            }
        }
        self.any = true;
        next
    }
}
