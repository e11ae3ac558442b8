//! When places stand near each other: the meaning of the proximity operators.
//!
//! A *place* is a stretch of positions that something takes: a word, a phrase, a mention, or a nested operator, whose
//! place goes from the first to the last of the two places that it joins. Distances count words: two that stand side by side
//! are one word apart; the positions left free between paragraphs ([`PARAGRAPH_GAP`]) are not counted. Title and body are
//! never near each other.
//!
//! No word stands on both sides of an operator: places of words, phrases and mentions do not join where they overlap. A nested operator's place may
//! hold words of the other side between its two ends; its ends themselves are taken.

use super::node::{Nearness, Places};
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
enum Relation<'a> {
    Within(i64),
    Before(i64),
    After(i64),
    Together(&'a [u32]),
}

impl<'a> Relation<'a> {
    fn of(op: Nearness, ruler: &'a Ruler) -> Self {
        match op {
            Nearness::Within(n) | Nearness::NotWithin(n) => Self::Within(i64::from(n)),
            Nearness::Before(n) => Self::Before(i64::from(n)),
            Nearness::Sentence => Self::Together(&ruler.sentences),
            Nearness::Paragraph => Self::Together(&ruler.paragraphs),
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
struct Measured {
    place: Place,
    from: i64,
    to: i64,
    /// The words of its section, for operators that ask for one.
    section_from: i64,
    section_to: i64,
}

fn measure(places: &[Place], relation: Relation<'_>, ruler: &Ruler) -> Vec<Measured> {
    let mut at = Walk { starts: &ruler.paragraphs, passed: 0 };
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
struct Walk<'a> {
    starts: &'a [u32],
    /// Paragraphs that begin at the last position or before it.
    passed: usize,
}

impl Walk<'_> {
    fn words(&mut self, position: u32) -> i64 {
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
enum Then {
    NextRight,
    NextLeft,
    Nothing,
}

/// Calls `found` with the numbers of each pair that stands near, and goes on as it says.
fn pairs(
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
fn partnered(relation: Relation<'_>, left: &[Measured], right: &[Measured]) -> Vec<bool> {
    let mut has = vec![false; left.len()];
    pairs(relation, left, right, |l, _| {
        has[l] = true;
        Then::NextLeft
    });
    has
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

    /// Whether there is a place.
    pub fn any(&self, rows: &[Vec<Place>], ruler: &Ruler) -> bool {
        match self {
            Self::Row(number) => !rows[*number].is_empty(),
            Self::Or(children) => children.iter().any(|child| child.any(rows, ruler)),
            Self::Near(op, sides) => {
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

    /// How much there is: the sum of the weights of the places; an operator is counted by the side of which less has a
    /// partner on the other.
    pub fn weigh(&self, rows: &[Vec<Place>], ruler: &Ruler, weight: &dyn Fn(&Place) -> u32) -> u32 {
        let sum = |places: &[Place]| places.iter().map(weight).fold(0, u32::saturating_add);
        match self {
            Self::Row(number) => sum(&rows[*number]),
            Self::Or(_) => sum(&self.places(rows, ruler)),
            Self::Near(op, sides) => {
                let places = [sides[0].places(rows, ruler), sides[1].places(rows, ruler)];
                let relation = Relation::of(*op, ruler);
                let [left, right] = [0, 1].map(|side: usize| measure(&places[side], relation, ruler));
                let near = partnered(relation, &left, &right);
                let sum = |places: &[Place], near: &[bool], wanted: bool| {
                    let kept = places.iter().zip(near).filter(|(_, near)| **near == wanted);
                    kept.map(|(place, _)| weight(place)).fold(0, u32::saturating_add)
                };
                if matches!(op, Nearness::NotWithin(_)) {
                    return sum(&places[0], &near, false);
                }
                if !near.contains(&true) {
                    return 0;
                }
                let turned = partnered(relation.turned(), &right, &left);
                sum(&places[0], &near, true).min(sum(&places[1], &turned, true))
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
