//! Rows of words and slots, read from the lists of a segment.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED};

use super::filter::Parts;
use super::list::{Form, List};
use super::mentions::{IndexTest, Mentions};
use crate::article::Kind;
use crate::index::terms;
use crate::plan::Scope;
use crate::plan::near::Place;
use crate::plan::row::{self, Stretch, Want};
use crate::text::is_common;

/// A row as the index answers it.
#[derive(Debug, Clone)]
pub(super) struct RowSpec {
    pub(super) scope: Scope,
    pub(super) slop: u32,
    pub(super) parts: Vec<PartSpec>,
}

impl RowSpec {
    /// The terms of the links between neighbours; where a slot may be of several kinds, any of a link's terms will do.
    fn links(&self) -> Vec<Vec<Form>> {
        if self.slop > 0 {
            return Vec::new();
        }
        let link = |pair: &[PartSpec]| {
            let all = |tests: &[IndexTest], words: &[Form], make: fn(Kind, &str) -> String| {
                let of = |test: &IndexTest, word: &Form| Form::anywhere(make(test.kind, &word.term));
                tests.iter().flat_map(|test| words.iter().map(move |word| of(test, word))).collect()
            };
            match pair {
                [PartSpec::Word(words), _] | [_, PartSpec::Word(words)] if !all_common(words) => None,
                [PartSpec::Word(words), PartSpec::Slot(tests)] => Some(all(tests, words, terms::word_before)),
                [PartSpec::Slot(tests), PartSpec::Word(words)] => Some(all(tests, words, terms::word_after)),
                _ => None,
            }
        };
        self.parts.windows(2).filter_map(link).collect()
    }

    /// Whether every article that holds the links of a part holds the part.
    fn is_implied(&self, part: usize) -> bool {
        let is_word = |at: Option<usize>| matches!(at.and_then(|at| self.parts.get(at)), Some(PartSpec::Word(words)) if all_common(words));
        let is_slot =
            |at: Option<usize>| matches!(at.and_then(|at| self.parts.get(at)), Some(PartSpec::Slot(_)));
        let (before, after) = (part.checked_sub(1), part.checked_add(1));
        self.slop == 0
            && match self.parts.get(part) {
                Some(PartSpec::Word(words)) => all_common(words) && (is_slot(before) || is_slot(after)),
                Some(PartSpec::Slot(tests)) => {
                    tests.len() == 1
                        && tests.iter().all(IndexTest::is_any)
                        && (is_word(before) || is_word(after))
                }
                None => false,
            }
    }
}

/// Whether all of some words have links, in whatever article they stand.
fn all_common(words: &[Form]) -> bool {
    words.iter().all(|word| word.langs.is_empty() && is_common(&word.term))
}

/// A part of a row.
#[derive(Debug, Clone)]
pub(super) enum PartSpec {
    /// Any of these terms.
    Word(Vec<Form>),
    /// A mention that passes any of these tests.
    Slot(Vec<IndexTest>),
}

enum Part {
    Word(List),
    Slot(Mentions),
}

impl Part {
    fn doc(&self) -> DocId {
        match self {
            Self::Word(list) => list.doc(),
            Self::Slot(mentions) => mentions.doc(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Word(list) => list.seek(target),
            Self::Slot(mentions) => mentions.seek(target),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Self::Word(list) => list.size_hint(),
            Self::Slot(mentions) => mentions.size_hint(),
        }
    }
}

/// Reads one row in one segment.
///
/// Where a word and a slot stand side by side, the index holds a *link* for each place where they do, so the articles
/// of the row are among those that hold all of its links.
pub(super) struct RowReader {
    parts: Vec<Part>,
    /// The parts, the rarest first.
    order: Vec<usize>,
    /// Of these, the parts that no link implies.
    free: Vec<usize>,
    /// The links, the rarest first.
    links: Vec<List>,
    slop: u32,
    scope: Scope,
    stretches: Vec<Vec<Stretch>>,
    positions: Vec<u32>,
}

impl RowReader {
    /// Opens a row; `None` if the segment cannot hold it.
    pub(super) fn open(
        reader: &SegmentReader,
        (text, mention): (Field, Field),
        spec: &RowSpec,
    ) -> tantivy::Result<Option<Self>> {
        let mut row = Self {
            parts: Vec::with_capacity(spec.parts.len()),
            order: Vec::new(),
            free: Vec::new(),
            links: Vec::new(),
            slop: spec.slop,
            scope: spec.scope,
            stretches: vec![Vec::new(); spec.parts.len()],
            positions: Vec::new(),
        };
        for terms in spec.links() {
            match List::open(reader, mention, &terms, IndexRecordOption::WithFreqs)? {
                Some(list) => row.links.push(list),
                None => return Ok(None),
            }
        }
        row.links.sort_by_key(List::size_hint);
        for part in &spec.parts {
            let opened = match part {
                PartSpec::Word(forms) => {
                    List::open(reader, text, forms, IndexRecordOption::WithFreqsAndPositions)?.map(Part::Word)
                }
                PartSpec::Slot(tests) => Mentions::open(reader, mention, tests)?.map(Part::Slot),
            };
            match opened {
                Some(part) => row.parts.push(part),
                None => return Ok(None),
            }
        }
        row.order = (0..row.parts.len()).collect();
        row.order.sort_by_key(|i| row.parts[*i].size_hint());
        row.free = row.order.iter().copied().filter(|i| !spec.is_implied(*i)).collect();
        Ok(Some(row))
    }

