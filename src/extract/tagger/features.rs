//! The features of a token: numbers that stand for what it is and for what is around it.
//!
//! Each is a hash of a template's number and what the template looks at. The model has a row for each value of the first
//! bits; features that share a row share its weights, which training takes into account.

use super::chunk::{Chunk, Chunks};
use super::elsewhere::Elsewhere;
use super::word::{Gap, Shape, Word};
use crate::extract::org::known_name;
use crate::extract::person::lexicon::Flags;

/// The article's chunks, ready to be asked for features.
pub(super) struct Features<'a> {
    pub(super) chunks: &'a Chunks<'a>,
    pub(super) elsewhere: &'a Elsewhere,
    /// What each token is to a well-known organisation: nothing, its first word, another word.
    known: Vec<u8>,
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// What features are made for: a list to learn from, or the sum of their weights.
pub(super) trait Sink {
    /// Takes the next feature of the token.
    fn take(&mut self, feature: u64);
}

impl Sink for Vec<u64> {
    fn take(&mut self, feature: u64) {
        self.push(feature);
    }
}

/// Takes the features of one token.
struct Out<'o, S>(&'o mut S);

impl<S: Sink> Out<'_, S> {
    #[inline]
    fn add(&mut self, template: u64, value: u64) {
        let hash = value.wrapping_add(template.wrapping_mul(MULTIPLIER)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        self.0.take(hash.rotate_left(29).wrapping_mul(MULTIPLIER));
    }

    /// One for each flag.
    fn each(&mut self, template: u64, flags: u32, with: u64) {
        let mut left = flags;
        while left != 0 {
            self.add(template, u64::from(left.trailing_zeros()) | with << 8);
            left &= left - 1;
        }
    }
}

impl<'a> Features<'a> {
    pub(super) fn new(chunks: &'a Chunks<'a>, elsewhere: &'a Elsewhere) -> Self {
        let mut known = vec![0; chunks.words.len()];
        for chunk in &chunks.list {
            let mut at = chunk.first;
            while at < chunk.end {
                let word = chunks.words[at];
                let found = if word.capital && word.flags.has(Flags::KNOWN) {
                    known_name(chunks.lookup, at)
                } else {
                    None
                };
                let Some((len, doubtful)) = found else {
                    at += 1;
                    continue;
                };
                for (n, known) in known.iter_mut().skip(at).take(len).enumerate() {
                    *known = 1 + u8::from(n > 0) + if doubtful { 2 } else { 0 };
                }
                at += len.max(1);
            }
        }
        Self { chunks, elsewhere, known }
    }

    /// The word `by` tokens from `at`, unless a line ends between them.
    #[inline]
    fn word(&self, at: usize, by: isize) -> Word {
        let words = &self.chunks.words;
        let Some(to) = at.checked_add_signed(by) else { return Word::NONE };
        let between = if by < 0 { to..at } else { at..to };
        match (words.get(to), words.get(between)) {
            (Some(word), Some(passed)) if passed.iter().all(|w| w.gap != Gap::Line) => *word,
            _ => Word::NONE,
        }
    }

    /// Gives the features of the token at `at`, which is in `chunk`, to `out`.
    pub(super) fn of(&self, at: usize, chunk: Chunk, out: &mut impl Sink) {
        let out = &mut Out(out);
        let word = self.word(at, 0);
        let near = Near {
            word,
            before: self.word(at, -1),
            before2: self.word(at, -2),
            after: self.word(at, 1),
            after2: self.word(at, 2),
        };
        near.words(out);
        if word.capital {
            ends(self.chunks.lookup.text.word(at).as_bytes(), out);
        }
        near.forms(self.chunks.lookup.text.word(at).len(), out);
        near.flags(out);
        self.chunk(at, chunk, &near, out);
        self.article(at, chunk, &near, out);
    }

    fn chunk(&self, at: usize, chunk: Chunk, near: &Near, out: &mut Out<'_, impl Sink>) {
        let words = &self.chunks.words;
        let (from, to) = (small(at - chunk.first), small(chunk.end - 1 - at));
        let (form, main) = (near.word.form(), near.word.main());
        let style = chunk.style as u64;
        out.add(40, from | to << 4 | form << 8);
        out.add(41, from | to << 4 | main << 16);
        out.add(42, style | form << 4 | main << 16);
        let before = self.word(chunk.first, -1);
        let after = self.word(chunk.end - 1, 1);
        let (gap_before, gap_after) = (
            before.gap as u64,
            if after.shape == Shape::None { Gap::Line as u64 } else { words[chunk.end - 1].gap as u64 },
        );
        out.add(43, before.hash ^ from << 3 ^ gap_before << 40);
        out.add(44, after.hash ^ to << 3 ^ gap_after << 40);
        out.add(45, before.main() ^ from << 60 ^ gap_before << 40);
        out.add(46, after.main() ^ to << 60 ^ gap_after << 40);
        let (first, last) = (words[chunk.first], words[chunk.end - 1]);
        out.add(48, last.hash ^ to);
        out.add(49, first.hash ^ from);
    }

