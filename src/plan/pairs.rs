//! Pairs of places that stand near each other: what each operator asks of two, and a walk through those that come into
//! question.

use super::near::{Place, Ruler, Walk, section};
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

    /// The number of the first of `right` that may fit `left`, and the last word that those that fit may begin at.
    fn window(self, left: &Measured, right: &[Measured]) -> (usize, i64) {
        let begin_at = |from: i64| right.partition_point(|m| m.from < from);
        let reach = |from: i64| right.partition_point(|m| m.reach < from);
        match self {
            Self::Within(n) => (reach(left.from - n), left.to + n),
            Self::Before(n) => (begin_at(left.to + 1), left.to + n),
            Self::After(n) => (reach(left.from - n), left.from - 1),
            // Sections follow each other: all of one lies between the words before and after it.
            Self::Together(starts, ruler) => {
                let n = section(starts, left.place.first) as usize;
                let from = n.checked_sub(1).and_then(|n| starts.get(n)).map_or(0, |p| ruler.words(*p));
                (begin_at(from), starts.get(n).map_or(i64::MAX, |p| ruler.words(*p) - 1))
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
    /// The last word of this place and of all before it in its list.
    reach: i64,
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
        let [left, right] = [left, right].map(|places| {
            let (mut walk, mut reach) = (Walk::new(ruler), i64::MIN);
            let each = |place: &Place| {
                let from = walk.words(place.first);
                let to = if place.first == place.last { from } else { ruler.words(place.last) };
                reach = reach.max(to);
                Measured { place: *place, from, to, reach }
            };
            places.iter().map(each).collect()
        });
        Self { relation, left, right, looks }
    }

    /// Calls `found` with the numbers of each pair that stands near, and goes on as it says.
    pub(super) fn pairs(&self, found: impl FnMut(usize, usize) -> Then) {
        self.walk(self.looks, found);
    }

    /// The same with so many looks; the number of the first left one that there was no look for.
    fn walk(&self, mut looks: u32, mut found: impl FnMut(usize, usize) -> Then) -> usize {
        for (l, one) in self.left.iter().enumerate() {
            let (start, to) = self.relation.window(one, &self.right);
            for (r, other) in self.right.iter().enumerate().skip(start).take_while(|(_, m)| m.from <= to) {
                if looks == 0 {
                    return l;
                }
                looks -= 1;
                if self.relation.holds(one, other) {
                    match found(l, r) {
                        Then::NextRight => {}
                        Then::NextLeft => break,
                        Then::Nothing => return self.left.len(),
                    }
                }
            }
        }
        self.left.len()
    }

    /// Which of the left ones have a right one near; `unknown` is said of those that there was no look for.
    pub(super) fn partnered(&self, unknown: bool) -> Vec<bool> {
        let mut has = vec![false; self.left.len()];
        // The first that is looked at is mostly one: so there are looks for all but texts made to hurt.
        let each = u32::try_from(self.left.len()).unwrap_or(u32::MAX).saturating_mul(4);
        let seen = self.walk(self.looks.max(each), |l, _| {
            has[l] = true;
            Then::NextLeft
        });
        if let Some(rest) = has.get_mut(seen..) {
            rest.fill(unknown);
        }
        has
    }

    /// The same operator, its right side looked at first.
    pub(super) fn turned(self) -> Self {
        Self { relation: self.relation.turned(), left: self.right, right: self.left, looks: self.looks }
    }
}
