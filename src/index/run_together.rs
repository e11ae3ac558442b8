//! Words that may be two run together: `removethe`, `ofIran`.
//!
//! One of the two is a function word of a closed list, the other one a word, too. The list of exceptions (`run_together.txt`) has the
//! words and names of English that fall into two in this way and are none: `notable`, `forget`, `carson`. Whether a candidate
//! is two words is decided where the corpus is known, by how often it and its parts stand there (`segment/evidence.rs`).

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::text::{begins_common, is_common};

/// The shortest and the longest token that is looked at, in bytes.
const LENGTHS: (usize, usize) = (5, 30);

/// Whether a token has a length that is looked at.
#[inline]
pub(super) fn has_length(len: usize) -> bool {
    LENGTHS.0 <= len && len <= LENGTHS.1
}

/// The longest function word, in bytes.
const LONGEST: usize = 4;

/// English words and names that would pass for two.
static EXCEPTIONS: LazyLock<HashSet<&str, FxBuildHasher>> =
    LazyLock::new(|| include_str!("run_together.txt").split_whitespace().collect());

/// Where the second word begins in a token that may be two, in bytes; `before` and `after` are the bytes beside it, 0 where there
/// are none.
///
/// Capitalised words are names, or begin a sentence, and are left alone; so is what stands in an address.
pub(super) fn cut(token: &str, before: u8, after: u8) -> Option<usize> {
    let bytes = token.as_bytes();
    if !has_length(bytes.len()) {
        return None;
    }
    let (leads, trails) = ends(bytes);
    if !leads && !trails || in_address(before) || in_address(after) {
        return None;
    }
    if bytes.len() == 5 {
        // `ofthe` and its like; there are too many other words of five letters.
        return token.strip_suffix("the").filter(|first| is_function(first)).map(str::len);
    }
    let mut capital = None;
    for (byte, at) in bytes.iter().zip(0..) {
        match byte {
            b'a'..=b'z' => {}
            b'A'..=b'Z' if capital.is_none() && at > 0 => capital = Some(at),
            _ => return None,
        }
    }
    match capital {
        Some(at) => capital_cut(token, at),
        None => lower_cut(token, leads, trails),
    }
}

/// Pairs of small letters: to each first one the second ones, a bit each.
type Pairs = [u32; 32];

const fn pairs(list: &[u8]) -> Pairs {
    let (mut bits, mut at) = ([0; 32], 0);
    while at + 1 < list.len() {
        bits[list[at] as usize & 31] |= 1 << (list[at + 1] & 31);
        at += 2;
    }
    bits
}

/// The letters with which function words begin and end.
static FIRST: Pairs = pairs(b"arasatanbebyfofrhahehiinisitnoofonsathtowawewi");
static LAST: Pairs = pairs(b"reasatndbebyoromadveheiminisitototofonidtoth");

/// Whether a token may begin and may end with a function word, by two letters.
#[inline]
pub(super) fn ends(token: &[u8]) -> (bool, bool) {
    let ([one, two, ..], [.., last_but_one, last]) = (token, token) else { return (false, false) };
    (is_pair(&FIRST, [*one, *two]), is_pair(&LAST, [*last_but_one, *last]))
}

/// Whether a pair is one of these; of what is no small letter the answer is of no account.
#[inline]
fn is_pair(pairs: &Pairs, [first, second]: [u8; 2]) -> bool {
    pairs[usize::from(first & 31)] >> (second & 31) & 1 == 1
}

/// Whether a byte beside a token makes it a part of an address, a name of a user, or a longer word.
fn in_address(byte: u8) -> bool {
    byte >= 0x80 || matches!(byte, b'.' | b'/' | b'@' | b'#' | b'_' | b'-' | b'\'' | b'&' | b'=')
}

/// A capital in a word says where the second begins: `ofIran`.
fn capital_cut(token: &str, at: usize) -> Option<usize> {
    let (first, second) = token.split_at_checked(at)?;
    let fits = is_function(first) && second.len() >= 3;
    (fits && !EXCEPTIONS.contains(&*token.to_ascii_lowercase())).then_some(at)
}

