//! Names of one or more words, found where they begin: the longest one wins.
//!
//! A name is kept as a hash of its words, and so is every beginning of it, as a node that says whether a longer name
//! goes on from there. Matching walks from node to node with one hash look-up a word; nothing is copied or allocated.

use rustc_hash::FxHashMap;

use super::lookup::Lookup;
pub(super) use super::word_hash::add_to_hash;
use super::word_hash::word_hash;
use super::{Text, is_joint};
use crate::text::{Token, tokens};

/// A table from names to values.
#[derive(Debug, Clone)]
pub(super) struct Gazetteer<V> {
    nodes: FxHashMap<u64, Node<V>>,
    /// The hash of the first word of each name.
    firsts: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Node<V> {
    value: Option<V>,
    goes_on: bool,
}

impl<V: Copy> Gazetteer<V> {
    /// A table without names.
    pub(super) fn new() -> Self {
        Self { nodes: FxHashMap::default(), firsts: Vec::new() }
    }

    /// Adds `name`; a name that is there already keeps its value.
    pub(super) fn insert(&mut self, name: &str, value: V) {
        let mut hash = 0;
        let words: Vec<Token> = tokens(name).collect();
        for (n, token) in words.iter().enumerate() {
            let word = word_hash(token.span.of(name));
            if n == 0 {
                self.firsts.push(word);
            }
            hash = add_to_hash(hash, word);
            let node = self.nodes.entry(hash).or_insert(Node { value: None, goes_on: false });
            let Some(next) = words.get(n + 1) else {
                node.value.get_or_insert(value);
                break;
            };
            node.goes_on = true;
            let gap = name.get(token.span.end as usize..next.span.start as usize).unwrap_or("");
            if is_possessive(gap) {
                hash = add_to_hash(hash, POSSESSIVE);
            }
        }
    }

    /// The hash of the first word of each name; some more than once.
    pub(super) fn first_words(&self) -> &[u64] {
        &self.firsts
    }

    /// The value of exactly `name`, whatever its case, accents and full stops.
    #[cfg(test)]
    pub(super) fn get(&self, name: &str) -> Option<V> {
        let words: Vec<Token> = tokens(name).collect();
        let text = Text { field: crate::article::TextField::Body, text: name, tokens: &words };
        let hash = (0..words.len()).fold(0, |hash, at| {
            let hash = add_to_hash(hash, word_hash(text.word(at)));
            if is_possessive(text.gap(at)) { add_to_hash(hash, POSSESSIVE) } else { hash }
        });
        self.nodes.get(&hash)?.value
    }

    /// The longest name that begins at token `at` and that `accept` takes: how many tokens it has, and its value.
    ///
    /// The words of a name may be parted by a space, a hyphen, an ampersand, or the full stop of an abbreviation; by a
    /// possessive if the name has it there.
    pub(super) fn longest(
        &self,
        text: &Text<'_>,
        at: usize,
        accept: impl Fn(usize, V) -> bool,
    ) -> Option<(usize, V)> {
        self.longest_by(text, at, |token| word_hash(text.word(token)), accept)
    }

    /// [`Self::longest`] in a text whose words were looked up.
    pub(super) fn longest_in(
        &self,
        words: &Lookup<'_>,
        at: usize,
        accept: impl Fn(usize, V) -> bool,
    ) -> Option<(usize, V)> {
        self.longest_by(words.text, at, |token| words.hash(token), accept)
    }

    fn longest_by(
        &self,
        text: &Text<'_>,
        at: usize,
        hash_of: impl Fn(usize) -> u64,
        accept: impl Fn(usize, V) -> bool,
    ) -> Option<(usize, V)> {
        let mut hash = 0;
        let mut best = None;
        for len in 1.. {
            let word = text.word(at + len - 1);
            if word.is_empty() {
                break;
            }
            hash = add_to_hash(hash, hash_of(at + len - 1));
            let Some(node) = self.nodes.get(&hash) else { break };
            if let Some(value) = node.value
                && accept(len, value)
            {
                best = Some((len, value));
            }
            let gap = text.gap(at + len - 1);
            if node.goes_on && is_possessive(gap) {
                hash = add_to_hash(hash, POSSESSIVE);
            } else if !node.goes_on || !joins_words_of_a_name(word, gap) {
                break;
            }
        }
        best
    }
}

/// Stands in a hash for a possessive: "People's Republic".
const POSSESSIVE: u64 = 1;

fn is_possessive(gap: &str) -> bool {
    matches!(gap, "'s " | "’s ")
}

/// Whether a name may go on over `gap` after `word`.
pub(super) fn joins_words_of_a_name(word: &str, gap: &str) -> bool {
    is_joint(gap) || gap == " & " || (word.len() <= 3 && gap == ". ")
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

    #[test]
    fn a_possessive_joins_where_the_name_has_it() {
        let table = table(&["Republic of China", "People's Republic of China", "Kenya Railways"]);
        assert_eq!(
            find(&table, "The People’s Republic of China, Kenya's Railways, the Republic of China"),
            [("People Republic of China".into(), 1), ("Republic of China".into(), 0)]
        );
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
