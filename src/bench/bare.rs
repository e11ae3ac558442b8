//! Bare tantivy's index of the same articles: what the engine below costs without anything of ours.
//!
//! One field of words with positions, cut by tantivy's default tokenizer, over title and body as dateline has cleaned
//! them; the text stored in zst; the time of publication and the numbers that were found as columns. Written with the
//! threads, memory and merge policy of our writer.

use std::ops::Bound;
use std::path::Path;

use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TEXT};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::draw::{BareQuery, unquoted};
use super::meter::Meter;
use super::{BenchError, Peer};
use crate::article::Kind;
use crate::backend::Hit;
use crate::index::{IndexError, WriterOptions};
use crate::search::{Archive, SearchError};

/// What indexing the same articles cost there, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BareIndex {
    /// Articles indexed.
    pub articles: u64,
    /// CPU seconds of all threads, the reading and cleaning of articles left out.
    pub cpu_seconds: f64,
    /// Megabytes of text a second of CPU.
    pub mb_per_cpu_second: f64,
    /// dateline's megabytes of text a second of CPU, reading, cleaning and extraction included, by this one's.
    pub indexing_ratio: f64,
    /// Segments of the index.
    pub segments: usize,
    /// Bytes of the index.
    pub index_bytes: u64,
    /// Bytes of the index by bytes of text.
    pub index_by_text: f64,
}

/// The index, open for questions.
pub(super) struct Bare {
    searcher: Searcher,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    text: Field,
    published: Field,
    number: Field,
}

/// Indexes the articles of `archive` at `path`; `whole_mb_per_cpu` is what dateline's own indexing came to.
pub(super) fn build(
    archive: &Archive,
    path: &Path,
    whole_mb_per_cpu: f64,
    against: Peer,
) -> Result<(Bare, BareIndex), BenchError> {
    std::fs::create_dir_all(path)?;
    let mut schema = Schema::builder();
    let fields = Fields {
        text: schema.add_text_field("text", TEXT | STORED),
        published: schema.add_i64_field("published", FAST),
        number: schema.add_f64_field("number", FAST),
    };
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(1) }),
        ..IndexSettings::default()
    };
    let index = Index::builder()
        .schema(schema.build())
        .settings(settings)
        .create_in_dir(path)
        .map_err(IndexError::from)?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let writer_options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(WriterOptions::default().memory / threads)
        .num_merge_threads(1)
        .build();
    // Articles are taken out of our index on this thread, whose time is left out but for handing them over.
    let clock = Meter::start();
    let mut taking_out = 0.0;
    let mut text_bytes = 0;
    let mut writer: IndexWriter = index.writer_with_options(writer_options).map_err(IndexError::from)?;
    writer.set_merge_policy(Box::new(LogMergePolicy::default()));
    let mut hits = archive.stream("*", &unquoted())?;
    loop {
        let taking = Meter::start();
        let hit = hits.next().transpose().map_err(SearchError::from)?;
        let document = hit.map(|hit| document(fields, &hit, &mut text_bytes));
        taking_out += taking.thread().as_secs_f64();
        let Some(document) = document else { break };
        writer.add_document(document).map_err(IndexError::from)?;
    }
    writer.commit().map_err(IndexError::from)?;
    writer.wait_merging_threads().map_err(IndexError::from)?;
    let cpu_seconds = (clock.process().as_secs_f64() - taking_out).max(1e-9);
    if against == Peer::Merged {
        merge(&index)?;
    }

    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let searcher = tantivy::IndexReader::searcher(&reader.map_err(IndexError::from)?);
    let space = searcher.space_usage()?;
    let index_bytes = space.total().get_bytes();
    let mb_per_cpu_second = text_bytes as f64 / 1e6 / cpu_seconds;
    let built = BareIndex {
        articles: searcher.num_docs(),
        cpu_seconds,
        mb_per_cpu_second,
        indexing_ratio: whole_mb_per_cpu / mb_per_cpu_second,
        segments: searcher.segment_readers().len(),
        index_bytes,
        index_by_text: index_bytes as f64 / (text_bytes.max(1)) as f64,
    };
    Ok((Bare { searcher, fields }, built))
}

/// Puts all segments into one.
fn merge(index: &Index) -> Result<(), IndexError> {
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WriterOptions::default().memory)?;
        writer.merge(&segments).wait()?;
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
    }
    Ok(())
}

fn document(fields: Fields, hit: &Hit, text_bytes: &mut usize) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    *text_bytes += hit.article.title.len() + hit.article.body.len();
    document.add_text(fields.text, format!("{}\n{}", hit.article.title, hit.article.body));
    if let Some(published) = hit.article.published {
        document.add_i64(fields.published, published);
    }
    for quantity in hit.mentions.iter().filter(|m| m.kind == Kind::Number).filter_map(|m| m.quantity()) {
        document.add_f64(fields.number, quantity.lo);
        if quantity.hi > quantity.lo {
            document.add_f64(fields.number, quantity.hi);
        }
    }
    document
}

impl Bare {
    /// Finds the ten best.
    pub(super) fn find(&self, question: &BareQuery) -> Result<(), BenchError> {
        let best = TopDocs::with_limit(10).order_by_score();
        std::hint::black_box(self.searcher.search(&*self.query(question), &best).map_err(IndexError::from)?);
        Ok(())
    }

    /// Counts all matches.
    pub(super) fn count(&self, question: &BareQuery) -> Result<u64, BenchError> {
        let count = self.searcher.search(&*self.query(question), &Count).map_err(IndexError::from)?;
        Ok(count as u64)
    }

    fn query(&self, question: &BareQuery) -> Box<dyn Query> {
        let Fields { published, number, .. } = self.fields;
        match question {
            BareQuery::Term(word) => self.word(word),
            BareQuery::And(words) => Box::new(BooleanQuery::intersection(self.words(words))),
            BareQuery::Or(words) => Box::new(BooleanQuery::union(self.words(words))),
            BareQuery::Phrase { words, slop } => {
                if let [only] = &words[..] {
                    return self.word(only);
                }
                let mut phrase = PhraseQuery::new(words.iter().map(|w| self.term(w)).collect());
                phrase.set_slop(*slop);
                Box::new(phrase)
            }
            BareQuery::Numbers { word, lo, hi } => {
                let bound = |value| Bound::Included(Term::from_field_f64(number, value));
                self.both(word, RangeQuery::new(bound(*lo), bound(*hi)))
            }
            BareQuery::Since { word, from } => {
                let from = Bound::Included(Term::from_field_i64(published, *from));
                self.both(word, RangeQuery::new(from, Bound::Unbounded))
            }
        }
    }

    fn both(&self, word: &str, range: RangeQuery) -> Box<dyn Query> {
        Box::new(BooleanQuery::intersection(vec![self.word(word), Box::new(range)]))
    }

    fn words(&self, words: &[String]) -> Vec<Box<dyn Query>> {
        words.iter().map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(self.term(word), IndexRecordOption::WithFreqs))
    }

    fn term(&self, word: &str) -> Term {
        Term::from_field_text(self.fields.text, word)
    }
}
