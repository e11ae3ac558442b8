//! What the tagger sees of one token: its hash, what its word can be, its shape, and what parts it from the next.

use crate::extract::is_capitalised;
use crate::extract::person::lexicon::Flags;

/// How a word is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shape {
    #[default]
    Lower,
    /// "Lee"
    Capitalised,
    /// "NATO"
    Capitals,
    /// "J.", "J.K.", "A"
    Initial,
    /// A capital inside: "O'Neill".
    Camel,
    /// "45"
    Digits,
    /// "B2"
    Mixed,
    /// "AJ"
    TwoCapitals,
    /// There is no word.
    None,
}

impl Shape {
    pub(super) fn of(word: &str) -> Self {
        let Some(first) = word.chars().next() else { return Self::None };
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Self::Lower;
        }
        if first.is_ascii_digit() {
            return Self::Digits;
        }
        let inner = word.chars().skip(1);
        let upper = inner.clone().any(char::is_uppercase);
        let digit = word.bytes().any(|byte| byte.is_ascii_digit());
        if !is_capitalised(word) {
            return match (upper, digit) {
                (true, _) => Self::Camel,
                (false, true) => Self::Mixed,
                (false, false) => Self::Lower,
            };
        }
        let letters = word.trim_end_matches('.').chars().count();
        if letters == 1 || (word.contains('.') && word.len() <= 8) {
            Self::Initial
        } else if digit {
            Self::Mixed
        } else if !upper {
            Self::Capitalised
        } else if inner.clone().any(char::is_lowercase) {
            Self::Camel
        } else if letters == 2 {
            Self::TwoCapitals
        } else {
            Self::Capitals
        }
    }
}

/// What parts two tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    Hyphen,
    Comma,
    Stop,
    Line,
    Opens,
    Closes,
    Quote,
    Possessive,
    And,
    Colon,
    Slash,
    Other,
    /// The full stop of an abbreviation or initial, and a space.
    Abbreviation,
}

impl Gap {
    pub(super) fn of(gap: &str) -> Self {
        match gap {
            " " | "\u{a0}" => Self::Space,
            "-" | "\u{2010}" | "\u{2011}" => Self::Hyphen,
            ", " | " , " => Self::Comma,
            "'s " | "’s " | "' " | "’ " | " '" => Self::Possessive,
            "&" | " & " => Self::And,
            "/" => Self::Slash,
            "" => Self::None,
            _ if gap.contains('\n') => Self::Line,
            _ if gap.starts_with("'s") || gap.starts_with("’s") => Self::Possessive,
            _ => match gap.trim_start().chars().next() {
                None => Self::Space,
                Some('.' | '?' | '!') => Self::Stop,
                Some(',') if gap.contains(['"', '“', '”', '\'']) => Self::Quote,
                Some(',') => Self::Comma,
                Some('(' | '[') => Self::Opens,
                Some(')' | ']') => Self::Closes,
                Some('"' | '“' | '”' | '‘' | '’' | '\'' | '`') => Self::Quote,
                Some(':' | ';') => Self::Colon,
                Some(_) => Self::Other,
            },
        }
    }

    /// Whether a name can go on over it.
    #[inline]
    pub(super) fn joins(self) -> bool {
        matches!(
            self,
            Self::Space | Self::Hyphen | Self::And | Self::Possessive | Self::Abbreviation | Self::Slash
        )
    }
}

/// A token as the tagger sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) hash: u64,
    pub(super) flags: Flags,
    pub(super) shape: Shape,
    /// What parts it from the next token.
    pub(super) gap: Gap,
    /// Whether it has a capital letter.
    pub(super) capital: bool,
}

impl Word {
    /// What stands before the first token and after the last one of a line.
    pub(super) const NONE: Self =
        Self { hash: 0, flags: Flags::NONE, shape: Shape::None, gap: Gap::Line, capital: false };

    /// How it is written, as a number below 32.
    #[inline]
    pub(super) fn form(self) -> u64 {
        self.shape as u64 | u64::from(self.capital) << 4
    }

    /// What it can be, of all that is worth a combination with the words beside it.
    #[inline]
    pub(super) fn main(self) -> u64 {
        u64::from(self.flags.only(MAIN).bits()) | u64::from(self.capital) << 31
    }
}

/// The flags that are combined with those of neighbours.
const MAIN: Flags = Flags::FIRST
    .or(Flags::LAST)
    .or(Flags::COMMON)
    .or(Flags::PLACE)
    .or(Flags::ORG)
    .or(Flags::TITLE)
    .or(Flags::ROLE)
    .or(Flags::SAID)
    .or(Flags::BODY)
    .or(Flags::STOP)
    .or(Flags::PARTICLE)
    .or(Flags::COUNTRY)
    .or(Flags::HEAD);

/// Whether the word, in lower case, stands inside names: "Bank of England", "Ursula von der Heide".
pub(super) fn is_connector(word: &str) -> bool {
    is_particle(word)
        || matches!(
            word,
            "of" | "the"
                | "and"
                | "for"
                | "des"
                | "ibn"
                | "e"
                | "y"
                | "on"
                | "in"
                | "to"
                | "at"
                | "und"
                | "et"
                | "i"
                | "s"
                | "las"
                | "with"
                | "against"
        )
}

/// Whether the word, in lower case, opens a surname: "van", "bin".
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "del"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "du"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "bin"
            | "ibn"
            | "bint"
            | "al"
            | "el"
            | "ul"
            | "ur"
            | "ben"
            | "abu"
            | "zu"
            | "as"
            | "ad"
            | "ash"
            | "dela"
            | "della"
            | "los"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_shapes() {
        for (word, shape) in [
            ("Lee", Shape::Capitalised),
            ("lee", Shape::Lower),
            ("NATO", Shape::Capitals),
            ("AJ", Shape::TwoCapitals),
            ("J.", Shape::Initial),
            ("U.S.", Shape::Initial),
            ("É", Shape::Initial),
            ("McLeod", Shape::Camel),
            ("iPhone", Shape::Camel),
            ("45", Shape::Digits),
            ("B2", Shape::Mixed),
            ("", Shape::None),
        ] {
            assert_eq!(Shape::of(word), shape, "{word}");
        }
    }

    #[test]
    fn gaps_are_told_apart() {
        for (gap, kind) in [
            (" ", Gap::Space),
            ("-", Gap::Hyphen),
            (". ", Gap::Stop),
            (".\n", Gap::Line),
            (",” ", Gap::Quote),
            (" (", Gap::Opens),
            ("’s ", Gap::Possessive),
            (" – ", Gap::Other),
            ("", Gap::None),
        ] {
            assert_eq!(Gap::of(gap), kind, "{gap:?}");
        }
        assert!(Gap::Abbreviation.joins() && !Gap::Comma.joins());
    }
}
