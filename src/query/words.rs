//! Words between the way they are typed and what they say: which signs end one, escapes, wildcards; and back.
//!
//! Whatever [`escape_word`], [`escape_raw`] and [`escape_quoted`] write, the lexer and [`pattern`] read as the same
//! text.

use super::ast::WildPart;
use super::operator::{Operator, operator, stands_alone};

/// How the signs of a word are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// `\` escapes, `*` and `?` are wildcards.
    Plain,
    /// In `url:` and `id:`: `\` escapes, `*` is a wildcard.
    Raw,
    /// Every sign is itself: an address by itself.
    Literal,
}

/// Whether `c` opens and closes phrases.
pub(super) fn is_quote(c: char) -> bool {
    c == '"' || is_smart_quote(c)
}

/// Whether `c` is a quote that people type and print but query languages do not know.
pub(super) fn is_smart_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Whether `c` ends a word of [`Mode::Plain`] unless escaped.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '^' | '~') || is_quote(c)
}

/// Whether the comma at byte `at` stands between digits, and so does not part the values of a list.
pub(super) fn within_number(text: &str, at: usize) -> bool {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    at > 0 && digit(at - 1) && digit(at + 1)
}

/// What a typed word says, wildcards included. Neighbouring `*` are one. Empty for an empty word.
pub(super) fn pattern(typed: &str, mode: Mode) -> Vec<WildPart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut chars = typed.chars();
    while let Some(c) = chars.next() {
        let sign = match (c, mode) {
            ('*', Mode::Plain | Mode::Raw) => WildPart::Any,
            ('?', Mode::Plain) => WildPart::One,
            ('\\', Mode::Plain | Mode::Raw) => {
                literal.push(chars.next().unwrap_or('\\'));
                continue;
            }
            _ => {
                literal.push(c);
                continue;
            }
        };
        if !literal.is_empty() {
            parts.push(WildPart::Literal(std::mem::take(&mut literal)));
        }
        if sign != WildPart::Any || parts.last() != Some(&WildPart::Any) {
            parts.push(sign);
        }
    }
    if !literal.is_empty() {
        parts.push(WildPart::Literal(literal));
    }
    parts
}

/// A typed text without its escapes.
pub(super) fn unescape(typed: &str) -> String {
    let mut text = String::with_capacity(typed.len());
    let mut chars = typed.chars();
    while let Some(c) = chars.next() {
        text.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
    }
    text
}

/// Writes `text` so that it is read as one word, or as a literal piece of one, of [`Mode::Plain`].
pub(super) fn escape_word(text: &str, first: bool, out: &mut String) {
    let mut last = None;
    for (i, c) in text.char_indices() {
        let special = ends_word(c)
            || matches!(c, '\\' | '*' | '?' | ':' | '<' | '>' | '=' | '≤' | '≥')
            || (matches!(c, '&' | '|') && last == Some(c))
            // What would be an operator in front of a word.
            || (first && i == 0 && (matches!(c, '-' | '+' | '!' | '/' | '&' | '|') || stands_alone(text)))
            || (c == ',' && !within_number(text, i));
        if special {
            out.push('\\');
        }
        out.push(c);
        last = Some(c);
    }
}

/// Writes `text` so that it is read as one word, or as a literal piece of one, of [`Mode::Raw`].
pub(super) fn escape_raw(text: &str, first: bool, out: &mut String) {
    for (i, c) in text.char_indices() {
        let special = c.is_whitespace()
            || matches!(c, '\\' | '*' | '(' | ')' | '^' | ']')
            || (first
                && i == 0
                && (is_quote(c)
                    || matches!(c, '[' | '{' | '}' | '<' | '>' | '=' | '≤' | '≥' | '-' | '+' | '!' | '/')
                    || stands_alone(text)))
            || (c == ',' && !within_number(text, i));
        if special {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Writes `text` so that it is read as itself between quotes; `word` if white space must not part it there.
pub(super) fn escape_quoted(text: &str, word: bool, out: &mut String) {
    for (i, c) in text.char_indices() {
        let special = is_quote(c)
            || matches!(c, '\\' | '{')
            || (word
                && (c.is_whitespace()
                    || (i == 0 && matches!(operator(text), Some(Operator::Near(_, true))))));
        if special {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_backslash_takes_the_meaning_from_the_next_sign() {
        assert_eq!(unescape(r"a\*b\\c\"), r"a*b\c\");
        assert_eq!(
            pattern(r"ho\*us**?\?", Mode::Plain),
            [WildPart::Literal("ho*us".into()), WildPart::Any, WildPart::One, WildPart::Literal("?".into())]
        );
        assert_eq!(pattern("a?b=*", Mode::Raw), [WildPart::Literal("a?b=".into()), WildPart::Any]);
        assert_eq!(pattern(r"a*\", Mode::Literal), [WildPart::Literal(r"a*\".into())]);
    }

    proptest! {
        #[test]
        fn an_escaped_text_is_read_as_itself(text in "[-a-zA-Z/5+!&|,:*?\\\\\"“ (){}^~\\[\\]=<>]{1,10}|\\PC{1,8}") {
            let mut word = String::new();
            escape_word(&text, true, &mut word);
            prop_assert_eq!(pattern(&word, Mode::Plain), [WildPart::Literal(text.clone())]);
            let mut raw = String::new();
            escape_raw(&text, true, &mut raw);
            prop_assert_eq!(pattern(&raw, Mode::Raw), [WildPart::Literal(text.clone())]);
            let mut quoted = String::new();
            escape_quoted(&text, true, &mut quoted);
            prop_assert_eq!(unescape(&quoted), text);
        }
    }
}
