//! Answers plans from an index on this machine.
//!
//! [`lower`] turns a plan into tantivy queries: plain words become its own term queries, everything that it does not do
//! as we need it is a scorer of ours: any of several plain words ([`either`]), one word of several forms ([`forms`]), words
//! and phrases over several forms, with slop and within a part of the article ([`pattern`], [`in_row`]), slots ([`slots`])
//! and proximity ([`near`]), whose rows [`row`] reads, mentions by [`mentions`], quantities by value and unit ([`quantity`]),
//! times and the presence of fields ([`filter`]). What only has to be so is asked of articles that score enough
//! ([`filtered`]) or, where nothing scores, found by walking through a column ([`ranged`]) until there is enough
//! ([`alike`]). A [`list`] is what the index holds of one word, a [`union`] of several terms that stand for one; [`best`]
//! passes over what cannot be among the best hits. [`expand`] finds the words that a wildcard stands for, [`rarity`] tells
//! what a match weighs, [`watch`] keeps the time. [`collect`] runs the queries and fetches the articles, [`complete`] finds names by how they begin, [`group`] shows
//! copies, or stories, once; [`stories`] tells of those; [`facets`] counts over all that matches; [`explain`] says what a plan costs and where a score comes from, of the forms that are [`held`].

mod alike;
mod best;
mod collect;
mod complete;
mod either;

mod expand;
mod explain;
mod facets;
mod filter;
mod filtered;
mod forms;
mod group;
mod held;
mod in_row;
mod list;
mod lower;
mod mentions;
mod near;
mod pattern;
mod quantity;
mod ranged;
mod rarity;
mod row;
mod slots;
mod stories;
mod union;
mod watch;

use std::time::Duration;

pub use collect::Found;
pub use watch::unless_gone;

use crate::article::{Article, Kind};
use crate::backend::{
    Backend, BackendError, CopyFacts, Costed, Facets, FacetsRequest, Group, HitStream, Page, PageRequest,
    Story, Timeline, Why,
};
use crate::guard::{Fault, guarded};
use crate::index::{IndexError, Reader, Stored};
use crate::plan::{EntityName, Node};
use crate::snippet::SnippetOptions;
use crate::text::{Calendar, Stem};

/// The deepest hit that can be paged to.
pub const MAX_DEPTH: usize = 10_000;

/// The time that a query has unless another is set.
pub const TIME_LIMIT: Duration = Duration::from_secs(2);

/// An index on this machine, open for questions.
#[derive(Debug, Clone)]
pub struct LocalBackend {
    reader: Reader,
    time: Option<Duration>,
    stream_time: Option<Duration>,
}

impl LocalBackend {
    /// Answers from this index, as it was when it was opened or last reloaded.
    pub fn new(reader: Reader) -> Self {
        Self { reader, time: Some(TIME_LIMIT), stream_time: None }
    }

    /// The same, whose commits are seen without a reload.
    #[must_use]
    pub fn following(self) -> Self {
        Self { reader: self.reader.following(), ..self }
    }

