//! Processes that write are killed at any moment, and nothing that was acknowledged is lost or there twice.
//!
//! A child does a row of operations on an index and says what it is doing and what is acknowledged. The parent kills it, either at any moment
//! of its life or a while after it began to do a certain thing; then the index must hold exactly what the operations up to the last commit come
//! to, or up to the one that was under way, and the next child goes on from there. [`command`] does the same to the program.

mod command;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dateline::index::{IndexError, Writer, WriterOptions};
use dateline::ingest::Pipeline;

use super::corpus::{self, Operation, Random, article, operation};
use super::model::{after, damage, difference, dump, held};
use super::process::{Silence, Watched, say, this};

/// Operations of a child's life at most, and of all that are done to an index.
const LIFE: usize = 80;
const WHOLE: u64 = 600;
/// The longest that a child may say nothing.
const LIMIT: Duration = Duration::from_secs(30);

/// What a child may be doing when it is killed.
const DOING: [&str; 5] = ["open", "add", "commit", "merge", "close"];

#[test]
fn a_killed_writer_loses_nothing_and_doubles_nothing() {
    let (trials, seed) = (corpus::trials(12), corpus::seed());
    println!("seed {seed}");
    let begun = Instant::now();
    let mut counts = Counts::default();
    let mut part = 0;
    while counts.trials < trials {
        part += 1;
        row(&mut Random::new(seed, part), &mut counts, trials);
    }
    counts.bad.iter().for_each(|bad| println!("bad: {bad}"));
    println!(
        "kill -9: {} trials, {} killed ({}), {} of them with files half written; {} runs came to their end; {:.0} ms a trial; {} bad",
        counts.trials,
        counts.killed.values().sum::<usize>(),
        counts.killed.iter().map(|(doing, n)| format!("{doing} {n}")).collect::<Vec<_>>().join(", "),
        counts.half,
        counts.whole,
        begun.elapsed().as_secs_f64() * 1e3 / trials as f64,
        counts.bad.len(),
    );
    assert!(counts.bad.is_empty());
}

#[derive(Default)]
struct Counts {
    trials: usize,
    /// By what the child was doing.
    killed: BTreeMap<String, usize>,
    /// Files that belonged to no segment were there afterwards.
    half: usize,
    /// Rows that were compared with an uninterrupted one.
    whole: usize,
    bad: Vec<String>,
    /// How long a child does a thing, in microseconds, as far as is known; `life` for all of it.
    spent: BTreeMap<String, f64>,
}

impl Counts {
    /// A time between none and what a thing takes as a rule.
    fn moment(&self, of: &str, random: &mut Random) -> Duration {
        let usual = self.spent.get(of).copied().unwrap_or(20_000.0);
        Duration::from_secs_f64(usual * 1.1e-6 * random.below(1000) as f64 / 1000.0)
    }

    fn took(&mut self, what: &str, time: Duration) {
        let micros = time.as_micros() as f64;
        let usual = self.spent.entry(what.to_owned()).or_insert(micros);
        *usual += (micros - *usual) / 8.0;
    }
}

/// Children on one index, until all operations are done.
fn row(random: &mut Random, counts: &mut Counts, trials: usize) {
    let folder = corpus::folder();
    let index = folder.path().join("index");
    let seed = random.next();
    let mut done = 0;
    while done < WHOLE && counts.trials < trials {
        counts.trials += 1;
        let until = WHOLE.min(done + 20 + random.below(LIFE) as u64);
        let life = trial(&index, seed, (done, until), random, counts);
        half(&index, counts);
        match life.and_then(|life| stands(&index, seed, done, &life)) {
            Ok(now) => done = now,
            Err(what) => {
                counts
                    .bad
                    .push(format!("trial {}, operations {done} to {until} of {seed}: {what}", counts.trials));
                return;
            }
        }
    }
    if done == WHOLE {
        counts.whole += 1;
        if let Err(what) = same_as_uninterrupted(&index, seed) {
            counts.bad.push(format!("operations of {seed}: {what}"));
        }
    }
}

/// What became known of a child's life.
#[derive(Debug, Default)]
pub(crate) struct Life {
    /// Operations that were acknowledged, and those that a commit under way would have acknowledged.
    acknowledged: Option<u64>,
    attempted: Option<u64>,
    doing: Option<String>,
}

impl From<(u64, u64)> for Life {
    fn from((acknowledged, attempted): (u64, u64)) -> Self {
        Self { acknowledged: Some(acknowledged), attempted: Some(attempted), doing: None }
    }
}

impl Life {
    fn heard(&mut self, line: &str) -> Result<(), String> {
        let (what, number) = line.split_once(' ').unwrap_or((line, ""));
        let number = number.parse().ok();
        match what {
            "done" => self.acknowledged = number,
            "failed" => return Err(format!("it failed: {line}")),
            _ => {
                self.attempted = number.or(self.attempted);
                self.doing = Some(what.to_owned());
            }
        }
        Ok(())
    }
}

