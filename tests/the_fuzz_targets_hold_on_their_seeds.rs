//! What the fuzz targets hold true of every input is true of their seeds, of every beginning and end of them, and of seeds that
//! are mixed and spoilt at random: `FUZZ_RUNS=10000000 cargo test --release --test the_fuzz_targets_hold_on_their_seeds made_up`
//! makes so many up for each target (in CI a thousand), the same ones each time.

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

/// Inputs made of seeds and of words of a dictionary: cut, joined, repeated, with bytes changed.
struct Maker {
    seeds: Vec<&'static [u8]>,
    words: Vec<Vec<u8>>,
    state: u64,
}

impl Maker {
    fn new(seeds: &'static str, dictionary: &str) -> Self {
        let words = dictionary.lines().filter_map(|line| {
            let (_, quoted) = line.split_once('"')?;
            Some(quoted.trim_end_matches('"').replace("\\\"", "\"").into_bytes())
        });
        let state = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1_u64);
        Self {
            seeds: seeds.lines().map(str::as_bytes).collect(),
            words: words.collect(),
            state: state.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 11).unwrap_or(0) % end.max(1)
    }

    /// The next input, of at most a thousand bytes or so.
    fn make(&mut self) -> Vec<u8> {
        let seed = self.below(self.seeds.len());
        let mut made = self.seeds[seed].to_vec();
        for _ in 0..=self.below(6) {
            let (at, other) = (self.below(made.len() + 1), self.below(made.len() + 1));
            let range = at.min(other)..at.max(other);
            match self.below(7) {
                0 => drop(made.drain(range)),
                1 if made.len() < 600 => made.extend_from_within(range),
                2 => {
                    let from = self.below(self.seeds.len());
                    let (seed, cut) = (self.seeds[from], self.below(self.seeds[from].len() + 1));
                    made.truncate(at);
                    made.extend_from_slice(&seed[cut..]);
                }
                3 if !made.is_empty() => {
                    let (at, byte) = (self.below(made.len()), self.below(256));
                    made[at] = u8::try_from(byte).unwrap_or(0);
                }
                4 => made[range].make_ascii_uppercase(),
                5 => made.truncate(at),
                _ => {
                    let word = self.below(self.words.len());
                    let word = self.words.get(word).cloned().unwrap_or_default();
                    made.splice(at..at, word);
                }
            }
        }
        made.truncate(1000);
        made
    }
}

fn make_up(seeds: &'static str, dictionary: &str, holds: fn(&[u8])) {
    let runs = std::env::var("FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(1000);
    let mut maker = Maker::new(seeds, dictionary);
    for run in 0..runs {
        let made = maker.make();
        let held = std::panic::catch_unwind(|| holds(&made));
        assert!(held.is_ok(), "input {run} does not hold: {:?}", String::from_utf8_lossy(&made));
    }
}

#[test]
fn made_up_queries_hold() {
    make_up(QUERIES, include_str!("../fuzz/query.dict"), query::holds);
}

#[test]
fn made_up_articles_hold() {
    make_up(ARTICLES, include_str!("../fuzz/extract.dict"), extract::holds);
}

#[test]
fn made_up_files_hold() {
    make_up(FILES, include_str!("../fuzz/read.dict"), read::holds);
}
