//! What names mean, for texts and for queries alike: [`agency`] knows news agencies, [`country`] knows the names of countries, [`person`] makes one key of
//! all ways to write a person's name and [`org`] of an organisation's, [`place`] knows the places of the map, [`mod@unit`] reads units of measure and counted nouns.

pub mod agency;
pub mod country;
pub mod org;
pub mod person;
pub mod place;
pub mod unit;
pub(crate) mod wordlist;
