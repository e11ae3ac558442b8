//! `dateline facets`: values counted, or what filled slots.

use std::time::Instant;

use super::args::{FacetSortArg, FacetsArgs, Global, OutputFormat};
use super::exit::{Exit, Failure};
use super::out::{Out, time};
use super::search::asked;
use crate::backend::{FacetSort, FacetsRequest};
use crate::facets::{Captures, by, captures};
use crate::render::{counts, printable};

/// How many values are given unless it is said, and of slots.
const VALUES: (usize, usize) = (10, 20);

pub(super) fn run(global: &Global, args: &FacetsArgs, out: &mut Out) -> Result<Exit, Failure> {
    if args.captures { slots(global, args, out) } else { values(global, args, out) }
}

fn values(global: &Global, args: &FacetsArgs, out: &mut Out) -> Result<Exit, Failure> {
    let wanted = args.by.iter().map(|text| by(text).map_err(|e| Failure::search(e, text)));
    let counted = FacetsRequest {
        by: wanted.collect::<Result<_, _>>()?,
        limit: args.limit.unwrap_or(VALUES.0),
        sort: match args.sort {
            FacetSortArg::Count => FacetSort::Count,
            FacetSortArg::Unusual => FacetSort::Unusual,
        },
        group: args.group,
    };
    let (archive, request, plan) = asked(global, &args.query, out)?;
    let query = &args.query.query;
    let failed = |e| Failure::search(e, query);
    let started = Instant::now();
    let facets = archive.facets_plan(&plan, &request, &counted).map_err(failed)?;
    out.detail(|| format!("counted in {}", time(started.elapsed())));
    let notes = archive.notes(&plan, facets.articles == 0).map_err(failed)?;
    match out.format {
        OutputFormat::Json => out.document(&counts::document(query, &facets, &notes))?,
        OutputFormat::Jsonl => counts::facets(&facets).try_for_each(|facet| out.json(&facet))?,
        OutputFormat::Csv => out.text(&counts::rows(&facets))?,
        OutputFormat::Text | OutputFormat::Svg => {
            out.notes(query, &notes);
            if facets.articles > 0 {
                out.text(&counts::tables(&facets, out.style))?;
            }
            out.flush()?;
            out.say(&format!("{} of {} articles", facets.articles, facets.all));
        }
    }
    Ok(if facets.articles > 0 { Exit::Found } else { Exit::None })
}

fn slots(global: &Global, args: &FacetsArgs, out: &mut Out) -> Result<Exit, Failure> {
    if out.format == OutputFormat::Csv {
        return Err(Failure::message("--captures has no csv; write text, json or jsonl"));
    }
    let (archive, request, plan) = asked(global, &args.query, out)?;
    let query = &args.query.query;
    let failed = |e| Failure::search(e, query);
    let started = Instant::now();
    let found = captures(&archive, &plan, &request, args.limit.unwrap_or(VALUES.1)).map_err(failed)?;
    out.detail(|| format!("articles read and counted in {}", time(started.elapsed())));
    let notes = archive.notes(&plan, found.articles == 0).map_err(failed)?;
    if out.format == OutputFormat::Text {
        out.notes(query, &notes);
        print(&found, out)?;
    } else {
        let value = counts::captures(query, &found, &notes);
        match out.format {
            OutputFormat::Jsonl => out.json(&value)?,
            _ => out.document(&value)?,
        }
    }
    if found.slots.is_empty() {
        out.say("the query has no slot in a phrase, such as \"{country} deported {number}\"");
    }
    Ok(if found.articles > 0 { Exit::Found } else { Exit::None })
}

fn print(counts: &Captures, out: &mut Out) -> Result<(), Failure> {
    let line = |articles: u64, times: u64, what: &str| {
        let what = printable(what).replace('\n', " ");
        format!("{articles:>8} {times:>8}  {what}\n")
    };
    for slot in &counts.slots {
        let more = slot.distinct.saturating_sub(slot.values.len());
        out.text(&format!(
            "{} ({} different)\n{:>8} {:>8}\n",
            slot.name, slot.distinct, "articles", "times"
        ))?;
        for value in &slot.values {
            out.text(&line(value.articles, value.times, &value.reading))?;
        }
        if more > 0 {
            out.text(&format!("{:>19}and {more} more (-n)\n", ""))?;
        }
    }
    if !counts.together.is_empty() {
        out.text(&format!("together\n{:>8} {:>8}\n", "articles", "times"))?;
        for row in &counts.together {
            let slots: Vec<String> =
                row.slots.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            out.text(&line(row.articles, row.times, &slots.join(" · ")))?;
        }
    }
    Ok(())
}
