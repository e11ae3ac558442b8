//! The way in: read, clean, extract, index.
//!
//! What cleaning learns of the lines of sources on the way (`learn`) is kept in the index for the next run.
//!
//! One thread reads records, all cores parse, clean, extract and analyse them, the calling thread hands them to the index
//! in the order of the input, so that of two articles with one id the later stands. No more than a fixed number of
//! batches is under way, so memory stays bounded whatever the size of the input.

mod batches;
mod desk;
mod error;
mod learn;
mod live;
mod progress;
mod resume;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use sha2::{Digest as _, Sha256};

use crate::article::{Article, Cleaning, Mention, RawArticle};
use crate::clean::{self, Cleaned, Evidence, Reason, Sightings};
use crate::extract::{self, Text};
use crate::guard;
use crate::index::{self, IndexError, Prepared, Weights, Writer, WriterOptions, sidecar};
use crate::read::{self, Input, RawRecord, Reject};
use crate::text::{Token, hex, token_list};

pub use error::IngestError;
pub use learn::{AHEAD_BYTES, kept as kept_evidence};
pub use live::{Live, LiveOptions, Receipt};
pub use progress::{Observer, Progress, Spent};

use batches::{Batch, Batches, Read};
use learn::{Learner, Supply};
use resume::Spot;
#[cfg(feature = "fuzzing")]
pub(crate) use resume::resumes;

/// What happens to an article on its way in.
#[derive(Debug, Clone, Default)]
pub struct Pipeline {
    /// How records are read.
    pub read: read::Options,
    /// How articles are cleaned.
    pub clean: clean::Options,
    /// What is looked for in them.
    pub extract: extract::Options,
}

/// An article with its mentions and tokens, on its way into the index.
#[derive(Debug)]
pub struct Marked {
    /// The clean article.
    pub article: Article,
    /// What was found in it, in order of field and start.
    pub mentions: Vec<Mention>,
    /// What cleaning dropped and changed.
    pub cleaning: Cleaning,
    title: Vec<Token>,
    body: Vec<Token>,
}

impl Pipeline {
    /// Cleans an article, gives it an id if it has none, and marks it.
    pub fn mark(&self, raw: RawArticle) -> Marked {
        self.mark_with(raw, &Evidence::default())
    }

    /// As [`Pipeline::mark`]; lines that recur across articles of one source, as far as `evidence` knows them, are dropped.
    pub fn mark_with(&self, raw: RawArticle, evidence: &Evidence) -> Marked {
        self.mark_cleaned(self.clean_with(raw, evidence))
    }

    /// Cleans an article. Where the input states no id, it is made from what the rules leave, so that it stays the same whatever has
    /// been learned since.
    pub fn clean_with(&self, raw: RawArticle, evidence: &Evidence) -> Cleaned {
        let stated = raw.id.as_deref().is_some_and(|id| !id.trim().is_empty());
        let copy = (!stated && !evidence.is_empty()).then(|| raw.clone());
        let mut cleaned = clean::clean_with(raw, &self.clean, evidence);
        if let Some(raw) = copy
            && cleaned.counts.of(Reason::Recurring("")) > 0
        {
            cleaned.article.id = content_id(&clean::clean(raw, &self.clean).article);
        }
        cleaned
    }

    fn mark_cleaned(&self, cleaned: Cleaned) -> Marked {
        Marked { cleaning: cleaned.cleaning, ..self.mark_article(cleaned.article) }
    }

    /// Marks an article that is clean already. Its id is made from its content if it has none.
    pub fn mark_article(&self, mut article: Article) -> Marked {
        if article.id.is_empty() {
            article.id = content_id(&article);
        }
        let (title, body) = (token_list(&article.title), token_list(&article.body));
        let texts = [Text::title(&article.title, &title), Text::body(&article.body, &body)];
        let mentions = extract::extract_in(&texts, article.lang.as_deref(), article.published, &self.extract);
        Marked { article, mentions, cleaning: Cleaning::default(), title, body }
    }

