//! Characters: one composed form (Unicode NFC), plain spaces, `\n` for every line end, and nothing invisible.
//!
//! Quotes, dashes and the replacement character U+FFFD stay as they are.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::edit::{Editor, Log};
use super::reason::Reason;

/// Normalises the characters of `text`; `None` if there is nothing to do, which an ASCII text is asked in one scan.
///
/// Tabs stay for the step that looks at columns and indents.
pub(super) fn normalise(text: &str, log: &mut Log) -> Option<String> {
    let ascii = text.is_ascii();
    let filtered = if ascii && !has_odd_ascii(text) { None } else { filter(text, log) };
    let current = filtered.as_deref().unwrap_or(text);
    let composed = if ascii { None } else { compose(current, log) };
    composed.or(filtered)
}

/// An ASCII byte that normalised text does not hold, tab and line end aside.
const fn is_odd_ascii(byte: u8) -> bool {
    (byte < b' ' && byte != b'\n' && byte != b'\t') || byte == 0x7f
}

/// Whether an ASCII text has anything for [`filter`]. Blocks without an early way out are looked at many bytes at once.
fn has_odd_ascii(text: &str) -> bool {
    text.as_bytes().chunks(64).any(|block| block.iter().fold(false, |odd, byte| odd | is_odd_ascii(*byte)))
}

/// Bytes that [`filter`] need not look at.
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = !is_odd_ascii(byte);
        byte += 1;
    }
    table
};

/// Where the first byte stands that [`filter`] has to look at. Blocks without one are passed many bytes at once.
fn odd_byte(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut blocks = bytes.chunks_exact(BLOCK);
    let mut passed = 0;
    for block in &mut blocks {
        if block.iter().fold(false, |odd, byte| odd | !byte.is_ascii() | is_odd_ascii(*byte)) {
            break;
        }
        passed += BLOCK;
    }
    let rest = bytes.get(passed..)?;
    rest.iter().position(|byte| !PLAIN[usize::from(*byte)]).map(|at| passed + at)
}

/// Drops what is invisible, and makes odd spaces and line ends plain.
fn filter(text: &str, log: &mut Log) -> Option<String> {
    let mut editor = Editor::new(text, log);
    let bytes = text.as_bytes();
    let mut at = 0;
    // The last character that stays, and where it ends.
    let mut kept = None;
    while let Some(plain) = bytes.get(at..).and_then(odd_byte) {
        if plain > 0 {
            kept = None;
        }
        at += plain;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let end = at + c.len_utf8();
        match class(c) {
            Class::Plain => kept = Some(c),
            Class::Space => editor.replace(at..end, " ", Reason::OddSpace),
            Class::LineEnd if bytes.get(at..at + 2) == Some(b"\r\n") => {
                editor.replace(at..end + 1, "\n", Reason::LineEnd);
                at = end + 1;
                continue;
            }
            Class::LineEnd => editor.replace(at..end, "\n", Reason::LineEnd),
            Class::Invisible => {
                if let Some(end) = broken_word(text, c, at, end) {
                    editor.replace(at..end, "", Reason::Unwrapped);
                    at = end;
                    continue;
                }
                editor.replace(at..end, "", Reason::Invisible);
            }
            Class::Joiner => {
                let after = text.get(end..).and_then(|rest| rest.chars().find(|c| !is_selector(*c)));
                if joins(c, kept, after) {
                    kept = Some(c);
                } else {
                    editor.replace(at..end, "", Reason::Invisible);
                }
            }
        }
        at = end;
    }
    editor.finish()
}

/// Where the word goes on that the soft hyphen `c`, at `start..end`, breaks at the end of a line.
fn broken_word(text: &str, c: char, start: usize, end: usize) -> Option<usize> {
    if c != '\u{ad}' || !text.get(..start)?.ends_with(char::is_alphabetic) {
        return None;
    }
    let rest = text.get(end..)?.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let word = rest.trim_start_matches([' ', '\t']);
    word.starts_with(char::is_lowercase).then_some(text.len() - word.len())
}

enum Class {
    Plain,
    Space,
    LineEnd,
    Invisible,
    /// Invisible, but meaningful between some characters.
    Joiner,
}

fn class(c: char) -> Class {
    match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Class::Space,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        '\u{200c}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}' => Class::Joiner,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' // soft hyphen
        | '\u{61c}' // Arabic letter mark
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{180e}' // Mongolian vowel separator
        | '\u{200b}' | '\u{200e}' | '\u{200f}' // zero-width space, direction marks
        | '\u{202a}'..='\u{202e}' // bidirectional embeddings and overrides
        | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, isolates, old format controls
        | '\u{feff}' // byte order mark
        | '\u{fff9}'..='\u{fffb}' // annotations
        | '\u{e0000}'..='\u{e001f}' // language tags
        | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' => Class::Invisible, // no characters
        _ => Class::Plain,
    }
}

