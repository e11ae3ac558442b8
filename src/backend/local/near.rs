//! Rows that hang together: slots in phrases, proximity, `ATLEAST`: query, weight and scorer.
//!
//! Articles are found by leaping through the lists of all rows that must be there; positions are read only where they
//! meet, and [`near`](crate::plan::near) decides. Where only the best articles are asked for, those whose words occur too seldom to be among them
//! are passed over unread.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::filter::{Parts, explain_with_scorer};
use super::mentions::read_at;
use super::rarity::{Rarity, Statistics};
use super::row::{PartSpec, RowReader, RowSpec};
use super::watch::Watch;
use crate::index::{LEAD_WEIGHT, TITLE_WEIGHT, terms};
use crate::plan::near::{Place, Ruler, Shape, occurrences};
use crate::plan::row::Want;
use crate::plan::{Nearness, Scope};

/// Rows that hang together.
#[derive(Debug, Clone)]
pub(super) struct PlacesQuery {
    pub(super) text: Field,
    pub(super) mention: Field,
    pub(super) rows: Vec<RowSpec>,
    pub(super) shape: Shape,
    /// How often they must stand in an article.
    pub(super) at_least: u32,
    pub(super) watch: Watch,
}

impl PlacesQuery {
    fn rarity(&self, shape: &Shape, statistics: &Statistics<'_>) -> tantivy::Result<Rarity> {
        Ok(match shape {
            Shape::Row(number) => {
                let parts: tantivy::Result<Vec<_>> = self.rows[*number]
                    .parts
                    .iter()
                    .map(|part| match part {
                        PartSpec::Word(words) => statistics.word(self.text, words.iter().map(String::as_str)),
                        PartSpec::Slot(tests) => {
                            statistics.word(self.mention, tests.iter().map(|t| t.term.as_str()))
                        }
                    })
                    .collect();
                statistics.all(parts?)
            }
            Shape::Or(children) => {
                let each: tantivy::Result<Vec<_>> =
                    children.iter().map(|child| self.rarity(child, statistics)).collect();
                statistics.any(each?)
            }
            Shape::Near(Nearness::NotWithin(_), sides) => self.rarity(&sides[0], statistics)?,
            Shape::Near(_, sides) => {
                let sides = [self.rarity(&sides[0], statistics)?, self.rarity(&sides[1], statistics)?];
                statistics.all(sides)
            }
        })
    }
}

impl Query for PlacesQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let statistics = Statistics::of(statistics_provider)?;
                Some(statistics.weight(self.text, self.rarity(&self.shape, &statistics)?)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PlacesWeight { query: self.clone(), bm25 }))
    }
}

struct PlacesWeight {
    query: PlacesQuery,
    bm25: Option<Bm25Weight>,
}

impl PlacesWeight {
    fn places_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<PlacesScorer>> {
        let query = &self.query;
        let fields = (query.text, query.mention);
        let opened: tantivy::Result<Vec<_>> =
            query.rows.iter().map(|row| RowReader::open(reader, fields, row)).collect();
        let readers = opened?;
        if !possible(&query.shape, &readers) {
            return Ok(None);
        }
        let inverted = reader.inverted_index(query.mention)?;
        let boundaries = |wanted: bool, term: &str| {
            if !wanted {
                return Ok(None);
            }
            let term = Term::from_field_text(query.mention, term);
            inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)
        };
        let (paragraphs, sentences) = query.shape.needs();
        let scoring = match &self.bm25 {
            Some(bm25) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(query.text)?)),
            None => None,
        };
        let mut scorer = PlacesScorer {
            found: vec![Vec::new(); readers.len()],
            frequency: 0,
            readers,
            shape: query.shape.clone(),
            at_least: query.at_least as usize,
            paragraphs: boundaries(paragraphs, terms::PARAGRAPH)?,
            sentences: boundaries(sentences, terms::SENTENCE)?,
            ruler: Ruler::default(),
            parts: Parts::of(Scope::Text, reader, &query.watch),
            scoring,
            least: 0.0,
            watch: query.watch.clone(),
            ticks: 0,
            doc: 0,
        };
        scorer.settle(0);
        Ok(Some(scorer))
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

impl Weight for PlacesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.places_scorer(reader, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain_with_scorer(self, reader, doc, "places")
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let Some(mut scorer) = self.places_scorer(reader, 1.0)? else { return Ok(()) };
        scorer.least = threshold;
        // The first article was found before the threshold was known.
        while scorer.doc != TERMINATED {
            let score = scorer.score();
            if score > scorer.least {
                scorer.least = callback(scorer.doc, score);
            }
            scorer.advance();
        }
        Ok(())
    }
}

struct PlacesScorer {
    readers: Vec<Option<RowReader>>,
    shape: Shape,
    at_least: usize,
    /// The places of each row in the current article.
    found: Vec<Vec<Place>>,
    /// How much an operator joins in the current article, where that was told already.
    frequency: u32,
    paragraphs: Option<SegmentPostings>,
    sentences: Option<SegmentPostings>,
    ruler: Ruler,
    parts: Parts,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
    /// Articles that cannot score more than this are passed over.
    least: Score,
    watch: Watch,
    ticks: u32,
    doc: DocId,
}

