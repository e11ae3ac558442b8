//! Search a news archive by who, where, how much and when, and get the sentence that says it.
pub mod article;
pub mod index;
pub mod plan;
pub mod text;
