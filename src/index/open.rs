//! Opens the segments of an index, to read or to write.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyError};

use super::IndexError;
use super::disk::{Disk, small};
use super::writer::SCHEMA;

/// How hard the store is compressed, and in blocks of how many bytes: a hit is read by decompressing its whole block. See
/// `docs/performance.md`.
const LEVEL: i32 = 3;
const BLOCK: usize = 32_768;

/// Opens the segments of an index, or makes them if it has none.
pub(super) fn open_or_create(path: &Path) -> Result<Index, IndexError> {
    let disk = Disk::open(path)?;
    if disk.is_made()? {
        disk.complete()?;
        return open(path, disk);
    }
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(LEVEL) }),
        docstore_blocksize: BLOCK,
        ..IndexSettings::default()
    };
    Ok(Index::create(disk, SCHEMA.0.clone(), settings)?)
}

/// Opens the segments of an existing index.
pub(super) fn open(path: &Path, disk: Disk) -> Result<Index, IndexError> {
    let damaged = |what: String| IndexError::Damaged { path: path.to_owned(), what };
    if !disk.is_made()? {
        return Err(IndexError::Missing(path.to_owned()));
    }
    let index = Index::open(disk)?;
    if index.schema() != SCHEMA.0 {
        return Err(damaged("its fields are not those of its format".into()));
    }
    Ok(index)
}

/// What the last commit holds, for a writer that looks things up in it.
pub(super) fn searcher(index: &Index) -> Result<Searcher, IndexError> {
    // A writer seldom reads two stored articles of one block.
    let builder = index.reader_builder().doc_store_cache_num_blocks(4);
    Ok(builder.reload_policy(ReloadPolicy::Manual).try_into()?.searcher())
}

/// How often a lock that another holds is tried again, and how long after: a process that is being started by this one
/// holds its files for a moment, those of a writer that was closed since, too.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The engine's writer; [`IndexError::Locked`] while another has the index at `path`.
pub(super) fn lock(
    path: &Path,
    index: &Index,
    settings: &IndexWriterOptions,
) -> Result<IndexWriter, IndexError> {
    let mut tries = 0;
    loop {
        match index.writer_with_options(settings.clone()) {
            Ok(writer) => return Ok(writer),
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) if tries < LOCK_TRIES => {
                tries += 1;
                std::thread::sleep(LOCK_PAUSE);
            }
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Err(IndexError::Locked(path.to_owned()));
            }
            Err(TantivyError::LockFailure(LockError::IoError(e), _)) => {
                let e = std::io::Error::new(e.kind(), e.to_string());
                return Err(IndexError::io(format!("writing to the index at {}", path.display()), e));
            }
            Err(other) => return Err(other.into()),
        }
    }
}

/// Removes what a killed writer left, and takes a number for the next operation that no dead one has used.
pub(super) fn clear_leftovers(inner: &IndexWriter, segments: &Path) -> Result<(), IndexError> {
    inner.garbage_collect_files().wait()?;
    for entry in fs::read_dir(segments).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".tmp") {
            let _ = fs::remove_file(entry.path()); // in the way of nothing if it stays
        }
    }
    inner.run(std::iter::empty())?;
    Ok(())
}

/// Makes a directory and those above it, durably.
pub(super) fn make_directories(path: &Path) -> Result<(), IndexError> {
    let failed = |e| IndexError::io(format!("making {}", path.display()), e);
    let missing: Vec<&Path> =
        path.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists()).collect();
    fs::create_dir_all(path).map_err(failed)?;
    let above = |p: &&Path| match p.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    // Whoever made the directory before may have been cut off before it was durable.
    let _ = small::sync_directory(&above(&path));
    missing.iter().map(above).try_for_each(|parent| small::sync_directory(&parent))
}
