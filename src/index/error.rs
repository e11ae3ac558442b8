//! What can go wrong with an index, by whose fault it is.

use std::path::PathBuf;

use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

use super::disk::Spoilt;
use super::manifest::SEGMENTS;
use crate::guard::Fault;

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
    /// An older dateline wrote it.
    #[error("the index at {path} has format {found}; this dateline reads format {supported}: `dateline migrate -i {path}` makes one of it", path = .path.display())]
    Older {
        /// The index directory.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The format that this build reads.
        supported: u32,
    },
    /// A newer dateline wrote it, or one too old.
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
    /// A defect, of this crate or of the engine below; a damaged file may have brought it to light.
    #[error(
        "{0}; what was committed stands: `dateline check` says whether a file is damaged, and if none is, please report this"
    )]
    Fault(#[from] Fault),
    /// The engine below failed.
    #[error("the index engine failed: {0}")]
    Engine(String),
}

impl IndexError {
    /// Whether the index has to be repaired, restored or read by another version.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Version { .. } | Self::Older { .. } | Self::Damaged { .. } | Self::Corrupt(_))
    }

    pub(crate) fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        spoilt(&source).unwrap_or_else(|| Self::Io { what: what.into(), source })
    }
}

/// What is said where a file was not as it was written; `None` for another error.
fn spoilt(error: &std::io::Error) -> Option<IndexError> {
    let spoilt = error.get_ref()?.downcast_ref::<Spoilt>()?;
    Some(IndexError::Corrupt(spoilt.to_string()))
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        use std::io::ErrorKind::{InvalidData, UnexpectedEof};
        use tantivy::TantivyError as E;
        if let E::IoError(source) | E::OpenReadError(OpenReadError::IoError { io_error: source, .. }) = &error
            && let Some(spoilt) = spoilt(source)
        {
            return spoilt;
        }
        match error {
            E::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                let source = std::io::Error::new(io_error.kind(), io_error.to_string());
                Self::io(format!("reading {SEGMENTS}/{}", filepath.display()), source)
            }
            E::DataCorruption(_) | E::OpenReadError(_) | E::IncompatibleIndex(_) => {
                Self::Corrupt(error.to_string())
            }
            E::IoError(source) if matches!(source.kind(), InvalidData | UnexpectedEof) => {
                Self::Corrupt(source.to_string())
            }
            E::IoError(source) => match source.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
                Some(fault) => Self::Fault(*fault),
                None => Self::io(
                    "reading or writing the index",
                    std::io::Error::new(source.kind(), source.to_string()),
                ),
            },
            E::LockFailure(LockError::IoError(source), _) => {
                Self::io("locking the index", std::io::Error::new(source.kind(), source.to_string()))
            }
            // Told with what the panic said, which nobody knows.
            E::SystemError(said) if said.contains("panicked") => Self::Fault(Fault::of("merging segments")),
            E::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => Self::io(
                format!("writing {SEGMENTS}/{}", filepath.display()),
                std::io::Error::new(io_error.kind(), io_error.to_string()),
            ),
            other => Self::Engine(other.to_string()),
        }
    }
}

/// A fault, where the engine has a say in between.
impl From<Fault> for tantivy::TantivyError {
    fn from(fault: Fault) -> Self {
        std::io::Error::other(fault).into()
    }
}

impl From<OpenReadError> for IndexError {
    fn from(error: OpenReadError) -> Self {
        tantivy::TantivyError::from(error).into()
    }
}

impl From<OpenWriteError> for IndexError {
    fn from(error: OpenWriteError) -> Self {
        tantivy::TantivyError::from(error).into()
    }
}
