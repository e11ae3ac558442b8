//! How well dateline finds: `cargo bench --bench score -- WHAT FILE...`, or `cargo xtask score WHAT`.
//!
//! `ranking`: how far up articles are found that are known to be the answer; `--queries N` sets how many questions of each kind
//! are drawn (200), `--seed N` with which seed (1). `countries`: which countries an article names; `--errors` lists what is wrong.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]

use std::path::PathBuf;
use std::process::ExitCode;

mod countries;
mod ranking;

const HELP: &str = "score ranking CORPUS... [--queries N] [--seed N]
score countries SET... [--errors]";

fn main() -> ExitCode {
    let mut options = ranking::Options::default();
    let mut errors = false;
    let mut words = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--bench" => {} // from cargo
            "--queries" => options.queries = number(args.next(), options.queries),
            "--seed" => options.seed = number(args.next(), options.seed),
            "--errors" => errors = true,
            _ => words.push(arg),
        }
    }
    let paths: Vec<PathBuf> = words.iter().skip(1).map(PathBuf::from).collect();
    let told =
        match words.first().map(String::as_str) {
            _ if paths.is_empty() => None,
            Some("ranking") => {
                let tables = ranking::run(&paths, &options).map_err(|error| error.to_string());
                Some(tables.map(|tables| {
                    tables.iter().fold(String::new(), |all, table| all + &format!("{table}\n"))
                }))
            }
            Some("countries") => Some(countries::run(&paths, errors)),
            _ => None,
        };
    match told {
        Some(Ok(told)) => {
            print!("{told}");
            ExitCode::SUCCESS
        }
        Some(Err(error)) => {
            eprintln!("score: {error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{HELP}");
            ExitCode::from(2)
        }
    }
}

/// The number that follows a flag.
fn number<N: std::str::FromStr>(given: Option<String>, default: N) -> N {
    given.and_then(|n| n.parse().ok()).unwrap_or(default)
}
