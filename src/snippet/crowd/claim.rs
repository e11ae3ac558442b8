//! A plan as a crowd asks it: what is a fact is looked up, and what is a question is answered once an article, whoever asks it.

use rustc_hash::FxHashMap;

use super::super::ready::{Ready, Row, Rows};
use super::Fillers;
use super::facts::Facts;
use crate::plan::shape::Shape;
use crate::plan::{Leaf, MentionTest, Nearness};

/// A plan.
#[derive(Debug)]
pub(super) enum Claim {
    Always,
    Never,
    All {
        all: Vec<Claim>,
        none: Vec<Claim>,
    },
    Any(Vec<Claim>),
    /// By number, true as soon as the article has been read.
    Fact(usize),
    /// By number.
    Question(usize),
}

/// What takes some looking.
#[derive(Debug)]
pub(super) enum Question {
    /// Whether a mention has such a value.
    Value(MentionTest),
    /// Whether the article as a whole is such.
    Whole(Leaf),
    /// Whether rows hang together as `shape` says, so often; the numbers of the first one and of the first after the last.
    Places { shape: Shape, rows: (usize, usize), at_least: usize },
}

/// All questions of some plans, each once.
#[derive(Debug)]
pub(super) struct Claims<'r> {
    rows: &'r Rows,
    pub(super) facts: Facts,
    /// By number.
    pub(super) questions: Vec<Question>,
    numbers: FxHashMap<String, usize>,
    pub(super) fillers: Fillers,
}

impl<'r> Claims<'r> {
    /// Begins with the facts of the lists.
    pub(super) fn new(rows: &'r Rows, mut facts: Facts) -> Self {
        let mut of = |test| facts.of_test(test).0;
        let fillers =
            rows.lists.iter().map(|list| list.slot.iter().flatten().map(&mut of).collect()).collect();
        Self { rows, facts, questions: Vec::new(), numbers: FxHashMap::default(), fillers }
    }

    pub(super) fn rows(&self) -> &'r Rows {
        self.rows
    }

    /// Takes a plan up.
    pub(super) fn take(&mut self, plan: Ready) -> Claim {
        match plan {
            Ready::All => Claim::Always,
            Ready::Nothing => Claim::Never,
            Ready::And { all, none } => {
                let mut all: Vec<Claim> = all.into_iter().map(|child| self.take(child)).collect();
                all.sort_by_key(|claim| self.cost(claim));
                Claim::All { all, none: none.into_iter().map(|child| self.take(child)).collect() }
            }
            Ready::Or(children) => Claim::Any(children.into_iter().map(|child| self.take(child)).collect()),
            Ready::Places { shape, rows, at_least } => match (&shape, self.row(&shape, rows.0), at_least) {
                (Shape::Row(_), Some(Row { parts, .. }), 1) if parts.len() == 1 && self.is_word(parts) => {
                    Claim::Fact(parts.first().copied().unwrap_or_default())
                }
                _ => {
                    let of = self.rows.list.get(rows.0..rows.1).unwrap_or_default();
                    let of: Vec<_> = of.iter().map(|row| (&row.parts, row.slop)).collect();
                    let key = format!("{shape:?} {of:?} {at_least}");
                    self.question(key, Question::Places { shape, rows, at_least })
                }
            },
            Ready::Mention { test, .. } => match self.facts.of_test(&test) {
                (fact, true) => Claim::Fact(fact),
                (_, false) => self.question(format!("{test:?}"), Question::Value(test)),
            },
            Ready::Whole(leaf) => self.question(format!("{leaf:?}"), Question::Whole(leaf)),
        }
    }

    fn row(&self, shape: &Shape, first: usize) -> Option<&'r Row> {
        match shape {
            Shape::Row(row) => self.rows.list.get(first + row),
            _ => None,
        }
    }

    fn is_word(&self, parts: &[usize]) -> bool {
        parts.iter().all(|list| self.fillers.get(*list).is_some_and(Vec::is_empty))
    }

    fn question(&mut self, key: String, question: Question) -> Claim {
        let new = self.questions.len();
        let number = *self.numbers.entry(key).or_insert(new);
        if number == new {
            self.questions.push(question);
        }
        Claim::Question(number)
    }

    /// What is asked first.
    fn cost(&self, claim: &Claim) -> u8 {
        match claim {
            Claim::Always | Claim::Never | Claim::Fact(_) => 0,
            Claim::Question(number) => match self.questions.get(*number) {
                Some(Question::Places { shape: Shape::Row(_), .. }) => 2,
                Some(Question::Places { .. }) => 3,
                _ => 1,
            },
            Claim::All { .. } | Claim::Any(_) => 2,
        }
    }

    /// The facts without which a plan cannot match, the rarest first; and what is to be asked where all of them are true, if anything.
    pub(super) fn needs(&self, claim: Claim) -> (Vec<usize>, Option<Claim>) {
        let mut needs = Vec::new();
        let enough = self.add_needs(&claim, &mut needs);
        needs.sort_unstable();
        needs.dedup();
        needs.sort_by(|a, b| self.facts.share(*a).total_cmp(&self.facts.share(*b)));
        (needs, (!enough).then(|| rest(claim)))
    }

    fn add_needs(&self, claim: &Claim, needs: &mut Vec<usize>) -> bool {
        match claim {
            Claim::Always => true,
            Claim::Never | Claim::Any(_) => false,
            Claim::Fact(fact) => {
                needs.push(*fact);
                true
            }
            Claim::All { all, none } => {
                let mut enough = none.is_empty();
                for child in all {
                    enough &= self.add_needs(child, needs);
                }
                enough
            }
            Claim::Question(number) => {
                match self.questions.get(*number) {
                    Some(Question::Places { shape, rows, at_least: 1.. }) => {
                        let rows = self.rows.list.get(rows.0..rows.1).unwrap_or_default();
                        self.add_needs_of(shape, rows, needs);
                    }
                    Some(Question::Value(test)) => needs.extend(self.facts.known(test)),
                    _ => {}
                }
                false
            }
        }
    }

    fn add_needs_of(&self, shape: &Shape, rows: &[Row], needs: &mut Vec<usize>) {
        match shape {
            Shape::Row(row) => {
                for list in rows.get(*row).into_iter().flat_map(|row| &row.parts) {
                    match self.fillers.get(*list).map(Vec::as_slice) {
                        Some([]) => needs.push(*list),
                        Some([only]) => needs.push(*only),
                        _ => {}
                    }
                }
            }
            Shape::Or(_) => {}
            Shape::Near(Nearness::NotWithin(_), sides) => self.add_needs_of(&sides[0], rows, needs),
            Shape::Near(_, sides) => sides.iter().for_each(|side| self.add_needs_of(side, rows, needs)),
        }
    }
}

/// What is left to be asked of a plan whose needs are met.
fn rest(claim: Claim) -> Claim {
    let Claim::All { mut all, none } = claim else { return claim };
    all.retain(|child| !matches!(child, Claim::Fact(_)));
    match all.pop() {
        Some(only) if all.is_empty() && none.is_empty() => only,
        last => {
            all.extend(last);
            Claim::All { all, none }
        }
    }
}
