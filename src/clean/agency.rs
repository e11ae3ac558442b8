//! Which news agency a story came from, where its dateline does not say: by its byline, its outlet, or its last words.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::names::agency::{at_start, is_plain, lookup};

/// The agency that a byline names beside its authors, or instead of them: "Jane Roe, AFP", "JANE ROE Associated Press".
pub(super) fn of_byline(byline: &str) -> Option<&'static str> {
    const LONGEST: usize = 300;
    const FEWEST_LETTERS: usize = 5;
    let byline = byline.get(..LONGEST).unwrap_or(byline);
    byline.split([',', '|', '/', ';', '(', ')']).find_map(|part| {
        let part = part.trim();
        lookup(part).filter(|name| is_plain(name)).or_else(|| {
            // A long name may follow the author's without a comma.
            let spaces = part.match_indices(' ').filter_map(|(at, _)| part.get(at + 1..));
            spaces.filter(|end| end.len() >= FEWEST_LETTERS).find_map(lookup)
        })
    })
}

/// The agency that an outlet is.
pub(super) fn of_source(source: &str) -> Option<&'static str> {
    lookup(source).filter(|name| is_plain(name))
}

/// The agency that signs a raw text: in brackets at its end, or in a line of copyright there.
pub(super) fn of_end(text: &str) -> Option<&'static str> {
    const LOOKED_AT: usize = 600;
    let text = text.trim_end();
    let mut from = text.len().saturating_sub(LOOKED_AT);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let end = text.get(from..)?;
    signature(end).or_else(|| copyright(end))
}

/// "(Reuters)" or "- AFP" as the last words.
fn signature(end: &str) -> Option<&'static str> {
    const FEW: usize = 40;
    let mut from = end.len().saturating_sub(FEW);
    while !end.is_char_boundary(from) {
        from += 1;
    }
    let (inside, brackets) = end.strip_suffix(')').map_or((end, false), |inside| (inside, true));
    let opens = |c: char| if brackets { c == '(' } else { matches!(c, '-' | '—' | '–' | '\n') };
    let at = from + inside.get(from..)?.rfind(opens)?;
    let name = inside.get(at..)?.trim_start_matches(opens);
    let before = end.get(..at)?.trim_end_matches([' ', '-', '\n']);
    let ended = before.is_empty() || before.ends_with(['.', '!', '?', '"', '”', '\'', '’', ')']);
    let signed = ended || end.get(..at)?.ends_with('\n');
    signed.then(|| lookup(name)).flatten().filter(|name| is_plain(name))
}

/// "© 2023 AFP", "Copyright 2012 The Associated Press. All rights reserved."
fn copyright(end: &str) -> Option<&'static str> {
    /// What stands for a copyright, the first letter's case left open.
    static SIGNS: LazyLock<[Finder<'static>; 5]> =
        LazyLock::new(|| ["©", "opyright", "OPYRIGHT", "(c)", "(C)"].map(Finder::new));
    let signs =
        SIGNS.iter().flat_map(|sign| sign.find_iter(end.as_bytes()).map(|at| at + sign.needle().len()));
    signs.into_iter().find_map(|at| {
        let mut rest = end.get(at..)?;
        // What stands between the sign and the owner: other signs, years, "by".
        loop {
            let next = rest.trim_start_matches([' ', ',', '.', '-', '–', '\u{a0}', '©', ':']);
            let next = next.trim_start_matches(|c: char| c.is_ascii_digit());
            let next = ["(c)", "(C)", "by ", "Copyright "]
                .iter()
                .find_map(|word| next.strip_prefix(word))
                .unwrap_or(next);
            if next.len() == rest.len() {
                break;
            }
            rest = next;
        }
        at_start(rest).map(|(name, _)| name).filter(|name| is_plain(name))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bylines_outlets_and_last_words_name_agencies() {
        for (byline, name) in [
            ("Jane Roe, AFP", Some("AFP")),
            ("JANE ROE Associated Press", Some("AP")),
            ("The Associated Press", Some("AP")),
            ("Reuters", Some("Reuters")),
            ("Jane Roe | PTI", Some("PTI")),
            ("Jane Pa", None),
            ("Jane Roe, PA", None),
            ("Ap Roe", None),
        ] {
            assert_eq!(of_byline(byline), name, "{byline}");
        }
        assert_eq!((of_source("Agence France-Presse"), of_source("Harbour Post")), (Some("AFP"), None));
        for (end, name) in [
            ("It is shut. (Reuters)", Some("Reuters")),
            ("It is shut.\n(PTI)", Some("PTI")),
            ("It is shut. - AFP\n", Some("AFP")),
            ("It is shut.\n© 2023 AFP", Some("AFP")),
            ("Copyright (c) 2012, The Associated Press. All rights reserved.", Some("AP")),
            ("It is run by the bank (UPI)", None),
            ("It is shut.\n© 2023 Harbour Post", None),
            ("Photographs: (Jane Roe/AP)", None),
            ("", None),
        ] {
            assert_eq!(of_end(end), name, "{end}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,60}(©|copyright|\\(c\\)| - |\\()?\\PC{0,20}(AP|é|2012)?\\)?", long in "\\PC{0,900}") {
            for text in [&text, &long] {
                let _ = (of_end(text), of_byline(text), of_source(text));
            }
        }
    }
}
