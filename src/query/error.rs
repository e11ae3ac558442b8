//! What the parser has to say about a query: errors and notes, and how they are shown.

use std::fmt;

use serde::Serialize;

use super::fault::Fault;
use super::show::{visible, width};
use crate::article::Span;

/// Whether a query can be run in spite of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can; the note says how something was read.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Note => "note",
        })
    }
}

/// One thing to say about a query. Its texts hold no control characters, whatever the query held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Whether the query can be run in spite of it.
    pub severity: Severity,
    /// What it is, for programs: `bad_range`.
    pub code: &'static str,
    /// What is wrong, or how something was read.
    pub message: String,
    /// Which part of the query is meant: bytes of its text; may be empty.
    pub span: Span,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(super) fn new(fault: &Fault, span: Span) -> Self {
        Self {
            severity: fault.severity(),
            code: fault.code(),
            message: fault.to_string(),
            span,
            help: fault.help(),
        }
    }

    /// The diagnostic as a person sees it, without a line end: an error with the query (about a line of it) and
    /// carets under the part that is meant, if it is any part, a note in one line; help last.
    ///
    /// ```
    /// use dateline::query::{Limits, parse};
    /// let query = "number:[100 TO abc]";
    /// let errors = parse(query, &Limits::default()).unwrap_err();
    /// assert_eq!(errors[0].render(query), r#"error[bad_range]: "abc" is not a number
    ///   number:[100 TO abc]
    ///                  ^^^
    ///   help: number:[100 TO 500] or number:>=100"#);
    /// ```
    pub fn render(&self, query: &str) -> String {
        let mut shown = format!("{}[{}]: {}", self.severity, self.code, self.message);
        if self.severity == Severity::Error && !self.span.is_empty() && !query.trim().is_empty() {
            let Excerpt { line, before, carets } = Excerpt::of(query, self.span);
            shown.push_str("\n  ");
            shown.push_str(&line);
            shown.push_str("\n  ");
            shown.push_str(&" ".repeat(before));
            shown.push_str(&"^".repeat(carets));
        }
        if let Some(help) = &self.help {
            shown.push_str("\n  help: ");
            shown.push_str(help);
        }
        shown
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}

/// The part of a query that is shown, and where the carets go under it, in columns.
struct Excerpt {
    line: String,
    before: usize,
    carets: usize,
}

impl Excerpt {
    /// Columns of the query that are shown; the `…` where it is cut are extra.
    const COLUMNS: usize = 72;
    /// Of these, how many stand before the carets when the beginning is cut.
    const LEAD: usize = 32;

    /// Looks at no more of the query than it shows, so that many errors in a long query stay cheap.
    fn of(query: &str, span: Span) -> Self {
        let from = floor(query, span.start as usize);
        let to = floor(query, span.end as usize).max(from);
        let begin = Self::begin(query, from);
        let mut line = String::new();
        if begin > 0 {
            line.push('…');
        }
        let (mut column, mut before, mut after) = (line.chars().count(), None, None);
        let room = column + Self::COLUMNS;
        let mut cut = false;
        for (offset, c) in query.get(begin..).unwrap_or("").char_indices() {
            let (at, c) = (begin + offset, visible(c));
            if at == from {
                before = Some(column);
            }
            if at >= to && after.is_none() {
                after = Some(column);
            }
            if column + width(c) > room {
                cut = true;
                break;
            }
            line.push(c);
            column += width(c);
        }
        if cut {
            line.push('…');
        }
        let before = before.unwrap_or(column);
        let after = after.unwrap_or(column);
        Self { line, before, carets: after.saturating_sub(before).max(1) }
    }

    /// Where to begin, so that `from` is in sight: at 0 if a short query or the beginning is meant.
    fn begin(query: &str, from: usize) -> usize {
        let mut room = Self::COLUMNS;
        let fits = query.chars().all(|c| {
            let columns = width(visible(c));
            let more = columns <= room;
            room = room.saturating_sub(columns);
            more
        });
        if fits {
            return 0;
        }
        let mut room = Self::LEAD;
        let mut begin = from;
        for (at, c) in query.get(..from).unwrap_or("").char_indices().rev() {
            let columns = width(visible(c));
            if columns > room {
                return begin;
            }
            room -= columns;
            begin = at;
        }
        0
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Collects what is to be said while a query is parsed.
#[derive(Debug, Default)]
pub(super) struct Sink {
    said: Vec<Diagnostic>,
    errors: usize,
    /// While set, nothing is collected: what is read will be left out for a reason that was given.
    pub(super) muted: bool,
}

impl Sink {
    /// More errors, or more notes, than this help nobody.
    const MOST: usize = 20;

    pub(super) fn report(&mut self, fault: &Fault, span: Span) {
        if self.muted {
            return;
        }
        let severity = fault.severity();
        if severity == Severity::Error {
            self.errors += 1;
            if self.errors > Self::MOST {
                return;
            }
        } else if self.said.len() >= 2 * Self::MOST {
            return;
        }
        let diagnostic = Diagnostic::new(fault, span);
        if !self.said.contains(&diagnostic) {
            self.said.push(diagnostic);
        }
    }

    /// How many errors there were.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Everything, in the order of the query; `Err` if an error is among it.
    pub(super) fn finish(mut self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        self.said.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
        if self.errors > Self::MOST {
            let end = self.said.last().map_or(0, |diagnostic| diagnostic.span.end);
            let fault = Fault::MoreErrors { count: self.errors - Self::MOST };
            self.said.push(Diagnostic::new(&fault, Span { start: end, end }));
        }
        if self.errors == 0 { Ok(self.said) } else { Err(self.said) }
    }
}
