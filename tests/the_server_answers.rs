//! The HTTP API, over real connections to the program: it answers as the command line does, keeps what it acknowledges, and is not worn down.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "tests")]

mod common;
#[path = "common/http.rs"]
mod http;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use common::Place;
use dateline::index::{Writer, WriterOptions};
use http::{KEY, Reply, Served, encoded};
use serde_json::{Value, json};

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";

/// The sample corpus.
fn corpus() -> Place {
    let place = Place::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (jsonl, txt) = (root.join("jsonl"), root.join("txt"));
    let ran = place.run(&["index", jsonl.to_str().unwrap(), txt.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    place
}

/// Many articles that a word finds.
fn many(number: usize) -> Place {
    let lines: Vec<String> = (0..number).map(|n| article(n, "ferry")).collect();
    Place::with(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn article(number: usize, word: &str) -> String {
    // Of different words, so that none is a copy of another.
    let words: Vec<String> = (0..12).map(|n| format!("w{}x{n}", number * 31 + n)).collect();
    let body = format!("The {word} number {number} is late. {}", words.join(" "));
    json!({ "id": format!("a{number}"), "title": format!("No {number}"), "body": body, "published": "2025-03-04" })
        .to_string()
}

fn bearer() -> String {
    format!("Bearer {KEY}")
}

fn search(query: &str) -> String {
    format!("/v1/search?q={}", encoded(query))
}

#[test]
fn the_same_question_has_the_same_answer_as_on_the_command_line() {
    let place = corpus();
    let served = Served::of(&place, &[]);
    let without_time = |mut document: Value| {
        for name in ["seconds", "next"] {
            document.as_object_mut().unwrap().remove(name);
        }
        document
    };
    let asked = |args: &[&str], target: &str| {
        let ran = place.run(&[&["--format", "json"], args].concat());
        let shown: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"));
        let reply = served.get(target);
        assert_eq!(reply.status, 200, "{target}: {}", reply.text());
        assert_eq!(without_time(reply.json()), without_time(shown), "{target}");
    };
    for query in
        ["ferry", "country:iran number:[100 TO 500]", "\"{number 10..500} passengers\"", "person:nobody", "*"]
    {
        let q = encoded(query);
        asked(&["search", query], &format!("/v1/search?q={q}"));
        asked(
            &[
                "search",
                query,
                "-n",
                "3",
                "--sort",
                "-published",
                "--snippets",
                "all",
                "--context",
                "paragraph",
                "--group",
                "none",
                "--since",
                "2022-02",
                "--until",
                "2025",
            ],
            &format!(
                "/v1/search?q={q}&n=3&sort=-published&snippets=all&context=paragraph&group=none&since=2022-02&until=2025"
            ),
        );
        asked(&["count", query], &format!("/v1/count?q={q}"));
        asked(
            &["facets", query, "--by", "person,money.USD,day", "-n", "4"],
            &format!("/v1/facets?q={q}&by=person,money.USD,day&n=4"),
        );
        asked(&["timeline", query], &format!("/v1/timeline?q={q}"));
        asked(&["explain", query], &format!("/v1/explain?q={q}"));
    }
    asked(
        &["facets", "\"{country} {number}\"", "--captures"],
        &format!("/v1/facets?q={}&captures=true&n=20", encoded("\"{country} {number}\"")),
    );
    for hit in served.get(&search("ferry")).json()["hits"].as_array().unwrap() {
        let id = hit["id"].as_str().unwrap();
        asked(
            &["show", "--mentions", "--cleaning", id],
            &format!("/v1/articles/{}?cleaning=true", encoded(id)),
        );
    }
    // The other formats, too.
    for format in ["jsonl", "csv"] {
        let ran = place.run(&["--format", format, "facets", "ferry"]);
        assert_eq!(served.get(&format!("/v1/facets?q=ferry&format={format}")).text(), ran.out);
    }
    let ran = place.run(&["--format", "jsonl", "search", "ferry"]);
    assert_eq!(served.get("/v1/search?q=ferry&format=jsonl").text(), ran.out);
    let ran = place.run(&["--format", "svg", "timeline", "ferry"]);
    assert_eq!(served.get("/v1/timeline?q=ferry&format=svg").text(), ran.out);
    let csv = served.get("/v1/search?q=ferry&format=csv").text();
    assert!(
        csv.starts_with("id,published,source,title,url,score,snippet\n") && csv.lines().count() > 3,
        "{csv}"
    );
}

#[test]
fn errors_say_where_and_what_to_do() {
    let place = corpus();
    let served = Served::of(&place, &[]);
    let query = "numbr:400 (money:lots";
    let reply = served.get(&search(query));
    assert_eq!(reply.status, 400);
    let said = reply.json();
    assert_eq!(said["error"]["code"], "unknown_field");
    assert_eq!(said["error"]["span"], json!([0, 5]));
    let codes: Vec<&str> =
        said["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown_field", "unbalanced_parenthesis", "bad_number"]);
    let cases = [
        ("/v1/search", 400, "missing_parameter"),
        ("/v1/search?q=a&snipets=2", 400, "unknown_parameter"),
        ("/v1/search?q=a&q=b", 400, "bad_parameter"),
        ("/v1/search?q=a&n=1001", 400, "bad_parameter"),
        ("/v1/search?q=a&since=yesterday", 400, "bad_parameter"),
        ("/v1/search?q=a&stream=true&n=3", 400, "bad_parameter"),
        ("/v1/search?q=a&cursor=zzz", 400, "bad_cursor"),
        ("/v1/facets?q=a&by=persn", 400, "unknown_facet"),
        ("/v1/articles/none", 404, "no_article"),
        ("/v2/search", 404, "no_route"),
        ("/v1/search?q=", 400, "empty_query"),
    ];
    for (target, status, code) in cases {
        let reply = served.get(target);
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{target}: {}", reply.text());
        assert_eq!(reply.header("content-type"), Some(JSON));
    }
    // As a form sends what was left empty.
    let empty = "/v1/search?q=ferry&n=&cursor=&since=&until=&snippets=&sort=&stream=";
    assert_eq!(served.get(empty).json()["hits"].as_array().unwrap().len(), 5);
    let reply = served.get("/v1/search?q=a&snipets=2").json();
    assert!(reply["error"]["message"].as_str().unwrap().contains("did you mean \"snippets\"?"), "{reply}");
    let reply = served.ask("PUT", "/v1/search?q=a", &[], b"");
    assert_eq!((reply.status, reply.code().as_str()), (405, "no_method"));
    // A question of the greatest length, and one beyond.
    let long = format!("\"{}\"", "a".repeat(8000));
    assert_eq!(served.get(&search(&long)).status, 200);
    assert_eq!(served.get(&search(&"a ".repeat(5000))).code(), "limit");
}

#[test]
fn pages_give_each_hit_once_whatever_comes_in_between() {
    let place = many(230);
    let served = Served::of(&place, &[]);
    for group in ["none", "copy"] {
        let first = format!("{}&n=20&snippets=1&group={group}", search("ferry"));
        let (mut target, mut ids, mut pages) = (first.clone(), Vec::new(), 0);
        loop {
            let reply = served.get(&target);
            assert_eq!(reply.status, 200, "{}", reply.text());
            let page = reply.json();
            for hit in page["hits"].as_array().unwrap() {
                ids.push(hit["id"].as_str().unwrap().to_owned());
            }
            pages += 1;
            // What is found first is replaced, taken out, and joined by more.
            assert_eq!(served.put(JSON, &article(pages * 7, "ferry ferry ferry")).status, 200);
            assert_eq!(served.put(JSON, &article(10_000 + pages, "ferry ferry")).status, 200);
            let id = format!("/v1/articles/{}", ids[0]);
            served.ask("DELETE", &id, &[("Authorization", &bearer())], b"");
            let link = reply.header("link").map(|link| link[1..link.find('>').unwrap()].to_owned());
            assert_eq!(link.is_some(), page["next"].is_string());
            let Some(next) = link else { break };
            target = next;
        }
        let different: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(different.len(), ids.len(), "{group}: a hit comes twice");
        assert!(ids.len() >= 230 - pages && pages >= 12, "{group}: {} hits, {pages} pages", ids.len());
    }
    let page = served.get(&format!("{}&n=2", search("ferry"))).json();
    let cursor = page["next"].as_str().unwrap();
    let other = served.get(&format!("{}&n=2&cursor={cursor}", search("late")));
    assert_eq!((other.status, other.code().as_str()), (400, "bad_cursor"));
    let another = Served::of(&place, &[]);
    let elsewhere = another.get(&format!("{}&n=2&cursor={cursor}", search("ferry")));
    assert_eq!((elsewhere.status, elsewhere.code().as_str()), (410, "cursor_expired"));
}

#[test]
fn a_stream_gives_every_hit_as_the_command_line_does() {
    let place = many(3000);
    let served = Served::of(&place, &[]);
    let reply = served.get("/v1/search?q=ferry&stream=true&group=none");
    assert_eq!(reply.header("content-type"), Some(LINES));
    assert!(reply.whole);
    let ran = place.run(&["--format", "jsonl", "search", "ferry", "--all", "--group", "none"]);
    assert!(reply.text() == ran.out, "the lines differ");
    assert_eq!(reply.text().lines().count(), 3000);
    let csv = served.get("/v1/search?q=ferry&stream=true&format=csv&group=none&snippets=0");
    assert_eq!(csv.text().lines().count(), 3001);
    let wrong = served.get("/v1/search?q=numbr:1&stream=true");
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "unknown_field"));
    // One who takes the first hits and goes away leaves the others their places.
    for _ in 0..20 {
        let mut stream = served.connect();
        let head = format!("GET /v1/search?q=ferry&stream=true HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        stream.write_all(head.as_bytes()).unwrap();
        let mut some = [0; 1000];
        stream.read_exact(&mut some).unwrap();
    }
    assert_eq!(
        served.get("/v1/search?q=ferry&stream=true&snippets=0&group=none").text().lines().count(),
        3000
    );
}

#[test]
fn what_is_acknowledged_is_found_at_once_and_outlives_a_kill() {
    let place = Place::new();
    let mut served = Served::of(&place, &[]);
    let reply = served.put(JSON, r#"{"id": "n1", "title": "Ferry returns", "body": "Some 400 Italian passengers were unharmed.\nAudio By Carbonatix", "source": "Post"}"#);
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        reply.json(),
        json!({ "articles": 1, "replaced": 0, "withdrawn": 0, "ids": ["n1"], "rejected": [] })
    );
    let hit = &served.get(&search("country:italy number:[100 TO 500]")).json()["hits"][0];
    assert_eq!(hit["snippets"][0]["text"], "Some 400 Italian passengers were unharmed.");
    let cleaned = served.get("/v1/articles/n1?cleaning=true").json();
    assert!(!cleaned["body"].as_str().unwrap().contains("Carbonatix"), "cleaned as `index` does: {cleaned}");
    // Many at once, some of which cannot be read; one without an id.
    let lines = [
        &article(1, "ferry"),
        "{\"title\": \"cut sho",
        &article(2, "ferry"),
        "{\"title\": \"x\", \"body\": \"No id.\"}",
        "{\"id\": \"e\"}",
    ]
    .join("\n");
    let receipt = served.put(LINES, &lines).json();
    assert_eq!((&receipt["articles"], receipt["ids"].as_array().unwrap().len()), (&json!(3), 3), "{receipt}");
    let rejected = receipt["rejected"].as_array().unwrap();
    assert_eq!(
        rejected
            .iter()
            .map(|r| (r["record"].as_u64().unwrap(), r["code"].as_str().unwrap()))
            .collect::<Vec<_>>(),
        [(2, "truncated"), (5, "no_text")]
    );
    let array = format!("[{},{}]", article(2, "tram"), article(3, "tram"));
    let receipt = served.put(JSON, &array).json();
    assert_eq!((&receipt["articles"], &receipt["replaced"]), (&json!(2), &json!(1)));
    assert_eq!(served.get("/v1/count?q=ferry").json()["count"], 2);
    assert_eq!(served.put(JSON, "{\"id\": 1").status, 422);
    assert_eq!(served.put("text/plain", "x").code(), "unsupported_type");
    assert_eq!(served.ask("DELETE", "/v1/articles/a1", &[("Authorization", &bearer())], b"").status, 200);
    assert_eq!(
        served.ask("DELETE", "/v1/articles/a1", &[("Authorization", &bearer())], b"").code(),
        "no_article"
    );
    assert_eq!(served.get("/v1/articles/a1").status, 404);
    served.child.kill().unwrap();
    served.wait();
    let again = Served::of(&place, &[]);
    assert_eq!(again.get("/v1/count?q=tram").json()["count"], 2);
    assert_eq!(again.get("/v1/articles/n1").status, 200);
    assert_eq!(place.run(&["check"]).code, 0);
}

#[test]
fn many_write_and_ask_at_once_and_nobody_fails() {
    let place = many(50);
    let served = Served::of(&place, &["--queue", "500"]);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let served = &served;
            scope.spawn(move || {
                for n in 0..15 {
                    let number = 1000 + writer * 100 + n;
                    let reply = served.put(JSON, &article(number, "tram"));
                    assert_eq!(reply.status, 200, "{}", reply.text());
                    let shown = served.get(&format!("/v1/articles/a{number}"));
                    assert_eq!(shown.status, 200, "what was acknowledged is there");
                }
            });
        }
        for _ in 0..4 {
            scope.spawn(|| {
                let mut before = 0;
                for _ in 0..60 {
                    let reply = served.get("/v1/search?q=tram+OR+ferry&n=5");
                    assert_eq!(reply.status, 200, "{}", reply.text());
                    let total = reply.json()["total"].as_u64().unwrap();
                    assert!(total >= before.max(50), "{total} after {before}");
                    before = total;
                }
            });
        }
    });
    assert_eq!(served.get("/v1/count?q=tram").json()["count"], 60);
    let metrics = served.get("/metrics").text();
    let value = |name: &str| -> u64 {
        let line = metrics
            .lines()
            .find(|line| line.starts_with(&format!("{name} ")))
            .unwrap_or_else(|| panic!("{name}"));
        line.rsplit(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!(value("dateline_ingested_articles_total"), 60);
    assert!(value("dateline_commits_total") <= 61, "a commit serves many");
    assert_eq!(value("dateline_articles"), 110);
}

#[test]
fn another_process_may_write_between_and_is_seen() {
    let place = many(3);
    let served = Served::of(&place, &[]);
    assert_eq!(served.get("/v1/count?q=tram").json()["count"], 0);
    let file = place.file("more.jsonl", article(77, "tram").as_bytes());
    assert_eq!(place.run(&["index", file.to_str().unwrap()]).code, 0);
    let until = Instant::now() + Duration::from_secs(5);
    while served.get("/v1/count?q=tram").json()["count"] != 1 {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn while_another_writes_the_server_says_so_and_goes_on_afterwards() {
    let place = many(3);
    let served = Served::of(&place, &[]);
    let other = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    let refused = served.put(JSON, &article(5, "tram"));
    assert_eq!((refused.status, refused.code().as_str()), (503, "index_locked"));
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(served.get("/v1/count?q=ferry").json()["count"], 3, "questions are answered meanwhile");
    drop(other);
    assert_eq!(served.put(JSON, &article(5, "tram")).status, 200);
    assert_eq!(served.get("/v1/count?q=tram").json()["count"], 1);
}

#[test]
fn many_articles_in_one_request_are_all_put_in() {
    let place = many(1);
    let served = Served::of(&place, &[]);
    let lines: Vec<String> = (0..1500).map(|n| article(n % 1400, "tram")).collect();
    let receipt = served.put(LINES, &lines.join("\n")).json();
    assert_eq!((&receipt["articles"], receipt["ids"].as_array().unwrap().len()), (&json!(1500), 1500));
    assert_eq!(receipt["replaced"], 101, "one was there, and a hundred come twice");
    assert_eq!(served.get("/v1/count?q=tram").json()["count"], 1400);
}

#[test]
fn an_article_that_the_client_has_is_not_sent_again() {
    let place = many(2);
    let served = Served::of(&place, &[]);
    let reply = served.get("/v1/articles/a1");
    let tag = reply.header("etag").unwrap().to_owned();
    for known in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned(), tag.replace("W/", "")] {
        let again = served.ask("GET", "/v1/articles/a1", &[("If-None-Match", &known)], b"");
        assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
    }
    assert_eq!(served.put(JSON, &article(1, "tram")).status, 200);
    let changed = served.ask("GET", "/v1/articles/a1", &[("If-None-Match", &tag)], b"");
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
    let head = served.ask("HEAD", "/v1/articles/a1", &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    let packed = served.ask("GET", "/v1/articles/a1", &[("Accept-Encoding", "gzip")], b"");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
}

#[test]
fn nothing_is_written_without_the_key_and_nobody_is_let_in_from_elsewhere() {
    let place = many(2);
    let served = Served::of(&place, &[]);
    let body = article(5, "tram");
    let put = |headers: &[(&str, &str)]| {
        served.ask("POST", "/v1/articles", &[&[("Content-Type", JSON)], headers].concat(), body.as_bytes())
    };
    let wrong = "Bearer a-key-of-this-test-0123456780";
    for headers in [
        &[][..],
        &[("Authorization", wrong)],
        &[("Authorization", "Bearer ")],
        &[("Authorization", KEY)],
        &[("X-Api-Key", "")],
    ] {
        let reply = put(headers);
        assert_eq!((reply.status, reply.code().as_str()), (401, "unauthorized"), "{headers:?}");
        assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    }
    assert_eq!(served.ask("DELETE", "/v1/articles/a1", &[], b"").status, 401);
    assert_eq!(put(&[("X-Api-Key", KEY)]).status, 200);
    let serve = |listen: &str, key: Option<&str>| {
        let mut command = place.program();
        command.args(["serve", "--listen", listen]).env_remove("DATELINE_API_KEY");
        key.map(|key| command.env("DATELINE_API_KEY", key));
        common::Ran::of(&mut command)
    };
    for (listen, key, says) in [
        ("0.0.0.0:0", None, "DATELINE_API_KEY"),
        ("[::]:0", None, "DATELINE_API_KEY"),
        ("127.0.0.1:0", Some("fifteen-letters"), "16 bytes"),
        ("0.0.0.0:0", Some("with a space in the middle"), "16 bytes"),
    ] {
        let ran = serve(listen, key);
        assert_eq!(ran.code, 2, "{listen} {ran:?}");
        assert!(ran.err.contains(says), "{}", ran.err);
        assert!(key.is_none_or(|key| !ran.err.contains(key)), "{}", ran.err);
    }
}

#[test]
fn elsewhere_everything_needs_the_key_but_what_tells_nothing() {
    let place = many(2);
    let served = Served::of(&place, &["--listen", "0.0.0.0:0"]);
    for (target, status) in [
        ("/v1/search?q=ferry", 401),
        ("/v1/articles/a1", 401),
        ("/metrics", 401),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/openapi.json", 200),
        ("/", 200),
    ] {
        assert_eq!(served.get(target).status, status, "{target}");
        assert_eq!(served.ask("GET", target, &[("Authorization", &bearer())], b"").status, 200, "{target}");
    }
}

#[test]
fn a_server_without_a_key_only_reads() {
    let place = many(2);
    let mut command = place.program();
    command.args(["serve", "--listen", "127.0.0.1:0"]).env_remove("DATELINE_API_KEY");
    let served = Served::started(command);
    assert_eq!(served.get("/v1/count?q=ferry").json()["count"], 2);
    let reply = served.put(JSON, &article(3, "ferry"));
    assert_eq!((reply.status, reply.code().as_str()), (403, "read_only"));
}

#[test]
fn other_hosts_are_refused() {
    let place = many(2);
    let served = Served::of(&place, &["--host", "news.example"]);
    let host = |host: &str| {
        served.raw(format!("GET /v1/count?q=ferry HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes())
    };
    for good in
        ["localhost", "LOCALHOST:80", "127.0.0.1:7311", "[::1]:7311", "news.example", "News.Example:443"]
    {
        assert_eq!(host(&format!("Host: {good}\r\n")).status, 200, "{good}");
    }
    for bad in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "news.example.evil",
        "[::1].evil.example",
        "[news.example]",
        "localhost:80.evil.example",
        "localhost:80:80",
        "[::1",
        "",
    ] {
        assert_eq!(host(&format!("Host: {bad}\r\n")).status, 421, "{bad}");
    }
    assert_eq!(host("").status, 400);
    assert_eq!(host("Host: localhost\r\nHost: evil.example\r\n").status, 400);
    let absolute =
        "GET http://evil.example/v1/count?q=ferry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(served.raw(absolute.as_bytes()).status, 421);
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let place = many(2);
    let served = Served::of(&place, &[]);
    for target in
        ["/", "/docs", "/page/docs.js", "/v1/count?q=a", "/v1/count", "/nowhere", "/openapi.json", "/metrics"]
    {
        let reply =
            served.ask("GET", target, &[("Origin", "http://evil.example"), ("X-Request-Id", "abc-1")], b"");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert!(
            reply.header("content-security-policy").unwrap().starts_with("default-src 'none'"),
            "{target}"
        );
        assert_eq!(reply.header("x-request-id"), Some("abc-1"), "{target}");
        assert!(reply.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "{target}");
    }
    let odd = served.ask("GET", "/healthz", &[("X-Request-Id", "a b<script>")], b"");
    assert!(odd.header("x-request-id").unwrap().bytes().all(|b| b.is_ascii_hexdigit()));
    let page = served.get("/docs").text() + &served.get("/page/docs.js").text() + &served.get("/").text();
    assert!(
        !page.contains("https://") && !page.contains("<script>") && !page.contains("innerHTML"),
        "all of it is built in"
    );
}

#[test]
fn no_address_leads_to_a_file() {
    let place = many(2);
    let served = Served::of(&place, &[]);
    for target in [
        "/page/../Cargo.toml",
        "/page/..%2f..%2fetc%2fpasswd",
        "/page/%2e%2e/x",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/page/",
        "/page/index.html%00.js",
        "/v1/articles/..%2f..%2fmanifest.json",
    ] {
        let reply = served.get(target);
        assert_eq!(reply.status, 404, "{target}: {}", reply.text());
    }
    assert_eq!(served.get("/page/index.html").status, 200);
}

#[test]
fn one_who_is_slow_is_cut_off_and_holds_nobody_up() {
    let place = many(20);
    let served = Served::of(&place, &["--head-timeout", "2"]);
    let mut slow: Vec<_> = (0..200).map(|_| served.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET /v1/count?q=ferry HTTP/1.1\r\nHost: local").unwrap();
    }
    let started = Instant::now();
    for _ in 0..20 {
        assert_eq!(served.get("/v1/count?q=ferry").status, 200);
    }
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    for stream in &mut slow {
        // A byte now and then makes a head no faster.
        let _ = stream.write_all(b"h");
        let reply = Reply::read(stream);
        assert!(matches!(reply.status, 0 | 408), "{reply:?}");
    }
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn what_is_too_long_is_refused_before_it_is_read() {
    let place = many(2);
    let served = Served::of(&place, &["--max-body", "1"]);
    let key = bearer();
    let head = |more: &str| {
        format!(
            "POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: {key}\r\nContent-Type: {JSON}\r\nConnection: close\r\n{more}\r\n"
        )
    };
    let reply = served.raw(head("Content-Length: 99999999999\r\n").as_bytes());
    assert_eq!((reply.status, reply.code().as_str()), (413, "too_long"));
    let mut chunked = head("Transfer-Encoding: chunked\r\n").into_bytes();
    for _ in 0..20 {
        chunked.extend(format!("{:x}\r\n{}\r\n", 100_000, "a".repeat(100_000)).into_bytes());
    }
    assert_eq!(served.raw(&chunked).status, 413);
    let header = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(200_000));
    assert_eq!(served.raw(header.as_bytes()).status, 431);
    let headers = "X: a\r\n".repeat(500);
    assert_eq!(
        served.raw(format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").as_bytes()).status,
        431
    );
    let bad = served.raw(b"\x00\xff\x16\x03garbage\r\n\r\n");
    assert!(matches!(bad.status, 0 | 400), "{bad:?}");
    // Two lengths that disagree, by which a proxy and a server could see different requests.
    let two = head("Content-Length: 5\r\nContent-Length: 6\r\n") + "hello";
    assert!(matches!(served.raw(two.as_bytes()).status, 0 | 400));
    assert_eq!(served.get("/healthz").status, 200);
}

#[test]
fn a_body_that_is_said_to_be_long_and_does_not_come_keeps_no_other_out() {
    let place = many(2);
    let served = Served::of(&place, &[]);
    let head = format!(
        "POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Type: {JSON}\r\n",
        bearer()
    );
    let said =
        [format!("Content-Length: {}\r\n\r\n[", 16 << 20), "Transfer-Encoding: chunked\r\n\r\n".to_owned()];
    let waiting: Vec<_> = (0..40)
        .map(|number| {
            let mut stream = served.connect();
            stream.write_all((head.clone() + &said[number % 2]).as_bytes()).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(served.put(JSON, &article(1, "tram")).status, 200);
    assert_eq!(waiting.len(), 40);
}

#[test]
fn where_hardly_anything_can_be_read_the_rest_is_left_alone() {
    let place = many(2);
    let served = Served::of(&place, &[]);
    let lines = format!("{}\n{}{}\n", article(7, "tram"), "x\n".repeat(1_000_000), article(8, "tram"));
    let started = Instant::now();
    let reply = served.put(LINES, &lines);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let receipt = reply.json();
    assert_eq!((&receipt["articles"], &receipt["given_up"]), (&json!(1), &json!(true)));
    let rejected = receipt["rejected"].as_array().unwrap().len();
    assert!((1000..2000).contains(&rejected), "{rejected}");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert_eq!(served.get("/v1/count?q=tram").json()["count"], 1);
}

#[test]
fn long_answers_that_are_not_taken_hold_no_more_than_there_is_for_them() {
    let place = many(2);
    let mut command = place.program();
    command.args(["serve", "--listen", "127.0.0.1:0"]).env("DATELINE_API_KEY", KEY);
    let served = Served::started(command);
    let body = "A long story about little. ".repeat(500_000);
    assert_eq!(
        served.put(JSON, &json!({ "id": "long", "title": "Long", "body": body }).to_string()).status,
        200
    );
    let whole = served.get("/v1/articles/long?mentions=false");
    assert_eq!((whole.status, whole.whole), (200, true));
    assert_eq!(whole.json()["body"].as_str().unwrap().len(), body.trim_end().len());
    let waiting: Vec<Reply> = std::thread::scope(|scope| {
        let ask = |_| {
            scope.spawn(|| {
                let mut stream = served.connect();
                stream
                    .write_all(b"GET /v1/articles/long?mentions=false HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .unwrap();
                std::thread::sleep(Duration::from_secs(8));
                Reply::read(&mut stream)
            })
        };
        let asked: Vec<_> = (0..60).map(ask).collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    let given = waiting.iter().filter(|reply| reply.status == 200).count();
    assert!(
        waiting.iter().all(|reply| matches!(reply.status, 200 | 503)) && (1..=25).contains(&given),
        "{given}"
    );
    assert_eq!(served.get("/v1/articles/long?mentions=false").status, 200, "there is room again");
}

#[test]
fn who_comes_when_too_many_wait_is_told_to_come_again() {
    let place = many(3000);
    let served = Served::of(&place, &["--threads", "1", "--queue", "2"]);
    let target = "/v1/facets?q=*&by=person,org,place,source,day,week&n=100&group=copy";
    let statuses: Vec<Reply> = std::thread::scope(|scope| {
        let ask = || served.get(target);
        let asked: Vec<_> = (0..40).map(|_| scope.spawn(ask)).collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|reply| matches!(reply.status, 200 | 503)));
    let busy: Vec<&Reply> = statuses.iter().filter(|reply| reply.status == 503).collect();
    assert!(!busy.is_empty() && busy.len() < 40, "{} of 40", busy.len());
    assert!(
        busy.iter().all(|reply| reply.header("retry-after") == Some("1") && reply.code() == "overloaded")
    );
    assert_eq!(served.get("/v1/count?q=ferry").status, 200);
}

#[test]
fn it_stops_when_it_is_asked_to_and_ends_what_it_does() {
    for signal in ["-TERM", "-INT"] {
        let place = many(2000);
        let mut served = Served::of(&place, &[]);
        let (mut reading, mut idle) = (served.connect(), served.connect());
        let head = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        reading.write_all(head("/v1/search?q=ferry&stream=true&group=none").as_bytes()).unwrap();
        idle.write_all(head("/healthz").as_bytes()).unwrap();
        let mut some = [0; 2000];
        reading.read_exact(&mut some[..100]).unwrap();
        assert_eq!(served.put(JSON, &article(9000, "tram")).status, 200);
        served.signal(signal);
        let mut rest = Vec::new();
        reading.read_to_end(&mut rest).unwrap();
        assert!(rest.ends_with(b"0\r\n\r\n"), "the stream came to its end");
        assert_eq!(served.wait(), 0, "{:?}", served.log());
        assert!(served.log().iter().any(|line| line.contains("\"stopped\"")));
        assert_eq!(place.run(&["count", "tram"]).out, "1\n");
        assert_eq!(place.run(&["check"]).code, 0);
    }
}

#[test]
fn the_log_tells_nothing_of_what_was_asked() {
    let place = many(20);
    let mut served = Served::of(&place, &[]);
    let secret = "secretword";
    for target in [
        format!("/v1/search?q={secret}"),
        format!("/v1/search?q={secret}:1+("),
        format!("/v1/count?q={secret}"),
        format!("/v1/explain?q=%22{secret}%22"),
        format!("/v1/articles/{secret}"),
        format!("/{secret}"),
        format!("/v1/search?{secret}=1"),
        format!("/v1/complete?prefix={secret}"),
        format!("/v1/facets?q=a&by={secret}"),
    ] {
        served.get(&target);
    }
    served.ask(secret, "/v1/search", &[("User-Agent", secret), ("X-Request-Id", "<secretword>")], b"");
    served.put(JSON, &format!("{{\"id\": \"{secret}\", \"title\": \"{secret}\""));
    served.put(JSON, &article(1, secret));
    served.ask("POST", "/v1/articles", &[("Authorization", &format!("Bearer {secret}{secret}"))], b"x");
    let metrics = served.get("/metrics").text();
    assert_eq!(served.stop(), 0);
    let log = served.log();
    assert!(log.len() > 12, "{log:?}");
    for line in &log {
        let said: Value = serde_json::from_str(line).unwrap();
        assert!(said["event"].is_string() && said["at"].is_string(), "{line}");
        assert!(!line.contains("secretword") && !line.contains(KEY), "{line}");
    }
    assert!(!metrics.contains("secretword"), "{metrics}");
}

#[test]
fn names_and_fields_are_completed() {
    let place = corpus();
    let served = Served::of(&place, &[]);
    let suggested = |prefix: &str, kind: &str| {
        let reply = served.get(&format!("/v1/complete?prefix={prefix}&kind={kind}")).json();
        reply["suggestions"].as_array().unwrap().clone()
    };
    assert_eq!(suggested("publ", "field")[0]["query"], "published:");
    assert_eq!(suggested("Phil", "country")[0]["value"], "Philippines");
    for kind in ["person", "org", "place"] {
        let all = suggested("", kind);
        assert!(!all.is_empty(), "{kind}");
        for suggestion in all {
            let query = suggestion["query"].as_str().unwrap();
            let found = served.get(&format!("/v1/count?q={}", encoded(query))).json();
            assert!(found["count"].as_u64().unwrap() > 0, "{query}: {found}");
        }
    }
}

#[test]
fn the_documentation_is_of_what_is_served() {
    let place = corpus();
    let served = Served::of(&place, &[]);
    let document = served.get("/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let shapes = &document["components"]["schemas"];
    for (path, verbs) in document["paths"].as_object().unwrap() {
        for (verb, route) in verbs.as_object().unwrap() {
            let reply = served.ask(&verb.to_uppercase(), &path.replace("{id}", "none"), &[], b"");
            assert_ne!(reply.code_or_none().as_deref(), Some("no_route"), "{verb} {path}");
            assert_ne!(reply.status, 405, "{verb} {path}");
            let told = route["responses"].get(reply.status.to_string());
            assert!(told.is_some(), "{verb} {path} answers {}", reply.status);
        }
    }
    // Routes come from their table and the files of the page, and nowhere else.
    let serve = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve");
    let mut with_routes = Vec::new();
    for folder in [serve.clone(), serve.join("routes"), serve.join("page")] {
        for file in std::fs::read_dir(folder).unwrap().flatten().filter(|file| file.path().is_file()) {
            let text = std::fs::read_to_string(file.path()).unwrap_or_default();
            if text.contains(".route(") {
                with_routes.push(file.path().strip_prefix(&serve).unwrap().to_owned());
            }
        }
    }
    with_routes.sort();
    assert_eq!(with_routes, [Path::new("page/mod.rs"), Path::new("routes/mod.rs")]);
    // The shapes are those of the answers.
    let ids: Vec<String> = served.get("/v1/search?q=*&n=100&snippets=0").json()["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect();
    for id in ids {
        fits(
            &served.get(&format!("/v1/articles/{}?cleaning=true", encoded(&id))).json(),
            &named("Article"),
            shapes,
            &id,
        );
    }
    for query in ["*", "ferry", "country:iran number:[1 TO *]", "\"{n=number} {country}\"", "person:nobody"] {
        let target = format!("{}&n=100&explain=false", search(query));
        fits(&served.get(&target).json(), &named("Answer"), shapes, query);
    }
    fits(&served.get("/v1/count?q=fery").json(), &named("Count"), shapes, "count");
    fits(&served.get("/v1/count?q=a:1+(").json(), &named("Failure"), shapes, "failure");
    fits(&served.get("/v1/search?q=a&n=x").json(), &named("Failure"), shapes, "failure");
    let receipt = served.put(LINES, &format!("{}\n{{", article(1, "a"))).json();
    fits(&receipt, &named("Receipt"), shapes, "receipt");
    let shown = |target: &str, name: &str| fits(&served.get(target).json(), &named(name), shapes, target);
    for query in
        ["ferry", "*", "country:iran (number:[1 TO *] OR \"5 {country}\"~3)", "person:nobody", "fer*"]
    {
        let q = encoded(query);
        shown(&format!("/v1/facets?q={q}&by=person,person%2Bcountry,money,money.USD,number"), "Facets");
        shown(&format!("/v1/facets?q={q}&sort=unusual"), "Facets");
        shown(&format!("/v1/timeline?q={q}"), "Timeline");
        shown(&format!("/v1/explain?q={q}"), "Explained");
    }
    shown(&format!("/v1/facets?q={}&captures=true", encoded("\"{n=number} {country}\"")), "Facets");
    shown("/v1/complete?prefix=a", "Completion");
    let stories = served.get("/v1/search?q=*&n=100&snippets=0&group=none").json();
    for story in stories["hits"].as_array().unwrap().iter().filter_map(|hit| hit["story"].as_str()) {
        shown(&format!("/v1/stories/{story}"), "Story");
        shown(&format!("/v1/stories/{story}/figures"), "Figures");
        let whys = served.get(&format!("/v1/stories/{story}/why")).json();
        whys.as_array().unwrap().iter().for_each(|why| fits(why, &named("Why"), shapes, story));
    }
    // JSON objects, one a line, are of the shape that is told.
    for target in ["/v1/search?q=ferry", "/v1/facets?q=ferry&by=person,money", "/v1/timeline?q=ferry"] {
        let path = target.split('?').next().unwrap();
        let told = &document["paths"][path]["get"]["responses"]["200"]["content"][LINES]["schema"];
        assert!(told["contentSchema"].is_object(), "{path}: {told}");
        for line in served.get(&format!("{target}&format=jsonl")).text().lines() {
            fits(&serde_json::from_str(line).unwrap(), &told["contentSchema"], shapes, target);
        }
    }
}

fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Holds a value against a schema; an object has no other properties than the schema names, if it names any.
fn fits(value: &Value, schema: &Value, shapes: &Value, place: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(name) => &shapes[name.rsplit('/').next().unwrap()],
        None => schema,
    };
    let is = |kind: &str| match kind {
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    match &schema["type"] {
        Value::String(kind) => assert!(is(kind), "{place}: {value} is no {kind}"),
        Value::Array(kinds) => {
            assert!(kinds.iter().any(|kind| is(kind.as_str().unwrap())), "{place}: {value}");
        }
        _ => {}
    }
    if let (Some(object), Some(known)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(object.contains_key(name.as_str().unwrap()), "{place}: no {name} in {value}");
        }
        for (name, part) in object {
            let shape = known.get(name).unwrap_or_else(|| panic!("{place}: {name} is not told of"));
            fits(part, shape, shapes, &format!("{place}.{name}"));
        }
    }
    for part in value.as_array().into_iter().flatten().filter(|_| schema["items"].is_object()) {
        fits(part, &schema["items"], shapes, place);
    }
}
