//! Datelines: where and when a story was written, and which agency sent it, as its first words say.
//!
//! A dateline is a place, perhaps with its state or country, a day and an agency in brackets, before a dash or a colon: `LONDON,
//! Aug 29 (Reuters) -`, `NASHUA, N.H. —`, `Islamabad:`. What stands like that need not be one (`EXCLUSIVE –`, `Jane Roe:`), so the less of
//! it there is, the more is asked of the place: an agency is enough for any name in capitals, a name alone has to be that of a
//! large city.

use std::ops::Range;

use crate::article::{DAY, Dateline, Span, civil, day_number};
use crate::names::{agency, place};

/// The longest dateline, in bytes.
const LONGEST: usize = 120;
/// Lines that it may stand in: captions and bylines come before it.
const LINES: usize = 4;
/// What a story has at least on the line, in bytes, behind a dateline without an agency.
const LEAST_STORY: usize = 20;
/// Sizes of places, four times the binary logarithm of their people: a hundred thousand, and twenty thousand.
const LARGE: u8 = 66;
const TOWN: u8 = 57;

/// A dateline and its agency, found in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) dateline: Dateline,
    pub(super) agency: Option<&'static str>,
}

/// The dateline of a clean body that was published at an instant.
pub(super) fn find(body: &str, published: Option<i64>) -> Option<Found> {
    let mut start = 0;
    for (n, line) in body.split('\n').take(LINES).enumerate() {
        // Below the first line only an agency tells a dateline from a sentence.
        if let Some(parsed) = parse(line).filter(|parsed| n == 0 || parsed.agency.is_some()) {
            let span = |range: &Range<usize>| Span::new(start + range.start, start + range.end);
            let day = parsed.date.and_then(|date| date.resolve(published));
            let place = parsed.place.as_ref().map(span);
            let dateline = Dateline { span: span(&(0..parsed.end)), place, day };
            return Some(Found { dateline, agency: parsed.agency });
        }
        start += line.len() + 1;
    }
    None
}

/// Where a byline ends that stands before a dateline on one line: `By Jane Roe LONDON (Reuters) - ...`.
pub(super) fn behind_byline(line: &str) -> Option<usize> {
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?;
    let (mut at, mut after_capitals) = (line.len() - names.len(), true);
    for (n, word) in names.split(' ').take(8).enumerate() {
        let capitals = is_capitals(word);
        // Names in capitals have no end that shows.
        if n >= 2 && capitals && !after_capitals {
            let rest = line.get(at..)?;
            return parse(rest).is_some_and(|parsed| parsed.agency.is_some()).then_some(at);
        }
        after_capitals = capitals;
        at += word.len() + 1;
    }
    None
}

/// What a line begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parsed {
    /// Where the story begins.
    end: usize,
    place: Option<Range<usize>>,
    date: Option<Date>,
    agency: Option<&'static str>,
}

/// How a dateline ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Dash,
    Hyphen,
    Colon,
}

fn parse(line: &str) -> Option<Parsed> {
    let parsed = parse_once(line)?;
    if parsed.agency.is_none()
        && let Some(again) = line.get(parsed.end..).and_then(parse_once)
        && again.agency.is_some()
    {
        // "NEW YORK - NEW YORK (Reuters) -": the desk's place, then the reporter's.
        let at = parsed.end;
        let place = again.place.map(|place| place.start + at..place.end + at);
        return Some(Parsed { end: again.end + at, place, ..again });
    }
    Some(parsed)
}

