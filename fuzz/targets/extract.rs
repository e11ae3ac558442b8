//! What holds for every text that is taken for an article: it is cleaned, and what is found in it has its place. The fuzzer
//! makes texts up (`cargo xtask fuzz`); the tests hold the same against the seeds.

use std::collections::BTreeMap;

use dateline::article::{Article, Kind, Mention, Origin, RawArticle, TextField};
use dateline::index::Weights;
use dateline::ingest::{Marked, Pipeline};

/// Reads `bytes` as a title and the paragraphs under it, cleans and marks them and makes them ready for an index, and
/// marks them again as they are; panics where something does not hold. A bar ends a line, so that a seed is one line.
pub(crate) fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace('|', "\n");
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    let pipeline = Pipeline::default();
    let origin = Origin { file: "made up".into(), record: 1, offset: 0 };
    let raw = RawArticle { title: title.to_owned(), body: body.to_owned(), ..RawArticle::at(origin) };
    says_the_same_again(&pipeline, &pipeline.mark(raw));
    let article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
    says_the_same_again(&pipeline, &pipeline.mark_article(article));
}

fn says_the_same_again(pipeline: &Pipeline, marked: &Marked) {
    have_their_places(&marked.article, &marked.mentions);
    let again = pipeline.mark_article(marked.article.clone());
    assert_eq!(again.mentions, marked.mentions, "marked twice");
    assert!(marked.prepare(Weights::default()).is_ok(), "it cannot be indexed");
}

/// Mentions lie on characters of their texts, in order; those of one kind apart from each other.
fn have_their_places(article: &Article, mentions: &[Mention]) {
    assert!(mentions.is_sorted_by_key(|m| (m.field, m.span.start, m.span.end)), "{mentions:?}");
    let mut ends: BTreeMap<(TextField, Kind), u32> = BTreeMap::new();
    for mention in mentions {
        let named = article.text(mention.field).get(mention.span.range());
        assert!(named.is_some_and(|text| !text.is_empty()), "{mention:?}");
        let end = ends.entry((mention.field, mention.kind)).or_default();
        assert!(*end <= mention.span.start, "{mention:?} begins before {end}, where the one before it ends");
        *end = mention.span.end;
    }
}
