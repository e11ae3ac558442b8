//! Exact and near copies: linked to the first, shown once, never lost.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
#[path = "common/stories.rs"]
mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use common::Place;
use dateline::backend::{Group, Hit, PageRequest, Sort};
use dateline::index::{Writer, WriterOptions};
use dateline::ingest::{IngestOptions, ingest};
use dateline::read::Input;
use dateline::search::{Archive, SearchRequest};
use proptest::prelude::*;
use stories::{Sent, are_copies, are_copies_within, sent, standing};

const WIRE: &str = "A ferry with 212 people on board ran aground off Port Hallam late on Sunday, the coastguard said. Tugs \
    reached it within the hour and nobody was hurt. The harbour master said that fog had come up sooner than was forecast \
    and that the pilot had asked for leave to wait. The crossing stays closed until the hull has been looked at, which may take \
    until Thursday, and the operator has hired a second ship for the week.";

fn line(id: &str, source: &str, title: &str, body: &str) -> String {
    format!("{{\"id\": \"{id}\", \"source\": \"{source}\", \"title\": \"{title}\", \"body\": \"{body}\"}}")
}

/// A wire story that two outlets took over, one of them with a word changed and a paragraph added, and another story.
fn wire() -> [String; 4] {
    let changed = WIRE.replace("late on Sunday", "on Sunday night");
    [
        line("wire", "Northern Wire", "Ferry aground off Port Hallam", WIRE),
        line("post", "Harbour Post", "Passengers safe after ferry grounding", WIRE),
        line("radio", "Coastline Radio", "Fog blamed", &format!("{changed} More follows later today.")),
        line(
            "other",
            "Meridian",
            "Ferry fares rise",
            "Ferry fares from Port Hallam rise by 8 per cent in May.",
        ),
    ]
}

fn indexed(lines: &[String]) -> Place {
    Place::with(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn request(page: PageRequest) -> SearchRequest {
    SearchRequest { page, ..SearchRequest::default() }
}

fn hits(archive: &Archive, query: &str, page: PageRequest) -> Vec<Hit> {
    archive.search(query, &request(page)).unwrap().page.hits
}

fn root(archive: &Archive, id: &str) -> Option<String> {
    archive.get(id).unwrap().unwrap().copy_of
}

#[test]
fn a_copy_is_shown_once_under_the_best_hit_and_counted_all_the_same() {
    let place = indexed(&wire());
    let archive = place.archive();
    assert_eq!(root(&archive, "wire"), None);
    assert_eq!((root(&archive, "post"), root(&archive, "radio")), (Some("wire".into()), Some("wire".into())));
    let answer = archive.search("fog", &SearchRequest::default()).unwrap();
    assert_eq!((answer.page.total, answer.page.hits.len()), (Some(3), 1));
    let best = &answer.page.hits[0];
    assert_eq!(best.article.id, "radio", "the title has the word");
    let named: Vec<&str> = best.copies.named.iter().map(|copy| copy.id.as_str()).collect();
    assert_eq!((best.copies.total, named), (2, vec!["post", "wire"]));
    let all = hits(&archive, "fog", PageRequest { group: Group::None, ..PageRequest::default() });
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|hit| hit.copies.total == 0));
}

#[test]
fn only_copies_that_match_are_named_with_a_hit() {
    let place = indexed(&wire());
    let archive = place.archive();
    let found =
        hits(&archive, "source:(\"harbour post\" OR \"northern wire\") ferry", PageRequest::default());
    let named: Vec<&str> =
        found.iter().flat_map(|hit| &hit.copies.named).map(|copy| copy.id.as_str()).collect();
    assert_eq!((found.len(), named.len()), (1, 1), "{named:?}");
    let alone = hits(&archive, "\"more follows\"", PageRequest::default());
    assert_eq!((alone[0].article.id.as_str(), alone[0].copies.total), ("radio", 0));
}

