//! A short life of an index with watches: what each commit matches, and what of it has been told to the world outside.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use dateline::article::{Origin, RawArticle};
use dateline::index::{IndexError, Writer, WriterOptions, check};
use dateline::ingest::{Marked, Pipeline};
use dateline::search::Archive;
use dateline::snippet::SnippetOptions;
use dateline::snippet::crowd::Scratch;
use dateline::watch::{Gathering, Match, Telling, Watch, WatchError, WatchList, Watches};

use crate::script::Come;

/// As many commits are made.
pub(crate) const LAST: usize = 6;
/// Stands in every generation, with another title.
const MARKER: &str = "marker";

/// A watch, an article, and the commit that it was in when it matched.
type What = (String, String, usize);

/// How sure it is that a match is not told again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kept {
    /// It may be.
    Not,
    /// Unless the power fails.
    Here,
    Durably,
}

#[derive(Debug, Clone)]
struct Told {
    what: What,
    number: String,
    kept: Kept,
}

/// What the world outside was told, which no fault takes back.
#[derive(Debug, Default)]
pub(crate) struct World(Mutex<Vec<Told>>);

impl Clone for World {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.0.lock().unwrap().clone()))
    }
}

impl World {
    fn hear(&self, found: &Match) {
        let article = &found.stored.article;
        let generation = article.title.strip_prefix("Generation ").unwrap().parse().unwrap();
        let what = (found.watch.clone(), article.id.clone(), generation);
        self.0.lock().unwrap().push(Told { what, number: found.number.clone(), kept: Kept::Not });
    }

    /// What was told last is kept so; all that was told if `kept` is for good.
    fn keep(&self, kept: Kept) {
        let mut told = self.0.lock().unwrap();
        let from = if kept == Kept::Durably { 0 } else { told.len().saturating_sub(1) };
        for one in told.iter_mut().skip(from).filter(|one| one.kept != Kept::Not || kept == Kept::Here) {
            one.kept = kept;
        }
    }

    /// What was kept less surely than this may be told again, whatever is kept from now on.
    fn forget_below(&self, kept: Kept) {
        self.0
            .lock()
            .unwrap()
            .iter_mut()
            .filter(|told| told.kept < kept)
            .for_each(|told| told.kept = Kept::Not);
    }

    /// Holds that every match was told, none that is none, and none again that was kept.
    fn is_told_once(&self) -> Result<(), String> {
        let mut by_what: BTreeMap<What, Vec<Told>> = BTreeMap::new();
        for told in self.0.lock().unwrap().iter() {
            by_what.entry(told.what.clone()).or_default().push(told.clone());
        }
        for what in (1..=LAST).flat_map(matches) {
            let Some(told) = by_what.remove(&what) else { return Err(format!("{what:?} was not told")) };
            let (_, before) = told.split_last().unwrap();
            if before.iter().any(|before| before.kept != Kept::Not) {
                return Err(format!("{what:?} was told again: {told:?}"));
            }
            if told.iter().any(|one| one.number != told[0].number) {
                return Err(format!("{what:?} has several numbers: {told:?}"));
            }
        }
        if by_what.is_empty() { Ok(()) } else { Err(format!("told and no match: {by_what:?}")) }
    }
}

/// The ids of a generation, each with its text; one comes again before the commit.
fn articles(generation: usize) -> Vec<(String, String)> {
    let ferry = |id: usize| (format!("a{id}"), format!("The ferry of line {id} left in year {generation}."));
    vec![
        (format!("a{generation}"), "The ferry of no year was late.".to_owned()),
        ferry(generation),
        ferry(generation + 1),
        (MARKER.to_owned(), format!("Nothing left in year {generation}.")),
    ]
}

/// What watches match in a generation.
fn matches(generation: usize) -> Vec<What> {
    let match_of = |watch: &str, id: String| (watch.to_owned(), id, generation);
    let ferries = [generation, generation + 1].map(|id| format!("a{id}"));
    let all = ferries.iter().cloned().chain([MARKER.to_owned()]);
    all.map(|id| match_of("all", id))
        .chain(ferries.iter().map(|id| match_of("ferries", id.clone())))
        .collect()
}