/// Whether a character is of the kind that [`normalise`] drops wherever it stands.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(class(c), Class::Invisible)
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// Whether a joiner between these two has a meaning: in emoji sequences, in scripts whose letters join, in flags.
fn joins(joiner: char, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), after) = (before, after.unwrap_or(' ')) else { return false };
    match joiner {
        '\u{e0020}'..='\u{e007f}' => matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
        '\u{200d}' if is_emoji(before) || is_selector(before) => is_emoji(after),
        _ => shapes(before) && shapes(after),
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether `c` is of a script in which joiners part or bind letters: Arabic and its kin, and the Indic scripts.
fn shapes(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{1800}'..='\u{18af}' | '\u{a8e0}'..='\u{a8ff}' | '\u{fb50}'..='\u{fdcf}'
        | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}')
}

/// Whether NFC may have something to do with `c`: no character below U+0300 and none of the usual punctuation is
/// changed by it or begins a change by itself.
fn may_compose(c: char) -> bool {
    c >= '\u{300}'
        && !matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
}

/// Puts the lines of `text` that need it into NFC.
fn compose(text: &str, log: &mut Log) -> Option<String> {
    // Most texts have no byte that begins U+0300 or above but 0xE2, and after that 0x80 or 0x82: dashes, quotes, euros.
    let bytes = text.as_bytes();
    let usual = |at: usize| matches!(bytes.get(at + 1), Some(0x80 | 0x82));
    // Blocks without an early way out are looked at many bytes at once.
    let may = |block: &[u8]| block.iter().fold(false, |found, b| found | matches!(*b, 0xcc..=0xe1 | 0xe3..));
    if !bytes.chunks(64).any(may) && memchr::memchr_iter(0xe2, bytes).all(usual) {
        return None;
    }
    let mut editor = Editor::new(text, log);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii()
            && line.chars().any(may_compose)
            && is_nfc_quick(line.chars()) != IsNormalized::Yes
        {
            compose_line(line, at, &mut editor);
        }
        at += line.len();
    }
    editor.finish()
}

/// Normalises the clusters of one line that differ from their normal form.
///
/// A cluster is a character and what may combine with it: NFC never reaches across the start of the next.
fn compose_line(line: &str, offset: usize, editor: &mut Editor<'_, '_>) {
    let mut start = 0;
    let mut cluster = |start: usize, end: usize| {
        let text = line.get(start..end).unwrap_or("");
        if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            return;
        }
        let composed: String = text.nfc().collect();
        if composed != text {
            editor.replace(offset + start..offset + end, &composed, Reason::Composed);
        }
    };
    for (at, c) in line.char_indices() {
        let starts = c < '\u{300}'
            || (unicode_normalization::char::canonical_combining_class(c) == 0
                && is_nfc_quick(std::iter::once(c)) != IsNormalized::Maybe);
        if starts && at > start {
            cluster(start, at);
            start = at;
        }
    }
    cluster(start, line.len());
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::TextField;

    fn normalised(text: &str) -> String {
        let mut log = Log::new(TextField::Body, text, true);
        let out = normalise(text, &mut log).unwrap_or_else(|| text.to_owned());
        for change in &log.changes {
            assert_eq!(change.span.of(text), change.text, "{text:?}");
        }
        out
    }

    #[test]
    fn text_that_is_in_order_is_not_copied() {
        let mut log = Log::new(TextField::Body, "", false);
        for text in ["Plain words.\n\tAnd more.", "“Déjà vu” – it’s €5…", "日本語 العربية \u{fffd}"]
        {
            assert_eq!(normalise(text, &mut log), None, "{text}");
        }
    }

    #[test]
    fn spaces_and_line_ends_become_plain() {
        assert_eq!(normalised("a\u{a0}b\u{2009}c\r\nd\re\u{2028}f\u{c}g"), "a b c\nd\ne\nf\ng");
    }

    #[test]
    fn what_is_invisible_goes() {
        assert_eq!(normalised("a\0b\u{7}c\u{200b}d\u{ad}e\u{202e}f\u{feff}g\u{9d}h"), "abcdefgh");
    }

    #[test]
    fn a_word_that_a_soft_hyphen_breaks_at_the_end_of_a_line_is_whole_again() {
        assert_eq!(
            normalised("con\u{ad}vince the vot\u{ad}\r\n  ers of Bern\u{ad}\nBasel"),
            "convince the voters of Bern\nBasel"
        );
    }

    #[test]
    fn joiners_stay_where_they_mean_something() {
        for text in [
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
        ] {
            assert_eq!(normalised(text), text);
        }
        assert_eq!(normalised("wo\u{200d}rd\u{200c}s"), "words");
    }

    #[test]
    fn characters_are_composed() {
        assert_eq!(normalised("Cafe\u{301} Zu\u{308}rich"), "Café Zürich");
        assert_eq!(normalised("5 k\u{2126}, \u{212b}"), "5 k\u{3a9}, \u{c5}");
    }

    proptest! {
        #[test]
        fn the_result_is_in_nfc_and_stays_as_it_is(text in "[a-zé\u{300}-\u{310}\u{323}\u{ac00}\u{1100}-\u{1105}\u{1161}-\u{1165}\u{11a8}\u{212b}\u{fb1d}\u{200b}\r\n ]{0,40}|\\PC{0,40}|.{0,20}") {
            let once = normalised(&text);
            prop_assert!(once.nfc().eq(once.chars()), "{:?}", once);
            prop_assert_eq!(normalised(&once), once);
        }
    }
}
