//! When places stand near each other: the meaning of the proximity operators.
//!
//! A *place* is a stretch of positions that something takes: a word, a phrase, a mention, or a nested operator, whose
//! place goes from the first to the last of the two places that it joins. Distances count words: two that stand side by side
//! are one word apart; the positions left free between paragraphs ([`PARAGRAPH_GAP`]) are not counted. Title and body are
//! never near each other.
//!
//! No word stands on both sides of an operator: places of words, phrases and mentions do not join where they overlap. A nested operator's place may
//! hold words of the other side between its two ends; its ends themselves are taken.

use std::borrow::Cow;

use super::node::{Nearness, Places};
use super::pairs::{Relation, Sides, Then};
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

    fn join(self, other: Self) -> Self {
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
        match section(&self.paragraphs, position) {
            0 => i64::from(position),
            n => i64::from(position) + FAR - i64::from(n) * i64::from(PARAGRAPH_GAP),
        }
    }
}

/// How many sections begin at a position or before it.
pub(super) fn section(starts: &[u32], position: u32) -> u32 {
    u32::try_from(starts.partition_point(|s| *s <= position)).unwrap_or(u32::MAX)
}

/// Pairs of places that the operators of one question may look at in one article; each has an equal share, whatever the others
/// use. Texts made to hurt have more; then the pairs of its beginning are answered.
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
            let near = sides.partnered();
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
                let [left, right] = [0, 1].map(|side: usize| self.find(&sides[side]).places);
                let sides = self.sides(*op, &left, &right);
                if let Nearness::NotWithin(_) = op {
                    return sides.partnered().contains(&false);
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
                        let near = near.partnered();
                        part[0] =
                            near.iter().zip(&places[0][..]).map(|(near, p)| !near && is_wanted(p)).collect();
                    }
                    (_, None) => part = [near.partnered(), near.turned().partnered()],
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

    /// Whether there is a place.
    pub fn any(&self, rows: &[Vec<Place>], ruler: &Ruler) -> bool {
        Reading::new(self, rows, ruler).any(self)
    }

    /// How much there is: the sum of the weights of the places, an operator counted by those on its left that have a partner.
    pub fn weigh(&self, rows: &[Vec<Place>], ruler: &Ruler, weight: &dyn Fn(&Place) -> u32) -> u32 {
        let reading = Reading::new(self, rows, ruler);
        let sum = |places: &[Place]| places.iter().map(weight).fold(0, u32::saturating_add);
        match self {
            Self::Row(number) => sum(&rows[*number]),
            Self::Or(_) => sum(&reading.find(self).places),
            Self::Near(op, sides) => {
                let [left, right] = [0, 1].map(|side: usize| reading.find(&sides[side]).places);
                let near = reading.sides(*op, &left, &right).partnered();
                let wanted = !matches!(op, Nearness::NotWithin(_));
                let kept = left.iter().zip(near).filter(|(_, near)| *near == wanted);
                kept.map(|(place, _)| weight(place)).fold(0, u32::saturating_add)
            }
        }
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
