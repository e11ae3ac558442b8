//! The style of a line: prose, a headline with most words capitalised, or capitals throughout.

use crate::extract::{Text, is_all_capitals, is_capitalised};
use crate::text::Token;

/// How a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Style {
    Prose,
    /// Most words begin with a capital.
    Headline,
    /// Most words are capitals.
    Capitals,
}

/// A line.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) struct Line {
    /// The token after its last one.
    pub(in crate::extract) end: usize,
    pub(in crate::extract) style: Style,
}

/// The most tokens that a headline has.
const LONGEST_HEADLINE: usize = 40;

/// How many tokens of a long line tell whether it is all capitals.
const LONGEST_LOOK: usize = 48;

impl Line {
    /// The line from token `at` on.
    pub(in crate::extract) fn of(text: &Text<'_>, at: usize) -> Self {
        let start = text.tokens.get(at).map_or(0, |token| token.span.start as usize);
        let bytes = text.text.as_bytes();
        let rest = bytes.get(start..).unwrap_or(&[]);
        let line_end = memchr::memchr(b'\n', rest).map_or(text.text.len(), |n| start + n);
        let tokens = text.tokens.get(at..).unwrap_or(&[]);
        if is_plainly_prose(tokens, bytes, line_end) {
            let end = at + tokens.partition_point(|token| (token.span.start as usize) < line_end);
            return Self { end: end.max(at + 1), style: Style::Prose };
        }
        let (mut end, mut long, mut capitalised, mut capitals) = (at, 0_usize, 0_usize, 0_usize);
        for token in tokens {
            if token.span.start as usize >= line_end {
                break;
            }
            if end - at >= LONGEST_LOOK && capitals * 10 < long * 7 {
                end = at + tokens.partition_point(|token| (token.span.start as usize) < line_end);
                break;
            }
            let is_long = token.span.len() > 3;
            long += usize::from(is_long);
            let first = bytes.get(token.span.start as usize).copied().unwrap_or(b' ');
            if is_long & !first.is_ascii_lowercase() {
                let word = token.span.of(text.text);
                capitalised += usize::from(is_capitalised(word));
                capitals += usize::from(is_all_capitals(word));
            }
            end += 1;
        }
        let style = if long >= 2 && capitals * 10 >= long * 7 {
            Style::Capitals
        } else if long >= 4 && end - at <= LONGEST_HEADLINE && capitalised * 10 >= long * 7 {
            Style::Headline
        } else {
            Style::Prose
        };
        Self { end: end.max(at + 1), style }
    }
}

/// Whether so few of the long words that [`Line::of`] looks at can begin with a capital that the line is prose: most lines are, and
/// are told without a branch for each word. `tokens` begin with those of the line, which ends at `line_end`.
fn is_plainly_prose(tokens: &[Token], bytes: &[u8], line_end: usize) -> bool {
    let looked_at = tokens.get(..LONGEST_LOOK).unwrap_or(tokens);
    let (mut long, mut large) = (0_usize, 0_usize);
    for token in looked_at {
        let start = token.span.start as usize;
        let is_long = usize::from(token.span.len() > 3) & usize::from(start < line_end);
        let first = bytes.get(start).copied().unwrap_or(b' ');
        long += is_long;
        large += is_long & usize::from(!first.is_ascii_lowercase());
    }
    large * 10 < long * 7
}
