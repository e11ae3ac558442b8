//! The text of the story on a page.

use std::collections::HashMap;

use trafilatura::{ExtractResult, ExtractionFocus, Options};

use super::blocks::{self, Block};
use super::linked::Linked;
use crate::guard::caught;

/// What was found on the page itself.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The text, a line a paragraph.
    pub(super) text: String,
    /// Names that stand where bylines stand.
    pub(super) author: Option<String>,
    /// A day, as `2025-09-30`; found by looks, so the last resort.
    pub(super) day: Option<String>,
}

/// Fewest words for JSON-LD's text to count as the story.
const FEWEST: usize = 100;
/// Shorter texts of the page are taken for a failure.
const SHORT: usize = 250;

/// Finds the story on `page`, which is called `title`.
pub(super) fn find(page: &str, title: &str, linked: Option<&Linked>) -> Story {
    let described = linked.and_then(|linked| linked.body.as_deref());
    // Asked for all of it: what is too much, `blocks` tells better than the extractor's strict mode does.
    let Some(extracted) = extract(page, ExtractionFocus::FavorRecall) else {
        return Story { text: described.unwrap_or_default().to_owned(), ..Story::default() };
    };
    let stated = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let mut blocks = blocks::of(&extracted.content_html);
    if let [all] = blocks.as_slice() {
        // The extractor's last resort: everything in one run, its paragraphs glued together. What the strict mode finds, or
        // the page's own paragraphs, go before it if they are most of it.
        let most =
            |found: &[Block]| found.iter().map(|block| block.text.len()).sum::<usize>() * 2 > all.text.len();
        let strict =
            extract(page, ExtractionFocus::FavorPrecision).map(|found| blocks::of(&found.content_html));
        let better = strict
            .filter(|found| most(found))
            .or_else(|| Some(blocks::paragraphs(page)).filter(|found| most(found)));
        blocks = better.unwrap_or(blocks);
    }
    blocks::trim(&mut blocks, title);
    let text = blocks::join(&blocks);
    Story {
        text: described.filter(|described| is_better(described, &text)).map_or(text, str::to_owned),
        author: stated(extracted.metadata.author),
        day: extracted.metadata.date.map(|day| day.to_string()),
    }
}

/// What the extractor finds. A defect of it costs the page's text, not the page.
fn extract(page: &str, focus: ExtractionFocus) -> Option<ExtractResult> {
    let options =
        Options::default().with_focus(focus).with_fallback(true).with_links(true).with_exclude_comments(true);
    caught("reading a page", || trafilatura::extract(page, &options)).ok()?.ok()
}

/// Whether the text that JSON-LD states is the story, of which the page shows too little: what the page shows is mostly in
/// it, and it has much more.
fn is_better(described: &str, shown: &str) -> bool {
    let described = count(described);
    let total: usize = described.values().sum();
    if total < FEWEST {
        return false;
    }
    let (mut both, mut all) = (0, 0);
    for (word, n) in count(shown) {
        all += n;
        both += n.min(described.get(word).copied().unwrap_or(0));
    }
    shown.len() < SHORT || (both * 10 > all * 6 && both * 10 < total * 7)
}

/// How often each word stands in `text`.
fn count(text: &str) -> HashMap<&str, usize> {
    let mut words = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word).or_insert(0) += 1;
    }
    words
}
