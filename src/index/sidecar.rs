//! `evidence.bin`: what cleaning has learned about the lines of sources, for the next run.
//!
//! An index can do without it: where it is missing nothing has been learned yet, and a damaged one is a loss of evidence and of nothing
//! else. The file is the letters `DLEV`, the version of this frame, a CRC-32 of the rest, and bytes that `clean` reads and writes.
//! It is written beside its place, synced, and moved there, so that it is there as a whole or as it was.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use super::{IndexError, manifest};

/// The file's name in the index directory.
pub const EVIDENCE: &str = "evidence.bin";
/// Where it is written before it takes its place.
pub(super) const BESIDE: &str = ".evidence.tmp";

const MAGIC: &[u8; 4] = b"DLEV";
const VERSION: u8 = 1;
/// The largest file that is read.
const MOST_BYTES: u64 = 16 << 20;

/// Where a run keeps how far it has come.
pub(crate) const RESUME: &str = "resume.json";
/// Where that is written before it takes its place.
pub(super) const RESUME_BESIDE: &str = ".resume.json.tmp";

/// The bytes of a small file beside the segments; `None` if there is none.
pub(crate) fn read_plain(index: &Path, file: &str) -> Result<Option<Vec<u8>>, IndexError> {
    let path = index.join(file);
    match fs::File::open(&path) {
        Ok(open) => {
            let mut bytes = Vec::new();
            let read = open.take(MOST_BYTES).read_to_end(&mut bytes);
            read.map(|_| Some(bytes)).map_err(|e| IndexError::io(format!("reading {}", path.display()), e))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(IndexError::io(format!("reading {}", path.display()), e)),
    }
}

/// Puts a small file beside the segments, durably, in place of what it was.
pub(crate) fn write_plain(index: &Path, file: &str, bytes: &[u8]) -> Result<(), IndexError> {
    let beside = index.join(format!(".{file}.tmp"));
    let failed = |e| IndexError::io(format!("writing {}", beside.display()), e);
    let mut open = fs::File::create(&beside).map_err(failed)?;
    open.write_all(bytes).and_then(|()| open.sync_all()).map_err(failed)?;
    fs::rename(&beside, index.join(file)).map_err(failed)?;
    manifest::sync_directory(index)
}

/// Takes a small file away, if it is there.
pub(crate) fn remove_plain(index: &Path, file: &str) -> Result<(), IndexError> {
    let path = index.join(file);
    match fs::remove_file(&path) {
        Ok(()) => manifest::sync_directory(index),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(IndexError::io(format!("removing {}", path.display()), e)),
    }
}

/// The bytes kept in the index at `index`; `None` if there are none yet.
///
/// # Errors
/// [`IndexError::Damaged`] if the file is not as it was written, [`IndexError::Io`] if it cannot be read.
pub fn read(index: &Path) -> Result<Option<Vec<u8>>, IndexError> {
    let path = index.join(EVIDENCE);
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(IndexError::io(format!("reading {}", path.display()), e)),
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|e| IndexError::io(format!("reading {}", path.display()), e))?;
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
    let (path, beside) = (index.join(EVIDENCE), index.join(BESIDE));
    let failed = |e| IndexError::io(format!("writing {}", beside.display()), e);
    let mut file = fs::File::create(&beside).map_err(failed)?;
    file.write_all(MAGIC)
        .and_then(|()| file.write_all(&[VERSION]))
        .and_then(|()| file.write_all(&crc32fast::hash(bytes).to_le_bytes()))
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    fs::rename(&beside, &path).map_err(failed)?;
    manifest::sync_directory(index)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

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
        assert!(!index.path().join(BESIDE).exists());
    }
}
