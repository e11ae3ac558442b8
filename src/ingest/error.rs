//! Why an indexing run stops.

use std::sync::Arc;

use crate::guard::Fault;
use crate::index::IndexError;
use crate::read::Reject;

/// Why indexing stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The index refused.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The index refused what several brought at once.
    #[error(transparent)]
    Shared(Arc<IndexError>),
    /// Another run than the one that was interrupted is to go on.
    #[error(
        "the interrupted run was reading {name} after other inputs than these; name the same ones in the same order, or leave out --resume to begin again"
    )]
    Resume {
        /// The input that was being read.
        name: String,
    },
    /// An article could not be read, and the caller wanted none left out; what was committed before stands.
    #[error("{0}; nothing of this run since the last commit is kept")]
    Strict(Reject),
    /// The names of the index are merged and those of the articles would not be, or the other way round.
    #[error("{}; or name another index with -i", if *index {
        "in this index short names count as the full name of their article: index without --no-merge"
    } else {
        "in this index every name counts by its own words: index with --no-merge"
    })]
    Merge {
        /// Whether those of the index are merged.
        index: bool,
    },
    /// The threads could not be started, or one was lost.
    #[error("working with threads: {0}")]
    Threads(String),
}

impl From<Fault> for IngestError {
    fn from(fault: Fault) -> Self {
        Self::Index(fault.into())
    }
}
