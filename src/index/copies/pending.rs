//! The articles that the last commit does not hold yet: by id, by key, by the group that they belong to.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Known;

/// The articles of a key that are looked at, last first: in a group of many copies any of them tells the group.
const LOOKED_AT: usize = 64;
/// Articles after which a commit is due, at less than 1 KB each.
const DUE: usize = 32_768;
/// Articles after which all are forgotten, if no commit comes: their copies are then found after the next one.
const MOST: usize = 4 * DUE;

/// No entry follows.
const LAST: u32 = u32::MAX;

/// What came in since the last commit.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// In the order of the input; `None` where one was replaced or deleted since.
    articles: Vec<Option<Arc<Known>>>,
    /// Which of them has the id with this hash; `None` for one deleted.
    ids: FxHashMap<u64, Option<u32>>,
    /// The last entry of each key.
    keys: FxHashMap<u32, u32>,
    /// An article, and the entry of the same key before it.
    entries: Vec<(u32, u32)>,
    /// How many copies groups have among them.
    copies: FxHashMap<u64, u32>,
}

impl Pending {
    /// Takes an article in, in place of one with its id.
    pub(super) fn add(&mut self, article: Known) {
        self.remove(article.hash);
        if self.articles.len() >= MOST {
            self.articles = Vec::new();
            (self.keys, self.entries) = (FxHashMap::default(), Vec::new());
            self.copies = FxHashMap::default();
            self.ids.values_mut().for_each(|place| *place = None);
        }
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
        self.articles.push(Some(Arc::new(article)));
    }

    /// Takes the article with this id out, wherever it was.
    pub(super) fn remove(&mut self, id: u64) {
        let Some(Some(number)) = self.ids.insert(id, None) else { return };
        let Some(gone) = self.articles.get_mut(number as usize).and_then(Option::take) else { return };
        if let Some(copies) = self.copies.get_mut(&gone.group).filter(|_| gone.root.is_some()) {
            *copies = copies.saturating_sub(1);
        }
    }

    /// Forgets all: the index has them.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
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
    pub(super) fn by_id(&self, id: u64) -> Option<&Arc<Known>> {
        self.ids.get(&id)?.and_then(|number| self.get(number))
    }

    /// The article of this number, if it was not taken out.
    pub(super) fn get(&self, number: u32) -> Option<&Arc<Known>> {
        self.articles.get(number as usize)?.as_ref()
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
