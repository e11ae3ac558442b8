//! Readers see one commit or the next, whole, while a writer replaces everything, segments are merged and backups are taken.
//!
//! `DATELINE_SNAPSHOTS=100000 cargo test --release --test readers_see_whole_commits` for the long run.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use common::Place;
use dateline::article::Article;
use dateline::backend::{Group, PageRequest};
use dateline::index::{Writer, WriterOptions, backup, check};
use dateline::ingest::Pipeline;
use dateline::search::{Archive, SearchRequest};

/// Articles, in every generation the same ones.
const ARTICLES: usize = 24;
const PERSONS: [&str; 3] = ["Jane Doe", "Omar Haddad", "Ingrid Solberg"];

/// Replaces every article by one of this generation, and commits.
fn write(writer: &mut Writer, generation: u64) {
    for n in 0..ARTICLES {
        let body = format!(
            "Generation{generation} has come. {} counted {} barges in Norway, and {n} words more were said than before.",
            PERSONS[n % 3],
            1_000_000 + generation,
        );
        let article = Article { id: format!("a{n}"), body, ..Article::default() };
        let prepared = Pipeline::default().mark_article(article).prepare(writer.weights()).unwrap();
        writer.upsert(prepared).unwrap();
    }
    writer.commit().unwrap();
}

/// What one question finds: the generation of each article, every one of which is there once.
fn generation(bodies: &[(String, String)], question: &str, expected: usize) -> u64 {
    let ids: BTreeSet<&String> = bodies.iter().map(|(id, _)| id).collect();
    assert_eq!((bodies.len(), ids.len()), (expected, expected), "{question}: {ids:?}");
    let generations: BTreeSet<u64> = bodies
        .iter()
        .map(|(_, body)| body.split(' ').next().unwrap().trim_start_matches("Generation").parse().unwrap())
        .collect();
    assert_eq!(generations.len(), 1, "{question}: {generations:?}");
    *generations.first().unwrap()
}

/// Asks in several ways, each of which must be answered from one commit, the same or a later one than before.
fn look(archive: &Archive, last: &mut u64, turn: u64) {
    let page = PageRequest { limit: 100, group: Group::None, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let person = format!("barges person:\"{}\"", PERSONS[0]);
    let (question, expected) =
        [("*", ARTICLES), ("barges", ARTICLES), (&person, ARTICLES / 3), ("number:>=1000000", ARTICLES)]
            [usize::try_from(turn % 4).unwrap()];
    let bodies: Vec<(String, String)> = if turn % 8 < 4 {
        let answer = archive.search(question, &request).unwrap().page;
        assert_eq!(answer.total, Some(expected as u64), "{question}");
        answer.hits.into_iter().map(|hit| (hit.article.id, hit.article.body)).collect()
    } else {
        let hits = archive.stream(question, &request).unwrap();
        hits.map(|hit| hit.unwrap().article).map(|article| (article.id, article.body)).collect()
    };
    let now = generation(&bodies, question, expected);
    assert!(now >= *last, "{now} after {last}");
    *last = now;
    assert_eq!(archive.len(), ARTICLES as u64);
}

/// The fewest generations that are written: every seventh is merged.
const GENERATIONS: u64 = 22;

/// Ends the others, also where a test fails.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

#[test]
fn readers_see_whole_commits() {
    let wanted = std::env::var("DATELINE_SNAPSHOTS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let place = Place::new();
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    write(&mut writer, 0);
    let (seen, over, generations) = (AtomicU64::new(0), AtomicBool::new(false), AtomicU64::new(0));
    let (place, seen, over, generations) = (&place, &seen, &over, &generations);
    let enough = || {
        let seen =
            seen.load(Ordering::Acquire) >= wanted && generations.load(Ordering::Acquire) >= GENERATIONS;
        seen || over.load(Ordering::Acquire)
    };
    std::thread::scope(|scope| {
        for reader in 0..3 {
            scope.spawn(move || {
                let _end = End(over);
                let archive = place.archive();
                let archive = if reader == 0 { archive.following() } else { archive };
                let (mut last, mut turn) = (0, reader);
                while !enough() {
                    match reader {
                        0 => {}
                        1 => archive.reload().unwrap(),
                        // As one who comes anew.
                        _ => {
                            look(&place.archive(), &mut last, turn);
                            archive.reload().unwrap();
                        }
                    }
                    look(&archive, &mut last, turn);
                    seen.fetch_add(1, Ordering::AcqRel);
                    turn += 1;
                }
            });
        }
        scope.spawn(move || {
            let _end = End(over);
            let mut taken = 0;
            while !enough() {
                let kept = place.folder.path().join(format!("kept-{taken}"));
                backup(&place.index(), &kept).unwrap();
                let checked = check(&kept).unwrap();
                assert!(checked.damage.is_empty(), "{checked:?}");
                look(&Archive::open(&kept).unwrap(), &mut 0, taken);
                assert!(check(&place.index()).unwrap().damage.is_empty());
                std::fs::remove_dir_all(kept).unwrap();
                taken += 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        });
        let _end = End(over);
        for generation in 1.. {
            if enough() {
                break;
            }
            write(&mut writer, generation);
            generations.store(generation, Ordering::Release);
            if generation % 7 == 0 {
                writer.merge().unwrap();
            }
        }
    });
    writer.finish().unwrap();
    let generations = generations.load(Ordering::Acquire);
    println!("{} snapshots of {generations} generations", seen.load(Ordering::Acquire));
    look(&place.archive(), &mut { generations }, 0);
    assert!(check(&place.index()).unwrap().damage.is_empty());
}
