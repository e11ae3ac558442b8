//! Which articles tell of one event.
//!
//! Of each article the words that tell it from others are kept, its *traits* ([`Traits`]): the rarest of its text, where
//! [`Rarity`] knows about how many articles have a word. An article that comes in is held against those published about the
//! same time ([`Recent`]) and joins the *story* whose articles share enough of its traits ([`NEAR`]), or is the first of a
//! new one. What this costs does not grow with the number of articles. [`side_by_side`] sets the figures of a story's articles
//! beside each other. This room knows nothing of indexes.

mod figures;
mod rarity;
mod recent;
mod traits;
mod words;

pub use figures::{Figure, Row, Told, side_by_side};
pub use rarity::Rarity;
pub use recent::{Mark, Member, Near, Recent, Window};
pub use traits::{MOST_TRAITS, Trait, Traits};
pub use words::Words;

/// How people write the number of a story: 16 digits, in hexadecimal.
pub fn id_of(story: u64) -> String {
    format!("{story:016x}")
}

/// The number of the story with this id; `None` where it is none.
///
/// ```
/// use dateline::story::{id_of, number_of};
/// assert_eq!(number_of(&id_of(0x1f)), Some(0x1f));
/// assert_eq!(number_of("hp-23-2208"), None);
/// ```
pub fn number_of(id: &str) -> Option<u64> {
    let digits = id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    u64::from_str_radix(id, 16).ok().filter(|_| digits)
}

/// How near an article of an old archive has to be to a story to join it, from 0 to 1. Set on 50 events of three articles each among 10,000 others;
/// a tenth more or less changes what is found by a hundredth.
pub const NEAR: f32 = 0.17;

/// How much less is enough in one where little is known to be rare.
const LESS: f32 = 0.04;
