//! Extraction takes time in proportion to the text, even of a text of nothing but figures, number words or dates, in one line:
//! each token is looked at a bounded number of times.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use cpu_time::ThreadTime;
use dateline::article::TextField;
use dateline::extract::quantity::find_dated;
use dateline::text::{Token, tokens};

/// What whole texts are made of.
const PIECES: [&str; 36] = [
    "1",
    "1 ",
    "12 ",
    "000 ",
    "1-",
    "1/",
    "1:",
    "1, ",
    "1.",
    "2025-",
    "2025 ",
    "14 October ",
    "May 1 and ",
    "5 to ",
    "from 5 to ",
    "hundred ",
    "thousand ",
    "one ",
    "twenty-",
    "half a ",
    "two and a half ",
    "million ",
    "dozens of ",
    "last ",
    "this week ",
    "Monday to ",
    "ago ",
    "early 1990s-",
    "$",
    "$5 ",
    "5% ",
    "5 km/",
    "of the ",
    "between 1 and ",
    "more than ",
    "\u{2003}",
];

/// The least time that reading a text of so many bytes took of some tries.
fn time(piece: &str, bytes: usize) -> Duration {
    let text = piece.repeat(bytes / piece.len() + 1);
    let tokens: Vec<Token> = tokens(&text).collect();
    let read = || {
        let start = ThreadTime::now();
        let mut found = Vec::new();
        find_dated(&text, &tokens, TextField::Body, Some(1_760_000_000), &mut found);
        for mention in &found {
            assert!(text.get(mention.span.range()).is_some());
        }
        start.elapsed()
    };
    (0..2).map(|_| read()).min().unwrap()
}

#[test]
fn four_times_the_text_takes_about_four_times_as_long() {
    for piece in PIECES {
        let (short, long) = (time(piece, 30_000), time(piece, 120_000));
        let limit = short * 10 + Duration::from_millis(20);
        assert!(long < limit, "{piece:?}: {short:?} for 30 kB, {long:?} for 120 kB");
    }
}

#[test]
fn megabytes_of_one_kind_are_read_in_seconds() {
    let bytes = if cfg!(debug_assertions) { 200_000 } else { 10_000_000 };
    for piece in ["7", "7 ", "hundred ", "Monday "] {
        let took = time(piece, bytes);
        assert!(took < Duration::from_secs(60), "{piece:?}: {took:?}");
    }
}
