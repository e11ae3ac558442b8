//! The shapes of lines that speak of the page, of its writers and of what else there is to read.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::evidence::has_quote;

/// What a page calls itself.
const PAGES: &[&str] = &[
    "this report",
    "this story",
    "this article",
    "this post",
    "this piece",
    "this page",
    "this column",
    "this blog",
];
/// What was done to it.
const UPDATED: &[&str] = &[
    "updated",
    "last updated",
    "first published",
    "originally published",
    "published",
    "posted",
    "last modified",
    "first posted",
    "was updated",
    "was last updated",
    "has been updated",
    "was first published",
    "was published",
    "was originally published",
    "was posted",
    "was last modified",
    "has been updated and corrected",
];
/// Words of dates and times.
const TIMES: &[&str] = &[
    "at",
    "on",
    "by",
    "and",
    "a.m",
    "p.m",
    "am",
    "pm",
    "et",
    "edt",
    "est",
    "ct",
    "cdt",
    "cst",
    "mt",
    "pt",
    "pdt",
    "pst",
    "gmt",
    "bst",
    "utc",
    "ist",
    "cet",
    "aest",
    "eastern",
    "pacific",
    "central",
    "time",
    "noon",
    "midnight",
    "today",
    "yesterday",
    "ago",
    "minutes",
    "minute",
    "hours",
    "hour",
    "days",
    "day",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "updated",
    "published",
    "first",
    "last",
    "modified",
    "local",
];

/// Whether a folded line says when the page was made or changed, and nothing else: `updated at 3:45 p.m. et`.
pub(super) fn is_updated(core: &str) -> bool {
    if !core.starts_with(['t', 'u', 'f', 'l', 'o', 'p', 'w', 'h', 'a', '(']) {
        return false;
    }
    let core = core.trim_matches(['(', ')', ' ', '.']);
    let core = core.strip_prefix("article ").unwrap_or(core);
    let rest = PAGES.iter().find_map(|what| core.strip_prefix(what)).unwrap_or(core).trim_start();
    // The longest beginning, as "published" stands inside others.
    let Some(done) = UPDATED.iter().filter(|done| rest.starts_with(**done)).max_by_key(|done| done.len())
    else {
        return false;
    };
    let when = rest.get(done.len()..).unwrap_or("");
    if when.starts_with(char::is_alphanumeric) {
        return false;
    }
    let mut figures = false;
    let dated = when
        .split([' ', ',', ':', '|', '/', '-', '–', '—', '(', ')', ';'])
        .filter(|word| !word.is_empty())
        .all(|word| {
            let word = word.trim_end_matches('.');
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            figures |= digits > 0;
            let rest = word.get(digits..).unwrap_or("").trim_start_matches('.');
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.is_empty()
                || TIMES.contains(&rest)
                || digits > 0 && matches!(rest, "st" | "nd" | "rd" | "th" | "h")
        });
    // "Published" alone is no furniture that can be told from a heading; "this story has been updated" is.
    dated && (figures || rest.len() < core.len() && when.trim().is_empty())
}

/// Whether a line is a label of two words or more and a headline of three or more, glued by their colon.
pub(super) fn is_glued_link(line: &str) -> bool {
    let Some(at) = memchr::memchr(b':', line.as_bytes()) else { return false };
    let (label, headline) = (line.get(..at).unwrap_or(""), line.get(at + 1..).unwrap_or(""));
    headline.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘' | '“' | '"'))
        && label.ends_with(|c: char| c.is_alphabetic() || matches!(c, '?' | '\'' | '’' | '”' | '"'))
        && label.split(' ').count() >= 2
        && headline.split(' ').count() >= 3
        && !headline.contains(". ")
        && !headline.ends_with([',', ';', '"', '”'])
}

/// Whether a line ends by asking for a click, and quotes nobody.
pub(super) fn is_click_here(line: &str, core: &str) -> bool {
    const ENDS: &[&str] = &["click here", "tap here", "read more here", "status here"];
    let core = core.trim_end_matches([')', '.', ' ', ']']);
    // What stands before it may be a question, but no sentence of the story.
    core.ends_with("here")
        && ENDS.iter().any(|end| core.ends_with(end))
        && !core.contains(". ")
        && !has_quote(line)
}

/// Whether a line is an address on the web.
pub(super) fn is_bare_link(line: &str) -> bool {
    const BEGINS: &[&str] = &["http://", "https://", "www.", "pic.twitter.com/"];
    BEGINS.iter().any(|begin| line.len() > begin.len() && line.starts_with(begin)) && !line.contains(' ')
}

/// Whether a line asks its reader to take a newsletter; news of newsletters speak to nobody.
pub(super) fn is_newsletter_pitch(line: &str, core: &str) -> bool {
    static WHAT: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["newsletter", "inbox"].map(Finder::new));
    const ASK: &[&str] = &[
        "sign up",
        "sign-up",
        "signing up",
        "subscribe",
        "delivered",
        "subscribing",
        "get it ",
        "get them ",
    ];
    const WHOM: &[&str] = &["our", "us", "here", "free", "now", "today"];
    if WHAT.iter().all(|what| what.find(core.as_bytes()).is_none()) {
        return false;
    }
    let holds = |list: &[&str]| list.iter().any(|words| core.contains(words));
    (holds(ASK) || core.starts_with("get "))
        && (core.contains("your inbox")
            || core.split(|c: char| !c.is_alphanumeric()).any(|word| WHOM.contains(&word)))
        && !has_quote(line)
}

