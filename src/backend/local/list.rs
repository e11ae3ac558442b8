//! The articles and positions of one word, whatever number of terms stands for it.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Term};

use super::union::Union;

/// The postings of one word.
pub(super) enum List {
    /// Of one term.
    One(Box<SegmentPostings>),
    /// Of several, read as one list.
    Many(Union),
}

impl List {
    /// Opens the postings of `terms`; `None` if the segment holds none of them.
    pub(super) fn open(
        inverted: &InvertedIndexReader,
        field: Field,
        terms: &[String],
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            postings.extend(inverted.read_postings(&Term::from_field_text(field, term), option)?);
        }
        Ok(match postings.len() {
            0 => None,
            1 => postings.pop().map(|only| Self::One(Box::new(only))),
            _ => Some(Self::Many(Union::new(postings))),
        })
    }

    /// How often the word occurs in the current article, repetitions that give it weight included.
    pub(super) fn term_freq(&self) -> u32 {
        match self {
            Self::One(postings) => postings.term_freq(),
            Self::Many(union) => union.term_freq(),
        }
    }

    /// The different positions of the word in the current article, in order.
    pub(super) fn positions(&mut self, into: &mut Vec<u32>) {
        self.positions_moved(0, into);
        into.dedup();
    }

    /// The positions of the word in the current article, in order, each `ahead` positions on and as often as it counts
    /// where it stands.
    pub(super) fn positions_moved(&mut self, ahead: u32, into: &mut Vec<u32>) {
        match self {
            Self::One(postings) => postings.positions_with_offset(ahead, into),
            Self::Many(union) => union.positions(ahead, into),
        }
    }
}

impl DocSet for List {
    fn advance(&mut self) -> DocId {
        match self {
            Self::One(postings) => postings.advance(),
            Self::Many(union) => union.advance(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(postings) if postings.doc() >= target => postings.doc(),
            Self::One(postings) => postings.seek(target),
            Self::Many(union) => union.seek(target),
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::One(postings) => postings.doc(),
            Self::Many(union) => union.doc(),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Self::One(postings) => postings.size_hint(),
            Self::Many(union) => union.size_hint(),
        }
    }
}
