//! What the fuzz targets hold true of every input is true of their seeds, of beginnings and ends of them, and of seeds that
//! are mixed and spoilt at random: `FUZZ_RUNS=10000000 cargo test --release --features fuzzing,parquet --test
//! the_fuzz_targets_hold_on_their_seeds made_up` makes so many up for each target (in CI a few hundred), the same ones each time.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/targets/mod.rs"]
mod targets;

use targets::{TARGETS, Target};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The target of this name.
fn target(name: &str) -> Target {
    *TARGETS.iter().find(|target| target.name == name).unwrap()
}

/// The seeds of a target: the lines of its list, and the files of its folder.
fn seeds(target: Target) -> Vec<Vec<u8>> {
    let list = fs::read(fuzz().join(format!("seeds/{}.txt", target.name))).unwrap_or_default();
    let lines = list.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec);
    let files = fs::read_dir(fuzz().join("seeds").join(target.name)).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
    files.sort();
    lines.chain(files.iter().map(|file| fs::read(file).unwrap())).collect()
}

/// The words of a target's dictionary.
fn words(target: Target) -> Vec<Vec<u8>> {
    let list = fs::read_to_string(fuzz().join(format!("{}.dict", target.name))).unwrap();
    let quoted = list.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

/// A word of a dictionary without its escapes: `\"`, `\\` and `\x` with two digits.
fn unescaped(word: &str) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = word.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, after) {
            (b'\\', [b'x', high, low, behind @ ..]) => {
                let digits = [*high, *low];
                plain.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = behind;
            }
            (b'\\', [escaped, behind @ ..]) => {
                plain.push(*escaped);
                rest = behind;
            }
            _ => plain.push(*byte),
        }
    }
    plain
}

#[test]
fn every_target_is_in_the_table_and_has_seeds_and_a_dictionary() {
    let files = fs::read_dir(fuzz().join("targets")).unwrap().flatten().map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let mut names: Vec<String> =
        files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.retain(|name| name != "mod");
    names.sort();
    let table: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(table, names, "the table of fuzz/targets/mod.rs, in order, and the files beside it");
    for target in TARGETS {
        assert!(seeds(*target).len() >= 3, "{} has too few seeds", target.name);
        assert!(words(*target).len() >= 5, "{} has too small a dictionary", target.name);
    }
    let seeded = fs::read_dir(fuzz().join("seeds")).unwrap().flatten().map(|entry| entry.path());
    for path in seeded {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(table.contains(&name), "{} are the seeds of no target", path.display());
    }
}

#[test]
fn seeds_are_small() {
    let bytes: usize = TARGETS.iter().flat_map(|target| seeds(*target)).map(|seed| seed.len()).sum();
    assert!(bytes < 200_000, "{bytes} bytes of seeds");
}

#[test]
fn every_seed_holds_and_so_do_its_beginnings_and_ends() {
    for target in TARGETS {
        for seed in seeds(*target) {
            // Of short ones all, of others about twenty, in the midst of characters as well.
            for cut in (0..=seed.len()).step_by(1 + seed.len() / 20) {
                let (begin, end) = seed.split_at(cut);
                (target.holds)(begin);
                (target.holds)(end);
            }
            (target.holds)(&seed);
        }
    }
}

#[test]
fn every_query_holds_cut_anywhere_and_beside_every_other() {
    let query = target("query");
    let seeds = seeds(query);
    for seed in &seeds {
        for cut in 0..=seed.len() {
            let (begin, end) = seed.split_at(cut);
            (query.holds)(begin);
            (query.holds)(end);
        }
        for other in seeds.iter().step_by(3) {
            (query.holds)(&[b"(", &seed[..], b") W/5 ", other].concat());
        }
    }
}

#[test]
fn articles_hold_beside_each_other() {
    let extract = target("extract");
    let seeds = seeds(extract);
    for seed in &seeds {
        for other in &seeds {
            (extract.holds)(&[&seed[..], other].concat());
            let one_line = String::from_utf8_lossy(other).replace('|', " ");
            (extract.holds)(&[&seed[..], b" ", one_line.as_bytes(), b"|", other].concat());
        }
    }
}

#[test]
fn every_file_is_read_as_one_of_every_format() {
    let read = target("read");
    for name in ["read", "jsonl", "ninjs", "html", "warc", "feed", "newsml", "parquet"] {
        for seed in seeds(target(name)) {
            let file = if name == "read" { &seed[1..] } else { &seed[..] };
            for letter in "abcdefghijk-".bytes() {
                (read.holds)(&[&[letter], file].concat());
            }
        }
    }
}

/// Inputs made of seeds and of words of a dictionary: cut, joined, repeated, with bytes changed.
struct Maker {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    state: u64,
}

impl Maker {
    fn new(target: Target) -> Self {
        let state = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1_u64);
        let state = state.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        Self { seeds: seeds(target), words: words(target), state }
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
        let mut made = self.seeds[seed].clone();
        for _ in 0..=self.below(6) {
            let (at, other) = (self.below(made.len() + 1), self.below(made.len() + 1));
            let range = at.min(other)..at.max(other);
            match self.below(7) {
                0 => drop(made.drain(range)),
                1 if made.len() < 600 => made.extend_from_within(range),
                2 => {
                    let from = self.below(self.seeds.len());
                    let cut = self.below(self.seeds[from].len() + 1);
                    made.truncate(at);
                    made.extend_from_slice(&self.seeds[from][cut..]);
                }
                3 if !made.is_empty() => {
                    let (at, byte) = (self.below(made.len()), self.below(256));
                    made[at] = u8::try_from(byte).unwrap_or(0);
                }
                4 => made[range].make_ascii_uppercase(),
                5 => made.truncate(at),
                _ => {
                    let word = self.below(self.words.len());
                    let word = self.words[word].clone();
                    made.splice(at..at, word);
                }
            }
        }
        made.truncate(4096);
        made
    }
}

#[test]
fn made_up_inputs_hold() {
    let runs = std::env::var("FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(300);
    for target in TARGETS {
        let mut maker = Maker::new(*target);
        for run in 0..runs {
            let made = maker.make();
            let held = std::panic::catch_unwind(|| (target.holds)(&made));
            assert!(held.is_ok(), "{} does not hold of input {run}: {}", target.name, made.escape_ascii());
        }
    }
}
