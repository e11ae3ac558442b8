//! Articles that tell of one event are one story, whatever outlet writes them and whenever they come in.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common::Place;
use dateline::backend::{Group, PageRequest};
use dateline::index::{Correction, Writer, WriterOptions};
use dateline::ingest::{IngestOptions, ingest};
use dateline::read::Input;
use dateline::search::{Archive, SearchRequest};

/// Articles of two events and of none, from several outlets.
const NEWS: [&str; 6] = [
    r#"{"id": "f1", "source": "Harbour Post", "published": "2025-09-01T08:00:00Z", "title": "Ferry runs aground off Port Hallam", "body": "A ferry with 212 people on board ran aground off Port Hallam on Sunday night, the Marsdale coastguard said. Tugs reached the Kessel Star within the hour."}"#,
    r#"{"id": "c1", "source": "Harbour Post", "published": "2025-09-01T09:00:00Z", "title": "Council votes on budget", "body": "The council of Eastwick voted on Sunday to raise its budget for schools by 4 percent, Mayor Joan Hartley said."}"#,
    r#"{"id": "f2", "source": "Meridian", "published": "2025-09-01T12:00:00Z", "title": "All 209 safe as Hallam ferry strikes rocks", "body": "All 209 people on board a ferry that ran onto rocks off Port Hallam are safe, says the coastguard of Marsdale. The Kessel Star was pulled free by tugs."}"#,
    r#"{"id": "f3", "source": "Coastline Radio", "published": "2025-09-02T07:00:00Z", "title": "Kessel Star inquiry begins", "body": "Inspectors went aboard the Kessel Star at Port Hallam, where the ferry ran aground with 212 people. The Marsdale coastguard blames fog."}"#,
    r#"{"id": "w1", "source": "Meridian", "published": "2025-09-02T08:00:00Z", "title": "Lindqvist wins in Tromsen", "body": "Ada Lindqvist won the Tromsen marathon in a course record, two minutes before Petra Oyelaran."}"#,
    r#"{"id": "f9", "source": "Meridian", "published": "2026-03-01T08:00:00Z", "title": "Ferry runs aground off Port Hallam again", "body": "A ferry ran aground off Port Hallam, the Marsdale coastguard said, half a year after the Kessel Star."}"#,
];

fn ids(archive: &Archive, id: &str) -> Vec<String> {
    archive.story(id).unwrap().unwrap().articles.into_iter().map(|article| article.id).collect()
}

fn index(path: &Path, lines: &[&str]) {
    let input = Input::reader("articles.jsonl", std::io::Cursor::new(lines.join("\n")));
    ingest(path, &[input], &IngestOptions::default(), &mut ()).unwrap();
}

/// Which articles are together.
fn partition(archive: &Archive) -> BTreeSet<Vec<String>> {
    let mut request = SearchRequest::default();
    request.page.group = Group::None;
    let mut stories: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for hit in archive.stream("*", &request).unwrap() {
        let hit = hit.unwrap();
        stories.entry(hit.story.unwrap()).or_default().push(hit.article.id);
    }
    stories
        .into_values()
        .map(|mut ids| {
            ids.sort();
            ids
        })
        .collect()
}

#[test]
fn reports_of_one_event_are_a_story_in_the_order_of_time_and_later_ones_another() {
    let place = Place::with(&NEWS);
    let archive = place.archive();
    let story = archive.story("f3").unwrap().unwrap();
    assert_eq!(ids(&archive, "f3"), ["f1", "f2", "f3"]);
    assert_eq!(story.outlets, ["Harbour Post", "Meridian", "Coastline Radio"]);
    assert_eq!(story.total, 3);
    assert_eq!(story.span().map(|(first, last)| last - first), Some(23 * 3600));
    assert!(story.articles.iter().any(|article| article.title == story.title));
    assert_eq!(ids(&archive, "f9"), ["f9"], "half a year later is another event");
    assert_eq!(ids(&archive, "w1"), ["w1"]);
    assert!(archive.story("nothing").unwrap().is_none());
    let number = dateline::story::id_of(story.number);
    assert_eq!(archive.story(&number).unwrap().unwrap(), story);
    assert_eq!(archive.count(&format!("story:{number}"), &SearchRequest::default()).unwrap(), 3);
    assert_eq!(archive.count(&format!("ferry NOT story:{number}"), &SearchRequest::default()).unwrap(), 1);
    assert_eq!(archive.count("story:*", &SearchRequest::default()).unwrap(), 6);
    assert!(archive.count("story:f1", &SearchRequest::default()).is_err());
}

