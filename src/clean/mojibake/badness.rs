//! Whether a text is bad: whether characters stand side by side in it as they do in misread UTF-8 and in no good text.
//!
//! The rules are those of ftfy's heuristic (`ftfy.badness`, version 6), read as an automaton: [`Window`] takes one character
//! after another and says whether a rule ends with it. No rule is longer than seven characters. Where real text showed
//! them wrong, rules are narrower ([`Window::closes_capitals`]), and those that rest on a single letter between spaces are weak
//! evidence, which counts only beside better.

use super::category::{
    ALPHABET, ALPHABET_UPPER, BAD, BOX, COMMON, CONTROL, CURRENCY, END, FACE, Kinds, LAW, LOWER, NUMERIC,
    START, UPPER, kinds,
};

/// How bad a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Badness {
    /// Not at all.
    Good,
    /// A letter stands alone that is half of a misread character, or a word.
    Weak,
    /// Nobody wrote this.
    Bad,
}

/// How bad a line is, or a part of one.
pub(super) fn badness(chars: impl Iterator<Item = char>) -> Badness {
    let mut window = Window::default();
    let mut worst = Badness::Good;
    for c in chars.chain(std::iter::once('\n')) {
        worst = worst.max(window.push(c));
        if worst == Badness::Bad {
            break;
        }
    }
    worst
}

/// How bad a line of text is. What is ASCII, and single characters within it, costs next to nothing.
pub(super) fn line_badness(line: &str) -> Badness {
    let bytes = line.as_bytes();
    let mut worst = Badness::Good;
    let mut at = 0;
    while let Some(start) = next_beyond_ascii(bytes, at) {
        if let Some(end) = harmless_alone(bytes, start) {
            at = end;
            continue;
        }
        // Two characters before are context for a rule, and two after; one rule has an ASCII letter as its seventh.
        let from = start.saturating_sub(2).max(at);
        let mut window = Window::default();
        if from > 0 {
            window.push(' ');
            window.push(char::from(bytes[from - 1]));
        }
        let mut plain = 0;
        at = bytes.len();
        for (offset, c) in line.get(from..).unwrap_or("").char_indices() {
            worst = worst.max(window.push(c));
            if worst == Badness::Bad {
                return worst;
            }
            plain = if c.is_ascii() { plain + 1 } else { 0 };
            if plain == 3 && from + offset > start {
                at = from + offset;
                break;
            }
        }
        if at == bytes.len() {
            worst = worst.max(window.push('\n'));
        }
    }
    worst
}

/// Where the next byte beyond ASCII is, looked for eight bytes at once.
pub(super) fn next_beyond_ascii(bytes: &[u8], from: usize) -> Option<usize> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let rest = bytes.get(from..)?;
    let words = rest.chunks_exact(8);
    let tail = rest.len() - words.remainder().len();
    for (word, at) in words.zip((from..).step_by(8)) {
        let high = u64::from_le_bytes(word.try_into().unwrap_or_default()) & HIGH;
        if high != 0 {
            return Some(at + (high.trailing_zeros() / 8) as usize);
        }
    }
    let found = rest.get(tail..)?.iter().position(|byte| !byte.is_ascii())?;
    Some(from + tail + found)
}

/// The end of the character at `start` if it stands between ASCII and no rule is about it there.
fn harmless_alone(bytes: &[u8], start: usize) -> Option<usize> {
    let length = match bytes[start] {
        0xe0..=0xef => 3,
        0xf0.. => 4,
        // C1 controls, the letters Â and Ã, and the ligature oe
        0xc2 if bytes.get(start + 1).is_some_and(|byte| *byte < 0xa0) => return None,
        0xc3 if matches!(bytes.get(start + 1), Some(0x82 | 0x83)) => return None,
        0xc5 if matches!(bytes.get(start + 1), Some(0x92 | 0x93)) => return None,
        _ => 2,
    };
    let end = start + length;
    let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    (plain(bytes.get(end)) && plain(start.checked_sub(1).and_then(|before| bytes.get(before)))).then_some(end)
}

