//! The shapes of lines that no list of words describes.

use super::credit;
use super::furniture_page as page;
use super::furniture_table::Shape;

/// Whether a line has a shape; `core` is the line as `Matcher::fold` gives it.
pub(super) fn has_shape(shape: Shape, line: &str, core: &str) -> bool {
    match shape {
        Shape::PlayerClock => is_clock(core),
        Shape::Age => is_age(line),
        Shape::ShareButtons => is_share_buttons(core),
        Shape::PhotoCredit => is_photo_credit(line),
        Shape::Ornament => line.chars().all(|c| "_*•·-–—=~#+|<> .".contains(c)) && line != "...",
        Shape::ReadingTime => is_reading_time(core),
        Shape::FollowSomeone => is_follow(core),
        Shape::Counter => is_counter(core),
        Shape::AuthorBio => is_author_bio(core),
        Shape::ReadMore => is_read_more(line),
        Shape::WhoWrites => page::is_who_writes(line, core),
        Shape::Updated => page::is_updated(core),
        Shape::GluedLink => page::is_glued_link(line),
        Shape::ClickHere => page::is_click_here(line, core),
        Shape::BareLink => page::is_bare_link(line),
        Shape::NewsletterPitch => page::is_newsletter_pitch(line, core),
        Shape::Credit => {
            credit::opens_credit(line.trim_start_matches(['-', ' '])) || page::is_reported_from(line)
        }
    }
}

/// `0:00 / 3:21`, `1x 0:00`, `00:00`: figures, colons and slashes, with a time that begins at zero.
fn is_clock(core: &str) -> bool {
    let zero = core.split([' ', '/']).any(|part| matches!(part, "0:00" | "00:00" | "00:00:00"));
    zero && core.chars().all(|c| c.is_ascii_digit() || ":/ x.-".contains(c))
}

/// `4 hours ago`, `published 2 days ago`; without the "ago" only with the dash that ends it in lists: `4 hours -`.
fn is_age(line: &str) -> bool {
    const UNITS: &[&str] =
        &["second", "sec", "minute", "min", "hour", "hr", "day", "week", "month", "year", "h", "m", "d"];
    if !line.ends_with(['o', 'O', '-', '–']) || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let line = line.to_ascii_lowercase();
    let core = ["published ", "updated ", "posted ", "about "]
        .iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(&line);
    let Some(core) = [" ago", " -", " –"].iter().find_map(|end| core.strip_suffix(end)) else {
        return false;
    };
    let digits = core.bytes().take_while(u8::is_ascii_digit).count();
    let unit = core.get(digits..).unwrap_or("").trim_start();
    (1..=3).contains(&digits)
        && (UNITS.contains(&unit) || unit.strip_suffix('s').is_some_and(|unit| UNITS.contains(&unit)))
}

fn is_share_buttons(core: &str) -> bool {
    const BUTTONS: &[&str] = &[
        "share",
        "tweet",
        "email",
        "e-mail",
        "print",
        "facebook",
        "twitter",
        "whatsapp",
        "linkedin",
        "reddit",
        "pinterest",
        "flipboard",
        "telegram",
        "messenger",
        "save",
        "comment",
        "comments",
        "copy",
        "link",
        "sms",
        "pin",
        "post",
        "instagram",
        "youtube",
        "tumblr",
        "pocket",
        "threads",
        "bluesky",
        "embed",
        "x",
        "gift",
    ];
    const BETWEEN: &[&str] = &[
        "on", "via", "this", "shares", "it", "pint", "article", "story", "with", "|", "/", "·", "•", ",",
        "&", "and", "us", "more",
    ];
    let (mut buttons, mut words) = (0, 0);
    for word in core.split(' ').map(|word| word.trim_matches([',', ':', '|'])) {
        words += 1;
        if BUTTONS.contains(&word) {
            buttons += 1;
        } else if !BETWEEN.contains(&word)
            && !word.starts_with(|c: char| c.is_ascii_digit())
            && !word.is_empty()
        {
            return false;
        }
    }
    buttons >= 2 && words <= 20
}

