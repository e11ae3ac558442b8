//! What everything that works on one query shares: its time, and the first thing that went wrong. When the time is up or
//! something failed, whoever works on the query stops at the next article.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tantivy::TantivyError;

/// The time of one query, and its failure.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    until: Option<Instant>,
    over: Arc<AtomicBool>,
    failure: Arc<Mutex<Option<TantivyError>>>,
}

/// Articles looked into between two looks at the clock.
const EVERY: u32 = 32;

impl Watch {
    /// Time from now on; `None` for all the time there is.
    pub(super) fn start(limit: Option<Duration>) -> Self {
        let until = limit.and_then(|limit| Instant::now().checked_add(limit));
        Self { until, over: Arc::default(), failure: Arc::default() }
    }

    /// Whether the time was found to be up.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Gives the query up: what stands in a list or column cannot be read.
    pub(super) fn fail(&self, error: TantivyError) {
        if let Ok(mut failure) = self.failure.lock() {
            failure.get_or_insert(error);
        }
        self.over.store(true, Ordering::Relaxed);
    }

    /// What went wrong, if anything did.
    pub(super) fn failure(&self) -> Option<TantivyError> {
        self.failure.lock().ok()?.take()
    }

    /// Looks at the clock; whether the time is up. For those whose work on one article may be long.
    pub(super) fn look(&self) -> bool {
        if self.until.is_some_and(|until| Instant::now() >= until) {
            self.over.store(true, Ordering::Relaxed);
        }
        self.is_over()
    }

    /// Looks at the clock now and then, as `ticks` is counted up; whether the time is up.
    pub(super) fn tick(&self, ticks: &mut u32) -> bool {
        *ticks += 1;
        if ticks.is_multiple_of(EVERY) { self.look() } else { self.is_over() }
    }
}
