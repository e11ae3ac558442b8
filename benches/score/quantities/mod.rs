//! Quantities read in sentences, held against what people read there.
//!
//! [`newsquant`] scores `NewsQuant` files (gold: both ends, unit, change), [`recognizers`] the cases of Recognizers-Text
//! (`ms_*`, one file a model). A value is right if both ends agree within a millionth; F1 counts every quantity once.
//! Dates are left out: the files say nothing of them, and no figure of a date may be read as a quantity.

mod newsquant;
mod recognizers;

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use dateline::article::{Kind, Mention, TextField};
use dateline::extract::quantity::find;
use dateline::text::tokens;
use serde_json::Value;

/// The tables of all files, and what went wrong.
#[derive(Default)]
pub(crate) struct Report {
    tables: Vec<String>,
    models: Vec<recognizers::Score>,
    /// What was missed or wrong, a text each.
    pub(crate) errors: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            writeln!(f, "{table}")?;
        }
        recognizers::table(&self.models, f)
    }
}

/// Scores every file; folders stand for the files in them that are known by name.
pub(crate) fn run(paths: &[PathBuf]) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    for file in files(paths)? {
        let name = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let cases = cases(&file)?;
        match name.strip_prefix("ms_") {
            Some(model) => report.models.extend(recognizers::score(model, &cases, &mut report.errors)),
            None => report.tables.push(newsquant::score(&name, &cases, &mut report.errors).to_string()),
        }
    }
    Ok(report)
}

fn files(paths: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            for entry in std::fs::read_dir(path)? {
                files.push(entry?.path());
            }
        } else {
            files.push(path.clone());
        }
    }
    files.retain(|file| file.extension().is_some_and(|end| end == "jsonl"));
    files.sort();
    Ok(files)
}

/// A text and what people read in it.
struct Case {
    id: String,
    text: String,
    gold: Vec<Value>,
}

fn cases(file: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let case = |line: &str| -> Result<Case, Box<dyn Error>> {
        let value: Value = serde_json::from_str(line)?;
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let gold = value["gold"].as_array().cloned().unwrap_or_default();
        Ok(Case { id: text("id"), text: text("text"), gold })
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(case).collect()
}

/// The quantities that dateline reads in a text.
fn found(text: &str) -> Vec<Mention> {
    let tokens: Vec<_> = tokens(text).collect();
    let mut found = Vec::new();
    find(text, &tokens, TextField::Body, &mut found);
    found.retain(|mention| mention.kind != Kind::Date);
    found
}

/// Whether two values agree.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-12)
}

/// Whether a mention has these ends, in either order.
fn has_ends(mention: &Mention, one: f64, other: f64) -> bool {
    mention.quantity().is_some_and(|q| close(q.lo, one.min(other)) && close(q.hi, one.max(other)))
}

/// A mention as people read it in a list of errors.
fn shown(mention: &Mention, text: &str) -> String {
    let trend = mention.quantity().and_then(|q| q.trend).map_or("", |trend| trend.name());
    format!("{} {} {trend} \"{}\"", mention.kind.name(), mention.key(), mention.span.of(text))
        .replace("  ", " ")
}
