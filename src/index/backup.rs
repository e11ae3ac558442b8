//! Copies an index away, and back.
//!
//! A backup is a directory that is an index itself, or the same as one file (`.tar` or `.tar.zst`). Every file is held against its checksum while it
//! is copied. The files of a commit are opened before the first is copied, so a writer may go on meanwhile. What is not whole has another name
//! until it is: nothing is ever written over an index.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::check::check;
use super::disk::list::{self, Checksums};
use super::disk::small;
use super::disk::sums::{Summer, Sums};
use super::manifest::{self, Manifest, SEGMENTS};
use super::meta::{self, Meta};
use super::stories::KEPT;
use super::{IndexError, outbox, sidecar};

/// What a backup or a restored index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Articles.
    pub articles: u64,
    /// Files.
    pub files: usize,
    /// Bytes of these.
    pub bytes: u64,
}

/// How often a backup begins again because a merge has removed files before they were open.
const TRIES: usize = 5;
/// Level of compression.
const LEVEL: i32 = 3;

/// Copies the last commit of the index at `index` to `to`: a file where that ends with `.tar` or `.tar.zst`, a directory otherwise.
///
/// # Errors
/// [`IndexError::Taken`] where there is something already; [`IndexError::Damaged`] if a file is not as it was written; [`IndexError::Io`] where the
/// system refuses. Then there is nothing at `to`.
pub(super) fn backup(index: &Path, to: &Path) -> Result<Copied, IndexError> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(IndexError::Taken(to.to_owned()));
    }
    let commit = Commit::open(index)?;
    let beside = beside(to)?;
    let written = match (is_archive(to), is_packed(to)) {
        (true, packed) => commit.pack(&beside, packed),
        (false, _) => commit.copy(&beside),
    };
    settle(&beside, to, written)?;
    Ok(commit.copied())
}

/// Makes an index at `index` from a backup, which is checked before it takes its place.
///
/// # Errors
/// [`IndexError::Taken`] where there is something already but an empty directory; [`IndexError::Damaged`] if the backup is not
/// as it was written; [`IndexError::Io`] where the system refuses. Then nothing is changed.
pub(super) fn restore(backup: &Path, index: &Path) -> Result<Copied, IndexError> {
    if fs::read_dir(index).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(IndexError::Taken(index.to_owned()));
    }
    let beside = beside(index)?;
    let written = if is_archive(backup) {
        unpack(backup, &beside).and_then(|()| whole(&beside))
    } else {
        Commit::open(backup).and_then(|commit| commit.copy(&beside)).and_then(|()| whole(&beside))
    };
    if written.is_ok() {
        let _ = fs::remove_dir(index); // empty, or not there
    }
    settle(&beside, index, written)
}

fn is_archive(path: &Path) -> bool {
    is_packed(path) || path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("tar"))
}

fn is_packed(path: &Path) -> bool {
    path.to_string_lossy().to_lowercase().ends_with(".tar.zst")
}

/// The name that something has until it is whole.
fn beside(path: &Path) -> Result<PathBuf, IndexError> {
    let failed = |e| IndexError::io(format!("making {}", path.display()), e);
    let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut partial = name.to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    Ok(path.with_file_name(partial))
}

/// Gives what is whole its name, durably; takes away what is not.
fn settle<T>(beside: &Path, path: &Path, written: Result<T, IndexError>) -> Result<T, IndexError> {
    let moved = written.and_then(|done| {
        fs::rename(beside, path).map_err(|e| IndexError::io(format!("making {}", path.display()), e))?;
        match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(parent) => small::sync_directory(parent)?,
            None => small::sync_directory(Path::new("."))?,
        }
        Ok(done)
    });
    if moved.is_err() {
        let _ = if beside.is_dir() { fs::remove_dir_all(beside) } else { fs::remove_file(beside) };
    }
    moved
}

/// Checks what was restored.
fn whole(index: &Path) -> Result<Copied, IndexError> {
    let checked = check(index)?;
    if let Some(damage) = checked.damage.first() {
        let what = format!("{}: {}", damage.file, damage.what);
        return Err(IndexError::Damaged { path: index.to_owned(), what });
    }
    Ok(Copied { articles: checked.articles, files: checked.files, bytes: checked.bytes })
}

/// The files of a commit, open.
struct Commit {
    index: PathBuf,
    articles: u64,
    /// Those held in memory, which a writer replaces: names and contents.
    small: Vec<(String, Vec<u8>)>,
    large: Vec<(String, File, Option<Sums>)>,
}

