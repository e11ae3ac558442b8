//! A plan to a page of hits.
//!
//! [`contract`] says what any backend is asked and answers, [`counts`] what it counts over all that matches, [`stories`] what it tells of a story; [`local`] answers from an index on this machine, through
//! tantivy. Nothing above this room knows which one it talks to.

pub mod contract;
mod counts;
pub mod local;
mod stories;

pub use contract::{
    Backend, BackendError, Copies, CopyFacts, Costed, Group, Hit, HitStream, Page, PageRequest, Reads,
    Scored, Sort, Took,
};
pub use counts::{
    Bin, By, Counted, Facet, FacetCounts, FacetSort, FacetValue, Facets, FacetsRequest, QuantityCounts,
    Stretch, Summary, Timeline,
};
pub use local::{LocalBackend, unless_gone};
pub use stories::{Elsewhere, Likeness, Sheet, SideBySide, Stated, Story, Why};
