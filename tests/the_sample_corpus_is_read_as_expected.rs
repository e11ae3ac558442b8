//! The sample corpus against what a careful reader found in it: mentions by kind, and queries with the articles that they
//! must find.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests; what disagrees is printed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dateline::article::{Kind, Mention};
use dateline::backend::PageRequest;
use dateline::ingest::{IngestOptions, Marked, Pipeline, ingest};
use dateline::read::{Input, inputs};
use dateline::search::{Archive, SearchRequest};
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    article: String,
    mentions: Vec<Gold>,
    #[serde(default)]
    optional: Vec<Gold>,
    #[serde(default)]
    absent: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    text: String,
    kind: String,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    lo: Option<f64>,
    #[serde(default)]
    hi: Option<f64>,
    #[serde(default)]
    modifier: Option<String>,
    #[serde(default)]
    unit: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    query: String,
    finds: Vec<String>,
    not: Vec<String>,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every article of the corpus by the name that the expectations use: the stem of a text file, the id of a record.
fn articles() -> BTreeMap<String, Marked> {
    let pipeline = Pipeline::default();
    let (found, rejects) = inputs(&[corpus().join("txt"), corpus().join("jsonl")]);
    assert!(rejects.is_empty(), "{rejects:?}");
    let mut articles = BTreeMap::new();
    for input in &found {
        for article in input.articles(&pipeline.read) {
            let raw = article.unwrap();
            let stem = Path::new(input.name()).file_stem().unwrap().to_str().unwrap().to_owned();
            let name = raw.id.clone().unwrap_or(stem);
            articles.insert(name, pipeline.mark(raw));
        }
    }
    articles
}

fn expectations() -> Vec<Expected> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(corpus().join("expected")).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().unwrap() != "queries" {
            all.push(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
        }
    }
    all
}

fn name_of(article: &str) -> String {
    match article.split_once('#') {
        Some((_, id)) => id.to_owned(),
        None => Path::new(article).file_stem().unwrap().to_str().unwrap().to_owned(),
    }
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two readers must agree on: the words, and what they were read as.
type Row = (String, String);

fn gold_row(gold: &Gold) -> Row {
    let reading = if let Some(key) = gold.key.as_ref().filter(|_| gold.kind == "date") {
        key.clone()
    } else if let Some(key) = &gold.key {
        key.replace(['.', '\''], "").replace('-', " ")
    } else {
        let number = |n: Option<f64>| n.unwrap_or(f64::NAN);
        format!("{} {} {}", number(gold.lo), number(gold.hi), gold.modifier.as_deref().unwrap_or("="))
    };
    (one_space(&gold.text), one_space(&reading))
}

fn found_row(marked: &Marked, mention: &Mention) -> Row {
    let text = mention.span.of(marked.article.text(mention.field));
    let reading = match mention.quantity() {
        Some(q) => format!("{} {} {}", q.lo, q.hi, q.modifier.sign()),
        None => mention.key().replace('\'', ""),
    };
    (one_space(text), reading)
}

#[derive(Default)]
struct Score {
    right: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.missed.len() + self.wrong.len()).max(1) as f64
    }
}

/// The kinds that are scored: the expected files list them in full, but for places.
const SCORED: [Kind; 8] = [
    Kind::Person,
    Kind::Country,
    Kind::Number,
    Kind::Money,
    Kind::Percent,
    Kind::Quantity,
    Kind::Date,
    Kind::Place,
];

#[test]
fn mentions_agree_with_a_careful_reader() {
    let articles = articles();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let expectations = expectations();
    assert!(expectations.len() >= 40);
    for expected in &expectations {
        let name = name_of(&expected.article);
        let marked = &articles[&name];
        for kind in SCORED {
            let score = scores.entry(kind.name()).or_default();
            let of_kind = |gold: &&Gold| gold.kind == kind.name();
            // Places are marked by hand in some of the articles only.
            if kind == Kind::Place && !expected.mentions.iter().any(|gold| of_kind(&gold)) {
                continue;
            }
            let mut gold: Vec<Row> = expected.mentions.iter().filter(of_kind).map(gold_row).collect();
            let mut optional: Vec<String> =
                expected.optional.iter().filter(of_kind).map(|g| one_space(&g.text)).collect();
            for mention in marked.mentions.iter().filter(|m| m.kind == kind) {
                let row = found_row(marked, mention);
                if let Some(at) = gold.iter().position(|g| *g == row) {
                    gold.remove(at);
                    score.right += 1;
                } else if let Some(at) = optional.iter().position(|o| *o == row.0) {
                    optional.remove(at);
                } else {
                    score.wrong.push(format!("{name}: {} = {}", row.0, row.1));
                }
            }
            score.missed.extend(gold.iter().map(|g| format!("{name}: {} = {}", g.0, g.1)));
        }
    }
    for (kind, score) in &scores {
        println!("{kind:9} F1 {:.3} ({} right)", score.f1(), score.right);
        score.missed.iter().for_each(|m| println!("    missed {m}"));
        score.wrong.iter().for_each(|w| println!("    wrong  {w}"));
    }
    for (kind, least) in [
        ("person", 0.97),
        ("country", 0.98),
        ("number", 0.97),
        ("money", 0.95),
        ("percent", 0.97),
        ("quantity", 0.95),
        ("date", 0.95),
        ("place", 0.90),
    ] {
        assert!(scores[kind].f1() >= least, "{kind}: F1 {:.3} is below {least}", scores[kind].f1());
    }
}

