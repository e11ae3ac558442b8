//! What a query became, what it costs and where a score comes from, as trees of lines.

use std::fmt::Write as _;

use super::printable;
use super::terminal::Style;
use crate::backend::{Costed, Reads, Scored};
use crate::plan::Rewrite;

/// Words of the index shown for a pattern.
const SHOWN: usize = 12;

/// The rules that were applied to a query, a line each.
pub fn rewrites(query: &str, rewrites: &[Rewrite]) -> String {
    let mut out = String::new();
    for rewrite in rewrites {
        let part = printable(rewrite.span.of(query)).replace('\n', " ");
        let to = printable(&rewrite.to).replace('\n', " ");
        let _ = writeln!(out, "  {part} → {to} ({})", rewrite.rule.says());
    }
    out
}

/// What answering a plan takes.
pub fn cost(root: &Costed, style: Style) -> String {
    let mut out = String::new();
    cost_line(root, "  ", "  ", style, &mut out);
    out
}

fn cost_line(part: &Costed, before: &str, below: &str, style: Style, out: &mut String) {
    let mut facts = vec![match part.articles {
        1 => "at most 1 article".to_owned(),
        n => format!("at most {} articles", grouped(n)),
    }];
    match part.entries {
        0 => {}
        1 => facts.push("1 entry".to_owned()),
        n => facts.push(format!("{} entries", grouped(n))),
    }
    facts.extend(part.reads.iter().map(|reads| {
        let what = match reads {
            Reads::Positions => "positions read",
            Reads::Values => "values read",
            Reads::Column => "a column read",
        };
        what.to_owned()
    }));
    let _ = writeln!(
        out,
        "{before}{}  {}",
        printable(&part.what).replace('\n', " "),
        style.faint(&facts.join(", "))
    );
    if !part.words.is_empty() {
        let words =
            part.words.iter().take(SHOWN).map(|(word, n)| format!("{} {}", printable(word), grouped(*n)));
        let mut line = words.collect::<Vec<_>>().join(", ");
        if part.words.len() > SHOWN {
            let _ = write!(line, " and {} more", part.words.len() - SHOWN);
        }
        let stem = if part.parts.is_empty() { "   " } else { "│  " };
        let _ = writeln!(out, "{below}{stem}{}", style.faint(&line));
    }
    branches(&part.parts, below, out, |part, before, below, out| cost_line(part, before, below, style, out));
}

/// Where a hit's score comes from.
pub fn scored(root: &Scored, style: Style) -> String {
    let mut out = String::new();
    scored_line(root, "   ", "   ", &mut out);
    out.lines().map(|line| style.faint(line) + "\n").collect()
}

fn scored_line(part: &Scored, before: &str, below: &str, out: &mut String) {
    let _ = writeln!(out, "{before}{:.3} {}", part.score, printable(&part.what).replace('\n', " "));
    branches(&part.parts, below, out, scored_line);
}

fn branches<T>(parts: &[T], below: &str, out: &mut String, line: impl Fn(&T, &str, &str, &mut String)) {
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let (branch, stem) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        line(part, &format!("{below}{branch}"), &format!("{below}{stem}"), out);
    }
}

/// A number with its thousands set apart.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
