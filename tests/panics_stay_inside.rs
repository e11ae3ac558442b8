//! Whatever the files of an index hold, every public operation gives an answer or an error, in time: no panic comes out, nothing hangs.
//!
//! `DATELINE_DAMAGES=20000 cargo test --release --test panics_stay_inside` for the long run; `DATELINE_SEED=2` for other damages.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod common;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use common::{Place, Ran};
use dateline::article::Article;
use dateline::backend::{BackendError, FacetSort, FacetsRequest, Group, PageRequest, Sort};
use dateline::facets;
use dateline::index::manifest::Manifest;
use dateline::index::{
    IndexError, Prepared, Reader, Weights, Writer, WriterOptions, backup, check, restore, sidecar,
};
use dateline::ingest::{IngestError, IngestOptions, Pipeline, ingest};
use dateline::read::Input;
use dateline::search::{Archive, SearchError, SearchRequest};
use dateline::text::Calendar;

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next()).unwrap() % n.max(1)
    }
}

fn prepared(id: &str, body: String) -> Prepared {
    let article = Article { id: id.to_owned(), body, published: Some(1_700_000_000), ..Article::default() };
    Pipeline::default().mark_article(article).prepare(Weights::default()).unwrap()
}

/// An index of two segments with a deleted article, too large to be read as a whole when it is opened.
fn large(index: &Path) {
    let mut dice = Dice(7);
    let mut writer = Writer::open(index, &WriterOptions::default()).unwrap();
    for n in 0..44 {
        let mut body = format!(
            "The ferry left Port Hallam with {n} lorries and $5 million, said Jane Doe in Iran on 3 May 2024.\n"
        );
        for _ in 0..2500 {
            let word: String =
                (0..9).map(|_| char::from(b'a' + u8::try_from(dice.below(26)).unwrap())).collect();
            body.push_str(&word);
            body.push(' ');
        }
        writer.upsert(prepared(&format!("a{n}"), body)).unwrap();
        if n == 20 {
            writer.commit().unwrap();
        }
    }
    writer.delete("a3").unwrap();
    writer.finish().unwrap();
    let bytes: u64 = files(index).iter().map(|file| fs::metadata(index.join(file)).unwrap().len()).sum();
    assert!(bytes > 1 << 20, "{bytes} bytes are read as a whole");
}