#[test]
fn units_of_counted_numbers_agree_with_a_careful_reader() {
    let articles = articles();
    let (mut right, mut all) = (0, 0);
    for expected in &expectations() {
        let name = name_of(&expected.article);
        let marked = &articles[&name];
        for gold in expected.mentions.iter().filter(|g| g.unit.is_some()) {
            let row = gold_row(gold);
            let found =
                marked.mentions.iter().find(|m| m.kind.name() == gold.kind && found_row(marked, m) == row);
            if let Some(mention) = found {
                all += 1;
                let unit = mention.quantity().and_then(|q| q.unit.as_deref()).unwrap_or("");
                if unit.eq_ignore_ascii_case(gold.unit.as_deref().unwrap()) {
                    right += 1;
                } else {
                    println!("{name}: {} {:?}, read {unit:?}", row.0, gold.unit);
                }
            }
        }
    }
    println!("units: {right} of {all}");
    assert!(right * 100 >= all * 85, "units: {right} of {all}");
}

#[test]
fn what_furniture_names_is_not_found() {
    let articles = articles();
    let mut wrong = Vec::new();
    for expected in &expectations() {
        let name = name_of(&expected.article);
        let marked = &articles[&name];
        for gold in &expected.absent {
            let same =
                |other: &&Gold| other.kind == gold.kind && one_space(&other.text) == one_space(&gold.text);
            let allowed = expected.mentions.iter().chain(&expected.optional).filter(same).count();
            let found = marked.mentions.iter().filter(|m| {
                m.kind.name() == gold.kind
                    && one_space(m.span.of(marked.article.text(m.field))) == one_space(&gold.text)
            });
            if found.count() > allowed {
                wrong.push(format!("{name}: {} {}", gold.kind, gold.text));
            }
        }
    }
    println!("{}", wrong.join("\n"));
    let all: usize = expectations().iter().map(|e| e.absent.len()).sum();
    assert!(wrong.len() * 20 <= all, "{} of {all} are found:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn queries_find_the_articles_that_they_must() {
    let folder = tempfile::tempdir().unwrap();
    let (found, _) = inputs(&[corpus().join("txt"), corpus().join("jsonl")]);
    let found: Vec<Input> = found;
    ingest(folder.path(), &found, &IngestOptions::default(), &mut ()).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let names: BTreeMap<String, String> =
        articles().into_iter().map(|(name, marked)| (marked.article.id, name)).collect();
    let queries: Vec<Asked> =
        serde_json::from_slice(&std::fs::read(corpus().join("expected/queries.json")).unwrap()).unwrap();
    assert!(queries.len() >= 30);
    let mut wrong = Vec::new();
    for Asked { query, finds, not } in &queries {
        let request = SearchRequest {
            page: PageRequest { limit: 1000, ..PageRequest::default() },
            ..SearchRequest::default()
        };
        let answer = archive.search(query, &request).unwrap_or_else(|e| panic!("{query}: {e}"));
        let hits: Vec<&String> = answer.page.hits.iter().map(|h| &names[&h.article.id]).collect();
        let missed: Vec<&String> = finds.iter().filter(|id| !hits.contains(id)).collect();
        let excess: Vec<&String> = not.iter().filter(|id| hits.contains(id)).collect();
        if !missed.is_empty() || !excess.is_empty() {
            wrong.push(format!("{query}\n    missed {missed:?}\n    should not find {excess:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), queries.len(), wrong.join("\n"));
}
