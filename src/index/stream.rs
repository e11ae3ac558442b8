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
//! | `0b01111111` | a byte, four bytes | the term before may be two words run together, cut behind so many bytes; each counts so many times |
//! | `0b10111111` | 1, four bytes | what follows counts only if the candidate of this number (from 0) is two words |
//! | `0b10111111` | 0 | what follows counts again |
//!
//! A length is a byte, or 255 and two bytes. The first term of a field at position 0 stands one position behind nothing.

use tantivy::schema::Field;

use crate::article::Span;
use crate::text::fold_into;

/// The low bits of the first byte that say that a field begins.
const FIELD: u8 = 0x3f;
/// The first byte of a candidate.
const JOINT: u8 = 0x7f;
/// The first byte of a condition.
const ONLY: u8 = 0xbf;
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
    /// A folded word that is not plain.
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

    /// Adds the folded word that stands at `span` of `text`, at `position`, which is not below the last one's, to count so many `times`.
    #[inline]
    pub(super) fn word(&mut self, text: &str, span: Span, position: u32, times: u32) {
        if times > MOST_TIMES || !self.plain_word(text.as_bytes(), span, position, times) {
            let mut term = std::mem::take(&mut self.term);
            term.clear();
            fold_into(span.of(text), &mut term);
            self.term(position, times, [&term]);
            self.term = term;
        }
    }

    /// Adds a word of at most eight, or sixteen, ASCII letters, digits and apostrophes; `false` if it is none, or stands far behind the
    /// last, or at the text's end.
    #[inline]
    fn plain_word(&mut self, text: &[u8], span: Span, position: u32, times: u32) -> bool {
        let (start, len, step) = (span.start as usize, span.len(), position + 1 - self.next);
        if step >= u32::from(FAR) || len == 0 {
            return false;
        }
        let Some(rest) = text.get(start..) else { return false };
        #[allow(clippy::cast_possible_truncation, reason = "below 64 and below 17")]
        let (head, short) = (((times - 1) << 6 | step) as u8, len as u8);
        if let (Some(bytes), 1..=8) = (rest.first_chunk(), len) {
            let Some(word) = folded(*bytes, len) else { return false };
            let mut item = [head, short, 0, 0, 0, 0, 0, 0, 0, 0];
            item[2..].copy_from_slice(&word);
            self.bytes.extend_from_slice(&item);
            self.bytes.truncate(self.bytes.len() - 8 + len);
        } else if let (Some(bytes), 9..=16) = (rest.first_chunk::<16>(), len) {
            let ([one, two], _) = bytes.as_chunks::<8>() else { return false };
            let (Some(one), Some(two)) = (folded(*one, 8), folded(*two, len - 8)) else { return false };
            let mut item = [0; 18];
            (item[0], item[1]) = (head, short);
            item[2..10].copy_from_slice(&one);
            item[10..].copy_from_slice(&two);
            self.bytes.extend_from_slice(&item);
            self.bytes.truncate(self.bytes.len() - 16 + len);
        } else {
            return false;
        }
        self.next = position + 1;
        self.most = self.most.max(self.next);
        true
    }

    /// Adds the term made of `parts` at `position`, which is not below the last one's, to count so many `times`. What
    /// is beyond 65,535 bytes is left out.
    #[inline]
    pub(super) fn term<const N: usize>(&mut self, position: u32, times: u32, parts: [&str; N]) {
        let len = parts.iter().map(|part| part.len()).sum::<usize>().min(usize::from(u16::MAX));
        let mut left = times;
        while left > 0 {
            let now = left.min(MOST_TIMES);
            self.head(position, now);
            match u8::try_from(len) {
                Ok(len) if len != LONG => self.bytes.push(len),
                _ => {
                    self.bytes.push(LONG);
                    self.bytes.extend(u16::try_from(len).unwrap_or(u16::MAX).to_le_bytes());
                }
            }
            let end = self.bytes.len() + len;
            for part in parts {
                self.bytes.extend_from_slice(part.as_bytes());
            }
            self.bytes.truncate(end);
            left -= now;
        }
    }

    /// Adds a number to a field of numbers, as the engine writes them.
    pub(super) fn number(&mut self, number: u64) {
        self.head(0, 1);
        self.bytes.push(8);
        self.bytes.extend(number.to_be_bytes());
    }

    /// Says that the last term, a folded word, may be two words, the first of so many bytes.
    pub(super) fn joint(&mut self, cut: u8, times: u32) {
        self.bytes.extend([JOINT, cut]);
        self.bytes.extend(times.to_le_bytes());
    }

    /// Says that the terms that follow count only if the candidate of this number is two words, or that they count again.
    pub(super) fn only(&mut self, candidate: Option<u32>) {
        self.bytes.extend([ONLY, u8::from(candidate.is_some())]);
        self.bytes.extend(candidate.into_iter().flat_map(u32::to_le_bytes));
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

/// Eight bytes with small letters for capitals, if the first `len` are ASCII letters, digits and apostrophes, or what else
/// a token of ASCII without full stops and commas can hold.
#[inline]
fn folded(bytes: [u8; 8], len: usize) -> Option<[u8; 8]> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = LOW * 0x80;
    let bytes = u64::from_le_bytes(bytes);
    // Full stop and comma differ in one bit; a byte of zero here is one of them.
    let stops = (bytes & (LOW * 0xFD)) ^ (LOW * 0x2C);
    let special = (bytes | (stops.wrapping_sub(LOW) & !stops)) & HIGH & (u64::MAX >> (64 - 8 * len));
    (special == 0).then(|| (bytes | (LOW * 0x20)).to_le_bytes())
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
    /// The term before may be two words run together.
    Joint {
        /// Bytes of the first.
        cut: u8,
        /// How many times each counts.
        times: u32,
    },
    /// What follows counts only if the candidate of this number is two words; with none, it counts.
    Only(Option<u32>),
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

#[cfg(feature = "fuzzing")]
impl<'a> Items<'a> {
    /// The items of a stream of any bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }
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
        if head & FIELD == FIELD {
            return self.aside(head, second, rest);
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

impl<'a> Items<'a> {
    /// Reads a candidate or a condition.
    #[cold]
    fn aside(&mut self, head: u8, second: u8, rest: &'a [u8]) -> Option<Item<'a>> {
        if head == ONLY && second == 0 {
            self.bytes = rest;
            return Some(Item::Only(None));
        }
        let (number, rest) = rest.split_first_chunk()?;
        let number = u32::from_le_bytes(*number);
        self.bytes = rest;
        Some(if head == ONLY { Item::Only(Some(number)) } else { Item::Joint { cut: second, times: number } })
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
                prop::collection::vec((0u32..200, 1u32..7, "[A-Za-z0-9é'’,.]{1,12}|x{25,40}|y{250,300}"), 0..20), 0..4),
        ) {
            let mut builder = StreamBuilder::default();
            let mut expected = Vec::new();
            for (field, terms) in (0..).zip(&fields) {
                builder.field(Field::from_field_id(field));
                let mut position = 0;
                for (step, times, surface) in terms {
                    position += step;
                    if step % 2 == 0 {
                        let text = format!("{surface} and so on");
                        builder.word(&text, Span::new(0, surface.len()), position, *times);
                        expected.push((field, position, *times, crate::text::fold(surface)));
                    } else {
                        builder.term(position, *times, ["a", surface, "b"]);
                        expected.push((field, position, *times, format!("a{surface}b")));
                    }
                }
            }
            let stream = builder.finish();
            let mut found: Vec<(u32, u32, u32, String)> = Vec::new();
            let (mut field, mut next) = (0, 0);
            for item in stream.items() {
                match item {
                    Item::Joint { .. } | Item::Only(_) => prop_assert!(false),
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
