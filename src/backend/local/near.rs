//! Places near each other and `ATLEAST`: query, weight and scorer.
//!
//! What has to stand near must stand in the article: so the words, phrases and mentions are asked for together, as AND
//! would, and the articles that this finds are looked into. The parts score as they do by themselves; that they stand
//! near is a condition. Where only the best articles are asked for, none is looked into whose parts do not score
//! enough.

use std::sync::Arc;

use tantivy::postings::SegmentPostings;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, Term};

use super::best::{Best, boxed};
use super::filter::{Parts, explain_with_scorer};
use super::mentions::read_at;
use super::row::{RowReader, RowSpec};
use super::watch::Watch;
use crate::index::{Weights, terms};
use crate::plan::near::{Place, Ruler};
use crate::plan::row::Want;
use crate::plan::shape::{Shape, occurrences};
use crate::plan::{Nearness, Scope};

/// Rows that hang together.
#[derive(Debug)]
pub(super) struct NearQuery {
    /// Finds every article that may hold them, and scores it.
    pub(super) parts: Box<dyn Query>,
    pub(super) text: Field,
    pub(super) mention: Field,
    pub(super) rows: Vec<RowSpec>,
    pub(super) shape: Shape,
    /// How often they must stand in an article.
    pub(super) at_least: u32,
    /// How words count by where they stand.
    pub(super) weights: Weights,
    pub(super) watch: Watch,
}

impl Clone for NearQuery {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.box_clone(),
            text: self.text,
            mention: self.mention,
            rows: self.rows.clone(),
            shape: self.shape.clone(),
            at_least: self.at_least,
            weights: self.weights,
            watch: self.watch.clone(),
        }
    }
}

impl Query for NearQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(NearWeight {
            parts: self.parts.weight(scoring)?,
            query: self.clone(),
            best: Best::default(),
        }))
    }
}

struct NearWeight {
    parts: Box<dyn Weight>,
    query: NearQuery,
    best: Best,
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = match Inspector::open(&self.query, reader)? {
            Some(inspector) => {
                let mut scorer = NearScorer { candidates: self.parts.scorer(reader, boost)?, inspector };
                scorer.settle();
                Some(scorer)
            }
            None => None,
        };
        Ok(boxed(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain_with_scorer(self, reader, doc, "near each other")
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let Some(mut inspector) = Inspector::open(&self.query, reader)? else { return Ok(()) };
        let mut least = self.best.beat(threshold);
        self.parts.for_each_pruning(least, reader, &mut |doc, score| {
            if inspector.passes(doc) {
                least = self.best.raise(callback(doc, score));
            } else if inspector.watch.is_over() {
                return Score::MAX; // nothing scores more: the end
            }
            least
        })
    }
}

/// Where paragraphs or sentences begin; their list is opened when it is first needed.
struct Boundaries {
    term: &'static str,
    mention: Field,
    postings: Option<SegmentPostings>,
}

impl Boundaries {
    fn read(
        &mut self,
        inverted: &InvertedIndexReader,
        doc: DocId,
        into: &mut Vec<u32>,
    ) -> tantivy::Result<()> {
        if self.postings.is_none() {
            let term = Term::from_field_text(self.mention, self.term);
            self.postings = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?;
        }
        into.clear();
        if let Some(postings) = &mut self.postings {
            read_at(postings, doc, into);
        }
        Ok(())
    }
}

/// Looks into articles.
struct Inspector {
    readers: Vec<Option<RowReader>>,
    shape: Shape,
    at_least: usize,
    /// The places of each row in the article looked into.
    found: Vec<Vec<Place>>,
    paragraphs: Option<Boundaries>,
    sentences: Option<Boundaries>,
    inverted: Arc<InvertedIndexReader>,
    ruler: Ruler,
    parts: Parts,
    watch: Watch,
}

impl Inspector {
    /// Opens the lists of a segment; `None` if no article of it can pass.
    fn open(query: &NearQuery, reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let fields = (query.text, query.mention);
        let opened: tantivy::Result<Vec<_>> =
            query.rows.iter().map(|row| RowReader::open(reader, fields, row)).collect();
        let readers = opened?;
        if !possible(&query.shape, &readers) {
            return Ok(None);
        }
        let (paragraphs, sentences) = query.shape.needs();
        let boundaries = |wanted: bool, term: &'static str| {
            wanted.then(|| Boundaries { term, postings: None, mention: query.mention })
        };
        Ok(Some(Self {
            found: vec![Vec::new(); readers.len()],
            readers,
            shape: query.shape.clone(),
            at_least: query.at_least as usize,
            paragraphs: boundaries(paragraphs, terms::PARAGRAPH),
            sentences: boundaries(sentences, terms::SENTENCE),
            inverted: reader.inverted_index(query.mention)?,
            ruler: Ruler::default(),
            parts: Parts::of(Scope::Text, query.weights, reader, &query.watch),
            watch: query.watch.clone(),
        }))
    }

