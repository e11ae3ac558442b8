//! The ways to an index besides [`Reader`](super::Reader) and [`Writer`](super::Writer), each guarded against what the files may make it meet.

use std::path::Path;

use super::{
    Checked, Copied, IndexError, Migrated, backup as copying, check as holding, migrate as migrating,
};
use crate::guard::guarded;

/// Reads every file that the last commit consists of and compares it with what was written, whoever else reads or writes meanwhile.
///
/// # Errors
/// [`IndexError::Missing`], [`IndexError::NotAnIndex`] and [`IndexError::Version`] as for reading; [`IndexError::Io`] where the system refuses.
/// Damage is no error: it is in what is returned.
pub fn check(index: &Path) -> Result<Checked, IndexError> {
    guarded("checking the index", || holding::check(index))
}

/// Copies the last commit of the index at `index` to `to`: a file where that ends with `.tar` or `.tar.zst`, a directory otherwise.
///
/// # Errors
/// [`IndexError::Taken`] where there is something already; [`IndexError::Damaged`] if a file is not as it was written; [`IndexError::Io`] where the
/// system refuses. Then there is nothing at `to`.
pub fn backup(index: &Path, to: &Path) -> Result<Copied, IndexError> {
    guarded("backing up the index", || copying::backup(index, to))
}

/// Makes an index at `index` from a backup, which is checked before it takes its place.
///
/// # Errors
/// [`IndexError::Taken`] where there is something already but an empty directory; [`IndexError::Damaged`] if the backup is not
/// as it was written; [`IndexError::Io`] where the system refuses. Then nothing is changed.
pub fn restore(backup: &Path, index: &Path) -> Result<Copied, IndexError> {
    guarded("restoring a backup", || copying::restore(backup, index))
}

/// Makes an index of this format of the one at `index`, which is kept beside it as `index.format-6` or the like. One that has this format
/// stays as it is. It takes room for the index once more.
///
/// # Errors
/// [`IndexError::Version`] for a format that this build does not read; [`IndexError::Damaged`] if a file of the old index is not whole;
/// [`IndexError::Taken`] if there is something where the old index is to be kept; [`IndexError::Locked`] while somebody writes to it. Then the old index
/// stays as it is.
pub fn migrate(index: &Path) -> Result<Migrated, IndexError> {
    guarded("migrating the index", || migrating::migrate(index))
}
