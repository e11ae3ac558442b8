//! The tokens of one line with the text between them: what every rule of this room looks at.
//!
//! A quantity never crosses a line end, so rules are only ever given one line.

use crate::text::Token;

/// One line of a text: its tokens, and the gaps between them.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) struct Line<'a> {
    /// The whole text, which the tokens' offsets count in.
    pub(in crate::extract) text: &'a str,
    /// The line's tokens.
    pub(in crate::extract) tokens: &'a [Token],
    /// Byte offsets of the line in the text.
    pub(in crate::extract) start: usize,
    pub(in crate::extract) end: usize,
    /// Tokens before this one belong to an earlier mention: a span must not grow over them.
    pub(in crate::extract) floor: usize,
    /// Offset one past that mention.
    pub(in crate::extract) spent: usize,
    /// Whether capital letters mean nothing here, as in a headline.
    pub(in crate::extract) headline: bool,
}

/// How two neighbouring tokens are held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Join {
    /// By white space alone.
    Space,
    /// By one hyphen.
    Hyphen,
    /// By punctuation, or they are no neighbours at all.
    Other,
}

impl<'a> Line<'a> {
    /// How many tokens the line has.
    pub(in crate::extract) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Offset of the first byte of token `i`; the line's end beyond the last token.
    #[inline]
    pub(in crate::extract) fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.end, |t| t.span.start as usize)
    }

    /// Offset one past the last byte of token `i`; the line's end beyond the last token.
    #[inline]
    pub(in crate::extract) fn end(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.end, |t| t.span.end as usize)
    }

    /// The text of token `i`; empty beyond the last token.
    #[inline]
    pub(in crate::extract) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The token `n` before token `i`; empty before the line.
    pub(in crate::extract) fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |k| self.word(k))
    }

    /// The text between token `i - 1` (or the line's start) and token `i` (or the line's end).
    #[inline]
    pub(in crate::extract) fn gap(&self, i: usize) -> &'a str {
        let from = i.checked_sub(1).map_or(self.start, |k| self.end(k));
        self.text.get(from..self.start(i)).unwrap_or("")
    }

    /// How token `i` is joined to the one before it.
    #[inline]
    pub(in crate::extract) fn join(&self, i: usize) -> Join {
        let Some([before, token]) = i.checked_sub(1).and_then(|before| self.tokens.get(before..=i)) else {
            return Join::Other;
        };
        let end = before.span.end as usize;
        match token.span.start as usize - end {
            0 => Join::Other,
            1 => match self.text.as_bytes().get(end) {
                Some(b' ' | b'\t') => Join::Space,
                Some(b'-') => Join::Hyphen,
                _ => Join::Other,
            },
            _ => self.wide_join(i),
        }
    }

    /// The join of a token that several bytes part from the one before it.
    fn wide_join(&self, i: usize) -> Join {
        match self.gap(i) {
            "\u{2010}" | "\u{2011}" => Join::Hyphen,
            gap if gap.chars().all(char::is_whitespace) => Join::Space,
            _ => Join::Other,
        }
    }

    /// Whether white space alone stands between token `i - 1` and the byte `start`, where a figure with its sign or
    /// currency begins.
    pub(in crate::extract) fn spaced(&self, i: usize, start: usize) -> bool {
        let gap = i.checked_sub(1).and_then(|k| self.text.get(self.end(k)..start)).unwrap_or("");
        !gap.is_empty() && gap.chars().all(char::is_whitespace)
    }

    /// Whether token `i` is joined to the one before it by space or hyphen.
    pub(in crate::extract) fn joined(&self, i: usize) -> bool {
        self.join(i) != Join::Other
    }

    /// Whether token `i` follows the one before it after white space alone and is, in any case, `word`.
    pub(in crate::extract) fn follows(&self, i: usize, word: &str) -> bool {
        self.join(i) == Join::Space && self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether token `i` may begin a sentence, a quotation or a clause in brackets.
    pub(in crate::extract) fn opens(&self, i: usize) -> bool {
        i == 0
            || self.gap(i).chars().any(|c| !c.is_whitespace() && !matches!(c, ',' | '-' | '\'' | '’' | 's'))
    }
}

/// Whether `word` begins with a capital letter.
pub(in crate::extract) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether `word` is made of ASCII digits alone.
pub(in crate::extract) fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}
