//! What watches cost, and whether they find what searches find.
//!
//! Draws watches from a corpus with a fixed seed: words, phrases, names, slots, ranges, nearness, wildcards as they stand in it. Indexes the corpus
//! without them and with them, and says what processor time either took; holds all matches against a search of each watch.
//!
//! ```sh
//! cargo run --release --example watch_a_corpus -- corpus/jsonl 1000 10000
//! ```

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use cpu_time::ProcessTime;
use dateline::article::{Kind, Mention, Reading, TextField};
use dateline::backend::{Group, PageRequest};
use dateline::index::Stored;
use dateline::index::outbox::{self, BatchReader, Matched};
use dateline::ingest::{IngestOptions, Progress, ingest};
use dateline::search::{Archive, SearchRequest};
use dateline::snippet::SnippetOptions;
use dateline::text::{fold, tokens};
use dateline::watch::{Watch, WatchList, Watches};

/// How many differences are shown.
const SHOWN: usize = 40;

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 16).unwrap() % bound.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let at = self.below(of.len());
        of.get(at)
    }
}

fn plain(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()) && !["and", "not"].contains(&word)
}

/// The words of an article's body in order; those that no query may hold as they are, empty.
fn words(stored: &Stored) -> Vec<String> {
    let body = &stored.article.body;
    tokens(body)
        .map(|token| fold(token.span.of(body)))
        .map(|w| if plain(&w) { w } else { String::new() })
        .collect()
}

fn name(mention: &Mention) -> Option<String> {
    let Reading::Entity(key) = &mention.reading else { return None };
    let plain = key.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
    plain.then(|| match mention.kind {
        Kind::Country => format!("country:{key}"),
        kind => format!("{}:\"{key}\"", kind.name()),
    })
}

/// A query that an article gives an idea for.
fn query(draw: &mut Draw, stored: &Stored) -> Option<String> {
    let words = words(stored);
    let row = |draw: &mut Draw, n: usize| -> Option<String> {
        let from = draw.below(words.len());
        let row = words.get(from..from + n)?;
        row.iter().all(|w| !w.is_empty()).then(|| row.join(" "))
    };
    let word = |draw: &mut Draw| draw.one(&words).filter(|w| !w.is_empty()).cloned();
    let rare = |draw: &mut Draw| word(draw).filter(|w| !dateline::text::is_common(w));
    let named = |draw: &mut Draw| draw.one(&stored.mentions).and_then(name);
    Some(match draw.below(100) {
        0..14 => rare(draw)?,
        14..30 => format!("{} {}", word(draw)?, rare(draw)?),
        30..48 => {
            let n = 2 + draw.below(3);
            format!("\"{}\"", row(draw, n)?)
        }
        48..54 => format!("\"{}\" OR \"{}\" OR {}", row(draw, 2)?, row(draw, 3)?, rare(draw)?),
        54..64 => named(draw)?,
        64..72 => format!("{} {}", named(draw)?, word(draw)?),
        72..77 => format!("{} W/{} {}", word(draw)?, 1 + draw.below(12), word(draw)?),
        77..79 => format!("{} W/S {}", named(draw)?, word(draw)?),
        79..84 => {
            // A mention of the body and the word behind it.
            let m = draw.one(&stored.mentions).filter(|m| m.field == TextField::Body)?;
            let behind = stored.article.body.get(m.span.end as usize..)?;
            let next = tokens(behind).next().map(|t| fold(t.span.of(behind))).filter(|w| plain(w))?;
            format!("\"{{{}}} {next}\"", m.kind.name())
        }
        84..89 => {
            let of = |m: &&Mention| m.kind == Kind::Number && m.quantity().is_some();
            let numbers: Vec<&Mention> = stored.mentions.iter().filter(of).collect();
            let value = draw.one(&numbers)?.quantity()?.lo.abs().floor();
            format!("number:[{} TO {}] {}", (value * 0.8).floor(), (value * 1.2).ceil(), named(draw)?)
        }
        89..91 => format!("number:[{} TO {}]", 1000 + draw.below(5000), 6000 + draw.below(9000)),
        91..94 => format!("{}* {}", word(draw)?.get(..3)?, rare(draw)?),
        94..95 => format!("{}~1", rare(draw).filter(|w| w.len() > 5)?),
        95..97 => format!("{} NOT {}", rare(draw)?, word(draw)?),
        97..98 => format!("title:{} OR lead:{}", rare(draw)?, rare(draw)?),
        98..99 => format!("ATLEAST3({})", rare(draw)?),
        _ => format!("published:[2020-01-01 TO 2030-01-01] {}", rare(draw)?),
    })
}

