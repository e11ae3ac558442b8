//! From an article back to the file that it was read from.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::Path;

use common::Place;
use dateline::clean::{self, clean};
use dateline::read::{Options, inputs, reread};

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn every_paragraph_of_the_sample_is_found_in_its_file() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let options = Options::default();
    let (files, _) = inputs(&[corpus.join("jsonl"), corpus.join("txt"), corpus.join("formats")]);
    let mut counted = 0;
    for record in files.iter().flat_map(|file| file.records(&options)).flatten() {
        let Ok(raw) = record.parse(&options) else { continue };
        let origin = raw.origin.clone();
        if raw.withdrawn {
            continue;
        }
        let cleaned = clean(raw, &clean::Options { record: true, ..clean::Options::default() });
        let article = cleaned.article;
        let again = reread(&origin, &options).unwrap();
        assert_eq!(again, record);
        let texts: Vec<&str> = std::iter::once(&*article.title).chain(article.body.split('\n')).collect();
        let texts: Vec<&str> = texts.into_iter().filter(|text| !letters(text).is_empty()).collect();
        for (text, found) in texts.iter().zip(record.find(&texts)) {
            let repaired = cleaned.changes.iter().any(|change| change.reason.name() == "mojibake");
            let Some(found) = found else {
                assert!(repaired, "{origin}: {text}");
                continue;
            };
            // Nothing but tags, escapes and the like stands between the letters.
            let bytes = letters(&String::from_utf8_lossy(&record.bytes[found]));
            assert!(bytes.len() >= letters(text).len() / 2, "{origin}: {text}");
            counted += 1;
        }
    }
    assert!(counted > 500, "{counted}");
}

#[test]
fn show_tells_the_bytes_of_a_piece() {
    let place = Place::new();
    let line = "{\"id\":\"a\",\"title\":\"Ferry \\u2014 late\",\"body\":\"It left.\\n\\nThe captain\\u2019s log said so.\"}\n";
    place.file("day.jsonl", format!("{{\"id\":\"b\",\"body\":\"Other.\"}}\n{line}").as_bytes());
    assert_eq!(place.run(&["index", "day.jsonl"]).code, 0);
    let ran = place.run(&["show", "a", "--raw-offsets"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out, @r#"
    Ferry — late
    file: day.jsonl
    record: 2, 91 bytes from byte 27

    bytes of the file   of the body   text
    46..63                title         Ferry — late
    73..80                0..8          It left.
    85..115               9..37         The captain’s log said so.
    "#);
    let ran = place.run(&["show", "a", "--raw-offsets=13..20", "--format", "json"]);
    insta::assert_snapshot!(ran.out, @r#"
    {"file":"day.jsonl","id":"a","length":91,"offset":27,"raw_of":"file","record":2,"texts":[{"bytes":[13,20],"field":"body","raw":[89,96]}]}
    "#);
    let ran = place.run(&["show", "a", "--raw-offsets=13..200"]);
    insta::assert_snapshot!(ran.err, @r#"
    error: --raw-offsets=13..200: the body has bytes 0..37; name a piece that begins and ends between characters
    "#);
    place.file("day.jsonl", b"{\"id\":\"c\",\"body\":\"Something else.\"}\n");
    let ran = place.run(&["show", "a", "--raw-offsets"]);
    insta::assert_snapshot!(ran.err, @r#"
    error: day.jsonl record 2 (byte 27): has no such record any more; index the file again: it has changed since
    "#);
}
