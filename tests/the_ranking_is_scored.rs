//! `cargo xtask score ranking` on the sample corpus: every score is a share, and headlines find their articles.

#![allow(clippy::unwrap_used, dead_code, reason = "tests; the program uses what they do not")]

use std::path::Path;

#[path = "../benches/score/ranking/mod.rs"]
mod ranking;

#[test]
fn headlines_find_their_articles_in_the_sample_corpus() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/jsonl");
    let options = ranking::Options { queries: 10, seed: 1 };
    let tables = ranking::run(&[sample], &options).unwrap();
    assert_eq!(tables.len(), 2, "with titles and without");
    for table in &tables {
        assert!(table.rows.len() >= 4, "{table}");
        for score in table.rows.iter().flat_map(|row| row.scores).flatten() {
            for share in [score.reciprocal_rank, score.success, score.average_precision] {
                assert!((0.0..=1.0).contains(&share), "{table}");
            }
        }
        assert!(table.rows.iter().all(|row| !row.name.is_empty()));
    }
    for row in &tables[0].rows {
        assert!(row.scores[0][0].reciprocal_rank > 0.9, "{}: {row:?}", tables[0]);
    }
}

#[test]
fn the_same_seed_gives_the_same_table() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/jsonl/");
    let options = ranking::Options { queries: 5, seed: 9 };
    let [first, second] =
        [0, 1].map(|_| ranking::run(std::slice::from_ref(&sample), &options).unwrap()[0].to_string());
    assert_eq!(first, second);
}
