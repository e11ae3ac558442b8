//! Posting streams: the terms of an article, field by field, with their positions, as one run of bytes.
//!
//! The workers that clean and extract also tokenise and fold, once; what they found travels to the segment under
//! construction as a stream, so that no token is allocated. A stream is a row of items:
//!
//! | first byte | then | says |
//! |---|---|---|
//! | `0b..111111` | the field's number, a byte | the following terms are those of a field |
//! | `0bttssssss` | length, term | a term, `s` positions behind the one before, that counts `t` + 1 times |
//! | `0btt111110` | the step as four bytes, length, term | the same, from farther behind |
//!
//! A length is a byte, or 255 and two bytes. The first term of a field at position 0 stands one position behind nothing.

use tantivy::schema::Field;

use crate::text::fold_into;

/// The low bits of the first byte that say that a field begins.
const FIELD: u8 = 0x3f;
/// The low bits of the first byte that say that the step is longer.
const FAR: u8 = 0x3e;
/// The most times that one item counts.
const MOST_TIMES: u32 = 4;
/// The length that says that two bytes of length follow.
const LONG: u8 = 255;
/// Bytes behind the last item, so that a term's first eight can always be read at once.
const PADDING: usize = 8;

/// A stream under construction.
#[derive(Debug, Default, Clone)]
pub(super) struct StreamBuilder {
    bytes: Vec<u8>,
    /// The position of the last term of the field, plus one.
    next: u32,
    /// The highest that `next` has been.
    most: u32,
    /// A term before its length is known.
    term: String,
}

impl StreamBuilder {
    /// A stream with room for the words of so many bytes of text.
    pub(super) fn with_capacity(text: usize) -> Self {
        Self { bytes: Vec::with_capacity(text + text / 2 + 256), ..Self::default() }
    }

    /// Begins the terms of a field.
    pub(super) fn field(&mut self, field: Field) {
        // Fewer than 64 fields: see `schema`.
        let number = u8::try_from(field.field_id()).unwrap_or(u8::MAX);
        self.bytes.extend([FIELD, number]);
        self.next = 0;
    }

    /// Adds the folded `surface` of a word at `position`, which is not below the last one's, to count so many `times`.
    #[inline]
    pub(super) fn word(&mut self, surface: &str, position: u32, times: u32) {
        let bytes = surface.as_bytes();
        if bytes.len() < usize::from(LONG)
            && times <= MOST_TIMES
            && bytes.iter().all(|b| b.is_ascii() && !matches!(b, b',' | b'.'))
        {
            self.head(position, times);
            #[allow(clippy::cast_possible_truncation, reason = "shorter than 255")]
            self.bytes.push(bytes.len() as u8);
            self.bytes.extend(bytes.iter().map(u8::to_ascii_lowercase));
        } else {
            self.term(position, times, |term| fold_into(surface, term));
        }
    }

    /// Adds what `write` makes of an empty string at `position`, which is not below the last one's.
    pub(super) fn term(&mut self, position: u32, times: u32, write: impl FnOnce(&mut String)) {
        let mut term = std::mem::take(&mut self.term);
        term.clear();
        write(&mut term);
        let mut cut = term.len().min(usize::from(u16::MAX));
        while !term.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = term.as_bytes().get(..cut).unwrap_or_default();
        let mut left = times;
        while left > 0 {
            let now = left.min(MOST_TIMES);
            self.head(position, now);
            match u8::try_from(text.len()) {
                Ok(len) if len != LONG => self.bytes.push(len),
                _ => {
                    self.bytes.push(LONG);
                    self.bytes.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes());
                }
            }
            self.bytes.extend_from_slice(text);
            left -= now;
        }
        self.term = term;
    }

    /// Writes all of a term but its length and bytes; `times` is 1 to 4.
    fn head(&mut self, position: u32, times: u32) {
        debug_assert!(position + 1 >= self.next, "positions never go back");
        let step = (position + 1).saturating_sub(self.next);
        let times = u8::try_from((times - 1) << 6).unwrap_or(0);
        match u8::try_from(step) {
            Ok(step) if step < FAR => self.bytes.push(times | step),
            _ => {
                self.bytes.push(times | FAR);
                self.bytes.extend(step.to_le_bytes());
            }
        }
        self.next = position + 1;
        self.most = self.most.max(self.next);
    }

    /// The finished stream.
    pub(super) fn finish(mut self) -> Stream {
        self.bytes.extend([0; PADDING]);
        Stream { bytes: self.bytes, positions: self.most }
    }
}