/// The last characters of a text, and the kinds of the last four.
struct Window {
    chars: [char; 7],
    kinds: [Kinds; 4],
}

/// What stands before a text.
const NOTHING: char = '\0';

impl Default for Window {
    fn default() -> Self {
        Self { chars: [NOTHING; 7], kinds: [0; 4] }
    }
}

impl Window {
    /// Takes the next character: how bad what ends with it is.
    fn push(&mut self, c: char) -> Badness {
        self.chars.rotate_left(1);
        self.chars[6] = c;
        self.kinds.rotate_left(1);
        self.kinds[3] = kinds(c);
        let [first, second, before, kind] = self.kinds;
        if kind & CONTROL != 0 {
            return Badness::Bad;
        }
        if first | second | before == 0 {
            return Badness::Good;
        }
        // Greek and Cyrillic words in running text.
        let bad = if second != 0 && (second | before | kind) & !(ALPHABET | ALPHABET_UPPER) == 0 {
            (c == 'Ђ' && self.chars[5] == 'в') || self.latin_in_cyrillic()
        } else {
            pair(before, kind)
                || self.special_pair()
                || self.triple()
                || self.words()
                || self.latin_in_cyrillic()
        };
        if bad { Badness::Bad } else { self.half() }
    }

    /// Pairs of single characters that Windows-1252 and other pages make, whatever their kinds.
    fn special_pair(&self) -> bool {
        let [.., before, c] = self.chars;
        match before {
            'Œ' | 'œ' => !c.is_ascii_alphabetic() && c != '\n',
            'Ã' if self.closes_capitals(5) => false,
            'Ã' if c == '¡' => true,
            'Â' | 'Ã' | 'Î' | 'Ð' => self.kinds[3] & (START | END) != 0 || AFTER_CAPITAL.contains(&c),
            '×' => matches!(c, '²' | '³'),
            'à' => matches!(c, '²' | 'µ' | '¹' | '¼' | '½' | '¾'),
            '√' => matches!(c, '±' | '∂' | '†' | '≠' | '®' | '™' | '´' | '≤' | '≥' | '¥' | 'µ' | 'ø'),
            '≈' => matches!(c, '°' | '¢'),
            'в' => c == 'Ђ',
            'ā' => c == '€',
            _ => c == '°' && self.kinds[2] & UPPER != 0,
        }
    }

    /// Whether a word in capitals ends with the Ã at `at`, and a quotation or a part of a sentence after it: «IRMÃ» –
    /// as far as can be seen so far.
    fn closes_capitals(&self, at: usize) -> bool {
        self.chars[at] == 'Ã'
            && self.chars[at - 1].is_uppercase()
            && matches!(self.chars[at + 1], '»' | '›' | '”' | '–' | '—' | '\u{a0}')
    }

    fn triple(&self) -> bool {
        let [.., first, second, third] = self.chars;
        let [_, one, two, three] = self.kinds;
        let is = |a: Kinds, b: Kinds, c: Kinds| one & a != 0 && two & b != 0 && three & c != 0;
        let in_word = third.is_alphanumeric() || third == '_';
        is(LOWER | UPPER | BOX | CURRENCY | END, START, NUMERIC)
            || is(LOWER | UPPER | CURRENCY | NUMERIC | BOX | LAW, END, START)
            || (first.is_ascii_alphabetic() && two & ALPHABET != 0 && three & BAD != 0)
            || (first.is_whitespace() && two & UPPER != 0 && three & CURRENCY != 0)
            || (first.is_ascii_lowercase() && two & UPPER != 0 && three & (START | CURRENCY) != 0)
            || (in_word && one & (LOWER | UPPER) != 0 && two & (START | END) != 0)
            || (in_word && self.closes_capitals(4))
            || self.mac_mark()
            || (in_pages(first, third, ['В', 'Г', 'Р', 'С']) && is_stray(second, two))
            || (in_pages(first, third, ['Β', 'Γ', 'Ξ', 'Ο']) && is_stray(second, two))
            || (first.is_ascii_alphabetic() && splits_word(second, third, three))
            || (matches!(first, '–' | '—')
                && matches!(third, '–' | '—')
                && (two & NUMERIC != 0 || second == '°'))
            || (first == 'β' && second == '€' && matches!(third, '™' | '\u{a0}' | 'Ά' | '\u{ad}' | '®' | '°'))
    }

