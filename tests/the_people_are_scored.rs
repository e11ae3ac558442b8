//! The score of people on a set made up here.

#![allow(clippy::unwrap_used, dead_code, reason = "tests; the program uses what they do not")]

#[path = "../benches/score/people.rs"]
mod people;
#[path = "../benches/score/set.rs"]
mod set;

use people::Counts;

const SET: &str = r#"{"id": "a", "text": "“Häuser,” said Anna Lee’s aide in Uganda. Ugandan police agreed.", "ents": [{"start": 15, "end": 25, "label": "PERSON"}, {"start": 34, "end": 40, "label": "LOC"}, {"start": 42, "end": 49, "label": "NORP"}]}
{"id": "b", "text": "Xyl Qet and the\nBank of Ghana wrote to Mr Tom Hart of Accra.", "ents": [{"start": 0, "end": 7, "label": "PER"}, {"start": 16, "end": 29, "label": "LOC"}, {"start": 42, "end": 50, "label": "PERSON"}]}
"#;

fn score(name: &str) -> people::Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let packed = zstd::encode_all(SET.as_bytes(), 1).unwrap();
    std::fs::write(
        &path,
        if path.extension().is_some_and(|end| end == "zst") { &packed } else { SET.as_bytes() },
    )
    .unwrap();
    people::run(&[path]).unwrap()
}

#[test]
fn spans_are_right_by_both_ends_and_their_label() {
    for name in ["made-up.jsonl", "train/made-up.jsonl.zst"] {
        let report = score(name);
        let [people, organisations, places] = report.sets[0].counts;
        assert_eq!(people, Counts { right: 2, wrong: 0, missed: 1 });
        assert_eq!(organisations, Counts { right: 0, wrong: 1, missed: 0 });
        assert_eq!((places.right, places.missed), (1, 1), "a demonym is no place: {report}");
        let seen = report.to_string().contains("seen in building lexicon and tagger");
        assert_eq!(seen, name.starts_with("train"), "{report}");
    }
}

#[test]
fn each_error_is_told_with_the_words_around_it() {
    let errors = score("made-up.jsonl").errors;
    insta::assert_snapshot!(errors[..8].join("\n"), @r#"
    made-up PERSON missed: 1
      b: [Xyl Qet] and the Bank of Ghana wrote to Mr Tom Hart of Accra.
    made-up PERSON wrong: 0
    made-up ORG missed: 0
    made-up ORG wrong: 1
      b: Xyl Qet and the [Bank of Ghana] wrote to Mr Tom Hart of Accra.  (org:head, LOC "Bank of Ghana")
    made-up LOC missed: 1
      b: Xyl Qet and the [Bank of Ghana] wrote to Mr Tom Hart of Accra.  (ORG "Bank of Ghana", LOC "Ghana")
    "#);
}

#[test]
fn a_set_that_cannot_be_read_is_no_set_without_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.jsonl");
    std::fs::write(&path, "{\"id\": \"a\", \"text\": \"Anna Lee.\"}\n").unwrap();
    let told = people::run(&[path]).unwrap_err().to_string();
    assert!(told.contains("set.jsonl") && told.contains("ents"), "{told}");
    assert!(people::run(&[folder.path().join("none.jsonl")]).is_err());
}
