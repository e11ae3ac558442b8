//! The tokens of a query.

use super::ast::Proximity;
use super::words::Mode;
use crate::article::Span;

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Bytes of the query.
    pub(super) span: Span,
    /// Whether white space, or the query's start, is in front of it.
    pub(super) spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `+`
    Plus,
    Near(Proximity),
    AtLeast(u32),
    /// `name:` or, before a comparison, `name`; the span of the name alone.
    Field(Span),
    Word(Mode),
    /// What stands between the quotes.
    Quoted(Span),
    /// `[` or `{`, what stands between, `]` or `}`.
    Bracketed(Span),
    Compare(Compare),
    /// `IN [`; values follow up to `ListEnd`.
    In,
    ListEnd,
    /// `*:*`
    All,
    /// `~` and what stands behind it.
    Tilde(Span),
    /// `^` and what stands behind it.
    Caret(Span),
    /// Stands for a value that an error was reported for.
    Failed,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
}

impl Compare {
    /// The comparison that `text` begins with, and how many bytes its sign has.
    pub(super) fn at_start(text: &str) -> Option<(Self, usize)> {
        const SIGNS: [(&str, Compare); 9] = [
            (">=", Compare::AtLeast),
            ("=>", Compare::AtLeast),
            ("≥", Compare::AtLeast),
            (">", Compare::Above),
            ("<=", Compare::AtMost),
            ("=<", Compare::AtMost),
            ("≤", Compare::AtMost),
            ("<", Compare::Below),
            ("=", Compare::Equal),
        ];
        SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, compare)| (*compare, sign.len()))
    }
}