/// The terms of an article; see the page's head.
#[derive(Debug, Default, Clone)]
pub(super) struct Stream {
    bytes: Vec<u8>,
    positions: u32,
}

impl Stream {
    /// How many positions the field with most of them has.
    pub(super) fn positions(&self) -> u32 {
        self.positions
    }

    /// What it holds, in order.
    pub(super) fn items(&self) -> Items<'_> {
        Items { bytes: &self.bytes }
    }
}

/// One item of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item<'a> {
    /// A field begins.
    Field(u8),
    /// A term of it.
    Term {
        /// Positions behind the term before.
        step: u32,
        /// How many times it counts, 1 or more.
        times: u32,
        /// The term.
        term: Term<'a>,
    },
}

/// A term's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term<'a> {
    /// All of them.
    pub(super) bytes: &'a [u8],
    /// The first eight, the first of all being the highest; zeros follow those of a shorter one.
    pub(super) prefix: u64,
}

impl<'a> Term<'a> {
    /// A term by itself.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut first = [0; 8];
        first.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Self { bytes, prefix: u64::from_be_bytes(first) }
    }
}

/// Iterator over the items of a stream.
#[derive(Debug, Clone)]
pub(super) struct Items<'a> {
    bytes: &'a [u8],
}

impl<'a> Iterator for Items<'a> {
    type Item = Item<'a>;

    #[inline]
    fn next(&mut self) -> Option<Item<'a>> {
        if self.bytes.len() <= PADDING {
            return None;
        }
        let (&[head, second], mut rest) = self.bytes.split_first_chunk()?;
        if head == FIELD {
            self.bytes = rest;
            return Some(Item::Field(second));
        }
        let (mut step, mut len) = (u32::from(head & 0x3f), second);
        if head & 0x3f == FAR {
            let (far, after) = self.bytes.get(1..)?.split_first_chunk()?;
            step = u32::from_le_bytes(*far);
            (len, rest) = (*after.first()?, after.get(1..)?);
        }
        let mut len = usize::from(len);
        if len == usize::from(LONG) {
            let (long, after) = rest.split_first_chunk()?;
            (len, rest) = (usize::from(u16::from_le_bytes(*long)), after);
        }
        let first = u64::from_be_bytes(*rest.first_chunk()?);
        let prefix = match len {
            0 => 0,
            1..8 => first & (u64::MAX << (64 - 8 * len)),
            _ => first,
        };
        let (bytes, after) = rest.split_at_checked(len)?;
        self.bytes = after;
        Some(Item::Term { step, times: u32::from(head >> 6) + 1, term: Term { bytes, prefix } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_goes_in_comes_out(
            fields in prop::collection::vec(
                prop::collection::vec((0u32..200, 1u32..7, "[A-Za-z~:/ ¶é,.]{0,12}|x{250,300}"), 0..20), 0..4),
        ) {
            let mut builder = StreamBuilder::default();
            let mut expected = Vec::new();
            for (field, terms) in (0..).zip(&fields) {
                builder.field(Field::from_field_id(field));
                let mut position = 0;
                for (step, times, surface) in terms {
                    position += step;
                    builder.word(surface, position, *times);
                    expected.push((field, position, *times, crate::text::fold(surface)));
                }
            }
            let stream = builder.finish();
            let mut found: Vec<(u32, u32, u32, String)> = Vec::new();
            let (mut field, mut next) = (0, 0);
            for item in stream.items() {
                match item {
                    Item::Field(number) => (field, next) = (u32::from(number), 0),
                    Item::Term { step, times, term } => {
                        prop_assert_eq!(term, Term::new(term.bytes));
                        next += step;
                        let text = String::from_utf8_lossy(term.bytes).into_owned();
                        // One that counts often is written in parts.
                        let whole = found.len().checked_sub(1).and_then(|last| expected.get(last));
                        let whole = whole.map_or(0, |(_, _, times, _)| *times);
                        match found.last_mut() {
                            Some(last) if step == 0 && last.2 < whole => last.2 += times,
                            _ => found.push((field, next - 1, times, text)),
                        }
                    }
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
