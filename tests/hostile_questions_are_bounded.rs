//! Queries and files made to hurt are answered or refused quickly, with a message.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::Place;
use dateline::backend::{BackendError, Group, PageRequest, unless_gone};
use dateline::search::SearchRequest;

/// Runs a search and says how long it took.
fn timed(place: &Place, query: &str) -> (common::Ran, Duration) {
    let started = Instant::now();
    let ran = place.run(&["search", "--", query]);
    (ran, started.elapsed())
}

#[test]
fn repeated_words_with_slop_wildcards_and_nesting_end_within_seconds() {
    let the = "the ".repeat(2000);
    let letters: Vec<char> = ('a'..='z').collect();
    let vocabulary: Vec<String> = (0..20_000).map(|n| format!("{}{n}", letters[n % 26])).collect();
    let vocabulary = vocabulary.join(" ");
    let place = Place::with(&[
        &format!("{{\"id\": \"the\", \"body\": \"{the}\"}}"),
        &format!("{{\"id\": \"all\", \"body\": \"{vocabulary}\"}}"),
    ]);
    let wildcards =
        (b'a'..=b'z').cycle().take(250).map(|c| format!("{}*", char::from(c))).collect::<Vec<_>>();
    for (query, codes) in [
        (format!("\"{}\"~15", the.split(' ').take(16).collect::<Vec<_>>().join(" ")), &[0][..]),
        (format!("\"{}\"~15", the.split(' ').take(64).collect::<Vec<_>>().join(" ")), &[2]),
        (wildcards.join(" OR "), &[2]),
        (format!("title:({})", wildcards.join(" OR ")), &[2]),
        ("(".repeat(5000), &[2]),
        (format!("{}a{}", "(".repeat(5000), ")".repeat(5000)), &[2]),
        ("a ".repeat(4000), &[2]),
        ("x".repeat(100_000), &[2]),
        (format!("\"{}\"", "a ".repeat(60)), &[1]),
        ("\u{202e}\u{1b}[31m \"".to_owned(), &[2]),
    ] {
        let (ran, time) = timed(&place, &query);
        let shown: String = query.chars().take(30).collect();
        assert!(
            codes.contains(&ran.code),
            "{shown}: {} {}",
            ran.code,
            ran.err.chars().take(300).collect::<String>()
        );
        assert!(time < Duration::from_secs(10), "{shown}: {time:?} in a build without optimisation");
        assert!(ran.code != 2 || ran.err.contains("error"), "{shown}: {}", ran.err);
    }
}

