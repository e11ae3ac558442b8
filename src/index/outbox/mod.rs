//! The watches of an index, and what they matched until it is told: the folder `watches`.
//!
//! `list` holds the watches ([`read_list`]). Matches are gathered in *batches*, one a commit that has any, by number ([`batch`]): a batch is
//! durable under its number before the commit is made, and the commit says the number (the engine's payload, carried on
//! from commit to commit). So a batch whose number is not above that of the last commit is of what is durable, and one whose number is
//! above it belongs to a commit that never was, and is never told: the next writer takes it away. Who tells remembers in `told` how far
//! he has come ([`told`]), and takes away what is told.

mod batch;
mod told;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

pub use self::batch::{BatchReader, BatchWriter, Matched, Table};
pub use self::told::{Place, Told};
use super::disk::hook::{self, Op};
use super::disk::small;
use super::meta::Meta;
use super::{IndexError, Stored, open};

/// The folder in the index directory.
pub(super) const FOLDER: &str = "watches";
/// The file of watches in it.
const LIST: &str = "list";
/// The first line of the file of watches, before its checksum.
const HEAD: &str = "dateline watches 1 ";
/// The largest list that is read.
const MOST_BYTES: u64 = 256 << 20;

#[cfg(feature = "fuzzing")]
pub(super) use self::batch::of_parts;

/// The folder of an index.
fn folder(index: &Path) -> PathBuf {
    index.join(FOLDER)
}

/// The same, made durably if it is not there.
fn make_folder(index: &Path) -> Result<PathBuf, IndexError> {
    let folder = folder(index);
    open::make_directories(&folder)?;
    Ok(folder)
}

fn damaged(index: &Path, what: impl Into<String>) -> IndexError {
    IndexError::Damaged { path: index.to_owned(), what: what.into() }
}

/// The bytes of the list of watches; `None` if there is none.
///
/// # Errors
/// [`IndexError::Damaged`] if the file is not as it was written, [`IndexError::Io`] if it cannot be read.
pub fn read_list(index: &Path) -> Result<Option<Vec<u8>>, IndexError> {
    let Some(bytes) = small::read(&folder(index), LIST, MOST_BYTES)? else { return Ok(None) };
    small::summed(HEAD, &bytes).map(|rest| Some(rest.to_vec())).ok_or_else(|| {
        damaged(index, format!("{FOLDER}/{LIST} is not as it was written (index --no-watch goes on without)"))
    })
}

/// Keeps the list of watches, durably, in place of the one that there is.
///
/// # Errors
/// [`IndexError::Io`] if that is not possible; what was kept before stands.
pub fn write_list(index: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    small::replace_summed(&make_folder(index)?, LIST, HEAD, bytes)
}

/// A lock on the folder, until it is dropped.
#[derive(Debug)]
pub struct Held(#[allow(dead_code, reason = "held")] File);

/// What is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// The list of watches, while it is changed.
    List,
    /// What is told, by whom.
    Telling,
}

/// Takes a lock; `None` while another process has it.
///
/// # Errors
/// [`IndexError::Io`] if the system refuses.
pub fn lock(index: &Path, what: Lock) -> Result<Option<Held>, IndexError> {
    let name = match what {
        Lock::List => ".list.lock",
        Lock::Telling => ".telling.lock",
    };
    let path = make_folder(index)?.join(name);
    let failed = |e| IndexError::io(format!("locking {}", path.display()), e);
    let opened = hook::step(Op::Lock, &path, || File::options().create(true).append(true).open(&path));
    let file = opened.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held(file))),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(e)) => Err(failed(e)),
    }
}

/// The number of the last batch that belongs to a commit; 0 if there is none.
///
/// # Errors
/// [`IndexError::Damaged`] if what says so cannot be read.
pub fn last_committed(index: &Path) -> Result<u64, IndexError> {
    match Meta::read(index) {
        Ok(meta) => Ok(meta.batch()),
        Err(_) if !index.join(super::meta::file()).exists() => Ok(0),
        Err(why) => Err(damaged(index, format!("{}: {why}", super::meta::file()))),
    }
}

