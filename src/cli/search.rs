//! `dateline search` and `dateline count`.

use std::time::{Duration, Instant};

use super::args::{ContextArg, CountArgs, Global, OutputFormat, QueryArgs, SearchArgs, SortArg};
use super::exit::{Exit, Failure};
use super::out::{Out, time};
use crate::backend::{Hit, PageRequest, Sort};
use crate::index::Segment;
use crate::plan::Plan;
use crate::render::{explain, json, printable, terminal};
use crate::search::{Archive, SearchRequest, stated};
use crate::snippet::{Context, SnippetOptions};

pub(super) fn search(global: &Global, args: &SearchArgs, out: &mut Out) -> Result<Exit, Failure> {
    let archive = open(global, &args.query, out)?;
    let query = &args.query.query;
    let mut request = request(&args.query)?;
    request.page = PageRequest {
        limit: args.limit,
        offset: args.offset,
        sort: match args.sort {
            SortArg::Score => Sort::Score,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        },
        group: args.group,
        total: true,
        snippets: snippets(args)?,
        explain: args.explain,
    };
    if args.all {
        return stream(&archive, &request, args, out);
    }
    let started = Instant::now();
    let plan = planned(&archive, query, out)?;
    let answer = archive.search_plan(&plan, &request).map_err(|e| Failure::search(e, query))?;
    let seconds = started.elapsed().as_secs_f64();
    let took = answer.page.took;
    out.detail(|| format!("found in {}, read and quoted in {}", time(took.find), time(took.quote)));
    out.notes(query, &answer.notes);
    let hits = &answer.page.hits;
    match (args.ids, out.format) {
        (true, _) => {
            hits.iter().try_for_each(|hit| out.text(&format!("{}\n", printable(&hit.article.id))))?;
        }
        (_, OutputFormat::Json) => {
            out.document(&json::answer(query, &answer.page, &answer.notes, seconds))?;
        }
        (_, OutputFormat::Jsonl) => hits.iter().try_for_each(|hit| out.json(&json::hit(hit)))?,
        (_, _) => {
            for (hit, number) in hits.iter().zip(args.offset + 1..) {
                print_hit(number, hit, args, out)?;
            }
            out.flush()?;
            let total = answer.page.total.unwrap_or(0);
            let plural = if total == 1 { "article" } else { "articles" };
            out.say(&format!("{total} {plural} in {:.1} ms", seconds * 1e3));
        }
    }
    let found = !hits.is_empty() || answer.page.total.is_some_and(|total| total > 0);
    Ok(if found { Exit::Found } else { Exit::None })
}

/// Every hit as it is found.
fn stream(
    archive: &Archive,
    request: &SearchRequest,
    args: &SearchArgs,
    out: &mut Out,
) -> Result<Exit, Failure> {
    let query = &args.query.query;
    let plan = planned(archive, query, out)?;
    out.notes(query, &plan.notes);
    let started = Instant::now();
    let hits = archive.stream_plan(&plan, request).map_err(|e| Failure::search(e, query))?;
    let mut number = 0;
    for hit in hits {
        let hit = hit?;
        number += 1;
        match (args.ids, out.format) {
            (true, _) => out.text(&format!("{}\n", printable(&hit.article.id)))?,
            (_, OutputFormat::Json | OutputFormat::Jsonl) => out.json(&json::hit(&hit))?,
            (_, _) => print_hit(number, &hit, args, out)?,
        }
    }
    out.detail(|| format!("{number} hits found, read and quoted in {}", time(started.elapsed())));
    Ok(if number > 0 { Exit::Found } else { Exit::None })
}

