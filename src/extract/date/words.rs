//! The words at which a date may begin.

use crate::extract::quantity::line::is_capital;
use crate::extract::quantity::words::date_word;

/// What a word says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum DateWord {
    /// A month, from 1; only with a capital letter.
    Month(u8),
    /// A weekday, Monday being 0.
    Weekday(u8),
    /// "yesterday", "today", "tomorrow": so many days from the present one.
    Days(i8),
    /// "last"
    Last,
    /// "this"
    This,
    /// "next"
    Next,
    /// "weekend"
    Weekend,
    /// "ago"
    Ago,
}

use DateWord::{Ago, Days, Last, Month, Next, This, Weekday, Weekend};

/// All such words, in lower case.
pub(in crate::extract) const TABLE: &[(&str, DateWord)] = &[
    ("jan", Month(1)),
    ("january", Month(1)),
    ("feb", Month(2)),
    ("february", Month(2)),
    ("mar", Month(3)),
    ("march", Month(3)),
    ("apr", Month(4)),
    ("april", Month(4)),
    ("may", Month(5)),
    ("jun", Month(6)),
    ("june", Month(6)),
    ("jul", Month(7)),
    ("july", Month(7)),
    ("aug", Month(8)),
    ("august", Month(8)),
    ("sep", Month(9)),
    ("sept", Month(9)),
    ("september", Month(9)),
    ("oct", Month(10)),
    ("october", Month(10)),
    ("nov", Month(11)),
    ("november", Month(11)),
    ("dec", Month(12)),
    ("december", Month(12)),
    ("monday", Weekday(0)),
    ("tuesday", Weekday(1)),
    ("wednesday", Weekday(2)),
    ("thursday", Weekday(3)),
    ("friday", Weekday(4)),
    ("saturday", Weekday(5)),
    ("sunday", Weekday(6)),
    ("yesterday", Days(-1)),
    ("today", Days(0)),
    ("tonight", Days(0)),
    ("tomorrow", Days(1)),
    ("last", Last),
    ("this", This),
    ("next", Next),
    ("weekend", Weekend),
    ("ago", Ago),
];

/// The month that `word` names or abbreviates, from 1, if it has a capital letter.
pub(in crate::extract) fn month_of(word: &str) -> Option<u32> {
    match date_word(word)? {
        Month(month) if is_capital(word) => Some(u32::from(month)),
        _ => None,
    }
}

/// The weekday that `word` names, Monday being 0.
pub(super) fn weekday_of(word: &str) -> Option<u32> {
    match date_word(word)? {
        Weekday(day) => Some(u32::from(day)),
        _ => None,
    }
}

/// Whether `word` names a weekday.
pub(in crate::extract) fn is_weekday(word: &str) -> bool {
    weekday_of(word).is_some()
}
