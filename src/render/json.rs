//! Hits as JSON. Offsets are half-open byte ranges of the article's title or body, as the field says.

use serde::Serialize;
use serde_json::{Value, json};

use crate::article::{Article, Cleaning, Kind, Mention, Span, TextField, iso_day, place};
use crate::backend::{CopyFacts, Costed, Group, Hit, Page};
use crate::index::Stored;
use crate::plan::{Plan, Rewrite};
use crate::query::Diagnostic;
use crate::snippet::Mark;
use crate::story::id_of;
use crate::text::date::{day, rfc3339};

/// A whole answer: the page, how the query was read, and how long it took.
pub fn answer(query: &str, page: &Page, notes: &[Diagnostic], seconds: f64) -> Value {
    json!({
        "query": query,
        "total": page.total,
        "seconds": seconds,
        "notes": notes.iter().map(diagnostic).collect::<Vec<_>>(),
        "hits": page.hits.iter().map(hit).collect::<Vec<_>>(),
    })
}

/// How many articles match.
pub fn count(query: &str, count: u64, notes: &[Diagnostic]) -> Value {
    json!({ "query": query, "count": count, "notes": notes.iter().map(diagnostic).collect::<Vec<_>>() })
}

/// How a query is read, `read_as` being the query as it would be written out, and what answering it takes.
pub fn explained(query: &str, read_as: &str, plan: &Plan, cost: &Costed) -> Value {
    json!({
        "query": query,
        "read_as": read_as,
        "notes": plan.notes.iter().map(diagnostic).collect::<Vec<_>>(),
        "rewrites": plan.rewrites.iter().map(rewrite).collect::<Vec<_>>(),
        "plan": plan.root,
        "cost": cost,
    })
}

