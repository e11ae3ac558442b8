//! Days, weeks, months and years by number, as articles are counted by them. All are of UTC; a week begins on Monday, as in ISO 8601.

use serde::{Deserialize, Serialize};

use crate::article::{civil, day_number, iso_day};

const DAY: i64 = 86_400;
/// The first and the last day that are told: of the years 1 and 9999. What lies beyond is counted to them.
const DAYS: (i64, i64) = (-719_162, 2_932_896);

/// What a calendar is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// Days.
    Day,
    /// Weeks, from Monday on.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Calendar {
    /// Every one, shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The number of the stretch that a second lies in; the next stretch has the next number.
    ///
    /// ```
    /// use dateline::text::Calendar;
    /// assert_eq!(Calendar::Day.number(-1), -1);
    /// assert_eq!(Calendar::Month.label(Calendar::Month.number(1_759_190_400)), "2025-09");
    /// ```
    pub fn number(self, second: i64) -> i64 {
        let day = second.div_euclid(DAY).clamp(DAYS.0, DAYS.1);
        match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday.
            Self::Week => (day + 3).div_euclid(7),
            Self::Month => {
                let (year, month, _) = civil_of(day);
                i64::from(year) * 12 + i64::from(month) - 1
            }
            Self::Year => i64::from(civil_of(day).0),
        }
    }

    /// The day on which a stretch begins, counted from 1970-01-01 as 0.
    pub fn first_day(self, number: i64) -> i64 {
        let day = |year: i64, month: i64| {
            let (year, month) = (i32::try_from(year).ok()?, u32::try_from(month).ok()?);
            day_number(year, month, 1).map(i64::from)
        };
        let day = match self {
            Self::Day => Some(number),
            Self::Week => Some(number.saturating_mul(7).saturating_sub(3)),
            Self::Month => day(number.div_euclid(12), number.rem_euclid(12) + 1),
            Self::Year => day(number, 1),
        };
        day.unwrap_or(if number < 0 { DAYS.0 } else { DAYS.1 }).clamp(DAYS.0, DAYS.1)
    }

    /// What a stretch is called: `2025-09-30`, `2025-W40`, `2025-09`, `2025`.
    pub fn label(self, number: i64) -> String {
        let first = self.first_day(number);
        let (year, month, _) = civil_of(first);
        match self {
            Self::Day => iso_day(i32::try_from(first).unwrap_or(0)),
            Self::Week => {
                // A week is of the year that its Thursday is of.
                let thursday = first + 3;
                let (year, _, _) = civil_of(thursday);
                let week = (thursday - Self::Year.first_day(i64::from(year))) / 7 + 1;
                format!("{year:04}-W{week:02}")
            }
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Year => format!("{year:04}"),
        }
    }
}

fn civil_of(day: i64) -> (i32, u32, u32) {
    civil(i32::try_from(day).unwrap_or(0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::text::date::parse_instant;
    use proptest::prelude::*;

    #[test]
    fn weeks_are_those_of_iso_8601() {
        for (day, week) in [
            ("2025-12-28", "2025-W52"),
            ("2025-12-29", "2026-W01"),
            ("2026-01-04", "2026-W01"),
            ("2027-01-03", "2026-W53"),
            ("1969-12-31", "1970-W01"),
            ("2024-02-29", "2024-W09"),
        ] {
            let second = parse_instant(day).unwrap();
            assert_eq!(Calendar::Week.label(Calendar::Week.number(second)), week, "{day}");
        }
    }

    proptest! {
        #[test]
        fn a_stretch_begins_with_its_first_day_and_ends_before_that_of_the_next(second in -60_000_000_000i64..250_000_000_000) {
            for calendar in Calendar::ALL {
                let number = calendar.number(second);
                let (from, to) = (calendar.first_day(number), calendar.first_day(number + 1));
                prop_assert!(from * DAY <= second && second < to * DAY, "{calendar:?}");
                prop_assert_eq!(calendar.number(from * DAY), number);
            }
        }
        #[test]
        fn no_second_is_too_far(second in any::<i64>()) {
            for calendar in Calendar::ALL {
                prop_assert!(calendar.label(calendar.number(second)).len() <= 12);
            }
        }
    }
}
