//! Words that lost the space between them are found by both, and by what stands there; the text stays as it is.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fmt::Write as _;

use common::Place;
use dateline::article::TextField;
use dateline::search::SearchRequest;

fn line(id: &str, lang: &str, title: &str, body: &str) -> String {
    serde_json::json!({"id": id, "lang": lang, "title": title, "body": body}).to_string()
}

/// An archive of bodies; their ids are `a0`, `a1` and so on.
fn place(bodies: &[&str]) -> Place {
    let lines: Vec<String> =
        bodies.iter().enumerate().map(|(n, body)| line(&format!("a{n}"), "en", "Harbour", body)).collect();
    Place::with(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What is marked in the first article found, of several marks the last; `None` if nothing is found.
fn marked(place: &Place, query: &str) -> Option<String> {
    let answer = place.archive().search(query, &SearchRequest::default()).unwrap();
    assert_eq!(
        place.archive().count(query, &SearchRequest::default()).unwrap(),
        answer.page.hits.len() as u64
    );
    let hit = answer.page.hits.first()?;
    let marks = hit.highlights.snippets.iter().flat_map(|snippet| &snippet.marks);
    Some(marks.last().map_or(String::new(), |mark| mark.span.of(&hit.article.body).to_owned()))
}

/// The tokens of the article that the index takes for two words, cut.
fn cuts(place: &Place, id: &str) -> Vec<String> {
    let article = place.archive().get(id).unwrap().unwrap().article;
    article.run_together.iter().map(|token| token.parts(&article).unwrap().join("+")).collect()
}

const BAN: &str = "The council voted on Monday to removethe ban on night ferries, officials said.";

#[test]
fn a_run_together_word_is_found_by_both_words_and_by_itself() {
    let place = place(&[BAN]);
    for (query, mark) in [
        ("remove", "removethe"),
        ("removes", "removethe"),
        ("removethe", "removethe"),
        ("\"the ban\"", "removethe ban"),
        ("\"to remove\"", "to removethe"),
        ("\"voted on Monday to remove\"", "voted on Monday to removethe"),
        ("remov*", "removethe"),
    ] {
        assert_eq!(marked(&place, query).as_deref(), Some(mark), "{query}");
    }
    assert_eq!(marked(&place, "emove"), None);
    // One token is one word of a phrase.
    assert_eq!(marked(&place, "\"remove the\"~3"), None);
}

#[test]
fn the_text_stays_as_it_is_and_the_record_says_what_was_taken_for_two_words() {
    let place = place(&[BAN]);
    let article = place.archive().get("a0").unwrap().unwrap().article;
    assert_eq!(article.body, BAN);
    assert_eq!(article.run_together.len(), 1);
    assert_eq!(article.run_together[0].field, TextField::Body);

    let shown = place.run(&["show", "a0", "--mentions"]);
    assert!(
        shown.out.contains("words run together, found by both\n  removethe = remove + the"),
        "{}",
        shown.out
    );
    let shown = place.run(&["show", "a0", "--format", "json"]);
    let article: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(article["run_together"][0]["parts"], serde_json::json!(["remove", "the"]));
    assert_eq!(article["run_together"][0]["start"], BAN.find("removethe").unwrap());
}

#[test]
fn a_slot_beside_a_run_together_word_is_found_by_the_word_that_stands_beside_it() {
    let place = place(&[
        "Traders said that oil came fromthe Iraq of old and the Iran ofthe past, and nobody knew why.",
    ]);
    for (query, mark) in [
        ("\"from {country}\"", "fromthe Iraq"),
        ("\"came the {country}\"", "came fromthe Iraq"),
        ("\"{country} the past\"", "Iran ofthe past"),
    ] {
        assert_eq!(marked(&place, query).as_deref(), Some(mark), "{query}");
    }
    assert_eq!(cuts(&place, "a0"), ["from+the", "of+the"]);
}

#[test]
fn a_capital_within_a_word_says_where_it_is_cut() {
    let place =
        place(&["The minister saidTuesday that theGovernment would act, and that iPhone sales fell."]);
    assert_eq!(cuts(&place, "a0"), ["said+Tuesday", "the+Government"]);
    assert_eq!(marked(&place, "government").as_deref(), Some("theGovernment"));
}

#[test]
fn words_that_only_look_like_two_are_one() {
    let place = place(&[
        "It is notable that the format of the forum was forgotten; island fortunes, a manifesto, handsome theses and \
         behaviour to atone for. The surgeon withheld a coupon thereby, breathing easily, fightin and keepin on. The \
         priorit of the majorit is overt. Inform someon, belive in swathe, button, carson, peterson and justin.",
        "Read more at theguardian.com or thehill.com/news, write to onthe@thedesk.example, tag #inthe and into-the.",
    ]);
    assert_eq!(cuts(&place, "a0"), [""; 0]);
    assert_eq!(cuts(&place, "a1"), [""; 0]);
}

#[test]
fn what_stands_often_in_the_corpus_is_a_word() {
    let bodies: Vec<String> = (0..20).map(|n| format!("Shares of storethe rose {n} cents.")).collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let place = place(&bodies);
    assert_eq!(cuts(&place, "a0"), ["store+the"]);
    assert_eq!(cuts(&place, "a19"), [""; 0]);
}

#[test]
fn the_corpus_teaches_words_that_are_not_common() {
    let mut lines = vec![line("early", "en", "Early", "They looked at thesextant again.")];
    for n in 0..60 {
        lines.push(line(&format!("b{n}"), "en", "Ships", &format!("A sextant of ship {n} was sold.")));
    }
    lines.push(line("late", "en", "Late", "They looked at thesextant again."));
    let place = Place::with(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(cuts(&place, "early"), [""; 0]);
    assert_eq!(cuts(&place, "late"), ["the+sextant"]);
    assert_eq!(marked(&place, "sextant late").as_deref(), Some("thesextant"));
}

#[test]
fn other_languages_are_left_alone() {
    let lines = [line("nl", "nl", "Haven", "De boot ligt inthe haven en removethe blijft.")];
    let place = Place::with(&[&lines[0]]);
    assert_eq!(cuts(&place, "nl"), [""; 0]);
}

#[test]
fn an_article_of_nothing_but_run_together_words_is_indexed_and_shown() {
    let mut body = String::new();
    for n in 0..5000 {
        let _ = write!(body, "{} ", ["tothink", "ofwork", "thework", "workthat"][n % 4]);
    }
    let place = place(&[&body]);
    assert!(!cuts(&place, "a0").is_empty());
    assert!(marked(&place, "\"think work\"~2").is_some());
}

#[test]
fn a_copy_with_such_a_word_is_linked_and_flagged() {
    let story = format!(
        "{BAN} The harbour board had asked for it since spring, when two boats were late and a crew of nine spent the night on the pier."
    );
    let place = place(&[&story, &story]);
    let copy = place.archive().get("a1").unwrap().unwrap();
    assert_eq!(copy.copy_of.as_deref(), Some("a0"));
    for id in ["a0", "a1"] {
        assert_eq!(cuts(&place, id), ["remove+the"]);
    }
}