    /// Marks of the range U+2000 read in Mac OS Roman.
    fn mac_mark(&self) -> bool {
        let [.., first, second, third] = self.chars;
        first == '‚'
            && match second {
                'Ä' => "ìîïòôúùû†°¢π".contains(third),
                'â' | 'ó' => "àä°ê".contains(third),
                _ => false,
            }
    }

    /// Arabic, Greek and Hebrew words read in Windows-1252 and -1251: two letters of theirs, because one alone may be anything.
    fn words(&self) -> bool {
        let [.., first, second, third, last] = self.chars;
        let sign = |kinds: Kinds| kinds & (CONTROL | BAD | START | END | CURRENCY | NUMERIC) != 0;
        if sign(self.kinds[1]) && sign(self.kinds[3]) && same_alphabet(first, third) {
            return true;
        }
        let letter = |lead: char, c: char, kinds: Kinds| {
            matches!(lead, 'Ø' | 'Ù')
                && (kinds & (COMMON | CURRENCY | BAD | NUMERIC | START) != 0 || "ŸŠ®°µ»".contains(c))
        };
        letter(third, last, self.kinds[3]) && letter(first, second, self.kinds[1])
    }

    /// A mark of the range U+2000 read first in Windows-1252 and then in Windows-1251, with a Latin letter near.
    fn latin_in_cyrillic(&self) -> bool {
        let [mark @ .., between, last] = self.chars;
        mark == ['Г', 'ў', 'В', 'Ђ', 'В'] && between != '\n' && (last.is_ascii_alphabetic() || last == ' ')
    }

    /// Whether the last character but one is half of a character whose second half became a space or was lost: see
    /// [`Half`].
    fn half(&self) -> Badness {
        let [.., earlier, before, half, after] = self.chars;
        let Some(half) = Half::of(half) else { return Badness::Good };
        if half.is_sure(before, after) {
            return Badness::Bad;
        }
        let closes = self.kinds[1] & END != 0 && (after == ' ' || self.kinds[3] & (START | END) != 0);
        let marks = matches!(before, 'a'..='z' | '.' | ',' | '?' | '!') && self.kinds[3] & (START | END) != 0;
        if half == Half::Space && (closes || marks) {
            return Badness::Bad;
        }
        let alone = before == NOTHING || (before.is_whitespace() && earlier.is_ascii_lowercase());
        if alone && matches!(after, ' ' | '\n' | '\r') { Badness::Weak } else { Badness::Good }
    }
}

/// Â and Ã are the first halves of a no-break space and of "à"; the second half of both is a no-break space, which
/// is often taken for a space or for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// Â
    Space,
    /// Ã
    Letter,
}

impl Half {
    pub(super) fn of(c: char) -> Option<Self> {
        match c {
            'Â' => Some(Self::Space),
            'Ã' => Some(Self::Letter),
            _ => None,
        }
    }

    /// Whether it is never meant where it stands: behind a small letter; an Â also behind a figure or a mark.
    pub(super) fn is_sure(self, before: char, after: char) -> bool {
        let ends = matches!(after, ' ' | '\n' | '\r' | '.' | ',' | ';' | ')');
        match before {
            'a'..='z' => ends || matches!(after, '"' | '\''),
            '0'..='9' | '.' | ',' | ':' | ';' | '!' | '?' | ')' | '%' | '’' => self == Self::Space && ends,
            _ => false,
        }
    }
}

/// What stands after Â, Ã, Î and Ð where they are lead bytes, besides marks that open or close.
const AFTER_CAPITAL: [char; 15] =
    ['€', 'œ', 'Š', 'š', '¢', '£', 'Ÿ', 'ž', '\u{a0}', '\u{ad}', '°', '·', '–', '—', '´'];

