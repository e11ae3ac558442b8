//! Dates with a month: "14 October 2025", "Oct. 14", "March 7-9", "March 2019".

use super::words::month_of;
use super::{Expression, Meaning, Part, Side, Year};
use crate::extract::quantity::counted::STOP;
use crate::extract::quantity::line::{Join, Line, is_capital, is_digits};
use crate::names::unit::lemma::is_plural;
use crate::names::wordlist::{Set, among, lower};

/// A month and a day of it.
pub(super) type MonthDay = (u32, u32);

/// "14 October 2025", "the 14th of October", "7-9 March", "30 October to 2 November".
pub(super) fn day_first(line: &Line<'_>, i: usize) -> Option<Expression> {
    let (first, last, month_at) = days_before_month(line, i)?;
    let month = month_of(line.word(month_at))?;
    let mut date = Span { from: (month, first), to: (month, last), next: month_at + 1 };
    // "30 October to 2 November"
    if first == last
        && let Some(at) = linked(line, date.next)
        && let Some((day, same, month_at)) = days_before_month(line, at)
        && day == same
        && let Some(month) = month_of(line.word(month_at))
    {
        date = Span { to: (month, day), next: month_at + 1, ..date };
    }
    finish(line, i, date, None)
}

/// Days and what they run to, before their year is read.
#[derive(Clone, Copy)]
struct Span {
    from: MonthDay,
    to: MonthDay,
    next: usize,
}

/// The first and last of the days at token `i`, and the token of their month: "14", "7-9", "5 and 6", "14th of".
fn days_before_month(line: &Line<'_>, i: usize) -> Option<(u32, u32, usize)> {
    let first = day(line.word(i))?;
    let month = |k: usize| {
        let k = if line.follows(k, "of") { k + 1 } else { k };
        (line.joined(k) && month_of(line.word(k)).is_some()).then_some(k)
    };
    if let Some(at) = month(i + 1) {
        return Some((first, first, at));
    }
    let second = second_day(line, i + 1)?;
    let last = day(line.word(second)).filter(|last| *last > first)?;
    Some((first, last, month(second + 1)?))
}

/// The token of a second figure that a dash, "to", "and" or "or" before token `k` leads to.
fn second_day(line: &Line<'_>, k: usize) -> Option<usize> {
    match line.gap(k) {
        "-" | "–" | " - " | " – " | "/" => Some(k),
        " " if matches!(&*lower(line.word(k)), "and" | "to" | "or" | "through" | "until") => {
            (line.join(k + 1) == Join::Space).then_some(k + 1)
        }
        _ => None,
    }
}

/// The token that a dash, "to" or "through" leads to at token `k`.
fn linked(line: &Line<'_>, k: usize) -> Option<usize> {
    match line.gap(k) {
        "-" | "–" | " - " | " – " => Some(k),
        " " if matches!(&*lower(line.word(k)), "to" | "through" | "until") => {
            (line.join(k + 1) == Join::Space).then_some(k + 1)
        }
        _ => None,
    }
}

/// The date that begins at token `i`, the name of `month`.
pub(super) fn at_month(line: &Line<'_>, i: usize, month: u8) -> Option<Expression> {
    let month = u32::from(month);
    if !is_capital(line.word(i)) {
        return None;
    }
    if let Some(span) = month_first(line, i, month) {
        return finish(line, i, span, None);
    }
    a_month(line, i, month, None)
}