fn parse_once(line: &str) -> Option<Parsed> {
    if !line.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let (head_end, named, closing, end) = frame(line)?;
    let story = line.get(end..)?;
    let agency = named.and_then(agency::lookup);
    if story.len() < if agency.is_some() { 1 } else { LEAST_STORY } {
        return None;
    }
    let head = line.get(..head_end)?.trim_end_matches([' ', ',']);
    let (rest, date) = match Date::at_end(head) {
        Some((rest, date)) => (rest, Some(date)),
        None if agency.is_some() => (without_figures(head), None),
        None => (head, None),
    };
    let place = rest.trim_end_matches([' ', ',']);
    let begins =
        story.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘$€£[«".contains(c));
    let believed = if place.is_empty() {
        agency.is_some_and(agency::is_plain) // "(Reuters) -": it tells no place, yet it is no part of the sentence
    } else {
        is_name(place)
            && (begins || agency.is_some())
            && is_place(place, date.is_some(), agency.is_some(), closing)
    };
    believed.then(|| Parsed { end, place: (!place.is_empty()).then_some(0..place.len()), date, agency })
}

/// The parts around what closes a dateline: where its head ends, what stands in brackets, how it closes, where the story begins.
fn frame(line: &str) -> Option<(usize, Option<&str>, Closing, usize)> {
    for (at, c) in line.char_indices().take_while(|(at, _)| *at <= LONGEST) {
        let rest = line.get(at..)?;
        let (open, close) = match c {
            '(' => ('(', ')'),
            '[' => ('[', ']'),
            '-' | '—' | '–' | '―' | ':' => {
                if let Some((closing, len)) = closing(rest, line.get(..at)?.ends_with(' ')) {
                    return Some((at, None, closing, at + len));
                }
                continue;
            }
            _ => continue,
        };
        let inside = rest.strip_prefix(open)?;
        let inside = inside.get(..inside.find(close).filter(|len| *len <= agency::LONGEST)?)?;
        let behind = at + inside.len() + 2;
        let after = line.get(behind..)?;
        let spaces = after.len() - after.trim_start_matches(' ').len();
        let (closing, len) = closing(after.get(spaces..)?, true)?;
        return Some((at, Some(inside), closing, behind + spaces + len));
    }
    None
}

/// The dash or colon that `text` begins with, with the space after it and how long both are.
fn closing(text: &str, after_space: bool) -> Option<(Closing, usize)> {
    let (closing, len) = if text.starts_with("--") {
        (Closing::Dash, text.len() - text.trim_start_matches('-').len())
    } else if text.starts_with(['—', '–', '―']) {
        // An en dash without a space before it is one between years, or in a word.
        if !after_space && text.starts_with('–') {
            return None;
        }
        (Closing::Dash, text.chars().next()?.len_utf8())
    } else if text.starts_with("- ") && after_space {
        (Closing::Hyphen, 1)
    } else if text.starts_with(": ") {
        (Closing::Colon, 1)
    } else {
        return None;
    };
    let rest = text.get(len..)?;
    Some((closing, len + (rest.len() - rest.trim_start_matches(' ').len())))
}

/// Whether `place` is written like names of places: a few words, all but small ones with a capital, no figures.
fn is_name(place: &str) -> bool {
    const SMALL: &[&str] = &[
        "of", "de", "la", "le", "du", "des", "del", "di", "da", "do", "el", "al", "and", "am", "sur", "en",
        "near", "in", "the", "e", "und",
    ];
    let plain = |c: char| c.is_alphabetic() || " .,'’-/".contains(c);
    place.chars().all(plain)
        && place.split([' ', '/', ',']).filter(|word| !word.is_empty()).count() <= 8
        && place
            .split([' ', '/', ','])
            .filter(|word| !word.is_empty())
            .all(|word| word.starts_with(char::is_uppercase) || SMALL.contains(&word))
}

/// Whether a name that stands where places do is to be believed.
fn is_place(name: &str, dated: bool, sent: bool, closing: Closing) -> bool {
    /// What stands before a dash or a colon in capitals and is no place.
    const LABELS: &[&str] = &[
        "file",
        "file photo",
        "exclusive",
        "breaking",
        "breaking news",
        "update",
        "analysis",
        "opinion",
        "editorial",
        "video",
        "watch",
        "live",
        "look",
        "what",
        "why",
        "when",
        "who",
        "how",
        "where",
        "correction",
        "corrected",
        "review",
        "factbox",
        "timeline",
        "interview",
        "preview",
        "feature",
        "special report",
        "fact check",
        "explainer",
        "column",
        "commentary",
        "note",
        "photos",
        "pictures",
        "advisory",
        "alert",
        "summary",
        "highlights",
        "insight",
        "instant view",
        "wrapup",
        "poll",
        "scenarios",
        "q&a",
        "newsmaker",
        "snapshot",
        "spotlight",
        "profile",
    ];
    let mut parts = name.split(',').map(str::trim);
    let whole = parts.next().unwrap_or("");
    let land = parts.next().map(|first| parts.next_back().unwrap_or(first));
    let city = whole.split('/').next().unwrap_or("").split(" and ").next().unwrap_or("").trim();
    if city.is_empty() || LABELS.iter().any(|label| label.eq_ignore_ascii_case(city)) {
        return false;
    }
    if sent && is_capitals(city) {
        return true;
    }
    let (capitals, in_land) = (is_capitals(city), land.is_some_and(place::is_land));
    let size = || place::city_size(city);
    if sent {
        return in_land || size().is_some() || place::is_land(city);
    }
    if land.is_some() && !in_land {
        return false;
    }
    match (capitals, closing) {
        (true, Closing::Dash | Closing::Hyphen) => {
            in_land
                || (dated && (size().is_some() || place::is_land(city)))
                || size().is_some_and(|size| size >= TOWN)
        }
        (_, Closing::Colon) => {
            (land.is_none() || capitals) && size().is_some_and(|size| size >= LARGE) && !place::is_land(city)
        }
        (false, _) => (in_land && size().is_some()) || (dated && size().is_some_and(|size| size >= LARGE)),
    }
}

fn is_capitals(name: &str) -> bool {
    let mut letters = 0;
    name.chars().all(|c| {
        letters += usize::from(c.is_alphabetic());
        !c.is_lowercase()
    }) && letters >= 3
}

/// `head` without the parts between commas at its end that hold figures: days in other languages, hours.
fn without_figures(head: &str) -> &str {
    let mut head = head;
    while let Some((before, last)) = head.rsplit_once(',')
        && last.contains(|c: char| c.is_ascii_digit())
    {
        head = before;
    }
    head
}

/// A day as a dateline tells it, mostly without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: Option<i32>,
    month: u32,
    day: u32,
}

