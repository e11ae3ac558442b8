//! What scores, and what only has to be so: of the articles that score enough, one at a time is asked whether it meets
//! the conditions, so that blocks of lists are passed over as they are without conditions.
//!
//! A condition is a query whose matches all score the same: a time, a quantity, a language. What must not match is one,
//! too. Where a condition is met by few articles, these are walked through instead.

use std::sync::Arc;

use tantivy::query::{BooleanWeight, EnableScoring, Explanation, Occur, Query, Scorer, SumCombiner, Weight};
use tantivy::{DocId, DocSet as _, Score, SeekDangerResult, SegmentReader, TERMINATED};

use super::best::Best;

/// Articles that match all of some queries and none of others.
#[derive(Debug)]
pub(super) struct FilteredQuery {
    /// What matches as well as it matches; one or more.
    pub(super) scored: Vec<Box<dyn Query>>,
    /// What matches or does not.
    pub(super) conditions: Vec<Box<dyn Query>>,
    /// What must not match.
    pub(super) none: Vec<Box<dyn Query>>,
}

impl Clone for FilteredQuery {
    fn clone(&self) -> Self {
        let copy = |queries: &[Box<dyn Query>]| queries.iter().map(|query| query.box_clone()).collect();
        Self { scored: copy(&self.scored), conditions: copy(&self.conditions), none: copy(&self.none) }
    }
}

impl Query for FilteredQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let enabled = scoring.is_scoring_enabled();
        let weights = |queries: &[Box<dyn Query>]| {
            let weights = queries.iter().map(|query| Ok(Shared(Arc::from(query.weight(scoring)?))));
            weights.collect::<tantivy::Result<Vec<Shared>>>()
        };
        let (scored, conditions, none) =
            (weights(&self.scored)?, weights(&self.conditions)?, weights(&self.none)?);
        let must = scored.iter().chain(&conditions).map(|weight| (Occur::Must, weight));
        let all = boolean(must.chain(none.iter().map(|weight| (Occur::MustNot, weight))), enabled);
        if !enabled {
            return Ok(Box::new(all));
        }
        let scored = match &scored[..] {
            [only] => Box::new(only.clone()),
            _ => Box::new(boolean(scored.iter().map(|weight| (Occur::Must, weight)), enabled))
                as Box<dyn Weight>,
        };
        Ok(Box::new(FilteredWeight { all, scored, conditions, none, best: Best::default() }))
    }
}

fn boolean<'a>(
    weights: impl Iterator<Item = (Occur, &'a Shared)>,
    enabled: bool,
) -> BooleanWeight<SumCombiner> {
    let weights = weights.map(|(occur, weight)| (occur, Box::new(weight.clone()) as Box<dyn Weight>));
    let combiner = Box::new(SumCombiner::default);
    BooleanWeight::with_minimum_number_should_match(weights.collect(), 0, enabled, combiner)
}

/// A weight that stands in two places.
#[derive(Clone)]
struct Shared(Arc<dyn Weight>);

impl Weight for Shared {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.0.scorer(reader, boost)
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        self.0.scorer_danger(reader, target, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        self.0.for_each_pruning(threshold, reader, callback)
    }
}

struct FilteredWeight {
    /// Everything, as the engine puts it together.
    all: BooleanWeight<SumCombiner>,
    /// What scores, without the conditions.
    scored: Box<dyn Weight>,
    conditions: Vec<Shared>,
    none: Vec<Shared>,
    best: Best,
}

/// Conditions that so many of a segment's articles may meet, in parts of all, are asked about one article at a time.
const FREQUENT: u64 = 16;

impl Weight for FilteredWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.all.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.all.explain(reader, doc)
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.all.count(reader)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let open = |weights: &[Shared]| {
            let opened = weights.iter().map(|weight| Condition::open(weight, reader));
            opened.collect::<tantivy::Result<Vec<_>>>()
        };
        let mut conditions = open(&self.conditions)?;
        let mut least = self.best.beat(threshold);
        if conditions.iter().any(|c| c.scorer.cost().saturating_mul(FREQUENT) < u64::from(reader.max_doc())) {
            let mut scorer = self.all.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED {
                let score = scorer.score();
                if score > least {
                    least = self.best.raise(callback(scorer.doc(), score));
                }
                scorer.advance();
            }
            return Ok(());
        }
        let mut none = open(&self.none)?;
        let constant: Score = conditions.iter_mut().map(|condition| condition.scorer.score()).sum();
        self.scored.for_each_pruning(without(least, constant), reader, &mut |doc, score| {
            let score = score + constant;
            if score > least {
                let meets = conditions.iter_mut().all(|condition| condition.holds(doc))
                    && !none.iter_mut().any(|condition| condition.holds(doc));
                if meets {
                    least = self.best.raise(callback(doc, score));
                } else if conditions.iter().any(Condition::is_over) {
                    return Score::MAX; // nothing scores more: the end
                }
            }
            without(least, constant)
        })
    }
}

