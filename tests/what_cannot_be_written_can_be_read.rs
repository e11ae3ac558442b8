//! An index on a read-only medium, or in somebody else's directory, answers as any other; reading writes nothing, and writing is refused
//! with the place named.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use common::{Place, Ran};
use dateline::index::{IndexError, Reader, Writer, WriterOptions, backup, check, restore};
use dateline::search::{Archive, SearchRequest};

/// Where the second process of these tests finds its read-only index.
const HERE: &str = "DATELINE_TEST_READ_ONLY";

fn place() -> Place {
    Place::with(&[
        "{\"id\": \"a\", \"body\": \"The bridge at Port Arden is open for 120 lorries, said Jane Doe in Iran.\"}",
        "{\"id\": \"b\", \"body\": \"The ferry left with $5 million on board.\"}",
    ])
}

/// Every file and directory with its time and its bytes.
fn state(index: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let mut found = BTreeMap::new();
    for folder in [index.to_owned(), index.join("segments")] {
        found.insert(folder.clone(), (fs::metadata(&folder).unwrap().modified().unwrap(), Vec::new()));
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                found.insert(
                    path.clone(),
                    (fs::metadata(&path).unwrap().modified().unwrap(), fs::read(&path).unwrap()),
                );
            }
        }
    }
    found
}

fn program(index: &Path, args: &[&str]) -> Ran {
    Ran::of(Command::new(env!("CARGO_BIN_EXE_dateline")).env("DATELINE_INDEX", index).args(args))
}

/// Everything that reads, through the library and through the program.
fn read_all(index: &Path, elsewhere: &Path) {
    let archive = Archive::open(index).unwrap();
    let request = SearchRequest::default();
    assert_eq!(archive.search("ferry", &request).unwrap().page.hits.len(), 1);
    assert_eq!(archive.count("country:Iran", &request).unwrap(), 1);
    assert_eq!(archive.stream("*", &request).unwrap().map(Result::unwrap).count(), 2);
    assert!(archive.get("a").unwrap().is_some() && archive.copies("a").unwrap().is_empty());
    archive.explain("ferr* AND number:>1").unwrap();
    archive.reload().unwrap();
    assert_eq!(archive.files().unwrap().segments, 1);
    assert_eq!(archive.following().count("bridge", &request).unwrap(), 1);
    assert_eq!(Reader::open(index).unwrap().segments().len(), 1);
    assert!(check(index).unwrap().damage.is_empty());
    let kept = elsewhere.join("kept.tar");
    assert_eq!(backup(index, &kept).unwrap().articles, 2);
    fs::remove_file(&kept).unwrap();
    for (args, code) in [
        (&["search", "ferry"][..], 0),
        (&["search", "nothing"], 1),
        (&["count", "bridge"], 0),
        (&["explain", "bridge"], 0),
        (&["show", "a"], 0),
        (&["stats"], 0),
        (&["check"], 0),
        (&["export", "*"], 0),
        (&["backup", kept.to_str().unwrap()], 0),
    ] {
        let ran = program(index, args);
        assert_eq!(ran.code, code, "{args:?}: {ran:?}");
    }
    fs::remove_file(&kept).unwrap();
}

/// Everything that writes says where it may not.
fn write_nothing(index: &Path, elsewhere: &Path) {
    let error = Writer::open(index, &WriterOptions::default()).unwrap_err();
    assert!(matches!(error, IndexError::Io { .. }), "{error}");
    let named = index.to_str().unwrap();
    assert!(error.to_string().contains(named), "{error}");
    let day = elsewhere.join("day.jsonl");
    fs::write(&day, "{\"id\": \"c\", \"body\": \"A kiosk burned down.\"}\n").unwrap();
    for args in [&["index", day.to_str().unwrap()][..], &["delete", "a"], &["merge"]] {
        let ran = program(index, args);
        assert_eq!(ran.code, 2, "{args:?}: {ran:?}");
        assert!(ran.err.contains(named) && !ran.err.contains("damaged"), "{args:?}: {}", ran.err);
        assert!(ran.err.contains("denied") || ran.err.contains("ead-only"), "{args:?}: {}", ran.err);
    }
    assert_eq!(Archive::open(index).unwrap().len(), 2);
}

