//! Copies shown once: the best hits of different groups, and the other articles of their groups.
//!
//! A group is an article and its copies; all carry its number in a column ([`crate::index::copies`]). The column is read
//! only for articles that would be among the best, so lists are passed over as they are without groups.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet as _, Score, Searcher, SegmentReader, TERMINATED, Term};

use super::collect::Places;
use super::watch::Watch;
use crate::backend::{BackendError, Group, Sort};
use crate::index::schema::{GROUP, PUBLISHED, STORY};
use crate::index::{Groups, Reader};

/// What articles are ordered by, best last: whether there is a value, and the value.
pub(super) type Key = (bool, i64);

/// The best of some articles, one a group.
struct Best<D> {
    limit: usize,
    /// What an article of another segment has at least that is the last of enough: none that is no better is wanted.
    floor: Option<Key>,
    /// The best article of each group that is among the best.
    groups: FxHashMap<u64, (Key, Reverse<D>)>,
    /// The same, worst first, with entries that have been bettered since.
    worst: BinaryHeap<Reverse<(Key, Reverse<D>, u64)>>,
}

impl<D: Ord + Copy> Best<D> {
    fn new(limit: usize, floor: Option<Key>) -> Self {
        Self { limit, floor, groups: FxHashMap::default(), worst: BinaryHeap::new() }
    }

    /// The key that an article's has to beat, in this segment and by those before it.
    fn beat(&self) -> Option<Key> {
        self.floor.max(self.least().map(|least| least.0))
    }

    /// What an article has to beat to be among the best here.
    fn least(&self) -> Option<(Key, Reverse<D>)> {
        let Reverse((key, doc, _)) = *self.worst.peek().filter(|_| self.groups.len() >= self.limit)?;
        Some((key, doc))
    }

    fn add(&mut self, key: Key, doc: D, group: impl FnOnce() -> u64) {
        let entry = (key, Reverse(doc));
        if self.floor.is_some_and(|floor| key <= floor) || self.least().is_some_and(|least| entry <= least) {
            return;
        }
        let group = group();
        if self.groups.get(&group).is_some_and(|known| *known >= entry) {
            return;
        }
        self.groups.insert(group, entry);
        self.worst.push(Reverse((entry.0, entry.1, group)));
        if self.worst.len() > 2 * self.limit + 64 {
            self.worst =
                self.groups.iter().map(|(group, entry)| Reverse((entry.0, entry.1, *group))).collect();
        }
        // The worst entry is that of a group as it stands, and there are no more groups than asked for.
        while let Some(Reverse((key, doc, group))) = self.worst.peek().copied() {
            let stands = self.groups.get(&group) == Some(&(key, doc));
            if stands && self.groups.len() <= self.limit {
                break;
            }
            self.worst.pop();
            if stands {
                self.groups.remove(&group);
            }
        }
    }
}

/// Collects the best articles, one a group.
pub(super) struct BestOfGroups {
    pub(super) limit: usize,
    pub(super) sort: Sort,
    pub(super) groups: Groups,
    /// What those of the segments so far leave to beat.
    pub(super) floor: Arc<Mutex<Option<Key>>>,
}

/// An article among the best of its segment, with its group.
type Found = (Key, DocAddress, u64);

impl BestOfGroups {
    /// The score that a key stands for; 0 where the order is another.
    fn score(&self, key: Key) -> Score {
        if self.sort == Sort::Score { score_of(key) } else { 0.0 }
    }
}

impl Collector for BestOfGroups {
    /// Scores and places, best first.
    type Fruit = Vec<(Score, DocAddress)>;
    type Child = InSegment;

