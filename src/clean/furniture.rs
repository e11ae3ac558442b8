//! Finds page furniture: lines that belong to the page or to the agency's service and not to the story.
//!
//! Rules (`furniture_table`) judge line by line; the foot of the article is then peeled from below: single lines, the
//! credit in brackets that ends the last paragraph, and a list of other stories under its heading. What might be
//! a quote or a fact stays.

use std::sync::LazyLock;

use super::edit::{Editor, Log};
use super::furniture_table::{
    CAPTION_LABELS, Kind, LIST_HEADING_BEGINS, LIST_HEADINGS, LONGEST, Place, RULES, Rule, Shape,
};
use super::reason::Reason;

/// How many kept lines count as the head of the article.
const HEAD_LINES: usize = 4;

/// A line of the text, and the rule that found it to be furniture.
#[derive(Debug, Clone, Copy)]
struct Row {
    start: usize,
    /// Where what stays of it begins, if it stays, and why there.
    kept_start: usize,
    cut: &'static str,
    /// Where what stays of it ends, if it stays.
    kept_end: usize,
    end: usize,
    verdict: Option<Reason>,
}

impl Row {
    fn kept<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.kept_start..self.kept_end).unwrap_or("")
    }
}

/// Drops the furniture of `text`, one line a paragraph; `None` if there is none.
///
/// A line on top that is nothing but a byline becomes `byline` if there is none.
pub(super) fn strip(text: &str, byline: &mut Option<String>, log: &mut Log) -> Option<String> {
    let mut matcher = Matcher::default();
    let mut lifted = byline.clone();
    let mut rows = judge(text, &mut lifted, &mut matcher);
    peel(text, &mut rows, &mut matcher);
    // An article that is nothing but furniture is no article that these rules understand.
    let last_kept = rows.iter().rposition(|row| row.verdict.is_none())?;
    *byline = lifted;
    let mut editor = Editor::new(text, log);
    for (i, row) in rows.iter().enumerate() {
        let Some(reason) = row.verdict else {
            if row.kept_start > row.start {
                editor.replace(row.start..row.kept_start, "", Reason::Furniture(row.cut));
            }
            if row.kept_end < row.end {
                editor.replace(row.kept_end..row.end, "", Reason::Furniture("agency_tail"));
            }
            continue;
        };
        // Above the last line that stays a line goes with its line end, below it with the one before.
        let range = if i < last_kept { row.start..row.end + 1 } else { row.start - 1..row.end };
        editor.replace(range, "", reason);
    }
    editor.finish()
}

/// Judges every line by the rules that hold anywhere or at the head.
fn judge(text: &str, byline: &mut Option<String>, matcher: &mut Matcher) -> Vec<Row> {
    let mut kept = 0;
    let mut rows = Vec::with_capacity(text.len() / 160 + 4);
    let mut start = 0;
    for line in text.split('\n') {
        let mut verdict = None;
        let (caption, cut) = caption(line).unwrap_or((0, ""));
        if line.len() <= LONGEST && caption == 0 {
            let head = kept < HEAD_LINES;
            let holds =
                |place| place == Place::Anywhere || (head && matches!(place, Place::Head | Place::Edge));
            verdict = matcher.find(line, holds).map(Reason::Furniture);
            if verdict.is_none()
                && kept < HEAD_LINES - 1
                && byline.is_none()
                && let Some(names) = only_byline(line)
            {
                *byline = Some(names.to_owned());
                verdict = Some(Reason::Byline);
            }
        }
        kept += usize::from(verdict.is_none());
        let end = start + line.len();
        rows.push(Row { start, kept_start: start + caption, cut, kept_end: end, end, verdict });
        start += line.len() + 1;
    }
    rows
}

/// Where the caption begins in a line that has labels before it, and the rule that says so.
fn caption(line: &str) -> Option<(usize, &'static str)> {
    if !line.starts_with(['I', 'i', 'M', 'm']) {
        return None;
    }
    let begins =
        |text: &str, with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    CAPTION_LABELS.iter().filter(|(begin, ..)| begins(line, begin)).find_map(|(_, label, rule)| {
        let at = line
            .char_indices()
            .map(|(at, _)| at)
            .take(LONGEST)
            .find(|at| line.get(*at..).is_some_and(|rest| begins(rest, label)))?;
        line.get(at + label.len()..)
            .is_some_and(|rest| !rest.trim().is_empty())
            .then_some((at + label.len(), *rule))
    })
}

