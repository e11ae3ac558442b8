//! The score of stories on articles made up here.

#![allow(clippy::unwrap_used, dead_code, reason = "tests; the program uses what they do not")]

#[path = "../benches/score/stories.rs"]
mod stories;

use std::collections::{BTreeMap, HashMap};

use stories::{Score, run, score};

#[test]
fn precision_falls_with_strangers_in_a_story_and_recall_with_articles_left_out() {
    let events: BTreeMap<String, String> =
        [("a", "x"), ("b", "x"), ("c", "y")].map(|(id, event)| (id.to_owned(), event.to_owned())).into();
    let stories = |of: &[(&str, u64)]| {
        of.iter().map(|(id, story)| ((*id).to_owned(), *story)).collect::<HashMap<_, _>>()
    };
    let right = Score { precision: 1.0, recall: 1.0 };
    assert_eq!(score(&stories(&[("a", 1), ("b", 1), ("c", 2), ("d", 3)]), &events), (right, right));
    let (all, known) = score(&stories(&[("a", 1), ("b", 1), ("c", 2), ("d", 2)]), &events);
    assert_eq!((all.precision, known), ((1.0 + 1.0 + 0.5) / 3.0, right));
    let (all, _) = score(&stories(&[("a", 1), ("b", 2), ("c", 3)]), &events);
    assert_eq!((all.precision, all.recall), (1.0, (0.5 + 0.5 + 1.0) / 3.0));
    let (all, known) = score(&stories(&[("a", 1), ("b", 1), ("c", 1)]), &events);
    assert!(all == known && (all.precision - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0) / 3.0).abs() < 1e-9);
}

#[test]
fn known_events_are_read_and_told_with_what_was_missed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    let lines = [
        r#"{"id": "a1", "title": "Ferry aground off Port Hallam", "body": "A ferry with 212 people ran aground off Port Hallam, the Marsdale coastguard said.", "published": "2025-09-01", "gold": {"cluster": 1}}"#,
        r#"{"id": "b1", "title": "All safe on Hallam ferry", "body": "The 212 people on a ferry aground at Port Hallam are safe, Marsdale coastguard says.", "published": "2025-09-01", "gold": {"cluster": 1}}"#,
        r#"{"id": "c1", "title": "Council votes on budget", "body": "The council of Eastwick voted to raise the budget for schools, Mayor Joan Hartley said.", "published": "2025-09-01", "gold": {"cluster": 1}}"#,
    ];
    std::fs::write(&path, lines.join("\n")).unwrap();
    let told = run(&[path], true).unwrap();
    assert!(told.contains(" c1\n") && told.contains("among known"), "{told}");
    let f1 = told.lines().last().unwrap().split_whitespace().next_back().unwrap().parse::<f64>().unwrap();
    assert!((f1 - 0.714).abs() < 0.001, "{told}");
}
