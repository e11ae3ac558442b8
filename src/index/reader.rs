//! Opens a committed index and gives articles back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tantivy::columnar::Column;
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{
    DocAddress, DocSet as _, Index, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term,
};

use super::disk::Disk;
use super::follow::Follow;
use super::ids::id_term;
use super::manifest::{Manifest, SEGMENTS};
use super::open;
use super::schema::Fields;
use super::stored as record;
use super::writer::SCHEMA;
use super::{IndexError, Stored, Weights};
use crate::guard::guarded;

/// A committed index, open for reading. Cheap to clone; any number of threads and processes may read.
#[derive(Clone)]
pub struct Reader {
    path: PathBuf,
    index: Index,
    inner: IndexReader,
    weights: Weights,
    merged_names: bool,
    /// Set where commits are to be seen without being asked for.
    follow: Option<Arc<Follow>>,
    /// Set where nothing that is committed is to be seen any more.
    pinned: Option<Searcher>,
    /// The columns that tell which articles belong together, and the snapshots that they are of.
    groups: Arc<Mutex<BTreeMap<&'static str, (u64, Groups)>>>,
}

/// For each segment the column of the groups of copies, or of stories: opening them takes longer than many a query.
pub(crate) type Groups = Arc<[Column<u64>]>;

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What an index weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Files {
    /// Bytes by kind of file: `store`, `idx` (postings), `pos` (positions), `term`, `fast` (columns), `fieldnorm`,
    /// `other`.
    pub bytes: BTreeMap<String, u64>,
    /// Segments that the index is made of.
    pub segments: usize,
}

impl Files {
    /// All bytes together.
    pub fn total(&self) -> u64 {
        self.bytes.values().sum()
    }
}

/// A part of an index that is written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// What its files are called, the first eight digits.
    pub id: String,
    /// Articles in it, those deleted or replaced left out.
    pub articles: u64,
    /// Articles deleted or replaced, whose space a merge will free.
    pub deleted: u64,
}

