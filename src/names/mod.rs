//! What names mean, for texts and for queries alike: [`country`] knows the names of countries, [`person`] makes one key of
//! all ways to write a person's name, [`mod@unit`] reads units of measure and counted nouns.

pub mod country;
pub mod person;
pub mod unit;
pub(crate) mod wordlist;
