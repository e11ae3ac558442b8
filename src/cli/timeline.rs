//! `dateline timeline`.

use std::time::Instant;

use super::args::{CalendarArg, Global, OutputFormat, TimelineArgs};
use super::exit::{Exit, Failure};
use super::out::{Out, time};
use super::search::asked;
use crate::backend::Timeline;
use crate::render::{svg, timeline};
use crate::text::Calendar;

/// The widest that a chart is where nobody says how wide a line is.
const WIDTH: usize = 80;
/// Most days, weeks and months that are shown as such unless it is asked for.
const MOST: [(Calendar, i64); 3] = [(Calendar::Day, 62), (Calendar::Week, 60), (Calendar::Month, 120)];

pub(super) fn run(global: &Global, args: &TimelineArgs, out: &mut Out) -> Result<Exit, Failure> {
    let (archive, request, plan) = asked(global, &args.query, out)?;
    let query = &args.query.query;
    let failed = |e| Failure::search(e, query);
    let started = Instant::now();
    let count = |by| archive.timeline_plan(&plan, &request, by, args.group.into()).map_err(failed);
    let counted = if let Some(by) = args.by {
        count(calendar(by))?
    } else {
        let months = count(Calendar::Month)?;
        match fitting(&months) {
            Calendar::Month => months,
            by => count(by)?,
        }
    };
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

/// What fits the time that a timeline spans.
fn fitting(months: &Timeline) -> Calendar {
    let (Some(first), Some(last)) = (months.stretches.first(), months.stretches.last()) else {
        return Calendar::Day;
    };
    let days = months.by.first_day(last.number + 1) - months.by.first_day(first.number);
    let fits = |(by, most): &(Calendar, i64)| {
        let long = match by {
            Calendar::Day => 1,
            Calendar::Week => 7,
            Calendar::Month => 30,
            Calendar::Year => 365,
        };
        days / long <= *most
    };
    MOST.into_iter().find(fits).map_or(Calendar::Year, |(by, _)| by)
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
