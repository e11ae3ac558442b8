//! The shapes of what is answered, as JSON schemas. What makes them is `render/json`; `tests/the_server_answers.rs` holds answers against them.

use serde_json::{Value, json};

/// A schema by its name.
pub(super) fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// JSON objects, one a line, each of a named schema.
pub(super) fn lines(name: &str) -> Value {
    json!({ "type": "string", "contentMediaType": super::answer::JSONL, "contentSchema": named(name) })
}

fn list(of: &str) -> Value {
    json!({ "type": "array", "items": named(of) })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn text_or_none() -> Value {
    json!({ "type": ["string", "null"] })
}

/// An object with these properties; those named in `needed` are always there.
fn object(needed: &[&str], properties: Value) -> Value {
    let mut shape = json!({ "type": "object", "required": needed });
    shape["properties"] = properties;
    shape
}

/// An object that always has all of these properties.
fn all_of(properties: Value) -> Value {
    let names: Vec<&str> =
        properties.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let needed = json!(names);
    let mut shape = object(&[], properties);
    shape["required"] = needed;
    shape
}

/// Every shape that has a name.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    failures().into_iter().chain(answers()).chain(counts()).chain(articles()).chain(stories()).collect()
}

/// What is said of a request.
fn failures() -> Vec<(&'static str, Value)> {
    vec![
        ("Failure", object(&["error"], json!({ "error": named("Said"), "errors": list("Said") }))),
        (
            "Said",
            object(
                &["code", "message", "span", "help"],
                json!({
                    "code": text(), "message": text(), "help": text_or_none(), "parameter": text(), "span": named("Range"),
                }),
            ),
        ),
        (
            "Range",
            json!({ "type": ["array", "null"], "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2 }),
        ),
        (
            "Note",
            object(
                &["code", "message", "span", "help"],
                json!({ "code": text(), "message": text(), "span": named("Range"), "help": text_or_none() }),
            ),
        ),
    ]
}

/// What is found and counted.
fn answers() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Answer",
            object(
                &["query", "total", "seconds", "notes", "hits"],
                json!({
                    "query": text(), "total": { "type": ["integer", "null"] }, "seconds": { "type": "number" },
                    "notes": list("Note"), "hits": list("Hit"), "next": text(),
                }),
            ),
        ),
        ("Hit", object(&["id", "title", "score", "title_marks", "snippets"], hit())),
        (
            "Snippet",
            object(
                &["field", "start", "end", "text", "marks"],
                json!({ "field": text(), "start": count(), "end": count(), "text": text(), "marks": list("Mark") }),
            ),
        ),
        (
            "Mark",
            object(
                &["start", "end", "text"],
                json!({
                    "start": count(), "end": count(), "text": text(), "kind": text(), "reading": text(), "field": text(),
                    "slots": { "type": "object" },
                }),
            ),
        ),
        (
            "Copy",
            object(
                &["id", "title"],
                json!({ "id": text(), "title": text(), "source": text(), "url": text(), "published": text() }),
            ),
        ),
    ]
}

/// What is counted, and how a query is read.
fn counts() -> Vec<(&'static str, Value)> {
    let number = || json!({ "type": "number" });
    let count_or_none = || json!({ "type": ["integer", "null"] });
    let texts = || json!({ "type": "array", "items": text() });
    let objects = || json!({ "type": "array", "items": { "type": "object" } });
    let facets = json!({
        "query": text(), "notes": list("Note"), "articles": count(), "all": count(), "facets": list("Facet"), "captures": named("Captures"),
    });
    let facet = json!({ "by": text(), "distinct": count_or_none(), "values": list("FacetValue"), "units": list("Summary") });
    let value = json!({ "value": texts(), "articles": count(), "all": count(), "lift": number(), "surprise": number() });
    let summary = json!({
        "kind": text(), "unit": text_or_none(), "articles": count(), "values": count(), "intervals": count(),
        "min": number(), "median": number(), "max": number(), "bins": list("Bin"),
    });
    let filled = json!({ "articles": count(), "slots": list("Slot"), "together": list("Together") });
    let together =
        json!({ "slots": { "type": "array", "items": texts() }, "articles": count(), "times": count() });
    let timeline = json!({
        "query": text(), "by": text(), "articles": count(), "undated": count(), "notes": list("Note"), "stretches": list("Stretch"),
    });
    let stretch = json!({ "label": text_or_none(), "from": text_or_none(), "articles": count() });
    let rewrite = json!({ "rule": text(), "span": named("Range"), "to": text() });
    let explained = json!({
        "query": text(), "read_as": text(), "notes": list("Note"), "rewrites": list("Rewrite"), "plan": { "type": ["object", "string"] }, "cost": named("Cost"),
    });
    let cost = json!({
        "what": text(), "articles": count(), "entries": count(), "reads": texts(),
        "words": { "type": "array", "items": { "type": "array" } }, "parts": objects(),
    });
    vec![
        ("Facets", object(&["query", "notes"], facets)),
        ("Facet", object(&["by"], facet)),
        ("FacetValue", all_of(value)),
        ("Summary", all_of(summary)),
        ("Bin", all_of(json!({ "from": number(), "to": number(), "values": count() }))),
        ("Captures", all_of(filled)),
        ("Slot", all_of(json!({ "name": text(), "distinct": count(), "values": list("SlotValue") }))),
        ("SlotValue", all_of(json!({ "reading": text(), "articles": count(), "times": count() }))),
        ("Together", all_of(together)),
        ("Timeline", all_of(timeline)),
        ("Stretch", all_of(stretch)),
        ("Explained", all_of(explained)),
        ("Rewrite", all_of(rewrite)),
        ("Cost", all_of(cost)),
        ("Completion", all_of(json!({ "prefix": text(), "suggestions": list("Suggestion") }))),
    ]
}

