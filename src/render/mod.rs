//! Pages of hits to bytes: [`terminal`] for people, [`json`] for programs, [`explain`] for those who ask why, [`mentions`] for those
//! who check what was found in an article. [`counts`] shows facets, [`timeline`] a timeline, which is a picture by [`svg`]; [`csv`] makes rows of either.
//!
//! Article text is data from strangers. Nothing of it reaches a terminal before [`printable()`] has taken out what a
//! terminal would obey or a reader could be misled by; JSON escapes what it must and changes nothing else.

pub mod counts;
pub mod csv;
pub mod explain;
pub mod json;
pub mod mentions;
pub mod printable;
pub mod svg;
pub mod terminal;
pub mod timeline;

pub use printable::printable;
