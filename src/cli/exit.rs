//! How the program ends.

use std::io;
use std::path::Path;

use crate::backend::BackendError;
use crate::index::IndexError;
use crate::ingest::IngestError;
use crate::search::SearchError;

/// Exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Exit {
    /// Hits, or done.
    Found = 0,
    /// No hits.
    None = 1,
    /// Something was wrong.
    Error = 2,
    /// Done, but some articles were rejected.
    Rejected = 3,
    /// The index is damaged or written by a newer version.
    Damaged = 4,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Told to the user as it is.
    #[error("{0}")]
    Message(String),
    /// A query's errors, with the query.
    #[error("the query cannot be read")]
    Query(String, Vec<crate::query::Diagnostic>),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Ingest(#[from] IngestError),
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// Writing results failed.
    #[error("writing results: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    pub(super) fn message(text: impl Into<String>) -> Self {
        Self::Message(text.into())
    }

    pub(super) fn search(error: SearchError, query: &str) -> Self {
        match error {
            SearchError::Query(errors) => Self::Query(query.to_owned(), errors),
            SearchError::Backend(error) => Self::Backend(error),
        }
    }

    /// The same, with the place that was being written to where the message does not name it.
    pub(super) fn at(self, place: &Path) -> Self {
        match self {
            Self::Index(error) => Self::Index(error.at(place)),
            Self::Ingest(IngestError::Index(error)) => Self::Ingest(IngestError::Index(error.at(place))),
            other => other,
        }
    }

    /// Whether the reader of our output has gone away, which is no failure.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(super) fn exit(&self) -> Exit {
        let damaged = match self {
            Self::Index(e) | Self::Ingest(IngestError::Index(e)) | Self::Backend(BackendError::Index(e)) => {
                e.is_damage()
            }
            _ => false,
        };
        if damaged { Exit::Damaged } else { Exit::Error }
    }
}
