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
    /// Whether to look for what matched at all; where nobody asks, nothing is marked, quoted or captured.
    pub marks: bool,
}

impl Default for SnippetOptions {
    /// Up to three sentences.
    fn default() -> Self {
        Self { limit: Some(3), context: Context::Sentence, marks: true }
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

/// The quotes for the marks of a body, the most telling first; without marks, the body's first sentence. A `dateline` is
/// quoted only where something in it matched.
pub(super) fn snippets(
    body: &str,
    dateline: Option<Span>,
    marks: &[Mark],
    options: &SnippetOptions,
) -> Vec<Snippet> {
    let limit = options.limit.unwrap_or(usize::MAX);
    if limit == 0 || body.is_empty() {
        return Vec::new();
    }
    let mut cutter = Cutter::new(body);
    let mut windows: Vec<(Span, Vec<&Mark>)> = Vec::new();
    for mark in marks {
        match windows.last_mut() {
            Some((span, held)) if span.contains(mark.span) => held.push(mark),
            last => {
                let span = cutter.window(mark.span, options.context);
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
        let first = sentences(body).next().map(|s| after(dateline, s, &[]));
        let first = first.map(|s| clip(body, s, s.start as usize));
        return first.map(|span| quote(body, span, &[])).into_iter().collect();
    }
    for (span, held) in &mut windows {
        *span = after(dateline, *span, held);
    }
    pick(windows, limit).iter().map(|w| quote(body, w.span, &w.marks)).collect()
}

/// What follows the dateline in `span`, if that is not all and none of `marks` stands in the dateline.
fn after(dateline: Option<Span>, span: Span, marks: &[&Mark]) -> Span {
    let dateline = dateline.filter(|d| span.contains(*d) && d.end < span.end);
    let free = dateline.filter(|d| marks.iter().all(|mark| mark.span.start >= d.end));
    free.map_or(span, |d| Span { start: d.end, end: span.end })
}

/// A stretch to quote, with the marks in it and the parts of the query that they show.
struct Window<'a> {
    span: Span,
    marks: Vec<&'a Mark>,
    leaves: Vec<usize>,
}

/// The windows in order of what they add: each next one shows the most of the query that none before it shows; when all
/// is shown, those that show most come first, then those that stand first.
///
/// A part of the query that matched seldom in the article tells more than one that matched everywhere: each counts by
/// the inverse of its marks.
fn pick(windows: Vec<(Span, Vec<&Mark>)>, limit: usize) -> Vec<Window<'_>> {
    let mut count: Vec<u64> = Vec::new();
    let mut rest: Vec<Window<'_>> = Vec::with_capacity(windows.len());
    for (span, marks) in windows {
        for mark in &marks {
            count.resize(count.len().max(mark.leaf + 1), 0);
            count[mark.leaf] += 1;
        }
        let mut leaves: Vec<usize> = marks.iter().map(|m| m.leaf).collect();
        leaves.sort_unstable();
        leaves.dedup();
        rest.push(Window { span, marks, leaves });
    }
    let weight = |leaf: &usize| 1_000_000 / count.get(*leaf).copied().unwrap_or(1).max(1);
    let worth = |w: &Window<'_>| w.leaves.iter().map(weight).sum::<u64>();
    let mut shown: Vec<usize> = Vec::new();
    let mut picked = Vec::new();
    while picked.len() < limit {
        let new =
            |w: &Window<'_>| w.leaves.iter().filter(|leaf| !shown.contains(leaf)).map(weight).sum::<u64>();
        let best = (0..rest.len()).rev().max_by_key(|i| (new(&rest[*i]), worth(&rest[*i])));
        let Some(best) = best.filter(|i| new(&rest[*i]) > 0) else { break };
        let window = rest.remove(best);
        shown.extend(&window.leaves);
        picked.push(window);
    }
    rest.sort_by_key(|w| std::cmp::Reverse(worth(w)));
    picked.extend(rest.into_iter().take(limit - picked.len()));
    picked
}

fn quote(body: &str, span: Span, marks: &[&Mark]) -> Snippet {
    let inside = marks.iter().filter(|m| span.contains(m.span));
    Snippet { span, text: span.of(body).to_owned(), marks: inside.map(|m| (*m).clone()).collect() }
}

/// Cuts a body around marks that come in order; every paragraph is cut into sentences once.
struct Cutter<'a> {
    body: &'a str,
    paragraph: Span,
    sentences: Vec<Span>,
}

impl<'a> Cutter<'a> {
    fn new(body: &'a str) -> Self {
        Self { body, paragraph: Span { start: 0, end: 0 }, sentences: Vec::new() }
    }

