//! Picks the sentences around marks and quotes them.

use serde::{Deserialize, Serialize};

use super::Mark;
use crate::article::Span;
use crate::text::sentences;

/// How much to quote around a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// The sentence that it stands in.
    #[default]
    Sentence,
    /// The paragraph that it stands in.
    Paragraph,
}

/// Which quotes to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetOptions {
    /// How many at most; `None` for all.
    pub limit: Option<usize>,
    /// How much of the text around a mark.
    pub context: Context,
}

impl Default for SnippetOptions {
    /// Up to three sentences.
    fn default() -> Self {
        Self { limit: Some(3), context: Context::Sentence }
    }
}

/// A quote from the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    /// Where it stands: half-open bytes of the body.
    pub span: Span,
    /// `body[span]`, byte for byte.
    pub text: String,
    /// What matched in it, in order; the spans are bytes of the body, too.
    pub marks: Vec<Mark>,
}

/// A longer sentence is cut around its marks, at white space, to about this many bytes.
const MAX_BYTES: usize = 700;

/// The quotes for the marks of a body, the most telling first; without marks, the body's first sentence.
pub(super) fn snippets(body: &str, marks: &[Mark], options: &SnippetOptions) -> Vec<Snippet> {
    let limit = options.limit.unwrap_or(usize::MAX);
    if limit == 0 || body.is_empty() {
        return Vec::new();
    }
    let mut windows: Vec<(Span, Vec<&Mark>)> = Vec::new();
    for mark in marks {
        match windows.last_mut() {
            Some((span, held)) if span.contains(mark.span) => held.push(mark),
            last => {
                let span = window(body, mark.span, options.context);
                match last {
                    // A mark that crosses into the next sentence joins the two.
                    Some((before, held)) if before.overlaps(span) => {
                        before.end = before.end.max(span.end);
                        held.push(mark);
                    }
                    _ => windows.push((span, vec![mark])),
                }
            }
        }
    }
    if windows.is_empty() {
        let first = sentences(body).next().map(|s| clip(body, s, s.start as usize));
        return first.map(|span| quote(body, span, &[])).into_iter().collect();
    }
    pick(windows, limit).into_iter().map(|(span, held)| quote(body, span, &held)).collect()
}

/// The windows in order of what they add: first the one that shows most parts of the query, then what is new in each.
fn pick(mut windows: Vec<(Span, Vec<&Mark>)>, limit: usize) -> Vec<(Span, Vec<&Mark>)> {
    let mut shown: Vec<usize> = Vec::new();
    let mut picked = Vec::new();
    while picked.len() < limit && !windows.is_empty() {
        let worth = |held: &[&Mark]| {
            let mut leaves: Vec<usize> = held.iter().map(|m| m.leaf).collect();
            leaves.sort_unstable();
            leaves.dedup();
            (leaves.iter().filter(|l| !shown.contains(l)).count(), leaves.len())
        };
        let best = (0..windows.len()).rev().max_by_key(|i| worth(&windows[*i].1)).unwrap_or(0);
        let (span, held) = windows.remove(best);
        shown.extend(held.iter().map(|m| m.leaf));
        picked.push((span, held));
    }
    picked
}

fn quote(body: &str, span: Span, marks: &[&Mark]) -> Snippet {
    let inside = marks.iter().filter(|m| span.contains(m.span));
    Snippet { span, text: span.of(body).to_owned(), marks: inside.map(|m| (*m).clone()).collect() }
}

/// The sentences or the paragraph that a mark stands in.
fn window(body: &str, mark: Span, context: Context) -> Span {
    let bytes = body.as_bytes();
    let start =
        memchr::memrchr(b'\n', bytes.get(..mark.start as usize).unwrap_or_default()).map_or(0, |n| n + 1);
    let tail = bytes.get(mark.end as usize..).unwrap_or_default();
    let end = memchr::memchr(b'\n', tail).map_or(body.len(), |n| mark.end as usize + n);
    let paragraph = Span::new(start, end);
    if context == Context::Paragraph {
        return clip(body, paragraph, mark.start as usize);
    }
    let mut found: Option<Span> = None;
    for sentence in sentences(paragraph.of(body)) {
        let sentence = Span::new(start + sentence.start as usize, start + sentence.end as usize);
        if sentence.overlaps(mark) {
            found = Some(found.map_or(sentence, |f| Span { start: f.start, end: sentence.end }));
        }
    }
    clip(body, found.unwrap_or(paragraph), mark.start as usize)
}

