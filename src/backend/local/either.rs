//! Any of some plain words, the best alone: the score of every article that can be among them, added up in a table of some
//! thousand articles at a time.
//!
//! A word whose scores, with those of all weaker words, do not suffice for an article to be among the best brings no
//! article in by itself (MaxScore): it is asked about those that the others bring. As the scores to beat rise, one word
//! after the other falls silent; where one alone is left, whole blocks of its list are passed over by the best score
//! in them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{
    Bm25Weight, BooleanQuery, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, TERMINATED, Term};

use super::best::Best;

/// Articles that hold any of some words.
#[derive(Debug, Clone)]
pub(super) struct EitherQuery {
    words: Vec<Term>,
    /// The same as the engine would answer it.
    all: BooleanQuery,
}

impl EitherQuery {
    /// Any of `queries`, if all of them ask for plain words.
    pub(super) fn of(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
        let word = |query: &dyn Query| Some(query.downcast_ref::<TermQuery>()?.term().clone());
        let words: Option<Vec<Term>> = queries.iter().map(|query| word(&**query)).collect();
        let all = BooleanQuery::union(queries);
        match words {
            Some(words) => Box::new(Self { words, all }),
            None => Box::new(all),
        }
    }
}

impl Query for EitherQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let all = self.all.weight(scoring)?;
        let EnableScoring::Enabled { statistics_provider, .. } = scoring else { return Ok(all) };
        let weigh = |word: &Term| {
            let weight = Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(word))?;
            Ok((word.clone(), weight))
        };
        let words = self.words.iter().map(weigh).collect::<tantivy::Result<_>>()?;
        Ok(Box::new(EitherWeight { words, all, best: Best::default() }))
    }
}

struct EitherWeight {
    words: Vec<(Term, Bm25Weight)>,
    all: Box<dyn Weight>,
    best: Best,
}

impl Weight for EitherWeight {
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
        let mut words = Vec::with_capacity(self.words.len());
        for (term, weight) in &self.words {
            words.extend(Word::open(reader, term, weight)?);
        }
        Table::new(words, self.best.beat(threshold))
            .run(&mut |doc, score| self.best.raise(callback(doc, score)));
        Ok(())
    }
}

/// The postings of one word, block by block, and what they score.
struct Word {
    blocks: BlockSegmentPostings,
    /// Where in its block it stands.
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
    /// More than any article scores for it.
    most: Score,
}

/// Scores are added up in any order, so bounds on them are widened by what rounding may do.
const ROUNDING: Score = 1.0 + 16.0 * Score::EPSILON;

impl Word {
    fn open(reader: &SegmentReader, term: &Term, weight: &Bm25Weight) -> tantivy::Result<Option<Self>> {
        let inverted = reader.inverted_index(term.field())?;
        let Some(blocks) = inverted.read_block_postings(term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let norms = reader.fieldnorms_readers().get_field(term.field())?;
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1));
        let most = weight.max_score() * ROUNDING;
        Ok(Some(Self { blocks, at: 0, norms, weight: weight.clone(), most }))
    }

    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Moves to the next block.
    fn next_block(&mut self) {
        self.blocks.advance();
        self.at = 0;
    }

    /// Moves to the first article at `target` or after it, if it stands before it.
    fn seek(&mut self, target: DocId) -> DocId {
        let doc = self.doc();
        if doc >= target {
            return doc;
        }
        // It may stand in this block, or in one that the skips lead to.
        self.at = self.blocks.seek(target);
        self.doc()
    }

    /// What the article scores that it stands at.
    fn score(&self, doc: DocId) -> Score {
        self.weight.score(self.norms.fieldnorm_id(doc), self.blocks.freq(self.at))
    }

    /// Hands over what the articles before `end` score.
    fn each(&mut self, end: DocId, mut take: impl FnMut(DocId, Score)) {
        loop {
            let (docs, freqs) = (self.blocks.docs(), self.blocks.freqs());
            let rest = docs.get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                return;
            }
            let before = rest.partition_point(|doc| *doc < end);
            let freqs = freqs.get(self.at..).unwrap_or_default();
            for (doc, freq) in rest.iter().zip(freqs).take(before) {
                take(*doc, self.weight.score(self.norms.fieldnorm_id(*doc), *freq));
            }
            if before < rest.len() {
                self.at += before;
                return;
            }
            self.next_block();
        }
    }
}

/// Articles of the table.
const WINDOW: u32 = 2048;

/// Adds up what articles score.
struct Table {
    /// The weakest first.
    words: Vec<Word>,
    scores: Vec<Score>,
    least: Score,
}

impl Table {
    fn new(mut words: Vec<Word>, least: Score) -> Self {
        words.sort_by(|a, b| a.most.total_cmp(&b.most));
        Self { words, scores: vec![0.0; WINDOW as usize], least }
    }