fn marked(pipeline: &Pipeline, generation: usize) -> Vec<Marked> {
    let origin = || Origin { file: "made up".into(), record: 1, offset: 0 };
    let mark = |(id, body)| {
        let title = format!("Generation {generation}");
        pipeline.mark(RawArticle { id: Some(id), title, body, ..RawArticle::at(origin()) })
    };
    articles(generation).into_iter().map(mark).collect()
}

/// Does what comes after a commit, to the end, and tells what is committed on the way.
pub(crate) fn live(index: &Path, after: usize, come: &Come, world: &World) -> Result<(), WatchError> {
    come.start(after);
    WatchList::change(index, |list| {
        for (name, query) in [("all", "*"), ("ferries", "\"the ferry of\" -train")] {
            list.add(Watch { name: name.to_owned(), query: query.to_owned() }, true)?;
        }
        Ok(())
    })?;
    let mut writer = Writer::open(index, &WriterOptions::default())?;
    let watches = std::sync::Arc::new(Watches::new(&WatchList::read(index)?, Some(&writer.committed())));
    let mut gathering = Gathering::begin(index, &mut writer, std::sync::Arc::clone(&watches))?;
    let (pipeline, mut scratch) = (Pipeline::default(), Scratch::default());
    for generation in after + 1..=LAST {
        for marked in marked(&pipeline, generation) {
            let answered = marked.asked_by(&watches, &mut scratch);
            let added = writer.add(marked.prepare(writer.weights())?)?;
            gathering.added(&writer, &added, answered)?;
        }
        gathering.seal(&mut writer)?;
        come.begin(generation);
        writer.commit()?;
        come.acknowledge(generation);
        if generation.is_multiple_of(2) {
            tell(index, world, 3)?;
        }
    }
    writer.finish()?;
    tell(index, world, usize::MAX)
}

fn tell(index: &Path, world: &World, most: usize) -> Result<(), WatchError> {
    let mut telling = Telling::open(index, &SnippetOptions::default())?;
    for _ in 0..most {
        let Some(found) = telling.next_match()? else { break };
        world.hear(&found);
        telling.done()?;
        world.keep(Kept::Here);
    }
    telling.sync()?;
    world.keep(Kept::Durably);
    Ok(())
}

/// The number of the commit that stands in the index, which has to be between these; every file of it is whole.
pub(crate) fn stands(index: &Path, (acknowledged, begun): (usize, usize)) -> Result<usize, String> {
    let found = match Archive::open(index) {
        Ok(archive) => archive.get(MARKER).map_err(|e| e.to_string())?,
        Err(IndexError::Missing(_)) => None,
        Err(error) => return Err(format!("it cannot be read: {error}")),
    };
    match check(index) {
        Ok(checked) if checked.damage.is_empty() => {}
        Err(IndexError::Missing(_)) if found.is_none() => {}
        other => return Err(format!("it is not whole: {other:?}")),
    }
    let title = found.map(|stored| stored.article.title);
    let number = title.map_or(0, |title| title.strip_prefix("Generation ").unwrap().parse().unwrap());
    let may = (acknowledged..=begun).contains(&number);
    if may { Ok(number) } else { Err(format!("commit {number} stands, not {acknowledged} to {begun}")) }
}

/// Goes on to the end after a fault, and holds that everything was told that matched, and what was kept only once.
pub(crate) fn goes_on(index: &Path, come: (usize, usize), world: &World, kept: Kept) -> Result<(), String> {
    let stands_now = stands(index, come)?;
    world.forget_below(kept);
    let again = Come::default();
    live(index, stands_now, &again, world).map_err(|e| format!("nobody can go on: {e}"))?;
    let end = stands(index, again.between())?;
    if end != LAST {
        return Err(format!("commit {end} stands at the end"));
    }
    world.is_told_once()
}
