//! What cutting a stream into records gives, record by record.

use std::io;

use super::ReadError;

/// One step of [`super::lines::Lines`] [`super::json::Cutter`] and the like.
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
