//! What can go wrong with an index, by whose fault it is.

use std::path::{Path, PathBuf};

use tantivy::directory::error::OpenWriteError;

/// Why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Nothing has been indexed there.
    #[error("no index at {path}; make one with: dateline index PATH... -i {path}", path = .0.display())]
    Missing(PathBuf),
    /// The directory holds something else.
    #[error("{path} is not empty and holds no index; name another directory with -i", path = .0.display())]
    NotAnIndex(PathBuf),
    /// There is something where an index or a backup is to be made.
    #[error("{path} is there already; name another place, nothing is written over it", path = .0.display())]
    Taken(PathBuf),
    /// A newer dateline wrote it.
    #[error("the index at {path} has format {found}; this dateline reads format {supported}: use the dateline that wrote it ({writer}) or index again", path = .path.display())]
    Version {
        /// The index directory.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The format that this build reads.
        supported: u32,
        /// The version that wrote it.
        writer: String,
    },
    /// A file of the index cannot be read as what it should be.
    #[error("the index at {path} is damaged: {what}; restore it from a backup or index again", path = .path.display())]
    Damaged {
        /// The index directory.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Something that the engine read cannot be right.
    #[error("the index is damaged: {0}; restore it from a backup or index again")]
    Corrupt(String),
    /// Somebody else is writing.
    #[error("another process is writing to the index at {path}; wait for it to finish", path = .0.display())]
    Locked(PathBuf),
    /// An article was prepared with other weights than the index has.
    #[error(
        "an article's words count {} times in title and {} in lead, those of the index {} and {}; prepare it with the writer's weights",
        .article.title, .article.lead, .index.title, .index.lead
    )]
    Weights {
        /// Those of the article.
        article: super::Weights,
        /// Those of the index.
        index: super::Weights,
    },
    /// The writer failed before; nothing since the last commit is kept.
    #[error("writing failed earlier: {0}; what was committed is kept, start again to go on")]
    Failed(String),
    /// The operating system refused.
    #[error("{what}: {source}")]
    Io {
        /// What was being done to which file.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine below failed.
    #[error("the index engine failed: {0}")]
    Engine(String),
}

impl IndexError {
    /// Whether the index has to be repaired, restored or read by another version.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Version { .. } | Self::Damaged { .. } | Self::Corrupt(_))
    }

    /// The same, with the place that was being worked on where the message does not name it.
    pub(crate) fn at(self, place: &Path) -> Self {
        let name = place.display().to_string();
        match self {
            Self::Io { what, source } if !what.contains(&name) && !source.to_string().contains(&name) => {
                Self::Io { what: format!("{name}: {what}"), source }
            }
            other => other,
        }
    }

    pub(crate) fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { what: what.into(), source }
    }
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        use std::io::ErrorKind::{InvalidData, UnexpectedEof};
        use tantivy::TantivyError as E;
        match error {
            E::DataCorruption(_) | E::OpenReadError(_) | E::IncompatibleIndex(_) => {
                Self::Corrupt(error.to_string())
            }
            E::IoError(source) if matches!(source.kind(), InvalidData | UnexpectedEof) => {
                Self::Corrupt(source.to_string())
            }
            E::IoError(source) => Self::io(
                "reading or writing the index",
                std::io::Error::new(source.kind(), source.to_string()),
            ),
            E::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => Self::io(
                format!("writing {}", filepath.display()),
                std::io::Error::new(io_error.kind(), io_error.to_string()),
            ),
            other => Self::Engine(other.to_string()),
        }
    }
}

impl From<tantivy::directory::error::OpenReadError> for IndexError {
    fn from(error: tantivy::directory::error::OpenReadError) -> Self {
        tantivy::TantivyError::from(error).into()
    }
}

impl From<OpenWriteError> for IndexError {
    fn from(error: OpenWriteError) -> Self {
        tantivy::TantivyError::from(error).into()
    }
}
