//! States of the index that pages of one search come from, and the cursors that lead from one page to the next.
//!
//! A cursor names a state of the index, how many hits were given, and a fingerprint of what was asked. As long as the state is kept, the pages of a search
//! have each hit once, whatever is committed meanwhile.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use super::failure::Failure;
use crate::search::Archive;
use crate::text::hex;

/// How long a state is kept for who reads its pages, from one page to the next.
const IDLE: Duration = Duration::from_secs(120);
/// How many are kept: each keeps files on disk that merges have replaced.
const MOST: usize = 32;

/// The states that are kept.
#[derive(Debug)]
pub(super) struct Snapshots {
    archive: Archive,
    /// Tells the cursors of this server from those of one before, whose numbers may be the same.
    server: u64,
    kept: Mutex<VecDeque<Kept>>,
}

#[derive(Debug)]
struct Kept {
    state: u64,
    archive: Archive,
    used: Instant,
    /// Whether a cursor leads to it.
    wanted: bool,
}

/// Where the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Of the index.
    pub(super) state: u64,
    /// Hits that were given.
    pub(super) offset: usize,
}

impl Snapshots {
    pub(super) fn new(archive: Archive) -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let mut digest = Sha256::new();
        digest.update(now.as_nanos().to_le_bytes());
        digest.update(std::process::id().to_le_bytes());
        let server = digest.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Self { archive, server, kept: Mutex::default() }
    }

    /// The index as it is now, and the number of that state.
    pub(super) fn current(&self) -> (u64, Archive) {
        let state = self.archive.state();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|old| old.state == state || (old.wanted && old.used.elapsed() < IDLE));
        if let Some(known) = kept.iter().find(|known| known.state == state) {
            return (state, known.archive.clone());
        }
        let archive = self.archive.snapshot();
        // A commit may have come between.
        let state = archive.state();
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back(Kept { state, archive: archive.clone(), used: Instant::now(), wanted: false });
        (state, archive)
    }

    /// The state that a cursor leads to.
    pub(super) fn at(&self, cursor: Cursor) -> Result<Archive, Failure> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter_mut().find(|known| known.state == cursor.state);
        let found = found.filter(|known| known.used.elapsed() < IDLE);
        let Some(found) = found else { return Err(expired()) };
        found.used = Instant::now();
        Ok(found.archive.clone())
    }

    /// A cursor for what was asked, by its fingerprint; the state is kept for it.
    /// `seen` is how many articles the pages so far stand for.
    pub(super) fn cursor(&self, cursor: Cursor, seen: u64, asked: u64) -> String {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.iter_mut().find(|known| known.state == cursor.state) {
            known.used = Instant::now();
            known.wanted = true;
        }
        format!("{:x}.{:x}.{:x}.{seen:x}.{asked:x}", self.server, cursor.state, cursor.offset)
    }

    /// What a cursor says, and how many articles the pages before stand for, if it was given by this server for what is asked.
    pub(super) fn read(&self, stated: &str, asked: u64) -> Result<(Cursor, u64), Failure> {
        let bad = |message: &str| Failure::bad("bad_cursor", message).parameter("cursor", stated);
        let mut parts = stated.split('.').map(|part| u64::from_str_radix(part, 16).ok());
        let mut next = || parts.next().flatten();
        let (Some(server), Some(state), Some(offset), Some(seen), Some(of)) =
            (next(), next(), next(), next(), next())
        else {
            return Err(bad("the cursor is none that was given").help("give it as `next` has it"));
        };
        if server != self.server {
            return Err(expired());
        }
        if of != asked {
            return Err(bad("the cursor belongs to another search")
                .help("ask for the next page with the parameters of the first"));
        }
        let offset = usize::try_from(offset).map_err(|_| bad("the cursor is none that was given"))?;
        Ok((Cursor { state, offset }, seen))
    }

    /// Lets go of what nobody has asked for lately.
    pub(super) fn tidy(&self) {
        let state = self.archive.state();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|old| old.state == state || (old.wanted && old.used.elapsed() < IDLE));
    }
}

fn expired() -> Failure {
    Failure::new(hyper::StatusCode::GONE, "cursor_expired", "the state that the cursor leads to is gone")
        .help("search again without it; for all hits in one answer: stream=true")
}

/// A fingerprint of what is asked.
pub(super) fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// A number that tells requests apart: of this server's, and of other servers'.
pub(super) fn request_id(server: u64, number: u64) -> String {
    hex(&fingerprint([server.to_string().as_str(), number.to_string().as_str()]).to_be_bytes())
}

impl Snapshots {
    /// What tells this server from others.
    pub(super) fn server(&self) -> u64 {
        self.server
    }
}
