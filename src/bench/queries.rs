//! What each class of queries costs, and what it costs by its yardstick.

use serde::Serialize;

use super::BenchError;
use super::asked;
use super::bare::Bare;
use super::draw::{CLASSES, Drawn, Yardstick};
use super::meter::{Meter, percentile};
use crate::backend::{Backend as _, LocalBackend, PageRequest};
use crate::plan::Node;
use crate::search::{Archive, SearchError};
use crate::snippet::Highlighter;

/// What a class of queries costs: the ten best hits found, not fetched, warm, CPU time of the searching thread.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryClass {
    /// Its name.
    pub name: &'static str,
    /// How many queries were timed.
    pub queries: usize,
    /// Articles that match, over all of them.
    pub matches: u64,
    /// The median, in microseconds.
    pub p50_us: f64,
    /// The time that 99 in a hundred stay below, in microseconds.
    pub p99_us: f64,
    /// What was timed beside them, query by query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

/// What the yardstick of a class cost in the same run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Against {
    /// `bare` for the same questions to tantivy's own index of the same articles, otherwise a plainer query of ours.
    pub name: &'static str,
    /// Articles that match there.
    pub matches: u64,
    /// The median, in microseconds.
    pub p50_us: f64,
    /// The time that 99 in a hundred stay below, in microseconds.
    pub p99_us: f64,
    /// The class's median by this one.
    pub p50_ratio: f64,
    /// The class's 99th percentile by this one.
    pub p99_ratio: f64,
}

/// What hits cost besides finding them, in microseconds a hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SnippetCost {
    /// Hits measured.
    pub hits: usize,
    /// Reading the article from the store.
    pub fetch_us: f64,
    /// Marking and quoting it.
    pub snippet_us: f64,
}

/// How often each query is timed after a first time that warms it; the best counts.
const ROUNDS: usize = 2;

/// Times of one side of a comparison, in microseconds, and its matches.
#[derive(Debug, Default)]
struct Side {
    times: Vec<f64>,
    matches: u64,
}

impl Side {
    fn percentiles(&mut self) -> (f64, f64) {
        self.times.sort_by(f64::total_cmp);
        (percentile(&self.times, 0.5), percentile(&self.times, 0.99))
    }
}

/// A question that can be asked again and again.
type Ask<'a> = Box<dyn Fn() -> Result<(), BenchError> + 'a>;

/// Times every query and its yardstick in turns, so that both meet the same state of the machine. A class that the
/// planner does not take is left out.
pub(super) fn measure(
    archive: &Archive,
    bare: Option<&Bare>,
    drawn: &[Drawn],
) -> Result<Vec<QueryClass>, BenchError> {
    let mut classes = Vec::new();
    for class in CLASSES.into_iter().chain(asked::CLASSES) {
        let (mut ours, mut theirs) = (Side::default(), Side::default());
        let mut against = None;
        for query in drawn.iter().filter(|d| d.class == class) {
            let plan = match plan(archive, &query.text) {
                Err(BenchError::Search(SearchError::Query(_))) => continue,
                plan => plan?,
            };
            ours.matches += archive.backend().count(&plan).map_err(SearchError::from)?;
            let mut asks: Vec<Ask<'_>> = vec![ask(archive, plan)];
            match (&query.measure, bare) {
                (Yardstick::Bare(question), Some(bare)) => {
                    against = Some("bare");
                    theirs.matches += bare.count(question)?;
                    asks.push(Box::new(move || bare.find(question)));
                }
                (Yardstick::Ours { name, text }, _) => {
                    against = Some(name);
                    let plan = self::plan(archive, text)?;
                    theirs.matches += archive.backend().count(&plan).map_err(SearchError::from)?;
                    asks.push(ask(archive, plan));
                }
                _ => {}
            }
            let times = in_turns(&asks)?;
            ours.times.extend(times.first());
            theirs.times.extend(times.get(1));
        }
        if ours.times.is_empty() {
            continue;
        }
        let (p50_us, p99_us) = ours.percentiles();
        let against = against.map(|name| {
            let (p50, p99) = theirs.percentiles();
            Against {
                name,
                matches: theirs.matches,
                p50_us: p50,
                p99_us: p99,
                p50_ratio: p50_us / p50.max(1e-3),
                p99_ratio: p99_us / p99.max(1e-3),
            }
        });
        let (queries, matches) = (ours.times.len(), ours.matches);
        classes.push(QueryClass { name: class, queries, matches, p50_us, p99_us, against });
    }
    Ok(classes)
}

fn plan(archive: &Archive, text: &str) -> Result<Node, BenchError> {
    Ok(archive.plan(text)?.root)
}

/// Asks dateline for the ten best.
fn ask(archive: &Archive, plan: Node) -> Ask<'_> {
    let page = PageRequest { total: false, ..PageRequest::default() };
    Box::new(move || {
        std::hint::black_box(archive.backend().find(&plan, &page).map_err(SearchError::from)?);
        Ok(())
    })
}

/// The best time of each question, in microseconds.
fn in_turns(asks: &[Ask<'_>]) -> Result<Vec<f64>, BenchError> {
    let mut best = vec![f64::INFINITY; asks.len()];
    for round in 0..=ROUNDS {
        for (ask, best) in asks.iter().zip(&mut best) {
            let clock = Meter::start();
            ask()?;
            let time = clock.thread().as_secs_f64() * 1e6;
            if round > 0 {
                *best = best.min(time);
            }
        }
    }
    Ok(best)
}

/// Times fetching and quoting the hits of phrases, inflected words and countries.
pub(super) fn measure_snippets(archive: &Archive, drawn: &[Drawn]) -> Result<SnippetCost, BenchError> {
    let backend: &LocalBackend = archive.backend();
    let page = PageRequest { total: false, ..PageRequest::default() };
    let (mut hits, mut fetching, mut quoting) = (0, 0.0, 0.0);
    for query in drawn.iter().filter(|d| matches!(d.class, "phrase" | "inflected" | "country")) {
        let plan = plan(archive, &query.text)?;
        let found = backend.find(&plan, &page).map_err(SearchError::from)?;
        let clock = Meter::start();
        let articles = found.fetch(backend.reader()).map_err(SearchError::from)?;
        fetching += clock.thread().as_secs_f64();
        let clock = Meter::start();
        let highlighter = Highlighter::new(&plan, &page.snippets);
        for (_, stored) in &articles {
            std::hint::black_box(highlighter.highlight(&stored.article, &stored.mentions));
        }
        quoting += clock.thread().as_secs_f64();
        hits += articles.len();
    }
    let each = |seconds: f64| seconds * 1e6 / (hits.max(1) as f64);
    Ok(SnippetCost { hits, fetch_us: each(fetching), snippet_us: each(quoting) })
}
