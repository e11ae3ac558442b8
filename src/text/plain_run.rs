//! The letters and digits of ASCII that most tokens are, eight bytes a step; and, for a whole text, 64 bytes at a time.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW * 0x80;

/// How many letters and digits of ASCII stand from `at` on; of a run of at least `most`, at least `most` and fewer than
/// eight more.
#[inline]
pub(super) fn plain_run(bytes: &[u8], at: usize, most: usize) -> usize {
    let mut len = 0;
    while len < most {
        let Some(eight) = bytes.get(at + len..).and_then(|rest| rest.first_chunk::<8>()) else {
            let rest = bytes.get(at + len..).unwrap_or(&[]);
            return len + rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        };
        let run = plain_of(u64::from_le_bytes(*eight));
        len += run;
        if run < 8 {
            return len;
        }
    }
    len
}

/// Where words begin and plain ones end in a text that is read from start to end.
///
/// Blocks of 64 bytes are turned into a bit for each byte, without a branch; what begins and ends is then found by bits.
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    /// Where the block begins.
    base: usize,
    /// A bit for each byte of the block that is a letter or digit of ASCII.
    plain: u64,
    /// A bit for each byte of the block that is one, or beyond ASCII.
    word: u64,
}

impl<'a> Runs<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut runs = Self { bytes, base: 0, plain: 0, word: 0 };
        runs.load(0);
        runs
    }

    /// The first byte from `at` on that is a letter or digit of ASCII, or beyond ASCII; `at` never goes back.
    #[inline]
    pub(super) fn next_word(&mut self, mut at: usize) -> Option<usize> {
        loop {
            if at - self.base >= BLOCK {
                if at >= self.bytes.len() {
                    return None;
                }
                self.load(at);
            }
            let left = self.word >> (at - self.base);
            if left != 0 {
                return Some(at + left.trailing_zeros() as usize);
            }
            at = self.base + BLOCK;
        }
    }

    /// Where the letters and digits of ASCII end that begin at `at`; `limit` if that is not before it.
    #[inline]
    pub(super) fn end_of_run(&mut self, mut at: usize, limit: usize) -> usize {
        loop {
            if at - self.base >= BLOCK {
                if at >= limit.min(self.bytes.len()) {
                    return limit.min(self.bytes.len());
                }
                self.load(at);
            }
            let left = !self.plain >> (at - self.base);
            if left != 0 {
                return limit.min(at + left.trailing_zeros() as usize);
            }
            at = self.base + BLOCK;
        }
    }

    /// Makes the block with the byte `at` the one that is looked at.
    fn load(&mut self, at: usize) {
        self.base = at / BLOCK * BLOCK;
        let rest = self.bytes.get(self.base..).unwrap_or(&[]);
        let mut last = [0; BLOCK];
        let block = rest.first_chunk::<BLOCK>().unwrap_or_else(|| {
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            &last
        });
        (self.plain, self.word) = (0, 0);
        for eight in block.as_chunks::<8>().0.iter().rev() {
            let eight = u64::from_le_bytes(*eight);
            let others = others_of(eight);
            self.plain = self.plain << 8 | bit_of_each(!others);
            self.word = self.word << 8 | bit_of_each(!others | eight);
        }
    }
}

/// Bytes of a block of [`Runs`].
const BLOCK: usize = 64;

/// The highest bits of eight bytes as eight bits.
#[inline]
fn bit_of_each(eight: u64) -> u64 {
    ((eight & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// How many of the eight bytes are letters and digits of ASCII before the first that is not.
#[inline]
fn plain_of(eight: u64) -> usize {
    ((others_of(eight) & HIGH).trailing_zeros() / 8) as usize
}

/// The highest bit of each byte tells whether it is no letter or digit of ASCII; the other bits tell nothing.
#[inline]
fn others_of(eight: u64) -> u64 {
    // In each byte the highest bit tells whether it is at least the first of its kind, and whether it is beyond the last.
    let plain = eight & !HIGH;
    let small = plain | (LOW * 0x20);
    let letters = (small + LOW * (0x80 - 0x61)) & !(small + LOW * (0x80 - 0x7B));
    let digits = (plain + LOW * (0x80 - 0x30)) & !(plain + LOW * (0x80 - 0x3A));
    !(letters | digits) | eight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_place_is_told() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut bytes = *b"aZ09mA5z";
                bytes[place] = byte;
                let run = if byte.is_ascii_alphanumeric() { 8 } else { place };
                assert_eq!(plain_of(u64::from_le_bytes(bytes)), run, "{byte} at {place}");
                assert_eq!(plain_run(&bytes, 0, 100), run);
                assert_eq!(plain_run(&bytes, 1, 100), run.saturating_sub(1).max(usize::from(place == 0) * 7));
            }
        }
    }

    #[test]
    fn runs_of_a_text_are_those_that_a_look_at_each_byte_gives() {
        for length in [0, 1, 63, 64, 65, 127, 128, 200] {
            for step in 1..40 {
                let byte = |n: usize| if n.is_multiple_of(step) { b" .\xC3"[n % 3] } else { b"aZ9"[n % 3] };
                let text: Vec<u8> = (0..length).map(byte).collect();
                let (mut runs, mut at) = (Runs::of(&text), 0);
                while let Some(start) = runs.next_word(at) {
                    let is_word = |b: &u8| b.is_ascii_alphanumeric() || !b.is_ascii();
                    assert_eq!(Some(start - at), text[at..].iter().position(is_word));
                    let plain = text[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                    let end = runs.end_of_run(start, start + 30);
                    assert_eq!(end, start + plain.min(30));
                    at = end.max(start + 1);
                }
                assert!(text.get(at..).is_none_or(|rest| rest.iter().all(|b| b" .".contains(b))));
            }
        }
    }

    #[test]
    fn a_long_run_is_cut_beyond_the_most() {
        for length in 0..300 {
            let run = plain_run("x".repeat(length).as_bytes(), 0, 184);
            assert!(run == length || (184..192).contains(&run), "{length}: {run}");
        }
    }
}
