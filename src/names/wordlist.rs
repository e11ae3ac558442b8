//! Small tables of words that are searched for most tokens after a figure, and words in lower case to search them with.

use std::ops::Deref;

const LOWER_BYTES: usize = 24;

/// A short ASCII word in lower case, without an allocation; empty for other words, which no table holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lower<'a> {
    /// It was in lower case as it stood.
    As(&'a str),
    /// Its bytes, and how many they are.
    Made([u8; LOWER_BYTES], usize),
}

/// `word` in lower case; see [`Lower`].
pub(crate) fn lower(word: &str) -> Lower<'_> {
    let plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if word.len() > LOWER_BYTES {
        return Lower::As("");
    }
    if word.bytes().all(plain) {
        return Lower::As(word);
    }
    if !word.is_ascii() {
        return Lower::As("");
    }
    let mut bytes = [0; LOWER_BYTES];
    for (to, from) in bytes.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    Lower::Made(bytes, word.len())
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::As(word) => word,
            Self::Made(bytes, len) => std::str::from_utf8(&bytes[..*len]).unwrap_or(""),
        }
    }
}

/// Which lengths, up to 31 bytes, the words have that begin with each byte, a bit for each length.
type Lengths = [u32; 256];

const fn note(mut lengths: Lengths, word: &str) -> Lengths {
    let bytes = word.as_bytes();
    assert!(!bytes.is_empty() && bytes.len() < 32, "a table's word is too long");
    lengths[bytes[0] as usize] |= 1 << bytes.len();
    lengths
}

fn noted(lengths: &Lengths, word: &str) -> bool {
    match word.as_bytes() {
        [first, ..] if word.len() < 32 => lengths[usize::from(*first)] >> word.len() & 1 == 1,
        _ => false,
    }
}

/// A sorted list of words. Most words that it does not hold are dismissed by first byte and length.
pub(crate) struct Set {
    pub(crate) words: &'static [&'static str],
    lengths: Lengths,
}

impl Set {
    /// The set of `words`, which are sorted.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let mut lengths = [0; 256];
        let mut i = 0;
        while i < words.len() {
            lengths = note(lengths, words[i]);
            i += 1;
        }
        Self { words, lengths }
    }

    /// The word as the table has it, if it is in the table.
    pub(crate) fn get(&self, word: &str) -> Option<&'static str> {
        if !noted(&self.lengths, word) {
            return None;
        }
        self.words.binary_search(&word).ok().map(|at| self.words[at])
    }
}

/// A sorted list of words with what each stands for; see [`Set`].
pub(crate) struct Table<V: 'static> {
    pub(crate) rows: &'static [(&'static str, V)],
    lengths: Lengths,
}

impl<V: Copy> Table<V> {
    /// The table of `rows`, which are sorted by their words.
    pub(crate) const fn new(rows: &'static [(&'static str, V)]) -> Self {
        let mut lengths = [0; 256];
        let mut i = 0;
        while i < rows.len() {
            lengths = note(lengths, rows[i].0);
            i += 1;
        }
        Self { rows, lengths }
    }
}

/// Whether `words` holds `word`.
pub(crate) fn among(words: &Set, word: &str) -> bool {
    words.get(word).is_some()
}

/// The value that `table` gives `word`.
pub(crate) fn row<V: Copy>(table: &Table<V>, word: &str) -> Option<V> {
    if !noted(&table.lengths, word) {
        return None;
    }
    table.rows.binary_search_by(|(k, _)| (*k).cmp(word)).ok().map(|at| table.rows[at].1)
}
