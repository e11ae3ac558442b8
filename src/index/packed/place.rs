//! Where mentions stand, told by the words of their text.
//!
//! Most mentions begin with a capital or a figure, so what tells where one begins is how many words that do stand between it
//! and the one before: two, rather than sixty bytes. Most end where a word ends.

use super::bits::{BitReader, BitWriter};

/// What a byte is, as words are told apart here: none of a word, a small letter, or any other byte of a word. Text beyond
/// ASCII is one word.
const NONE: u8 = 0;
const SMALL: u8 = 1 << IN_WORD;
const LARGE: u8 = 1 << IN_WORD | 1 << IS_LARGE;
/// The bits of these.
const IN_WORD: u8 = 0;
const IS_LARGE: u8 = 1;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [NONE; 256];
    let mut byte = 0u8;
    loop {
        classes[byte as usize] = match byte {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' | b'0'..=b'9' | b'$' | b'%' | 0x80.. => LARGE,
            _ => NONE,
        };
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

#[inline]
fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The number that stands for what is told in another way.
const OTHER: u64 = 3;
/// Orders of the numbers; see [`BitWriter::number`].
const STEP: u32 = 1;
const WORDS: u32 = 3;
const BYTES: u32 = 5;
const LEN: u32 = 0;

/// A place in a text of which the mentions are told in order.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    text: &'a [u8],
    /// One past the start of the mention before.
    from: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), from: 0 }
    }

    /// The class of the byte at which a word begins; [`NONE`] where none does.
    #[inline]
    fn begins(&self, at: usize) -> u8 {
        let byte = self.text.get(at).map_or(NONE, |byte| class(*byte));
        let before = at.checked_sub(1).and_then(|at| self.text.get(at));
        if before.is_some_and(|before| class(*before) != NONE) { NONE } else { byte }
    }

    /// How many words that are large, or just words, begin up to `start`, itself included.
    #[inline]
    fn count(&self, start: usize, bit: u8) -> u64 {
        let (mut count, mut before) = (0, self.before());
        for byte in self.text.get(self.from..=start).unwrap_or_default() {
            let class = class(*byte);
            count += u64::from(class >> bit & !before & 1);
            before = class;
        }
        count
    }

    /// The class of the byte before those that are looked at.
    fn before(&self) -> u8 {
        self.from.checked_sub(1).and_then(|at| self.text.get(at)).map_or(NONE, |byte| class(*byte))
    }

    /// Writes where the next mention stands, which does not begin before the last one.
    pub(super) fn write(&mut self, bits: &mut BitWriter, start: usize, end: usize) {
        match (self.begins(start), self.count(start, IS_LARGE)) {
            (LARGE, large @ 1..=3) => bits.number(large - 1, STEP),
            (LARGE, 4) => bits.number(4, STEP),
            (LARGE, 0) => bits.number(5, STEP),
            (LARGE, large) => bits.number(large + 1, STEP),
            (begins, _) => {
                bits.number(OTHER, STEP);
                bits.bit(begins == NONE);
                if begins == NONE {
                    bits.number((start + 1).saturating_sub(self.from) as u64, BYTES);
                } else {
                    bits.number(self.count(start, IN_WORD), WORDS);
                }
            }
        }
        self.from = start + 1;
        self.write_len(bits, start, end);
    }

    fn write_len(&self, bits: &mut BitWriter, start: usize, end: usize) {
        // Words are counted to the end and no farther, however long the last one is.
        let (mut words, mut at, mut before) = (0, start, start);
        while at < end {
            before = at;
            at = self.word_end(at, end + 1);
            words += 1;
        }
        match (at == end, words) {
            (true, 1..=3) => bits.number(words - 1, LEN),
            (true, 4..) => bits.number(words, LEN),
            _ => {
                bits.number(OTHER, LEN);
                // A full stop behind the last word.
                let stop = words > 1 && before + 1 == end;
                bits.bit(stop);
                if stop {
                    bits.number(words - 2, LEN);
                } else {
                    bits.number(end.saturating_sub(start) as u64, WORDS);
                }
            }
        }
    }

    /// Where the first word ends that does not end before `at`; `limit` where that is farther.
    fn word_end(&self, at: usize, limit: usize) -> usize {
        let rest = self.text.get(at..limit.min(self.text.len())).unwrap_or_default();
        let gap = rest.iter().take_while(|byte| class(**byte) == NONE).count();
        let word =
            rest.get(gap..).unwrap_or_default().iter().take_while(|byte| class(**byte) != NONE).count();
        // Where no word ends, so does nothing.
        if word == 0 { limit } else { at + gap + word }
    }

    /// Where the `count`th word begins, of the large ones or of all; where the last mention does if it is 0.
    fn nth(&self, count: u64, bit: u8) -> Option<usize> {
        if count == 0 {
            return self.from.checked_sub(1);
        }
        let mut left = count;
        let mut before =
            self.from.checked_sub(1).and_then(|at| self.text.get(at)).map_or(NONE, |b| class(*b));
        for (byte, at) in self.text.get(self.from..)?.iter().zip(self.from..) {
            let class = class(*byte);
            left -= u64::from(class >> bit & !before & 1);
            if left == 0 {
                return Some(at);
            }
            before = class;
        }
        None
    }

    /// Reads where the next mention stands; whether that is inside the text, and between characters, is yet to be looked at.
    pub(super) fn read(&mut self, bits: &mut BitReader<'_>) -> Option<(usize, usize)> {
        let start = match bits.number(STEP)? {
            OTHER if bits.bit()? => {
                (self.from + usize::try_from(bits.number(BYTES)?).ok()?).checked_sub(1)?
            }
            OTHER => self.nth(bits.number(WORDS)?, IN_WORD)?,
            step @ 0..OTHER => self.nth(step + 1, IS_LARGE)?,
            4 => self.nth(4, IS_LARGE)?,
            5 => self.nth(0, IS_LARGE)?,
            step => self.nth(step - 1, IS_LARGE)?,
        };
        if start > self.text.len() {
            return None;
        }
        self.from = start + 1;
        let words = |words: u64| {
            let (mut at, mut left) = (start, words);
            while left > 0 && at < self.text.len() {
                at = self.word_end(at, self.text.len());
                left -= 1;
            }
            (left == 0).then_some(at)
        };
        let end = match bits.number(LEN)? {
            OTHER if bits.bit()? => words(bits.number(LEN)? + 1)? + 1,
            OTHER => start + usize::try_from(bits.number(WORDS)?).ok()?,
            number @ 0..OTHER => words(number + 1)?,
            number => words(number)?,
        };
        Some((start, end))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn there_and_back(text: &str, places: &[(usize, usize)]) -> usize {
        let mut bits = BitWriter::default();
        let mut walk = Walk::new(text);
        for (start, end) in places {
            walk.write(&mut bits, *start, *end);
        }
        let bytes = bits.finish();
        let (mut bits, mut walk) = (BitReader::new(&bytes), Walk::new(text));
        for place in places {
            assert_eq!(walk.read(&mut bits), Some(*place), "{text:?}");
        }
        bytes.len() * 8 - bits.left()
    }

    #[test]
    fn a_name_behind_a_name_takes_three_bits() {
        assert_eq!(there_and_back("Ann saw Bo in June.", &[(0, 3), (8, 10), (14, 18)]), 9);
        there_and_back("the U.S. and two of us", &[(4, 8), (13, 16), (13, 16), (14, 15), (21, 22)]);
    }

    proptest! {
        #[test]
        fn places_come_back(
            text in "[A-Za-z0-9 .,$é-]{0,60}",
            mut places in prop::collection::vec((0usize..60, 0usize..20), 0..20),
        ) {
            places.sort_by_key(|place| place.0);
            let places: Vec<_> = places
                .into_iter()
                .filter(|(start, _)| *start < text.len())
                .map(|(start, len)| (start, (start + len).min(text.len())))
                .collect();
            there_and_back(&text, &places);
        }

        #[test]
        fn any_bits_are_read_or_refused(text in "[A-Za-z .]{0,20}", bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let (mut bits, mut walk) = (BitReader::new(&bytes), Walk::new(&text));
            while walk.read(&mut bits).is_some() {}
        }
    }
}
