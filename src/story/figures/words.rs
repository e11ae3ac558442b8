//! The words around figures.

use std::collections::BTreeMap;

use crate::text::fold;

/// Letters of a word that are looked at, so that "deported" and "deportation" are one.
const LETTERS: usize = 6;
/// The shortest word that says something.
const SHORTEST: usize = 4;
/// English words that tell nothing of what a figure is of.
const EMPTY: &[&str] = &[
    "about",
    "according",
    "after",
    "again",
    "against",
    "also",
    "although",
    "among",
    "another",
    "around",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "called",
    "came",
    "could",
    "down",
    "during",
    "each",
    "either",
    "else",
    "even",
    "ever",
    "every",
    "from",
    "further",
    "given",
    "have",
    "having",
    "here",
    "however",
    "including",
    "inside",
    "into",
    "itself",
    "just",
    "least",
    "less",
    "like",
    "made",
    "many",
    "might",
    "more",
    "most",
    "much",
    "must",
    "near",
    "nearly",
    "never",
    "only",
    "other",
    "others",
    "over",
    "part",
    "perhaps",
    "rather",
    "said",
    "saying",
    "says",
    "several",
    "shall",
    "should",
    "since",
    "some",
    "still",
    "such",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "told",
    "under",
    "until",
    "upon",
    "very",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "whom",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
    "your",
];

/// How words are written, by their beginnings.
#[derive(Default)]
pub(super) struct Surfaces(BTreeMap<String, BTreeMap<String, u32>>);

impl Surfaces {
    pub(super) fn note(&mut self, key: &str, word: &str) {
        *self.0.entry(key.to_owned()).or_default().entry(word.to_owned()).or_default() += 1;
    }

    /// How a word is written most.
    pub(super) fn of(&self, key: &str) -> Option<&str> {
        let written = self.0.get(key)?.iter();
        written.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(word, _)| word.as_str())
    }
}

/// What a word is compared by; `None` for one that says nothing.
pub(super) fn key_of(word: &str) -> Option<String> {
    let folded = fold(word);
    let says = folded.chars().count() >= SHORTEST
        && folded.chars().all(char::is_alphabetic)
        && EMPTY.binary_search(&folded.as_str()).is_err();
    says.then(|| folded.chars().take(LETTERS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_beginning_are_one_and_empty_words_are_none() {
        assert_eq!(key_of("deported"), key_of("Deportation"));
        assert_eq!((key_of("about"), key_of("120th"), key_of("the")), (None, None, None));
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn a_word_is_told_as_it_is_written_most() {
        let mut surfaces = Surfaces::default();
        for word in ["Ferry", "ferry", "ferry"] {
            surfaces.note("ferry", word);
        }
        assert_eq!((surfaces.of("ferry"), surfaces.of("train")), (Some("ferry"), None));
    }
}
