//! From what a date says to the days that it stands for.

use super::{Day, Expression, Meaning, Part, Side, Unit, Year, cue};
use crate::article::{Period, civil, day_number, days_of};
use crate::extract::quantity::line::Line;

/// A day without year that lies longer ago than this…
const LONG_AGO: i32 = 300;
/// …is the one to come if that is nearer than this.
const SOON: i32 = 65;

/// The days of a date, and the rule that told them; `None` if they cannot be told.
pub(super) fn resolve(
    date: &Expression,
    line: &Line<'_>,
    published: Option<Day>,
) -> Option<(Period, &'static str)> {
    let comes = || cue::is_to_come(line, date.first, date.next);
    match date.meaning {
        Meaning::Named(y, m, d) => {
            let day = day_number(y, m, d)?;
            Some((Period::of_days(day, day + 1)?, "date:named"))
        }
        Meaning::Years { from, to, part } => Some((years(from, to, part)?, "date:absolute")),
        Meaning::Days { year: Year::Is(y), from, to, .. } => Some((days(y, from, to)?, "date:absolute")),
        Meaning::Months { year: Year::Is(y), from, to, part } => {
            Some((months(y, from, to, part)?, "date:absolute"))
        }
        Meaning::Days { year: Year::Beside(side), from, to, .. } => {
            Some((days(beside(published?, side)?, from, to)?, "date:relative"))
        }
        Meaning::Months { year: Year::Beside(side), from, to, part } => {
            Some((months(beside(published?, side)?, from, to, part)?, "date:relative"))
        }
        Meaning::Days { year: Year::Unsaid(side), from, to, weekday } => {
            unsaid_year(published?, from, to, weekday, side, comes)
        }
        Meaning::Months { year: Year::Unsaid(side), from, to, part } => {
            unsaid_month(published?, from, to, part, side, comes)
        }
        Meaning::Weekday { day, side } => self::weekday(published?, day, side, comes),
        Meaning::Beside { unit: Unit::Weekend, by: 0, .. } if date.first + 1 == date.next => {
            weekend(published?, comes)
        }
        Meaning::Beside { unit, by, part } => {
            let (first, past) = beside_unit(published?, unit, by)?;
            let (first, past) = part.map_or((first, past), |part| third(first, past, unit, part));
            Some((Period::of_days(first, past)?, "date:relative"))
        }
        Meaning::RestOf { unit, later } => {
            let published = published?;
            let (first, past) = beside_unit(published, unit, 0)?;
            let (first, past) = if later { (published, past) } else { (first, published + 1) };
            Some((Period::of_days(first, past)?, "date:relative"))
        }
        Meaning::Ago { unit, count } => {
            let (first, past) = beside_unit(published?, unit, -count)?;
            Some((Period::of_days(first, past)?, "date:ago"))
        }
    }
}

/// The year beside the one in which `published` lies.
fn beside(published: Day, side: Side) -> Option<i32> {
    civil(published).0.checked_add(match side {
        Side::Last => -1,
        Side::This => 0,
        Side::Next => 1,
    })
}

/// From a month and day of `year` to another; the second lies in the next year if it would go before the first.
fn days(year: i32, from: (u32, u32), to: (u32, u32)) -> Option<Period> {
    let first = day_number(year, from.0, from.1)?;
    let last = day_number(if to < from { year + 1 } else { year }, to.0, to.1)?;
    Period::of_days(first, last + 1)
}

/// From a month to another that lies in `year`; the first lies in the year before if it would go after it.
fn months(year: i32, from: u32, to: u32, part: Option<Part>) -> Option<Period> {
    let first = day_number(if from > to { year - 1 } else { year }, from, 1)?;
    let past = day_number(year, to, days_of(year, to))? + 1;
    let (first, past) = part.map_or((first, past), |part| third(first, past, Unit::Month, part));
    Period::of_days(first, past)
}

/// From a year to another; a part is a third of one year, or some years of a decade or century.
fn years(from: i32, to: i32, part: Option<Part>) -> Option<Period> {
    let first = day_number(from, 1, 1)?;
    let past = day_number(to.checked_add(1)?, 1, 1)?;
    match part {
        None => Period::of_days(first, past),
        Some(part) if from == to => {
            let (first, past) = third(first, past, Unit::Year, part);
            Period::of_days(first, past)
        }
        Some(part) => {
            let tenth = (to - from + 1) / 10;
            let (skip, take) = match part {
                Part::Early => (0, 4),
                Part::Mid => (4, 3),
                Part::Late => (7, 3),
            };
            years(from + skip * tenth, from + (skip + take) * tenth - 1, None)
        }
    }
}

/// A third of a month (ten days, ten days, the rest) or of a year (four months each).
fn third(first: Day, past: Day, unit: Unit, part: Part) -> (Day, Day) {
    let cuts = match unit {
        Unit::Month => [first + 10, first + 20],
        Unit::Year => {
            let year = civil(first).0;
            [5, 9].map(|month| day_number(year, month, 1).unwrap_or(first))
        }
        _ => return (first, past),
    };
    match part {
        Part::Early => (first, cuts[0]),
        Part::Mid => (cuts[0], cuts[1]),
        Part::Late => (cuts[1], past),
    }
}

