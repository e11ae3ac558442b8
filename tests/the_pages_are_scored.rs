//! The score of web pages on a set made up here.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Write as _;

#[path = "../benches/score/pages.rs"]
mod pages;

const SET: &str = r#"{"id": "a", "title": "Bridge closed", "body": "The old bridge over the Kessel closed on Monday after a crack was found, the town said. Repairs will take until May, according to the engineer in charge, Orla Venn.", "published": "2024-03-04T12:00:00Z", "gold": {"page": "html/a.html", "authors": ["Ann Lee"]}}
{"id": "b", "title": null, "body": "Nobody has this page.", "published": null, "gold": {}}
"#;

const PAGE: &str = "<html><head><title>Bridge closed</title><meta name=author content='Ann Lee'><meta name=date content=2024-03-05></head>
<body><article><h1>Bridge closed</h1><p>The old bridge over the Kessel closed on Monday after a crack was found, the town said.</p>
<p>Repairs will take until May, according to the engineer in charge, Orla Venn.</p></article></body></html>";

fn score(errors: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.jsonl.zst");
    std::fs::write(&path, zstd::encode_all(SET.as_bytes(), 1).unwrap()).unwrap();
    let mut archive = tar::Builder::new(zstd::Encoder::new(Vec::new(), 1).unwrap());
    let mut header = tar::Header::new_gnu();
    header.set_size(PAGE.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    archive.append_data(&mut header, "a.html", PAGE.as_bytes()).unwrap();
    let packed = archive.into_inner().unwrap().finish().unwrap();
    std::fs::File::create(folder.path().join("html.tar.zst")).unwrap().write_all(&packed).unwrap();
    pages::run(&[path], errors).unwrap()
}

#[test]
fn text_date_authors_and_title_are_compared_with_what_is_known() {
    let table = score(false);
    let row: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(row[..7], ["made-up", "dateline", "1", "100.00", "100.00", "100.00", "100.00"], "{table}");
    // The date is a day off; author and title agree.
    assert_eq!(row[7..16], ["0.0%", "of", "1", "100.0%", "of", "1", "100.0%", "of", "1"], "{table}");
}

#[test]
fn what_is_wrong_is_shown() {
    let told = score(true);
    assert!(told.starts_with("a: date 2024-03-04T12:00:00Z read Some(\"2024-03-05\")\n"), "{told}");
}
