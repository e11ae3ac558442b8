//! A timeline as a chart for a terminal, as rows, as JSON; as a picture it is [`super::svg`].

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::csv;
use super::terminal::Style;
use crate::article::iso_day;
use crate::backend::{Stretch, Timeline};
use crate::query::Diagnostic;
use crate::text::Calendar;

/// The narrowest and the widest bar.
const BARS: (usize, usize) = (10, 100);
/// Empty stretches in a row that are told in one line.
const EMPTY: usize = 3;

/// A line for each stretch, with a bar as long as it has articles, no wider than `width` columns; then what was counted.
pub fn chart(timeline: &Timeline, width: usize, style: Style) -> String {
    let peak = timeline.peak();
    let label = timeline.stretches.iter().map(|stretch| label(timeline, stretch).len()).max().unwrap_or(0);
    let figure = peak.to_string().len();
    let room = width.saturating_sub(label + figure + 4).clamp(BARS.0, BARS.1);
    let mut out = String::new();
    for run in timeline.stretches.chunk_by(|a, b| a.articles == 0 && b.articles == 0) {
        if run.len() >= EMPTY {
            let told = format!("{:label$}  {} {}s without", "⋮", run.len(), timeline.by.name());
            let _ = writeln!(out, "{}", style.faint(&told));
            continue;
        }
        for stretch in run {
            let name = self::label(timeline, stretch);
            let bar = bar(stretch.articles, peak, room);
            let line = format!("{name:label$}  {:>figure$}  {bar}", stretch.articles);
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    let _ = writeln!(out, "{}", summary(timeline));
    out
}

/// How many articles, when most, and how many have no date: `12 articles by day, most (5) on 2025-09-30; 2 without a date`.
pub fn summary(timeline: &Timeline) -> String {
    let plural = if timeline.articles == 1 { "" } else { "s" };
    let mut told = format!("{} article{plural} by {}", timeline.articles, timeline.by.name());
    let peak = timeline.peak();
    if let Some(most) = timeline.stretches.iter().find(|stretch| stretch.articles == peak) {
        let on = if timeline.by == Calendar::Day { "on" } else { "in" };
        let _ = write!(told, ", most ({peak}) {on} {}", label(timeline, most));
    }
    if timeline.undated > 0 {
        let _ = write!(told, "; {} without a date", timeline.undated);
    }
    told
}

/// What a stretch is called.
pub(super) fn label(timeline: &Timeline, stretch: &Stretch) -> String {
    timeline.by.label(stretch.number)
}

/// The day on which a stretch begins.
fn first_day(timeline: &Timeline, stretch: &Stretch) -> String {
    iso_day(i32::try_from(timeline.by.first_day(stretch.number)).unwrap_or_default())
}

/// A bar of `part` of `whole`, in eighths of a column; never none where there is something.
pub(super) fn bar(part: u64, whole: u64, room: usize) -> String {
    let eighths = (u128::from(part) * room as u128 * 8).div_ceil(u128::from(whole.max(1)));
    let eighths = usize::try_from(eighths).unwrap_or(usize::MAX).min(room * 8);
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or("");
    "█".repeat(eighths / 8) + rest
}

/// Rows of what a stretch is called, its first day and its articles; those without a date in a row without a day.
pub fn rows(timeline: &Timeline) -> String {
    let mut out = csv::row([timeline.by.name(), "from", "articles"]);
    for stretch in &timeline.stretches {
        let articles = stretch.articles.to_string();
        out += &csv::row([label(timeline, stretch), first_day(timeline, stretch), articles]);
    }
    if timeline.undated > 0 {
        out += &csv::row(["", "", &timeline.undated.to_string()]);
    }
    out
}

/// The stretches as JSON, and the articles without a date as one that has no name and no day.
pub fn lines(timeline: &Timeline) -> impl Iterator<Item = Value> + '_ {
    let undated = Some(timeline.undated).filter(|undated| *undated > 0);
    let undated = undated.map(|undated| json!({ "label": null, "from": null, "articles": undated }));
    stretches(timeline).chain(undated)
}

/// The stretches as JSON: what they are called, their first days and their articles.
fn stretches(timeline: &Timeline) -> impl Iterator<Item = Value> + '_ {
    timeline.stretches.iter().map(|stretch| {
        json!({
            "label": label(timeline, stretch),
            "from": first_day(timeline, stretch),
            "articles": stretch.articles,
        })
    })
}

/// The whole as one JSON document.
pub fn document(query: &str, timeline: &Timeline, notes: &[Diagnostic]) -> Value {
    json!({
        "query": query,
        "by": timeline.by,
        "articles": timeline.articles,
        "undated": timeline.undated,
        "notes": notes.iter().map(super::json::diagnostic).collect::<Vec<_>>(),
        "stretches": stretches(timeline).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn timeline() -> Timeline {
        let counts = [
            (20_000, 3),
            (20_001, 80),
            (20_002, 0),
            (20_003, 1),
            (20_004, 0),
            (20_005, 0),
            (20_006, 0),
            (20_007, 41),
        ];
        let stretches = counts.into_iter().map(|(number, articles)| Stretch { number, articles });
        Timeline { by: Calendar::Day, articles: 127, undated: 2, stretches: stretches.collect() }
    }

    #[test]
    fn a_chart_fits_its_width_and_says_its_figures() {
        insta::assert_snapshot!(chart(&timeline(), 40, Style::PLAIN), @r#"
        2024-10-04   3  █
        2024-10-05  80  ████████████████████████
        2024-10-06   0
        2024-10-07   1  ▍
        ⋮           3 days without
        2024-10-11  41  ████████████▍
        127 articles by day, most (80) on 2024-10-05; 2 without a date
        "#);
        for width in [0, 40, 80, 10_000] {
            for line in chart(&timeline(), width, Style::PLAIN).lines().filter(|line| line.contains('█')) {
                assert!(line.chars().count() <= width.clamp(26, 116), "{width}: {line}");
            }
        }
    }

    #[test]
    fn rows_tell_articles_without_a_date_apart() {
        insta::assert_snapshot!(rows(&timeline()), @r#"
        day,from,articles
        2024-10-04,2024-10-04,3
        2024-10-05,2024-10-05,80
        2024-10-06,2024-10-06,0
        2024-10-07,2024-10-07,1
        2024-10-08,2024-10-08,0
        2024-10-09,2024-10-09,0
        2024-10-10,2024-10-10,0
        2024-10-11,2024-10-11,41
        ,,2
        "#);
    }

    #[test]
    fn a_bar_is_as_long_as_its_part_and_never_none_of_something() {
        assert_eq!((bar(0, 9, 8), bar(9, 9, 3), bar(1, 2, 1)), (String::new(), "███".into(), "▌".into()));
        assert_eq!(
            (bar(1, u64::MAX, 8), bar(u64::MAX, 1, 2), bar(0, 0, 2)),
            ("▏".into(), "██".into(), String::new())
        );
    }
}
