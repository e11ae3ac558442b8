//! An index of each format since the sixth is kept in `tests/fixtures`, with what its dateline exported from it: those of older formats become
//! indexes of this format with the same articles, and one of this format is read as it is.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use common::Place;
use dateline::index::manifest::{FORMAT, Manifest};
use dateline::index::{IndexError, Writer, WriterOptions, check, migrate};
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The formats that are kept.
fn formats() -> Vec<u32> {
    let entries = fs::read_dir(fixture("")).unwrap().map(|entry| entry.unwrap().file_name());
    let names = entries.map(|name| name.into_string().unwrap());
    let number = |name: String| name.strip_prefix("format-")?.strip_suffix(".tar.zst")?.parse().ok();
    let mut formats: Vec<u32> = names.filter_map(number).collect();
    formats.sort_unstable();
    formats
}

/// The index of a format, unpacked.
fn unpacked(format: u32) -> Place {
    let place = Place::new();
    let file = File::open(fixture(&format!("format-{format}.tar.zst"))).unwrap();
    fs::create_dir_all(place.index().join("segments")).unwrap();
    tar::Archive::new(zstd::Decoder::new(file).unwrap()).unpack(place.index()).unwrap();
    place
}

/// Exported articles by id.
fn articles(lines: &str) -> BTreeMap<String, Value> {
    let articles = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    articles.map(|article| (article["id"].as_str().unwrap().to_owned(), article)).collect()
}

fn expected(format: u32) -> BTreeMap<String, Value> {
    articles(&fs::read_to_string(fixture(&format!("format-{format}.jsonl"))).unwrap())
}

/// Every file under a directory with its bytes.
fn bytes(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let folders = [directory.to_owned(), directory.join("segments")];
    let entries =
        folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let files = entries.filter(|path| path.is_file());
    files.map(|path| (path.strip_prefix(directory).unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

#[test]
fn every_format_since_the_sixth_is_kept() {
    assert_eq!(
        formats(),
        (6..=FORMAT).collect::<Vec<_>>(),
        "`dateline backup` makes the fixture of a new format"
    );
}

#[test]
fn an_index_of_this_format_is_read_as_it_is() {
    let place = unpacked(FORMAT);
    assert_eq!(articles(&place.run(&["export"]).out), expected(FORMAT));
    assert!(check(&place.index()).unwrap().damage.is_empty());
    let before = bytes(&place.index());
    let migrated = migrate(&place.index()).unwrap();
    assert_eq!((migrated.from, migrated.kept), (FORMAT, None));
    assert!(bytes(&place.index()) == before);
    let said = place.run(&["migrate"]);
    assert!(said.code == 0 && said.err.contains("of this format already"), "{said:?}");
}

#[test]
fn an_index_of_an_older_format_is_refused_with_what_to_do() {
    for format in formats().into_iter().filter(|format| *format < FORMAT) {
        let place = unpacked(format);
        for command in [&["count", "harbour"][..], &["export"], &["check"], &["merge"], &["index", "."]] {
            let said = place.run(command);
            assert_eq!(said.code, 4, "{said:?}");
            assert!(said.err.contains(&format!("has format {format}")), "{said:?}");
            assert!(said.err.contains("dateline migrate"), "{said:?}");
        }
    }
}

#[test]
fn an_older_index_becomes_one_of_this_format_with_the_same_articles_and_is_kept() {
    for format in formats().into_iter().filter(|format| *format < FORMAT) {
        let place = unpacked(format);
        let before = bytes(&place.index());
        let said = place.run(&["migrate"]);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.err.contains(&format!("from format {format}")), "{said:?}");
        assert_eq!(articles(&place.run(&["export"]).out), expected(format));
        assert_eq!(Manifest::read(&place.index()).unwrap().unwrap().format, FORMAT);
        assert!(check(&place.index()).unwrap().damage.is_empty());
        let kept = bytes(&place.index().with_extension(format!("format-{format}")));
        let is_lock = |path: &Path| path.to_string_lossy().ends_with(".lock");
        assert!(kept.into_iter().filter(|(path, _)| !is_lock(path)).eq(before), "the old index was changed");
        // People, countries and figures are found as before.
        let found = place.run(&["--format", "json", "count", "country:* AND \"{number}\""]);
        assert_eq!(found.code, 0, "{found:?}");
        assert_eq!(place.run(&["index", place.file("x.txt", b"A kiosk opened.").to_str().unwrap()]).code, 0);
        assert_eq!(place.archive().len(), expected(format).len() as u64 + 1);
    }
}

#[test]
fn a_migration_that_was_cut_off_between_two_names_is_ended_by_the_next() {
    let place = unpacked(6);
    migrate(&place.index()).unwrap();
    fs::rename(place.index(), place.index().with_extension("migrated")).unwrap();
    let migrated = migrate(&place.index()).unwrap();
    assert_eq!(migrated.from, 6);
    assert_eq!(place.archive().len(), expected(6).len() as u64);
}

#[test]
fn a_damaged_or_taken_index_is_not_migrated_and_stays_as_it_is() {
    let place = unpacked(6);
    let store =
        bytes(&place.index()).into_keys().find(|path| path.extension().is_some_and(|kind| kind == "store"));
    let path = place.index().join(store.unwrap());
    let whole = fs::read(&path).unwrap();
    let mut spoilt = whole.clone();
    spoilt[10] ^= 4;
    fs::write(&path, &spoilt).unwrap();
    let error = migrate(&place.index()).unwrap_err();
    assert!(error.is_damage() && error.to_string().contains(".store does not fit"), "{error}");
    fs::write(&path, &whole).unwrap();
    fs::create_dir(place.index().with_extension("format-6")).unwrap();
    assert!(matches!(migrate(&place.index()).unwrap_err(), IndexError::Taken(_)));
    fs::remove_dir(place.index().with_extension("format-6")).unwrap();
    let beside = fs::read_dir(place.folder.path()).unwrap().count();
    assert_eq!(beside, 1, "something half made was left");
    migrate(&place.index()).unwrap();
}

#[test]
fn a_format_that_is_too_old_or_newer_is_told_with_who_can_read_it() {
    let place = Place::with(&["{\"id\": \"a\", \"body\": \"A kiosk opened.\"}"]);
    let manifest = place.index().join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    for other in [5, FORMAT + 1] {
        let number = format!("\"format\": {FORMAT}");
        fs::write(&manifest, text.replace(&number, &format!("\"format\": {other}"))).unwrap();
        let error = migrate(&place.index()).unwrap_err();
        assert!(matches!(error, IndexError::Version { found, .. } if found == other), "{error}");
        assert!(error.to_string().contains("use the dateline that wrote it (dateline "), "{error}");
        assert!(Writer::open(&place.index(), &WriterOptions::default()).is_err());
        assert_eq!(place.run(&["migrate"]).code, 4);
    }
}
