//! What a search backend is asked and what it answers, whatever engine is below.

use serde::{Deserialize, Serialize};

use super::counts::{Facets, FacetsRequest, Timeline};
use crate::article::{Article, Kind, Mention};
use crate::plan::{EntityName, Node};
use crate::snippet::{Highlights, SnippetOptions};
use crate::text::Calendar;

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Last published first; articles without a date come last.
    Newest,
    /// First published first; articles without a date come last.
    Oldest,
}

/// Which articles are shown once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// An article and its exact and near copies: the one that comes first in the order of hits stands for those that
    /// match, which are named with it.
    #[default]
    Copy,
    /// The articles of a story: the one that comes first in the order of hits stands for those that match.
    Story,
    /// None: every article stands for itself.
    None,
}

/// Which part of the answer to give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageRequest {
    /// How many hits at most.
    pub limit: usize,
    /// How many to pass over.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// Which articles are shown once; hits are paged as they are shown.
    pub group: Group,
    /// Whether to count all matches; a page without a count is found faster.
    pub total: bool,
    /// Which quotes to give with each hit.
    pub snippets: SnippetOptions,
    /// Whether to say where each hit's score comes from.
    pub explain: bool,
}

impl Default for PageRequest {
    /// The ten best, copies shown once, with the count of all matches and up to three snippets each.
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            sort: Sort::Score,
            group: Group::Copy,
            total: true,
            snippets: SnippetOptions::default(),
            explain: false,
        }
    }
}

/// One article that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// How well it matches; only comparable within one answer. 0 when the order is not by score.
    pub score: f32,
    /// The article.
    pub article: Article,
    /// Everything found in it, in order of field and start.
    pub mentions: Vec<Mention>,
    /// What matched, quoted.
    pub highlights: Highlights,
    /// Where the score comes from, if that was asked for.
    pub explanation: Option<Scored>,
    /// The id of the article that this one is a copy of, which may have been deleted since.
    pub copy_of: Option<String>,
    /// The number of the story that it is in; [`crate::story::id_of`] writes it.
    pub story: Option<u64>,
    /// What it stands for besides itself: its copies, or the other articles of its story, as was asked.
    pub copies: Copies,
}

/// The articles that a hit stands for: those of its group that match, too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copies {
    /// What they have in common with the hit: its text, or its story.
    pub group: Group,
    /// How many there are.
    pub total: u64,
    /// The first of them by publication, at most [`Copies::NAMED`].
    pub named: Vec<CopyFacts>,
    /// How many outlets besides the hit's have them.
    pub outlets: u64,
}

impl Copies {
    /// How many copies are named.
    pub const NAMED: usize = 20;
}

/// What is told of an article that is shown as a copy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CopyFacts {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its outlet.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published, in seconds since 1970-01-01 UTC.
    pub published: Option<i64>,
}

impl From<Article> for CopyFacts {
    fn from(article: Article) -> Self {
        let Article { id, title, source, url, published, .. } = article;
        Self { id, title, source, url, published }
    }
}

/// The score of a part of a query for one article; the parts of a whole add up to its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// The part, in words.
    pub what: String,
    /// What it adds.
    pub score: f32,
    /// The parts that it consists of; those that do not match the article are left out.
    pub parts: Vec<Scored>,
}

/// What answering a part of a query takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Costed {
    /// The part, in words.
    pub what: String,
    /// How many articles it matches at most, as far as the lists of the index tell without being read.
    pub articles: u64,
    /// Entries of lists that may be read for it.
    pub entries: u64,
    /// Whether positions are read where its lists meet, or values of columns.
    pub reads: Vec<Reads>,
    /// The words of the index that it stands for, with the articles that hold each, most first; given where there are
    /// several or a pattern was expanded.
    pub words: Vec<(String, u64)>,
    /// The parts that it consists of.
    pub parts: Vec<Costed>,
}

/// What is read besides lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// Positions of words and mentions, in articles where the lists meet.
    Positions,
    /// Values of mentions.
    Values,
    /// A time or a length of every article.
    Column,
}

/// A part of the answer to a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// How many articles match, copies included, if that was asked for.
    pub total: Option<u64>,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// How long it took.
    pub took: Took,
}

/// Where the time of a page went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Took {
    /// Finding the hits and counting all that match.
    pub find: std::time::Duration,
    /// Reading their articles and quoting them.
    pub quote: std::time::Duration,
}

/// Why a backend could not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackendError {
    /// The wildcards and fuzzy words of the query stand for too many words, or have too many looked at.
    #[error(
        "wildcards stand for more than {limit} words, of which {pattern} is the last; add letters to them"
    )]
    TooManyWords {
        /// The pattern at which the limit was reached.
        pattern: String,
        /// How many are allowed.
        limit: usize,
    },
    /// The page lies too deep.
    #[error("hits beyond {limit} are not paged; narrow the query, or stream all hits (--all)")]
    TooDeep {
        /// The last hit that can be paged to.
        limit: usize,
    },
    /// The query took too long.
    #[error(
        "the query took longer than {} s and was stopped; narrow it, or allow more time (--timeout)",
        limit.as_secs_f64()
    )]
    TooSlow {
        /// How long it may take.
        limit: std::time::Duration,
    },
    /// Whoever asked has gone away.
    #[error("nobody waits for the answer any more")]
    Gone,
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] crate::index::IndexError),
}

/// All matches, one after the other.
pub type HitStream<'a> = Box<dyn Iterator<Item = Result<Hit, BackendError>> + 'a>;

/// Something that answers plans.
pub trait Backend {
    /// A page of the articles that match.
    fn search(&self, plan: &Node, page: &PageRequest) -> Result<Page, BackendError>;

    /// How many articles match.
    fn count(&self, plan: &Node) -> Result<u64, BackendError>;

    /// Values of the articles that match, counted.
    fn facets(&self, plan: &Node, request: &FacetsRequest) -> Result<Facets, BackendError>;

    /// How many of the articles that match were published when; of copies one is counted, or each, as `group` says.
    fn timeline(&self, plan: &Node, by: Calendar, group: Group) -> Result<Timeline, BackendError>;

    /// What answering a plan takes, part by part; nothing is answered.
    fn explain(&self, plan: &Node) -> Result<Costed, BackendError>;

    /// The name that was probably meant by one that no mention of `kind` bears, with how many articles have it; `None`
    /// where some mention does bear it, or none comes near.
    fn nearest_name(&self, kind: Kind, name: &EntityName) -> Result<Option<(String, u64)>, BackendError>;

    /// Every article that matches, unscored, in the order of the index, with bounded memory however many they are; copies
    /// are shown once as `group` says.
    fn stream<'a>(
        &'a self,
        plan: &Node,
        snippets: &SnippetOptions,
        group: Group,
    ) -> Result<HitStream<'a>, BackendError>;
}
