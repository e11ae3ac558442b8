//! What the capitalised words of a text can be, looked up once for all who ask.

use super::person::lexicon::{Flags, flags, table};
use super::person::line::{Line, Style};
use super::word_hash::word_hash;
use super::{Text, is_capitalised};
use crate::article::Span;
use crate::names::place::PLACES;
use crate::text::Token;

/// The capitalised words of a text and the style of its lines.
pub(in crate::extract) struct Lookup<'a> {
    pub(in crate::extract) text: &'a Text<'a>,
    /// One for each token.
    words: Vec<Word>,
    /// The tokens of the capitalised words, in order.
    capitalised: Vec<usize>,
    /// The lines that have a capitalised word, in order.
    lines: Vec<Line>,
}

/// A word that was looked up; all zero for one that was not.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    hash: u64,
    flags: Flags,
    /// Whether it is a capital of ASCII and small letters of ASCII, and nothing else, as most names are.
    plain: bool,
    /// Whether the name of a place may begin with it.
    may_begin_place: bool,
}

impl<'a> Lookup<'a> {
    /// Looks the capitalised words of `text` up.
    pub(in crate::extract) fn new(text: &'a Text<'a>) -> Self {
        let bytes = text.text.as_bytes();
        let mut words = vec![Word::default(); text.tokens.len()];
        let mut capitalised = Vec::with_capacity(text.tokens.len() / 4);
        let mut lines: Vec<Line> = Vec::with_capacity(text.tokens.len() / 16 + 1);
        let mut end = 0;
        let may_be = |token: &Token| {
            let first = bytes.get(token.span.start as usize).copied().unwrap_or(b' ');
            !first.is_ascii() | first.is_ascii_uppercase()
        };
        each_wanted(text.tokens, may_be, |at| {
            let (Some(token), Some(found)) = (text.tokens.get(at), words.get_mut(at)) else { return };
            let word = token.span.of(text.text);
            if !is_capitalised(word) {
                return;
            }
            let hash = word_hash(word);
            *found = Word { hash, plain: is_plain(bytes, token.span), ..Word::default() };
            capitalised.push(at);
            if at >= end {
                let line = Line::of(text, at);
                end = line.end;
                lines.push(line);
            }
        });
        // The tables are larger than what lies near the processor. Asked one after the other with nothing between, it waits for
        // several of their answers at once.
        let (table, places) = (table(), &*PLACES);
        for &at in &capitalised {
            if let Some(word) = words.get_mut(at) {
                word.flags = table.get(word.hash);
                word.may_begin_place = places.may_begin(word.hash);
            }
        }
        Self { text, words, capitalised, lines }
    }

    /// What each of `texts` has.
    pub(in crate::extract) fn of(texts: &'a [Text<'a>]) -> Vec<Self> {
        texts.iter().map(Self::new).collect()
    }

    /// Whether the word at `token` begins with a capital letter.
    #[inline]
    pub(in crate::extract) fn is_capitalised(&self, token: usize) -> bool {
        self.words.get(token).is_some_and(|word| word.hash != 0)
    }

    /// Whether the word at `token` is a capital of ASCII with small letters after it, and nothing else: no acronym, no
    /// initial, no figure. That answers most questions after its letters.
    #[inline]
    pub(in crate::extract) fn is_plain(&self, token: usize) -> bool {
        self.words.get(token).is_some_and(|word| word.plain)
    }

    /// Whether the name of a place may begin with the capitalised word at `token`.
    #[inline]
    pub(in crate::extract) fn may_begin_place(&self, token: usize) -> bool {
        self.words.get(token).is_some_and(|word| word.may_begin_place)
    }

    /// What the word at `token` can be.
    #[inline]
    pub(in crate::extract) fn flags(&self, token: usize) -> Flags {
        match self.words.get(token) {
            Some(word) if word.hash != 0 => word.flags,
            _ => flags(self.text.word(token)),
        }
    }

    /// The hash of the word at `token`.
    #[inline]
    pub(in crate::extract) fn hash(&self, token: usize) -> u64 {
        match self.words.get(token) {
            Some(word) if word.hash != 0 => word.hash,
            _ => word_hash(self.text.word(token)),
        }
    }

    /// The tokens of the capitalised words, in order.
    pub(in crate::extract) fn capitalised(&self) -> &[usize] {
        &self.capitalised
    }

    /// Tells the style of lines that are asked for in order.
    pub(in crate::extract) fn styles(&self) -> Styles<'_> {
        Styles { lines: self.lines.iter(), end: 0, style: Style::Prose }
    }
}

/// Calls `each` with the places of the tokens that are `wanted`, in order. Whether the next token of a text is, nobody can
/// foretell, the processor included: 64 tokens at a time are asked without a branch.
pub(in crate::extract) fn each_wanted(
    tokens: &[Token],
    wanted: impl Fn(&Token) -> bool,
    mut each: impl FnMut(usize),
) {
    for (block, tokens) in tokens.chunks(64).enumerate() {
        let bits = tokens.iter().rev().fold(0_u64, |bits, token| bits << 1 | u64::from(wanted(token)));
        let mut left = bits;
        while left != 0 {
            each(block * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}

/// Whether the word at `span` is a capital of ASCII with small letters of ASCII after it.
#[inline]
fn is_plain(bytes: &[u8], span: Span) -> bool {
    let word = bytes.get(span.range()).unwrap_or(&[]);
    let [first, rest @ ..] = word else { return false };
    if !first.is_ascii_uppercase() || rest.is_empty() {
        return false;
    }
    let Some(eight) = bytes.get(span.start as usize + 1..).and_then(|bytes| bytes.first_chunk()) else {
        return rest.iter().all(u8::is_ascii_lowercase);
    };
    // Beyond the word stand small letters.
    let own = u64::MAX >> (64 - 8 * rest.len().min(8));
    let small = are_small(u64::from_le_bytes(*eight) & own | (LOW * 0x61) & !own);
    small && rest.get(8..).unwrap_or(&[]).iter().all(u8::is_ascii_lowercase)
}

const LOW: u64 = 0x0101_0101_0101_0101;

/// Whether eight bytes are all small letters of ASCII.
#[inline]
fn are_small(bytes: u64) -> bool {
    let beyond_z = bytes.wrapping_add(LOW * (0x80 - 0x7B));
    let from_a = bytes.wrapping_add(LOW * (0x80 - 0x61));
    (bytes | beyond_z | !from_a) & (LOW * 0x80) == 0
}

/// The styles of the lines of a text.
pub(in crate::extract) struct Styles<'l> {
    lines: std::slice::Iter<'l, Line>,
    end: usize,
    style: Style,
}

impl Styles<'_> {
    /// The style of the line of the capitalised word at token `at`; words must be asked for in order.
    pub(in crate::extract) fn at(&mut self, at: usize) -> Style {
        while at >= self.end
            && let Some(line) = self.lines.next()
        {
            (self.end, self.style) = (line.end, line.style);
        }
        self.style
    }
}