#[test]
fn copies_of_a_deleted_article_are_still_found_and_shown_once() {
    let place = indexed(&wire());
    assert_eq!(place.run(&["delete", "wire"]).code, 0);
    let archive = place.archive();
    let found = hits(&archive, "fog", PageRequest::default());
    assert_eq!((found.len(), found[0].copies.total), (1, 1));
    assert_eq!(root(&archive, "post"), Some("wire".into()));
    // A copy of the copies joins them, and the first itself when it comes back.
    let more = place.file("more.jsonl", line("late", "Meridian", "Ferry", WIRE).as_bytes());
    common::index(&place, &[&more]);
    let back = place.file("back.jsonl", wire()[0].as_bytes());
    common::index(&place, &[&back]);
    let archive = place.archive();
    assert_eq!((root(&archive, "late"), root(&archive, "wire")), (Some("wire".into()), None));
    assert_eq!(hits(&archive, "fog", PageRequest::default())[0].copies.total, 3);
}

#[test]
fn an_article_that_comes_again_is_no_copy_of_itself_and_what_it_was_is_forgotten() {
    let place = indexed(&wire());
    let again = place.file("again.jsonl", wire().join("\n").as_bytes());
    let (done, _) = common::index(&place, &[&again]);
    assert_eq!((done.articles, done.replaced), (4, 4));
    let archive = place.archive();
    let roots = ["wire", "post", "radio"].map(|id| root(&archive, id));
    assert_eq!(roots, [None, Some("wire".into()), Some("wire".into())]);
    // The copy is written anew: it copies nothing any more.
    let rewritten =
        line("post", "Harbour Post", "Calm seas", "The sea off Port Hallam is calm today, with little wind.");
    let rewritten = place.file("rewritten.jsonl", rewritten.as_bytes());
    common::index(&place, &[&rewritten]);
    let archive = place.archive();
    assert_eq!(root(&archive, "post"), None);
    assert_eq!(hits(&archive, "fog", PageRequest::default())[0].copies.total, 1);
}

#[test]
fn an_article_with_copies_becomes_no_copy_itself() {
    let other = "The council of Kessiwa votes on Friday on a budget that closes two of its five libraries. The mayor calls it \
        the hardest week of her term; readers have collected 4,000 names against it.";
    let place =
        indexed(&[wire()[0].clone(), wire()[1].clone(), line("other", "Meridian", "Libraries", other)]);
    // The first is sent again with the words of the other story.
    let again = place.file("again.jsonl", line("wire", "Northern Wire", "Libraries", other).as_bytes());
    common::index(&place, &[&again]);
    let archive = place.archive();
    assert_eq!((root(&archive, "wire"), root(&archive, "post")), (None, Some("wire".into())));
}

