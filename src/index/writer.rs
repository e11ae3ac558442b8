//! Puts articles into an index, and takes them out.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use tantivy::directory::Directory as _;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, UserOperation};
use tantivy::schema::Schema;
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

use super::copies::{Copies, Imprint, Known, group_of};
use super::manifest::{self, Manifest, SEGMENTS};
use super::queue::{Queue, Waiting};
use super::schema::{self, Fields};
use super::stream::one_term;
use super::{Analysed, IndexError, Weights, open, reader, stored};
use crate::article::{Article, Mention};

/// The schema and fields of every index of this format.
pub(super) static SCHEMA: LazyLock<(Schema, Fields)> = LazyLock::new(schema::schema);

/// How many ids of a session are remembered to know which are new; past that, an article that the last commit does not
/// hold is deleted first all the same, in case it came in before, and not counted as replaced.
const REMEMBERED_IDS: usize = 4_000_000;
/// The longest id that is a term of its own, in bytes; a longer one is found by its SHA-256.
const MAX_ID_BYTES: usize = 512;

/// How a writer works.
#[derive(Debug, Clone)]
pub struct WriterOptions {
    /// Indexing threads, 1 to 8.
    pub threads: usize,
    /// Bytes that all indexing threads together may hold before they write a segment; at least 15 MB a thread.
    pub memory: usize,
    /// How much words count by where they stand, if the index is made now; one that there is keeps its own.
    pub weights: Weights,
    /// Whether short names in the articles have the key of the full name, if the index is made now; as told by who extracts.
    pub merged_names: bool,
}

impl Default for WriterOptions {
    /// As many threads as there are cores, up to 4, 32 MB for each, the usual weights, and merged names.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        Self { threads, memory: threads * 32_000_000, weights: Weights::default(), merged_names: true }
    }
}

/// Whether the index has an article with an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    No,
    Perhaps,
}

/// An article ready to be added; made on any thread.
#[derive(Debug)]
pub struct Prepared {
    id: String,
    document: TantivyDocument,
    /// About how much memory it takes.
    bytes: usize,
    weights: Weights,
    /// As the article states it.
    stated_id: String,
    imprint: Imprint,
}

impl Prepared {
    /// Everything that the index holds of an article.
    ///
    /// # Errors
    /// If the article cannot be encoded, which none of this crate's does.
    pub fn new(article: &Article, mentions: &[Mention], analysed: &Analysed) -> Result<Self, IndexError> {
        let fields = &SCHEMA.1;
        let id = id_term(&article.id);
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, &id);
        for (field, stream) in [
            (fields.text, &analysed.text),
            (fields.mention, &analysed.mention),
            (fields.source, &analysed.source),
            (fields.byline, &analysed.byline),
            (fields.section, &analysed.section),
            (fields.agency, &analysed.agency),
            (fields.url, &analysed.url),
        ] {
            if !stream.is_empty() {
                document.add_text(field, stream);
            }
        }
        if let Some(lang) = &article.lang {
            document.add_text(fields.lang, one_term(lang));
            // `lang:en` finds `en-gb`.
            for (end, _) in lang.match_indices('-').filter(|(end, _)| *end > 0) {
                document.add_text(fields.lang, one_term(lang.get(..end).unwrap_or_default()));
            }
        }
        if let Some(published) = article.published {
            document.add_i64(fields.published, published);
        }
        if let Some(updated) = article.updated {
            document.add_i64(fields.updated, updated);
        }
        document.add_u64(fields.body_start, u64::from(analysed.body_start));
        document.add_u64(fields.lead_end, u64::from(analysed.lead_end));
        for ((codes, uppers), (values, intervals)) in analysed.values.iter().zip(&fields.values) {
            for code in codes {
                document.add_u64(*values, *code);
            }
            for upper in uppers {
                document.add_u64(*intervals, *upper);
            }
        }
        for (column, seconds) in [(fields.dates.0, &analysed.dates.0), (fields.dates.1, &analysed.dates.1)] {
            for second in seconds {
                document.add_i64(column, *second);
            }
        }
        for key in analysed.imprint.keys() {
            document.add_u64(fields.minima, u64::from(*key));
        }
        let record = stored::encode(article, mentions).map_err(|e| IndexError::Engine(e.to_string()))?;
        document.add_bytes(fields.stored, &record);
        let bytes = id.len() + analysed.text.len() + analysed.mention.len() + record.len() + 1024;
        let (weights, imprint) = (analysed.weights, analysed.imprint.clone());
        Ok(Self { id, document, bytes, weights, stated_id: article.id.clone(), imprint })
    }
}

