//! The way in: read, clean, extract, index.
//!
//! One thread reads records, all cores parse, clean, extract and analyse them, the calling thread hands them to the index
//! in the order of the input, so that of two articles with one id the later stands. No more than a fixed number of
//! batches is under way, so memory stays bounded whatever the size of the input.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use sha2::{Digest as _, Sha256};

use crate::article::{Article, Mention, RawArticle};
use crate::clean;
use crate::extract::{self, Text};
use crate::index::{self, IndexError, Prepared, Weights, Writer, WriterOptions};
use crate::read::{self, Input, RawRecord, Reject};
use crate::text::{Token, token_list};

/// Why indexing stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The index refused.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// An article could not be read, and the caller wanted none left out; what was committed before stands.
    #[error("{0}; nothing of this run since the last commit is kept")]
    Strict(Reject),
    /// The names of the index are merged and those of the articles would not be, or the other way round.
    #[error("{}; or name another index with -i", if *index {
        "in this index short names count as the full name of their article: index without --no-merge"
    } else {
        "in this index every name counts by its own words: index with --no-merge"
    })]
    Merge {
        /// Whether those of the index are merged.
        index: bool,
    },
    /// The threads could not be started, or one was lost.
    #[error("working with threads: {0}")]
    Threads(String),
}

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
    title: Vec<Token>,
    body: Vec<Token>,
}

impl Pipeline {
    /// Cleans an article, gives it an id if it has none, and marks it.
    pub fn mark(&self, raw: RawArticle) -> Marked {
        self.mark_article(clean::clean(raw, &self.clean).article)
    }

    /// Marks an article that is clean already. Its id is made from its content if it has none.
    pub fn mark_article(&self, mut article: Article) -> Marked {
        if article.id.is_empty() {
            article.id = content_id(&article);
        }
        let (title, body) = (token_list(&article.title), token_list(&article.body));
        let texts = [Text::title(&article.title, &title), Text::body(&article.body, &body)];
        let mentions = extract::extract_dated(&texts, article.published, &self.extract);
        Marked { article, mentions, title, body }
    }

    fn process(&self, record: Result<RawRecord, Reject>, weights: Weights) -> Done {
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
                let article = clean::clean(raw, &self.clean).article;
                let clean = lap();
                let marked = self.mark_article(article);
                let extract = lap();
                let bytes = (marked.article.title.len() + marked.article.body.len()) as u64;
                let prepared = marked.prepare(weights).map(Box::new);
                let spent = Spent { parse, clean, extract, analyse: lap(), ..Spent::default() };
                Done::Article { prepared, bytes, spent }
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
        let Self { article, mentions, title, body } = self;
        let analysed = index::analyse_with(article, title, body, mentions, weights);
        Prepared::new(article, mentions, &analysed)
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
    digest.finalize().iter().take(16).fold(String::with_capacity(32), |mut id, byte| {
        use std::fmt::Write as _;
        let _ = write!(id, "{byte:02x}"); // writing to a string cannot fail
        id
    })
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
    /// The longest time between commits, so that an interrupted run keeps most of its work.
    pub commit_every: Duration,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            pipeline: Pipeline::default(),
            writer: WriterOptions::default(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            strict: false,
            commit_every: Duration::from_secs(60),
        }
    }
}

/// Where the time of an indexing run went. Several threads parse, clean, extract and analyse, and their times are added
/// up; one writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// From bytes to fields.
    pub parse: Duration,
    /// Cleaning.
    pub clean: Duration,
    /// Finding mentions, cutting the text into tokens included.
    pub extract: Duration,
    /// Making ready for the index.
    pub analyse: Duration,
    /// Handing articles to the index, waiting for it included.
    pub write: Duration,
    /// Making durable what was written, and waiting for merges at the end.
    pub commit: Duration,
}

impl Spent {
    fn add(&mut self, other: &Spent) {
        self.parse += other.parse;
        self.clean += other.clean;
        self.extract += other.extract;
        self.analyse += other.analyse;
        self.write += other.write;
        self.commit += other.commit;
    }
}

/// How far an indexing run has come, and what it came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Progress {
    /// Articles handed to the index.
    pub articles: u64,
    /// How many of them replaced one with the same id.
    pub replaced: u64,
    /// Articles taken out because their publisher took them back.
    pub withdrawn: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// Bytes of title and body, clean.
    pub text_bytes: u64,
    /// Bytes taken from the files as they stand on disk.
    pub read_bytes: u64,
    /// Bytes that the files have together; 0 if not known.
    pub total_bytes: u64,
    /// Time since the start.
    pub elapsed: Duration,
    /// Where it went.
    pub spent: Spent,
}

/// Is told how an indexing run goes, on the thread that started it.
pub trait Observer {
    /// A record could not be read.
    fn rejected(&mut self, _reject: &Reject) {}
    /// Some articles more have been indexed.
    fn progressed(&mut self, _progress: &Progress) {}
    /// Everything so far has been made durable, with more to come.
    fn committed(&mut self, _progress: &Progress) {}
}

