//! Pages of hits to bytes: [`terminal`] for people, [`json`] for programs, [`explain`] for those who ask why, [`mentions`] for those
//! who check what was found in an article.
//!
//! Article text is data from strangers. Nothing of it reaches a terminal before [`printable()`] has taken out what a
//! terminal would obey or a reader could be misled by; JSON escapes what it must and changes nothing else.

pub mod explain;
pub mod json;
pub mod mentions;
pub mod printable;
pub mod terminal;

pub use printable::printable;
