//! What becomes of an index when the disk, the power or the process fails.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod io;
mod power;
mod script;

/// A folder in memory where there is one: thousands of trials, each with a hundred syncs, would wear out a disk.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// How many trials are made: `usual`, or as `DATELINE_TRIALS_NAME` says.
fn trials(name: &str, usual: u64) -> u64 {
    std::env::var(format!("DATELINE_TRIALS_{name}")).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}
