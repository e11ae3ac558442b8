//! Of what an article must hold one thing for a plan to match, whatever else it holds.
//!
//! A *cover* is a set of facts: words, names, kinds of mentions. Of things that are all needed, as the words of a phrase are, the rarest
//! stands for all; of things of which any will do, all are needed in the cover. What stands under a `NOT` says nothing.

use super::super::ready::{Row, Rows};
use super::claim::{Claim, Claims, Question};
use crate::plan::Nearness;
use crate::plan::shape::Shape;

/// In what part of all articles something stands where nothing is known of it.
const OF_PATTERN: f64 = 0.1;
const OF_STEM: f64 = 0.02;

/// What a plan needs one of.
#[derive(Debug)]
pub(super) struct Cover {
    pub(super) facts: Vec<usize>,
    /// In what part of all articles one of them is true, about.
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
    /// Of several, where each has to be met: the rarest; `None` if none of them has a cover.
    fn rarest(covers: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        covers.flatten().min_by(|a, b| a.share.total_cmp(&b.share))
    }

    /// Of several, where one has to be met: all; `None` if one of them has no cover.
    fn any(covers: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        covers.into_iter().try_fold(Self { facts: Vec::new(), share: 0.0 }, |mut all, cover| {
            let cover = cover?;
            all.share += cover.share;
            for fact in cover.facts {
                if !all.facts.contains(&fact) {
                    all.facts.push(fact);
                }
            }
            Some(all)
        })
    }
}

impl Claims<'_> {
    /// The cover of a plan; `None` if there is nothing of which it needs one. A plan that matches nothing has an empty one.
    pub(super) fn cover(&self, claim: &Claim) -> Option<Cover> {
        match claim {
            Claim::Always => None,
            Claim::Never => Some(Cover { facts: Vec::new(), share: 0.0 }),
            Claim::All { all, .. } => Cover::rarest(all.iter().map(|child| self.cover(child))),
            Claim::Any(children) => Cover::any(children.iter().map(|child| self.cover(child))),
            Claim::Fact(fact) => self.cover_of_any(&[*fact]),
            Claim::Question(number) => match self.questions.get(*number)? {
                Question::Whole(_) | Question::Places { at_least: 0, .. } => None,
                Question::Places { shape, rows: (from, to), .. } => {
                    self.cover_of(shape, self.rows().list.get(*from..*to)?)
                }
                Question::Value(test) => self.cover_of_any(&[self.facts.known(test)?]),
            },
        }
    }

    fn cover_of(&self, shape: &Shape, rows: &[Row]) -> Option<Cover> {
        match shape {
            Shape::Row(row) => {
                let lists = rows.get(*row)?.parts.iter();
                Cover::rarest(lists.map(|list| match self.fillers.get(*list).map(Vec::as_slice) {
                    None | Some([]) => self.cover_of_any(&[*list]),
                    Some(fillers) => self.cover_of_any(fillers),
                }))
            }
            Shape::Or(children) => Cover::any(children.iter().map(|child| self.cover_of(child, rows))),
            Shape::Near(Nearness::NotWithin(_), sides) => self.cover_of(&sides[0], rows),
            Shape::Near(_, sides) => Cover::rarest(sides.iter().map(|side| self.cover_of(side, rows))),
        }
    }

    fn cover_of_any(&self, facts: &[usize]) -> Option<Cover> {
        let each = |fact: &usize| Some(Cover { facts: vec![*fact], share: self.facts.share(*fact) });
        Cover::any(facts.iter().map(each))
    }
}