#[test]
fn the_program_names_the_copies() {
    let place = indexed(&wire());
    let ran = place.run(&["search", "fog"]);
    assert!(ran.out.contains("+2 copies: Harbour Post, Northern Wire"), "{}", ran.out);
    assert!(ran.err.contains("3 articles"), "{}", ran.err);
    let ran = place.run(&["search", "fog", "-l"]);
    assert_eq!(ran.out, "radio\n");
    let ran = place.run(&["search", "fog", "-l", "--group", "none"]);
    assert_eq!(ran.out.lines().count(), 3);
    let ran = place.run(&["search", "fog", "--all", "--format", "jsonl"]);
    let hit: serde_json::Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert_eq!((hit["copies"].as_array().unwrap().len(), hit["copies_total"].as_u64()), (2, Some(2)));
    let ran = place.run(&["search", "fog", "--format", "json", "--group", "none"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let copied = answer["hits"].as_array().unwrap().iter().filter(|hit| hit["copy_of"] == "wire").count();
    assert_eq!((answer["total"].as_u64(), copied), (Some(3), 2));
    assert_eq!(place.run(&["count", "fog"]).out, "3\n");
    let ran = place.run(&["search", "fog", "--group", "source"]);
    assert!(ran.code == 2 && ran.err.contains("hits are not grouped by source"), "{ran:?}");
}

#[test]
fn show_names_what_an_article_copies_and_its_copies() {
    let place = indexed(&wire());
    let ran = place.run(&["show", "post"]);
    assert!(ran.out.contains("copy of: Northern Wire · wire\n"), "{}", ran.out);
    assert!(ran.out.contains("also as: Coastline Radio · radio\n"), "{}", ran.out);
    let ran = place.run(&["show", "wire", "--format", "jsonl"]);
    let shown: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((shown["copy_of"].as_str(), shown["copies"].as_array().unwrap().len()), (None, 2));
    place.run(&["delete", "wire"]);
    let ran = place.run(&["show", "post"]);
    assert!(ran.out.contains("copy of: wire, which is not here any more\n"), "{}", ran.out);
}

#[test]
fn many_copies_of_one_story_are_one_hit() {
    let lines: Vec<String> =
        (0..900).map(|n| line(&format!("c{n}"), &format!("Outlet {n}"), "Ferry aground", WIRE)).collect();
    let place = Place::new();
    for part in lines.chunks(300) {
        let input = Input::reader("part.jsonl", std::io::Cursor::new(part.join("\n")));
        ingest(&place.index(), &[input], &IngestOptions::default(), &mut ()).unwrap();
    }
    let archive = place.archive();
    let found = hits(&archive, "fog", PageRequest::default());
    assert_eq!((found.len(), found[0].copies.total, found[0].copies.named.len()), (1, 899, 20));
    let streamed: Vec<_> =
        archive.stream("fog", &SearchRequest::default()).unwrap().map(Result::unwrap).collect();
    assert_eq!((streamed.len(), streamed[0].copies.total), (1, 899));
}

/// What each article is a copy of.
fn links(archive: &Archive) -> BTreeMap<String, Option<String>> {
    let page = PageRequest { group: Group::None, ..PageRequest::default() };
    let all = archive.stream("*", &request(page)).unwrap().map(Result::unwrap);
    all.map(|hit| (hit.article.id, hit.copy_of)).collect()
}

/// Indexes articles in parts, each a run of its own.
fn write(parts: &[&[Sent]], threads: usize, commit_every: Duration) -> Place {
    let place = Place::new();
    for part in parts {
        let lines: Vec<String> = part.iter().map(Sent::line).collect();
        let input = Input::reader("part.jsonl", std::io::Cursor::new(lines.join("\n")));
        let writer = WriterOptions { memory: 15_000_000, ..WriterOptions::default() };
        let options = IngestOptions { threads, commit_every, writer, ..IngestOptions::default() };
        ingest(&place.index(), &[input], &options, &mut ()).unwrap();
    }
    place
}

/// The hits that come of all hits, in order, if each group is shown once: ids with the ids of what they stand for.
fn shown_once(all: &[Hit]) -> Vec<(String, BTreeSet<String>)> {
    let mut shown: Vec<(&str, String, BTreeSet<String>)> = Vec::new();
    for hit in all {
        let group = hit.copy_of.as_deref().unwrap_or(&hit.article.id);
        match shown.iter_mut().find(|known| known.0 == group) {
            Some(known) => {
                known.2.insert(hit.article.id.clone());
            }
            None => shown.push((group, hit.article.id.clone(), BTreeSet::new())),
        }
    }
    shown.into_iter().map(|(_, id, copies)| (id, copies)).collect()
}

fn pair(hit: &Hit) -> (String, BTreeSet<String>) {
    (hit.article.id.clone(), hit.copies.named.iter().map(|copy| copy.id.clone()).collect())
}

const QUERIES: [&str; 8] = [
    "*",
    "harbour",
    "ferry OR crew OR mayor",
    "\"the harbour\"",
    "storm NOT bridge",
    "published:[2024-01-03 TO 2024-01-06]",
    "source:\"outlet 1\" OR source:\"outlet 2\"",
    "river W/20 water",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
    ))]

    #[test]
    fn pages_in_any_order_show_each_group_once_and_together_all_that_matches(
        articles in sent(60), gone in prop::collection::vec(0usize..40, 0..6), limit in 1usize..7,
    ) {
        let cut = articles.len() / 2;
        let place = write(&[&articles[..cut], &articles[cut..]], 2, Duration::from_secs(60));
        let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
        for id in gone {
            writer.delete(&format!("a{id}")).unwrap();
        }
        writer.finish().unwrap();
        let archive = place.archive();
        for query in QUERIES {
            for sort in [Sort::Score, Sort::Newest, Sort::Oldest] {
                let all = hits(&archive, query, PageRequest {
                    limit: 1000, sort, group: Group::None, ..PageRequest::default()
                });
                let expected = shown_once(&all);
                let mut shown = Vec::new();
                loop {
                    let page = PageRequest { limit, offset: shown.len(), sort, ..PageRequest::default() };
                    let answer = archive.search(query, &request(page)).unwrap().page;
                    prop_assert_eq!(answer.total, Some(all.len() as u64));
                    shown.extend(answer.hits.iter().map(pair));
                    if answer.hits.len() < limit {
                        break;
                    }
                }
                prop_assert_eq!(&shown, &expected, "{} {:?}", query, sort);
                // Without a count lists are passed over; the engine adds up scores in another order then.
                let page = PageRequest { limit, sort, total: false, ..PageRequest::default() };
                let found = hits(&archive, query, page);
                prop_assert_eq!(found.len(), limit.min(expected.len()));
                for (hit, (id, _)) in found.iter().zip(&expected) {
                    let counted = all.iter().find(|hit| hit.article.id == *id).unwrap();
                    prop_assert!((hit.score - counted.score).abs() < 1e-4, "{} {:?}", query, sort);
                }
                let groups: BTreeSet<&str> =
                    found.iter().map(|hit| hit.copy_of.as_deref().unwrap_or(&hit.article.id)).collect();
                prop_assert_eq!(groups.len(), found.len());
            }
            let stream = |group| {
                let page = PageRequest { group, ..PageRequest::default() };
                archive.stream(query, &request(page)).unwrap().map(Result::unwrap).collect::<Vec<Hit>>()
            };
            let streamed: Vec<_> = stream(Group::Copy).iter().map(pair).collect();
            prop_assert_eq!(streamed, shown_once(&stream(Group::None)), "{}", query);
        }
    }

    #[test]
    fn a_link_leads_to_an_article_that_a_naive_reading_calls_a_copy_and_never_to_a_copy(articles in sent(60)) {
        // Every id once, so that each was compared with those before it as they stand now.
        let articles: Vec<Sent> = articles
            .into_iter()
            .enumerate()
            .map(|(n, article)| Sent { id: format!("a{n:02}"), ..article })
            .collect();
        let archive = write(&[&articles], 2, Duration::from_secs(60)).archive();
        let (links, standing) = (links(&archive), standing(&articles));
        for (n, article) in articles.iter().enumerate() {
            let roots: Vec<&Sent> = articles[..n].iter().filter(|before| links[&before.id].is_none()).collect();
            match &links[&article.id] {
                Some(root) => {
                    prop_assert!(
                        are_copies_within(&standing[root], article, 0.15),
                        "{:?} {:?}", standing[root], article
                    );
                    prop_assert!(roots.iter().any(|known| known.id == *root));
                }
                // Those that share too few of their smallest hashes are missed; those that are the same never.
                None => prop_assert!(
                    !roots.iter().any(|before| before.body == article.body && are_copies(before, article)),
                    "{:?}", article
                ),
            }
        }
    }

    #[test]
    fn links_are_the_same_whatever_the_threads_and_commits(articles in sent(80)) {
        let cut = articles.len() / 3;
        let long = Duration::from_secs(60);
        let expected = links(&write(&[&articles], 1, long).archive());
        prop_assert_eq!(&links(&write(&[&articles], 4, Duration::ZERO).archive()), &expected);
        let parts = [&articles[..cut], &articles[cut..2 * cut], &articles[2 * cut..]];
        prop_assert_eq!(&links(&write(&parts, 3, long).archive()), &expected);
    }
}
