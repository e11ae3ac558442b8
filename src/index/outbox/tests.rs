//! What is kept of watches is read again, and damage is told.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

#[test]
fn a_list_is_read_again_and_every_changed_byte_is_told() {
    let index = tempfile::tempdir().unwrap();
    assert!(read_list(index.path()).unwrap().is_none());
    write_list(index.path(), b"{\"watches\":[]}").unwrap();
    assert_eq!(read_list(index.path()).unwrap().unwrap(), b"{\"watches\":[]}");
    let path = index.path().join(FOLDER).join(LIST);
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(read_list(index.path()), Err(IndexError::Damaged { .. })), "byte {at}");
    }
}

#[test]
fn how_far_was_told_outlives_a_record_that_was_cut_off() {
    let index = tempfile::tempdir().unwrap();
    let mut told = Told::open(index.path()).unwrap();
    assert_eq!(told.place(), Place { batch: 1, matches: 0 });
    told.one_more().unwrap();
    told.one_more().unwrap();
    let path = index.path().join(FOLDER).join(told::FILE);
    let bytes = fs::read(&path).unwrap();
    for cut in 0..20 {
        fs::write(&path, &bytes[..40 + cut]).unwrap();
        assert_eq!(Told::read(index.path()).unwrap(), Some(Place { batch: 1, matches: 1 }));
    }
    fs::write(&path, &bytes[..50]).unwrap();
    let mut told = Told::open(index.path()).unwrap();
    told.one_more().unwrap();
    assert_eq!(Told::read(index.path()).unwrap(), Some(Place { batch: 1, matches: 2 }));
    told.end_of_batch(true).unwrap();
    assert_eq!(Told::read(index.path()).unwrap(), Some(Place { batch: 2, matches: 0 }));
    for at in 0..20 {
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 4;
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(Told::read(index.path()), Err(IndexError::Damaged { .. })), "byte {at}");
        bytes[at] ^= 4;
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn two_do_not_hold_one_lock() {
    let index = tempfile::tempdir().unwrap();
    let first = lock(index.path(), Lock::Telling).unwrap();
    assert!(first.is_some() && lock(index.path(), Lock::Telling).unwrap().is_none());
    assert!(lock(index.path(), Lock::List).unwrap().is_some());
    drop(first);
    assert!(lock(index.path(), Lock::Telling).unwrap().is_some());
}
