//! The score of countries on a set made up here.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../benches/score/countries.rs"]
mod countries;

const SET: &str = r#"{"id": "a", "text": "Iran said two Iranians had left Paris.", "gold_explicit": ["IR"], "gold_all": ["FR", "IR"]}
{"id": "b", "text": "The firm moved from Lyon to Peru.", "gold_explicit": ["PE"], "gold_all": ["PE"]}
{"id": "c", "text": "Nothing is named here.", "gold_explicit": ["GB"], "gold_all": ["GB"]}
"#;

fn score(errors: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.jsonl");
    std::fs::write(&path, SET).unwrap();
    countries::run(&[path], errors).unwrap()
}

#[test]
fn pairs_of_article_and_country_are_counted_by_name_and_through_places() {
    insta::assert_snapshot!(score(false), @r"
    set          countries     F1      P      R  right  wrong missed
    made-up      explicit    80.0  100.0   66.7      2      0      1
    made-up      all         75.0   75.0   75.0      3      1      1
    ");
}

#[test]
fn what_is_wrong_is_shown_with_the_words_around_it() {
    let told = score(true);
    assert!(
        told.starts_with("wrong  FR b lyon, FR (place:only): The firm moved from Lyon to Peru."),
        "{told}"
    );
    assert!(told.contains("missed GB c named\n"), "{told}");
}
