//! What comes in through a pipe is found by readers that are open already, however slowly it comes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::Place;
use dateline::search::{Archive, SearchRequest};

/// Waits until `query` finds so many articles.
fn wait_for(archive: &Archive, query: &str, articles: u64) {
    let begun = Instant::now();
    while archive.count(query, &SearchRequest::default()).unwrap() != articles {
        assert!(begun.elapsed() < Duration::from_secs(60), "{articles} of {query}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_article_is_found_soon_after_it_came_through_a_pipe_that_stays_open() {
    let place = Place::with(&["{\"id\": \"a\", \"body\": \"The bridge is open.\"}"]);
    let archive = place.archive().following();
    let mut indexing = place
        .program()
        .args(["index", "-", "--commit-every", "1", "--input-format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = indexing.stdin.take().unwrap();
    for (n, id) in (1..).zip(["b", "c", "d"]) {
        writeln!(pipe, "{{\"id\": \"{id}\", \"body\": \"The ferry is back again.\"}}").unwrap();
        wait_for(&archive, "ferry", n);
    }
    drop(pipe);
    assert_eq!(indexing.wait().unwrap().code(), Some(0));
    wait_for(&archive, "*", 4);
}