/// The numbers of the batches that there are, in order.
pub fn batches(index: &Path) -> Vec<u64> {
    let entries = fs::read_dir(folder(index)).into_iter().flatten().flatten();
    let mut numbers: Vec<u64> =
        entries.filter_map(|entry| batch::number_of(&entry.file_name().to_string_lossy())).collect();
    numbers.sort_unstable();
    numbers
}

/// The number of the last batch that belongs to a commit, by the writer whose last commit says `committed`, and that of the next one. Batches
/// that belong to no commit are taken away.
///
/// An engine that could not write what a commit says may yet write its segments, with what the commit before said, when it has merged
/// others. So the next batch belongs to a commit all the same if its articles stand, which `stands` says of one.
pub(crate) fn settle(
    index: &Path,
    committed: u64,
    mut stands: impl FnMut(&Stored) -> Result<bool, IndexError>,
) -> Result<(u64, u64), IndexError> {
    let folder = folder(index);
    let mut committed = committed;
    for number in batches(index).into_iter().filter(|number| *number > committed).collect::<Vec<_>>() {
        let first = match BatchReader::open(index, number).and_then(first_article) {
            Err(IndexError::Damaged { .. }) => None,
            other => other?,
        };
        if number == committed + 1 && first.map_or(Ok(false), |first| stands(&first))? {
            committed = number;
        } else {
            small::remove(&folder, &batch::name(number))?;
        }
    }
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if batch::is_partial(&name) {
            small::remove(&folder, &name)?;
        }
    }
    // An index that was put back may say less than who tells remembers.
    let told = Told::read(index)?.map_or(0, |place| place.batch);
    Ok((committed, (committed + 1).max(told)))
}

/// The first article of a batch that was not dropped.
fn first_article(batch: Option<BatchReader>) -> Result<Option<Stored>, IndexError> {
    let Some(mut batch) = batch else { return Ok(None) };
    while let Some(next) = batch.next_article()? {
        if !next.watches.is_empty() {
            return Ok(Some(next.stored));
        }
    }
    Ok(None)
}

/// What a backup takes along of the folder: names in the index directory.
pub(super) fn files(index: &Path, committed: u64) -> Vec<String> {
    let batches = batches(index).into_iter().filter(|number| *number <= committed);
    let mut names: Vec<String> = batches.map(|number| format!("{FOLDER}/{}", batch::name(number))).collect();
    // How far matches were told comes after the matches, some of which may be told meanwhile.
    names.extend([LIST, told::FILE].map(|file| format!("{FOLDER}/{file}")));
    names.retain(|name| index.join(name).exists());
    names
}

/// Whether a backup may hold a file of this name.
pub(super) fn belongs(name: &str) -> bool {
    name.strip_prefix(FOLDER)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|file| file == LIST || file == told::FILE || batch::number_of(file).is_some())
}

/// Files that are not as they were written, each with what is wrong and what is lost.
pub(super) fn damage(index: &Path) -> Vec<(String, String, &'static str)> {
    let mut found = Vec::new();
    let mut hold = |file: String, outcome: Result<(), IndexError>, lost| {
        if let Err(error) = outcome {
            let what = match error {
                IndexError::Damaged { .. } => "it is not as it was written".to_owned(),
                other => other.to_string(),
            };
            found.push((format!("{FOLDER}/{file}"), what, lost));
        }
    };
    hold(LIST.to_owned(), read_list(index).map(|_| ()), "the watches");
    let told = Told::read(index);
    let from = told.as_ref().map_or(0, |place| place.map_or(0, |place| place.batch));
    hold(told::FILE.to_owned(), told.map(|_| ()), "how far matches of watches have been told");
    let committed = last_committed(index).unwrap_or(u64::MAX);
    for number in batches(index).into_iter().filter(|number| *number <= committed && *number >= from) {
        let read = BatchReader::open(index, number)
            .and_then(|batch| batch.map_or(Ok(()), |mut batch| batch.each(|_| ())));
        hold(batch::name(number), read, "matches of watches that have not been told");
    }
    found
}

#[cfg(test)]
mod tests;
