//! What cleaning took out of an article and changed in it, as far as the index keeps it.

use std::borrow::Cow;

use super::TextField;

/// The record of an article's cleaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaning {
    /// The pieces that were dropped, in the order in which they were found.
    pub dropped: Vec<Dropped>,
    /// How often characters and white space were changed, by reason; reasons that did not occur are left out.
    pub changed: Vec<(Cow<'static, str>, u32)>,
}

impl Cleaning {
    /// The most bytes of dropped text that a record keeps; of what comes after, reasons and lengths.
    pub const KEPT: usize = 2000;

    /// Whether nothing was dropped or changed.
    pub fn is_empty(&self) -> bool {
        self.dropped.is_empty() && self.changed.is_empty()
    }
}

/// A piece of text that was dropped: a line, or the end or beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Which text it stood in.
    pub field: TextField,
    /// Why: `furniture`, `recurring`, `byline`.
    pub reason: Cow<'static, str>,
    /// The rule that found it, if there are several for the reason: `advertisement`.
    pub rule: Option<Cow<'static, str>>,
    /// The text, at most [`Dropped::SHOWN`] bytes of it.
    pub text: String,
    /// How many bytes the text has.
    pub bytes: u32,
}

impl Dropped {
    /// The most bytes of a piece that a record keeps.
    pub const SHOWN: usize = 200;
}
