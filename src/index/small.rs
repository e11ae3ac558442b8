//! The small files beside the segments: read as a whole, and replaced as a whole or not at all.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::IndexError;

/// The name that a file has until it takes its place.
pub(super) fn beside(file: &str) -> String {
    format!(".{file}.tmp")
}

/// The bytes of a file of an index, but no more than `most`; `None` if there is none.
pub(super) fn read(index: &Path, file: &str, most: u64) -> Result<Option<Vec<u8>>, IndexError> {
    let path = index.join(file);
    let failed = |e| IndexError::io(format!("reading {}", path.display()), e);
    let open = match fs::File::open(&path) {
        Ok(open) => open,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(e)),
    };
    let mut bytes = Vec::new();
    open.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(Some(bytes))
}

/// Puts a file of these parts into an index, durably, in place of the one that is there.
pub(super) fn replace(index: &Path, file: &str, parts: &[&[u8]]) -> Result<(), IndexError> {
    let (path, beside) = (index.join(file), index.join(beside(file)));
    let failed = |e| IndexError::io(format!("writing {}", beside.display()), e);
    let mut open = fs::File::create(&beside).map_err(failed)?;
    parts.iter().try_for_each(|part| open.write_all(part)).and_then(|()| open.sync_all()).map_err(failed)?;
    fs::rename(&beside, &path).map_err(|e| IndexError::io(format!("writing {}", path.display()), e))?;
    sync_directory(index)
}

/// Takes a file away, durably, if it is there.
pub(super) fn remove(index: &Path, file: &str) -> Result<(), IndexError> {
    let path = index.join(file);
    match fs::remove_file(&path) {
        Ok(()) => sync_directory(index),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(IndexError::io(format!("removing {}", path.display()), e)),
    }
}

/// Makes the names in a directory durable.
pub(super) fn sync_directory(path: &Path) -> Result<(), IndexError> {
    #[cfg(unix)]
    fs::File::open(path)
        .and_then(|dir| dir.sync_all())
        .map_err(|e| IndexError::io(format!("syncing {}", path.display()), e))?;
    #[cfg(not(unix))]
    let _ = path; // directories cannot be synced there
    Ok(())
}
