//! Counts over all articles that match a query, whatever page of them is shown.
//!
//! [`Archive::facets`](crate::search::Archive::facets) counts values: who and where, outlets, days, quantities, and pairs of them, as [`by()`] reads what is asked for;
//! [`Archive::timeline`](crate::search::Archive::timeline) counts articles by the time of their publication. Both come from the index alone, within the time of a page. [`captures()`]
//! counts what filled the slots of a query, for which it reads every article.

mod by;
mod captures;
mod counts;

pub use by::by;
pub use captures::{Captures, SlotCounts, TogetherCount, ValueCount, captures};
