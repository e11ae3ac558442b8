//! Builds the fuzz targets with libFuzzer and runs them, and adds up what they did.
//!
//! All targets are one program, which `FUZZ_TARGET` tells which of them to be. libFuzzer looks at which branches an input takes: the compiler
//! counts them where it is told so, by flags that [`instrument`] adds as cargo's wrapper around it. Only our own packages are counted, so every
//! library is the one that the tests have, built once.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What tells xtask that cargo calls it in place of the compiler.
const WRAPS: &str = "XTASK_WRAPS_RUSTC";
/// Flags that make branches and comparisons known to libFuzzer, as `cargo fuzz -s none` gives them.
const COUNTED: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];
/// Packages of which branches are counted.
const OWN: &[&str] = &["dateline", "fuzz"];

/// Longest input in bytes, and the longest that one may take in seconds. Parsers are linear: what is wrong with long inputs shows in short ones.
const MAX_LEN: &str = "-max_len=4096";
const TIMEOUT: &str = "-timeout=5";

/// How long each target runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// From the seeds alone, for about so many seconds, with the same made-up inputs each time.
    Brief(u32),
    /// For so many seconds, from what earlier runs found, too.
    Seconds(u32),
    /// So many inputs, from what earlier runs found, too.
    Runs(u64),
}

/// What all targets came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub(crate) targets: usize,
    pub(crate) executions: u64,
    pub(crate) crashes: usize,
}

/// What one target came to.
struct Ran {
    target: String,
    executions: u64,
    took: Duration,
    crashed: bool,
}

/// Where cargo calls this program in place of the compiler: calls it, with more flags for our own packages. `None` otherwise.
pub(crate) fn instrument() -> Option<ExitCode> {
    std::env::var_os(WRAPS)?;
    let mut args = std::env::args_os().skip(1);
    let compiler = args.next()?;
    let args: Vec<_> = args.collect();
    let name = args.windows(2).find(|pair| pair[0] == "--crate-name").and_then(|pair| pair[1].to_str());
    let mut command = Command::new(compiler);
    command.args(&args);
    if name.is_some_and(|name| OWN.contains(&name)) {
        command.args(COUNTED);
    }
    let code =
        command.status().ok().and_then(|status| status.code()).and_then(|code| u8::try_from(code).ok());
    Some(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs the targets of these names, or all. `None` where there is no C++ compiler, which libFuzzer is built with.
pub(crate) fn run(effort: Effort, names: &[&str]) -> Result<Option<Sum>, String> {
    let compiler = std::env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    let found = Command::new(&compiler).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("fuzz: skipped, for there is no C++ compiler ({compiler}), which libFuzzer is built with");
        return Ok(None);
    }
    let targets = targets()?;
    if let Some(unknown) = names.iter().find(|name| !targets.iter().any(|target| target == *name)) {
        return Err(format!("there is no target {unknown}, but {}", targets.join(", ")));
    }
    let targets: Vec<String> =
        targets.into_iter().filter(|target| names.is_empty() || names.contains(&&**target)).collect();
    // For a few seconds it does not pay to optimise.
    let program = build(!matches!(effort, Effort::Brief(_)))?;
    let (next, ran) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores.min(targets.len()) {
            scope.spawn(|| {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let one = one(&program, target, effort);
                    ran.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(one);
                }
            });
        }
    });
    let ran = ran.into_inner().unwrap_or_default().into_iter().collect::<Result<Vec<Ran>, String>>()?;
    Ok(Some(table(ran)))
}

/// The names of the targets: those of their files.
fn targets() -> Result<Vec<String>, String> {
    let folder = "fuzz/targets";
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{folder}: {e}"))?;
    let files = entries.flatten().map(|entry| entry.path());
    let names = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let names = names.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let mut names: Vec<String> = names.filter(|name| name != "mod").collect();
    names.sort();
    Ok(names)
}

/// Builds the program of the targets, our own packages optimised or not, with everything that the tests are built with.
fn build(optimised: bool) -> Result<PathBuf, String> {
    let wrapper = std::env::current_exe().map_err(|e| e.to_string())?;
    let features = format!("{},dateline-fuzz/libfuzzer", crate::FEATURES);
    let mut args = vec!["test", "--no-run", "--workspace", "--features", &features, "--test", "fuzz"];
    args.push("--message-format=json-render-diagnostics");
    let mut args: Vec<String> = args.into_iter().map(str::to_owned).collect();
    let settings: &[&str] = if optimised {
        &["dateline.opt-level=3", "dateline.codegen-units=16", "dateline-fuzz.opt-level=3"]
    } else {
        &[]
    };
    for setting in settings {
        args.extend(["--config".to_owned(), format!("profile.dev.package.{setting}")]);
    }
    println!("$ cargo {}", args.join(" "));
    let mut command = Command::new("cargo");
    command.args(&args).env("RUSTC_WORKSPACE_WRAPPER", wrapper).env(WRAPS, "1").stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|e| format!("cargo: {e}"))?;
    let mut program = None;
    for line in
        child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()).map_while(Result::ok)
    {
        if let Some((_, path)) = line.split_once("\"executable\":\"") {
            program = path.split_once('"').map(|(path, _)| PathBuf::from(path));
        }
    }
    let built = child.wait().map_err(|e| e.to_string())?.success();
    program.filter(|_| built).ok_or_else(|| "the fuzz targets cannot be built".to_owned())
}

