//! Opens an index so that its stored articles are read part by part, not mapped.
//!
//! A writer looks into a stored article now and then, to see whether another is a copy of it, all over the store: mapped, each look would keep
//! some of the file in memory, in the end all of it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle,
    WritePtr,
};
use tantivy::{HasLen, Index, Searcher};

use super::{IndexError, open};

/// What the last commit of the segments in a directory holds.
pub(super) fn searcher(segments: &Path) -> Result<Searcher, IndexError> {
    let mapped = MmapDirectory::open(segments).map_err(|e| IndexError::Engine(e.to_string()))?;
    open::searcher(&Index::open(ByParts { mapped, path: segments.to_owned() })?)
}

/// A directory whose stores are read part by part, everything else as it is usual.
#[derive(Debug, Clone)]
struct ByParts {
    mapped: MmapDirectory,
    path: PathBuf,
}

impl Directory for ByParts {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if path.extension().is_none_or(|kind| kind != "store") {
            return self.mapped.get_file_handle(path);
        }
        let failed = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(e, path.to_owned()),
        };
        let file = File::open(self.path.join(path)).map_err(failed)?;
        let len = file.metadata().map_err(failed)?.len();
        let len = usize::try_from(len).map_err(|_| failed(io::ErrorKind::FileTooLarge.into()))?;
        Ok(Arc::new(Parts { file: Mutex::new(file), len }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

/// A file of which parts are read.
#[derive(Debug)]
struct Parts {
    file: Mutex<File>,
    len: usize,
}

impl HasLen for Parts {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for Parts {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}
