//! Every operator of the query language against a naive reading of the text: the same articles, the same marks, the same
//! captures, on random articles and random queries.
//!
//! The naive reading tries every way to place the words of a query and looks at nothing but the text's tokens, its
//! sentences and paragraphs, and the mentions. It shares no code with planning, matching or the index.
//! `PROPTEST_CASES=5000 cargo test --release --test every_operator_means_what_it_says` compares more than 100,000 queries.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "common/naive.rs"]
mod naive;

use std::collections::BTreeSet;

use dateline::article::{
    Article, Kind, Mention, Modifier, Period, Quantity, Reading, Span, TextField, day_number,
};
use dateline::backend::Group;
use dateline::index::{Prepared, Writer, WriterOptions, analyse};
use dateline::search::{Archive, SearchRequest};
use dateline::snippet::{Matcher, SnippetOptions};
use dateline::text::{Token, tokens};
use naive::{Atom, Part, Query, Relation, Shown, Text};
use proptest::prelude::*;

/// Few words, so that they meet often.
const WORDS: [&str; 8] = ["iran", "said", "deal", "deals", "port", "talks", "42", "né"];

fn text(most: usize, gaps: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = (prop::sample::select(&WORDS[..]), prop::sample::select(gaps));
    prop::collection::vec(word, 0..most).prop_map(|parts| {
        let mut text = String::new();
        let mut begins = true;
        for (word, gap) in parts {
            // A sentence begins with a capital, or it would be none.
            let (first, rest) = word.split_at(1);
            text.push_str(&if begins { first.to_uppercase() } else { first.to_owned() });
            text.push_str(rest);
            text.push_str(gap);
            begins = gap != " ";
        }
        text.trim().to_owned()
    })
}

/// Mentions of random kinds and readings on random tokens; those of one kind do not overlap.
fn mentions(text: &str, field: TextField, picks: &[(u8, u8, u8, u8)]) -> Vec<Mention> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut found: Vec<Mention> = Vec::new();
    for (at, length, kind, value) in picks.iter().filter(|_| !tokens.is_empty()) {
        let first = usize::from(*at) % tokens.len();
        let last = (first + usize::from(*length) % 3).min(tokens.len() - 1);
        let span = Span { start: tokens[first].span.start, end: tokens[last].span.end };
        let pick =
            |keys: &'static [&'static str]| Reading::Entity(keys[usize::from(*value) % keys.len()].into());
        let quantity = |unit: Option<&'static str>| {
            let lo = f64::from(*value % 8) * 50.0;
            let hi = if value % 3 == 0 { lo + 60.0 } else { lo };
            Reading::Quantity(Quantity::new(lo, hi, Modifier::Equal, None, unit.map(Into::into)).unwrap())
        };
        let (kind, reading) = match kind % 7 {
            0 => (Kind::Person, pick(&["ann lee", "bo lee", "ann"])),
            1 => (Kind::Country, pick(&["IR", "IQ"])),
            5 => (Kind::Place, pick(&["tehran, IR", "paris, FR", "paris, TX, US", "danube"])),
            2 => (Kind::Org, pick(&["port authority", "un"])),
            3 => (Kind::Number, quantity([None, Some("ship"), Some("people")][usize::from(*value) % 3])),
            4 => {
                let first = day_number(2025, 9, 20).unwrap() + i32::from(*value % 40);
                let days = if value % 3 == 0 { 20 } else { 1 };
                (Kind::Date, Reading::Period(Period::of_days(first, first + days).unwrap()))
            }
            _ => (Kind::Quantity, quantity(Some("kilometre"))),
        };
        let one_line = !span.of(text).contains('\n');
        if one_line && !found.iter().any(|m| m.kind == kind && m.span.overlaps(span)) {
            found.push(Mention { field, span, kind, reading, via: "test".into() });
        }
    }
    found.sort_by_key(|m| m.span);
    found
}

fn article() -> impl Strategy<Value = (Article, Vec<Mention>)> {
    let picks = || prop::collection::vec(any::<(u8, u8, u8, u8)>(), 0..7);
    (text(6, &[" "]), text(28, &[" ", " ", " ", " ", ". ", "\n"]), picks(), picks()).prop_map(
        |(title, body, in_title, in_body)| {
            let mut found = mentions(&title, TextField::Title, &in_title);
            found.extend(mentions(&body, TextField::Body, &in_body));
            (Article { title, body, ..Article::default() }, found)
        },
    )
}

fn mention() -> impl Strategy<Value = naive::Wanted> {
    use naive::Wanted;
    prop_oneof![
        prop::sample::select(
            &[Kind::Person, Kind::Country, Kind::Org, Kind::Place, Kind::Number, Kind::Quantity, Kind::Date]
                [..]
        )
        .prop_map(Wanted::Any),
        (1u32..31, 0u32..9).prop_map(|(day, more)| Wanted::Days(day, (day + more).min(31))),
        prop::sample::select(&["ann lee", "lee", "ann"][..])
            .prop_map(|name| Wanted::Name(Kind::Person, name)),
        prop::sample::select(&["IR", "IQ"][..]).prop_map(|name| Wanted::Name(Kind::Country, name)),
        prop::sample::select(&["paris", "paris, texas", "paris, FR", "paris, US", "danube"][..])
            .prop_map(|name| Wanted::Name(Kind::Place, name)),
        prop::sample::select(&["port", "port authority"][..]).prop_map(|name| Wanted::Name(Kind::Org, name)),
        (0u8..9, 0u8..9)
            .prop_map(|(a, b)| { Wanted::Number(f64::from(a.min(b)) * 50.0, f64::from(a.max(b)) * 50.0) }),
        prop::sample::select(&["people", "ship"][..]).prop_map(Wanted::Counted),
    ]
}

