//! A gzip file of many members, read on past damage.
//!
//! Crawlers pack each record of a WARC into a member of its own, so that one can be fetched alone and damage to one
//! costs no other. After damage the next member is looked for by its first bytes, from the start of the damaged one.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::ReadError;
use super::buffer::Buffered;
use super::decode::Caps;

/// What a member begins with: the magic number, and the only method there is.
const MAGIC: &[u8] = &[0x1f, 0x8b, 0x08];
/// How much of a damaged member is searched again for the start of the next.
const REMEMBERED: usize = 4 << 20;

type Raw = Buffered<Box<dyn Read + Send>>;

/// Reads the members of a gzip file one after another.
pub(super) struct Members {
    decoder: Option<GzDecoder<Recorder>>,
    /// Between members: what lies there.
    between: Option<Recorder>,
    caps: Caps,
    plain: u64,
    /// For each member begun: offset of its first byte unpacked, and on disk.
    marks: VecDeque<(u64, u64)>,
    damaged: bool,
}

impl Members {
    pub(super) fn new(raw: Raw, caps: Caps) -> Self {
        let recorder = Recorder { raw, taken: Vec::new(), position: 0, high: 0 };
        Self {
            decoder: None,
            between: Some(recorder),
            caps,
            plain: 0,
            marks: VecDeque::new(),
            damaged: false,
        }
    }

    /// Where on disk the member begins whose first byte unpacked is at `plain`; of what lies within a member, where
    /// that begins.
    pub(super) fn place(&mut self, plain: u64) -> u64 {
        while self.marks.get(1).is_some_and(|(start, _)| *start <= plain) {
            self.marks.pop_front();
        }
        self.marks.front().map_or(0, |(_, place)| *place)
    }

    /// Whether reading can go on after an error.
    pub(super) fn resume(&self) -> bool {
        self.damaged && (self.decoder.is_some() || self.between.is_some())
    }

    fn damage(&mut self, message: String) -> io::Error {
        self.damaged = true;
        io::Error::other(ReadError::Corrupt { codec: "gzip", offset: self.plain, message })
    }

    /// Begins the next member, looking for it after damage. `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        let Some(mut recorder) = self.between.take() else { return Ok(false) };
        if !self.damaged {
            // Padding with zeros may follow the last member.
            while let [0, ..] = recorder.raw.peek(1) {
                recorder.consume(1);
            }
        }
        recorder.forget();
        loop {
            if recorder.raw.peek(MAGIC.len()) == MAGIC {
                self.marks.push_back((self.plain, recorder.position));
                self.decoder = Some(GzDecoder::new(recorder));
                return Ok(true);
            }
            let ready = recorder.fill_buf()?;
            if ready.is_empty() {
                return Ok(false);
            }
            let next =
                memmem::find(ready, MAGIC).unwrap_or(ready.len().saturating_sub(MAGIC.len() - 1)).max(1);
            recorder.consume(next);
            recorder.forget();
            if !self.damaged {
                let error = self.damage("no member begins where one should".to_owned());
                self.between = Some(recorder);
                return Err(error);
            }
        }
    }
}

impl Read for Members {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.is_none() && !self.begin()? {
                return Ok(0);
            }
            let Some(decoder) = &mut self.decoder else { return Ok(0) };
            let limit = decoder.get_ref().position.saturating_mul(self.caps.ratio);
            let limit = limit.max(self.caps.free).min(self.caps.total);
            if self.plain > limit {
                let packed = decoder.get_ref().position;
                self.damaged = false; // a bomb is not damage: nothing follows
                self.decoder = None;
                return Err(io::Error::other(ReadError::TooMuch { limit, packed }));
            }
            match decoder.read(out) {
                Ok(0) => {
                    self.between = self.decoder.take().map(GzDecoder::into_inner);
                    self.damaged = false;
                }
                Ok(n) => {
                    self.plain += n as u64;
                    return Ok(n);
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) if e.raw_os_error().is_some() => {
                    self.decoder = None;
                    return Err(e);
                }
                Err(e) => {
                    let mut recorder = self.decoder.take().map(GzDecoder::into_inner);
                    if let Some(recorder) = &mut recorder {
                        recorder.rewind();
                    }
                    self.between = recorder;
                    return Err(self.damage(e.to_string()));
                }
            }
        }
    }
}

/// Remembers what was taken since the member began, so that it can be searched again.
struct Recorder {
    raw: Raw,
    taken: Vec<u8>,
    /// Offset on disk of the next byte.
    position: u64,
    /// How far the file has been read before: nothing before here is given back a second time.
    high: u64,
}

impl Recorder {
    fn forget(&mut self) {
        self.taken.clear();
    }

    /// Goes back to just after the first byte of the member, unless that was done for this part of the file.
    fn rewind(&mut self) {
        let start = self.position - self.taken.len() as u64;
        let from = usize::try_from(self.high.saturating_sub(start)).unwrap_or(usize::MAX).max(1);
        self.high = self.high.max(self.position);
        if let Some(again) =
            self.taken.get(from..).filter(|again| !again.is_empty() && again.len() < REMEMBERED)
        {
            self.raw.unread(again);
            self.position -= again.len() as u64;
        }
        self.forget();
    }
}

impl BufRead for Recorder {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.raw.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if self.taken.len() < REMEMBERED {
            self.taken.extend_from_slice(self.raw.peek(amount));
        }
        self.raw.consume(amount);
        self.position += amount as u64;
    }
}

impl Read for Recorder {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), ready.get(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}
