//! Whatever is done to an index, in whatever order, it answers as a plain map of ids to texts would: nothing is lost, nothing doubled,
//! and nothing that was not committed outlives its writer.
//!
//! `PROPTEST_CASES=2000 cargo test --release --test an_index_does_what_its_model_says` for the long run.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dateline::article::Article;
use dateline::backend::{Group, PageRequest};
use dateline::index::{Prepared, Writer, WriterOptions, backup, check, restore};
use dateline::ingest::Pipeline;
use dateline::search::{Archive, SearchRequest};
use proptest::prelude::*;

const PERSONS: [&str; 3] = ["Jane Doe", "Omar Haddad", "Ingrid Solberg"];
const COUNTRIES: [&str; 3] = ["Iran", "Norway", "Brazil"];
const THINGS: [&str; 4] = ["lorries", "cranes", "barges", "lanterns"];
/// What most articles say besides, so that many are near copies of others.
const WIRE: &str = "The harbour office of Port Hallam closed its gates before dawn and opened them again towards noon, \
    when the fog over the breakwater had lifted and the pilots went back to work.";
/// How many ids there are.
const IDS: u8 = 12;
/// The id of an article that fills a segment by itself; it comes after all others.
const LARGE: u8 = IDS;

/// What an article says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Says {
    person: usize,
    country: usize,
    figure: u32,
    thing: usize,
    wire: bool,
    /// So many words that no other article has follow.
    more: u32,
}

impl Says {
    fn body(self, id: u8) -> String {
        let Self { person, country, figure, thing, wire, more } = self;
        let mut body =
            format!("{} counted {figure} {} in {}.", PERSONS[person], THINGS[thing], COUNTRIES[country]);
        if wire {
            body = format!("{WIRE}\n{body}");
        }
        let words: Vec<String> = (0..more).map(|n| format!("q{id}x{figure}x{n}")).collect();
        if more > 0 { format!("{body}\n{}", words.join(" ")) } else { body }
    }
}

#[derive(Debug, Clone)]
enum Step {
    /// A new article, or another in place of the one with its id.
    Put(u8, Says),
    Delete(u8),
    Commit,
    /// The writer is dropped.
    RollBack,
    /// The directory as it lies there, while a writer is at work, is all that is left.
    Crash,
    /// The writer finishes, and another is opened, with little memory or enough.
    Reopen {
        little: bool,
    },
    Merge,
    /// A reader is opened, and keeps what it sees.
    Open,
    /// All readers see what was committed.
    Reload,
    /// A backup is taken and restored; the work may go on there.
    Keep {
        packed: bool,
        go_on: bool,
    },
}

fn says(more: impl Strategy<Value = u32>) -> impl Strategy<Value = Says> {
    (0..PERSONS.len(), 0..COUNTRIES.len(), 10u32..40, 0..THINGS.len(), prop::bool::weighted(0.7), more)
        .prop_map(|(person, country, figure, thing, wire, more)| Says {
            person,
            country,
            figure,
            thing,
            wire,
            more,
        })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        40 => (0..IDS, says(Just(0))).prop_map(|(id, says)| Step::Put(id, says)),
        1 => says(Just(12_000)).prop_map(|says| Step::Put(LARGE, says)),
        10 => (0..=IDS).prop_map(Step::Delete),
        8 => Just(Step::Commit),
        3 => Just(Step::RollBack),
        4 => Just(Step::Crash),
        4 => any::<bool>().prop_map(|little| Step::Reopen { little }),
        3 => Just(Step::Merge),
        3 => Just(Step::Open),
        2 => Just(Step::Reload),
        2 => any::<(bool, bool)>().prop_map(|(packed, go_on)| Step::Keep { packed, go_on }),
    ]
}

/// What an index should hold.
type Model = BTreeMap<u8, Says>;

struct World {
    folder: tempfile::TempDir,
    index: PathBuf,
    /// How many places there have been.
    places: u32,
    writer: Option<Writer>,
    options: WriterOptions,
    committed: Model,
    pending: Model,
    readers: Vec<(Archive, Model)>,
}

fn name(id: u8) -> String {
    format!("story-{id}")
}

