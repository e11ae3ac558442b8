//! Dates of weekdays and of words that count from the day of the report: "on Tuesday", "last week", "tonight".

use super::words::{DateWord, month_of, weekday_of};
use super::{Expression, Meaning, Part, Side, Unit, whole, written};
use crate::article::Quantity;
use crate::extract::quantity::line::{Join, Line, is_capital};
use crate::names::wordlist::{Set, among, lower};

/// The date that begins at token `i`, which is `word`.
pub(super) fn at_word(line: &Line<'_>, i: usize, word: DateWord) -> Option<Expression> {
    match word {
        DateWord::Weekday(day) => a_weekday(line, i, u32::from(day)),
        DateWord::Days(by) => a_day(line, i, i32::from(by)),
        DateWord::Last => beside(line, i, Side::Last),
        DateWord::This => beside(line, i, Side::This),
        DateWord::Next => beside(line, i, Side::Next),
        DateWord::Weekend => weekend(line, i),
        DateWord::Month(_) | DateWord::Ago => None, // read elsewhere
    }
}

/// "Tuesday", "Tuesday, October 14".
fn a_weekday(line: &Line<'_>, i: usize, day: u32) -> Option<Expression> {
    static BEFORE: Set = Set::new(&[
        "alternate",
        "any",
        "ash",
        "black",
        "bloody",
        "cyber",
        "each",
        "easter",
        "every",
        "fat",
        "giving",
        "good",
        "holy",
        "maundy",
        "palm",
        "per",
        "ruby",
        "sheffield",
        "shrove",
        "super",
    ]);
    static AFTER: Set = Set::new(&[
        "club",
        "express",
        "group",
        "herald",
        "independent",
        "mail",
        "mass",
        "mirror",
        "post",
        "school",
        "telegraph",
        "times",
        "tribune",
    ]);
    if !is_capital(line.word(i)) {
        return None;
    }
    if let Some(date) = written::after_weekday(line, i, day) {
        return Some(date);
    }
    let before = lower(line.back(i, 1));
    if line.joined(i)
        && (among(&BEFORE, &before) || &*before == "a" && line.back(i, 2).eq_ignore_ascii_case("on"))
    {
        return None;
    }
    // "the Sunday Times"
    if line.join(i + 1) == Join::Space
        && is_capital(line.word(i + 1))
        && among(&AFTER, &lower(line.word(i + 1)))
    {
        return None;
    }
    if day == 0 && weekday_after(line, i) >= Some(4) || day >= 4 && weekday_leads(line, i) {
        return None; // "Monday to Friday" is every week
    }
    Some(Expression { first: i, next: i + 1, meaning: Meaning::Weekday { day, side: None } })
}

/// The weekday that a dash or "to" after token `i` leads to.
fn weekday_after(line: &Line<'_>, i: usize) -> Option<u32> {
    let to = matches!(&*lower(line.word(i + 1)), "to" | "through");
    match line.gap(i + 1) {
        "-" | "–" => weekday_of(line.word(i + 1)),
        " " if to => weekday_of(line.word(i + 2)),
        _ => None,
    }
}

/// Whether a Monday leads to the weekday at token `i`.
fn weekday_leads(line: &Line<'_>, i: usize) -> bool {
    (1..=2).filter_map(|n| i.checked_sub(n)).any(|k| {
        line.word(k).eq_ignore_ascii_case("monday") && weekday_after(line, k) == weekday_of(line.word(i))
    })
}

/// "yesterday", "today", "the day before yesterday".
fn a_day(line: &Line<'_>, i: usize, by: i32) -> Option<Expression> {
    // "USA Today", "the Today programme"
    if is_capital(line.word(i)) && !line.opens(i) && !line.headline {
        return None;
    }
    let before = lower(line.back(i, 1));
    let beyond = matches!((&*before, by), ("before", -1) | ("after", 1))
        && line.join(i) == Join::Space
        && line.back(i, 2).eq_ignore_ascii_case("day")
        && i >= line.floor + 2;
    let (first, by) = match beyond {
        true if i >= line.floor + 3 && line.back(i, 3).eq_ignore_ascii_case("the") => (i - 3, 2 * by),
        true => (i - 2, 2 * by),
        false => (i, by),
    };
    Some(Expression { first, next: i + 1, meaning: Meaning::Beside { unit: Unit::Day, by, part: None } })
}