impl Date {
    /// The date that ends `head`, and what stands before it: `Aug 29`, `29 August`, `Aug. 29, 2013`.
    fn at_end(head: &str) -> Option<(&str, Self)> {
        let (mut rest, mut last) = last_word(head)?;
        let mut year = None;
        if last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit()) {
            year = last.parse().ok().filter(|year| (1800..=2200).contains(year));
            year?;
            (rest, last) = last_word(rest)?;
        }
        let (before, first) = last_word(rest)?;
        let day_of = |word: &str| word.parse().ok().filter(|day| (1..=31).contains(day));
        let (month, day) = match (month_of(first), day_of(last)) {
            (Some(month), Some(day)) => (month, day),
            _ => (month_of(last)?, day_of(first)?),
        };
        Some((before, Self { year, month, day }))
    }

    /// The day it is, for an article published at an instant: without a year the nearest.
    fn resolve(self, published: Option<i64>) -> Option<i32> {
        /// Days that a dateline may be away from publication.
        const FAR: u32 = 60;
        let stated = |year| day_number(year, self.month, self.day);
        let published = published.and_then(|at| i32::try_from(at.div_euclid(DAY)).ok());
        match (self.year, published) {
            (Some(year), _) => stated(year),
            (None, Some(today)) => {
                let year = civil(today).0;
                let near = (year - 1..=year + 1).filter_map(stated).min_by_key(|day| day.abs_diff(today));
                near.filter(|day| day.abs_diff(today) <= FAR)
            }
            (None, None) => None,
        }
    }
}

/// What stands before the last word, and the word without commas.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches([' ', ',']);
    let start = text.rfind([' ', ',']).map_or(0, |at| at + 1);
    let word = text.get(start..)?;
    (!word.is_empty()).then_some((text.get(..start)?, word))
}

/// The number of a month by its English name or the beginning of it.
fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
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
    ];
    let word = word.strip_suffix('.').unwrap_or(word);
    let begins = |month: &str| {
        word.len() >= 3 && month.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    (1..).zip(MONTHS).find(|(_, month)| begins(month)).map(|(number, _)| number)
}

#[cfg(test)]
#[path = "dateline_tests.rs"]
mod tests;
