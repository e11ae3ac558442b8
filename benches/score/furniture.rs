//! Page furniture: how much of it is dropped, and how much of the story stays.
//!
//! A file holds articles `{"source"?, "url"?, "title"?, "lines": [{"text", "furniture"}]}`: the lines as the page has them, each marked by hand.
//! A line counts as dropped if most of it was; figures are of lines and of bytes. *Precision* is how much of what was dropped is furniture, so
//! that 1 means that no story line was lost; *recall* is how much of the furniture was dropped. Lines that recur are learned from the set
//! itself, as they are from the beginning of an indexing run; the second row of a set is by rules alone. `--errors` lists the lines judged
//! wrongly, `lost` for lines of the story and `left` for furniture.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use dateline::article::{Origin, RawArticle, TextField};
use dateline::clean::{Evidence, Options, clean_with};
use dateline::render::printable;
use serde::Deserialize;

use super::set;

#[derive(Deserialize)]
struct Article {
    #[serde(default)]
    title: String,
    source: Option<String>,
    url: Option<String>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    furniture: bool,
}

/// Lines or bytes: dropped furniture, dropped story, furniture that was left.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    right: usize,
    lost: usize,
    left: usize,
}

impl Tally {
    pub(crate) fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.lost).max(1) as f64
    }

    pub(crate) fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.left).max(1) as f64
    }

    fn add(&mut self, furniture: bool, dropped: bool, by: usize) {
        match (furniture, dropped) {
            (true, true) => self.right += by,
            (false, true) => self.lost += by,
            (true, false) => self.left += by,
            (false, false) => {}
        }
    }
}

/// What came of one file, with evidence or by rules alone.
#[derive(Debug, Default)]
pub(crate) struct Row {
    name: String,
    articles: usize,
    pub(crate) lines: Tally,
    pub(crate) bytes: Tally,
}

/// What came of all files.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
    /// Lines judged wrongly with evidence.
    pub(crate) errors: Vec<String>,
}

/// Scores the files in `paths`.
pub(crate) fn run(paths: &[PathBuf]) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    for path in paths {
        let mut articles = Vec::new();
        set::each_line(path, |origin, article: Article| articles.push((origin, article)))?;
        let nothing = Evidence::default();
        let mut evidence = Evidence::default();
        for (origin, article) in &articles {
            evidence.learn(&clean_with(raw(origin, article), &Options::default(), &nothing).sightings);
        }
        for (name, evidence) in [("", &evidence), (", rules alone", &nothing)] {
            let mut row = Row {
                name: format!("{}{name}", set::name(path)),
                articles: articles.len(),
                ..Row::default()
            };
            let mut errors = Vec::new();
            for (origin, article) in &articles {
                score(origin, article, evidence, &mut row, &mut errors);
            }
            if name.is_empty() {
                report.errors.extend(errors);
            }
            report.rows.push(row);
        }
    }
    Ok(report)
}

fn raw(origin: &Origin, article: &Article) -> RawArticle {
    let mut raw = RawArticle::at(origin.clone());
    raw.title.clone_from(&article.title);
    raw.source.clone_from(&article.source);
    raw.url.clone_from(&article.url);
    raw.body = article.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    raw
}

fn score(origin: &Origin, article: &Article, evidence: &Evidence, row: &mut Row, errors: &mut Vec<String>) {
    let options = Options { record: true, ..Options::default() };
    let cleaned = clean_with(raw(origin, article), &options, evidence);
    let dropped: Vec<_> = cleaned
        .changes
        .iter()
        .filter(|change| change.field == TextField::Body && change.reason.is_drop())
        .map(|change| (change.span.range(), change.reason))
        .collect();
    let mut start = 0;
    for line in &article.lines {
        let end = start + line.text.len();
        let gone: usize =
            dropped.iter().map(|(range, _)| range.end.min(end).saturating_sub(range.start.max(start))).sum();
        let is_dropped = gone * 2 > line.text.len();
        row.lines.add(line.furniture, is_dropped, 1);
        row.bytes.add(line.furniture, is_dropped, line.text.len());
        if is_dropped != line.furniture {
            let by = dropped.iter().find(|(range, _)| range.start < end && range.end > start);
            let why = by.map_or("", |(_, reason)| reason.rule().unwrap_or(reason.name()));
            let what = if is_dropped { "lost" } else { "left" };
            errors.push(format!("{what}: {origin} {why}: {}", printable(&line.text)));
        }
        start = end + 1;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<28} {:>8} {:>9} {:>7} {:>6} {:>6} {:>10} {:>7}",
            "set", "articles", "precision", "recall", "lost", "left", "of bytes:", "recall"
        )?;
        for Row { name, articles, lines, bytes } in &self.rows {
            writeln!(
                f,
                "{name:<28} {articles:>8} {:>9.4} {:>7.3} {:>6} {:>6} {:>10.4} {:>7.3}",
                lines.precision(),
                lines.recall(),
                lines.lost,
                lines.left,
                bytes.precision(),
                bytes.recall()
            )?;
        }
        Ok(())
    }
}
