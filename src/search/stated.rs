//! Parts of a request as people state them, on a command line or in an address: one reading for both.

use crate::backend::{Group, Sort};
use crate::snippet::Context;
use crate::text::date::parse_interval;

/// The orders of hits: best first, last published first, first published first.
pub const SORTS: [&str; 3] = ["score", "-published", "published"];
/// What is shown once.
pub const GROUPS: [&str; 3] = ["copy", "story", "none"];
/// How much of the text a quote gives.
pub const CONTEXTS: [&str; 2] = ["sentence", "paragraph"];

/// The order of hits that is called so.
pub fn sort(stated: &str) -> Option<Sort> {
    match stated {
        "score" => Some(Sort::Score),
        "-published" => Some(Sort::Newest),
        "published" => Some(Sort::Oldest),
        _ => None,
    }
}

/// What is shown once.
///
/// # Errors
/// What may be stated instead.
pub fn group(stated: &str) -> Result<Group, String> {
    match stated {
        "copy" => Ok(Group::Copy),
        "none" => Ok(Group::None),
        "story" => Ok(Group::Story),
        "source" => {
            Err("hits are not grouped by source; ask for facets by source, or write copy, story or none"
                .to_owned())
        }
        _ => Err("write copy, story or none".to_owned()),
    }
}

/// How much of the text a quote gives.
pub fn context(stated: &str) -> Option<Context> {
    match stated {
        "sentence" => Some(Context::Sentence),
        "paragraph" => Some(Context::Paragraph),
        _ => None,
    }
}

/// How many quotes a hit has; `None` for all.
///
/// # Errors
/// What may be stated instead.
pub fn snippets(stated: &str) -> Result<Option<usize>, String> {
    match stated {
        "all" => Ok(None),
        number => number.parse().map(Some).map_err(|_| "write a number or all".to_owned()),
    }
}

/// The stretch of time that a date names, from its first second to that behind its last.
///
/// # Errors
/// What may be stated instead.
pub fn date(stated: &str) -> Result<(i64, i64), String> {
    parse_interval(stated).ok_or_else(|| "not a date; write 2025, 2025-09 or 2025-09-01".to_owned())
}
