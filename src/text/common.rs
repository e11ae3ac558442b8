//! The words of news that stand in so many articles that asking where they meet a mention takes a list of its own.
//!
//! The list has the 6,000 words that most texts of the Groningen Meaning Bank hold (English news in the public domain).
//! It belongs to the format of the index: what was indexed with another list must be indexed again.

use std::sync::LazyLock;

use super::word_hash::word_hash;

/// How many bits of a hash say where its word stands in [`WORDS`], most of which is free.
const PLACE_BITS: u32 = 14;

/// The other bits of the hashes of the words, folded; a word stands at its place or, that being taken, behind it. 0 where there
/// is none.
static WORDS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut words = vec![0; 1 << PLACE_BITS];
    for word in include_str!("common.txt").split_whitespace() {
        let hash = word_hash(word);
        if let Some(free) = slot(&words, hash)
            && let Some(slot) = words.get_mut(free)
        {
            *slot = rest(hash);
        }
    }
    words
});

/// The bits of a hash that tell its word from others at its place.
#[inline]
fn rest(hash: u64) -> u32 {
    u32::try_from(hash >> 8 & u64::from(u32::MAX)).unwrap_or(0) | 1
}

/// Where the word of this hash stands or would stand.
#[inline]
fn slot(words: &[u32], hash: u64) -> Option<usize> {
    let mut at = usize::try_from(hash >> (64 - PLACE_BITS)).ok()?;
    let rest = rest(hash);
    while !matches!(words.get(at), Some(held) if *held == 0 || *held == rest) {
        at = (at + 1) & ((1 << PLACE_BITS) - 1);
    }
    Some(at)
}

/// The words in order.
static IN_ORDER: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = include_str!("common.txt").split_whitespace().collect();
    words.sort_unstable();
    words
});

/// Whether one of the words begins with this one, folded.
pub(crate) fn begins_common(word: &str) -> bool {
    let at = IN_ORDER.partition_point(|common| *common < word);
    IN_ORDER.get(at).is_some_and(|common| common.starts_with(word))
}

/// Whether a word, folded or not, has links to the mentions beside it.
///
/// ```
/// use dateline::text::is_common;
/// assert!(is_common("said") && is_common("the") && !is_common("bathyscaphe"));
/// ```
pub fn is_common(word: &str) -> bool {
    is_common_hash(word_hash(word))
}

/// The same of a word's hash, whose three lowest bits do not matter.
#[inline]
pub(crate) fn is_common_hash(hash: u64) -> bool {
    let words = &*WORDS;
    slot(words, hash).and_then(|at| words.get(at)).is_some_and(|held| *held != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_is_one_folded_token_and_stands_once() {
        let words: Vec<&str> = include_str!("common.txt").split_whitespace().collect();
        assert_eq!(words.len(), 6000);
        assert_eq!(WORDS.iter().filter(|held| **held != 0).count(), words.len());
        for word in words {
            let tokens: Vec<_> = crate::text::tokens(word).collect();
            assert!(tokens.len() == 1 && crate::text::fold(word) == word, "{word}");
        }
    }
}
