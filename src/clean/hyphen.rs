//! Words that were broken at the end of a line: whether the hyphen there is the word's own.
//!
//! Where a page breaks words, "busi-" stands over "ness"; where it breaks only between words, "well-" over "known". The text itself
//! tells: the hyphen goes if the whole word stands elsewhere in it, and stays if the word stands there with the hyphen, or not
//! at all.

use memchr::memmem;

/// Whether the hyphen that ends `above` was put there to break a word that goes on in `below`, as `text` tells.
pub(super) fn broken(text: &str, above: &str, below: &str) -> bool {
    let Some(above) = above.strip_suffix('-') else { return false };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '&' | '\'' | '’');
    let start = above.trim_end_matches(is_part).len();
    let (first, second) = (above.get(start..).unwrap_or(""), leading_word(below));
    if first.is_empty() || !first.chars().all(char::is_alphabetic) {
        return false;
    }
    let small = first.to_lowercase();
    let stands = |first: &str, hyphen: &str| has_word(text, &format!("{first}{hyphen}{second}"));
    [first, &small].into_iter().any(|first| stands(first, ""))
        && ![first, &small].into_iter().any(|first| stands(first, "-"))
}

/// Whether `word` stands in `text` as a word.
fn has_word(text: &str, word: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    memmem::find_iter(text.as_bytes(), word).any(|at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !inside(before) && !inside(after)
    })
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
        let text = "Of business that was well-known. The long term matters.";
        assert!(broken(text, "about the busi-", "ness of it"));
        assert!(broken(text, "Busi-", "ness"));
        assert!(!broken(text, "was a well-", "known man"));
        assert!(!broken(text, "in a semi-", "detached house"));
        assert!(!broken(text, "plain", "business"));
        assert!(!broken(text, "&busi-", "ness"));
    }
}
