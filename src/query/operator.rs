//! Words that are operators, in the spellings of several query languages.

use super::ast::Proximity;

/// What a bare word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
    /// Before `[` only.
    In,
    /// `TO`; in ranges only.
    To,
    /// Whether it is spelled as this language spells it.
    Near(Proximity, bool),
    /// `ATLEASTn`, before `(` only; the count if one is stated, and whether it is in upper case.
    AtLeast(Option<u32>, bool),
}

/// The operator that `word` is, if any. A number too large for `u32` is `u32::MAX`.
///
/// Besides its own spellings the language reads Westlaw's `/5 /s /p` and Factiva's `adj5 near5`, and its own
/// in lower case: no text holds such words.
pub(super) fn operator(word: &str) -> Option<Operator> {
    match word {
        "AND" => return Some(Operator::And),
        "OR" => return Some(Operator::Or),
        "NOT" => return Some(Operator::Not),
        "IN" => return Some(Operator::In),
        "TO" => return Some(Operator::To),
        _ if word.len() < 2 || word.len() > 24 || !word.is_ascii() => return None,
        _ => {}
    }
    let upper = word.to_ascii_uppercase();
    let own = upper == word;
    if let Some(count) = upper.strip_prefix("ATLEAST") {
        return match count {
            "" => own.then_some(Operator::AtLeast(None, own)),
            _ => Some(Operator::AtLeast(Some(digits(count)?), own)),
        };
    }
    let near = |distance: &str, own: bool, make: fn(u32) -> Proximity| {
        Some(Operator::Near(make(digits(distance)?), own))
    };
    if let Some(distance) = upper.strip_prefix("W/").or_else(|| upper.strip_prefix("NEAR/")) {
        return match distance {
            "S" if upper.starts_with('W') => Some(Operator::Near(Proximity::Sentence, own)),
            "P" if upper.starts_with('W') => Some(Operator::Near(Proximity::Paragraph, own)),
            _ => near(distance, own, Proximity::Within),
        };
    }
    if let Some(distance) = upper.strip_prefix("PRE/") {
        return near(distance, own, Proximity::Before);
    }
    if let Some(distance) = upper.strip_prefix("ADJ") {
        return near(distance, false, Proximity::Before);
    }
    if let Some(distance) = upper.strip_prefix("NEAR") {
        return near(distance, false, Proximity::Within);
    }
    match upper.strip_prefix('/')? {
        "S" => Some(Operator::Near(Proximity::Sentence, false)),
        "P" => Some(Operator::Near(Proximity::Paragraph, false)),
        distance => near(distance, false, Proximity::Within),
    }
}

/// Whether `word` must be escaped to be read as a word: `IN`, `TO` and `ATLEAST3` are operators before a bracket only.
pub(super) fn stands_alone(word: &str) -> bool {
    matches!(operator(word), Some(Operator::And | Operator::Or | Operator::Not | Operator::Near(..)))
}

fn digits(text: &str) -> Option<u32> {
    let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().unwrap_or(u32::MAX))
}

impl std::fmt::Display for Proximity {
    /// As a query writes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Within(n) => write!(f, "W/{n}"),
            Self::Before(n) => write!(f, "PRE/{n}"),
            Self::NotWithin(n) => write!(f, "NOT W/{n}"),
            Self::Sentence => f.write_str("W/S"),
            Self::Paragraph => f.write_str("W/P"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proximity_is_read_in_many_spellings_and_written_in_one() {
        for (word, written, own) in [
            ("W/5", "W/5", true),
            ("w/5", "W/5", false),
            ("NEAR/5", "W/5", true),
            ("near5", "W/5", false),
            ("NEAR5", "W/5", false),
            ("/5", "W/5", false),
            ("PRE/3", "PRE/3", true),
            ("pre/3", "PRE/3", false),
            ("adj3", "PRE/3", false),
            ("W/S", "W/S", true),
            ("/s", "W/S", false),
            ("w/p", "W/P", false),
            ("W/99999999999", "W/4294967295", true),
        ] {
            let Some(Operator::Near(read, as_own)) = operator(word) else { panic!("{word}") };
            assert_eq!((read.to_string().as_str(), as_own), (written, own), "{word}");
        }
    }

    #[test]
    fn common_words_are_no_operators() {
        for word in [
            "and", "or", "not", "same", "SAME", "near", "adj", "W", "w/o", "W/", "/", "at", "NEAR/S",
            "AC/DC", "9/11", "atleast", "to", "in",
        ] {
            assert_eq!(operator(word), None, "{word}");
        }
    }
}
