//! `dateline timeline`.

use std::time::Instant;

use super::args::{CalendarArg, Global, OutputFormat, TimelineArgs};
use super::exit::{Exit, Failure};
use super::out::{Out, time};
use super::search::asked;
use crate::render::{svg, timeline};
use crate::text::Calendar;

/// The widest that a chart is where nobody says how wide a line is.
const WIDTH: usize = 80;

pub(super) fn run(global: &Global, args: &TimelineArgs, out: &mut Out) -> Result<Exit, Failure> {
    let (archive, request, plan) = asked(global, &args.query, out)?;
    let query = &args.query.query;
    let failed = |e| Failure::search(e, query);
    let started = Instant::now();
    let by = args.by.map(calendar);
    let counted = archive.timeline_fitting(&plan, &request, by, args.group).map_err(failed)?;
    out.detail(|| format!("counted in {}", time(started.elapsed())));
    let notes = archive.notes(&plan, counted.articles == 0).map_err(failed)?;
    match out.format {
        OutputFormat::Json => out.document(&timeline::document(query, &counted, &notes))?,
        OutputFormat::Jsonl => timeline::lines(&counted).try_for_each(|line| out.json(&line))?,
        OutputFormat::Csv => out.text(&timeline::rows(&counted))?,
        OutputFormat::Svg => out.text(&svg::timeline(query, &counted))?,
        OutputFormat::Text => {
            out.notes(query, &notes);
            out.text(&timeline::chart(&counted, width(), out.style))?;
        }
    }
    Ok(if counted.articles > 0 { Exit::Found } else { Exit::None })
}

/// How wide a line of the terminal is: what `COLUMNS` says, or the terminal itself.
fn width() -> usize {
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    stated.or_else(asked).filter(|width| *width > 0).unwrap_or(WIDTH)
}

fn calendar(stated: CalendarArg) -> Calendar {
    match stated {
        CalendarArg::Day => Calendar::Day,
        CalendarArg::Week => Calendar::Week,
        CalendarArg::Month => Calendar::Month,
        CalendarArg::Year => Calendar::Year,
    }
}
