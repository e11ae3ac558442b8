//! One record as it stands in its file, and its way to the parser of its format.

use std::sync::Arc;

use super::{
    Format, Options, ReadError, Reject, feed, newsml, nitf, object, page, plain, response, sgml, table,
};
use crate::article::{Origin, RawArticle};
use crate::guard::caught;

/// One record as it stands in its file, not parsed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// Where it stood.
    pub origin: Origin,
    /// Its bytes; what they are, `format` says.
    pub bytes: Vec<u8>,
    /// The format of its file.
    pub format: Format,
    /// What the file says about all of its records: the first row of a table behind the byte that parts its columns, what
    /// stands above the first item of a feed. Empty for other formats.
    pub head: Arc<[u8]>,
}

impl RawRecord {
    /// Parses the record; meant for worker threads.
    ///
    /// # Errors
    /// If it is broken, or has neither title nor body.
    pub fn parse(&self, options: &Options) -> Result<RawArticle, Reject> {
        caught("parsing a record", || self.parsed(options))
            .unwrap_or_else(|_| Err(Reject { origin: self.origin.clone(), reason: ReadError::Internal }))
    }

    fn parsed(&self, options: &Options) -> Result<RawArticle, Reject> {
        let parsed = match self.format {
            Format::Text => plain::parse(self),
            Format::Html => page::parse(self),
            Format::Jsonl | Format::Json | Format::Parquet => object::parse(self, &options.mapping),
            Format::Warc => response::parse(self, options.max_record),
            Format::Feed => feed::parse(self),
            Format::Nitf => nitf::parse(self),
            Format::Newsml => newsml::parse(self),
            Format::Sgml => sgml::parse(self),
            Format::Csv => table::parse(self, &options.mapping),
        };
        let reject = |reason| Reject { origin: self.origin.clone(), reason };
        let article = parsed.map_err(reject)?;
        let withdrawn = article.withdrawn && article.id.is_some();
        if !withdrawn && article.title.trim().is_empty() && article.body.trim().is_empty() {
            return Err(reject(ReadError::NoText));
        }
        Ok(article)
    }
}
