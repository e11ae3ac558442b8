//! What is shown of an article: marks and quotes are its own bytes, and nothing that is printed is obeyed by a terminal.

use dateline::article::{Article, TextField};
use dateline::backend::{Copies, Hit};
use dateline::ingest::{Marked, Pipeline};
use dateline::plan::plan;
use dateline::query::{Limits, parse};
use dateline::render::{json, printable, terminal};
use dateline::snippet::{Context, Highlighter, Highlights, SnippetOptions};

/// Reads `bytes` as a query, a title and a text, a line each and the text on the lines that remain. A bar ends a line.
pub(crate) fn holds(bytes: &[u8]) {
    let input = String::from_utf8_lossy(bytes).replace('|', "\n");
    let mut parts = input.splitn(3, '\n');
    let (query, title) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let body = parts.next().unwrap_or_default();
    let Ok(parsed) = parse(query, &Limits::default()) else { return };
    let Ok(plan) = plan(&parsed.query) else { return };
    // Not cleaned: an index may come from elsewhere.
    let source = Some(title.chars().rev().collect());
    let article = Article { title: title.to_owned(), body: body.to_owned(), source, ..Article::default() };
    let Marked { article, mentions, .. } = Pipeline::default().mark_article(article);
    let context = if bytes.len().is_multiple_of(2) { Context::Sentence } else { Context::Paragraph };
    let limit = Some(bytes.len() % 5).filter(|limit| *limit > 0);
    let options = SnippetOptions { limit, context, marks: true };
    let highlights = Highlighter::new(&plan.root, &options).highlight(&article, &mentions);
    are_quotes(&highlights, &article, limit);
    let (explanation, copy_of, copies) = (None, None, Copies::default());
    let hit = Hit { score: 1.0, article, mentions, highlights, explanation, copy_of, story: None, copies };
    for style in [terminal::Style::PLAIN, terminal::Style::COLOUR] {
        is_not_obeyed(&(terminal::hit(1, &hit, style) + &terminal::captures(&hit, style)), style);
    }
    let shown = json::hit(&hit).to_string();
    assert!(!shown.chars().any(|c| c < ' '), "{shown:?}");
    let again: serde_json::Value = serde_json::from_str(&shown).unwrap_or_default();
    assert_eq!(again["title"].as_str(), Some(&*hit.article.title));
}

fn are_quotes(highlights: &Highlights, article: &Article, limit: Option<usize>) {
    let Highlights { title, snippets, captured } = highlights;
    assert!(limit.is_none_or(|limit| snippets.len() <= limit), "{} quotes", snippets.len());
    for snippet in snippets {
        assert_eq!(article.body.get(snippet.span.range()), Some(&*snippet.text), "{:?}", snippet.span);
        assert!(snippet.marks.iter().all(|mark| snippet.span.contains(mark.span)), "{snippet:?}");
    }
    let quoted = snippets.iter().flat_map(|snippet| &snippet.marks);
    for mark in title.iter().chain(quoted).chain(captured) {
        let text = article.text(mark.field);
        assert!(text.get(mark.span.range()).is_some_and(|text| !text.is_empty()), "{mark:?}");
        for capture in &mark.captures {
            assert!(text.get(capture.span.range()).is_some_and(|text| !text.is_empty()), "{mark:?}");
        }
    }
    assert!(title.iter().all(|mark| mark.field == TextField::Title), "{title:?}");
    assert!(title.is_sorted_by_key(|mark| mark.span.start), "{title:?}");
}

/// Nothing is left that a terminal would obey but the colours, which are ours.
fn is_not_obeyed(shown: &str, style: terminal::Style) {
    let mut plain = shown.to_owned();
    if !style.is_plain() {
        for code in ["0", "1", "2", "1;31", "1;32", "1;33", "1;34", "1;35", "1;36", "1;94"] {
            plain = plain.replace(&format!("\x1b[{code}m"), "");
        }
    }
    assert!(plain.lines().all(|line| !line.chars().any(char::is_control)), "{plain:?}");
    assert_eq!(printable(&plain), plain);
}
