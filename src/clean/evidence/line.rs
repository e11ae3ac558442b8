//! Which lines may be furniture at all if they recur, by what they say and where they stand.
//!
//! News repeats more than furniture: background paragraphs, what a spokesman said, the headings and figures of tables. So a line must
//! make a [`Claim`]: to ask something of the reader or speak of the page, to say who wrote or publishes it at the edge of
//! the article, or to be a label above the first sentence or below the last. A line with a quote mark or a sum of money makes none,
//! one that reports what somebody said makes none, and figures are only borne in what is asked of the reader.

use std::hash::Hasher as _;
use std::sync::LazyLock;

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

/// Whether the first or last words of a line speak to the reader, or an address stands in it.
fn asks_in_passing(line: &str) -> bool {
    const BEGINNING: usize = 28;
    const END: usize = 20;
    let bytes = line.as_bytes();
    REQUESTS.find(bytes.get(..BEGINNING).unwrap_or(bytes), true)
        || bytes.len() > BEGINNING && REQUESTS.find(bytes.get(bytes.len() - END..).unwrap_or_default(), false)
        || memchr::memchr(b'@', bytes).is_some()
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

/// What the words of a line show: a bit for each [`Sign`].
#[derive(Debug, Clone, Copy, Default)]
struct Signs(u8);

/// What a phrase shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// That something is asked of the reader, or the page is spoken of.
    Request,
    /// The same, but only where a story has no sentence to say.
    Hint,
    /// That somebody's words are told.
    Report,
    /// Somebody who makes a paper, or one.
    Role,
    /// That somebody is somebody.
    Is,
}

/// Phrases, each whole words in small letters with straight apostrophes; a star stands for any ending.
const SIGNS: &[(Sign, &[&str])] = &[
    (
        Sign::Request,
        &[
            "click",
            "sign up",
            "sign in",
            "signing up",
            "subscribe*",
            "subscription*",
            "newsletter*",
            "email us",
            "e-mail us",
            "email him",
            "email her",
            "email me",
            "e-mail him",
            "e-mail her",
            "http*",
            "www.*",
            "follow us",
            "follow our",
            "follow more",
            "download*",
            "our app",
            "the app",
            "podcast*",
            "comments section",
            "in the comments",
            "comments below",
            "letters to",
            "write us",
            "contact us",
            "reach him",
            "reach her",
            "reached at",
            "got a tip",
            "send tips",
            "news tip*",
            "donate",
            "support our",
            "support us",
            "help us",
            "help keep",
            "advertisement*",
            "cookies",
            "privacy policy",
            "terms of use",
            "terms of service",
            "terms and conditions",
            "reprint*",
            "without permission",
            "homepage",
            "home page",
            "watch more",
            "watch live",
            "watch video",
            "watch our",
            "read more",
            "read the full",
            "read our",
            "read the rest",
            "read the best",
            "hear more",
            "tune in",
            "visit our",
            "visit the",
            "visit us",
            "join us",
            "join our",
            "join the conversation",
            "become a member",
            "share your",
            "share this",
            "have your say",
            "vote now",
            "vote here",
            "tell us",
            "let us know",
            "send us",
            "send your",
            "full coverage",
            "complete coverage",
            "more coverage",
            "continuing coverage",
            "our coverage",
            "our newsletter*",
            "our website",
            "our site",
            "our reporting",
            "our journalism",
            "our journalists",
            "our reporters",
            "our readers",
            "our community",
            "our mission",
            "our team",
            "our standards",
            "our editorial",
            "our guide",
            "our live",
            "our latest",
            "our stories",
            "our sponsors",
            "this article",
            "this story",
            "this report",
            "this column",
            "this website",
            "this podcast",
            "this transcript",
            "the newsletter",
            "paywall",
            "independent journalism",
            "editor's note",
            "editors' note",
            "advertiser*",
            "affiliate*",
            "you agree",
            "all rights reserved",
            "app store",
            "google play",
            "itunes",
            "spotify",
            "soundcloud",
            "patreon",
            "opens in new",
            "getty images",
            "hide caption",
            "toggle caption",
            "please include",
            "please enable",
            "unsubscribe",
        ],
    ),
    (
        Sign::Hint,
        &[
            "your",
            "you can",
            "you may",
            "follow him",
            "follow her",
            "follow me",
            "follow them",
            "listen",
            "copyright",
            "correction",
            "corrections",
            "a tip",
            "membership",
            "loading",
            "donation",
            "inbox",
            "share it",
            "write to",
            "watch the",
            "watch on",
            "check out",
            "this page",
            "this post",
            "this site",
            "this video",
            "this interview",
            "this piece",
            "sponsored",
            "licensing",
            "transcripts",
        ],
    ),
    (
        Sign::Report,
        &[
            "said",
            "says",
            "told",
            "according",
            "for comment",
            "to comment",
            "declined",
            "denied",
            "responded",
            "respond to",
            "be reached for",
            "immediately reach",
            "immediately reached",
            "asked",
            "testified",
            "alleged",
            "added that",
            "argued",
        ],
    ),
    (
        Sign::Role,
        &[
            "editor",
            "editors",
            "columnist",
            "correspondent*",
            "reporter*",
            "writer*",
            "author",
            "authors",
            "contributor*",
            "professor",
            "fellow",
            "host",
            "hosts",
            "journalist*",
            "producer",
            "commentator",
            "newsroom",
            "newspaper",
            "magazine",
            "publication",
            "wire service*",
            "column",
        ],
    ),
    (Sign::Is, &["is", "are", "was", "covers", "cover", "writes", "reports", "based"]),
];

