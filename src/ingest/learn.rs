//! What cleaning learns on the way in: the same whatever the number of threads.
//!
//! Batches are counted in *epochs*. The reading thread looks through the first epoch before any of it is cleaned for the index, so that
//! the first articles are as clean as the rest; the writing thread learns from all later batches in their order, and after each
//! epoch hands a copy of the evidence to the reading thread ([`Supply`]), which gives it to the batches of the epoch after the next.
//! So what a batch is cleaned with depends on its number alone, and nobody waits for an epoch that has just begun.
//!
//! Articles that replace one of the index are not learned from again.

use std::path::Path;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::batches::{BATCH_BYTES, Batch, Read};
use super::{IngestOptions, Observer, Pipeline, content_id};
use crate::clean::{Evidence, Sightings};
use crate::guard::caught;
use crate::index::{Committed, IndexError, sidecar};

/// Batches of an epoch.
const EPOCH: u32 = 32;
/// How much of the inputs is looked through before anything is cleaned, about.
pub const AHEAD_BYTES: usize = EPOCH as usize * BATCH_BYTES;

/// The evidence that the index at `path` keeps; none if there is none, or if it is damaged, with what is to be said of that.
pub fn kept(path: &Path) -> (Evidence, Option<String>) {
    match sidecar::read(path) {
        Ok(None) => (Evidence::default(), None),
        Ok(Some(bytes)) => match Evidence::from_bytes(&bytes) {
            Some(evidence) => (evidence, None),
            None => (
                Evidence::default(),
                Some(format!("{} is of another version: learning anew", sidecar::EVIDENCE)),
            ),
        },
        Err(error) => (Evidence::default(), Some(format!("{error}: learning anew"))),
    }
}

/// The two ends of learning, for the thread that writes and for the one that reads, and the way from the first to the second.
pub(super) fn pair(
    path: &Path,
    options: &IngestOptions,
    committed: Committed,
    observer: &mut dyn Observer,
) -> (Learner, Supply, Sender<Arc<Evidence>>) {
    let learns = options.pipeline.clean.enabled && options.pipeline.clean.furniture;
    let (kept, warning) = if learns { kept(path) } else { (Evidence::default(), None) };
    if let Some(warning) = warning {
        observer.warned(&warning);
    }
    let (to_writer, first) = bounded(1);
    // Of those between an epoch that is written and the one that is read there are never more.
    let (to_reader, later) = bounded(4);
    let learner = Learner { learns, evidence: None, first, written: 0, unkept: false };
    let supply = Supply {
        learns,
        current: Arc::new(kept),
        to_writer,
        later,
        committed,
        threads: options.threads.max(1),
    };
    (learner, supply, to_reader)
}

/// The end of the writing thread.
pub(super) struct Learner {
    learns: bool,
    /// What is known; none before it is first asked for, after the first batch.
    evidence: Option<Evidence>,
    first: Receiver<Arc<Evidence>>,
    /// Batches that have been written as a whole.
    written: u64,
    /// Whether something was learned that the index does not keep yet.
    unkept: bool,
}

impl Learner {
    fn evidence(&mut self) -> Option<&mut Evidence> {
        if self.evidence.is_none() {
            // It was sent before the first batch.
            self.evidence = self.first.try_recv().ok().map(Arc::unwrap_or_clone);
            self.unkept = self.evidence.is_some();
        }
        self.evidence.as_mut()
    }

    /// Learns from an article of the batch that is being written; the reading thread has looked at those of the first epoch.
    pub(super) fn learn(&mut self, sightings: &Sightings) {
        if self.learns
            && self.written >= u64::from(EPOCH)
            && let Some(evidence) = self.evidence()
        {
            evidence.learn(sightings);
            self.unkept = true;
        }
    }

    /// A batch has been written; gives what the reading thread waits for if it was the last of an epoch.
    pub(super) fn end_of_batch(&mut self) -> Option<Arc<Evidence>> {
        self.written += 1;
        let ends_epoch = self.written > u64::from(EPOCH) && self.written.is_multiple_of(EPOCH.into());
        (self.learns && ends_epoch)
            .then(|| self.evidence().map(|evidence| Arc::new(evidence.clone())))
            .flatten()
    }

    /// Keeps in the index at `path` what was learned.
    pub(super) fn keep(&mut self, path: &Path) -> Result<(), IndexError> {
        let bytes = self.evidence().map(|evidence| evidence.to_bytes());
        if let Some(bytes) = bytes.filter(|_| self.unkept) {
            sidecar::write(path, &bytes)?;
            self.unkept = false;
        }
        Ok(())
    }
}

/// The end of the reading thread.
pub(super) struct Supply {
    learns: bool,
    current: Arc<Evidence>,
    to_writer: Sender<Arc<Evidence>>,
    later: Receiver<Arc<Evidence>>,
    committed: Committed,
    threads: usize,
}

impl Supply {
    /// Takes the batches of the first epoch, or those before the input pauses, and learns from their articles.
    pub(super) fn look_ahead(
        &mut self,
        batches: &mut impl Iterator<Item = Batch<Read>>,
        pipeline: &Pipeline,
    ) -> Vec<Batch<Read>> {
        if !self.learns {
            return Vec::new();
        }
        let mut ahead = Vec::new();
        for batch in batches.take(EPOCH as usize) {
            let pause = batch.pause;
            ahead.push(batch);
            if pause {
                break; // what has come need not wait for what may never come
            }
        }
        let share = ahead.len().div_ceil(self.threads).max(1);
        let committed = &self.committed;
        let sightings: Vec<Sightings> = std::thread::scope(|scope| {
            let look = |part: &[Batch<_>]| -> Vec<Sightings> {
                part.iter()
                    .flat_map(|batch| &batch.items)
                    .filter_map(|r| sightings(r, pipeline, committed))
                    .collect()
            };
            let parts: Vec<_> = ahead.chunks(share).map(|part| scope.spawn(move || look(part))).collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
        });
        let evidence = Arc::make_mut(&mut self.current);
        for sightings in &sightings {
            evidence.learn(sightings);
        }
        let _ = self.to_writer.send(Arc::clone(&self.current)); // whoever does not wait for it has failed
        ahead
    }

    /// What the batch with this number is cleaned with; `None` if the writing thread has ended.
    pub(super) fn at(&mut self, batch: u64) -> Option<Arc<Evidence>> {
        if self.learns && batch.is_multiple_of(EPOCH.into()) && batch / u64::from(EPOCH) >= 3 {
            self.current = self.later.recv().ok()?;
        }
        Some(Arc::clone(&self.current))
    }
}

/// What a record says of its source's lines; nothing if it is no article, or one that the index holds already.
fn sightings(record: &Read, pipeline: &Pipeline, committed: &Committed) -> Option<Sightings> {
    let record = record.as_ref().ok()?;
    let look = || {
        let raw = record.parse(&pipeline.read).ok().filter(|raw| !raw.withdrawn)?;
        let mut cleaned = pipeline.clean_with(raw, &Evidence::default());
        if !committed.is_empty() {
            if cleaned.article.id.is_empty() {
                cleaned.article.id = content_id(&cleaned.article);
            }
            if committed.holds(&cleaned.article.id).unwrap_or(false) {
                return None;
            }
        }
        Some(cleaned.sightings)
    };
    // A record that is too odd for a worker is told of when it comes to one.
    caught("looking ahead", look).ok().flatten()
}
