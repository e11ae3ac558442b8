//! Holds the files of an index against what they were when they were written.

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::checksums::{self, Checksums, Sum, is_whole, sum};
use super::manifest::{self, Manifest, SEGMENTS};
use super::meta::{self, Meta};
use super::{IndexError, sidecar};

/// What became of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Files that were read.
    pub files: usize,
    /// Bytes of these.
    pub bytes: u64,
    /// Articles that the index holds, as it says.
    pub articles: u64,
    /// Files that are not as they were written.
    pub damage: Vec<Damage>,
    /// What is no damage and yet worth knowing.
    pub notes: Vec<String>,
}

/// A file that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// Its path in the index directory.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
    /// What is lost with it.
    pub lost: String,
}

/// How often a check begins again because a writer has removed files meanwhile.
const TRIES: usize = 5;

/// Reads every file that the last commit consists of and compares it with what was written, whoever else reads or writes meanwhile.
///
/// # Errors
/// [`IndexError::Missing`], [`IndexError::NotAnIndex`] and [`IndexError::Version`] as for reading; [`IndexError::Io`] where the system refuses.
/// Damage is no error: it is in what is returned.
pub(super) fn check(index: &Path) -> Result<Checked, IndexError> {
    let mut checked = Checked::default();
    for _ in 0..TRIES {
        let before = fs::read(index.join(meta::file())).ok();
        checked = check_once(index)?;
        // Files may be gone because a merge has made others of them.
        if checked.damage.is_empty() || fs::read(index.join(meta::file())).ok() == before {
            break;
        }
    }
    Ok(checked)
}

fn check_once(index: &Path) -> Result<Checked, IndexError> {
    let mut checked = Checked::default();
    match Manifest::read(index) {
        Ok(Some(_)) => {}
        Ok(None) => return Err(IndexError::Missing(index.to_owned())),
        Err(IndexError::Damaged { what, .. }) => {
            checked.damaged(manifest::FILE, what, "the format of the index and how words count in it");
        }
        Err(other) => return Err(other),
    }
    let list = Checksums::read(index).unwrap_or_else(|_| {
        let lost = "nothing, if no other file is named: those that are there were held against the engine's own checksums";
        checked.damaged(checksums::FILE, "it is not as it was written".to_owned(), lost);
        Checksums::default()
    });
    let bytes = fs::read(index.join(meta::file())).unwrap_or_default();
    let every = "which segments there are, and so all articles";
    let meta = match Meta::parse(&bytes) {
        Ok(meta) => meta,
        Err(why) => {
            checked.damaged(&meta::file(), format!("it cannot be read: {why}"), every);
            return Ok(checked);
        }
    };
    match list.belied_by(index, &meta) {
        Some(file) if file == meta::file() => {
            checked.damaged(&file, "it is not as it was written".to_owned(), every);
        }
        Some(file) => {
            let lost = "the format of the index and how words count in it";
            checked.damaged(&file, "it is not as it was written".to_owned(), lost);
        }
        None => {}
    }
    let mut unlisted = 0;
    for segment in &meta.segments {
        let articles = segment.articles();
        checked.articles += articles;
        for file in segment.files() {
            let known = list.files.get(&file).copied();
            unlisted += usize::from(known.is_none());
            checked.hold(index, &file, known, &lost_with(&file, articles))?;
        }
    }
    if unlisted > 0 && !checked.damage.iter().any(|damage| damage.file == checksums::FILE) {
        checked.notes.push(format!(
            "{unlisted} files are not in {} yet, as the last commit was cut off; they are held against the engine's own checksums, and the next `index` lists them",
            checksums::FILE
        ));
    }
    match sidecar::read(index) {
        Ok(_) => {}
        Err(IndexError::Damaged { .. }) => {
            let lost = "what cleaning had learned about the lines of sources; it is learned again";
            checked.damaged(sidecar::EVIDENCE, "it is not as it was written".to_owned(), lost);
        }
        Err(other) => return Err(other),
    }
    checked.note_strays(index, &meta);
    Ok(checked)
}

