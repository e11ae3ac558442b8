//! The articles of the last commit, looked up by key, by group and by id.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, InvertedIndexReader, Searcher, TERMINATED, Term};

use super::{Imprint, Known, group_of};
use crate::index::ids::id_term;
use crate::index::schema::group_column;
use crate::index::sieve::Sieves;
use crate::index::writer::SCHEMA;
use crate::index::{IndexError, reader};

/// The articles of a key that are looked at in a segment: in a group of many copies any of them tells the group.
const LOOKED_AT: usize = 32;
/// Articles that are kept once they were read.
const KEPT: usize = 1024;

/// What the last commit holds.
pub(super) struct Held {
    searcher: Searcher,
    segments: Vec<Segment>,
    /// The keys of each segment.
    sieves: Sieves,
    /// Articles that were read for comparison; `None` for those that cannot be read.
    read: FxHashMap<DocAddress, Option<Arc<Known>>>,
}

struct Segment {
    keys: Arc<InvertedIndexReader>,
    copies: Arc<InvertedIndexReader>,
    group: Column<u64>,
}

impl Held {
    /// The articles of a commit; `before` is what the commit before held, if there was one.
    pub(super) fn new(searcher: Searcher, before: Option<&Self>) -> Result<Self, IndexError> {
        let none = Sieves::default();
        let sieves = Sieves::of(&searcher, SCHEMA.1.minima, before.map_or(&none, |before| &before.sieves))?;
        let segments = searcher.segment_readers().iter().map(|reader| {
            Ok(Segment {
                keys: reader.inverted_index(SCHEMA.1.minima)?,
                copies: reader.inverted_index(SCHEMA.1.copies)?,
                group: group_column(reader)?,
            })
        });
        let segments = segments.collect::<Result<_, IndexError>>()?;
        Ok(Self { searcher, segments, sieves, read: FxHashMap::default() })
    }

    /// Adds where articles are that have a key.
    pub(super) fn with_key(&self, key: u32, into: &mut Vec<DocAddress>) -> Result<(), IndexError> {
        let term = Term::from_field_u64(SCHEMA.1.minima, u64::from(key));
        let bytes = u64::from(key).to_be_bytes();
        let may_have = self.sieves.may_have(&bytes);
        for ((segment, may_have), ord) in self.segments.iter().zip(may_have).zip(0..) {
            if may_have && let Some(postings) = postings(&segment.keys, &term)? {
                into.extend(self.live(ord, postings).take(LOOKED_AT));
            }
        }
        Ok(())
    }

    /// Where copies are that belong to a group.
    pub(super) fn copies_in(&self, group: u64) -> Result<Vec<DocAddress>, IndexError> {
        let term = Term::from_field_u64(SCHEMA.1.copies, group);
        let mut found = Vec::new();
        for (segment, ord) in self.segments.iter().zip(0..) {
            if let Some(postings) = postings(&segment.copies, &term)? {
                found.extend(self.live(ord, postings).take(LOOKED_AT));
            }
        }
        Ok(found)
    }

    fn live(&self, ord: u32, mut postings: SegmentPostings) -> impl Iterator<Item = DocAddress> + '_ {
        let mut doc = postings.doc();
        let docs = std::iter::from_fn(move || {
            let here = doc;
            (here != TERMINATED).then(|| {
                doc = postings.advance();
                DocAddress::new(ord, here)
            })
        });
        docs.filter(move |at| !self.searcher.segment_reader(ord).is_deleted(at.doc_id))
    }

    /// The group of an article.
    pub(super) fn group(&self, at: DocAddress) -> Option<u64> {
        self.segments.get(at.segment_ord as usize)?.group.first(at.doc_id)
    }

    /// The article at an address; `None` where it cannot be read.
    pub(super) fn get(&mut self, at: DocAddress) -> Option<Arc<Known>> {
        if let Some(known) = self.read.get(&at) {
            return known.clone();
        }
        let known = reader::stored(&self.searcher, at).ok().map(|stored| {
            let hash = group_of(&id_term(&stored.article.id));
            let group = self.group(at).unwrap_or(hash);
            let imprint = Imprint::of_stored(&stored.article);
            Arc::new(Known { hash, group, imprint, id: stored.article.id, root: stored.copy_of })
        });
        if self.read.len() >= KEPT {
            self.read.clear();
        }
        self.read.insert(at, known.clone());
        known
    }

    /// The article with an id.
    pub(super) fn by_id(&mut self, id: &str) -> Result<Option<Arc<Known>>, IndexError> {
        Ok(reader::find(&self.searcher, &id_term(id))?.and_then(|at| self.get(at)))
    }
}

fn postings(index: &InvertedIndexReader, term: &Term) -> Result<Option<SegmentPostings>, IndexError> {
    let read = index.read_postings(term, IndexRecordOption::Basic);
    read.map_err(|e| IndexError::io("looking up a copy", e))
}
