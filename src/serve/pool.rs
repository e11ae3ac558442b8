//! Where questions are answered: on a few threads, never on those that serve connections. Who comes when too many wait is told to come again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::failure::Failure;
use crate::backend::unless_gone;
use crate::guard::caught;

/// So many at once, and so many waiting for them.
#[derive(Debug)]
pub(super) struct Pool {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// How many may wait.
    most: usize,
    /// How long.
    patience: Duration,
}

/// One who waits; gone when dropped, as where a client goes away.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A client that waits for an answer.
pub(super) struct Waits(pub(super) Arc<AtomicBool>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Pool {
    pub(super) fn new(threads: usize, most: usize, patience: Duration) -> Self {
        Self { permits: Arc::new(Semaphore::new(threads)), waiting: AtomicUsize::new(0), most, patience }
    }

    /// How many wait now.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// A place to work, when there is one.
    pub(super) async fn place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(place) = self.permits.clone().try_acquire_owned() {
            return Ok(place);
        }
        let busy = || Failure::busy("overloaded", "too many requests at once");
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= self.most {
            return Err(busy());
        }
        match tokio::time::timeout(self.patience, self.permits.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(busy()),
        }
    }

    /// Does some work in a place; a panic costs that work alone.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.place().await?;
        let gone = Arc::new(AtomicBool::new(false));
        // Where the client goes away, this is dropped before there is an answer.
        let _waits = Waits(Arc::clone(&gone));
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            caught("answering a request", || unless_gone(&gone, work))
        });
        match done.await {
            Ok(Ok(done)) => done,
            Ok(Err(fault)) => Err(Failure::internal(fault.to_string())),
            Err(_) => Err(Failure::internal("a thread ended early")),
        }
    }
}
