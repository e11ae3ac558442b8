//! The articles and positions of one word, whatever number of terms stands for it, and in articles of whatever language.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::union::Union;
use crate::index::Reader;

/// A term that a word stands for: in every article, or in those of some languages alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) term: String,
    /// The language tags; none for every article.
    pub(super) langs: Vec<&'static str>,
}

impl Form {
    /// A term that counts in every article.
    pub(super) fn anywhere(term: impl Into<String>) -> Self {
        Self { term: term.into(), langs: Vec::new() }
    }

    /// Terms that count in every article.
    pub(super) fn all_anywhere(terms: &[String]) -> Vec<Self> {
        terms.iter().map(Self::anywhere).collect()
    }
}

/// The postings of one form.
pub(super) struct FormPostings {
    postings: SegmentPostings,
    /// The articles of its languages, if it counts in those alone.
    within: Option<Box<Within>>,
}

/// The articles of some languages.
struct Within(Vec<SegmentPostings>);

impl Within {
    /// The first article of the languages at `target` or after it.
    fn seek(&mut self, target: DocId) -> DocId {
        let each =
            self.0.iter_mut().map(|list| if list.doc() < target { list.seek(target) } else { list.doc() });
        each.min().unwrap_or(TERMINATED)
    }
}

impl FormPostings {
    /// Moves on from an article that the term holds to the first that counts.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        if let Some(within) = &mut self.within {
            while doc != TERMINATED {
                let next = within.seek(doc);
                if next == doc {
                    break;
                }
                doc = self.postings.seek(next);
            }
        }
        doc
    }

    pub(super) fn term_freq(&self) -> u32 {
        self.postings.term_freq()
    }

    pub(super) fn append_positions_with_offset(&mut self, offset: u32, into: &mut Vec<u32>) {
        self.postings.append_positions_with_offset(offset, into);
    }
}

impl DocSet for FormPostings {
    fn advance(&mut self) -> DocId {
        let doc = self.postings.advance();
        self.settle(doc)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let doc =
            if self.postings.doc() >= target { self.postings.doc() } else { self.postings.seek(target) };
        self.settle(doc)
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        let within =
            self.within.as_ref().map(|w| w.0.iter().map(DocSet::size_hint).fold(0, u32::saturating_add));
        self.postings.size_hint().min(within.unwrap_or(u32::MAX))
    }
}

/// The postings of one word.
pub(super) enum List {
    /// Of one term.
    One(Box<FormPostings>),
    /// Of several, read as one list.
    Many(Union),
}

impl List {
    /// Opens the postings of `forms`; `None` if the segment holds none of them.
    pub(super) fn open(
        reader: &SegmentReader,
        field: Field,
        forms: &[Form],
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let mut postings = postings(reader, field, forms, option)?;
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
            Self::One(postings) => {
                into.clear();
                postings.append_positions_with_offset(ahead, into);
            }
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

/// The postings of those of `forms` that the segment holds.
pub(super) fn postings(
    reader: &SegmentReader,
    field: Field,
    forms: &[Form],
    option: IndexRecordOption,
) -> tantivy::Result<Vec<FormPostings>> {
    let inverted = reader.inverted_index(field)?;
    let mut postings = Vec::with_capacity(forms.len());
    for form in forms {
        let Some(list) = inverted.read_postings(&Term::from_field_text(field, &form.term), option)? else {
            continue;
        };
        let mut list = FormPostings { postings: list, within: None };
        if !form.langs.is_empty() {
            list.within = articles_in(reader, &form.langs)?;
            let first = list.postings.doc();
            list.settle(first);
        }
        postings.push(list);
    }
    Ok(postings)
}

/// The articles of a segment with one of these language tags; `None` if all of them have.
fn articles_in(reader: &SegmentReader, langs: &[&str]) -> tantivy::Result<Option<Box<Within>>> {
    let field = Reader::fields().lang;
    let inverted = reader.inverted_index(field)?;
    let mut within = Vec::with_capacity(langs.len());
    for lang in langs {
        let term = Term::from_field_text(field, lang);
        if let Some(list) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
            if list.doc_freq() == reader.max_doc() {
                return Ok(None);
            }
            within.push(list);
        }
    }
    Ok(Some(Box::new(Within(within))))
}
