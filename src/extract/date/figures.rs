//! Dates that begin with a figure: "2025-10-14", "10/14/2025", "the 1990s", "2014-15", and the days before a month.

use super::written::{day_first, is_day, is_year, number, part_before};
use super::{Expression, Meaning, Year};
use crate::extract::quantity::line::Line;

/// The date that begins at the figure of token `i`.
pub(in crate::extract) fn at_figure(line: &Line<'_>, i: usize) -> Option<Expression> {
    let word = line.word(i).as_bytes();
    let digits = word.iter().take_while(|b| b.is_ascii_digit()).count();
    let date = |next, meaning| Some(Expression { first: i, next, meaning });
    match (digits, word.get(digits..)?) {
        (1 | 2, [] | [_, _]) => {
            if let Some(date) = day_first(line, i) {
                return Some(date);
            }
            match (digits, word.get(digits..)?, line.gap(i + 1)) {
                (_, [], "/") => slashes(line, i),
                (_, [_, _], " " | "-") if line.word(i + 1).eq_ignore_ascii_case("century") => {
                    let nth: i32 =
                        line.word(i).get(..digits)?.parse().ok().filter(|n| (2..=30).contains(n))?;
                    let (first, part) = part_before(line, i);
                    let meaning = Meaning::Years { from: nth * 100 - 100, to: nth * 100 - 1, part };
                    Some(Expression { first, next: i + 2, meaning })
                }
                _ => None,
            }
        }
        (2, [b's']) if line.gap(i).ends_with(['\'', '’', '‘']) => {
            let tens = number(line.word(i).get(..2)?)?.cast_signed();
            let from = match tens {
                0 | 10 => 2000 + tens,
                30..=90 if tens % 10 == 0 => 1900 + tens,
                _ => return None,
            };
            let (first, part) = part_before(line, i);
            Some(Expression { first, next: i + 1, meaning: Meaning::Years { from, to: from + 9, part } })
        }
        (4, [b's']) => {
            let from = number(line.word(i).get(..4)?)?.cast_signed();
            let length = if from % 100 == 0 && from != 2000 { 100 } else { 10 };
            let (first, part) = part_before(line, i);
            let meaning = Meaning::Years { from, to: from + length - 1, part };
            (from % 10 == 0 && (1000..2100).contains(&from)).then_some(Expression {
                first,
                next: i + 1,
                meaning,
            })
        }
        (4, []) if line.gap(i + 1) == "-" && line.gap(i + 2) == "-" => {
            let [month, day] = [line.word(i + 1), line.word(i + 2)];
            let year = number(line.word(i))?.cast_signed();
            let from = (number(month)?, number(day.get(..2)?)?);
            let two = month.len() == 2 && (day.len() == 2 || day.as_bytes().get(2) == Some(&b'T'));
            let ends = line.gap(i + 3) != "-" || !line.word(i + 3).starts_with(|c: char| c.is_ascii_digit());
            (two && ends && is_day(from)).then_some(())?;
            date(i + 3, Meaning::Days { year: Year::Is(year), from, to: from, weekday: None })
        }
        // 2019-03, a month, and 1999-00, a season
        (4, []) if line.gap(i + 1) == "-" && matches!(line.word(i + 1).as_bytes(), [b'0', b'0'..=b'9']) => {
            let (year, second) = (number(line.word(i))?.cast_signed(), number(line.word(i + 1))?);
            if !is_year(line.word(i)) || line.joined(i + 2) && line.gap(i + 2) == "-" {
                return None;
            }
            match second {
                // "2001-02" is a season
                _ if second == (year % 100 + 1).unsigned_abs() => {
                    date(i + 2, Meaning::Years { from: year, to: year + 1, part: None })
                }
                0 if year % 100 == 99 => date(i + 2, Meaning::Years { from: year, to: year + 1, part: None }),
                0 => None,
                month => {
                    let year = Year::Is(year);
                    date(i + 2, Meaning::Months { year, from: month, to: month, part: None })
                }
            }
        }
        // 14.10.2025: with full stops, the day stands first
        (1 | 2, [b'.', rest @ ..]) if rest.contains(&b'.') && word.len() >= 8 => {
            let mut parts = line.word(i).split('.').map(number);
            let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
            let from = (month, day);
            (parts.next().is_none() && is_day(from) && (1000..=2100).contains(&year)).then_some(())?;
            let year = Year::Is(year.cast_signed());
            date(i + 1, Meaning::Days { year, from, to: from, weekday: None })
        }
        _ => None,
    }
}

/// "10/14/2025", where only one order makes a date of it, and "9/11".
fn slashes(line: &Line<'_>, i: usize) -> Option<Expression> {
    let (one, two) = (number(line.word(i))?, number(line.word(i + 1))?);
    let date = |next, meaning| Some(Expression { first: i, next, meaning });
    if line.gap(i + 2) != "/" {
        return if (one, two) == (9, 11) { date(i + 2, Meaning::Named(2001, 9, 11)) } else { None };
    }
    let year = line.word(i + 2);
    let year = Year::Is(number(year).filter(|_| is_year(year))?.cast_signed());
    let from = match (is_day((one, two)), is_day((two, one))) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        (true, true) if one == two => (one, two),
        _ => return None,
    };
    date(i + 3, Meaning::Days { year, from, to: from, weekday: None })
}

/// The years `from` to `to` of tokens `first..next`: "2025", "2014-15", "between 1600 and 1900".
pub(in crate::extract) fn years(
    line: &Line<'_>,
    first: usize,
    next: usize,
    from: i32,
    to: i32,
) -> Expression {
    let (first, part) = if from == to { part_before(line, first) } else { (first, None) };
    Expression { first, next, meaning: Meaning::Years { from, to, part } }
}

/// The years that two figures name, the second perhaps by its last two digits: 1999 and 00.
pub(in crate::extract) fn years_of(first: f64, second: f64, two_digits: bool) -> Option<(i32, i32)> {
    let year = |n: f64| {
        #[allow(clippy::cast_possible_truncation, reason = "between 0 and 2199")]
        (n.fract() == 0.0 && (0.0..=2199.0).contains(&n)).then_some(n as i32)
    };
    let (from, mut to) = (year(first)?, year(second)?);
    if two_digits {
        to += from - from % 100;
        to += if to <= from { 100 } else { 0 };
        (to - from <= 30).then_some(())?;
    }
    (from < to).then_some((from, to))
}
