//! How rows hang together by operators, and which places come of it.

use std::borrow::Cow;

use super::near::{Place, Ruler, Walk};
use super::node::{Nearness, Places};
use super::pairs::{Relation, Sides, Then};
use crate::text::PARAGRAPH_GAP;

/// Pairs of places that the operators of one question may look at in one article; each has an equal share, whatever the
/// others use. Texts made to hurt have more; then the pairs of its beginning are answered.
const LOOKS: u32 = 1 << 15;

/// One article as a question reads it.
#[derive(Clone, Copy)]
struct Reading<'a> {
    /// The places of each row, in order.
    rows: &'a [Vec<Place>],
    ruler: &'a Ruler,
    /// The share of [`LOOKS`] that an operator has.
    looks: u32,
}

/// The places of a shape, in order, each once, and those of what it is made of.
struct Found<'a> {
    places: Cow<'a, [Place]>,
    within: Vec<Found<'a>>,
}

impl<'a> Reading<'a> {
    fn new(shape: &Shape, rows: &'a [Vec<Place>], ruler: &'a Ruler) -> Self {
        Self { rows, ruler, looks: LOOKS / shape.operators().max(1) }
    }

    fn sides(self, op: Nearness, left: &[Place], right: &[Place]) -> Sides<'a> {
        Sides::new(Relation::of(op, self.ruler), self.ruler, [left, right], self.looks)
    }

    fn find(self, shape: &Shape) -> Found<'a> {
        match shape {
            Shape::Row(number) => {
                Found { places: Cow::Borrowed(&self.rows[*number][..]), within: Vec::new() }
            }
            Shape::Or(children) => {
                let within: Vec<_> = children.iter().map(|child| self.find(child)).collect();
                Found { places: Cow::Owned(any_of(&within)), within }
            }
            Shape::Near(op, sides) => {
                let within: Vec<_> = sides.iter().map(|side| self.find(side)).collect();
                let places = self.joined(*op, &within[0].places, &within[1].places);
                Found { places: Cow::Owned(places), within }
            }
        }
    }

    /// The places of an operator, in order, each once.
    fn joined(self, op: Nearness, left: &[Place], right: &[Place]) -> Vec<Place> {
        let sides = self.sides(op, left, right);
        if let Nearness::NotWithin(_) = op {
            let near = sides.partnered(true);
            return left.iter().zip(near).filter(|(_, near)| !near).map(|(place, _)| *place).collect();
        }
        let mut found = Vec::new();
        sides.pairs(|l, r| {
            found.push(left[l].join(right[r]));
            Then::NextRight
        });
        found.sort(); // they come nearly in order
        found.dedup();
        found
    }

    fn any(self, shape: &Shape) -> bool {
        match shape {
            Shape::Row(number) => !self.rows[*number].is_empty(),
            Shape::Or(children) => children.iter().any(|child| self.any(child)),
            Shape::Near(op, sides) => {
                if let Some((left, right, n)) = single_words(*op, sides, self.rows) {
                    let (mut a, mut b) = (Walk::new(self.ruler), Walk::new(self.ruler));
                    let left = left.iter().map(|place| a.words(place.first));
                    let right = right.iter().map(|place| b.words(place.first));
                    return smallest_gap(left, right, matches!(op, Nearness::Before(_))) <= n;
                }
                let [left, right] = [0, 1].map(|side: usize| self.find(&sides[side]).places);
                let sides = self.sides(*op, &left, &right);
                if let Nearness::NotWithin(_) = op {
                    return sides.partnered(true).contains(&false);
                }
                let mut any = false;
                sides.pairs(|_, _| {
                    any = true;
                    Then::Nothing
                });
                any
            }
        }
    }

    /// Flags what takes part in the places of `wanted` (in order), or in any.
    fn flag(self, shape: &Shape, found: &Found<'_>, wanted: Option<&[Place]>, flags: &mut [Vec<bool>]) {
        let is_wanted = |place: &Place| wanted.is_none_or(|wanted| wanted.binary_search(place).is_ok());
        match shape {
            Shape::Row(number) => {
                for (place, flag) in self.rows[*number].iter().zip(&mut flags[*number]) {
                    *flag |= is_wanted(place);
                }
            }
            Shape::Or(children) => {
                for (child, found) in children.iter().zip(&found.within) {
                    self.flag(child, found, wanted, flags);
                }
            }
            Shape::Near(op, sides) => {
                let places = [&found.within[0].places, &found.within[1].places];
                let near = self.sides(*op, places[0], places[1]);
                let mut part = places.map(|side| vec![false; side.len()]);
                match (op, wanted) {
                    (Nearness::NotWithin(_), _) => {
                        let near = near.partnered(true);
                        part[0] =
                            near.iter().zip(&places[0][..]).map(|(near, p)| !near && is_wanted(p)).collect();
                    }
                    (_, None) => part = [near.partnered(false), near.turned().partnered(false)],
                    (_, Some(_)) => near.pairs(|l, r| {
                        if is_wanted(&places[0][l].join(places[1][r])) {
                            part[0][l] = true;
                            part[1][r] = true;
                        }
                        Then::NextRight
                    }),
                }
                for side in 0..2 {
                    let kept = places[side].iter().zip(&part[side]).filter(|(_, keep)| **keep);
                    let kept: Vec<Place> = kept.map(|(place, _)| *place).collect();
                    self.flag(&sides[side], &found.within[side], Some(&kept), flags);
                }
            }
        }
    }
}

