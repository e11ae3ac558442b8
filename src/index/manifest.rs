//! `manifest.json`: which format an index directory has, who wrote it, and how words count in it.
//!
//! It is written once, when the index is made, whole or not at all; the segments lie in the folder beside it.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::{list, small};
use super::{IndexError, Weights, migrate, outbox, sidecar};

/// The format that this build writes and reads. It changes when a file's meaning does.
pub const FORMAT: u32 = 7;
/// The manifest's file name in the index directory.
pub const FILE: &str = "manifest.json";
/// The folder of segments in the index directory.
pub const SEGMENTS: &str = "segments";

/// What `manifest.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the directory, [`FORMAT`] when written by this build.
    pub format: u32,
    /// The program that made the index: `dateline 0.1.0`.
    pub written_by: String,
    /// How much words count by where they stand; the usual weights where it says nothing.
    #[serde(default)]
    pub weights: Weights,
    /// Whether short names have the key of the full name in their article; so where it says nothing.
    #[serde(default = "yes")]
    pub merged_names: bool,
}

fn yes() -> bool {
    true
}

impl Manifest {
    /// The manifest of a new index, which is put into its directory durably.
    pub(super) fn make(index: &Path, weights: Weights, merged_names: bool) -> Result<Self, IndexError> {
        let written_by = concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned();
        let new = Self { format: FORMAT, written_by, weights, merged_names };
        let bytes = serde_json::to_vec_pretty(&new).map_err(|e| IndexError::Engine(e.to_string()))?;
        small::replace(index, FILE, &[&bytes])?;
        Ok(new)
    }

    /// Reads the manifest of the index at `index`; `None` where nothing has been indexed yet.
    ///
    /// # Errors
    /// [`IndexError::NotAnIndex`] where the directory holds other things, [`IndexError::Version`] for a format that this
    /// build does not read, [`IndexError::Damaged`] where the manifest is missing or unreadable.
    pub fn read(index: &Path) -> Result<Option<Self>, IndexError> {
        match Self::of_any_format(index)? {
            Some(other) if other.format != FORMAT => Err(other.unreadable(index)),
            manifest => Ok(manifest),
        }
    }

    /// Says that the index at `index` is of another format than this build reads.
    pub(super) fn unreadable(self, index: &Path) -> IndexError {
        let (path, found, writer) = (index.to_owned(), self.format, self.written_by);
        if migrate::READ.contains(&found) {
            return IndexError::Older { path, found, supported: FORMAT };
        }
        IndexError::Version { path, found, supported: FORMAT, writer }
    }

    /// The same, whatever format it says.
    pub(super) fn of_any_format(index: &Path) -> Result<Option<Self>, IndexError> {
        let path = index.join(FILE);
        let damaged = |what: String| IndexError::Damaged { path: index.to_owned(), what };
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                if index.join(SEGMENTS).join("meta.json").exists() {
                    return Err(damaged(format!("{FILE} is missing")));
                }
                return if holds_other_things(index) {
                    Err(IndexError::NotAnIndex(index.to_owned()))
                } else {
                    Ok(None)
                };
            }
            Err(e) => return Err(IndexError::io(format!("reading {}", path.display()), e)),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|e| damaged(format!("{FILE}: {e}")))
    }
}

/// Whether a directory holds anything but a README and what an interrupted creation left.
fn holds_other_things(index: &Path) -> bool {
    let ours = [FILE, list::FILE, sidecar::EVIDENCE, sidecar::RESUME];
    // Watches may be there before the first article is.
    let known = ours.iter().skip(1).map(|name| (*name).to_owned()).chain(ours.map(small::beside));
    let known: Vec<String> =
        known.chain(["README.md", SEGMENTS, outbox::FOLDER].map(str::to_owned)).collect();
    fs::read_dir(index).is_ok_and(|entries| {
        entries.flatten().any(|entry| !known.iter().any(|name| entry.file_name() == name.as_str()))
    })
}
