//! The typed client is made of the documentation that the server gives, and does what it says against a server.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;
#[path = "common/http.rs"]
mod http;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Place;
use http::{KEY, Served};
use serde_json::Value;

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients")
}

/// Python, where there is one that the client runs on.
fn python() -> Option<Command> {
    let new = "import sys; sys.exit(sys.version_info < (3, 9))";
    let there = Command::new("python3").args(["-c", new]).status().is_ok_and(|status| status.success());
    if !there {
        std::io::stderr().write_all(b"skipped: there is no python3 of 3.9 or later\n").unwrap();
    }
    there.then(|| {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", clients().join("python")).env("PYTHONDONTWRITEBYTECODE", "1");
        python.env("no_proxy", "127.0.0.1").env("PYTHONIOENCODING", "utf-8");
        python
    })
}

/// A server of the sample corpus.
fn served(place: &Place) -> Served {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let [jsonl, txt] = ["jsonl", "txt"].map(|part| corpus.join(part).to_str().unwrap().to_owned());
    assert_eq!(place.run(&["index", &jsonl, &txt]).code, 0);
    Served::of(place, &[])
}

/// Runs Python against a server; what it prints.
fn ran(mut python: Command, served: &Served) -> String {
    python.env("DATELINE_ADDRESS", format!("http://{}", served.address)).env("DATELINE_API_KEY", KEY);
    let done = python.output().unwrap();
    let [out, err] = [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(done.status.success(), "{out}{err}\n{:?}", served.log());
    out + &err
}

#[test]
fn the_documentation_beside_the_clients_is_that_of_the_server() {
    let served = Served::of(&Place::new(), &[]);
    let stated: Value =
        serde_json::from_slice(&std::fs::read(clients().join("openapi.json")).unwrap()).unwrap();
    let given = served.get("/openapi.json").json();
    for (name, part) in given.as_object().unwrap() {
        assert!(stated[name] == *part, "{name} is another: run `cargo xtask client`");
    }
    assert_eq!(stated, given, "run `cargo xtask client`");
}

#[test]
fn the_client_is_what_the_generator_makes_of_it() {
    let Some(mut python) = python() else { return };
    let made = tempfile::tempdir().unwrap();
    let package = made.path().join("python/dateline_client");
    std::fs::create_dir_all(&package).unwrap();
    std::fs::copy(clients().join("openapi.json"), made.path().join("openapi.json")).unwrap();
    let done = python.arg(clients().join("generate.py")).arg(made.path()).status().unwrap();
    assert!(done.success());
    let [made, kept] = [package, clients().join("python/dateline_client")]
        .map(|folder| std::fs::read_to_string(folder.join("api.py")).unwrap());
    assert!(made == kept, "run `cargo xtask client`");
}

#[test]
fn the_client_does_what_it_says() {
    let Some(mut python) = python() else { return };
    let place = Place::new();
    let served = served(&place);
    python.arg(clients().join("python/test_client.py"));
    let told = ran(python, &served);
    assert!(told.contains("\nOK"), "{told}");
}

#[test]
fn the_example_of_its_page_runs() {
    let Some(mut python) = python() else { return };
    let page = std::fs::read_to_string(clients().join("python/README.md")).unwrap();
    let example = page.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let place = Place::new();
    let served = served(&place);
    let example = example.replace("127.0.0.1:7311", &served.address.to_string());
    python.args(["-c", &example]);
    let told = ran(python, &served);
    for piece in ["| ", "['PH']", "\ncountry\n", "\n1\nbad_range (15, 18) number:"] {
        assert!(told.contains(piece), "{piece} is not in\n{told}");
    }
}