/// Drops lines from the end while they are furniture, and cuts the credit from the last line that stays.
fn peel(text: &str, rows: &mut [Row], matcher: &mut Matcher) {
    let mut looked_for_list = false;
    while let Some(row) = rows.iter_mut().rfind(|row| row.verdict.is_none()) {
        let line = row.kept(text);
        let whole = row.kept_end == row.end;
        let rule = if whole { matcher.find(line, |place| place != Place::Head) } else { None };
        if let Some(rule) = rule.or_else(|| is_list_heading(line, matcher).then_some("story_list")) {
            row.verdict = Some(Reason::Furniture(rule));
        } else if let Some(at) = bracketed_credit(line) {
            row.kept_end = row.kept_start + at;
        } else if !looked_for_list {
            looked_for_list = true;
            drop_list(text, rows, matcher);
        } else {
            return;
        }
    }
}

/// Drops a list of other stories at the end, with its heading.
fn drop_list(text: &str, rows: &mut [Row], matcher: &mut Matcher) {
    let mut heading = None;
    for (i, row) in rows.iter().enumerate().rev().filter(|(_, row)| row.verdict.is_none()) {
        let line = row.kept(text);
        if is_list_heading(line, matcher) {
            heading = Some(i);
        } else if !looks_like_headline(line) {
            break;
        }
    }
    let Some(heading) = heading else { return };
    for row in rows.iter_mut().skip(heading).filter(|row| row.verdict.is_none()) {
        row.verdict = Some(Reason::Furniture("story_list"));
    }
}

/// Whether a line could stand in a list of headlines: short, and not ended like a sentence.
fn looks_like_headline(line: &str) -> bool {
    const LONGEST_HEADLINE: usize = 180;
    line.len() <= LONGEST_HEADLINE && !ends_sentence(line)
}

/// Whether a line ends like a sentence. A question may be a headline, so its mark does not count; three dots neither.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', ' ']);
    (bare.ends_with(['.', '!']) && !bare.ends_with("..")) || bare.ends_with(".\u{201d}")
}

fn is_list_heading(line: &str, matcher: &mut Matcher) -> bool {
    const LONGEST_HEADING: usize = 60;
    if line.len() > LONGEST_HEADING || ends_sentence(line) {
        return false;
    }
    let core = matcher.fold(line);
    LIST_HEADINGS.contains(&core)
        || LIST_HEADING_BEGINS.iter().any(|begin| core.starts_with(begin) && core.split(' ').count() <= 6)
}

/// Where the credit begins that an agency puts in brackets, or after two dashes, at the end of a paragraph.
fn bracketed_credit(line: &str) -> Option<usize> {
    const LONGEST_CREDIT: usize = 500;
    let opening = if line.trim_end_matches('.').ends_with(')') { "(" } else { "-- " };
    let at = memchr::memmem::rfind(line.as_bytes(), opening.as_bytes())?;
    let before = line.get(..at)?.trim_end();
    // What is cut must follow a whole sentence, or another credit.
    let whole = before.ends_with(['.', '!', '?', '"', '”', '\'', '’', ')']);
    let credit = line.get(at + opening.len()..).is_some_and(opens_credit);
    (whole && credit && line.len() - at <= LONGEST_CREDIT).then_some(before.len())
}

/// Whether `text` begins like "Additional reporting by Jane Doe".
fn opens_credit(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "reporting by",
        "additional reporting by",
        "reporting and writing by",
        "reporting and editing by",
        "writing by",
        "written by",
        "editing by",
        "edited by",
        "compiled by",
        "with additional reporting by",
        "with reporting by",
    ];
    let text = text.trim_start();
    OPENINGS.iter().any(|opening| {
        text.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening))
            && text.get(opening.len()..).is_some_and(|names| {
                let name = names.trim_start_matches([' ', ':']);
                name.len() < names.len() && name.starts_with(char::is_uppercase)
            })
    })
}

/// The names, if a line is nothing but a byline: "By Jane Doe and Tomas Brandt".
fn only_byline(line: &str) -> Option<&str> {
    const LONGEST_BYLINE: usize = 100;
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?;
    if line.len() > LONGEST_BYLINE || names.ends_with(['.', ':', '!', '?']) {
        return None;
    }
    let small = |word: &str| {
        matches!(
            word,
            "and"
                | "of"
                | "in"
                | "for"
                | "the"
                | "de"
                | "da"
                | "di"
                | "van"
                | "von"
                | "der"
                | "den"
                | "del"
                | "la"
                | "le"
                | "bin"
                | "al"
                | "AND"
                | "&"
                | "|"
                | "-"
        )
    };
    let mut capitals = 0;
    for word in names.split([' ', ',', ';', '/']).filter(|word| !word.is_empty()) {
        if word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit()) {
            capitals += 1;
        } else if !small(word) {
            return None;
        }
    }
    // One capital is a nickname, and none no name at all; a dozen is no list of names.
    (2..=10).contains(&capitals).then_some(names)
}

