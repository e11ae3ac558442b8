//! Pairs of places that stand near each other: what each operator asks of two, and a walk through those that come into
//! question.

use super::near::{Place, Ruler, section};
use super::node::Nearness;

/// How two places must stand to each other, the left one looked at first.
#[derive(Clone, Copy)]
pub(super) enum Relation<'a> {
    Within(i64),
    Before(i64),
    After(i64),
    /// Between two of these positions, or before the first, or after the last.
    Together(&'a [u32], &'a Ruler),
}

impl<'a> Relation<'a> {
    pub(super) fn of(op: Nearness, ruler: &'a Ruler) -> Self {
        match op {
            Nearness::Within(n) | Nearness::NotWithin(n) => Self::Within(i64::from(n)),
            Nearness::Before(n) => Self::Before(i64::from(n)),
            Nearness::Sentence => Self::Together(&ruler.sentences, ruler),
            Nearness::Paragraph => Self::Together(&ruler.paragraphs, ruler),
        }
    }

    /// The same, the right one looked at first.
    fn turned(self) -> Self {
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
            Self::Together(starts, _) => {
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
            Self::Together(starts, ruler) => {
                let n = section(starts, left.place.first) as usize;
                let from = n.checked_sub(1).and_then(|n| starts.get(n)).map_or(0, |p| ruler.words(*p));
                (from, starts.get(n).map_or(i64::MAX, |p| ruler.words(*p) - 1))
            }
        }
    }
}

/// A place with its ends in words.
#[derive(Clone, Copy)]
struct Measured {
    place: Place,
    from: i64,
    to: i64,
}

/// What to look at after a pair.
#[derive(PartialEq)]
pub(super) enum Then {
    NextRight,
    NextLeft,
    Nothing,
}

/// The two sides of an operator in one article.
pub(super) struct Sides<'a> {
    relation: Relation<'a>,
    left: Vec<Measured>,
    right: Vec<Measured>,
    /// How many pairs may be looked at.
    looks: u32,
}

impl<'a> Sides<'a> {
    /// Two lists of places, each in order; of the pairs `looks` are looked at, those of the first left places first.
    pub(super) fn new(
        relation: Relation<'a>,
        ruler: &Ruler,
        [left, right]: [&[Place]; 2],
        looks: u32,
    ) -> Self {
        let each = |place: &Place| Measured {
            place: *place,
            from: ruler.words(place.first),
            to: ruler.words(place.last),
        };
        let [left, right] = [left, right].map(|places| places.iter().map(each).collect());
        Self { relation, left, right, looks }
    }

    /// Calls `found` with the numbers of each pair that stands near, and goes on as it says.
    pub(super) fn pairs(&self, mut found: impl FnMut(usize, usize) -> Then) {
        let longest = self.right.iter().map(|m| m.to - m.from).max().unwrap_or(0);
        let mut looks = self.looks;
        for (l, one) in self.left.iter().enumerate() {
            let (from, to) = self.relation.window(one, longest);
            let start = self.right.partition_point(|m| m.from < from);
            for (r, other) in self.right.iter().enumerate().skip(start).take_while(|(_, m)| m.from <= to) {
                if looks == 0 {
                    return;
                }
                looks -= 1;
                if self.relation.holds(one, other) {
                    match found(l, r) {
                        Then::NextRight => {}
                        Then::NextLeft => break,
                        Then::Nothing => return,
                    }
                }
            }
        }
    }

    /// Which of the left ones have a right one near.
    pub(super) fn partnered(&self) -> Vec<bool> {
        let mut has = vec![false; self.left.len()];
        self.pairs(|l, _| {
            has[l] = true;
            Then::NextLeft
        });
        has
    }

    /// The same operator, its right side looked at first.
    pub(super) fn turned(self) -> Self {
        Self { relation: self.relation.turned(), left: self.right, right: self.left, looks: self.looks }
    }
}