fn unsaid_year(
    published: Day,
    from: (u32, u32),
    to: (u32, u32),
    weekday: Option<u32>,
    side: Option<Side>,
    comes: impl Fn() -> bool,
) -> Option<(Period, &'static str)> {
    let year = civil(published).0;
    let of = |year| day_number(year, from.0, from.1);
    // 29 February needs up to eight years
    let near = || (-8..=8).filter_map(|by| year.checked_add(by)).filter_map(|y| Some((y, of(y)?)));
    if let Some(wanted) = weekday
        && let Some((y, _)) = near()
            .filter(|(_, day)| weekday_number(*day) == wanted && (day - published).abs() < 1200)
            .min_by_key(|(_, day)| (day - published).abs())
    {
        return Some((days(y, from, to)?, "date:day-of-week"));
    }
    let of_year = |y: Option<i32>| y.and_then(|y| Some((y, of(y)?)));
    let past = (0..=8).filter_map(|by| of_year(year.checked_sub(by))).find(|(_, day)| *day <= published);
    let future = (0..=8).filter_map(|by| of_year(year.checked_add(by))).find(|(_, day)| *day >= published);
    let (past, future) = (past?, future?);
    let rule = match side {
        Some(Side::Next) => "date:day-future",
        Some(Side::This) => return Some((days(year, from, to)?, "date:relative")),
        None if comes() => "date:day-future",
        None if published - past.1 >= LONG_AGO && future.1 - published <= SOON => "date:day-near",
        None | Some(Side::Last) => "date:day-past",
    };
    let y = if rule == "date:day-past" { past.0 } else { future.0 };
    Some((days(y, from, to)?, rule))
}

fn unsaid_month(
    published: Day,
    from: u32,
    to: u32,
    part: Option<Part>,
    side: Option<Side>,
    comes: impl Fn() -> bool,
) -> Option<(Period, &'static str)> {
    let (year, month, _) = civil(published);
    let (by, rule) = match side {
        Some(Side::This) => (0, "date:relative"),
        Some(Side::Last) => (if to < month { 0 } else { -1 }, "date:month-past"),
        Some(Side::Next) => (i32::from(to <= month), "date:month-future"),
        None if comes() => (i32::from(to < month), "date:month-future"),
        // "January to March" is past once it has begun
        None => (if from.min(to) <= month { 0 } else { -1 }, "date:month-past"),
    };
    Some((months(year.checked_add(by)?, from, to, part)?, rule))
}

/// The weekday of a day, Monday being 0.
fn weekday_number(day: Day) -> u32 {
    (day + 3).rem_euclid(7).unsigned_abs() // 1970-01-01 was a Thursday
}

fn weekday(
    published: Day,
    wanted: u32,
    side: Option<Side>,
    comes: impl Fn() -> bool,
) -> Option<(Period, &'static str)> {
    let (now, wanted) = (weekday_number(published).cast_signed(), wanted.cast_signed());
    let back = (now - wanted).rem_euclid(7);
    let ahead = (wanted - now).rem_euclid(7);
    let (day, rule) = match side {
        Some(Side::Last) => (published - if back == 0 { 7 } else { back }, "date:weekday-past"),
        Some(Side::Next) => (published + if ahead == 0 { 7 } else { ahead }, "date:weekday-future"),
        Some(Side::This) => (published - now + wanted, "date:relative"),
        None if comes() => (published + ahead, "date:weekday-future"),
        None => (published - back, "date:weekday-past"),
    };
    Some((Period::of_days(day, day + 1)?, rule))
}

/// "the weekend": Saturday and Sunday, of this week if it has begun or is to come.
fn weekend(published: Day, comes: impl Fn() -> bool) -> Option<(Period, &'static str)> {
    let now = weekday_number(published).cast_signed();
    let this = published - now + 5;
    let first = if now >= 5 || comes() { this } else { this - 7 };
    Some((Period::of_days(first, first + 2)?, "date:relative"))
}

/// The first day of a unit that lies `by` units from the one of `published`, and the day past it.
fn beside_unit(published: Day, unit: Unit, by: i32) -> Option<(Day, Day)> {
    let (year, month, _) = civil(published);
    let monday = published - weekday_number(published).cast_signed();
    match unit {
        Unit::Day => published.checked_add(by).map(|day| (day, day + 1)),
        Unit::Week => monday.checked_add(by.checked_mul(7)?).map(|first| (first, first + 7)),
        Unit::Weekend => monday.checked_add(by.checked_mul(7)?).map(|first| (first + 5, first + 7)),
        Unit::Month => {
            let months = year.checked_mul(12)?.checked_add(month.cast_signed() - 1)?.checked_add(by)?;
            let (y, m) = (months.div_euclid(12), months.rem_euclid(12).unsigned_abs() + 1);
            let first = day_number(y, m, 1)?;
            Some((first, first + days_of(y, m).cast_signed()))
        }
        Unit::Year => {
            let year = year.checked_add(by)?;
            Some((day_number(year, 1, 1)?, day_number(year.checked_add(1)?, 1, 1)?))
        }
    }
}
