//! What an index held before a writer was opened.

use tantivy::{Searcher, Term};

use super::SCHEMA;
use crate::guard::{caught, guarded};
use crate::index::ids::id_term;
use crate::index::{IndexError, reader};

/// The articles that an index held when a writer was opened; may be asked from any thread.
#[derive(Clone)]
pub struct Committed(pub(super) Searcher);

impl std::fmt::Debug for Committed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Committed").field("articles", &self.0.num_docs()).finish()
    }
}

impl Committed {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.num_docs() == 0
    }

    /// In what part of them a word stands, folded; `None` if there are none.
    pub fn share(&self, word: &str) -> Option<f64> {
        let count = || self.0.doc_freq(&Term::from_field_text(SCHEMA.1.text, word));
        let holding = caught("looking up a word", count).ok()?.ok()?;
        (!self.is_empty()).then(|| holding as f64 / self.0.num_docs() as f64)
    }

    /// Whether one of them has this id.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn holds(&self, id: &str) -> Result<bool, IndexError> {
        guarded("looking up an id", || Ok(!self.is_empty() && reader::find(&self.0, &id_term(id))?.is_some()))
    }
}
