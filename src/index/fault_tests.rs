//! A panic at each boundary, on purpose: what the caller gets, and what stands after it.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use super::*;
use crate::article::Article;
use crate::guard::trip;
use crate::text::token_list;

fn prepared(id: &str, body: String) -> Prepared {
    let article = Article { id: id.to_owned(), body, ..Article::default() };
    let analysed = analyse(&article, &token_list(&article.title), &token_list(&article.body), &[]);
    Prepared::new(&article, &[], analysed).unwrap()
}

/// An index of one article.
fn index(path: &Path) {
    let mut writer = Writer::open(path, &WriterOptions::default()).unwrap();
    writer.upsert(prepared("a", "The ferry is back.".to_owned())).unwrap();
    writer.finish().unwrap();
}

fn assert_fault<T>(doing: &'static str, work: impl FnOnce() -> Result<T, IndexError>) {
    match trip::at(doing, work).map(|_| ()) {
        Err(IndexError::Fault(fault)) => assert_eq!(fault.doing(), doing),
        other => unreachable!("{doing}: {other:?}"),
    }
}

#[test]
fn a_fault_costs_one_answer_and_the_reader_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    index(&path);
    assert_fault("opening the index", || Reader::open(&path));
    let reader = Reader::open(&path).unwrap();
    assert_fault("looking up an article", || reader.get("a"));
    assert_fault("opening what was committed", || reader.reload());
    assert_fault("listing the files of the index", || reader.files());
    let following = reader.clone().following();
    std::thread::sleep(std::time::Duration::from_millis(150));
    assert_eq!(trip::at("opening what was committed", || following.len()), 1);
    assert!(reader.get("a").unwrap().is_some());
    reader.reload().unwrap();
}

#[test]
fn a_fault_beside_reader_and_writer_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (path, kept, again) =
        (folder.path().join("index"), folder.path().join("kept"), folder.path().join("again"));
    index(&path);
    assert_fault("checking the index", || check(&path));
    assert_fault("backing up the index", || backup(&path, &kept));
    backup(&path, &kept).unwrap();
    assert_fault("restoring a backup", || restore(&kept, &again));
    restore(&kept, &again).unwrap();
    assert!(check(&again).unwrap().damage.is_empty());
}

/// Everything a writer does.
fn work(writer: &mut Option<Writer>) -> Result<(), IndexError> {
    let mut open = writer.take().unwrap();
    let done = open
        .upsert(prepared("b", "It is full again.".to_owned()))
        .and_then(|_| open.upsert(prepared("c", "The ferry left.".to_owned())))
        .and_then(|_| open.delete("a"))
        .and_then(|_| open.commit())
        .and_then(|()| open.merge());
    if done.is_ok() {
        return open.finish();
    }
    *writer = Some(open);
    done
}

#[test]
fn a_writer_refuses_after_a_fault_and_the_last_commit_stands() {
    for doing in [
        "adding an article",
        "deleting an article",
        "writing a segment",
        "committing",
        "merging segments",
        "closing the index",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        index(&path);
        let options = WriterOptions { memory: 0, ..WriterOptions::default() };
        assert_fault("opening the index to write", || Writer::open(&path, &options));
        let mut writer = Some(Writer::open(&path, &options).unwrap());
        assert_fault(doing, || work(&mut writer));
        if let Some(writer) = &mut writer {
            assert!(matches!(writer.commit(), Err(IndexError::Failed(_))), "{doing}");
            assert!(matches!(writer.delete("a"), Err(IndexError::Failed(_))), "{doing}");
        }
        drop(writer);
        let committed = ["merging segments", "closing the index"].contains(&doing);
        let reader = Reader::open(&path).unwrap();
        assert_eq!(
            (reader.get("a").unwrap().is_none(), reader.get("c").unwrap().is_some()),
            (committed, committed)
        );
        work(&mut Some(Writer::open(&path, &options).unwrap())).unwrap();
        reader.reload().unwrap();
        assert_eq!(reader.len(), 2, "{doing}");
        assert!(check(&path).unwrap().damage.is_empty(), "{doing}");
    }
}

#[test]
fn a_panic_that_the_engine_caught_is_told_without_what_it_said() {
    let said = tantivy::TantivyError::SystemError("Merge thread panicked: inside of `a secret`".to_owned());
    let error = IndexError::from(said);
    assert!(matches!(error, IndexError::Fault(_)) && !error.to_string().contains("secret"), "{error}");
}