/// Phrases by their first two letters.
struct Phrases(Vec<Vec<(Sign, &'static str)>>);

static REQUESTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|sign| sign == Sign::Request));
static ALL: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|_| true));

impl Phrases {
    fn of(wanted: impl Fn(Sign) -> bool) -> Self {
        let mut rows = vec![Vec::new(); 32 * 32];
        for (sign, phrases) in SIGNS.iter().filter(|(sign, _)| wanted(*sign)) {
            for phrase in *phrases {
                if let [first, second, ..] = phrase.as_bytes()
                    && let Some(row) = rows.get_mut(Self::row(*first, *second))
                {
                    row.push((*sign, *phrase));
                }
            }
        }
        Self(rows)
    }

    /// The row of two letters of any case; two other bytes may share it.
    fn row(first: u8, second: u8) -> usize {
        usize::from(first & 31) << 5 | usize::from(second & 31)
    }

    /// Gives what every phrase in `text` shows that begins a word behind a space, until `stop` says that it is enough; and
    /// what begins the text, if `whole` says that no word reaches into it.
    fn each(&self, text: &[u8], whole: bool, mut stop: impl FnMut(Sign) -> bool) {
        const MARKS: usize = 3;
        let starts =
            whole.then_some(0).into_iter().chain(memchr::memchr_iter(b' ', text).map(|space| space + 1));
        for start in starts {
            let Some(word) = text.get(start..) else { return };
            // Brackets and dashes may stand before it.
            let marks = word.iter().take(MARKS).take_while(|byte| !byte.is_ascii_alphanumeric()).count();
            let Some([first, second, ..]) = word.get(marks..) else { continue };
            let row = self.0.get(Self::row(*first, *second));
            for (sign, phrase) in row.map_or(&[][..], Vec::as_slice) {
                if word.get(marks..).is_some_and(|word| begins_with(word, phrase)) && stop(*sign) {
                    return;
                }
            }
        }
    }

    fn find(&self, text: &[u8], whole: bool) -> bool {
        let mut found = false;
        self.each(text, whole, |_| {
            found = true;
            true
        });
        found
    }
}

impl Signs {
    /// The signs of a line; once it is known to report, the others do not matter.
    fn of(line: &str) -> Self {
        let mut signs = Self::default();
        ALL.each(line.as_bytes(), true, |sign| {
            signs.0 |= 1 << sign as u8;
            sign == Sign::Report
        });
        signs
    }

    fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u8 != 0
    }
}

/// Whether a text begins with a phrase of [`SIGNS`] and the last word of it ends there.
fn begins_with(text: &[u8], phrase: &str) -> bool {
    let (phrase, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    let mut text = text.iter();
    for wanted in phrase.bytes() {
        match text.next() {
            Some(byte) if byte.to_ascii_lowercase() == wanted => {}
            // A curly apostrophe, U+2019, is three bytes.
            Some(0xe2) if wanted == b'\'' && text.next() == Some(&0x80) && text.next() == Some(&0x99) => {}
            _ => return false,
        }
    }
    open || text.next().is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80 || *byte == 0xe2)
}