/// Whether a line is a sentence or two on who somebody is that writes for a paper.
pub(super) fn is_who_writes(line: &str, core: &str) -> bool {
    const FOR_PAPERS: &[&str] = &[
        " columnist",
        " correspondent",
        " reporter",
        " staff writer",
        " senior writer",
        " contributor",
        " contributing ",
        " freelance",
        " editor ",
        " editor-",
        " editor,",
        " opinion writer",
        " is editor",
        " journalist",
        " writes about ",
        " writes for ",
        " writes on ",
        " covers ",
        " blogger",
        " is a writer",
        " editor of ",
        " editor at ",
        " editor for ",
        " editorial page",
        " news editor",
    ];
    const OTHERS: &[&str] = &[
        " author of ",
        " fellow ",
        " professor ",
        " host ",
        " hosts ",
        " director ",
        " president ",
        " teaches ",
        " writer ",
        " former ",
    ];
    const LONGEST_OF_ONE: usize = 240;
    let marked = line.starts_with(['•', '—', '–', '*', '-', '⦁']);
    let mut first = line.trim_start_matches(['•', '—', '–', '*', '-', '⦁', ' ', '_']).split(' ').take(2);
    // Most sentences end here: their second word has no capital.
    if !first.all(|word| word.starts_with(|c: char| c.is_uppercase()) || matches!(word, "van" | "de" | "al"))
    {
        return false;
    }
    if has_quote(line) || line.bytes().any(|b| matches!(b, b'$' | b'%')) {
        return false;
    }
    // Names, and then what they are or do.
    let Some(verb) =
        [" is ", " are ", " covers ", " writes ", ", "].iter().filter_map(|verb| core.find(verb)).min()
    else {
        return false;
    };
    let bare = line.trim_start_matches(['•', '—', '–', '*', '-', '⦁', ' ', '_']);
    let names = bare.get(..verb).unwrap_or("");
    let named = (2..=9).contains(&names.split(' ').count())
        && names.split([' ', ',']).filter(|word| !word.is_empty()).all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "and" | "de" | "van" | "von" | "der" | "bin" | "al" | "la" | "le" | "del")
        });
    let holds = |list: &[&str]| list.iter().any(|words| core.contains(words));
    let told = ["said", "told", "says"].iter().any(|word| core.split(' ').any(|part| part == *word));
    named
        && !told
        && (core.contains(" is ")
            || core.contains(" are ")
            || core.contains(" covers ")
            || core.contains(" writes "))
        && (line.len() <= LONGEST_OF_ONE || marked)
        && (holds(FOR_PAPERS) || marked && holds(OTHERS))
}

/// Whether a line is a headline in capitals, as links to other stories are set between the paragraphs of one.
pub(super) fn is_capitals_headline(line: &str) -> bool {
    const FEWEST_WORDS: usize = 6;
    const SHORTEST: usize = 36;
    const LONGEST: usize = 180;
    (SHORTEST..=LONGEST).contains(&line.len())
        && !line.bytes().any(|b| b.is_ascii_lowercase())
        && line.bytes().filter(u8::is_ascii_uppercase).count() * 10 >= line.len() * 6
        && line.split(' ').count() >= FEWEST_WORDS
        && !line.ends_with(['.', ':', ',', ';', '…', '"', '”'])
        && !line.starts_with(['"', '“'])
}

/// Whether a last line, longer than any rule takes, is a notice of copyright.
pub(super) fn is_long_copyright(line: &str) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 320..=1200;
    static RESERVED: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| ["ights reserved", "IGHTS RESERVED"].map(Finder::new));
    let reserved = || RESERVED.iter().any(|words| words.find(line.as_bytes()).is_some());
    if !LENGTHS.contains(&line.len()) || !reserved() {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    lower.contains("rights reserved") && (lower.contains("copyright") || lower.contains('©'))
}

/// Whether a line says where its writers were, and nothing else: `Doe reported from Holm.`
pub(super) fn is_reported_from(line: &str) -> bool {
    const LONGEST: usize = 160;
    const SMALL: &[&str] = &[
        "and",
        "writer",
        "writers",
        "reporter",
        "reporters",
        "correspondent",
        "staff",
        "de",
        "van",
        "von",
        "al",
    ];
    let Some((names, from)) = line.split_once(" reported from ") else { return false };
    let names = names.trim_start_matches(['-', '–', '—', '_', '*', ' ']);
    line.len() <= LONGEST
        && !has_quote(line)
        && from.starts_with(char::is_uppercase)
        && !from.contains(" that ")
        && names.split([' ', ',']).filter(|word| !word.is_empty()).count() <= 10
        && names
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .all(|word| word.starts_with(char::is_uppercase) || SMALL.contains(&word))
}