fn prepared(writer: &Writer, id: u8, says: Says) -> Prepared {
    let article = Article { id: name(id), body: says.body(id), ..Article::default() };
    Pipeline::default().mark_article(article).prepare(writer.weights()).unwrap()
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = WriterOptions { memory: 1_000_000, ..WriterOptions::default() };
        let index = folder.path().join("index-0");
        let writer = Some(Writer::open(&index, &options).unwrap());
        let (committed, pending, readers) = (Model::new(), Model::new(), Vec::new());
        Self { folder, index, places: 0, writer, options, committed, pending, readers }
    }

    fn writer(&mut self) -> &mut Writer {
        self.writer.as_mut().unwrap()
    }

    /// Another place.
    fn place(&mut self) -> PathBuf {
        self.places += 1;
        self.folder.path().join(format!("index-{}", self.places))
    }

    /// Opens a writer on what is at `index`, where only what was committed is left.
    fn begin_at(&mut self, index: PathBuf) {
        self.index = index;
        self.pending = self.committed.clone();
        self.writer = Some(Writer::open(&self.index, &self.options).unwrap());
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Put(id, says) => {
                let writer = self.writer.as_mut().unwrap();
                let replaced = writer.upsert(prepared(writer, *id, *says)).unwrap();
                assert_eq!(replaced, self.pending.insert(*id, *says).is_some(), "whether {id} was there");
            }
            Step::Delete(id) => {
                let there = self.writer().delete(&name(*id)).unwrap();
                assert_eq!(there, self.pending.remove(id).is_some(), "whether {id} was there");
            }
            Step::Commit => {
                self.writer().commit().unwrap();
                self.committed = self.pending.clone();
                holds(&self.index, &self.committed);
            }
            Step::RollBack => {
                self.writer = None;
                self.begin_at(self.index.clone());
                holds(&self.index, &self.committed);
            }
            Step::Crash => {
                let left = self.place();
                copy(&self.index, &left);
                self.readers.clear();
                self.writer = None;
                // What a reader sees before anybody has cleared up.
                answers(&Archive::open(&left).unwrap(), &self.committed);
                self.begin_at(left);
                holds(&self.index, &self.committed);
            }
            Step::Reopen { little } => {
                self.writer.take().unwrap().finish().unwrap();
                self.committed = self.pending.clone();
                self.options.memory = if *little { 1_000_000 } else { 96_000_000 };
                holds(&self.index, &self.committed);
                self.begin_at(self.index.clone());
                holds(&self.index, &self.committed);
            }
            Step::Merge => {
                self.writer().merge().unwrap();
                self.committed = self.pending.clone();
                holds(&self.index, &self.committed);
                let segments = Archive::open(&self.index).unwrap().backend().reader().segments();
                assert!(segments.len() <= 1 && segments.iter().all(|s| s.deleted == 0), "{segments:?}");
            }
            Step::Open => self.readers.push((Archive::open(&self.index).unwrap(), self.committed.clone())),
            Step::Reload => {
                for (archive, seen) in &mut self.readers {
                    archive.reload().unwrap();
                    seen.clone_from(&self.committed);
                }
            }
            Step::Keep { packed, go_on } => {
                let restored = self.place();
                let kept = restored.with_extension(if *packed { "tar.zst" } else { "kept" });
                backup(&self.index, &kept).unwrap();
                restore(&kept, &restored).unwrap();
                holds(&restored, &self.committed);
                if *go_on {
                    self.readers.clear();
                    self.writer = None;
                    self.begin_at(restored);
                }
            }
        }
    }
}

/// Copies a directory as it is at one moment: again where a commit or a merge came between.
fn copy(from: &Path, to: &Path) {
    let listing = |folder: &Path| -> BTreeSet<_> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    let state = || (fs::read(from.join("segments/meta.json")).unwrap(), listing(&from.join("segments")));
    loop {
        let before = state();
        fs::create_dir_all(to.join("segments")).unwrap();
        for folder in ["", "segments"] {
            for file in listing(&from.join(folder)) {
                let file = Path::new(folder).join(file);
                if from.join(&file).is_file() {
                    let _ = fs::copy(from.join(&file), to.join(&file)); // one that is gone is seen below
                }
            }
        }
        if state() == before {
            return;
        }
        fs::remove_dir_all(to).unwrap();
    }
}

/// The index at `index` answers as the model does, and no file of it is damaged.
fn holds(index: &Path, model: &Model) {
    answers(&Archive::open(index).unwrap(), model);
    let checked = check(index).unwrap();
    assert!(checked.damage.is_empty(), "{:?}", checked.damage);
    assert_eq!(checked.articles, model.len() as u64);
}

