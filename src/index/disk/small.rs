//! The small files of an index: read as a whole, and replaced as a whole or not at all.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use super::hook::{self, Op};
use crate::index::IndexError;

/// The name that a file has until it takes its place.
pub(in crate::index) fn beside(file: &str) -> String {
    format!(".{file}.tmp")
}

/// The bytes of a file of an index, but no more than `most`; `None` if there is none.
pub(in crate::index) fn read(index: &Path, file: &str, most: u64) -> Result<Option<Vec<u8>>, IndexError> {
    let path = index.join(file);
    match bytes(&path, most) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(IndexError::io(format!("reading {}", path.display()), e)),
    }
}

/// The bytes of a file, but no more than `most`.
pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = hook::step(Op::Open, path, || fs::File::open(path))?;
    let mut bytes = Vec::new();
    hook::step(Op::Read, path, || file.take(most).read_to_end(&mut bytes))?;
    Ok(bytes)
}

/// Puts a file of these parts into a directory, durably, in place of the one that is there.
pub(in crate::index) fn replace(directory: &Path, file: &str, parts: &[&[u8]]) -> Result<(), IndexError> {
    replace_in(directory, file, parts)
        .map_err(|e| IndexError::io(format!("writing {}", directory.join(file).display()), e))
}

/// The same, with the system's error.
pub(super) fn replace_in(directory: &Path, file: &str, parts: &[&[u8]]) -> io::Result<()> {
    let (path, beside) = (directory.join(file), directory.join(beside(file)));
    let mut open = hook::step(Op::Create, &beside, || fs::File::create(&beside))?;
    for part in parts {
        let mut rest = *part;
        while !rest.is_empty() {
            match hook::write(&beside, rest, &mut open) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
    hook::step(Op::Sync, &beside, || open.sync_all())?;
    hook::step(Op::Rename, &path, || fs::rename(&beside, &path))?;
    sync(directory)
}

/// Puts a file of text into a directory as [`replace`] does, behind a line that has `head` and the CRC-32 of the rest.
pub(in crate::index) fn replace_summed(
    directory: &Path,
    file: &str,
    head: &str,
    bytes: &[u8],
) -> Result<(), IndexError> {
    let line = format!("{head}{:08x}\n", crc32fast::hash(bytes));
    replace(directory, file, &[line.as_bytes(), bytes])
}

/// What [`replace_summed`] put behind the first line; `None` if it is not as it was written.
pub(in crate::index) fn summed<'a>(head: &str, bytes: &'a [u8]) -> Option<&'a [u8]> {
    let rest = bytes.strip_prefix(head.as_bytes())?;
    let (checksum, rest) = (rest.get(..8)?, rest.get(8..)?.strip_prefix(b"\n")?);
    (checksum == format!("{:08x}", crc32fast::hash(rest)).as_bytes()).then_some(rest)
}

/// Takes a file away, durably, if it is there.
pub(in crate::index) fn remove(index: &Path, file: &str) -> Result<(), IndexError> {
    let path = index.join(file);
    match hook::step(Op::Remove, &path, || fs::remove_file(&path)) {
        Ok(()) => sync_directory(index),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(IndexError::io(format!("removing {}", path.display()), e)),
    }
}

/// Makes the names in a directory durable.
pub(in crate::index) fn sync_directory(path: &Path) -> Result<(), IndexError> {
    sync(path).map_err(|e| IndexError::io(format!("syncing {}", path.display()), e))
}

/// The same, with the system's error.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    hook::step(Op::SyncDirectory, path, || {
        #[cfg(unix)]
        return fs::File::open(path).and_then(|dir| dir.sync_all());
        #[cfg(not(unix))]
        Ok(()) // directories cannot be synced there
    })
}
