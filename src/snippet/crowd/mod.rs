//! Many plans, asked of one article at once.
//!
//! All plans share one [`Rows`](super::ready): each word that any of them asks for has a list, and the article is read once, every token looked
//! up once for all of them ([`words`]). A plan is asked only if the article holds one of the things of which it needs one: its *cover*
//! ([`cover`]), the rarest that does. Plans without a cover (a range of days alone, or only a `NOT`) are always asked. What fills
//! a slot is looked for when a plan is asked that has it and whose words are there.
//!
//! Nothing is scored and nothing marked: a match is a yes, the same that [`Matcher`](super::Matcher) gives.

mod cover;
mod words;

use rustc_hash::FxHashMap;

use self::cover::{Cover, Signal};
use self::words::{Known, Words};
use super::matcher::{are_there, ask_whole};
use super::mention::passes;
use super::ready::{Ready, Row, Rows};
use super::subject::Subject;
use crate::article::{Article, Kind, Mention, Reading, place};
use crate::plan::row::Stretch;
use crate::plan::shape::Shape;
use crate::plan::{Nearness, Node};
use crate::text::Token;

/// An article as it is asked about: its tokens known, its mentions in order of field and start.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// The tokens of its title.
    pub title: &'a [Token],
    /// The tokens of its body.
    pub body: &'a [Token],
}

/// Plans, by number, made ready to be asked of single articles.
#[derive(Debug)]
pub struct Crowd {
    roots: Vec<Ready>,
    rows: Rows,
    words: Words,
    /// The lists of slots of each plan.
    slots: Vec<Vec<usize>>,
    /// Who is to be asked where a list has a word.
    by_list: Vec<Vec<u32>>,
    /// Who is to be asked where somebody is named, by key and by part of a key.
    by_key: FxHashMap<Kind, FxHashMap<String, Vec<u32>>>,
    by_part: FxHashMap<Kind, FxHashMap<String, Vec<u32>>>,
    /// Who is to be asked where there is a mention of a kind.
    by_kind: Vec<Vec<u32>>,
    /// Who is always asked.
    always: Vec<u32>,
}

/// What is used again from article to article; each thread has its own.
#[derive(Debug, Default)]
pub struct Scratch {
    lists: Vec<Vec<Stretch>>,
    known: Known,
    /// When a plan became a candidate, by the number of the article.
    seen: Vec<u64>,
    article: u64,
    candidates: Vec<u32>,
    /// When a list of a slot was filled, by the number of the article.
    filled: Vec<u64>,
}

/// Has one plan asked, whatever becomes of it: is given its number and the question.
pub type Within<'a> = dyn FnMut(usize, &mut dyn FnMut() -> bool) -> bool + 'a;

