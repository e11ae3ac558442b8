//! Watches: queries that are asked of every article that comes in.
//!
//! An index keeps its watches by name ([`list`]). While articles are indexed, the workers ask all of them of each article at once
//! ([`matching`]), with its tokens and mentions at hand; the writing thread gathers what matched ([`gather`]) and has it durable before the
//! commit that it belongs to. [`telling`] gives it out later, in its order, quoted as a search quotes it, and remembers how far it has come:
//! whatever is killed when, a match is of an article that is committed, and is not lost.
//!
//! A watch matches what a search of its query finds; nothing is ranked, and no statistics of the archive matter but for which watch is asked
//! first. An article that comes again with the same text matches no watch that it matched before; with another text it matches anew.
//! The files are those of [`crate::index::outbox`].

pub mod gather;
pub mod list;
pub mod matching;
pub mod telling;

pub use gather::Gathering;
pub use list::{MOST_WATCHES, Watch, WatchError, WatchList, read_query};
pub use matching::{Answered, Watches};
pub use telling::{Match, Telling, waiting};
