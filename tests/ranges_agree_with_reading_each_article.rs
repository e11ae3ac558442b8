//! Ranges of numbers and days find the articles that reading each of them finds, alone, beside words and excluded, in one segment or several.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::Place;
use dateline::article::{Article, DAY};
use dateline::backend::{Group, PageRequest};
use dateline::index::{Writer, WriterOptions};
use dateline::ingest::Pipeline;
use dateline::search::SearchRequest;
use proptest::prelude::*;

/// An article: its numbers, the day it was published, whether it speaks of ferries, and whether a commit follows.
#[derive(Debug, Clone)]
struct Sent {
    numbers: Vec<u32>,
    day: Option<u8>,
    ferries: bool,
    commit: bool,
}

fn sent() -> impl Strategy<Value = Vec<Sent>> {
    let number = prop_oneof![Just(3u32), Just(40), Just(41), 100u32..130, 5_000u32..5_004];
    let article = (
        prop::collection::vec(number, 0..3),
        prop::option::of(1u8..28),
        prop::bool::weighted(0.7),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(numbers, day, ferries, commit)| Sent { numbers, day, ferries, commit });
    prop::collection::vec(article, 1..60)
}

fn write(articles: &[Sent]) -> Place {
    let place = Place::new();
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    for (n, Sent { numbers, day, ferries, commit }) in articles.iter().enumerate() {
        let mut body = if *ferries { "The ferries left." } else { "The quay was empty." }.to_owned();
        body.extend(numbers.iter().map(|number| format!(" The harbour counted {number} gulls.")));
        let published = day.map(|day| (19_000 + i64::from(day)) * DAY);
        let article = Article { id: format!("a{n}"), body, published, ..Article::default() };
        let prepared = Pipeline::default().mark_article(article).prepare(writer.weights()).unwrap();
        writer.upsert(prepared).unwrap();
        if *commit {
            writer.commit().unwrap();
        }
    }
    writer.finish().unwrap();
    place
}

fn day(number: u8) -> String {
    dateline::article::iso_day(19_000 + i32::from(number))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_range_finds_what_reading_each_article_finds(
        articles in sent(),
        ranges in prop::collection::vec((0u32..5_010, 0u32..5_010), 1..4),
        near in prop::collection::vec((0u32..140, 0u32..140), 1..4),
        days in (1u8..28, 1u8..28),
    ) {
        let place = write(&articles);
        let archive = place.archive();
        let page = PageRequest { group: Group::None, ..PageRequest::default() };
        let each = SearchRequest { page, ..SearchRequest::default() };
        let found = |query: &str| -> BTreeSet<String> {
            let hits = archive.stream(query, &each).unwrap();
            let all: BTreeSet<String> = hits.map(|hit| hit.unwrap().article.id).collect();
            assert_eq!(archive.count(query, &SearchRequest::default()).unwrap(), all.len() as u64, "{query}");
            all
        };
        let read = |holds: &dyn Fn(&Sent) -> bool| -> BTreeSet<String> {
            articles.iter().enumerate().filter(|(_, a)| holds(a)).map(|(n, _)| format!("a{n}")).collect()
        };
        for (one, other) in ranges.into_iter().chain(near) {
            let (lo, hi) = (one.min(other), one.max(other));
            let within = |a: &Sent| a.numbers.iter().any(|n| (lo..=hi).contains(n));
            prop_assert_eq!(found(&format!("number:[{lo} TO {hi}]")), read(&within), "{} to {}", lo, hi);
            let beside = read(&|a| a.ferries && within(a));
            prop_assert_eq!(found(&format!("ferries number:[{lo} TO {hi}]")), beside);
            let without = read(&|a| a.ferries && !within(a));
            prop_assert_eq!(found(&format!("ferries -number:[{lo} TO {hi}]")), without);
            let below = read(&|a| a.numbers.iter().any(|n| *n < lo));
            prop_assert_eq!(found(&format!("number:<{lo}")), below);
            let gulls = read(&within);
            prop_assert_eq!(found(&format!("quantity.gulls:[{lo} TO {hi}] OR number:[{lo} TO {hi}]")), gulls);
        }
        let (from, to) = (days.0.min(days.1), days.0.max(days.1));
        let dated = |a: &Sent| a.day.is_some_and(|day| (from..=to).contains(&day));
        let stretch = format!("published:[{} TO {}]", day(from), day(to));
        prop_assert_eq!(found(&stretch), read(&dated));
        prop_assert_eq!(found(&format!("ferries {stretch}")), read(&|a| a.ferries && dated(a)));
        prop_assert_eq!(found(&format!("ferries -{stretch}")), read(&|a| a.ferries && !dated(a)));
    }
}
