//! The records of one input, raw: what the reading thread does, while parsing waits for the workers.

use std::io::{BufRead, Read};
use std::sync::Arc;

use super::decode::{self, Stream};
use super::input::whole;
use super::json::Cutter;
use super::lines::Lines;
use super::piece::{Found, Piece};
use super::{Format, Options, ReadError, Reject, object, plain, sniff};
use crate::article::{Origin, RawArticle};

/// One record as it stands in its file, not parsed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// Where it stood.
    pub origin: Origin,
    /// Its bytes; what they are, `format` says.
    pub bytes: Vec<u8>,
    /// The format of its file.
    pub format: Format,
}

impl RawRecord {
    /// Parses the record; meant for worker threads.
    ///
    /// # Errors
    /// If it is broken, or has neither title nor body.
    pub fn parse(&self, options: &Options) -> Result<RawArticle, Reject> {
        let parsed = match self.format {
            Format::Text => plain::parse(self),
            Format::Jsonl | Format::Json => object::parse(self, &options.mapping),
        };
        let reject = |reason| Reject { origin: self.origin.clone(), reason };
        let article = parsed.map_err(reject)?;
        if article.title.trim().is_empty() && article.body.trim().is_empty() {
            return Err(reject(ReadError::NoText));
        }
        Ok(article)
    }
}

/// Iterator over the records of one input; see [`super::Input::records`].
///
/// Whatever cannot be read comes as an error in its place. After damage that hides where the next record begins
/// nothing follows; all records before it have been returned by then.
pub struct Records {
    name: Arc<str>,
    format: Format,
    source: Source,
    any: bool,
}

enum Source {
    Unopened(Result<Box<dyn Read + Send>, ReadError>, Box<Options>),
    Lines(Box<Lines<Stream>>),
    Json(Box<Cutter<Stream>>),
    Text(Box<Stream>, usize),
    Done,
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
    pub(super) fn new(
        name: Arc<str>,
        reader: Result<Box<dyn Read + Send>, ReadError>,
        options: &Options,
    ) -> Self {
        let source = Source::Unopened(reader, Box::new(options.clone()));
        Self { name, format: Format::Text, source, any: false }
    }

    /// Puts decoder and cutter over the file.
    fn open(&mut self, reader: Box<dyn Read + Send>, options: &Options) -> Result<(), ReadError> {
        let mut stream = decode::open(reader, options.caps, &options.progress)?;
        let head = stream.peek(sniff::WINDOW);
        let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        self.format = match options.format {
            Some(format) => format,
            None => sniff::sniff(&self.name, head)?,
        };
        let max = options.max_record.min(LONGEST);
        if self.format != Format::Text {
            stream.consume(mark);
        }
        self.source = match self.format {
            Format::Text => Source::Text(Box::new(stream), max),
            Format::Jsonl => Source::Lines(Box::new(Lines::new(stream, max, mark as u64))),
            Format::Json => Source::Json(Box::new(Cutter::new(stream, max, mark as u64))),
        };
        Ok(())
    }

    fn piece(&self, Piece { number, offset, found }: Piece) -> Result<RawRecord, Reject> {
        let origin = Origin { file: self.name.clone(), record: number, offset };
        let reason = match found {
            Found::Whole(bytes) => return Ok(RawRecord { origin, bytes, format: self.format }),
            Found::TooLong { length, limit } => ReadError::TooLong { length, limit },
            Found::Truncated { end } => ReadError::Truncated { offset: end },
            Found::Failed(error) => ReadError::io(&error),
        };
        Err(Reject { origin, reason })
    }

    /// The whole of a text file, as one record.
    fn text(stream: Stream, max: usize) -> Option<Piece> {
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
        match &mut self.source {
            Source::Unopened(..) => {
                let Source::Unopened(reader, options) = std::mem::replace(&mut self.source, Source::Done)
                else {
                    return None;
                };
                match reader.and_then(|reader| self.open(reader, &options)) {
                    Ok(()) => self.step(),
                    Err(reason) => Some(Err(whole(&self.name, reason))),
                }
            }
            Source::Lines(lines) => lines.next().map(|piece| self.piece(piece)),
            Source::Json(cutter) => cutter.next().map(|piece| self.piece(piece)),
            Source::Text(..) => {
                let Source::Text(stream, max) = std::mem::replace(&mut self.source, Source::Done) else {
                    return None;
                };
                Self::text(*stream, max).map(|piece| self.piece(piece))
            }
            Source::Done => None,
        }
    }
}

impl Iterator for Records {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.step();
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
