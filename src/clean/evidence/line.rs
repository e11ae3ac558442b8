//! Which lines may be furniture at all if they recur, by what they say and where they stand.
//!
//! News repeats more than furniture: background paragraphs, what a spokesman said, the headings and figures of tables. So a line must
//! make a [`Claim`]: to ask something of the reader or speak of the page, to say who wrote or publishes it at the edge of
//! the article, or to be a label above the first sentence or below the last. A line with a quote mark or a sum of money makes none,
//! one that reports what somebody said makes none, and figures are only borne in what is asked of the reader.

use std::hash::Hasher as _;

use super::signs::{Sign, Signs, asks_in_passing};
use super::source::Source;
use crate::clean::furniture_match::ends_sentence;

/// What a line seems to be, so that its recurring tells that it is no part of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// It asks something of the reader, or speaks of the page: "Help us keep our reporters on the quay."
    Request,
    /// It says who somebody is that writes, or names the outlet, at the edge of the article.
    About,
    /// It is no sentence, and stands above the first or below the last.
    Label,
}

impl Claim {
    /// Its name in the record.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::About => "about",
            Self::Label => "label",
        }
    }

    /// The fewest articles that must have the line.
    pub(super) fn least(self) -> u16 {
        match self {
            Self::Request | Self::About => 3,
            Self::Label => 4,
        }
    }

    /// How many articles must have the line of a source with this many, so that chance is no evidence.
    pub(super) fn share(self, articles: u16) -> u32 {
        let one_of = match self {
            Self::Request => 10_000,
            Self::About => 5000,
            Self::Label => 500,
        };
        u32::from(articles).div_ceil(one_of)
    }
}

/// Where a line stands among those that stay.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Whether it is one of the first or last few lines.
    pub(super) edge: bool,
    /// Whether no sentence stands above it, or none below.
    pub(super) outside: bool,
}

/// The longest line that makes a claim, in bytes.
pub(super) const LONGEST: usize = 400;
/// The longest that is looked at as a whole.
const LONGEST_AT_EDGE: usize = 280;
const LONGEST_LABEL: usize = 64;
/// The longest line that stays in the text as prose does, whatever it ends with.
const LONGEST_LOOSE: usize = 120;

/// What a line seems to be, if it may be furniture.
pub(super) fn claim(line: &str, place: Place, source: &Source<'_>) -> Option<Claim> {
    if line.len() > LONGEST || line.len() < 2 {
        return None;
    }
    // Inside the story most lines end here: what asks something of the reader says so with its first words or its last.
    let ends = (place.edge || place.outside) && line.len() <= LONGEST_AT_EDGE;
    if !ends && !asks_in_passing(line) || has_quote(line) || has_sum(line) {
        return None;
    }
    let signs = Signs::of(line);
    if signs.has(Sign::Report) {
        return None;
    }
    if signs.has(Sign::Request) || signs.has(Sign::Hint) && ends || line.contains('@') {
        return Some(Claim::Request);
    }
    if line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let sentence = ends_sentence(line);
    if place.outside && !sentence && line.len() <= LONGEST_LABEL && line.contains(char::is_alphabetic) {
        return Some(Claim::Label);
    }
    let about = place.edge
        && !line.ends_with(':')
        && (signs.has(Sign::Role) && signs.has(Sign::Is) || source.is_named_in(line));
    about.then_some(Claim::About)
}

/// Whether a line holds the sign of a currency, or a share in hundred.
fn has_sum(line: &str) -> bool {
    memchr::memchr2(b'$', b'%', line.as_bytes()).is_some() || !line.is_ascii() && line.contains(['€', '£'])
}

/// Whether a line is one of the story wherever it stands: it ends like a sentence, is long, or holds a figure or a quote.
pub(super) fn is_story(line: &str) -> bool {
    line.len() > LONGEST_LOOSE
        || ends_sentence(line)
        || line.bytes().any(|b| b.is_ascii_digit())
        || has_quote(line)
}

/// Whether a line holds a quote mark that is no apostrophe.
pub(in crate::clean) fn has_quote(line: &str) -> bool {
    let bytes = line.as_bytes();
    if memchr::memchr(b'"', bytes).is_some() || line.starts_with('\'') || line.ends_with('\'') {
        return true;
    }
    if memchr::memmem::find(bytes, b" '").is_some() {
        return true;
    }
    !line.is_ascii() && line.contains(['“', '”', '„', '«', '»', '‘', '‹', '›', '「', '」'])
}

/// A fingerprint of a line of a source: small letters, every number as one, white space and marks at the edges left out.
pub(super) fn fingerprint(line: &str, source: &Source<'_>) -> u64 {
    let core = line.trim_matches(|c: char| !c.is_alphanumeric());
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write_u64(source.key);
    let mut word: u64 = 0;
    let mut last = 0;
    for byte in core.bytes() {
        let byte = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
        if byte == b'0' && last == b'0' {
            continue;
        }
        last = byte;
        word = word.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte);
    }
    hasher.write_u64(word);
    hasher.write_usize(core.len().min(1));
    hasher.finish().max(1)
}

/// A fingerprint of a sentence as it stands.
pub(super) fn exact(line: &str, source: &Source<'_>) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write_u64(source.key);
    hasher.write(line.as_bytes());
    hasher.finish().max(1)
}