/// Writes to an index; one at a time, over all processes.
///
/// Nothing is kept before [`Writer::commit`] or [`Writer::finish`] has returned. A writer that failed refuses
/// everything after, and the last commit stands.
pub struct Writer {
    path: PathBuf,
    index: Index,
    inner: IndexWriter<Waiting>,
    queue: Queue,
    weights: Weights,
    merged_names: bool,
    committed: Searcher,
    copies: Copies,
    /// Ids added (`true`) or taken out (`false`) since the writer was opened, by hash.
    seen: FxHashMap<u64, bool>,
    failed: Option<String>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Writer {
    /// Opens the index at `path` for writing; makes it where there is none.
    ///
    /// # Errors
    /// [`IndexError::Locked`] while another writer has it; what [`Manifest::read`] says of the directory.
    pub fn open(path: &Path, options: &WriterOptions) -> Result<Self, IndexError> {
        let segments = path.join(SEGMENTS);
        let there = Manifest::read(path)?;
        let new = there.is_none();
        let made = if new { make_directories(&segments)? } else { Vec::new() };
        let index = open::open_or_create(path, &segments, new)?;
        let manifest = there.unwrap_or_else(|| Manifest::new(options.weights, options.merged_names));
        if new {
            manifest.write(path)?;
            for parent in &made {
                manifest::sync_directory(parent)?;
            }
        }
        let threads = options.threads.clamp(1, 8);
        let settings = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((options.memory / threads).clamp(15_000_000, 1 << 31))
            .num_merge_threads(1)
            .build();
        let inner = open::lock(path, &index, &settings)?;
        let mut merge_policy = LogMergePolicy::default();
        merge_policy.set_del_docs_ratio_before_merge(0.3);
        inner.set_merge_policy(Box::new(merge_policy));
        open::clear_leftovers(&inner, &segments)?;
        let committed = open::searcher(&index)?;
        Ok(Self {
            path: path.to_owned(),
            index,
            inner,
            queue: Queue::default(),
            weights: manifest.weights,
            merged_names: manifest.merged_names,
            copies: Copies::new(committed.clone())?,
            committed,
            seen: FxHashMap::default(),
            failed: None,
        })
    }

    /// How much words count by where they stand, in every article of the index.
    pub fn weights(&self) -> Weights {
        self.weights
    }

    /// Whether short names have the key of the full name in their article, in every article of the index.
    pub fn merged_names(&self) -> bool {
        self.merged_names
    }

    /// Adds an article, in place of the one with its id if there is one. `true` if it replaced one.
    ///
    /// If it is an exact or near copy of another, it is linked to the first of them; see [`super::copies`].
    ///
    /// # Errors
    /// [`IndexError::Weights`] for an article whose words count otherwise; [`IndexError::Failed`] once anything before
    /// has failed.
    pub fn upsert(&mut self, mut prepared: Prepared) -> Result<bool, IndexError> {
        self.check()?;
        if prepared.weights != self.weights {
            return Err(IndexError::Weights { article: prepared.weights, index: self.weights });
        }
        let held = self.holds(&prepared.id)?;
        let copy = self.link(&mut prepared)?;
        let add = UserOperation::Add(self.queue.admit(prepared.document, prepared.bytes));
        let id = Term::from_field_text(SCHEMA.1.id, &prepared.id);
        let result = match held {
            Held::No => self.inner.run([add]),
            Held::Yes | Held::Perhaps => self.inner.run([UserOperation::Delete(id), add]),
        };
        self.outcome(result.map_err(IndexError::from))?;
        self.copies.add(copy);
        if self.seen.len() < REMEMBERED_IDS {
            self.seen.insert(hash(&prepared.id), true);
        }
        Ok(held == Held::Yes)
    }

    /// Takes the article with this id out. `true` if there was one.
    ///
    /// # Errors
    /// [`IndexError::Failed`] once anything before has failed.
    pub fn delete(&mut self, id: &str) -> Result<bool, IndexError> {
        self.check()?;
        let id = id_term(id);
        let held = self.holds(&id)?;
        if held != Held::No {
            self.inner.delete_term(Term::from_field_text(SCHEMA.1.id, &id));
            self.seen.insert(hash(&id), false);
            self.copies.remove(group_of(&id));
        }
        Ok(held == Held::Yes)
    }

    /// Makes everything so far searchable and durable: when this has returned, a power cut loses none of it.
    ///
    /// # Errors
    /// Whatever went wrong; then the commit before stands, and the writer is of no further use.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.check()?;
        let result = self.inner.commit().map_err(IndexError::from).and_then(|_| self.make_durable());
        self.outcome(result)?;
        let result = open::searcher(&self.index).and_then(|searcher| self.copies.committed(searcher));
        self.outcome(result)
    }

