//! Tells what watches matched, in the order in which it was committed.
//!
//! One process at a time tells. It takes a match ([`Telling::next_match`]), tells it to whoever is to know, and then says so ([`Telling::done`]), which is
//! kept at once: a process that is killed afterwards tells the next one when it starts again. One that is killed between the two tells this match
//! again; its number is the same, so whoever is told can know it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::list::{WatchError, WatchList, read_query};
use crate::guard::{caught, guarded};
use crate::index::outbox::{self, BatchReader, Held, Lock, Told};
use crate::index::{IndexError, Stored};
use crate::snippet::{Highlighter, Highlights, SnippetOptions};

/// A watch and an article that it matched.
#[derive(Debug, Clone)]
pub struct Match {
    /// Its number, which no other match of the index has: `12-3`.
    pub number: String,
    /// The watch.
    pub watch: String,
    /// Its query.
    pub query: String,
    /// The article as it was when it matched.
    pub stored: Arc<Stored>,
    /// What matched, quoted.
    pub highlights: Highlights,
}

/// Tells matches; there is one at a time.
#[derive(Debug)]
pub struct Telling {
    index: PathBuf,
    _alone: Held,
    told: Told,
    list: WatchList,
    batch: Option<Batch>,
    /// Watches that have been made ready, by query.
    ready: FxHashMap<String, Option<Highlighter>>,
    snippets: SnippetOptions,
}

/// The batch that is being told.
#[derive(Debug)]
struct Batch {
    reader: BatchReader,
    /// The article, and those of its watches that are still to be told.
    article: Option<Arc<Stored>>,
    watches: VecDeque<u32>,
    /// How many matches of the batch were gone through.
    passed: u64,
}

/// How many watches are kept ready.
const READY: usize = 5_000;

impl Telling {
    /// Goes on where the last one stopped.
    ///
    /// # Errors
    /// [`WatchError::Telling`] while another process tells; [`IndexError::Damaged`] if a file is not as it was written.
    pub fn open(index: &Path, snippets: &SnippetOptions) -> Result<Self, WatchError> {
        guarded("opening the matches", || {
            let alone = outbox::lock(index, Lock::Telling)?;
            let alone = alone.ok_or_else(|| WatchError::Telling(index.to_owned()))?;
            Ok(Self {
                told: Told::open(index)?,
                list: WatchList::read(index)?,
                index: index.to_owned(),
                _alone: alone,
                batch: None,
                ready: FxHashMap::default(),
                snippets: snippets.clone(),
            })
        })
    }

    /// The next match; `None` if all that is committed has been told. Matches of watches that were removed or changed since are passed
    /// over.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if a batch is not as it was written or missing: [`Telling::skip_batch`] goes on behind it.
    pub fn next_match(&mut self) -> Result<Option<Match>, WatchError> {
        guarded("reading the matches", || self.find_next())
    }

    fn find_next(&mut self) -> Result<Option<Match>, WatchError> {
        loop {
            let Some(batch) = &mut self.batch else {
                if !self.open_batch()? {
                    return Ok(None);
                }
                continue;
            };
            let Some(number) = batch.watches.pop_front() else {
                if let Some(next) = batch.reader.next_article()? {
                    batch.watches = next.watches.into();
                    batch.article = Some(Arc::new(next.stored));
                } else {
                    self.batch = None;
                    self.told.end_of_batch(true)?;
                }
                continue;
            };
            batch.passed += 1;
            if batch.passed <= self.told.place().matches {
                continue;
            }
            let watch = batch.reader.table.watches.get(number as usize);
            let (Some((watch, query)), Some(stored)) = (watch.cloned(), batch.article.clone()) else {
                self.told.one_more()?;
                continue;
            };
            if self.list.query(&watch) != Some(&*query) {
                self.told.one_more()?;
                continue;
            }
            let number = format!("{}-{}", self.told.place().batch, batch.passed);
            let highlights = self.quoted(&query, &stored);
            return Ok(Some(Match { number, watch, query, stored, highlights }));
        }
    }

    /// Opens the next batch that belongs to a commit; `false` if there is none.
    fn open_batch(&mut self) -> Result<bool, WatchError> {
        let number = self.told.place().batch;
        if number > outbox::last_committed(&self.index)? {
            return Ok(false);
        }
        let Some(reader) = BatchReader::open(&self.index, number)? else {
            return Err(self.missing(number));
        };
        self.list = WatchList::read(&self.index)?;
        self.batch = Some(Batch { reader, article: None, watches: VecDeque::new(), passed: 0 });
        Ok(true)
    }

    fn missing(&self, number: u64) -> WatchError {
        let what = format!("watches/{number:08}.matches is missing");
        WatchError::Index(IndexError::Damaged { path: self.index.clone(), what })
    }

    fn quoted(&mut self, query: &str, stored: &Stored) -> Highlights {
        if self.ready.len() >= READY && !self.ready.contains_key(query) {
            self.ready.clear();
        }
        let snippets = &self.snippets;
        let ready = self.ready.entry(query.to_owned()).or_insert_with(|| {
            // A query that is not read any more was when it matched: its matches are told without quotes.
            Some(Highlighter::new(&read_query(query).ok()?.root, snippets))
        });
        let Some(ready) = ready else { return Highlights::default() };
        caught("quoting a match", || ready.highlight(&stored.article, &stored.mentions)).unwrap_or_default()
    }

    /// The match that was taken last has been told.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that cannot be kept.
    pub fn done(&mut self) -> Result<(), WatchError> {
        Ok(self.told.one_more()?)
    }

    /// Makes durable how far it has come: [`Telling::done`] outlives this process, but not a power cut.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that is not possible.
    pub fn sync(&mut self) -> Result<(), WatchError> {
        Ok(self.told.sync()?)
    }

    /// Gives up what is left of a damaged batch, which stays where it is.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that cannot be kept.
    pub fn skip_batch(&mut self) -> Result<(), WatchError> {
        self.batch = None;
        Ok(self.told.end_of_batch(false)?)
    }
}

/// How many matches wait to be told, those of watches that were removed since among them.
///
/// # Errors
/// [`IndexError::Damaged`] if a file is not as it was written.
pub fn waiting(index: &Path) -> Result<u64, IndexError> {
    guarded("counting the matches", || {
        let committed = outbox::last_committed(index)?;
        let told = Told::read(index)?;
        let mut waiting = 0;
        for number in outbox::batches(index).into_iter().filter(|number| *number <= committed) {
            if told.is_some_and(|place| number < place.batch) {
                continue;
            }
            if let Some(batch) = BatchReader::open(index, number)? {
                waiting += batch.table.matches;
            }
            if let Some(place) = told.filter(|place| place.batch == number) {
                waiting = waiting.saturating_sub(place.matches);
            }
        }
        Ok(waiting)
    })
}
