//! Files that are not as they were written: `check` names each, and what is asked without a check is answered rightly or refused.
//!
//! Each trial changes one file of an index at random (two, where they are swapped), checks, asks, and puts it back. What is asked through the
//! library is asked by a process of its own ([`asker`]), which may come to grief; one question a trial goes to the program.

mod asker;
mod change;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::index::{Writer, WriterOptions, check};
use dateline::ingest::Pipeline;

use super::corpus::{self, Random, article};
use super::process::{Watched, program};
use asker::{Answer, Asker, QUESTIONS};
use change::Change;

/// The longest that a question may take.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn every_changed_file_is_named_and_answers_are_right_or_refused() {
    let (trials, seed) = (corpus::trials(30), corpus::seed());
    println!("seed {seed}");
    let (begun, mut random) = (Instant::now(), Random::new(seed, 3));
    let folder = corpus::folder();
    let mut counts = Counts::default();
    // The small one is looked at as a whole when it is opened.
    for (name, operations, trials) in [("large", 1200, trials - trials / 4), ("small", 60, trials / 4)] {
        let place = Place::new(&folder.path().join(name), operations, seed);
        let all: u64 = place.files.values().map(|bytes| bytes.len() as u64).sum();
        let of = |kind: &str| place.files.keys().filter(|file| change::kind(file) == kind).count();
        let (segments, deletions) = (of("store"), of("del"));
        println!(
            "{name}: {} files, {all} bytes, {segments} segments, {deletions} with deletions",
            place.files.len()
        );
        assert!(segments > 1 && deletions > 0 && (all > 1 << 20) == (name == "large"));
        let mut asker = Asker::new(&place.index);
        for _ in 0..trials {
            trial(&place, &mut asker, &mut random, &mut counts, name);
        }
    }
    counts.print(begun.elapsed() / u32::try_from(trials).unwrap());
    assert!(counts.unnamed.is_empty());
    assert_eq!(counts.bad(), 0, "answers that are neither right nor refused");
}

/// One change, and what is said about it.
fn trial(place: &Place, asker: &mut Asker, random: &mut Random, counts: &mut Counts, size: &str) {
    let (file, change) = loop {
        let file = place.any_file(random);
        if let Some(change) = Change::any(&file, &place.files, &place.others, random) {
            break (file, change);
        }
    };
    counts.trials += 1;
    change.make(&place.index);
    let what = format!("{size}: {change}");
    if let Err(said) = named(&place.index, &change) {
        counts.unnamed.push(format!("{what}: {said}"));
    }
    for (question, right) in QUESTIONS.iter().zip(&place.answers) {
        counts.answered(&file, &what, question, &asker.ask(question), right);
    }
    let number = random.below(place.program.len());
    let (args, right) = &place.program[number];
    counts.answered(&file, &what, &format!("dateline {args}"), &asked(&place.index, args), right);
    change.undo(&place.index, &place.files);
}

