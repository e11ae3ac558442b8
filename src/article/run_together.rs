//! Two words that lost the space between them.

use serde::{Deserialize, Serialize};

use super::{Article, Span, TextField};

/// A token of an article that is two words run together, as `removethe` is. The text stays as it is; the index finds the token
/// by itself and by both words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunTogether {
    /// Which text it stands in.
    pub field: TextField,
    /// The token: bytes of that text.
    pub span: Span,
    /// Where the second word begins: a byte of that text, inside the span.
    pub cut: u32,
}

impl RunTogether {
    /// Both words, as they stand in the article; `None` where it does not lie in the article's text.
    pub fn parts<'a>(&self, article: &'a Article) -> Option<[&'a str; 2]> {
        let text = article.text(self.field);
        let (start, cut, end) = (self.span.start as usize, self.cut as usize, self.span.end as usize);
        Some([text.get(start..cut)?, text.get(cut..end)?]).filter(|[a, b]| !a.is_empty() && !b.is_empty())
    }
}
