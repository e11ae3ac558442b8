//! What the whole room reads in sentences, by the day on which the article was published.

use proptest::prelude::*;

use crate::article::{Kind, Mention, TextField};
use crate::extract::quantity::find_dated;
use crate::text::date::parse_instant;
use crate::text::{Token, tokens};

fn found_in(text: &str, field: TextField, published: Option<&str>) -> Vec<Mention> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut out = Vec::new();
    find_dated(text, &tokens, field, published.and_then(parse_instant), &mut out);
    out
}

/// The dates of a text as `span = key`.
fn dates(text: &str, published: Option<&str>) -> Vec<String> {
    let found = found_in(text, TextField::Body, published);
    let dates = found.iter().filter(|m| m.kind == Kind::Date);
    dates.map(|m| format!("{} = {}", m.span.of(text), m.key())).collect()
}

/// Thursday, 16 October 2025 is the day on which texts are published unless another is given.
const THURSDAY: &str = "2025-10-16T17:30:00Z";

fn check_on(published: &str, cases: &[(&str, &[&str])]) {
    check_with(Some(published), cases);
}

fn check_with(published: Option<&str>, cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| dates(text, published) != *expected)
        .map(|(text, expected)| format!("{text} {:?}, not {expected:?}", dates(text, published)))
        .collect();
    assert!(wrong.is_empty(), "on {published:?}:\n{}", wrong.join("\n"));
}

fn check(cases: &[(&str, &[&str])]) {
    check_on(THURSDAY, cases);
}

#[test]
fn a_date_in_full_is_itself_whenever_the_article_appeared() {
    let cases: &[(&str, &[&str])] = &[
        ("It sank on 14 October 2025 off Lisbon.", &["14 October 2025 = 2025-10-14"]),
        ("It sank on October 14, 2025.", &["October 14, 2025 = 2025-10-14"]),
        ("It sank on Oct. 14, 2025.", &["Oct. 14, 2025 = 2025-10-14"]),
        ("It sank on Oct 14 2025.", &["Oct 14 2025 = 2025-10-14"]),
        ("It sank on the 14th of October 2025.", &["14th of October 2025 = 2025-10-14"]),
        ("It sank on October 14th, 2025.", &["October 14th, 2025 = 2025-10-14"]),
        ("It sank on Tuesday, October 14, 2025.", &["Tuesday, October 14, 2025 = 2025-10-14"]),
        ("It sank on Tuesday 14 October 2025.", &["Tuesday 14 October 2025 = 2025-10-14"]),
        ("Log of 2025-10-14: calm.", &["2025-10-14 = 2025-10-14"]),
        ("Log of 10/14/2025: calm.", &["10/14/2025 = 2025-10-14"]),
        ("Log of 14/10/2025: calm.", &["14/10/2025 = 2025-10-14"]),
        ("Log of 5/5/2025: calm.", &["5/5/2025 = 2025-05-05"]),
        ("Log of 14.10.2025: calm.", &["14.10.2025 = 2025-10-14"]),
        ("Log of 03.04.2025: calm.", &["03.04.2025 = 2025-04-03"]),
        ("The talks of March 2019 failed.", &["March 2019 = 2019-03"]),
        ("The talks of March, 2019, failed.", &["March, 2019 = 2019-03"]),
        ("The talks of Sept. 2019 failed.", &["Sept. 2019 = 2019-09"]),
        ("The fair ran from 7-9 March 2024.", &["7-9 March 2024 = 2024-03-07/2024-03-09"]),
        ("The fair ran March 7–9, 2024.", &["March 7–9, 2024 = 2024-03-07/2024-03-09"]),
        ("It ran 30 October to 2 November 2025.", &["30 October to 2 November 2025 = 2025-10-30/2025-11-02"]),
        ("It ran Dec. 30-Jan. 2, 2025.", &["Dec. 30-Jan. 2, 2025 = 2025-12-30/2026-01-02"]),
        ("Sales from January to March 2024 fell.", &["January to March 2024 = 2024-01/2024-03"]),
        ("Sales in November-January 2024 fell.", &["November-January 2024 = 2023-11/2024-01"]),
        ("The flood of 2019 was worse.", &["2019 = 2019"]),
        ("The reef was lost in early 2019.", &["early 2019 = 2019-01/2019-04"]),
        ("The reef was lost in mid-2019.", &["mid-2019 = 2019-05/2019-08"]),
        ("The reef was lost in late 2019.", &["late 2019 = 2019-09/2019-12"]),
        ("The reef thrived in the 1990s.", &["1990s = 1990/1999"]),
        ("The reef thrived in the late 1990s.", &["late 1990s = 1997/1999"]),
        ("The reef thrived in the ’90s.", &["90s = 1990/1999"]),
        ("The reef thrived in the 2000s.", &["2000s = 2000/2009"]),
        ("The reef thrived in the 1800s.", &["1800s = 1800/1899"]),
        ("A bell of the 18th century.", &["18th century = 1700/1799"]),
        ("Rainfall in 2014-15 was low.", &["2014-15 = 2014/2015"]),
        ("Rainfall in 2001-02 was low.", &["2001-02 = 2001/2002"]),
        ("Rainfall in 1999-00 was low.", &["1999-00 = 1999/2000"]),
        ("Between 1914 and 1918 it was shut.", &["1914 and 1918 = 1914/1918"]),
        ("It was shut from 2010 to 2015.", &["2010 to 2015 = 2010/2015"]),
        ("The 9/11 museum is open.", &["9/11 = 2001-09-11"]),
        ("The Sept. 11 attacks changed it.", &["Sept. 11 = 2001-09-11"]),
        ("It leapt on 29 February 2024.", &["29 February 2024 = 2024-02-29"]),
    ];
    for published in [None, Some(THURSDAY), Some("1999-01-01"), Some("2031-12-31")] {
        check_with(published, cases);
    }
}