/// Compares lines with the table. Keeps a buffer, so that no line allocates.
#[derive(Default)]
struct Matcher {
    folded: String,
}

/// For each first byte of a pattern the rules and patterns that begin so.
static BY_FIRST: LazyLock<Vec<Vec<(usize, &'static str)>>> = LazyLock::new(|| {
    let mut table = vec![Vec::new(); 256];
    for (number, rule) in RULES.iter().enumerate() {
        if let Kind::Is(patterns) | Kind::Begins(patterns) | Kind::BeginsAndHolds(patterns, _) = rule.kind {
            for pattern in patterns {
                let first = pattern.bytes().next().map_or(0, usize::from);
                table[first].push((number, *pattern));
            }
        }
    }
    table
});

/// The rules that are not found by their first byte.
static OTHERS: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    RULES.iter().filter(|rule| matches!(rule.kind, Kind::Ends(_) | Kind::Shape(_))).collect()
});

impl Matcher {
    /// `line` in lower case with straight apostrophes, without the marks around it.
    fn fold(&mut self, line: &str) -> &str {
        self.folded.clear();
        let core = line
            .trim_start_matches([
                '*', '_', '#', '>', '•', '·', '|', '-', '–', '—', '[', '»', '→', '▶', '►', '+', '~', ' ',
            ])
            .trim_end_matches([
                '*', '_', '|', ':', '.', '!', ']', '»', '→', '›', '>', '…', '-', '–', '—', '+', '~', ' ',
            ]);
        self.folded.push_str(core);
        self.folded.make_ascii_lowercase();
        if self.folded.contains('’') {
            self.folded = self.folded.replace('’', "'");
        }
        &self.folded
    }

    /// The name of the first rule that takes `line`, among those whose place `holds`.
    fn find(&mut self, line: &str, holds: impl Fn(Place) -> bool) -> Option<&'static str> {
        if line.len() > LONGEST {
            return None;
        }
        let sentence = ends_sentence(line);
        let fits = |rule: &Rule| holds(rule.place) && line.len() <= rule.most && (rule.sentence || !sentence);
        self.fold(line);
        let core = self.folded.as_str();
        let first = core.bytes().next().map_or(0, usize::from);
        let by_first =
            BY_FIRST.get(first).map_or(&[][..], Vec::as_slice).iter().find_map(|(number, pattern)| {
                let rule = RULES.get(*number)?;
                (takes(rule, pattern, core) && fits(rule)).then_some(rule.name)
            });
        by_first.or_else(|| {
            let other = |rule: &&&Rule| fits(rule) && takes_other(rule, line, core);
            OTHERS.iter().find(other).map(|rule| rule.name)
        })
    }
}

/// Whether `rule` takes the folded line `core` by `pattern`.
fn takes(rule: &Rule, pattern: &str, core: &str) -> bool {
    let Some(rest) = core.strip_prefix(pattern) else { return false };
    let bounded = !pattern.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
    match rule.kind {
        Kind::Is(_) => rest.is_empty(),
        // "Copyright 20" is the beginning of a year, "image 1 of" of a figure.
        Kind::Begins(_) => {
            bounded
                || pattern.ends_with(|c: char| c.is_ascii_digit())
                    && rest.starts_with(|c: char| c.is_ascii_digit())
        }
        Kind::BeginsAndHolds(_, inner) => bounded && inner.iter().any(|inner| core.contains(inner)),
        Kind::Ends(_) | Kind::Shape(_) => false,
    }
}

fn takes_other(rule: &Rule, line: &str, core: &str) -> bool {
    match rule.kind {
        Kind::Ends(endings) => endings.iter().any(|ending| core.ends_with(ending)),
        Kind::Shape(shape) => has_shape(shape, line, core),
        _ => false,
    }
}

