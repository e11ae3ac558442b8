//! Trains the tagger of names: `models/people.bin` from texts whose names are marked.
//!
//! `data` reads the sets; where marks are known to be noisy, what the rules find is held possible, too, so that the model
//! learns what marks and rules agree on and decides the rest by what it has seen. `augment` makes more texts of them. `chain` is the model while it is
//! trained, a linear-chain conditional random field; its weights are rounded to 8 bits at the end. One thread, no
//! random source but a fixed seed and no arithmetic that machines differ in: the same data make the same bytes.

use std::path::Path;

use dateline::extract::tagger::{MAGIC, Model};
use sha2::{Digest, Sha256};

mod augment;
mod chain;
mod data;

use chain::Chain;
use data::Set;

/// How many bits of a feature choose its row.
const BITS: u32 = 16;
/// How often all chunks are gone through.
const ROUNDS: u32 = 6;
/// The share of articles that are learnt with other names too, and of those with a headline in capitals; what their chunks
/// count, as a share of the original's.
const RENAMED: f32 = 0.5;
const SHOUTED: f32 = 0.2;
const MADE_WEIGHT: f32 = 0.5;
/// How many tables of results are made up.
const TABLES: usize = 500;
/// How far a step goes, at first.
const STEP: f32 = 0.15;

/// Trains on the sets in `folder` and writes the model to `out`; what it made, in words.
pub(crate) fn make(folder: &Path, out: &Path) -> Result<String, String> {
    let mut lessons = Vec::new();
    let mut pool = augment::Pool::default();
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    for set in data::SETS {
        let before = lessons.len();
        data::read(folder, set, |text, names| {
            pool.learn(text, names);
            data::teach(text, names, set, &mut lessons);
        })?;
        println!("{}: {} chunks", set.file, lessons.len() - before);
    }
    for set in data::SETS {
        let before = lessons.len();
        let made = Set { weight: set.weight * MADE_WEIGHT, titles: false, ..set };
        data::read(folder, set, |text, names| {
            if random.share() < RENAMED {
                let renamed = pool.renamed(text, names, &mut random);
                data::teach(&renamed.text, &renamed.names, made, &mut lessons);
            }
            if random.share() < SHOUTED
                && let Some(shouted) = augment::with_headline(text, names)
            {
                data::teach(&shouted.text, &shouted.names, made, &mut lessons);
            }
        })?;
        println!("made of {}: {} chunks", set.file, lessons.len() - before);
    }
    for _ in 0..TABLES {
        let table = pool.table(&mut random);
        data::teach(&table.text, &table.names, data::TABLES, &mut lessons);
    }
    let mut chain = Chain::new(BITS);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for round in 0..ROUNDS {
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        let step = STEP * (1.0 - 0.9 * round as f32 / ROUNDS as f32);
        for lesson in &order {
            chain.learn(&lessons[*lesson], step, &mut random);
        }
        println!("round {} of {ROUNDS}", round + 1);
    }
    let (transitions, rows) = chain.rounded();
    let bytes = Model::write(BITS, &transitions, &rows);
    assert!(bytes.starts_with(&MAGIC) && Model::read(&bytes).is_some());
    std::fs::write(out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    let sum = format!("{:x}", Sha256::digest(&bytes));
    Ok(format!("{}: {} bytes, SHA-256 {sum}", out.display(), bytes.len()))
}

/// Numbers that look random and are always the same.
pub(crate) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    /// A number from 0 to below 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}