/// The places of any, in order, each once.
fn any_of(each: &[Found<'_>]) -> Vec<Place> {
    let mut all: Vec<Place> = Vec::new();
    let mut room = 1024;
    for found in each {
        all.extend_from_slice(&found.places);
        // The same places over and over take no more room than once.
        if all.len() > room {
            all.sort();
            all.dedup();
            room = 2 * all.len();
        }
    }
    all.sort();
    all.dedup();
    all
}

/// The smallest distance of a number of `left` to another one of `right`, both in order; of those behind it alone if
/// `behind`.
fn smallest_gap(left: impl Iterator<Item = i64>, right: impl Iterator<Item = i64>, behind: bool) -> i64 {
    let mut smallest = i64::MAX;
    let mut next = right.peekable();
    let mut seen = None;
    for place in left {
        let mut before = seen;
        while let Some(passed) = next.next_if(|right| *right <= place) {
            if passed < place {
                before = Some(passed);
            }
            seen = Some(passed);
        }
        let after = next.peek().map(|right| right - place);
        let before = before.filter(|_| !behind).map(|right| place - right);
        smallest = after.into_iter().chain(before).fold(smallest, i64::min);
    }
    smallest
}

/// The places of both sides and the distance, where words alone, each of one position, are to stand within one.
fn single_words<'r>(
    op: Nearness,
    sides: &[Shape; 2],
    rows: &'r [Vec<Place>],
) -> Option<(&'r [Place], &'r [Place], i64)> {
    let ([Shape::Row(left), Shape::Row(right)], Nearness::Within(n) | Nearness::Before(n)) = (sides, op)
    else {
        return None;
    };
    let (left, right) = (&rows[*left], &rows[*right]);
    let single = |row: &[Place]| row.iter().all(|place| place.first == place.last);
    (single(left) && single(right)).then_some((left, right, i64::from(n)))
}

/// How the rows of a [`Places`] hang together; each is known by its number, in the order of [`Places::rows`].
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// The row of this number.
    Row(usize),
    /// The places of any.
    Or(Vec<Shape>),
    /// Places near each other.
    Near(Nearness, Box<[Shape; 2]>),
}

impl Shape {
    /// The shape of `places`, whose first row has the number `next`, which is moved on.
    pub fn of(places: &Places, next: &mut usize) -> Self {
        match places {
            Places::Row(_) => {
                *next += 1;
                Self::Row(*next - 1)
            }
            Places::Or(children) => Self::Or(children.iter().map(|child| Self::of(child, next)).collect()),
            Places::Near { op, left, right } => {
                let left = Self::of(left, next);
                Self::Near(*op, Box::new([left, Self::of(right, next)]))
            }
        }
    }

    /// Whether telling distances takes the paragraphs, and the sentences, of an article.
    pub fn needs(&self) -> (bool, bool) {
        let both = |children: &[Shape]| {
            children.iter().map(Self::needs).fold((false, false), |a, b| (a.0 || b.0, a.1 || b.1))
        };
        match self {
            Self::Row(_) => (false, false),
            Self::Or(children) => both(children),
            Self::Near(op, sides) => (true, *op == Nearness::Sentence || both(&**sides).1),
        }
    }

    /// How many operators there are.
    fn operators(&self) -> u32 {
        match self {
            Self::Row(_) => 0,
            Self::Or(children) => children.iter().map(Self::operators).sum(),
            Self::Near(_, sides) => 1 + sides.iter().map(Self::operators).sum::<u32>(),
        }
    }

    /// The places, in order, each once; `rows` gives those of a row, in order.
    pub fn places(&self, rows: &[Vec<Place>], ruler: &Ruler) -> Vec<Place> {
        Reading::new(self, rows, ruler).find(self).places.into_owned()
    }

