//! Whatever is wrong with an input is told with file, record and byte offset, and everything else is indexed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod common;

use std::io::Write as _;

use common::{Place, index};
use dateline::search::SearchRequest;

fn line(id: &str) -> String {
    format!("{{\"id\": \"{id}\", \"title\": \"Ferry returns\", \"body\": \"The ferry of {id} is back.\"}}\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_corrupt_gzip_gives_what_came_before_the_damage() {
    let place = Place::new();
    let lines: String = (0..5000).map(|n| line(&format!("a{n}"))).collect();
    let mut bytes = gzip(lines.as_bytes());
    bytes.truncate(bytes.len() / 2);
    let file = place.file("day.jsonl.gz", &bytes);
    let (done, rejects) = index(&place, &[&file]);
    assert!(done.articles > 100, "{done:?}");
    let told = rejects.iter().map(ToString::to_string).collect::<String>();
    assert!(
        told.contains("day.jsonl.gz") && told.contains("gzip data damaged or cut short after byte"),
        "{told}"
    );
    assert_eq!(place.archive().len(), done.articles);
}

#[test]
fn a_truncated_line_is_named_and_the_lines_around_it_are_indexed() {
    let place = Place::new();
    let text = format!("{}{{\"id\": \"b\", \"title\": \"Cut off\n{}", line("a"), line("c"));
    let file = place.file("day.jsonl", text.as_bytes());
    let (done, rejects) = index(&place, &[&file]);
    assert_eq!((done.articles, done.rejected), (2, 1));
    let told = rejects[0].to_string();
    let offset = line("a").len();
    assert!(
        told.contains("day.jsonl") && told.contains("record 2") && told.contains(&offset.to_string()),
        "{told}"
    );
}

#[test]
fn a_line_of_50_megabytes_is_skipped_without_being_held() {
    let place = Place::new();
    let long = format!("{{\"id\": \"long\", \"body\": \"{}\"}}\n", "x".repeat(50_000_000));
    let text = [line("a"), long, line("c")].concat();
    let file = place.file("day.jsonl", text.as_bytes());
    let (done, rejects) = index(&place, &[&file]);
    assert_eq!((done.articles, done.rejected), (2, 1));
    let told = rejects[0].to_string();
    assert!(told.contains("record 2") && told.contains("limit"), "{told}");
}

#[test]
fn empty_binary_and_missing_files_are_each_told_as_what_they_are() {
    let place = Place::new();
    let empty = place.file("empty.txt", b"");
    let binary = place.file("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let latin = place.file("latin.jsonl", b"{\"id\": \"x\", \"body\": \"caf\xe9\"}\n");
    let good = place.file("good.jsonl", line("a").as_bytes());
    let missing = place.folder.path().join("missing.jsonl");
    let (done, rejects) = index(&place, &[&empty, &binary, &missing, &latin, &good]);
    assert_eq!(done.articles, 1);
    let told: Vec<String> = rejects.iter().map(ToString::to_string).collect();
    let told_of =
        |name: &str| told.iter().find(|t| t.contains(name)).unwrap_or_else(|| panic!("{name}: {told:?}"));
    assert!(told_of("empty.txt").contains("holds no record"));
    assert!(told_of("photo.txt").contains("not text"));
    assert!(told_of("missing.jsonl").contains("no such file"));
    assert!(told_of("latin.jsonl").contains("UTF-8"));
}

#[test]
fn the_program_counts_rejects_keeps_them_in_a_file_and_says_so_in_its_exit_code() {
    let place = Place::new();
    let text = format!("{}not json\n{{\"id\": \"n\"}}\n", line("a"));
    place.file("day.jsonl", text.as_bytes());
    let ran = place.run(&["index", "day.jsonl", "--rejects", "rejects.jsonl"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("indexed 1 articles, 2 rejected"), "{}", ran.err);
    let kept = std::fs::read_to_string(place.folder.path().join("rejects.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> = kept.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["record"], 2);
    assert_eq!(rows[0]["offset"], line("a").len());

    let ran = place.run(&["-i", "other", "index", "day.jsonl", "--strict"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("record 2"), "{}", ran.err);
}

#[test]
fn words_sources_and_names_of_any_length_leave_the_article_whole() {
    let place = Place::new();
    let long = "x".repeat(100_000);
    let name = format!("Jane {}", "Y".repeat(70_000));
    let text = format!(
        "{{\"id\": \"a\", \"title\": \"{long}\", \"source\": \"{long}\", \"author\": \"{name}\", \"body\": \"The ferry is back, {name} said. {long}.\"}}\n"
    );
    let file = place.file("day.jsonl", text.as_bytes());
    for _ in 0..2 {
        let (done, rejects) = index(&place, &[&file]);
        assert_eq!((done.articles, rejects.len()), (1, 0));
        let archive = place.archive();
        let stored = archive.get("a").unwrap().unwrap().article;
        assert!(
            stored.source.as_deref() == Some(&long)
                && stored.body.contains(&long)
                && stored.body.contains(&name)
        );
        for query in ["ferry", "xxxxxxxx*", "*"] {
            assert_eq!(archive.count(query, &SearchRequest::default()).unwrap(), 1, "{query}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_files_is_refused_and_not_waited_for() {
    let place = Place::new();
    let good = place.file("good.jsonl", line("a").as_bytes());
    let pipe = place.folder.path().join("pipe.jsonl");
    if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        println!("skipped: no pipe can be made here");
        return;
    }
    let ran = place.run(&["index", pipe.to_str().unwrap(), good.to_str().unwrap()]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("a named pipe") && ran.err.contains("indexed 1 articles"), "{}", ran.err);
}
