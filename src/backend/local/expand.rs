//! The terms of the index that wildcards and fuzzy words stand for.

use std::collections::{BTreeSet, HashMap};

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::watch::Watch;
use crate::article::Kind;
use crate::backend::BackendError;
use crate::index::{Reader, Weights, terms};
use crate::plan::{Element, EntityName, Glob};

/// The most words that the patterns of one query may stand for, together.
const MAX_WORDS: usize = 2048;
/// The most words of the index that may be looked at for them.
const MAX_SCANNED: usize = 2_000_000;

/// Expands the patterns of one query, each once, within bounds for all of them.
pub(super) struct Expander<'a> {
    pub(super) searcher: &'a Searcher,
    /// How words count in the index by where they stand.
    pub(super) weights: Weights,
    /// The query's time.
    pub(super) watch: &'a Watch,
    known: HashMap<(Field, String), Vec<String>>,
    words: usize,
    scanned: usize,
}

impl<'a> Expander<'a> {
    pub(super) fn new(searcher: &'a Searcher, weights: Weights, watch: &'a Watch) -> Self {
        Self { searcher, weights, watch, known: HashMap::new(), words: 0, scanned: 0 }
    }

    /// The terms of `field` that may stand for an element, over all segments.
    ///
    /// # Errors
    /// [`BackendError::TooManyWords`], never a silently shortened list.
    pub(super) fn terms(&mut self, field: Field, element: &Element) -> Result<Vec<String>, BackendError> {
        if let Element::Terms(terms) = element {
            return Ok(terms.clone());
        }
        let shown = element.to_string();
        if let Some(terms) = self.known.get(&(field, shown.clone())) {
            return Ok(terms.clone());
        }
        let mut found = BTreeSet::new();
        match element {
            Element::Terms(_) => {}
            Element::Wildcard(glob) => self.wildcard(field, glob, &shown, &mut found)?,
            Element::Fuzzy { word, distance } => self.fuzzy(field, word, *distance, &shown, &mut found)?,
        }
        let terms: Vec<String> = found.into_iter().collect();
        self.known.insert((field, shown), terms.clone());
        Ok(terms)
    }

    fn wildcard(
        &mut self,
        field: Field,
        glob: &Glob,
        shown: &str,
        found: &mut BTreeSet<String>,
    ) -> Result<(), BackendError> {
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().range().ge(&glob.prefix).into_stream().map_err(read_error)?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                if !term.starts_with(&glob.prefix) {
                    break;
                }
                self.look(shown)?;
                if glob.matches(term) && found.insert(term.to_owned()) {
                    self.keep(shown)?;
                }
            }
        }
        Ok(())
    }

    fn fuzzy(
        &mut self,
        field: Field,
        word: &str,
        distance: u8,
        shown: &str,
        found: &mut BTreeSet<String>,
    ) -> Result<(), BackendError> {
        let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().search(query.automaton()?).into_stream().map_err(read_error)?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                self.look(shown)?;
                if found.insert(term.to_owned()) {
                    self.keep(shown)?;
                }
            }
        }
        Ok(())
    }

    fn look(&mut self, shown: &str) -> Result<(), BackendError> {
        self.scanned += 1;
        if self.scanned > MAX_SCANNED { Err(too_many(shown, MAX_SCANNED)) } else { Ok(()) }
    }

    fn keep(&mut self, shown: &str) -> Result<(), BackendError> {
        self.words += 1;
        if self.words > MAX_WORDS { Err(too_many(shown, MAX_WORDS)) } else { Ok(()) }
    }
}

/// The name nearest to one that no mention bears: of those within an edit (two for a long name) the one that most articles
/// have.
pub(super) fn nearest_name(
    searcher: &Searcher,
    kind: Kind,
    name: &EntityName,
) -> Result<Option<(String, u64)>, BackendError> {
    const LONG: usize = 7;
    let field = Reader::fields().mention;
    let (term, name) = match name {
        EntityName::Key(key) => (terms::key(kind, key), key),
        EntityName::Part(part) => (terms::part(kind, part), part),
    };
    let count = |term: &str| searcher.doc_freq(&Term::from_field_text(field, term));
    if count(&term)? > 0 {
        return Ok(None);
    }
    let Some(before) = term.strip_suffix(name.as_str()) else { return Ok(None) };
    let distance = if name.chars().count() < LONG { 1 } else { 2 };
    let query = FuzzyTermQuery::new(Term::from_field_text(field, &term), distance, true);
    let mut best: Option<(String, u64)> = None;
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().search(query.automaton()?).into_stream().map_err(read_error)?;
        while stream.advance() {
            let Some(near) = std::str::from_utf8(stream.key()).ok().and_then(|t| t.strip_prefix(before))
            else {
                continue;
            };
            let found = count(&format!("{before}{near}"))?;
            if best.as_ref().is_none_or(|b| found > b.1) {
                best = Some((near.to_owned(), found));
            }
        }
    }
    Ok(best)
}

fn too_many(pattern: &str, limit: usize) -> BackendError {
    BackendError::TooManyWords { pattern: pattern.to_owned(), limit }
}

fn read_error(source: std::io::Error) -> BackendError {
    crate::index::IndexError::Io { what: "reading the index's words".to_owned(), source }.into()
}
