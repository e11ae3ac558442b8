//! Where every operation on the files of an index passes, so that tests can make it fail, tear, wait, or look at it (feature `faults`).
//! Without the feature this is nothing.

use std::io;
use std::path::Path;

#[cfg(feature = "faults")]
use super::faults::{Fault, before, done};

/// What is done to a file or directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(not(feature = "faults"), allow(unreachable_pub, reason = "tests see it"))]
pub enum Op {
    /// A file is opened to be read.
    Open,
    /// Bytes are read.
    Read,
    /// A file is made.
    Create,
    /// Bytes are written.
    Write,
    /// What was written is made durable.
    Sync,
    /// A file takes its place under this path; its bytes are durable.
    Rename,
    /// A file is removed.
    Remove,
    /// The names in a directory are made durable.
    SyncDirectory,
    /// A lock is taken.
    Lock,
}

/// Does something to the file at `path`.
#[inline]
pub(in crate::index) fn step<T, E: From<io::Error>>(
    op: Op,
    path: &Path,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    #[cfg(feature = "faults")]
    if let Fault::Fail(kind) | Fault::Tear(kind) = before(op, path) {
        return Err(io::Error::from(kind).into());
    }
    let result = work();
    #[cfg(feature = "faults")]
    if result.is_ok() {
        done(op, path);
    }
    #[cfg(not(feature = "faults"))]
    let _ = (op, path);
    result
}

/// Writes bytes to the file at `path`; how many.
#[inline]
pub(in crate::index) fn write(path: &Path, bytes: &[u8], to: &mut impl io::Write) -> io::Result<usize> {
    #[cfg(feature = "faults")]
    match before(Op::Write, path) {
        Fault::None => {}
        Fault::Fail(kind) => return Err(kind.into()),
        Fault::Tear(kind) => {
            to.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
            to.flush()?;
            return Err(kind.into());
        }
    }
    #[cfg(not(feature = "faults"))]
    let _ = (Op::Write, path);
    to.write(bytes)
}
