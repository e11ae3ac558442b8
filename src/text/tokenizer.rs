//! Cuts a text into tokens: the words that positions count.
//!
//! Rules, each a choice for news text:
//! - A token is a run of letters, digits and combining marks, at most [`MAX_TOKEN_BYTES`] long (a longer run is cut
//!   into several tokens, so that nothing is unfindable).
//! - An apostrophe, straight or curly, joins letters (`don't`, `O'Neill`), but a possessive is no part of the word
//!   and has no position of its own: `Iran's` is the token `Iran`.
//! - Single letters with full stops are one token, the last stop included: `U.S.`, `p.m.`, `J.K.`
//! - A comma joins groups of three digits (`1,000`), a full stop joins digits (`3.5`, `12.03.2025`).
//! - A full stop between longer words parts them: `ended.The` is two tokens; so is every hyphen and slash.
//! - An ideograph, a kana and a syllable of Korean is a token by itself, so that a run of them can be found as a phrase; so
//!   are a letter of Thai, Lao, Khmer and Burmese and what is written around it. A word is found inside others there:
//!   Korean `서울` in `서울에서`, Thai `ไทย` in `ประเทศไทย`.

use super::plain_run::{Runs, plain_run};
use crate::article::Span;

/// The longest token, in bytes.
pub const MAX_TOKEN_BYTES: usize = 200;

/// A token shorter than this is not cut.
const SURE: usize = MAX_TOKEN_BYTES - 16;

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands: bytes of the tokenised text.
    pub span: Span,
    /// Whether all its bytes are ASCII, so that folding it is cheap.
    pub ascii: bool,
}

/// The tokens of `text`, in order.
///
/// ```
/// use dateline::text::tokens;
/// let text = "The U.S. expelled 1,200 of Iran's citizens";
/// let words: Vec<_> = tokens(text).map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["The", "U.S.", "expelled", "1,200", "of", "Iran", "citizens"]);
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// [`tokens`] in a list that is seldom made larger while it is filled.
pub(crate) fn token_list(text: &str) -> Vec<Token> {
    // News has a token every six bytes.
    let mut list = Vec::with_capacity(text.len() / 5 + 4);
    let bytes = text.as_bytes();
    let (mut runs, mut next) = (Runs::of(bytes), 0);
    while let Some(start) = runs.next_word(next) {
        let at = runs.end_of_run(start, start + SURE);
        if ends_plainly(bytes, start, at) {
            next = at;
            list.push(Token { span: Span::new(start, at), ascii: true });
            continue;
        }
        // The others are few.
        let mut rest = Tokens { text, at: start };
        let Some(token) = (if at > start { Some(rest.rest_of(start, at)) } else { rest.next() }) else {
            break;
        };
        next = rest.at;
        list.push(token);
    }
    list
}

/// Iterator over the tokens of a text; see [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;

const CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphabetic() {
            table[byte as usize] = LETTER;
        } else if byte.is_ascii_digit() {
            table[byte as usize] = DIGIT;
        }
        byte += 1;
    }
    table
};

fn class(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).map_or(OTHER, |b| CLASS[*b as usize])
}

impl Tokens<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Whether a letter, of any script, begins at `at`.
    fn letter_at(&self, at: usize) -> bool {
        match self.text.as_bytes().get(at) {
            Some(b) if b.is_ascii() => CLASS[*b as usize] == LETTER,
            Some(_) => self.char_at(at).is_some_and(char::is_alphabetic),
            None => false,
        }
    }

    /// Whether a letter or digit, of any script, begins at `at`.
    fn word_at(&self, at: usize) -> bool {
        match self.text.as_bytes().get(at) {
            Some(b) if b.is_ascii() => CLASS[*b as usize] != OTHER,
            Some(_) => self.char_at(at).is_some_and(is_word),
            None => false,
        }
    }

    /// Moves to the first byte of the next token.
    #[inline]
    fn skip_to_word(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if byte.is_ascii() {
                if CLASS[byte as usize] != OTHER {
                    return Some(());
                }
                self.at += 1;
            } else {
                let c = self.char_at(self.at)?;
                if is_word(c) {
                    return Some(());
                }
                self.at += c.len_utf8();
            }
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        self.skip_to_word()?;
        let start = self.at;
        let at = start + plain_run(self.text.as_bytes(), start, SURE);
        if ends_plainly(self.text.as_bytes(), start, at) {
            self.at = at;
            return Some(Token { span: Span::new(start, at), ascii: true });
        }
        Some(self.rest_of(start, at))
    }
}

/// Whether the token that begins with the letters and digits `start..at` surely ends with them.
#[inline]
fn ends_plainly(bytes: &[u8], start: usize, at: usize) -> bool {
    if at == start || at - start >= SURE {
        return false;
    }
    let ends_in_letter = || class(bytes, at - 1) == LETTER;
    match bytes.get(at) {
        Some(b'\'') => false,
        Some(b'.') => at > start + 1 && ends_in_letter(),
        Some(b',') => ends_in_letter(),
        Some(byte) => byte.is_ascii(),
        None => true,
    }
}

