//! What cutting a stream into records gives, record by record.

use std::io;

use super::ReadError;

/// One step of [`super::lines::Lines`], [`super::json::Cutter`] and the like.
#[derive(Debug)]
pub(super) struct Piece {
    /// Which record, from 1.
    pub(super) number: u64,
    /// Offset of its first byte in the stream; the stream's end, if none was begun.
    pub(super) offset: u64,
    /// Its bytes, or why there are none.
    pub(super) found: Found,
}

/// What stood there.
#[derive(Debug)]
pub(super) enum Found {
    /// The bytes of one record.
    Whole(Vec<u8>),
    /// A record over the limit, skipped.
    TooLong {
        /// Its length in bytes.
        length: u64,
        /// The most that was allowed.
        limit: usize,
    },
    /// The stream ended inside the record.
    Truncated {
        /// Offset of the stream's end.
        end: u64,
    },
    /// Something that is no record, or not a whole one; more may follow.
    Refused(ReadError),
    /// The stream failed inside the record; nothing follows.
    Failed(io::Error),
}

/// The bytes of a record while it is read: kept up to a limit, and counted beyond it.
#[derive(Debug)]
pub(super) struct Bounded {
    pub(super) bytes: Vec<u8>,
    /// How many there were, kept or not.
    pub(super) length: u64,
    limit: usize,
    /// Whether what was kept stays when more comes than is allowed.
    stays: bool,
}

impl Bounded {
    /// A record of at most `limit` bytes; nothing is kept of a longer one.
    pub(super) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), length: 0, limit, stays: false }
    }

    /// The beginning of something, about `limit` bytes at most.
    pub(super) fn beginning(limit: usize) -> Self {
        Self { stays: true, ..Self::new(limit) }
    }

    /// Takes more bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if !self.is_too_long() {
            self.bytes.extend_from_slice(bytes);
        } else if !self.stays {
            self.bytes = Vec::new();
        }
    }

    fn is_too_long(&self) -> bool {
        self.length > self.limit as u64
    }

    /// The record, if it is `whole`; `end` is the stream's offset behind it. That it is too long comes first.
    pub(super) fn found(self, whole: bool, end: u64) -> Found {
        if self.is_too_long() {
            Found::TooLong { length: self.length, limit: self.limit }
        } else if whole {
            Found::Whole(self.bytes)
        } else {
            Found::Truncated { end }
        }
    }
}
