//! Ranks added up: mean reciprocal rank, success among the first ten, mean average precision.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use super::draw::{KINDS, Question};

/// How deep wanted articles are looked for.
pub(super) const DEPTH: usize = 50;

/// Where the wanted articles stand in a list of hits, from 1, and how many are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranks {
    found: Vec<usize>,
    wanted: usize,
}

/// The ranks of `wanted` among `ids`, the best first.
pub(super) fn ranks<'a>(ids: impl Iterator<Item = &'a str>, wanted: &BTreeSet<String>) -> Ranks {
    let found = ids.zip(1..).filter(|(id, _)| wanted.contains(*id)).map(|(_, rank)| rank).collect();
    Ranks { found, wanted: wanted.len() }
}

/// The scores of the questions of one kind, asked in one way.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Score {
    /// The mean of 1 by the rank of the first wanted article.
    pub(crate) reciprocal_rank: f64,
    /// The share of questions with a wanted article among the first ten.
    pub(crate) success: f64,
    /// The mean of the precision at each wanted article.
    pub(crate) average_precision: f64,
}

impl Score {
    fn of(all: &[Ranks]) -> Self {
        let mean =
            |value: &dyn Fn(&Ranks) -> f64| all.iter().map(value).sum::<f64>() / (all.len().max(1)) as f64;
        Self {
            reciprocal_rank: mean(&|r| r.found.first().map_or(0.0, |rank| 1.0 / *rank as f64)),
            success: mean(&|r| f64::from(u8::from(r.found.first().is_some_and(|rank| *rank <= 10)))),
            average_precision: mean(&|r| {
                let precisions = r.found.iter().zip(1u32..).map(|(rank, n)| f64::from(n) / *rank as f64);
                precisions.sum::<f64>() / r.wanted.max(1) as f64
            }),
        }
    }
}

/// The scores of one setup: for each kind of question, asked for any part and for all parts.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What was asked.
    pub(crate) name: String,
    /// By kind, then any and all.
    pub(crate) scores: [[Score; 2]; KINDS.len()],
}

/// The scores of all setups.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    titled: bool,
    articles: usize,
    seed: u64,
    counts: [usize; KINDS.len()],
    /// One a setup, the yardstick last.
    pub(crate) rows: Vec<Row>,
}

impl Table {
    pub(super) fn new(titled: bool, articles: usize, seed: u64, questions: &[Question]) -> Self {
        let counts = std::array::from_fn(|kind| questions.iter().filter(|q| q.kind == kind).count());
        Self { titled, articles, seed, counts, rows: Vec::new() }
    }

    /// Asks every question.
    pub(super) fn add(
        &mut self,
        name: String,
        questions: &[Question],
        ask: impl Fn(&Question) -> Result<[Ranks; 2], Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        let mut all: [[Vec<Ranks>; 2]; KINDS.len()] = Default::default();
        for question in questions {
            for (list, ranks) in all[question.kind].iter_mut().zip(ask(question)?) {
                list.push(ranks);
            }
        }
        let scores = all.map(|kind| kind.map(|ranks| Score::of(&ranks)));
        self.rows.push(Row { name, scores });
        Ok(())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.titled { "title and body" } else { "the body alone" };
        writeln!(
            f,
            "{} articles, {what}, seed {}: MRR / success among the first ten",
            self.articles, self.seed
        )?;
        writeln!(f, "(events: MAP / MRR)")?;
        write!(f, "{:34}", "")?;
        for (kind, count) in KINDS.iter().zip(self.counts) {
            write!(f, "| {:26}", format!("{kind} ({count})"))?;
        }
        write!(f, "\n{:34}", "")?;
        for _ in KINDS {
            write!(f, "| {:13}{:13}", "any", "all")?;
        }
        for row in &self.rows {
            write!(f, "\n{:34}", row.name)?;
            for (kind, scores) in row.scores.iter().enumerate() {
                write!(f, "| ")?;
                for score in scores {
                    let (a, b) = match kind {
                        3 => (score.average_precision, score.reciprocal_rank),
                        _ => (score.reciprocal_rank, score.success),
                    };
                    write!(f, "{:13}", format!("{a:.3} / {b:.2}"))?;
                }
            }
        }
        writeln!(f)
    }
}