/// Cuts a long span at white space, so that it holds `around` and some text on both sides.
fn clip(body: &str, span: Span, around: usize) -> Span {
    if span.len() <= MAX_BYTES {
        return span;
    }
    let (start, end) = (span.start as usize, span.end as usize);
    let from = around.saturating_sub(MAX_BYTES / 2).max(start);
    let to = (from + MAX_BYTES).min(end);
    let white = |at: &usize| body.as_bytes().get(*at).is_some_and(u8::is_ascii_whitespace);
    let boundary = |mut at: usize| {
        while !body.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let from =
        if from == start { start } else { (from..around).find(white).map_or(boundary(around), |at| at + 1) };
    let to =
        if to == end { end } else { (around + 1..=to).rev().find(white).unwrap_or_else(|| boundary(to)) };
    Span::new(from, to.max(from))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::TextField;
    use proptest::prelude::*;

    fn mark(body: &str, words: &str, leaf: usize) -> Mark {
        let start = body.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        Mark { field: TextField::Body, span, leaf, kind: None, reading: None }
    }

    fn texts(body: &str, marks: &[Mark], options: &SnippetOptions) -> Vec<String> {
        snippets(body, marks, options).into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn the_sentence_that_shows_most_of_the_query_comes_first() {
        let body = "Iran spoke. Nothing here. Mr. Lee of Iran sent 400 people.\nIran again.";
        let marks = [
            mark(body, "Iran", 0),
            mark(body, "Iran sent", 0),
            mark(body, "400", 1),
            mark(body, "Iran again", 0),
        ];
        let all = SnippetOptions { limit: None, ..SnippetOptions::default() };
        assert_eq!(
            texts(body, &marks, &all),
            ["Mr. Lee of Iran sent 400 people.", "Iran spoke.", "Iran again."]
        );
    }

    #[test]
    fn without_marks_the_first_sentence_is_quoted() {
        assert_eq!(texts("One. Two.", &[], &SnippetOptions::default()), ["One."]);
    }

    #[test]
    fn a_paragraph_is_given_on_request() {
        let body = "Before.\nOne. Two. Three.\nAfter.";
        let options = SnippetOptions { context: Context::Paragraph, ..SnippetOptions::default() };
        assert_eq!(texts(body, &[mark(body, "Two", 0)], &options), ["One. Two. Three."]);
    }

    #[test]
    fn an_endless_sentence_is_cut_at_white_space_around_the_mark() {
        let body = format!("{}needle {}", "hay ".repeat(500), "hay ".repeat(500));
        let found = snippets(&body, &[mark(&body, "needle", 0)], &SnippetOptions::default());
        assert!(found[0].text.len() <= MAX_BYTES && found[0].text.contains("needle"));
        assert!(found[0].text.starts_with("hay") && found[0].text.ends_with("hay"));
    }

    proptest! {
        #[test]
        fn snippets_are_exact_quotes_and_hold_their_marks(
            body in "([a-zé]{1,6}[ .\n]){1,400}", at in 0usize..900, len in 1usize..20,
        ) {
            let start = (0..=at.min(body.len())).rev().find(|i| body.is_char_boundary(*i)).unwrap();
            let end = (start..=(start + len).min(body.len())).rev().find(|i| body.is_char_boundary(*i)).unwrap();
            let one = Mark { field: TextField::Body, span: Span::new(start, end), leaf: 0, kind: None, reading: None };
            for context in [Context::Sentence, Context::Paragraph] {
                for found in snippets(&body, std::slice::from_ref(&one), &SnippetOptions { limit: None, context }) {
                    prop_assert_eq!(body.get(found.span.range()), Some(&*found.text));
                    prop_assert!(found.marks.iter().all(|m| found.span.contains(m.span)));
                }
            }
        }
    }
}
