//! From characters to tokens, sentences and dates: what indexing, extraction, querying and quoting must agree on.
//!
//! A *token* is a run of text that one position stands for ([`tokens`]); its *term* is the folded form that is looked
//! up ([`fold_into`]): lower case, no accents, no thousands separators. [`sentences`] and [`paragraphs`] cut a text
//! without losing a byte; a [`Layout`] gives an article's tokens their positions; [`date`] reads dates as articles and
//! queries write them, a [`Calendar`] numbers days, weeks, months and years; [`inflect`] gives the other forms of an English word, a [`Stem`] tells those of other languages, and
//! [`Joined`] finds the word in tokens such as `l'État`; [`minhash`] tells how much two texts have in common. This room knows
//! nothing of articles or indexes; offsets are byte offsets.

mod calendar;
pub mod date;
mod edits;
mod fold;
mod hex;
pub mod inflect;
mod joined;
pub mod language;
mod layout;
pub(crate) mod minhash;
mod plain_run;
mod sentence;
mod stem;
mod tokenizer;
pub(crate) mod word_hash;

pub use calendar::Calendar;
pub use edits::edits;
pub use fold::{fold, fold_char, fold_into};
pub(crate) use hex::hex;
pub use joined::Joined;
pub(crate) use layout::covered_tokens;
pub use layout::{Boundary, LEAD_TOKENS, Layout, PARAGRAPH_GAP, Placed, placed_mentions};
pub use sentence::{Sentences, paragraphs, sentences};
pub use stem::{Family, Stem};
pub(crate) use tokenizer::token_list;
pub use tokenizer::{MAX_TOKEN_BYTES, Token, Tokens, tokens};