#[test]
fn a_weekday_is_the_nearest_in_the_past_unless_it_is_to_come() {
    check(&[
        ("The bridge fell on Tuesday.", &["Tuesday = 2025-10-14"]),
        ("The bridge fell on Thursday.", &["Thursday = 2025-10-16"]),
        ("The bridge fell on Friday.", &["Friday = 2025-10-10"]),
        ("The bridge fell last Thursday.", &["last Thursday = 2025-10-09"]),
        ("The bridge fell this past Sunday.", &["this past Sunday = 2025-10-12"]),
        ("The bridge will open on Monday.", &["Monday = 2025-10-20"]),
        ("The bridge is expected to be opened on Monday.", &["Monday = 2025-10-20"]),
        ("The bridge is due to open on Thursday.", &["Thursday = 2025-10-16"]),
        ("The bridge opens next Friday.", &["next Friday = 2025-10-17"]),
        ("The bridge opens this coming Friday.", &["this coming Friday = 2025-10-17"]),
        ("On Monday the bridge will open.", &["Monday = 2025-10-20"]),
        ("On Monday, the head of state is due to speak.", &["Monday = 2025-10-20"]),
        ("He said on Tuesday that it will open.", &["Tuesday = 2025-10-14"]),
        ("The firm, which will pay, said on Tuesday it was sorry.", &["Tuesday = 2025-10-14"]),
        ("She takes office on Monday.", &["Monday = 2025-10-20"]),
        ("It’ll be settled on Monday.", &["Monday = 2025-10-20"]),
        ("They will get more than Monday's price.", &["Monday = 2025-10-13"]),
        ("Replies are wanted by Monday.", &["Monday = 2025-10-20"]),
        ("They went to Oslo on Wednesday.", &["Wednesday = 2025-10-15"]),
    ]);
}

#[test]
fn days_without_a_year_are_the_nearest() {
    check(&[
        ("It struck on Oct. 14.", &["Oct. 14 = 2025-10-14"]),
        ("It struck on Sept. 11.", &["Sept. 11 = 2025-09-11"]),
        ("It struck on 24 December.", &["24 December = 2024-12-24"]),
        ("Polls will be held on 24 December.", &["24 December = 2025-12-24"]),
        // a year ago all but some days, or soon
        ("The fair is from 3 to 5 November.", &["3 to 5 November = 2025-11-03/2025-11-05"]),
        ("It struck on 29 February.", &["29 February = 2024-02-29"]),
        ("It struck on Tuesday, Oct. 14.", &["Tuesday, Oct. 14 = 2025-10-14"]),
        // 17 October was a Thursday in 2024
        ("It struck on Thursday, 17 October.", &["Thursday, 17 October = 2024-10-17"]),
        ("It struck on March 14 last year.", &["March 14 last year = 2024-03-14"]),
        ("It struck on May 5 and 6.", &["May 5 and 6 = 2025-05-05/2025-05-06"]),
    ]);
}

#[test]
fn months_without_a_year_are_the_nearest() {
    check(&[
        ("Log of 2019-03: calm.", &["2019-03 = 2019-03"]),
        ("The mill shut in March.", &["March = 2025-03"]),
        ("The mill shut in November.", &["November = 2024-11"]),
        ("The mill shut in October.", &["October = 2025-10"]),
        ("The mill shut last March.", &["last March = 2025-03"]),
        ("The mill shut last October.", &["last October = 2024-10"]),
        ("The mill reopens next March.", &["next March = 2026-03"]),
        ("The mill will reopen in November.", &["November = 2025-11"]),
        ("The mill will reopen in March.", &["March = 2026-03"]),
        ("The mill shut in late September.", &["late September = 2025-09-21/2025-09-30"]),
        ("The mill shut in mid-June.", &["mid-June = 2025-06-11/2025-06-20"]),
        ("The mill shut in May last year.", &["May last year = 2024-05"]),
    ]);
}

