//! The way out: parse, plan, ask a backend.

pub mod stated;

use std::path::Path;
use std::time::Duration;

use crate::article::Kind;
use crate::backend::{
    Backend, BackendError, CopyFacts, Costed, HitStream, LocalBackend, Page, PageRequest, Sort,
};
use crate::guard::{Fault, guarded};
use crate::index::{Files, IndexError, Reader, Stored};
use crate::plan::{self, EntityName, Leaf, MentionTest, Node, Plan, PlanOptions, Rewrite, Rule, TimeField};
use crate::query::{self, Diagnostic, Limits, Severity};
use crate::text::Stem;

/// Why a search was not answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query is at fault: everything that is wrong with it, each with its place in the query's text.
    #[error("{}", .0.first().map_or_else(|| "the query cannot be read".to_owned(), ToString::to_string))]
    Query(Vec<Diagnostic>),
    /// The index or its engine is.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

impl From<Fault> for SearchError {
    fn from(fault: Fault) -> Self {
        Self::Backend(fault.into())
    }
}

impl From<IndexError> for SearchError {
    fn from(error: IndexError) -> Self {
        Self::Backend(error.into())
    }
}

/// What to search for, and which part of the answer to give.
#[derive(Debug, Clone, Default)]
pub struct SearchRequest {
    /// Which hits, in which order, with which quotes.
    pub page: PageRequest,
    /// Only articles published at this second or later, since 1970-01-01 UTC.
    pub since: Option<i64>,
    /// Only articles published before this second.
    pub until: Option<i64>,
}

/// The answer to a query.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The hits.
    pub page: Page,
    /// How the query was read, where a person may want to know.
    pub notes: Vec<Diagnostic>,
}

/// An index, open for questions in the query language.
///
/// Answers come from the state of the index when it was opened or last reloaded, unless it is [`Archive::following`]. Any number of threads may ask.
#[derive(Debug, Clone)]
pub struct Archive {
    backend: LocalBackend,
    limits: Limits,
}