/// Whether a check names what was changed and nothing else.
fn named(index: &Path, change: &Change) -> Result<(), String> {
    let changed: Vec<&str> = change.files.iter().map(change::Changed::name).collect();
    match check(index) {
        Ok(checked) => {
            let mut names: Vec<&str> = checked.damage.iter().map(|damage| damage.file.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            if names == changed { Ok(()) } else { Err(format!("check names {names:?}")) }
        }
        // Which format an index has stands in its manifest.
        Err(error) if changed == ["manifest.json"] && (error.is_damage() || change.removes()) => Ok(()),
        Err(error) => Err(format!("check: {error}")),
    }
}

/// What the program answers.
fn asked(index: &Path, args: &str) -> Answer {
    let mut command = program(index);
    command.args(args.split(' '));
    let Ok((said, status)) = Watched::both(&mut command).end(LIMIT) else { return Answer::Hung };
    match status.code() {
        Some(0 | 1) => Answer::Given(said.join("\n")),
        Some(4) => Answer::Refused,
        Some(2) => Answer::Unclear(said.join(" | ")),
        code => Answer::Died(format!("{code:?} {}", said.join(" | "))),
    }
}

/// An index, and what is right about it.
struct Place {
    index: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    /// Files of another index, by name.
    others: BTreeMap<String, Vec<u8>>,
    answers: Vec<Answer>,
    /// What the program is asked, and the answer.
    program: Vec<(String, Answer)>,
}

impl Place {
    fn new(folder: &Path, operations: u64, seed: u64) -> Self {
        let (index, other) = (folder.join("index"), folder.join("other"));
        for (index, seed) in [(&index, seed), (&other, seed + 1)] {
            for part in 0..3 {
                write(index, seed, operations * part / 3, operations * (part + 1) / 3);
            }
            dateline::index::sidecar::write(index, &seed.to_le_bytes().repeat(40)).unwrap();
        }
        let (files, others) = (files(&index), files(&other));
        let mut asker = Asker::new(&index);
        let answers: Vec<Answer> = QUESTIONS.iter().map(|question| asker.ask(question)).collect();
        let given = |answer: &Answer| matches!(answer, Answer::Given(_));
        assert!(answers.iter().all(given), "{answers:?}");
        let commands = ["-q search ghana", "count bamben*", "export *", "show a7"];
        let program: Vec<_> = commands.iter().map(|args| ((*args).to_owned(), asked(&index, args))).collect();
        assert!(program.iter().all(|(_, answer)| given(answer)), "{program:?}");
        assert!(check(&index).unwrap().damage.is_empty());
        Self { index, files, others, answers, program }
    }

    /// A file, of each kind as often.
    fn any_file(&self, random: &mut Random) -> String {
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        self.files.keys().for_each(|file| kinds.entry(change::kind(file)).or_default().push(file));
        let kinds: Vec<Vec<&str>> = kinds.into_values().collect();
        let files = &kinds[random.below(kinds.len())];
        random.pick(files).to_owned()
    }
}

/// Writes a segment, and deletes and replaces articles of those before.
fn write(index: &Path, seed: u64, from: u64, until: u64) {
    let mut writer = Writer::open(index, &WriterOptions::default()).unwrap();
    let mut random = Random::new(seed, from);
    for version in from..until {
        let before = format!("a{}", random.below(usize::try_from(version).unwrap()));
        let id = if version % 20 == 0 { before.clone() } else { format!("a{version}") };
        let marked = Pipeline::default().mark_article(article(seed, &id, version));
        writer.upsert(marked.prepare(writer.weights()).unwrap()).unwrap();
        if version % 25 == 0 {
            writer.delete(&before).unwrap();
        }
    }
    writer.finish().unwrap();
}

/// The files of a commit, with their bytes.
fn files(index: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |folder: &Path, before: &str| -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        let named = files.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
        // Names with a dot before them are the engine's own notes and locks.
        let kept = named.filter(|(name, _)| !name.starts_with('.'));
        kept.map(|(name, path)| (format!("{before}{name}"), std::fs::read(path).unwrap())).collect()
    };
    read(index, "").into_iter().chain(read(&index.join("segments"), "segments/")).collect()
}

#[derive(Default)]
struct Counts {
    trials: usize,
    /// Trials in which a check did not name what was changed, or named more.
    unnamed: Vec<String>,
    /// Answers of each sort, by the kind of file that was changed.
    answers: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// Some of those that are neither right nor refused.
    told: Vec<String>,
}

impl Counts {
    fn answered(&mut self, file: &str, what: &str, question: &str, answer: &Answer, right: &Answer) {
        let sort = match answer {
            Answer::Refused => "refused",
            same if same == right => "right",
            Answer::Given(_) => "wrong",
            Answer::Unclear(_) => "unclear",
            Answer::Died(_) => "died",
            Answer::Hung => "hung",
        };
        *self.answers.entry(change::kind(file).to_owned()).or_default().entry(sort).or_default() += 1;
        if !["right", "refused"].contains(&sort) && self.told.len() < 400 {
            let said: String = match answer {
                Answer::Unclear(said) | Answer::Died(said) => said.chars().take(200).collect(),
                _ => String::new(),
            };
            self.told.push(format!("{sort}: {what}: {question}: {said}"));
        }
    }

    fn count(&self, sort: &str) -> usize {
        self.answers.values().filter_map(|sorts| sorts.get(sort)).sum()
    }

    fn bad(&self) -> usize {
        ["wrong", "unclear", "died", "hung"].map(|sort| self.count(sort)).iter().sum()
    }

    fn print(&self, a_trial: Duration) {
        self.unnamed.iter().for_each(|unnamed| println!("not named: {unnamed}"));
        if std::env::var_os("DATELINE_TRIALS").is_some() {
            self.told.iter().for_each(|told| println!("{told}"));
        }
        for (kind, sorts) in &self.answers {
            println!(
                "  {kind}: {}",
                sorts.iter().map(|(sort, n)| format!("{sort} {n}")).collect::<Vec<_>>().join(", ")
            );
        }
        println!(
            "corrupted files: {} trials, {} not named by check; answers: {} right, {} refused, {} wrong, {} unclear, {} died, {} hung; {} ms a trial",
            self.trials,
            self.unnamed.len(),
            self.count("right"),
            self.count("refused"),
            self.count("wrong"),
            self.count("unclear"),
            self.count("died"),
            self.count("hung"),
            a_trial.as_millis(),
        );
    }
}
