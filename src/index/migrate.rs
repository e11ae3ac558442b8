//! Makes an index of this format of one of an older format.
//!
//! What an article says, its mentions and what cleaning did are stored whole, so an index is made again of its store alone, without the sources and
//! without extracting anew; what is found is what was found before. It is made beside the old one, checked, and takes its name; the old one is kept
//! under another.

use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{DocAddress, Index, Searcher};

use super::disk::{is_whole, small};
use super::manifest::{FORMAT, Manifest, SEGMENTS};
use super::meta::Meta;
use super::{IndexError, Prepared, Reader, Writer, WriterOptions, check, open, outbox, reader, sidecar};

/// The formats that are read, the oldest first. The records of their stores are those of this format.
pub(super) const READ: RangeInclusive<u32> = 6..=FORMAT - 1;

/// What became of a migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migrated {
    /// The format before; that of this build if there was nothing to do.
    pub from: u32,
    /// Articles.
    pub articles: u64,
    /// Where the old index is now; `None` if there was nothing to do.
    pub kept: Option<PathBuf>,
}

/// See [`super::migrate()`].
pub(super) fn migrate(index: &Path) -> Result<Migrated, IndexError> {
    let ready = named(index, "migrated");
    if !index.exists() && ready.exists() {
        // One that was cut off between the last two steps.
        rename(&ready, index)?;
        let mut kept = READ.map(|from| (from, named(index, &format!("format-{from}"))));
        let (from, kept) = kept.find(|(_, kept)| kept.exists()).map_or((FORMAT, None), |(n, p)| (n, Some(p)));
        return Ok(Migrated { from, articles: Reader::open(index)?.len(), kept });
    }
    let manifest = Manifest::of_any_format(index)?.ok_or_else(|| IndexError::Missing(index.to_owned()))?;
    if manifest.format == FORMAT {
        return Ok(Migrated { from: FORMAT, articles: Reader::open(index)?.len(), kept: None });
    }
    if !READ.contains(&manifest.format) {
        return Err(manifest.unreadable(index));
    }
    let kept = named(index, &format!("format-{}", manifest.format));
    if let Some(taken) = [&ready, &kept].into_iter().find(|path| path.exists()) {
        return Err(IndexError::Taken(taken.clone()));
    }
    let partial = named(index, &format!("{}.partial", std::process::id()));
    let made = make(index, &manifest, &partial);
    if made.is_err() {
        let _ = fs::remove_dir_all(&partial); // half made, and of no use
    }
    let articles = made?;
    rename(&partial, &ready)?;
    rename(index, &kept)?;
    rename(&ready, index)?;
    Ok(Migrated { from: manifest.format, articles, kept: Some(kept) })
}

/// A directory beside the index, with its name and more.
fn named(index: &Path, more: &str) -> PathBuf {
    let mut name = index.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{more}"));
    index.with_file_name(name)
}

fn rename(from: &Path, to: &Path) -> Result<(), IndexError> {
    fs::rename(from, to)
        .map_err(|e| IndexError::io(format!("giving {} its name {}", from.display(), to.display()), e))?;
    match to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => small::sync_directory(parent),
        None => small::sync_directory(Path::new(".")),
    }
}

/// Makes an index at `to` of the old one, whole; how many articles it has.
fn make(old: &Path, manifest: &Manifest, to: &Path) -> Result<u64, IndexError> {
    let damaged = |what| IndexError::Damaged { path: old.to_owned(), what };
    let segments = MmapDirectory::open(old.join(SEGMENTS)).map_err(|e| damaged(e.to_string()))?;
    let _nobody_writes =
        segments.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| IndexError::Locked(old.to_owned()))?;
    for file in Meta::read(old).map_err(damaged)?.files() {
        match is_whole(&old.join(&file)) {
            Ok(true) => {}
            Ok(false) => return Err(damaged(format!("{file} does not fit the checksum at its end"))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(damaged(format!("{file} is missing")));
            }
            Err(e) => return Err(IndexError::io(format!("reading {file}"), e)),
        }
    }
    let searcher = open::searcher(&Index::open(segments)?)?;
    let Manifest { weights, merged_names, .. } = *manifest;
    let mut writer = Writer::open(to, &WriterOptions { weights, merged_names, ..WriterOptions::default() })?;
    for at in addresses(&searcher) {
        let stored = reader::stored(&searcher, at).map_err(damaged)?;
        writer.upsert(Prepared::again(&stored, weights)?)?;
        if writer.wants_commit() {
            writer.commit()?;
        }
    }
    // What watches matched goes along, of the commits that there were.
    let batch = Meta::read(old).map_err(damaged)?.batch();
    writer.set_batch(batch);
    writer.finish()?;
    for file in outbox::files(old, batch) {
        let bytes = fs::read(old.join(&file)).map_err(|e| IndexError::io(format!("reading {file}"), e))?;
        let (folder, name) = file.split_once('/').unwrap_or(("", &file));
        open::make_directories(&to.join(folder))?;
        small::replace(&to.join(folder), name, &[&bytes])?;
    }
    if let Some(evidence) = sidecar::read(old).unwrap_or_default() {
        sidecar::write(to, &evidence)?;
    }
    let checked = check(to)?;
    match checked.damage.first() {
        Some(damage) => Err(IndexError::Damaged {
            path: to.to_owned(),
            what: format!("{}: {}", damage.file, damage.what),
        }),
        None if checked.articles != searcher.num_docs() => {
            Err(damaged(format!("of {} articles, {} could be read", searcher.num_docs(), checked.articles)))
        }
        None => Ok(checked.articles),
    }
}

/// Where the articles are that have not been deleted, in the order in which they came.
fn addresses(searcher: &Searcher) -> impl Iterator<Item = DocAddress> + use<'_> {
    (0..)
        .zip(searcher.segment_readers())
        .flat_map(|(segment, reader)| reader.doc_ids_alive().map(move |doc| DocAddress::new(segment, doc)))
}