fn answers(archive: &Archive, model: &Model) {
    assert_eq!(archive.len(), model.len() as u64);
    let page = PageRequest { limit: 100, group: Group::None, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let mut texts = BTreeMap::new();
    for hit in archive.stream("*", &request).unwrap() {
        let article = hit.unwrap().article;
        let before = texts.insert(article.id.clone(), article.body);
        assert_eq!(before, None, "{} is there twice", article.id);
    }
    let expected: BTreeMap<String, String> =
        model.iter().map(|(id, says)| (name(*id), says.body(*id))).collect();
    assert!(texts == expected, "{:?} instead of {:?}", texts.keys(), expected.keys());
    for id in 0..=IDS {
        let stored = archive.get(&name(id)).unwrap();
        assert_eq!(stored.map(|stored| stored.article.body), model.get(&id).map(|says| says.body(id)));
    }
    for (query, found) in questions() {
        let expected: BTreeSet<String> =
            model.iter().filter(|(_, says)| found(says)).map(|(id, _)| name(*id)).collect();
        let answer = archive.search(&query, &request).unwrap().page;
        let ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.article.id).collect();
        assert_eq!(ids.iter().cloned().collect::<BTreeSet<_>>(), expected, "{query}");
        assert_eq!((ids.len(), answer.total), (expected.len(), Some(expected.len() as u64)), "{query}");
        assert_eq!(archive.count(&query, &request).unwrap(), expected.len() as u64, "{query}");
    }
    // Each is shown once, as a hit or as a copy of one.
    let page = PageRequest { limit: 100, ..PageRequest::default() };
    let grouped = archive.search("*", &SearchRequest { page, ..SearchRequest::default() }).unwrap().page.hits;
    let shown: Vec<String> = grouped
        .into_iter()
        .flat_map(|hit| [hit.article.id].into_iter().chain(hit.copies.named.into_iter().map(|copy| copy.id)))
        .collect();
    assert!(shown.iter().all(|id| expected.contains_key(id)), "{shown:?}");
    assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), shown.len(), "{shown:?}");
}

/// A query, and whether it finds an article.
type Question = (String, Box<dyn Fn(&Says) -> bool>);

/// Queries, and whether an article is among the answers.
fn questions() -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    for (n, thing) in THINGS.iter().enumerate() {
        all.push(((*thing).to_owned(), Box::new(move |says| says.thing == n)));
    }
    for (n, person) in PERSONS.iter().enumerate() {
        all.push((format!("person:\"{person}\""), Box::new(move |says| says.person == n)));
    }
    for (n, country) in COUNTRIES.iter().enumerate() {
        all.push((format!("country:{country}"), Box::new(move |says| says.country == n)));
    }
    all.push(("number:[20 TO 30]".to_owned(), Box::new(|says| (20..=30).contains(&says.figure))));
    all.push(("breakwater AND \"counted 15\"".to_owned(), Box::new(|says| says.wire && says.figure == 15)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_shrink_iters: 2000,
        ..ProptestConfig::with_cases(
            std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
        )
    })]

    #[test]
    fn an_index_does_what_its_model_says(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
            for (archive, seen) in world.readers.iter().filter(|_| !matches!(step, Step::Put(..) | Step::Delete(_))) {
                answers(archive, seen);
            }
        }
        world.writer.take().unwrap().finish().unwrap();
        holds(&world.index, &world.pending);
    }
}

#[test]
fn segments_written_between_commits_leave_no_trace_of_what_was_not_committed() {
    let mut world = World::new();
    let one = Says { person: 0, country: 0, figure: 15, thing: 0, wire: true, more: 0 };
    let large = |figure| Says { figure, more: 12_000, ..one };
    world.take(&Step::Put(0, one));
    world.take(&Step::Commit);
    let mut most = 0;
    for (round, end) in [Step::Crash, Step::RollBack, Step::Keep { packed: false, go_on: true }, Step::Commit]
        .into_iter()
        .enumerate()
    {
        for figure in 10..18 {
            world.take(&Step::Put(LARGE, large(figure)));
            world.take(&Step::Put(u8::try_from(figure % 4).unwrap(), Says { figure, thing: round, ..one }));
        }
        world.take(&Step::Delete(1));
        let stores = fs::read_dir(world.index.join("segments")).unwrap();
        let stores =
            stores.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|e| e == "store"));
        most = most.max(stores.count());
        world.take(&end);
    }
    assert!(most > 2, "{most} segments: none was written between commits");
    assert_eq!(world.committed.len(), 4);
}
