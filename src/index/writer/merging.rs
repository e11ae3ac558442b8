//! Puts several segments into one.

use tantivy::TantivyError;
use tantivy::indexer::{LogMergePolicy, MergePolicy, NoMergePolicy};

use super::Writer;
use crate::index::IndexError;

/// Articles of a segment that is merged with others only where many of its own are deleted, or if somebody asks for it: a
/// merge costs as much as a tenth of indexing, and reads all that it merges.
const LARGE: usize = 100_000;

/// How often all segments are merged again because some had been merged meanwhile: more often than merges can be under way.
const MERGE_TRIES: usize = 20;

impl Writer {
    /// Commits, and puts all segments into one without the articles that are deleted or replaced. It takes room for the index once more while it works.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn merge(&mut self) -> Result<(), IndexError> {
        self.check()?;
        // None is to begin by itself while all are merged.
        self.inner.set_merge_policy(Box::new(NoMergePolicy));
        let merged = self.commit().and_then(|()| self.attempt("merging segments", Self::merge_all));
        self.inner.set_merge_policy(merge_policy());
        merged
    }

    fn merge_all(&mut self) -> Result<(), IndexError> {
        let mut tries = MERGE_TRIES;
        loop {
            let segments = self.index.searchable_segment_metas()?;
            if segments.len() < 2 && !segments.iter().any(tantivy::SegmentMeta::has_deletes) {
                return Ok(());
            }
            let ids: Vec<_> = segments.iter().map(tantivy::SegmentMeta::id).collect();
            match self.inner.merge(&ids).wait() {
                Ok(_) => {
                    self.inner.garbage_collect_files().wait()?;
                    return self.look_again();
                }
                // Some of them were being merged since before, so there are others now.
                Err(TantivyError::InvalidArgument(_)) if tries > 0 => tries -= 1,
                Err(other) => return Err(other.into()),
            }
        }
    }
}

/// Which segments are merged by themselves.
pub(super) fn merge_policy() -> Box<dyn MergePolicy> {
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(0.3);
    policy.set_max_docs_before_merge(LARGE);
    Box::new(policy)
}