#[test]
fn stretches_count_from_the_day_of_publication() {
    check(&[
        ("He left yesterday.", &["yesterday = 2025-10-15"]),
        ("He left the day before yesterday.", &["the day before yesterday = 2025-10-14"]),
        ("He leaves tomorrow.", &["tomorrow = 2025-10-17"]),
        ("He sings tonight.", &["tonight = 2025-10-16"]),
        ("He sang last night.", &["last night = 2025-10-15"]),
        ("He sang this morning.", &["this morning = 2025-10-16"]),
        ("He left last week.", &["last week = 2025-10-06/2025-10-12"]),
        ("He left this week.", &["this week = 2025-10-13/2025-10-19"]),
        ("He leaves next week.", &["next week = 2025-10-20/2025-10-26"]),
        ("He left earlier this week.", &["earlier this week = 2025-10-13/2025-10-16"]),
        ("He leaves later this week.", &["later this week = 2025-10-16/2025-10-19"]),
        ("He left over the weekend.", &["weekend = 2025-10-11/2025-10-12"]),
        ("He left last weekend.", &["last weekend = 2025-10-11/2025-10-12"]),
        ("He leaves this weekend.", &["this weekend = 2025-10-18/2025-10-19"]),
        ("He left this month.", &["this month = 2025-10"]),
        ("He left last month.", &["last month = 2025-09"]),
        ("He leaves later this month.", &["later this month = 2025-10-16/2025-10-31"]),
        ("He left last year.", &["last year = 2024"]),
        ("He left early last year.", &["early last year = 2024-01/2024-04"]),
        ("He left earlier this year.", &["earlier this year = 2025-01-01/2025-10-16"]),
        ("He leaves next year.", &["next year = 2026"]),
        ("He left two days ago.", &["two days ago = 2025-10-14"]),
        ("He left a week ago.", &["a week ago = 2025-10-06/2025-10-12"]),
        ("He left three months ago.", &["three months ago = 2025-07"]),
        ("He left 20 years ago.", &["20 years ago = 2005"]),
    ]);
}

#[test]
fn years_end_leap_and_begin_where_they_do() {
    check_on(
        "2024-03-01",
        &[
            ("He left yesterday.", &["yesterday = 2024-02-29"]),
            ("It struck on 29 February.", &["29 February = 2024-02-29"]),
            ("He left last month.", &["last month = 2024-02"]),
            ("The dam burst on Thursday.", &["Thursday = 2024-02-29"]),
        ],
    );
    check_on(
        "2025-01-01",
        &[
            ("He left yesterday.", &["yesterday = 2024-12-31"]),
            ("He left last month.", &["last month = 2024-12"]),
            ("He left this week.", &["this week = 2024-12-30/2025-01-05"]),
            ("He left last week.", &["last week = 2024-12-23/2024-12-29"]),
            ("The dam burst on Tuesday.", &["Tuesday = 2024-12-31"]),
            ("The dam burst in December.", &["December = 2024-12"]),
            ("The dam burst on 31 December.", &["31 December = 2024-12-31"]),
            ("Talks will go on in January.", &["January = 2025-01"]),
        ],
    );
    // a Sunday, the last day of its week
    check_on(
        "2024-12-29T23:59:59Z",
        &[
            ("He left this week.", &["this week = 2024-12-23/2024-12-29"]),
            ("He leaves tomorrow.", &["tomorrow = 2024-12-30"]),
            ("He left over the weekend.", &["weekend = 2024-12-28/2024-12-29"]),
            ("He leaves next month.", &["next month = 2025-01"]),
            ("Talks will be held on Jan. 5.", &["Jan. 5 = 2025-01-05"]),
        ],
    );
    // a Monday, the first of its own
    check_on(
        "1969-07-21T00:00:00Z",
        &[
            ("They landed yesterday.", &["yesterday = 1969-07-20"]),
            ("They landed on Sunday.", &["Sunday = 1969-07-20"]),
            ("They took off last week.", &["last week = 1969-07-14/1969-07-20"]),
            ("They took off on July 16.", &["July 16 = 1969-07-16"]),
        ],
    );
    check_on("2000-02-28", &[("He leaves tomorrow.", &["tomorrow = 2000-02-29"])]);
    check_on("1900-02-28", &[("He leaves tomorrow.", &["tomorrow = 1900-03-01"])]);
}

