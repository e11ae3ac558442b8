//! Bounds the articles that wait for the engine's indexing threads.
//!
//! The engine queues 10,000 documents whatever their size. Here each carries a share of a budget of bytes, which it gives
//! back when a thread is done with it; who adds faster than the threads index has to wait.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

/// Bytes of articles that may wait.
const WAITING_BYTES: usize = 24_000_000;
/// Longest wait. Threads that take longer have died, and the engine says so at the next call.
const PATIENCE: Duration = Duration::from_secs(120);

/// Bytes that wait, shared by a writer and its articles.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue(Arc<(Mutex<usize>, Condvar)>);

impl Queue {
    /// Waits until there is room for `bytes`, and takes it.
    pub(super) fn admit(&self, document: TantivyDocument, bytes: usize) -> Waiting {
        let (used, freed) = &*self.0;
        let bytes = bytes.min(WAITING_BYTES);
        let guard = used.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut usize| *used + bytes > WAITING_BYTES;
        let (mut guard, _) =
            freed.wait_timeout_while(guard, PATIENCE, full).unwrap_or_else(PoisonError::into_inner);
        *guard += bytes;
        Waiting { document, bytes, queue: self.clone() }
    }
}

/// A document on its way to an indexing thread.
#[derive(Debug)]
pub(super) struct Waiting {
    document: TantivyDocument,
    bytes: usize,
    queue: Queue,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let (used, freed) = &*self.queue.0;
        let mut used = used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_sub(self.bytes);
        freed.notify_one();
    }
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_waits_until_another_has_made_room() {
        let queue = Queue::default();
        let first = queue.admit(TantivyDocument::new(), WAITING_BYTES);
        let (sender, admitted) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let second = queue.clone();
            scope.spawn(move || {
                let waiting = second.admit(TantivyDocument::new(), usize::MAX);
                assert!(sender.send(()).is_ok());
                drop(waiting);
            });
            assert!(admitted.recv_timeout(Duration::from_millis(50)).is_err(), "there is no room yet");
            drop(first);
            assert!(admitted.recv_timeout(Duration::from_secs(10)).is_ok(), "now there is");
        });
    }
}