/// "October 14", "Oct. 14", "March 7-9", "Oct. 30-Nov. 2".
fn month_first(line: &Line<'_>, i: usize, month: u32) -> Option<Span> {
    let at = i + 1;
    let near = matches!(line.gap(at), " " | ". " | "." | "-" | "\u{a0}");
    let first = near.then(|| day(line.word(at))).flatten()?;
    let clock =
        matches!(line.gap(at + 1), ":" | "%") || matches!(line.word(at + 1), "p.m." | "a.m." | "pm" | "am");
    if clock || counts_after_month(line, at) {
        return None;
    }
    let mut span = Span { from: (month, first), to: (month, first), next: at + 1 };
    if let Some(second) = linked(line, span.next)
        && let Some(other) = month_of(line.word(second))
        && matches!(line.gap(second + 1), " " | ". ")
        && let Some(last) = day(line.word(second + 1))
    {
        return Some(Span { to: (other, last), next: second + 2, ..span });
    }
    // "May 5 and 6", but not "May 5 and 40 others" or "May 5 and 6 goals"
    while let Some(second) = second_day(line, span.next) {
        let Some(last) = day(line.word(second)).filter(|last| *last > span.to.1) else { break };
        let dash = second == span.next;
        if !dash && line.joined(second + 1) && !among(&STOP, &lower(line.word(second + 1))) {
            break;
        }
        span = Span { to: (month, last), next: second + 1, ..span };
    }
    Some(span)
}

/// The year after days, and a date of all.
fn finish(line: &Line<'_>, first: usize, span: Span, weekday: Option<u32>) -> Option<Expression> {
    let Span { from, to, next } = span;
    if !is_day(from) || !is_day(to) {
        return None;
    }
    if from == (9, 11)
        && from == to
        && line.join(next) == Join::Space
        && among(&ATTACKS, &lower(line.word(next)))
    {
        return Some(Expression { first, next, meaning: Meaning::Named(2001, 9, 11) });
    }
    let (year, next) = year_after(line, next);
    Some(Expression { first, next, meaning: Meaning::Days { year, from, to, weekday } })
}

/// The year that stands at token `k` after a day or month, and the token past it.
fn year_after(line: &Line<'_>, k: usize) -> (Year, usize) {
    let word = line.word(k);
    if matches!(line.gap(k), " " | ", " | ". " | "-" | "\u{a0}")
        && is_year(word)
        && let Some(year) = number(word)
    {
        return (Year::Is(year.cast_signed()), k + 1);
    }
    let of = if line.follows(k, "of") { k + 1 } else { k };
    if line.join(of) == Join::Space && line.follows(of + 1, "year") {
        let side = side(line.word(of));
        if let Some(side) = side {
            return (Year::Beside(side), of + 2);
        }
    }
    if of > k && line.join(of) == Join::Space && is_year(line.word(of)) {
        let year = number(line.word(of)).map_or(0, u32::cast_signed);
        return (Year::Is(year), of + 1);
    }
    (Year::Unsaid(None), k)
}

fn side(word: &str) -> Option<Side> {
    match &*lower(word) {
        "last" => Some(Side::Last),
        "this" => Some(Side::This),
        "next" => Some(Side::Next),
        _ => None,
    }
}

/// A month without day: "March 2019", "in March", "January to March". `said` is the side that a word before it names.
pub(super) fn a_month(
    line: &Line<'_>,
    i: usize,
    month: u32,
    said: Option<(usize, Side)>,
) -> Option<Expression> {
    let (mut to, mut next) = (month, i + 1);
    if let Some(at) = linked(line, next)
        && let Some(other) = month_of(line.word(at)).filter(|other| *other != month)
        && !(day(line.word(at + 1)).is_some() && matches!(line.gap(at + 1), " " | ". "))
    {
        (to, next) = (other, at + 1);
    }
    let (year, past) = year_after(line, next);
    let (mut first, part) = part_before(line, i);
    let year = match (year, said) {
        (Year::Unsaid(_), Some((at, side))) => {
            first = at;
            Year::Unsaid(Some(side))
        }
        (Year::Unsaid(_), None) if part.is_none() && to == month && !is_alone(line, i) => return None,
        (year, _) => year,
    };
    Some(Expression { first, next: past, meaning: Meaning::Months { year, from: month, to, part } })
}