impl Archive {
    /// Opens the index at `path`.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, IndexError> {
        let reader = Reader::open(path.as_ref())?;
        Ok(Self { backend: LocalBackend::new(reader), limits: Limits::default() })
    }

    /// The same archive, which sees what is committed without [`Archive::reload`], a tenth of a second later. Answers that belong
    /// together, as pages of one search do, may then come from different states.
    #[must_use]
    pub fn following(self) -> Self {
        Self { backend: self.backend.following(), ..self }
    }

    /// The same archive with other bounds on queries.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same archive with another bound on the time of a search or a count; `None` for none.
    #[must_use]
    pub fn with_time_limit(self, time: Option<Duration>) -> Self {
        Self { backend: self.backend.with_time_limit(time), ..self }
    }

    /// The same archive with a bound on the time of a stream, and so of facets; there is none unless it is set.
    #[must_use]
    pub fn with_stream_time_limit(self, time: Option<Duration>) -> Self {
        Self { backend: self.backend.with_stream_time_limit(time), ..self }
    }

    /// What answers below.
    pub fn backend(&self) -> &LocalBackend {
        &self.backend
    }

    /// The plan of a query.
    ///
    /// # Errors
    /// [`SearchError::Query`] with everything that is wrong with it.
    pub fn plan(&self, query: &str) -> Result<Plan, SearchError> {
        guarded("reading a query", || {
            let parsed = query::parse(query, &self.limits).map_err(SearchError::Query)?;
            let options = PlanOptions { languages: self.backend.languages()?, ..PlanOptions::default() };
            let mut plan = plan::plan_with(&parsed.query, &options).map_err(SearchError::Query)?;
            plan.notes.splice(0..0, parsed.notes);
            Ok(plan)
        })
    }

    /// A page of the articles that match a query.
    ///
    /// Where nothing in the query says that one article matches better than another (dates and values alone), the last
    /// published come first.
    ///
    /// # Errors
    /// [`SearchError::Query`] where the query is at fault, [`SearchError::Backend`] where the index is.
    pub fn search(&self, query: &str, request: &SearchRequest) -> Result<Answer, SearchError> {
        self.search_plan(&self.plan(query)?, request)
    }

    /// A page of the articles that match a query, planned before.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn search_plan(&self, plan: &Plan, request: &SearchRequest) -> Result<Answer, SearchError> {
        let mut page = request.page.clone();
        if page.sort == Sort::Score && !ranks(&plan.root) {
            page.sort = Sort::Newest;
        }
        let root = between(plan, request);
        let page = self.backend.search(&root, &page).map_err(|e| located(e, plan))?;
        let notes = self.notes(plan, page.hits.is_empty() && request.page.offset == 0)?;
        Ok(Answer { page, notes })
    }

    /// How a query was read, where a person may want to know; with the names that were probably meant by those that no
    /// article has, if nothing was found.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn notes(&self, plan: &Plan, nothing_found: bool) -> Result<Vec<Diagnostic>, SearchError> {
        let mut notes = plan.notes.clone();
        if nothing_found {
            notes.extend(self.names_meant(&plan.rewrites)?);
        }
        Ok(notes)
    }

    /// A note for each name of the query that no article has.
    fn names_meant(&self, rewrites: &[Rewrite]) -> Result<Vec<Diagnostic>, BackendError> {
        let mut notes = Vec::new();
        for rewrite in rewrites {
            let (kind, name): (_, fn(String) -> EntityName) = match rewrite.rule {
                Rule::PersonPart => (Kind::Person, EntityName::Part),
                Rule::PersonName => (Kind::Person, EntityName::Key),
                Rule::OrgPart => (Kind::Org, EntityName::Part),
                Rule::OrgName => (Kind::Org, EntityName::Key),
                Rule::PlaceName => (Kind::Place, EntityName::Part),
                Rule::PlaceIn => (Kind::Place, EntityName::Key),
                _ => continue,
            };
            if let Some((near, articles)) = self.backend.nearest_name(kind, &name(rewrite.to.clone()))? {
                // The parts of places that are a code.
                if !near.contains(|c: char| c.is_lowercase()) {
                    continue;
                }
                let plural = if articles == 1 { "" } else { "s" };
                notes.push(Diagnostic {
                    severity: Severity::Note,
                    code: "unknown_name",
                    message: format!(
                        "no {} \"{}\"; did you mean \"{near}\" ({articles} article{plural})?",
                        kind.name(),
                        rewrite.to
                    ),
                    span: rewrite.span,
                    help: None,
                });
            }
        }
        Ok(notes)
    }

    /// What answering a query takes, and how it was read; nothing is answered. Inflections that no article has are left
    /// out.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn explain(&self, query: &str) -> Result<(Plan, Costed), SearchError> {
        let mut plan = self.plan(query)?;
        for rewrite in plan.rewrites.iter_mut().filter(|rewrite| rewrite.rule == Rule::Inflections) {
            let forms: Vec<String> = rewrite.to.split(", ").map(str::to_owned).collect();
            rewrite.to = match self.backend.held(&forms)? {
                held if held.is_empty() => "no form that any article has".to_owned(),
                held => held.join(", "),
            };
        }
        self.show_families(&mut plan.rewrites)?;
        let cost = self.backend.explain(&plan.root).map_err(|e| located(e, &plan))?;
        Ok((plan, cost))
    }

    /// Of stems, tells the words that have them; those that no word has are left out.
    fn show_families(&self, rewrites: &mut Vec<Rewrite>) -> Result<(), BackendError> {
        let mut shown = Vec::with_capacity(rewrites.len());
        for mut rewrite in rewrites.drain(..) {
            let stem = rewrite.to.split_once(' ').filter(|_| rewrite.rule == Rule::Stem);
            if let Some((lang, stem)) = stem {
                let stem = Stem { lang: lang.to_owned(), stem: stem.to_owned() };
                let words = self.backend.words_of(&stem)?;
                if words.is_empty() {
                    continue;
                }
                rewrite.to = format!("{}: {}", stem.language_name(), words.join(", "));
            }
            shown.push(rewrite);
        }
        *rewrites = shown;
        Ok(())
    }

    /// How many articles match a query.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn count(&self, query: &str, request: &SearchRequest) -> Result<u64, SearchError> {
        self.count_plan(&self.plan(query)?, request)
    }

    /// How many articles match a query, planned before.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn count_plan(&self, plan: &Plan, request: &SearchRequest) -> Result<u64, SearchError> {
        let root = between(plan, request);
        self.backend.count(&root).map_err(|e| located(e, plan))
    }

    /// Every article that matches a query, unscored, in the order of the index; memory stays bounded however many.
    /// Of the request, the dates, the snippets and what is shown once count.
    ///
    /// # Errors
    /// As [`Archive::search`]; each hit may fail by itself, too.
    pub fn stream(&self, query: &str, request: &SearchRequest) -> Result<HitStream<'_>, SearchError> {
        self.stream_plan(&self.plan(query)?, request)
    }

    /// Every article that matches a query, planned before.
    ///
    /// # Errors
    /// As [`Archive::stream`].
    pub fn stream_plan(&self, plan: &Plan, request: &SearchRequest) -> Result<HitStream<'_>, SearchError> {
        let page = &request.page;
        self.backend.stream(&between(plan, request), &page.snippets, page.group).map_err(|e| located(e, plan))
    }

    /// The article with this id.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn get(&self, id: &str) -> Result<Option<Stored>, IndexError> {
        self.backend.reader().get(id)
    }

    /// The other articles that are exact or near copies of an article, or that it is a copy of, first published first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn copies(&self, id: &str) -> Result<Vec<CopyFacts>, BackendError> {
        self.backend.copies(id)
    }

    /// The same archive as it is now: it stays so, whatever is committed. It keeps what it reads on disk for as long as it lives.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self { backend: self.backend.snapshot(), limits: self.limits }
    }

    /// A number for the state that questions are answered from; another state has another one.
    pub fn state(&self) -> u64 {
        self.backend.reader().state()
    }

    /// How many articles there are.
    pub fn len(&self) -> u64 {
        self.backend.reader().len()
    }

    /// Whether short names have the key of the full name in their article, as `extract::Options::merge` had it.
    pub fn merged_names(&self) -> bool {
        self.backend.reader().merged_names()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the index weighs.
    ///
    /// # Errors
    /// Where its directory cannot be listed.
    pub fn files(&self) -> Result<Files, IndexError> {
        self.backend.reader().files()
    }

    /// Sees what has been committed since.
    ///
    /// # Errors
    /// Where the new state cannot be opened; then the old one stays.
    pub fn reload(&self) -> Result<(), IndexError> {
        self.backend.reader().reload()
    }
}

