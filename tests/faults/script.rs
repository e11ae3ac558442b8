//! A short life of an index, step by step, and what has to be in it after each commit.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use dateline::article::{Origin, RawArticle};
use dateline::backend::{Group, PageRequest};
use dateline::index::{IndexError, Writer, WriterOptions, check};
use dateline::ingest::{Marked, Pipeline};
use dateline::search::{Archive, SearchRequest};

/// The texts of an index by id.
type State = BTreeMap<String, String>;

/// What is done between two commits.
struct Generation {
    add: Vec<Marked>,
    delete: Vec<String>,
    merge: bool,
}

/// What is done, and what is in the index after each commit, from the empty index on.
pub(crate) struct Script {
    generations: Vec<Generation>,
    states: Vec<State>,
}

/// How far a run has come.
#[derive(Debug, Default)]
pub(crate) struct Come {
    /// The commit that was begun last, counted from 1.
    begun: AtomicUsize,
    /// The commit that was acknowledged last.
    acknowledged: AtomicUsize,
}

impl Come {
    /// It begins where this commit stands.
    pub(crate) fn start(&self, after: usize) {
        self.begin(after);
        self.acknowledge(after);
    }

    /// A commit is begun.
    pub(crate) fn begin(&self, number: usize) {
        self.begun.store(number, Ordering::SeqCst);
    }

    /// It is acknowledged.
    pub(crate) fn acknowledge(&self, number: usize) {
        self.acknowledged.store(number, Ordering::SeqCst);
    }

    /// The commits of which one must stand: that acknowledged last, or one begun since.
    pub(crate) fn between(&self) -> (usize, usize) {
        (self.acknowledged.load(Ordering::SeqCst), self.begun.load(Ordering::SeqCst))
    }
}

/// Articles that are added, by id and text; ids that are deleted; whether all is merged after the commit.
type Step = (Vec<(String, String)>, &'static [&'static str], bool);

/// Articles, replaced and deleted ones, a copy, and one so long that its terms do not fit into the memory of its writer.
pub(crate) static SCRIPT: LazyLock<Script> = LazyLock::new(|| {
    let article = |id: usize, version: usize| {
        let body = format!(
            "The ferry of line {id} left with {} passengers for Iran, Jane Doe said. It was tour {version} of {id}.",
            100 + 7 * id + version
        );
        (format!("a{id}"), body)
    };
    let long = |seed: u64| {
        let word = |n: u64| format!("w{:016x}", (n + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        ("long".to_owned(), (0..12_000).map(word).collect::<Vec<_>>().join(" "))
    };
    let steps: [Step; 7] = [
        ((0..6).map(|id| article(id, 1)).collect(), &[], false),
        ((3..9).map(|id| article(id, 2)).collect(), &["a0"], false),
        (vec![long(1), ("copy".to_owned(), article(1, 1).1)], &[], false),
        (vec![], &["a1", "a4"], true),
        ((4..12).map(|id| article(id, 3)).collect(), &["nobody"], false),
        (vec![long(2), article(1, 4)], &["copy"], false),
        (vec![article(20, 5)], &["a20", "a5"], true),
    ];
    let pipeline = Pipeline::default();
    let (mut states, mut generations) = (vec![State::new()], Vec::new());
    for (articles, delete, merge) in steps {
        let mut state = states.last().cloned().unwrap_or_default();
        let mut add = Vec::new();
        for (id, body) in articles {
            let origin = Origin { file: "made up".into(), record: 1, offset: 0 };
            let raw = RawArticle { id: Some(id.clone()), body, ..RawArticle::at(origin) };
            let marked = pipeline.mark(raw);
            state.insert(id, marked.article.body.clone());
            add.push(marked);
        }
        let delete: Vec<String> = delete.iter().map(|id| (*id).to_owned()).collect();
        for id in &delete {
            state.remove(id);
        }
        states.push(state);
        generations.push(Generation { add, delete, merge });
    }
    Script { generations, states }
});

impl Script {
    /// The number of the last commit.
    pub(crate) fn end(&self) -> usize {
        self.generations.len()
    }

    /// Does what comes after a commit, to the end, and looks into the index on the way: an error of reading is one, but what is read must be right.
    pub(crate) fn run(&self, index: &Path, after: usize, come: &Come) -> Result<(), IndexError> {
        let options = WriterOptions { memory: 1_000_000, ..WriterOptions::default() };
        come.start(after);
        let mut writer = Writer::open(index, &options)?;
        for (generation, number) in self.generations.iter().zip(1..).skip(after) {
            for marked in &generation.add {
                writer.upsert(marked.prepare(writer.weights())?)?;
            }
            for id in &generation.delete {
                writer.delete(id)?;
            }
            come.begin(number);
            writer.commit()?;
            come.acknowledge(number);
            if generation.merge {
                writer.merge()?;
            }
            if let Ok(state) = read(index) {
                assert!(state == self.states[number], "after commit {number} something else is read");
            }
        }
        writer.finish()
    }

    /// The number of the commit whose articles are in the index, which has to be between these; and that every file of it is whole.
    pub(crate) fn stands(
        &self,
        index: &Path,
        (acknowledged, begun): (usize, usize),
    ) -> Result<usize, String> {
        let state = match read(index) {
            Ok(state) => state,
            Err(IndexError::Missing(_)) => State::new(),
            Err(error) => return Err(format!("it cannot be read: {error}")),
        };
        match check(index) {
            Ok(checked) if checked.damage.is_empty() => {}
            Err(IndexError::Missing(_)) if state.is_empty() => {}
            other => return Err(format!("it is not whole: {other:?}")),
        }
        let found = (acknowledged..=begun).rev().find(|number| self.states[*number] == state);
        found.ok_or_else(|| {
            let ids: Vec<_> = state.keys().collect();
            format!("it is that of no commit from {acknowledged} to {begun}: {ids:?}")
        })
    }
}

/// All articles of an index, which are found by their words, too.
fn read(index: &Path) -> Result<State, IndexError> {
    let archive = Archive::open(index)?;
    let page = PageRequest { group: Group::None, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let failed = |e: &dyn std::fmt::Display| IndexError::Failed(e.to_string());
    let mut state = State::new();
    for hit in archive.stream("*", &request).map_err(|e| failed(&e))? {
        let article = hit.map_err(|e| failed(&e))?.article;
        assert!(state.insert(article.id.clone(), article.body).is_none(), "{} is there twice", article.id);
    }
    assert_eq!(archive.len(), state.len() as u64, "more or fewer than are counted");
    let found =
        archive.count("ferry country:Iran \"{number >100} passengers\"", &request).map_err(|e| failed(&e))?;
    let said = state.values().filter(|body| body.contains("ferry")).count();
    assert_eq!(found, said as u64, "found by words, a country and a number");
    Ok(state)
}