fn lower_cut(token: &str, leads: bool, trails: bool) -> Option<usize> {
    let mut cuts = [0; 2 * LONGEST];
    let mut count = 0;
    for len in 2..=LONGEST {
        let behind = token.len() - len;
        if leads && token.split_at_checked(len).is_some_and(|(first, second)| fits_before(first, second)) {
            cuts[count] = len;
            count += 1;
        }
        if trails && token.split_at_checked(behind).is_some_and(|(first, second)| fits_behind(first, second))
        {
            cuts[count] = behind;
            count += 1;
        }
    }
    let cuts = cuts.get(..count)?;
    if cuts.is_empty() || is_common(token) || EXCEPTIONS.contains(token) || begins_common(token) {
        return None;
    }
    // Of several ways, the first of those of which most is known.
    let unknown = |at: &usize| {
        let (first, second) = token.split_at_checked(*at).unwrap_or_default();
        [first, second].map(|part| rank(part).unwrap_or(2)).into_iter().max()
    };
    if let [only] = cuts { Some(*only) } else { cuts.iter().min_by_key(|at| unknown(at)).copied() }
}

/// Whether the first part is a function word and the second what may stand behind it. The short ones are the beginnings of many
/// words, so more is asked there.
fn fits_before(first: &str, second: &str) -> bool {
    is_function(first)
        && (is_partner(second)
            || match first {
                "in" => false, // inaction, indefense
                "be" => second.len() >= 5 && (second.ends_with("ed") || second.ends_with("ing")),
                _ if first.len() == 2 && first != "to" && first != "of" => {
                    second.len() >= 5 && !second.ends_with("ing") // onlooking
                }
                _ => second.len() >= 3,
            })
}

/// Whether the second part is a function word and the first what may stand before it.
fn fits_behind(first: &str, second: &str) -> bool {
    is_function(second)
        && (is_partner(first)
            || match second {
                // Not fightin', keepin'.
                "in" => first.len() >= 4 && first.ends_with(['s', 'd', 'e', 'g']),
                "as" | "at" | "be" | "by" | "he" | "is" | "it" | "on" => first.len() >= 4,
                _ => first.len() >= 3,
            })
}

/// Whether a word is one that hardly any sentence is without. The space beside these is the one that is lost most.
fn is_function(word: &str) -> bool {
    matches!(
        word.as_bytes(),
        b"are"
            | b"as"
            | b"at"
            | b"and"
            | b"be"
            | b"by"
            | b"for"
            | b"from"
            | b"had"
            | b"has"
            | b"have"
            | b"he"
            | b"him"
            | b"in"
            | b"is"
            | b"it"
            | b"not"
            | b"of"
            | b"on"
            | b"said"
            | b"that"
            | b"the"
            | b"to"
            | b"was"
            | b"were"
            | b"with"
    )
}

/// Whether a word stands beside any of these, however short both are.
fn is_partner(word: &str) -> bool {
    word.len() <= 5
        && matches!(
            word.as_bytes(),
            b"a" | b"all"
                | b"also"
                | b"an"
                | b"and"
                | b"any"
                | b"are"
                | b"as"
                | b"at"
                | b"be"
                | b"been"
                | b"but"
                | b"by"
                | b"can"
                | b"could"
                | b"for"
                | b"from"
                | b"had"
                | b"has"
                | b"have"
                | b"he"
                | b"her"
                | b"here"
                | b"his"
                | b"i"
                | b"if"
                | b"in"
                | b"is"
                | b"it"
                | b"its"
                | b"may"
                | b"might"
                | b"more"
                | b"most"
                | b"my"
                | b"no"
                | b"not"
                | b"of"
                | b"on"
                | b"one"
                | b"only"
                | b"or"
                | b"other"
                | b"our"
                | b"she"
                | b"so"
                | b"some"
                | b"such"
                | b"than"
                | b"that"
                | b"the"
                | b"their"
                | b"then"
                | b"there"
                | b"these"
                | b"they"
                | b"this"
                | b"those"
                | b"three"
                | b"to"
                | b"two"
                | b"was"
                | b"we"
                | b"were"
                | b"what"
                | b"when"
                | b"where"
                | b"which"
                | b"who"
                | b"will"
                | b"with"
                | b"would"
                | b"you"
                | b"your"
                | b"him"
                | b"them"
                | b"said"
                | b"into"
                | b"about"
        )
}

