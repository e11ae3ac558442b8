//! The nouns that every stage shares, and nothing else: this room imports no other.
//!
//! A reader makes a [`RawArticle`] with the [`Origin`] it came from; cleaning makes an [`Article`] of it; extraction
//! finds [`Mention`]s, each a [`Span`] of title or body with a [`Kind`] and what it was read as, for numbers a
//! [`Quantity`], for dates a [`Period`]; the index keeps all of it and search gives it back.
//!
//! All offsets in this crate are half-open ranges of UTF-8 bytes.

mod cleaning;
pub mod code;
mod mention;
mod period;
pub mod place;
mod quantity;
mod record;
mod run_together;
mod span;

pub use cleaning::{Cleaning, Dropped};
pub use mention::{Kind, Mention, Reading, TextField};
pub use period::{DAY, Period, civil, day_number, days_of, iso_day};
pub(crate) use quantity::grouped;
pub use quantity::{Modifier, Quantity, Trend};
pub use record::{Article, Dateline, Origin, RawArticle};
pub use run_together::RunTogether;
pub use span::Span;