impl Tokens<'_> {
    /// The token from `start` on, of which all before `at` is letters and digits of ASCII.
    #[inline(never)]
    fn rest_of(&mut self, start: usize, mut at: usize) -> Token {
        let bytes = self.text.as_bytes();
        let mut ascii = true;
        let mut part = start; // where the letters since the last full stop of an acronym begin
        let mut resume = None;
        while let Some(&byte) = bytes.get(at) {
            if at - start >= MAX_TOKEN_BYTES - 4 {
                break;
            }
            if CLASS[byte as usize] != OTHER {
                at += 1;
                continue;
            }
            match byte {
                b'\'' if at > start => match self.after_apostrophe(at, at + 1) {
                    Apostrophe::Joins => at += 1,
                    Apostrophe::Possessive(end) => {
                        resume = Some(end);
                        break;
                    }
                    Apostrophe::Ends => break,
                },
                b'.' if at == part + 1 && CLASS[bytes[part] as usize] == LETTER => {
                    // One letter, then a stop: part of an acronym if one letter follows, or has gone before.
                    if self.single_letter_at(at + 1) {
                        at += 1;
                        part = at;
                    } else {
                        if part > start {
                            at += 1;
                        }
                        break;
                    }
                }
                b'.' if class(bytes, at - 1) == DIGIT && class(bytes, at + 1) == DIGIT => at += 1,
                b',' if class(bytes, at - 1) == DIGIT && thousands_at(bytes, at + 1) => at += 1,
                _ if byte.is_ascii() => break,
                _ => {
                    let Some(c) = self.char_at(at) else { break };
                    if c == '\u{2019}' && at > start {
                        match self.after_apostrophe(at, at + 3) {
                            Apostrophe::Joins => {
                                at += 3;
                                ascii = false;
                                continue;
                            }
                            Apostrophe::Possessive(end) => resume = Some(end),
                            Apostrophe::Ends => {}
                        }
                        break;
                    }
                    if !is_word(c) || (is_single(c) && at > start) {
                        break;
                    }
                    ascii = false;
                    at += c.len_utf8();
                    if is_single(c) {
                        at = self.end_of_single(c, at);
                        break;
                    }
                }
            }
        }
        self.at = resume.unwrap_or(at);
        Token { span: Span::new(start, at), ascii }
    }
}

enum Apostrophe {
    /// A letter follows: one word.
    Joins,
    /// `s` follows and nothing else: the word ended before; go on after the `s` at this offset.
    Possessive(usize),
    /// Not inside a word.
    Ends,
}

impl Tokens<'_> {
    /// What the apostrophe at `at` does, whose next character begins at `next`.
    fn after_apostrophe(&self, at: usize, next: usize) -> Apostrophe {
        let before = self.text.get(..at).and_then(|t| t.chars().next_back());
        if !before.is_some_and(char::is_alphanumeric) || !self.letter_at(next) {
            return Apostrophe::Ends;
        }
        if matches!(self.text.as_bytes()[next], b's' | b'S') && !self.word_at(next + 1) {
            return Apostrophe::Possessive(next + 1);
        }
        Apostrophe::Joins
    }

    /// Where the token ends that begins with the letter `first` and goes on at `at`, of a script without spaces.
    fn end_of_single(&self, first: char, mut at: usize) -> usize {
        const MOST: usize = 16; // letters on top of one another, in bytes
        let start = at;
        // A vowel that is written before its letter, or a sign that stacks the next letter.
        let mut wants_letter = is_vowel_before(first);
        while at < start + MOST
            && let Some(c) = self.char_at(at)
        {
            let letter = is_clustered(c) && !is_behind(c) && !is_vowel_before(c);
            if !(is_behind(c) || (wants_letter && letter)) {
                break;
            }
            wants_letter = matches!(c, '\u{1039}' | '\u{17D2}');
            at += c.len_utf8();
        }
        at
    }

    /// Whether one ASCII letter stands at `at` and no further letter or digit after it.
    fn single_letter_at(&self, at: usize) -> bool {
        class(self.text.as_bytes(), at) == LETTER && !self.word_at(at + 1)
    }
}

/// Whether exactly three digits stand at `at`.
fn thousands_at(bytes: &[u8], at: usize) -> bool {
    (at..at + 3).all(|i| class(bytes, i) == DIGIT) && class(bytes, at + 3) != DIGIT
}

/// Whether `c` belongs to a token.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Whether `c` begins a token by itself, as letters do that are written without spaces between words.
fn is_single(c: char) -> bool {
    matches!(u32::from(c),
        0x3041..=0x3096 | 0x309D..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x20000..=0x3134F)
        || is_clustered(c)
}

