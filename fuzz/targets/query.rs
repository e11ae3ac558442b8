//! What holds for every text that is taken for a query. The fuzzer makes texts up (`cargo xtask fuzz`); the tests hold the
//! same against the seeds.

use std::sync::LazyLock;

use dateline::article::{Article, Mention, Span, TextField};
use dateline::extract::{Options, Text, extract};
use dateline::plan::plan;
use dateline::query::{Diagnostic, Limits, Node, parse, print};
use dateline::snippet::{Mark, Matcher};
use dateline::text::{Token, tokens};

/// Reads `bytes` as a query, prints it, plans it and marks an article with it; panics where something does not hold.
pub(crate) fn holds(bytes: &[u8]) {
    let query = String::from_utf8_lossy(bytes);
    match parse(&query, &Limits::default()) {
        Err(errors) => {
            assert!(!errors.is_empty(), "refused for no reason");
            can_be_shown(&errors, &query);
        }
        Ok(parsed) => {
            can_be_shown(&parsed.notes, &query);
            says_the_same_when_printed(&parsed.query);
            match plan(&parsed.query) {
                Err(errors) => {
                    assert!(!errors.is_empty(), "not planned for no reason");
                    can_be_shown(&errors, &query);
                }
                Ok(plan) => {
                    can_be_shown(&plan.notes, &query);
                    let (article, mentions) = &*ARTICLE;
                    if let Some(marks) = Matcher::new(&plan.root).marks(article, mentions) {
                        stand_in_order(&marks, article);
                    }
                }
            }
        }
    }
}

/// Errors and notes have a place in the query and nothing in them that a terminal would obey.
fn can_be_shown(said: &[Diagnostic], query: &str) {
    for diagnostic in said {
        assert!(query.get(diagnostic.span.range()).is_some(), "{diagnostic:?} is beside the query");
        let shown = diagnostic.render(query);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    }
}

fn says_the_same_when_printed(tree: &Node) {
    // What is printed may be longer than what was typed, and say with parentheses what went without.
    let wide = Limits { query_bytes: 1 << 20, depth: Limits::DEEPEST, ..Limits::default() };
    let printed = print(tree);
    match parse(&printed, &wide) {
        Ok(again) => {
            assert_eq!(again.query.without_spans(), tree.clone().without_spans(), "{printed:?}");
        }
        Err(errors) => panic!("{printed:?} is refused: {}", errors[0].render(&printed)),
    }
}

fn stand_in_order(marks: &[Mark], article: &Article) {
    let quoted = |field: TextField, span: Span| article.text(field).get(span.range());
    for mark in marks {
        assert!(quoted(mark.field, mark.span).is_some_and(|text| !text.is_empty()), "{mark:?}");
        for capture in &mark.captures {
            assert!(quoted(mark.field, capture.span).is_some(), "{mark:?}");
        }
    }
    assert!(marks.is_sorted_by_key(|mark| (mark.field, mark.span.start)), "{marks:?}");
}

/// A short article with mentions of every kind, letters of several bytes and the words of the seeds.
static ARTICLE: LazyLock<(Article, Vec<Mention>)> = LazyLock::new(|| {
    let article = Article {
        id: "a1".to_owned(),
        title: "Erdoğan says 100 Iranian deportees left the U.S.".to_owned(),
        body: "A strong earthquake killed more than 120 people in Iran, the World Bank said on Monday. \
               President Recep Tayyip Erdoğan told Ali Khamenei the toll was dozens.\n\
               Żółw GmbH lost a $2.5 billion order, 8% of sales; ein „Töröö“ 東京 5 km away. \
               Quake, quake, quake! Iran and Iraq deported 1,000 people to the United States."
            .to_owned(),
        source: Some("Meridian Post".to_owned()),
        url: Some("https://example.org/a-1".to_owned()),
        byline: Some("Ann Lee".to_owned()),
        published: Some(1_700_000_000),
        updated: None,
        lang: Some("en".to_owned()),
        ..Article::default()
    };
    let title: Vec<Token> = tokens(&article.title).collect();
    let body: Vec<Token> = tokens(&article.body).collect();
    let texts = [Text::title(&article.title, &title), Text::body(&article.body, &body)];
    let mentions = extract(&texts, &Options::default());
    (article, mentions)
});
