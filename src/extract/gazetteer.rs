//! Names of one or more words, found where they begin: the longest one wins.
//!
//! A name is kept as the folded forms of its tokens, joined by spaces, and so is every beginning of it, as a node
//! that says whether a longer name goes on from there. Matching walks from node to node with one hash look-up a word
//! and folds into a buffer on the stack: nothing is allocated, and a word that begins no name costs one look-up.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::{Text, is_joint};
use crate::text::{Token, fold_char, tokens};

/// The longest name, in folded bytes, spaces included; a longer one is never found.
const MAX_NAME_BYTES: usize = 96;

/// A table from names to values.
#[derive(Debug, Clone)]
pub(super) struct Gazetteer<V> {
    nodes: FxHashMap<Box<[u8]>, Node<V>>,
}

#[derive(Debug, Clone)]
struct Node<V> {
    value: Option<V>,
    goes_on: bool,
}

impl<V: Copy> Gazetteer<V> {
    /// A table without names.
    pub(super) fn new() -> Self {
        Self { nodes: FxHashMap::default() }
    }

    /// Adds `name`; a name that is there already keeps its value.
    pub(super) fn insert(&mut self, name: &str, value: V) {
        let mut key = Key::new();
        let words: Vec<Token> = tokens(name).collect();
        for (n, token) in words.iter().enumerate() {
            if !key.push(token.span.of(name)) {
                return;
            }
            let last = n + 1 == words.len();
            let node = self.nodes.entry(key.bytes().into()).or_insert(Node { value: None, goes_on: false });
            if last {
                node.value.get_or_insert(value);
            } else {
                node.goes_on = true;
            }
        }
    }

    /// The value of exactly `name`, whatever its case, accents and full stops.
    #[cfg(test)]
    pub(super) fn get(&self, name: &str) -> Option<V> {
        let mut key = Key::new();
        tokens(name).all(|token| key.push(token.span.of(name))).then_some(())?;
        self.nodes.get(key.bytes())?.value
    }

    /// The longest name that begins at token `at` and that `accept` takes: how many tokens it has, and its value.
    ///
    /// The words of a name may be parted by a space, a hyphen, an ampersand, or the full stop of an abbreviation.
    pub(super) fn longest(
        &self,
        text: &Text<'_>,
        at: usize,
        accept: impl Fn(usize, V) -> bool,
    ) -> Option<(usize, V)> {
        let mut key = Key::new();
        let mut best = None;
        for len in 1.. {
            let word = text.word(at + len - 1);
            if word.is_empty() || !key.push(word) {
                break;
            }
            let Some(node) = self.nodes.get(key.bytes()) else { break };
            if let Some(value) = node.value
                && accept(len, value)
            {
                best = Some((len, value));
            }
            if !node.goes_on || !joins_words_of_a_name(word, text.gap(at + len - 1)) {
                break;
            }
        }
        best
    }
}

/// Whether a name may go on over `gap` after `word`.
fn joins_words_of_a_name(word: &str, gap: &str) -> bool {
    is_joint(gap) || gap == " & " || (word.len() <= 3 && gap == ". ")
}

/// A hash of the folded word, the same for every way to write it; words that differ have, for all that matters,
/// different hashes. 0 for a word that folds to nothing.
pub(super) fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut short = [0; 24];
    if let Some(lower) = short.get_mut(..bytes.len())
        && word.is_ascii()
        && !bytes.iter().any(|b| matches!(b, b'.' | b','))
        && !bytes.is_empty()
    {
        lower.copy_from_slice(bytes);
        lower.make_ascii_lowercase();
        let mut hasher = FxHasher::default();
        hasher.write(lower);
        return hasher.finish();
    }
    let mut key = Key::new();
    key.push(word);
    if key.len == 0 {
        return 0;
    }
    let mut hasher = FxHasher::default();
    hasher.write(key.bytes());
    hasher.finish()
}

/// A folded name on the stack.
struct Key {
    buffer: [u8; MAX_NAME_BYTES],
    len: usize,
}

impl Key {
    fn new() -> Self {
        Self { buffer: [0; MAX_NAME_BYTES], len: 0 }
    }

