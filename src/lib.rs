//! Search a news archive by who, where, how much and when, and get the sentence that says it.
//!
//! # How articles get in and answers get out
//!
//! ```text
//! files ─ read ─ clean ─ extract ─ index ─ directory      (ingest)
//! query ─ plan ─ backend ─ snippet ─ page of hits         (search)
//! ```
//!
//! [`article`] holds the nouns that travel, [`text`] what tokens, sentences and dates are, [`names`] what names mean;
//! each stage is a room of its own that knows none of the others. Two halls put them in order: [`mod@ingest`] is the
//! way in, [`search`] the way out; [`facets`] counts over all that is found, [`stories`] tells of events; [`watch`] asks queries of what comes in. The
//! command line ([`cli`], a feature), the HTTP API ([`serve`], a feature) and [`mod@bench`] stand on the halls.
//!
//! # Example
//!
//! ```
//! use dateline::ingest::{IngestOptions, ingest};
//! use dateline::read::Input;
//! use dateline::search::{Archive, SearchRequest};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("dateline-doc-{}", std::process::id()));
//! let day = &br#"{"id": "a1", "title": "Ferry returns", "body": "Some 400 Italian passengers were unharmed."}"#[..];
//! ingest(&folder, &[Input::reader("day.jsonl", day)], &IngestOptions::default(), &mut ())?;
//!
//! let archive = Archive::open(&folder)?;
//! let answer = archive.search("country:Italy number:[100 TO 500]", &SearchRequest::default())?;
//! let hit = &answer.page.hits[0];
//! assert_eq!(hit.article.id, "a1");
//! assert_eq!(hit.highlights.snippets[0].text, "Some 400 Italian passengers were unharmed.");
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok(())
//! # }
//! ```

pub mod article;
pub mod backend;
pub mod bench;
pub mod clean;
#[cfg(feature = "cli")]
pub mod cli;
pub mod extract;
pub mod facets;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod guard;
pub mod index;
pub mod ingest;
pub mod names;
pub mod plan;
pub mod query;
pub mod read;
pub mod render;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod snippet;
pub mod stories;
pub mod story;
pub mod text;
pub mod watch;