    fn run(&mut self, callback: &mut dyn FnMut(DocId, Score) -> Score) {
        loop {
            // The words whose scores together do not suffice.
            let (mut silent, mut rest) = (0, 0.0);
            while let Some(word) = self.words.get(silent) {
                if rest + word.most > self.least {
                    break;
                }
                rest += word.most;
                silent += 1;
            }
            let (silent, leading) = self.words.split_at_mut(silent);
            let mut found = Found { silent, rest, least: &mut self.least, callback };
            let more = match leading {
                [] => false,
                [only] => alone(only, &mut found),
                _ => together(leading, &mut self.scores, &mut found),
            };
            if !more {
                return;
            }
        }
    }
}

/// What becomes of articles that leading words bring.
struct Found<'a> {
    silent: &'a mut [Word],
    /// More than the silent words add to any score.
    rest: Score,
    least: &'a mut Score,
    callback: &'a mut dyn FnMut(DocId, Score) -> Score,
}

impl Found<'_> {
    /// An article and what it scores for the leading words; articles come in order.
    fn take(&mut self, doc: DocId, mut score: Score) {
        let mut rest = self.rest;
        for word in self.silent.iter_mut().rev() {
            if (score + rest) * ROUNDING <= *self.least {
                return;
            }
            rest -= word.most;
            if word.seek(doc) == doc {
                score += word.score(doc);
            }
        }
        if score > *self.least {
            *self.least = (self.callback)(doc, score);
        }
    }

    /// What the leading words have to score, at least.
    fn needed(&self) -> Score {
        if *self.least <= 0.0 { 0.0 } else { (*self.least / ROUNDING - self.rest).max(0.0) }
    }
}

/// Walks through some blocks of one word; whether there are more.
fn alone(word: &mut Word, found: &mut Found<'_>) -> bool {
    for _ in 0..WINDOW / 128 {
        if word.blocks.docs().is_empty() {
            return false;
        }
        let best = word.blocks.block_max_score(&word.norms, &word.weight);
        if best * ROUNDING > found.needed() {
            let mut needed = found.needed();
            let (docs, freqs) = (word.blocks.docs(), word.blocks.freqs());
            for (doc, freq) in docs.iter().zip(freqs).skip(word.at) {
                let score = word.weight.score(word.norms.fieldnorm_id(*doc), *freq);
                if score > needed {
                    found.take(*doc, score);
                    needed = found.needed();
                }
            }
        }
        word.next_block();
    }
    !word.blocks.docs().is_empty()
}

/// Adds up what some words score in the articles of a table; whether there are more.
fn together(words: &mut [Word], scores: &mut [Score], found: &mut Found<'_>) -> bool {
    let start = words.iter().map(Word::doc).min().unwrap_or(TERMINATED);
    if start == TERMINATED {
        return false;
    }
    scores.fill(0.0);
    for word in words {
        word.each(start.saturating_add(WINDOW), |doc, score| {
            if let Some(sum) = scores.get_mut((doc - start) as usize) {
                *sum += score;
            }
        });
    }
    let mut needed = found.needed();
    for (doc, score) in (start..).zip(scores.iter()) {
        // What no word has scores nothing.
        if *score > needed {
            found.take(doc, *score);
            needed = found.needed();
        }
    }
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use tantivy::collector::TopDocs;
    use tantivy::schema::{Field, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Searcher, doc};

    /// Articles with words of very different frequency, made up by a counter.
    fn searcher(articles: u32) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        let mut state = 7u32;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        for _ in 0..articles {
            let mut text = String::new();
            for (word, one_in) in [("oak", 2), ("elm", 3), ("ash", 40), ("yew", 900)] {
                while draw(one_in) == 0 {
                    text.push_str(word);
                    text.push(' ');
                }
            }
            text.push_str(&"fir ".repeat(draw(30) as usize));
            writer.add_document(doc!(field => text)).unwrap();
        }
        writer.commit().unwrap();
        (index.reader().unwrap().searcher(), field)
    }

    #[test]
    fn the_best_are_those_that_the_engine_finds() {
        let (searcher, field) = searcher(20_000);
        let queries = ["oak elm", "oak fir", "ash yew", "yew oak", "fir elm oak", "elm missing", "oak oak"];
        for query in queries {
            let words = || {
                let term =
                    |word| TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
                query.split(' ').map(|word| Box::new(term(word)) as Box<dyn Query>).collect::<Vec<_>>()
            };
            for limit in [1, 10, 300] {
                let best = TopDocs::with_limit(limit).order_by_score();
                let expected = searcher.search(&BooleanQuery::union(words()), &best).unwrap();
                let found = searcher.search(&*EitherQuery::of(words()), &best).unwrap();
                let scores =
                    |all: &[(Score, tantivy::DocAddress)]| all.iter().map(|f| f.0).collect::<Vec<_>>();
                for (a, b) in scores(&found).iter().zip(scores(&expected)) {
                    assert!((a - b).abs() < 1e-4, "{query} {limit}");
                }
                assert_eq!(found.len(), expected.len());
                if words().len() == 2 {
                    assert_eq!(found, expected, "{query} {limit}");
                }
            }
        }
    }
}