    /// Whether there is a place, as far as that can be told without knowing paragraphs and sentences.
    pub fn at_a_glance(&self, rows: &[Vec<Place>]) -> Option<bool> {
        let Self::Near(op, sides) = self else { return None };
        let (left, right, n) = single_words(*op, sides, rows)?;
        let position = |place: &Place| i64::from(place.first);
        let behind = matches!(op, Nearness::Before(_));
        let gap = smallest_gap(left.iter().map(position), right.iter().map(position), behind);
        // Between two words of one paragraph there is no gap, and a step to the next costs one.
        if gap <= n.min(i64::from(PARAGRAPH_GAP)) {
            Some(true)
        } else if gap > n * i64::from(PARAGRAPH_GAP + 1) {
            Some(false)
        } else {
            None
        }
    }

    /// Whether there is a place.
    pub fn any(&self, rows: &[Vec<Place>], ruler: &Ruler) -> bool {
        Reading::new(self, rows, ruler).any(self)
    }

    /// Which places of which rows take part in a place of the whole; a list of flags a row.
    pub fn reasons(&self, rows: &[Vec<Place>], ruler: &Ruler) -> Vec<Vec<bool>> {
        let mut flags: Vec<Vec<bool>> = rows.iter().map(|row| vec![false; row.len()]).collect();
        let reading = Reading::new(self, rows, ruler);
        reading.flag(self, &reading.find(self), None, &mut flags);
        flags
    }
}

/// How many places there are if of those that hold one another the shortest count; `places` are in order.
pub fn occurrences(places: &[Place]) -> usize {
    let mut end = u32::MAX;
    let mut count = 0;
    let mut first = None;
    for place in places.iter().rev() {
        // Of those that begin together, the shortest comes last here.
        if first == Some(place.first) {
            if place.last < end {
                end = place.last; // in place of the one counted
            }
        } else if place.last < end {
            end = place.last;
            count += 1;
            first = Some(place.first);
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(position: u32) -> Place {
        Place { first: position, last: position, solid: true }
    }

    fn near(op: Nearness) -> Shape {
        Shape::Near(op, Box::new([Shape::Row(0), Shape::Row(1)]))
    }

    #[test]
    fn distances_count_words_and_not_the_gaps_between_paragraphs() {
        // Title: 0 1; paragraphs: 18 19 | 36 37.
        let ruler = Ruler { paragraphs: vec![18, 36], sentences: vec![18, 36] };
        let holds = |n, a, b| near(Nearness::Within(n)).any(&[vec![word(a)], vec![word(b)]], &ruler);
        assert!(holds(1, 18, 19) && holds(1, 19, 36) && holds(2, 37, 19) && !holds(1, 18, 36));
        assert!(!holds(200, 1, 18), "title and body are never near each other");
        assert!(!holds(5, 18, 18), "no word stands on both sides");
    }

    #[test]
    fn a_nested_operator_takes_its_two_ends() {
        let ruler = Ruler::default();
        let inner = near(Nearness::Within(3));
        let outer = Shape::Near(Nearness::Within(3), Box::new([inner, Shape::Row(2)]));
        let any = |third| outer.any(&[vec![word(0)], vec![word(2)], vec![word(third)]], &ruler);
        assert!(any(1) && any(5) && !any(0) && !any(2) && !any(6));
    }

    #[test]
    fn of_stretches_that_hold_one_another_the_shortest_count() {
        let place = |first, last| Place { first, last, solid: false };
        assert_eq!(occurrences(&[place(0, 5), place(1, 3), place(2, 2), place(4, 5)]), 2);
        assert_eq!(occurrences(&[place(0, 1), place(0, 3), place(2, 3)]), 2);
    }

    proptest! {
        #[test]
        fn a_glance_tells_nothing_that_a_look_does_not(
            left in prop::collection::btree_set(0u32..120, 1..6),
            right in prop::collection::btree_set(0u32..120, 1..6),
            n in 1u32..30,
            before: bool,
        ) {
            let op = if before { Nearness::Before(n) } else { Nearness::Within(n) };
            let rows = [left, right].map(|set| set.into_iter().map(word).collect::<Vec<_>>());
            // A title of ten words, then paragraphs of five words each.
            let starts: Vec<u32> = (0..5).map(|k| 26 + 21 * k).collect();
            let taken = |p: u32| p < 10 || starts.iter().any(|s| (*s..s + 5).contains(&p));
            let rows = rows.map(|row| row.into_iter().filter(|p| taken(p.first)).collect::<Vec<_>>());
            let ruler = Ruler { sentences: starts.clone(), paragraphs: starts.clone() };
            if let Some(told) = near(op).at_a_glance(&rows) {
                prop_assert_eq!(told, near(op).any(&rows, &ruler));
            }
        }
    }
}