/// Letters, marks, money and figures: whatever does not stand beside a bad sign.
const SIGNS: Kinds = LOWER | UPPER | BOX | START | END | CURRENCY | NUMERIC | LAW;

/// Whether characters of these kinds never stand side by side in good text.
fn pair(before: Kinds, kind: Kinds) -> bool {
    let is = |first: Kinds, second: Kinds| before & first != 0 && kind & second != 0;
    is(SIGNS | BAD, BAD)
        || is(BAD, SIGNS)
        || is(LOWER | BOX | END | CURRENCY | NUMERIC, UPPER)
        || (is(ALPHABET, UPPER) && before & ALPHABET_UPPER == 0)
        || is(BOX | END | CURRENCY | NUMERIC, LOWER)
        || is(LOWER | BOX | END, CURRENCY)
        || is(UPPER | BOX, NUMERIC | LAW)
        || is(CURRENCY | NUMERIC | BOX, START)
        || is(BOX, FACE | END)
        || is(LOWER | UPPER | CURRENCY | NUMERIC | START | END | LAW, BOX)
}

/// Whether the first and the third character are both among those that lead bytes are in a page.
fn in_pages(first: char, third: char, leads: [char; 4]) -> bool {
    leads.contains(&first) && leads.contains(&third)
}

/// Second characters of pairs that the Cyrillic and the Greek page make of Latin letters.
fn is_stray(c: char, kinds: Kinds) -> bool {
    kinds & (CONTROL | BAD | START | END | CURRENCY) != 0 || matches!(c, '°' | 'µ')
}

/// Whether these two stand within a Latin word as its misread letters with marks: `seГ±or`.
fn splits_word(lead: char, c: char, kinds: Kinds) -> bool {
    let sign = kinds & (CONTROL | BAD | START | END | CURRENCY | NUMERIC | LAW) != 0 || c == '\u{ad}';
    match lead {
        'В' | 'Г' | 'Д' | 'Е' => sign || matches!(c, 'Ѐ'..='Џ' | 'ѐ'..='џ' | 'Ґ' | 'ґ'),
        'Β' | 'Γ' | 'Δ' | 'Ε' => sign || matches!(c, 'Ά'..='ΐ'),
        _ => false,
    }
}

/// Whether a letter of an alphabet that these lead can be two of its letters: capitals of the Cyrillic page.
fn same_alphabet(first: char, third: char) -> bool {
    matches!((first, third), ('Ш' | 'Щ', 'Ш' | 'Щ') | ('О' | 'П', 'О' | 'П') | ('Ч', 'Ч'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_for_bytes_beyond_ascii_finds_the_first() {
        let text = "0123456789abcdefghij é und à";
        assert_eq!(next_beyond_ascii(text.as_bytes(), 0), text.find('é'));
        assert_eq!(next_beyond_ascii(text.as_bytes(), 23), text.find('à'));
        assert_eq!(next_beyond_ascii(text.as_bytes(), text.len()), None);
        for start in 0..20 {
            assert_eq!(next_beyond_ascii(text.as_bytes(), start), text.find('é'), "{start}");
        }
    }

    #[test]
    fn a_line_is_as_bad_as_its_characters() {
        for (line, expected) in [
            ("plain", Badness::Good),
            ("“quoted” – and é…", Badness::Good),
            ("the cafÃ© is", Badness::Bad),
            ("it\u{92}s", Badness::Bad),
            ("the pie Ã la mode", Badness::Weak),
            ("Ã la mode", Badness::Weak),
            ("voilÃ la mode", Badness::Bad),
            ("scoreÂ", Badness::Bad),
            ("die GRÃ–SSE", Badness::Bad),
            ("a IRMÃ» – a IRMÃ – e", Badness::Good),
            ("Привет, мир", Badness::Good),
            ("РџСЂРёРІРµС‚", Badness::Bad),
        ] {
            assert_eq!(line_badness(line), expected, "{line}");
            assert_eq!(badness(line.chars()), expected, "{line}");
        }
    }
}
