//! The way in: read, clean, extract, index.
//!
//! What happens to one article is [`pipeline`]'s. Watches are asked of each on the same thread, and what they match is gathered for the commit
//! (`crate::watch`). What cleaning learns of the lines of sources on the way (`learn`) is kept in the index for the next run.
//!
//! One thread reads records, all cores parse, clean, extract and analyse them, the calling thread hands them to the index
//! in the order of the input, so that of two articles with one id the later stands. No more than a fixed number of
//! batches is under way, so memory stays bounded whatever the size of the input.

mod asking;
mod batches;
mod desk;
mod error;
mod learn;
mod live;
mod pipeline;
mod progress;
mod resume;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use crate::clean::{Evidence, Sightings};
use crate::extract;
use crate::guard;
use crate::index::{IndexError, Prepared, Weights, Writer, WriterOptions, sidecar};
use crate::read::{self, Input, RawRecord, Reject};
use crate::snippet::crowd::Scratch;
use crate::watch::{Answered, Gathering, WatchList, Watches};

pub use error::IngestError;
pub use learn::{AHEAD_BYTES, kept as kept_evidence};
pub use live::{Live, LiveOptions, Receipt};
pub use pipeline::{Marked, Pipeline, content_id};
pub use progress::{Observer, Progress, Spent};

use batches::{Batch, Batches, Read};
use learn::{Learner, Supply};
use pipeline::With;
use resume::Spot;
#[cfg(feature = "fuzzing")]
pub(crate) use resume::resumes;

/// How an indexing run is done.
#[derive(Debug, Clone)]
pub struct IngestOptions {
    /// What happens to each article.
    pub pipeline: Pipeline,
    /// How the index is written.
    pub writer: WriterOptions,
    /// Threads that parse, clean, extract and analyse; all cores unless set.
    pub threads: usize,
    /// Stop at the first article that cannot be read.
    pub strict: bool,
    /// The longest time that an article waits for a commit, whether others come in or not: readers see it then, and an interrupted
    /// run keeps it. A commit comes sooner where [`Writer::wants_commit`].
    pub commit_every: Duration,
    /// Ask the watches of the index of each article.
    pub watch: bool,
    /// Go on where the last run over the same inputs was interrupted; without it, all are read from their beginning.
    pub resume: bool,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            pipeline: Pipeline::default(),
            writer: WriterOptions::default(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            strict: false,
            commit_every: Duration::from_secs(60),
            watch: true,
            resume: false,
        }
    }
}

/// Indexes everything that `inputs` hold into the index at `path`, which is made if there is none. Once this has
/// returned, all of it is durable and searchable.
///
/// # Errors
/// What the index refuses, or with `strict` the first record that cannot be read; otherwise unreadable records are
/// counted, told to the observer, and left out.
pub fn ingest(
    path: &Path,
    inputs: &[Input],
    options: &IngestOptions,
    observer: &mut dyn Observer,
) -> Result<Progress, IngestError> {
    guard::guarded("indexing", || run(path, inputs, options, observer))
}

