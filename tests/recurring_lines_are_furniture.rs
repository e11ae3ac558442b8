//! What recurs in the articles of one source is dropped from all of them, kept on record, and known to the next run.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fmt::Write as _;
use std::path::Path;

use common::{Place, index};
use dateline::ingest::{IngestOptions, ingest};
use dateline::read::inputs;

const PROMISE: &str = "Help us keep our reporters on the quay.";

/// Articles `from..to` of one outlet, each with the line that recurs.
fn articles(from: usize, to: usize, id: bool) -> String {
    let mut lines = String::new();
    for n in from..to {
        let id = if id { format!("\"id\": \"a{n}\", ") } else { String::new() };
        let story =
            format!("Pier number {n} of Port Arden was shut to lorries on Monday, the harbour board said.");
        let more =
            format!("It will take {n} weeks to mend, and nobody knows who pays for it, said the board.");
        let _ = writeln!(
            lines,
            "{{{id}\"source\": \"Port Arden News\", \"title\": \"Pier {n} shut\", \"body\": \"{story}\\n\\n{more}\\n\\n{PROMISE}\"}}"
        );
    }
    lines
}

fn bodies(place: &Place, count: usize) -> Vec<String> {
    (0..count).map(|n| place.archive().get(&format!("a{n}")).unwrap().unwrap().article.body).collect()
}

#[test]
fn the_first_article_of_a_run_is_as_clean_as_the_last() {
    let place = Place::new();
    let file = place.file("day.jsonl", articles(0, 20, true).as_bytes());
    index(&place, &[&file]);
    assert!(
        bodies(&place, 20)
            .iter()
            .all(|body| !body.contains(PROMISE) && body.contains("nobody knows who pays"))
    );
}

#[test]
fn the_index_keeps_what_was_dropped_and_why() {
    let place = Place::new();
    let file = place.file("day.jsonl", articles(0, 20, true).as_bytes());
    index(&place, &[&file]);
    let shown = place.run(&["show", "a7", "--cleaning"]);
    assert!(shown.out.contains(&format!("- body {PROMISE:?}  (recurring: request)")), "{}", shown.out);
    let shown = place.run(&["show", "a7", "--cleaning", "--format", "json"]);
    let article: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(article["cleaning"]["dropped"][0]["text"], PROMISE);
    assert_eq!(article["cleaning"]["dropped"][0]["reason"], "recurring");
    assert!(article["cleaning"]["changed"]["spacing"].as_u64().unwrap() > 0);
    let plain = place.run(&["show", "a7", "--format", "json"]);
    assert!(!plain.out.contains("cleaning"));
}

#[test]
fn the_next_run_knows_what_this_one_learned() {
    let place = Place::new();
    let first = place.file("first.jsonl", articles(0, 9, true).as_bytes());
    index(&place, &[&first]);
    let second = place.file("second.jsonl", articles(9, 10, true).as_bytes());
    index(&place, &[&second]);
    assert!(bodies(&place, 10).iter().all(|body| !body.contains(PROMISE)));
    // Also for those who only look.
    let ran = place.run(&["clean", second.to_str().unwrap()]);
    assert!(!ran.out.contains(PROMISE), "{}", ran.out);
}

