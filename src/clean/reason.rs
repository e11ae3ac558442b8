//! Why cleaning changed something, and the record of it.

use std::borrow::Cow;

use crate::article::{Span, TextField};

/// Why a piece of text was dropped or replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// UTF-8 that was read in another code page was put right.
    Mojibake,
    /// An HTML character reference became its character.
    Entity,
    /// A control, bidirectional or invisible character was dropped.
    Invisible,
    /// A character was put in its composed form (Unicode NFC).
    Composed,
    /// An unusual space became a plain one.
    OddSpace,
    /// An unusual line end became `\n`.
    LineEnd,
    /// Spaces at a line's edges, runs of them, or blank lines were dropped.
    Spacing,
    /// A line broken at a fixed width was joined with the next.
    Unwrapped,
    /// Part of the page or of the agency's service, not of the story; found by the named rule.
    Furniture(&'static str),
    /// A line that recurs across articles of its source, and looks as the named claim says.
    Recurring(&'static str),
    /// A line that is nothing but a byline, or the byline before a dateline, became the article's.
    Byline,
}

impl Reason {
    /// How many sorts of reasons there are; see [`Reason::index`].
    pub const COUNT: usize = 11;

    /// Its name in `clean --diff` and in JSON: `mojibake`, `furniture`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mojibake => "mojibake",
            Self::Entity => "entity",
            Self::Invisible => "invisible",
            Self::Composed => "composed",
            Self::OddSpace => "odd_space",
            Self::LineEnd => "line_end",
            Self::Spacing => "spacing",
            Self::Unwrapped => "unwrapped",
            Self::Furniture(_) => "furniture",
            Self::Recurring(_) => "recurring",
            Self::Byline => "byline",
        }
    }

    /// What it means, for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Mojibake => "misread UTF-8",
            Self::Entity => "HTML character reference",
            Self::Invisible => "control or invisible character",
            Self::Composed => "composed form of a character",
            Self::OddSpace => "unusual space",
            Self::LineEnd => "unusual line end",
            Self::Spacing => "superfluous white space",
            Self::Unwrapped => "line broken at a fixed width",
            Self::Furniture(_) => "page furniture",
            Self::Recurring(_) => "recurs in articles of this source",
            Self::Byline => "byline",
        }
    }

    /// The rule of the furniture table that found it, or what the recurring line looks like.
    pub fn rule(self) -> Option<&'static str> {
        match self {
            Self::Furniture(rule) | Self::Recurring(rule) => Some(rule),
            _ => None,
        }
    }

    /// Its place in [`Counts`], the same for all rules of the furniture table.
    pub fn index(self) -> usize {
        match self {
            Self::Mojibake => 0,
            Self::Invisible => 1,
            Self::Composed => 2,
            Self::OddSpace => 3,
            Self::LineEnd => 4,
            Self::Spacing => 5,
            Self::Unwrapped => 6,
            Self::Furniture(_) => 7,
            Self::Byline => 8,
            Self::Entity => 9,
            Self::Recurring(_) => 10,
        }
    }

    /// Whether a whole piece of text goes, rather than characters of it.
    pub fn is_drop(self) -> bool {
        matches!(self, Self::Furniture(_) | Self::Recurring(_) | Self::Byline)
    }

    /// Every sort of reason once, in the order of [`Reason::index`].
    pub(super) const SORTS: [Reason; Reason::COUNT] = [
        Self::Mojibake,
        Self::Invisible,
        Self::Composed,
        Self::OddSpace,
        Self::LineEnd,
        Self::Spacing,
        Self::Unwrapped,
        Self::Furniture(""),
        Self::Byline,
        Self::Entity,
        Self::Recurring(""),
    ];

    /// Whether only white space is concerned, so that no reader would notice.
    pub fn is_spacing(self) -> bool {
        matches!(self, Self::OddSpace | Self::LineEnd | Self::Spacing | Self::Unwrapped)
    }
}

/// One piece of raw text that was dropped or replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which text it stood in.
    pub field: TextField,
    /// Where: bytes of the *raw* title or body.
    pub span: Span,
    /// What stood there, at most [`Change::SHOWN`] bytes of it.
    pub text: String,
    /// What stands there now; `None` if nothing does.
    pub replacement: Option<String>,
    /// Why.
    pub reason: Reason,
}

impl Change {
    /// The most bytes of the raw text that a change keeps; its span tells the whole length.
    pub const SHOWN: usize = 400;
}

/// How many changes were made for each sort of reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u32; Reason::COUNT]);

impl Counts {
    /// The count for one sort; all rules of the furniture table count together.
    pub fn of(&self, reason: Reason) -> u32 {
        self.0[reason.index()]
    }

    /// Adds one.
    pub(super) fn add(&mut self, reason: Reason) {
        let count = &mut self.0[reason.index()];
        *count = count.saturating_add(1);
    }

    /// Adds another article's counts, for totals.
    pub fn add_all(&mut self, other: &Counts) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count = count.saturating_add(more);
        }
    }

    /// How often characters and white space were changed, by the name of the reason; what was dropped whole is left out.
    pub(super) fn of_characters(&self) -> Vec<(Cow<'static, str>, u32)> {
        let counted = Reason::SORTS.into_iter().filter(|reason| !reason.is_drop() && self.of(*reason) > 0);
        counted.map(|reason| (reason.name().into(), self.of(reason))).collect()
    }

    /// Whether nothing was changed.
    pub fn is_zero(&self) -> bool {
        self.0 == [0; Reason::COUNT]
    }
}
