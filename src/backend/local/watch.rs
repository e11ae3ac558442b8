//! A query's time: when it is up, whoever works on the query stops at the next article.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The time of one query, shared by everything that works on it.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    until: Option<Instant>,
    over: Arc<AtomicBool>,
}

/// Articles looked into between two looks at the clock.
const EVERY: u32 = 32;

impl Watch {
    /// Time from now on; `None` for all the time there is.
    pub(super) fn start(limit: Option<Duration>) -> Self {
        let until = limit.and_then(|limit| Instant::now().checked_add(limit));
        Self { until, over: Arc::new(AtomicBool::new(false)) }
    }

    /// Whether the time was found to be up.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Looks at the clock now and then, as `ticks` is counted up; whether the time is up.
    pub(super) fn tick(&self, ticks: &mut u32) -> bool {
        *ticks += 1;
        if ticks.is_multiple_of(EVERY) && self.until.is_some_and(|until| Instant::now() >= until) {
            self.over.store(true, Ordering::Relaxed);
        }
        self.is_over()
    }
}
