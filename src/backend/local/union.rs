//! The postings of several terms, read as one list: the forms of a word, the words of a wildcard.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocId, DocSet, TERMINATED};

use super::list::FormPostings;

/// Articles that hold any of some terms, in order.
pub(super) struct Union {
    postings: Vec<FormPostings>,
    /// Those that are ahead of the current article, by the article they stand at.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Those that stand at it.
    here: Vec<usize>,
    doc: DocId,
}

impl Union {
    pub(super) fn new(postings: Vec<FormPostings>) -> Self {
        let ahead = postings.iter().enumerate().map(|(i, p)| Reverse((p.doc(), i))).collect();
        let mut union = Self { postings, ahead, here: Vec::new(), doc: 0 };
        union.gather();
        union
    }

    /// Moves to the lowest article ahead.
    fn gather(&mut self) -> DocId {
        self.here.clear();
        self.doc = self.ahead.peek().map_or(TERMINATED, |top| top.0.0);
        if self.doc != TERMINATED {
            while self.ahead.peek().is_some_and(|top| top.0.0 == self.doc) {
                if let Some(Reverse((_, which))) = self.ahead.pop() {
                    self.here.push(which);
                }
            }
        }
        self.doc
    }

    /// How often the terms occur in the current article, together.
    pub(super) fn term_freq(&self) -> u32 {
        self.here.iter().map(|i| self.postings[*i].term_freq()).sum()
    }

    /// The positions of the terms in the current article, in order, each `ahead` positions on and as often as it stands
    /// in a list.
    pub(super) fn positions(&mut self, ahead: u32, into: &mut Vec<u32>) {
        into.clear();
        for which in &self.here {
            self.postings[*which].append_positions_with_offset(ahead, into);
        }
        if self.here.len() > 1 {
            into.sort_unstable();
        }
    }
}

impl DocSet for Union {
    fn advance(&mut self) -> DocId {
        for which in self.here.drain(..) {
            let doc = self.postings[which].advance();
            self.ahead.push(Reverse((doc, which)));
        }
        self.gather()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        for which in self.here.drain(..) {
            let doc = self.postings[which].seek(target);
            self.ahead.push(Reverse((doc, which)));
        }
        while let Some(Reverse((doc, which))) = self.ahead.peek().copied() {
            if doc >= target {
                break;
            }
            self.ahead.pop();
            let doc = self.postings[which].seek(target);
            self.ahead.push(Reverse((doc, which)));
        }
        self.gather()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.postings.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}