/// Whether `c` is a letter or sign of a script whose signs stand around a letter: Thai, Lao, Burmese, Khmer.
fn is_clustered(c: char) -> bool {
    matches!(u32::from(c), 0x0E01..=0x0E4E | 0x0E81..=0x0ECE | 0x0EDC..=0x0EDF | 0x1000..=0x103F | 0x1050..=0x108F | 0x1780..=0x17D3)
}

/// Whether `c` is a vowel of Thai or Lao that is written before the letter it is spoken after.
fn is_vowel_before(c: char) -> bool {
    matches!(c, '\u{0E40}'..='\u{0E44}' | '\u{0EC0}'..='\u{0EC4}')
}

/// Whether `c` belongs to the letter before it: a sign on it, a vowel behind it, the voice of a kana.
fn is_behind(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}')
        || (is_clustered(c)
            && (unicode_normalization::char::is_combining_mark(c)
                || matches!(c, '\u{0E30}'..='\u{0E33}' | '\u{0E45}' | '\u{0E46}' | '\u{0EB0}'..='\u{0EB3}' | '\u{0EC6}')))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn a_possessive_is_no_part_of_the_word_and_has_no_position() {
        assert_eq!(
            words("Iran’s rule, officials' cars, Trump's and it's"),
            ["Iran", "rule", "officials", "cars", "Trump", "and", "it"]
        );
    }

    #[test]
    fn contractions_and_names_keep_their_apostrophe() {
        assert_eq!(words("don’t tell O'Neill 'quoted'"), ["don’t", "tell", "O'Neill", "quoted"]);
    }

    #[test]
    fn acronyms_are_one_token_and_run_together_sentences_are_two() {
        assert_eq!(
            words("U.S. and U.S.-led at 5 p.m. by J. Smith ended.The A.The"),
            ["U.S.", "and", "U.S.", "led", "at", "5", "p.m.", "by", "J", "Smith", "ended", "The", "A", "The"]
        );
    }

    #[test]
    fn numbers_keep_their_separators_but_lists_do_not() {
        assert_eq!(
            words("1,200 and 3.5m, 1,2,3 or 2025,120. 8%"),
            ["1,200", "and", "3.5m", "1", "2", "3", "or", "2025,120", "8"]
        );
        assert_eq!(words("$40bn 12.03.2025 10:30"), ["40bn", "12.03.2025", "10", "30"]);
    }

    #[test]
    fn ideographs_stand_alone_and_long_runs_are_cut() {
        assert_eq!(words("東京 Tokyo東"), ["東", "京", "Tokyo", "東"]);
        let long = "x".repeat(1000);
        let cut = words(&long);
        assert!(cut.len() > 4 && cut.iter().all(|w| w.len() <= MAX_TOKEN_BYTES));
        assert_eq!(cut.concat(), long);
    }

    #[test]
    fn scripts_without_spaces_are_cut_at_their_letters() {
        assert_eq!(words("서울에서 ﾎﾟｽﾄ ポスト"), ["서", "울", "에", "서", "ﾎﾟ", "ｽ", "ﾄ", "ポ", "ス", "ト"]);
        assert_eq!(words("ประเทศไทย"), ["ป", "ระ", "เท", "ศ", "ไท", "ย"]);
        assert_eq!(words("ກ່ຽວ ภาษาไทย๒๕"), ["ກ່", "ຽ", "ວ", "ภา", "ษา", "ไท", "ย", "๒๕"]);
        assert_eq!(words("ខ្មែរ"), ["ខ្មែ", "រ"]);
        assert_eq!(words("မြန်မာ"), ["မြ", "န်", "မာ"]);
    }

    proptest! {
        #[test]
        fn plain_words_end_where_a_look_at_each_letter_ends_them(
            text in "\\PC{0,60}|[ก-ฮะ-ู็-์เ-ๆ가-힣ｦ-ﾟA-Z ]{0,40}|[a-zA-Z0-9'’., ]{0,60}|([a-z]{1,300}|[0-9@\\[`{/:é]|[.,' ]){0,9}",
        ) {
            let mut slow = Tokens { text: &text, at: 0 };
            let mut all = Vec::new();
            while slow.skip_to_word().is_some() {
                all.push(slow.rest_of(slow.at, slow.at));
            }
            prop_assert_eq!(&tokens(&text).collect::<Vec<_>>(), &all);
            prop_assert_eq!(token_list(&text), all);
        }

        #[test]
        fn tokens_stand_in_order_on_character_boundaries_and_hold_every_letter(text in "\\PC{0,60}|[a-zA-Z0-9'’., ]{0,60}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start as usize >= last && !token.span.is_empty());
                let between = text.get(last..token.span.start as usize).unwrap();
                prop_assert!(between.chars().filter(|c| c.is_alphanumeric()).all(|c| c == 's' || c == 'S'));
                prop_assert_eq!(token.ascii, token.span.of(&text).is_ascii());
                last = token.span.end as usize;
            }
        }
    }
}