#[test]
fn a_story_is_one_hit_with_the_articles_that_match() {
    let place = Place::with(&NEWS);
    let archive = place.archive();
    let request = SearchRequest {
        page: PageRequest { group: Group::Story, ..PageRequest::default() },
        ..SearchRequest::default()
    };
    let page = archive.search("ferry", &request).unwrap().page;
    assert_eq!(page.total, Some(4), "articles are counted");
    assert_eq!(page.hits.len(), 2);
    let hit = page.hits.iter().find(|hit| hit.article.id != "f9").unwrap();
    assert_eq!((hit.copies.total, hit.copies.outlets), (2, 2));
    let named: Vec<_> = hit.copies.named.iter().map(|copy| copy.id.as_str()).collect();
    assert!(named.len() == 2 && !named.contains(&hit.article.id.as_str()));
    let only = archive.search("fog", &request).unwrap().page;
    assert_eq!(only.hits[0].copies.total, 0, "the others do not match");
    let said = place.run(&["search", "ferry", "--group", "story"]);
    assert!(said.out.contains("+2 outlets, 2 articles: "), "{}", said.out);
    let streamed = archive.stream("ferry", &request).unwrap().count();
    assert_eq!(streamed, 2);
}

#[test]
fn stories_do_not_depend_on_when_commits_happen() {
    let whole = Place::with(&NEWS);
    let parts = Place::new();
    for line in NEWS {
        index(&parts.index(), &[line]);
    }
    assert_eq!(partition(&whole.archive()), partition(&parts.archive()));
    assert!(partition(&whole.archive()).contains(&vec!["f1".into(), "f2".into(), "f3".into()]));
}

#[test]
fn an_article_that_comes_again_with_other_content_leaves_its_story_to_the_others() {
    let place = Place::with(&NEWS);
    let before = place.archive().story("f2").unwrap().unwrap().number;
    index(&place.index(), &[&NEWS[4].replace("\"w1\"", "\"f1\"")]);
    let archive = place.archive();
    assert_eq!(ids(&archive, "f2"), ["f2", "f3"]);
    assert_eq!(archive.story("f2").unwrap().unwrap().number, before, "the story keeps its id");
    assert_eq!(ids(&archive, "f1"), ["f1", "w1"]);
    // As it was, it comes back.
    index(&place.index(), &[NEWS[0]]);
    assert_eq!(ids(&place.archive(), "f1"), ["f1", "f2", "f3"]);
}

#[test]
fn figures_of_outlets_stand_side_by_side_each_with_its_sentence() {
    let place = Place::with(&NEWS);
    let archive = place.archive();
    let sheet = archive.figures_of_story("f1").unwrap().unwrap();
    let row = sheet
        .rows
        .iter()
        .find(|row| row.stated.iter().any(|stated| stated.reading.starts_with("212")))
        .unwrap();
    let said: Vec<(&str, &str)> = row
        .stated
        .iter()
        .map(|stated| (sheet.articles[stated.article].id.as_str(), stated.reading.as_str()))
        .collect();
    assert!(said.contains(&("f1", "212 people")), "{said:?}");
    assert!(said.iter().any(|(id, reading)| *id == "f2" && reading.starts_with("209")), "{said:?}");
    for stated in sheet.rows.iter().flat_map(|row| &row.stated) {
        let id = &sheet.articles[stated.article].id;
        let article = archive.get(id).unwrap().unwrap().article;
        assert_eq!(stated.quoted.of(article.text(stated.field)), stated.quote);
        assert!(stated.quoted.contains(stated.span));
    }
    let told = place.run(&["story", "f1", "--numbers"]);
    assert!(told.code == 0 && told.out.contains("209") && told.out.contains("Meridian"), "{told:?}");
    assert_eq!(place.run(&["story", "w1", "--numbers"]).code, 1, "one outlet has nothing beside it");
}

