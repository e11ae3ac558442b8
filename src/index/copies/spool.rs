//! Records that wait in a file, so that memory holds no more than where they are.

use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

use crate::index::disk::scratch::Scratch;

/// Bytes that are written at once.
const TAIL: usize = 128 << 10;

/// Where a record is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    at: u64,
    len: u32,
}

/// Records of any length; a file without a name, gone when this is.
#[derive(Debug)]
pub(super) struct Spool {
    directory: PathBuf,
    file: Option<Scratch>,
    /// Bytes in the file; those behind them are still in `tail`.
    written: u64,
    tail: Vec<u8>,
}

impl Spool {
    /// No records yet; the file is made in `directory` when there are enough.
    pub(super) fn new(directory: PathBuf) -> Self {
        Self { directory, file: None, written: 0, tail: Vec::new() }
    }

    /// Forgets all records.
    pub(super) fn clear(&mut self) {
        self.file = None;
        self.written = 0;
        self.tail.clear();
    }

    /// Adds a record.
    pub(super) fn add(&mut self, record: &[u8]) -> io::Result<Spot> {
        if self.tail.len() >= TAIL {
            self.flush()?;
        }
        let at = self.written + self.tail.len() as u64;
        self.tail.extend_from_slice(record);
        let len = u32::try_from(record.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        Ok(Spot { at, len })
    }

    fn flush(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(Scratch::new(&self.directory)?),
        };
        file.seek(SeekFrom::Start(self.written))?;
        file.write_all(&self.tail)?;
        self.written += self.tail.len() as u64;
        self.tail.clear();
        Ok(())
    }

    /// A record that was added.
    pub(super) fn get(&mut self, spot: Spot) -> io::Result<Vec<u8>> {
        if let Some(at) = spot.at.checked_sub(self.written) {
            let rest = usize::try_from(at).ok().and_then(|at| self.tail.get(at..));
            let record = rest.and_then(|rest| rest.get(..spot.len as usize));
            return record.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into());
        }
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        let mut record = vec![0; spot.len as usize];
        file.seek(SeekFrom::Start(spot.at))?;
        file.read_exact(&mut record)?;
        Ok(record)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_from_memory_and_from_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(directory.path().to_owned());
        let record = |n: usize| vec![n.to_le_bytes()[0]; n * 37 % 5000];
        for _ in 0..2 {
            let spots: Vec<_> = (0..300).map(|n| spool.add(&record(n)).unwrap()).collect();
            assert!(spool.written > 0 && !spool.tail.is_empty());
            for (n, spot) in spots.into_iter().enumerate().rev() {
                assert_eq!(spool.get(spot).unwrap(), record(n));
            }
            spool.clear();
        }
    }
}
