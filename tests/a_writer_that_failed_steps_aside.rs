//! A writer that failed refuses everything after, ends at once, and leaves the last commit; the next one goes on. Of one id the last stands,
//! whoever sent it.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use common::{Place, Ran, index};
use dateline::article::Article;
use dateline::index::{IndexError, Prepared, Weights, Writer, WriterOptions, check};
use dateline::ingest::Pipeline;
use dateline::search::SearchRequest;

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

fn prepared(id: &str, body: &str) -> Prepared {
    let article = Article { id: id.to_owned(), body: body.to_owned(), ..Article::default() };
    Pipeline::default().mark_article(article).prepare(Weights::default()).unwrap()
}

/// Does something that must come to an end.
fn in_time<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = channel();
    std::thread::spawn(move || done.send(work()));
    wait.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what} does not end"))
}

fn count(place: &Place, query: &str) -> u64 {
    place.archive().count(query, &SearchRequest::default()).unwrap()
}

#[test]
fn a_writer_that_failed_refuses_everything_and_the_next_goes_on() {
    for way in ["commit", "merge", "finish", "drop"] {
        let place = Place::with(&["{\"id\": \"a\", \"body\": \"The ferry is back.\"}"]);
        let (segments, away) = (place.index().join("segments"), place.index().join("away"));
        let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
        writer.upsert(prepared("b", "The ferry left.")).unwrap();
        fs::rename(&segments, &away).unwrap();
        let error = writer.commit().unwrap_err();
        assert!(!matches!(error, IndexError::Failed(_)), "{error}");
        for refused in [
            writer.upsert(prepared("c", "A kiosk.")).map(|_| ()),
            writer.delete("a").map(|_| ()),
            writer.commit(),
            writer.merge(),
        ] {
            let refused = refused.unwrap_err();
            assert!(matches!(refused, IndexError::Failed(_)), "{refused}");
            assert!(refused.to_string().contains("start again to go on"), "{refused}");
        }
        in_time(way, move || match way {
            "commit" => drop(writer.commit().unwrap_err()),
            "merge" => drop(writer.merge().unwrap_err()),
            "finish" => assert!(matches!(writer.finish().unwrap_err(), IndexError::Failed(_))),
            _ => drop(writer),
        });
        fs::rename(&away, &segments).unwrap();
        assert_eq!(count(&place, "ferry"), 1);
        let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
        writer.upsert(prepared("b", "The ferry left.")).unwrap();
        writer.finish().unwrap();
        assert_eq!(count(&place, "ferry"), 2);
        assert!(check(&place.index()).unwrap().damage.is_empty());
    }
}

#[test]
fn a_segment_that_cannot_be_written_between_commits_fails_the_writer_in_time() {
    let place = Place::with(&["{\"id\": \"a\", \"body\": \"The ferry is back.\"}"]);
    let (segments, away) = (place.index().join("segments"), place.index().join("away"));
    let options = WriterOptions { memory: 1_000_000, ..WriterOptions::default() };
    let mut writer = Writer::open(&place.index(), &options).unwrap();
    writer.upsert(prepared("b", "The ferry left.")).unwrap();
    fs::rename(&segments, &away).unwrap();
    let failed = in_time("writing", move || {
        (0..1000).find_map(|id| {
            let words: Vec<String> = (0..1500).map(|n| format!("w{id}x{n}")).collect();
            writer.upsert(prepared(&format!("c{id}"), &words.join(" "))).err()
        })
    });
    assert!(failed.is_some());
    fs::rename(&away, &segments).unwrap();
    assert_eq!(count(&place, "*"), 1);
}

/// Runs the program where no file may grow beyond so many blocks, as on a disk that is full.
#[cfg(unix)]
fn where_files_stay_small(blocks: u32, index: &Path, file: &Path) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_dateline"), "index"]).arg(file);
    Ran::of(command.env("DATELINE_INDEX", index))
}