/// An observer that does not look.
impl Observer for () {}

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
    let extract::Options { enabled, merge, .. } = options.pipeline.extract;
    let mut writer = Writer::open(path, &WriterOptions { merged_names: merge, ..options.writer.clone() })?;
    if enabled && writer.merged_names() != merge {
        return Err(IngestError::Merge { index: writer.merged_names() });
    }
    let weights = writer.weights();
    let mut run = Run {
        progress: Progress { total_bytes: inputs.iter().map(Input::size).sum(), ..Progress::default() },
        started: Instant::now(),
        committed: Instant::now(),
        options,
        observer,
    };
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|n| format!("dateline-{n}"))
        .build()
        .map_err(|e| IngestError::Threads(e.to_string()))?;
    let (permits, used) = bounded::<()>(threads * 4);
    let (to_workers, records) = bounded::<Batch<Result<RawRecord, Reject>>>(threads * 2);
    let (to_writer, done) = bounded::<Batch<Done>>(threads * 2);
    std::thread::scope(|scope| {
        let read = &options.pipeline.read;
        scope.spawn(move || read_all(inputs, read, &permits, &to_workers));
        pool.in_place_scope(|workers| {
            for _ in 0..threads {
                let (records, to_writer) = (records.clone(), to_writer.clone());
                workers.spawn(move |_| work(&options.pipeline, weights, &records, &to_writer));
            }
            drop((records, to_writer)); // so that the channels close with their last users
            run.write_all(&mut writer, done, used)
        })
    })?;
    let clock = Instant::now();
    writer.finish()?;
    run.progress.spent.commit += clock.elapsed();
    run.tell();
    Ok(run.progress)
}

/// Records that travel together, numbered in the order of the input.
struct Batch<T> {
    number: u64,
    items: Vec<T>,
}

/// What became of a record.
enum Done {
    Article {
        prepared: Result<Box<Prepared>, IndexError>,
        bytes: u64,
        spent: Spent,
    },
    /// The id of an article that its publisher takes back.
    Withdrawn(String),
    Rejected(Reject),
}

/// Bytes and records after which a batch is sent on.
const BATCH_BYTES: usize = 256 << 10;
const BATCH_RECORDS: usize = 128;

/// Reads all inputs; ends early when nobody listens any more.
fn read_all(
    inputs: &[Input],
    options: &read::Options,
    permits: &Sender<()>,
    to_workers: &Sender<Batch<Result<RawRecord, Reject>>>,
) {
    let mut batch = Batch { number: 0, items: Vec::new() };
    let mut bytes = 0;
    let mut records = inputs.iter().flat_map(|input| input.records(options)).peekable();
    while let Some(record) = records.next() {
        bytes += record.as_ref().map_or(0, |r| r.bytes.len());
        batch.items.push(record);
        if bytes < BATCH_BYTES && batch.items.len() < BATCH_RECORDS && records.peek().is_some() {
            continue;
        }
        let number = batch.number + 1;
        let full = std::mem::replace(&mut batch, Batch { number, items: Vec::new() });
        bytes = 0;
        if permits.send(()).is_err() || to_workers.send(full).is_err() {
            return;
        }
    }
}

fn work(
    pipeline: &Pipeline,
    weights: Weights,
    records: &Receiver<Batch<Result<RawRecord, Reject>>>,
    to_writer: &Sender<Batch<Done>>,
) {
    for Batch { number, items } in records {
        let items = items.into_iter().map(|record| guarded(pipeline, weights, record)).collect();
        if to_writer.send(Batch { number, items }).is_err() {
            return;
        }
    }
}

/// Processes a record; a panic on the way costs that record alone.
fn guarded(pipeline: &Pipeline, weights: Weights, record: Result<RawRecord, Reject>) -> Done {
    let Ok(origin) = record.as_ref().map(|r| r.origin.clone()) else {
        return pipeline.process(record, weights);
    };
    let process = std::panic::AssertUnwindSafe(|| pipeline.process(record, weights));
    std::panic::catch_unwind(process)
        .unwrap_or(Done::Rejected(Reject { origin, reason: read::ReadError::Internal }))
}

/// An indexing run, as the writing thread sees it.
struct Run<'a> {
    progress: Progress,
    started: Instant,
    committed: Instant,
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
    ) -> Result<(), IngestError> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for batch in done {
            waiting.insert(batch.number, batch.items);
            while let Some(items) = waiting.remove(&next) {
                next += 1;
                let _ = used.recv(); // makes room for another batch
                for item in items {
                    self.write(writer, item)?;
                }
                self.tell();
            }
            if self.committed.elapsed() >= self.options.commit_every || writer.wants_commit() {
                let clock = Instant::now();
                writer.commit()?;
                self.progress.spent.commit += clock.elapsed();
                self.committed = Instant::now();
                self.tell();
                self.observer.committed(&self.progress);
            }
        }
        drop(used);
        if waiting.is_empty() {
            Ok(())
        } else {
            Err(IngestError::Threads("one of them ended early".to_owned()))
        }
    }

    fn write(&mut self, writer: &mut Writer, item: Done) -> Result<(), IngestError> {
        match item {
            Done::Article { prepared, bytes, spent } => {
                let clock = Instant::now();
                let replaced = writer.upsert(*prepared?)?;
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