#[test]
fn why_articles_are_together_is_told_with_the_words_that_they_share() {
    let place = Place::with(&NEWS);
    let whys = place.archive().explain_story("f1").unwrap().unwrap();
    assert_eq!(whys.len(), 3);
    for why in &whys {
        let nearest = why.nearest.as_ref().unwrap();
        assert!(nearest.words.iter().any(|(word, _)| word.eq_ignore_ascii_case("hallam")), "{nearest:?}");
        let sum: f32 = nearest.words.iter().map(|(_, part)| part).sum();
        assert!((sum - nearest.likeness).abs() < 0.001);
        assert!(why.score.unwrap() > 0.1);
    }
    let told = place.run(&["explain", "story", "f1"]);
    assert!(told.code == 0 && told.out.contains("most like "), "{told:?}");
    let alone = place.run(&["explain", "story", "w1"]);
    assert!(alone.out.contains("the only article of its story"), "{alone:?}");
}

#[test]
fn what_is_corrected_by_hand_stands_and_is_kept_when_all_is_indexed_again() {
    let place = Place::with(&NEWS);
    let split = place.run(&["story", "f1", "--split", "f3"]);
    assert!(split.code == 0 && split.err.contains("moved 1 to story "), "{split:?}");
    let joined = place.run(&["story", "f1", "--join", "f9"]);
    assert!(joined.code == 0, "{joined:?}");
    let expected = |archive: &Archive| {
        assert_eq!(ids(archive, "f1"), ["f1", "f2", "f9"]);
        assert_eq!(ids(archive, "f3"), ["f3"]);
    };
    expected(&place.archive());
    index(&place.index(), &NEWS);
    expected(&place.archive());
    // In another order, and into an index that has nothing but the corrections.
    let again = Place::new();
    index(&again.index(), &[]);
    std::fs::copy(place.index().join("corrections"), again.index().join("corrections")).unwrap();
    let mut backwards = NEWS;
    backwards.reverse();
    index(&again.index(), &backwards);
    expected(&again.archive());
    let why = place.run(&["explain", "story", "f3"]);
    assert!(why.out.contains("by hand: f3 apart from f1, f2"), "{why:?}");
    // The last word counts.
    assert_eq!(place.run(&["story", "f3", "--join", "f1"]).code, 0);
    assert_eq!(ids(&place.archive(), "f3"), ["f1", "f2", "f3", "f9"]);
    assert_eq!(place.run(&["check"]).code, 0);
}

#[test]
fn a_correction_goes_along_with_a_backup() {
    let place = Place::with(&NEWS);
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    let correction = Correction { together: vec!["w1".into(), "c1".into()], apart: Vec::new() };
    assert_eq!(writer.correct(correction).unwrap(), 1);
    writer.finish().unwrap();
    let backup = place.folder.path().join("kept.tar.zst");
    dateline::index::backup(&place.index(), &backup).unwrap();
    let restored = place.folder.path().join("restored");
    dateline::index::restore(&backup, &restored).unwrap();
    index(&restored, &NEWS);
    assert_eq!(ids(&Archive::open(&restored).unwrap(), "c1"), ["c1", "w1"]);
}

#[test]
fn corrections_that_cannot_be_are_refused_with_what_to_do() {
    let place = Place::with(&NEWS);
    let stranger = place.run(&["story", "f1", "--split", "w1"]);
    assert!(stranger.code == 2 && stranger.err.contains("w1 is no article of story"), "{stranger:?}");
    let all = place.run(&["story", "f1", "--split", "f1,f2,f3"]);
    assert!(all.code == 2 && all.err.contains("do not belong to the rest"), "{all:?}");
    assert_eq!(place.run(&["story", "f1", "--join", "nothing"]).code, 1);
    assert_eq!(place.run(&["story", "nothing"]).code, 1);
    assert_eq!(place.run(&["related", "nothing"]).code, 1);
}

