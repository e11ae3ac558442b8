//! The parts on the hot path, each by itself, on articles made by a seed: `cargo bench`.
//!
//! Every figure is for one article of about 3 kB; making the article and its tokens is left out where the part does not
//! do it. The whole way in and the queries are measured by `dateline bench CORPUS`.

use std::hint::black_box;

use dateline::article::{Article, Mention, Origin, RawArticle};
use dateline::extract::{Options, Text, country, extract, person, quantity};
use dateline::ingest::Pipeline;
use dateline::plan::plan;
use dateline::query::{Limits, parse};
use dateline::snippet::{Highlighter, SnippetOptions};
use dateline::text::{Token, fold_into, inflect, sentences, tokens};
use divan::Bencher;
use divan::counter::BytesCount;

mod generator;

fn main() {
    divan::main();
}

fn article() -> Article {
    generator::articles(1, 7).remove(0)
}

fn cut(text: &str) -> Vec<Token> {
    tokens(text).collect()
}

/// Runs a part on the body and its tokens.
fn on_body(bencher: Bencher<'_, '_>, part: impl Fn(&str, &[Token]) + Sync) {
    let article = article();
    let body = cut(&article.body);
    bencher.counter(BytesCount::of_str(&article.body)).bench(|| part(&article.body, &body));
}

#[divan::bench]
fn tokenise(bencher: Bencher<'_, '_>) {
    on_body(bencher, |text, _| {
        black_box(tokens(text).count());
    });
}

#[divan::bench]
fn tokenise_and_fold(bencher: Bencher<'_, '_>) {
    let mut term = String::new();
    let article = article();
    bencher.counter(BytesCount::of_str(&article.body)).bench_local(|| {
        for token in tokens(&article.body) {
            term.clear();
            fold_into(token.span.of(&article.body), &mut term);
            black_box(&term);
        }
    });
}

#[divan::bench]
fn cut_sentences(bencher: Bencher<'_, '_>) {
    on_body(bencher, |text, _| {
        black_box(sentences(text).count());
    });
}

#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    let article = article();
    let raw = || {
        let mut raw = RawArticle::at(Origin { file: "bench".into(), record: 1, offset: 0 });
        raw.title.clone_from(&article.title);
        raw.body.clone_from(&article.body);
        raw
    };
    bencher
        .counter(BytesCount::of_str(&article.body))
        .with_inputs(raw)
        .bench_values(|raw| dateline::clean::clean(raw, &dateline::clean::Options::default()));
}

#[divan::bench]
fn find_people(bencher: Bencher<'_, '_>) {
    on_body(bencher, |text, tokens| {
        let mut found = Vec::new();
        person::find(&[Text::body(text, tokens)], &mut found);
        black_box(found);
    });
}

#[divan::bench]
fn find_countries(bencher: Bencher<'_, '_>) {
    on_body(bencher, |text, tokens| {
        let mut found = Vec::new();
        country::find(&[Text::body(text, tokens)], &[], &mut found);
        black_box(found);
    });
}

#[divan::bench]
fn find_quantities(bencher: Bencher<'_, '_>) {
    on_body(bencher, |text, tokens| {
        let mut found = Vec::new();
        quantity::find(text, tokens, dateline::article::TextField::Body, &mut found);
        black_box(found);
    });
}

#[divan::bench]
fn analyse_for_the_index(bencher: Bencher<'_, '_>) {
    let article = article();
    let (title, body) = (cut(&article.title), cut(&article.body));
    let texts = [Text::title(&article.title, &title), Text::body(&article.body, &body)];
    let mentions: Vec<Mention> = extract(&texts, &Options::default());
    bencher
        .counter(BytesCount::of_str(&article.body))
        .bench(|| dateline::index::analyse(&article, &title, &body, &mentions));
}

#[divan::bench]
fn parse_and_plan_a_query() {
    let query = "country:US person:Diallo number:[100 TO 500] (\"left the country\"~2 OR storm*)";
    let parsed = parse(black_box(query), &Limits::default()).expect("the query is well formed");
    black_box(plan(&parsed.query).expect("every part of it is answered"));
}

#[divan::bench]
fn inflect_a_word() {
    black_box(inflect::forms(black_box("deported")));
}

#[divan::bench]
fn mark_and_quote_a_hit(bencher: Bencher<'_, '_>) {
    let marked = Pipeline::default().mark_article(article());
    let parsed = parse("country:US number:[100 TO 500] \"left the country\"~2", &Limits::default());
    let query = plan(&parsed.expect("the query is well formed").query).expect("every part of it is answered");
    let highlighter = Highlighter::new(&query.root, &SnippetOptions::default());
    bencher.bench(|| highlighter.highlight(&marked.article, &marked.mentions));
}