impl Reader {
    /// Opens the index at `path`.
    ///
    /// # Errors
    /// [`IndexError::Missing`] where there is none; what [`Manifest::read`] says; [`IndexError::Damaged`] where the
    /// segments cannot be opened.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        guarded("opening the index", || Self::opened(path))
    }

    fn opened(path: &Path) -> Result<Self, IndexError> {
        let manifest = Manifest::read(path)?.ok_or_else(|| IndexError::Missing(path.to_owned()))?;
        let index = open::open(path, Disk::open(path)?)?;
        let inner = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(
            |e: tantivy::TantivyError| IndexError::Damaged { path: path.to_owned(), what: e.to_string() },
        )?;
        let Manifest { weights, merged_names, .. } = manifest;
        let groups = Arc::default();
        Ok(Self {
            path: path.to_owned(),
            index,
            inner,
            weights,
            merged_names,
            follow: None,
            pinned: None,
            groups,
        })
    }

    /// Sees what has been committed since.
    ///
    /// # Errors
    /// Where the new segments cannot be opened; then the old ones stay.
    pub fn reload(&self) -> Result<(), IndexError> {
        guarded("opening what was committed", || Ok(self.inner.reload()?))
    }

    /// The same index, whose commits are seen without [`Reader::reload`], a tenth of a second later. Where a new state cannot be
    /// opened, the old one stays.
    #[must_use]
    pub fn following(mut self) -> Self {
        // What was committed before this is looked at may have come after it was opened.
        self.follow = Some(Arc::new(Follow::new(&self.path.join(SEGMENTS))));
        let _ = self.reload();
        self
    }

    /// The same index as it is now, whatever is committed.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        let pinned = Some(self.searcher());
        Self { follow: None, pinned, groups: Arc::default(), ..self.clone() }
    }

    /// A number for the state that it reads; another state has another one.
    pub fn state(&self) -> u64 {
        self.searcher().generation().generation_id()
    }

    /// The directory that it reads.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many articles it holds.
    pub fn len(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How much words count by where they stand, in every article.
    pub fn weights(&self) -> Weights {
        self.weights
    }

    /// Whether short names have the key of the full name in their article.
    pub fn merged_names(&self) -> bool {
        self.merged_names
    }

    /// A snapshot to search.
    pub(crate) fn searcher(&self) -> Searcher {
        if let Some(pinned) = &self.pinned {
            return pinned.clone();
        }
        if self.follow.as_ref().is_some_and(|follow| follow.look()) {
            let _ = self.reload();
        }
        self.inner.searcher()
    }

    /// The columns of the groups of copies ([`schema::GROUP`]) or of stories ([`schema::STORY`]) in a snapshot.
    pub(crate) fn groups(&self, searcher: &Searcher, column: &'static str) -> tantivy::Result<Groups> {
        let snapshot = searcher.generation().generation_id();
        let mut known = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, groups)) = known.get(column).filter(|known| known.0 == snapshot) {
            return Ok(groups.clone());
        }
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64(column));
        let groups: Groups = columns.collect::<tantivy::Result<_>>()?;
        known.insert(column, (snapshot, groups.clone()));
        Ok(groups)
    }

    /// The fields to search.
    pub(crate) fn fields() -> &'static Fields {
        &SCHEMA.1
    }

    /// The article with this id.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn get(&self, id: &str) -> Result<Option<Stored>, IndexError> {
        guarded("looking up an article", || {
            let searcher = self.searcher();
            match Self::find(&searcher, id)? {
                Some(at) => self.stored(&searcher, at).map(Some),
                None => Ok(None),
            }
        })
    }

    /// Where the article with this id is in a snapshot.
    pub(crate) fn find(searcher: &Searcher, id: &str) -> Result<Option<DocAddress>, IndexError> {
        find(searcher, &id_term(id))
    }

    /// The article at an address of this snapshot.
    pub(crate) fn stored(&self, searcher: &Searcher, at: DocAddress) -> Result<Stored, IndexError> {
        stored(searcher, at).map_err(|what| IndexError::Damaged { path: self.path.clone(), what })
    }

    /// The segments that it reads.
    pub fn segments(&self) -> Vec<Segment> {
        let searcher = self.searcher();
        let segments = searcher.segment_readers().iter().map(|segment| Segment {
            id: segment.segment_id().short_uuid_string(),
            articles: u64::from(segment.num_docs()),
            deleted: u64::from(segment.num_deleted_docs()),
        });
        segments.collect()
    }

    /// What the index weighs, by kind of file.
    ///
    /// # Errors
    /// Where the directory cannot be listed.
    pub fn files(&self) -> Result<Files, IndexError> {
        guarded("listing the files of the index", || self.list())
    }

    fn list(&self) -> Result<Files, IndexError> {
        let folder = self.path.join(SEGMENTS);
        let known = ["store", "idx", "pos", "term", "fast", "fieldnorm", "del"];
        let live: Vec<String> =
            self.index.searchable_segment_ids()?.iter().map(tantivy::index::SegmentId::uuid_string).collect();
        let mut bytes = BTreeMap::new();
        let entries = std::fs::read_dir(&folder)
            .map_err(|e| IndexError::io(format!("listing {}", folder.display()), e))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (stem, kind) = name.split_once('.').unwrap_or((&name, "other"));
            let kind = kind.rsplit('.').next().unwrap_or(kind);
            let segment = stem.len() == 32;
            if segment && !live.iter().any(|id| id == stem) {
                continue;
            }
            let kind = if known.contains(&kind) { kind } else { "other" };
            *bytes.entry(kind.to_owned()).or_insert(0) += entry.metadata().map_or(0, |m| m.len());
        }
        Ok(Files { bytes, segments: live.len() })
    }
}

/// The article at an address, or what is wrong.
pub(super) fn stored(searcher: &Searcher, at: DocAddress) -> Result<Stored, String> {
    let damaged = |why: String| {
        format!("the stored article {} of segment {} cannot be read{why}", at.doc_id, at.segment_ord)
    };
    let document: TantivyDocument = searcher.doc(at).map_err(|e| damaged(format!(" ({e})")))?;
    let bytes = document.get_first(SCHEMA.1.stored).and_then(|v| v.as_bytes());
    let stored = bytes.and_then(|b| record::decode(b).ok()).ok_or_else(|| damaged(String::new()))?;
    let copy_of = document.get_first(SCHEMA.1.copy_of).and_then(|v| v.as_str()).map(str::to_owned);
    Ok(Stored { copy_of, ..stored })
}

/// Where the article with this id term is, if it has not been deleted.
pub(super) fn find(searcher: &Searcher, id: &str) -> Result<Option<DocAddress>, IndexError> {
    let term = Term::from_field_text(SCHEMA.1.id, id);
    for (segment, ord) in searcher.segment_readers().iter().zip(0..) {
        let inverted = segment.inverted_index(SCHEMA.1.id)?;
        let postings = inverted
            .read_postings(&term, IndexRecordOption::Basic)
            .map_err(|e| IndexError::io("looking up an id", e))?;
        let Some(mut postings) = postings else { continue };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                return Ok(Some(DocAddress::new(ord, doc)));
            }
            doc = postings.advance();
        }
    }
    Ok(None)
}
