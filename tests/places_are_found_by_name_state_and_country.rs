//! `place:` and `country.any:`, through the program, on articles that a reader can check.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::Place;
use serde_json::Value;

const ARTICLES: [&str; 5] = [
    r#"{"id": "france", "title": "Talks go on", "body": "Ministers from nine states met in Paris on Friday, a spokesman said."}"#,
    r#"{"id": "texas", "title": "Mill burns", "body": "A mill burned down in Paris, Texas, on Friday. Nobody was hurt in Paris."}"#,
    r#"{"id": "named", "title": "France votes", "body": "The vote in France was close, and the French slept little."}"#,
    r#"{"id": "globe", "title": "Paper sold", "body": "The owner of the Boston Globe said it was sold to a Mr Austin Paris."}"#,
    r#"{"id": "india", "title": "Rain", "body": "Trains stood still in Bombay and near Pune."}"#,
];

fn ids(place: &Place, query: &str) -> Vec<String> {
    let ran = place.run(&["search", "--format", "jsonl", "--", query]);
    assert!(ran.code < 2, "{query}: {}", ran.err);
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    let mut ids: Vec<String> = ran.out.lines().map(id).collect();
    ids.sort();
    ids
}

#[test]
fn a_place_is_found_by_its_name_alone_or_with_its_state_or_country() {
    let place = Place::with(&ARTICLES);
    for (query, expected) in [
        ("place:paris", &["france", "texas"][..]),
        ("place:\"Paris, Texas\"", &["texas"]),
        ("place:\"paris, TX\"", &["texas"]),
        ("place:\"paris, US\"", &["texas"]),
        ("place:\"paris, TX, US\"", &["texas"]),
        ("place:\"paris, france\"", &["france"]),
        ("place:texas", &["texas"]),
        ("place:mumbai", &["india"]),
        ("place:Bombay", &["india"]),
        ("place:boston", &[]),
        ("\"in {place paris}\"", &["france", "texas"]),
        ("place:paris W/5 mill", &["texas"]),
        ("ATLEAST2(place:paris)", &["texas"]),
    ] {
        assert_eq!(ids(&place, query), expected, "{query}");
    }
}

#[test]
fn a_country_is_found_by_name_unless_its_places_are_asked_for_too() {
    let place = Place::with(&ARTICLES);
    for (query, expected) in [
        ("country:FR", &["named"][..]),
        ("country.any:France", &["france", "named"]),
        ("country.any:US", &["texas"]),
        ("country.any:*", &["france", "india", "named", "texas"]),
        ("country.any:FR W/7 ministers", &["france"]),
    ] {
        assert_eq!(ids(&place, query), expected, "{query}");
    }
    let ran = place.run(&["search", "--format", "jsonl", "country.any:FR"]);
    let first: Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!(first["id"], "named", "a name counts more than a place");
}

#[test]
fn a_slip_in_the_name_of_a_place_is_told() {
    let place = Place::with(&ARTICLES);
    let ran = place.run(&["search", "place:mumbay"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no place \"mumbay\"; did you mean \"mumbai\" (1 article)?"), "{}", ran.err);
    let ran = place.run(&["search", "place:\"paris, narnia\""]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no country \"narnia\""), "{}", ran.err);
}

#[test]
fn what_fills_the_slots_is_counted_by_place() {
    let place = Place::with(&ARTICLES);
    let ran = place.run(&["facets", "--captures", "\"in {place}\""]);
    for key in ["paris, FR", "paris, TX, US", "mumbai, IN"] {
        assert!(ran.out.contains(key), "{}", ran.out);
    }
}
