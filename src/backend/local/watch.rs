//! What everything that works on one query shares: its time, whether anybody still waits for its answer, and the first thing that went wrong. When the time is
//! up, nobody waits or something failed, whoever works on the query stops at the next article.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tantivy::TantivyError;

thread_local! {
    /// Set when nobody waits any more for what this thread works on.
    static GONE: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Does some work on this thread; the questions that it asks are given up soon after `gone` is set, with [`crate::backend::BackendError::Gone`].
///
/// For servers, whose clients go away.
pub fn unless_gone<T>(gone: &Arc<AtomicBool>, work: impl FnOnce() -> T) -> T {
    /// Puts back what was there before, whatever becomes of the work.
    struct Before(Option<Arc<AtomicBool>>);
    impl Drop for Before {
        fn drop(&mut self) {
            GONE.set(self.0.take());
        }
    }
    let _before = Before(GONE.replace(Some(Arc::clone(gone))));
    work()
}

/// The time of one query, and its failure.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    until: Option<Instant>,
    gone: Option<Arc<AtomicBool>>,
    over: Arc<AtomicBool>,
    failure: Arc<Mutex<Option<TantivyError>>>,
}

/// Articles looked into between two looks at the clock.
const EVERY: u32 = 32;

impl Watch {
    /// Time from now on; `None` for all the time there is.
    pub(super) fn start(limit: Option<Duration>) -> Self {
        let until = limit.and_then(|limit| Instant::now().checked_add(limit));
        let gone = GONE.with_borrow(Clone::clone);
        Self { until, gone, over: Arc::default(), failure: Arc::default() }
    }

    /// Whether nobody waits for the answer any more.
    pub(super) fn is_gone(&self) -> bool {
        self.gone.as_ref().is_some_and(|gone| gone.load(Ordering::Relaxed))
    }

    /// Whether the time was found to be up, or nobody to wait.
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
        if self.is_gone() || self.until.is_some_and(|until| Instant::now() >= until) {
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
