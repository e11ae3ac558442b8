//! The words of news that stand in so many articles that asking where they meet a mention takes a list of its own.
//!
//! The list has the 6,000 words that most texts of the Groningen Meaning Bank hold (English news in the public domain).
//! It belongs to the index's format: what was indexed with another list must be indexed again.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("common.txt").split_whitespace().collect());

/// Whether a folded word has links to the mentions beside it.
///
/// ```
/// use dateline::index::is_common;
/// assert!(is_common("said") && is_common("the") && !is_common("bathyscaphe"));
/// ```
pub fn is_common(word: &str) -> bool {
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_is_one_folded_token_and_stands_once() {
        let words: Vec<&str> = include_str!("common.txt").split_whitespace().collect();
        assert_eq!(words.len(), 6000);
        assert_eq!(WORDS.len(), words.len());
        for word in words {
            let tokens: Vec<_> = crate::text::tokens(word).collect();
            assert!(tokens.len() == 1 && crate::text::fold(word) == word, "{word}");
        }
    }
}
