//! Dates as articles state them and as queries write them.
//!
//! An instant is whole seconds since 1970-01-01 UTC. A query's date is a half-open stretch of such seconds, as wide as
//! it was written: `2025` is a year, `2025-09` a month, `2025-09-01` a day.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Forms with a time and without, of what [`plain_words`] leaves.
const TIMES: &[&str] = &["%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%b %d %Y %H:%M", "%b %d %Y %I:%M %p"];
const DAYS: &[&str] = &["%d %b %Y", "%b %d %Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The instant that `stated` names, in seconds since 1970-01-01 UTC; `None` if it is not a date in a known form.
///
/// Read are RFC 3339 and its looser relatives (`2025-09-30`, `2025-09-30 17:04:05`, `20250930T170405Z`), RFC 2822
/// (`Tue, 30 Sep 2025 17:04:05 GMT`), `30 September 2025`, `Sept. 30, 2025`, `9/30/2025`, and seconds or milliseconds
/// since 1970. Without a zone the time is UTC; nothing is filled in from the clock.
///
/// ```
/// use dateline::text::date::parse_instant;
/// assert_eq!(parse_instant("2025-09-30T17:04:05+02:00"), Some(1_759_244_645));
/// assert_eq!(parse_instant("Sept. 30, 2025"), Some(1_759_190_400));
/// assert_eq!(parse_instant("last week"), None);
/// ```
pub fn parse_instant(stated: &str) -> Option<i64> {
    let stated = stated.trim();
    if stated.is_empty() || stated.len() > 64 {
        return None;
    }
    if let Ok(instant) = stated.parse::<jiff::Timestamp>() {
        return Some(instant.as_second());
    }
    if stated.bytes().all(|b| b.is_ascii_digit()) && matches!(stated.len(), 9 | 10 | 13) {
        let number: i64 = stated.parse().ok()?;
        return Some(if stated.len() == 13 { number / 1000 } else { number });
    }
    if let Ok(at) = stated.parse::<DateTime>() {
        return utc(at);
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(stated) {
        return Some(zoned.timestamp().as_second());
    }
    let plain = plain_words(stated);
    let time = TIMES.iter().find_map(|form| DateTime::strptime(form, &plain).ok());
    let day = || DAYS.iter().find_map(|form| Date::strptime(form, &plain).ok());
    utc(time.or_else(|| day().map(|d| d.to_datetime(jiff::civil::Time::midnight())))?)
}

/// The stretch that a query's date names, as `from..to` in seconds since 1970-01-01 UTC; `None` if it is no date.
///
/// A year, a month or a day stands for all of it; anything that [`parse_instant`] reads with a time for that second.
///
/// ```
/// use dateline::text::date::parse_interval;
/// let (from, to) = parse_interval("2025-09").unwrap();
/// assert_eq!((to - from) / 86_400, 30);
/// ```
pub fn parse_interval(stated: &str) -> Option<(i64, i64)> {
    let stated = stated.trim();
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let year = |s: &str| (s.len() == 4 && digits(s)).then(|| s.parse::<i16>().ok())?;
    let stretch = |from: Date, to: Date| {
        let at = |day: Date| utc(day.to_datetime(jiff::civil::Time::midnight()));
        Some((at(from)?, at(to)?))
    };
    if let Some(year) = year(stated) {
        return stretch(Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(1)?, 1, 1).ok()?);
    }
    if let Some((y, m)) = stated.split_once('-')
        && let Some(year) = year(y)
        && matches!(m.len(), 1 | 2)
        && digits(m)
    {
        let from = Date::new(year, m.parse().ok()?, 1).ok()?;
        return stretch(from, from.checked_add(jiff::Span::new().months(1)).ok()?);
    }
    let from = parse_instant(stated)?;
    let has_time = stated.contains(':') || (stated.contains('T') && stated.len() > 10);
    Some((from, from + if has_time { 1 } else { 86_400 }))
}

/// The calendar day of an instant, as `2025-09-30`.
pub fn day(instant: i64) -> String {
    let at = jiff::Timestamp::from_second(instant).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// The instant in RFC 3339: `2025-09-30T17:04:05Z`.
pub fn rfc3339(instant: i64) -> String {
    jiff::Timestamp::from_second(instant).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

fn utc(at: DateTime) -> Option<i64> {
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

/// Words a pattern can read: months cut to three letters, no weekday, no commas, no ordinal endings.
fn plain_words(stated: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in stated.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        let lower = word.trim_end_matches('.').to_lowercase();
        let head: String = lower.chars().take(3).collect();
        let alphabetic = lower.chars().all(char::is_alphabetic);
        if alphabetic && MONTHS.contains(&head.as_str()) && lower.len() <= 9 {
            words.push(head);
        } else if (alphabetic && WEEKDAYS.contains(&head.as_str()))
            || matches!(lower.as_str(), "gmt" | "utc" | "at" | "of" | "z")
        {
            // says nothing that the rest does not
        } else if let Some(number) = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end))
            && number.bytes().all(|b| b.is_ascii_digit())
        {
            words.push(number.to_owned());
        } else {
            words.push(lower);
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_feeds_pages_and_files_name_the_same_day() {
        for stated in [
            "2025-09-30",
            "2025-09-30T00:00:00Z",
            "2025-09-30 00:00:00",
            "Tue, 30 Sep 2025 00:00:00 GMT",
            "30 September 2025",
            "September 30th, 2025",
            "Sept. 30, 2025",
            "Tuesday, 30 September 2025",
            "30.09.2025",
            "9/30/2025",
            "1759190400",
            "1759190400000",
        ] {
            assert_eq!(parse_instant(stated).map(day).as_deref(), Some("2025-09-30"), "{stated}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_not_guessed() {
        for stated in
            ["", "soon", "13", "2025-13-01", "31 February 2025", "99999999999999999999", "last week"]
        {
            assert_eq!(parse_instant(stated), None, "{stated}");
        }
    }

    #[test]
    fn a_query_date_is_as_wide_as_it_was_written() {
        let days = |stated| parse_interval(stated).map(|(from, to)| (to - from) / 86_400);
        assert_eq!(days("2024"), Some(366));
        assert_eq!(days("2025-02"), Some(28));
        assert_eq!(days("2025-09-30"), Some(1));
        assert_eq!(parse_interval("2025-09-30T10:00:00Z").map(|(a, b)| b - a), Some(1));
        assert_eq!(parse_interval("2025-00"), None);
    }
}
