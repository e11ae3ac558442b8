//! What the fuzz targets hold true of every input is true of their seeds, and of every beginning and end of them.

#[path = "../fuzz/targets/extract.rs"]
mod extract;
#[path = "../fuzz/targets/query.rs"]
mod query;
#[path = "../fuzz/targets/read.rs"]
mod read;

const QUERIES: &str = include_str!("../fuzz/seeds/query.txt");
const ARTICLES: &str = include_str!("../fuzz/seeds/extract.txt");
const FILES: &str = include_str!("../fuzz/seeds/read.txt");

/// Each line cut in two at every `step`th byte, in the midst of characters as well.
fn halves(seeds: &'static str, step: usize) -> impl Iterator<Item = (&'static [u8], &'static [u8])> {
    let lines = seeds.lines().map(str::as_bytes);
    lines.flat_map(move |seed| (0..=seed.len()).step_by(step).map(|cut| seed.split_at(cut)))
}

#[test]
fn every_seed_is_read_printed_planned_and_matched() {
    for (begin, end) in halves(QUERIES, 1) {
        query::holds(begin);
        query::holds(end);
    }
}

#[test]
fn every_seed_holds_beside_every_other() {
    for one in QUERIES.lines() {
        for other in QUERIES.lines().step_by(3) {
            query::holds(format!("({one}) W/5 {other}").as_bytes());
        }
    }
}

#[test]
fn what_is_found_in_every_seed_has_its_place() {
    for (begin, end) in halves(ARTICLES, 3) {
        extract::holds(begin);
        extract::holds(end);
    }
}

#[test]
fn what_is_found_in_seeds_set_together_has_its_place() {
    for one in ARTICLES.lines() {
        for other in ARTICLES.lines() {
            extract::holds(format!("{one}{other}").as_bytes());
            extract::holds(format!("{one} {}|{other}", other.replace('|', " ")).as_bytes());
        }
    }
}

#[test]
fn every_seed_is_read_as_a_file_of_every_format() {
    for (begin, end) in halves(FILES, 7) {
        read::holds(begin);
        read::holds(end);
    }
    for seed in FILES.lines() {
        for letter in "abcdefghij-".bytes() {
            let mut other = seed.as_bytes().to_vec();
            other[0] = letter;
            read::holds(&other);
        }
    }
}