fn atom() -> impl Strategy<Value = Atom> {
    let word = || {
        prop::sample::select(&["iran", "said", "deal", "deals", "port", "talks", "42", "ne", "absent"][..])
    };
    let part = prop_oneof![3 => word().prop_map(Part::Word), 2 => mention().prop_map(Part::Slot)];
    prop_oneof![
        2 => word().prop_map(Atom::Word),
        1 => prop::sample::select(&["deal", "said"][..]).prop_map(Atom::Bare),
        1 => prop::sample::select(&["de", "t", "po"][..]).prop_map(Atom::Prefix),
        2 => mention().prop_map(Atom::Mention),
        1 => prop::sample::select(&["IR", "FR", "US", "*"][..]).prop_map(|code| Atom::Mention(naive::Wanted::Country(code))),
        5 => (prop::sample::select(&[None, None, Some(TextField::Title), Some(TextField::Body)][..]),
              prop::collection::vec(part, 1..4), 0u32..4)
            .prop_map(|(field, parts, slop)| Atom::Phrase { field, parts, slop }),
    ]
}

/// What has places: operands of the proximity operators.
fn placed() -> impl Strategy<Value = Query> {
    let relation = prop_oneof![
        3 => (1u32..12).prop_map(Relation::Within),
        2 => (1u32..12).prop_map(Relation::Before),
        1 => (1u32..6).prop_map(Relation::NotWithin),
        1 => Just(Relation::Sentence),
        1 => Just(Relation::Paragraph),
    ];
    atom().prop_map(Query::Atom).prop_recursive(3, 5, 2, move |inner| {
        prop_oneof![
            3 => (relation.clone(), inner.clone(), inner.clone())
                .prop_map(|(relation, l, r)| Query::Near(relation, Box::new(l), Box::new(r))),
            1 => prop::collection::vec(inner, 2..3).prop_map(Query::Or),
        ]
    })
}

fn query() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![
        4 => placed(),
        1 => (1u32..4, placed()).prop_map(|(n, of)| Query::AtLeast(n, Box::new(of))),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..3).prop_map(Query::And),
            prop::collection::vec(inner.clone(), 2..3).prop_map(Query::Or),
            (inner.clone(), inner).prop_map(|(yes, no)| Query::AndNot(Box::new(yes), Box::new(no))),
        ]
    })
}

fn write(folder: &std::path::Path, articles: &[(Article, Vec<Mention>)]) -> Archive {
    let mut writer =
        Writer::open(folder, &WriterOptions { memory: 15_000_000, ..WriterOptions::default() }).unwrap();
    for (article, mentions) in articles {
        let title: Vec<Token> = tokens(&article.title).collect();
        let body: Vec<Token> = tokens(&article.body).collect();
        let analysed = analyse(article, &title, &body, mentions);
        writer.upsert(Prepared::new(article, mentions, analysed).unwrap()).unwrap();
    }
    writer.finish().unwrap();
    Archive::open(folder).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(32)
    ))]

    #[test]
    fn queries_find_mark_and_capture_what_a_naive_reading_does(
        articles in prop::collection::vec(article(), 1..10),
        queries in prop::collection::vec(query(), 24),
    ) {
        let articles: Vec<_> = articles
            .into_iter()
            .enumerate()
            .map(|(i, (article, mentions))| (Article { id: format!("a{i}"), ..article }, mentions))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let archive = write(folder.path(), &articles);
        let texts: Vec<Text> = articles.iter().map(|(a, m)| Text::read(a, m)).collect();
        for query in &queries {
            let written = query.to_string();
            let plan = archive.plan(&written).unwrap_or_else(|e| panic!("{written}: {e:?}")).root;
            let matcher = Matcher::new(&plan);
            let mut expected = BTreeSet::new();
            for ((article, mentions), text) in articles.iter().zip(&texts) {
                let read = query.read(text);
                let marks = matcher.marks(article, mentions).map(|marks| {
                    marks.into_iter().map(|m| Shown {
                        field: m.field,
                        span: m.span,
                        captures: m.captures.into_iter().map(|c| (c.name, c.span, c.reading)).collect(),
                    }).collect::<BTreeSet<Shown>>()
                });
                prop_assert_eq!(
                    &marks, &read, "{} in {:?} / {:?} with {:?}", written, article.title, article.body,
                    mentions.iter().map(|m| (m.field, m.span, m.kind, m.key())).collect::<Vec<_>>()
                );
                if read.is_some() {
                    expected.insert(article.id.clone());
                }
            }
            let mut request = SearchRequest::default();
            request.page.limit = 100;
            request.page.group = Group::None;
            request.page.snippets = SnippetOptions { limit: None, ..SnippetOptions::default() };
            let answer = archive.search(&written, &request).unwrap();
            let found: BTreeSet<String> = answer.page.hits.iter().map(|h| h.article.id.clone()).collect();
            prop_assert_eq!(&found, &expected, "{}", written);
            prop_assert_eq!(archive.count(&written, &SearchRequest::default()).unwrap(), expected.len() as u64);
            for hit in &answer.page.hits {
                for snippet in &hit.highlights.snippets {
                    prop_assert_eq!(hit.article.body.get(snippet.span.range()), Some(&*snippet.text));
                }
            }
        }
    }
}
