//! Of what an article must hold one thing for a plan to match, whatever else it holds.
//!
//! A *cover* is a set of signals: words, names, kinds of mentions. Of things that are all needed, as the words of a phrase are, the rarest
//! stands for all; of things of which any will do, all are needed in the cover. What stands under a `NOT` says nothing.

use super::super::ready::{Ready, Row, Rows};
use crate::article::Kind;
use crate::plan::shape::Shape;
use crate::plan::{EntityName, MentionTest, Nearness};

/// In what part of all articles something stands where nothing is known of it.
const OF_PATTERN: f64 = 0.1;
const OF_STEM: f64 = 0.02;
const OF_COUNTRY: f64 = 0.1;
const OF_NAME: f64 = 0.01;
const OF_KIND: f64 = 0.7;

/// Something that an article holds or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signal {
    /// A word of a list.
    List(usize),
    /// A mention with this key.
    Key(Kind, String),
    /// A mention whose key has this part.
    Part(Kind, String),
    /// A mention.
    Kind(Kind),
}

/// What a plan needs one of.
#[derive(Debug)]
pub(super) struct Cover {
    pub(super) signals: Vec<Signal>,
    /// In what part of all articles one of them stands, about.
    share: f64,
}

/// In what part of all articles the words of each list stand, about.
pub(super) fn shares(rows: &Rows, share: &dyn Fn(&str) -> f64) -> Vec<f64> {
    let mut shares = vec![0.0; rows.lists.len()];
    let mut add = |list: usize, more: f64| {
        if let Some(share) = shares.get_mut(list) {
            *share += more;
        }
    };
    for (term, lists) in &rows.terms {
        let more = share(term);
        for list in lists {
            add(*list, more);
        }
    }
    for (list, _) in &rows.tests {
        add(*list, OF_PATTERN);
    }
    // The stems of all languages together stand for one word.
    for (stem, lists) in rows.stems.iter().flatten() {
        let more = if stem.stem.len() < 4 { OF_STEM } else { OF_STEM / 16.0 };
        for list in lists {
            add(*list, more);
        }
    }
    shares
}

impl Cover {
    fn one(signal: Signal, share: f64) -> Self {
        Self { signals: vec![signal], share }
    }

    /// Of several, where each has to be met: the rarest; `None` if none of them has a cover.
    fn rarest(covers: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        covers.flatten().min_by(|a, b| a.share.total_cmp(&b.share))
    }

    /// Of several, where one has to be met: all; `None` if one of them has no cover.
    fn any(covers: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        covers.into_iter().try_fold(Self { signals: Vec::new(), share: 0.0 }, |mut all, cover| {
            let cover = cover?;
            all.share += cover.share;
            for signal in cover.signals {
                if !all.signals.contains(&signal) {
                    all.signals.push(signal);
                }
            }
            Some(all)
        })
    }

    /// The cover of a plan; `None` if there is nothing of which it needs one. A plan that matches nothing has an empty one.
    pub(super) fn of(node: &Ready, rows: &Rows, shares: &[f64]) -> Option<Self> {
        match node {
            Ready::All | Ready::Whole(_) | Ready::Places { at_least: 0, .. } => None,
            Ready::Nothing => Some(Self { signals: Vec::new(), share: 0.0 }),
            Ready::And { all, .. } => Self::rarest(all.iter().map(|child| Self::of(child, rows, shares))),
            Ready::Or(children) => Self::any(children.iter().map(|child| Self::of(child, rows, shares))),
            Ready::Places { shape, rows: (from, to), .. } => {
                Self::of_shape(shape, rows.list.get(*from..*to)?, rows, shares)
            }
            Ready::Mention { test, .. } => Some(Self::of_test(test)),
        }
    }

    fn of_shape(shape: &Shape, of: &[Row], rows: &Rows, shares: &[f64]) -> Option<Self> {
        match shape {
            Shape::Row(row) => {
                Self::rarest(of.get(*row)?.parts.iter().map(|list| Self::of_list(*list, rows, shares)))
            }
            Shape::Or(children) => {
                Self::any(children.iter().map(|child| Self::of_shape(child, of, rows, shares)))
            }
            Shape::Near(Nearness::NotWithin(_), sides) => Self::of_shape(&sides[0], of, rows, shares),
            Shape::Near(_, sides) => {
                Self::rarest(sides.iter().map(|side| Self::of_shape(side, of, rows, shares)))
            }
        }
    }

    fn of_list(list: usize, rows: &Rows, shares: &[f64]) -> Option<Self> {
        match &rows.lists.get(list)?.slot {
            Some(tests) => Self::any(tests.iter().map(|test| Some(Self::of_test(test)))),
            None => Some(Self::one(Signal::List(list), shares.get(list).copied()?)),
        }
    }

    fn of_test(test: &MentionTest) -> Self {
        match test {
            MentionTest::Entity { kind, name } => {
                let share = if *kind == Kind::Country { OF_COUNTRY } else { OF_NAME };
                let signal = match name {
                    EntityName::Key(key) => Signal::Key(*kind, key.clone()),
                    EntityName::Part(part) => Signal::Part(*kind, part.clone()),
                };
                Self::one(signal, share)
            }
            MentionTest::Any(_) | MentionTest::Quantity(_) | MentionTest::Date(_) => {
                Self::one(Signal::Kind(test.kind()), OF_KIND)
            }
        }
    }
}
