//! Words that were broken at the end of a line: whether the hyphen there is the word's own.
//!
//! Where a page breaks words, "busi-" stands over "ness"; where it breaks only between words, "well-" over "known". The text itself
//! tells: the hyphen goes if the whole word stands elsewhere in it, and stays if the word stands there with the hyphen, or not
//! at all.

use rustc_hash::FxHashSet;

/// The words of a text, in small letters; those with hyphens as they are, too.
pub(super) struct Words(FxHashSet<String>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        Self(words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect())
    }

    /// Whether the hyphen that ends `above` was put there to break a word that goes on in `below`.
    pub(super) fn broken(&self, above: &str, below: &str) -> bool {
        let Some(above) = above.strip_suffix('-') else { return false };
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '&' | '\'' | '’');
        let start = above.trim_end_matches(is_part).len();
        let (first, second) = (above.get(start..).unwrap_or(""), leading_word(below));
        if first.is_empty() || !first.chars().all(char::is_alphabetic) {
            return false;
        }
        let (first, second) = (first.to_lowercase(), second.to_lowercase());
        !self.0.contains(&format!("{first}-{second}")) && self.0.contains(&(first + &second))
    }
}

/// The letters that `line` begins with.
fn leading_word(line: &str) -> &str {
    let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    line.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_stands_whole_elsewhere_was_broken() {
        let words = Words::of("Business was well-known. The long term matters.");
        assert!(words.broken("about the busi-", "ness of it"));
        assert!(words.broken("Busi-", "ness"));
        assert!(!words.broken("was a well-", "known man"));
        assert!(!words.broken("in a semi-", "detached house"));
        assert!(!words.broken("plain", "business"));
        assert!(!words.broken("&busi-", "ness"));
    }
}
