//! Puts articles into an index, and takes them out.

mod committed;
mod merging;
mod storied;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Schema;
use tantivy::{Index, IndexWriter, Searcher};

pub use self::committed::Committed;
use self::merging::merge_policy;
use super::copies::{Copies, Known, group_of};
use super::disk::Disk;
use super::earlier::{Ages, Earlier};
use super::flight::Flight;
use super::ids::{id_query, id_term};
use super::known_ids::KnownIds;
use super::manifest::{Manifest, SEGMENTS};
use super::meta;
use super::prepared::{Added, Prepared};
use super::schema::{self, Fields};
use super::segment::{Builder, Entry, Tally, Value};
use super::stories::Stories;
use super::{IndexError, Stored, Weights, open, outbox};
use crate::article::RunTogether;
use crate::guard::guarded;

/// The schema and fields of every index of this format.
pub(super) static SCHEMA: LazyLock<(Schema, Fields)> = LazyLock::new(schema::schema);

/// How a writer works.
#[derive(Debug, Clone)]
pub struct WriterOptions {
    /// Bytes that a segment under construction may take, 1 MB to 2 GB. A quarter of it is for terms, which are set aside in files beyond
    /// that, and while they are sorted take three times as much besides. Where the rest is used up and no commit follows
    /// ([`Writer::wants_commit`]), the segment is written, while the next one takes as much again. Less and more are taken as the least and
    /// the most.
    pub memory: usize,
    /// How much words count by where they stand, if the index is made now; one that there is keeps its own.
    pub weights: Weights,
    /// Whether short names in the articles have the key of the full name, if the index is made now; as told by who extracts.
    pub merged_names: bool,
}

impl Default for WriterOptions {
    /// 96 MB, the usual weights, and merged names.
    fn default() -> Self {
        Self { memory: 96_000_000, weights: Weights::default(), merged_names: true }
    }
}

/// The least memory of a segment under construction, and the most, for places in it are told in 32 bits.
const MEMORY: RangeInclusive<usize> = 1_000_000..=2_000_000_000;

/// The part of that, as a divisor, that terms may take before they are put into a file; while these are sorted, as many come in, and
/// sorting takes twice as much.
const ROOM: usize = 4;

