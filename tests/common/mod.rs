//! What several behaviour files need: a place for an index, articles as lines, a started program.

#![allow(clippy::unwrap_used, dead_code, unreachable_pub, reason = "tests; each file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dateline::ingest::{IngestOptions, Observer, Progress, ingest};
use dateline::read::{Input, Reject};
use dateline::search::Archive;

/// A folder of its own with an index in it.
pub(crate) struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn file(&self, name: &str, contents: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, contents).unwrap();
        path
    }

    /// Indexes JSON lines.
    pub(crate) fn with(lines: &[&str]) -> Self {
        let place = Self::new();
        let text = lines.join("\n");
        let input = Input::reader("articles.jsonl", std::io::Cursor::new(text));
        let done = ingest(&place.index(), &[input], &IngestOptions::default(), &mut ()).unwrap();
        assert_eq!(done.rejected, 0);
        place
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::open(self.index()).unwrap()
    }

    /// Starts the program on this index.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.program().args(args))
    }

    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.env_remove("NO_COLOR").env("DATELINE_INDEX", self.index()).current_dir(self.folder.path());
        command.stdin(Stdio::null());
        command
    }
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        Self {
            code: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }
}

/// Keeps what could not be read.
#[derive(Default)]
pub(crate) struct Rejects(pub Vec<Reject>);

impl Observer for Rejects {
    fn rejected(&mut self, reject: &Reject) {
        self.0.push(reject.clone());
    }
}

/// Indexes files and folders; what came of it, and what could not be read.
pub(crate) fn index(place: &Place, paths: &[&Path]) -> (Progress, Vec<Reject>) {
    let paths: Vec<PathBuf> = paths.iter().map(|p| p.to_path_buf()).collect();
    let (inputs, mut rejects) = dateline::read::inputs(&paths);
    let mut seen = Rejects::default();
    let progress = ingest(&place.index(), &inputs, &IngestOptions::default(), &mut seen).unwrap();
    rejects.extend(seen.0);
    (progress, rejects)
}
