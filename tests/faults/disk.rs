//! A disk that is full: a run ends by itself and says so, the commit before stands, and once there is room the same command succeeds.
//!
//! The disk is a file system in memory, mounted in a namespace of its own: this program is started again in one, and where the system
//! allows none, that is said and nothing is tried. Each trial takes another size, from one that holds nothing to one that holds all.

mod copies;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::corpus::{self, Operation, Random, article, line, operation};
use super::model::{damage, dump, held};
use super::process::{Watched, program, this};

/// The longest that a run may take to end.
const LIMIT: Duration = Duration::from_secs(10);
/// The size of the disk where there is room, in KiB.
const ROOM: u64 = 256 << 10;

#[test]
fn on_a_full_disk_a_run_ends_and_goes_on_once_there_is_room() {
    apart("disk::runs_on_a_small_disk");
}

#[test]
fn on_a_full_disk_nothing_half_made_stays() {
    apart("disk::copies::copies_on_a_small_disk");
}

/// Starts a test of this program again where it may mount.
fn apart(test: &str) {
    let allowed = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !allowed.is_ok_and(|tried| tried.status.success()) {
        println!("skipped: file systems cannot be mounted in a namespace (unshare -rm)");
        return;
    }
    let (program, mut command) = (std::env::current_exe().unwrap(), Command::new("unshare"));
    command.arg("-rm").arg(program).args([test, "--exact", "--nocapture", "--test-threads=1"]);
    assert!(command.env("FAULTS_MAY_MOUNT", "1").status().unwrap().success());
}

/// Whether this is the process that may mount.
fn may_mount() -> bool {
    std::env::var_os("FAULTS_MAY_MOUNT").is_some()
}

/// A disk of a size that can be changed; taken away when dropped.
struct Disk(PathBuf);

impl Disk {
    fn new(at: &Path, kilobytes: u64) -> Self {
        std::fs::create_dir_all(at).unwrap();
        mount(&["-t", "tmpfs", "-o", &format!("size={}k", kilobytes.max(4)), "none"], at);
        Self(at.to_owned())
    }

    fn resize(&self, kilobytes: u64) {
        mount(&["-o", &format!("remount,size={}k", kilobytes.max(4))], &self.0);
    }

    /// KiB in use.
    fn used(&self) -> u64 {
        let said = Command::new("df").args(["-k", "--output=used"]).arg(&self.0).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        said.lines().nth(1).unwrap().trim().parse().unwrap()
    }

    /// Leaves so much room beside what is there.
    fn leave(&self, kilobytes: u64) {
        self.resize(self.used() + kilobytes);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status(); // it goes with the namespace
    }
}

fn mount(args: &[&str], at: &Path) {
    let mounted = Command::new("mount").args(args).arg(at).output().unwrap();
    assert!(mounted.status.success(), "{}", String::from_utf8_lossy(&mounted.stderr));
}

/// What a run of the program came to.
struct Ran {
    code: Option<i32>,
    said: String,
}

impl Ran {
    /// Runs the program on an index, for no longer than it may.
    fn of(index: &Path, args: &[&str]) -> Result<Self, String> {
        let ended = Watched::errors(program(index).args(args)).end(LIMIT);
        let (said, status) = ended.map_err(|why| format!("{} took too long: {why:?}", args.join(" ")))?;
        Ok(Self { code: status.code(), said: said.join(" | ") })
    }

    /// Whether it succeeded; if not, it must have said that the disk is full, and which directory or file is meant.
    fn fitted(&self, place: &Path) -> Result<bool, String> {
        if self.code == Some(0) {
            return Ok(true);
        }
        let named =
            self.said.contains("No space left on device") && self.said.contains(place.to_str().unwrap());
        if self.code == Some(2) && named {
            Ok(false)
        } else {
            Err(format!("exit {:?}: {}", self.code, self.said))
        }
    }
}

/// Counts of a number of trials.
#[derive(Default)]
struct Counts {
    trials: usize,
    full: usize,
    slowest: Duration,
    bad: Vec<String>,
}

impl Counts {
    /// Makes trials, each with the room of its number, between none and `most` KiB.
    fn spread(&mut self, trials: usize, most: u64, mut trial: impl FnMut(u64) -> Result<bool, String>) {
        for number in 0..trials {
            // Closer together where little fits.
            let (number, last) = (number as u64, trials.max(2) as u64 - 1);
            let room = most * number * number / (last * last);
            let begun = Instant::now();
            self.trials += 1;
            match trial(room) {
                Ok(fitted) => self.full += usize::from(!fitted),
                Err(what) => self.bad.push(format!("room for {room} KiB: {what}")),
            }
            self.slowest = self.slowest.max(begun.elapsed());
        }
    }

    fn print(&self, what: &str) {
        self.bad.iter().for_each(|bad| println!("bad: {what}: {bad}"));
        println!(
            "{what}: {} sizes, {} of them too small; the slowest with all that followed took {:.1} s; {} bad",
            self.trials,
            self.full,
            self.slowest.as_secs_f64(),
            self.bad.len()
        );
    }
}

/// Articles of a first run and of a second, each in a file.
const FIRST: u64 = 200;
const ALL: u64 = 700;

