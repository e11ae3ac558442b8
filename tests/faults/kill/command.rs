//! `dateline index --resume`, killed and begun again until it has come to its end.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::corpus::{self, Operation, Random, article, line, operation};
use crate::model::{State, damage, dump, held};
use crate::process::{Silence, Watched, program};

/// Records of the input: those of a file, of another, and of a pipe.
const PARTS: [u64; 3] = [150, 250, 700];
/// So long the pipe takes, so that the run commits several times on the way, as often as it can: once a second.
const SLOW: Duration = Duration::from_millis(3300);
/// The longest that a run may take.
const LIMIT: Duration = Duration::from_secs(60);
/// Runs at the same time; they wait for their input most of the time.
const AT_ONCE: usize = 4;

#[test]
fn a_killed_run_goes_on_and_ends_as_if_nothing_had_been() {
    let (trials, seed) = (corpus::trials(8).div_ceil(4), corpus::seed());
    println!("seed {seed}, every fourth trial of kill");
    let (begun, counts) = (Instant::now(), Counts::default());
    std::thread::scope(|scope| {
        for part in 0..AT_ONCE.min(trials) {
            let counts = &counts;
            scope.spawn(move || {
                let mut random = Random::new(seed, 1000 + part as u64);
                while counts.trials.load(Ordering::Relaxed) < trials {
                    if let Err(what) = row(&mut random, counts, trials) {
                        counts.bad.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let bad = counts.bad.into_inner().unwrap();
    for bad in &bad {
        println!("bad: {bad}");
    }
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    println!(
        "kill -9 of the program: {} trials, {} killed, {} before the first commit, {} after it; {} runs came to their end; {:.0} ms a trial; {} bad",
        count(&counts.trials),
        count(&counts.killed),
        count(&counts.killed) - count(&counts.later),
        count(&counts.later),
        count(&counts.whole),
        begun.elapsed().as_secs_f64() * 1e3 / trials as f64,
        bad.len(),
    );
    assert!(bad.is_empty());
}

#[derive(Default)]
struct Counts {
    trials: AtomicUsize,
    killed: AtomicUsize,
    /// After something had been said to be committed.
    later: AtomicUsize,
    whole: AtomicUsize,
    bad: Mutex<Vec<String>>,
}

/// The input of a run: files, and what is sent after them.
struct Inputs {
    seed: u64,
    files: Vec<PathBuf>,
    sent: Vec<String>,
}

impl Inputs {
    fn new(folder: &Path, seed: u64) -> Self {
        let all: u64 = PARTS.iter().sum();
        let lines: Vec<String> = (0..all)
            .map(|number| match operation(seed, number, false) {
                Operation::Put { id, version } => line(&article(seed, &id, version)),
                Operation::Delete { .. } => unreachable!(),
            })
            .collect();
        let mut rest = lines.as_slice();
        let mut files = Vec::new();
        for (number, records) in PARTS.iter().take(2).enumerate() {
            let (these, others) = rest.split_at(usize::try_from(*records).unwrap());
            let file = folder.join(format!("{number}.jsonl"));
            std::fs::write(&file, these.concat()).unwrap();
            files.push(file);
            rest = others;
        }
        Self { seed, files, sent: rest.to_vec() }
    }

    /// Starts a run over them; what is sent comes slowly from the record on that no run has seen yet.
    fn start(&self, index: &Path, seen: u64) -> Watched {
        let mut command = program(index);
        command.args(["-v", "index", "--commit-every", "1", "--resume", "--input-format", "jsonl"]);
        command.args(["--memory", "15", "--threads", "2"]).args(&self.files).arg("-").stdin(Stdio::piped());
        let mut run = Watched::errors(&mut command);
        let mut pipe = run.child.stdin.take().unwrap();
        let sent = self.sent.clone();
        let at_once = usize::try_from(seen.saturating_sub(PARTS[0] + PARTS[1])).unwrap();
        std::thread::spawn(move || {
            let slow = (sent.len() / 20).max(1);
            for (number, piece) in sent.chunks(slow).enumerate() {
                if number * slow >= at_once {
                    std::thread::sleep(SLOW / 20);
                }
                // Nobody reads any more if the run has been killed.
                if pipe.write_all(piece.concat().as_bytes()).is_err() {
                    return;
                }
            }
        });
        run
    }
}

/// Runs on one index until one comes to its end.
fn row(random: &mut Random, counts: &Counts, trials: usize) -> Result<(), String> {
    let folder = corpus::folder();
    let index = folder.path().join("index");
    let inputs = Inputs::new(folder.path(), random.next());
    let mut acknowledged = 0;
    loop {
        // Once there have been enough, it may come to its end.
        let enough = counts.trials.fetch_add(1, Ordering::Relaxed) >= trials;
        let after = if enough { LIMIT } else { Duration::from_millis(random.below(4500) as u64) };
        let whole = trial(&index, &inputs, &mut acknowledged, after, counts);
        let whole = whole.map_err(|what| format!("run of {}: {what}", inputs.seed))?;
        if let Some(damage) = damage(&index).filter(|_| acknowledged > 0) {
            return Err(format!("check: {damage}"));
        }
        if whole {
            counts.whole.fetch_add(1, Ordering::Relaxed);
            return same_as_uninterrupted(&index, &inputs);
        }
        if acknowledged > 0 || index.join("manifest.json").exists() {
            let held = held(&index).map_err(|what| format!("run of {}: {what}", inputs.seed))?;
            no_older(&held, inputs.seed, acknowledged)?;
        }
    }
}

/// One run, killed after a time; whether it came to its end before.
fn trial(
    index: &Path,
    inputs: &Inputs,
    acknowledged: &mut u64,
    after: Duration,
    counts: &Counts,
) -> Result<bool, String> {
    let (born, run) = (Instant::now(), inputs.start(index, *acknowledged));
    let mut said = Vec::new();
    while let Some(left) = after.checked_sub(born.elapsed()) {
        match run.line(left) {
            Ok(line) => said.push(line),
            Err(Silence::Hung | Silence::Ended) => break,
        }
    }
    let (rest, ended) = run.kill();
    said.extend(rest);
    let mut from = 0;
    for line in &said {
        if let Some(rest) = line.strip_prefix("going on after record ") {
            from = spot(rest, inputs).ok_or_else(|| format!("it went on elsewhere: {line}"))?;
            if from < *acknowledged {
                return Err(format!("it goes on from {from}, and had acknowledged {acknowledged}"));
            }
        }
        let committed =
            line.strip_prefix("committed ").and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok());
        if let Some(committed) = committed {
            *acknowledged = (*acknowledged).max(from + committed);
        }
    }
    match ended {
        Some(status) if status.success() => return Ok(true),
        Some(status) => return Err(format!("it ended with {status}: {}", said.join(" | "))),
        None => {}
    }
    counts.killed.fetch_add(1, Ordering::Relaxed);
    counts
        .later
        .fetch_add(usize::from(said.iter().any(|line| line.starts_with("committed "))), Ordering::Relaxed);
    Ok(false)
}

/// The number of a record among all, from how a run names it: `12 of FILE`.
fn spot(said: &str, inputs: &Inputs) -> Option<u64> {
    let (record, input) = said.split_once(" of ")?;
    let number = inputs.files.iter().position(|file| file.to_str() == Some(input));
    let number = number.or((input == "-").then_some(inputs.files.len()))?;
    Some(PARTS.iter().take(number).sum::<u64>() + record.parse::<u64>().ok()?)
}

/// Every article that was acknowledged is there as it was then, or in a version that came later. A run that goes on does some records once
/// more, so the whole need not be what the first so many records come to.
fn no_older(held: &State, seed: u64, acknowledged: u64) -> Result<(), String> {
    for (id, version) in crate::model::after(seed, acknowledged, false) {
        let now = held.get(&id);
        if now.is_none_or(|now| *now < version) {
            return Err(format!("{id} was acknowledged as version {version} and is {now:?}"));
        }
    }
    let all = PARTS.iter().sum();
    for (id, version) in held {
        let written = Operation::Put { id: id.clone(), version: *version };
        if *version >= all || operation(seed, *version, false) != written {
            return Err(format!("version {version} of {id} was never written"));
        }
    }
    Ok(())
}

fn same_as_uninterrupted(index: &Path, inputs: &Inputs) -> Result<(), String> {
    let folder = corpus::folder();
    let other = folder.path().join("index");
    let ended = inputs.start(&other, u64::MAX).end(LIMIT);
    if !ended.as_ref().is_ok_and(|(_, status)| status.success()) {
        return Err(format!("an uninterrupted run: {ended:?}"));
    }
    if dump(index)? == dump(&other)? {
        Ok(())
    } else {
        Err("it is not the same as an uninterrupted run".to_owned())
    }
}
