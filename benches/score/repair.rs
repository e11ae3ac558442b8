//! Misread text: how much of what is broken is repaired, and how much of what is good is left alone.
//!
//! A file holds *cases* `{"label", "original", "fixed-encoding"?, "fixed", "expect"}`, as ftfy tests itself, or *articles* `{"title",
//! "body"}`. A case passes if the text after cleaning is what the encoding alone, or all that ftfy does, makes of it; what is
//! for matching only and never done to stored text (straight quotes, widths, ligatures), characters that cannot be seen and
//! white space are not compared. Cases that ftfy fails on (`"expect": "fail"`) are as expected either way, and those that pass
//! are counted besides. Of articles, the lines are counted that the repair of misread text changes; `--errors` lists
//! these, and the cases that fail.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use dateline::article::{Origin, RawArticle, TextField};
use dateline::clean::{Cleaned, Options, Reason, clean};
use dateline::render::printable;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::set;

#[derive(Deserialize)]
#[serde(untagged)]
enum Record {
    Case(Case),
    Article { title: Option<String>, body: Option<String> },
}

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    label: String,
    original: String,
    #[serde(rename = "fixed-encoding")]
    encoding: Option<String>,
    fixed: String,
    expect: String,
}

/// What came of one file.
#[derive(Debug, Default)]
pub(crate) struct Set {
    name: String,
    /// Cases.
    pub(crate) cases: usize,
    /// Cases that pass, and those that ftfy fails on.
    pub(crate) as_expected: usize,
    /// Cases that pass although ftfy fails on them, and how many it fails on.
    pub(crate) beyond: [usize; 2],
    /// Lines of articles.
    lines: usize,
    /// Lines of articles that were changed.
    pub(crate) changed: usize,
}

/// What came of all files.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) sets: Vec<Set>,
    /// Cases that fail, and lines that were changed.
    pub(crate) errors: Vec<String>,
}

/// Scores the files in `paths`.
pub(crate) fn run(paths: &[PathBuf]) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    for path in paths {
        let mut set = Set { name: set::name(path).to_owned(), ..Set::default() };
        set::each_line(path, |origin, line| match line {
            Record::Case(case) => score_case(&case, origin, &mut set, &mut report.errors),
            Record::Article { title, body } => {
                let (title, body) = (title.unwrap_or_default(), body.unwrap_or_default());
                score_article(title, body, origin, &mut set, &mut report.errors);
            }
        })?;
        report.sets.push(set);
    }
    Ok(report)
}

fn cleaned(title: String, body: String, origin: Origin, record: bool) -> Cleaned {
    let mut raw = RawArticle::at(origin);
    (raw.title, raw.body) = (title, body);
    clean(raw, &Options { furniture: false, record, ..Options::default() })
}

fn score_case(case: &Case, origin: Origin, set: &mut Set, errors: &mut Vec<String>) {
    let got = cleaned(String::new(), case.original.clone(), origin, false).article.body;
    let passes = [case.encoding.as_ref(), Some(&case.fixed)]
        .into_iter()
        .flatten()
        .any(|text| seen(text) == seen(&got));
    let hopeless = case.expect == "fail";
    set.cases += 1;
    set.as_expected += usize::from(passes || hopeless);
    if hopeless {
        set.beyond[0] += usize::from(passes);
        set.beyond[1] += 1;
    }
    if !passes {
        let what = if hopeless { "beyond ftfy" } else { "failed" };
        let wanted = case.encoding.as_ref().unwrap_or(&case.fixed);
        errors.push(format!(
            "{what}: {}\n  given  {}\n  got    {}\n  wanted {}",
            case.label,
            printable(&case.original),
            printable(&got),
            printable(wanted)
        ));
    }
}

/// `text` as far as it is compared.
fn seen(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{2bc}' | '\u{2018}'..='\u{201b}' => plain.push('\''),
            '\u{201c}'..='\u{201f}' => plain.push('"'),
            '\u{149}' => plain.push_str("'n"),
            '\u{132}'
            | '\u{133}'
            | '\u{1c4}'..='\u{1cc}'
            | '\u{1f1}'..='\u{1f3}'
            | '\u{fb00}'..='\u{fb06}'
            | '\u{ff01}'..='\u{ffef}' => {
                plain.extend(std::iter::once(c).nfkc());
            }
            '\u{ad}'
            | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' => {}
            _ if c.is_control() && !c.is_whitespace() => {}
            _ => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn score_article(title: String, body: String, origin: Origin, set: &mut Set, errors: &mut Vec<String>) {
    let place = origin.to_string();
    set.lines +=
        [&title, &body].iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()).count();
    if title.is_ascii() && body.is_ascii() {
        return;
    }
    let texts = [(TextField::Title, title.clone()), (TextField::Body, body.clone())];
    let cleaned = cleaned(title, body, origin, true);
    for (field, text) in texts {
        let mut last = None;
        for change in cleaned.changes.iter().filter(|c| c.field == field && c.reason == Reason::Mojibake) {
            let at = change.span.start as usize;
            let line = text.get(..at).unwrap_or("").matches('\n').count();
            if last.replace(line) == Some(line) {
                continue;
            }
            set.changed += 1;
            let around: String = text
                .char_indices()
                .filter(|(i, _)| (at.saturating_sub(40)..change.span.end as usize + 40).contains(i))
                .map(|(_, c)| c)
                .collect();
            let new = change.replacement.as_deref().unwrap_or("nothing");
            errors.push(format!(
                "changed: {place} {}: {} -> {}",
                field.name(),
                printable(&around),
                printable(new)
            ));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["set", "cases", "as expected", "beyond ftfy", "lines", "changed"];
        writeln!(
            f,
            "{:<16} {:>6} {:>12} {:>12} {:>9} {:>8}",
            head[0], head[1], head[2], head[3], head[4], head[5]
        )?;
        for set in &self.sets {
            let beyond = format!("{} of {}", set.beyond[0], set.beyond[1]);
            writeln!(
                f,
                "{:<16} {:>6} {:>12} {:>12} {:>9} {:>8}",
                set.name, set.cases, set.as_expected, beyond, set.lines, set.changed
            )?;
        }
        Ok(())
    }
}