/// Whether a function word tells by itself that the unknown word beside it is one: it is seldom the beginning of a word (where it
/// `leads`) or the end of one.
pub(super) fn is_telling(function: &str, leads: bool) -> bool {
    matches!(
        function,
        "the" | "that" | "for" | "from" | "with" | "was" | "were" | "had" | "has" | "have" | "said" | "of"
    ) || leads && function == "to"
}

/// How well a part is known: 0 for a common word, 1 for what looks like a form of one; `None` where only the corpus can tell.
pub(super) fn rank(part: &str) -> Option<u8> {
    /// What endings take the place of.
    const ENDINGS: [(&str, &str); 10] = [
        ("s", ""),
        ("es", ""),
        ("ed", ""),
        ("ed", "e"),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ies", "y"),
        ("ied", "y"),
        ("ly", ""),
    ];
    if is_common(part) {
        return Some(0);
    }
    let mut word = String::new();
    let form = ENDINGS.iter().any(|(ending, instead)| {
        part.strip_suffix(ending).filter(|stem| stem.len() >= 3).is_some_and(|stem| {
            word.clear();
            word.push_str(stem);
            word.push_str(instead);
            is_common(&word)
        })
    });
    form.then_some(1)
}

/// Whether one token can stand for both terms, because it is two words run together or one of them is a part of the other.
pub(crate) fn may_share(a: &str, b: &str) -> bool {
    let holds = |whole: &str, part: &str| {
        has_length(whole.len()) && (whole.starts_with(part) || whole.ends_with(part))
    };
    is_function(a) || is_function(b) || holds(a, b) || holds(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_every_function_word_are_known() {
        for word in [
            "are", "as", "at", "and", "be", "by", "for", "from", "had", "has", "have", "he", "him", "in",
            "is", "it", "not", "of", "on", "said", "that", "the", "to", "was", "were", "with",
        ] {
            let bytes = word.as_bytes();
            assert!(is_function(word), "{word}");
            assert!(ends(bytes) == (true, true), "{word}");
        }
        assert!(ends(b"zzzz") == (false, false));
    }

    #[test]
    fn candidates_are_cut_beside_a_function_word() {
        for (token, at) in [
            ("removethe", Some(6)),
            ("ofthe", Some(2)),
            ("bathe", None),
            ("toend", None),
            ("ofIran", Some(2)),
            ("fromthe", Some(4)),
            ("thatto", Some(4)),
            ("tothink", Some(2)),
            ("beinvestigated", Some(2)),
            ("manifesto", Some(7)), // the corpus will say that there is no manifes
            ("notable", None),
            ("Removethe", None),
            ("REMOVEthe", None),
            ("removeThe", None),
            ("remove", None),
            ("majorit", None),
            ("fightin", None),
            ("the2nd", None),
            ("thé\u{e9}the", None),
        ] {
            assert_eq!(cut(token, b' ', b','), at, "{token}");
        }
        assert_eq!(cut("removethe", b'@', b' '), None);
        assert_eq!(cut("removethe", b' ', b'-'), None);
    }

    #[test]
    fn every_exception_would_be_cut_without_the_list() {
        let words: Vec<&str> = include_str!("run_together.txt").split_whitespace().collect();
        assert!(words.is_sorted() && words.len() == EXCEPTIONS.len());
        let splits = |word: &str| {
            (2..word.len() - 1).any(|at| {
                let (first, second) = word.split_at_checked(at).unwrap_or_default();
                fits_before(first, second) || fits_behind(first, second)
            })
        };
        assert!(words.iter().filter(|word| !splits(word)).count() < 16); // and misspellings
    }
}
