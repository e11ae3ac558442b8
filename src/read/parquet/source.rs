//! Where the bytes of a table lie: in a file, or in memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::read::decode::Stream;
use crate::read::sniff::PARQUET;
use crate::read::{Options, ReadError};

/// Bytes that can be read anywhere.
pub(in crate::read) enum Source {
    File { file: Mutex<File>, len: u64, progress: Arc<AtomicU64> },
    Memory(Bytes),
}

/// Most bytes of a table that is not a file by itself: packed, in an archive, or from standard input.
const HELD: u64 = 256 << 20;

impl Source {
    /// The file at `path`, or what `stream` gives, which has the plain bytes of it.
    pub(in crate::read) fn of(
        stream: Stream,
        path: Option<PathBuf>,
        options: &Options,
    ) -> Result<Self, ReadError> {
        if let Some(path) = path {
            let mut file = File::open(path).map_err(|e| ReadError::io(&e))?;
            let mut magic = [0; PARQUET.len()];
            if file.read_exact(&mut magic).is_ok() && magic == PARQUET {
                return Self::file(file, options.progress.clone());
            }
        }
        let mut bytes = Vec::new();
        stream.take(HELD + 1).read_to_end(&mut bytes).map_err(|e| ReadError::io(&e))?;
        if bytes.len() as u64 > HELD {
            return Err(ReadError::Unsupported { what: "a large Parquet file that is no file by itself" });
        }
        Ok(Self::Memory(bytes.into()))
    }

    /// A file, which `progress` counts as it is read.
    fn file(file: File, progress: Arc<AtomicU64>) -> Result<Self, ReadError> {
        let len = file.metadata().map_err(|e| ReadError::io(&e))?.len();
        Ok(Self::File { file: Mutex::new(file), len, progress })
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::File { len, .. } => *len,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// So many bytes from `start` on, or as many as there are.
    pub(super) fn read(&self, start: u64, count: usize) -> Result<Bytes, ReadError> {
        match self {
            Self::Memory(bytes) => {
                let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
                Ok(bytes.slice(start..start.saturating_add(count).min(bytes.len())))
            }
            Self::File { file, len, progress } => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                let count = (count as u64).min(len.saturating_sub(start));
                let mut read = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
                file.seek(SeekFrom::Start(start)).map_err(|e| ReadError::io(&e))?;
                (&mut *file).take(count).read_to_end(&mut read).map_err(|e| ReadError::io(&e))?;
                progress.fetch_add(read.len() as u64, Ordering::Relaxed);
                Ok(read.into())
            }
        }
    }
}
