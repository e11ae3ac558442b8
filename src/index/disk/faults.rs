//! Faults to order: what tests do to the files of an index (feature `faults`; no part of the library that anybody uses).

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use super::hook::Op;

/// What becomes of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done.
    None,
    /// It is not done, and an error of this kind comes back.
    Fail(io::ErrorKind),
    /// If it is to write, half is written, and an error of this kind comes back; others fail.
    Tear(io::ErrorKind),
}

/// Sees every operation on the files of an index.
pub trait Faults: Send + Sync {
    /// Something is about to be done to the file or directory at `path`; it may take its time.
    fn before(&self, op: Op, path: &Path) -> Fault;
    /// It has been done.
    fn done(&self, op: Op, path: &Path);
}

/// The directories that are watched, by whom.
static WATCHED: Mutex<Vec<(PathBuf, Arc<dyn Faults>)>> = Mutex::new(Vec::new());

/// Has all that is done under `directory`, by all threads of this process, pass `faults` until what comes back is dropped.
///
/// # Panics
/// If the directory is not there.
#[must_use]
pub fn watch(directory: &Path, faults: Arc<dyn Faults>) -> Watch {
    assert!(directory.is_dir(), "{} is no directory", directory.display());
    let directory = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner).push((directory.clone(), faults));
    Watch(directory)
}

/// See [`watch`].
#[derive(Debug)]
pub struct Watch(PathBuf);

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|(directory, _)| *directory != self.0);
    }
}

/// Who watches a path.
fn watcher(path: &Path) -> Option<Arc<dyn Faults>> {
    let watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
    let found = watched.iter().find(|(directory, _)| path.starts_with(directory));
    found.map(|(_, faults)| Arc::clone(faults))
}

pub(super) fn before(op: Op, path: &Path) -> Fault {
    watcher(path).map_or(Fault::None, |faults| faults.before(op, path))
}

pub(super) fn done(op: Op, path: &Path) {
    if let Some(faults) = watcher(path) {
        faults.done(op, path);
    }
}
