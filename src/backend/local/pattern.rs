//! Words in a row, each of one or several terms: query, weight and scorer.
//!
//! Our own, because tantivy's phrases keep slop in eight bits, match one occurrence of a word asked for twice, and know
//! no alternatives. Articles are found by leaping through the lists of all elements, the rarest first; positions are
//! read only where all of them meet, and [`phrase`] decides.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::best::{Best, Pruning, boxed};
use super::filter::{Parts, explain_with_scorer};
use super::forms::FormsScorer;
use super::in_row::InRow;
use super::list::{Form, List, postings};
use super::rarity::Statistics;
use super::watch::Watch;
use crate::index::{Weights, may_share};
use crate::plan::{Scope, phrase};

/// Words in a row.
#[derive(Debug, Clone)]
pub(super) struct PatternQuery {
    /// The field of words, whose lengths scores are held against.
    pub(super) text: Field,
    /// What has to stand in a row.
    pub(super) items: Vec<Item>,
    /// The fields and terms of the parts asked for, which make a match as rare as it is.
    pub(super) parts: Vec<(Field, Vec<Form>)>,
    /// As [`phrase`] says.
    pub(super) slop: u32,
    /// The part of the article that they must stand in.
    pub(super) scope: Scope,
    /// How words count by where they stand.
    pub(super) weights: Weights,
    pub(super) watch: Watch,
}

/// One list of a row: a word, or the link of a slot to the word beside it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) field: Field,
    /// Any of these terms.
    pub(super) terms: Vec<Form>,
    /// How many positions before the end of the row it stands.
    pub(super) ahead: u32,
    /// What one position of it may count for: 1 where the list repeats positions by what they count.
    pub(super) weight: u32,
}

impl PatternQuery {
    /// Words of one field in a row.
    pub(super) fn words(
        field: Field,
        text: Field,
        elements: Vec<Vec<Form>>,
        (slop, scope): (u32, Scope),
        weights: Weights,
        watch: Watch,
    ) -> Self {
        let count = u32::try_from(elements.len()).unwrap_or(u32::MAX);
        let parts = elements.iter().map(|terms| (field, terms.clone())).collect();
        let item = |(terms, n): (Vec<Form>, u32)| Item { field, terms, ahead: count - 1 - n, weight: 1 };
        let items = elements.into_iter().zip(0..).map(item).collect();
        Self { text, items, parts, slop, scope, weights, watch }
    }

    /// Whether an article has to be looked into beyond its lists.
    fn needs_positions(&self) -> bool {
        self.items.len() > 1 || self.scope.is_part()
    }

    /// Whether two items may ask for one and the same word.
    fn repeats(&self) -> bool {
        // A word that an apostrophe joins to something has two terms, see `text::Joined`; two words run together have three.
        let holds =
            |a: &str, b: &str| a.split_once('\'').is_some_and(|(first, last)| b == first || b == last);
        let one = |a: &str, b: &str| a == b || holds(a, b) || holds(b, a) || may_share(a, b);
        let shared =
            |a: &Item, b: &Item| a.terms.iter().any(|a| b.terms.iter().any(|b| one(&a.term, &b.term)));
        self.items.iter().enumerate().any(|(i, a)| self.items.iter().skip(i + 1).any(|b| shared(a, b)))
    }
}

impl Query for PatternQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                // Parts score together: the sum of their rarities, on how often all of them meet.
                let statistics = Statistics::of(statistics_provider)?;
                let parts = self.parts.iter().map(|(field, forms)| statistics.forms(*field, forms));
                let parts: tantivy::Result<Vec<_>> = parts.collect();
                Some(statistics.weight(self.text, statistics.all(parts?))?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PatternWeight {
            query: self.clone(),
            repeats: self.repeats(),
            bm25,
            best: Best::default(),
        }))
    }
}

struct PatternWeight {
    query: PatternQuery,
    repeats: bool,
    bm25: Option<Bm25Weight>,
    best: Best,
}

impl PatternWeight {
    fn pattern_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<PatternScorer>> {
        let positions = self.query.needs_positions();
        let option =
            if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let mut lists = Vec::with_capacity(self.query.items.len());
        for item in &self.query.items {
            match List::open(reader, item.field, &item.terms, option)? {
                Some(list) => lists.push(list),
                None => return Ok(None),
            }
        }
        let mut order: Vec<usize> = (0..lists.len()).collect();
        order.sort_by_key(|i| lists[*i].size_hint());
        let scoring = self.scoring(reader, boost)?;
        let in_row = positions && self.query.slop == 0;
        let mut scorer = PatternScorer {
            positions: if positions && !in_row { vec![Vec::new(); lists.len()] } else { Vec::new() },
            in_row: in_row.then(|| InRow::of(&self.query.items, &order)),
            weights: self.query.items.iter().map(|item| item.weight).collect(),
            lists,
            order,
            slop: self.query.slop,
            repeats: self.repeats,
            parts: Parts::of(self.query.scope, self.query.weights, reader, &self.query.watch),
            found: Vec::new(),
            scoring,
            least: 0.0,
            watch: self.query.watch.clone(),
            ticks: 0,
            doc: 0,
        };
        let first = scorer.lists[scorer.order[0]].doc();
        scorer.find_from(first);
        Ok(Some(scorer))
    }
}

impl PatternWeight {
    /// Words of several forms that may stand anywhere; `None` for everything else.
    fn forms_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<FormsScorer>> {
        let [Item { field, terms, .. }] = &self.query.items[..] else { return Ok(None) };
        if self.query.needs_positions() {
            return Ok(None);
        }
        let postings = postings(reader, *field, terms, IndexRecordOption::WithFreqs)?;
        let scoring = self.scoring(reader, boost)?;
        Ok(Some(FormsScorer::new(postings, scoring, &self.query.watch)))
    }