impl PlacesScorer {
    /// Moves to the first match at `target` or after it.
    fn settle(&mut self, target: DocId) -> DocId {
        let mut doc = seek(&self.shape, &mut self.readers, target);
        while doc != TERMINATED {
            if self.watch.tick(&mut self.ticks) {
                doc = TERMINATED;
                break;
            }
            if self.may_score(doc) && self.matches(doc) {
                break;
            }
            doc = seek(&self.shape, &mut self.readers, doc + 1);
        }
        self.doc = doc;
        doc
    }

    /// Whether an article can score enough, as far as its lists tell.
    fn may_score(&self, doc: DocId) -> bool {
        let Some((bm25, norms)) = self.scoring.as_ref().filter(|_| self.least > 0.0) else { return true };
        bm25.score(norms.fieldnorm_id(doc), at_most(&self.shape, &self.readers, doc)) > self.least
    }

    fn matches(&mut self, doc: DocId) -> bool {
        for places in &mut self.found {
            places.clear();
        }
        let plain = matches!(self.shape, Shape::Row(_)) && self.at_least == 1 && self.scoring.is_none();
        let want = if plain { Want::Any } else { Want::Rows };
        let mut fill = Fill { readers: &mut self.readers, found: &mut self.found, parts: &self.parts, want };
        if !fill.fill(&self.shape, doc) {
            return false;
        }
        if matches!(self.shape, Shape::Row(_)) {
            return self.found[0].len() >= self.at_least;
        }
        if let Some(paragraphs) = &mut self.paragraphs {
            read_at(paragraphs, doc, &mut self.ruler.paragraphs);
        }
        if let Some(sentences) = &mut self.sentences {
            read_at(sentences, doc, &mut self.ruler.sentences);
        }
        if self.at_least > 1 {
            return occurrences(&self.shape.places(&self.found, &self.ruler)) >= self.at_least;
        }
        if self.scoring.is_none() {
            return self.shape.any(&self.found, &self.ruler);
        }
        self.frequency = self.weigh(doc);
        self.frequency > 0
    }

    /// How much matched, the title's and the lead's counted as often as single words there are.
    fn frequency(&self) -> u32 {
        let known = self.at_least == 1 && !matches!(self.shape, Shape::Row(_));
        if known { self.frequency } else { self.weigh(self.doc) }
    }

    fn weigh(&self, doc: DocId) -> u32 {
        let (body_start, lead_end) = self.parts.of_article(doc);
        let weight = |place: &Place| match place.last {
            last if last < body_start => TITLE_WEIGHT,
            last if last < lead_end => LEAD_WEIGHT,
            _ => 1,
        };
        self.shape.weigh(&self.found, &self.ruler, &weight)
    }
}

/// How much there can be in an article, as [`Shape::weigh`] counts, as far as the lists tell.
fn at_most(shape: &Shape, readers: &[Option<RowReader>], doc: DocId) -> u32 {
    match shape {
        Shape::Row(number) => readers[*number].as_ref().map_or(0, |row| row.at_most(doc, TITLE_WEIGHT)),
        Shape::Or(children) => {
            children.iter().map(|child| at_most(child, readers, doc)).fold(0, u32::saturating_add)
        }
        Shape::Near(op, sides) => {
            // Places of a nested operator are pairs, of which there may be more than it has words.
            let side = |side: &Shape| match side {
                Shape::Near(..) => u32::MAX,
                Shape::Or(children) if children.iter().any(|c| !matches!(c, Shape::Row(_))) => u32::MAX,
                side => at_most(side, readers, doc),
            };
            match op {
                Nearness::NotWithin(_) => side(&sides[0]),
                _ => side(&sides[0]).min(side(&sides[1])),
            }
        }
    }
}

/// The first article at `target` or after it that holds every row that must be there.
fn seek(shape: &Shape, readers: &mut [Option<RowReader>], target: DocId) -> DocId {
    match shape {
        Shape::Row(number) => readers[*number].as_mut().map_or(TERMINATED, |row| row.seek(target)),
        Shape::Or(children) => {
            children.iter().map(|child| seek(child, readers, target)).min().unwrap_or(TERMINATED)
        }
        Shape::Near(Nearness::NotWithin(_), sides) => seek(&sides[0], readers, target),
        Shape::Near(_, sides) => {
            let mut candidate = target;
            loop {
                let left = seek(&sides[0], readers, candidate);
                let right = seek(&sides[1], readers, left);
                if left == right {
                    return left;
                }
                candidate = right;
            }
        }
    }
}

/// Reads the places of rows in one article.
struct Fill<'a> {
    readers: &'a mut [Option<RowReader>],
    found: &'a mut [Vec<Place>],
    parts: &'a Parts,
    want: Want,
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
                row.places(doc, self.parts, self.want, found);
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

impl DocSet for PlacesScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.settle(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let rows = self.readers.iter().flatten();
        rows.map(RowReader::size_hint).min().unwrap_or(0)
    }
}

impl Scorer for PlacesScorer {
    fn score(&mut self) -> Score {
        match &self.scoring {
            Some((bm25, norms)) => bm25.score(norms.fieldnorm_id(self.doc), self.frequency()),
            None => 1.0,
        }
    }
}
