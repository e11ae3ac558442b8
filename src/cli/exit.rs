//! How the program ends.

use std::io;
use std::path::Path;

use crate::backend::BackendError;
use crate::guard::Fault;
use crate::index::IndexError;
use crate::ingest::IngestError;
use crate::search::SearchError;
use crate::watch::WatchError;

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
    #[error("{0}")]
    Watch(WatchError),
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
        let name = place.display().to_string();
        let named = |error| match error {
            IndexError::Io { what, source }
                if !what.contains(&name) && !source.to_string().contains(&name) =>
            {
                IndexError::Io { what: format!("{name}: {what}"), source }
            }
            other => other,
        };
        match self {
            Self::Index(error) => Self::Index(named(error)),
            Self::Ingest(IngestError::Index(error)) => Self::Ingest(IngestError::Index(named(error))),
            other => other,
        }
    }

    /// Whether the reader of our output has gone away, which is no failure.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What the index says, if it is at fault.
    fn of_index(&self) -> Option<&IndexError> {
        match self {
            Self::Index(e) | Self::Ingest(IngestError::Index(e)) | Self::Backend(BackendError::Index(e)) => {
                Some(e)
            }
            _ => None,
        }
    }

    /// Whether a defect is at fault.
    pub(super) fn is_fault(&self) -> bool {
        matches!(self.of_index(), Some(IndexError::Fault(_)))
    }

    pub(super) fn exit(&self) -> Exit {
        let damaged = self.of_index().is_some_and(IndexError::is_damage);
        if damaged { Exit::Damaged } else { Exit::Error }
    }
}

impl From<WatchError> for Failure {
    fn from(error: WatchError) -> Self {
        match error {
            WatchError::Query { query, errors, .. } => Self::Query(query, errors),
            WatchError::Index(error) => Self::Index(error),
            other => Self::Watch(other),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Index(fault.into())
    }
}
