//! People, organisations and places by exact span.
//!
//! A set is a file of lines `{"id", "text", "ents": [{"start", "end", "label"}]}`, also packed, with offsets in characters. A text
//! is read as it stands, as `dateline extract --no-clean` does. A name is right where both its ends and its label are; a
//! possessive that ends it in the set ("Kato's") is passed over. `LOC` and `GPE` are held against places and countries
//! together, but for demonyms ("Ugandan"), which the sets do not take for places. Other labels are not scored. Each set is read
//! by the rules alone and with the trained tagger, which has learnt from the sets in `train`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use cpu_time::ThreadTime;
use dateline::article::{Kind, Mention, Span};
use dateline::extract::{Options, Text, extract};
use dateline::render::printable;
use dateline::text::{Token, tokens};
use serde::Deserialize;

use super::set;

/// What is scored, as the sets call it.
const LABELS: [&str; 3] = ["PERSON", "ORG", "LOC"];

/// How often everything is extracted for the speed; the fastest counts.
const ROUNDS: usize = 5;

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    ents: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    label: String,
}

/// Names of one label: right, wrong and missed.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

/// A set with its counts by label and the speed.
#[derive(Debug)]
pub(crate) struct Set {
    name: String,
    /// Whether it is training data, so that its names may stand in our tables.
    seen: bool,
    pub(crate) counts: [Counts; LABELS.len()],
    bytes: usize,
    seconds: f64,
}

/// What came of all sets.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) sets: Vec<Set>,
    /// What was wrong and what was missed, by set and label, with the words around.
    pub(crate) errors: Vec<String>,
}

/// Scores the sets in `paths`. A folder `train` holds training data.
pub(crate) fn run(paths: &[PathBuf]) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    for path in paths {
        let mut cases: Vec<Case> = Vec::new();
        set::each_line(path, |_, case| cases.push(case))?;
        let name = set::name(path).to_owned();
        let seen = path.parent().is_some_and(|folder| folder.ends_with("train"));
        let bytes = cases.iter().map(|case| case.text.len()).sum();
        for tagger in [false, true] {
            let name = if tagger { format!("{name} +tagger") } else { name.clone() };
            let options = Options { tagger, ..Options::default() };
            let mut set = Set { name, seen, counts: Default::default(), bytes, seconds: 0.0 };
            score(&cases, &options, &mut set, &mut report.errors);
            set.seconds = (0..ROUNDS).map(|_| seconds(&cases, &options)).fold(f64::INFINITY, f64::min);
            report.sets.push(set);
        }
    }
    Ok(report)
}

fn found(text: &str, options: &Options) -> Vec<Mention> {
    let cut: Vec<Token> = tokens(text).collect();
    extract(&[Text::body(text, &cut)], options)
}

/// The seconds of CPU that cutting and marking every text takes.
fn seconds(cases: &[Case], options: &Options) -> f64 {
    let start = ThreadTime::now();
    let mentions: usize = cases.iter().map(|case| found(&case.text, options).len()).sum();
    std::hint::black_box(mentions);
    start.elapsed().as_secs_f64()
}

/// Counts the names of all cases and tells the errors.
fn score(cases: &[Case], options: &Options, set: &mut Set, told: &mut Vec<String>) {
    let mut errors: [[Vec<String>; 2]; LABELS.len()] = Default::default();
    for case in cases {
        let gold = gold(case);
        let mentions = found(&case.text, options);
        let ours = ours(&mentions);
        for (label, (counts, [missed, wrong])) in set.counts.iter_mut().zip(&mut errors).enumerate() {
            let is = |labels: Option<&&str>| labels == Some(&LABELS[label]);
            for (span, via) in ours.iter().filter(|(span, _)| span.1 == LABELS[label]) {
                if is(gold.get(&span.0)) {
                    counts.right += 1;
                } else {
                    counts.wrong += 1;
                    let beside = gold.iter().filter(|(other, _)| other.overlaps(span.0));
                    let beside = names(&case.text, beside.map(|(span, label)| (*span, *label)));
                    wrong.push(line(case, span.0, &format!("{via}{beside}")));
                }
            }
            for (span, _) in gold.iter().filter(|(_, other)| is(Some(other))) {
                if !ours.contains_key(&(*span, LABELS[label])) {
                    counts.missed += 1;
                    let beside = ours.keys().filter(|(other, _)| other.overlaps(*span));
                    let beside = names(&case.text, beside.copied());
                    missed.push(line(case, *span, beside.trim_start_matches(", ")));
                }
            }
        }
    }
    for (label, errors) in LABELS.iter().zip(errors) {
        for (what, lines) in ["missed", "wrong"].iter().zip(errors) {
            told.push(format!("{} {label} {what}: {}", set.name, lines.len()));
            told.extend(lines);
        }
    }
}