pub(super) fn count(global: &Global, args: &CountArgs, out: &mut Out) -> Result<Exit, Failure> {
    let (archive, request, plan) = asked(global, &args.query, out)?;
    let query = &args.query.query;
    let failed = |e| Failure::search(e, query);
    let started = Instant::now();
    let count = archive.count_plan(&plan, &request).map_err(failed)?;
    out.detail(|| format!("counted in {}", time(started.elapsed())));
    let notes = archive.notes(&plan, count == 0).map_err(failed)?;
    if out.format == OutputFormat::Text {
        out.notes(query, &notes);
        out.text(&format!("{count}\n"))?;
    } else {
        out.json(&json::count(query, count, &notes))?;
    }
    Ok(if count > 0 { Exit::Found } else { Exit::None })
}

fn print_hit(number: usize, hit: &Hit, args: &SearchArgs, out: &mut Out) -> Result<(), Failure> {
    let style = out.style;
    out.text(&terminal::hit(number, hit, style))?;
    if args.captures {
        out.text(&terminal::captures(hit, style))?;
    }
    if let Some(explanation) = &hit.explanation {
        out.text(&explain::scored(explanation, style))?;
    }
    Ok(())
}

/// The index, with the time that the query may take.
fn open(global: &Global, args: &QueryArgs, out: &Out) -> Result<Archive, Failure> {
    let started = Instant::now();
    let archive = Archive::open(&global.index)?;
    out.detail(|| {
        let (took, segments) = (time(started.elapsed()), archive.backend().reader().segments());
        format!("{} articles in {} opened in {took}", archive.len(), segments_said(&segments))
    });
    let Some(seconds) = args.timeout else { return Ok(archive) };
    let time = (seconds > 0.0).then(|| Duration::from_secs_f64(seconds));
    Ok(archive.with_time_limit(time).with_stream_time_limit(time))
}

/// The archive that a question is put to, within which stretch of publication, and its plan.
pub(super) fn asked(
    global: &Global,
    args: &QueryArgs,
    out: &Out,
) -> Result<(Archive, SearchRequest, Plan), Failure> {
    let archive = open(global, args, out)?;
    let request = request(args)?;
    let plan = planned(&archive, &args.query, out)?;
    Ok((archive, request, plan))
}

/// The plan of a query.
fn planned(archive: &Archive, query: &str, out: &Out) -> Result<Plan, Failure> {
    let started = Instant::now();
    let plan = archive.plan(query).map_err(|e| Failure::search(e, query))?;
    out.detail(|| {
        let took = time(started.elapsed());
        let read = explain::rewrites(query, &plan.rewrites);
        format!("planned in {took}{}{}", if read.is_empty() { "" } else { ", read as\n" }, read.trim_end())
    });
    Ok(plan)
}

/// How many segments there are and what is in them: `2 segments (1200 + 34, 5 deleted)`.
pub(super) fn segments_said(segments: &[Segment]) -> String {
    let plural = if segments.len() == 1 { "" } else { "s" };
    let articles: Vec<String> = segments.iter().map(|segment| segment.articles.to_string()).collect();
    let deleted: u64 = segments.iter().map(|segment| segment.deleted).sum();
    let deleted = if deleted > 0 { format!(", {deleted} deleted") } else { String::new() };
    format!("{} segment{plural} ({}{deleted})", segments.len(), articles.join(" + "))
}

fn request(args: &QueryArgs) -> Result<SearchRequest, Failure> {
    let date = |flag: &str, stated: &Option<String>| match stated {
        None => Ok(None),
        Some(text) => {
            stated::date(text).map(Some).map_err(|e| Failure::message(format!("{flag} {text}: {e}")))
        }
    };
    Ok(SearchRequest {
        since: date("--since", &args.since)?.map(|day| day.0),
        until: date("--until", &args.until)?.map(|day| day.1),
        ..SearchRequest::default()
    })
}

fn snippets(args: &SearchArgs) -> Result<SnippetOptions, Failure> {
    let limit = stated::snippets(&args.snippets)
        .map_err(|e| Failure::message(format!("--snippets {}: {e}", args.snippets)))?;
    let context = match args.context {
        ContextArg::Sentence => Context::Sentence,
        ContextArg::Paragraph => Context::Paragraph,
    };
    Ok(SnippetOptions { limit, context, marks: !args.ids })
}