/// What a score has to beat before a constant is added to it; a little less, as sums are rounded.
fn without(least: Score, constant: Score) -> Score {
    if least <= 0.0 { Score::MIN } else { least - constant - (least + constant) * (4.0 * Score::EPSILON) }
}

/// A condition, asked about articles in order.
struct Condition {
    scorer: Box<dyn Scorer>,
    /// The last article found to meet it.
    met: Option<DocId>,
    /// No article after that one and before this one does.
    next: DocId,
}

impl Condition {
    fn open(weight: &Shared, reader: &SegmentReader) -> tantivy::Result<Self> {
        let (at_first, scorer) = weight.scorer_danger(reader, 0, 1.0)?;
        Ok(match at_first {
            SeekDangerResult::Found => Self { scorer, met: Some(0), next: 1 },
            SeekDangerResult::SeekLowerBound(next) => Self { scorer, met: None, next },
        })
    }

    fn holds(&mut self, doc: DocId) -> bool {
        if doc < self.next {
            return self.met == Some(doc);
        }
        match self.scorer.seek_danger(doc) {
            SeekDangerResult::Found => {
                (self.met, self.next) = (Some(doc), doc + 1);
                true
            }
            SeekDangerResult::SeekLowerBound(next) => {
                self.next = next;
                false
            }
        }
    }

    /// Whether no article after those asked about meets it.
    fn is_over(&self) -> bool {
        self.next >= TERMINATED
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, ConstScoreQuery, TermQuery};
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Term, doc};

    #[test]
    fn the_best_are_those_that_the_engine_finds() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        let mut state = 3u32;
        for _ in 0..8000 {
            let mut text = String::new();
            for (word, one_in) in [("oak", 2), ("elm", 3), ("ash", 9), ("yew", 500), ("fir", 4)] {
                loop {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    if !(state >> 8).is_multiple_of(one_in) {
                        break;
                    }
                    text = text + word + " ";
                }
            }
            writer.add_document(doc!(field => text)).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let word = |word: &str| {
            let term = Term::from_field_text(field, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
        };
        let condition = |name: &str| Box::new(ConstScoreQuery::new(word(name), 1.5)) as Box<dyn Query>;
        let all = |names: &[&str]| names.iter().map(|name| word(name)).collect::<Vec<_>>();
        for (scored, conditions, none) in [
            (vec!["oak"], vec!["elm"], vec![]),
            (vec!["oak"], vec!["yew"], vec!["ash"]),
            (vec!["oak", "ash"], vec!["fir"], vec!["elm"]),
            (vec!["oak"], vec![], vec!["elm"]),
            (vec!["fir"], vec!["missing"], vec![]),
        ] {
            let conditions: Vec<_> = conditions.iter().map(|name| condition(name)).collect();
            let must = all(&scored).into_iter().chain(conditions.iter().map(|c| c.box_clone()));
            let must = must.map(|query| (Occur::Must, query));
            let not = all(&none).into_iter().map(|query| (Occur::MustNot, query));
            let engine = BooleanQuery::new(must.chain(not).collect());
            let ours = FilteredQuery { scored: all(&scored), conditions, none: all(&none) };
            for limit in [1, 10, 200] {
                let best = TopDocs::with_limit(limit).order_by_score();
                let expected = searcher.search(&engine, &best).unwrap();
                let found = searcher.search(&ours, &best).unwrap();
                assert_eq!(found.len(), expected.len(), "{scored:?} {limit}");
                for (a, b) in found.iter().zip(&expected) {
                    // Three scores add up to sums that differ in their last digit.
                    assert!(a.1 == b.1 && (a.0 - b.0).abs() < 1e-5, "{scored:?} {limit}: {a:?} {b:?}");
                }
            }
        }
    }
}