#[test]
fn the_pattern_that_goes_beyond_the_limit_is_pointed_at() {
    let vocabulary: Vec<String> = (0..1500).map(|n| format!("a{n} b{n}")).collect();
    let place = Place::with(&[&format!("{{\"id\": \"all\", \"body\": \"{}\"}}", vocabulary.join(" "))]);
    for args in [&["search"][..], &["count"], &["search", "--all"], &["explain"]] {
        let ran = place.run(&[args, &["ship OR title:(a* OR b?*) OR b1~1"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.err, @"
            error[limit]: with this one, wildcards stand for more than 2048 words
              ship OR title:(a* OR b?*) OR b1~1
                                   ^^^
              help: add letters to them, or ask several queries
            ");
        }
    }
}

/// `count` operands, each joined to those before it.
fn chain(operand: &str, operator: &str, count: usize) -> String {
    vec![operand; count].join(&format!(" {operator} "))
}

/// `depth` operators, each inside the next.
fn nest(operand: &str, operator: &str, depth: usize) -> String {
    (0..depth).fold(operand.to_owned(), |inner, _| format!("({inner}) {operator} {operand}"))
}

/// Asks each query, which is answered or refused with a message, in time.
fn are_bounded(place: &Place, queries: &[String]) {
    for query in queries {
        let (ran, time) = timed(place, query);
        let shown: String = query.chars().take(60).collect();
        let said: String = ran.err.chars().take(300).collect();
        assert!((0..=2).contains(&ran.code), "{shown}: {} {said}", ran.code);
        assert!(ran.code != 2 || ran.err.contains("error"), "{shown}: {said}");
        assert!(time < Duration::from_secs(10), "{shown}: {time:?} in a build without optimisation");
    }
}

#[test]
fn words_near_each_other_in_a_text_of_one_word_end_within_seconds() {
    // No paragraph, no sentence ends: all of it is near.
    let the = "the ".repeat(2000);
    let place = Place::with(&[&format!("{{\"id\": \"the\", \"body\": \"{the}\"}}")]);
    let pairs = |joined: &str| vec!["(the W/255 the) W/1 the"; 20].join(joined);
    are_bounded(
        &place,
        &[
            nest("the", "W/255", 8),
            nest("the", "W/S", 8),
            nest("the", "PRE/255", 30),
            nest("the", "W/P", 40), // too deep
            nest("the", "NOT W/3", 8),
            format!("the NOT W/5 ({})", nest("the", "W/255", 6)),
            format!("({}) NOT W/255 ({})", nest("the", "W/9", 4), nest("the", "W/S", 4)),
            chain("the", "W/255", 30),
            chain("the", "W/255", 256),
            chain("(the OR th*)", "W/255", 14),
            pairs(" OR "),
            pairs(" "),
            chain("(the W/1 the)", "OR", 30),
            format!("({}) W/5 the", chain("the", "OR", 255)),
            format!("ATLEAST5({})", chain("the", "OR", 255)),
            format!("ATLEAST3({})", nest("the", "W/255", 8)),
            format!("ATLEAST1000({})", chain("(the W/9 the)", "OR", 100)),
            format!("ATLEAST9((th* OR t* OR t?e OR the~1) W/255 ({}))", chain("t*", "OR", 200)),
            vec![format!("\"{}\"~15", "the ".repeat(16).trim()); 4].join(" OR "),
            vec![format!("\"{}\"~15", "the ".repeat(16).trim()); 100].join(" OR "), // too many
            vec![format!("\"{}\"~15", "the ".repeat(16).trim()); 4].join(" W/9 "),
        ],
    );
}

#[test]
fn slots_in_a_text_full_of_mentions_end_within_seconds() {
    let numbers = "400 ".repeat(2000);
    let names = "Mr Smith of Iran met 400 people, Siemens AG lost $5 million or 8%, 5 km away. ".repeat(120);
    let place = Place::with(&[
        &format!("{{\"id\": \"numbers\", \"body\": \"{numbers}\"}}"),
        &format!("{{\"id\": \"names\", \"body\": \"{names}\"}}"),
    ]);
    let slots = |slot: &str, count: usize| vec![slot; count].join(" ");
    let eight = slots("{number}", 8);
    let mixed = "{person} {country} {number} {org} {money} {percent} {quantity} {number}";
    are_bounded(
        &place,
        &[
            format!("\"{eight}\""),
            format!("\"{eight}\"~15"),
            format!("\"{}\"~15", slots("{number}", 9)), // one too many
            format!("\"{mixed}\"~15"),
            vec![format!("\"{eight}\"~15"); 100].join(" OR "), // too many
            vec![format!("\"{eight}\"~15"); 4].join(" OR "),
            vec![format!("\"{eight}\"~15"); 4].join(" W/255 "),
            format!("ATLEAST3({})", vec![format!("\"{mixed}\"~15"); 8].join(" OR ")),
            ["\"{number} {number}\"~15"; 8].join(" OR "),
            chain("number:*", "W/255", 30),
            nest("number:*", "NOT W/2", 20),
            nest("(person:* OR number:*)", "W/S", 10),
            format!("ATLEAST9({})", chain("number:*", "OR", 256)),
            vec!["number:*"; 256].join(" OR "),
            "\"{who=person} met {number people}\"~9 W/P \"{org} lost {money}\"~9".to_owned(),
        ],
    );
}

#[test]
fn a_line_of_megabytes_is_indexed_and_quoted_in_linear_time() {
    let body = "Mr Smith said 400 people in Iran lost $5 million. ".repeat(20_000);
    let started = Instant::now();
    let place = Place::with(&[&format!("{{\"id\": \"a\", \"body\": \"{body}\"}}")]);
    let ran = place.run(&["search", "--snippets", "all", "--format", "jsonl", "iran \"lost 5\""]);
    assert_eq!(ran.code, 0);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn a_changed_byte_in_a_stored_article_is_damage_and_not_another_text() {
    let place =
        Place::with(&["{\"id\": \"a\", \"body\": \"The ferry is back in the harbour after a week.\"}"]);
    let segments = place.index().join("segments");
    let store = std::fs::read_dir(&segments).unwrap().map(|e| e.unwrap().path());
    let store = store.into_iter().find(|p| p.extension().is_some_and(|e| e == "store")).unwrap();
    let whole = std::fs::read(&store).unwrap();
    let mut caught = 0;
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        std::fs::write(&store, &bytes).unwrap();
        let ran = place.run(&["search", "--format", "jsonl", "ferry"]);
        if ran.code == 0 {
            assert!(
                ran.out.contains("The ferry is back in the harbour after a week."),
                "byte {at}: {}",
                ran.out
            );
        } else {
            assert!(ran.code == 4 && ran.err.contains("damaged"), "byte {at}: {ran:?}");
            caught += 1;
        }
    }
    assert!(caught > 10, "{caught} of {}", whole.len() / 3);
}

#[test]
fn a_question_that_nobody_waits_for_is_given_up() {
    let lines: Vec<String> = (0..100)
        .map(|n| format!(r#"{{"id": "a{n}", "title": "No {n}", "body": "The ferry w{n}x is late."}}"#))
        .collect();
    let place = Place::with(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let archive = place.archive().with_time_limit(None);
    let gone = Arc::new(AtomicBool::new(false));
    let page = PageRequest { group: Group::None, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    unless_gone(&gone, || {
        let mut hits = archive.stream("ferry", &request).unwrap();
        assert!(hits.next().unwrap().is_ok());
        gone.store(true, Ordering::Relaxed);
        assert!(matches!(hits.next(), Some(Err(BackendError::Gone))));
        assert!(hits.next().is_none());
    });
    assert_eq!(
        archive.stream("ferry", &request).unwrap().filter_map(Result::ok).count(),
        100,
        "others wait for theirs"
    );
}
