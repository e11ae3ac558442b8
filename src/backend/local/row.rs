//! Rows of words and slots, read from the lists of a segment.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED};

use super::filter::Parts;
use super::list::List;
use super::mentions::{IndexTest, Mentions};
use crate::plan::Scope;
use crate::plan::near::Place;
use crate::plan::row::{self, Stretch, Want};

/// A row as the index answers it.
#[derive(Debug, Clone)]
pub(super) struct RowSpec {
    pub(super) scope: Scope,
    pub(super) slop: u32,
    pub(super) parts: Vec<PartSpec>,
}

/// A part of a row.
#[derive(Debug, Clone)]
pub(super) enum PartSpec {
    /// Any of these terms.
    Word(Vec<String>),
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
pub(super) struct RowReader {
    parts: Vec<Part>,
    /// The parts, the rarest first.
    order: Vec<usize>,
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
        let inverted = reader.inverted_index(text)?;
        let mut parts = Vec::with_capacity(spec.parts.len());
        for part in &spec.parts {
            let opened = match part {
                PartSpec::Word(terms) => {
                    List::open(&inverted, text, terms, IndexRecordOption::WithFreqsAndPositions)?
                        .map(Part::Word)
                }
                PartSpec::Slot(tests) => Mentions::open(reader, mention, tests)?.map(Part::Slot),
            };
            match opened {
                Some(part) => parts.push(part),
                None => return Ok(None),
            }
        }
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|i| parts[*i].size_hint());
        let stretches = vec![Vec::new(); parts.len()];
        Ok(Some(Self { parts, order, slop: spec.slop, scope: spec.scope, stretches, positions: Vec::new() }))
    }

    /// The first article at `target` or after it that holds every part.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let mut candidate = target;
        'next: while candidate != TERMINATED {
            for which in &self.order {
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
        self.order.first().map_or(0, |rarest| self.parts[*rarest].size_hint())
    }

    /// How often the row can stand in an article, weights of title and lead included; 0 where it was not sought to it.
    pub(super) fn at_most(&self, doc: DocId, heaviest: u32) -> u32 {
        if self.parts.iter().any(|part| part.doc() != doc) {
            return 0;
        }
        let each = self.parts.iter().map(|part| match part {
            Part::Word(list) => list.term_freq(),
            Part::Slot(mentions) => mentions.at_most().saturating_mul(heaviest),
        });
        if self.slop == 0 {
            return each.min().unwrap_or(0);
        }
        each.fold(0, u32::saturating_add) // rows may share a word, but no two begin at the same one
    }

    /// Where the row stands in an article that it was sought to, in order; `parts` knows that article's parts.
    pub(super) fn places(&mut self, doc: DocId, parts: &Parts, want: Want, into: &mut Vec<Place>) {
        into.clear();
        let bounds = if self.scope.is_part() { parts.of(doc) } else { (0, 0) };
        for which in &self.order {
            let stretches = &mut self.stretches[*which];
            match &mut self.parts[*which] {
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
        if let [only] = &self.stretches[..]
            && matches!(self.parts[..], [Part::Word(_)])
        {
            into.extend(only.iter().map(|s| Place { first: s.first, last: s.last, solid: true }));
            return;
        }
        let rows = row::rows(&self.stretches, self.slop, want);
        into.extend(rows.iter().map(|row| Place { first: row.first, last: row.last, solid: true }));
    }
}