impl Commit {
    fn open(index: &Path) -> Result<Self, IndexError> {
        let damaged = |what: String| IndexError::Damaged { path: index.to_owned(), what };
        Manifest::read(index)?.ok_or_else(|| IndexError::Missing(index.to_owned()))?;
        let mut missing = String::new();
        for _ in 0..TRIES {
            let read = |file: &str| fs::read(index.join(file)).map_err(|e| damaged(format!("{file}: {e}")));
            let bytes = read(&meta::file())?;
            // The list is replaced before what it lists is, so it is read after that.
            let mut list = Checksums::read(index)?.unwrap_or_default();
            if list.differ(&meta::file(), &Sums::of_bytes(&bytes)).is_some() {
                missing = meta::file();
                continue;
            }
            let manifest = read(manifest::FILE)?;
            if let Some(what) = list.differ(manifest::FILE, &Sums::of_bytes(&manifest)) {
                return Err(damaged(format!("{} is not as it was written: {what}", manifest::FILE)));
            }
            let meta = Meta::parse(&bytes).map_err(|e| damaged(format!("{}: {e}", meta::file())))?;
            let files = meta.files();
            list.retain(|file| files.contains(file) || file == manifest::FILE);
            list.set(&meta::file(), Sums::of_bytes(&bytes));
            let mut small = vec![(manifest::FILE.to_owned(), manifest), (meta::file(), bytes)];
            for file in [sidecar::EVIDENCE].into_iter().chain(KEPT) {
                small.extend(fs::read(index.join(file)).map(|bytes| (file.to_owned(), bytes)));
            }
            // Who tells matches may take them away meanwhile.
            let watches = outbox::files(index, meta.batch()).into_iter();
            small
                .extend(watches.filter_map(|file| Some((fs::read(index.join(&file)).ok()?, file))).map(turn));
            small.push((list::FILE.to_owned(), list.text().into_bytes()));
            let open = |file: String| match File::open(index.join(&file)) {
                Ok(open) => Ok((list.of(&file).cloned(), open, file)),
                Err(e) => Err((file, e)),
            };
            match files.into_iter().map(open).collect::<Result<Vec<_>, _>>() {
                Ok(open) => {
                    let articles = meta.segments.iter().map(meta::SegmentFiles::articles).sum();
                    let large = open.into_iter().map(|(sum, open, file)| (file, open, sum)).collect();
                    return Ok(Self { index: index.to_owned(), articles, small, large });
                }
                Err((file, e)) if e.kind() == io::ErrorKind::NotFound => missing = file,
                Err((file, e)) => return Err(IndexError::io(format!("reading {file}"), e)),
            }
        }
        Err(damaged(format!("{missing} is not as it was written, or missing")))
    }

    /// Whether there are watches.
    fn has_watches(&self) -> bool {
        self.small.iter().any(|(name, _)| outbox::belongs(name))
    }

    fn copied(&self) -> Copied {
        let bytes = self.large.iter().map(|(_, file, _)| file.metadata().map_or(0, |meta| meta.len()));
        let small: usize = self.small.iter().map(|(_, bytes)| bytes.len()).sum();
        Copied {
            articles: self.articles,
            files: self.large.len() + self.small.len(),
            bytes: bytes.sum::<u64>() + small as u64,
        }
    }

    /// Gives each file, with its length, in turn to `give`, and holds what was read against its checksum.
    fn each(
        &self,
        mut give: impl FnMut(&str, u64, &mut dyn Read) -> io::Result<()>,
    ) -> Result<(), IndexError> {
        let failed = |file: &str| {
            let what = format!("copying {}", self.index.join(file).display());
            move |e| IndexError::io(what, e)
        };
        for (name, bytes) in &self.small {
            give(name, bytes.len() as u64, &mut bytes.as_slice()).map_err(failed(name))?;
        }
        for (name, file, known) in &self.large {
            let len = file.metadata().map_err(failed(name))?.len();
            let mut through = Through { inner: file, summer: Summer::default() };
            give(name, len, &mut through).map_err(failed(name))?;
            let found = through.summer.finish();
            let differs = known.as_ref().map_or_else(
                || Some(format!("it is not on the list of {}", list::FILE)),
                |known| known.differ(&found),
            );
            if let Some(what) = differs {
                let what = format!("{name} is not as it was written: {what}");
                return Err(IndexError::Damaged { path: self.index.clone(), what });
            }
        }
        Ok(())
    }

