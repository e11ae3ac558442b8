//! The positions of an article's tokens: one run of numbers over title and body.
//!
//! The title's tokens count from 0; every paragraph of the body begins [`PARAGRAPH_GAP`] positions after what went
//! before, so that no slop below the gap reaches across. Indexing and marking share this, so they agree on what is near.

use super::{Token, paragraphs, sentences};
use crate::article::{Kind, Mention, Span};

/// Positions between the title and each paragraph that no token has.
pub const PARAGRAPH_GAP: u32 = 16;
/// The lead ends with the paragraph in which this many tokens of the body are reached, and holds at most twice as many.
pub const LEAD_TOKENS: u32 = 40;

/// A token with its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Bytes of the text that it stands in.
    pub span: Span,
    /// Its position in the article.
    pub position: u32,
}

/// What begins at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// A paragraph of the body.
    Paragraph,
    /// A sentence of the body.
    Sentence,
}

/// All tokens of an article in their places.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The title's tokens.
    pub title: Vec<Placed>,
    /// The body's tokens.
    pub body: Vec<Placed>,
    /// The first position of the body.
    pub body_start: u32,
    /// The first position after the lead.
    pub lead_end: u32,
    /// Where paragraphs and sentences of the body begin, in order of position.
    pub boundaries: Vec<(u32, Boundary)>,
}

impl Layout {
    /// Places the tokens of a title and of a body, whose text is `body_text`.
    ///
    /// ```
    /// use dateline::text::{tokens, Layout, PARAGRAPH_GAP};
    /// let (title, body) = ("Two words", "One.\nTwo.");
    /// let (title, words): (Vec<_>, Vec<_>) = (tokens(title).collect(), tokens(body).collect());
    /// let layout = Layout::new(&title, body, &words);
    /// let positions: Vec<_> = layout.body.iter().map(|t| t.position).collect();
    /// assert_eq!(positions, [2 + PARAGRAPH_GAP, 3 + 2 * PARAGRAPH_GAP]);
    /// ```
    pub fn new(title: &[Token], body_text: &str, body: &[Token]) -> Self {
        let placed = |(token, position): (&Token, u32)| Placed { span: token.span, position };
        let mut layout = Self { title: title.iter().zip(0..).map(placed).collect(), ..Self::default() };
        layout.body_start = layout.title.last().map_or(0, |t| t.position + 1 + PARAGRAPH_GAP);
        layout.place_body(body_text, body);
        layout
    }

    fn place_body(&mut self, text: &str, tokens: &[Token]) {
        let mut position = self.body_start;
        let mut lead_end = None;
        let mut rest = tokens;
        let mut cut = sentences(text).map(|sentence| sentence.start);
        // Where the next sentence begins that no token has reached.
        let mut sentence = cut.next().unwrap_or(u32::MAX);
        self.body.reserve_exact(tokens.len());
        for paragraph in paragraphs(text) {
            let count = rest.iter().take_while(|t| t.span.end <= paragraph.end).count();
            let Some((own, after)) = rest.split_at_checked(count) else { break };
            rest = after;
            if own.is_empty() {
                continue;
            }
            let begin = position;
            self.boundaries.push((begin, Boundary::Paragraph));
            for token in own {
                if token.span.start >= sentence || position == begin {
                    while token.span.start >= sentence {
                        sentence = cut.next().unwrap_or(u32::MAX);
                    }
                    self.boundaries.push((position, Boundary::Sentence));
                }
                self.body.push(Placed { span: token.span, position });
                position += 1;
            }
            let so_far = position - self.body_start;
            if lead_end.is_none() && so_far >= LEAD_TOKENS {
                lead_end = Some(position.min(self.body_start + 2 * LEAD_TOKENS));
            }
            position += PARAGRAPH_GAP;
        }
        self.lead_end = lead_end.unwrap_or(position);
    }
}

/// The mentions that have a place among `tokens`, each with its first and its last position.
///
/// `tokens` and `mentions` are of one text, in order. Two mentions of a kind in one token cannot be told apart by
/// position: the first stands for both. One that touches no token has no place.
pub fn placed_mentions<'t, 'm>(
    tokens: &'t [Placed],
    mentions: &'m [Mention],
) -> impl Iterator<Item = (&'m Mention, u32, u32)> + use<'t, 'm> {
    let position = |at: usize| tokens.get(at).map_or(0, |token| token.position);
    covered_tokens(tokens, mentions)
        .map(move |(mention, first, last)| (mention, position(first), position(last)))
}

/// [`placed_mentions`] with the places of their first and last token among `tokens` instead of positions.
pub(crate) fn covered_tokens<'t, 'm>(
    tokens: &'t [Placed],
    mentions: &'m [Mention],
) -> impl Iterator<Item = (&'m Mention, usize, usize)> + use<'t, 'm> {
    let mut at = 0;
    let mut open = [0u32; Kind::ALL.len()]; // the first position that a mention of each kind may take
    mentions.iter().filter_map(move |mention| {
        while tokens.get(at).is_some_and(|t| t.span.end <= mention.span.start) {
            at += 1;
        }
        let first = tokens.get(at).filter(|t| t.span.start < mention.span.end)?;
        let mut last = (at, first.position);
        while let Some(token) = tokens.get(last.0 + 1).filter(|t| t.span.start < mention.span.end) {
            last = (last.0 + 1, token.position);
        }
        let free = &mut open[mention.kind as usize];
        if first.position < *free {
            return None;
        }
        *free = last.1 + 1;
        Some((mention, at, last.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn every_token_has_a_place_and_the_lead_ends_with_a_paragraph() {
        let title = "Title of three";
        let body = format!("{}\n{}\nlast words", "lead ".repeat(45).trim(), "more ".repeat(30).trim());
        let (title, words): (Vec<_>, Vec<_>) = (tokens(title).collect(), tokens(&body).collect());
        let layout = Layout::new(&title, &body, &words);
        assert_eq!(layout.body.len(), 45 + 30 + 2);
        assert_eq!(layout.lead_end, layout.body_start + 45);
        let paragraphs = layout.boundaries.iter().filter(|b| b.1 == Boundary::Paragraph).count();
        assert_eq!(paragraphs, 3);
        assert!(layout.body.is_sorted_by_key(|t| t.position));
    }
}
