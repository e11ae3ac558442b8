//! Reads a run, term by term, article by article.

use std::io::{self, Read};

use super::numbers::{LONGEST_NUMBER, take_number};
use super::run::END;

/// A run that is being read; it stands at a term, whose articles are read next.
pub(super) struct Reader {
    input: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    field: u8,
    /// The first bytes of the term, to compare it with others.
    prefix: u64,
    term: Vec<u8>,
    articles: u32,
    last: u32,
}

impl Reader {
    /// Reads from the first term on, so many bytes at once.
    pub(super) fn new(input: Box<dyn Read + Send>, bytes: usize) -> io::Result<Self> {
        let (buffer, term) = (vec![0; bytes], Vec::new());
        let mut reader =
            Self { input, buffer, at: 0, end: 0, field: 0, prefix: 0, term, articles: 0, last: 0 };
        reader.advance()?;
        Ok(reader)
    }

    /// What it is sorted by.
    pub(super) fn key(&self) -> (u8, u64, &[u8]) {
        (self.field, self.prefix, &self.term)
    }

    /// The field of the term; [`END`] if there is none any more.
    pub(super) fn field(&self) -> u8 {
        self.field
    }

    /// How many articles hold the term.
    pub(super) fn articles(&self) -> u32 {
        self.articles
    }

    /// Goes to the next term; all articles of this one must have been read.
    pub(super) fn advance(&mut self) -> io::Result<()> {
        self.field = self.byte()?;
        if self.field == END {
            return Ok(());
        }
        let (shared, new) = (self.number()? as usize, self.number()? as usize);
        self.term.truncate(shared);
        let mut missing = new;
        while missing > 0 {
            self.fill(1)?;
            let here = self.buffer.get(self.at..self.end).unwrap_or_default();
            if here.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let here = here.get(..missing).unwrap_or(here);
            self.term.extend_from_slice(here);
            (self.at, missing) = (self.at + here.len(), missing - here.len());
        }
        let mut first = [0; 8];
        first.iter_mut().zip(&self.term).for_each(|(to, from)| *to = *from);
        (self.prefix, self.last) = (u64::from_be_bytes(first), 0);
        self.articles = self.number()?;
        Ok(())
    }

    /// The next article of the term, and how often the term stands there; puts the distances of places into `deltas`.
    pub(super) fn article(&mut self, positions: bool, deltas: &mut Vec<u32>) -> io::Result<(u32, u32)> {
        let head = self.number()?;
        let times = if head & 1 == 0 { 1 } else { self.number()? };
        self.last += head >> 1;
        deltas.clear();
        if positions {
            for _ in 0..times {
                deltas.push(self.number()?);
            }
        }
        Ok((self.last, times))
    }

    fn byte(&mut self) -> io::Result<u8> {
        self.fill(1)?;
        let rest = self.buffer.get(self.at..self.end).unwrap_or_default();
        let byte = rest.first().copied().ok_or(io::ErrorKind::UnexpectedEof)?;
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    fn number(&mut self) -> io::Result<u32> {
        if self.end - self.at < LONGEST_NUMBER {
            self.fill(LONGEST_NUMBER)?;
        }
        let mut rest = self.buffer.get(self.at..self.end).unwrap_or_default();
        let number = take_number(&mut rest);
        self.at = self.end - rest.len();
        number.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Sees that `wanted` bytes are in the buffer, unless the run ends before.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        if self.end - self.at >= wanted {
            return Ok(());
        }
        self.buffer.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        while self.end < wanted {
            match self.input.read(self.buffer.get_mut(self.end..).unwrap_or_default()) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
}
