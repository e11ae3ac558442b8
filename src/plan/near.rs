//! When places stand near each other: the meaning of the proximity operators.
//!
//! A *place* is a stretch of positions that something takes: a word, a phrase, a mention, or a nested operator, whose
//! place goes from the first to the last of the two places that it joins. Distances count words: two that stand side by
//! side are one word apart; the positions left free between paragraphs ([`PARAGRAPH_GAP`]) are not counted. Title and
//! body are never near each other.
//!
//! No word stands on both sides of an operator: places of words, phrases and mentions do not join where they overlap. A
//! nested operator's place may hold words of the other side between its two ends; its ends themselves are taken.

use crate::text::PARAGRAPH_GAP;

/// Positions that something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
    /// Whether all between them are taken, too.
    pub solid: bool,
}

impl Place {
    fn holds(self, position: u32) -> bool {
        self.first <= position && position <= self.last
    }

    /// Whether a word would have to stand on both sides.
    pub(super) fn shares_a_word(self, other: Self) -> bool {
        match (self.solid, other.solid) {
            (true, true) => self.first <= other.last && other.first <= self.last,
            (true, false) => self.holds(other.first) || self.holds(other.last),
            (false, true) => other.holds(self.first) || other.holds(self.last),
            (false, false) => [other.first, other.last].iter().any(|p| *p == self.first || *p == self.last),
        }
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last), solid: false }
    }
}

/// Where an article's paragraphs and sentences begin: positions in order. What stands before the first is the title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruler {
    /// The first position of each paragraph of the body.
    pub paragraphs: Vec<u32>,
    /// The first position of each sentence of the body.
    pub sentences: Vec<u32>,
}

/// More words than any distance that can be asked for.
const FAR: i64 = 1 << 20;

impl Ruler {
    /// Where a position stands if words alone are counted.
    pub(super) fn words(&self, position: u32) -> i64 {
        in_words(position, section(&self.paragraphs, position))
    }
}

/// Where a position stands if words alone are counted, in the n-th paragraph or the title (0).
fn in_words(position: u32, paragraph: u32) -> i64 {
    match paragraph {
        0 => i64::from(position),
        n => i64::from(position) + FAR - i64::from(n) * i64::from(PARAGRAPH_GAP),
    }
}

/// How many sections begin at a position or before it.
pub(super) fn section(starts: &[u32], position: u32) -> u32 {
    u32::try_from(starts.partition_point(|s| *s <= position)).unwrap_or(u32::MAX)
}

/// Tells where positions stand if words alone are counted, for positions that come in order.
pub(super) struct Walk<'a> {
    starts: &'a [u32],
    /// Paragraphs that begin at the last position or before it.
    passed: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(ruler: &'a Ruler) -> Self {
        Self { starts: &ruler.paragraphs, passed: 0 }
    }

    pub(super) fn words(&mut self, position: u32) -> i64 {
        while self.starts.get(self.passed).is_some_and(|start| *start <= position) {
            self.passed += 1;
        }
        in_words(position, u32::try_from(self.passed).unwrap_or(u32::MAX))
    }
}
