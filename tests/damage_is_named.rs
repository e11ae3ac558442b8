//! What is not as it was written is named, whatever the file and whatever the byte, and nothing is answered from it in silence.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::Place;
use dateline::index::{IndexError, Reader, Writer, WriterOptions, check};
use dateline::search::Archive;

/// An index of two segments, one article of which has been deleted.
fn place() -> Place {
    let place = Place::with(&[
        "{\"id\": \"a\", \"body\": \"The bridge at Port Arden is open for 120 lorries.\"}",
        "{\"id\": \"b\", \"body\": \"The ferry left with $5 million on board.\"}",
        "{\"id\": \"d\", \"body\": \"A kiosk burned down in Holm.\"}",
        "{\"id\": \"e\", \"body\": \"The council meets on 4 May.\"}",
    ]);
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    writer.delete("b").unwrap();
    let third = "{\"id\": \"c\", \"body\": \"Jane Doe spoke in Iran on 3 May 2024.\"}";
    writer.finish().unwrap();
    let file = place.file("c.jsonl", third.as_bytes());
    assert_eq!(place.run(&["index", file.to_str().unwrap()]).code, 0);
    place
}

/// Every file of the index that counts, by its path in the directory.
fn files(index: &Path) -> Vec<String> {
    let names = |folder: &Path, before: &str| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        files.map(|entry| format!("{before}{}", entry.file_name().to_str().unwrap())).collect()
    };
    let mut all = names(index, "");
    all.extend(names(&index.join("segments"), "segments/"));
    all.retain(|file| !file.contains("/."));
    all.sort();
    all
}

fn named(index: &Path) -> Vec<String> {
    check(index).unwrap().damage.into_iter().map(|damage| damage.file).collect()
}

#[test]
fn an_index_is_as_it_was_written_after_every_kind_of_work() {
    let place = place();
    let checked = check(&place.index()).unwrap();
    assert_eq!((checked.damage, checked.notes, checked.articles), (vec![], vec![], 4));
    let said = place.run(&["check"]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains("of 4 articles: all as they were written"), "{}", said.out);
}

#[test]
fn a_changed_byte_in_any_file_is_found_and_the_file_named() {
    let place = place();
    let index = place.index();
    let all = files(&index);
    assert!([".del", ".store"].iter().all(|kind| all.iter().any(|file| file.ends_with(kind))), "{all:?}");
    for file in all {
        let path = index.join(&file);
        let whole = fs::read(&path).unwrap();
        let places = (0..whole.len()).step_by((whole.len() / 40).max(1)).chain([whole.len() - 1]);
        for at in places {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            fs::write(&path, &bytes).unwrap();
            // A manifest may say that it is of another format then, which is an error of its own.
            match check(&index) {
                Ok(checked) => {
                    let named: Vec<_> = checked.damage.iter().map(|damage| &damage.file).collect();
                    assert!(named.contains(&&file), "byte {at} of {file}: {named:?}");
                }
                Err(error) => {
                    assert!(error.is_damage() && file == "manifest.json", "byte {at} of {file}: {error}");
                }
            }
        }
        fs::write(&path, &whole).unwrap();
    }
    assert_eq!(named(&index), Vec::<String>::new());
}

#[test]
fn a_file_that_is_cut_empty_or_gone_is_named() {
    let place = place();
    let index = place.index();
    for file in files(&index) {
        if ["evidence.bin", "rarity.bin", "checksums"].contains(&file.as_str()) {
            continue; // an index can do without them
        }
        let path = index.join(&file);
        let whole = fs::read(&path).unwrap();
        for len in [whole.len() - 1, whole.len() / 2, 7, 1, 0] {
            fs::write(&path, &whole[..len]).unwrap();
            assert!(named(&index).contains(&file), "{len} bytes of {file}");
        }
        fs::remove_file(&path).unwrap();
        match check(&index) {
            Ok(checked) => assert!(checked.damage.iter().any(|damage| damage.file == file), "{file}"),
            Err(error) => assert!(error.to_string().contains("no index"), "{file}: {error}"),
        }
        fs::write(&path, &whole).unwrap();
    }
    assert_eq!(named(&index), Vec::<String>::new());
}

#[test]
fn a_small_index_with_a_changed_byte_is_not_opened() {
    let place = place();
    let index = place.index();
    for file in files(&index).into_iter().filter(|file| file.starts_with("segments/")) {
        let path = index.join(&file);
        let whole = fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        bytes[whole.len() / 3] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let error = Archive::open(&index).unwrap_err();
        assert!(error.is_damage() && error.to_string().contains(&file), "{file}: {error}");
        let said = place.run(&["count", "bridge"]);
        assert_eq!(said.code, 4, "{}", said.err);
        fs::write(&path, &whole).unwrap();
    }
}

