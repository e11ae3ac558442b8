//! Queries drawn from the articles by a seed, and what each class of them costs.

use serde::Serialize;

use super::BenchError;
use super::meter::{Meter, Random, percentile};
use crate::article::{Kind, Mention};
use crate::backend::{Backend as _, LocalBackend, PageRequest};
use crate::index::Stored;
use crate::search::{Archive, SearchError};
use crate::snippet::{Highlighter, SnippetOptions};
use crate::text::date::day;
use crate::text::{fold, tokens};

/// A query and the class that it stands for.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) class: &'static str,
    pub(super) text: String,
}

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

/// The classes, in the order of the table.
const CLASSES: [&str; 11] = [
    "term",
    "inflected",
    "and",
    "or",
    "phrase",
    "sloppy",
    "range+term",
    "date+term",
    "country",
    "person",
    "money",
];

/// Draws `count` queries of each class; every one matches at least the article that it was drawn from.
pub(super) fn draw(archive: &Archive, count: usize, seed: u64) -> Result<Vec<Drawn>, BenchError> {
    let mut random = Random::new(seed);
    let articles = sample(archive, &mut random)?;
    let mut drawn = Vec::new();
    for class in CLASSES {
        let mut tries = 0;
        let mut found = 0;
        while found < count && tries < count * 20 {
            tries += 1;
            let article = &articles[random.below(articles.len())];
            if let Some(text) = query(class, article, &mut random) {
                drawn.push(Drawn { class, text });
                found += 1;
            }
        }
    }
    Ok(drawn)
}

/// Articles from all over the index.
fn sample(archive: &Archive, random: &mut Random) -> Result<Vec<Stored>, BenchError> {
    const ARTICLES: usize = 400;
    let step = usize::try_from(archive.len()).unwrap_or(usize::MAX) / ARTICLES;
    let ids: Vec<String> = archive
        .stream(
            "*",
            &crate::search::SearchRequest {
                page: PageRequest {
                    snippets: SnippetOptions { limit: Some(0), ..SnippetOptions::default() },
                    ..PageRequest::default()
                },
                ..crate::search::SearchRequest::default()
            },
        )?
        .skip(random.below(step.max(1)))
        .step_by(step.max(1))
        .take(ARTICLES)
        .map(|hit| hit.map(|h| h.article.id))
        .collect::<Result<_, _>>()
        .map_err(SearchError::from)?;
    let mut articles = Vec::with_capacity(ids.len());
    for id in ids {
        articles.extend(archive.get(&id)?);
    }
    if articles.is_empty() { Err(BenchError::Empty) } else { Ok(articles) }
}

/// A query of a class that the article matches; `None` if the article has nothing for it.
fn query(class: &str, stored: &Stored, random: &mut Random) -> Option<String> {
    let body = &stored.article.body;
    let words: Vec<String> = tokens(body).map(|t| fold(t.span.of(body))).collect();
    let mut word = || {
        let word = words.get(random.below(words.len().max(1)))?;
        let plain = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
        plain.then(|| word.clone())
    };
    Some(match class {
        "term" => format!("\"{}\"", word()?),
        "inflected" => word()?,
        "and" => format!("\"{}\" \"{}\"", word()?, word()?),
        "or" => format!("\"{}\" OR \"{}\"", word()?, word()?),
        "range+term" => format!("\"{}\" number:[10 TO 500]", word()?),
        "date+term" => format!("\"{}\" published:>={}", word()?, day(stored.article.published?)),
        "phrase" | "sloppy" => {
            // Within a paragraph, as phrases do not cross them.
            let lines: Vec<&str> = body.lines().collect();
            let line = lines.get(random.below(lines.len().max(1)))?;
            let words: Vec<&str> = tokens(line).map(|t| t.span.of(line)).collect();
            let length = if class == "phrase" { 2 + random.below(2) } else { 3 };
            let at = random.below(words.len().checked_sub(length)?.max(1));
            let words = words.get(at..at + length)?;
            match (class, words) {
                ("sloppy", [a, _, b]) => format!("\"{a} {b}\"~1"),
                _ => format!("\"{}\"", words.join(" ")),
            }
        }
        "country" => format!("country:{}", mention(stored, Kind::Country, random)?.key()),
        "person" => format!("person:\"{}\"", mention(stored, Kind::Person, random)?.key()),
        "money" => {
            let amount = mention(stored, Kind::Money, random)?.quantity()?;
            let currency =
                amount.unit.as_ref().filter(|unit| unit.bytes().all(|b| b.is_ascii_uppercase()))?;
            format!("money.{currency}:[{} TO {}]", amount.lo, amount.hi)
        }
        _ => return None,
    })
}

fn mention<'a>(stored: &'a Stored, kind: Kind, random: &mut Random) -> Option<&'a Mention> {
    let all: Vec<&Mention> = stored.mentions.iter().filter(|m| m.kind == kind).collect();
    all.get(random.below(all.len().max(1))).copied()
}

/// Times every query twice and keeps the second time.
pub(super) fn measure(archive: &Archive, drawn: &[Drawn]) -> Result<Vec<QueryClass>, BenchError> {
    let backend = archive.backend();
    let page = PageRequest { total: false, ..PageRequest::default() };
    let mut classes = Vec::new();
    for name in CLASSES {
        let mut times = Vec::new();
        let mut matches = 0;
        for query in drawn.iter().filter(|d| d.class == name) {
            let plan = archive.plan(&query.text)?.root;
            matches += backend.count(&plan).map_err(SearchError::from)?;
            backend.find(&plan, &page).map_err(SearchError::from)?;
            let clock = Meter::start();
            backend.find(&plan, &page).map_err(SearchError::from)?;
            times.push(clock.thread().as_secs_f64() * 1e6);
        }
        times.sort_by(f64::total_cmp);
        if !times.is_empty() {
            classes.push(QueryClass {
                name,
                queries: times.len(),
                matches,
                p50_us: percentile(&times, 0.5),
                p99_us: percentile(&times, 0.99),
            });
        }
    }
    Ok(classes)
}

/// Times fetching and quoting the hits of phrases, inflected words and countries.
pub(super) fn measure_snippets(archive: &Archive, drawn: &[Drawn]) -> Result<SnippetCost, BenchError> {
    let backend: &LocalBackend = archive.backend();
    let page = PageRequest { total: false, ..PageRequest::default() };
    let (mut hits, mut fetching, mut quoting) = (0, 0.0, 0.0);
    for query in drawn.iter().filter(|d| matches!(d.class, "phrase" | "inflected" | "country")) {
        let plan = archive.plan(&query.text)?.root;
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