fn indexed(path: &Path, corpus: &Path, with: bool) -> (Progress, f64, f64) {
    let (inputs, _) = dateline::read::inputs(&[corpus.to_owned()]);
    let (clock, processor) = (Instant::now(), ProcessTime::now());
    let progress =
        ingest(path, &inputs, &IngestOptions { watch: with, ..IngestOptions::default() }, &mut ()).unwrap();
    (progress, clock.elapsed().as_secs_f64(), processor.elapsed().as_secs_f64())
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let corpus: PathBuf = arguments.next().expect("a corpus").into();
    let counts: Vec<usize> = arguments.map(|n| n.parse().unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let bare = folder.path().join("bare");
    let (progress, seconds, cpu) = indexed(&bare, &corpus, false);
    println!("{} articles, no watches: {seconds:.1} s, {cpu:.1} s of processor time", progress.articles);

    let archive = Archive::open(&bare).unwrap();
    let mut draw = Draw(1);
    let every: Vec<Stored> = archive
        .stream(
            "*",
            &SearchRequest {
                page: PageRequest { group: Group::None, ..PageRequest::default() },
                ..SearchRequest::default()
            },
        )
        .unwrap()
        .map(|hit| {
            let hit = hit.unwrap();
            Stored { article: hit.article, mentions: hit.mentions, ..Stored::default() }
        })
        .collect();
    for count in counts {
        let index = folder.path().join(format!("with-{count}"));
        WatchList::change(&index, |list| {
            let mut made = 0;
            while made < count {
                let Some(query) = draw.one(&every).and_then(|stored| query(&mut draw, stored)) else {
                    continue;
                };
                made += usize::from(list.add(Watch { name: format!("w{made:05}"), query }, false).is_ok());
            }
            Ok(())
        })
        .unwrap();
        let list = WatchList::read(&index).unwrap();
        let clock = Instant::now();
        let ready = Watches::new(&list, None);
        let ready = format!(
            "{:.2} s to make ready, {} always asked",
            clock.elapsed().as_secs_f64(),
            ready.always_asked()
        );
        let (progress, seconds, with) = indexed(&index, &corpus, true);
        let each = 1e6 * (with - cpu) / progress.articles as f64;
        println!(
            "{count} watches: {seconds:.1} s, {with:.1} s of processor time (+{:.0} %, {each:.0} us an article); asked in {:.1} s of all threads; {ready}; {} matches",
            100.0 * (with / cpu - 1.0),
            progress.spent.watch.as_secs_f64(),
            progress.matches,
        );
        compare(&index, &list);
    }
}

/// Holds what was matched against a search of each watch.
fn compare(index: &Path, list: &WatchList) {
    let clock = Instant::now();
    let (mut matched, mut twice) = (BTreeMap::<String, BTreeSet<String>>::new(), 0);
    for number in outbox::batches(index) {
        let mut batch = BatchReader::open(index, number).unwrap().unwrap();
        while let Some(Matched { watches, stored }) = batch.next_article().unwrap() {
            for number in watches {
                let (name, _) = &batch.table.watches[number as usize];
                let ids = matched.entry(name.clone()).or_default();
                twice += usize::from(!ids.insert(stored.article.id.clone()));
            }
        }
    }
    println!("  matches read in {:.1} s, {twice} of them twice", clock.elapsed().as_secs_f64());
    let archive = Archive::open(index).unwrap();
    let clock = Instant::now();
    let snippets = SnippetOptions { marks: false, ..SnippetOptions::default() };
    let page = PageRequest { group: Group::None, snippets, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let (mut same, mut refused, mut shown) = (0, 0, 0);
    let (mut only_matched, mut only_found) = (0, 0);
    for Watch { name, query } in list.iter() {
        let hits = match archive.stream(&query, &request) {
            Ok(hits) => hits,
            Err(error) => {
                println!("  {query}: {error}");
                refused += 1;
                continue;
            }
        };
        let found: BTreeSet<String> = hits.map(|hit| hit.unwrap().article.id).collect();
        let matched = matched.remove(&name).unwrap_or_default();
        same += found.intersection(&matched).count();
        only_found += found.difference(&matched).count();
        only_matched += matched.difference(&found).count();
        for id in found.symmetric_difference(&matched).take(usize::from(shown < SHOWN)) {
            shown += 1;
            println!("  {} {query}: {id}", if found.contains(id) { "only found" } else { "only matched" });
        }
    }
    println!(
        "  searches find the same {same} in {:.1} s; {only_matched} only matched, {only_found} only found, {refused} searches refused",
        clock.elapsed().as_secs_f64(),
    );
}
