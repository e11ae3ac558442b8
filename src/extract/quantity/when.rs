//! Dates, times of day and years: figures that say when.

use super::amount::Amount;
use super::counted::Noun;
use super::line::{Join, Line, is_digits};
use super::words::Form;
use crate::extract::date::is_weekday;
use crate::names::wordlist::{Set, among, lower};

/// If a figure that ends before token `next` is a time of day, the token past it: "5 p.m.", "0930 GMT", "2 o'clock".
pub(super) fn clock(line: &Line<'_>, i: usize, next: usize) -> Option<usize> {
    if stopped_clock(line, i) {
        return Some(i + 1);
    }
    let word = line.word(next);
    // the letters that "a.m.", "p.m.", "o'clock" and the zones begin with
    if !matches!(
        word.as_bytes().first(),
        Some(b'a' | b'p' | b'o' | b'A' | b'P' | b'O' | b'B' | b'C' | b'E' | b'G' | b'I' | b'J' | b'S' | b'U')
    ) || !line.joined(next) && line.gap(next) != " ("
    {
        return None;
    }
    let plain = word.strip_suffix('.').unwrap_or(word);
    let half = matches!(&*lower(plain), "a.m" | "p.m" | "am" | "pm" | "o'clock" | "o’clock")
        || plain.eq_ignore_ascii_case("o’clock");
    let zone = matches!(
        plain,
        "GMT"
            | "UTC"
            | "EST"
            | "EDT"
            | "BST"
            | "CET"
            | "CEST"
            | "PST"
            | "PDT"
            | "ET"
            | "PT"
            | "IST"
            | "SGT"
            | "JST"
    );
    if half && plain == "am" && !line.word(i).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if half || zone && line.word(i).bytes().filter(u8::is_ascii_digit).count() >= 1 {
        return Some(next + 1);
    }
    None
}

/// Whether the figure at token `i` is a time of day with a full stop, and a day named after it: "at 4.17 on Monday".
pub(super) fn stopped_clock(line: &Line<'_>, i: usize) -> bool {
    let word = line.word(i);
    if word.len() > 5 || !word.as_bytes().contains(&b'.') || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((hour, minute)) = word.split_once('.') else { return false };
    let below = |digits: &str, limit: u32| {
        digits.len() <= 2 && is_digits(digits) && digits.parse::<u32>().is_ok_and(|n| n < limit)
    };
    let before = matches!(
        &*lower(line.back(i, 1)),
        "at" | "by"
            | "about"
            | "around"
            | "just"
            | "until"
            | "till"
            | "from"
            | "since"
            | "after"
            | "before"
            | "past"
    );
    if !before
        || minute.len() != 2
        || !below(hour, 24)
        || !below(minute, 60)
        || line.join(i + 1) != Join::Space
    {
        return false;
    }
    let part = |k: usize| matches!(&*lower(line.word(k)), "morning" | "afternoon" | "evening" | "night");
    match &*lower(line.word(i + 1)) {
        "on" => is_weekday(line.word(i + 2)) || line.follows(i + 2, "the") && part(i + 4),
        "in" => line.follows(i + 2, "the") && part(i + 3),
        "this" | "that" | "yesterday" | "tomorrow" => part(i + 2),
        "today" | "tonight" | "sharp" => true,
        next => is_weekday(next),
    }
}

/// Whether the figure, which counts nothing, is an hour: "shortly after 10".
pub(super) fn hour(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let i = amount.first;
    amount.plain > 0
        && (1.0..=12.0).contains(&amount.lo)
        && line.join(i) == Join::Space
        && matches!(&*lower(line.back(i, 1)), "after" | "before" | "past")
        && matches!(
            &*lower(line.back(i, 2)),
            "shortly" | "soon" | "just" | "minutes" | "moments" | "little" | "right"
        )
}

/// Whether `amount` is the magnitude of an earthquake: "magnitude 7.5", "a 7.8-magnitude quake".
pub(super) fn is_magnitude(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let (i, next) = (amount.first, amount.next);
    let word = |k: usize| line.word(k).eq_ignore_ascii_case("magnitude");
    let said_before = i > 0
        && line.joined(i)
        && (word(i - 1) || i > 1 && line.word(i - 1).eq_ignore_ascii_case("of") && word(i - 2));
    amount.form == Form::Digits
        && !amount.scaled
        && (0.0..=10.0).contains(&amount.hi)
        && (said_before || line.joined(next) && word(next))
}

/// A year without a month: "in 2025", "the 2026 elections", "1989-90". "2000 people" is none.
pub(super) fn year(line: &Line<'_>, amount: &Amount<'_>, noun: Option<&Noun>) -> bool {
    if amount.plain != 4 || amount.currency.is_some() {
        return false;
    }
    let (i, value) = (amount.first, amount.lo);
    let before = lower(line.back(i, 1));
    let dated = matches!(
        &*before,
        "in" | "since"
            | "from"
            | "until"
            | "till"
            | "by"
            | "before"
            | "after"
            | "early"
            | "late"
            | "mid"
            | "between"
            | "during"
            | "circa"
            | "year"
            | "the"
            | "this"
            | "for"
            | "through"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "around"
    );
    let directly = noun.filter(|n| n.plural && n.at == amount.next && !n.of);
    if (1900.0..=2199.0).contains(&value) {
        let people = directly.is_some_and(|n| among(&PEOPLE, &n.lemma));
        let round = directly.is_some() && value % 100.0 < 0.5 && !dated;
        return !(people && (!dated || &*before == "around") || round);
    }
    (1000.0..1900.0).contains(&value)
        && directly.is_none()
        && noun.is_none()
        && dated
        && &*before != "the"
        && &*before != "for"
}

/// What is so often counted in news that a figure before it is no year; sorted.
static PEOPLE: Set = Set::new(&[
    "civilian",
    "death",
    "fan",
    "job",
    "man",
    "member",
    "people",
    "prisoner",
    "protester",
    "refugee",
    "resident",
    "seat",
    "share",
    "soldier",
    "student",
    "troop",
    "vote",
    "woman",
    "worker",
]);

/// "nineteen eighty-four": the century of a year in words, or its rest.
pub(super) fn spelled_year(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let tens = |word: &str| {
        matches!(
            &*lower(word),
            "twenty" | "thirty" | "forty" | "fifty" | "sixty" | "seventy" | "eighty" | "ninety"
        )
    };
    let century = |word: &str| matches!(&*lower(word), "seventeen" | "eighteen" | "nineteen" | "twenty");
    let i = amount.first;
    line.join(amount.next) == Join::Space
        && amount.next == i + 1
        && century(line.word(i))
        && tens(line.word(amount.next))
        || line.join(i) == Join::Space && century(line.back(i, 1)) && tens(line.word(i))
}

/// Whether `amount` is the "one" of "one day they met": a time, not a duration as in "in one day".
pub(super) fn is_some_day(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let day = amount.next == amount.first + 1
        && amount.form == Form::Words
        && line.word(amount.first).eq_ignore_ascii_case("one")
        && line.follows(amount.next, "day");
    if !day {
        return false;
    }
    let lasts = matches!(
        &*lower(line.back(amount.first, 1)),
        "about"
            | "after"
            | "at"
            | "by"
            | "each"
            | "every"
            | "for"
            | "in"
            | "just"
            | "least"
            | "nearly"
            | "of"
            | "only"
            | "over"
            | "than"
            | "to"
            | "under"
            | "within"
    );
    !lasts
}
