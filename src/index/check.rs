//! Holds the files of an index against what they were when they were written.

use std::path::Path;
use std::{fs, io};

use serde::Serialize;

use super::disk::list::{self, Checksums};
use super::disk::sums::Sums;
use super::manifest::{self, Manifest, SEGMENTS};
use super::meta::{self, Meta};
use super::{IndexError, disk, outbox, sidecar, stories};

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

/// What is lost with the list of checksums.
const UNLISTED: &str = "nothing, if no other file is named: the next `index` holds them against the engine's own checksums and lists them again";

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
    let list = match Checksums::read(index) {
        Ok(Some(list)) => list,
        Ok(None) if !index.join(meta::file()).exists() => Checksums::default(),
        Err(error @ IndexError::Io { .. }) => return Err(error),
        none => {
            let what = if none.is_ok() { "it is missing" } else { "it is not as it was written" };
            checked.damaged(list::FILE, what.to_owned(), UNLISTED);
            Checksums::default()
        }
    };
    if checked.damage.is_empty() && !list.has_segments() && !index.join(meta::file()).exists() {
        return Err(IndexError::Missing(index.to_owned())); // its making was cut off
    }
    checked.hold(index, manifest::FILE, &list, "the format of the index and how words count in it")?;
    checked.hold_commit(index, list)?;
    match sidecar::read(index) {
        Ok(_) => {}
        Err(IndexError::Damaged { .. }) => {
            let lost = "what cleaning had learned about the lines of sources; it is learned again";
            checked.damaged(sidecar::EVIDENCE, "it is not as it was written".to_owned(), lost);
        }
        Err(other) => return Err(other),
    }
    for (file, lost) in stories::damage(index)? {
        checked.damaged(file, "it is not as it was written".to_owned(), lost);
    }
    for (file, what, lost) in outbox::damage(index) {
        checked.damaged(&file, what, lost);
    }
    Ok(checked)
}

/// What is lost with a file of a segment, of so many articles if that is known.
fn lost_with(file: &str, articles: Option<u64>) -> String {
    let what = match file.rsplit('.').next().unwrap_or_default() {
        "store" => "the text",
        "idx" | "term" => "what words and names are found by",
        "pos" => "where words and names stand, so phrases and nearness",
        "fast" => "numbers, dates and the order by date",
        "fieldnorm" => "the lengths, so the order by score",
        _ => "which articles are deleted or replaced",
    };
    articles.map_or_else(
        || format!("{what} of a segment, if it is one of the last commit"),
        |articles| format!("{what} of a segment of {articles} articles"),
    )
}

impl Checked {
    fn damaged(&mut self, file: &str, what: String, lost: &str) {
        self.damage.push(Damage { file: file.to_owned(), what, lost: lost.to_owned() });
    }

    /// Whether damage of a file has been told.
    fn names(&self, file: &str) -> bool {
        self.damage.iter().any(|damage| damage.file == file)
    }

    /// Holds what the last commit consists of against the list.
    fn hold_commit(&mut self, index: &Path, mut list: Checksums) -> Result<(), IndexError> {
        let every = "which segments there are, and so all articles";
        self.hold(index, &meta::file(), &list, every)?;
        let meta = match Meta::read(index) {
            Ok(meta) => meta,
            Err(why) => {
                if !self.names(&meta::file()) {
                    self.damaged(&meta::file(), format!("it cannot be read: {why}"), every);
                }
                return self.hold_listed(index, &list);
            }
        };
        let files = meta.files();
        if !files.is_empty() && !self.names(list::FILE) && !files.iter().any(|file| list.has(file)) {
            if !files.iter().any(|file| index.join(file).exists()) {
                return self.hold_listed(index, &list); // what says which segments there are is of another index
            }
            self.damage.clear();
            self.damaged(list::FILE, "it is that of another index".to_owned(), UNLISTED);
            list = Checksums::default();
        }
        for segment in &meta.segments {
            let articles = segment.articles();
            self.articles += articles;
            for file in segment.files() {
                self.hold(index, &file, &list, &lost_with(&file, Some(articles)))?;
            }
        }
        self.note_strays(index, &meta);
        Ok(())
    }

    /// Holds the files against the list that are there, where nothing says which segments there are.
    fn hold_listed(&mut self, index: &Path, list: &Checksums) -> Result<(), IndexError> {
        for file in list.files().filter(|file| index.join(file).exists()) {
            if !self.names(file) && meta::is_of_segment(file) {
                self.hold(index, file, list, &lost_with(file, None))?;
            }
        }
        Ok(())
    }

    /// Holds a file against the list of checksums, or where that is gone against the checksum at its end.
    fn hold(&mut self, index: &Path, file: &str, list: &Checksums, lost: &str) -> Result<(), IndexError> {
        let path = index.join(file);
        let found = match fs::File::open(&path).and_then(Sums::of) {
            Ok(found) => found,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                self.damaged(file, "it is missing".to_owned(), lost);
                return Ok(());
            }
            Err(e) => return Err(IndexError::io(format!("reading {}", path.display()), e)),
        };
        self.files += 1;
        self.bytes += found.bytes;
        let whole =
            || disk::is_whole(&path).map_err(|e| IndexError::io(format!("reading {}", path.display()), e));
        let wrong = if list.has(file) {
            list.differ(file, &found)
        } else if !self.names(list::FILE) {
            Some(format!("it is not on the list of {}", list::FILE))
        } else if !meta::is_of_segment(file) || whole()? {
            None
        } else {
            Some("it does not fit the checksum at its end".to_owned())
        };
        if let Some(what) = wrong.filter(|_| !self.names(file)) {
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
