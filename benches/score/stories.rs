//! Stories: articles of known events, mixed into a corpus, against the stories that the index puts them in.
//!
//! Files are JSON lines with an event in `gold.cluster`, or corpora of articles that belong to none; all are indexed in the order of
//! a hash of their ids, as news of many outlets comes in no order. B-cubed (Bagga and Baldwin 1998) is told over the articles of known events: precision is the share of
//! an article's story that is of its event, recall the share of its event that is in its story. An article of no known event in the story
//! counts as wrong, though it may well tell of the event: `among known` leaves those out.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use dateline::backend::Group;
use dateline::index::{Writer, WriterOptions};
use dateline::ingest::{IngestOptions, Pipeline, content_id};
use dateline::read::{Options, inputs};
use dateline::search::{Archive, SearchRequest};
use serde_json::Value;

/// B-cubed over some articles.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Score {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
}

impl Score {
    pub(crate) fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// The scores of stories by article, against events by article: over all, and over the articles of known events alone.
pub(crate) fn score(stories: &HashMap<String, u64>, events: &BTreeMap<String, String>) -> (Score, Score) {
    let mut members: HashMap<u64, Vec<&str>> = HashMap::new();
    for (id, story) in stories {
        members.entry(*story).or_default().push(id);
    }
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for event in events.values() {
        *sizes.entry(event).or_default() += 1;
    }
    let (mut all, mut known) = (Score::default(), Score::default());
    for (id, event) in events {
        let Some(together) = stories.get(id).and_then(|story| members.get(story)) else { continue };
        let of = |wanted: &dyn Fn(Option<&String>) -> bool| {
            together.iter().filter(|id| wanted(events.get(**id))).count()
        };
        let same = of(&|other| other == Some(event)) as f64;
        let recall = same / sizes.get(event.as_str()).map_or(1.0, |size| *size as f64);
        all.precision += same / together.len() as f64;
        known.precision += same / of(&|other| other.is_some()).max(1) as f64;
        all.recall += recall;
        known.recall += recall;
    }
    let count = events.len().max(1) as f64;
    let mean = |sum: Score| Score { precision: sum.precision / count, recall: sum.recall / count };
    (mean(all), mean(known))
}

/// The table for the articles of all files together; with every event that is not one story where `errors` says so.
pub(crate) fn run(paths: &[impl AsRef<Path>], errors: bool) -> Result<String, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let pipeline = Pipeline::default();
    let (mut articles, mut events) = (Vec::new(), BTreeMap::new());
    for path in paths {
        let path = path.as_ref();
        let ((files, _), options) = (inputs(&[path.to_owned()]), Options::default());
        for raw in files.iter().flat_map(|file| file.articles(&options)) {
            let raw = raw.map_err(|reject| reject.to_string())?;
            let mut article = pipeline.clean_with(raw, &dateline::clean::Evidence::default()).article;
            if article.id.is_empty() {
                article.id = content_id(&article);
            }
            articles.push(article);
        }
        events.extend(known_events(path)?);
    }
    articles.sort_by_cached_key(|article| crc32fast::hash(article.id.as_bytes()));
    let mut writer = Writer::open(folder.path(), &WriterOptions::default())?;
    let weights = writer.weights();
    let threads = IngestOptions::default().threads.max(1);
    for part in articles.chunks(2048) {
        // Marked by all cores, put in by one, in order.
        let share = part.len().div_ceil(threads);
        let marked = std::thread::scope(|scope| {
            let pipeline = &pipeline;
            let parts: Vec<_> = part
                .chunks(share)
                .map(|some| {
                    scope.spawn(move || {
                        some.iter()
                            .map(|article| pipeline.mark_article(article.clone()).prepare(weights))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect::<Vec<_>>()
        });
        for prepared in marked {
            writer.upsert(prepared?)?;
            if writer.wants_commit() {
                writer.commit()?;
            }
        }
    }
    writer.finish()?;
    let archive = Archive::open(folder.path())?;
    let mut request = SearchRequest::default();
    request.page.group = Group::None;
    request.page.snippets.limit = Some(0);
    let mut stories = HashMap::new();
    for hit in archive.stream("*", &request)? {
        let hit = hit?;
        stories.insert(hit.article.id, hit.story.unwrap_or_default());
    }
    let (all, known) = score(&stories, &events);
    let mut table = format!(
        "{:<14} {:>8} {:>8} {:>8} {:>7} {:>7} {:>7}\n",
        "B-cubed", "articles", "of known", "stories", "P", "R", "F1"
    );
    let count = stories.values().collect::<std::collections::BTreeSet<_>>().len();
    for (name, score) in [("all", all), ("among known", known)] {
        let _ = writeln!(
            table,
            "{name:<14} {:>8} {:>8} {count:>8} {:>7.3} {:>7.3} {:>7.3}",
            stories.len(),
            events.len(),
            score.precision,
            score.recall,
            score.f1()
        );
    }
    Ok(if errors { told(&stories, &events) + "\n" + &table } else { table })
}

/// The events of the articles of a file of JSON lines that states them.
fn known_events(path: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    if path.extension().is_none_or(|kind| kind != "jsonl") {
        return Ok(BTreeMap::new());
    }
    let mut events = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let cluster = &value["gold"]["cluster"];
        if let (Some(id), false) = (value["id"].as_str(), cluster.is_null()) {
            events.insert(id.to_owned(), cluster.to_string());
        }
    }
    Ok(events)
}

/// The events that are not one story.
fn told(stories: &HashMap<String, u64>, events: &BTreeMap<String, String>) -> String {
    let mut of: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
    for (id, event) in events {
        of.entry(event).or_default().push((id, stories.get(id).copied().unwrap_or_default()));
    }
    of.retain(|_, articles| {
        articles.iter().any(|(_, story)| Some(story) != articles.first().map(|first| &first.1))
    });
    let mut told = String::new();
    for (event, articles) in of {
        let _ = writeln!(told, "{event}");
        for (id, story) in articles {
            let _ = writeln!(told, "  {} {id}", dateline::story::id_of(story));
        }
    }
    told
}
