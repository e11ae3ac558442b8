//! An article as it travels from the workers to the writer.

use super::copies::Imprint;
use super::ids::id_term;
use super::segment::Entry;
use super::{Analysed, IndexError, Weights, stored};
use crate::article::{Article, Cleaning, Mention};

/// An article ready to be added; made on any thread.
#[derive(Debug)]
pub struct Prepared {
    pub(super) entry: Entry,
    pub(super) weights: Weights,
    /// As the article states it.
    pub(super) stated_id: String,
    pub(super) imprint: Imprint,
}

impl Prepared {
    /// Everything that the index holds of an article.
    ///
    /// # Errors
    /// If the article cannot be encoded, which none of this crate's does.
    pub fn new(article: &Article, mentions: &[Mention], analysed: Analysed) -> Result<Self, IndexError> {
        Self::with_cleaning(article, mentions, &Cleaning::default(), analysed)
    }

    /// The id of the article.
    pub fn id(&self) -> &str {
        &self.stated_id
    }

    /// As [`Prepared::new`], with the record of what cleaning did.
    ///
    /// # Errors
    /// As [`Prepared::new`].
    pub fn with_cleaning(
        article: &Article,
        mentions: &[Mention],
        cleaning: &Cleaning,
        analysed: Analysed,
    ) -> Result<Self, IndexError> {
        let stored = stored::document(article, mentions, cleaning);
        let stored = stored.map_err(|e| IndexError::Engine(e.to_string()))?;
        let Analysed { terms, values, candidates, weights, imprint } = analysed;
        let entry = Entry { id: id_term(&article.id), terms, values, candidates, stored, copied: None };
        Ok(Self { entry, weights, stated_id: article.id.clone(), imprint })
    }
}