/// An error of a backend; where a part of the query is at fault, with its place.
pub(crate) fn located(error: BackendError, plan: &Plan) -> SearchError {
    let BackendError::TooManyWords { pattern, limit } = &error else { return error.into() };
    let Some((_, span)) = plan.patterns.iter().find(|known| known.0 == *pattern) else { return error.into() };
    SearchError::Query(vec![Diagnostic {
        severity: Severity::Error,
        code: "limit",
        message: format!("with this one, wildcards stand for more than {limit} words"),
        span: *span,
        help: Some("add letters to them, or ask several queries".to_owned()),
    }])
}

/// Whether a plan says that one article matches better than another.
fn ranks(plan: &Node) -> bool {
    plan.leaves().iter().any(|leaf| {
        matches!(
            leaf,
            Leaf::Words(_) | Leaf::Near(_) | Leaf::AtLeast { .. } | Leaf::Mention(MentionTest::Entity { .. })
        )
    })
}

/// What a plan asks, within the request's stretch of publication.
pub(crate) fn between(plan: &Plan, request: &SearchRequest) -> Node {
    let root = plan.root.clone();
    if request.since.is_none() && request.until.is_none() {
        return root;
    }
    let (from, to) = (request.since.unwrap_or(i64::MIN), request.until.unwrap_or(i64::MAX));
    Node::and(vec![root, Node::Leaf(Leaf::Time { field: TimeField::Published, from, to })])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::backend::{By, Facet, FacetsRequest, Group};
    use crate::guard::trip;
    use crate::index::{Prepared, Writer, WriterOptions, analyse};
    use crate::text::{Calendar, token_list};

    fn is_fault<E: Into<SearchError>>(error: E) -> bool {
        matches!(error.into(), SearchError::Backend(BackendError::Index(IndexError::Fault(_))))
    }

    type Question<'a> = Box<dyn Fn() -> Option<SearchError> + 'a>;

    #[test]
    fn a_panic_while_a_question_is_answered_is_an_error_and_the_next_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let mut writer = Writer::open(&path, &WriterOptions::default()).unwrap();
        let article = Article { id: "a".into(), body: "The ferry is back.".into(), ..Article::default() };
        let analysed = analyse(&article, &[], &token_list(&article.body), &[]);
        writer.upsert(Prepared::new(&article, &[], analysed).unwrap()).unwrap();
        writer.finish().unwrap();
        let archive = Archive::open(&path).unwrap();
        let request = SearchRequest::default();
        let plan = archive.plan("ferry").unwrap().root;
        let counted = FacetsRequest { by: vec![By::One(Facet::Person)], ..FacetsRequest::default() };
        let questions: Vec<(&'static str, Question<'_>)> = vec![
            ("opening the index", Box::new(|| Archive::open(&path).err().map(Into::into))),
            ("reading a query", Box::new(|| archive.search("ferry", &request).err())),
            ("looking up languages", Box::new(|| archive.search("ferry", &request).err())),
            ("searching", Box::new(|| archive.search("ferry", &request).err())),
            ("searching", Box::new(|| archive.backend().find(&plan, &request.page).err().map(Into::into))),
            ("looking up a name", Box::new(|| archive.search("person:\"Jane Doe\"", &request).err())),
            ("counting", Box::new(|| archive.count("ferry", &request).err())),
            ("counting facets", Box::new(|| archive.backend().facets(&plan, &counted).err().map(Into::into))),
            (
                "counting by time",
                Box::new(|| {
                    archive.backend().timeline(&plan, Calendar::Day, Group::Copy).err().map(Into::into)
                }),
            ),
            ("explaining a query", Box::new(|| archive.explain("ferry").err())),
            ("looking up words", Box::new(|| archive.explain("ferry").err())),
            ("looking up copies", Box::new(|| archive.copies("a").err().map(Into::into))),
            ("looking up an article", Box::new(|| archive.get("a").err().map(Into::into))),
            ("streaming hits", Box::new(|| archive.stream("ferry", &request).err())),
            (
                "fetching hits",
                Box::new(|| {
                    let found = archive.backend().find(&plan, &request.page).unwrap();
                    found.fetch(archive.backend().reader()).err().map(Into::into)
                }),
            ),
        ];
        for (doing, question) in questions {
            assert!(trip::at(doing, &question).is_some_and(is_fault), "{doing}");
            assert!(question().is_none(), "{doing}");
        }
        let mut hits = archive.stream("ferry", &request).unwrap();
        let told = trip::at("streaming hits", || [hits.next(), hits.next()]);
        assert!(matches!(told, [Some(Err(_)), None]), "one error, and the end");
    }
}
