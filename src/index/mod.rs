//! Articles with their mentions to disk, and back.
//!
//! [`analyse`] turns one article and its mentions into a posting stream ([`stream`]): the words of title and body in one
//! run of positions, and the marks of the mentions at the same positions ([`terms`] names them); words that may be two run together ([`run_together`], [`candidates`]) are
//! judged by the segment, which knows the words of the corpus. [`Writer`] gathers them in a
//! [`segment`], together with the numeric columns, the whole article ([`stored`]) and a link to the article that it is a copy of ([`copies`]), and hands that to tantivy,
//! under the [`schema`]; [`manifest`] says which format the directory holds, [`sidecar`] keeps what helps the next run and can be done without,
//! [`outbox`] the watches and what they matched until it is told.
//! [`Reader`] opens a committed index and gives articles back.
//!
//! Words used here. A *posting* is one article in the list of those that hold a term; a *position* counts tokens within
//! an article; a *segment* is a part of the index that is written once; a *column* keeps one or several numbers an
//! article, by article.
//!
//! Positions are those of [`crate::text::Layout`]. A token of the title stands [`TITLE_WEIGHT`] times in the word
//! postings and one of the lead [`LEAD_WEIGHT`] times, at the same position: so BM25 weighs fields (as BM25F does)
//! while a word keeps a single list.

mod analyse;
mod backup;
mod candidates;
mod check;
mod copies;
mod disk;
mod earlier;
mod error;
mod flight;
mod follow;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod ids;
mod known_ids;
pub mod manifest;
mod marks;
mod meta;
mod migrate;
mod open;
pub mod outbox;
mod packed;
mod prepared;
mod reader;
mod run_together;
mod safely;
pub mod schema;
mod segment;
pub mod sidecar;
mod sieve;
mod stored;
mod stories;
mod stream;
pub mod terms;
mod writer;

pub use analyse::{Analysed, LEAD_WEIGHT, TITLE_WEIGHT, Weights, analyse, analyse_with};
pub use backup::Copied;
pub use check::{Checked, Damage};
#[cfg(feature = "faults")]
pub use disk::faults;
pub use error::IndexError;
pub(crate) use ids::id_term;
pub use migrate::Migrated;
pub use prepared::{Added, Prepared};
pub(crate) use reader::Groups;
pub use reader::{Files, Reader, Segment};
pub(crate) use run_together::may_share;
pub use safely::{backup, check, migrate, restore};
pub use stored::Stored;
pub(crate) use stories::Held as HeldStories;
pub use stories::corrections::Correction;
pub(crate) use stories::corrections::Corrections;
pub use writer::{Committed, Writer, WriterOptions};

#[cfg(test)]
mod fault_tests;
