//! The thread that writes what comes in live: everything that waits, then one commit, then those who wait are told.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::asking::Asking;
use super::kept_evidence;
use crate::clean::{Evidence, Sightings};
use crate::guard;
use crate::index::{IndexError, Prepared, Writer, WriterOptions, sidecar};

/// Articles of one commit, about: those who wait longest shall not wait for all that come after.
const GROUP: usize = 4096;
/// How long what was learned of the lines of sources waits to be used.
const LEARNED: Duration = Duration::from_secs(2);

/// What waits to be written, and who waits for it.
pub(super) struct Job {
    pub(super) items: Vec<Item>,
    pub(super) done: Sender<Outcome>,
}

pub(super) type Outcome = Result<Written, Arc<IndexError>>;

pub(super) enum Item {
    Article(Box<Prepared>, Sightings),
    Delete(String),
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written {
    pub(super) articles: u64,
    pub(super) replaced: u64,
    pub(super) deleted: u64,
}

/// Where everything is written.
pub(super) struct Desk {
    pub(super) path: PathBuf,
    pub(super) options: WriterOptions,
    pub(super) idle: Duration,
    pub(super) learns: bool,
    pub(super) evidence: Arc<RwLock<Arc<Evidence>>>,
    pub(super) open: Option<Open>,
    pub(super) committed: Box<dyn Fn() + Send>,
}

/// A writer, and what is known of the lines of sources.
pub(super) struct Open {
    writer: Writer,
    asking: Option<Asking>,
    evidence: Evidence,
    /// Since when something was learned that nobody uses yet.
    learned: Option<Instant>,
    unkept: bool,
}

impl Desk {
    pub(super) fn work(&mut self, jobs: &Receiver<Job>) -> Result<(), IndexError> {
        loop {
            let first = match self.open {
                Some(_) => jobs.recv_timeout(self.idle),
                None => jobs.recv().map_err(RecvTimeoutError::from),
            };
            let mut group = match first {
                Ok(job) => vec![job],
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.close(); // everything is committed; what failed is tried again
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return self.close(),
            };
            let mut items = group[0].items.len();
            while items < GROUP
                && let Ok(job) = jobs.try_recv()
            {
                items += job.items.len();
                group.push(job);
            }
            let (parts, waiting): (Vec<_>, Vec<_>) = group.into_iter().map(|j| (j.items, j.done)).unzip();
            let written = guard::guarded("writing what came in", || self.write(parts));
            match written {
                Ok(written) => {
                    (self.committed)();
                    for (done, written) in waiting.iter().zip(written) {
                        let _ = done.send(Ok(written)); // who has gone away need not know
                    }
                }
                Err(error) => {
                    self.open = None;
                    let error = Arc::new(error);
                    for done in &waiting {
                        let _ = done.send(Err(Arc::clone(&error)));
                    }
                }
            }
        }
    }

    /// Writes what some brought, and commits.
    fn write(&mut self, parts: Vec<Vec<Item>>) -> Result<Vec<Written>, IndexError> {
        let open = match &mut self.open {
            Some(open) => open,
            none => {
                let writer = Writer::open(&self.path, &self.options)?;
                // Others may have written, and learned.
                let evidence = if self.learns { kept_evidence(&self.path).0 } else { Evidence::default() };
                none.insert(Open { writer, asking: None, evidence, learned: None, unkept: false })
            }
        };
        open.asking = Asking::renewed(open.asking.take(), &self.path, &mut open.writer)?;
        let mut all = Vec::with_capacity(parts.len());
        for items in parts {
            let mut written = Written::default();
            for item in items {
                match item {
                    Item::Article(prepared, sightings) => {
                        let added = open.writer.add(*prepared)?;
                        let replaced = added.replaced;
                        if let Some(asking) = &mut open.asking {
                            asking.added(&open.writer, &added)?;
                        }
                        if !replaced && self.learns {
                            open.evidence.learn(&sightings);
                            open.learned = open.learned.or_else(|| Some(Instant::now()));
                            open.unkept = true;
                        }
                        written.articles += 1;
                        written.replaced += u64::from(replaced);
                    }
                    Item::Delete(id) => {
                        written.deleted += u64::from(open.writer.delete(&id)?);
                        open.asking.iter_mut().for_each(|asking| asking.removed(&id));
                    }
                }
            }
            all.push(written);
        }
        if let Some(asking) = &mut open.asking {
            asking.seal(&mut open.writer)?;
        }
        open.writer.commit()?;
        if open.learned.is_some_and(|since| since.elapsed() > LEARNED) {
            open.learned = None;
            *self.evidence.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(open.evidence.clone());
        }
        Ok(all)
    }

    /// Closes the index, and keeps what was learned.
    fn close(&mut self) -> Result<(), IndexError> {
        let Some(Open { writer, evidence, unkept, .. }) = self.open.take() else { return Ok(()) };
        if unkept {
            sidecar::write(&self.path, &evidence.to_bytes())?;
            *self.evidence.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(evidence);
        }
        writer.finish()?;
        (self.committed)();
        Ok(())
    }
}