/// Runs one target to its end.
fn one(program: &Path, target: &str, effort: Effort) -> Result<Ran, String> {
    let failed = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    let brief = matches!(effort, Effort::Brief(_));
    let corpus = if brief { format!("target/fuzz/{target}") } else { format!("fuzz/corpus/{target}") };
    let (corpus, artifacts) = (PathBuf::from(corpus), PathBuf::from(format!("fuzz/artifacts/{target}")));
    if brief && corpus.exists() {
        std::fs::remove_dir_all(&corpus).map_err(|e| failed(&corpus, e))?;
    }
    for folder in [&corpus, &artifacts] {
        std::fs::create_dir_all(folder).map_err(|e| failed(folder, e))?;
    }
    sow(target, &corpus)?;
    let log = PathBuf::from(format!("target/fuzz/{target}.log"));
    std::fs::create_dir_all("target/fuzz").map_err(|e| failed(&log, e))?;
    let out = std::fs::File::create(&log).map_err(|e| failed(&log, e))?;
    let mut command = Command::new(program);
    command.arg(&corpus).env("FUZZ_TARGET", target).stdout(Stdio::null()).stderr(out);
    command.args([MAX_LEN, TIMEOUT, "-print_final_stats=1", "-rss_limit_mb=1024"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    let dictionary = format!("fuzz/{target}.dict");
    if Path::new(&dictionary).exists() {
        command.arg(format!("-dict={dictionary}"));
    }
    match effort {
        Effort::Brief(seconds) => command.args(["-seed=1".to_owned(), format!("-max_total_time={seconds}")]),
        Effort::Seconds(seconds) => command.arg(format!("-max_total_time={seconds}")),
        Effort::Runs(runs) => command.arg(format!("-runs={runs}")),
    };
    let begun = Instant::now();
    let status = command.status().map_err(|e| failed(program, e))?;
    let said = String::from_utf8_lossy(&std::fs::read(&log).map_err(|e| failed(&log, e))?).into_owned();
    if !status.success() {
        let last: Vec<&str> = said.lines().rev().take(30).collect();
        last.iter().rev().for_each(|line| println!("{target}: {line}"));
    }
    let executions = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let executions = executions.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
    Ok(Ran { target: target.to_owned(), executions, took: begun.elapsed(), crashed: !status.success() })
}

/// Puts the seeds of a target into a folder: the lines of its list, and the files of its folder.
fn sow(target: &str, corpus: &Path) -> Result<(), String> {
    let lines = std::fs::read(format!("fuzz/seeds/{target}.txt")).unwrap_or_default();
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).zip(1..);
    let mut seeds: Vec<(String, Vec<u8>)> =
        lines.map(|(line, number)| (format!("line-{number:03}"), line.to_vec())).collect();
    for entry in std::fs::read_dir(format!("fuzz/seeds/{target}")).into_iter().flatten().flatten() {
        let bytes = std::fs::read(entry.path()).map_err(|e| format!("{}: {e}", entry.path().display()))?;
        seeds.push((format!("seed-{}", entry.file_name().to_string_lossy()), bytes));
    }
    if seeds.is_empty() {
        return Err(format!(
            "{target} has no seeds, neither fuzz/seeds/{target}.txt nor fuzz/seeds/{target}/"
        ));
    }
    for (name, bytes) in seeds {
        std::fs::write(corpus.join(&name), bytes).map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(())
}

/// Prints what each target did; the sum.
fn table(mut ran: Vec<Ran>) -> Sum {
    ran.sort_by(|one, other| one.target.cmp(&other.target));
    println!("{:<10} {:>14} {:>10} {:>8} {:>8}", "target", "executions", "a second", "seconds", "crashes");
    let mut sum = Sum::default();
    for Ran { target, executions, took, crashed } in ran {
        let a_second = u128::from(executions) * 1000 / took.as_millis().max(1);
        let (seconds, crashes) = (took.as_secs(), usize::from(crashed));
        println!("{target:<10} {executions:>14} {a_second:>10} {seconds:>8} {crashes:>8}");
        sum.targets += 1;
        sum.executions += executions;
        sum.crashes += crashes;
    }
    println!("fuzz: {} targets, {} executions, {} crashes", sum.targets, sum.executions, sum.crashes);
    sum
}