    /// Makes the paragraph that the mark stands in the current one.
    fn enter(&mut self, mark: Span) {
        if self.paragraph.contains(mark) && !self.paragraph.is_empty() {
            return;
        }
        let bytes = self.body.as_bytes();
        let before = bytes.get(..mark.start as usize).unwrap_or_default();
        let after = bytes.get(mark.end as usize..).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        let end = memchr::memchr(b'\n', after).map_or(self.body.len(), |n| mark.end as usize + n);
        self.paragraph = Span::new(start, end);
        let place = |s: Span| Span::new(start + s.start as usize, start + s.end as usize);
        self.sentences.clear();
        self.sentences.extend(sentences(self.paragraph.of(self.body)).map(place));
    }

    /// The sentences or the paragraph that a mark stands in.
    fn window(&mut self, mark: Span, context: Context) -> Span {
        self.enter(mark);
        let first = self.sentences.partition_point(|s| s.end <= mark.start);
        let around = self.sentences.get(first..).unwrap_or_default();
        let last = around.iter().take_while(|s| s.start < mark.end.max(mark.start + 1)).last();
        let span = match (context, around.first(), last) {
            (Context::Sentence, Some(first), Some(last)) => Span { start: first.start, end: last.end },
            _ => self.paragraph,
        };
        clip(self.body, span, mark.start as usize)
    }
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
        Mark { field: TextField::Body, span, leaf, kind: None, reading: None, captures: Vec::new() }
    }

    fn texts(body: &str, marks: &[Mark], options: &SnippetOptions) -> Vec<String> {
        snippets(body, None, marks, options).into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn a_dateline_is_quoted_only_where_it_matched() {
        let body = "PORT HALLAM, Aug 29 (Wire) - The ferry is back. It was late.";
        let dateline = Some(Span::new(0, body.find("The").unwrap()));
        let quoted = |marks: &[Mark]| {
            let found = snippets(body, dateline, marks, &SnippetOptions::default());
            found.into_iter().map(|s| s.text).collect::<Vec<_>>()
        };
        assert_eq!(quoted(&[mark(body, "ferry", 0)]), ["The ferry is back."]);
        assert_eq!(quoted(&[]), ["The ferry is back."]);
        assert_eq!(quoted(&[mark(body, "HALLAM", 0)]), ["PORT HALLAM, Aug 29 (Wire) - The ferry is back."]);
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
    fn what_matched_once_is_quoted_before_what_matched_everywhere() {
        let body = "Iran spoke. Iran left. Some 400 flew home.";
        let marks = [mark(body, "Iran spoke", 0), mark(body, "Iran left", 0), mark(body, "400", 1)];
        let one = SnippetOptions { limit: Some(1), ..SnippetOptions::default() };
        assert_eq!(texts(body, &marks, &one), ["Some 400 flew home."]);
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
        let found = snippets(&body, None, &[mark(&body, "needle", 0)], &SnippetOptions::default());
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
            let one = Mark { field: TextField::Body, span: Span::new(start, end), leaf: 0, kind: None, reading: None, captures: Vec::new() };
            for context in [Context::Sentence, Context::Paragraph] {
                for found in snippets(&body, None, std::slice::from_ref(&one), &SnippetOptions { limit: None, context, marks: true }) {
                    prop_assert_eq!(body.get(found.span.range()), Some(&*found.text));
                    prop_assert!(found.marks.iter().all(|m| found.span.contains(m.span)));
                }
            }
        }
    }
}
