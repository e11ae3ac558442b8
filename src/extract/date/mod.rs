//! Dates of English news text, as stretches of whole days: "14 October 2025", "Oct. 14", "March 2019", "in 2019", "the
//! 1990s", "on Tuesday", "last week", "two days ago".
//!
//! Dates are found on the walk that finds quantities ([`super::quantity`]): a date's figures are no quantities, and whoever
//! knows the one knows the other. `words` names the words at which a date may begin; `figures` and `written` read dates of
//! figures and months, `spoken` those of weekdays and of words that count from the day of the report. Both give an [`Expression`];
//! `resolve` makes days of it, from the day on which the article was published, and `cue` tells by the words around whether
//! what is dated is yet to come.
//!
//! | rule | resolved |
//! |---|---|
//! | `date:absolute` | by itself: a day, month, year, decade or century that the text states in full |
//! | `date:named` | "9/11" |
//! | `date:day-past`, `-future`, `-near` | a day without year: the nearest in the past, the present day included; the nearest to come where the words say so, or where the past one is 300 days away and the one to come within 65 |
//! | `date:day-of-week` | a day without year that a weekday goes with: the nearest on which both fall together |
//! | `date:month-past`, `-future` | a month without year, in the same way |
//! | `date:weekday-past`, `-future` | a weekday: the nearest in the past, the present day included, or to come; after "last" or "next" never the present day |
//! | `date:relative` | "yesterday", "tonight", "this month", "last week"; weeks begin on Monday, years are split in thirds by "early", "mid" and "late" |
//! | `date:ago` | "two days ago"; as wide as the unit: "two years ago" is a year |
//!
//! Days are those of UTC, as the publication's are. Without a day of publication only `date:absolute` and `date:named` are
//! marked. Figures whose order cannot be known ("03/04/2025") are no date; with full stops the day stands first. A decade
//! of 2000 is ten years, of other hundreds a century: "the 1900s".

mod cue;
mod figures;
mod resolve;
mod spoken;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
mod words;
mod written;

use std::borrow::Cow;

pub(super) use figures::{at_figure, years, years_of};
pub(super) use words::{DateWord, TABLE as WORDS, is_weekday, month_of};

use super::quantity::line::Line;
use crate::article::{Kind, Mention, Period, Quantity, Reading, Span, TextField};

/// A day, counted from 1970-01-01.
pub(super) type Day = i32;

/// Before or after the day of publication, where the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Last,
    This,
    Next,
}

/// A third of a year or a month, or a decade's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
}

/// A stretch of the calendar that is counted from the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Year,
}

/// Which year a day or month is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// This one.
    Is(i32),
    /// "last year", "this year", "next year".
    Beside(Side),
    /// Unsaid; a side as in "last March".
    Unsaid(Option<Side>),
}

/// What a date says, before it is known which days that are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// From a month and day to a month and day, with the weekday of the first if it is said.
    Days { year: Year, from: (u32, u32), to: (u32, u32), weekday: Option<u32> },
    /// From a month to a month.
    Months { year: Year, from: u32, to: u32, part: Option<Part> },
    /// From a year to a year, both included.
    Years { from: i32, to: i32, part: Option<Part> },
    /// A weekday, Monday being 0.
    Weekday { day: u32, side: Option<Side> },
    /// "this week", "last month", "tomorrow": so many units from the present one.
    Beside { unit: Unit, by: i32, part: Option<Part> },
    /// "earlier this month", "later this week".
    RestOf { unit: Unit, later: bool },
    /// "two days ago".
    Ago { unit: Unit, count: i32 },
    /// The day of the attacks of 11 September 2001.
    Named(i32, u32, u32),
}

/// A date as it stands in a line: its tokens, and what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) meaning: Meaning,
}

impl Expression {
    /// The mention of it, if its days can be told; `published` is the day of the article.
    pub(super) fn mention(
        &self,
        line: &Line<'_>,
        published: Option<Day>,
        field: TextField,
    ) -> Option<Mention> {
        let (period, rule) = resolve::resolve(self, line, published)?;
        let span = Span::new(line.start(self.first), line.end(self.next.checked_sub(1)?));
        Some(mention(field, span, period, rule))
    }
}

fn mention(field: TextField, span: Span, period: Period, rule: &'static str) -> Mention {
    Mention { field, span, kind: Kind::Date, reading: Reading::Period(period), via: Cow::Borrowed(rule) }
}

/// The date that begins at token `i`, which is `word`.
pub(super) fn at_word(line: &Line<'_>, i: usize, word: DateWord) -> Option<Expression> {
    match word {
        DateWord::Month(month) => written::at_month(line, i, month),
        word => spoken::at_word(line, i, word),
    }
}

/// The date that "ago", at token `i`, makes of the duration before it, or of "a week".
pub(super) fn ago(
    line: &Line<'_>,
    i: usize,
    before: Option<&Mention>,
    published: Option<Day>,
    field: TextField,
) -> Option<Mention> {
    let (unit, count, start) = match before.filter(|m| m.field == field) {
        Some(m) if m.span.end as usize == line.end(i.checked_sub(1)?) => {
            spoken::counted(m.quantity()?).map(|(unit, count)| (unit, count, m.span.start as usize))?
        }
        _ => spoken::single(line, i).map(|(unit, first)| (unit, 1, line.start(first)))?,
    };
    let meaning = Meaning::Ago { unit, count };
    let (period, rule) = resolve::resolve(&Expression { first: i, next: i + 1, meaning }, line, published)?;
    Some(mention(field, Span::new(start, line.end(i)), period, rule))
}

/// Whether a quantity is a single whole number of something.
fn whole(quantity: &Quantity) -> Option<i32> {
    let single = quantity.lo.total_cmp(&quantity.hi).is_eq() && quantity.lo.fract() == 0.0;
    #[allow(clippy::cast_possible_truncation, reason = "whole, and between 1 and 9999")]
    (single && (1.0..=9999.0).contains(&quantity.lo)).then_some(quantity.lo as i32)
}
