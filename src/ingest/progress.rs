//! How far a run has come, where its time went, and who is told.

use std::time::Duration;

use crate::read::Reject;

/// Where the time of an indexing run went. Several threads parse, clean, extract and analyse, and their times are added
/// up; one writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// From bytes to fields.
    pub parse: Duration,
    /// Cleaning.
    pub clean: Duration,
    /// Finding mentions, cutting the text into tokens included.
    pub extract: Duration,
    /// Asking the watches.
    pub watch: Duration,
    /// Making ready for the index.
    pub analyse: Duration,
    /// Handing articles to the index, waiting for it included.
    pub write: Duration,
    /// Making durable what was written, and waiting for merges at the end.
    pub commit: Duration,
}

impl Spent {
    pub(super) fn add(&mut self, other: &Spent) {
        self.parse += other.parse;
        self.clean += other.clean;
        self.extract += other.extract;
        self.watch += other.watch;
        self.analyse += other.analyse;
        self.write += other.write;
        self.commit += other.commit;
    }
}

/// How far an indexing run has come, and what it came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Progress {
    /// Articles handed to the index.
    pub articles: u64,
    /// How many of them replaced one with the same id.
    pub replaced: u64,
    /// Articles taken out because their publisher took them back.
    pub withdrawn: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// Matches of watches that are committed with them, and wait to be told.
    pub matches: u64,
    /// Watches that could not be asked of an article because of a defect, and may not be told of it.
    pub unasked: u64,
    /// Bytes of title and body, clean.
    pub text_bytes: u64,
    /// Bytes taken from the files as they stand on disk.
    pub read_bytes: u64,
    /// Bytes that the files have together; 0 if not known.
    pub total_bytes: u64,
    /// Time since the start.
    pub elapsed: Duration,
    /// Where it went.
    pub spent: Spent,
}

/// Is told how an indexing run goes, on the thread that started it.
pub trait Observer {
    /// A record could not be read.
    fn rejected(&mut self, _reject: &Reject) {}
    /// An interrupted run goes on after so many records of this input.
    fn resumed(&mut self, _input: &str, _records: u64) {}
    /// Some articles more have been indexed.
    fn progressed(&mut self, _progress: &Progress) {}
    /// Something is amiss that does not stop the run.
    fn warned(&mut self, _what: &str) {}
    /// Everything so far has been made durable, with more to come.
    fn committed(&mut self, _progress: &Progress) {}
}

/// An observer that does not look.
impl Observer for () {}
