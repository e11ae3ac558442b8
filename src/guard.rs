//! Where a panic below ends: as an error.
//!
//! A panic is a defect, of this crate or of a library that it stands on, most of which meet files that are not as they were written. Whoever
//! embeds the library shall not fall with it: each public function that touches an index or reads what strangers wrote does its work within
//! [`guarded`], and so does each thread of our own ([`thread`]). What a panic says is thrown away, as it may quote an article.
//! `docs/panics.md` tells the whole of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, JoinHandle};

/// A panic that was caught: a defect, of this crate or of one below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("internal fault while {0}")]
pub struct Fault(&'static str);

impl Fault {
    /// A panic that others caught.
    pub(crate) fn of(doing: &'static str) -> Self {
        Self(doing)
    }

    /// What was being done: "opening the index".
    pub fn doing(&self) -> &'static str {
        self.0
    }
}

/// Does some work; a panic on the way is told as a fault.
///
/// What the work had in its hands may be half done afterwards: who calls this gives it up, or does not hold it.
pub(crate) fn caught<T>(doing: &'static str, work: impl FnOnce() -> T) -> Result<T, Fault> {
    let work = || {
        #[cfg(test)]
        trip::pass(doing);
        work()
    };
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Fault(doing))
}

/// As [`caught`], for work that may fail by itself.
pub(crate) fn guarded<T, E: From<Fault>>(
    doing: &'static str,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    caught(doing, work).unwrap_or_else(|fault| Err(fault.into()))
}

/// Begins a thread that does guarded work.
pub(crate) fn thread<T: Send + 'static, E: From<Fault> + Send + 'static>(
    name: &str,
    doing: &'static str,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> std::io::Result<JoinHandle<Result<T, E>>> {
    #[cfg(test)]
    let armed = trip::armed();
    Builder::new().name(name.to_owned()).spawn(move || {
        #[cfg(test)]
        trip::arm(armed);
        guarded(doing, work)
    })
}

/// What a guarded thread gave.
pub(crate) fn joined<T, E: From<Fault>>(
    thread: JoinHandle<Result<T, E>>,
    doing: &'static str,
) -> Result<T, E> {
    thread.join().unwrap_or_else(|_| Err(Fault(doing).into()))
}

/// Panics on purpose, to see where they end.
#[cfg(test)]
pub(crate) mod trip {
    use std::cell::Cell;

    thread_local! {
        static ARMED: Cell<Option<&'static str>> = const { Cell::new(None) };
    }

    /// Has the guard panic where it does this, on this thread and on guarded ones that are begun meanwhile.
    pub(crate) fn at<T>(doing: &'static str, work: impl FnOnce() -> T) -> T {
        arm(Some(doing));
        let done = work();
        arm(None);
        done
    }

    pub(super) fn armed() -> Option<&'static str> {
        ARMED.get()
    }

    pub(super) fn arm(doing: Option<&'static str>) {
        ARMED.set(doing);
    }

    pub(super) fn pass(doing: &'static str) {
        assert!(ARMED.get() != Some(doing), "tripped while {doing}, with a secret in hand");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault_that_says_what_was_done_and_nothing_else() {
        let fault = trip::at("counting sheep", || caught("counting sheep", || 1)).unwrap_err();
        assert_eq!(fault.to_string(), "internal fault while counting sheep");
        assert_eq!(caught("counting sheep", || 1), Ok(1));
    }

    #[test]
    fn a_panic_in_a_thread_becomes_a_fault_as_well() {
        let thread = || thread("t", "counting sheep", || Ok::<_, Fault>(1)).unwrap();
        assert_eq!(joined(thread(), "counting sheep"), Ok(1));
        assert_eq!(
            joined(trip::at("counting sheep", thread), "counting sheep"),
            Err(Fault("counting sheep"))
        );
    }
}