#[test]
fn runs_on_a_small_disk() {
    if !may_mount() {
        return;
    }
    let (trials, seed) = (corpus::trials(4), corpus::seed());
    println!("seed {seed}");
    let folder = corpus::folder();
    let files = ["first.jsonl", "second.jsonl"].map(|name| folder.path().join(name));
    std::fs::write(&files[0], lines(seed, 0, FIRST)).unwrap();
    std::fs::write(&files[1], lines(seed, FIRST, ALL)).unwrap();
    let place = Place { disk: folder.path().join("disk"), files };
    let (with, without) = (place.whole(true), place.whole(false));
    let mut counts = Counts::default();
    counts.spread(trials.div_ceil(2), without.1 * 5, |room| place.indexed(room, false, &without.0));
    counts.spread(trials / 2, with.1 * 5, |room| place.indexed(room, true, &with.0));
    counts.print("disk full, index");
    let mut library = Counts::default();
    library.spread(trials.div_ceil(2), 3 << 10, |room| place.written(room, seed));
    library.print("disk full, library");
    assert!(counts.bad.is_empty() && library.bad.is_empty());
}

fn lines(seed: u64, from: u64, until: u64) -> String {
    let lines = (from..until).map(|number| match operation(seed, number, false) {
        Operation::Put { id, version } => line(&article(seed, &id, version)),
        Operation::Delete { .. } => unreachable!(),
    });
    lines.collect()
}

struct Place {
    disk: PathBuf,
    files: [PathBuf; 2],
}

type Dump = Vec<(String, String)>;

impl Place {
    fn index(&self) -> PathBuf {
        self.disk.join("index")
    }

    fn run(&self, file: usize) -> Result<Ran, String> {
        Ran::of(
            &self.index(),
            &["index", "--threads", "2", "--memory", "15", self.files[file].to_str().unwrap()],
        )
    }

    /// What the index holds after the second run, and how many KiB that one needs, where there is room.
    fn whole(&self, first: bool) -> (Dump, u64) {
        let disk = Disk::new(&self.disk, ROOM);
        assert!(!first || self.run(0).unwrap().code == Some(0));
        let before = disk.used();
        assert_eq!(self.run(1).unwrap().code, Some(0));
        (dump(&self.index()).unwrap(), disk.used() - before)
    }

    /// Indexes the second file with so much room, and again with enough.
    fn indexed(&self, room: u64, first: bool, whole: &Dump) -> Result<bool, String> {
        let disk = Disk::new(&self.disk, if first { ROOM } else { room });
        let index = self.index();
        let mut before = Vec::new();
        if first {
            assert_eq!(self.run(0)?.code, Some(0));
            before = dump(&index)?;
            disk.leave(room);
        }
        let ran = self.run(1)?;
        let fitted = ran.fitted(&index)?;
        if !fitted {
            if !ran.said.contains("committed") {
                return Err(format!("it does not say what is committed: {}", ran.said));
            }
            if index.join("manifest.json").exists() {
                if let Some(damage) = damage(&index) {
                    return Err(format!("check: {damage}"));
                }
                // A commit may have been all but finished.
                let now = dump(&index)?;
                if now != before && now != *whole {
                    return Err("the commit before does not stand".to_owned());
                }
            } else if first {
                return Err("there is no index any more".to_owned());
            }
            disk.resize(ROOM);
            let again = self.run(1)?;
            if again.code != Some(0) {
                return Err(format!("with room: {}", again.said));
            }
        }
        if let Some(damage) = damage(&index) {
            return Err(format!("check, with room: {damage}"));
        }
        if dump(&index)? == *whole { Ok(fitted) } else { Err("it is not the same as with room".to_owned()) }
    }

    /// A writer that commits now and then, in a process of its own, and then another that has room.
    fn written(&self, room: u64, seed: u64) -> Result<bool, String> {
        const OPERATIONS: u64 = 150;
        let (disk, index) = (Disk::new(&self.disk, room), self.index());
        let mut stands = (0, 0);
        let write = |from: u64, stands: &mut (u64, u64)| -> Result<bool, String> {
            let mut command = this("kill::writes_until_it_is_killed");
            command.env("FAULTS_WRITE", &index).env("FAULTS_SEED", seed.to_string());
            command.env("FAULTS_FROM", from.to_string()).env("FAULTS_UNTIL", OPERATIONS.to_string());
            let ended = Watched::this(&mut command).end(LIMIT * 3);
            let (said, _) = ended.map_err(|why| format!("writing from {from}: {why:?}"))?;
            for line in &said {
                let (what, number) = line.split_once(' ').unwrap_or((line, ""));
                match (what, number.parse()) {
                    ("done", Ok(number)) => *stands = (number, number),
                    ("commit" | "merge" | "close", Ok(number)) => stands.1 = number,
                    ("failed", _) if line.contains("No space left on device") => return Ok(false),
                    ("failed", _) => return Err(line.clone()),
                    _ => {}
                }
            }
            if stands.0 == OPERATIONS { Ok(true) } else { Err("it ended without a word".to_owned()) }
        };
        let fitted = write(0, &mut stands)?;
        let mut done = OPERATIONS;
        if !fitted {
            done = super::kill::stands(&index, seed, 0, &stands.into())?;
        }
        disk.resize(ROOM);
        if done < OPERATIONS && !write(done, &mut stands)? {
            return Err("with room: it is full".to_owned());
        }
        let expected = super::model::after(seed, OPERATIONS, true);
        match super::model::difference(&held(&index)?, &expected) {
            None => Ok(fitted),
            Some(what) => Err(what),
        }
    }
}

/// A random number of articles, taken out of those of a file.
fn some_ids(seed: u64) -> Vec<String> {
    let mut random = Random::new(seed, 77);
    let put = |number| match operation(seed, number, false) {
        Operation::Put { id, .. } | Operation::Delete { id } => id,
    };
    (0..40).map(|_| put(random.below(100) as u64)).collect()
}