    /// Whether an article passes; articles are asked about in order.
    fn passes(&mut self, doc: DocId) -> bool {
        if self.watch.look() {
            return false;
        }
        for places in &mut self.found {
            places.clear();
        }
        let mut fill = Fill { readers: &mut self.readers, found: &mut self.found, parts: &self.parts };
        if !fill.fill(&self.shape, doc) {
            return false;
        }
        if self.at_least == 1
            && let Some(answer) = self.shape.at_a_glance(&self.found)
        {
            return answer;
        }
        let ruled = [
            (&mut self.paragraphs, &mut self.ruler.paragraphs),
            (&mut self.sentences, &mut self.ruler.sentences),
        ];
        for (boundaries, starts) in ruled {
            if let Some(Err(error)) = boundaries.as_mut().map(|b| b.read(&self.inverted, doc, starts)) {
                self.watch.fail(error);
                return false;
            }
        }
        if self.at_least == 1 {
            self.shape.any(&self.found, &self.ruler)
        } else {
            occurrences(&self.shape.places(&self.found, &self.ruler)) >= self.at_least
        }
    }
}

/// Whether a segment can hold what hangs together so.
fn possible(shape: &Shape, readers: &[Option<RowReader>]) -> bool {
    match shape {
        Shape::Row(number) => readers[*number].is_some(),
        Shape::Or(children) => children.iter().any(|child| possible(child, readers)),
        Shape::Near(Nearness::NotWithin(_), sides) => possible(&sides[0], readers),
        Shape::Near(_, sides) => sides.iter().all(|side| possible(side, readers)),
    }
}

/// Reads the places of rows in one article.
struct Fill<'a> {
    readers: &'a mut [Option<RowReader>],
    found: &'a mut [Vec<Place>],
    parts: &'a Parts,
}

impl Fill<'_> {
    /// Whether what must be there is there.
    fn fill(&mut self, shape: &Shape, doc: DocId) -> bool {
        match shape {
            Shape::Row(number) => {
                let Some(row) = &mut self.readers[*number] else { return false };
                if row.seek(doc) != doc {
                    return false;
                }
                let found = &mut self.found[*number];
                row.places(doc, self.parts, Want::Rows, found);
                !found.is_empty()
            }
            Shape::Or(children) => {
                let mut any = false;
                for child in children {
                    any |= self.fill(child, doc);
                }
                any
            }
            Shape::Near(Nearness::NotWithin(_), sides) => {
                let any = self.fill(&sides[0], doc);
                self.fill(&sides[1], doc);
                any
            }
            Shape::Near(_, sides) => self.fill(&sides[0], doc) && self.fill(&sides[1], doc),
        }
    }
}

struct NearScorer {
    candidates: Box<dyn Scorer>,
    inspector: Inspector,
}

impl NearScorer {
    /// Moves on to an article that passes.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.candidates.doc();
            if doc == TERMINATED || self.inspector.passes(doc) {
                return doc;
            }
            if self.inspector.watch.is_over() {
                return self.candidates.seek(TERMINATED);
            }
            self.candidates.advance();
        }
    }
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.candidates.doc() {
            self.candidates.seek(target);
            self.settle();
        }
        self.candidates.doc()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

impl Scorer for NearScorer {
    fn score(&mut self) -> Score {
        self.candidates.score()
    }
}