#[test]
fn lost_or_damaged_evidence_is_a_warning_and_no_more() {
    let place = Place::new();
    let first = place.file("first.jsonl", articles(0, 9, true).as_bytes());
    index(&place, &[&first]);
    let kept = place.index().join("evidence.bin");
    std::fs::write(&kept, b"something else").unwrap();
    let second = place.file("second.jsonl", articles(9, 10, true).as_bytes());
    let ran = place.run(&["index", second.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("evidence.bin") && ran.err.contains("learning anew"), "{}", ran.err);
    assert!(bodies(&place, 10)[9].contains(PROMISE));
    std::fs::remove_file(&kept).unwrap();
    assert_eq!(place.run(&["index", second.to_str().unwrap()]).code, 0);
}

#[test]
fn the_same_input_again_teaches_nothing_and_keeps_its_ids() {
    for id in [true, false] {
        let place = Place::new();
        // Too few for evidence, if each counts once.
        let file = place.file("day.jsonl", articles(0, 2, id).as_bytes());
        for _ in 0..4 {
            index(&place, &[&file]);
        }
        let count = place.archive().count("quay", &dateline::search::SearchRequest::default()).unwrap();
        assert_eq!(count, 2, "ids stated: {id}");
    }
    // And what has been learned since does not change an id that was made from the content.
    let place = Place::new();
    let early = place.file("early.jsonl", articles(0, 1, false).as_bytes());
    let later = place.file("later.jsonl", articles(1, 9, false).as_bytes());
    index(&place, &[&early]);
    index(&place, &[&later]);
    let (progress, _) = index(&place, &[&early]);
    assert_eq!((progress.articles, progress.replaced), (1, 1));
}

#[test]
fn without_cleaning_every_line_stays_and_nothing_is_learned() {
    let place = Place::new();
    let file = place.file("day.jsonl", articles(0, 9, true).as_bytes());
    assert_eq!(place.run(&["index", "--no-clean", file.to_str().unwrap()]).code, 0);
    assert!(bodies(&place, 9).iter().all(|body| body.contains(PROMISE)));
    assert!(!place.index().join("evidence.bin").exists());
}

#[test]
fn any_number_of_threads_learns_the_same() {
    let place = Place::new();
    // Some thirteen thousand articles: more than three times what is looked through ahead.
    let mut lines = articles(0, 400, true);
    for n in 400..13_000 {
        let line = if n % 90 == 0 { "Write to our desk in Holm." } else { "It was a quiet day." };
        let _ = writeln!(
            lines,
            "{{\"id\": \"b{n}\", \"source\": \"Paper {}\", \"body\": \"Boat {n} of the harbour left on Monday for the islands, said its captain.\\n{line}\"}}",
            n % 3
        );
    }
    let file = place.file("year.jsonl", lines.as_bytes());
    let run = |threads: usize| {
        let path = place.index().with_extension(threads.to_string());
        let (files, _) = inputs(std::slice::from_ref(&file));
        let options = IngestOptions { threads, ..IngestOptions::default() };
        ingest(&path, &files, &options, &mut ()).unwrap();
        let kept = std::fs::read(path.join("evidence.bin")).unwrap();
        let archive = dateline::search::Archive::open(&path).unwrap();
        let left = archive.count("desk", &dateline::search::SearchRequest::default()).unwrap();
        (kept, left)
    };
    let (one, few) = (run(1), run(5));
    assert!(one == few, "{} and {} articles keep the line", one.1, few.1);
    assert!(one.1 < 140, "some are dropped: {}", one.1);
}

#[test]
fn the_marked_sample_is_scored_above_the_bar() {
    use dateline::article::{Origin, RawArticle};
    use dateline::clean::{Evidence, Options, clean_with};
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/furniture.jsonl");
    let articles: Vec<serde_json::Value> = std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let raw = |article: &serde_json::Value| {
        let mut raw = RawArticle::at(Origin { file: "f".into(), record: 1, offset: 0 });
        raw.source = article["source"].as_str().map(str::to_owned);
        raw.url = article["url"].as_str().map(str::to_owned);
        let lines: Vec<&str> =
            article["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
        raw.body = lines.join("\n");
        raw
    };
    let mut evidence = Evidence::default();
    for article in &articles {
        evidence.learn(&clean_with(raw(article), &Options::default(), &Evidence::default()).sightings);
    }
    let (mut dropped, mut furniture) = (0, 0);
    for article in &articles {
        let body = clean_with(raw(article), &Options::default(), &evidence).article.body;
        let kept: Vec<&str> = body.lines().collect();
        for line in article["lines"].as_array().unwrap() {
            let text = line["text"].as_str().unwrap();
            let is_kept = kept.iter().any(|kept| text.ends_with(kept));
            if line["furniture"].as_bool().unwrap() {
                furniture += 1;
                dropped += usize::from(!is_kept);
            } else {
                assert!(is_kept, "a line of the story was lost: {text}");
            }
        }
    }
    assert!(dropped * 10 >= furniture * 9, "{dropped} of {furniture}");
}