/// One hit: the article's facts, and what matched.
pub fn hit(hit: &Hit) -> Value {
    let article = &hit.article;
    let snippets: Vec<Value> = hit
        .highlights
        .snippets
        .iter()
        .map(|snippet| {
            json!({
                "field": TextField::Body.name(),
                "start": snippet.span.start,
                "end": snippet.span.end,
                "text": snippet.text,
                "marks": snippet.marks.iter().map(|m| mark(&article.body, m)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut object = facts(article);
    object["score"] = json!(hit.score);
    object["title_marks"] = hit.highlights.title.iter().map(|m| mark(&article.title, m)).collect();
    object["snippets"] = Value::Array(snippets);
    if !hit.highlights.captured.is_empty() {
        let captured = hit.highlights.captured.iter().map(|m| {
            let mut object = mark(article.text(m.field), m);
            object["field"] = json!(m.field.name());
            object
        });
        object["captures"] = captured.collect();
    }
    if let Some(root) = &hit.copy_of {
        object["copy_of"] = json!(root);
    }
    if let Some(story) = hit.story {
        object["story"] = json!(id_of(story));
    }
    if hit.copies.total > 0 {
        let (named, total) = match hit.copies.group {
            Group::Story => ("articles", "articles_total"),
            Group::Copy | Group::None => ("copies", "copies_total"),
        };
        object[named] = hit.copies.named.iter().map(copy).collect();
        object[total] = json!(hit.copies.total);
        if hit.copies.group == Group::Story {
            object["outlets"] = json!(hit.copies.outlets);
        }
    }
    if let Some(explanation) = &hit.explanation {
        object["explanation"] = json!(explanation);
    }
    object
}

/// A hit that a watch matched: which watch, its query, and the number of the match, if it has one.
pub fn watched(watch: &str, query: &str, number: Option<&str>, found: &Hit) -> Value {
    let mut object = json!({ "watch": watch, "query": query });
    if let Some(number) = number {
        object["match"] = json!(number);
    }
    if let (Some(object), Value::Object(mut facts)) = (object.as_object_mut(), hit(found)) {
        facts.remove("score"); // nothing is ranked
        object.append(&mut facts);
    }
    object
}

/// What is told of an article that is shown as a copy.
pub(super) fn copy(copy: &CopyFacts) -> Value {
    let mut object = json!({ "id": copy.id, "title": copy.title });
    for (name, value) in [("source", &copy.source), ("url", &copy.url)] {
        if let Some(value) = value {
            object[name] = json!(value);
        }
    }
    if let Some(published) = copy.published {
        object["published"] = json!(rfc3339(published));
    }
    object
}

fn mark(text: &str, mark: &Mark) -> Value {
    let mut object = json!({ "start": mark.span.start, "end": mark.span.end, "text": mark.span.of(text) });
    if let Some(kind) = mark.kind {
        object["kind"] = json!(kind.name());
    }
    if let Some(reading) = &mark.reading {
        object["reading"] = json!(reading);
    }
    if !mark.captures.is_empty() {
        let slots = mark.captures.iter().map(|capture| {
            let filled = json!({
                "kind": capture.kind.name(),
                "text": capture.span.of(text),
                "reading": capture.reading,
                "start": capture.span.start,
                "end": capture.span.end,
            });
            (capture.name.clone(), filled)
        });
        object["slots"] = Value::Object(slots.collect());
    }
    object
}

/// What an article states about itself, without its body.
fn facts(article: &Article) -> Value {
    let mut object = json!({ "id": article.id, "title": article.title });
    let texts = [
        ("source", &article.source),
        ("url", &article.url),
        ("byline", &article.byline),
        ("agency", &article.agency),
        ("section", &article.section),
        ("lang", &article.lang),
    ];
    for (name, value) in texts {
        if let Some(value) = value {
            object[name] = json!(value);
        }
    }
    if article.lang_detected {
        object["lang_detected"] = json!(true);
    }
    if let Some(dateline) = &article.dateline {
        let mut stated = json!({ "start": dateline.span.start, "end": dateline.span.end });
        if let Some(place) = dateline.place {
            stated["place"] = json!(place.of(&article.body));
        }
        if let Some(day) = dateline.day {
            stated["day"] = json!(iso_day(day));
        }
        object["dateline"] = stated;
    }
    for (name, value) in [("published", article.published), ("updated", article.updated)] {
        if let Some(instant) = value {
            object[name] = json!(rfc3339(instant));
        }
    }
    object
}

/// An article as an input states it, so that indexing it without cleaning makes the same of it: what was read off its text is left out.
pub fn exported(article: &Article) -> Value {
    let mut object = facts(article);
    if let Some(facts) = object.as_object_mut() {
        facts.remove("dateline");
        if facts.remove("lang_detected").is_some() {
            facts.remove("lang");
        }
    }
    object["body"] = json!(article.body);
    object
}

/// A whole article as it is stored, with what it copies and the others of that group; on request with its mentions, and
/// with the names that count as one.
pub fn article(stored: &Stored, group: &[CopyFacts], with_mentions: bool) -> Value {
    let mut object = facts(&stored.article);
    if let Some(root) = &stored.copy_of {
        object["copy_of"] = json!(root);
    }
    if !group.is_empty() {
        object["copies"] = group.iter().map(copy).collect();
    }
    object["body"] = json!(stored.article.body);
    if !stored.article.run_together.is_empty() {
        object["run_together"] = run_together(&stored.article).collect();
    }
    if with_mentions {
        object["mentions"] = mentions(&stored.article, &stored.mentions).collect();
        let merged = super::mentions::merged(&stored.article, &stored.mentions).into_iter().map(|name| {
            let texts = name.texts.iter().map(|(text, times)| json!({ "text": text, "times": times }));
            json!({ "kind": name.kind.name(), "key": name.key, "texts": texts.collect::<Vec<_>>() })
        });
        object["merged"] = merged.collect();
    }
    object
}

/// The tokens of an article that the index finds by both words that are run together in them.
fn run_together(article: &Article) -> impl Iterator<Item = Value> + '_ {
    article.run_together.iter().filter_map(|token| {
        Some(json!({
            "field": token.field.name(),
            "start": token.span.start,
            "end": token.span.end,
            "text": token.span.of(article.text(token.field)),
            "parts": token.parts(article)?,
        }))
    })
}

/// What cleaning dropped from an article and changed in it: the pieces with their reasons, and counts by reason.
pub fn cleaning(cleaning: &Cleaning) -> Value {
    let dropped = cleaning.dropped.iter().map(|piece| {
        json!({
            "field": piece.field.name(),
            "reason": piece.reason,
            "rule": piece.rule,
            "text": piece.text,
            "bytes": piece.bytes,
        })
    });
    let changed = cleaning.changed.iter().map(|(reason, count)| (reason.clone().into_owned(), json!(count)));
    json!({ "dropped": dropped.collect::<Vec<_>>(), "changed": changed.collect::<serde_json::Map<_, _>>() })
}

/// One line of `extract`: the id and the mentions of an article.
pub fn extracted(article: &Article, found: &[Mention]) -> Value {
    json!({ "id": article.id, "mentions": mentions(article, found).collect::<Vec<_>>() })
}

fn mentions<'a>(article: &'a Article, found: &'a [Mention]) -> impl Iterator<Item = Value> + 'a {
    found.iter().map(|mention| {
        let text = article.text(mention.field);
        json!(MentionRow::of(text, mention))
    })
}

/// A mention as programs read it.
#[derive(Serialize)]
struct MentionRow<'a> {
    field: &'static str,
    start: u32,
    end: u32,
    kind: &'static str,
    key: String,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lo: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hi: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modifier: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trend: Option<&'static str>,
    /// The first day of a date, and the last, both included: `2025-10-14`.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iso: Option<&'a str>,
    via: &'a str,
}

impl<'a> MentionRow<'a> {
    fn of(text: &'a str, mention: &'a Mention) -> Self {
        let Span { start, end } = mention.span;
        let quantity = mention.quantity();
        let iso = match &mention.reading {
            crate::article::Reading::Entity(key) if mention.kind == Kind::Country => Some(&**key),
            crate::article::Reading::Entity(key) if mention.kind == Kind::Place => place::country(key),
            _ => None,
        };
        Self {
            field: mention.field.name(),
            start,
            end,
            kind: mention.kind.name(),
            key: mention.key().into_owned(),
            text: mention.span.of(text),
            lo: quantity.map(|q| q.lo),
            hi: quantity.map(|q| q.hi),
            unit: quantity.and_then(|q| q.unit.as_deref()),
            modifier: quantity.map(|q| q.modifier.sign()),
            trend: quantity.and_then(|q| q.trend).map(crate::article::Trend::name),
            first: mention.period().map(|p| day(p.from())),
            last: mention.period().map(|p| day(p.to() - 1)),
            iso,
            via: &mention.via,
        }
    }
}

/// What a part of a query became.
pub fn rewrite(rewrite: &Rewrite) -> Value {
    json!({
        "rule": rewrite.rule,
        "span": [rewrite.span.start, rewrite.span.end],
        "to": rewrite.to,
    })
}

/// An error or a note of a query.
pub fn diagnostic(diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.code,
        "message": diagnostic.message,
        "span": [diagnostic.span.start, diagnostic.span.end],
        "help": diagnostic.help,
    })
}