    /// The first article at `target` or after it that holds every link and part.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let mut candidate = target;
        'next: while candidate != TERMINATED {
            for link in &mut self.links {
                let doc = link.seek(candidate);
                if doc != candidate {
                    candidate = doc;
                    continue 'next;
                }
            }
            for which in &self.free {
                let part = &mut self.parts[*which];
                let doc = if part.doc() < candidate { part.seek(candidate) } else { part.doc() };
                if doc != candidate {
                    candidate = doc;
                    continue 'next;
                }
            }
            break;
        }
        candidate
    }

    /// How many articles there are at most.
    pub(super) fn size_hint(&self) -> u32 {
        let rarest = self.order.first().map(|rarest| self.parts[*rarest].size_hint());
        self.links.first().map(List::size_hint).into_iter().chain(rarest).min().unwrap_or(0)
    }

    /// How often the row can stand in an article, weights of title and lead included; 0 where it was not sought to it.
    pub(super) fn at_most(&self, doc: DocId, heaviest: u32) -> u32 {
        let mut free = self.free.iter().map(|which| &self.parts[*which]);
        if free.any(|part| part.doc() != doc) || self.links.iter().any(|link| link.doc() != doc) {
            return 0;
        }
        let each = self.free.iter().map(|which| match &self.parts[*which] {
            Part::Word(list) => list.term_freq(),
            Part::Slot(mentions) => mentions.at_most().saturating_mul(heaviest),
        });
        if self.slop == 0 {
            return each.chain(self.links.iter().map(List::term_freq)).min().unwrap_or(0);
        }
        each.fold(0, u32::saturating_add) // rows may share a word, but no two begin at the same one
    }

    /// Where the row stands in an article that it was sought to, in order; `parts` knows that article's parts.
    pub(super) fn places(&mut self, doc: DocId, parts: &Parts, want: Want, into: &mut Vec<Place>) {
        into.clear();
        let bounds = if self.scope.is_part() { parts.of_article(doc) } else { (0, 0) };
        if let ([Part::Word(list)], false) = (&mut self.parts[..], self.scope.is_part()) {
            list.positions(&mut self.positions);
            into.extend(self.positions.iter().map(|p| Place { first: *p, last: *p, solid: true }));
            return;
        }
        for which in &self.order {
            let stretches = &mut self.stretches[*which];
            let part = &mut self.parts[*which];
            if part.doc() < doc {
                part.seek(doc); // a link implied it
            }
            match part {
                Part::Word(list) => {
                    list.positions(&mut self.positions);
                    stretches.clear();
                    stretches.extend(self.positions.iter().map(|p| Stretch::word(*p)));
                }
                Part::Slot(mentions) => mentions.stretches(doc, stretches),
            }
            if self.scope.is_part() {
                stretches.retain(|s| self.scope.holds(s.first, bounds.0, bounds.1));
            }
            if stretches.is_empty() {
                return;
            }
        }
        let rows = row::rows(&self.stretches, self.slop, want);
        into.extend(rows.iter().map(|row| Place { first: row.first, last: row.last, solid: true }));
    }
}