    fn process(&self, record: Result<RawRecord, Reject>, weights: Weights, evidence: &Evidence) -> Done {
        let mut clock = Instant::now();
        let mut lap = || std::mem::replace(&mut clock, Instant::now()).elapsed();
        let parsed = record.and_then(|r| r.parse(&self.read));
        let parse = lap();
        match parsed {
            Ok(raw) if raw.withdrawn => {
                // Cleaned, so that its id is written as that of the article was.
                Done::Withdrawn(clean::clean(raw, &self.clean).article.id)
            }
            Ok(raw) => {
                let mut cleaned = self.clean_with(raw, evidence);
                let sightings = std::mem::take(&mut cleaned.sightings);
                let clean = lap();
                let marked = self.mark_cleaned(cleaned);
                let extract = lap();
                let bytes = (marked.article.title.len() + marked.article.body.len()) as u64;
                let prepared = marked.prepare(weights).map(Box::new);
                let spent = Spent { parse, clean, extract, analyse: lap(), ..Spent::default() };
                Done::Article { prepared, bytes, sightings, spent }
            }
            Err(reject) => Done::Rejected(reject),
        }
    }
}

impl Marked {
    /// Everything that an index with these weights ([`Writer::weights`]) will hold of the article.
    ///
    /// # Errors
    /// If the article cannot be encoded, which no article read by this crate runs into.
    pub fn prepare(&self, weights: Weights) -> Result<Prepared, IndexError> {
        let Self { article, mentions, cleaning, title, body } = self;
        let analysed = index::analyse_with(article, title, body, mentions, weights);
        Prepared::with_cleaning(article, mentions, cleaning, analysed)
    }
}

/// An id that the same content always gets: the first 128 bits of its SHA-256, in hexadecimal.
///
/// A digest that nobody can steer, because an article with the id of another would replace it.
pub fn content_id(article: &Article) -> String {
    let mut digest = Sha256::new();
    for part in [&article.title, &article.body] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    for part in [&article.source, &article.url] {
        digest.update(part.as_deref().unwrap_or_default().as_bytes());
        digest.update([0]);
    }
    hex(digest.finalize().get(..16).unwrap_or_default())
}

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
    let (learner, supply, to_reader) = learn::pair(path, options, writer.committed(), observer);
    let mut run = Run {
        path,
        inputs,
        read: from,
        learner,
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
                workers.spawn(move |_| work(&options.pipeline, weights, &records, &to_writer));
            }
            drop((records, to_writer)); // so that the channels close with their last users
            run.write_all(&mut writer, done, used, to_reader)
        })
    })?;
    let clock = Instant::now();
    writer.finish()?;
    run.learner.keep(path)?;
    sidecar::keep_resume(path, None)?;
    run.progress.spent.commit += clock.elapsed();
    run.tell();
    Ok(run.progress)
}

/// Records for a worker, and what they are cleaned with.
type Task = (Batch<Read>, Arc<Evidence>);

/// What became of a record.
enum Done {
    Article {
        prepared: Result<Box<Prepared>, IndexError>,
        bytes: u64,
        sightings: Sightings,
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

fn work(pipeline: &Pipeline, weights: Weights, records: &Receiver<Task>, to_writer: &Sender<Batch<Done>>) {
    for (Batch { number, items, pause, end }, evidence) in records {
        let items = items.into_iter().map(|record| guarded(pipeline, weights, &evidence, record)).collect();
        if to_writer.send(Batch { number, items, pause, end }).is_err() {
            return;
        }
    }
}

/// Processes a record; a panic on the way costs that record alone.
fn guarded(
    pipeline: &Pipeline,
    weights: Weights,
    evidence: &Evidence,
    record: Result<RawRecord, Reject>,
) -> Done {
    let Ok(origin) = record.as_ref().map(|r| r.origin.clone()) else {
        return pipeline.process(record, weights, evidence);
    };
    guard::caught("preparing an article", || pipeline.process(record, weights, evidence))
        .unwrap_or(Done::Rejected(Reject { origin, reason: read::ReadError::Internal }))
}

/// An indexing run, as the writing thread sees it.
struct Run<'a> {
    path: &'a Path,
    inputs: &'a [Input],
    /// How far they are written.
    read: Spot,
    learner: Learner,
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
                writer.commit()?;
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
            Done::Article { prepared, bytes, sightings, spent } => {
                let clock = Instant::now();
                let replaced = writer.upsert(*prepared?)?;
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

    fn tell(&mut self) {
        let read = &self.options.pipeline.read.progress;
        self.progress.read_bytes = read.load(std::sync::atomic::Ordering::Relaxed);
        self.progress.elapsed = self.started.elapsed();
        self.observer.progressed(&self.progress);
    }
}

#[cfg(test)]
mod fault_tests;
