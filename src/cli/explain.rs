//! `dateline explain`.

use super::args::{ExplainArgs, Global, OutputFormat};
use super::exit::{Exit, Failure};
use super::out::Out;
use crate::query::{Limits, parse};
use crate::render::{explain, json, printable};
use crate::search::Archive;

pub(super) fn run(global: &Global, args: &ExplainArgs, out: &mut Out) -> Result<Exit, Failure> {
    let archive = Archive::open(&global.index)?;
    let query = &args.query;
    let (plan, cost) = archive.explain(query).map_err(|e| Failure::search(e, query))?;
    let read = parse(query, &Limits::default()).map(|p| p.query.to_string()).unwrap_or_default();
    if out.format != OutputFormat::Text {
        let value = json::explained(query, &read, &plan, &cost);
        match out.format {
            OutputFormat::Jsonl => out.json(&value)?,
            _ => out.document(&value)?,
        }
        return Ok(Exit::Found);
    }
    out.notes(query, &plan.notes);
    out.text(&format!("query\n  {}\n", printable(&read).replace('\n', " ")))?;
    if !plan.rewrites.is_empty() {
        out.text(&format!("read as\n{}", explain::rewrites(query, &plan.rewrites)))?;
    }
    let style = out.style;
    out.text(&format!("answered by\n{}", explain::cost(&cost, style)))?;
    Ok(Exit::Found)
}