    fn bytes(&self) -> &[u8] {
        &self.buffer[..self.len]
    }

    fn push_byte(&mut self, byte: u8) -> bool {
        let free = self.buffer.get_mut(self.len);
        let fits = free.is_some();
        if let Some(place) = free {
            *place = byte;
            self.len += 1;
        }
        fits
    }

    /// Adds a word, folded and without full stops; whether it fitted.
    fn push(&mut self, word: &str) -> bool {
        if self.len > 0 && !self.push_byte(b' ') {
            return false;
        }
        if word.is_ascii() {
            let bytes = word.as_bytes();
            if let Some(free) = self.buffer.get_mut(self.len..self.len + bytes.len())
                && !bytes.iter().any(|b| matches!(b, b'.' | b','))
            {
                free.copy_from_slice(bytes);
                free.make_ascii_lowercase();
                self.len += bytes.len();
                return true;
            }
            return word
                .bytes()
                .filter(|b| !matches!(b, b'.' | b','))
                .all(|b| self.push_byte(b.to_ascii_lowercase()));
        }
        let mut fits = true;
        for c in word.chars() {
            fold_char(c, &mut |folded| {
                let mut utf8 = [0; 4];
                for byte in folded.encode_utf8(&mut utf8).bytes().filter(|b| *b != b'.') {
                    fits &= self.push_byte(byte);
                }
            });
        }
        fits
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::TextField;
    use proptest::prelude::*;

    fn find(table: &Gazetteer<u8>, text: &str) -> Vec<(String, u8)> {
        let all: Vec<Token> = tokens(text).collect();
        let text = Text { field: TextField::Body, text, tokens: &all };
        let mut found = Vec::new();
        let mut at = 0;
        while at < all.len() {
            if let Some((len, value)) = table.longest(&text, at, |_, _| true) {
                let words: Vec<&str> = (at..at + len).map(|n| text.word(n)).collect();
                found.push((words.join(" "), value));
                at += len;
            } else {
                at += 1;
            }
        }
        found
    }

    fn table(names: &[&str]) -> Gazetteer<u8> {
        let mut table = Gazetteer::new();
        for (n, name) in names.iter().enumerate() {
            table.insert(name, u8::try_from(n).unwrap());
        }
        table
    }

    #[test]
    fn the_longest_name_wins_and_its_words_are_not_read_again() {
        let table = table(&["Guinea", "Papua New Guinea", "New Guinea Highlands"]);
        assert_eq!(
            find(&table, "Papua New Guinea and Guinea; New Guinea too"),
            [("Papua New Guinea".into(), 1), ("Guinea".into(), 0), ("Guinea".into(), 0)]
        );
    }

    #[test]
    fn hyphens_ampersands_and_abbreviations_join_but_sentences_do_not() {
        let table = table(&["Timor-Leste", "Trinidad Tobago", "St Lucia"]);
        assert_eq!(
            find(&table, "Timor Leste, Trinidad & Tobago, St. Lucia").len(),
            3,
            "every joint that names have"
        );
        assert_eq!(find(&table, "He left Trinidad. Tobago is next, St, Lucia"), []);
    }

    #[test]
    fn case_accents_and_full_stops_do_not_count() {
        let table = table(&["U.S.", "Côte d'Ivoire"]);
        assert_eq!(table.get("us"), Some(0));
        assert_eq!(table.get("COTE D’IVOIRE"), Some(1));
        assert_eq!(table.get(&"x".repeat(500)), None);
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(words in proptest::collection::vec("[ab]", 0..12)) {
            let names = ["a", "a b", "a b b a", "b b"];
            let table = table(&names);
            let text = words.join(" ");
            let mut naive = Vec::new();
            let mut at = 0;
            while at < words.len() {
                let longest = (1..=4.min(words.len() - at))
                    .rev()
                    .find_map(|len| names.iter().position(|n| *n == words[at..at + len].join(" ")).map(|n| (len, n)));
                match longest {
                    Some((len, n)) => {
                        naive.push((words[at..at + len].join(" "), u8::try_from(n).unwrap()));
                        at += len;
                    }
                    None => at += 1,
                }
            }
            prop_assert_eq!(find(&table, &text), naive);
        }
    }
}
