//! Opens an index for reading where nothing can be written: on a read-only medium, or in somebody else's directory.
//!
//! The engine holds a lock while it opens the files of a commit, so that no writer removes them meanwhile, and makes a file for that. Where
//! that is refused there is no writer, or one with other rights; then files are opened without the lock, and if one of them is gone, again.

use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle,
    WritePtr,
};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

/// How often opening begins again because files were removed meanwhile.
const TRIES: usize = 5;

/// Opens the last commit; the index too, as it is to be used with it.
pub(super) fn reader(index: Index, segments: &Path) -> tantivy::Result<(Index, IndexReader)> {
    let open = |index: &Index| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    match open(&index) {
        Err(TantivyError::LockFailure(LockError::IoError(e), _)) if is_refused(&e) => {
            let index = Index::open(Unlocked(MmapDirectory::open(segments)?))?;
            for _ in 1..TRIES {
                match open(&index) {
                    Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_))) => {}
                    other => return other.map(|reader| (index, reader)),
                }
            }
            open(&index).map(|reader| (index, reader))
        }
        other => other.map(|reader| (index, reader)),
    }
}

fn is_refused(error: &std::io::Error) -> bool {
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// A directory in which the lock of readers may be refused.
#[derive(Debug, Clone)]
struct Unlocked(MmapDirectory);

impl Directory for Unlocked {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(e)) if lock.filepath == META_LOCK.filepath && is_refused(&e) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        self.0.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}
