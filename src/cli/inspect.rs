//! `dateline clean` and `dateline extract`: what would be indexed, without an index.

use serde_json::{Value, json};

use super::args::{CleanArgs, ExtractArgs, OutputFormat, ReadArgs};
use super::exit::{Exit, Failure};
use super::index;
use super::out::{Out, complain};
use crate::article::{Article, RawArticle};
use crate::clean::{self, Change, Cleaned};
use crate::ingest::{Pipeline, content_id};
use crate::render::{json, printable};

pub(super) fn clean(args: &CleanArgs, out: &mut Out) -> Result<Exit, Failure> {
    let mut pipeline = index::pipeline(&args.read)?;
    pipeline.clean.record = args.diff;
    each(&args.read, &pipeline, |raw| {
        let origin = raw.origin.to_string();
        let mut cleaned = clean::clean(raw, &pipeline.clean);
        if cleaned.article.id.is_empty() {
            cleaned.article.id = content_id(&cleaned.article);
        }
        match (args.diff, out.format) {
            (false, OutputFormat::Text) => out.text(&readable(&cleaned.article)),
            (false, _) => out.json(&json!(cleaned.article)),
            (true, OutputFormat::Text) => out.text(&diff(&origin, &cleaned)),
            (true, _) => out.json(&json!({
                "id": cleaned.article.id,
                "changes": cleaned.changes.iter().map(change).collect::<Vec<_>>(),
            })),
        }
    })
}

pub(super) fn extract(args: &ExtractArgs, out: &mut Out) -> Result<Exit, Failure> {
    let pipeline = index::pipeline(&args.read)?;
    each(&args.read, &pipeline, |raw| {
        let marked = pipeline.mark(raw);
        if out.format != OutputFormat::Text {
            return out.json(&json::extracted(&marked.article, &marked.mentions));
        }
        let mut text = format!("{}\n", printable(&marked.article.id));
        for mention in &marked.mentions {
            let whole = marked.article.text(mention.field);
            let surface = printable(mention.span.of(whole)).replace('\n', " ");
            let key = mention.key();
            text +=
                &format!("  {:8} {surface}  = {}  ({})\n", mention.kind.name(), printable(&key), mention.via);
        }
        out.text(&text)
    })
}

/// Gives every article that can be read; the others are told.
fn each(
    args: &ReadArgs,
    pipeline: &Pipeline,
    mut give: impl FnMut(RawArticle) -> std::io::Result<()>,
) -> Result<Exit, Failure> {
    let (inputs, mut rejected) = index::inputs(args);
    for input in &inputs {
        for article in input.articles(&pipeline.read) {
            match article {
                Ok(raw) => give(raw)?,
                Err(reject) => {
                    rejected += 1;
                    complain(&format!("rejected: {reject}"));
                }
            }
        }
    }
    Ok(if rejected > 0 { Exit::Rejected } else { Exit::Found })
}

fn readable(article: &Article) -> String {
    let title =
        if article.title.is_empty() { String::new() } else { format!("{}\n\n", printable(&article.title)) };
    format!("{title}{}\n\n", printable(&article.body).replace('\n', "\n\n"))
}

/// What cleaning did to an article: a line for each piece that a reader would miss, the rest counted.
fn diff(origin: &str, cleaned: &Cleaned) -> String {
    let mut text = format!("{}\n", printable(origin));
    let quoted = |s: &str| format!("{:?}", printable(s));
    let mut spaces = 0;
    for change in &cleaned.changes {
        if change.reason.is_spacing() {
            spaces += 1;
            continue;
        }
        let why = change.reason.rule().map_or(change.reason.describe().to_owned(), |rule| {
            format!("{}: {rule}", change.reason.describe())
        });
        let sign = if change.replacement.is_some() { '~' } else { '-' };
        text += &format!("{sign} {} {}..{} ", change.field.name(), change.span.start, change.span.end);
        text += &quoted(&change.text);
        if let Some(new) = &change.replacement {
            text += &format!(" -> {}", quoted(new));
        }
        text += &format!("  ({why})\n");
    }
    if spaces > 0 {
        text += &format!("  and {spaces} changes of white space\n");
    }
    text
}

fn change(change: &Change) -> Value {
    json!({
        "field": change.field.name(),
        "start": change.span.start,
        "end": change.span.end,
        "text": change.text,
        "replacement": change.replacement,
        "reason": change.reason.name(),
        "rule": change.reason.rule(),
    })
}
