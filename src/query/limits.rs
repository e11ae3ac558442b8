//! How much a query may ask for.

use serde::Serialize;

/// The bounds that a query is held to; going over one is an error that names it, what was found and the limit.
///
/// ```
/// use dateline::query::{Limits, parse};
/// let strict = Limits { depth: 2, ..Limits::default() };
/// let errors = parse("(((a)))", &strict).unwrap_err();
/// assert_eq!(errors[0].message, "depth of parentheses: 3, the limit is 2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Bytes of the query's text. A longer text is refused unread. At most 16 MiB, whatever is set.
    pub query_bytes: usize,
    /// How deep parentheses may nest, and how deep the tree may be. At most [`Limits::DEEPEST`], whatever is set.
    pub depth: usize,
    /// Leaves of the tree: words, phrases, values.
    pub clauses: usize,
    /// Tokens and slots of one phrase, or tokens of one word (`mid-air` has two).
    pub phrase_words: usize,
    /// The slop of a phrase: `"a b"~64`.
    pub slop: u32,
    /// The distance of a proximity operator: `W/255`.
    pub distance: u32,
    /// Values of one `IN [...]`.
    pub list_values: usize,
}

impl Limits {
    /// The deepest tree that is ever built, so that walking one recursively is safe on any thread's stack.
    pub const DEEPEST: usize = 128;
    const LONGEST: usize = 16 << 20;

    /// These limits, none beyond what the parser itself can bear.
    pub(super) fn bearable(self) -> Self {
        Self {
            query_bytes: self.query_bytes.min(Self::LONGEST),
            depth: self.depth.clamp(1, Self::DEEPEST),
            ..self
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query_bytes: 8 << 10,
            depth: 32,
            clauses: 256,
            phrase_words: 64,
            slop: 64,
            distance: 255,
            list_values: 256,
        }
    }
}