    /// Whether so many articles came in since the last commit that another is due: those are held in memory, so that their
    /// copies are found.
    pub fn wants_commit(&self) -> bool {
        self.copies.is_full()
    }

    /// Links an article to the one that it copies, if it does.
    fn link(&mut self, prepared: &mut Prepared) -> Result<Known, IndexError> {
        let (id, imprint) = (std::mem::take(&mut prepared.stated_id), std::mem::take(&mut prepared.imprint));
        let hash = group_of(&prepared.id);
        let root = self.copies.root(hash, &imprint)?;
        let group = root.as_ref().map_or(hash, |root| group_of(&id_term(root)));
        prepared.document.add_u64(SCHEMA.1.group, group);
        if let Some(root) = &root {
            prepared.document.add_u64(SCHEMA.1.copies, group);
            prepared.document.add_text(SCHEMA.1.copy_of, root);
        }
        Ok(Known { id, hash, group, root, imprint })
    }

    /// Commits, waits for merges of segments to end, and closes the index.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.commit()?;
        let (path, index) = (self.path, self.index);
        self.inner.wait_merging_threads()?;
        durable(&path, &index)
    }

    fn make_durable(&self) -> Result<(), IndexError> {
        durable(&self.path, &self.index)
    }

    /// Whether the index, or what has been added since the last commit, holds the id term.
    fn holds(&self, id: &str) -> Result<Held, IndexError> {
        let known = match self.seen.get(&hash(id)) {
            Some(there) => *there,
            None => reader::find(&self.committed, id)?.is_some(),
        };
        Ok(match known {
            true => Held::Yes,
            false if self.seen.len() >= REMEMBERED_IDS => Held::Perhaps,
            false => Held::No,
        })
    }

    fn check(&self) -> Result<(), IndexError> {
        self.failed.as_ref().map_or(Ok(()), |why| Err(IndexError::Failed(why.clone())))
    }

    /// Remembers a failure.
    fn outcome<T>(&mut self, result: Result<T, IndexError>) -> Result<T, IndexError> {
        if let Err(error) = &result {
            self.failed = Some(error.to_string());
        }
        result
    }
}

/// What the term of an id begins with that stands for its digest.
const DIGEST: &str = "sha256:";

/// The term an article is found by: its id, or the id's digest where it is too long for a term (or looks like one, so
/// that no id can pass for another's digest).
pub(crate) fn id_term(id: &str) -> String {
    if id.len() <= MAX_ID_BYTES && !id.starts_with(DIGEST) {
        return id.to_owned();
    }
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().fold(DIGEST.to_owned(), |mut term, byte| {
        use std::fmt::Write as _;
        let _ = write!(term, "{byte:02x}"); // writing to a string cannot fail
        term
    })
}

/// Makes a directory and those above it; the directories whose new entries have to be synced.
fn make_directories(path: &Path) -> Result<Vec<PathBuf>, IndexError> {
    let failed = |e| IndexError::io(format!("making {}", path.display()), e);
    let missing: Vec<&Path> =
        path.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists()).collect();
    fs::create_dir_all(path).map_err(failed)?;
    let above = |p: &&Path| match p.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    Ok(missing.iter().map(above).collect())
}

fn hash(id: &str) -> u64 {
    use std::hash::BuildHasher as _;
    rustc_hash::FxBuildHasher.hash_one(id)
}

/// Syncs the directory after a commit, and lets others read what the owner may read.
fn durable(path: &Path, index: &Index) -> Result<(), IndexError> {
    let segments = path.join(SEGMENTS);
    #[cfg(unix)]
    if let Ok(manifest) = fs::metadata(path.join(manifest::FILE)) {
        // The engine makes its own index of segments readable to its owner alone.
        let _ = fs::set_permissions(segments.join("meta.json"), manifest.permissions());
    }
    index
        .directory()
        .sync_directory()
        .map_err(|e| IndexError::io(format!("syncing {}", segments.display()), e))
}