fn run(
    path: &Path,
    inputs: &[Input],
    options: &IngestOptions,
    observer: &mut dyn Observer,
) -> Result<Progress, IngestError> {
    let extract::Options { enabled, merge, .. } = options.pipeline.extract;
    let mut writer = Writer::open(path, &WriterOptions { merged_names: merge, ..options.writer.clone() })?;
    if enabled && writer.merged_names() != merge {
        return Err(IngestError::Merge { index: writer.merged_names() });
    }
    let weights = writer.weights();
    let from = if options.resume { resume::read(path, inputs)? } else { None };
    if let (Some(spot), Some(input)) = (from, from.and_then(|spot| inputs.get(spot.input))) {
        observer.resumed(input.name(), spot.records);
    }
    let from = from.unwrap_or_default();
    let watches = watches(path, options, &writer, observer)?;
    let gathering =
        watches.clone().map(|watches| Gathering::begin(path, &mut writer, watches)).transpose()?;
    let (learner, supply, to_reader) = learn::pair(path, options, writer.committed(), observer);
    let mut run = Run {
        path,
        inputs,
        read: from,
        learner,
        gathering,
        progress: Progress { total_bytes: inputs.iter().map(Input::size).sum(), ..Progress::default() },
        started: Instant::now(),
        due: None,
        options,
        observer,
    };
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|n| format!("dateline-{n}"))
        .build()
        .map_err(|e| IngestError::Threads(e.to_string()))?;
    let (permits, used) = bounded::<()>(threads * 6);
    let (to_workers, records) = bounded::<Task>(threads * 3);
    let (to_writer, done) = bounded::<Batch<Done>>(threads * 3);
    std::thread::scope(|scope| {
        let pipeline = &options.pipeline;
        let batches = Batches::new(inputs, &pipeline.read, from, scope);
        scope.spawn(move || read_all(batches, pipeline, supply, &permits, &to_workers));
        pool.in_place_scope(|workers| {
            for _ in 0..threads {
                let (records, to_writer) = (records.clone(), to_writer.clone());
                let watches = watches.as_deref();
                workers.spawn(move |_| work(&options.pipeline, (weights, watches), &records, &to_writer));
            }
            drop((records, to_writer)); // so that the channels close with their last users
            run.write_all(&mut writer, done, used, to_reader)
        })
    })?;
    let clock = Instant::now();
    let matches = run.seal(&mut writer)?;
    writer.finish()?;
    run.progress.matches += matches;
    run.learner.keep(path)?;
    sidecar::keep_resume(path, None)?;
    run.progress.spent.commit += clock.elapsed();
    run.tell();
    Ok(run.progress)
}

/// The watches of the index, if there are any and they are to be asked.
fn watches(
    path: &Path,
    options: &IngestOptions,
    writer: &Writer,
    observer: &mut dyn Observer,
) -> Result<Option<Arc<Watches>>, IngestError> {
    if !options.watch {
        return Ok(None);
    }
    let list = WatchList::read(path)?;
    if list.is_empty() {
        return Ok(None);
    }
    let watches = Watches::new(&list, Some(&writer.committed()));
    for (name, why) in watches.skipped() {
        observer.warned(&format!("watch {name} is passed over, its query cannot be read: {why}"));
    }
    Ok(Some(Arc::new(watches)))
}

/// Records for a worker, and what they are cleaned with.
type Task = (Batch<Read>, Arc<Evidence>);

/// What became of a record.
enum Done {
    Article {
        prepared: Result<Box<Prepared>, IndexError>,
        bytes: u64,
        sightings: Sightings,
        /// By the watches, if there are any.
        answered: Option<Answered>,
        spent: Spent,
    },
    /// The id of an article that its publisher takes back.
    Withdrawn(String),
    Rejected(Reject),
}

/// Reads all batches; ends early when nobody listens any more.
fn read_all(
    mut batches: Batches<'_>,
    pipeline: &Pipeline,
    mut supply: Supply,
    permits: &Sender<()>,
    to_workers: &Sender<Task>,
) {
    let ahead = supply.look_ahead(&mut batches, pipeline);
    for batch in ahead.into_iter().chain(batches) {
        let Some(evidence) = supply.at(batch.number) else { return };
        if permits.send(()).is_err() || to_workers.send((batch, evidence)).is_err() {
            return;
        }
    }
}

fn work(
    pipeline: &Pipeline,
    (weights, watches): (Weights, Option<&Watches>),
    records: &Receiver<Task>,
    to_writer: &Sender<Batch<Done>>,
) {
    let mut asking = Scratch::default();
    for (Batch { number, items, pause, end }, evidence) in records {
        let with = With { weights, evidence: &evidence, watches };
        let items = items.into_iter().map(|record| guarded(pipeline, &with, &mut asking, record)).collect();
        if to_writer.send(Batch { number, items, pause, end }).is_err() {
            return;
        }
    }
}

/// Processes a record; a panic on the way costs that record alone.
fn guarded(
    pipeline: &Pipeline,
    with: &With<'_>,
    asking: &mut Scratch,
    record: Result<RawRecord, Reject>,
) -> Done {
    let Ok(origin) = record.as_ref().map(|r| r.origin.clone()) else {
        return pipeline.process(record, with, asking);
    };
    guard::caught("preparing an article", || pipeline.process(record, with, asking))
        .unwrap_or(Done::Rejected(Reject { origin, reason: read::ReadError::Internal }))
}

