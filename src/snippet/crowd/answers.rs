//! What is found out of one article: the facts, and the answers to questions, each once, whoever asks.

use super::super::matcher::{are_there, ask_whole};
use super::super::mention::passes;
use super::super::ready::{Row, Rows};
use super::super::subject::Subject;
use super::bits::Bits;
use super::claim::{Claim, Question};
use super::{Crowd, Fillers};
use crate::article::Kind;
use crate::plan::shape::Shape;
use crate::plan::{MentionTest, Nearness};

/// What is remembered of an article.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The facts that are true.
    pub(super) facts: Bits,
    /// The questions that were answered, and those of them with yes.
    answered: Bits,
    yes: Bits,
    /// The lists of slots that were filled, and whether the mentions have their places for that.
    filled: Bits,
    placed: bool,
    /// The numbers of the mentions of each kind.
    by_kind: Vec<Vec<usize>>,
}

impl Memory {
    /// Forgets the article before, and learns the facts of this one.
    pub(super) fn begin(&mut self, crowd: &Crowd, subject: &Subject<'_>) {
        let facts = &crowd.facts;
        self.facts.clear(facts.len());
        self.answered.clear(crowd.questions.len());
        self.yes.clear(crowd.questions.len());
        self.filled.clear(crowd.rows.lists.len());
        self.placed = false;
        self.by_kind.resize(Kind::ALL.len(), Vec::new());
        self.by_kind.iter_mut().for_each(Vec::clear);
        subject.touched.iter().for_each(|list| self.facts.set(*list));
        for (mention, number) in subject.mentions.iter().zip(0..) {
            facts.of_mention(mention, &mut self.facts);
            if let Some(numbers) = self.by_kind.get_mut(mention.kind as usize) {
                numbers.push(number);
            }
        }
    }
}

/// An article that is asked about.
pub(super) struct Answers<'a, 's> {
    pub(super) rows: &'a Rows,
    pub(super) questions: &'a [Question],
    pub(super) fillers: &'a Fillers,
    pub(super) subject: &'s mut Subject<'a>,
    pub(super) memory: &'s mut Memory,
}

impl Answers<'_, '_> {
    /// Whether a plan matches.
    pub(super) fn hold(&mut self, claim: &Claim) -> bool {
        match claim {
            Claim::Always => true,
            Claim::Never => false,
            Claim::All { all, none } => {
                all.iter().all(|child| self.hold(child)) && !none.iter().any(|child| self.hold(child))
            }
            Claim::Any(children) => children.iter().any(|child| self.hold(child)),
            Claim::Fact(fact) => self.memory.facts.has(*fact),
            Claim::Question(number) => self.say(*number),
        }
    }

    /// The answer to a question.
    pub(super) fn say(&mut self, number: usize) -> bool {
        if !self.memory.answered.has(number) {
            if self.questions.get(number).is_some_and(|question| self.answer(question)) {
                self.memory.yes.set(number);
            }
            self.memory.answered.set(number);
        }
        self.memory.yes.has(number)
    }

    fn answer(&mut self, question: &Question) -> bool {
        match question {
            Question::Value(test) => self.has_value(test),
            Question::Whole(leaf) => ask_whole(leaf, self.subject),
            Question::Places { shape, rows: (from, to), at_least } => {
                let rows = self.rows.list.get(*from..*to).unwrap_or_default();
                if let (Shape::Row(_), 1, [row]) = (shape, at_least, rows)
                    && row.slots.is_empty()
                {
                    return self.subject.stands(row);
                }
                if *at_least > 0 && !self.may_stand(shape, rows) {
                    return false;
                }
                for row in rows {
                    self.fill(row);
                }
                if let (Shape::Row(row), 1) = (shape, at_least) {
                    return rows.get(*row).is_some_and(|row| self.subject.stands(row));
                }
                let places: Vec<_> = rows.iter().map(|row| self.subject.places(row)).collect();
                are_there(shape, *at_least, &places, self.subject)
            }
        }
    }

    fn has_value(&self, test: &MentionTest) -> bool {
        let numbers = self.memory.by_kind.get(test.kind() as usize).into_iter().flatten();
        let mut mentions = numbers.filter_map(|number| self.subject.mentions.get(*number));
        mentions.any(|mention| passes(mention, test))
    }

    /// Whether the words and mentions are there that a shape needs, wherever they stand.
    fn may_stand(&self, shape: &Shape, rows: &[Row]) -> bool {
        let held = |fact: &usize| self.memory.facts.has(*fact);
        match shape {
            Shape::Row(row) => rows.get(*row).is_some_and(|row| {
                row.parts.iter().all(|list| match self.fillers.get(*list).map(Vec::as_slice) {
                    None | Some([]) => held(list),
                    Some(fillers) => fillers.iter().any(held),
                })
            }),
            Shape::Or(children) => children.iter().any(|child| self.may_stand(child, rows)),
            Shape::Near(Nearness::NotWithin(_), sides) => self.may_stand(&sides[0], rows),
            Shape::Near(_, sides) => sides.iter().all(|side| self.may_stand(side, rows)),
        }
    }

    /// Fills the slots of a row.
    fn fill(&mut self, row: &Row) {
        for list in row.slots.iter().filter_map(|slot| row.parts.get(slot.part)) {
            if self.memory.filled.has(*list) {
                continue;
            }
            if !self.memory.placed {
                self.subject.place_mentions();
                self.memory.placed = true;
            }
            if let Some(what) = self.rows.lists.get(*list) {
                self.subject.fill(*list, what);
            }
            self.memory.filled.set(*list);
        }
    }
}