    fn article(&self, at: usize, chunk: Chunk, near: &Near, out: &mut Out<'_, impl Sink>) {
        let (form, main, style) = (near.word.form(), near.word.main(), chunk.style as u64);
        let told = self.elsewhere.of(near.word);
        let inner = |token: usize| u64::from(self.elsewhere.of(self.chunks.words[token]));
        let (is_first, is_last) = (at == chunk.first, at + 1 == chunk.end);
        let wide = u64::from(told);
        out.add(60, wide);
        out.add(61, wide | form << 32 | style << 44);
        out.add(62, wide ^ main << 24);
        out.each(63, u32::from(told), form | style << 8);
        out.add(64, if is_last { 0 } else { inner(at + 1) | 1 << 32 });
        out.add(65, if is_first { 0 } else { inner(at - 1) | 1 << 32 });
        let known = |token: usize| u64::from(self.known.get(token).copied().unwrap_or(0));
        let beside = (if is_last { 0 } else { known(at + 1) }, if is_first { 0 } else { known(at - 1) });
        out.add(69, known(at) | beside.0 << 4 | beside.1 << 8);
    }
}

/// A word and those beside it.
struct Near {
    word: Word,
    before: Word,
    before2: Word,
    after: Word,
    after2: Word,
}

impl Near {
    /// The gaps before and after the word.
    fn gaps(&self) -> (u64, u64) {
        let after = if self.after.shape == Shape::None { Gap::Line } else { self.word.gap };
        (self.before.gap as u64, after as u64)
    }

    fn words(&self, out: &mut Out<'_, impl Sink>) {
        let (before, after) = self.gaps();
        out.add(1, 0);
        out.add(2, self.word.hash);
        out.add(3, self.before.hash ^ before);
        out.add(4, self.after.hash ^ after);
        out.add(5, self.before2.hash);
        out.add(6, self.after2.hash);
        out.add(7, self.before.hash.rotate_left(7) ^ self.word.hash);
        out.add(8, self.word.hash.rotate_left(7) ^ self.after.hash);
    }

    fn forms(&self, len: usize, out: &mut Out<'_, impl Sink>) {
        let (before, after) = self.gaps();
        let form = self.word.form();
        out.add(15, form | (len as u64).min(6) << 8 | after << 16 | before << 24);
    }

    fn flags(&self, out: &mut Out<'_, impl Sink>) {
        let (before, after) = self.gaps();
        let (main_before, main_after) = (self.before.main(), self.after.main());
        out.add(27, self.before2.main() ^ main_before << 32);
        out.add(28, self.after2.main() ^ main_after << 32);
        let own = self.word.flags.bits();
        out.each(30, own, 0);
        out.each(31, own, self.after.form() | after << 8);
        out.each(32, own, self.before.form() | before << 8);
        out.each(33, self.before.flags.bits(), before << 1 | u64::from(self.before.capital));
        out.each(34, self.after.flags.bits(), after << 1 | u64::from(self.after.capital));
    }
}

/// The first and the last letters of a word, whatever their case.
fn ends(word: &[u8], out: &mut Out<'_, impl Sink>) {
    let letters = |bytes: Option<&[u8]>| {
        bytes
            .unwrap_or(&[])
            .iter()
            .fold(7u64, |sum, byte| sum.wrapping_mul(257).wrapping_add(u64::from(byte.to_ascii_lowercase())))
    };
    let len = word.len();
    for (template, count) in [(10, 2), (11, 3), (13, 4)] {
        if len > count {
            out.add(template, letters(word.get(len - count..)));
        }
    }
    for (template, count) in [(12, 3), (14, 4)] {
        if len > count {
            out.add(template, letters(word.get(..count)));
        }
    }
}

/// A place in a chunk, the far ones as one.
fn small(n: usize) -> u64 {
    n.min(4) as u64
}
