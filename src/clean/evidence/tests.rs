//! What recurs is furniture only where its shape allows it, and what is sent again does not delete itself.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::article::{Origin, RawArticle};
use crate::clean::{Options, Reason, clean_with};

fn article(n: usize, lines: &[&str]) -> RawArticle {
    let mut raw = RawArticle::at(Origin { file: "f".into(), record: 1, offset: 0 });
    raw.source = Some("Port Arden News".to_owned());
    let story = format!(
        "The swing bridge number {n} of Port Arden will be shut to lorries from the first of the month."
    );
    raw.body = [&[story.as_str()], lines].concat().join("\n");
    raw
}

fn learned(articles: impl IntoIterator<Item = RawArticle>) -> Evidence {
    let mut evidence = Evidence::default();
    for raw in articles {
        evidence.learn(&clean_with(raw, &Options::default(), &Evidence::default()).sightings);
    }
    evidence
}

/// Whether `line` is dropped from the end of an article after `times` others have had it there.
fn goes(line: &str, times: usize) -> bool {
    let evidence = learned((0..times).map(|n| article(n, &[line])));
    let cleaned = clean_with(article(99, &[line]), &Options::default(), &evidence);
    cleaned.counts.of(Reason::Recurring("")) > 0
}

#[test]
fn a_line_goes_once_enough_articles_have_had_it() {
    for (line, enough) in [
        ("Help us keep our reporters on the quay.", 3),
        ("Orla Finch was an author before she came to us.", 3),
        ("The Port Arden News belongs to those who read it.", 3),
        ("Harbour desk", 4),
    ] {
        assert!(!goes(line, enough - 1), "{line}");
        assert!(goes(line, enough), "{line}");
    }
}

#[test]
fn what_looks_like_a_quote_a_fact_or_background_stays_however_often_it_recurs() {
    for line in [
        "\"Help us,\" it read.",
        "“Sign up here” was written on the wall.",
        "Tickets cost $12; sign up at the door.",
        "Help us, he said, and they did.",
        "The board, which runs the harbour, has had no chairman since March.",
        "The mayor could not be reached for comment.",
        "Port Arden has 12,000 people.",
        "Year",
        "4.2 mln vs 4.9 mln",
    ] {
        let line = if line == "Year" { "Year\nNet 4.2 mln vs 4.9 mln" } else { line };
        let evidence = learned((0..40).map(|n| article(n, &[line])));
        let cleaned = clean_with(article(99, &[line]), &Options::default(), &evidence);
        assert_eq!(cleaned.counts.of(Reason::Recurring("")), 0, "{line}");
    }
}

#[test]
fn a_heading_inside_the_story_stays() {
    let body =
        ["What it costs", "The board puts the repair at four million crowns, half of it for the bearings."];
    let evidence = learned((0..40).map(|n| article(n, &body)));
    let cleaned = clean_with(article(99, &body), &Options::default(), &evidence);
    assert_eq!(cleaned.counts.of(Reason::Recurring("")), 0);
}

#[test]
fn an_article_that_is_sent_again_counts_once() {
    let line = "Help us keep our reporters on the quay.";
    let evidence = learned((0..40).map(|_| article(1, &[line])));
    assert_eq!(evidence.articles(), 1);
    // Nor does an update, which has the same sentences and one more.
    let update = |n: usize| {
        let mut raw = article(1, &[line]);
        for sentence in 0..8 {
            raw.body += &format!(
                "\nSentence {sentence} of the story says what has been known about it for some time."
            );
        }
        raw.body += &format!("\nUpdate {n}.");
        raw
    };
    assert_eq!(learned((0..40).map(update)).articles(), 1);
}

#[test]
fn lines_of_another_source_say_nothing() {
    let line = "Help us keep our reporters on the quay.";
    let evidence = learned((0..9).map(|n| article(n, &[line])));
    let mut other = article(99, &[line]);
    other.source = Some("Holm Gazette".to_owned());
    assert_eq!(clean_with(other, &Options::default(), &evidence).counts.of(Reason::Recurring("")), 0);
}