/// One child and its end.
fn trial(
    index: &Path,
    seed: u64,
    (from, until): (u64, u64),
    random: &mut Random,
    counts: &mut Counts,
) -> Result<Life, String> {
    let aim = if random.below(5) < 2 { "life" } else { random.pick(&DOING) };
    // The first time or the second that it does so.
    let mut times = if matches!(aim, "open" | "close") { 1 } else { 1 + random.below(2) };
    let mut left = Some(counts.moment(aim, random)).filter(|_| aim == "life");
    let child = Watched::this(&mut writing(index, seed, from, until));
    let (mut life, born, mut since) = (Life::default(), Instant::now(), Instant::now());
    let mut end = left.map(|left| born + left);
    loop {
        let limit = end.map_or(LIMIT, |end| end.saturating_duration_since(Instant::now()));
        match child.line(limit) {
            Ok(line) => {
                if let Some(before) = life.doing.take() {
                    counts.took(&before, since.elapsed());
                    since = Instant::now();
                }
                life.heard(&line)?;
                if end.is_none() && life.doing.as_deref() == Some(aim) {
                    times -= 1;
                    if times == 0 {
                        left = Some(counts.moment(aim, random));
                        end = left.map(|left| Instant::now() + left);
                    }
                }
            }
            Err(Silence::Hung) if end.is_some() => break,
            Err(Silence::Hung) => return Err(format!("stuck while it was to {:?}", life.doing)),
            Err(Silence::Ended) => {
                counts.took("life", born.elapsed());
                break;
            }
        }
    }
    let (rest, ended) = child.kill();
    rest.iter().try_for_each(|line| life.heard(line))?;
    match ended {
        None => {
            *counts.killed.entry(life.doing.clone().unwrap_or_else(|| "start".to_owned())).or_default() += 1;
        }
        Some(status) if !status.success() => return Err(format!("it ended with {status}")),
        Some(_) => {}
    }
    Ok(life)
}

/// Counts what was left half written, before the next writer clears it away.
fn half(index: &Path, counts: &mut Counts) {
    let noted = dateline::index::check(index).is_ok_and(|checked| !checked.notes.is_empty());
    let files = std::fs::read_dir(index.join("segments")).into_iter().flatten().flatten();
    let temporary = files.filter(|file| file.file_name().to_string_lossy().starts_with(".tmp")).count();
    counts.half += usize::from(noted || temporary > 0);
}

/// Holds an index against what its operations come to; how many of them stand.
pub(crate) fn stands(index: &Path, seed: u64, before: u64, life: &Life) -> Result<u64, String> {
    let acknowledged = life.acknowledged.unwrap_or(before);
    let attempted = life.attempted.unwrap_or(acknowledged).max(acknowledged);
    if !index.join("manifest.json").exists() && acknowledged == 0 {
        return Ok(0); // killed before there was an index
    }
    if let Some(damage) = damage(index) {
        return Err(format!("check: {damage}"));
    }
    let held = held(index)?;
    for operations in [attempted, acknowledged] {
        let expected = after(seed, operations, true);
        match difference(&held, &expected) {
            None => return Ok(operations),
            Some(what) if operations == acknowledged => {
                return Err(format!("{what}, after {acknowledged} operations ({attempted} attempted)"));
            }
            Some(_) => {}
        }
    }
    unreachable!()
}

fn same_as_uninterrupted(index: &Path, seed: u64) -> Result<(), String> {
    let folder = corpus::folder();
    let other = folder.path().join("index");
    write(&other, seed, 0, WHOLE, &|_| ()).map_err(|e| e.to_string())?;
    if dump(index)? == dump(&other)? {
        Ok(())
    } else {
        Err("it is not the same as an uninterrupted run".to_owned())
    }
}

/// What a child is told by its environment.
fn writing(index: &Path, seed: u64, from: u64, until: u64) -> Command {
    let mut command = this("kill::writes_until_it_is_killed");
    command.env("FAULTS_WRITE", index).env("FAULTS_SEED", seed.to_string());
    command.env("FAULTS_FROM", from.to_string()).env("FAULTS_UNTIL", until.to_string());
    command
}

/// The child.
#[test]
fn writes_until_it_is_killed() {
    let Some(index) = std::env::var_os("FAULTS_WRITE") else { return };
    let number = |name| corpus::number(name).unwrap();
    let (seed, from, until) = (number("FAULTS_SEED"), number("FAULTS_FROM"), number("FAULTS_UNTIL"));
    if let Err(error) = write(Path::new(&index), seed, from, until, &say) {
        say(&format!("failed {error}"));
    }
}

/// Does operations, and says what it is doing; how often it commits and merges follows from the seed.
pub(crate) fn write(
    index: &Path,
    seed: u64,
    from: u64,
    until: u64,
    say: &dyn Fn(&str),
) -> Result<(), IndexError> {
    say("open");
    let mut writer = Writer::open(index, &WriterOptions { memory: 1_000_000, ..WriterOptions::default() })?;
    let pipeline = Pipeline::default();
    let mut random = Random::new(seed, from ^ until);
    say("add");
    for number in from..until {
        match operation(seed, number, true) {
            Operation::Put { id, version } => {
                let marked = pipeline.mark_article(article(seed, &id, version));
                writer.upsert(marked.prepare(writer.weights())?)?;
            }
            Operation::Delete { id } => {
                writer.delete(&id)?;
            }
        }
        let done = number + 1;
        if random.below(60) == 0 {
            say(&format!("merge {done}"));
            writer.merge()?;
        } else if writer.wants_commit() || random.below(12) == 0 {
            say(&format!("commit {done}"));
            writer.commit()?;
        } else {
            continue;
        }
        say(&format!("done {done}"));
        say("add");
    }
    say(&format!("close {until}"));
    writer.finish()?;
    say(&format!("done {until}"));
    Ok(())
}