/// Writes to an index; one at a time, over all processes.
///
/// Nothing is kept before [`Writer::commit`] or [`Writer::finish`] has returned. A writer that failed refuses
/// everything after, and the last commit stands; it is dropped as any other, and then another may be opened.
pub struct Writer {
    path: PathBuf,
    index: Index,
    inner: IndexWriter,
    /// Bytes that a segment under construction may take.
    memory: usize,
    building: Option<Builder>,
    /// The words of the segments before, of this writer.
    tally: Tally,
    /// The segment before, while it is being written.
    flight: Option<Flight>,
    /// Deletions that wait for the segment in flight.
    late: Vec<Earlier>,
    ages: Ages,
    weights: Weights,
    merged_names: bool,
    committed: Searcher,
    copies: Copies,
    stories: Stories,
    ids: KnownIds,
    /// The last batch of matches that belongs to a commit, this writer's next one or one before.
    batch: u64,
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
        guarded("opening the index to write", || Self::opened(path, options))
    }

    fn opened(path: &Path, options: &WriterOptions) -> Result<Self, IndexError> {
        let segments = path.join(SEGMENTS);
        let there = Manifest::read(path)?;
        open::make_directories(&segments)?;
        let manifest = match there {
            Some(manifest) => manifest,
            None => Manifest::make(path, options.weights, options.merged_names)?,
        };
        let index = open::open_or_create(path)?;
        // The engine's own way to make segments is not used.
        let settings = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(15_000_000)
            .num_merge_threads(1)
            .build();
        let inner = open::lock(path, &index, &settings)?;
        inner.set_merge_policy(merge_policy());
        open::clear_leftovers(&inner, &segments)?;
        let committed = open::searcher(&index)?;
        Ok(Self {
            path: path.to_owned(),
            index,
            inner,
            memory: options.memory.clamp(*MEMORY.start(), *MEMORY.end()),
            building: None,
            tally: Tally::default(),
            flight: None,
            late: Vec::new(),
            ages: Ages::default(),
            weights: manifest.weights,
            merged_names: manifest.merged_names,
            ids: KnownIds::new(committed.clone())?,
            copies: Copies::new(by_parts(path)?, segments)?,
            stories: Stories::new(path, by_parts(path)?)?,
            committed,
            batch: outbox::last_committed(path)?,
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

    /// The articles of the last commit before this writer was opened.
    pub fn committed(&self) -> Committed {
        Committed(self.committed.clone())
    }

    /// Adds an article, in place of the one with its id if there is one. `true` if it replaced one.
    ///
    /// If it is an exact or near copy of another, it is linked to the first of them; see [`super::copies`].
    ///
    /// # Errors
    /// [`IndexError::Weights`] for an article whose words count otherwise; [`IndexError::Failed`] once anything before
    /// has failed.
    pub fn upsert(&mut self, prepared: Prepared) -> Result<bool, IndexError> {
        self.add(prepared).map(|added| added.replaced)
    }

    /// As [`Writer::upsert`], and tells what became of the article.
    ///
    /// # Errors
    /// As [`Writer::upsert`].
    pub fn add(&mut self, mut prepared: Prepared) -> Result<Added, IndexError> {
        self.check()?;
        if prepared.weights != self.weights {
            return Err(IndexError::Weights { article: prepared.weights, index: self.weights });
        }
        self.attempt("adding an article", |writer| {
            if writer.ids.holds(&prepared.entry.id)? {
                writer.stories.remove(&prepared.entry.id)?;
            }
            let story = writer.place(&mut prepared)?;
            let copy = writer.link(&mut prepared)?;
            let (replaced, run_together) = writer.replace(&prepared.entry)?;
            writer.copies.add(&copy)?;
            writer.stories.add(copy.hash, &story);
            let Entry { id, stored, .. } = prepared.entry;
            Ok(Added { replaced, copy_of: copy.root, run_together, id, document: stored })
        })
    }

    /// Links an article to the one that it copies, if it does.
    fn link(&mut self, prepared: &mut Prepared) -> Result<Known, IndexError> {
        let (id, imprint) = (std::mem::take(&mut prepared.stated_id), std::mem::take(&mut prepared.imprint));
        let Entry { id: term, values, copied, .. } = &mut prepared.entry;
        let hash = group_of(term);
        let root = self.copies.root(hash, &imprint)?;
        let group = root.as_ref().map_or(hash, |root| group_of(&id_term(root)));
        values.push((schema::GROUP, Value::Unsigned(group)));
        if let Some(root) = &root {
            *copied = Some((group, root.clone()));
        }
        Ok(Known { id, hash, group, root, imprint })
    }

    fn replace(&mut self, entry: &Entry) -> Result<(bool, Vec<RunTogether>), IndexError> {
        let held = self.ids.holds(&entry.id)?;
        let most = self.memory + self.memory / 4;
        if self.building.as_ref().is_some_and(|b| b.memory() > most) {
            self.send_off()?;
        }
        let building = match &mut self.building {
            Some(building) => building,
            none => {
                let segment = self.inner.new_segment();
                self.ages.begun(segment.id());
                none.insert(Builder::new(segment, self.path.join(SEGMENTS), self.memory / ROOM)?)
            }
        };
        let here = building.holds(&entry.id);
        let run_together = building.add(entry, &mut self.tally)?;
        if held && !here {
            let deletion = self.ages.before_the_last(id_query(&entry.id));
            self.take_out(deletion)?;
        }
        self.ids.set(&entry.id, true);
        Ok((held, run_together))
    }

    /// The article with this id term as the last commit has it.
    pub(crate) fn last_committed(&self, id: &str) -> Result<Option<Stored>, IndexError> {
        guarded("looking up an article", || self.ids.stored(id))
    }

    /// The number of the last batch of matches that was committed; see [`super::outbox`].
    pub(crate) fn batch(&self) -> u64 {
        self.batch
    }

    /// The next commit is the one that a batch of matches belongs to.
    pub(crate) fn set_batch(&mut self, number: u64) {
        self.batch = number;
    }

    /// Takes the article with this id out. `true` if there was one.
    ///
    /// # Errors
    /// [`IndexError::Failed`] once anything before has failed.
    pub fn delete(&mut self, id: &str) -> Result<bool, IndexError> {
        self.check()?;
        self.attempt("deleting an article", |writer| writer.remove(&id_term(id)))
    }

    fn remove(&mut self, id: &str) -> Result<bool, IndexError> {
        let held = self.ids.holds(id)?;
        if held {
            if !self.building.as_mut().is_some_and(|building| building.remove(id)) {
                // What is added after this goes to the segment under construction, which is none of the earlier ones.
                let query = id_query(id);
                let deletion = match self.building {
                    Some(_) => self.ages.before_the_last(query),
                    None => self.ages.so_far(query),
                };
                self.take_out(deletion)?;
            }
            self.ids.set(id, false);
            self.copies.remove(group_of(id));
            self.stories.remove(id)?;
        }
        Ok(held)
    }

    /// Takes an article out of the segments that were written before.
    fn take_out(&mut self, deletion: Earlier) -> Result<(), IndexError> {
        if self.flight.is_some() {
            self.late.push(deletion);
        } else {
            self.inner.delete_query(Box::new(deletion))?;
        }
        Ok(())
    }

    /// Has the segment under construction written, while another is begun.
    fn send_off(&mut self) -> Result<(), IndexError> {
        self.land()?;
        if let Some(building) = &self.building {
            building.tally(&mut self.tally);
        }
        self.flight = self.building.take().map(Flight::new).transpose()?;
        Ok(())
    }

    /// Waits for the segment in flight, and hands it to the engine.
    fn land(&mut self) -> Result<(), IndexError> {
        if let Some(flight) = self.flight.take() {
            self.inner.add_segment(flight.land()?)?;
            for deletion in self.late.drain(..) {
                self.inner.delete_query(Box::new(deletion))?;
            }
        }
        Ok(())
    }

    /// Makes everything so far searchable and durable: when this has returned, a power cut loses none of it.
    ///
    /// # Errors
    /// Whatever went wrong; then the commit before stands, and the writer is of no further use.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.check()?;
        self.attempt("committing", Self::write_all)
    }

    /// Whether a commit is due: a segment is to be written anyway, or so many articles came in since the last one that are
    /// held in memory, so that their copies are found.
    pub fn wants_commit(&self) -> bool {
        self.copies.is_full()
            || self.stories.is_full()
            || self.building.as_ref().is_some_and(|building| building.memory() > self.memory)
    }

    fn write_all(&mut self) -> Result<(), IndexError> {
        self.send_off()?;
        self.land()?;
        let mut commit = self.inner.prepare_commit()?;
        if self.batch > 0 {
            commit.set_payload(&meta::payload(self.batch));
        }
        commit.commit()?;
        self.look_again()
    }

    /// Looks ids and copies up in the commit that was just made.
    fn look_again(&mut self) -> Result<(), IndexError> {
        self.ids.committed(open::searcher(&self.index)?)?;
        self.copies.committed(by_parts(&self.path)?)?;
        self.stories.committed(by_parts(&self.path)?)
    }

    /// Commits, waits for merges of segments to end, and closes the index.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.commit()?;
        guarded("closing the index", || {
            self.stories.keep()?;
            Ok(self.inner.wait_merging_threads()?)
        })
    }

    fn check(&self) -> Result<(), IndexError> {
        self.failed.as_ref().map_or(Ok(()), |why| Err(IndexError::Failed(why.clone())))
    }

    /// Does something, and remembers a failure: what a panic left half done is not used again.
    fn attempt<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&mut Self) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let result = guarded(doing, || work(self));
        if let Err(error) = &result {
            self.failed = Some(error.to_string());
        }
        result
    }
}

/// What the last commit holds, for one who looks at stored articles here and there.
fn by_parts(path: &Path) -> Result<Searcher, IndexError> {
    open::searcher(&open::open(path, Disk::by_parts(path)?)?)
}
