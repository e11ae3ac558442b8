//! The yardstick: BM25 over the stems of title and body in one field, without stop words.

use std::error::Error;

use dateline::article::Article;
use dateline::text::{fold, tokens};
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, Term};

use super::draw::Question;
use super::table::{DEPTH, Ranks, ranks};

/// The words that Lucene's English analyser leaves out; sorted.
const STOP_WORDS: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no",
    "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to",
    "was", "will", "with",
];

/// Whether a folded word is one that says nothing by itself.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// The index of stems.
pub(super) struct Stemmed {
    stemmer: Stemmer,
    reader: IndexReader,
    id: Field,
    text: Field,
}

impl Stemmed {
    /// Indexes the articles in memory.
    pub(super) fn build(articles: &[Article]) -> Result<Self, Box<dyn Error>> {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqs);
        let id = schema.add_text_field("id", STRING | STORED);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 200_000_000)?;
        for article in articles {
            let mut document = TantivyDocument::new();
            document.add_text(id, &article.id);
            let whole = format!("{}\n{}", article.title, article.body);
            let words = tokens(&whole).map(|t| fold(t.span.of(&whole)));
            let stems: Vec<String> =
                words.filter(|w| !is_stop_word(w)).map(|w| stemmer.stem(&w).into_owned()).collect();
            document.add_text(text, stems.join(" "));
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Self { stemmer, reader: index.reader()?, id, text })
    }

    /// Where the wanted articles stand, asked for any and for all words of a question.
    pub(super) fn ranks(&self, question: &Question) -> Result<[Ranks; 2], Box<dyn Error>> {
        let words = question.words.iter().filter(|w| !is_stop_word(w));
        let queries: Vec<Box<dyn Query>> = words
            .map(|word| {
                let term = Term::from_field_text(self.text, &self.stemmer.stem(word));
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
            })
            .collect();
        let copied = queries.iter().map(|q| q.box_clone()).collect();
        Ok([
            self.asked(&BooleanQuery::union(copied), question)?,
            self.asked(&BooleanQuery::intersection(queries), question)?,
        ])
    }

    fn asked(&self, query: &dyn Query, question: &Question) -> Result<Ranks, Box<dyn Error>> {
        let searcher = self.reader.searcher();
        let mut ids = Vec::new();
        for (_, at) in searcher.search(query, &TopDocs::with_limit(DEPTH).order_by_score())? {
            let document: TantivyDocument = searcher.doc(at)?;
            ids.extend(document.get_first(self.id).and_then(|v| v.as_str()).map(str::to_owned));
        }
        Ok(ranks(ids.iter().map(String::as_str), &question.wanted))
    }
}