#[test]
fn an_article_of_nothing_but_recurring_lines_is_left_alone() {
    let lines = ["Help us keep our reporters on the quay.", "Write to our desk."];
    let evidence = learned((0..9).map(|n| article(n, &lines)));
    let mut raw = article(0, &[]);
    raw.body = lines.join("\n");
    assert_eq!(clean_with(raw, &Options::default(), &evidence).article.body, lines.join("\n"));
}

#[test]
fn the_record_tells_what_was_dropped_and_why() {
    let line = "Help us keep our reporters on the quay.";
    let evidence = learned((0..9).map(|n| article(n, &[line])));
    let cleaned = clean_with(article(99, &[line, "Share this article"]), &Options::default(), &evidence);
    let told: Vec<_> = cleaned
        .cleaning
        .dropped
        .iter()
        .map(|d| (d.reason.as_ref(), d.rule.as_deref(), d.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [("furniture", Some("share"), "Share this article"), ("recurring", Some("request"), line)]
    );
}

#[test]
fn evidence_is_the_same_after_a_rest_on_disk_and_damage_is_no_evidence() {
    let evidence = learned((0..500).map(|n| article(n, &["Help us keep our reporters on the quay."])));
    let bytes = evidence.to_bytes();
    assert_eq!(Evidence::from_bytes(&bytes).unwrap(), evidence);
    assert!(Evidence::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    assert!(Evidence::from_bytes(&[bytes.as_slice(), &[0]].concat()).is_none());
    assert!(Evidence::from_bytes(&[]).is_none());
    let mut other = bytes;
    other[0] += 1;
    assert!(Evidence::from_bytes(&other).is_none());
}

#[test]
fn evidence_takes_no_more_room_however_much_is_learned() {
    let mut evidence = Evidence::default();
    for n in 0..300_000u64 {
        let lines = (0..3).map(|k| (n * 3 + k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
        let sketch =
            [(n + 1).wrapping_mul(0xd134_2543_de82_ef95), (n + 1).wrapping_mul(0xaf25_1af3_b0f0_25b5)];
        evidence.learn(&Sightings { source: 7, lines, sketch });
    }
    assert_eq!(evidence.articles(), 300_000);
    assert!(evidence.to_bytes().len() < 1_500_000, "{}", evidence.to_bytes().len());
}

fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Z][a-z]{2,8}( [a-z]{2,8}){3,30}\\.",
        "[A-Z][a-z]{2,8}( [a-z]{2,8}){0,4}",
        "Sign up( [a-z]{2,8}){0,6}( \"[a-z]{2,8}\"| 1[0-9]| \\$5)?\\.?",
        "\\PC{0,20}",
    ];
    proptest::collection::vec(line, 1..8).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_line_with_a_quote_mark_or_a_sum_goes(text in text()) {
        let evidence = learned((0..9).map(|n| article(n, &[&text])));
        let cleaned = clean_with(article(99, &[&text]), &Options { record: true, ..Options::default() }, &evidence);
        for change in cleaned.changes.iter().filter(|change| matches!(change.reason, Reason::Recurring(_))) {
            prop_assert!(!change.text.contains(['"', '“', '”', '«', '$', '€', '%']), "{}", change.text);
            let figures = change.text.bytes().any(|b| b.is_ascii_digit());
            prop_assert!(!figures || change.reason == Reason::Recurring("request"), "{}", change.text);
        }
    }

    #[test]
    fn without_evidence_nothing_else_happens_and_any_bytes_are_read_without_panic(text in text(), bytes: Vec<u8>) {
        let with = clean_with(article(1, &[&text]), &Options::default(), &Evidence::default());
        let without = crate::clean::clean(article(1, &[&text]), &Options::default());
        prop_assert_eq!(with.article, without.article);
        let _ = Evidence::from_bytes(&[&[Evidence::VERSION], bytes.as_slice()].concat());
    }
}
