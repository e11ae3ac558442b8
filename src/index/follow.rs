//! Tells a reader when there has been a commit.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How long a look holds good.
const PAUSE: Duration = Duration::from_millis(100);

/// Looks at the file that each commit replaces.
#[derive(Debug)]
pub(super) struct Follow {
    file: PathBuf,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    at: Instant,
    state: Option<State>,
}

impl Follow {
    /// From the state of now on; `segments` is the directory of the segments.
    pub(super) fn new(segments: &Path) -> Self {
        let file = segments.join("meta.json");
        let seen = Mutex::new(Seen { at: Instant::now(), state: state(&file) });
        Self { file, seen }
    }

    /// Whether there has been a commit since the last look. It costs next to nothing, as the file is looked at ten times a second
    /// at most.
    pub(super) fn look(&self) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.at.elapsed() < PAUSE {
            return false;
        }
        let now = state(&self.file);
        seen.at = Instant::now();
        std::mem::replace(&mut seen.state, now) != now
    }
}

/// What tells one file from the one that took its place: clocks of file systems may be too coarse for two commits.
type State = (Option<SystemTime>, u64, u64);

fn state(file: &Path) -> Option<State> {
    let meta = fs::metadata(file).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    Some((meta.modified().ok(), meta.len(), number))
}
