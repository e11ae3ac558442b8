//! Figures that are no quantities by their own form and their nearest neighbours: model numbers,
//! ratios, ordinals, addresses of the web. Asked before anything is read.

use super::counted::STOP;
use super::line::{Join, Line, is_capital, is_digits};
use super::value::scan;
use super::when;
use crate::names::wordlist::{among, lower};

/// If the figure at token `i` is no quantity by its form, the token past all that belongs to it.
pub(super) fn shape(line: &Line<'_>, i: usize) -> Option<usize> {
    let word = line.word(i);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return when::clock(line, i, i + 1);
    }
    let gap = line.gap(i);
    if let Some(next) = super::phone::number(line, i) {
        return Some(next);
    }
    let touches = gap == " " || !gap.ends_with(['$', '£', '€']);
    if gap != " " && touches && follows_a_mark(line, i, gap) {
        return Some(i + 1);
    }
    // a ticker, "1234.T", or a host's name
    if line.gap(i + 1) == "."
        && is_digits(word)
        && line.word(i + 1).starts_with(char::is_alphabetic)
        && line.word(i + 1).len() <= 3
    {
        return Some(i + 2);
    }
    if is_digits(word) && word.len() == 5 && line.follows(i + 1, "zip") {
        return Some(i + 1);
    }
    if line.join(i) == Join::Hyphen && tied_to_name(line, i) {
        return Some(i + 1);
    }
    let Some(digits) = scan(word.as_bytes()) else { return Some(i + 1) };
    let suffix = word.get(digits.len..).unwrap_or("");
    if matches!(
        suffix,
        "st" | "nd"
            | "rd"
            | "th"
            | "ST"
            | "ND"
            | "RD"
            | "TH"
            | "s"
            | "am"
            | "pm"
            | "AM"
            | "PM"
            | "x"
            | "D"
            | "G"
            | "S"
    ) && !(suffix == "s" && digits.value < 10.0 && line.join(i + 1) == Join::Hyphen)
    {
        return Some(i + 1);
    }
    if let Some(next) = chain(line, i) {
        return Some(next);
    }
    if digits.plain > 1 && word.starts_with('0') && !gap.ends_with('.') {
        return Some(when::clock(line, i, i + 1).unwrap_or(i + 1));
    }
    if digits.plain >= 11 && suffix.is_empty() && touches {
        return Some(i + 1);
    }
    if i == 0 && digits.plain > 0 && digits.plain <= 2 && suffix.is_empty() && gap.trim_start().len() <= 1 {
        let behind = line.gap(1);
        if behind.starts_with(". ") || behind.starts_with(") ") {
            return Some(1); // "1. First point"
        }
    }
    when::clock(line, i, i + 1)
}

/// Whether what stands directly before the figure at token `i`, no currency, makes it part of something else.
fn follows_a_mark(line: &Line<'_>, i: usize, gap: &str) -> bool {
    let before = line.back(i, 1);
    match gap {
        "/" => !is_digits(before),
        "." => matches!(&*lower(before), "no" | "nos" | "www"),
        // "COVID -19" with a stray space is no minus sign
        " -" => is_capital(before) && is_digits(line.word(i)) && !line.gap(i + 1).starts_with('%'),
        // "?page=3", "a%20b": of an address of the web
        "=" => before.starts_with(|c: char| c.is_ascii_lowercase()),
        "%" => true,
        _ => gap.ends_with(['#', '@', '_', '&', '\\']),
    }
}

/// Whether a hyphen makes the figure at token `i` part of a name: "COVID-19", "F-16", but not "minus-5" or "now-12".
fn tied_to_name(line: &Line<'_>, i: usize) -> bool {
    let before = lower(line.back(i, 1));
    let ordinal = matches!(&*before, "th" | "st" | "nd" | "rd");
    let name = line.back(i, 1).chars().any(char::is_uppercase) || !among(&STOP, &before);
    let counts = matches!(
        &*before,
        "minus"
            | "sub"
            | "plus"
            | "magnitude"
            | "million"
            | "billion"
            | "trillion"
            | "mid"
            | "bn"
            | "percent"
    );
    ordinal || name && !counts && scan(line.back(i, 1).as_bytes()).is_none()
}

/// Figures strung together by colons, slashes or hyphens: times, dates, telephone numbers, ratios.
fn chain(line: &Line<'_>, i: usize) -> Option<usize> {
    let bare = |k: usize| line.word(k).starts_with(|c: char| c.is_ascii_digit());
    let joint = line.gap(i + 1);
    if !matches!(joint, ":" | "/" | "-" | "–" | "—" | "\u{2010}" | "\u{2011}") {
        return None;
    }
    let mut k = i + 1;
    while line.gap(k) == joint && bare(k) && k < line.len() {
        k += 1;
    }
    let figures = k - i;
    if figures < 2 {
        return None;
    }
    match joint {
        ":" => Some(when::clock(line, k - 1, k).unwrap_or(k)),
        // "1/4" is read as a fraction elsewhere
        "/" if figures == 2 => {
            let (over, under) = (scan(line.word(i).as_bytes())?, scan(line.word(i + 1).as_bytes())?);
            let fraction = over.value < under.value
                && matches!(line.word(i + 1), "2" | "3" | "4" | "5" | "8" | "16" | "32" | "64" | "128");
            (!fraction).then_some(k)
        }
        "/" => Some(k),
        _ => (figures > 2).then_some(k),
    }
}
