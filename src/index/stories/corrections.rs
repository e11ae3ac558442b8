//! `corrections`: what was corrected of stories by hand, as JSON behind a line with the CRC-32 of the rest.
//!
//! A correction says that some articles are *together* in one story, and *apart* from some others, by their ids: so it holds for
//! articles that come again, and for an index that is made anew beside the file. Of several corrections about two articles the
//! last one counts.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::index::IndexError;
use crate::index::disk::small;

/// The file's name in the index directory.
pub(crate) const CORRECTIONS: &str = "corrections";
/// How its first line begins.
const HEAD: &str = "dateline corrections 1 ";
/// The largest file that is read.
const MOST_BYTES: u64 = 64 << 20;

/// A correction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The ids of articles that are one story.
    pub together: Vec<String>,
    /// The ids of articles that are not in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<String>,
}

/// What was corrected, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corrections {
    list: Vec<Correction>,
    /// The corrections that name an article, by its id.
    naming: BTreeMap<String, Vec<usize>>,
}

/// What corrections say of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict<'a> {
    /// Articles that it is in one story with.
    pub(super) together: Vec<&'a str>,
    /// Articles that it is not in one story with.
    pub(super) apart: Vec<&'a str>,
}

impl Corrections {
    /// Those of the index at `index`.
    pub(crate) fn read(index: &Path) -> Result<Self, IndexError> {
        let Some(bytes) = small::read(index, CORRECTIONS, MOST_BYTES)? else { return Ok(Self::default()) };
        let list: Option<Vec<Correction>> =
            small::summed(HEAD, &bytes).and_then(|bytes| serde_json::from_slice(bytes).ok());
        let list = list.ok_or_else(|| IndexError::Damaged {
            path: index.to_owned(),
            what: format!("{CORRECTIONS} is not as it was written; remove it to go on without"),
        })?;
        let mut corrections = Self::default();
        for correction in list {
            corrections.push(correction);
        }
        Ok(corrections)
    }

    fn push(&mut self, correction: Correction) {
        for id in correction.together.iter().chain(&correction.apart) {
            self.naming.entry(id.clone()).or_default().push(self.list.len());
        }
        self.list.push(correction);
    }

    /// Adds a correction, and keeps it in the index at `index`, durably.
    pub(crate) fn add(&mut self, index: &Path, correction: Correction) -> Result<(), IndexError> {
        self.push(correction);
        let bytes = serde_json::to_vec_pretty(&self.list).map_err(|e| IndexError::Engine(e.to_string()))?;
        small::replace_summed(index, CORRECTIONS, HEAD, &bytes)
    }

    /// Those that name an article, first to last.
    pub(crate) fn naming(&self, id: &str) -> impl Iterator<Item = &Correction> {
        let numbers = self.naming.get(id).into_iter().flatten();
        numbers.filter_map(|number| self.list.get(*number))
    }

    /// What they say of an article.
    pub(super) fn of(&self, id: &str) -> Verdict<'_> {
        if !self.naming.contains_key(id) {
            return Verdict::default();
        }
        let mut told: BTreeMap<&str, bool> = BTreeMap::new();
        let corrections: Vec<&Correction> = self.naming(id).collect();
        for correction in corrections.into_iter().rev() {
            let inside = correction.together.iter().any(|one| one == id);
            for other in correction.together.iter().filter(|other| *other != id) {
                told.entry(other).or_insert(inside);
            }
            // Those on the other side of a correction need not be one story.
            for other in correction.apart.iter().filter(|other| inside && *other != id) {
                told.entry(other).or_insert(false);
            }
        }
        let (together, apart) = told.into_iter().partition::<Vec<_>, _>(|(_, together)| *together);
        let ids = |(id, _)| id;
        Verdict {
            together: together.into_iter().map(ids).collect(),
            apart: apart.into_iter().map(ids).collect(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn correction(together: &[&str], apart: &[&str]) -> Correction {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        Correction { together: owned(together), apart: owned(apart) }
    }

    #[test]
    fn the_last_correction_about_two_articles_counts() {
        let index = tempfile::tempdir().unwrap();
        let mut corrections = Corrections::read(index.path()).unwrap();
        corrections.add(index.path(), correction(&["a", "b", "c"], &[])).unwrap();
        corrections.add(index.path(), correction(&["c"], &["a", "b", "d"])).unwrap();
        for corrections in [corrections, Corrections::read(index.path()).unwrap()] {
            assert_eq!(corrections.of("a"), Verdict { together: vec!["b"], apart: vec!["c"] });
            assert_eq!(corrections.of("c"), Verdict { together: vec![], apart: vec!["a", "b", "d"] });
            assert_eq!(corrections.of("d"), Verdict { together: vec![], apart: vec!["c"] });
            assert_eq!(corrections.of("e"), Verdict::default());
            assert_eq!(corrections.naming("c").count(), 2);
        }
    }

    #[test]
    fn a_damaged_file_is_named() {
        let index = tempfile::tempdir().unwrap();
        std::fs::write(index.path().join(CORRECTIONS), b"[{").unwrap();
        assert!(matches!(Corrections::read(index.path()), Err(IndexError::Damaged { .. })));
    }
}
