//! Text that is safe to show on a terminal.

use std::borrow::Cow;

/// The text without control characters (but line ends), without the characters that turn the direction of text round,
/// and without invisible ones; each is left out, a tab becomes a space. A text that has none is given back as it is.
///
/// ```
/// use dateline::render::printable;
/// assert_eq!(printable("a\u{1b}[31mred\u{202e}txt"), "a[31mredtxt");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    Cow::Owned(plain.filter(|c| !is_unsafe(*c)).collect())
}

/// Whether a terminal could obey the character, or a reader be misled by it.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
            | '\u{061c}'
            | '\u{180e}')
}
