//! Datelines as agencies and papers write them, and what only looks like one.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::article::iso_day;

const STORY: &str = "The swing bridge was closed on Monday, the harbour board said.";

/// Place, day, agency and the story's first byte of a line, published on 2 September 2013.
fn read(head: &str) -> Option<(String, Option<String>, Option<&'static str>)> {
    let body = format!("{head}{STORY}\nMore.");
    let found = find(&body, Some(1_378_080_000))?;
    assert_eq!(found.dateline.span.range(), 0..head.len(), "{head}");
    let place = found.dateline.place.map_or(String::new(), |place| place.of(&body).to_owned());
    Some((place, found.dateline.day.map(iso_day), found.agency))
}

#[test]
fn place_day_and_agency_are_told_apart() {
    for (head, place, day, agency) in [
        ("LONDON, Aug 29 (Reuters) - ", "LONDON", Some("2013-08-29"), Some("Reuters")),
        ("PARIS (AP) — ", "PARIS", None, Some("AP")),
        ("BEIJING, March 3 (Xinhua) -- ", "BEIJING", None, Some("Xinhua")),
        ("BOSTON Aug 8 (Reuters) - ", "BOSTON", Some("2013-08-08"), Some("Reuters")),
        ("SYDNEY, Sept. 1, 2012 (AFP) - ", "SYDNEY", Some("2012-09-01"), Some("AFP")),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", None, None),
        ("NASHUA, N.H. — ", "NASHUA, N.H.", None, None),
        ("KEENE, New Hampshire – ", "KEENE, New Hampshire", None, None),
        ("WASHINGTON— ", "WASHINGTON", None, None),
        ("HANOI, Vietnam -- ", "HANOI, Vietnam", None, None),
        ("STOCKHOLM, July 14 - ", "STOCKHOLM", Some("2013-07-14"), None),
        ("Islamabad: ", "Islamabad", None, None),
        ("NEW DELHI: ", "NEW DELHI", None, None),
        ("Dhaka, Bangladesh - ", "Dhaka, Bangladesh", None, None),
        ("Ferguson, Missouri (CNN) -- ", "Ferguson, Missouri", None, Some("CNN")),
        ("Berlin (dpa) - ", "Berlin", None, Some("dpa")),
        ("Paris, 3 mars (AFP) - ", "Paris", None, Some("AFP")),
        ("Aug 23 (Reuters) - ", "", Some("2013-08-23"), Some("Reuters")),
        ("(Reuters) - ", "", None, Some("Reuters")),
        ("NEW YORK - NEW YORK (Reuters) - ", "NEW YORK", None, Some("Reuters")),
        ("WASHINGTON/LONDON (Reuters) - ", "WASHINGTON/LONDON", None, Some("Reuters")),
        ("RAS BALDWYN (Reuters) - ", "RAS BALDWYN", None, Some("Reuters")),
    ] {
        assert_eq!(read(head), Some((place.to_owned(), day.map(str::to_owned), agency)), "{head}");
    }
}

#[test]
fn what_only_looks_like_a_dateline_is_none() {
    for head in [
        "EXCLUSIVE – ",
        "FILE - ",
        "FILE PHOTO: ",
        "BREAKING: ",
        "WHAT: ",
        "Jane Roe: ",
        "Update (AP) - ",
        "Wisconsin -- ",
        "AWAKENING OF 12 STRANDS – ",
        "The bridge (Reuters) - ",
        "Iran: ",
        "Saudia Airlines – ",
        "It was London — ",
        "2013 - ",
        "OPINION, Commentary — ",
        "POLITICO — ",
        "London's bridge: ",
        "(Harbour Post) - ",
        "August 8, 2010 — ",
        "Small Cap Report (Tue 23 Jan 2018) – ",
    ] {
        assert_eq!(read(head), None, "{head}");
    }
    assert_eq!(find("LONDON — shut", None), None);
    assert_eq!(find(&format!("LONDON — and not {STORY}"), None), None);
}

#[test]
fn below_the_first_line_an_agency_has_to_be_named() {
    let body = format!("A caption\nLONDON (Reuters) - {STORY}");
    assert_eq!(find(&body, None).unwrap().dateline.span.of(&body), "LONDON (Reuters) - ");
    assert_eq!(find(&format!("A caption\nLONDON — {STORY}"), None), None);
}

#[test]
fn a_day_without_its_year_is_the_nearest_one() {
    let day = |stated: &str, published: &str| {
        let published = crate::text::date::parse_instant(published);
        find(&format!("LONDON, {stated} (Reuters) - {STORY}"), published).unwrap().dateline.day.map(iso_day)
    };
    assert_eq!(day("Dec 31", "2014-01-01").as_deref(), Some("2013-12-31"));
    assert_eq!(day("Jan 1", "2013-12-31").as_deref(), Some("2014-01-01"));
    assert_eq!(day("June 1", "2013-12-31"), None);
    assert_eq!(day("Feb 30", "2014-02-28"), None);
    assert_eq!(day("Jan 1", "no date"), None);
}

#[test]
fn a_byline_may_stand_before_a_dateline() {
    let line = format!("By Jane Q. Roe NEW YORK Dec 4 (Reuters) - {STORY}");
    assert_eq!(behind_byline(&line), line.find("NEW YORK"));
    assert_eq!(behind_byline("By Jane Roe and the BBC they stood"), None);
}

proptest! {
    #[test]
    fn spans_lie_on_characters_inside_each_other(
        body in "(LONDON|Paris|É|SÃO PAULO|By Ann Roe LONDON)(, |/| )?(Aug 29|N.H.|é|3 mars)?( ?\\(|\\[)?(Reuters|AP|É)?[)\\]]? ?(-|—|--|:|–) ?\\PC{0,40}|\\PC{0,160}",
        published in proptest::option::of(any::<i64>()),
    ) {
        if let Some(found) = find(&body, published) {
            let Dateline { span, place, .. } = found.dateline;
            prop_assert!(body.get(span.range()).is_some() && !span.is_empty());
            if let Some(place) = place {
                prop_assert!(span.contains(place) && !place.of(&body).trim().is_empty());
            }
        }
        if let Some(at) = behind_byline(&body) {
            prop_assert!(body.is_char_boundary(at));
        }
    }
}
