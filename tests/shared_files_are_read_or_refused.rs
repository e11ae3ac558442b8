//! Files that nobody here wrote: pages of a crawl, feeds made to be hard, and agencies' examples. They lie beside the project; where
//! they do not, these tests say so and pass.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dateline::article::RawArticle;
use dateline::read::{Input, Options, Reject};

fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DATELINE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = folder.join("data").join(path);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

fn read(path: &Path) -> Vec<Result<RawArticle, Reject>> {
    Input::file(path).unwrap().articles(&Options::default()).collect()
}

/// How many were refused for each reason.
fn refused(read: &[Result<RawArticle, Reject>]) -> BTreeMap<&'static str, usize> {
    let mut reasons = BTreeMap::new();
    for reject in read.iter().filter_map(|article| article.as_ref().err()) {
        *reasons.entry(reject.reason.code()).or_default() += 1;
    }
    reasons
}

#[test]
fn every_page_of_a_crawl_is_read_with_title_text_and_date() {
    let Some(path) = shared("warc/news-pages.warc.gz") else { return };
    let found = read(&path);
    assert_eq!((found.len(), refused(&found).len()), (261, 0), "{:?}", refused(&found));
    for article in found.iter().flatten() {
        assert!(!article.title.is_empty() && article.body.len() > 200, "{}", article.origin);
        assert!(article.published.is_some() && article.url.is_some(), "{}", article.origin);
    }
}

#[test]
fn feeds_and_ninjs_are_read_or_refused_with_a_reason() {
    let Some(path) = shared("feeds/feeds-and-ninjs.tar.zst") else { return };
    let found = read(&path);
    let articles: Vec<&RawArticle> = found.iter().flatten().collect();
    assert!(articles.len() > 700, "{} read", articles.len());
    assert!(articles.iter().all(|a| a.withdrawn || !a.title.is_empty() || !a.body.is_empty()));
    // Most of these files test one element in a feed that has no item, or in an item that has no text.
    let reasons = refused(&found);
    let expected = ["binary", "damaged", "empty", "json", "no_text", "truncated", "unsupported", "withheld"];
    assert!(reasons.keys().all(|reason| expected.contains(reason)), "{reasons:?}");
    let examples: Vec<_> =
        articles.iter().filter(|article| article.origin.file.contains("/examples/3.0/")).collect();
    assert!(examples.len() >= 19, "{} examples of ninjs 3", examples.len());
    assert_eq!(articles.iter().filter(|article| article.withdrawn).count(), 2);
}
