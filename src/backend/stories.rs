//! What is told of a story.

use serde::Serialize;

use super::CopyFacts;
use crate::article::{Span, TextField};
use crate::index::Correction;

/// Articles that tell of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its number; [`crate::story::id_of`] writes it.
    pub number: u64,
    /// The title of the article that has most in common with the others.
    pub title: String,
    /// The outlets that have it, the one of the first article first.
    pub outlets: Vec<String>,
    /// How many articles it has.
    pub total: u64,
    /// The articles, first published first; at most [`Story::LISTED`].
    pub articles: Vec<CopyFacts>,
}

impl Story {
    /// How many articles are listed.
    pub const LISTED: usize = 1000;

    /// When the first and the last article were published, in seconds since 1970-01-01 UTC; none where no article says.
    pub fn span(&self) -> Option<(i64, i64)> {
        let times = self.articles.iter().filter_map(|article| article.published);
        Some((times.clone().min()?, times.max()?))
    }
}

/// Why an article is in its story.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The article.
    pub article: CopyFacts,
    /// How near it is to the other articles of the story together, from 0 to 1; `None` if it is alone.
    pub score: Option<f32>,
    /// The article of the story that it has most in common with.
    pub nearest: Option<Likeness>,
    /// The nearest of the other stories of its days.
    pub elsewhere: Option<Elsewhere>,
    /// What was corrected by hand about it.
    pub corrections: Vec<Correction>,
}

/// What two articles have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likeness {
    /// The id of the other one.
    pub id: String,
    /// From 0 to 1.
    pub likeness: f32,
    /// The words that both have, with what each adds to that; most first.
    pub words: Vec<(String, f32)>,
}

/// Another story that an article comes near to.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// Its number.
    pub story: u64,
    /// The title of one of its articles.
    pub title: String,
    /// How near the article is to it, from 0 to 1.
    pub score: f32,
}

/// Figures of a story.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its articles of which figures are told, first published first.
    pub articles: Vec<CopyFacts>,
    /// Figures about the same thing; those of most outlets first.
    pub rows: Vec<SideBySide>,
}

/// What several outlets say of the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// The words around the figures that tell what they are of.
    pub about: Vec<String>,
    /// What is counted or measured.
    pub unit: Option<String>,
    /// In the order of the articles and of their text.
    pub stated: Vec<Stated>,
}

/// A figure as an article states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Which of [`Sheet::articles`].
    pub article: usize,
    /// How the figure is read: `~400 national`.
    pub reading: String,
    /// Title or body.
    pub field: TextField,
    /// Where it stands: bytes of that text.
    pub span: Span,
    /// Where the sentence stands that states it.
    pub quoted: Span,
    /// The sentence.
    pub quote: String,
}
