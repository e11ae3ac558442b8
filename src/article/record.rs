//! One news item, as it was read and as it is after cleaning.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{RunTogether, Span};

/// Where in the input an article stood, for messages that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's path as it was given, or `-` for standard input.
    pub file: Arc<str>,
    /// Which record of the file, from 1.
    pub record: u64,
    /// Offset of the record's first byte in the decompressed file.
    pub offset: u64,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} record {} (byte {})", self.file, self.record, self.offset)
    }
}

/// An article as its file states it: nothing cleaned, nothing guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawArticle {
    /// Where it stood.
    pub origin: Origin,
    /// The identifier that the input gives; without one it is made from the content.
    pub id: Option<String>,
    /// The headline; empty where the input has none.
    pub title: String,
    /// The text, with whatever furniture surrounds the story.
    pub body: String,
    /// The outlet.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who wrote it, as stated.
    pub byline: Option<String>,
    /// The part of the outlet that it stands in, as stated: `World`.
    pub section: Option<String>,
    /// The agency that it came from, as stated.
    pub agency: Option<String>,
    /// When it was published, as stated.
    pub published: Option<String>,
    /// When it was last changed, as stated.
    pub updated: Option<String>,
    /// Its language, as stated.
    pub lang: Option<String>,
    /// Whether its publisher takes back the article with this id, rather than publishing one.
    pub withdrawn: bool,
}

impl RawArticle {
    /// An article with an origin and nothing else.
    pub fn at(origin: Origin) -> Self {
        Self {
            origin,
            id: None,
            title: String::new(),
            body: String::new(),
            source: None,
            url: None,
            byline: None,
            section: None,
            agency: None,
            published: None,
            updated: None,
            lang: None,
            withdrawn: false,
        }
    }
}

/// Where and when a story was written, as it says before its first words: `LONDON, Aug 29 (Reuters) -`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// All of it, the dash and the space after it included: bytes of the body, in which it stays.
    pub span: Span,
    /// The place: bytes of the body, inside the span.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Span>,
    /// The day, counted from 1970-01-01 as day 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub day: Option<i32>,
}

/// One news item, cleaned: what is indexed, stored, quoted and shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Unique in an index; the same id again replaces the article.
    pub id: String,
    /// The headline, one line; may be empty.
    pub title: String,
    /// The story. One line a paragraph, lines parted by a single `\n`, no blank lines.
    pub body: String,
    /// The outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The part of the outlet that it stands in: `World`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The news agency that it came from, by its short name: `Reuters`, `AP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Where and when it says that it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// When it was published, in seconds since 1970-01-01 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<i64>,
    /// When it was last changed, in seconds since 1970-01-01 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<i64>,
    /// Its language as a BCP 47 tag in lower case: `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Whether the language was read off the text, because the input states none or an impossible one.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub lang_detected: bool,
    /// Its tokens that the index takes for two words run together, in order of field and start. Filled by the index.
    #[serde(skip)]
    pub run_together: Vec<RunTogether>,
    /// Where in the input it stood. Of no concern to readers of results, who may not know the files of those who indexed.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

impl Article {
    /// The title or the body.
    pub fn text(&self, field: super::TextField) -> &str {
        match field {
            super::TextField::Title => &self.title,
            super::TextField::Body => &self.body,
        }
    }
}
