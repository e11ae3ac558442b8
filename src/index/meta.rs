//! `meta.json`, which the engine replaces with each commit: which segments there are, and so which files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::manifest::SEGMENTS;

/// What a commit says before the number of a batch of matches.
const BATCH: &str = "matches ";

/// What a commit says of the batch of matches that belongs to it.
pub(super) fn payload(batch: u64) -> String {
    format!("{BATCH}{batch}")
}

/// The file's path in the index directory.
pub(super) fn file() -> String {
    format!("{SEGMENTS}/meta.json")
}

/// Whether a file of an index, by its path there, is one of a segment.
pub(super) fn is_of_segment(path: &str) -> bool {
    path.starts_with(SEGMENTS) && path != file()
}

/// As much of a commit as says which files belong to it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Meta {
    pub(super) segments: Vec<SegmentFiles>,
    /// What the writer added to the commit.
    #[serde(default)]
    payload: Option<String>,
}

/// A segment.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SegmentFiles {
    segment_id: String,
    pub(super) max_doc: u32,
    deletes: Option<Deletes>,
}

#[derive(Debug, Clone, Deserialize)]
struct Deletes {
    num_deleted_docs: u32,
    opstamp: u64,
}

impl Meta {
    /// Reads what the last commit says; the error says why that is not possible.
    pub(super) fn read(index: &Path) -> Result<Self, String> {
        let bytes = fs::read(index.join(file())).map_err(|e| e.to_string())?;
        Self::parse(&bytes)
    }

    /// The number of the last batch of matches that belongs to it or to a commit before; 0 if there is none.
    pub(super) fn batch(&self) -> u64 {
        let number = self.payload.as_deref().and_then(|payload| payload.strip_prefix(BATCH));
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// The files of its segments, in order.
    pub(super) fn files(&self) -> BTreeSet<String> {
        self.segments.iter().flat_map(SegmentFiles::files).collect()
    }

    /// The same from its bytes.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|e| e.to_string())
    }
}

impl SegmentFiles {
    /// Articles in it, those deleted left out.
    pub(super) fn articles(&self) -> u64 {
        u64::from(self.max_doc)
            - u64::from(self.deletes.as_ref().map_or(0, |d| d.num_deleted_docs).min(self.max_doc))
    }

    /// The paths of its files in the index directory.
    pub(super) fn files(&self) -> impl Iterator<Item = String> + use<'_> {
        let stem = self.segment_id.replace('-', "");
        let kinds = ["store", "idx", "pos", "term", "fast", "fieldnorm"].map(str::to_owned);
        let deletes = self.deletes.iter().map(|deletes| format!("{}.del", deletes.opstamp));
        kinds.into_iter().chain(deletes).map(move |kind| format!("{SEGMENTS}/{stem}.{kind}"))
    }
}
