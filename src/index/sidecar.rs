//! What is kept beside the segments for the next run: `evidence.bin`, and `resume.json` while a run is under way.
//!
//! `evidence.bin`: what cleaning has learned about the lines of sources, for the next run.
//!
//! An index can do without it: where it is missing nothing has been learned yet, and a damaged one is a loss of evidence and of nothing
//! else. The file is the letters `DLEV`, the version of this frame, a CRC-32 of the rest, and bytes that `clean` reads and writes.
//! It is written beside its place, synced, and moved there, so that it is there as a whole or as it was.

use std::path::Path;

use super::IndexError;
use super::disk::small;

/// The file's name in the index directory.
pub const EVIDENCE: &str = "evidence.bin";
const MAGIC: &[u8; 4] = b"DLEV";
const VERSION: u8 = 1;
/// The largest file that is read.
const MOST_BYTES: u64 = 16 << 20;

/// Where a run keeps how far it has come.
pub(crate) const RESUME: &str = "resume.json";
/// The bytes of where a run keeps how far it has come; `None` if none is under way.
pub(crate) fn read_resume(index: &Path) -> Result<Option<Vec<u8>>, IndexError> {
    small::read(index, RESUME, MOST_BYTES)
}

/// Keeps how far a run has come, durably; `None`: it has come to its end.
pub(crate) fn keep_resume(index: &Path, bytes: Option<&[u8]>) -> Result<(), IndexError> {
    bytes.map_or_else(|| small::remove(index, RESUME), |bytes| small::replace(index, RESUME, &[bytes]))
}

/// The bytes kept in the index at `index`; `None` if there are none yet.
///
/// # Errors
/// [`IndexError::Damaged`] if the file is not as it was written, [`IndexError::Io`] if it cannot be read.
pub fn read(index: &Path) -> Result<Option<Vec<u8>>, IndexError> {
    let Some(bytes) = small::read(index, EVIDENCE, MOST_BYTES)? else { return Ok(None) };
    let whole = bytes.strip_prefix(MAGIC).and_then(|rest| rest.strip_prefix(&[VERSION])).and_then(|rest| {
        let (checksum, rest) = rest.split_first_chunk()?;
        (u32::from_le_bytes(*checksum) == crc32fast::hash(rest)).then(|| rest.to_vec())
    });
    let damaged = || IndexError::Damaged {
        path: index.to_owned(),
        what: format!("{EVIDENCE} is not as it was written"),
    };
    whole.map(Some).ok_or_else(damaged)
}

/// Keeps `bytes` in the index at `index`, durably, in place of what it kept.
///
/// # Errors
/// [`IndexError::Io`] if that is not possible; what was kept before stands.
pub fn write(index: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let checksum = crc32fast::hash(bytes).to_le_bytes();
    small::replace(index, EVIDENCE, &[MAGIC, &[VERSION], &checksum, bytes])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_kept_is_read_again_and_damage_is_told() {
        let index = tempfile::tempdir().unwrap();
        assert!(read(index.path()).unwrap().is_none());
        write(index.path(), b"first").unwrap();
        write(index.path(), b"second").unwrap();
        assert_eq!(read(index.path()).unwrap().unwrap(), b"second");
        let path = index.path().join(EVIDENCE);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            assert!(matches!(read(index.path()), Err(IndexError::Damaged { .. })), "byte {at}");
        }
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(read(index.path()).is_err());
        assert!(!index.path().join(small::beside(EVIDENCE)).exists());
    }
}
