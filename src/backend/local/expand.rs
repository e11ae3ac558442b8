//! The terms of the index that wildcards and fuzzy words stand for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, Searcher, TERMINATED, Term};

use super::list::{Form, List};
use super::watch::Watch;
use crate::article::Kind;
use crate::backend::BackendError;
use crate::index::{Reader, Weights, terms};
use crate::plan::{Element, EntityName, Glob};
use crate::text::{Family, Stem};

/// The most words that the patterns of one query may stand for, together.
const MAX_WORDS: usize = 2048;
/// The most inflections of other languages that the words of one query may have, together.
const MAX_FORMS: usize = 16_384;
/// The most words of the index that may be looked at for them.
const MAX_SCANNED: usize = 2_000_000;

/// Expands the patterns of one query, each once, within bounds for all of them.
pub(super) struct Expander<'a> {
    pub(super) searcher: &'a Searcher,
    /// How words count in the index by where they stand.
    pub(super) weights: Weights,
    /// The query's time.
    pub(super) watch: &'a Watch,
    known: HashMap<(Field, String), Vec<Form>>,
    words: usize,
    forms: usize,
    scanned: usize,
}

impl<'a> Expander<'a> {
    pub(super) fn new(searcher: &'a Searcher, weights: Weights, watch: &'a Watch) -> Self {
        Self { searcher, weights, watch, known: HashMap::new(), words: 0, forms: 0, scanned: 0 }
    }

    /// The terms of `field` that may stand for an element, over all segments, and where they count.
    ///
    /// # Errors
    /// [`BackendError::TooManyWords`], never a silently shortened list.
    pub(super) fn terms(&mut self, field: Field, element: &Element) -> Result<Vec<Form>, BackendError> {
        if let Element::Terms(terms) = element {
            return Ok(Form::all_anywhere(terms));
        }
        let shown = element.to_string();
        if let Some(terms) = self.known.get(&(field, shown.clone())) {
            return Ok(terms.clone());
        }
        let mut found = BTreeSet::new();
        match element {
            Element::Terms(_) => {}
            Element::Forms { terms, stems } => {
                let forms = self.forms(field, terms, stems, &shown)?;
                self.known.insert((field, shown), forms.clone());
                return Ok(forms);
            }
            Element::Wildcard(glob) => self.wildcard(field, glob, &shown, &mut found)?,
            Element::Fuzzy { word, distance } => self.fuzzy(field, word, *distance, &shown, &mut found)?,
        }
        let terms: Vec<Form> = found.into_iter().map(Form::anywhere).collect();
        self.known.insert((field, shown), terms.clone());
        Ok(terms)
    }

    /// Terms that count everywhere, and those that share a stem with the word in the articles of some language.
    fn forms(
        &mut self,
        field: Field,
        terms: &[String],
        stems: &[Stem],
        shown: &str,
    ) -> Result<Vec<Form>, BackendError> {
        let mut forms = Form::all_anywhere(terms);
        let mut within: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
        // Languages mostly share where their forms begin, so that each stretch of the words is read once for all of them.
        let families: Vec<Family> = stems.iter().filter_map(Stem::family).collect();
        let mut beginnings: Vec<&String> = families.iter().flat_map(Family::beginnings).collect();
        beginnings.sort_unstable();
        beginnings.dedup_by(|next, before| next.starts_with(before.as_str()));
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            for beginning in &beginnings {
                let mut stream = inverted.terms().range().ge(beginning).into_stream().map_err(read_error)?;
                while stream.advance() {
                    let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                    if !term.starts_with(beginning.as_str()) {
                        break;
                    }
                    self.look(shown)?;
                    if within.contains_key(term) || terms.iter().any(|known| known == term) {
                        continue;
                    }
                    let of = families.iter().filter(|family| family.has(term));
                    let tags: Vec<_> = of.flat_map(Family::tags).copied().collect();
                    if !tags.is_empty() {
                        within.insert(term.to_owned(), tags);
                        self.forms += 1;
                        if self.forms > MAX_FORMS {
                            return Err(too_many(shown, MAX_FORMS));
                        }
                    }
                }
            }
        }
        forms.extend(within.into_iter().map(|(term, langs)| Form { term, langs }));
        Ok(forms)
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

/// The languages of an index whose words have stems, by the tags that stems bear.
pub(super) fn languages(searcher: &Searcher) -> Result<Vec<String>, BackendError> {
    let mut tags = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(Reader::fields().lang)?;
        let mut stream = inverted.terms().stream().map_err(read_error)?;
        while stream.advance() {
            tags.extend(std::str::from_utf8(stream.key()).ok().and_then(Stem::language));
        }
    }
    Ok(tags.into_iter().map(str::to_owned).collect())
}

/// The words of title and body that have a stem.
pub(super) fn words_of(searcher: &Searcher, stem: &Stem) -> Result<Vec<String>, BackendError> {
    let watch = Watch::start(None);
    let mut words = Expander::new(searcher, Weights::default(), &watch);
    let forms = words.forms(Reader::fields().text, &[], std::slice::from_ref(stem), &stem.stem)?;
    let mut held = Vec::with_capacity(forms.len());
    for form in forms {
        if is_held(searcher, Reader::fields().text, &form)? {
            held.push(form.term);
        }
    }
    Ok(held)
}

/// Whether any article has a form that counts there.
pub(super) fn is_held(searcher: &Searcher, field: Field, form: &Form) -> Result<bool, BackendError> {
    for segment in searcher.segment_readers() {
        let list = List::open(segment, field, std::slice::from_ref(form), IndexRecordOption::Basic)?;
        if list.is_some_and(|list| list.doc() != TERMINATED) {
            return Ok(true);
        }
    }
    Ok(false)
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