    fn for_segment(&self, ord: u32, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        let by_date = self.sort != Sort::Score;
        Ok(InSegment {
            best: Best::new(self.limit, *self.floor.lock().unwrap_or_else(PoisonError::into_inner)),
            floor: self.floor.clone(),
            sort: self.sort,
            published: by_date.then(|| segment.fast_fields().i64(PUBLISHED)).transpose()?,
            group: self.groups.get(ord as usize).cloned(),
            ord,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Score
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Self::Fruit> {
        let mut best = Best::new(self.limit, None);
        for (key, at, group) in segments.into_iter().flatten() {
            best.add(key, at, || group);
        }
        let mut found: Vec<_> = best.groups.into_values().collect();
        found.sort_unstable_by_key(|entry| Reverse(*entry));
        Ok(found.into_iter().map(|(key, Reverse(at))| (self.score(key), at)).collect())
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ord: u32,
        segment: &SegmentReader,
    ) -> tantivy::Result<Vec<Found>> {
        let mut found = self.for_segment(ord, segment)?;
        let live = segment.alive_bitset();
        let is_live = |doc| live.is_none_or(|live| live.is_alive(doc));
        if self.sort == Sort::Score {
            let beat = |found: &InSegment| found.best.beat().map_or(Score::MIN, score_of);
            weight.for_each_pruning(beat(&found), segment, &mut |doc, score| {
                if is_live(doc) {
                    found.collect(doc, score);
                }
                beat(&found)
            })?;
        } else {
            weight.for_each_no_score(segment, &mut |docs| {
                docs.iter().filter(|doc| is_live(**doc)).for_each(|doc| found.collect(*doc, 0.0));
            })?;
        }
        Ok(found.harvest())
    }
}

/// The best articles of a segment.
pub(super) struct InSegment {
    best: Best<DocId>,
    floor: Arc<Mutex<Option<Key>>>,
    sort: Sort,
    published: Option<Column<i64>>,
    group: Option<Column<u64>>,
    ord: u32,
}

impl InSegment {
    fn published(&self, doc: DocId) -> Option<i64> {
        self.published.as_ref()?.first(doc)
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Vec<Found>;

    #[inline]
    fn collect(&mut self, doc: DocId, score: Score) {
        let key = match self.sort {
            Sort::Score => (true, i64::from(score.max(0.0).to_bits())), // which sort as scores do
            Sort::Newest => self.published(doc).map_or((false, 0), |second| (true, second)),
            Sort::Oldest => self.published(doc).map_or((false, 0), |second| (true, !second)),
        };
        let group = &self.group;
        self.best
            .add(key, doc, || group.as_ref().and_then(|group| group.first(doc)).unwrap_or(u64::from(doc)));
    }

    fn harvest(self) -> Vec<Found> {
        *self.floor.lock().unwrap_or_else(PoisonError::into_inner) = self.best.beat();
        let ord = self.ord;
        let groups = self.best.groups.into_iter();
        groups.map(|(group, (key, Reverse(doc)))| (key, DocAddress::new(ord, doc), group)).collect()
    }
}

fn score_of(key: Key) -> Score {
    Score::from_bits(u32::try_from(key.1).unwrap_or_default())
}

/// The first article of each group among `found`, in order.
pub(super) fn firsts_of_groups(found: Places, groups: &Groups) -> Places {
    let mut seen = FxHashSet::default();
    let group_of = |at: &DocAddress| groups.get(at.segment_ord as usize)?.first(at.doc_id);
    found.into_iter().filter(|(_, at)| group_of(at).is_none_or(|group| seen.insert(group))).collect()
}

/// The column whose value articles have in common of which one is shown; none where all are.
pub(super) fn column_of(group: Group) -> Option<&'static str> {
    match group {
        Group::Copy => Some(GROUP),
        Group::Story => Some(STORY),
        Group::None => None,
    }
}

/// Where the other articles are that an article may stand for, in the order of the index.
pub(super) fn others(
    reader: &Reader,
    searcher: &Searcher,
    at: DocAddress,
    group: Group,
) -> Result<Vec<DocAddress>, BackendError> {
    match group {
        Group::None => Ok(Vec::new()),
        Group::Copy => copies_beside(reader, searcher, at),
        Group::Story => {
            let Some(story) = story_at(reader, searcher, at)? else { return Ok(Vec::new()) };
            let mut found = in_story(searcher, story)?;
            found.retain(|other| *other != at);
            Ok(found)
        }
    }
}

/// The number of the story that an article is in.
pub(super) fn story_at(
    reader: &Reader,
    searcher: &Searcher,
    at: DocAddress,
) -> Result<Option<u64>, BackendError> {
    let stories = reader.groups(searcher, STORY)?;
    Ok(stories.get(at.segment_ord as usize).and_then(|story| story.first(at.doc_id)))
}

/// Where the articles of a story are, in the order of the index.
pub(super) fn in_story(searcher: &Searcher, story: u64) -> Result<Vec<DocAddress>, BackendError> {
    having(searcher, &Term::from_field_u64(Reader::fields().story, story))
}

/// Where the other articles of an article's group of copies are, in the order of the index.
fn copies_beside(
    reader: &Reader,
    searcher: &Searcher,
    at: DocAddress,
) -> Result<Vec<DocAddress>, BackendError> {
    let groups = reader.groups(searcher, GROUP)?;
    let group = groups.get(at.segment_ord as usize).and_then(|group| group.first(at.doc_id));
    let mut found = group.map_or_else(|| Ok(Vec::new()), |group| copies(searcher, group))?;
    // Most articles are neither a copy nor have any.
    if let Ok(own) = found.binary_search(&at) {
        found.remove(own);
        let root = reader.stored(searcher, at)?.copy_of;
        let root = root.map_or(Ok(None), |root| Reader::find(searcher, &root))?;
        if let Some((root, Err(place))) = root.map(|root| (root, found.binary_search(&root))) {
            found.insert(place, root);
        }
    }
    Ok(found)
}

/// Where the copies of a group are, in the order of the index.
fn copies(searcher: &Searcher, group: u64) -> Result<Vec<DocAddress>, BackendError> {
    having(searcher, &Term::from_field_u64(Reader::fields().copies, group))
}

/// Where the articles are that have a term, in the order of the index.
fn having(searcher: &Searcher, term: &Term) -> Result<Vec<DocAddress>, BackendError> {
    let mut found = Vec::new();
    for (segment, ord) in searcher.segment_readers().iter().zip(0..) {
        let postings = segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                found.push(DocAddress::new(ord, doc));
            }
            doc = postings.advance();
        }
    }
    Ok(found)
}

/// Keeps of some places, in the order of the index, those whose articles match.
pub(super) fn matching(
    searcher: &Searcher,
    weight: &dyn Weight,
    watch: &Watch,
    places: &mut Vec<DocAddress>,
) -> Result<(), BackendError> {
    let mut matching = Vec::with_capacity(places.len());
    let mut ticks = 0;
    for of_segment in places.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let Some(ord) = of_segment.first().map(|at| at.segment_ord) else { continue };
        let mut scorer = weight.scorer(searcher.segment_reader(ord), 1.0)?;
        for at in of_segment {
            if scorer.doc() < at.doc_id {
                scorer.seek(at.doc_id);
            }
            if scorer.doc() == at.doc_id {
                matching.push(*at);
            }
            if watch.tick(&mut ticks) {
                break;
            }
        }
    }
    *places = matching;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_that_sorting_all_and_keeping_the_first_of_each_group_gives(
            articles in prop::collection::vec((0i64..6, 0u64..12), 0..300), limit in 1usize..9,
        ) {
            let mut best = Best::new(limit, None);
            for ((key, group), doc) in articles.iter().zip(0u32..) {
                best.add((true, *key), doc, || *group);
            }
            let mut sorted: Vec<_> =
                articles.iter().zip(0u32..).map(|((key, group), doc)| (Reverse(*key), doc, *group)).collect();
            sorted.sort_unstable();
            let mut first = BTreeMap::new();
            for (key, doc, group) in &sorted {
                first.entry(*group).or_insert((*key, *doc));
            }
            let mut expected: Vec<_> = first.into_values().map(|(_, doc)| doc).collect();
            expected.sort_by_key(|doc| sorted.iter().position(|entry| entry.1 == *doc));
            expected.truncate(limit);
            let mut found: Vec<_> = best.groups.values().copied().collect();
            found.sort_unstable_by_key(|entry| Reverse(*entry));
            let found: Vec<u32> = found.into_iter().map(|(_, doc)| doc.0).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
