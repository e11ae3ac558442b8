//! Articles one or many at a time, from any number of threads, into an index that is searched meanwhile: for a server.
//!
//! Who brings articles reads, cleans and marks them; one thread writes what all of them bring. It takes everything that waits, writes it,
//! commits once and then tells all of them: so a commit serves many, and nobody is told of an article that is not durable. A writer that
//! failed is dropped and the next one opened. After a pause it is closed, so that another process may write.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::{Done, IngestError, Pipeline, guarded, kept_evidence};
use crate::clean::{Evidence, Sightings};
use crate::guard;
use crate::index::manifest::Manifest;
use crate::index::{IndexError, Prepared, Weights, Writer, WriterOptions, sidecar};
use crate::read::{self, Format, Input, RawRecord, ReadError, Reject};

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
}

/// Requests that wait to be written, at most; who comes then waits.
const WAITING: usize = 256;
/// Articles of one commit, about: those who wait longest shall not wait for all that come after.
const GROUP: usize = 4096;
/// How long what was learned of the lines of sources waits to be used.
const LEARNED: Duration = Duration::from_secs(2);

/// An index that takes articles while it is searched. Dropped, it writes what waits and closes the index.
#[derive(Debug)]
pub struct Live {
    pipeline: Pipeline,
    weights: Weights,
    evidence: Arc<RwLock<Arc<Evidence>>>,
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<Result<(), IndexError>>>>,
}

/// What waits to be written, and who waits for it.
struct Job {
    items: Vec<Item>,
    done: Sender<Result<Written, Arc<IndexError>>>,
}

enum Item {
    Article(Box<Prepared>, Sightings),
    Delete(String),
}

#[derive(Debug, Clone, Copy, Default)]
struct Written {
    articles: u64,
    replaced: u64,
    deleted: u64,
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
    /// The input is held in memory as a whole. Of two articles with one id the later stands.
    ///
    /// # Errors
    /// [`IngestError::Shared`] with what the index refused; then none of it may have been written, or all.
    pub fn put(&self, input: &Input, format: Option<Format>) -> Result<Receipt, IngestError> {
        let options = read::Options { format, ..self.pipeline.read.clone() };
        let evidence = Arc::clone(&self.evidence.read().unwrap_or_else(PoisonError::into_inner));
        let records: Vec<Result<RawRecord, Reject>> = input.records(&options).collect();
        let process = |record: Result<RawRecord, Reject>| {
            let origin = record.as_ref().ok().map(|record| record.origin.clone());
            (guarded(&self.pipeline, self.weights, &evidence, record), origin)
        };
        let done: Vec<_> = records.into_par_iter().map(process).collect();
        let (mut receipt, mut items) = (Receipt::default(), Vec::with_capacity(done.len()));
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
        if !items.is_empty() {
            let Written { articles, replaced, deleted } = self.write(items)?;
            receipt = Receipt { articles, replaced, withdrawn: deleted, ..receipt };
        }
        Ok(receipt)
    }

    /// Takes the article with this id out. `true` if there was one; when this has returned, that is durable.
    ///
    /// # Errors
    /// As [`Live::put`].
    pub fn delete(&self, id: &str) -> Result<bool, IngestError> {
        Ok(self.write(vec![Item::Delete(id.to_owned())])?.deleted > 0)
    }

    fn write(&self, items: Vec<Item>) -> Result<Written, IngestError> {
        let ended = || IngestError::Threads("the one that writes has ended".to_owned());
        let (done, told) = bounded(1);
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(ended)?;
        jobs.send(Job { items, done }).map_err(|_| ended())?;
        drop(jobs);
        told.recv().map_err(|_| ended())?.map_err(IngestError::Shared)
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

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.close(); // who wants to know calls it
    }
}

/// Where everything is written.
struct Desk {
    path: PathBuf,
    options: WriterOptions,
    idle: Duration,
    learns: bool,
    evidence: Arc<RwLock<Arc<Evidence>>>,
    open: Option<Open>,
    committed: Box<dyn Fn() + Send>,
}

/// A writer, and what is known of the lines of sources.
struct Open {
    writer: Writer,
    evidence: Evidence,
    /// Since when something was learned that nobody uses yet.
    learned: Option<Instant>,
    unkept: bool,
}

impl Desk {
    fn work(&mut self, jobs: &Receiver<Job>) -> Result<(), IndexError> {
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
                none.insert(Open { writer, evidence, learned: None, unkept: false })
            }
        };
        let mut all = Vec::with_capacity(parts.len());
        for items in parts {
            let mut written = Written::default();
            for item in items {
                match item {
                    Item::Article(prepared, sightings) => {
                        let replaced = open.writer.upsert(*prepared)?;
                        if !replaced && self.learns {
                            open.evidence.learn(&sightings);
                            open.learned = open.learned.or_else(|| Some(Instant::now()));
                            open.unkept = true;
                        }
                        written.articles += 1;
                        written.replaced += u64::from(replaced);
                    }
                    Item::Delete(id) => written.deleted += u64::from(open.writer.delete(&id)?),
                }
            }
            all.push(written);
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