/// Names of capitalised words, then a slash and an agency: `(Jane Doe/AP)`.
fn is_photo_credit(line: &str) -> bool {
    const AGENCIES: &[&str] = &[
        "ap",
        "afp",
        "reuters",
        "getty",
        "getty images",
        "getty images/istock",
        "epa",
        "efe",
        "dpa",
        "pa",
        "pa images",
        "pa wire",
        "bloomberg",
        "shutterstock",
        "istock",
        "alamy",
        "zuma",
        "upi",
        "xinhua",
        "tass",
        "ap photo",
        "associated press",
        "the associated press",
        "pool",
        "file",
        "epa-efe",
        "anadolu",
        "anadolu agency",
        "anp",
        "cp",
        "the canadian press",
        "aap",
        "rex",
        "rex/shutterstock",
        "getty images via",
        "wireimage",
        "nurphoto",
        "afp via getty images",
        "bloomberg via getty images",
        "via reuters",
        "handout",
        "staff",
        "backgrid",
        "splash news",
        "splash",
        "afp/getty images",
        "corbis",
        "polaris",
        "redux",
        "sipa",
        "sipa usa",
        "imago",
        "picture alliance",
        "newscom",
        "usa today sports",
        "invision",
        "wenn",
        "filmmagic",
        "wikimedia commons",
        "wikimedia",
        "flickr",
        "pexels",
        "unsplash",
        "pixabay",
        "youtube",
        "facebook",
        "instagram",
        "twitter",
        "screenshot",
        "abaca",
        "magnum photos",
    ];
    let bare = line.trim_matches(['(', ')', '[', ']', ' ', '.']);
    let Some((names, agency)) = bare.split_once('/') else { return false };
    let agency = agency.trim().to_ascii_lowercase();
    let agency =
        AGENCIES.contains(&agency.as_str()) || agency.split('/').all(|part| AGENCIES.contains(&part.trim()));
    let mut words = 0;
    let named = names.split_whitespace().all(|word| {
        words += 1;
        word.starts_with(char::is_uppercase)
            || matches!(word, "van" | "von" | "de" | "der" | "da" | "al" | "bin" | "el" | "la")
    });
    agency && named && (1..=5).contains(&words)
}

/// Who somebody is, and at the end where to find them.
fn is_author_bio(core: &str) -> bool {
    const LONGEST_ADDRESS: usize = 60;
    const WHERE: &[&str] = &[
        "follow him on ",
        "follow her on ",
        "follow them on ",
        "he can be reached at ",
        "she can be reached at ",
        "they can be reached at ",
        "he tweets at ",
        "she tweets at ",
        "he tweets @",
        "she tweets @",
        "email him at ",
        "email her at ",
    ];
    let address = memchr::memchr_iter(b'.', core.as_bytes()).find_map(|at| {
        let sentence = core.get(at + 1..)?.strip_prefix(' ')?;
        WHERE.iter().find_map(|begin| sentence.strip_prefix(begin)).map(str::len)
    });
    address.is_some_and(|length| length <= LONGEST_ADDRESS)
        && [" is ", " are ", " covers ", " writes "].iter().any(|is| core.contains(is))
}

/// A headline of four words or more, and then, with its capital, the link.
fn is_read_more(line: &str) -> bool {
    let headline = [" Read more", " READ MORE"].iter().find_map(|link| line.strip_suffix(link));
    headline.is_some_and(|headline| {
        headline.split(' ').count() >= 4
            && !headline.ends_with(['.', ',', ';', '"', '”'])
            && !headline.contains(". ")
    })
}

fn is_reading_time(core: &str) -> bool {
    let minutes = |text: &str| {
        let (number, unit) = text.split_once([' ', '-']).unwrap_or((text, ""));
        number.len() <= 3
            && number.bytes().all(|b| b.is_ascii_digit())
            && !number.is_empty()
            && matches!(unit.trim_end_matches("read").trim(), "min" | "mins" | "minute" | "minutes")
    };
    core.strip_prefix("reading time").map_or_else(
        || minutes(core) && (core.ends_with("read") || core.ends_with(" min")),
        |rest| minutes(rest.trim_start_matches([':', ' '])),
    )
}

/// `follow jane doe on twitter …`: at most five words between.
fn is_follow(core: &str) -> bool {
    const NETWORKS: &[&str] = &[
        "twitter",
        "facebook",
        "instagram",
        "x",
        "threads",
        "bluesky",
        "mastodon",
        "linkedin",
        "youtube",
        "tiktok",
        "telegram",
    ];
    let Some(rest) = core.strip_prefix("follow ") else { return false };
    let Some((whom, network)) = rest.split_once(" on ") else { return false };
    let network = network.split([' ', ':', ',', '.']).next().unwrap_or("");
    whom.split(' ').count() <= 5 && NETWORKS.contains(&network)
}

fn is_counter(core: &str) -> bool {
    let Some((number, what)) = core.split_once(' ') else { return false };
    let number = number.trim_end_matches(['k', 'm']);
    !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
        && matches!(
            what,
            "comments" | "comment" | "shares" | "share" | "likes" | "views" | "replies" | "reactions"
        )
}
