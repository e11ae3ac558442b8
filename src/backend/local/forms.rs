//! One word of several forms: how often they stand in an article together, and what that scores.
//!
//! Some thousand articles are taken at a time: the postings of one form after the other are added up in a table, which is
//! then walked through. No list waits for another, and no heap says whose turn it is.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::best::Pruning;
use super::list::FormPostings;
use super::watch::Watch;

/// Articles of the table, at most, and of the first after a leap.
const WINDOW: (u32, u32) = (4096, 64);
/// Articles of a part of the table that a number of 64 bits stands for.
const BITS: u32 = u64::BITS;

/// Articles that hold any of some terms, with how often they do.
struct Table {
    postings: Vec<FormPostings>,
    /// The first article of the table, and how many it has.
    start: DocId,
    len: u32,
    /// How often the terms stand in each.
    counts: Vec<u32>,
    /// A bit for each that holds any.
    holds: Vec<u64>,
    doc: DocId,
}

impl Table {
    fn new(postings: Vec<FormPostings>) -> Self {
        let (most, first) = WINDOW;
        let mut table = Self {
            postings,
            start: 0,
            len: first,
            counts: vec![0; most as usize],
            holds: vec![0; (most / BITS) as usize],
            doc: 0,
        };
        table.fill(0);
        table
    }

    /// The first article after the table.
    fn end(&self) -> DocId {
        self.start.saturating_add(self.len)
    }

    /// Makes the table of the articles from the first at `target` or after it, and moves there.
    fn fill(&mut self, target: DocId) -> DocId {
        self.holds.fill(0);
        let mut first = TERMINATED;
        for postings in &mut self.postings {
            let doc = if postings.doc() < target { postings.seek(target) } else { postings.doc() };
            first = first.min(doc);
        }
        (self.start, self.doc) = (first, first);
        if first == TERMINATED {
            return TERMINATED;
        }
        let end = self.end();
        for postings in &mut self.postings {
            let mut doc = postings.doc();
            while doc < end {
                let at = doc - first;
                let bit = 1u64 << (at % BITS);
                let known = &mut self.holds[(at / BITS) as usize];
                let count = &mut self.counts[at as usize];
                let before = if *known & bit == 0 { 0 } else { *count };
                *known |= bit;
                *count = before + postings.term_freq();
                doc = postings.advance();
            }
        }
        first
    }

    /// Moves to the first article of the table at `target` or after it, or to the table after this one.
    fn walk(&mut self, target: DocId) -> DocId {
        let from = target - self.start;
        let mut part = from / BITS;
        let mut rest = u64::MAX << (from % BITS);
        while part * BITS < self.len {
            let bits = self.holds[part as usize] & rest;
            if bits != 0 {
                self.doc = self.start + part * BITS + bits.trailing_zeros();
                return self.doc;
            }
            (part, rest) = (part + 1, u64::MAX);
        }
        let next = self.end();
        self.len = (self.len * 2).min(WINDOW.0);
        self.fill(next)
    }

    fn count(&self) -> u32 {
        self.counts.get((self.doc - self.start) as usize).copied().unwrap_or(0)
    }
}

impl DocSet for Table {
    fn advance(&mut self) -> DocId {
        match self.doc + 1 {
            _ if self.doc == TERMINATED => TERMINATED,
            next if next < self.end() => self.walk(next),
            next => {
                self.len = (self.len * 2).min(WINDOW.0);
                self.fill(next)
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        if target < self.end() {
            return self.walk(target);
        }
        self.len = WINDOW.1;
        self.fill(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.postings.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}

/// Scores the articles that hold a word of several forms.
pub(super) struct FormsScorer {
    table: Table,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
    /// Articles that score no more than this are passed over.
    least: Score,
    score: Score,
    watch: Watch,
    ticks: u32,
}

impl FormsScorer {
    pub(super) fn new(
        postings: Vec<FormPostings>,
        scoring: Option<(Bm25Weight, FieldNormReader)>,
        watch: &Watch,
    ) -> Self {
        let table = Table::new(postings);
        let mut scorer = Self { table, scoring, least: 0.0, score: 1.0, watch: watch.clone(), ticks: 0 };
        scorer.settle();
        scorer
    }

    /// Moves on to an article that scores enough.
    fn settle(&mut self) -> DocId {
        while self.table.doc != TERMINATED {
            if self.watch.tick(&mut self.ticks) {
                return self.table.fill(TERMINATED);
            }
            let Some((bm25, norms)) = &self.scoring else { break };
            self.score = bm25.score(norms.fieldnorm_id(self.table.doc), self.table.count());
            if self.score > self.least || self.least <= 0.0 {
                break;
            }
            self.table.advance();
        }
        self.table.doc
    }
}

impl DocSet for FormsScorer {
    fn advance(&mut self) -> DocId {
        self.table.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.table.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.table.doc
    }

    fn size_hint(&self) -> u32 {
        self.table.size_hint()
    }
}

impl Scorer for FormsScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}

impl Pruning for FormsScorer {
    fn must_beat(&mut self, score: Score) {
        self.least = score;
    }
}
