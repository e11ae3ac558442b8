//! The house keeps its order: a room names only rooms below it, and what comes from outside stays where it belongs.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and what it may import; ARCHITECTURE.md says why.
const ROOMS: &[(&str, &[&str])] = &[
    ("guard", &[]),
    ("article", &[]),
    ("text", &["article"]),
    ("names", &["article", "text"]),
    ("read", &["guard", "article", "text"]),
    ("clean", &["article", "text", "names"]),
    ("extract", &["article", "text", "names"]),
    ("story", &["article", "text"]),
    ("index", &["guard", "article", "text", "story"]),
    ("query", &["article", "text"]),
    ("plan", &["article", "text", "names", "query", "story"]),
    ("snippet", &["article", "text", "plan"]),
    ("backend", &["guard", "article", "text", "story", "index", "plan", "snippet"]),
    ("render", &["article", "text", "names", "story", "query", "plan", "index", "snippet", "backend"]),
    ("watch", &["guard", "article", "text", "query", "plan", "index", "snippet"]),
    ("ingest", &["guard", "article", "text", "read", "clean", "extract", "index", "watch", "snippet"]),
    ("search", &["guard", "article", "text", "query", "plan", "index", "snippet", "backend"]),
    ("stories", &["guard", "article", "text", "story", "index", "backend", "search"]),
    ("facets", &["article", "text", "query", "plan", "backend", "search", "snippet"]),
    ("fuzzing", &["read", "index", "ingest"]),
    (
        "bench",
        &[
            "article", "text", "read", "clean", "extract", "index", "query", "plan", "snippet", "backend",
            "ingest", "search",
        ],
    ),
    (
        "serve",
        &[
            "guard", "article", "text", "names", "read", "query", "plan", "index", "snippet", "backend",
            "story", "render", "ingest", "search", "facets", "stories", "watch",
        ],
    ),
    (
        "cli",
        &[
            "guard", "article", "text", "read", "clean", "extract", "index", "query", "plan", "snippet",
            "story", "backend", "render", "watch", "ingest", "search", "facets", "stories", "bench", "serve",
        ],
    ),
    ("main", &["cli"]),
];

/// Crates that only some places may name.
const GUESTS: &[(&str, &[&str])] = &[
    ("tantivy", &["index", "backend/local", "bench/bare"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("indicatif", &["cli"]),
    ("anstream", &["cli"]),
    ("terminal_size", &["cli"]),
    ("rayon", &["ingest"]),
    ("cpu_time", &["bench"]),
    ("whichlang", &["text/language"]),
    ("trafilatura", &["read/page"]),
    ("chardetng", &["read/charset"]),
    ("encoding_rs", &["read"]),
    ("csv_core", &["read/table"]),
    ("parquet", &["read/parquet", "read/records"]),
    ("snap", &["read/parquet"]),
    ("tar", &["read/archive", "index/backup"]),
    ("zip", &["read/archive"]),
    ("flate2", &["read"]),
    ("axum", &["serve"]),
    ("form_urlencoded", &["serve"]),
    ("http_body", &["serve"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("subtle", &["serve"]),
    ("tokio", &["serve"]),
    ("tower", &["serve"]),
    ("tower_http", &["serve"]),
    ("utoipa", &["serve"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&src, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| (path.strip_prefix(&src).unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The room that a file belongs to: its folder, or its own name.
fn room(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without comments and without what stands in its tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().zip(1..).map(|(line, number)| (number, line.trim()));
    lines.take_while(|(_, line)| *line != "#[cfg(test)]").filter(|(_, line)| !line.starts_with("//"))
}

/// Every `crate::room` that a line names, in groups too: `use crate::{a, b::c}`.
fn named(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let name =
            |s: &str| s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = rest.strip_prefix('{') {
            rooms.extend(group.split(',').map(name));
        } else {
            rooms.push(name(rest));
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

#[test]
fn a_room_names_only_rooms_below_it() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room(&path);
        if room == "lib" {
            continue;
        }
        let Some(below) = allowed.get(room.as_str()) else {
            wrong.push(format!("{}: no room \"{room}\" in tests/architecture.rs", path.display()));
            continue;
        };
        for (number, line) in code(&text) {
            for other in named(line) {
                if other != room && !below.contains(&other.as_str()) {
                    wrong.push(format!(
                        "{}:{number}: {room} may import {below:?}, not {other}",
                        path.display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let place = path.to_str().unwrap();
        for (guest, homes) in GUESTS {
            let at_home = homes.iter().any(|home| {
                place.strip_prefix(home).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
            });
            if at_home {
                continue;
            }
            for (number, line) in code(&text) {
                if line.contains(&format!("{guest}::")) || line.starts_with(&format!("use {guest};")) {
                    wrong.push(format!("{place}:{number}: {guest} belongs in {homes:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_tells_its_story_before_its_code() {
    for (path, text) in sources() {
        let place = path.display();
        assert!(text.starts_with("//! "), "{place} does not say what it is for");
    }
}

#[test]
fn no_file_grows_beyond_one_thing() {
    // Tables of words, and one snapshot a message: only they may be longer.
    const TABLES: &[&str] = &[
        "clean/furniture_table.rs",
        "extract/country/phrases.rs",
        "names/unit/table.rs",
        "query/tests/messages.rs",
        "query/tests/round_trip.rs",
    ];
    for table in TABLES {
        assert!(sources().iter().any(|(path, _)| path.to_str() == Some(*table)), "there is no {table}");
    }
    for (path, text) in sources() {
        let place = path.to_str().unwrap();
        let lines = text.lines().count();
        if !TABLES.contains(&place) {
            assert!(lines <= 450, "{place} has {lines} lines: which of its things can live elsewhere?");
        }
    }
}

#[test]
fn the_map_names_every_room() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for (room, _) in ROOMS {
        let known = [format!("`{room}/`"), format!("`{room}.rs`")];
        assert!(known.iter().any(|k| map.contains(k)), "ARCHITECTURE.md does not name {room}");
    }
}
