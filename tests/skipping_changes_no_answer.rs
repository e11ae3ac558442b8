//! On an index with many blocks: what is skipped could not have been among the best, and nothing is skipped that matches.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fmt::Write as _;

use common::Place;
use dateline::article::Article;
use dateline::backend::{Backend as _, Group, PageRequest};
use dateline::index::{IndexError, Weights, Writer, WriterOptions};
use dateline::ingest::{IngestOptions, Pipeline, ingest};
use dateline::read::Input;
use dateline::snippet::{Matcher, SnippetOptions};

/// The same numbers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Short articles in which some words stand everywhere and some seldom.
fn articles(count: usize) -> Vec<String> {
    const WORDS: [&str; 16] = [
        "the", "of", "said", "port", "ferry", "crew", "fire", "deal", "iran", "Iranian", "dockers", "strike",
        "Anna Lee", "Reuters", "harbour", "talks",
    ];
    let mut dice = Dice(7);
    (0..count)
        .map(|n| {
            let mut body = String::new();
            for _ in 0..5 + dice.below(60) {
                // The first words come often, the last ones seldom.
                let at = dice.below(16).min(dice.below(16)).min(dice.below(16));
                match dice.below(12) {
                    0 => write!(body, "{} ", 10 * (1 + dice.below(60))).unwrap(),
                    1 => body.push_str("\\n"),
                    2 => body.push_str(". The "),
                    _ => write!(body, "{} ", WORDS[usize::try_from(at).unwrap()]).unwrap(),
                }
            }
            let title = WORDS[usize::try_from(dice.below(16)).unwrap()];
            format!("{{\"id\": \"{n}\", \"title\": \"{title} {title}\", \"body\": \"{body}\"}}")
        })
        .collect()
}

const QUERIES: [&str; 30] = [
    "\"the\"",
    "port",
    "\"the of\"",
    "\"of the\"",
    "\"said the port\"",
    "\"the the\"",
    "\"port ferry\"~2",
    "\"the of said\"~4",
    "\"the the\"~3",
    "\"the {number}\"",
    "\"{number} the\"",
    "\"{person} said\"",
    "\"the {number} of\"",
    "\"{number} of {number}\"",
    "\"{number} the {country}\"",
    "\"{number 100..300} the\"",
    "\"the {number >=400} of\"",
    "\"{person lee} the\"~2",
    "title:\"the the\"",
    "title:\"the\" OR \"of {org}\"",
    "\"the\" W/3 \"of\"",
    "port W/10 ferry",
    "ferry PRE/5 crew",
    "\"the\" NOT W/2 \"of\"",
    "port W/S fire",
    "(port OR ferry) W/4 (\"the crew\" OR number:[100 TO 300])",
    "country:Iran W/P strike",
    "ATLEAST5(\"the\")",
    "ATLEAST2(port W/5 \"the\")",
    "\"the\" OR \"of\"^2 OR (port W/3 \"said\")",
];

#[test]
fn the_best_ten_are_the_same_with_and_without_skipping_and_all_that_match_are_found() {
    hold(Weights::default());
}

#[test]
fn so_they_are_whatever_the_words_of_title_and_lead_count() {
    for (title, lead) in [(1, 1), (1, 4), (9, 5)] {
        hold(Weights { title, lead });
    }
}

/// Holds all queries against an index whose words count so.
fn hold(weights: Weights) {
    let place = Place::new();
    let writer = WriterOptions { weights, ..WriterOptions::default() };
    let mut options = IngestOptions { writer, ..IngestOptions::default() };
    for part in articles(1200).chunks(300) {
        let input = Input::reader("part.jsonl", std::io::Cursor::new(part.join("\n")));
        ingest(&place.index(), &[input], &options, &mut ()).unwrap();
        options.writer.weights = Weights::default(); // what comes later goes by what the index says
    }
    let archive = place.archive();
    assert_eq!(archive.backend().reader().weights(), weights);
    let backend = archive.backend();
    let none = SnippetOptions { limit: Some(0), ..SnippetOptions::default() };
    let all: Vec<_> = archive
        .stream("*", &dateline::search::SearchRequest::default())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(all.len(), 1200);
    for query in QUERIES {
        let plan = archive.plan(query).unwrap().root;
        let matcher = Matcher::new(&plan);
        let mut expected: Vec<&str> = all
            .iter()
            .filter(|hit| matcher.matches(&hit.article, &hit.mentions))
            .map(|hit| hit.article.id.as_str())
            .collect();
        expected.sort_unstable();
        assert!(expected.len() >= 10, "{query}: too few to skip any: {}", expected.len());
        let mut found: Vec<String> =
            backend.stream(&plan, &none, Group::None).unwrap().map(|hit| hit.unwrap().article.id).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
        assert_eq!(backend.count(&plan).unwrap(), expected.len() as u64, "{query}");

        // With a count every match is scored; without one, those that cannot be among the best are not looked at.
        let scores = |total: bool| {
            let page = PageRequest { total, snippets: none.clone(), ..PageRequest::default() };
            let hits = backend.search(&plan, &page).unwrap().hits;
            hits.into_iter().map(|hit| (hit.article.id, hit.score)).collect::<Vec<(String, f32)>>()
        };
        let (skipping, scoring) = (scores(false), scores(true));
        assert_eq!(skipping.len(), 10);
        for (a, b) in skipping.iter().zip(&scoring) {
            assert!((a.1 - b.1).abs() < 1e-4, "{weights:?} {query}: {skipping:?} {scoring:?}");
            assert_eq!(a.0, b.0, "{weights:?} {query}: {skipping:?} {scoring:?}");
        }
    }
}

#[test]
fn an_article_whose_words_count_otherwise_is_refused() {
    let place = Place::new();
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    let marked = Pipeline::default()
        .mark_article(Article { body: "The ferry is back.".to_owned(), ..Article::default() });
    let other = Weights { title: 1, lead: 1 };
    let refused = writer.upsert(marked.prepare(other).unwrap());
    assert!(
        matches!(refused, Err(IndexError::Weights { article, index }) if article == other && index == writer.weights())
    );
    writer.upsert(marked.prepare(writer.weights()).unwrap()).unwrap();
}