/// "over the weekend".
fn weekend(line: &Line<'_>, i: usize) -> Option<Expression> {
    let led = line.back(i, 1).eq_ignore_ascii_case("the")
        && matches!(
            &*lower(line.back(i, 2)),
            "over" | "at" | "on" | "during" | "for" | "by" | "after" | "before"
        );
    let ends = line.join(i + 1) != Join::Hyphen && !line.follows(i + 1, "of");
    let meaning = Meaning::Beside { unit: Unit::Weekend, by: 0, part: None };
    (led && ends).then_some(Expression { first: i, next: i + 1, meaning })
}

/// "last week", "next March", "this Friday", "last night".
fn beside(line: &Line<'_>, i: usize, side: Side) -> Option<Expression> {
    let mut k = i + 1;
    let mut side = side;
    if line.join(k) != Join::Space {
        return None;
    }
    // "this coming Friday", "this past week"
    if side == Side::This && line.join(k + 1) == Join::Space {
        let other = match &*lower(line.word(k)) {
            "coming" => Some(Side::Next),
            "past" => Some(Side::Last),
            _ => None,
        };
        if let Some(other) = other {
            (side, k) = (other, k + 1);
        }
    }
    let by = match side {
        Side::Last => -1,
        Side::This => 0,
        Side::Next => 1,
    };
    let date = |meaning| Some(Expression { first: i, next: k + 1, meaning });
    if let Some(day) = weekday_of(line.word(k)) {
        return date(Meaning::Weekday { day, side: Some(side) });
    }
    if let Some(month) = month_of(line.word(k)) {
        // "this October 14" is read from the month on
        let day = line.word(k + 1).starts_with(|c: char| c.is_ascii_digit());
        return if day { None } else { written::a_month(line, k, month, Some((i, side))) };
    }
    let unit = match &*lower(line.word(k)) {
        "night" | "evening" if side == Side::Last => return date(day_beside(-1)),
        "morning" | "afternoon" | "evening" if side == Side::This && k == i + 1 => {
            return date(day_beside(0));
        }
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    // "the last week of May", "her last year": counted from something else
    let owned = line.join(i) == Join::Space && among(&OWNERS, &lower(line.back(i, 1)));
    if owned || line.join(k + 1) == Join::Hyphen || line.follows(k + 1, "of") && side != Side::This {
        return None;
    }
    let (first, part, rest) = before(line, i, side);
    if let Some(later) = rest.filter(|_| unit != Unit::Weekend) {
        return Some(Expression { first, next: k + 1, meaning: Meaning::RestOf { unit, later } });
    }
    let first = if matches!(unit, Unit::Month | Unit::Year) { first } else { i };
    let part = part.filter(|_| first < i);
    Some(Expression { first, next: k + 1, meaning: Meaning::Beside { unit, by, part } })
}

fn day_beside(by: i32) -> Meaning {
    Meaning::Beside { unit: Unit::Day, by, part: None }
}

/// Words before "last", "next" or "this" that narrow what they name: the first token, the part, and whether the rest of the
/// stretch is meant ("later") or what has gone of it ("earlier").
fn before(line: &Line<'_>, i: usize, side: Side) -> (usize, Option<Part>, Option<bool>) {
    if i > line.floor && line.join(i) == Join::Space && side == Side::This {
        match &*lower(line.back(i, 1)) {
            "earlier" => return (i - 1, None, Some(false)),
            "later" => return (i - 1, None, Some(true)),
            _ => {}
        }
    }
    let (first, part) = written::part_before(line, i);
    (first, part, None)
}

/// Words before "last" and "next" that make a stretch of their own of them; sorted.
static OWNERS: Set = Set::new(&[
    "a", "any", "every", "her", "his", "its", "my", "our", "same", "that", "the", "their", "very", "whose",
    "your",
]);

/// Days, weeks, months or years that "ago" may follow, with how many.
pub(super) fn counted(quantity: &Quantity) -> Option<(Unit, i32)> {
    let unit = unit_of(quantity.unit.as_deref()?)?;
    let count = whole(quantity)?;
    let plain =
        matches!(quantity.modifier, crate::article::Modifier::Equal | crate::article::Modifier::About);
    plain.then_some((unit, count))
}

fn unit_of(name: &str) -> Option<Unit> {
    Some(match name {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}

/// "a week" before "ago" at token `i`: the unit, and the token of the article.
pub(super) fn single(line: &Line<'_>, i: usize) -> Option<(Unit, usize)> {
    let first = i.checked_sub(2).filter(|first| *first >= line.floor)?;
    let article = matches!(&*lower(line.word(first)), "a" | "an" | "one");
    let unit = unit_of(&lower(line.word(i - 1)))?;
    (article && line.join(i) == Join::Space && line.join(i - 1) == Join::Space).then_some((unit, first))
}