/// Sees whether the files of the last commit have the sizes with which they were written, and if they are small, their bytes. A full check
/// reads everything; this takes a moment, and is made whenever an index is opened.
///
/// # Errors
/// [`IndexError::Damaged`] with the first file that has not.
pub(super) fn glance(index: &Path) -> Result<(), IndexError> {
    /// Bytes of an index that are read to the last.
    const SMALL: u64 = 1 << 20;
    let list = Checksums::read(index)?;
    let damaged = |what| IndexError::Damaged { path: index.to_owned(), what };
    let meta = Meta::read(index).map_err(|why| damaged(format!("{}: {why}", meta::file())))?;
    let unlike = |file| {
        damaged(format!("{file} is not as it was written (`dateline check` says what is lost with it)"))
    };
    if let Some(file) = list.belied_by(index, &meta) {
        return Err(unlike(file));
    }
    let all: u64 = list.files.values().map(|sum| sum.bytes).sum();
    for path in meta.files() {
        let Some(known) = list.files.get(&path) else { continue };
        // One that is gone has been merged into another meanwhile, or the engine misses it.
        let Ok(bytes) = fs::metadata(index.join(&path)).map(|meta| meta.len()) else { continue };
        let same = bytes == known.bytes
            && (all > SMALL || sum(&index.join(&path)).ok().flatten().is_none_or(|found| found == *known));
        if !same {
            let what =
                format!("{path} is not as it was written (`dateline check` says what is lost with it)");
            return Err(IndexError::Damaged { path: index.to_owned(), what });
        }
    }
    Ok(())
}

/// What is lost with a file of a segment of so many articles.
fn lost_with(file: &str, articles: u64) -> String {
    let what = match file.rsplit('.').next().unwrap_or_default() {
        "store" => "the text",
        "idx" | "term" => "what words and names are found by",
        "pos" => "where words and names stand, so phrases and nearness",
        "fast" => "numbers, dates and the order by date",
        "fieldnorm" => "the lengths, so the order by score",
        _ => "which articles are deleted or replaced",
    };
    format!("{what} of a segment of {articles} articles")
}

impl Checked {
    fn damaged(&mut self, file: &str, what: String, lost: &str) {
        self.damage.push(Damage { file: file.to_owned(), what, lost: lost.to_owned() });
    }

    /// Holds a file against its sum, or where that is not known against the checksum at its end.
    fn hold(&mut self, index: &Path, file: &str, known: Option<Sum>, lost: &str) -> Result<(), IndexError> {
        let path = index.join(file);
        let failed = |e| IndexError::io(format!("reading {}", path.display()), e);
        let Some(found) = sum(&path).map_err(failed)? else {
            self.damaged(file, "it is missing".to_owned(), lost);
            return Ok(());
        };
        self.files += 1;
        self.bytes += found.bytes;
        let wrong = match known {
            Some(known) if known.bytes != found.bytes => {
                Some(format!("it has {} bytes and was written with {}", found.bytes, known.bytes))
            }
            Some(known) => {
                (known.crc32 != found.crc32).then(|| "its bytes are not those that were written".to_owned())
            }
            None => (!is_whole(&path).map_err(failed)?)
                .then(|| "it does not fit the checksum at its end".to_owned()),
        };
        if let Some(what) = wrong {
            self.damaged(file, what, lost);
        }
        Ok(())
    }

    /// Notes files that belong to no segment.
    fn note_strays(&mut self, index: &Path, meta: &Meta) {
        let known = meta.files();
        let entries = fs::read_dir(index.join(SEGMENTS)).into_iter().flatten().flatten();
        let strays = entries.filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of_segment = name.split('.').next().is_some_and(|stem| stem.len() == 32);
            of_segment && !known.contains(&format!("{SEGMENTS}/{name}"))
        });
        let strays = strays.count();
        if strays > 0 {
            self.notes.push(format!(
                "{strays} files belong to no segment: a writer is at work, or was cut off, and the next `index` removes them"
            ));
        }
    }
}
