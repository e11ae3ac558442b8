//! Every command in the documents runs, and what the README shows is what the program prints.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
#[cfg(feature = "serve")]
#[path = "common/http.rs"]
mod http;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::Ran;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "docs/query-language.md",
    "docs/stories.md",
    "docs/watches.md",
    "CONTRIBUTING.md",
    "corpus/README.md",
    "index/README.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The fenced blocks of a document: language and lines.
fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Vec<String>)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.to_owned(), Vec::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, lines))) => lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    blocks
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs a line as a reader would type it, with the program on the path.
fn shell(line: &str, folder: &Path) -> Ran {
    let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    Ran::of(
        Command::new("sh")
            .args(["-c", line])
            .current_dir(folder)
            .env("PATH", format!("{}:{path}", program.display()))
            .env_remove("DATELINE_INDEX"),
    )
}

#[test]
fn every_dateline_command_in_the_documents_runs_and_prints_what_is_shown() {
    for document in DOCUMENTS {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("corpus"), &folder.path().join("corpus"));
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        assert!(!text.contains("@@"), "{document} has a gap to fill");
        let mut shown = 0;
        for (language, lines) in blocks(&text) {
            if language == "sh" {
                for line in lines.iter().filter(|line| line.starts_with("dateline ")) {
                    let ran = shell(line, folder.path());
                    assert!(matches!(ran.code, 0 | 1), "{document}: {line}\n{ran:?}");
                    shown += 1;
                }
            } else if language == "console" {
                let mut commands = lines.iter().peekable();
                while let Some(command) = commands.next() {
                    let line = command.strip_prefix("$ ").unwrap_or_else(|| panic!("{document}: {command}"));
                    let mut expected = String::new();
                    while let Some(line) = commands.next_if(|line| !line.starts_with("$ ")) {
                        expected += line;
                        expected.push('\n');
                    }
                    let ran = shell(line, folder.path());
                    assert!(matches!(ran.code, 0 | 1), "{document}: {line}\n{ran:?}");
                    assert_eq!(ran.out.trim_end(), expected.trim_end(), "{document}: {line}");
                    shown += 1;
                }
            }
        }
        if *document == "README.md" {
            assert!(shown >= 10, "{document} shows {shown} commands");
        }
    }
}

#[test]
fn every_example_of_the_query_language_finds_something_in_the_sample_corpus() {
    let place = common::Place::new();
    for part in ["txt", "jsonl"] {
        let corpus = root().join("corpus").join(part);
        assert_eq!(place.run(&["index", corpus.to_str().unwrap()]).code, 0);
    }
    let text = std::fs::read_to_string(root().join("docs/query-language.md")).unwrap();
    assert_eq!(place.run(&["help", "query"]).out, text, "the page is what the program shows");
    let mut seen = 0;
    for line in text.lines().filter_map(|line| line.strip_prefix("    ")) {
        let (query, what) = line.split_once("  ").unwrap_or_else(|| panic!("nothing says what {line} does"));
        assert!(!what.trim().is_empty(), "{line}");
        let ran = place.run(&["search", "--", query]);
        assert_eq!(ran.code, 0, "{query}\n{ran:?}");
        assert!(!ran.err.contains("note["), "{query} needs no note: {}", ran.err);
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}

#[cfg(feature = "serve")]
#[test]
fn every_request_of_the_page_on_http_is_answered_as_it_is_shown() {
    if Command::new("curl").args(["--url-query", "a=b", "--version"]).output().is_err() {
        std::io::Write::write_all(&mut std::io::stderr(), b"skipped: there is no curl\n").unwrap();
        return;
    }
    let place = common::Place::new();
    copy(&root().join("corpus"), &place.folder.path().join("corpus"));
    let text = std::fs::read_to_string(root().join("docs/http.md")).unwrap();
    let blocks = blocks(&text);
    for line in blocks.iter().filter(|(language, _)| language == "sh").flat_map(|(_, lines)| lines) {
        assert_eq!(shell(line, place.folder.path()).code, 0, "{line}");
    }
    let served = http::Served::of(&place, &[]);
    let mut asked = 0;
    for (_, lines) in blocks.iter().filter(|(language, _)| language == "console") {
        let mut lines = lines.iter().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("{line}"));
            let mut shown = String::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                shown = shown + line + "\n";
            }
            let command = command.replace("127.0.0.1:7311", &served.address.to_string());
            let ran = shell(&command.replace("$DATELINE_API_KEY", http::KEY), place.folder.path());
            assert_eq!(ran.code, 0, "{line}\n{ran:?}");
            // What is left out is anything; what is shown stands there in this order.
            let mut rest = ran.out.as_str();
            for (number, piece) in shown.trim_end().split('…').map(str::trim).enumerate() {
                let at = rest.find(piece).unwrap_or_else(|| panic!("{line}\n{piece}\nis not in\n{rest}"));
                assert!(number > 0 || at == 0, "{line}\n{}", ran.out);
                rest = rest.get(at + piece.len()..).unwrap();
            }
            assert!(shown.trim_end().ends_with('…') || rest.trim().is_empty(), "{line}\n{rest}");
            asked += 1;
        }
    }
    assert!(asked >= 12, "{asked}");
}

#[test]
fn every_cargo_command_in_the_documents_is_one_that_there_is() {
    let xtask = std::fs::read_to_string(root().join("xtask/src/main.rs")).unwrap();
    let mut seen = 0;
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        for (_, lines) in blocks(&text).iter().filter(|(language, _)| language == "sh") {
            for line in lines.iter().filter_map(|line| line.strip_prefix("cargo ")) {
                let words: Vec<&str> = line.split_whitespace().collect();
                let known = match words.as_slice() {
                    ["xtask", command, ..] => xtask.contains(&format!("[\"{command}\"")),
                    ["run", .., "--", "demo"] | ["install", "--path", "."] => true,
                    ["run", "--no-default-features", "--example", example] => {
                        root().join(format!("examples/{example}.rs")).exists()
                    }
                    _ => false,
                };
                assert!(known, "{document}: cargo {line}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 5);
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(ci.contains("cargo xtask test"), "CI runs the README's test command");
}
