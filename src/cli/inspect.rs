//! `dateline clean` and `dateline extract`: what would be indexed, without an index.

use serde_json::{Value, json};

use super::args::{CleanArgs, ExtractArgs, Global, OutputFormat, ReadArgs};
use super::exit::{Exit, Failure};
use super::index;
use super::out::{Out, complain};
use crate::article::{Article, RawArticle};
use crate::clean::{self, Change, Diff, Evidence, Reason, Record};
use crate::ingest::{AHEAD_BYTES, Pipeline, content_id, kept_evidence};
use crate::render::{json, printable};

pub(super) fn clean(global: &Global, args: &CleanArgs, out: &mut Out) -> Result<Exit, Failure> {
    let pipeline = index::pipeline(&args.read)?;
    each(global, &args.read, &pipeline, |raw, evidence| {
        if args.diff {
            let (origin, id) = (raw.origin.to_string(), raw.id.clone());
            let diff = clean::diff_with(raw, &pipeline.clean, evidence, out.format != OutputFormat::Text);
            return match out.format {
                OutputFormat::Text => out.text(&readable_diff(&origin, &diff)),
                _ => out.json(&json!({
                    "id": id,
                    "origin": origin,
                    "changes": diff.records.iter().map(|r| change(&r.change)).collect::<Vec<_>>(),
                })),
            };
        }
        let mut article = pipeline.clean_with(raw, evidence).article;
        if article.id.is_empty() {
            article.id = content_id(&article);
        }
        match out.format {
            OutputFormat::Text => out.text(&readable(&article)),
            _ => out.json(&json!(article)),
        }
    })
}

pub(super) fn extract(global: &Global, args: &ExtractArgs, out: &mut Out) -> Result<Exit, Failure> {
    let mut pipeline = index::pipeline(&args.read)?;
    pipeline.extract.merge = !args.no_merge;
    each(global, &args.read, &pipeline, |raw, evidence| {
        let marked = pipeline.mark_with(raw, evidence);
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

/// Gives every article that can be read, with what is known of the lines of sources: what the index keeps, if there is one, and
/// what the beginning of the inputs shows. Records that cannot be read are told.
fn each(
    global: &Global,
    args: &ReadArgs,
    pipeline: &Pipeline,
    mut give: impl FnMut(RawArticle, &Evidence) -> std::io::Result<()>,
) -> Result<Exit, Failure> {
    let (inputs, mut rejected) = index::inputs(args);
    let mut articles = inputs.iter().flat_map(|input| input.articles(&pipeline.read));
    let (mut evidence, warning) = kept_evidence(&global.index);
    if let Some(warning) = warning {
        complain(&format!("warning: {warning}"));
    }
    let (mut ahead, mut bytes) = (Vec::new(), 0);
    while bytes < AHEAD_BYTES
        && let Some(article) = articles.next()
    {
        if let Ok(raw) = &article {
            bytes += raw.title.len() + raw.body.len();
            evidence.learn(&clean::clean_with(raw.clone(), &pipeline.clean, &Evidence::default()).sightings);
        }
        ahead.push(article);
    }
    for article in ahead.into_iter().chain(articles) {
        match article {
            Ok(raw) if raw.withdrawn => {} // there is nothing to see
            Ok(raw) => give(raw, &evidence)?,
            Err(reject) => {
                rejected += 1;
                complain(&format!("rejected: {reject}"));
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
fn readable_diff(origin: &str, diff: &Diff) -> String {
    let mut text = format!("{}\n", printable(origin));
    let quoted = |s: &str| format!("{:?}", printable(s));
    for Record { change, line, .. } in &diff.records {
        let sign = if change.replacement.is_some() { '~' } else { '-' };
        text += &format!(
            "{sign} {} line {line}, bytes {}..{}: ",
            change.field.name(),
            change.span.start,
            change.span.end
        );
        text += &quoted(&change.text);
        if let Some(new) = &change.replacement {
            text += &format!(" -> {}", quoted(new));
        }
        match change.reason.rule() {
            Some(rule) => text += &format!("  ({}: {rule})\n", change.reason.describe()),
            None => text += &format!("  ({})\n", change.reason.describe()),
        }
    }
    let spaces: u32 = [Reason::OddSpace, Reason::LineEnd, Reason::Spacing, Reason::Unwrapped]
        .into_iter()
        .map(|reason| diff.counts.of(reason))
        .sum();
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