fn has_shape(shape: Shape, line: &str, core: &str) -> bool {
    match shape {
        Shape::PlayerClock => is_clock(core),
        Shape::Age => is_age(line),
        Shape::ShareButtons => is_share_buttons(core),
        Shape::PhotoCredit => is_photo_credit(line),
        Shape::Ornament => line.chars().all(|c| "_*•·-–—=~#+|<> .".contains(c)) && line != "...",
        Shape::ReadingTime => is_reading_time(core),
        Shape::FollowSomeone => is_follow(core),
        Shape::Counter => is_counter(core),
        Shape::Credit => opens_credit(line.trim_start_matches(['-', ' '])),
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
    ];
    const BETWEEN: &[&str] =
        &["on", "via", "this", "article", "story", "with", "|", "/", "·", "•", ",", "&", "and", "us", "more"];
    let (mut buttons, mut words) = (0, 0);
    for word in core.split(' ').map(|word| word.trim_matches([',', ':', '|'])) {
        words += 1;
        if BUTTONS.contains(&word) {
            buttons += 1;
        } else if !BETWEEN.contains(&word) && !word.is_empty() {
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

fn is_reading_time(core: &str) -> bool {
    let minutes = |text: &str| {
        let (number, unit) = text.split_once([' ', '-']).unwrap_or((text, ""));
        number.len() <= 3
            && number.bytes().all(|b| b.is_ascii_digit())
            && !number.is_empty()
            && matches!(unit.trim_end_matches("read").trim(), "min" | "mins" | "minute" | "minutes")
    };
    core.strip_prefix("reading time").map_or_else(
        || core.ends_with("read") && minutes(core),
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::TextField;

    fn strip_with(text: &str, byline: &mut Option<String>) -> (String, Vec<(String, &'static str)>) {
        let mut log = Log::new(TextField::Body, text, true);
        let out = strip(text, byline, &mut log).unwrap_or_else(|| text.to_owned());
        assert!(log.changes.iter().all(|c| c.span.of(text) == c.text), "{:?}", log.changes);
        let why = |reason: Reason| reason.rule().unwrap_or(reason.name());
        (out, log.changes.into_iter().map(|c| (c.text, why(c.reason))).collect())
    }

    fn stripped(text: &str) -> String {
        strip_with(text, &mut Some(String::new())).0
    }

    const STORY: &str = "The swing bridge at Port Arden will be closed to lorries from the first of the month.\n\
        The harbour board said that its bearings were worn.";

    #[test]
    fn every_rule_takes_its_examples() {
        for rule in RULES {
            for example in rule.examples {
                let text = match rule.place {
                    Place::Tail => format!("{STORY}\n{example}"),
                    _ => format!("{example}\n{STORY}"),
                };
                let (out, dropped) = strip_with(&text, &mut Some(String::new()));
                assert_eq!(out, STORY, "{example}");
                assert_eq!(dropped, [((*example).to_owned(), rule.name)]);
            }
            assert!(!rule.examples.is_empty() && rule.most <= LONGEST, "{}", rule.name);
        }
    }

    #[test]
    fn patterns_are_written_as_lines_are_folded() {
        let mut matcher = Matcher::default();
        for rule in RULES {
            let (Kind::Is(patterns)
            | Kind::Begins(patterns)
            | Kind::BeginsAndHolds(patterns, _)
            | Kind::Ends(patterns)) = rule.kind
            else {
                continue;
            };
            for pattern in patterns {
                assert_eq!(*pattern, pattern.to_lowercase());
                if matches!(rule.kind, Kind::Is(_)) {
                    assert_eq!(matcher.fold(pattern), *pattern, "would never be found");
                }
            }
        }
        assert!(LIST_HEADINGS.iter().all(|heading| matcher.fold(heading) == *heading));
    }

    #[test]
    fn ordinary_sentences_and_lines_of_a_story_stay() {
        let stay = [
            "Share prices fell 3 percent on Monday after the bank cut its forecast.",
            "Share of the vote: 41 percent",
            "Follow-up talks are planned for May.",
            "Follow the money, she told reporters.",
            "Advertisement revenue rose by a tenth, the publisher said.",
            "Subscribe or be sued: that was the choice, he said.",
            "Subscribers to the service fell by 200,000 in the quarter.",
            "Sign up for the draft was slow, the general said.",
            "Get the latest vaccine, doctors say.",
            "Read more carefully, the judge told him.",
            "Reading was closed on Tuesday because of the flood.",
            "Related parties own 40 percent of the company.",
            "More on that later, the minister said.",
            "More than 400 people were on board.",
            "Watch: it will happen again, he said.",
            "Video showed the car leaving the road.",
            "Photos of the crash spread within minutes.",
            "Photographer Jane Doe won the prize.",
            "Copyright law is to be changed next year.",
            "Cookies were sold at the church fair.",
            "We use cookies and cake to raise money, said the vicar, who has run the fair for thirty years and means to go on, whatever the diocese, the council, the neighbours or indeed the weather may have to say about it, and the weather, he said, has had plenty to say, this year in particular, when the tent blew into the river and the cakes with it.",
            "Listen to this: the mayor has resigned.",
            "Audio by itself proves nothing, the court held.",
            "Image is everything, he said.",
            "Editing by hand takes weeks, the archivist said.",
            "Latest figures show a fall of 2 percent.",
            "Trending upwards since May, wages rose again.",
            "Popular with tourists, the island has two hotels.",
            "4 hours later the bridge was open.",
            "12 months",
            "3 months - -",
            "Who is next",
            "Four hours ago he was alive.",
            "5 minutes of silence were kept.",
            "12 people commented.",
            "1 of every 10 houses was damaged",
            "By Monday the water had gone.",
            "By Popular vote he would have lost, she said.",
            "Facebook and Twitter were blocked in the capital.",
            "The Associated Press reported the story first.",
            "Profit before tax: $4.1 million",
            "\"Share this story,\" she said.",
            "Who pays?",
            "Key points",
            "First phase of repairs",
            "...",
        ];
        for line in stay {
            for text in [format!("{STORY}\n{line}\n{STORY}"), format!("{line}\n{STORY}")] {
                assert_eq!(stripped(&text), text, "{line}");
            }
            if line.ends_with('.') {
                let text = format!("{STORY}\n{line}");
                assert_eq!(stripped(&text), text, "{line}");
            }
        }
    }

    #[test]
    fn a_list_of_other_stories_goes_with_its_heading() {
        let text = format!(
            "{STORY}\nLatest Stories\n-\nMayor of Holm steps down after vote\n4 hours -\nWhy is the tide so high?\n5 hours -\nGoods: exports fall\n5 hours"
        );
        let (out, dropped) = strip_with(&text, &mut None);
        assert_eq!(out, STORY);
        assert_eq!(dropped[0], ("Latest Stories".to_owned(), "story_list"));
        assert_eq!(dropped.len(), 8);
    }

    #[test]
    fn a_heading_above_more_of_the_story_stays() {
        let text = format!(
            "{STORY}\nTrending\nThe bridge was the most searched-for word of the day, the company said."
        );
        assert_eq!(stripped(&text), text);
    }

    #[test]
    fn the_foot_is_peeled_in_whatever_order_it_comes() {
        let text = format!(
            "{STORY}\nMore from The Paper\nMayor steps down\nTide is high\n(Reporting by Jane Doe; Editing by Tomas Brandt)\nShare\n© 2025 The Paper. All rights reserved."
        );
        assert_eq!(stripped(&text), STORY);
    }

    #[test]
    fn a_credit_in_brackets_is_cut_from_the_last_paragraph() {
        for credit in [
            " (Reporting by Jane Doe in Port Arden; Editing by Tomas Brandt)",
            " (Additional reporting by Jane Doe) (Editing by Tomas Brandt)",
            " -- Additional reporting by Jane Doe in Holm",
            "\n(Writing by Jane Doe)",
        ] {
            assert_eq!(stripped(&format!("{STORY}{credit}")), STORY, "{credit}");
        }
        let text = format!(
            "{STORY} It was built in 1911 (reporting by then was done by telegraph) and has two arms."
        );
        assert_eq!(stripped(&text), text);
    }

    #[test]
    fn a_line_that_is_only_a_byline_becomes_the_byline_if_there_is_none() {
        let mut byline = None;
        let (out, dropped) = strip_with(&format!("By Jane Doe and Tomas van Brandt\n{STORY}"), &mut byline);
        assert_eq!((out.as_str(), byline.as_deref()), (STORY, Some("Jane Doe and Tomas van Brandt")));
        assert_eq!(dropped[0].1, "byline");
        let text = format!("By Jane Doe\n{STORY}");
        assert_eq!(strip_with(&text, &mut Some("J. Doe".to_owned())).0, text);
    }

    #[test]
    fn a_caption_loses_its_labels_and_stays() {
        let text =
            format!("{STORY}\nImage copyright Agency Image caption The bridge was built in 1911\n{STORY}");
        assert_eq!(stripped(&text), format!("{STORY}\nThe bridge was built in 1911\n{STORY}"));
        let text = format!("{STORY}\nImage copyright Agency\n{STORY}");
        assert_eq!(stripped(&text), format!("{STORY}\n{STORY}"));
    }

    #[test]
    fn an_article_of_nothing_but_furniture_is_left_alone() {
        assert_eq!(stripped("Share\nSubscribe now"), "Share\nSubscribe now");
    }
}
