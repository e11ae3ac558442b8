//! Articles one or many at a time, from any number of threads, into an index that is searched meanwhile: for a server.
//!
//! Who brings articles reads, cleans and marks them; one thread writes what all of them bring. It takes everything that waits, writes it,
//! commits once and then tells all of them (`desk`): so a commit serves many, and nobody is told of an article that is not durable. A writer that
//! failed is dropped and the next one opened. After a pause it is closed, so that another process may write.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::desk::{Desk, Item, Job, Outcome, Written};
use super::pipeline::With;
use super::{Done, IngestError, Pipeline, guarded, kept_evidence};
use crate::clean::Evidence;
use crate::guard;
use crate::index::manifest::Manifest;
use crate::index::{IndexError, Weights, Writer, WriterOptions};
use crate::read::{self, Format, Input, RawRecord, ReadError, Reject};
use crate::snippet::crowd::Scratch;

/// How an index is written live.
#[derive(Debug, Clone)]
pub struct LiveOptions {
    /// What happens to each article. Whether names are merged, the index says.
    pub pipeline: Pipeline,
    /// How the index is written.
    pub writer: WriterOptions,
    /// How long the writer stays open after the last article, and others have to wait for it.
    pub idle: Duration,
}

impl Default for LiveOptions {
    /// The usual pipeline and writer, and five seconds.
    fn default() -> Self {
        Self { pipeline: Pipeline::default(), writer: WriterOptions::default(), idle: Duration::from_secs(5) }
    }
}

/// What became of an input, now that it is durable.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Receipt {
    /// Articles put into the index.
    pub articles: u64,
    /// How many of them replaced one with the same id.
    pub replaced: u64,
    /// Articles taken out because their publisher took them back.
    pub withdrawn: u64,
    /// The ids of the articles put in, in the order of the input.
    pub ids: Vec<String>,
    /// What could not be read.
    pub rejected: Vec<Reject>,
    /// Whether so much could not be read that the rest of the input was left unread.
    pub given_up: bool,
}

/// Requests that wait to be written, at most; who comes then waits.
const WAITING: usize = 256;
/// Records and bytes of an input that are made ready at once: in memory an article takes many times its bytes.
const PART: (usize, usize) = (512, 4 << 20);
/// Parts of an input that wait to be written while the next is made ready.
const AHEAD: usize = 2;
/// Records of an input that cannot be read, about, until the rest of it is left alone: a small body may hold many millions of them.
const MOST_REJECTED: usize = 1000;

/// An index that takes articles while it is searched. Dropped, it writes what waits and closes the index.
#[derive(Debug)]
pub struct Live {
    pipeline: Pipeline,
    weights: Weights,
    evidence: Arc<RwLock<Arc<Evidence>>>,
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<Result<(), IndexError>>>>,
}

