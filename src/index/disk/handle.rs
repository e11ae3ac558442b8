//! Files that are read, each block held against its checksum the first time that anything of it is read.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

use super::sums::{BLOCK, Sums};

/// A file that is not as it was written, as an error of the system's kind that passes through the engine.
#[derive(Debug, thiserror::Error)]
#[error("{file} is not as it was written: {what} (`dateline check` says what is lost with it)")]
pub(in crate::index) struct Spoilt {
    /// Its path in the index directory.
    pub(in crate::index) file: String,
    /// What is wrong with it.
    pub(in crate::index) what: String,
}

impl Spoilt {
    /// As an error of reading.
    pub(super) fn error(file: &str, what: String) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, Self { file: file.to_owned(), what })
    }
}

/// A file of an index, of which only what is as it was written is ever given out.
#[derive(Debug)]
pub(super) struct Verified {
    /// Its path in the index directory.
    name: String,
    bytes: Bytes,
    sums: Sums,
    /// A bit for each block that has been held against its checksum.
    seen: Box<[AtomicU64]>,
}

/// Where bytes come from.
#[derive(Debug)]
pub(super) enum Bytes {
    /// Mapped into memory.
    Mapped(OwnedBytes),
    /// Read part by part: mapped, each look would keep some of the file in memory, in the end all of it.
    Parts(Mutex<File>),
}

impl Verified {
    /// A file of this path, of as many bytes as it was written with.
    ///
    /// # Errors
    /// If it has more or fewer.
    pub(super) fn new(name: String, bytes: Bytes, sums: Sums) -> io::Result<Self> {
        let found = match &bytes {
            Bytes::Mapped(mapped) => mapped.len() as u64,
            Bytes::Parts(file) => file.lock().unwrap_or_else(PoisonError::into_inner).metadata()?.len(),
        };
        if found != sums.bytes {
            let what = format!("it has {found} bytes and was written with {}", sums.bytes);
            return Err(Spoilt::error(&name, what));
        }
        let seen = (0..sums.blocks.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { name, bytes, sums, seen })
    }

    /// Whether a block was held against its checksum before.
    fn is_seen(&self, block: usize) -> bool {
        self.seen.get(block / 64).is_some_and(|bits| bits.load(Ordering::Relaxed) >> (block % 64) & 1 == 1)
    }

    /// Holds a block against its checksum.
    fn hold(&self, block: usize, bytes: &[u8]) -> io::Result<()> {
        if self.sums.blocks.get(block) != Some(&crc32fast::hash(bytes)) {
            let start = block * BLOCK;
            let what = format!(
                "of its bytes {start} to {}, not all are those that were written",
                start + bytes.len()
            );
            return Err(Spoilt::error(&self.name, what));
        }
        if let Some(bits) = self.seen.get(block / 64) {
            bits.fetch_or(1 << (block % 64), Ordering::Relaxed);
        }
        Ok(())
    }

    /// The bytes of a range of a file that is read part by part.
    fn read_part(&self, file: &Mutex<File>, range: Range<usize>) -> io::Result<OwnedBytes> {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        let new = blocks.clone().any(|block| !self.is_seen(block));
        let wide =
            if new { blocks.start * BLOCK..(blocks.end * BLOCK).min(self.len()) } else { range.clone() };
        let mut bytes = vec![0; wide.len()];
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(wide.start as u64))?;
        file.read_exact(&mut bytes)?;
        drop(file);
        if new {
            blocks.zip(bytes.chunks(BLOCK)).try_for_each(|(block, bytes)| self.hold(block, bytes))?;
            bytes.truncate(range.end - wide.start);
            bytes.drain(..range.start - wide.start);
        }
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for Verified {
    fn len(&self) -> usize {
        usize::try_from(self.sums.bytes).unwrap_or(usize::MAX)
    }
}

impl FileHandle for Verified {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.len() {
            return Err(Spoilt::error(
                &self.name,
                format!("it has no bytes {} to {}", range.start, range.end),
            ));
        }
        match &self.bytes {
            _ if range.is_empty() => Ok(OwnedBytes::empty()),
            Bytes::Parts(file) => self.read_part(file, range),
            Bytes::Mapped(mapped) => {
                for block in range.start / BLOCK..range.end.div_ceil(BLOCK) {
                    if !self.is_seen(block) {
                        let start = block * BLOCK;
                        let bytes = mapped.get(start..(start + BLOCK).min(mapped.len()));
                        self.hold(block, bytes.unwrap_or_default())?;
                    }
                }
                Ok(mapped.slice(range))
            }
        }
    }
}
