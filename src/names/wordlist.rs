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

/// Bits that tell which words a table cannot hold, by first byte, last byte and length.
type Filter = [u64; 32];

#[allow(
    clippy::cast_possible_truncation,
    reason = "what is cut off of a length only makes two words meet in one place"
)]
const fn place(word: &[u8]) -> usize {
    let (first, last) = (word[0] as u32, word[word.len() - 1] as u32);
    let mixed = (first << 16 | last << 8 | word.len() as u32).wrapping_mul(0x9E37_79B1);
    (mixed >> 21) as usize
}

/// Where a table's words stand, by their first byte, and which words are none of them.
struct Places {
    filter: Filter,
    /// How many words have a smaller first byte.
    before: [u16; 257],
}

impl Places {
    const NONE: Self = Self { filter: [0; 32], before: [0; 257] };

    const fn with(mut self, word: &str) -> Self {
        let bytes = word.as_bytes();
        assert!(!bytes.is_empty(), "a table's word is empty");
        let at = place(bytes);
        self.filter[at / 64] |= 1 << (at % 64);
        let mut next = bytes[0] as usize + 1;
        while next < 257 {
            self.before[next] += 1;
            next += 1;
        }
        self
    }

    /// The places at which `word` may stand.
    #[inline]
    fn of(&self, word: &[u8]) -> std::ops::Range<usize> {
        let Some(first) = word.first() else { return 0..0 };
        let at = place(word);
        if self.filter[at / 64] >> (at % 64) & 1 == 0 {
            return 0..0;
        }
        let first = usize::from(*first);
        usize::from(self.before[first])..usize::from(self.before[first + 1])
    }
}

/// Whether two words are one; those of one table that share first byte and length mostly end otherwise.
#[inline]
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().last() == other.as_bytes().last() && one == other
}

/// A sorted list of words. Most words that it does not hold are dismissed by first byte, last byte and length.
pub(crate) struct Set {
    pub(crate) words: &'static [&'static str],
    places: Places,
}

impl Set {
    /// The set of `words`, which are sorted.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let mut places = Places::NONE;
        let mut i = 0;
        while i < words.len() {
            places = places.with(words[i]);
            i += 1;
        }
        Self { words, places }
    }

    /// The word as the table has it, if it is in the table.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<&'static str> {
        let places = self.places.of(word.as_bytes());
        self.words.get(places)?.iter().find(|held| same(held, word)).copied()
    }
}

/// A sorted list of words with what each stands for; see [`Set`].
pub(crate) struct Table<V: 'static> {
    pub(crate) rows: &'static [(&'static str, V)],
    places: Places,
}

impl<V: Copy> Table<V> {
    /// The table of `rows`, which are sorted by their words.
    pub(crate) const fn new(rows: &'static [(&'static str, V)]) -> Self {
        let mut places = Places::NONE;
        let mut i = 0;
        while i < rows.len() {
            places = places.with(rows[i].0);
            i += 1;
        }
        Self { rows, places }
    }
}

/// Whether `words` holds `word`.
pub(crate) fn among(words: &Set, word: &str) -> bool {
    words.get(word).is_some()
}

/// The value that `table` gives `word`.
#[inline]
pub(crate) fn row<V: Copy>(table: &Table<V>, word: &str) -> Option<V> {
    let places = table.places.of(word.as_bytes());
    table.rows.get(places)?.iter().find(|(held, _)| same(held, word)).map(|(_, value)| *value)
}
