//! Gathers what watches matched, for the commit that the articles belong to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::matching::{Answered, Watches};
use crate::article::Article;
use crate::guard::guarded;
use crate::index::outbox::{self, BatchWriter, Table};
use crate::index::{Added, IndexError, Stored, Writer, id_term};
use crate::snippet::crowd::Scratch;

/// What the articles since the last commit matched.
#[derive(Debug)]
pub struct Gathering {
    index: PathBuf,
    watches: Arc<Watches>,
    /// The number of the batch.
    number: u64,
    batch: Option<BatchWriter>,
    /// Of each article of the batch, by the term of its id: its number in it, and how many watches it matched.
    places: FxHashMap<String, (u32, u64)>,
    dropped: Vec<u32>,
    matches: u64,
    faults: u64,
    scratch: Scratch,
}

impl Gathering {
    /// Begins where the last commit of a writer ended. What was gathered for a commit that never was is taken away; an article of it never is
    /// the same as one that stands, as those are told to nobody.
    ///
    /// # Errors
    /// [`IndexError::Io`] if the system refuses.
    pub fn begin(index: &Path, writer: &mut Writer, watches: Arc<Watches>) -> Result<Self, IndexError> {
        let (committed, number) = outbox::settle(index, writer.batch(), |stored| {
            let standing = writer.last_committed(&id_term(&stored.article.id))?;
            Ok(standing.is_some_and(|standing| says_the_same(&standing, stored)))
        })?;
        writer.set_batch(committed);
        Ok(Self {
            index: index.to_owned(),
            watches,
            number,
            batch: None,
            places: FxHashMap::default(),
            dropped: Vec::new(),
            matches: 0,
            faults: 0,
            scratch: Scratch::default(),
        })
    }

    /// An article was added that matched some watches.
    ///
    /// # Errors
    /// If what it replaces cannot be read, or the match cannot be kept.
    pub fn added(&mut self, writer: &Writer, added: &Added, answered: Answered) -> Result<(), IndexError> {
        guarded("gathering matches", || self.take(writer, added, answered))
    }

    fn take(&mut self, writer: &Writer, added: &Added, answered: Answered) -> Result<(), IndexError> {
        self.drop_id(added.id_term());
        let Answered { mut matched, faults } = answered;
        self.faults += faults;
        if !added.run_together.is_empty() {
            // Which words are run together is known where the words of the corpus are.
            matched = self.ask(&added.stored()?);
        }
        if !matched.is_empty()
            && added.replaced
            && let Some(before) = writer.last_committed(added.id_term())?
        {
            let now = added.stored()?;
            if (&before.article.title, &before.article.body) == (&now.article.title, &now.article.body) {
                if says_the_same(&before, &now) {
                    matched.clear();
                } else {
                    let told = self.ask(&before);
                    matched.retain(|number| told.binary_search(number).is_err());
                }
            }
        }
        if matched.is_empty() {
            return Ok(());
        }
        let batch = match &mut self.batch {
            Some(batch) => batch,
            none => none.insert(BatchWriter::begin(&self.index, self.number)?),
        };
        let count = matched.len() as u64;
        let place = batch.push(matched, added)?;
        self.places.insert(added.id_term().to_owned(), (place, count));
        self.matches += count;
        Ok(())
    }

    fn ask(&mut self, stored: &Stored) -> Vec<u32> {
        let answered = self.watches.ask_stored(&mut self.scratch, stored);
        self.faults += answered.faults;
        answered.matched
    }

    /// The article with this id was taken out.
    pub fn removed(&mut self, id: &str) {
        self.drop_id(&id_term(id));
    }

    /// An article of the batch is none any more, before it was ever committed.
    fn drop_id(&mut self, term: &str) {
        if let Some((place, count)) = self.places.remove(term) {
            self.dropped.push(place);
            self.matches -= count;
        }
    }

    /// Makes durable what was gathered, for the next commit of the writer, which must come now. How many matches there are.
    ///
    /// # Errors
    /// If that is not possible; then nothing must be committed.
    pub fn seal(&mut self, writer: &mut Writer) -> Result<u64, IndexError> {
        guarded("keeping matches", || {
            let matches = std::mem::take(&mut self.matches);
            let mut dropped = std::mem::take(&mut self.dropped);
            dropped.sort_unstable();
            self.places.clear();
            if let Some(batch) = self.batch.take() {
                let numbers = 0..u32::try_from(self.watches.len()).unwrap_or(u32::MAX);
                let watches = numbers.filter_map(|number| self.watches.get(number));
                let watches = watches.map(|watch| (watch.name.clone(), watch.query.clone())).collect();
                batch.finish(Table { watches, articles: 0, dropped, matches })?;
                writer.set_batch(self.number);
                self.number += 1;
            }
            Ok(matches)
        })
    }

    /// How many watches could not be asked of an article because of a defect, and so may not be told of it; those since this was last
    /// asked.
    pub fn take_faults(&mut self) -> u64 {
        std::mem::take(&mut self.faults)
    }
}

/// Whether two versions of an article of one text are the same to every query.
fn says_the_same(before: &Stored, now: &Stored) -> bool {
    let told = |stored: &Stored| Article { origin: None, ..stored.article.clone() };
    before.mentions == now.mentions && told(before) == told(now)
}
