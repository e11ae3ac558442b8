//! The program: results on standard output, everything else on standard error, exit codes, formats, colours, safety.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

mod common;

use std::io::Read as _;
use std::process::Stdio;

use common::{Place, Ran};
use serde_json::Value;

const FERRY: &str = r#"{"id": "p1", "source": "Harbour Post", "published": "2025-03-04", "url": "https://example.org/a?x=1", "title": "Ferry returns to Port Hallam", "body": "Some 400 Italian passengers were unharmed, Captain Rosa Venn said.\nRepairs will cost $1.2m, up to 8% more than planned."}"#;
const STRIKE: &str = r#"{"id": "p2", "source": "Northern Wire", "published": "2025-03-05", "lang": "en", "title": "Port strike ends", "body": "Dockers in Port Hallam went back to work. They told us that 30 ships had waited."}"#;

fn place() -> Place {
    Place::with(&[FERRY, STRIKE])
}

#[test]
fn exit_codes_tell_hits_none_and_errors_apart() {
    let place = place();
    assert_eq!(place.run(&["search", "ferry"]).code, 0);
    assert_eq!(place.run(&["search", "zeppelin"]).code, 1);
    assert_eq!(place.run(&["count", "zeppelin"]).code, 1);
    let wrong = place.run(&["search", "number:[100 TO abc] numbr:5"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(
        wrong.err.contains("error[bad_range]") && wrong.err.contains("error[unknown_field]"),
        "{}",
        wrong.err
    );
    assert_eq!(place.run(&["serch", "x"]).code, 2);
}

#[test]
fn every_field_of_the_language_finds_its_article() {
    let place = place();
    for (query, ids) in [
        ("returns", "p1"),
        ("return", "p1"),
        ("\"return\"", ""),
        ("title:port", "p1 p2"),
        ("headline:\"port strike\"", "p2"),
        ("body:strike", ""),
        ("body:dockers", "p2"),
        ("lead:passengers", "p1"),
        ("source:post", "p1"),
        ("source:\"northern wire\"", "p2"),
        ("source:IN [post wire]", "p1 p2"),
        ("lang:en", "p1 p2"),
        ("url:https://example.org/a?x=1", "p1"),
        ("id:p2", "p2"),
        ("published:2025-03-04", "p1"),
        ("published:[2025-03-05 TO *]", "p2"),
        ("published:<2025-03", ""),
        ("country:it", "p1"),
        ("country:Italian", "p1"),
        ("country:us", ""),
        ("person:venn", "p1"),
        ("person:\"rosa venn\"", "p1"),
        ("number:400", "p1"),
        ("number.exact:400", ""),
        ("number:[20 TO 50]", "p2"),
        ("number:>=30", "p1 p2"),
        ("money.USD:[1m TO 2m]", "p1"),
        ("money.EUR:*", ""),
        ("percent:8%", "p1"),
        ("percent:*", "p1"),
        ("quantity.ships:30", "p2"),
        ("number.passengers:>100", "p1"),
        ("dock*", "p2"),
        ("docker~1", "p2"),
        ("fery~1", "p1"),
        ("\"passengers unharmed\"~1", "p1"),
        ("port -ferry", "p2"),
        ("port NOT ferry", "p2"),
        ("ferry OR dockers", "p1 p2"),
        ("(ferry OR strike) AND ends", "p2"),
        ("\"hallam some\"", ""),
        ("byline:*", ""),
        ("source:*", "p1 p2"),
        ("NOT lang:*", ""),
    ] {
        let ran = place.run(&["search", "-l", "--sort", "published", "--", query]);
        let found: Vec<&str> = ran.out.split_whitespace().collect();
        assert_eq!(found.join(" "), ids, "{query}: {}", ran.err);
    }
}

#[test]
fn what_an_article_says_of_itself_is_searched_and_shown() {
    let wire = r#"{"id": "w1", "published": "2025-03-06", "language": "en_GB", "section": "Shipping News", "title": "Ferry sails", "body": "By Jane Roe\n\nPORT HALLAM, March 5 (AP) - The ferry sailed on Wednesday.\n\nIt was late."}"#;
    let other = r#"{"id": "w2", "language": "us", "title": "Brücke gesperrt", "body": "Die Brücke über den Hafen ist seit Montag gesperrt, wie der Rat mitteilte.\n\n(Reporting by John Doe in Port Hallam; Editing by Jane Roe)"}"#;
    let place = Place::with(&[wire, other]);
    for (query, ids) in [
        ("byline:roe", "w1"),
        ("byline:\"john doe\"", "w2"),
        ("agency:AP", "w1"),
        ("agency:\"The Associated Press\"", "w1"),
        ("agency:reuters", ""),
        ("agency:*", "w1"),
        ("section:shipping", "w1"),
        ("section:\"shipping news\"", "w1"),
        ("NOT section:*", "w2"),
        ("lang:en", "w1"),
        ("lang:EN-GB", "w1"),
        ("lang:de", "w2"),
        ("\"port hallam\"", "w1"),
    ] {
        let ran = place.run(&["search", "-l", "--", query]);
        assert_eq!(ran.out.trim(), ids, "{query}: {}", ran.err);
    }
    let shown: Value = serde_json::from_str(&place.run(&["show", "w1", "--format", "jsonl"]).out).unwrap();
    assert_eq!((&shown["byline"], &shown["agency"]), (&"Jane Roe".into(), &"AP".into()));
    assert_eq!((&shown["section"], &shown["lang"]), (&"Shipping News".into(), &"en-gb".into()));
    assert_eq!(shown["lang_detected"], Value::Null);
    let dateline = serde_json::json!({"start": 0, "end": 28, "place": "PORT HALLAM", "day": "2025-03-05"});
    assert_eq!(shown["dateline"], dateline);
    assert!(shown["body"].as_str().unwrap().starts_with("PORT HALLAM, March 5 (AP) - The ferry"));
    let text = place.run(&["show", "w1", "w2"]).out;
    for line in
        ["agency: AP", "dateline: PORT HALLAM, 2025-03-05", "section: Shipping News", "lang: de, detected"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let hit: Value = serde_json::from_str(&place.run(&["search", "--format", "json", "sailed"]).out).unwrap();
    assert_eq!((&hit["hits"][0]["agency"], &hit["hits"][0]["dateline"]), (&"AP".into(), &dateline));
}

#[test]
fn json_offsets_and_marks_are_byte_exact() {
    let place = place();
    let ran = place.run(&["search", "--format", "json", "country:Italy number:400 passengers"]);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["total"], 1);
    let hit = &answer["hits"][0];
    assert_eq!(hit["published"], "2025-03-04T00:00:00Z");
    let shown: Value = serde_json::from_str(&place.run(&["show", "p1", "--format", "jsonl"]).out).unwrap();
    let body = shown["body"].as_str().unwrap();
    let slice = |v: &Value| {
        let at = |key: &str| usize::try_from(v[key].as_u64().unwrap()).unwrap();
        &body[at("start")..at("end")]
    };
    let mut marked = Vec::new();
    for snippet in hit["snippets"].as_array().unwrap() {
        assert_eq!(slice(snippet), snippet["text"].as_str().unwrap());
        for mark in snippet["marks"].as_array().unwrap() {
            assert_eq!(slice(mark), mark["text"].as_str().unwrap());
            marked.push(slice(mark));
        }
    }
    assert_eq!(marked, ["400", "Italian", "passengers"]);
}

#[test]
fn people_read_hits_with_marks_and_readings() {
    let place = place();
    let ran = place.run(&["search", "number:>100 Italy:x OR number:>100"]);
    assert_eq!(ran.code, 2, "an unknown field is no word: {}", ran.err);
    let ran = place.run(&["search", "number:>100"]);
    insta::assert_snapshot!(ran.out, @r"
    1. Ferry returns to Port Hallam
       Harbour Post · 2025-03-04 · p1
       Some [400] Italian passengers were unharmed, Captain Rosa Venn said.
          400 = ~400 passenger
    ");
    assert!(ran.err.starts_with("1 article in "), "{}", ran.err);
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let place = place();
    assert!(!place.run(&["search", "ferry"]).out.contains('\x1b'));
    let asked = Ran::of(place.program().args(["--color", "always", "search", "ferry"]));
    assert!(asked.out.contains("\x1b[1;33mFerry\x1b[0m"), "{}", asked.out);
    let never = Ran::of(place.program().env("NO_COLOR", "1").args(["search", "ferry"]));
    assert!(!never.out.contains('\x1b'));
}

#[test]
fn what_a_terminal_would_obey_never_reaches_it() {
    let evil = r#"{"id": "e\u001b]0;x\u0007", "title": "Ferry \u001b[31mred\u202egnp", "source": "A\u001b[2J\u0007B", "body": "The ferry \u001b]52;c;aGk=\u0007 sank \u009b31m and \u2066rose."}"#;
    let place = Place::with(&[evil]);
    let stored = place.archive().search("ferry", &dateline::search::SearchRequest::default()).unwrap();
    let id = stored.page.hits[0].article.id.clone();
    for args in [&["search", "ferry"][..], &["show", &id, "--mentions"], &["search", "-l", "ferry"]] {
        let ran = place.run(args);
        let shown = format!("{}{}", ran.out, ran.err);
        assert!(ran.code == 0, "{ran:?}");
        assert!(
            !shown.chars().any(|c| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c)),
            "{shown:?}"
        );
    }
    let query = place.run(&["search", "numbr:\u{1b}[31m"]);
    assert!(!query.err.contains('\x1b'), "{:?}", query.err);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let lines: Vec<String> = (0..2000)
        .map(|n| format!("{{\"id\": \"{n}\", \"body\": \"{}\"}}", "The ferry is back. ".repeat(20)))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let place = Place::with(&lines);
    let mut child = place
        .program()
        .args(["search", "--all", "--snippets", "all", "ferry"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap(); // and drops the pipe
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn all_streams_every_hit_and_pages_join_up() {
    let lines: Vec<String> = (0..250)
        .map(|n| format!("{{\"id\": \"{n:03}\", \"published\": \"2025-01-01T00:{:02}:{:02}Z\", \"body\": \"Ferry number {n}.\"}}", n / 60, n % 60))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let place = Place::with(&lines);
    let all = place.run(&["search", "--all", "-l", "ferry"]);
    let mut ids: Vec<&str> = all.out.lines().collect();
    ids.sort_unstable();
    assert_eq!(ids.len(), 250);
    ids.dedup();
    assert_eq!(ids.len(), 250);
    let page = |offset: &str| {
        place.run(&["search", "-l", "-n", "100", "--offset", offset, "--sort", "-published", "ferry"]).out
    };
    let joined = [page("0"), page("100"), page("200")].concat();
    let newest: Vec<&str> = joined.lines().collect();
    let expected: Vec<String> = (0..250).rev().map(|n| format!("{n:03}")).collect();
    assert_eq!(newest, expected);
}

#[test]
fn standard_input_and_field_mappings_are_read() {
    let place = Place::new();
    let mut child = place
        .program()
        .args(["index", "-", "--field", "title=head.line", "--field", "body=txt", "--id-field", "key"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let record = br#"{"key": "k1", "head": {"line": "Ferry returns"}, "txt": "It is back."}"#;
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), record).unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(place.run(&["search", "-l", "title:ferry"]).out, "k1\n");
}

#[test]
fn extract_prints_a_line_an_article_with_exact_offsets() {
    let place = Place::new();
    let text = "Some 400 Iranians flew home, President Anna Lee said.";
    place.file("a.jsonl", format!("{{\"id\": \"a\", \"text\": \"{text}\"}}").as_bytes());
    let ran = place.run(&["extract", "--no-clean", "--format", "jsonl", "a.jsonl"]);
    let row: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(row["id"], "a");
    let mentions = row["mentions"].as_array().unwrap();
    let read: Vec<(&str, &str, &str)> = mentions
        .iter()
        .map(|m| {
            let at = |key: &str| usize::try_from(m[key].as_u64().unwrap()).unwrap();
            assert_eq!(&text[at("start")..at("end")], m["text"].as_str().unwrap());
            assert_eq!(m["field"], "body");
            (m["kind"].as_str().unwrap(), m["text"].as_str().unwrap(), m["key"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        read,
        [
            ("number", "400", "~400 iranian"),
            ("country", "Iranians", "IR"),
            ("person", "Anna Lee", "anna lee"),
        ]
    );
    assert_eq!((&mentions[0]["lo"], &mentions[0]["modifier"]), (&Value::from(400.0), &Value::from("~")));
    assert_eq!(mentions[1]["iso"], "IR");
}

#[test]
fn clean_shows_what_would_be_dropped_and_why() {
    let place = Place::new();
    place.file("a.txt", "Audio By Somebody\nThe ferry is back in the harbour.\nLatest Stories\n-\nOther thing happens\n4 hours -\n".as_bytes());
    let ran = place.run(&["clean", "--diff", "a.txt"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("\"Audio By Somebody\"") && ran.out.contains("page furniture"), "{}", ran.out);
    let kept = place.run(&["clean", "a.txt"]);
    assert_eq!(kept.out.trim(), "The ferry is back in the harbour.");
    let raw = place.run(&["clean", "--no-clean", "a.txt"]);
    assert!(raw.out.contains("Latest Stories"), "{}", raw.out);
}

#[test]
fn show_stats_and_completions_say_what_there_is() {
    let place = place();
    let shown = place.run(&["show", "p1", "--mentions"]);
    assert!(
        shown.out.contains("Ferry returns to Port Hallam") && shown.out.contains("rosa venn"),
        "{}",
        shown.out
    );
    assert_eq!(place.run(&["show", "none"]).code, 1);
    let stats: Value = serde_json::from_str(&place.run(&["stats", "--format", "json"]).out).unwrap();
    assert_eq!((&stats["articles"], &stats["with"]["country"]), (&Value::from(2), &Value::from(1)));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&["completions", shell]).out.contains("dateline"), "{shell}");
    }
}

#[test]
fn facets_give_their_notes_to_programs_too() {
    let place = place();
    for format in ["json", "jsonl"] {
        let query = "\"{number} ships\" person:vemn";
        let ran = place.run(&["facets", "--captures", "--format", format, query]);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((ran.code, &answer["captures"]["articles"]), (1, &Value::from(0)), "{ran:?}");
        assert_eq!(answer["notes"][0]["code"], "unknown_name", "{answer}");
        let ran = place.run(&["facets", "--captures", "--format", format, "\"{number} ships\""]);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(
            (&answer["captures"]["articles"], &answer["notes"]),
            (&Value::from(1), &serde_json::json!([]))
        );
    }
}

#[test]
fn every_question_keeps_to_the_time_it_is_given() {
    let place = place();
    let asked: [&[&str]; 3] =
        [&["search", "port"], &["search", "--all", "port"], &["facets", "--captures", "\"{number} ships\""]];
    for args in asked {
        let ran = place.run(&[args, &["--timeout", "0.0000001"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
        assert!(ran.err.contains("was stopped") && ran.err.contains("--timeout"), "{args:?}: {}", ran.err);
        for time in ["0", "3600"] {
            assert_eq!(place.run(&[args, &["--timeout", time]].concat()).code, 0, "{args:?}");
        }
    }
}

/// What was said, without the times, which differ, and the closing line, which names the folder.
fn timeless(said: &str) -> String {
    let said: String = said.split_inclusive('\n').filter(|line| !line.starts_with("indexed ")).collect();
    let mut out = String::new();
    let mut words = said.split_inclusive([' ', '\n']).peekable();
    while let Some(word) = words.next() {
        let unit = words.next_if(|unit| {
            let is_unit = ["ms", "s"].contains(&unit.trim_end_matches([' ', '\n', ',']));
            is_unit && word.trim().parse::<f64>().is_ok()
        });
        match unit {
            Some(unit) => out += &format!("~{}", unit.trim_start_matches(['m', 's'])),
            None => out += word,
        }
    }
    out
}

#[test]
fn more_is_said_where_more_is_asked_for() {
    let place = Place::new();
    place.file("a.jsonl", [FERRY, "{not json", STRIKE].join("\n").as_bytes());
    let ran = place.run(&["index", "-v", "--threads", "1", "a.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    insta::assert_snapshot!(timeless(&ran.err), @"
    files: 1, 0.0 MB; threads that read and mark: 1; memory for segments: 96.0 MB; a new index
    rejected: a.jsonl record 2 (byte 275): not valid JSON at byte 276: key must be a string; write one JSON object a record
    parsed in ~, cleaned in ~, marked in ~, made ready in ~ (all threads together)
    written in ~, committed and merged in ~
    rejected: json 1
    1 segment (2)
    ");
    place.file("b.jsonl", FERRY.as_bytes());
    let ran = place.run(&["index", "--verbose", "--threads", "1", "b.jsonl"]);
    insta::assert_snapshot!(timeless(&ran.err), @"
    files: 1, 0.0 MB; threads that read and mark: 1; memory for segments: 96.0 MB; 1 segment (2)
    parsed in ~, cleaned in ~, marked in ~, made ready in ~ (all threads together)
    written in ~, committed and merged in ~
    1 segment (2), 1 of those before merged or emptied
    ");
    let ran = place.run(&["search", "-v", "-l", "ferry country:it"]);
    assert_eq!(ran.out, "p1\n");
    insta::assert_snapshot!(timeless(&ran.err), @"
    2 articles in 1 segment (2) opened in ~
    planned in ~, read as
      ferry → ferry, ferries, ferried, ferrying (a bare word finds its inflections)
      it → Italy (a country is found by every name, demonym and code)
    found in ~, read and quoted in ~
    ");
    for args in
        [&["count", "ferry"][..], &["search", "--all", "-l", "ferry"], &["facets", "--captures", "ferry"]]
    {
        let plain = place.run(args);
        let ran = place.run(&[args, &["-v"]].concat());
        assert_eq!((ran.code, &ran.out), (plain.code, &plain.out));
        assert!(
            ran.err.contains("planned in") && ran.err.lines().count() > plain.err.lines().count(),
            "{ran:?}"
        );
    }
    assert_eq!(place.run(&["search", "-v", "-q", "ferry"]).code, 2, "both cannot be");
}

#[test]
fn the_demo_runs_offline_and_finds_something_in_every_scene() {
    let place = Place::new();
    let ran = place.run(&["demo"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let scenes: Vec<&str> = ran.out.split("$ dateline search").skip(1).collect();
    assert_eq!(scenes.len(), 7);
    for scene in scenes {
        assert!(scene.contains("\n1. "), "{scene}");
    }
    assert!(!place.index().exists(), "the demo leaves no index behind");
}

#[test]
fn bench_prints_a_table_and_json() {
    let place = Place::new();
    let lines: Vec<String> = (0..60)
        .map(|n| format!("{{\"id\": \"{n}\", \"published\": \"2025-01-01\", \"body\": \"Some {n} Italian ferries left the port, Anna Lee said. They cost ${n}m.\"}}"))
        .collect();
    place.file("day.jsonl", lines.join("\n").as_bytes());
    let table = place.run(&["bench", "--queries", "5", "day.jsonl"]);
    assert_eq!(table.code, 0, "{table:?}");
    for part in ["extract", "MB/s a core", "range+term", "cold start"] {
        assert!(table.out.contains(part), "{part}: {}", table.out);
    }
    let json: Value =
        serde_json::from_str(&place.run(&["bench", "--json", "--queries", "5", "day.jsonl"]).out).unwrap();
    assert_eq!(json["whole"]["articles"], 60);
    assert_eq!(json["queries"].as_array().unwrap().len(), 13);
    let one: Value =
        serde_json::from_str(&place.run(&["bench", "--json", "--stage", "clean", "day.jsonl"]).out).unwrap();
    assert_eq!((one["stages"].as_array().unwrap().len(), &one["whole"]), (1, &Value::Null));
}
