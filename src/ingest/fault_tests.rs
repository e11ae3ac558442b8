//! A panic on the way in, on purpose: a record is lost, or the run, and nothing else.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::guard::trip;

fn input() -> Input {
    let lines =
        &b"{\"id\": \"a\", \"body\": \"The ferry is back.\"}\n{\"id\": \"b\", \"body\": \"It left.\"}\n"[..];
    Input::reader("day.jsonl", lines)
}

#[test]
fn a_fault_in_a_record_costs_that_record() {
    let options = read::Options::default();
    let codes = |doing| -> Vec<&'static str> {
        let read = |input: Input| -> Vec<_> { input.articles(&options).collect() };
        let read = trip::at(doing, || read(input()));
        read.iter().map(|read| read.as_ref().map_or_else(|reject| reject.reason.code(), |_| "read")).collect()
    };
    assert_eq!(codes("nothing"), ["read", "read"]);
    assert_eq!(codes("parsing a record"), ["internal", "internal"]);
    // Where the next one begins is not known then.
    assert_eq!(codes("reading an input"), ["internal"]);
    for record in input().records(&options) {
        let (pipeline, evidence) = (Pipeline::default(), Evidence::default());
        let with = With { weights: Weights::default(), evidence: &evidence, watches: None };
        let done =
            trip::at("preparing an article", || guarded(&pipeline, &with, &mut Scratch::default(), record));
        assert!(matches!(done, Done::Rejected(Reject { reason: read::ReadError::Internal, .. })));
    }
}

#[test]
fn a_fault_of_the_run_is_an_error_and_what_was_committed_stands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let run = || ingest(&path, &[input()], &IngestOptions::default(), &mut ());
    assert_eq!(run().unwrap().articles, 2);
    for doing in
        ["indexing", "opening the index to write", "adding an article", "committing", "writing a segment"]
    {
        let error = trip::at(doing, run).unwrap_err();
        assert!(
            matches!(error, IngestError::Index(IndexError::Fault(fault)) if fault.doing() == doing),
            "{error}"
        );
        assert_eq!(crate::index::Reader::open(&path).unwrap().len(), 2);
    }
    assert_eq!(run().unwrap().replaced, 2);
}

/// Who watches may panic too.
struct Clumsy;

impl Observer for Clumsy {
    fn progressed(&mut self, _: &Progress) {
        unreachable!("on purpose")
    }
}

#[test]
fn a_panic_of_who_watches_ends_the_run_with_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let error = ingest(&path, &[input()], &IngestOptions::default(), &mut Clumsy).unwrap_err();
    assert!(matches!(error, IngestError::Index(IndexError::Fault(_))), "{error}");
    assert_eq!(ingest(&path, &[input()], &IngestOptions::default(), &mut ()).unwrap().articles, 2);
}
