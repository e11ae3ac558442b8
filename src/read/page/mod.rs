//! An HTML page to one article.
//!
//! One walk over the tags (`facts`) collects what the page says about itself and refuses pages that would keep a parser
//! busy (`load`). `linked` reads the page's JSON-LD, `merge` decides between it, the meta elements and the page;
//! `story` finds the text.

mod blocks;
mod facts;
mod linked;
mod load;
mod merge;
mod story;
#[cfg(test)]
mod tests;

use self::facts::Facts;
pub(super) use self::merge::host;
use super::{RawRecord, ReadError, charset};
use crate::article::RawArticle;

/// Longest page; the parser's time and memory grow with it.
const LONGEST: usize = 8 << 20;

/// Reads the page that `record`'s bytes hold.
pub(super) fn parse(record: &RawRecord) -> Result<RawArticle, ReadError> {
    let mut article = RawArticle::at(record.origin.clone());
    fill(&mut article, &charset::decode(&record.bytes, None))?;
    Ok(article)
}

/// Reads a page, already text, into `article`, whose `url` is what is known of it so far.
pub(super) fn fill(article: &mut RawArticle, page: &str) -> Result<(), ReadError> {
    if page.len() > LONGEST {
        return Err(ReadError::TooLong { length: page.len() as u64, limit: LONGEST });
    }
    let facts = Facts::of(page)?;
    let linked = linked::article(&facts);
    let title = merge::title(&facts, linked.as_ref());
    let story = story::find(page, &title, linked.as_ref());
    article.title = title;
    merge::fill(article, &facts, linked.as_ref(), &story);
    article.body = story.text;
    Ok(())
}
