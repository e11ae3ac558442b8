//! The watches of an index, by name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::Span;
use crate::guard::{Fault, guarded};
use crate::index::IndexError;
use crate::index::manifest::Manifest;
use crate::index::outbox::{self, Lock};
use crate::plan::{ExactField, Leaf, Plan, PlanOptions, plan_with};
use crate::query::{Diagnostic, Limits, Severity, parse};
use crate::text::Stem;

/// The most watches of an index.
pub const MOST_WATCHES: usize = 20_000;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 100;

/// A query that is asked of every article that comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// What it is called: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// The query.
    pub query: String,
}

/// Why a watch was not taken, or matches were not told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// The name is none.
    #[error("\"{0}\" is no name for a watch; write up to {LONGEST_NAME} letters, digits, - _ and .")]
    Name(String),
    /// The query is at fault: everything that is wrong with it.
    #[error("the query of watch {name} cannot be read")]
    Query {
        /// The watch.
        name: String,
        /// Its query.
        query: String,
        /// What is wrong, each with its place in the query.
        errors: Vec<Diagnostic>,
    },
    /// There is one of this name.
    #[error("there is a watch {0} already; remove it first, or replace it with --replace")]
    Taken(String),
    /// There is none of this name.
    #[error("there is no watch {0}")]
    Unknown(String),
    /// There would be too many.
    #[error("{found} watches; an index has {MOST_WATCHES} at most")]
    TooMany {
        /// How many there would be.
        found: usize,
    },
    /// Another process changes the watches.
    #[error("another process is changing the watches of {path}; try again", path = .0.display())]
    Changing(PathBuf),
    /// Another process tells matches.
    #[error("another process is telling the matches of {path}; there can be one", path = .0.display())]
    Telling(PathBuf),
    /// The index is at fault.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl From<Fault> for WatchError {
    fn from(fault: Fault) -> Self {
        Self::Index(fault.into())
    }
}

/// Reads the query of a watch, for articles of any language.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_query(query: &str) -> Result<Plan, Vec<Diagnostic>> {
    let parsed = parse(query, &Limits::default())?;
    let languages = Stem::languages().map(str::to_owned).collect();
    let mut plan = plan_with(&parsed.query, &PlanOptions { languages, ..PlanOptions::default() })?;
    plan.notes.splice(0..0, parsed.notes);
    let asks_for_story = |leaf: &&Leaf| matches!(leaf, Leaf::Exact { field: ExactField::Story, .. });
    if plan.root.leaves().iter().any(asks_for_story) {
        // Watches are asked before the article is put into a story.
        return Err(vec![Diagnostic {
            severity: Severity::Error,
            code: "not_here",
            message: "a watch cannot ask for a story, which an article joins after the watches were asked"
                .to_owned(),
            span: Span::new(0, query.len()),
            help: Some("watch for what the story is about: people, places, words".to_owned()),
        }]);
    }
    Ok(plan)
}

#[derive(Serialize, Deserialize)]
struct Kept {
    watches: Vec<Watch>,
}

/// The watches of an index, in order of name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WatchList {
    watches: BTreeMap<String, String>,
}

impl WatchList {
    /// Those of the index at `index`; none if it has none.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if the list is not as it was written.
    pub fn read(index: &Path) -> Result<Self, IndexError> {
        guarded("reading the watches", || {
            let Some(bytes) = outbox::read_list(index)? else { return Ok(Self::default()) };
            let kept: Kept = serde_json::from_slice(&bytes).map_err(|e| IndexError::Damaged {
                path: index.to_owned(),
                what: format!("the list of watches: {e}"),
            })?;
            let watches = kept.watches.into_iter().map(|watch| (watch.name, watch.query)).collect();
            Ok(Self { watches })
        })
    }

    /// Changes those of the index at `index`, durably; nothing is changed where `change` fails.
    ///
    /// # Errors
    /// What `change` says; [`WatchError::Changing`] while another process changes them; what [`WatchList::read`] says.
    pub fn change<T>(
        index: &Path,
        change: impl FnOnce(&mut Self) -> Result<T, WatchError>,
    ) -> Result<T, WatchError> {
        guarded("changing the watches", || {
            Manifest::read(index)?; // refuses a directory that holds other things
            let _alone =
                outbox::lock(index, Lock::List)?.ok_or_else(|| WatchError::Changing(index.to_owned()))?;
            let mut list = Self::read(index)?;
            let before = list.clone();
            let done = change(&mut list)?;
            if list != before {
                let kept = Kept { watches: list.iter().collect() };
                let bytes =
                    serde_json::to_vec_pretty(&kept).map_err(|e| IndexError::Engine(e.to_string()))?;
                outbox::write_list(index, &bytes)?;
            }
            Ok(done)
        })
    }

    /// Adds a watch.
    ///
    /// # Errors
    /// Where its name is none or taken (unless it may `replace`), its query cannot be read, or there are too many.
    pub fn add(&mut self, watch: Watch, replace: bool) -> Result<Plan, WatchError> {
        let Watch { name, query } = watch;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) {
            return Err(WatchError::Name(name));
        }
        if self.watches.contains_key(&name) && !replace {
            return Err(WatchError::Taken(name));
        }
        let found = self.watches.len() + 1;
        if found > MOST_WATCHES && !self.watches.contains_key(&name) {
            return Err(WatchError::TooMany { found });
        }
        match read_query(&query) {
            Ok(plan) => {
                self.watches.insert(name, query);
                Ok(plan)
            }
            Err(errors) => Err(WatchError::Query { name, query, errors }),
        }
    }

    /// Takes a watch out.
    ///
    /// # Errors
    /// [`WatchError::Unknown`] if there is none of this name.
    pub fn remove(&mut self, name: &str) -> Result<(), WatchError> {
        self.watches.remove(name).map(|_| ()).ok_or_else(|| WatchError::Unknown(name.to_owned()))
    }

    /// The watches, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = Watch> + use<'_> {
        self.watches.iter().map(|(name, query)| Watch { name: name.clone(), query: query.clone() })
    }

    /// The query of a watch.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.watches.get(name).map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.watches.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.watches.is_empty()
    }
}
