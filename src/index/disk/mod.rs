//! The files of an index on disk: where the engine and everything else reads and writes them.
//!
//! [`Disk`] is the directory that the engine works in. Files are summed up while they are written, [`list`] keeps the sums, and whatever is
//! read later is held against them ([`handle`]): nothing is answered from a byte that is not the one that was written. A commit is
//! durable when the engine's `meta.json` is in its place: the names in the directory are synced before and after, and the list
//! is replaced before, so that it knows the files of the last commit at any moment. [`small`] replaces small files, [`scratch`] has files
//! without a name. Everything passes [`hook`].

#[cfg(feature = "faults")]
pub mod faults;
mod footer;
mod handle;
pub(super) mod hook;
pub(super) mod list;
pub(super) mod scratch;
pub(super) mod small;
pub(super) mod sums;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use self::handle::{Bytes, Verified};
use self::hook::Op;
use self::list::Checksums;
use self::sums::{Summer, Sums};
use super::IndexError;
use super::manifest::{self, SEGMENTS};
use super::meta::{self, Meta};

pub(super) use self::footer::is_whole;
pub(super) use self::handle::Spoilt;

/// The engine's list of the files that it made, in the directory of segments.
const MANAGED: &str = ".managed.json";
/// The longest `meta.json` that is read.
const LONGEST: u64 = 1 << 30;

/// The directory of the segments of an index. Clones are the same directory.
#[derive(Clone)]
pub(super) struct Disk(Arc<Inner>);

struct Inner {
    /// The index directory, absolute.
    index: PathBuf,
    mapped: MmapDirectory,
    /// Whether stores are read part by part.
    by_parts: bool,
    list: Mutex<Checksums>,
    /// Files that are open, so that what was held against its checksum is not again.
    open: Mutex<HashMap<PathBuf, Weak<Verified>>>,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Disk").field(&self.0.index).finish()
    }
}

impl Disk {
    /// The segments of the index at `index`, whose directories are there.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if the list of checksums or the manifest is not as it was written, [`IndexError::Io`] if they cannot be read.
    pub(super) fn open(index: &Path) -> Result<Self, IndexError> {
        Self::new(index, false)
    }

    /// The same, for one who looks into stored articles all over the store: these are read part by part.
    pub(super) fn by_parts(index: &Path) -> Result<Self, IndexError> {
        Self::new(index, true)
    }

    fn new(index: &Path, by_parts: bool) -> Result<Self, IndexError> {
        let list = Checksums::read(index)?.unwrap_or_default();
        let index =
            index.canonicalize().map_err(|e| IndexError::io(format!("opening {}", index.display()), e))?;
        let mapped = MmapDirectory::open(index.join(SEGMENTS))
            .map_err(|e| IndexError::Damaged { path: index.clone(), what: e.to_string() })?;
        let disk =
            Self(Arc::new(Inner { index, mapped, by_parts, list: Mutex::new(list), open: Mutex::default() }));
        let bytes = small::read(&disk.0.index, manifest::FILE, LONGEST)?.unwrap_or_default();
        let differs = disk.list().differ(manifest::FILE, &Sums::of_bytes(&bytes));
        match differs {
            Some(what) => {
                let what = Spoilt { file: manifest::FILE.to_owned(), what }.to_string();
                Err(IndexError::Damaged { path: disk.0.index.clone(), what })
            }
            None => Ok(disk),
        }
    }

