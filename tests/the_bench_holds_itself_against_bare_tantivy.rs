//! `dateline bench --against bare` asks both indexes the same questions about the same articles.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use common::Place;
use dateline::bench::{Options, Peer, Report, run};
use dateline::ingest::Pipeline;
use dateline::read::inputs;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/jsonl")
}

fn measured(against: Option<Peer>) -> Report {
    let scratch = tempfile::tempdir().unwrap();
    let asked = scratch.path().with_extension("txt");
    std::fs::write(&asked, "1:the harbour\n2:of the quay\n3:said the mayor\n4:zzyzx qwerty\n").unwrap();
    let options = Options {
        pipeline: Pipeline::default(),
        stage: Some("query".to_owned()),
        queries: 4,
        asked: Some(asked),
        seed: 3,
        against,
        scratch: scratch.path().to_owned(),
        program: None,
    };
    let report = run(&inputs(&[sample()]).0, &options, &|_| {}).unwrap();
    std::fs::remove_file(scratch.path().with_extension("txt")).unwrap();
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 0, "nothing is left behind");
    report
}

#[test]
fn both_find_the_same_articles_and_every_ratio_is_a_number() {
    let report = measured(Some(Peer::Bare));
    let articles = report.whole.as_ref().unwrap().articles;
    assert_eq!(report.bare.as_ref().unwrap().articles, articles);
    let mut compared = Vec::new();
    for class in &report.queries {
        let Some(against) = &class.against else { continue };
        for ratio in [against.p50_ratio, against.p99_ratio] {
            assert!(ratio.is_finite() && ratio > 0.0, "{class:?}");
        }
        if against.name == "bare" {
            compared.push(class.name);
        }
        if ["term", "and", "or", "asked all", "asked any"].contains(&class.name) {
            assert_eq!(class.matches, against.matches, "{class:?}");
        }
    }
    assert_eq!(
        compared,
        ["term", "and", "or", "phrase", "sloppy", "range+term", "date+term", "asked all", "asked any"]
    );
    assert!(report.to_string().contains("against, in turns"));
}

#[test]
fn merged_there_is_one_segment_to_ask() {
    let report = measured(Some(Peer::Merged));
    let bare = report.bare.unwrap();
    assert_eq!((bare.segments, bare.articles), (1, report.whole.unwrap().articles));
}

#[test]
fn without_being_asked_nothing_of_bare_tantivy_is_measured_or_printed() {
    let report = measured(None);
    assert!(report.bare.is_none());
    assert!(!serde_json::json!(report).to_string().contains("bare"));
}

#[test]
fn the_command_prints_the_ratios_as_json() {
    let sample = sample();
    let flags = ["bench", "--stage", "query", "--queries", "2", "--against", "bare", "--json"];
    let ran = Place::new().run(&[&flags[..], &[sample.to_str().unwrap()]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(report["queries"][0]["against"]["p50_ratio"].as_f64().unwrap() > 0.0);
    assert!(report["bare"]["mb_per_cpu_second"].as_f64().unwrap() > 0.0);
}
