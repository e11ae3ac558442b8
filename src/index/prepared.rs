//! An article as it travels from the workers to the writer.

use super::copies::Imprint;
use super::ids::id_term;
use super::segment::Entry;
use super::{Analysed, IndexError, Stored, Weights, analyse_with, stored};
use crate::article::{Article, Cleaning, Mention, RunTogether};
use crate::story::Words;
use crate::text::token_list;

/// An article ready to be added; made on any thread.
#[derive(Debug)]
pub struct Prepared {
    pub(super) entry: Entry,
    pub(super) weights: Weights,
    /// As the article states it.
    pub(super) stated_id: String,
    pub(super) imprint: Imprint,
    pub(super) words: Words,
    pub(super) published: Option<i64>,
    /// The story that it is in, if that is known.
    pub(super) story: Option<u64>,
}

/// What became of an article that was added.
#[derive(Debug)]
pub struct Added {
    /// Whether it took the place of one with its id.
    pub replaced: bool,
    /// The id of the article that it is a copy of.
    pub copy_of: Option<String>,
    /// Its tokens that turned out to be two words run together.
    pub run_together: Vec<RunTogether>,
    pub(super) id: String,
    /// As the store has it, without these tokens.
    pub(super) document: Vec<u8>,
}

impl Added {
    /// The article as it is stored.
    ///
    /// # Errors
    /// Where the record cannot be read, which none is that was just made.
    pub fn stored(&self) -> Result<Stored, IndexError> {
        let record = self.document.get(stored::HEAD..).unwrap_or_default();
        let mut known = stored::decode(record).map_err(|e| IndexError::Engine(e.to_string()))?;
        known.article.run_together.clone_from(&self.run_together);
        known.copy_of.clone_from(&self.copy_of);
        Ok(known)
    }

    /// The term of its id.
    pub(crate) fn id_term(&self) -> &str {
        &self.id
    }

    /// The record of the store, the tokens flagged.
    pub(super) fn record(&self) -> Result<Vec<u8>, IndexError> {
        let engine = |e: postcard::Error| IndexError::Engine(e.to_string());
        let mut document = if self.run_together.is_empty() {
            self.document.clone()
        } else {
            stored::flag(&self.document, &self.run_together).map_err(engine)?
        };
        Ok(document.split_off(stored::HEAD.min(document.len())))
    }
}

impl Prepared {
    /// Everything that the index holds of an article.
    ///
    /// # Errors
    /// If the article cannot be encoded, which none of this crate's does.
    pub fn new(article: &Article, mentions: &[Mention], analysed: Analysed) -> Result<Self, IndexError> {
        Self::with_cleaning(article, mentions, &Cleaning::default(), analysed)
    }

    /// Everything that an index with these weights holds of an article that comes from an index.
    ///
    /// # Errors
    /// As [`Prepared::new`].
    pub(super) fn again(stored: &Stored, weights: Weights) -> Result<Self, IndexError> {
        let Stored { article, mentions, cleaning, .. } = stored;
        let (title, body) = (token_list(&article.title), token_list(&article.body));
        let analysed = analyse_with(article, &title, &body, mentions, weights);
        Self::with_cleaning(article, mentions, cleaning, analysed)
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
        let Analysed { terms, values, candidates, weights, imprint, words } = analysed;
        let entry =
            Entry { id: id_term(&article.id), terms, values, candidates, stored, copied: None, story: 0 };
        let (stated_id, published) = (article.id.clone(), article.published);
        Ok(Self { entry, weights, stated_id, imprint, words, published, story: None })
    }
}
