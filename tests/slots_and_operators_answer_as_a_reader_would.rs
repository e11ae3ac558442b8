//! Slots, captures, proximity and explanations, through the program, on articles that a reader can check.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests; one says why it is skipped")]

mod common;

use std::path::PathBuf;

use common::Place;
use serde_json::Value;

const FERRY: &str = r#"{"id": "ferry", "title": "Ferry fire off Norway: 400 rescued", "published": "2024-05-01", "source": "Coast Post", "body":
"Coast guard chief Mari Lund told Reuters that 400 Norwegian passengers were taken off the burning ferry.\nOwner Nordline said 12 crew members stayed on board.\nMari Lund said no one had died. The fire broke out on the car deck."}"#;
const PORT: &str = r#"{"id": "port", "title": "Harbour strike enters third week", "published": "2024-05-02", "body":
"Dockers' leader Jon Berg told the BBC that 250 of its members would stay out.\nSome 300 foreign passengers were stranded. Berg said a deal was near.\nNordline, which runs the ferry, blamed the union."}"#;

fn place() -> Place {
    let line = |text: &str| text.replace('\n', " ");
    Place::with(&[&line(FERRY), &line(PORT)])
}

/// The ids found, and every mark of title and quotes, in order.
fn found(place: &Place, query: &str) -> Vec<(String, Vec<String>)> {
    let ran = place.run(&["search", "--format", "jsonl", "--snippets", "all", "--", query]);
    assert!(ran.code < 2, "{query}: {}", ran.err);
    let mut hits: Vec<(String, Vec<String>)> = ran
        .out
        .lines()
        .map(|line| {
            let hit: Value = serde_json::from_str(line).unwrap();
            let snippets =
                hit["snippets"].as_array().unwrap().iter().flat_map(|s| s["marks"].as_array().unwrap());
            let marks = hit["title_marks"].as_array().unwrap().iter().chain(snippets);
            let texts = marks.map(|m| m["text"].as_str().unwrap().to_owned()).collect();
            (hit["id"].as_str().unwrap().to_owned(), texts)
        })
        .collect();
    hits.sort();
    hits
}

fn expect(place: &Place, query: &str, hits: &[(&str, &[&str])]) {
    let expected: Vec<(String, Vec<String>)> = hits
        .iter()
        .map(|(id, marks)| ((*id).to_owned(), marks.iter().map(|m| (*m).to_owned()).collect()))
        .collect();
    assert_eq!(found(place, query), expected, "{query}");
}

#[test]
fn a_slot_is_filled_by_whole_mentions_and_the_phrase_is_marked_as_one() {
    let place = place();
    expect(
        &place,
        "\"{number 100..500} passengers\"~1",
        &[("ferry", &["400 Norwegian passengers"]), ("port", &["300 foreign passengers"])],
    );
    expect(&place, "\"{number 350..500} {country} passengers\"", &[("ferry", &["400 Norwegian passengers"])]);
    expect(
        &place,
        "\"{person} told {org}\"~1",
        &[("ferry", &["Mari Lund told Reuters"]), ("port", &["Jon Berg told the BBC"])],
    );
    expect(&place, "\"{person lund} said\"", &[("ferry", &["Mari Lund said"])]);
    expect(&place, "title:\"{number} rescued\"", &[("ferry", &["400 rescued"])]);
    expect(&place, "\"{number crew}\"", &[]);
}

#[test]
fn proximity_marks_what_stands_near_and_nothing_else() {
    let place = place();
    expect(&place, "ferry W/3 burning", &[("ferry", &["burning", "ferry"])]);
    expect(&place, "ferry W/S blamed", &[("port", &["ferry", "blamed"])]);
    expect(&place, "person:lund W/S \"no one\"", &[("ferry", &["Mari Lund", "no one"])]);
    expect(&place, "berg PRE/3 deal", &[("port", &["Berg", "deal"])]);
    expect(&place, "deal PRE/3 berg", &[]);
    expect(&place, "ATLEAST3(ferry)", &[]);
    expect(&place, "ATLEAST2(ferry)", &[("ferry", &["Ferry", "ferry"])]);
    // Distances count words over the ends of paragraphs, but a headline is not beside its text.
    expect(&place, "ferry W/2 owner", &[("ferry", &["ferry", "Owner"])]);
    expect(&place, "rescued W/9 coast", &[]);
}

