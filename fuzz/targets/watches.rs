//! What an index keeps of watches: whatever stands in these files, they are read, or refused with a reason that can be shown.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use dateline::fuzzing;
use dateline::index::IndexError;
use dateline::index::outbox::{BatchReader, Told, write_list};
use dateline::snippet::SnippetOptions;
use dateline::watch::{Telling, WatchError, WatchList, Watches, waiting};

/// Puts `bytes` into an index as one of its files, which the first byte chooses: the list (`l`, or `L` behind a true checksum), how far was told
/// (`t`), a batch (`b`, or `B` of records with a bar between them, the last of which is the table, behind true checksums).
pub(crate) fn holds(bytes: &[u8]) {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (first, rest) = bytes.split_first().unwrap_or((&b'b', &[]));
    match first {
        b'l' => list(Some(rest)),
        b'L' => {
            write_list(&FOLDER, rest).unwrap_or_else(|e| panic!("{e}"));
            list(None);
        }
        b't' => told(rest),
        b'b' => batch(rest),
        _ => {
            let mut parts: Vec<&[u8]> = rest.split(|byte| *byte == b'|').collect();
            let table = parts.pop().unwrap_or_default();
            batch(&fuzzing::batch(&parts, table));
        }
    }
}

/// A folder for this process, in memory where there is one: written at every run.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let within = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = within.join(format!("dateline-fuzz-watches-{}", std::process::id()));
    let made = std::fs::create_dir_all(folder.join("watches"));
    let made = made.and_then(|()| std::fs::create_dir_all(folder.join("segments")));
    let said = r#"{"segments": [], "opstamp": 7, "payload": "matches 1"}"#;
    let made = made.and_then(|()| std::fs::write(folder.join("segments/meta.json"), said));
    made.unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    folder
});

fn write(file: &str, bytes: &[u8]) {
    let path = FOLDER.join("watches").join(file);
    std::fs::write(&path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

fn clear(file: &str) {
    let _ = std::fs::remove_file(FOLDER.join("watches").join(file)); // it need not be there
}

fn is_damage(error: &IndexError) {
    assert!(error.is_damage() && !error.to_string().trim().is_empty(), "{error:?}");
}

fn list(bytes: Option<&[u8]>) {
    if let Some(bytes) = bytes {
        write("list", bytes);
    }
    match WatchList::read(&FOLDER) {
        Ok(list) => assert!(Watches::new(&list, None).len() <= list.len()),
        Err(error) => is_damage(&error),
    }
    clear("list");
}

fn told(bytes: &[u8]) {
    write("told", bytes);
    match Told::read(&FOLDER) {
        Ok(place) => assert_eq!(place.is_some(), bytes.len() >= 20, "{place:?}"),
        Err(error) => is_damage(&error),
    }
    clear("told");
}

fn batch(bytes: &[u8]) {
    const NAME: &str = "00000001.matches";
    write(NAME, bytes);
    clear("told");
    let mut matches = 0;
    let read = BatchReader::open(&FOLDER, 1).and_then(|batch| match batch {
        Some(mut batch) => batch.each(|matched| matches += matched.watches.len()),
        None => panic!("it is there"),
    });
    if let Err(error) = &read {
        is_damage(error);
    }
    if let Err(error) = waiting(&FOLDER) {
        is_damage(&error);
    }
    // Who tells goes through all of it, or stops where it is damaged; no watch of it is known here, so nothing is told.
    let mut telling = Telling::open(&FOLDER, &SnippetOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    let told = if matches < 1000 { Some(telling.next_match()) } else { None };
    match told {
        Some(Ok(found)) => assert!(read.is_ok() && found.is_none(), "{found:?}"),
        Some(Err(WatchError::Index(error))) => is_damage(&error),
        Some(Err(error)) => panic!("{error}"),
        None => {}
    }
    clear(NAME);
    clear("told");
}
