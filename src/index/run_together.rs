//! Words that may be two run together: `removethe`, `ofIran`.
//!
//! One of the two is a function word of a closed list, the other one a word, too. The list of exceptions (`run_together.txt`) has the
//! words and names of English that fall into two in this way and are none: `notable`, `forget`, `carson`. Whether a candidate
//! is two words is decided where the corpus is known, by how often it and its parts stand there (`segment/evidence.rs`).

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::common::{begins_common, is_common};
use crate::article::{RunTogether, Span, TextField};

/// The shortest and the longest token that is looked at, in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=30;
/// The longest function word, in bytes.
const LONGEST: usize = 4;

/// Words that stand beside any of these, however short both are.
const PARTNERS: [&str; 79] = [
    "a", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could",
    "for", "from", "had", "has", "have", "he", "her", "here", "his", "i", "if", "in", "is", "it", "its",
    "may", "might", "more", "most", "my", "no", "not", "of", "on", "one", "only", "or", "other", "our",
    "she", "so", "some", "such", "than", "that", "the", "their", "then", "there", "these", "they", "this",
    "those", "three", "to", "two", "was", "we", "were", "what", "when", "where", "which", "who", "will",
    "with", "would", "you", "your", "him", "them", "said", "into", "about",
];

/// English words and names that would pass for two.
static EXCEPTIONS: LazyLock<HashSet<&str, FxBuildHasher>> =
    LazyLock::new(|| include_str!("run_together.txt").split_whitespace().collect());

/// The candidates of an article, in order of field and start.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) list: Vec<RunTogether>,
    /// Whether there is none for sure.
    none: bool,
}

impl Candidates {
    /// None yet. They are looked for in English, and where no language is known.
    pub(super) fn of(lang: Option<&str>) -> Self {
        let english = lang.is_none_or(|tag| tag.split('-').next() == Some("en"));
        Self { list: Vec::new(), none: !english }
    }

    /// Finds those of the title.
    pub(super) fn in_title(&mut self) -> Option<Finder<'_>> {
        (!self.none).then_some(Finder { list: &mut self.list, field: TextField::Title })
    }

    /// Finds those of the body, after those of the title.
    pub(super) fn in_body(&mut self) -> Option<Finder<'_>> {
        (!self.none).then_some(Finder { list: &mut self.list, field: TextField::Body })
    }

    /// The number of the one that stands there, and where it is cut.
    pub(super) fn at(&self, field: TextField, span: Span) -> Option<(u32, u32)> {
        let at = self.list.binary_search_by_key(&(field, span), |c| (c.field, c.span)).ok()?;
        Some((u32::try_from(at).ok()?, self.list.get(at)?.cut))
    }
}

/// Finds the candidates of one text.
#[derive(Debug)]
pub(super) struct Finder<'a> {
    list: &'a mut Vec<RunTogether>,
    field: TextField,
}

impl Finder<'_> {
    /// Where the second word begins in the token at `span` of `text`, in bytes of the token, if it may be two; and remembers it.
    #[inline]
    pub(super) fn find(&mut self, text: &str, span: Span) -> Option<u8> {
        if !LENGTHS.contains(&span.len()) {
            return None;
        }
        let at = cut_at(text, span)?;
        let cut = u8::try_from(at).ok()?;
        self.list.push(RunTogether { field: self.field, span, cut: span.start + u32::from(cut) });
        Some(cut)
    }
}

/// The same of a token in its text.
fn cut_at(text: &str, span: Span) -> Option<usize> {
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(0);
    let after = match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'.'), next) if next.is_none_or(u8::is_ascii_whitespace) => 0, // the end of a sentence
        (byte, _) => byte.copied().unwrap_or(0),
    };
    cut(text.get(start..end)?, before, after)
}

/// Where the second word begins in a token that may be two, in bytes; `before` and `after` are the bytes beside it, 0 where there
/// are none.
///
/// Capitalised words are names, or begin a sentence, and are left alone; so is what stands in an address.
pub(super) fn cut(token: &str, before: u8, after: u8) -> Option<usize> {
    let bytes = token.as_bytes();
    if !LENGTHS.contains(&bytes.len())
        || !bytes.first()?.is_ascii_lowercase()
        || in_address(before)
        || in_address(after)
    {
        return None;
    }
    let mut capital = None;
    for (byte, at) in bytes.iter().zip(0..) {
        match byte {
            b'a'..=b'z' => {}
            b'A'..=b'Z' if capital.is_none() => capital = Some(at),
            _ => return None,
        }
    }
    match capital {
        Some(at) => capital_cut(token, at),
        None => lower_cut(token),
    }
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

fn lower_cut(token: &str) -> Option<usize> {
    let len = token.len();
    let mut best: Option<(u8, usize)> = None;
    for at in (2..=LONGEST).chain(len.saturating_sub(LONGEST)..=len.saturating_sub(2)) {
        let Some((first, second)) = token.split_at_checked(at) else { continue };
        if fits(first, second) {
            // Of several ways, the one of which most is known.
            let unknown = [first, second].map(|part| rank(part).unwrap_or(2)).into_iter().max().unwrap_or(2);
            if best.is_none_or(|(least, _)| unknown < least) {
                best = Some((unknown, at));
            }
        }
    }
    let (_, at) = best?;
    (!is_common(token) && !EXCEPTIONS.contains(token) && !begins_common(token)).then_some(at)
}

/// Whether two parts look like a function word and what stands beside it. The short ones are endings and beginnings of many words,
/// so more is asked there.
fn fits(first: &str, second: &str) -> bool {
    let leads = is_function(first)
        && (is_partner(second)
            || match first {
                "in" => false, // inaction, indefense
                "be" => second.len() >= 5 && (second.ends_with("ed") || second.ends_with("ing")),
                _ if first.len() == 2 && first != "to" && first != "of" => {
                    second.len() >= 5 && !second.ends_with("ing") // onlooking
                }
                _ => second.len() >= 3,
            });
    leads
        || is_function(second)
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
        b"are" | b"as" | b"at" | b"and" | b"be" | b"by" | b"for" | b"from" | b"had" | b"has" | b"have" | b"he"
            | b"him" | b"in" | b"is" | b"it" | b"not" | b"of" | b"on" | b"said" | b"that" | b"the" | b"to"
            | b"was" | b"were" | b"with"
    )
}

fn is_partner(word: &str) -> bool {
    word.len() <= 5 && PARTNERS.contains(&word)
}

/// How well a part is known: 0 for a common word, 1 for what looks like a form of one; `None` where only the corpus can tell.
pub(super) fn rank(part: &str) -> Option<u8> {
    /// What endings take the place of.
    const ENDINGS: [(&str, &str); 10] = [
        ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"),
        ("ied", "y"), ("ly", ""),
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
        LENGTHS.contains(&whole.len()) && (whole.starts_with(part) || whole.ends_with(part))
    };
    is_function(a) || is_function(b) || holds(a, b) || holds(b, a)
}