#[test]
fn what_filled_the_slots_is_given_by_name() {
    let place = place();
    let ran =
        place.run(&["search", "--format", "jsonl", "\"{who=person} told {org}\"~1", "--sort", "published"]);
    let hits: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let slots = &hits[0]["captures"][0]["slots"];
    assert_eq!(slots["who"]["reading"], "mari lund");
    assert_eq!(
        (&slots["org"]["text"], &slots["org"]["kind"]),
        (&Value::from("Reuters"), &Value::from("org"))
    );
    assert_eq!(hits[0]["snippets"][0]["marks"][0]["slots"], *slots, "marks in quotes say the same");
    let ran = place.run(&[
        "search",
        "--captures",
        "--snippets",
        "0",
        "\"{who=person} told {org}\"~1",
        "--sort",
        "published",
    ]);
    insta::assert_snapshot!(ran.out, @r#"
    1. Ferry fire off Norway: 400 rescued
       Coast Post · 2024-05-01 · ferry
       who: mari lund (Mari Lund) · org: reuters (Reuters)
    2. Harbour strike enters third week
       2024-05-02 · port
       who: jon berg (Jon Berg) · org: bbc (BBC)
    "#);
}

#[test]
fn captures_are_counted_over_all_articles() {
    let place = place();
    let ran = place.run(&[
        "facets",
        "--captures",
        "\"{number} {what=country} passengers\" OR \"{number} foreign passengers\"",
    ]);
    insta::assert_snapshot!(ran.out, @r#"
    number (2 different)
    articles    times
           1        1  400 passenger
           1        1  ~300 passenger
    what (1 different)
    articles    times
           1        1  NO
    together
    articles    times
           1        1  number: 400 passenger · what: NO
    "#);
    let ran = place.run(&["facets", "--captures", "--format", "json", "\"{person} said\""]);
    let counts: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(counts["captures"]["articles"], 2);
    assert_eq!(counts["captures"]["slots"][0]["values"][0]["reading"], "jon berg");
    let ran = place.run(&["facets", "--captures", "ferry"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("has no slot"), "{}", ran.err);
}

#[test]
fn a_query_is_explained_with_what_became_of_its_parts_and_what_they_cost() {
    let place = place();
    let query = "\"{number 100..500} passengers\"~1 (ferr* OR country:Norwegian) W/10 burning published:2024-05 NOT org:bbc";
    let ran = place.run(&["explain", query]);
    insta::assert_snapshot!(ran.out, @r#"
    query
      "{number 100..500} passengers"~1 AND (ferr* OR country:Norwegian) W/10 burning AND published:2024-05 AND NOT org:bbc
    read as
      Norwegian → Norway (a country is found by every name, demonym and code)
      burning → burning (a bare word finds its inflections)
      2024-05 → 2024-05-01 to 2024-05-31 (a date is the time that it names)
      bbc → bbc (one word finds every organisation with it in its name)
    answered by
      all of  at most 1 article, 9 entries
      ├─ phrase "{number=number 100 to 500} passengers" with slop 1  at most 2 articles, 4 entries, positions read
      │  ├─ {number=number 100 to 500}  at most 2 articles, 2 entries, values read
      │  └─ word passengers  at most 2 articles, 2 entries
      ├─ within 10 words of each other  at most 1 article, 4 entries, positions read
      │  ├─ any of  at most 2 articles, 3 entries
      │  │  ├─ word ferr*  at most 2 articles, 2 entries
      │  │  │     ferry 2
      │  │  └─ country NO  at most 1 article, 1 entry, positions read
      │  └─ word burning  at most 1 article, 1 entry
      ├─ published from 2024-05-01T00:00:00Z before 2024-06-01T00:00:00Z  at most 2 articles, a column read
      └─ not: org with bbc in the name  at most 1 article, 1 entry
    "#);
    let ran = place.run(&["explain", "burn zeppelins"]);
    insta::assert_snapshot!(ran.out, @"
    query
      burn AND zeppelins
    read as
      burn → burning (a bare word finds its inflections)
      zeppelins → no form that any article has (a bare word finds its inflections)
    answered by
      all of  at most 0 articles, 1 entry
      ├─ word burning  at most 1 article, 1 entry
      └─ word zeppelins  at most 0 articles
    ");
    let ran = place.run(&["explain", "--format", "json", "ferry"]);
    let explained: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(explained["rewrites"][0]["rule"], "inflections");
    assert_eq!(explained["cost"]["articles"], 2);
}

/// Checks that the parts of a score make it up; how many there are.
fn adds_up(part: &Value) -> usize {
    let below = part["parts"].as_array().unwrap();
    if below.len() > 1 {
        let sum: f64 = below.iter().map(|p| p["score"].as_f64().unwrap()).sum();
        assert!((sum - part["score"].as_f64().unwrap()).abs() < 1e-4, "{part}");
    }
    1 + below.iter().map(adds_up).sum::<usize>()
}

#[test]
fn a_score_is_the_sum_of_what_is_explained() {
    let place = place();
    let query = "ferry OR (person:lund W/S said)^2 OR \"{number} passengers\"~1 OR title:strike";
    let ran = place.run(&["search", "--explain", "--format", "jsonl", query]);
    let mut parts = 0;
    for line in ran.out.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        parts += adds_up(&hit["explanation"]);
        let (score, whole) = (hit["score"].as_f64().unwrap(), hit["explanation"]["score"].as_f64().unwrap());
        assert!((score - whole).abs() < 1e-4, "{score} {whole}");
    }
    assert!(parts >= 6, "{}", ran.out);
}

#[test]
fn a_name_that_no_article_has_is_met_with_the_one_that_was_meant() {
    let place = place();
    let ran = place.run(&["search", "person:lundt"]);
    assert_eq!(ran.code, 1);
    let note = "note[unknown_name]: no person \"lundt\"; did you mean \"lund\" (1 article)?";
    assert_eq!(ran.err.lines().next(), Some(note));
    assert!(!place.run(&["search", "person:lund"]).err.contains("did you mean"));
}

#[test]
fn the_seeds_are_answered_as_the_project_promises() {
    let shared = std::env::var_os("DATELINE_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    let seeds = shared.join("seeds");
    if !seeds.is_dir() {
        println!("skipped: no articles at {}", seeds.display());
        return;
    }
    let place = Place::new();
    assert_eq!(place.run(&["index", seeds.to_str().unwrap()]).code, 0);
    let marks = |query: &str| -> Vec<Vec<String>> {
        let mut marks: Vec<Vec<String>> = found(&place, query).into_iter().map(|hit| hit.1).collect();
        marks.sort();
        marks
    };
    assert_eq!(marks("\"{number 100..500} Iranian nationals\""), [["400 Iranian nationals"]]);
    assert_eq!(marks("\"{number 100..500} nationals\"~1"), [["400 Iranian nationals"]]);
    let mut two = marks("\"{number 100..500} nationals\"~2").remove(0);
    two.sort();
    assert_eq!(two, ["120 of its nationals", "400 Iranian nationals"]);
    assert_eq!(marks("Noushabadi W/S consent").len(), 1);
    assert_eq!(marks("Iran W/S \"death penalty\"").len(), 2);
    let ran = place.run(&["search", "--format", "jsonl", "\"{who=person} told {org}\"~2"]);
    let mut who: Vec<String> = Vec::new();
    for line in ran.out.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        let captures = hit["captures"].as_array().unwrap();
        who.extend(captures.iter().map(|c| c["slots"]["who"]["reading"].as_str().unwrap().to_owned()));
    }
    who.sort();
    assert_eq!(who, ["abigail jackson", "abigail jackson", "hossein noushabadi"]);
    assert_eq!(place.run(&["search", "title:iran"]).code, 1, "articles without a headline are no error");
}