#[test]
fn without_a_day_of_publication_nothing_is_marked_that_counts_from_it() {
    for text in [
        "on Tuesday",
        "last week",
        "Oct. 14",
        "in March",
        "two days ago",
        "today",
        "next year",
        "May last year",
    ] {
        assert_eq!(dates(text, None), [""; 0], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for text in [
        "Log of 03/04/2025: whose?",
        "Log of 31/31/2025: never.",
        "Mr May said they may march.",
        "April Stone spoke.",
        "Shares fell on Black Friday.",
        "She reads the Sunday Times.",
        "It is shut every Tuesday.",
        "It is shut every October.",
        "Monday to Friday it is open.",
        "USA Today said so.",
        "It was the last week of the war.",
        "He spent his last year there.",
        "In its last months it was shut.",
        "This is the next one.",
        "The 14th Street bus.",
        "Dial 2025-10-14-77.",
        "66 million years ago",
        "more than two years ago",
        "a weekend trip",
    ] {
        check(&[(text, &[])]);
    }
}

#[test]
fn a_date_takes_its_figures_away_from_the_numbers() {
    for text in [
        "Oct. 14",
        "14 October 2025",
        "in 2019",
        "the 1990s",
        "2025-10-14",
        "from 2010 to 2015",
        "May 5 and 6",
        "9/11",
    ] {
        let kinds: Vec<Kind> = found_in(text, TextField::Body, None).iter().map(|m| m.kind).collect();
        assert!(kinds.iter().all(|kind| *kind == Kind::Date), "{text}: {kinds:?}");
    }
    // but in these the figure counts
    let counts =
        |text: &str| found_in(text, TextField::Body, Some(THURSDAY)).iter().any(|m| m.kind == Kind::Number);
    assert!(counts("In March 20 people died.") && counts("It took 2000 people."));
}

#[test]
fn a_duration_before_ago_is_a_quantity_and_a_date() {
    let text = "It sank two days ago.";
    let found = found_in(text, TextField::Body, Some(THURSDAY));
    let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key().into_owned())).collect();
    assert_eq!(read, [("two days", "2 day".to_owned()), ("two days ago", "2025-10-14".to_owned())]);
}

/// Pieces that dates, numbers and nothing are made of, and characters of several bytes.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "Oct",
            ". ",
            " ",
            "14",
            "th",
            " of ",
            "October",
            "2025",
            "-",
            "–",
            "/",
            "10",
            "last ",
            "next ",
            "week",
            "year",
            "Tuesday",
            ", ",
            "early ",
            "1990s",
            "’",
            "'",
            "ago",
            "two ",
            "days ",
            "this ",
            "\n",
            "é",
            "£",
            "May",
            "to ",
            "and ",
            "the ",
            "day before ",
            "yesterday",
            "31",
            "0",
            "99999999999",
            "century",
            "½",
            "\u{2003}",
        ][..],
    );
    prop::collection::vec(piece, 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn dates_do_not_overlap_and_stand_on_whole_characters(
        text in prop_oneof![pieces(), "\\PC{0,40}"], published in prop::option::of(-60_000_000_000i64..253_000_000_000),
    ) {
        let tokens: Vec<Token> = tokens(&text).collect();
        for field in [TextField::Title, TextField::Body] {
            let mut found = Vec::new();
            find_dated(&text, &tokens, field, published, &mut found);
            for kind in [Kind::Date, Kind::Number, Kind::Money, Kind::Percent, Kind::Quantity] {
                let mut end = 0;
                for mention in found.iter().filter(|m| m.kind == kind) {
                    prop_assert!(text.get(mention.span.range()).is_some_and(|covered| !covered.is_empty()));
                    prop_assert!(mention.span.start >= end, "{:?}", mention);
                    end = mention.span.end;
                }
            }
        }
    }

    /// Every key is a value that a query's date can have.
    #[test]
    fn keys_are_read_back_by_queries(text in pieces()) {
        let tokens: Vec<Token> = tokens(&text).collect();
        let mut found = Vec::new();
        find_dated(&text, &tokens, TextField::Body, parse_instant(THURSDAY), &mut found);
        for mention in &found {
            let Some(period) = mention.period() else { continue };
            let key = period.key();
            let (first, last) = key.split_once('/').unwrap_or((&key, &key));
            let ends = |end: &str| crate::text::date::parse_interval(end).unwrap();
            prop_assert_eq!((ends(first).0, ends(last).1), (period.from(), period.to()), "{}", key);
        }
    }
}