    /// The same as it is now, whatever is committed.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self { reader: self.reader.snapshot(), ..self.clone() }
    }

    /// The same with another bound on the time of a page or a count; `None` for no bound.
    #[must_use]
    pub fn with_time_limit(self, time: Option<Duration>) -> Self {
        Self { time, ..self }
    }

    /// The same with a bound on the time of a stream, from its first hit to its last and what is done with them between;
    /// there is none unless it is set.
    #[must_use]
    pub fn with_stream_time_limit(self, stream_time: Option<Duration>) -> Self {
        Self { stream_time, ..self }
    }

    /// Those of some words that the title or the body of any article holds, in their order.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn held(&self, words: &[String]) -> Result<Vec<String>, BackendError> {
        guarded("looking up words", || held::held(&self.reader.searcher(), Reader::fields().text, words))
    }

    /// Tags of the languages besides English that articles of the index have and whose words have stems.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn languages(&self) -> Result<Vec<String>, BackendError> {
        guarded("looking up languages", || expand::languages(&self.reader.searcher()))
    }

    /// The words of the index that share a stem with another, for articles of its language.
    ///
    /// # Errors
    /// Where the index cannot be read, or there are too many.
    pub fn words_of(&self, stem: &Stem) -> Result<Vec<String>, BackendError> {
        guarded("looking up words", || expand::words_of(&self.reader.searcher(), stem))
    }

    /// The names of a kind of which a word begins with `prefix`, which is folded as terms are; those of most articles first, with how
    /// many have them, about.
    ///
    /// # Errors
    /// Where the index cannot be read, or in the time of a page not to its end.
    pub fn names_beginning(
        &self,
        kind: Kind,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>, BackendError> {
        guarded("looking up names", || {
            complete::names(&self.reader.searcher(), self.time, kind, prefix, limit)
        })
    }

    /// How many articles have a mention of a kind with this key, about.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn articles_naming(&self, kind: Kind, key: &str) -> Result<u64, BackendError> {
        guarded("looking up a name", || complete::articles(&self.reader.searcher(), kind, key))
    }

    /// The index below.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The other articles of an article's group, first published first: what it copies, its copies, the copies of what it
    /// copies. None where there is no such article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn copies(&self, id: &str) -> Result<Vec<CopyFacts>, BackendError> {
        guarded("looking up copies", || collect::copies(&self.reader, id))
    }

    /// The story with this id, or that of the article with this id; `None` where there is neither.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn story(&self, id: &str) -> Result<Option<Story>, BackendError> {
        guarded("looking up a story", || stories::story(&self.reader, id))
    }

    /// The number of the story that the article with this id is in.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn story_of(&self, id: &str) -> Result<Option<u64>, BackendError> {
        guarded("looking up a story", || stories::story_of(&self.reader, id))
    }

    /// The articles of a story with their mentions, first published first; at most `most`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn articles_of(&self, story: u64, most: usize) -> Result<Vec<Stored>, BackendError> {
        guarded("reading a story", || stories::stored(&self.reader, story, most))
    }

    /// Why each article of a story is in it, first published first; of the story with this id, or that of the article
    /// with it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn explain_story(&self, id: &str) -> Result<Option<Vec<Why>>, BackendError> {
        guarded("explaining a story", || stories::explain(&self.reader, id))
    }

    /// The words that tell an article from others: those of its title and its beginning that few articles have; most telling
    /// first, at most `most`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn telling_words(&self, article: &Article, most: usize) -> Result<Vec<String>, BackendError> {
        guarded("looking up words", || stories::telling_words(&self.reader, article, most))
    }

    /// Finds the hits of a page without fetching them.
    ///
    /// # Errors
    /// As [`Backend::search`].
    pub fn find(&self, plan: &Node, page: &PageRequest) -> Result<Found, BackendError> {
        guarded("searching", || collect::find(&self.reader, self.time, plan, page))
    }
}

impl Backend for LocalBackend {
    fn search(&self, plan: &Node, page: &PageRequest) -> Result<Page, BackendError> {
        guarded("searching", || collect::search(&self.reader, self.time, plan, page))
    }

    fn count(&self, plan: &Node) -> Result<u64, BackendError> {
        guarded("counting", || collect::count(&self.reader, self.time, plan))
    }

    fn facets(&self, plan: &Node, request: &FacetsRequest) -> Result<Facets, BackendError> {
        guarded("counting facets", || facets::facets(&self.reader, self.time, plan, request))
    }

    fn timeline(&self, plan: &Node, by: Calendar, group: Group) -> Result<Timeline, BackendError> {
        guarded("counting by time", || facets::timeline(&self.reader, self.time, plan, by, group))
    }

    fn explain(&self, plan: &Node) -> Result<Costed, BackendError> {
        guarded("explaining a query", || explain::cost(&self.reader, self.time, plan))
    }

    fn nearest_name(&self, kind: Kind, name: &EntityName) -> Result<Option<(String, u64)>, BackendError> {
        guarded("looking up a name", || expand::nearest_name(&self.reader.searcher(), kind, name))
    }

    fn stream<'a>(
        &'a self,
        plan: &Node,
        snippets: &SnippetOptions,
        group: Group,
    ) -> Result<HitStream<'a>, BackendError> {
        guarded("streaming hits", || collect::stream(&self.reader, self.stream_time, plan, snippets, group))
    }
}

impl From<Fault> for BackendError {
    fn from(fault: Fault) -> Self {
        Self::Index(IndexError::Fault(fault))
    }
}

impl From<tantivy::TantivyError> for BackendError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.into())
    }
}
