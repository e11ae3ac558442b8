//! An index can be copied away and back while it is written to, and its segments can be put into one.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use common::Place;
use dateline::article::Article;
use dateline::index::{IndexError, Reader, Writer, WriterOptions, backup, check, restore};
use dateline::ingest::Pipeline;
use dateline::search::{Archive, SearchRequest};

fn add(writer: &mut Writer, ids: std::ops::Range<u32>) {
    for id in ids {
        let body = format!("The port of Hallam counted {id} ships on the day, said Jane Doe in Iran.");
        let article = Article { id: format!("a{id}"), body, ..Article::default() };
        let prepared = Pipeline::default().mark_article(article).prepare(writer.weights()).unwrap();
        writer.upsert(prepared).unwrap();
    }
    writer.commit().unwrap();
}

/// An index of three segments, some of whose articles are deleted or replaced.
fn place() -> Place {
    let place = Place::new();
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    add(&mut writer, 0..40);
    add(&mut writer, 30..60);
    add(&mut writer, 60..90);
    writer.delete("a7").unwrap();
    writer.finish().unwrap();
    place
}

fn answers(archive: &Archive) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for query in ["ships number:[20 TO 50]", "\"Jane Doe\" country:iran", "person:doe -number:3"] {
        for hit in archive.stream(query, &SearchRequest::default()).unwrap() {
            found.push((query.to_owned(), hit.unwrap().article.id));
        }
    }
    found.sort();
    found
}

#[test]
fn a_backup_answers_as_its_index_does_in_every_form() {
    let place = place();
    let before = answers(&place.archive());
    assert!(before.len() > 100);
    for name in ["kept", "kept.tar", "kept.tar.zst"] {
        let kept = place.folder.path().join("backups").join(name);
        let copied = backup(&place.index(), &kept).unwrap();
        assert_eq!(copied.articles, 89);
        let again = place.folder.path().join(format!("again-{name}"));
        assert_eq!(restore(&kept, &again).unwrap().articles, 89);
        let checked = check(&again).unwrap();
        assert!(checked.damage.is_empty() && checked.notes.is_empty(), "{checked:?}");
        assert_eq!(answers(&Archive::open(&again).unwrap()), before);
        // It can be written to, and what is no longer needed goes.
        let mut writer = Writer::open(&again, &WriterOptions::default()).unwrap();
        add(&mut writer, 0..95);
        writer.merge().unwrap();
        writer.finish().unwrap();
        assert_eq!(Archive::open(&again).unwrap().len(), 95);
        let files = fs::read_dir(again.join("segments")).unwrap().map(|entry| entry.unwrap().path());
        let stores = files.filter(|path| path.extension().is_some_and(|kind| kind == "store")).count();
        assert_eq!(stores, 1);
    }
    let partial = fs::read_dir(place.folder.path().join("backups")).unwrap().count();
    assert_eq!(partial, 3);
}

#[test]
fn nothing_is_written_over_what_is_there() {
    let place = place();
    let kept = place.folder.path().join("kept.tar");
    backup(&place.index(), &kept).unwrap();
    assert!(matches!(backup(&place.index(), &kept), Err(IndexError::Taken(_))));
    assert!(matches!(restore(&kept, &place.index()), Err(IndexError::Taken(_))));
    let said = place.run(&["restore", kept.to_str().unwrap()]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("is there already"), "{}", said.err);
    assert_eq!(place.archive().len(), 89);
}

#[test]
fn a_damaged_backup_makes_no_index_and_a_damaged_index_no_backup() {
    let place = place();
    let kept = place.folder.path().join("kept.tar");
    backup(&place.index(), &kept).unwrap();
    let whole = fs::read(&kept).unwrap();
    let again = place.folder.path().join("again");
    for at in (600..whole.len() - 2048).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fs::write(&kept, bytes).unwrap();
        // A byte between the files may be of no account.
        if restore(&kept, &again).is_ok() {
            assert_eq!(answers(&Archive::open(&again).unwrap()), answers(&place.archive()), "byte {at}");
            fs::remove_dir_all(&again).unwrap();
        }
        assert!(!again.exists());
    }
    fs::write(&kept, &whole[..whole.len() / 2]).unwrap();
    assert!(restore(&kept, &again).is_err());
    let mut entries =
        fs::read_dir(place.index().join("segments")).unwrap().map(|entry| entry.unwrap().path());
    let store = entries.find(|path| path.extension().is_some_and(|kind| kind == "store")).unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[30] ^= 1;
    fs::write(&store, bytes).unwrap();
    let other = place.folder.path().join("other.tar.zst");
    assert!(matches!(backup(&place.index(), &other), Err(IndexError::Damaged { .. })));
    let left: Vec<_> =
        fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_backup_taken_while_articles_come_in_is_of_one_commit() {
    let place = place();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
            for round in 0..25 {
                add(&mut writer, round * 10..round * 10 + 40);
            }
            writer.finish().unwrap();
            done.store(true, Ordering::Release);
        });
        let mut taken = 0;
        while !done.load(Ordering::Acquire) || taken == 0 {
            let kept = place.folder.path().join(format!("kept-{taken}"));
            let copied = backup(&place.index(), &kept).unwrap();
            let checked = check(&kept).unwrap();
            assert!(checked.damage.is_empty(), "{checked:?}");
            assert_eq!(Archive::open(&kept).unwrap().len(), copied.articles);
            taken += 1;
        }
    });
}

#[test]
fn what_is_exported_makes_the_same_index() {
    let place = Place::new();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    assert_eq!(place.run(&["index", &format!("{corpus}/jsonl"), &format!("{corpus}/txt")]).code, 0);
    let exported = place.run(&["export"]).out;
    assert!(exported.lines().count() > 50);
    let file = place.file("exported.jsonl", exported.as_bytes());
    let again = Place::new();
    assert_eq!(again.run(&["index", "--no-clean", file.to_str().unwrap()]).code, 0);
    assert_eq!(again.run(&["export"]).out, exported);
    for (id, line) in exported.lines().map(|line| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        (article["id"].as_str().unwrap().to_owned(), line)
    }) {
        let shown = |place: &Place| place.run(&["--format", "json", "show", &id, "--mentions"]).out;
        assert_eq!(shown(&again), shown(&place), "{line}");
    }
    let some = place.run(&["export", "title:quake"]);
    assert!(
        some.code == 0 && some.out.lines().all(|line| line.to_lowercase().contains("quake")),
        "{}",
        some.out
    );
}

#[test]
fn merging_leaves_one_segment_and_every_answer() {
    let place = place();
    let before = answers(&place.archive());
    assert!(Reader::open(&place.index()).unwrap().segments().len() > 1);
    let said = place.run(&["merge"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let segments = Reader::open(&place.index()).unwrap().segments();
    assert_eq!((segments.len(), segments[0].articles, segments[0].deleted), (1, 89, 0));
    assert_eq!(answers(&place.archive()), before);
    assert!(check(&place.index()).unwrap().damage.is_empty());
}
