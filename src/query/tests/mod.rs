//! What the query language promises.

mod grammar;
mod messages;
mod round_trip;

use super::{Limits, parse};

/// Everything that is said about `query`, as a person sees it.
fn said(query: &str) -> String {
    said_within(query, &Limits::default())
}

fn said_within(query: &str, limits: &Limits) -> String {
    let all = parse(query, limits).map_or_else(|errors| errors, |parsed| parsed.notes);
    let shown: Vec<String> = all.iter().map(|diagnostic| diagnostic.render(query)).collect();
    shown.join("\n")
}
