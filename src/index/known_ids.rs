//! Which ids an index holds while articles come in: those of the last commit, and what has been added and taken out since.

use std::hash::{BuildHasher as _, RandomState};

use rustc_hash::FxHashMap;
use tantivy::Searcher;

use super::sieve::Sieves;
use super::writer::SCHEMA;
use super::{IndexError, Stored, reader};

/// The ids, by their terms.
pub(super) struct KnownIds {
    committed: Searcher,
    sieves: Sieves,
    /// Added (`true`) or taken out (`false`) since, by a hash that nobody can foretell.
    since: FxHashMap<u64, bool>,
    hashes: RandomState,
}

impl KnownIds {
    /// Those of a commit.
    pub(super) fn new(committed: Searcher) -> Result<Self, IndexError> {
        let sieves = Sieves::of(&committed, SCHEMA.1.id, &Sieves::default())?;
        Ok(Self { committed, sieves, since: FxHashMap::default(), hashes: RandomState::new() })
    }

    /// Everything has been committed.
    pub(super) fn committed(&mut self, searcher: Searcher) -> Result<(), IndexError> {
        self.sieves = Sieves::of(&searcher, SCHEMA.1.id, &self.sieves)?;
        self.committed = searcher;
        self.since = FxHashMap::default();
        Ok(())
    }

    /// Whether there is an article with the id.
    pub(super) fn holds(&self, id: &str) -> Result<bool, IndexError> {
        match self.since.get(&self.hashes.hash_one(id)) {
            Some(there) => Ok(*there),
            None if self.sieves.may_have(id.as_bytes()).any(|may| may) => {
                Ok(reader::find(&self.committed, id)?.is_some())
            }
            None => Ok(false),
        }
    }

    /// The article with the id, as the last commit has it.
    pub(super) fn stored(&self, id: &str) -> Result<Option<Stored>, IndexError> {
        if !self.sieves.may_have(id.as_bytes()).any(|may| may) {
            return Ok(None);
        }
        let found = reader::find(&self.committed, id)?;
        found.map(|at| reader::stored(&self.committed, at).map_err(IndexError::Corrupt)).transpose()
    }

    /// One has been added or taken out.
    pub(super) fn set(&mut self, id: &str, there: bool) {
        self.since.insert(self.hashes.hash_one(id), there);
    }
}