/// Whether the month at token `i` means a month, though no figure and no "last" goes with it.
fn is_alone(line: &Line<'_>, i: usize) -> bool {
    static LEADS: Set =
        Set::new(&["between", "by", "during", "from", "in", "of", "since", "through", "till", "to", "until"]);
    let before = lower(line.back(i, 1));
    if matches!(&*before, "each" | "every") {
        return false;
    }
    let led = line.join(i) == Join::Space && among(&LEADS, &before);
    let full = matches!(
        &*lower(line.word(i)),
        "january" | "february" | "july" | "september" | "october" | "november" | "december"
    );
    let named = line.join(i + 1) == Join::Space && is_capital(line.word(i + 1)) && !line.headline;
    if !full {
        // May, March, April, June and August do and are called other things
        let verb = line.headline && &*before == "to";
        return led && !named && !verb && line.word(i).len() > 2;
    }
    let name = line.join(i) == Join::Space
        && is_capital(line.back(i, 1))
        && !line.headline
        && !line.opens(i - 1)
        && !among(&STOP, &before);
    !(named && !led || name)
}

/// The first token of a date at token `i`, "early", "mid" or "late" included, and what that says.
pub(super) fn part_before(line: &Line<'_>, i: usize) -> (usize, Option<Part>) {
    if i <= line.floor {
        return (i, None);
    }
    let part = match (&*lower(line.back(i, 1)), line.join(i)) {
        ("early", Join::Space | Join::Hyphen) => Part::Early,
        ("mid", Join::Space | Join::Hyphen) => Part::Mid,
        ("late", Join::Space | Join::Hyphen) => Part::Late,
        _ => return (i, None),
    };
    (i - 1, Some(part))
}

/// The weekday at token `i` with the date that follows it: "Tuesday, October 14", "Friday 3 May 2024".
pub(super) fn after_weekday(line: &Line<'_>, i: usize, weekday: u32) -> Option<Expression> {
    let k = i + 1;
    if !matches!(line.gap(k), " " | ", " | ". ") {
        return None;
    }
    let k = if line.word(k).eq_ignore_ascii_case("the") && line.gap(k + 1) == " " { k + 1 } else { k };
    let date = match month_of(line.word(k)) {
        Some(month) => finish(line, i, month_first(line, k, month)?, None)?,
        None => day_first(line, k)?,
    };
    let Meaning::Days { year, from, to, .. } = date.meaning else { return None };
    Some(Expression { first: i, meaning: Meaning::Days { year, from, to, weekday: Some(weekday) }, ..date })
}

/// In "in March 20 people died" the figure counts, in "on March 20 people died" it does not; which of the two it is,
/// the preposition tells.
fn counts_after_month(line: &Line<'_>, i: usize) -> bool {
    let month_alone =
        matches!(&*lower(line.back(i, 2)), "in" | "since" | "last" | "until" | "during" | "by" | "of");
    let next = line.word(i + 1);
    month_alone && line.join(i + 1) == Join::Space && !is_capital(next) && is_plural(&lower(next))
}

/// The day of the month that `word` is: "14", "14th".
fn day(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = word.get(digits..)?;
    let fits = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    (fits && digits <= 2).then(|| number(word.get(..digits)?)).flatten().filter(|d| (1..=31).contains(d))
}

/// A whole number of one to four digits.
pub(super) fn number(digits: &str) -> Option<u32> {
    (is_digits(digits) && digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

/// Whether there is such a month and day, in leap years at least.
pub(super) fn is_day((month, day): MonthDay) -> bool {
    (1..=12).contains(&month) && (1..=crate::article::days_of(2024, month)).contains(&day)
}

/// Whether `word` is a year that a month may be of.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4
        && is_digits(word)
        && matches!(word.as_bytes().first_chunk(), Some(b"15" | b"16" | b"17" | b"18" | b"19" | b"20"))
}

/// Nouns that after "Sept. 11" mean the day in 2001; sorted.
static ATTACKS: Set = Set::new(&[
    "attack",
    "attacks",
    "commission",
    "hijackers",
    "hijackings",
    "memorial",
    "museum",
    "plot",
    "plotters",
    "terror",
    "terrorist",
    "victims",
]);