    /// Copies all into a new directory.
    fn copy(&self, to: &Path) -> Result<(), IndexError> {
        let segments = to.join(SEGMENTS);
        fs::create_dir_all(&segments).map_err(|e| IndexError::io(format!("making {}", to.display()), e))?;
        let watches = to.join(outbox::FOLDER);
        if self.has_watches() {
            fs::create_dir_all(&watches)
                .map_err(|e| IndexError::io(format!("making {}", watches.display()), e))?;
        }
        self.each(|name, _, input| {
            let mut file = File::create(to.join(name))?;
            io::copy(input, &mut file)?;
            file.sync_all()
        })?;
        small::sync_directory(&segments)?;
        if self.has_watches() {
            small::sync_directory(&watches)?;
        }
        small::sync_directory(to)
    }

    /// Packs all into one file.
    fn pack(&self, to: &Path, packed: bool) -> Result<(), IndexError> {
        let failed = |e| IndexError::io(format!("writing {}", to.display()), e);
        let file = File::create(to).map_err(failed)?;
        let file = if packed {
            let packer = self.tar(zstd::Encoder::new(file, LEVEL).map_err(failed)?)?;
            packer.finish().map_err(failed)?
        } else {
            self.tar(file)?
        };
        file.sync_all().map_err(failed)
    }

    fn tar<W: Write>(&self, out: W) -> Result<W, IndexError> {
        let mut tar = tar::Builder::new(out);
        self.each(|name, len, input| {
            let mut header = tar::Header::new_gnu();
            header.set_size(len);
            header.set_mode(0o644);
            header.set_entry_type(tar::EntryType::Regular);
            tar.append_data(&mut header, name, input.take(len))
        })?;
        tar.into_inner().map_err(|e| IndexError::io("writing the backup", e))
    }
}

fn turn<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}

/// Counts and sums what goes through.
struct Through<R> {
    inner: R,
    summer: Summer,
}

impl<R: Read> Read for Through<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.summer.add(out.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Unpacks a backup into a new directory. Only names that an index has are taken.
fn unpack(backup: &Path, to: &Path) -> Result<(), IndexError> {
    let failed = |e| IndexError::io(format!("reading {}", backup.display()), e);
    let file = File::open(backup).map_err(failed)?;
    let input: Box<dyn Read> =
        if is_packed(backup) { Box::new(zstd::Decoder::new(file).map_err(failed)?) } else { Box::new(file) };
    fs::create_dir_all(to.join(SEGMENTS))
        .map_err(|e| IndexError::io(format!("making {}", to.display()), e))?;
    for entry in tar::Archive::new(input).entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let name = entry.path().map_err(failed)?.to_string_lossy().into_owned();
        if !belongs(&name) || !entry.header().entry_type().is_file() {
            let what = format!("{}: {name:?} is no file of an index", backup.display());
            return Err(IndexError::Damaged { path: backup.to_owned(), what });
        }
        let path = to.join(&name);
        if outbox::belongs(&name) {
            let watches = to.join(outbox::FOLDER);
            fs::create_dir_all(&watches)
                .and_then(|()| File::open(&watches)?.sync_all())
                .map_err(|e| IndexError::io(format!("making {}", watches.display()), e))?;
        }
        let unpacked = File::options().write(true).create_new(true).open(&path).and_then(|mut file| {
            io::copy(&mut entry, &mut file)?;
            file.sync_all()
        });
        unpacked.map_err(|e| IndexError::io(format!("unpacking {name:?}"), e))?;
    }
    small::sync_directory(&to.join(SEGMENTS))?;
    small::sync_directory(to)
}

/// Whether a backup may hold a file of this name.
fn belongs(name: &str) -> bool {
    let of_segment = |file: &str| {
        let (stem, kind) = file.split_once('.').unwrap_or((file, ""));
        stem.len() == 32
            && stem.bytes().all(|b| b.is_ascii_hexdigit())
            && !kind.is_empty()
            && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
    };
    [manifest::FILE, sidecar::EVIDENCE, list::FILE, meta::file().as_str()].contains(&name)
        || KEPT.contains(&name)
        || outbox::belongs(name)
        || name.strip_prefix(SEGMENTS).and_then(|rest| rest.strip_prefix('/')).is_some_and(of_segment)
}
