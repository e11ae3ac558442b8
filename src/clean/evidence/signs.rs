//! What the words of a line show: that it speaks to the reader, that it tells what somebody said, who writes.
//!
//! Phrases are found by the first two letters of words, in one pass over the line.

use std::sync::LazyLock;

use crate::clean::first_bytes::{Head, first_eight};

/// What the words of a line show: a bit for each [`Sign`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs(u8);

/// What a phrase shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
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
struct Phrases(Vec<Vec<Phrase>>);

/// A phrase with its first bytes, up to an apostrophe, which a text may have in two forms, and to the star.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    sign: Sign,
    text: &'static str,
    head: Head,
}

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
                    let plain = phrase.split(['\'', '*']).next().unwrap_or("");
                    row.push(Phrase { sign: *sign, text: phrase, head: Head::of(plain.as_bytes()) });
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
            let Some(word @ [first, second, ..]) = word.get(marks..) else { continue };
            let row = self.0.get(Self::row(*first, *second)).map_or(&[][..], Vec::as_slice);
            if row.is_empty() {
                continue;
            }
            let head = first_eight(word);
            for phrase in row.iter().filter(|phrase| phrase.head.begins_in_any_case(head)) {
                if begins_with(word, phrase.text) && stop(phrase.sign) {
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
    pub(super) fn of(line: &str) -> Self {
        let mut signs = Self::default();
        ALL.each(line.as_bytes(), true, |sign| {
            signs.0 |= 1 << sign as u8;
            sign == Sign::Report
        });
        signs
    }

    pub(super) fn has(self, sign: Sign) -> bool {
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

/// Whether the first or last words of a line speak to the reader, or an address stands in it.
pub(super) fn asks_in_passing(line: &str) -> bool {
    const BEGINNING: usize = 28;
    const END: usize = 20;
    let bytes = line.as_bytes();
    REQUESTS.find(bytes.get(..BEGINNING).unwrap_or(bytes), true)
        || bytes.len() > BEGINNING && REQUESTS.find(bytes.get(bytes.len() - END..).unwrap_or_default(), false)
        || memchr::memchr(b'@', bytes).is_some()
}