    fn list(&self) -> MutexGuard<'_, Checksums> {
        self.0.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, file: &Path) -> PathBuf {
        self.0.index.join(SEGMENTS).join(file)
    }

    /// Whether there has been a commit, if only that of an empty index; not where its making was cut off.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if its `meta.json` is gone.
    pub(super) fn is_made(&self) -> Result<bool, IndexError> {
        let meta = meta::file();
        let there = self.0.index.join(&meta).exists();
        if !there && self.list().has_segments() {
            return Err(IndexError::Damaged {
                path: self.0.index.clone(),
                what: format!("{meta} is missing"),
            });
        }
        Ok(there)
    }

    /// Sees that all files of the last commit are on the list, and the manifest: if the list is gone, the files are held against the checksums
    /// that the engine puts at their ends, and listed again.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if one of these is missing or not whole.
    pub(super) fn complete(&self) -> Result<(), IndexError> {
        let index = &self.0.index;
        let damaged = |what| IndexError::Damaged { path: index.clone(), what };
        let meta = Meta::read(index).map_err(|e| damaged(format!("{}: {e}", meta::file())))?;
        let small = [manifest::FILE.to_owned(), meta::file()];
        let mut list = self.list();
        let missing: Vec<String> =
            meta.files().into_iter().chain(small).filter(|file| !list.has(file)).collect();
        for file in &missing {
            let failed = |e| IndexError::io(format!("reading {}", index.join(file).display()), e);
            let path = index.join(file);
            if meta::is_of_segment(file) && !is_whole(&path).map_err(failed)? {
                return Err(damaged(format!("{file} does not fit the checksum at its end")));
            }
            let sums = File::open(&path).and_then(Sums::of).map_err(failed)?;
            list.set(file, sums);
        }
        if missing.is_empty() { Ok(()) } else { list.write(index) }
    }

    /// What a file was when it was written; others may have written since the list was read.
    fn sums(&self, name: &str) -> io::Result<Sums> {
        if let Some(sums) = self.list().of(name) {
            return Ok(sums.clone());
        }
        self.look_again()?;
        let unknown = || Spoilt::error(name, format!("it is not on the list of {}", list::FILE));
        self.list().of(name).cloned().ok_or_else(unknown)
    }

    /// Reads the list again, and keeps what this process has written meanwhile.
    fn look_again(&self) -> io::Result<()> {
        let spoilt = |what: &str| Spoilt::error(list::FILE, what.to_owned());
        let bytes = small::bytes(&self.0.index.join(list::FILE), LONGEST).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => spoilt("it is missing"),
            _ => e,
        })?;
        let new = Checksums::parse(&bytes).ok_or_else(|| spoilt("its lines do not fit its checksum"))?;
        let mut list = self.list();
        list.retain(|file| self.0.index.join(file).exists());
        list.take_in(new);
        Ok(())
    }

    /// The files in the directory of segments that the engine made, as it lists them.
    fn managed(&self) -> io::Result<Vec<u8>> {
        let entries = std::fs::read_dir(self.0.index.join(SEGMENTS))?;
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        Ok(serde_json::to_vec(&names)?)
    }

    /// `meta.json`, which may be replaced while it is read.
    fn meta(&self) -> io::Result<Vec<u8>> {
        const TRIES: usize = 10;
        let (name, path) = (meta::file(), self.0.index.join(meta::file()));
        let mut tries = 0;
        loop {
            let bytes = small::bytes(&path, LONGEST)?;
            let differs = self.list().differ(&name, &Sums::of_bytes(&bytes));
            match differs {
                None => return Ok(bytes),
                Some(what) if tries == TRIES => return Err(Spoilt::error(&name, what)),
                Some(_) => self.look_again()?,
            }
            tries += 1;
        }
    }

    /// Replaces `meta.json`, which makes a commit of the segments that it names.
    fn commit(&self, data: &[u8]) -> io::Result<()> {
        let index = &self.0.index;
        let files = Meta::parse(data).map_err(io::Error::other)?.files();
        let mut list = self.list();
        if let Some(unknown) = files.iter().find(|file| !list.has(file)) {
            return Err(io::Error::other(format!("{unknown} was not written here")));
        }
        // Whoever opened the last commit, or the one before it, goes on reading its files.
        list.retain(|file| files.contains(file) || index.join(file).exists());
        // The one that is there may not be the one that was listed last: a commit may have been cut off in between.
        if let Ok(there) = small::bytes(&index.join(meta::file()), LONGEST) {
            list.stands(&meta::file(), &Sums::of_bytes(&there));
        }
        list.set_next(&meta::file(), &Sums::of_bytes(data));
        if !list.has(manifest::FILE) {
            list.set(manifest::FILE, Sums::of_bytes(&small::bytes(&index.join(manifest::FILE), LONGEST)?));
        }
        small::replace_in(index, list::FILE, &[list.text().as_bytes()])?;
        small::replace_in(&index.join(SEGMENTS), "meta.json", &[data])
    }
}

