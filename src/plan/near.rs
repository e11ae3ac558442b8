//! When places stand near each other: the meaning of the proximity operators.
//!
//! A *place* is a stretch of positions that something takes: a word, a phrase, a mention, or a nested operator, whose
//! place goes from the first to the last of the two places that it joins. Distances count words: two that stand side by side
//! are one word apart; the positions left free between paragraphs ([`PARAGRAPH_GAP`]) are not counted. Title and body are
//! never near each other.
//!
//! No word stands on both sides of an operator: places of words, phrases and mentions do not join where they overlap. A nested operator's place may
//! hold words of the other side between its two ends; its ends themselves are taken.

use super::node::Nearness;
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
    fn shares_a_word(self, other: Self) -> bool {
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
    fn words(&self, position: u32) -> i64 {
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
fn section(starts: &[u32], position: u32) -> u32 {
    u32::try_from(starts.partition_point(|s| *s <= position)).unwrap_or(u32::MAX)
}

/// How two places must stand to each other, the left one looked at first.
#[derive(Clone, Copy)]
pub(super) enum Relation<'a> {
    Within(i64),
    Before(i64),
    After(i64),
    Together(&'a [u32]),
}

impl<'a> Relation<'a> {
    pub(super) fn of(op: Nearness, ruler: &'a Ruler) -> Self {
        match op {
            Nearness::Within(n) | Nearness::NotWithin(n) => Self::Within(i64::from(n)),
            Nearness::Before(n) => Self::Before(i64::from(n)),
            Nearness::Sentence => Self::Together(&ruler.sentences),
            Nearness::Paragraph => Self::Together(&ruler.paragraphs),
        }
    }

    /// The same, the right one looked at first.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Before(n) => Self::After(n),
            Self::After(n) => Self::Before(n),
            same => same,
        }
    }

    fn holds(self, left: &Measured, right: &Measured) -> bool {
        let near = match self {
            Self::Within(n) => right.from - left.to <= n && left.from - right.to <= n,
            Self::Before(n) => left.to < right.from && right.from - left.to <= n,
            Self::After(n) => right.to < left.from && left.from - right.to <= n,
            Self::Together(starts) => {
                let here = section(starts, left.place.first);
                [left.place.last, right.place.first, right.place.last]
                    .iter()
                    .all(|p| section(starts, *p) == here)
            }
        };
        near && !left.place.shares_a_word(right.place)
    }

    /// The places of `right`, in order, among which those that fit `left` are: those that begin from the first number on,
    /// and not after the second.
    fn window(self, left: &Measured, longest: i64) -> (i64, i64) {
        match self {
            Self::Within(n) => (left.from - n - longest, left.to + n),
            Self::Before(n) => (left.to + 1, left.to + n),
            Self::After(n) => (left.from - n - longest, left.from - 1),
            // Sections follow each other: all of one lies between the words before and after it.
            Self::Together(_) => (left.section_from, left.section_to),
        }
    }
}

/// A place with its ends in words.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    place: Place,
    from: i64,
    to: i64,
    /// The words of its section, for operators that ask for one.
    section_from: i64,
    section_to: i64,
}

pub(super) fn measure(places: &[Place], relation: Relation<'_>, ruler: &Ruler) -> Vec<Measured> {
    let mut at = Walk::new(ruler);
    let each = |place: &Place| {
        let (mut section_from, mut section_to) = (0, 0);
        if let Relation::Together(starts) = relation {
            let n = section(starts, place.first) as usize;
            section_from = n.checked_sub(1).and_then(|n| starts.get(n)).map_or(0, |p| ruler.words(*p));
            section_to = starts.get(n).map_or(i64::MAX, |p| ruler.words(*p) - 1);
        }
        let from = at.words(place.first);
        let to = if place.last == place.first { from } else { ruler.words(place.last) };
        Measured { place: *place, from, to, section_from, section_to }
    };
    places.iter().map(each).collect()
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

/// Pairs of places that one operator may look at in one article. Texts made to hurt have more; then the pairs of its
/// beginning are answered.
const LOOKS: u32 = 1 << 20;

/// What to look at after a pair.
#[derive(PartialEq)]
pub(super) enum Then {
    NextRight,
    NextLeft,
    Nothing,
}

/// Calls `found` with the numbers of each pair that stands near, and goes on as it says.
pub(super) fn pairs(
    relation: Relation<'_>,
    left: &[Measured],
    right: &[Measured],
    mut found: impl FnMut(usize, usize) -> Then,
) {
    let longest = right.iter().map(|m| m.to - m.from).max().unwrap_or(0);
    let mut looks = LOOKS;
    for (l, one) in left.iter().enumerate() {
        let (from, to) = relation.window(one, longest);
        let start = right.partition_point(|m| m.from < from);
        for (r, other) in right.iter().enumerate().skip(start).take_while(|(_, m)| m.from <= to) {
            looks = looks.saturating_sub(1);
            if looks == 0 {
                return;
            }
            if relation.holds(one, other) {
                match found(l, r) {
                    Then::NextRight => {}
                    Then::NextLeft => break,
                    Then::Nothing => return,
                }
            }
        }
    }
}

/// Which of `left` have one of `right` near.
pub(super) fn partnered(relation: Relation<'_>, left: &[Measured], right: &[Measured]) -> Vec<bool> {
    let mut has = vec![false; left.len()];
    pairs(relation, left, right, |l, _| {
        has[l] = true;
        Then::NextLeft
    });
    has
}