#[test]
fn the_program_says_what_is_lost() {
    let place = place();
    let store = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "store");
    let mut entries =
        fs::read_dir(place.index().join("segments")).unwrap().map(|entry| entry.unwrap().path());
    let path = entries.find(store).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[20] ^= 1;
    fs::write(&path, bytes).unwrap();
    let said = place.run(&["check"]);
    assert_eq!(said.code, 4);
    assert!(said.out.contains("lost: the text of a segment of"), "{}", said.out);
    assert!(said.out.contains("1 damaged; restore the index from a backup"), "{}", said.out);
    let json = place.run(&["--format", "json", "check"]);
    assert!(json.out.contains("\"damage\""), "{}", json.out);
}

#[test]
fn a_commit_that_is_cut_off_before_it_counts_leaves_the_one_before_whole() {
    let place = place();
    let index = place.index();
    let meta = index.join("segments/meta.json");
    let before = fs::read(&meta).unwrap();
    let file = place.file("d.jsonl", b"{\"id\": \"f\", \"body\": \"A kiosk opened.\"}");
    assert_eq!(place.run(&["index", file.to_str().unwrap()]).code, 0);
    // The list is replaced first, so it knows both.
    fs::write(&meta, before).unwrap();
    assert_eq!(named(&index), Vec::<String>::new());
    assert_eq!(place.archive().len(), 4);
    drop(Writer::open(&index, &WriterOptions::default()).unwrap());
    assert_eq!(named(&index), Vec::<String>::new());
    assert_eq!(place.archive().len(), 4);
}

#[test]
fn a_list_that_is_gone_is_named_and_the_next_writer_makes_it_again_of_what_is_whole() {
    let place = place();
    let index = place.index();
    let list = fs::read(index.join("checksums")).unwrap();
    fs::remove_file(index.join("checksums")).unwrap();
    assert_eq!(named(&index), ["checksums"]);
    let error = Archive::open(&index).unwrap_err();
    assert!(error.is_damage() && error.to_string().contains("checksums"), "{error}");
    let is_store = |file: &String| Path::new(file).extension().is_some_and(|kind| kind == "store");
    let store = files(&index).into_iter().find(is_store).unwrap();
    let whole = fs::read(index.join(&store)).unwrap();
    let mut bytes = whole.clone();
    bytes[whole.len() / 3] ^= 1;
    fs::write(index.join(&store), bytes).unwrap();
    assert_eq!(named(&index), ["checksums".to_owned(), store.clone()]);
    let error = Writer::open(&index, &WriterOptions::default()).unwrap_err();
    assert!(error.is_damage() && error.to_string().contains(&store), "{error}");
    fs::write(index.join(&store), whole).unwrap();
    drop(Writer::open(&index, &WriterOptions::default()).unwrap());
    assert_eq!(named(&index), Vec::<String>::new());
    assert_eq!(place.archive().len(), 4);
    assert!(fs::read(index.join("checksums")).unwrap().len() >= list.len() / 2);
}

#[test]
fn an_index_whose_making_was_cut_off_is_none_yet_and_is_made_by_the_next_writer() {
    let place = place();
    let index = place.index();
    let manifest = fs::read(index.join("manifest.json")).unwrap();
    let empty = Place::new();
    drop(Writer::open(&empty.index(), &WriterOptions::default()).unwrap());
    let list = fs::read(empty.index().join("checksums")).unwrap();
    for list in [None, Some(list)] {
        let cut = Place::new();
        fs::create_dir_all(cut.index().join("segments")).unwrap();
        fs::write(cut.index().join("manifest.json"), &manifest).unwrap();
        if let Some(list) = list {
            fs::write(cut.index().join("checksums"), list).unwrap();
        }
        assert!(matches!(check(&cut.index()).unwrap_err(), IndexError::Missing(_)));
        assert!(matches!(Reader::open(&cut.index()).unwrap_err(), IndexError::Missing(_)));
        let file = cut.file("a.jsonl", b"{\"id\": \"f\", \"body\": \"A kiosk opened.\"}");
        assert_eq!(cut.run(&["index", file.to_str().unwrap()]).code, 0);
        assert_eq!((cut.archive().len(), named(&cut.index())), (1, vec![]));
    }
}
