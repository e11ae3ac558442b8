//! Stories for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::json::copy;
use super::printable;
use super::terminal::Style;
use crate::article::Span;
use crate::backend::{CopyFacts, Sheet, Stated, Story, Why};
use crate::index::Correction;
use crate::story::{NEAR, id_of};
use crate::text::date::{day, rfc3339};

/// Columns of a quote beside a figure, in characters.
const QUOTE: usize = 96;

fn line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

fn plural(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What a story is, in two lines.
fn head(story: &Story, style: Style) -> String {
    let outlets = story.outlets.len() as u64;
    let mut facts = vec![format!("story {}", id_of(story.number)), plural(story.total, "article")];
    if outlets > 0 {
        facts.push(plural(outlets, "outlet"));
    }
    if let Some((first, last)) = story.span() {
        let (first, last) = (day(first), day(last));
        facts.push(if first == last { first } else { format!("{first} to {last}") });
    }
    let title = if story.title.is_empty() { "(no title)" } else { &story.title };
    format!("{}\n{}\n", style.title(&line(title)), style.faint(&facts.join(" · ")))
}

/// A story with its articles in the order of time.
pub fn text(story: &Story, style: Style) -> String {
    let mut out = head(story, style);
    out.push('\n');
    let width = story.articles.iter().filter_map(|a| a.source.as_ref()).map(|s| s.chars().count()).max();
    let width = width.unwrap_or(0).min(28);
    for article in &story.articles {
        let when = article.published.map_or_else(|| "no date         ".to_owned(), minute);
        let outlet: String = line(article.source.as_deref().unwrap_or("")).chars().take(width).collect();
        let _ = writeln!(
            out,
            "{when}  {outlet:<width$}  {}  {}",
            line(&article.title),
            style.faint(&line(&article.id))
        );
    }
    if story.total > story.articles.len() as u64 {
        let _ = writeln!(out, "… and {} more", story.total - story.articles.len() as u64);
    }
    out
}

/// Day and minute of a time.
fn minute(instant: i64) -> String {
    rfc3339(instant).chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// A story as JSON.
pub fn json(story: &Story) -> Value {
    let mut object = json!({
        "story": id_of(story.number),
        "title": story.title,
        "total": story.total,
        "outlets": story.outlets,
        "articles": story.articles.iter().map(copy).collect::<Vec<_>>(),
    });
    if let Some((first, last)) = story.span() {
        object["first"] = json!(rfc3339(first));
        object["last"] = json!(rfc3339(last));
    }
    object
}

/// What an article is called in a table: its outlet, or its id.
fn name(article: &CopyFacts) -> &str {
    article.source.as_deref().unwrap_or(&article.id)
}

/// The figures of a story side by side.
pub fn figures(story: &Story, sheet: &Sheet, style: Style) -> String {
    let mut out = head(story, style);
    if sheet.rows.is_empty() {
        out += "\nno figure is stated by two outlets\n";
    }
    for row in &sheet.rows {
        let mut about = row.about.clone();
        about.extend(row.unit.clone());
        let _ = writeln!(out, "\n{}", style.title(&line(&about.join(" "))));
        let width = |of: &dyn Fn(&Stated) -> usize| row.stated.iter().map(of).max().unwrap_or(0);
        let outlet = |stated: &Stated| sheet.articles.get(stated.article).map_or("", name).to_owned();
        let names = width(&|stated| line(&outlet(stated)).chars().count()).min(28);
        let readings = width(&|stated| stated.reading.chars().count()).min(28);
        let mut before = None;
        for stated in &row.stated {
            // An outlet is named once.
            let outlet: String = line(&outlet(stated)).chars().take(names).collect();
            let shown = if before == Some(stated.article) { "" } else { outlet.as_str() };
            before = Some(stated.article);
            let reading = line(&stated.reading);
            let quote = quote(stated, style);
            let _ = writeln!(out, "  {shown:<names$}  {reading:<readings$}  {quote}");
        }
    }
    out
}

/// The figure in its sentence, as much of it as fits.
fn quote(stated: &Stated, style: Style) -> String {
    let (start, end) = (stated.span.start - stated.quoted.start, stated.span.end - stated.quoted.start);
    let end_of_quote = stated.quoted.end - stated.quoted.start;
    let of = |start, end| Span { start, end }.of(&stated.quote);
    let (before, figure, after) = (of(0, start), of(start, end), of(end, end_of_quote));
    let room = QUOTE.saturating_sub(figure.chars().count());
    let right = after.chars().count().min(room.saturating_sub(before.chars().count().min(room / 2)));
    let left = before.chars().count().min(room - right);
    let first: String = before.chars().skip(before.chars().count() - left).collect();
    let rest: String = after.chars().take(right).collect();
    let (dots, end) = (
        if left < before.chars().count() { "…" } else { "" },
        if right < after.chars().count() { "…" } else { "" },
    );
    format!(
        "“{dots}{}{}{}{end}”",
        line(first.trim_start()),
        style.marked(&line(figure)),
        line(rest.trim_end())
    )
}

/// The figures of a story as JSON: each with its article, its place, and the sentence that states it.
pub fn figures_json(story: &Story, sheet: &Sheet) -> Value {
    let rows = sheet.rows.iter().map(|row| {
        let stated = row.stated.iter().map(|stated| {
            let text = Span {
                start: stated.span.start - stated.quoted.start,
                end: stated.span.end - stated.quoted.start,
            };
            let mut object = sheet.articles.get(stated.article).map_or_else(|| json!({}), copy);
            object["reading"] = json!(stated.reading);
            object["field"] = json!(stated.field.name());
            object["start"] = json!(stated.span.start);
            object["end"] = json!(stated.span.end);
            object["text"] = json!(text.of(&stated.quote));
            object["quote"] =
                json!({ "start": stated.quoted.start, "end": stated.quoted.end, "text": stated.quote });
            object
        });
        json!({ "about": row.about, "unit": row.unit, "figures": stated.collect::<Vec<_>>() })
    });
    json!({ "story": id_of(story.number), "title": story.title, "rows": rows.collect::<Vec<_>>() })
}

/// Why articles are together.
pub fn why(whys: &[Why], style: Style) -> String {
    let mut out = String::new();
    for why in whys {
        let article = &why.article;
        let facts = [article.source.clone(), article.published.map(day), Some(article.id.clone())];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let _ = writeln!(
            out,
            "{}\n  {}",
            style.title(&line(&article.title)),
            style.faint(&line(&facts.join(" · ")))
        );
        match (&why.nearest, why.score) {
            (Some(nearest), score) => {
                let words: Vec<String> =
                    nearest.words.iter().map(|(word, part)| format!("{} {part:.2}", line(word))).collect();
                let _ = writeln!(
                    out,
                    "  most like {}, {:.2}: {}",
                    line(&nearest.id),
                    nearest.likeness,
                    words.join(", ")
                );
                if let Some(score) = score {
                    let _ = writeln!(out, "  {score:.2} near to the story without it; {NEAR:.2} is enough");
                }
            }
            (None, _) => out += "  the only article of its story\n",
        }
        if let Some(other) = &why.elsewhere {
            let _ = writeln!(
                out,
                "  {:.2} near to another story, {}: {}",
                other.score,
                id_of(other.story),
                line(&other.title)
            );
        }
        for correction in &why.corrections {
            let _ = writeln!(out, "  by hand: {}", line(&said(correction)));
        }
    }
    out
}

/// A correction in words.
fn said(correction: &Correction) -> String {
    let together = correction.together.join(", ");
    let apart = correction.apart.join(", ");
    if apart.is_empty() {
        format!("{together} are one story")
    } else {
        format!("{together} apart from {apart}")
    }
}

/// Why articles are together, as JSON.
pub fn why_json(whys: &[Why]) -> Value {
    let whys = whys.iter().map(|why| {
        let mut object = copy(&why.article);
        object["enough"] = json!(NEAR);
        object["score"] = json!(why.score);
        object["nearest"] = json!(why.nearest);
        object["elsewhere"] = why.elsewhere.as_ref().map_or(
            Value::Null,
            |other| json!({ "story": id_of(other.story), "title": other.title, "score": other.score }),
        );
        object["corrections"] = json!(why.corrections);
        object
    });
    whys.collect()
}