impl Crowd {
    /// Makes plans ready; `share` says in what part of all articles a word stands, about, from 0 to 1: whom it says rare is asked for
    /// first. It changes no answer.
    pub fn new<'p>(plans: impl IntoIterator<Item = &'p Node>, share: &dyn Fn(&str) -> f64) -> Self {
        let mut rows = Rows::of_many();
        let roots: Vec<Ready> = plans.into_iter().map(|plan| rows.prepare(plan)).collect();
        rows.close();
        let shares = cover::shares(&rows, share);
        let mut crowd = Self {
            slots: roots.iter().map(|root| slots_of(root, &rows)).collect(),
            words: Words::new(&mut rows),
            by_list: vec![Vec::new(); rows.lists.len()],
            by_key: FxHashMap::default(),
            by_part: FxHashMap::default(),
            by_kind: vec![Vec::new(); Kind::ALL.len()],
            always: Vec::new(),
            roots: Vec::new(),
            rows,
        };
        for (root, number) in roots.iter().zip(0..) {
            let Some(cover) = Cover::of(root, &crowd.rows, &shares) else {
                crowd.always.push(number);
                continue;
            };
            for signal in cover.signals {
                let asked = match signal {
                    Signal::List(list) => crowd.by_list.get_mut(list),
                    Signal::Key(kind, key) => {
                        Some(crowd.by_key.entry(kind).or_default().entry(key).or_default())
                    }
                    Signal::Part(kind, part) => {
                        Some(crowd.by_part.entry(kind).or_default().entry(part).or_default())
                    }
                    Signal::Kind(kind) => crowd.by_kind.get_mut(kind as usize),
                };
                if let Some(asked) = asked {
                    asked.push(number);
                }
            }
        }
        crowd.roots = roots;
        crowd
    }

    /// How many plans there are.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// How many plans are asked of every article, because there is nothing of which they need one.
    pub fn always_asked(&self) -> usize {
        self.always.len()
    }

    /// The numbers of the plans that match an article, in order. `within` has each plan asked.
    pub fn matching(&self, scratch: &mut Scratch, asked: Asked<'_>, within: &mut Within<'_>) -> Vec<u32> {
        let Asked { article, mentions, title, body } = asked;
        let Scratch { lists, known, .. } = scratch;
        // Whoever was cut off left lists behind.
        let mut empty = std::mem::take(lists);
        if empty.len() != self.rows.lists.len() {
            empty = vec![Vec::new(); self.rows.lists.len()];
        }
        let look_up = self.words.in_language(article.lang.as_deref(), known);
        let mut subject = Subject::of_tokens((article, mentions), (title, body), &self.rows, empty, look_up);
        self.gather(scratch, &subject);
        let mut placed = false;
        let mut matching = Vec::new();
        for number in std::mem::take(&mut scratch.candidates) {
            let at = number as usize;
            let (Some(root), Some(slots)) = (self.roots.get(at), self.slots.get(at)) else { continue };
            if !self.may_hold(root, &subject) {
                continue;
            }
            for list in slots {
                if !placed {
                    subject.place_mentions();
                    placed = true;
                }
                let new = scratch.filled.get_mut(*list).filter(|when| **when != scratch.article);
                if let Some(when) = new {
                    *when = scratch.article;
                    if let Some(what) = self.rows.lists.get(*list) {
                        subject.fill(*list, what);
                    }
                }
            }
            if within(at, &mut || self.holds(root, &subject)) {
                matching.push(number);
            }
        }
        let touched = std::mem::take(&mut subject.touched);
        scratch.lists = subject.into_lists();
        for list in touched {
            if let Some(list) = scratch.lists.get_mut(list) {
                list.clear();
            }
        }
        matching
    }

    /// The plans that may match, in order.
    fn gather(&self, scratch: &mut Scratch, subject: &Subject<'_>) {
        let Scratch { seen, article, candidates, filled, .. } = scratch;
        seen.resize(self.roots.len(), 0);
        filled.resize(self.rows.lists.len(), 0);
        *article += 1;
        candidates.clear();
        let mut take = |numbers: &[u32]| {
            for number in numbers {
                if let Some(seen) = seen.get_mut(*number as usize).filter(|seen| **seen != *article) {
                    *seen = *article;
                    candidates.push(*number);
                }
            }
        };
        take(&self.always);
        for numbers in subject.touched.iter().filter_map(|list| self.by_list.get(*list)) {
            take(numbers);
        }
        let mut kinds = [false; Kind::ALL.len()];
        for mention in subject.mentions {
            let kind = mention.kind;
            if let Some(new) = kinds.get_mut(kind as usize).filter(|seen| !**seen) {
                *new = true;
                take(self.by_kind.get(kind as usize).map_or(&[], Vec::as_slice));
            }
            let Reading::Entity(key) = &mention.reading else { continue };
            if let Some(numbers) = self.by_key.get(&kind).and_then(|keys| keys.get(&**key)) {
                take(numbers);
            }
            let Some(parts) = self.by_part.get(&kind) else { continue };
            if kind == Kind::Place {
                for numbers in place::parts(key).filter_map(|part| parts.get(&part.concat())) {
                    take(numbers);
                }
            } else {
                for numbers in key.split(' ').filter_map(|part| parts.get(part)) {
                    take(numbers);
                }
            }
        }
        candidates.sort_unstable();
    }

    /// Whether the words are there that a plan needs, wherever they stand.
    fn may_hold(&self, node: &Ready, subject: &Subject<'_>) -> bool {
        match node {
            Ready::All | Ready::Mention { .. } | Ready::Whole(_) | Ready::Places { at_least: 0, .. } => true,
            Ready::Nothing => false,
            Ready::And { all, .. } => all.iter().all(|child| self.may_hold(child, subject)),
            Ready::Or(children) => children.iter().any(|child| self.may_hold(child, subject)),
            Ready::Places { shape, rows, .. } => {
                self.rows.list.get(rows.0..rows.1).is_some_and(|rows| self.may_stand(shape, rows, subject))
            }
        }
    }

    fn may_stand(&self, shape: &Shape, rows: &[Row], subject: &Subject<'_>) -> bool {
        match shape {
            Shape::Row(row) => rows.get(*row).is_some_and(|row| {
                let is_slot = |list: usize| self.rows.lists.get(list).is_some_and(|list| list.slot.is_some());
                row.parts.iter().all(|list| subject.has(*list) || (!row.slots.is_empty() && is_slot(*list)))
            }),
            Shape::Or(children) => children.iter().any(|child| self.may_stand(child, rows, subject)),
            Shape::Near(Nearness::NotWithin(_), sides) => self.may_stand(&sides[0], rows, subject),
            Shape::Near(_, sides) => sides.iter().all(|side| self.may_stand(side, rows, subject)),
        }
    }

    /// Whether a plan matches.
    fn holds(&self, node: &Ready, subject: &Subject<'_>) -> bool {
        match node {
            Ready::All => true,
            Ready::Nothing => false,
            Ready::And { all, none } => {
                all.iter().all(|child| self.holds(child, subject))
                    && !none.iter().any(|child| self.holds(child, subject))
            }
            Ready::Or(children) => children.iter().any(|child| self.holds(child, subject)),
            Ready::Places { shape: Shape::Row(row), rows: (from, _), at_least: 1 } => {
                self.rows.list.get(from + row).is_some_and(|row| subject.stands(row))
            }
            Ready::Places { shape, rows: (from, to), at_least } => {
                let rows = self.rows.list.get(*from..*to).unwrap_or_default();
                let rows: Vec<_> = rows.iter().map(|row| subject.places(row)).collect();
                are_there(shape, *at_least, &rows, subject)
            }
            Ready::Mention { test, .. } => subject.mentions.iter().any(|mention| passes(mention, test)),
            Ready::Whole(leaf) => ask_whole(leaf, subject),
        }
    }
}

/// The lists of the slots of a plan, each once.
fn slots_of(node: &Ready, rows: &Rows) -> Vec<usize> {
    fn collect(node: &Ready, rows: &Rows, found: &mut Vec<usize>) {
        match node {
            Ready::And { all, none } => all.iter().chain(none).for_each(|child| collect(child, rows, found)),
            Ready::Or(children) => children.iter().for_each(|child| collect(child, rows, found)),
            Ready::Places { rows: (from, to), .. } => {
                let parts = rows.list.get(*from..*to).unwrap_or_default().iter().flat_map(|row| &row.parts);
                found.extend(
                    parts.filter(|list| rows.lists.get(**list).is_some_and(|list| list.slot.is_some())),
                );
            }
            Ready::All | Ready::Nothing | Ready::Mention { .. } | Ready::Whole(_) => {}
        }
    }
    let mut found = Vec::new();
    collect(node, rows, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}
