//! A run that was cut off goes on after its last commit, and nothing is lost or there twice.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::Place;
use dateline::backend::{Group, PageRequest};
use dateline::search::SearchRequest;

fn lines(from: u32, to: u32) -> String {
    let line = |n| format!("{{\"id\": \"a{n}\", \"body\": \"The harbour counted {n} gulls.\"}}");
    (from..to).map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn ids(place: &Place) -> BTreeSet<String> {
    let archive = place.archive();
    let page = PageRequest { group: Group::None, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let ids: Vec<String> =
        archive.stream("*", &request).unwrap().map(|hit| hit.unwrap().article.id).collect();
    assert_eq!(ids.len() as u64, archive.len());
    ids.into_iter().collect()
}

/// Indexes a finished file and then a pipe until so many articles are committed, and is killed.
fn interrupted(place: &Place, first: &str, sent: &str) {
    let mut indexing = place
        .program()
        .args(["index", "--commit-every", "1", "--input-format", "jsonl", first, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = indexing.stdin.take().unwrap();
    pipe.write_all(sent.as_bytes()).unwrap();
    pipe.flush().unwrap();
    let begun = Instant::now();
    let kept = place.index().join("resume.json");
    while !std::fs::read_to_string(&kept).is_ok_and(|kept| kept.contains("\"records\": 30")) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", std::fs::read_to_string(&kept));
        std::thread::sleep(Duration::from_millis(50));
    }
    indexing.kill().unwrap();
    indexing.wait().unwrap();
}

fn run(place: &Place, args: &[&str], input: &str) -> common::Ran {
    let file = place.file("stdin.jsonl", input.as_bytes());
    common::Ran::of(place.program().args(args).stdin(std::fs::File::open(file).unwrap()))
}

#[test]
fn it_goes_on_after_the_last_commit_and_ends_with_everything_once() {
    let place = Place::new();
    let first = place.file("first.jsonl", lines(0, 50).as_bytes());
    let first = first.to_str().unwrap();
    interrupted(&place, first, &lines(50, 80));
    assert_eq!(ids(&place).len(), 80);
    let args = ["index", "--resume", "--input-format", "jsonl", first, "-"];
    let ran = run(&place, &args, &lines(50, 120));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("going on after record 30 of -"), "{}", ran.err);
    assert!(ran.err.contains("indexed 40 articles"), "{}", ran.err);
    assert_eq!(ids(&place), (0..120).map(|n| format!("a{n}")).collect());
    assert!(!place.index().join("resume.json").exists());
    // Nothing was interrupted any more: all is read again, and replaced.
    let ran = run(&place, &args, &lines(50, 120));
    assert!(ran.err.contains("indexed 120 articles (120 replaced)"), "{}", ran.err);
}

#[test]
fn without_being_asked_it_begins_again() {
    let place = Place::new();
    let first = place.file("first.jsonl", lines(0, 50).as_bytes());
    interrupted(&place, first.to_str().unwrap(), &lines(50, 80));
    let ran = run(&place, &["index", first.to_str().unwrap()], "");
    assert!(ran.err.contains("indexed 50 articles (50 replaced)"), "{}", ran.err);
    assert_eq!(ids(&place).len(), 80);
}

#[test]
fn other_inputs_are_refused_with_the_name_of_the_one_that_was_read() {
    let place = Place::new();
    let first = place.file("first.jsonl", lines(0, 50).as_bytes());
    let first = first.to_str().unwrap();
    interrupted(&place, first, &lines(50, 80));
    let other = place.file("other.jsonl", lines(0, 3).as_bytes());
    for inputs in [&[other.to_str().unwrap(), "-"][..], &[first], &["-", first]] {
        let ran = run(&place, &[&["index", "--resume"], inputs].concat(), "");
        assert_eq!(ran.code, 2, "{inputs:?}");
        assert!(ran.err.contains("was reading - after other inputs"), "{}", ran.err);
    }
    assert_eq!(ids(&place).len(), 80);
}
