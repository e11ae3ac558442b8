//! What matched in an article, marked and quoted.
//!
//! [`matcher`] answers a plan for one article in memory, without an index, and says which bytes are the reason:
//! [`ready`] numbers the plan's parts, [`subject`] reads the article once for all of them, words through the same
//! tokens and positions as the index, mentions as they were stored and tested by [`mention`]. [`window`] picks the
//! sentences around the marks and quotes them. [`Highlighter`] puts the two together for a page of hits. [`crowd`] asks many plans of one
//! article, and only those that may match.
//!
//! A *mark* is a half-open byte range of the title or body that matched a part of the query: a word, a whole
//! phrase, a mention. A *snippet* is a byte-exact substring of the body with the marks that lie in it.

pub mod crowd;
mod mark;
pub mod matcher;
mod mention;
mod ready;
mod subject;
pub mod window;

pub use crowd::Crowd;
pub use mark::{Capture, Mark};
pub use matcher::Matcher;
pub use window::{Context, Snippet, SnippetOptions};

use crate::article::{Article, Mention, TextField};
use crate::plan::Node;

/// What matched in one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Highlights {
    /// The marks of the title, in order.
    pub title: Vec<Mark>,
    /// Quotes from the body, the most telling first.
    pub snippets: Vec<Snippet>,
    /// The marks of phrases with slots that were filled, all of them, in order.
    pub captured: Vec<Mark>,
}

/// Marks and quotes articles for one plan.
#[derive(Debug)]
pub struct Highlighter {
    matcher: Matcher,
    options: SnippetOptions,
}

impl Highlighter {
    /// Prepares a plan once for many articles.
    pub fn new(plan: &Node, options: &SnippetOptions) -> Self {
        Self { matcher: Matcher::new(plan), options: options.clone() }
    }

    /// Marks and quotes an article that matches; nothing is marked in one that does not.
    pub fn highlight(&self, article: &Article, mentions: &[Mention]) -> Highlights {
        if !self.options.marks {
            return Highlights::default();
        }
        let marks = self.matcher.marks(article, mentions).unwrap_or_default();
        let cut = marks.partition_point(|m| m.field == TextField::Title);
        let captured = marks.iter().filter(|m| !m.captures.is_empty()).cloned().collect();
        let (title, body) = marks.split_at(cut);
        let snippets = window::snippets(&article.body, article.dateline.map(|d| d.span), body, &self.options);
        Highlights { title: title.to_vec(), snippets, captured }
    }
}