/// An indexing run, as the writing thread sees it.
struct Run<'a> {
    path: &'a Path,
    inputs: &'a [Input],
    /// How far they are written.
    read: Spot,
    learner: Learner,
    gathering: Option<Gathering>,
    progress: Progress,
    started: Instant,
    /// When what was written is to be committed.
    due: Option<Instant>,
    options: &'a IngestOptions,
    observer: &'a mut dyn Observer,
}

impl Run<'_> {
    /// Writes batches in the order of the input. Takes the channels, so that an early end closes them for the others.
    fn write_all(
        &mut self,
        writer: &mut Writer,
        done: Receiver<Batch<Done>>,
        used: Receiver<()>,
        to_reader: Sender<Arc<Evidence>>,
    ) -> Result<(), IngestError> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        loop {
            let batch = match self.due {
                Some(due) => done.recv_deadline(due),
                None => done.recv().map_err(RecvTimeoutError::from),
            };
            match batch {
                Ok(batch) => waiting.insert(batch.number, (batch.items, batch.end)),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            while let Some((items, end)) = waiting.remove(&next) {
                let _ = used.recv(); // makes room for another batch
                for item in items {
                    self.write(writer, item)?;
                }
                self.read = end;
                self.due = self.due.or_else(|| Some(Instant::now() + self.options.commit_every));
                if let Some(evidence) = self.learner.end_of_batch() {
                    let _ = to_reader.send(evidence); // at the end of the input nobody waits for it
                }
                next += 1;
                self.tell();
            }
            if self.due.is_some_and(|due| due <= Instant::now()) || writer.wants_commit() {
                let clock = Instant::now();
                let matches = self.seal(writer)?;
                writer.commit()?;
                self.progress.matches += matches;
                self.learner.keep(self.path)?;
                resume::keep(self.path, self.inputs, self.read)?;
                self.progress.spent.commit += clock.elapsed();
                self.due = None;
                self.tell();
                self.observer.committed(&self.progress);
            }
        }
        drop((done, used, to_reader));
        if waiting.is_empty() {
            Ok(())
        } else {
            Err(IngestError::Threads("one of them ended early".to_owned()))
        }
    }

    fn write(&mut self, writer: &mut Writer, item: Done) -> Result<(), IngestError> {
        match item {
            Done::Article { prepared, bytes, sightings, answered, spent } => {
                let clock = Instant::now();
                let added = writer.add(*prepared?)?;
                let replaced = added.replaced;
                if let (Some(gathering), Some(answered)) = (&mut self.gathering, answered) {
                    gathering.added(writer, &added, answered)?;
                }
                if !replaced {
                    self.learner.learn(&sightings);
                }
                self.progress.spent.add(&Spent { write: clock.elapsed(), ..spent });
                self.progress.articles += 1;
                self.progress.replaced += u64::from(replaced);
                self.progress.text_bytes += bytes;
            }
            Done::Withdrawn(id) => {
                self.progress.withdrawn += u64::from(writer.delete(&id)?);
                self.gathering.iter_mut().for_each(|gathering| gathering.removed(&id));
            }
            Done::Rejected(reject) => {
                self.progress.rejected += 1;
                self.observer.rejected(&reject);
                if self.options.strict {
                    return Err(IngestError::Strict(reject));
                }
            }
        }
        Ok(())
    }

    /// Keeps what watches matched, for the commit that comes now.
    fn seal(&mut self, writer: &mut Writer) -> Result<u64, IngestError> {
        let Some(gathering) = &mut self.gathering else { return Ok(0) };
        let matches = gathering.seal(writer)?;
        self.progress.unasked += gathering.take_faults();
        Ok(matches)
    }

    fn tell(&mut self) {
        let read = &self.options.pipeline.read.progress;
        self.progress.read_bytes = read.load(std::sync::atomic::Ordering::Relaxed);
        self.progress.elapsed = self.started.elapsed();
        self.observer.progressed(&self.progress);
    }
}

#[cfg(test)]
mod fault_tests;