/// The path of a file of a segment in the index directory.
fn name_of(file: &Path) -> String {
    format!("{SEGMENTS}/{}", file.to_string_lossy())
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = open.get(path).and_then(Weak::upgrade) {
            return Ok(file);
        }
        let (name, full) = (name_of(path), self.path(path));
        let wrapped = |e: io::Error| OpenReadError::wrap_io_error(e, path.to_owned());
        let opened = hook::step(Op::Open, &full, || -> Result<_, Failed> {
            if self.0.by_parts && path.extension().is_some_and(|kind| kind == "store") {
                return Ok(Bytes::Parts(Mutex::new(File::open(&full)?)));
            }
            let handle = self.0.mapped.get_file_handle(path)?;
            let bytes = handle.read_bytes(0..handle.len())?;
            Ok(Bytes::Mapped(bytes))
        });
        let bytes = opened.map_err(|failed| match failed {
            Failed::Read(e) => e,
            Failed::Io(e) if e.kind() == io::ErrorKind::NotFound => {
                OpenReadError::FileDoesNotExist(path.to_owned())
            }
            Failed::Io(e) => wrapped(e),
        })?;
        let sums = self.sums(&name).map_err(wrapped)?;
        let file = Arc::new(Verified::new(name, bytes, sums).map_err(wrapped)?);
        open.retain(|_, file| file.strong_count() > 0);
        open.insert(path.to_owned(), Arc::downgrade(&file));
        Ok(file)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let failed = |e| DeleteError::IoError { io_error: Arc::new(e), filepath: path.to_owned() };
        let removed = hook::step(Op::Remove, &self.path(path), || std::fs::remove_file(self.path(path)));
        removed.map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => failed(e),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let full = self.path(path);
        let created =
            hook::step(Op::Create, &full, || File::options().write(true).create_new(true).open(&full));
        let file = created.map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(e, path.to_owned()),
        })?;
        let written =
            Written { disk: self.clone(), name: name_of(path), full, file, summer: Summer::default() };
        Ok(BufWriter::new(Box::new(written)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let read = match path.to_str() {
            Some(MANAGED) => self.managed(),
            Some("meta.json") => self.meta(),
            _ => small::bytes(&self.path(path), LONGEST),
        };
        read.map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(e, path.to_owned()),
        })
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        match path.to_str() {
            Some(MANAGED) => Ok(()), // what is in the directory says the same
            Some("meta.json") => self.commit(data),
            _ => small::replace_in(&self.0.index.join(SEGMENTS), &path.to_string_lossy(), &[data]),
        }
    }

    fn sync_directory(&self) -> io::Result<()> {
        small::sync(&self.0.index.join(SEGMENTS))
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let path = self.path(&lock.filepath);
        let taken = hook::step(Op::Lock, &path, || self.0.mapped.acquire_lock(lock).map_err(Locked));
        match taken.map_err(|Locked(e)| e) {
            // Whoever may not write there can still see to it that nothing is taken away while he opens it, if anybody else may write.
            Err(LockError::IoError(e)) if lock.filepath == META_LOCK.filepath && is_unwritable(&e) => {
                let held = File::open(path).and_then(|file| file.lock().map(|()| file));
                Ok(DirectoryLock::from(Box::new(held)))
            }
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.mapped.watch(callback)
    }
}

fn is_unwritable(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Why a file could not be opened.
enum Failed {
    Io(io::Error),
    Read(OpenReadError),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<OpenReadError> for Failed {
    fn from(error: OpenReadError) -> Self {
        Self::Read(error)
    }
}

/// Why a lock could not be taken.
struct Locked(LockError);

impl From<io::Error> for Locked {
    fn from(error: io::Error) -> Self {
        Self(LockError::wrap_io_error(error))
    }
}

/// A file of a segment that is being written.
struct Written {
    disk: Disk,
    name: String,
    full: PathBuf,
    file: File,
    summer: Summer,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = hook::write(&self.full, bytes, &mut self.file)?;
        self.summer.add(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        hook::step(Op::Sync, &self.full, || self.file.sync_data())?;
        let sums = std::mem::take(&mut self.summer).finish();
        self.disk.list().set(&self.name, sums);
        Ok(())
    }
}
