//! Watches: what comes in and matches is told, once, whatever is killed when.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use common::{Place, Ran};
use serde_json::Value;

const FERRY: &str = r#"{"id":"f1","title":"Ferry back","body":"Some 400 Italian passengers were unharmed, Ann Lee said.","published":"2025-03-02","source":"Harbour Post"}"#;
const STRIKE: &str = r#"{"id":"s1","title":"Strike ends","body":"Dockers went back to work in Genoa.","published":"2025-03-03"}"#;

fn add(place: &Place, name: &str, query: &str) {
    let ran = place.run(&["watch", "add", name, query]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

fn index(place: &Place, lines: &[&str]) -> Ran {
    let file = place.file("in.jsonl", lines.join("\n").as_bytes());
    let ran = place.run(&["index", file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What a run tells: watch and article of each match.
fn told(place: &Place) -> Vec<(String, String)> {
    let ran = place.run(&["watch", "run"]);
    assert!(matches!(ran.code, 0 | 1), "{ran:?}");
    pairs(&lines(&ran))
}

fn pairs(lines: &[Value]) -> Vec<(String, String)> {
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    lines.iter().map(|line| (text(line, "watch"), text(line, "id"))).collect()
}

fn pair(watch: &str, id: &str) -> (String, String) {
    (watch.to_owned(), id.to_owned())
}

#[test]
fn what_comes_in_and_matches_is_told_once_with_marks_and_captures() {
    let place = Place::new();
    add(&place, "italy", "\"{people=number 100..500} {country IT} passengers\"");
    add(&place, "strikes", "strike OR dockers");
    let ran = index(&place, &[FERRY, STRIKE]);
    assert!(ran.err.contains("2 matches of watches"), "{ran:?}");
    let found = lines(&place.run(&["watch", "run"]));
    assert_eq!(pairs(&found), [pair("italy", "f1"), pair("strikes", "s1")]);
    let first = &found[0];
    assert_eq!(first["match"], "1-1");
    assert_eq!(first["source"], "Harbour Post");
    assert_eq!(first["query"], "\"{people=number 100..500} {country IT} passengers\"");
    let snippet = &first["snippets"][0];
    assert_eq!(snippet["text"], "Some 400 Italian passengers were unharmed, Ann Lee said.");
    assert_eq!(snippet["marks"][0]["slots"]["people"]["reading"], "~400 passenger");
    assert_eq!(first["captures"][0]["slots"]["country"]["reading"], "IT");
    assert!(first.get("score").is_none(), "nothing is ranked");
    assert_eq!(place.run(&["watch", "run"]).code, 1, "all is told");
}

#[test]
fn the_same_text_again_is_not_told_and_another_text_is() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    index(&place, &[FERRY]);
    assert_eq!(told(&place), [pair("ferries", "f1")]);
    index(&place, &[FERRY]);
    index(&place, &[&FERRY.replace("Harbour Post", "Harbour Post Online")]);
    assert!(told(&place).is_empty(), "the text is the same");
    index(&place, &[&FERRY.replace("unharmed", "safe"), STRIKE]);
    assert_eq!(told(&place), [pair("ferries", "f1")]);
    // Of two versions that come before one commit, the last is told.
    index(&place, &[&FERRY.replace("unharmed", "tired"), &FERRY.replace("unharmed", "hungry")]);
    let found = lines(&place.run(&["watch", "run"]));
    assert_eq!(pairs(&found), [pair("ferries", "f1")]);
    assert!(found[0]["title"] == "Ferry back");
    index(&place, &[&FERRY.replace("unharmed", "lost"), &FERRY.replace("unharmed", "hungry")]);
    assert!(told(&place).is_empty(), "what stands is what stood");
}

#[test]
fn facts_that_change_are_told_to_watches_that_ask_for_them() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    add(&place, "online", "source:online");
    index(&place, &[FERRY]);
    assert_eq!(told(&place), [pair("ferries", "f1")]);
    index(&place, &[&FERRY.replace("Harbour Post", "Harbour Post Online")]);
    assert_eq!(told(&place), [pair("online", "f1")]);
}

#[test]
fn an_article_that_is_gone_or_replaced_before_it_is_told_is_told_as_it_was() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    index(&place, &[FERRY]);
    index(&place, &[&FERRY.replace("unharmed", "safe")]);
    assert_eq!(place.run(&["delete", "f1"]).code, 0);
    let found = lines(&place.run(&["watch", "run"]));
    let numbers: Vec<&Value> = found.iter().map(|line| &line["match"]).collect();
    assert_eq!(numbers, ["1-1", "2-1"]);
}

#[test]
fn a_copy_is_told_with_what_it_copies() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    let body = "The ferry left the harbour at noon with four hundred passengers on board, and nobody was hurt when it \
        ran aground near the lighthouse an hour later, the harbour master said on Sunday evening. ".repeat(3);
    let article = |id: &str, source: &str| {
        format!(r#"{{"id":"{id}","title":"Ferry aground","body":"{body}","source":"{source}"}}"#)
    };
    index(&place, &[&article("a", "Harbour Post"), &article("b", "Meridian")]);
    let found = lines(&place.run(&["watch", "run"]));
    assert_eq!(pairs(&found), [pair("ferries", "a"), pair("ferries", "b")]);
    assert!(found[0].get("copy_of").is_none());
    assert_eq!(found[1]["copy_of"], "a");
}

#[test]
fn a_watch_whose_query_cannot_be_read_is_refused_with_its_place() {
    let place = Place::new();
    let ran = place.run(&["watch", "add", "bad", "number:[100 TO abc]"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error[bad_range]") && ran.err.contains("^^^"), "{}", ran.err);
    for name in ["", "a b", "a/b", "../up", "a\nb", &"x".repeat(101)] {
        assert_eq!(place.run(&["watch", "add", name, "ferry"]).code, 2, "{name:?}");
    }
    add(&place, "ferries.v-2_é", "ferry");
    let ran = place.run(&["watch", "add", "ferries.v-2_é", "port"]);
    assert!(ran.code == 2 && ran.err.contains("--replace"), "{ran:?}");
    assert_eq!(place.run(&["watch", "add", "--replace", "ferries.v-2_é", "port"]).code, 0);
    assert_eq!(place.run(&["watch", "list"]).out, "ferries.v-2_é  port\n");
    assert_eq!(place.run(&["watch", "rm", "other"]).code, 2);
    assert_eq!(place.run(&["watch", "rm", "ferries.v-2_é"]).code, 0);
    assert_eq!(place.run(&["watch", "list"]).code, 1);
}

#[test]
fn what_a_removed_watch_matched_is_not_told() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    add(&place, "ports", "harbour OR ferry");
    index(&place, &[FERRY]);
    assert_eq!(place.run(&["watch", "rm", "ferries"]).code, 0);
    assert_eq!(told(&place), [pair("ports", "f1")]);
}

#[test]
fn a_watch_that_cannot_be_read_any_more_is_told_and_stops_nothing() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    // As an older program might have written it.
    let list = br#"{"watches":[{"name":"ferries","query":"ferry"},{"name":"old","query":"gone:[1 TO"}]}"#;
    dateline::index::outbox::write_list(&place.index(), list).unwrap();
    let ran = index(&place, &[FERRY]);
    assert!(ran.err.contains("watch old is passed over"), "{ran:?}");
    assert_eq!(told(&place), [pair("ferries", "f1")]);
}

#[test]
fn indexing_without_watches_asks_none() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    let file = place.file("in.jsonl", FERRY.as_bytes());
    assert_eq!(place.run(&["index", "--no-watch", file.to_str().unwrap()]).code, 0);
    assert!(told(&place).is_empty());
    let found = lines(&place.run(&["watch", "run", "--all"]));
    assert_eq!(pairs(&found), [pair("ferries", "f1")]);
    assert_eq!(lines(&place.run(&["watch", "run", "--since", "2025-03-02"])).len(), 1);
    assert_eq!(place.run(&["watch", "run", "--since", "2025-03-03"]).code, 1);
}

#[cfg(unix)]
#[test]
fn a_program_is_given_each_match_and_no_shell_reads_it() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    index(&place, &[&FERRY.replace("Ferry back", "Ferry $(touch evil) `touch evil` ; touch evil")]);
    let ran = place.run(&["watch", "run", "--exec", "sh", "-c", "cat >> got"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let got = std::fs::read_to_string(place.folder.path().join("got")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&got).unwrap()["id"], "f1");
    assert!(!place.folder.path().join("evil").exists());
    assert_eq!(place.run(&["watch", "run", "--exec", "cat"]).code, 1, "all is told");
}

#[cfg(unix)]
#[test]
fn a_program_that_fails_is_tried_again_and_its_match_kept() {
    let place = Place::new();
    add(&place, "all", "*");
    index(&place, &[FERRY, STRIKE]);
    let ran = place.run(&["watch", "run", "--tries", "2", "--exec", "sh", "-c", "echo x >> tried; exit 7"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("tried 2 times") && ran.err.contains("the next run begins with it"),
        "{}",
        ran.err
    );
    assert_eq!(std::fs::read_to_string(place.folder.path().join("tried")).unwrap(), "x\nx\n");
    let ran = place.run(&["watch", "run", "--tries", "1", "--exec", "/nowhere/at-all"]);
    assert!(ran.code == 2 && ran.err.contains("cannot be started"), "{ran:?}");
    let ran = place.run(&["watch", "run", "--tries", "1", "--exec-timeout", "1", "--exec", "sleep", "60"]);
    assert!(ran.code == 2 && ran.err.contains("longer than 1 s"), "{ran:?}");
    // One fails and is put aside, the other is told.
    let script = "grep -q Strike && exit 1; exit 0";
    let ran =
        place.run(&["watch", "run", "--tries", "1", "--failed", "kept.jsonl", "--exec", "sh", "-c", script]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let kept = std::fs::read_to_string(place.folder.path().join("kept.jsonl")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&kept).unwrap()["id"], "s1");
    assert!(told(&place).is_empty());
}

/// Many articles, some of which match.
fn many(place: &Place, count: usize) -> std::path::PathBuf {
    let line = |n: usize| {
        let word = if n.is_multiple_of(3) { "ferry" } else { "train" };
        format!(
            "{{\"id\":\"m{n}\",\"title\":\"Story {n}\",\"body\":\"The {word} number {n} came in late.\"}}\n"
        )
    };
    place.file("many.jsonl", (0..count).map(line).collect::<String>().as_bytes())
}

#[test]
fn runs_that_are_killed_tell_every_match_once() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    let file = many(&place, 900);
    assert_eq!(place.run(&["index", file.to_str().unwrap()]).code, 0);
    let to = place.folder.path().join("out.jsonl");
    let mut kills = 0;
    // Each run has a little longer before it is killed.
    for lines in (0..).map(|n| n * 7) {
        let mut run = place.program();
        run.args(["watch", "run", "--output", "out.jsonl"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = run.spawn().unwrap();
        let enough =
            |to: &Path| std::fs::read(to).map_or(0, |b| b.split(|byte| *byte == b'\n').count() - 1) >= lines;
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if enough(&to) {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
        };
        if ended.is_some_and(|status| status.success() || status.code() == Some(1)) {
            break;
        }
        kills += 1;
    }
    let text = std::fs::read_to_string(&to).unwrap();
    let ids: Vec<String> = text
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    let each: BTreeSet<&String> = ids.iter().collect();
    assert_eq!((ids.len(), each.len()), (300, 300), "{kills} kills");
    assert!(kills > 3, "{kills}");
}

#[test]
fn an_indexing_run_that_is_killed_loses_no_match_and_tells_none_that_was_not_committed() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    let file = many(&place, 6_000);
    let mut killed = 0;
    for pause in [30, 90, 160, 240, 330, 450, 600, 900] {
        let mut run = place.program();
        run.args(["index", "--commit-every", "1", file.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = run.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        killed += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
    }
    assert!(killed > 0);
    // What has been told so far is of articles that are there.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (_, id) in told(&place) {
        assert!(place.archive().get(&id).unwrap().is_some(), "{id} was told and is not there");
        assert!(seen.insert(id.clone()), "{id} was told twice");
    }
    assert_eq!(place.run(&["index", file.to_str().unwrap()]).code, 0);
    for (_, id) in told(&place) {
        assert!(seen.insert(id.clone()), "{id} was told twice");
    }
    assert_eq!(seen.len(), 2_000);
}

#[test]
fn matches_of_a_commit_that_never_was_are_told_to_nobody_and_taken_away() {
    let (place, other) = (Place::new(), Place::new());
    let batch = |place: &Place, n: u64| place.index().join(format!("watches/{n:08}.matches"));
    let second = FERRY.replace("f1", "f2").replace("unharmed", "safe and sound");
    for place in [&place, &other] {
        add(place, "ferries", "ferry");
        index(place, &[FERRY]);
    }
    index(&other, &[&second]);
    // As if the writer had been killed when the batch was durable and its commit was not made.
    std::fs::copy(batch(&other, 2), batch(&place, 2)).unwrap();
    std::fs::write(place.index().join("watches/.00000003.matches.tmp"), "DLWM").unwrap();
    assert_eq!(told(&place), [pair("ferries", "f1")]);
    assert!(told(&place).is_empty());
    assert_eq!(place.run(&["check"]).code, 0);
    index(&place, &[STRIKE]);
    assert!(!batch(&place, 2).exists() && !place.index().join("watches/.00000003.matches.tmp").exists());
    index(&place, &[&second]);
    assert_eq!(told(&place), [pair("ferries", "f2")]);
}

#[test]
fn matches_of_a_commit_that_does_not_say_so_are_told_after_the_next() {
    let (place, other) = (Place::new(), Place::new());
    for place in [&place, &other] {
        add(place, "ferries", "ferry");
        index(place, &[FERRY]);
    }
    let second = FERRY.replace("f1", "f2").replace("unharmed", "safe and sound");
    index(&other, &[&second]);
    // As if the engine could not write the second commit, and then wrote its segments with what the first one says.
    let file = place.file("in.jsonl", second.as_bytes());
    assert_eq!(place.run(&["index", "--no-watch", file.to_str().unwrap()]).code, 0);
    let batch = "watches/00000002.matches";
    std::fs::copy(other.index().join(batch), place.index().join(batch)).unwrap();
    assert_eq!(told(&place), [pair("ferries", "f1")]);
    index(&place, &[STRIKE]);
    assert_eq!(told(&place), [pair("ferries", "f2")]);
}

#[test]
fn a_run_that_follows_tells_what_another_process_commits() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    index(&place, &[STRIKE]);
    let mut run = place.program();
    run.args(["watch", "run", "--follow"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = run.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    index(&place, &[FERRY]);
    let line: Value = serde_json::from_str(&out.next().unwrap().unwrap()).unwrap();
    assert_eq!(line["id"], "f1");
    let second = place.run(&["watch", "run"]);
    assert!(second.code == 2 && second.err.contains("another process is telling"), "{second:?}");
    index(&place, &[&FERRY.replace("f1", "f2").replace("unharmed", "safe and well, and glad of it")]);
    let line: Value = serde_json::from_str(&out.next().unwrap().unwrap()).unwrap();
    assert_eq!(line["id"], "f2");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told(&place).is_empty());
}

#[test]
fn damage_is_named_and_what_is_whole_is_told() {
    let place = Place::new();
    add(&place, "ferries", "ferry");
    index(&place, &[FERRY]);
    index(&place, &[&FERRY.replace("f1", "f2").replace("unharmed", "safe and sound")]);
    assert_eq!(place.run(&["check"]).code, 0);
    let path = place.index().join("watches/00000001.matches");
    let mut bytes = std::fs::read(&path).unwrap();
    let whole = bytes.clone();
    for at in 0..whole.len() {
        bytes[at] ^= 0x10;
        std::fs::write(&path, &bytes).unwrap();
        let damage = dateline::index::check(&place.index()).unwrap().damage;
        assert!(damage.iter().any(|d| d.file == "watches/00000001.matches"), "byte {at} of {}", whole.len());
        bytes[at] ^= 0x10;
    }
    bytes[20] ^= 0x10;
    std::fs::write(&path, &bytes).unwrap();
    let ran = place.run(&["watch", "run"]);
    assert!(ran.code == 4 && ran.err.contains("--skip-damaged"), "{ran:?}");
    let ran = place.run(&["watch", "run", "--skip-damaged"]);
    assert_eq!(ran.code, 4);
    assert_eq!(pairs(&lines(&ran)), [pair("ferries", "f2")]);
    // The list: nothing is asked that is not as it was written, and indexing without it goes on.
    let path = place.index().join("watches/list");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let file = place.file("in.jsonl", STRIKE.as_bytes());
    let ran = place.run(&["index", file.to_str().unwrap()]);
    assert!(ran.code == 4 && ran.err.contains("--no-watch"), "{ran:?}");
    assert_eq!(place.run(&["index", "--no-watch", file.to_str().unwrap()]).code, 0);
    let ran = place.run(&["check"]);
    assert!(ran.code == 4 && format!("{}{}", ran.out, ran.err).contains("watches/list"), "{ran:?}");
}

#[test]
fn watches_and_what_waits_go_with_a_backup() {
    for to in ["copy", "copy.tar", "copy.tar.zst"] {
        let place = Place::new();
        add(&place, "ferries", "ferry");
        index(&place, &[FERRY]);
        assert_eq!(told(&place).len(), 1);
        index(&place, &[&FERRY.replace("f1", "f2").replace("unharmed", "safe and sound")]);
        let ran = place.run(&["backup", to]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let other = Place::new();
        let from = place.folder.path().join(to);
        let ran = other.run(&["restore", from.to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(told(&other), [pair("ferries", "f2")], "{to}");
        assert_eq!(other.run(&["merge"]).code, 0);
        index(&other, &[&FERRY.replace("f1", "f3").replace("unharmed", "wet and cold and hungry")]);
        assert_eq!(told(&other), [pair("ferries", "f3")], "numbers go on after a merge");
        assert_eq!(told(&place), [pair("ferries", "f2")]);
    }
}

#[test]
fn thousands_of_watches_come_from_a_file_all_or_none() {
    let place = Place::new();
    let line = |n: usize| format!("{{\"name\":\"w{n}\",\"query\":\"number:{n} OR word{n}\"}}\n");
    let mut text: String = (0..3_000).map(line).collect();
    let file = place.file("watches.jsonl", text.as_bytes());
    assert_eq!(place.run(&["watch", "add", "--from", file.to_str().unwrap()]).code, 0);
    index(&place, &[FERRY]);
    assert_eq!(told(&place), [pair("w400", "f1")]);
    text = (3_000..20_001).map(line).collect();
    let file = place.file("watches.jsonl", text.as_bytes());
    let ran = place.run(&["watch", "add", "--from", file.to_str().unwrap()]);
    assert!(ran.code == 2 && ran.err.contains("20000 at most"), "{ran:?}");
    let ran = place.run(&["--format", "jsonl", "watch", "list"]);
    assert_eq!(ran.out.lines().count(), 3_000);
}
