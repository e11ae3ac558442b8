//! Makes the files in `models/`: `cargo xtask train places` runs `cargo bench --bench train -- places WHEEL OUT`,
//! `cargo xtask train countries` `... -- countries PACKAGE OUT`, `cargo xtask train people` `... -- people FOLDER OUT`,
//! `cargo xtask train words` `... -- words LIST OUT`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that tells what it made")]

use std::path::Path;
use std::process::ExitCode;

mod countries;
mod people;
mod places;
mod wheel;
mod words;

const HELP: &str = "train places WHEEL OUT
train countries PACKAGE OUT
train people FOLDER OUT
train words LIST OUT";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let made = match words.as_slice() {
        ["places", wheel, out] => Some(places::make(Path::new(wheel), Path::new(out))),
        ["countries", package, out] => Some(countries::make(Path::new(package), Path::new(out))),
        ["people", folder, out] => Some(people::make(Path::new(folder), Path::new(out))),
        ["words", list, out] => Some(words::make(Path::new(list), Path::new(out))),
        _ => None,
    };
    match made {
        None => {
            eprintln!("{HELP}");
            ExitCode::from(2)
        }
        Some(Ok(told)) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Some(Err(error)) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}