#[test]
fn related_stories_are_found_whenever_they_were_published() {
    let place = Place::with(&NEWS);
    let related = place.archive().related("f1", &SearchRequest::default()).unwrap().unwrap();
    let found: Vec<&str> = related.hits.iter().map(|hit| hit.article.id.as_str()).collect();
    assert_eq!(found.first(), Some(&"f9"), "{related:?}");
    assert!(!found.contains(&"f2") && !found.contains(&"f3"), "its own story is not among them");
    let told = place.run(&["related", "f1"]);
    assert!(told.code == 0 && told.out.contains("again"), "{told:?}");
}

/// Events of the sample corpus whose reports are one story; the others have an article that comes a week or more later, or too
/// little in common.
const EVENTS: [&[&str]; 11] = [
    &["ac-2025-0931", "nw-10482", "harbour-post-deportation-flight"],
    &["po-3301", "m-24-0018"],
    &["harbour-post-uk-election-2024", "po-3877"],
    &["pacific-observer-world-cup-final", "hp-23-2208"],
    &["ac-2024-0212", "nw-08802"],
    &["lakeside-tribune-turkey-plant-fire", "nw-06690"],
    &["hp-23-0517", "meridian-port-hallam"],
    &["dbd-6120", "po-3610", "northern-wire-calder-oriole"],
    &["accra-courier-imf-loan", "m-23-1802"],
    &["ac-2023-1219", "harbour-post-kessiwa-cousins"],
    &["nw-03119", "hp-21-2903"],
];

#[test]
fn events_of_the_sample_corpus_are_stories_and_nothing_else_is_together() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let place = Place::new();
    let (_, rejects) = common::index(&place, &[&corpus.join("txt"), &corpus.join("jsonl")]);
    assert!(rejects.is_empty());
    let archive = place.archive();
    let mut request = SearchRequest::default();
    request.page.group = Group::None;
    // A text has no id of its own: its file's name tells it.
    let mut stories: BTreeMap<String, u64> = BTreeMap::new();
    for hit in archive.stream("*", &request).unwrap() {
        let hit = hit.unwrap();
        let file = hit.article.origin.as_ref().map(|origin| PathBuf::from(&*origin.file));
        let stem = file
            .as_ref()
            .filter(|file| file.extension().is_some_and(|kind| kind == "txt"))
            .and_then(|file| file.file_stem());
        let name = stem.map_or(hit.article.id, |stem| stem.to_string_lossy().into_owned());
        stories.insert(name, hit.story.unwrap());
    }
    let mut known: BTreeMap<u64, usize> = BTreeMap::new();
    for (event, number) in EVENTS.iter().zip(0..) {
        let of: BTreeSet<u64> = event.iter().map(|name| stories[*name]).collect();
        assert_eq!(of.len(), 1, "{event:?}");
        assert!(known.insert(*of.first().unwrap(), number).is_none(), "two events are one: {event:?}");
    }
    let told_more_than_once = std::fs::read_to_string(corpus.join("README.md")).unwrap();
    let mut together: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for (name, story) in &stories {
        together.entry(*story).or_default().push(name);
    }
    for names in together.values().filter(|names| names.len() > 1) {
        let of_one_event = |line: &str| names.iter().all(|name| line.contains(&format!("`{name}`")));
        assert!(
            told_more_than_once.lines().filter(|line| line.starts_with("| `")).any(of_one_event),
            "{names:?}"
        );
    }
}

#[test]
fn two_rewrites_of_one_report_without_dates_are_a_story() {
    let seeds = std::env::var_os("DATELINE_SHARED")
        .map_or_else(|| PathBuf::from("../shared"), PathBuf::from)
        .join("seeds");
    if !seeds.exists() {
        println!("skipped: there is no {}", seeds.display());
        return;
    }
    let place = Place::new();
    common::index(&place, &[&seeds]);
    assert_eq!(partition(&place.archive()).len(), 1);
}