impl Live {
    /// Opens the index at `path`; makes it where there is none. After each commit `committed` is called, before anybody is told of it.
    ///
    /// # Errors
    /// What [`Writer::open`] says of the directory.
    pub fn open(
        path: &Path,
        options: LiveOptions,
        committed: impl Fn() + Send + 'static,
    ) -> Result<Self, IngestError> {
        let LiveOptions { mut pipeline, mut writer, idle } = options;
        let manifest = if let Some(manifest) = Manifest::read(path)? {
            manifest
        } else {
            writer.merged_names = pipeline.extract.merge;
            Writer::open(path, &writer)?.finish()?;
            Manifest::read(path)?.ok_or_else(|| IndexError::Missing(path.to_owned()))?
        };
        pipeline.extract.merge = manifest.merged_names;
        let learns = pipeline.clean.enabled && pipeline.clean.furniture;
        let known = if learns { kept_evidence(path).0 } else { Evidence::default() };
        let evidence = Arc::new(RwLock::new(Arc::new(known)));
        let (jobs, waiting) = bounded(WAITING);
        let mut desk = Desk {
            path: path.to_owned(),
            options: writer,
            idle,
            learns,
            evidence: Arc::clone(&evidence),
            open: None,
            committed: Box::new(committed),
        };
        let thread = guard::thread("dateline-live", "writing what came in", move || desk.work(&waiting));
        let thread = thread.map_err(|e| IngestError::Threads(e.to_string()))?;
        Ok(Self {
            pipeline,
            weights: manifest.weights,
            evidence,
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// How articles are read and cleaned.
    pub fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// Puts everything that `input` holds, in this format or in the one that it is recognised as, into the index. When this has returned, it is durable and searchable; what cannot be read is told.
    ///
    /// Where more than a thousand records cannot be read, what comes after them is not looked at. A long input is written part by part, each with a commit. Of two articles with one id the later stands.
    ///
    /// # Errors
    /// [`IngestError::Shared`] with what the index refused; then some of it may have been written, or all. To put it in again does no harm where the
    /// articles have ids.
    pub fn put(&self, input: &Input, format: Option<Format>) -> Result<Receipt, IngestError> {
        let options = read::Options { format, ..self.pipeline.read.clone() };
        let evidence = Arc::clone(&self.evidence.read().unwrap_or_else(PoisonError::into_inner));
        let mut records = input.records(&options);
        let (mut receipt, mut under_way) = (Receipt::default(), VecDeque::new());
        loop {
            let part = part(&mut records);
            if part.is_empty() {
                break;
            }
            let items = self.prepare(part, &evidence, &mut receipt);
            receipt.given_up = receipt.rejected.len() >= MOST_REJECTED;
            if under_way.len() >= AHEAD
                && let Some(first) = under_way.pop_front()
            {
                receipt.add(told(&first)?);
            }
            if !items.is_empty() {
                under_way.push_back(self.send(items)?);
            }
            if receipt.given_up {
                break;
            }
        }
        for written in under_way {
            receipt.add(told(&written)?);
        }
        Ok(receipt)
    }

    /// Makes some records ready on all cores; what cannot be read is told in the receipt.
    fn prepare(
        &self,
        records: Vec<Result<RawRecord, Reject>>,
        evidence: &Evidence,
        receipt: &mut Receipt,
    ) -> Vec<Item> {
        let process = |record: Result<RawRecord, Reject>| {
            let origin = record.as_ref().ok().map(|record| record.origin.clone());
            // The watches are asked where they are known as they are: by the thread that writes.
            let with = With { weights: self.weights, evidence, watches: None };
            (guarded(&self.pipeline, &with, &mut Scratch::default(), record), origin)
        };
        let done: Vec<_> = records.into_par_iter().map(process).collect();
        let mut items = Vec::with_capacity(done.len());
        for (done, origin) in done {
            match done {
                Done::Article { prepared: Ok(prepared), sightings, .. } => {
                    receipt.ids.push(prepared.id().to_owned());
                    items.push(Item::Article(prepared, sightings));
                }
                // It cannot be encoded.
                Done::Article { prepared: Err(_), .. } => receipt
                    .rejected
                    .extend(origin.map(|origin| Reject { origin, reason: ReadError::Internal })),
                Done::Withdrawn(id) => items.push(Item::Delete(id)),
                Done::Rejected(reject) => receipt.rejected.push(reject),
            }
        }
        items
    }

    /// Takes the article with this id out. `true` if there was one; when this has returned, that is durable.
    ///
    /// # Errors
    /// As [`Live::put`].
    pub fn delete(&self, id: &str) -> Result<bool, IngestError> {
        Ok(told(&self.send(vec![Item::Delete(id.to_owned())])?)?.deleted > 0)
    }

    /// Has some things written; the answer comes when they are durable.
    fn send(&self, items: Vec<Item>) -> Result<Receiver<Outcome>, IngestError> {
        let (done, outcome) = bounded(1);
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(ended)?;
        jobs.send(Job { items, done }).map_err(|_| ended())?;
        Ok(outcome)
    }

    /// Writes what waits, and closes the index.
    ///
    /// # Errors
    /// As [`Writer::finish`].
    pub fn close(&self) -> Result<(), IngestError> {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        thread.map_or(Ok(()), |thread| Ok(guard::joined(thread, "writing what came in")?))
    }
}

impl Receipt {
    fn add(&mut self, written: Written) {
        self.articles += written.articles;
        self.replaced += written.replaced;
        self.withdrawn += written.deleted;
    }
}

/// Waits until something is durable.
fn told(outcome: &Receiver<Outcome>) -> Result<Written, IngestError> {
    outcome.recv().map_err(|_| ended())?.map_err(IngestError::Shared)
}

fn ended() -> IngestError {
    IngestError::Threads("the one that writes has ended".to_owned())
}

/// The next records, as many as are made ready at once; none at the end.
fn part(records: &mut impl Iterator<Item = Result<RawRecord, Reject>>) -> Vec<Result<RawRecord, Reject>> {
    let (mut part, mut bytes) = (Vec::new(), 0);
    while part.len() < PART.0
        && bytes < PART.1
        && let Some(record) = records.next()
    {
        bytes += record.as_ref().map_or(0, |record| record.bytes.len());
        part.push(record);
    }
    part
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.close(); // who wants to know calls it
    }
}
