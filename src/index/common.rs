//! The words of news that stand in so many articles that asking where they meet a mention takes a list of its own.
//!
//! The list has the 6,000 words that most texts of the Groningen Meaning Bank hold (English news in the public domain).
//! It belongs to the index's format: what was indexed with another list must be indexed again.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::text::word_hash::word_hash;

/// The hashes of the words, folded.
static WORDS: LazyLock<HashSet<u64, BuildHasherDefault<Itself>>> =
    LazyLock::new(|| include_str!("common.txt").split_whitespace().map(word_hash).collect());

/// Hashes that are hashed no further.
#[derive(Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The words in order.
static IN_ORDER: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = include_str!("common.txt").split_whitespace().collect();
    words.sort_unstable();
    words
});

/// Whether one of the words begins with this one, folded.
pub(super) fn begins_common(word: &str) -> bool {
    let at = IN_ORDER.partition_point(|common| *common < word);
    IN_ORDER.get(at).is_some_and(|common| common.starts_with(word))
}

/// Whether a word, folded or not, has links to the mentions beside it.
///
/// ```
/// use dateline::index::is_common;
/// assert!(is_common("said") && is_common("the") && !is_common("bathyscaphe"));
/// ```
pub fn is_common(word: &str) -> bool {
    WORDS.contains(&word_hash(word))
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
