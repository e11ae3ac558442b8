//! Names that the article itself gives an acronym: "Fishers of the Northern Sea (FNS)".

use super::run::is_acronym;
use crate::extract::{Text, is_capitalised};

/// The first token of the name that ends at token `last` and whose initials follow in brackets; the acronym is the token
/// after `last`.
pub(super) fn defined_before(text: &Text<'_>, last: usize) -> Option<usize> {
    if !matches!(text.gap(last), " (" | "'s (" | "’s (" | " (“" | " (\"" | " (the ") {
        return None;
    }
    let acronym = text.word(last + 1);
    let closes = text.gap(last + 1).starts_with([')', '”', '"', ',', ';']);
    (closes && is_acronym(acronym) && acronym.is_ascii()).then_some(())?;
    name_of_initials(text, last, acronym.as_bytes())
}

/// The first token of the name that ends at `last` and has the initials `letters`, read from its end.
fn name_of_initials(text: &Text<'_>, last: usize, letters: &[u8]) -> Option<usize> {
    let mut left = letters;
    let mut token = last;
    let mut skipped = 0;
    loop {
        let word = text.word(token);
        let bytes = word.as_bytes();
        let initial = *bytes.first()?;
        if let [rest @ .., letter] = left
            && initial.eq_ignore_ascii_case(letter)
            && (is_capitalised(word) || !is_link(word) || rest.len() + 1 == letters.len())
        {
            left = rest;
        } else if let Some(rest) = inner_letters(word, left) {
            left = rest;
        } else if !is_link(word) {
            // A word that gives no letter: "(CRAN)" has none for "Authority".
            skipped += 1;
            if skipped > 1 || !is_capitalised(word) {
                return None;
            }
        }
        if left.is_empty() {
            return is_capitalised(word).then_some(token);
        }
        let before = token.checked_sub(1)?;
        if !matches!(
            text.gap(before),
            " " | "-" | ", " | " & " | "&" | "'s " | "’s " | "’ " | "' " | "/" | " - " | " – "
        ) || last - before > letters.len() * 2 + 2
        {
            return None;
        }
        token = before;
    }
}

/// What remains of `left` when its end is letters of this one word, its first letter included.
fn inner_letters<'a>(word: &str, left: &'a [u8]) -> Option<&'a [u8]> {
    let bytes = word.as_bytes();
    let first = bytes.first()?;
    (2..=3usize).find_map(|n| {
        let (rest, end) = left.split_at_checked(left.len().checked_sub(n)?)?;
        let [head, tail @ ..] = end else { return None };
        let mut letters = bytes.iter().skip(1);
        (head.eq_ignore_ascii_case(first)
            && is_capitalised(word)
            && tail.iter().all(|t| letters.any(|l| l.eq_ignore_ascii_case(t))))
        .then_some(rest)
    })
}

/// Whether the word is one that acronyms leave out.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "the"
            | "and"
            | "on"
            | "in"
            | "to"
            | "de"
            | "la"
            | "del"
            | "des"
            | "du"
            | "do"
            | "da"
            | "di"
            | "y"
            | "e"
            | "et"
            | "against"
            | "with"
            | "s"
            | "los"
            | "las"
            | "les"
            | "und"
            | "der"
            | "den"
            | "al"
            | "el"
            | "The"
    )
}

/// The last token of the name in brackets after the acronym at token `at`, if it has those initials.
pub(super) fn defined_after(text: &Text<'_>, at: usize) -> Option<usize> {
    let acronym = text.word(at);
    if text.gap(at) != " (" || !is_acronym(acronym) || !acronym.is_ascii() {
        return None;
    }
    let end = (at + 1..at + 14).find(|n| text.gap(*n).starts_with(')'))?;
    (end > at + 1 && name_of_initials(text, end, acronym.as_bytes())? == at + 1).then_some(end)
}

/// Whether the acronym at token `at` stands in brackets after words in lower case with its initials: "electric vehicle (EV)".
pub(super) fn is_defined_as_common(text: &Text<'_>, at: usize) -> bool {
    let Some(last) = at.checked_sub(1).filter(|n| text.gap(*n) == " (") else { return false };
    let mut letters = text.word(at).bytes().rev();
    let mut token = last;
    loop {
        let word = text.word(token);
        let Some(letter) = letters.next() else { return true };
        if is_capitalised(word) {
            return false;
        }
        if !word.as_bytes().first().is_some_and(|b| b.eq_ignore_ascii_case(&letter)) {
            return false;
        }
        match token.checked_sub(1).filter(|n| matches!(text.gap(*n), " " | "-")) {
            Some(before) => token = before,
            None => return letters.next().is_none(),
        }
    }
}