/// What is given of an article and taken of one.
fn articles() -> Vec<(&'static str, Value)> {
    vec![
        ("Article", object(&["id", "title", "body"], article())),
        (
            "Mention",
            object(
                &["field", "start", "end", "kind", "key", "text", "via"],
                json!({
                    "field": text(), "start": count(), "end": count(), "kind": text(), "key": text(), "text": text(), "via": text(),
                    "lo": { "type": "number" }, "hi": { "type": "number" }, "unit": text(), "modifier": text(), "trend": text(),
                    "first": text(), "last": text(), "iso": text(),
                }),
            ),
        ),
        ("Stated", stated()),
        (
            "Receipt",
            object(
                &["articles", "replaced", "withdrawn", "ids", "rejected"],
                json!({
                    "articles": count(), "replaced": count(), "withdrawn": count(),
                    "ids": { "type": "array", "items": text() }, "rejected": list("Reject"), "given_up": { "type": "boolean" },
                }),
            ),
        ),
        (
            "Reject",
            object(
                &["record", "offset", "code", "message", "help"],
                json!({ "record": count(), "offset": count(), "code": text(), "message": text(), "help": text() }),
            ),
        ),
        (
            "Count",
            object(
                &["query", "count", "notes"],
                json!({ "query": text(), "count": count(), "notes": list("Note") }),
            ),
        ),
        (
            "Suggestion",
            object(
                &["kind", "value", "query", "articles"],
                json!({ "kind": text(), "value": text(), "query": text(), "articles": { "type": ["integer", "null"] } }),
            ),
        ),
    ]
}

/// What is told of stories and watches.
fn stories() -> Vec<(&'static str, Value)> {
    let texts = || json!({ "type": "array", "items": text() });
    let figure = json!({
        "id": text(), "title": text(), "source": text(), "url": text(), "published": text(), "reading": text(), "field": text(),
        "start": count(), "end": count(), "text": text(),
        "quote": object(&["start", "end", "text"], json!({ "start": count(), "end": count(), "text": text() })),
    });
    let why = json!({
        "id": text(), "title": text(), "source": text(), "url": text(), "published": text(),
        "enough": { "type": "number" }, "score": { "type": ["number", "null"] }, "nearest": { "type": ["object", "null"] },
        "elsewhere": { "type": ["object", "null"] }, "corrections": { "type": "array", "items": { "type": "object" } },
    });
    let row = json!({ "about": texts(), "unit": text_or_none(), "figures": list("Figure") });
    vec![
        (
            "Story",
            object(
                &["story", "title", "total", "outlets", "articles"],
                json!({ "story": text(), "title": text(), "total": count(), "outlets": texts(), "articles": list("Copy"), "first": text(), "last": text() }),
            ),
        ),
        ("Figure", object(&["id", "reading", "field", "start", "end", "text", "quote"], figure)),
        (
            "Figures",
            object(
                &["story", "title", "rows"],
                json!({ "story": text(), "title": text(), "rows": list("FigureRow") }),
            ),
        ),
        ("FigureRow", object(&["about", "unit", "figures"], row)),
        ("Why", object(&["id", "title", "enough", "score", "nearest", "elsewhere", "corrections"], why)),
        (
            "Related",
            object(&["id", "query", "hits"], json!({ "id": text(), "query": text(), "hits": list("Hit") })),
        ),
        (
            "Watch",
            object(&["name", "query"], json!({ "name": text(), "query": text(), "notes": list("Note") })),
        ),
        ("Watches", object(&["watches"], json!({ "watches": list("Watch") }))),
    ]
}

/// What an article states about itself.
fn facts() -> serde_json::Map<String, Value> {
    let mut facts = serde_json::Map::new();
    for name in
        ["id", "title", "source", "url", "byline", "agency", "section", "lang", "published", "updated"]
    {
        facts.insert(name.to_owned(), text());
    }
    facts
}

fn hit() -> Value {
    let mut hit = facts();
    let more = [
        ("score", json!({ "type": "number" })),
        ("lang_detected", json!({ "type": "boolean" })),
        ("dateline", json!({ "type": "object" })),
        ("title_marks", list("Mark")),
        ("snippets", list("Snippet")),
        ("captures", list("Mark")),
        ("copy_of", text()),
        ("story", text()),
        ("copies", list("Copy")),
        ("copies_total", count()),
        ("articles", list("Copy")),
        ("articles_total", count()),
        ("outlets", count()),
    ];
    hit.extend(more.map(|(name, shape)| (name.to_owned(), shape)));
    Value::Object(hit)
}

fn article() -> Value {
    let mut article = facts();
    let more = [
        ("body", text()),
        ("lang_detected", json!({ "type": "boolean" })),
        ("dateline", json!({ "type": "object" })),
        ("copy_of", text()),
        ("story", text()),
        ("copies", list("Copy")),
        ("mentions", list("Mention")),
        ("merged", json!({ "type": "array", "items": { "type": "object" } })),
        ("run_together", json!({ "type": "array", "items": { "type": "object" } })),
        ("cleaning", json!({ "type": "object" })),
    ];
    article.extend(more.map(|(name, shape)| (name.to_owned(), shape)));
    Value::Object(article)
}

/// An article as it comes in; other names of fields are read as `dateline index` reads them, and numbers as texts.
fn stated() -> Value {
    let mut stated = facts();
    stated.insert("body".to_owned(), text());
    for shape in stated.values_mut() {
        *shape = json!({ "type": ["string", "number", "boolean", "array", "object", "null"] });
    }
    json!({ "type": "object", "properties": stated, "additionalProperties": true })
}
