//! The articles that the last commit does not hold yet: by id, by key, by the group that they belong to. What they are compared
//! by waits in a file.

use std::io;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::Known;
use super::spool::{Spool, Spot};

/// The articles of a key that are looked at, last first: in a group of many copies any of them tells the group.
const LOOKED_AT: usize = 64;
/// Articles after which a commit is due, at some 250 bytes each.
const DUE: usize = 1 << 17;
/// Articles after which all are forgotten, if no commit comes: their copies are then found after the next one.
const MOST: usize = 2 * DUE;

/// No entry follows.
const LAST: u32 = u32::MAX;

/// What came in since the last commit.
#[derive(Debug)]
pub(super) struct Pending {
    /// In the order of the input; `None` where one was replaced or deleted since.
    articles: Vec<Option<Waiting>>,
    records: Spool,
    /// Which of them has the id with this hash; `None` for one deleted.
    ids: FxHashMap<u64, Option<u32>>,
    /// The last entry of each key.
    keys: FxHashMap<u32, u32>,
    /// An article, and the entry of the same key before it.
    entries: Vec<(u32, u32)>,
    /// How many copies groups have among them.
    copies: FxHashMap<u64, u32>,
}

/// An article that waits.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    group: u64,
    is_copy: bool,
    /// Where the rest of it is.
    spot: Spot,
}

impl Pending {
    /// Nothing yet; what takes most room will wait in a file in `directory`.
    pub(super) fn new(directory: PathBuf) -> Self {
        Self {
            articles: Vec::new(),
            records: Spool::new(directory),
            ids: FxHashMap::default(),
            keys: FxHashMap::default(),
            entries: Vec::new(),
            copies: FxHashMap::default(),
        }
    }

    /// Takes an article in, in place of one with its id.
    pub(super) fn add(&mut self, article: &Known) -> io::Result<()> {
        self.remove(article.hash);
        if self.articles.len() >= MOST {
            let mut ids = std::mem::take(&mut self.ids);
            for place in ids.values_mut() {
                *place = None;
            }
            self.clear();
            self.ids = ids;
        }
        let record = postcard::to_stdvec(article).map_err(io::Error::other)?;
        let spot = self.records.add(&record)?;
        let number = u32::try_from(self.articles.len()).unwrap_or(LAST);
        for key in article.imprint.keys() {
            let entry = u32::try_from(self.entries.len()).unwrap_or(LAST);
            let before = self.keys.insert(*key, entry).unwrap_or(LAST);
            self.entries.push((number, before));
        }
        self.ids.insert(article.hash, Some(number));
        if article.root.is_some() {
            *self.copies.entry(article.group).or_default() += 1;
        }
        let (group, is_copy) = (article.group, article.root.is_some());
        self.articles.push(Some(Waiting { group, is_copy, spot }));
        Ok(())
    }

    /// Takes the article with this id out, wherever it was.
    pub(super) fn remove(&mut self, id: u64) {
        let Some(Some(number)) = self.ids.insert(id, None) else { return };
        let Some(gone) = self.articles.get_mut(number as usize).and_then(Option::take) else { return };
        if let Some(copies) = self.copies.get_mut(&gone.group).filter(|_| gone.is_copy) {
            *copies = copies.saturating_sub(1);
        }
    }

    /// Forgets all: the index has them.
    pub(super) fn clear(&mut self) {
        (self.articles, self.entries) = (Vec::new(), Vec::new());
        (self.ids, self.keys, self.copies) =
            (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        self.records.clear();
    }

    /// Whether so many wait that a commit is due.
    pub(super) fn is_full(&self) -> bool {
        self.articles.len() >= DUE
    }

    /// Whether the article with this id came in or was taken out since the last commit, which knows no better then.
    pub(super) fn decides(&self, id: u64) -> bool {
        self.ids.contains_key(&id)
    }

    /// The article with this id, if it came in since.
    pub(super) fn by_id(&mut self, id: u64) -> io::Result<Option<Known>> {
        let number = self.ids.get(&id).copied().flatten();
        number.map_or(Ok(None), |number| self.get(number))
    }

    /// The article of this number, if it was not taken out.
    pub(super) fn get(&mut self, number: u32) -> io::Result<Option<Known>> {
        let Some(Some(waiting)) = self.articles.get(number as usize) else { return Ok(None) };
        let record = self.records.get(waiting.spot)?;
        postcard::from_bytes(&record).map(Some).map_err(io::Error::other)
    }

    /// The group of the article of this number, if it was not taken out.
    pub(super) fn group(&self, number: u32) -> Option<u64> {
        self.articles.get(number as usize)?.map(|waiting| waiting.group)
    }

    /// The numbers of articles that have a key.
    pub(super) fn with_key(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        let mut entry = self.keys.get(&key).copied();
        let numbers = std::iter::from_fn(move || {
            let (number, before) = *self.entries.get(entry? as usize)?;
            entry = Some(before);
            Some(number)
        });
        numbers.take(LOOKED_AT)
    }

    /// Whether any of them is a copy in a group.
    pub(super) fn has_copies(&self, group: u64) -> bool {
        self.copies.get(&group).is_some_and(|copies| *copies > 0)
    }
}
