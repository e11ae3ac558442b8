//! The articles of the last commit, as far as stories are concerned.

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use crate::index::schema::{PUBLISHED, STORY, TRAITS};
use crate::index::{IndexError, reader};
use crate::story::{Mark, Member, Trait, Traits, Window};

/// The columns of a segment.
#[derive(Debug, Clone)]
struct Columns {
    published: Column<i64>,
    story: Column<u64>,
    traits: Column<u64>,
}

impl Columns {
    /// Those of a segment.
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            published: columns.i64(PUBLISHED)?,
            story: columns.u64(STORY)?,
            traits: columns.u64(TRAITS)?,
        })
    }

    /// An article of the segment.
    fn member(&self, doc: DocId) -> Option<Member> {
        let traits = self.traits.values_for_doc(doc).filter_map(Trait::from_number);
        Some(Member {
            story: self.story.first(doc)?,
            published: self.published.first(doc),
            traits: Traits::from_kept(traits),
        })
    }
}

/// What the last commit holds.
pub(crate) struct Held {
    searcher: Searcher,
    segments: Vec<Columns>,
    /// Articles that were taken out since.
    gone: FxHashSet<DocAddress>,
}

impl Held {
    /// The articles of a commit.
    pub(crate) fn new(searcher: Searcher) -> Result<Self, IndexError> {
        let segments = searcher.segment_readers().iter().map(Columns::of).collect::<tantivy::Result<_>>()?;
        Ok(Self { searcher, segments, gone: FxHashSet::default() })
    }

    /// The articles of a window, in the order of the index.
    pub(crate) fn members(&self, window: Window) -> Vec<Member> {
        let mut members = Vec::new();
        let mut docs = Vec::new();
        for ((columns, segment), ord) in self.segments.iter().zip(self.searcher.segment_readers()).zip(0..) {
            docs.clear();
            let all = 0..segment.max_doc();
            match window.seconds() {
                Some((from, to)) => {
                    columns.published.get_docids_for_value_range(from..=to - 1, all, &mut docs);
                }
                None => docs.extend(all.filter(|doc| columns.published.first(*doc).is_none())),
            }
            let stands =
                |doc: &DocId| !segment.is_deleted(*doc) && !self.gone.contains(&DocAddress::new(ord, *doc));
            members.extend(docs.iter().filter(|doc| stands(doc)).filter_map(|doc| columns.member(*doc)));
        }
        members
    }

    /// An article.
    pub(crate) fn member(&self, at: DocAddress) -> Option<Member> {
        self.segments.get(at.segment_ord as usize)?.member(at.doc_id)
    }

    /// Puts articles in order, first published first; those that do not say come last.
    pub(crate) fn sort_by_time(&self, places: &mut [DocAddress]) {
        let published =
            |at: &DocAddress| self.segments.get(at.segment_ord as usize)?.published.first(at.doc_id);
        places.sort_by_cached_key(|at| (published(at).unwrap_or(i64::MAX), *at));
    }

    /// The story of the article with an id term.
    pub(super) fn story_of(&self, id_term: &str) -> Result<Option<u64>, IndexError> {
        let at = reader::find(&self.searcher, id_term)?.filter(|at| !self.gone.contains(at));
        Ok(at.and_then(|at| self.segments.get(at.segment_ord as usize)?.story.first(at.doc_id)))
    }

    /// The article with this id term is taken out.
    pub(super) fn take_out(&mut self, id_term: &str) -> Result<Option<Mark>, IndexError> {
        let Some(at) = reader::find(&self.searcher, id_term)? else { return Ok(None) };
        let columns = self.segments.get(at.segment_ord as usize).filter(|_| self.gone.insert(at));
        Ok(columns.and_then(|columns| columns.member(at.doc_id)).map(|member| member.mark()))
    }
}
