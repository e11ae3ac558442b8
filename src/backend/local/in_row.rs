//! Words side by side, told from the positions of one article.

use tantivy::DocId;

use super::filter::Parts;
use super::list::List;
use super::pattern::Item;

/// Words side by side: the positions of each are moved on to where the last one would stand, and only what all share
/// is kept.
pub(super) struct InRow {
    /// In which order the lists are read.
    order: Vec<usize>,
    /// How many positions before the end of the row each list stands.
    ahead: Vec<u32>,
    /// Where the rows end, each as often as a word counts there: words of title and lead stand several times.
    ends: Vec<u32>,
    next: Vec<u32>,
}

impl InRow {
    /// `rarest` has the numbers of the lists, the rarest first.
    pub(super) fn of(items: &[Item], rarest: &[usize]) -> Self {
        let ahead = items.iter().map(|item| item.ahead).collect();
        let mut order = rarest.to_vec();
        // The first list read says how much each row counts.
        order.sort_by_key(|which| items[*which].weight);
        Self { order, ahead, ends: Vec::new(), next: Vec::new() }
    }

    /// Reads the rows of an article at which all lists stand; whether there are any.
    pub(super) fn read(&mut self, lists: &mut [List], parts: &Parts, doc: DocId) -> bool {
        for (n, which) in self.order.iter().enumerate() {
            let ahead = self.ahead[*which];
            if n == 0 {
                lists[*which].positions_moved(ahead, &mut self.ends);
            } else {
                lists[*which].positions_moved(ahead, &mut self.next);
                keep_shared(&mut self.ends, &self.next);
            }
            if self.ends.is_empty() {
                return false;
            }
        }
        parts.keep(doc, &mut self.ends);
        !self.ends.is_empty()
    }

    /// How many rows the article has, in title and lead as often as a word counts there.
    pub(super) fn frequency(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }
}

/// Keeps those of `kept` that are in `other`, too; both are in order. Which list moves on is counted rather than asked,
/// as nothing can foretell it.
fn keep_shared(kept: &mut Vec<u32>, other: &[u32]) {
    let (mut from, mut to, mut at) = (0, 0, 0);
    while let (Some(&position), Some(&next)) = (kept.get(from), other.get(at)) {
        kept[to] = position;
        to += usize::from(position == next);
        from += usize::from(position <= next);
        at += usize::from(next < position);
    }
    kept.truncate(to);
}
