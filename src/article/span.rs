//! A half-open range of bytes of one text.

use serde::{Deserialize, Serialize};

/// The half-open UTF-8 byte range `start..end` of one text (a title or a body; which one, its owner says).
///
/// A span made here never ends before it starts. Whether it lies inside a text and on character boundaries is
/// checked when it is used, by [`Span::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`, in bytes.
    ///
    /// # Panics
    /// If `start > end`, or if `end` does not fit 32 bits: texts are capped far below 4 GiB where they are read.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let fit = |n: usize| u32::try_from(n).expect("texts are capped below 4 GiB when read");
        Self { start: fit(start), end: fit(end) }
    }

    /// The text that this span covers; empty if the span does not fit `text`.
    ///
    /// ```
    /// use dateline::article::Span;
    /// assert_eq!(Span::new(5, 9).of("from Iran today"), "Iran");
    /// ```
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The same range in `usize`, for indexing.
    #[inline]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes the span covers.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[inline]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}
