//! Stories and watches over HTTP are those of the command line.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;
#[path = "common/http.rs"]
mod http;

use std::path::Path;

use common::Place;
use http::{KEY, Served, encoded};
use serde_json::{Value, json};

const JSON: &str = "application/json";

fn corpus() -> Place {
    let place = Place::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let ran = place.run(&["index", root.join("jsonl").to_str().unwrap(), root.join("txt").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    place
}

fn told(place: &Place, args: &[&str]) -> Value {
    serde_json::from_str(&place.run(&[&["--format", "json"], args].concat()).out).unwrap()
}

#[test]
fn a_story_its_figures_and_its_reasons_are_those_of_the_command_line() {
    let place = corpus();
    let served = Served::of(&place, &[]);
    let story = served.get("/v1/stories/po-3610").json();
    assert_eq!(story, told(&place, &["story", "po-3610"]));
    let id = story["story"].as_str().unwrap();
    assert_eq!(served.get(&format!("/v1/stories/{id}")).json(), story);
    assert_eq!(
        served.get("/v1/stories/po-3610/figures").json(),
        told(&place, &["story", "po-3610", "--numbers"])
    );
    assert_eq!(served.get("/v1/stories/po-3610/why").json(), told(&place, &["explain", "story", "po-3610"]));
    assert_eq!(served.get("/v1/articles/po-3610").json()["story"], id);
    let hits = served.get(&format!("/v1/search?q={}", encoded(&format!("story:{id}")))).json();
    assert_eq!(hits["total"], story["total"]);
    let related = served.get("/v1/articles/po-2950/related?n=3").json();
    assert_eq!(related, told(&place, &["related", "po-2950", "-n", "3"]));
    for missing in ["/v1/stories/nothing", "/v1/stories/nothing/why", "/v1/articles/nothing/related"] {
        let reply = served.get(missing);
        assert_eq!((reply.status, reply.code().as_str()), (404, "no_story"), "{missing}");
    }
}

#[test]
fn stories_are_one_hit_and_count_once() {
    let place = corpus();
    let served = Served::of(&place, &[]);
    let page = served.get("/v1/search?q=haneda&group=story").json();
    assert_eq!((page["total"].as_u64(), page["hits"].as_array().unwrap().len()), (Some(2), 1));
    let hit = &page["hits"][0];
    assert_eq!((hit["articles_total"].as_u64(), hit["outlets"].as_u64()), (Some(1), Some(1)));
    let once = served.get("/v1/timeline?q=haneda&by=year&group=story").json();
    assert_eq!(once["articles"], 1);
}

#[test]
fn a_watch_is_added_asked_of_what_comes_in_and_taken_out() {
    let place = Place::with(&[r#"{"id": "a", "body": "A kiosk opened."}"#]);
    let served = Served::of(&place, &[]);
    let key = format!("Bearer {KEY}");
    let put = |name: &str, body: &str| {
        served.ask(
            "PUT",
            &format!("/v1/watches/{name}"),
            &[("Authorization", &key), ("Content-Type", JSON)],
            body.as_bytes(),
        )
    };
    let added = put("ferries", r#"{"query": "ferry"}"#);
    assert_eq!((added.status, added.json()["query"].as_str()), (200, Some("ferry")), "{}", added.text());
    assert_eq!(
        served.get("/v1/watches").json(),
        json!({ "watches": [{ "name": "ferries", "query": "ferry" }] })
    );
    assert_eq!(served.get("/v1/watches/ferries").json()["query"], "ferry");
    let wrong = put("other", r#"{"query": "number:[a TO b]"}"#);
    assert_eq!(wrong.status, 400);
    assert!(wrong.json()["error"]["span"].is_array(), "{}", wrong.text());
    assert_eq!(put("a b", r#"{"query": "ferry"}"#).status, 400);
    assert_eq!(put("other", "{}").status, 422);
    assert_eq!(put("other", "{").status, 400);
    assert_eq!(
        put("other", r#"{"query": "story:0123456789abcdef"}"#).status,
        400,
        "told after the watches were asked"
    );
    assert_eq!(
        served.ask("PUT", "/v1/watches/x", &[("Content-Type", JSON)], br#"{"query": "ferry"}"#).status,
        401
    );

    let came = served.put(JSON, r#"{"id": "b", "title": "Late", "body": "The ferry is late again."}"#);
    assert_eq!(came.status, 200, "{}", came.text());
    let matches = place.run(&["--format", "jsonl", "watch", "run"]);
    let lines: Vec<Value> = matches.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{matches:?}");
    assert!(
        lines[0].to_string().contains("\"ferries\"") && lines[0].to_string().contains("\"b\""),
        "{}",
        lines[0]
    );
    assert_eq!(place.run(&["watch", "run"]).code, 1, "no match twice");

    let gone = |name: &str| {
        served.ask("DELETE", &format!("/v1/watches/{name}"), &[("Authorization", &key)], b"").status
    };
    assert_eq!((gone("ferries"), gone("ferries")), (200, 404));
    assert_eq!(served.get("/v1/watches/ferries").code(), "no_watch");
    assert_eq!(served.put(JSON, r#"{"id": "c", "body": "Another ferry is late."}"#).status, 200);
    assert_eq!(place.run(&["watch", "run"]).code, 1, "nobody watches any more");
}
