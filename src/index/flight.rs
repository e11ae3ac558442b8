//! A segment that is being written on a thread of its own.

use std::thread::JoinHandle;

use tantivy::index::SegmentMeta;

use super::IndexError;
use super::segment::Builder;
use crate::guard;

const DOING: &str = "writing a segment";

/// A segment that is being written. Dropping it waits for the thread: what it writes then belongs to nobody.
pub(super) struct Flight(Option<JoinHandle<Result<SegmentMeta, IndexError>>>);

impl Flight {
    /// Begins to write a segment.
    pub(super) fn new(builder: Builder) -> Result<Self, IndexError> {
        guard::thread("dateline-segment", DOING, move || builder.write())
            .map(|thread| Self(Some(thread)))
            .map_err(|e| IndexError::io("starting a thread to write a segment", e))
    }

    /// Waits for it.
    pub(super) fn land(mut self) -> Result<SegmentMeta, IndexError> {
        let lost = || Err(guard::Fault::of(DOING).into());
        self.0.take().map_or_else(lost, |thread| guard::joined(thread, DOING))
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let _ = self.0.take().map(JoinHandle::join); // who drops it has failed already
    }
}
