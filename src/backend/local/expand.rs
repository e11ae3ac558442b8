//! The terms of the index that a wildcard or a fuzzy word stands for.

use std::collections::BTreeSet;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::backend::BackendError;
use crate::plan::{Element, Glob};

/// The most words that one pattern may stand for.
pub(super) const MAX_WORDS: usize = 1024;

/// The terms of `field` that may stand for an element, over all segments.
///
/// # Errors
/// [`BackendError::TooManyWords`], never a silently shortened list.
pub(super) fn terms(
    searcher: &Searcher,
    field: Field,
    element: &Element,
) -> Result<Vec<String>, BackendError> {
    match element {
        Element::Terms(terms) => Ok(terms.clone()),
        Element::Wildcard(glob) => wildcard(searcher, field, glob),
        Element::Fuzzy { word, distance } => fuzzy(searcher, field, word, *distance),
    }
}

fn wildcard(searcher: &Searcher, field: Field, glob: &Glob) -> Result<Vec<String>, BackendError> {
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(&glob.prefix).into_stream().map_err(read_error)?;
        while stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
            if !term.starts_with(&glob.prefix) {
                break;
            }
            if glob.matches(term) {
                found.insert(term.to_owned());
                if found.len() > MAX_WORDS {
                    return Err(too_many(&format!("{}*", glob.prefix)));
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}

fn fuzzy(searcher: &Searcher, field: Field, word: &str, distance: u8) -> Result<Vec<String>, BackendError> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().search(query.automaton()?).into_stream().map_err(read_error)?;
        while stream.advance() {
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                found.insert(term.to_owned());
                if found.len() > MAX_WORDS {
                    return Err(too_many(&format!("{word}~{distance}")));
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}

fn too_many(pattern: &str) -> BackendError {
    BackendError::TooManyWords { pattern: pattern.to_owned(), limit: MAX_WORDS }
}

fn read_error(source: std::io::Error) -> BackendError {
    crate::index::IndexError::Io { what: "reading the index's words".to_owned(), source }.into()
}