/// The names of the set, by where they stand in bytes.
fn gold(case: &Case) -> BTreeMap<Span, &str> {
    let mut bytes: Vec<usize> = case.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(case.text.len());
    let mut gold = BTreeMap::new();
    for entity in &case.ents {
        let (Some(&start), Some(&end)) = (bytes.get(entity.start), bytes.get(entity.end)) else { continue };
        let surface = case.text.get(start..end).unwrap_or("");
        let name = ["'s", "’s", "'", "’"].iter().find_map(|end| surface.strip_suffix(end)).unwrap_or(surface);
        let label = match entity.label.as_str() {
            "PER" => "PERSON",
            "GPE" => "LOC",
            other => other,
        };
        gold.insert(Span::new(start, start + name.len()), label);
    }
    gold
}

/// Our names with their labels, and how they were found.
fn ours(mentions: &[Mention]) -> BTreeMap<(Span, &'static str), &str> {
    let label = |mention: &Mention| match mention.kind {
        Kind::Person => Some("PERSON"),
        Kind::Org => Some("ORG"),
        Kind::Place => Some("LOC"),
        Kind::Country => (mention.via != "country:demonym").then_some("LOC"),
        _ => None,
    };
    mentions.iter().filter_map(|m| Some(((m.span, label(m)?), &*m.via))).collect()
}

/// What else stands there: `, ORG "Bank of Ghana"`.
fn names<'a>(text: &str, spans: impl Iterator<Item = (Span, &'a str)>) -> String {
    spans.fold(String::new(), |all, (span, label)| {
        all + &format!(", {label} \"{}\"", on_a_line(span.of(text)))
    })
}

/// A name with the 60 characters before and after it.
fn line(case: &Case, span: Span, note: &str) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    let (before, after) = (case.text.get(..start).unwrap_or(""), case.text.get(end..).unwrap_or(""));
    let from = before.char_indices().rev().nth(59).map_or(0, |(at, _)| at);
    let before = before.get(from..).unwrap_or("");
    let after: String = after.chars().take(60).collect();
    let note = if note.is_empty() { String::new() } else { format!("  ({note})") };
    let around = format!("{before}[{}]{after}", span.of(&case.text));
    format!("  {}: {}{note}", on_a_line(&case.id), on_a_line(&around))
}

fn on_a_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:22} {:7} {:>5} {:>5} {:>5} {:>6} {:>6} {:>6}",
            "", "", "P", "R", "F1", "right", "wrong", "missed"
        )?;
        for set in &self.sets {
            let seen = if set.seen { "  seen in building lexicon and tagger" } else { "" };
            for (label, Counts { right, wrong, missed }) in LABELS.iter().zip(set.counts) {
                let share = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
                let f1 = 200.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64;
                let (precision, recall) = (share(right + wrong), share(right + missed));
                writeln!(
                    f,
                    "{:22} {label:7} {precision:>5.1} {recall:>5.1} {f1:>5.1} {right:>6} {wrong:>6} {missed:>6}{seen}",
                    set.name
                )?;
            }
            let megabytes = set.bytes as f64 / 1e6;
            let speed = megabytes / set.seconds.max(1e-9);
            writeln!(f, "{:22} everything marked: {speed:.1} MB/s of CPU ({megabytes:.2} MB)", set.name)?;
        }
        Ok(())
    }
}
