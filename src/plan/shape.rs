//! How rows hang together by operators, and which places come of it.

use super::near::{Place, Relation, Ruler, Then, Walk, measure, pairs, partnered};
use super::node::{Nearness, Places};
use crate::text::PARAGRAPH_GAP;

/// The smallest distance of a number of `left` to another one of `right`, both in order; of those behind it alone if `behind`.
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

    /// The places, in order, each once; `rows` gives those of a row, in order.
    pub fn places(&self, rows: &[Vec<Place>], ruler: &Ruler) -> Vec<Place> {
        match self {
            Self::Row(number) => rows[*number].clone(),
            Self::Or(children) => {
                let mut all: Vec<Place> = children.iter().flat_map(|c| c.places(rows, ruler)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Self::Near(op, sides) => {
                let [left, right] = &**sides;
                joined(*op, left.places(rows, ruler), &right.places(rows, ruler), ruler)
            }
        }
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
        match self {
            Self::Row(number) => !rows[*number].is_empty(),
            Self::Or(children) => children.iter().any(|child| child.any(rows, ruler)),
            Self::Near(op, sides) => {
                if let Some((left, right, n)) = single_words(*op, sides, rows) {
                    let (mut a, mut b) = (Walk::new(ruler), Walk::new(ruler));
                    let left = left.iter().map(|place| a.words(place.first));
                    let right = right.iter().map(|place| b.words(place.first));
                    return smallest_gap(left, right, matches!(op, Nearness::Before(_))) <= n;
                }
                let [left, right] = &**sides;
                let (left, right) = (left.places(rows, ruler), right.places(rows, ruler));
                let relation = Relation::of(*op, ruler);
                let (left, right) = (measure(&left, relation, ruler), measure(&right, relation, ruler));
                if let Nearness::NotWithin(_) = op {
                    return partnered(relation, &left, &right).contains(&false);
                }
                let mut any = false;
                pairs(relation, &left, &right, |_, _| {
                    any = true;
                    Then::Nothing
                });
                any
            }
        }
    }

    /// Which places of which rows take part in a place of the whole; a list of flags a row.
    pub fn reasons(&self, rows: &[Vec<Place>], ruler: &Ruler) -> Vec<Vec<bool>> {
        let mut flags: Vec<Vec<bool>> = rows.iter().map(|row| vec![false; row.len()]).collect();
        self.flag(rows, ruler, None, &mut flags);
        flags
    }

    /// Flags what takes part in the places of `wanted` (in order), or in any.
    fn flag(&self, rows: &[Vec<Place>], ruler: &Ruler, wanted: Option<&[Place]>, flags: &mut [Vec<bool>]) {
        let is_wanted = |place: &Place| wanted.is_none_or(|wanted| wanted.binary_search(place).is_ok());
        match self {
            Self::Row(number) => {
                for (place, flag) in rows[*number].iter().zip(&mut flags[*number]) {
                    *flag |= is_wanted(place);
                }
            }
            Self::Or(children) => {
                for child in children {
                    child.flag(rows, ruler, wanted, flags);
                }
            }
            Self::Near(op, sides) => {
                let places = [sides[0].places(rows, ruler), sides[1].places(rows, ruler)];
                let relation = Relation::of(*op, ruler);
                let [left, right] = [0, 1].map(|side: usize| measure(&places[side], relation, ruler));
                let mut part = [vec![false; left.len()], vec![false; right.len()]];
                match (op, wanted) {
                    (Nearness::NotWithin(_), _) => {
                        let near = partnered(relation, &left, &right);
                        part[0] =
                            near.iter().zip(&places[0]).map(|(near, p)| !near && is_wanted(p)).collect();
                    }
                    (_, None) => {
                        part =
                            [partnered(relation, &left, &right), partnered(relation.turned(), &right, &left)];
                    }
                    (_, Some(_)) => pairs(relation, &left, &right, |l, r| {
                        if is_wanted(&places[0][l].join(places[1][r])) {
                            part[0][l] = true;
                            part[1][r] = true;
                        }
                        Then::NextRight
                    }),
                }
                for side in 0..2 {
                    let kept: Vec<Place> = places[side]
                        .iter()
                        .zip(&part[side])
                        .filter(|(_, keep)| **keep)
                        .map(|(p, _)| *p)
                        .collect();
                    sides[side].flag(rows, ruler, Some(&kept), flags);
                }
            }
        }
    }
}

/// The places of an operator, in order, each once.
fn joined(op: Nearness, left: Vec<Place>, right: &[Place], ruler: &Ruler) -> Vec<Place> {
    let relation = Relation::of(op, ruler);
    let (l, r) = (measure(&left, relation, ruler), measure(right, relation, ruler));
    if let Nearness::NotWithin(_) = op {
        let near = partnered(relation, &l, &r);
        return left.into_iter().zip(near).filter(|(_, near)| !near).map(|(place, _)| place).collect();
    }
    let mut found = Vec::new();
    pairs(relation, &l, &r, |l, r| {
        found.push(left[l].join(right[r]));
        Then::NextRight
    });
    found.sort_unstable();
    found.dedup();
    found
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