    fn scoring(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<(Bm25Weight, FieldNormReader)>> {
        let Some(bm25) = &self.bm25 else { return Ok(None) };
        Ok(Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(self.query.text)?)))
    }
}

impl Weight for PatternWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if let Some(scorer) = self.forms_scorer(reader, boost)? {
            return Ok(Box::new(scorer));
        }
        Ok(boxed(self.pattern_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let terms = |item: &Item| item.terms.iter().map(|form| &*form.term).collect::<Vec<_>>().join("|");
        let words: Vec<String> = self.query.items.iter().map(terms).collect();
        explain_with_scorer(self, reader, doc, &format!("words {}", words.join(" ")))
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        match self.forms_scorer(reader, 1.0)? {
            Some(scorer) => self.best.prune(Some(scorer), threshold, callback),
            None => self.best.prune(self.pattern_scorer(reader, 1.0)?, threshold, callback),
        }
        Ok(())
    }
}

struct PatternScorer {
    lists: Vec<List>,
    /// The elements, the rarest first.
    order: Vec<usize>,
    /// Of words that need not stand side by side; empty for others, and where lists alone decide.
    positions: Vec<Vec<u32>>,
    /// Of words that must.
    in_row: Option<InRow>,
    /// What one position of each list may count for.
    weights: Vec<u32>,
    slop: u32,
    repeats: bool,
    parts: Parts,
    found: Vec<phrase::Match>,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
    /// Articles that cannot score more than this are passed over.
    least: Score,
    watch: Watch,
    ticks: u32,
    doc: DocId,
}

impl PatternScorer {
    /// Moves to the first match at `candidate` or after it; `candidate` is where the rarest list stands.
    fn find_from(&mut self, mut candidate: DocId) -> DocId {
        'next: while candidate != TERMINATED {
            for which in &self.order {
                let doc = self.lists[*which].seek(candidate);
                if doc != candidate {
                    candidate = doc;
                    continue 'next;
                }
            }
            // With slop, one article may be much work where there are more than two words.
            let long = self.slop > 0 && self.lists.len() > 2;
            let over = if long { self.watch.look() } else { self.watch.tick(&mut self.ticks) };
            if over {
                candidate = TERMINATED;
                break;
            }
            if self.may_score(candidate) && self.matches(candidate) {
                break;
            }
            candidate = self.lists[self.order[0]].advance();
        }
        self.doc = candidate;
        candidate
    }

    /// Whether an article can score enough, as far as its lists tell without their positions.
    fn may_score(&self, doc: DocId) -> bool {
        let Some((bm25, norms)) = self.scoring.as_ref().filter(|_| self.least > 0.0) else { return true };
        let each = self
            .lists
            .iter()
            .zip(&self.weights)
            .map(|(list, weight)| list.term_freq().saturating_mul(*weight));
        let most = match self.slop {
            0 if self.lists.len() > 1 => each.min().unwrap_or(0),
            // Two words that may not change places: of rows with one of them in common, one holds the other.
            1 if self.lists.len() == 2 && !self.repeats => each.min().unwrap_or(0),
            // Of two words, one may stand in the row that ends with it and in the one that begins with it.
            1.. if self.lists.len() == 2 => each.min().unwrap_or(0).saturating_mul(2),
            _ => each.fold(0, u32::saturating_add), // rows may share words
        };
        bm25.score(norms.fieldnorm_id(doc), most) > self.least
    }

    /// Whether the words stand in a row in the article at which all lists stand.
    fn matches(&mut self, doc: DocId) -> bool {
        if let Some(in_row) = &mut self.in_row {
            return in_row.read(&mut self.lists, &self.parts, doc);
        }
        if self.positions.is_empty() {
            return true;
        }
        for (n, which) in self.order.iter().enumerate() {
            let positions = &mut self.positions[*which];
            if self.repeats || self.order.len() > 2 {
                self.lists[*which].positions(positions);
            } else {
                self.lists[*which].positions_moved(0, positions); // what stands twice is found twice, and kept once
            }
            self.parts.keep(doc, positions);
            if positions.is_empty() {
                return false;
            }
            // Mostly the two rarest words are nowhere near each other.
            if n == 1
                && self.order.len() > 2
                && !phrase::pair_fits(&self.positions, self.order[0], *which, self.slop)
            {
                return false;
            }
        }
        self.found.clear();
        let any = self.scoring.is_none();
        phrase::matches(&self.positions, self.slop, self.repeats, any, &mut self.found);
        !self.found.is_empty()
    }

    /// How often the words stand in a row, the title's and the lead's counted as often as single words there are.
    fn frequency(&self) -> u32 {
        if let Some(in_row) = &self.in_row {
            return in_row.frequency();
        }
        if self.positions.is_empty() {
            return self.lists.iter().map(List::term_freq).sum();
        }
        self.parts.weigh(self.doc, self.found.iter().map(|found| found.last))
    }
}

impl DocSet for PatternScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.lists[self.order[0]].advance();
        self.find_from(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        let next = self.lists[self.order[0]].seek(target);
        self.find_from(next)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists[self.order[0]].size_hint() / u32::try_from(self.lists.len()).unwrap_or(1)
    }
}

impl Scorer for PatternScorer {
    fn score(&mut self) -> Score {
        match &self.scoring {
            Some((bm25, norms)) => bm25.score(norms.fieldnorm_id(self.doc), self.frequency()),
            None => 1.0,
        }
    }
}

impl Pruning for PatternScorer {
    fn must_beat(&mut self, score: Score) {
        self.least = score;
    }
}
