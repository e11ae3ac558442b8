//! Furniture by evidence: lines that recur across articles of one source.
//!
//! Cleaning gives [`Sightings`] of every article: which of its lines may be furniture at all by their words (`signs`), shape and place (`line`), as
//! fingerprints of source and line, and two fingerprints of its longest-lived part, its sentences. [`Evidence::learn`] counts them
//! in two tables of fixed size (`table`); an article whose sentences are known already is an update or a copy of an earlier one,
//! and is not counted, or else a story that is sent again would delete itself. A line that enough articles of its source
//! have is furniture, and [`clean_with`](super::clean_with) drops it; how many are enough depends on what it looks like.
//!
//! What a line was learned from is not kept, only fingerprints, so evidence holds no text.

mod line;
mod signs;
mod source;
mod strip;
mod table;
#[cfg(test)]
mod tests;

pub(super) use line::has_quote;
pub(super) use source::Source;
pub(super) use strip::strip;

use line::Claim;
use table::{Recent, Table};

/// What has been learned about the lines of sources. Once there is anything, its size is fixed: about 1.2 MB.
///
/// ```
/// use dateline::article::{Origin, RawArticle};
/// use dateline::clean::{Evidence, Options, clean_with};
/// let article = |n: u32| {
///     let mut raw = RawArticle::at(Origin { file: "a.txt".into(), record: 1, offset: 0 });
///     raw.source = Some("Port Arden News".to_owned());
///     raw.body = format!("Bridge number {n} of the harbour is shut.\nHelp us keep our reporters on the quay.");
///     raw
/// };
/// let (mut evidence, options) = (Evidence::default(), Options::default());
/// for n in 1..4 {
///     let cleaned = clean_with(article(n), &options, &evidence);
///     evidence.learn(&cleaned.sightings);
/// }
/// assert_eq!(clean_with(article(9), &options, &evidence).article.body, "Bridge number 9 of the harbour is shut.");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    lines: Table,
    recent: Recent,
    /// Articles that were counted.
    articles: u64,
}

/// What one article says about the lines of its source; see [`Evidence::learn`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sightings {
    source: u64,
    /// Lines that might be furniture, each once.
    lines: Vec<u64>,
    /// The two smallest fingerprints of its sentences; 0 where there is none.
    sketch: [u64; 2],
}

impl Evidence {
    /// The version of [`Evidence::to_bytes`]. It changes when fingerprints or what may be furniture do.
    pub const VERSION: u8 = 1;

    /// Whether nothing has been learned.
    pub fn is_empty(&self) -> bool {
        self.articles == 0
    }

    /// How many articles it was learned from; updates and copies do not count.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// Counts the lines of an article, unless it is an update or a copy of one that was counted not long ago. The order of articles
    /// matters, so that a run gives the same evidence again only in the same order.
    pub fn learn(&mut self, sightings: &Sightings) {
        if sightings.source == 0 || self.recent.holds(sightings.sketch) {
            return;
        }
        self.recent.add(sightings.sketch);
        self.articles += 1;
        let now = table::stamp(self.articles);
        self.lines.add(sightings.source, now);
        for line in &sightings.lines {
            self.lines.add(*line, now);
        }
    }

    /// Whether a line with this fingerprint and claim is furniture of its source.
    fn proves(&self, source: u64, line: u64, claim: Claim) -> bool {
        let count = self.lines.count(line);
        count >= claim.least() && u32::from(count) >= claim.share(self.lines.count(source))
    }

    /// All of it as bytes, for [`Evidence::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![Self::VERSION];
        bytes.extend(self.articles.to_le_bytes());
        self.lines.write(&mut bytes);
        self.recent.write(&mut bytes);
        bytes
    }

    /// Reads what [`Evidence::to_bytes`] wrote; `None` for anything else, and for another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (articles, mut rest) = rest.split_first_chunk()?;
        if *version != Self::VERSION {
            return None;
        }
        let articles = u64::from_le_bytes(*articles);
        let lines = Table::read(&mut rest, table::stamp(articles))?;
        let recent = Recent::read(&mut rest)?;
        rest.is_empty().then_some(Self { lines, recent, articles })
    }
}