#[cfg(unix)]
#[test]
fn where_there_is_no_room_the_program_says_so_and_the_same_command_succeeds_later() {
    let lines = |word: &str, count: u32| -> String {
        let line = |n| {
            format!(
                "{{\"id\": \"a{n}\", \"body\": \"{word}{n} and the ferry with {n} lorries, said Jane Doe.\"}}\n"
            )
        };
        (0..count).map(line).collect()
    };
    let place = Place::new();
    let first = place.file("first.jsonl", lines("first", 100).as_bytes());
    let second = place.file("second.jsonl", lines("second", 400).as_bytes());
    index(&place, &[&first]);
    let mut failed = 0;
    for blocks in [0, 1, 2, 4, 8, 16, 24, 32, 40, 48, 64] {
        let clock = Instant::now();
        let ran = where_files_stay_small(blocks, &place.index(), &second);
        assert!(clock.elapsed() < PATIENCE, "{blocks}");
        if ran.code == 0 {
            break;
        }
        failed += 1;
        assert_eq!(ran.code, 2, "{blocks}: {ran:?}");
        assert!(ran.err.contains("too large"), "{blocks}: {}", ran.err);
        // What fails may come after the commit, when all is there; never is a part.
        let held = (count(&place, "ferry"), count(&place, "first7"));
        assert!([(100, 1), (400, 0)].contains(&held), "{blocks}: {held:?}");
        assert!(check(&place.index()).unwrap().damage.is_empty(), "{blocks}");
    }
    assert!(failed > 3, "{failed}");
    let ran = place.run(&["index", second.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!((count(&place, "ferry"), count(&place, "first7"), count(&place, "second7")), (400, 0, 1));
    assert!(check(&place.index()).unwrap().damage.is_empty());
}

#[test]
fn of_one_id_from_many_threads_one_article_remains() {
    let place = Place::new();
    let writer = Mutex::new(Writer::open(&place.index(), &WriterOptions::default()).unwrap());
    let last = Mutex::new([0u32; 5]);
    let (writer, last) = (&writer, &last);
    std::thread::scope(|scope| {
        for thread in 0..4u32 {
            scope.spawn(move || {
                for round in 0..60u32 {
                    let (id, said) = (round % 5, thread * 1000 + round);
                    let article = prepared(&format!("same{id}"), &format!("Version{said} of the ferry."));
                    let mut writer = writer.lock().unwrap();
                    writer.upsert(article).unwrap();
                    last.lock().unwrap()[id as usize] = said;
                    if round % 20 == 7 {
                        writer.commit().unwrap();
                    }
                }
            });
        }
    });
    writer.lock().unwrap().commit().unwrap();
    assert_eq!((count(&place, "*"), count(&place, "ferry")), (5, 5));
    for said in *last.lock().unwrap() {
        assert_eq!(count(&place, &format!("version{said}")), 1, "{said}");
    }
}

#[test]
fn of_one_id_in_several_files_the_last_by_the_order_of_the_inputs_stands() {
    let place = Place::new();
    let mut files = Vec::new();
    for file in 0..4 {
        let line = |n: u32| {
            format!("{{\"id\": \"same{}\", \"body\": \"File{file} said version{n} of the ferry.\"}}\n", n % 4)
        };
        // Long ones first, so that those of the last file are through before them.
        let count = 900 - file * 250;
        files.push(place.file(&format!("{file}.jsonl"), (0..count).map(line).collect::<String>().as_bytes()));
    }
    for order in [[0, 1, 2, 3], [3, 1, 0, 2]] {
        let paths: Vec<&Path> = order.iter().map(|n| files[*n].as_path()).collect();
        let (done, rejects) = index(&place, &paths);
        assert_eq!((done.articles, rejects.len()), (900 + 650 + 400 + 150, 0));
        assert_eq!(count(&place, "*"), 4);
        let last = order[3];
        assert_eq!(count(&place, &format!("file{last}")), 4);
        let most = 900 - 250 * u32::try_from(last).unwrap();
        for n in most - 4..most {
            assert_eq!(count(&place, &format!("version{n}")), 1, "{n}");
        }
    }
}
