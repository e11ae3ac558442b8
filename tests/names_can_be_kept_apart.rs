//! A short name counts as the full name of its article; or, where merging is off, by its own words.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::Place;
use dateline::extract::{Options, Text, extract};
use dateline::ingest::{IngestError, IngestOptions, ingest};
use dateline::read::Input;
use dateline::text::tokens;
use serde_json::Value;

const TITLE: &str = "Marlowe vows to fight harbour toll";
const BODY: &str = "Mayor Clara Marlowe said the Harbour Pilots Association (HPA) was wrong. Ms. Marlowe told the BBC \
    that the HPA had lied to the U.N. and to Lindqvist Group. A spokesman for Lindqvist denied it, and so did George W. Bush and George Bush.";

/// Surfaces of persons and organisations with their keys.
fn names(merge: bool) -> Vec<(&'static str, String)> {
    let (title, body): (Vec<_>, Vec<_>) = (tokens(TITLE).collect(), tokens(BODY).collect());
    let options = Options { merge, ..Options::default() };
    let found = extract(&[Text::title(TITLE, &title), Text::body(BODY, &body)], &options);
    let of = |m: &dateline::article::Mention| if m.field.name() == "title" { TITLE } else { BODY };
    let named = found.iter().filter(|m| ["person", "org"].contains(&m.kind.name()));
    named.map(|m| (m.span.of(of(m)), m.key().into_owned())).collect()
}

fn told(merge: bool) -> String {
    names(merge).iter().map(|(surface, key)| format!("{surface} = {key}")).collect::<Vec<_>>().join("\n")
}

#[test]
fn short_names_have_the_key_of_the_full_name_of_their_article() {
    insta::assert_snapshot!(told(true), @r"
    Marlowe = clara marlowe
    Clara Marlowe = clara marlowe
    Harbour Pilots Association = harbour pilots association
    HPA = harbour pilots association
    Marlowe = clara marlowe
    BBC = bbc
    HPA = harbour pilots association
    U.N. = united nations
    Lindqvist Group = lindqvist group
    Lindqvist = lindqvist group
    George W. Bush = george w bush
    George Bush = george w bush
    ");
}

#[test]
fn names_kept_apart_have_the_key_of_their_own_words_and_only_the_table_joins_forms() {
    insta::assert_snapshot!(told(false), @r"
    Marlowe = marlowe
    Clara Marlowe = clara marlowe
    Harbour Pilots Association = harbour pilots association
    HPA = hpa
    Marlowe = marlowe
    BBC = bbc
    HPA = hpa
    U.N. = united nations
    Lindqvist Group = lindqvist group
    Lindqvist = lindqvist
    George W. Bush = george w bush
    George Bush = george bush
    ");
}

#[test]
fn merging_decides_nothing_but_keys() {
    let surfaces = |merge| names(merge).into_iter().map(|(surface, _)| surface).collect::<Vec<_>>();
    assert_eq!(surfaces(true), surfaces(false));
}

fn article() -> String {
    serde_json::json!({ "id": "a", "title": TITLE, "body": BODY }).to_string()
}

#[test]
fn an_index_keeps_to_what_it_was_made_with_and_tells_it() {
    let place = Place::new();
    place.file("a.jsonl", article().as_bytes());
    assert_eq!(place.run(&["index", "--no-merge", "a.jsonl"]).code, 0);
    let count = |query: &str| place.run(&["count", query]).out.trim().to_owned();
    assert_eq!((count("person:marlowe"), count("person:\"clara marlowe\"")), ("1".into(), "1".into()));
    assert_eq!(count("ATLEAST2(person:\"clara marlowe\")"), "0");
    assert!(place.run(&["stats"]).out.contains("names     by their own words\n"));
    let stats: Value = serde_json::from_str(&place.run(&["stats", "--format", "json"]).out).unwrap();
    assert_eq!(stats["merged_names"], false);

    // More articles go in the way that those before them did, whether or not it is said again.
    place.file("b.jsonl", article().replace("\"a\"", "\"b\"").as_bytes());
    assert_eq!(place.run(&["index", "b.jsonl"]).code, 0);
    assert_eq!(
        (count("person:marlowe"), count("ATLEAST2(person:\"clara marlowe\")")),
        ("2".into(), "0".into())
    );

    let merged = Place::with(&[&article()]);
    merged.file("a.jsonl", article().as_bytes());
    assert_eq!(merged.run(&["count", "ATLEAST2(person:\"clara marlowe\")"]).out, "1\n");
    assert!(merged.run(&["stats"]).out.contains("names     merged in each article\n"));
    let refused = merged.run(&["index", "--no-merge", "a.jsonl"]);
    assert_eq!(refused.code, 2);
    insta::assert_snapshot!(refused.err, @r"
    error: in this index short names count as the full name of their article: index without --no-merge; or name another index with -i
    ");
    assert_eq!(merged.archive().len(), 1);
}

#[test]
fn the_library_mixes_no_merged_names_with_others() {
    let place = Place::new();
    let put = |merge: bool| {
        let mut options = IngestOptions::default();
        options.pipeline.extract.merge = merge;
        let input = Input::reader("a.jsonl", std::io::Cursor::new(article()));
        ingest(&place.index(), &[input], &options, &mut ())
    };
    put(false).unwrap();
    assert!(matches!(put(true), Err(IngestError::Merge { index: false })));
    assert_eq!(put(false).unwrap().replaced, 1);
    assert!(!place.archive().merged_names());
}

#[test]
fn extract_prints_names_either_way() {
    let place = Place::new();
    place.file("a.jsonl", article().as_bytes());
    let keys = |args: &[&str]| {
        let ran = place.run(&[&["extract", "--format", "jsonl", "a.jsonl"], args].concat());
        let row: Value = serde_json::from_str(&ran.out).unwrap();
        row["mentions"][0]["key"].as_str().unwrap().to_owned()
    };
    assert_eq!((keys(&[]), keys(&["--no-merge"])), ("clara marlowe".to_owned(), "marlowe".to_owned()));
}