/// Every file of an index.
fn files(index: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["", "segments"] {
        for entry in fs::read_dir(index.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() && entry.metadata().unwrap().len() > 0 {
                found.push(Path::new(folder).join(entry.file_name()));
            }
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("segments")).unwrap();
    for file in files(from) {
        fs::copy(from.join(&file), to.join(&file)).unwrap();
    }
}

/// Damages one file, or two of a kind; says how.
fn damage(index: &Path, turn: usize, dice: &mut Dice) -> String {
    let all = files(index);
    let file = &all[turn % all.len()];
    let path = index.join(file);
    let mut bytes = fs::read(&path).unwrap();
    let len = bytes.len();
    let what = match dice.below(8) {
        0 => {
            let kept = dice.below(17).min(len);
            bytes.truncate(kept);
            format!("cut to {kept} bytes")
        }
        1 => {
            let from = dice.below(len);
            let to = len.min(from + 1 + dice.below(5000));
            bytes[from..to].fill(0);
            format!("zeros from {from} to {to}")
        }
        2 => {
            let kind = |path: &Path| path.extension().map(std::ffi::OsStr::to_owned);
            if let Some(other) = all.iter().find(|other| *other != file && kind(other) == kind(file)) {
                fs::rename(index.join(other), index.join("between")).unwrap();
                fs::rename(&path, index.join(other)).unwrap();
                fs::rename(index.join("between"), &path).unwrap();
                bytes = fs::read(&path).unwrap();
                format!("swapped with {}", other.display())
            } else {
                bytes.clear();
                "empty".to_owned()
            }
        }
        // At the end stands what says where everything else is.
        3 | 4 => {
            let at = len - 1 - dice.below(len.min(200));
            bytes[at] ^= 1 << dice.below(8);
            format!("a bit at {at}, near the end")
        }
        _ => {
            let at: Vec<usize> = (0..=dice.below(4)).map(|_| dice.below(len)).collect();
            for at in &at {
                bytes[*at] = u8::try_from(dice.below(256)).unwrap();
            }
            format!("bytes at {at:?}")
        }
    };
    fs::write(&path, bytes).unwrap();
    // Without that, nothing of a damaged file is given to the engine.
    let listed = turn % 2 == 1 && list_again(index).is_some();
    format!("{}: {what}{}", file.display(), if listed { ", and listed so" } else { "" })
}

/// What came of many operations.
#[derive(Default)]
struct Came {
    done: usize,
    errors: usize,
    faults: usize,
}

impl Came {
    fn note<T, E: Into<SearchError>>(&mut self, result: Result<T, E>) -> Option<T> {
        match result.map_err(Into::into) {
            Ok(done) => {
                self.done += 1;
                Some(done)
            }
            Err(error) => {
                self.errors += 1;
                self.faults += usize::from(matches!(
                    error,
                    SearchError::Backend(BackendError::Index(IndexError::Fault(_)))
                ));
                None
            }
        }
    }
}

const QUERIES: [&str; 9] = [
    "ferry",
    "\"port hallam\"",
    "person:\"Jane Doe\"",
    "country:Iran number:[5 TO 20]",
    "ferr* OR aa*",
    "lorries W/5 ferry",
    "published:[2023-01-01 TO 2024-01-01]",
    "money:>1000000 -number:3",
    "person:\"Jane Do\"",
];

/// Facets of every sort.
fn counted() -> FacetsRequest {
    let by = ["person", "country+source", "day", "money", "number"].map(|text| facets::by(text).unwrap());
    FacetsRequest { by: by.to_vec(), sort: FacetSort::Unusual, ..FacetsRequest::default() }
}

fn read_all(index: &Path, came: &mut Came) {
    let request = |page| SearchRequest { page, ..SearchRequest::default() };
    let plain = request(PageRequest { limit: 50, ..PageRequest::default() });
    let explained =
        request(PageRequest { explain: true, total: false, group: Group::None, ..PageRequest::default() });
    let newest = request(PageRequest { sort: Sort::Newest, ..PageRequest::default() });
    let _ = Manifest::read(index);
    let _ = sidecar::read(index);
    came.note(check(index));
    if let Some(reader) = came.note(Reader::open(index)) {
        let _ = (reader.len(), reader.segments(), reader.weights());
        came.note(reader.files());
    }
    let Some(archive) = came.note(Archive::open(index)) else { return };
    for (n, query) in QUERIES.into_iter().enumerate() {
        came.note(archive.search(query, [&plain, &explained, &newest][(n + came.done) % 3]));
        came.note(archive.count(query, &plain));
        came.note(archive.facets(query, &plain, &counted()));
        came.note(archive.timeline(query, &plain, Calendar::Month, Group::Copy));
        came.note(archive.explain(query));
        if let Some(hits) = came.note(archive.stream(query, &plain)) {
            for hit in hits.take(12) {
                came.note(hit);
            }
        }
    }
    for n in (0..44).step_by(11) {
        came.note(archive.get(&format!("a{n}")));
        came.note(archive.copies(&format!("a{n}")));
    }
    came.note(archive.files());
    came.note(archive.reload());
    let following = archive.following();
    let _ = following.len();
    came.note(following.count("ferry", &plain));
}

fn write_all(index: &Path, elsewhere: &Path, came: &mut Came) {
    let kept = elsewhere.join(["kept", "kept.tar.zst"][came.done % 2]);
    if came.note(backup(index, &kept)).is_some() {
        came.note(restore(&kept, &elsewhere.join("again")));
    }
    if let Some(mut writer) = came.note(Writer::open(index, &WriterOptions::default())) {
        came.note(writer.committed().holds("a1"));
        came.note(writer.delete("a5"));
        came.note(writer.upsert(prepared("a9", "The ferry is back.".to_owned())));
        came.note(writer.upsert(prepared("new", "The ferry is new.".to_owned())));
        came.note(writer.commit());
        came.note(writer.delete("a30"));
        came.note(writer.merge());
        came.note(writer.finish());
    }
    if let Some(mut writer) = came.note(Writer::open(index, &WriterOptions::default())) {
        came.note(writer.delete("a12"));
        came.note(writer.merge());
    }
    let line = "{\"id\": \"a13\", \"body\": \"The ferry came again.\"}\n".repeat(3);
    let input = Input::reader("day.jsonl", std::io::Cursor::new(line));
    let options = IngestOptions { resume: true, threads: 1, ..IngestOptions::default() };
    let done = ingest(index, &[input], &options, &mut ());
    came.note(done.map_err(|error| match error {
        IngestError::Index(error) => error,
        other => IndexError::Engine(other.to_string()),
    }));
}

/// Does something in a thread of its own; what came of it, or why nothing did.
fn held(work: impl FnOnce() -> Came + Send + 'static) -> Result<Came, &'static str> {
    let (done, wait) = channel();
    std::thread::spawn(move || {
        let _ = done.send(catch_unwind(AssertUnwindSafe(work)).map_err(|_| "a panic came out"));
    });
    wait.recv_timeout(PATIENCE).unwrap_or(Err("it hangs"))
}

#[test]
fn panics_stay_inside() {
    let number = |name| std::env::var(name).ok().and_then(|n| n.parse::<usize>().ok());
    let (turns, seed) = (number("DATELINE_DAMAGES").unwrap_or(24), number("DATELINE_SEED").unwrap_or(1));
    let place = Place::new();
    large(&place.index());
    let mut dice = Dice(seed as u64);
    let (mut all, mut bad) = (Came::default(), Vec::new());
    // Those that are caught are many, and expected.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for turn in 0..turns {
        let here = tempfile::tempdir().unwrap();
        let index = here.path().join("index");
        copy(&place.index(), &index);
        let what = damage(&index, turn, &mut dice);
        let elsewhere = here.path().to_owned();
        let came = held(move || {
            let mut came = Came::default();
            read_all(&index, &mut came);
            write_all(&index, &elsewhere, &mut came);
            came.note(check(&index));
            came.note(Archive::open(&index));
            came
        });
        match came {
            Ok(came) => {
                all.done += came.done;
                all.errors += came.errors;
                all.faults += came.faults;
            }
            Err(why) => bad.push(format!("{why}: {what}")),
        }
    }
    std::panic::set_hook(hook);
    println!("{turns} damages: {} answers, {} errors, {} of them faults", all.done, all.errors, all.faults);
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    assert!(all.faults > 0, "the engine has not panicked once: these damages show nothing");
}

#[test]
fn a_backup_with_any_byte_changed_is_refused_or_whole() {
    let place = Place::with(&[
        "{\"id\": \"a\", \"body\": \"The bridge at Port Arden is open for 120 lorries.\"}",
        "{\"id\": \"b\", \"body\": \"The ferry left with $5 million on board.\"}",
    ]);
    for name in ["kept.tar", "kept.tar.zst"] {
        let kept = place.folder.path().join(name);
        backup(&place.index(), &kept).unwrap();
        let whole = fs::read(&kept).unwrap();
        let mut dice = Dice(3);
        for _ in 0..80 {
            let mut bytes = whole.clone();
            if dice.below(3) == 0 {
                bytes.truncate(dice.below(whole.len()));
            } else {
                let at = dice.below(whole.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            fs::write(&kept, &bytes).unwrap();
            let again = place.folder.path().join("again");
            let (from, to) = (kept.clone(), again.clone());
            let done = held(move || {
                let mut came = Came::default();
                came.note(restore(&from, &to));
                came
            });
            assert!(done.unwrap().faults == 0, "{name}");
            if again.exists() {
                assert!(check(&again).unwrap().damage.is_empty());
                fs::remove_dir_all(again).unwrap();
            }
        }
    }
}

/// Lists the files of an index as they are now, as if they had been written so: nothing else makes the engine meet damage. `None` where there is no
/// list, or a file of it is gone.
fn list_again(index: &Path) -> Option<()> {
    let path = index.join("checksums");
    let text = fs::read_to_string(&path).ok()?;
    let (first, files) = text.split_once('\n')?;
    let mut list = format!("{first}\n");
    for line in files.lines().filter(|line| !line.ends_with(" end")) {
        let file = line.split(' ').next()?;
        let bytes = fs::read(index.join(file)).ok()?;
        list += &format!("{file} {}", bytes.len());
        list.extend(bytes.chunks(1 << 16).map(|block| format!(" {:08x}", crc32fast::hash(block))));
        list.push('\n');
    }
    fs::write(path, format!("{list}{:08x} end\n", crc32fast::hash(list.as_bytes()))).ok()
}

/// What a person sees: one line with what to do, and nothing of what the panic said.
#[test]
fn the_program_tells_of_a_fault_in_one_line() {
    let place = Place::new();
    large(&place.index());
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let index = place.folder.path().join("damaged");
    let mut dice = Dice(11);
    let meets_a_fault = (0..4000).any(|_| {
        let _ = fs::remove_dir_all(&index);
        copy(&place.index(), &index);
        let all = files(&index);
        let kinds = |file: &&PathBuf| file.extension().is_some_and(|kind| kind == "idx" || kind == "term");
        let file = all.iter().filter(kinds).nth(dice.below(4)).unwrap();
        let mut bytes = fs::read(index.join(file)).unwrap();
        let at = bytes.len() - 1 - dice.below(bytes.len().min(2000));
        bytes[at] = bytes[at].wrapping_add(u8::try_from(1 + dice.below(255)).unwrap());
        fs::write(index.join(file), bytes).unwrap();
        list_again(&index).unwrap();
        let found = Archive::open(&index).map_err(SearchError::from);
        let found = found.and_then(|archive| archive.count("ferry", &SearchRequest::default()));
        matches!(found, Err(SearchError::Backend(BackendError::Index(IndexError::Fault(_)))))
    });
    std::panic::set_hook(hook);
    assert!(meets_a_fault);
    let count = |backtrace| {
        let mut program = place.program();
        Ran::of(program.env("RUST_BACKTRACE", backtrace).arg("-i").arg(&index).args(["count", "ferry"]))
    };
    let ran = count("0");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.starts_with("error: internal fault while "), "{}", ran.err);
    for said in ["dateline check", "please report", concat!("(dateline ", env!("CARGO_PKG_VERSION")), ".rs:"]
    {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert!(count("1").err.lines().count() > 5, "those who ask get the way that led to it");
}
