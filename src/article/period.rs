//! A stretch of whole days, as a text names it, and the calendar that counts them.

use serde::{Deserialize, Serialize};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Years that a period may lie in; others are no dates of news.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

/// The half-open stretch `from..to` of seconds since 1970-01-01 UTC; both ends are the beginnings of days, and the
/// stretch is a day or longer: [`Period::of_days`] sees to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    from: i64,
    to: i64,
}

impl Period {
    /// The days from `first` on that lie before `past`, counted from 1970-01-01 as day 0; `None` if there are none, or
    /// if they do not lie in the years 1 to 9999.
    ///
    /// ```
    /// use dateline::article::{Period, day_number};
    /// let october = day_number(2025, 10, 1).zip(day_number(2025, 11, 1));
    /// let october = october.and_then(|(first, past)| Period::of_days(first, past)).unwrap();
    /// assert_eq!(october.key(), "2025-10");
    /// assert_eq!((october.to() - october.from()) / 86_400, 31);
    /// ```
    pub fn of_days(first: i32, past: i32) -> Option<Self> {
        let known = |day| YEARS.contains(&civil(day).0);
        (first < past && known(first) && known(past))
            .then(|| Self { from: i64::from(first) * DAY, to: i64::from(past) * DAY })
    }

    /// The stretch `from..to` of seconds; `None` unless it is one of whole days.
    pub fn of_seconds(from: i64, to: i64) -> Option<Self> {
        let day = |s: i64| i32::try_from(s.div_euclid(DAY)).ok().filter(|_| s.rem_euclid(DAY) == 0);
        Self::of_days(day(from)?, day(to)?)
    }

    /// The first second.
    pub fn from(&self) -> i64 {
        self.from
    }

    /// The second past the last.
    pub fn to(&self) -> i64 {
        self.to
    }

    /// Whether it shares a second with `from..to`.
    ///
    /// ```
    /// use dateline::article::Period;
    /// let day = Period::of_days(0, 1).unwrap();
    /// assert!(day.overlaps(86_399, 90_000) && !day.overlaps(86_400, 90_000));
    /// ```
    pub fn overlaps(&self, from: i64, to: i64) -> bool {
        self.from < to && from < self.to
    }

    /// The period as ISO 8601 writes it: `2025-10-14`, `2025-10`, `2025`, and otherwise its ends, both included:
    /// `2025-10-13/2025-10-19`, `2025-01/2025-03`, `1990/1999`. All of these, a range with both ends in brackets, are
    /// values of `date:`.
    pub fn key(&self) -> String {
        let day = |s: i64| i32::try_from(s.div_euclid(DAY)).unwrap_or_default();
        let (first, past) = (day(self.from), day(self.to));
        let ((y, m, d), (end_y, end_m, end_d)) = (civil(first), civil(past));
        if d == 1 && end_d == 1 {
            if m == 1 && end_m == 1 {
                let last = end_y - 1;
                return if last == y { format!("{y:04}") } else { format!("{y:04}/{last:04}") };
            }
            let (last_y, last_m) = if end_m == 1 { (end_y - 1, 12) } else { (end_y, end_m - 1) };
            return if (last_y, last_m) == (y, m) {
                format!("{y:04}-{m:02}")
            } else {
                format!("{y:04}-{m:02}/{last_y:04}-{last_m:02}")
            };
        }
        if past - first == 1 { iso_day(first) } else { format!("{}/{}", iso_day(first), iso_day(past - 1)) }
    }
}

/// The day as `2025-10-14`.
pub fn iso_day(day: i32) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// The number of a day of the Gregorian calendar, counted from 1970-01-01 as 0; `None` if there is no such day.
///
/// ```
/// use dateline::article::day_number;
/// assert_eq!(day_number(1970, 1, 2), Some(1));
/// assert_eq!(day_number(2025, 2, 29), None);
/// ```
pub fn day_number(year: i32, month: u32, day: u32) -> Option<i32> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_of(year, month) {
        return None;
    }
    // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: years begin in March.
    let y = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let shifted = i32::try_from((month + 9) % 12).ok()?;
    let of_year = (153 * shifted + 2) / 5 + i32::try_from(day).ok()? - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Year, month and day of the month of a day counted from 1970-01-01.
pub fn civil(day: i32) -> (i32, u32, u32) {
    let day = i64::from(day) + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (d, m) =
        (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    let year = year_of_era + era * 400 + i64::from(m <= 2);
    let small = |n: i64| u32::try_from(n).unwrap_or_default();
    (i32::try_from(year).unwrap_or_default(), small(m), small(d))
}

/// How many days a month has, which is 1 to 12.
pub fn days_of(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_period_is_written_as_wide_as_it_is() {
        for (from, to, key) in [
            ((2025, 10, 14), (2025, 10, 15), "2025-10-14"),
            ((2024, 2, 1), (2024, 3, 1), "2024-02"),
            ((2024, 12, 1), (2025, 1, 1), "2024-12"),
            ((2025, 1, 1), (2026, 1, 1), "2025"),
            ((1990, 1, 1), (2000, 1, 1), "1990/1999"),
            ((2025, 1, 1), (2025, 4, 1), "2025-01/2025-03"),
            ((2025, 9, 1), (2026, 1, 1), "2025-09/2025-12"),
            ((2024, 12, 30), (2025, 1, 6), "2024-12-30/2025-01-05"),
            ((2024, 12, 31), (2025, 1, 1), "2024-12-31"),
        ] {
            let day = |(y, m, d)| day_number(y, m, d).unwrap();
            assert_eq!(Period::of_days(day(from), day(to)).unwrap().key(), key);
        }
    }

    #[test]
    fn there_is_no_empty_period_and_none_of_half_days() {
        assert_eq!(Period::of_days(5, 5), None);
        assert_eq!(Period::of_days(i32::MIN, i32::MAX), None);
        assert_eq!(Period::of_seconds(0, 3600), None);
        assert!(Period::of_seconds(-DAY, DAY).is_some());
    }

    proptest! {
        #[test]
        fn days_are_counted_as_the_calendar_of_the_library_counts_them(days in -700_000i32..2_900_000) {
            let start = jiff::civil::date(1970, 1, 1);
            let date = start.checked_add(jiff::Span::new().days(days)).unwrap();
            let (y, m, d) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
            prop_assert_eq!(civil(days), (y, m.into(), d.into()));
            prop_assert_eq!(day_number(y, m.into(), d.into()), Some(days));
            prop_assert_eq!(days_of(y, m.into()), u32::from(date.days_in_month().unsigned_abs()));
        }
    }
}
