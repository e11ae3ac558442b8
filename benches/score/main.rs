//! How well dateline finds: `cargo bench --bench score -- WHAT FILE...`, or `cargo xtask score WHAT`.
//!
//! `ranking`: known articles looked for in corpora; `--queries N` sets how many questions of each kind are drawn (200),
//! `--seed N` with which seed (1). `people`: which persons, organisations and places are found in articles with known ones.
//! `countries`: which countries an article names. `quantities`: what is read in sentences with known quantities. `pages`: text,
//! dates, authors and titles of web pages. `repair`: how much misread text is repaired, and how much good text is left alone.
//! `furniture`: how much page furniture is dropped, and how much of the story stays.
//! `copies`: which articles are linked as near copies, against comparing all with all.
//! `stories`: whether articles of known events, mixed into a corpus, are put into one story each.
//! `--errors` lists what was missed, read wrongly or changed.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

mod copies;
mod countries;
mod furniture;
mod pages;
mod people;
mod quantities;
mod ranking;
mod repair;
mod set;
mod stories;

const HELP: &str = "score ranking CORPUS... [--queries N] [--seed N]
score people FILE... [--errors]
score countries SET... [--errors]
score quantities FILE... [--errors]
score pages SET... [--errors]
score repair FILE... [--errors]
score furniture FILE... [--errors]
score copies CORPUS... [--errors]
score stories FILE... [--errors]";

/// What was asked for on the command line.
#[derive(Default)]
struct Asked {
    what: String,
    paths: Vec<PathBuf>,
    ranking: ranking::Options,
    errors: bool,
}

fn main() -> ExitCode {
    let asked = asked();
    let run: fn(&Asked) -> Result<(), Box<dyn Error>> = match asked.what.as_str() {
        "ranking" => ranking,
        "people" => people,
        "countries" => countries,
        "quantities" => quantities,
        "repair" => repair,
        "furniture" => furniture,
        "pages" => pages,
        "copies" => copies,
        "stories" => stories,
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    if asked.paths.is_empty() {
        eprintln!("{HELP}");
        return ExitCode::from(2);
    }
    if let Some(absent) = asked.paths.iter().find(|path| !path.exists()) {
        println!("skipped: there is no {}", absent.display());
        return ExitCode::SUCCESS;
    }
    match run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("score: {error}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Asked {
    let mut asked = Asked::default();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--bench" => {} // from cargo
            "--queries" => asked.ranking.queries = number(args.next(), asked.ranking.queries),
            "--seed" => asked.ranking.seed = number(args.next(), asked.ranking.seed),
            "--errors" => asked.errors = true,
            _ if asked.what.is_empty() => asked.what = arg,
            _ => asked.paths.push(arg.into()),
        }
    }
    asked
}

fn ranking(asked: &Asked) -> Result<(), Box<dyn Error>> {
    for table in ranking::run(&asked.paths, &asked.ranking)? {
        println!("{table}");
    }
    Ok(())
}

fn people(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let report = people::run(&asked.paths)?;
    if asked.errors {
        for error in &report.errors {
            println!("{error}");
        }
    }
    println!("{report}");
    Ok(())
}

fn countries(asked: &Asked) -> Result<(), Box<dyn Error>> {
    print!("{}", countries::run(&asked.paths, asked.errors)?);
    Ok(())
}

fn copies(asked: &Asked) -> Result<(), Box<dyn Error>> {
    print!("{}", copies::run(&asked.paths, asked.errors)?);
    Ok(())
}

fn stories(asked: &Asked) -> Result<(), Box<dyn Error>> {
    print!("{}", stories::run(&asked.paths, asked.errors)?);
    Ok(())
}

fn pages(asked: &Asked) -> Result<(), Box<dyn Error>> {
    print!("{}", pages::run(&asked.paths, asked.errors)?);
    Ok(())
}

fn quantities(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let report = quantities::run(&asked.paths)?;
    if asked.errors {
        for error in &report.errors {
            println!("{error}");
        }
    }
    println!("{report}");
    Ok(())
}

fn furniture(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let report = furniture::run(&asked.paths)?;
    if asked.errors {
        for error in &report.errors {
            println!("{error}");
        }
    }
    print!("{report}");
    Ok(())
}

fn repair(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let report = repair::run(&asked.paths)?;
    if asked.errors {
        for error in &report.errors {
            println!("{error}");
        }
    }
    print!("{report}");
    Ok(())
}

/// The number that follows a flag.
fn number<N: std::str::FromStr>(given: Option<String>, default: N) -> N {
    given.and_then(|n| n.parse().ok()).unwrap_or(default)
}
