//! Dates, times of day and years: figures that say when.

use super::amount::Amount;
use super::counted::{Noun, STOP};
use super::line::{Join, Line, is_capital, is_digits};
use super::words::Form;
use crate::names::wordlist::{Set, among, lower};

/// "7th", "21st July": an ordinal and the month it dates.
pub(super) fn ordinal(line: &Line<'_>, i: usize) -> usize {
    let k = if line.follows(i + 1, "of") { i + 2 } else { i + 1 };
    if is_month(line.word(k)) { k + 1 } else { i + 1 }
}

/// If a figure that ends before token `next` is a time of day, the token past it: "5 p.m.", "0930 GMT", "2 o'clock".
pub(super) fn clock(line: &Line<'_>, i: usize, next: usize) -> Option<usize> {
    if stopped_clock(line, i) {
        return Some(i + 1);
    }
    if !line.joined(next) && line.gap(next) != " (" {
        return None;
    }
    let word = line.word(next);
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
    let Some((hour, minute)) = line.word(i).split_once('.') else { return false };
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

/// If the figure at token `i`, with `plain` digits, is the day or year of a date with a named month, the token past
/// the date.
pub(super) fn date(line: &Line<'_>, i: usize, plain: usize) -> Option<usize> {
    if plain == 0 || plain > 4 || line.word(i).len() != plain {
        return None;
    }
    let value: u32 = line.word(i).parse().ok()?;
    let day = plain <= 2 && (1..=31).contains(&value);
    let year = plain == 4 && (1000..=2100).contains(&value);
    if !day && !year {
        return None;
    }
    let before = |k: usize| matches!(line.gap(k), " " | ". " | "." | ", " | "-" | "\u{a0}");
    if i > 0 && before(i) && is_month(line.back(i, 1)) {
        if day && counts_after_month(line, i) {
            return None;
        }
        return Some(rest_of_days(line, i + 1));
    }
    // "30 September", "7-9 March"
    if day
        && line.joined(i + 1)
        && is_month(line.word(i + 1))
        && (is_capital(line.word(i + 1)) || line.headline)
    {
        let year_at = i + 2;
        let has_year = matches!(line.gap(year_at), " " | ", ") && is_year(line.word(year_at));
        return Some(if has_year { year_at + 1 } else { i + 2 });
    }
    if day
        && matches!(line.gap(i + 1), "-" | "–" | " - " | " – ")
            | line.follows(i + 1, "to")
            | line.follows(i + 1, "and")
    {
        let second = if matches!(line.gap(i + 1), "-" | "–" | " - " | " – ") { i + 1 } else { i + 2 };
        let days = is_digits(line.word(second)) && line.word(second).len() <= 2;
        if days
            && line.joined(second + 1)
            && is_month(line.word(second + 1))
            && is_capital(line.word(second + 1))
        {
            return Some(second + 2);
        }
    }
    None
}

/// In "in March 20 people died" the figure counts, in "on March 20 people died" it does not; which of the two it is,
/// the preposition tells.
fn counts_after_month(line: &Line<'_>, i: usize) -> bool {
    let month_alone =
        matches!(&*lower(line.back(i, 2)), "in" | "since" | "last" | "until" | "during" | "by" | "of");
    let next = line.word(i + 1);
    month_alone
        && line.join(i + 1) == Join::Space
        && !is_capital(next)
        && crate::names::unit::lemma::is_plural(&lower(next))
}

/// The token past further days and the year: "March 7-9, 2024", "May 5 and 6".
fn rest_of_days(line: &Line<'_>, mut k: usize) -> usize {
    loop {
        let step = match line.gap(k) {
            "-" | "–" | " - " | " – " | "/" => 0,
            ", " | " " if is_year(line.word(k)) => return k + 1,
            " " if matches!(&*lower(line.word(k)), "and" | "to" | "or") => 1,
            _ => return k,
        };
        let at = k + step;
        let day = is_digits(line.word(at))
            && line.word(at).len() <= 2
            && (step == 0 || line.join(at) == Join::Space);
        if !day || line.joined(at + 1) && step == 1 && !among(&STOP, &lower(line.word(at + 1))) {
            return k;
        }
        k = at + 1;
    }
}

/// Whether `word` is a year of our time.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && is_digits(word) && (word.starts_with("19") || word.starts_with("20"))
}

/// Whether `word` is a month's name or its usual abbreviation, with a capital letter.
pub(super) fn is_month(word: &str) -> bool {
    static MONTHS: Set = Set::new(&[
        "apr",
        "april",
        "aug",
        "august",
        "dec",
        "december",
        "feb",
        "february",
        "jan",
        "january",
        "jul",
        "july",
        "jun",
        "june",
        "mar",
        "march",
        "may",
        "nov",
        "november",
        "oct",
        "october",
        "sep",
        "sept",
        "september",
    ]);
    is_capital(word) && among(&MONTHS, &lower(word))
}

pub(super) fn is_weekday(word: &str) -> bool {
    matches!(
        &*lower(word),
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
    )
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
        && amount.next == amount.first + 1
        && line.word(amount.first).eq_ignore_ascii_case("one")
        && line.follows(amount.next, "day")
}
