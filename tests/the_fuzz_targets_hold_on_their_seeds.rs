//! What the fuzz targets hold true of every input is true of their seeds, and of every beginning and end of them.

#[path = "../fuzz/targets/query.rs"]
mod query;

const SEEDS: &str = include_str!("../fuzz/seeds/query.txt");

#[test]
fn every_seed_is_read_printed_planned_and_matched() {
    for seed in SEEDS.lines().map(str::as_bytes) {
        for cut in 0..=seed.len() {
            let (begin, end) = seed.split_at(cut); // characters that are cut in two as well
            query::holds(begin);
            query::holds(end);
        }
    }
}

#[test]
fn every_seed_holds_beside_every_other() {
    for one in SEEDS.lines() {
        for other in SEEDS.lines().step_by(3) {
            query::holds(format!("({one}) W/5 {other}").as_bytes());
        }
    }
}