#[test]
fn reading_writes_nothing() {
    let place = place();
    let before = state(&place.index());
    read_all(&place.index(), place.folder.path());
    assert!(state(&place.index()) == before);
}

#[test]
fn an_index_without_permission_to_write_can_be_read() {
    let place = place();
    let segments = place.index().join("segments");
    let set = |mode| {
        for path in [&segments, &place.index()] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    for file in state(&place.index()).into_keys().filter(|path| path.is_file()) {
        fs::set_permissions(file, fs::Permissions::from_mode(0o444)).unwrap();
    }
    set(0o555);
    if fs::File::create(place.index().join("probe")).is_ok() {
        eprintln!("skipped: permissions do not bind this user");
    } else {
        let before = state(&place.index());
        read_all(&place.index(), place.folder.path());
        write_nothing(&place.index(), place.folder.path());
        assert!(state(&place.index()) == before);
    }
    set(0o755);
}

/// Runs a program where a folder is a read-only medium.
fn with_read_only(folder: &Path, program: &Path) -> Command {
    let mut command = Command::new("unshare");
    let script = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && shift && exec \"$@\"";
    command.args(["-rm", "sh", "-c", script, "sh"]).arg(folder).arg(program);
    command
}

#[test]
fn an_index_on_a_read_only_medium_can_be_read() {
    let place = place();
    let tried = with_read_only(&place.index(), Path::new("true")).output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        eprintln!("skipped: no read-only medium can be made here");
        return;
    }
    // One that no writer has ever had open has no files to lock.
    let (kept, again) = (place.folder.path().join("kept"), place.folder.path().join("again"));
    backup(&place.index(), &kept).unwrap();
    restore(&kept, &again).unwrap();
    for index in [place.index(), kept, again] {
        let before = state(&index);
        let this = std::env::current_exe().unwrap();
        let mut command = with_read_only(&index, &this);
        let ran = Ran::of(command.args(["--exact", "seen_from_a_second_process"]).env(HERE, &index));
        assert_eq!(ran.code, 0, "{}: {}{}", index.display(), ran.out, ran.err);
        assert!(ran.out.contains("1 passed"), "{}", ran.out);
        assert!(state(&index) == before);
    }
}

/// What the test before has done where the medium is read-only; nothing by itself.
#[test]
fn seen_from_a_second_process() {
    let Some(index) = std::env::var_os(HERE).map(PathBuf::from) else { return };
    assert!(fs::File::create(index.join("probe")).is_err(), "it is not read-only");
    let elsewhere = tempfile::tempdir().unwrap();
    read_all(&index, elsewhere.path());
    write_nothing(&index, elsewhere.path());
}

#[test]
fn a_budget_that_cannot_be_kept_is_refused_with_what_can() {
    let place = place();
    for (memory, code) in [("14", 2), ("15", 0), ("2000", 0), ("2001", 2), ("16384", 2), ("0", 2), ("-1", 2)]
    {
        let day = place.file("day.jsonl", b"{\"id\": \"c\", \"body\": \"A kiosk burned down.\"}\n");
        let ran = place.run(&["index", day.to_str().unwrap(), &format!("--memory={memory}")]);
        assert_eq!(ran.code, code, "{memory}: {ran:?}");
        assert!(code == 0 || ran.err.contains("15..=2000") || memory == "-1", "{memory}: {}", ran.err);
    }
    // The library takes the nearest that is possible.
    for memory in [0, usize::MAX] {
        let writer =
            Writer::open(&place.index(), &WriterOptions { memory, ..WriterOptions::default() }).unwrap();
        writer.finish().unwrap();
    }
}
