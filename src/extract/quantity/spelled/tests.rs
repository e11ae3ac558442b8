//! Numbers in words, read from where they begin.

use super::*;
use crate::extract::quantity::words::is_number;
use crate::text::{Token, tokens};

fn first_number(text: &str) -> Option<(f64, f64, String)> {
    let tokens: Vec<Token> = tokens(text).collect();
    let line = Line { text, tokens: &tokens, start: 0, end: text.len(), floor: 0, spent: 0, headline: false };
    (0..line.len()).find_map(|i| read(&line, i, false)).map(|n| {
        let covered = text.get(line.start(n.first)..line.end(n.next - 1)).unwrap_or("");
        (n.lo, n.hi, covered.to_owned())
    })
}

#[test]
fn numbers_in_words_are_read_to_their_end() {
    for (text, value) in [
        ("seven", 7.0),
        ("twenty-five", 25.0),
        ("a hundred", 100.0),
        ("one hundred and twenty", 120.0),
        ("one hundred and twenty thousand", 120_000.0),
        ("three hundred and sixty five", 365.0),
        ("two thousand and one", 2001.0),
        ("nine thousand four hundred and six", 9406.0),
        ("twenty-one trillion and three hundred", 21_000_000_000_300.0),
        ("twenty-five hundred", 2500.0),
        ("a million", 1e6),
        ("hundred thousand", 1e5),
        ("three lakh crore", 3e12),
        ("half a million", 5e5),
        ("half-million", 5e5),
        ("a quarter of a million", 250_000.0),
        ("one and a half", 1.5),
        ("one million and a half", 1.5e6),
        ("one billion and a half million", 1_000_500_000.0),
        ("two and a half million", 2.5e6),
        ("two-thirds", 2.0 / 3.0),
        ("three-quarters", 0.75),
        ("a dozen", 12.0),
        ("two dozen", 24.0),
        ("half a dozen", 6.0),
        ("nine point nought four", 9.04),
        ("nine out of 10", 0.9),
        ("one in five", 0.2),
    ] {
        let read = first_number(text);
        assert!(
            read.as_ref().is_some_and(|(lo, hi, all)| (lo - value).abs() < 1e-9 * value
                && lo.total_cmp(hi).is_eq()
                && all == text),
            "{text}: {read:?}"
        );
    }
}

#[test]
fn hints_are_intervals() {
    for (text, lo, hi, covered) in [
        ("dozens of cars", 24.0, 99.0, "dozens"),
        ("several hundred men", 200.0, 999.0, "several hundred"),
        ("a few dozen", 24.0, 99.0, "a few dozen"),
        ("tens of thousands of fans", 10_000.0, 99_999.0, "tens of thousands"),
        ("hundreds of millions", 1e8, 999_999_999.0, "hundreds of millions"),
        ("a handful of fans", 3.0, 9.0, "a handful"),
        ("scores of huts", 40.0, 99.0, "scores"),
        ("a couple of days", 2.0, 2.0, "a couple"),
        ("a couple of hundred days", 200.0, 200.0, "a couple of hundred"),
    ] {
        assert_eq!(first_number(text), Some((lo, hi, covered.to_owned())), "{text}");
    }
}

#[test]
fn words_that_only_look_like_numbers_are_none() {
    for text in [
        "the third man",
        "a second chance",
        "the couple married",
        "high scores",
        "the first quarter",
        "several people",
        "many thanks",
        "the handful",
        "that they them",
        "per million",
    ] {
        assert_eq!(first_number(text), None, "{text}");
    }
}

#[test]
fn case_does_not_hide_a_number_word() {
    for word in ["one", "Two", "TEN", "zero", "hundredths", "couple", "quarter", "lakh", "scores", "few"] {
        assert!(is_number(word), "{word}");
    }
}
