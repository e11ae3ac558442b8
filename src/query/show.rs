//! Query text as a terminal may see it: nothing that moves the cursor, turns the writing or hides.

use std::fmt;

use unicode_normalization::char::is_combining_mark;

/// `c`, or what stands for it: a space for tabs and line ends, a picture for other controls, U+FFFD for characters
/// that are invisible or change the direction of writing.
pub(super) fn visible(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => '\u{FFFD}',
        _ => c,
    }
}

/// How many columns a terminal gives to `c` (as [`visible`] makes it): 0 for combining marks, 2 for East Asian wide
/// characters and emoji (the blocks of Unicode's EastAsianWidth.txt, rounded), otherwise 1.
pub(super) fn width(c: char) -> usize {
    match u32::from(c) {
        0..=0x2FF => 1,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F680..=0x1F6FF
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD
            if !is_combining_mark(c) =>
        {
            2
        }
        _ => usize::from(!is_combining_mark(c)),
    }
}

/// A piece of the query inside a message: in quotes, visible, and not longer than 40 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown(String);

impl Shown {
    const LONGEST: usize = 40;

    pub(super) fn of(text: &str) -> Self {
        let mut chars = text.chars();
        let mut shown: String = chars.by_ref().take(Self::LONGEST).map(visible).collect();
        if chars.next().is_some() {
            shown.push('…');
        }
        Self(shown)
    }

    /// The same without quotes, for use inside an example.
    pub(super) fn bare(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}
