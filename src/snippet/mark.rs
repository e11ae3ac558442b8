//! What a plan matched in an article.

use crate::article::{Kind, Span, TextField};

/// Bytes of an article that matched a part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The text that `span` counts in.
    pub field: TextField,
    /// What matched: half-open bytes of that text.
    pub span: Span,
    /// Which part of the plan matched: its words, phrases and mentions, counted from 0 as they stand in it.
    pub leaf: usize,
    /// The kind of mention, if a mention matched.
    pub kind: Option<Kind>,
    /// A mention's key or a quantity's reading.
    pub reading: Option<String>,
    /// What filled the slots of a phrase, in their order.
    pub captures: Vec<Capture>,
}

/// A mention that filled a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// What the slot is called: by the query, or by its kind.
    pub name: String,
    /// The mention's bytes, of the text that the mark stands in.
    pub span: Span,
    /// Its kind.
    pub kind: Kind,
    /// Its key, or the quantity's reading.
    pub reading: String,
}
