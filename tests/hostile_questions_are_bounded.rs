//! Queries and files made to hurt are answered or refused quickly, with a message.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::time::{Duration, Instant};

use common::Place;

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
