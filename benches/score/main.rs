//! How well dateline finds: `cargo bench --bench score -- ranking CORPUS...`, or `cargo xtask score ranking`.
//!
//! `--queries N` sets how many questions of each kind are drawn (200), `--seed N` with which seed (1).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]

use std::path::PathBuf;
use std::process::ExitCode;

mod ranking;

const HELP: &str = "score ranking CORPUS... [--queries N] [--seed N]";

fn main() -> ExitCode {
    let mut options = ranking::Options::default();
    let mut words = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--bench" => {} // from cargo
            "--queries" => options.queries = number(args.next(), options.queries),
            "--seed" => options.seed = number(args.next(), options.seed),
            _ => words.push(arg),
        }
    }
    let paths: Vec<PathBuf> = words.iter().skip(1).map(PathBuf::from).collect();
    if words.first().is_none_or(|what| what != "ranking") || paths.is_empty() {
        eprintln!("{HELP}");
        return ExitCode::from(2);
    }
    match ranking::run(&paths, &options) {
        Ok(tables) => {
            for table in tables {
                println!("{table}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("score: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The number that follows a flag.
fn number<N: std::str::FromStr>(given: Option<String>, default: N) -> N {
    given.and_then(|n| n.parse().ok()).unwrap_or(default)
}
