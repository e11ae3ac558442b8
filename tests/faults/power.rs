//! The power fails: of what was written, only that is sure to be there which was made durable, names and bytes; of the rest, any part may be.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dateline::index::faults::{Fault, Faults, Op, watch};

use crate::corpus::{Random, folder, seed, trials};
use crate::script::{Come, SCRIPT};
use crate::watching::{self, Kept, World};

/// A file, kept by a name of its own; how many of its bytes are durable.
#[derive(Debug, Clone)]
struct Inode {
    kept: PathBuf,
    durable: u64,
}

/// A change of a name that is not durable yet.
#[derive(Debug, Clone)]
enum Change {
    Make(PathBuf, usize),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

impl Change {
    fn directory(&self) -> &Path {
        let (Self::Make(path, _) | Self::Rename(_, path) | Self::Remove(path)) = self;
        path.parent().unwrap()
    }
}

type Names = BTreeMap<PathBuf, usize>;

/// What a disk knows of the files of an index, and what of that is durable.
#[derive(Debug)]
struct Disk<T> {
    inodes: Vec<Inode>,
    /// Names as processes see them.
    seen: Names,
    durable: Names,
    changes: Vec<Change>,
    operations: u64,
    /// States of the disk at moments when the power failed: the folder, and how far the run had come.
    cuts: Vec<(PathBuf, T)>,
}

impl<T> Default for Disk<T> {
    fn default() -> Self {
        let (seen, durable) = (Names::new(), Names::new());
        Self { inodes: Vec::new(), seen, durable, changes: Vec::new(), operations: 0, cuts: Vec::new() }
    }
}

/// Watches an index, and keeps states of the disk.
struct Power<T> {
    index: PathBuf,
    /// A folder on the same disk.
    keep: PathBuf,
    /// The power fails before every so many operations, from one on.
    every: u64,
    first: u64,
    /// How far the run has come.
    come: Box<dyn Fn() -> T + Send + Sync>,
    random: Mutex<Random>,
    disk: Mutex<Disk<T>>,
}

impl<T> Power<T> {
    /// Of the run of a number, over an index beside a folder where states of the disk are kept.
    fn new(root: &Path, run: u64, come: impl Fn() -> T + Send + Sync + 'static) -> Arc<Self> {
        let (index, keep) = (root.join("index"), root.join("kept"));
        fs::create_dir(&index).unwrap();
        fs::create_dir(&keep).unwrap();
        Arc::new(Self {
            index,
            keep,
            every: 29,
            first: run % 29,
            come: Box::new(come),
            random: Mutex::new(Random::new(seed(), run)),
            disk: Mutex::default(),
        })
    }

    fn random(&self, below: u64) -> u64 {
        self.random.lock().unwrap().next() % below.max(1)
    }

    /// Makes the index of what is left: the names and bytes that are durable, and some part of the rest.
    fn cut(&self, disk: &mut Disk<T>) {
        let mut names = disk.durable.clone();
        // File systems keep the order of changes to names, or some part of them; both happen.
        let (ordered, until) = (self.random(2) == 0, self.random(disk.changes.len() as u64 + 1));
        for (change, number) in disk.changes.iter().zip(0..) {
            if if ordered { number < until } else { self.random(2) == 0 } {
                apply(&mut names, change);
            }
        }
        let folder = self.keep.join(format!("cut-{}", disk.cuts.len()));
        for (name, inode) in names {
            let Inode { kept, durable } = &disk.inodes[inode];
            let bytes = fs::read(kept).unwrap();
            let more = self.random((bytes.len() as u64).saturating_sub(*durable) + 1);
            let to = folder.join(name.strip_prefix(&self.index).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, &bytes[..usize::try_from(durable + more).unwrap().min(bytes.len())]).unwrap();
        }
        fs::create_dir_all(folder.join("segments")).unwrap();
        disk.cuts.push((folder, (self.come)()));
    }
}

fn apply(names: &mut Names, change: &Change) {
    match change {
        Change::Make(path, inode) => drop(names.insert(path.clone(), *inode)),
        Change::Remove(path) => drop(names.remove(path)),
        Change::Rename(from, to) => {
            // Where its making was not kept, it never was there.
            if let Some(inode) = names.remove(from) {
                names.insert(to.clone(), inode);
            }
        }
    }
}

impl<T: Send> Faults for Power<T> {
    fn before(&self, _: Op, _: &Path) -> Fault {
        let mut disk = self.disk.lock().unwrap();
        let number = disk.operations;
        disk.operations += 1;
        if number % self.every == self.first {
            self.cut(&mut disk);
        }
        Fault::None
    }

    fn done(&self, op: Op, path: &Path) {
        let mut disk = self.disk.lock().unwrap();
        let disk = &mut *disk;
        let change = match op {
            Op::Create if path.is_dir() => return, // without a name
            Op::Create => {
                let kept = self.keep.join(format!("file-{}", disk.inodes.len()));
                fs::hard_link(path, &kept).unwrap();
                disk.inodes.push(Inode { kept, durable: 0 });
                Change::Make(path.to_owned(), disk.inodes.len() - 1)
            }
            Op::Sync => {
                let inode = &mut disk.inodes[disk.seen[path]];
                inode.durable = File::open(&inode.kept).unwrap().metadata().unwrap().len();
                return;
            }
            Op::Rename => {
                let name = path.file_name().unwrap().to_str().unwrap();
                Change::Rename(path.with_file_name(format!(".{name}.tmp")), path.to_owned())
            }
            Op::Remove => Change::Remove(path.to_owned()),
            Op::SyncDirectory => {
                let (done, rest) = disk.changes.drain(..).partition(|change| change.directory() == path);
                disk.changes = rest;
                let done: Vec<Change> = done;
                for change in &done {
                    apply(&mut disk.durable, change);
                }
                return;
            }
            Op::Open | Op::Read | Op::Write | Op::Lock => return,
        };
        apply(&mut disk.seen, &change);
        disk.changes.push(change);
    }
}

#[test]
fn when_the_power_fails_what_was_acknowledged_is_there() {
    let wanted = trials(20) as u64;
    let (mut trials, mut run, mut bad) = (0, 0, Vec::new());
    while trials < wanted {
        let place = folder();
        let root = place.path().canonicalize().unwrap();
        let come = Arc::new(Come::default());
        let power = Power::new(&root, run, {
            let come = Arc::clone(&come);
            move || come.between()
        });
        let watched = watch(&power.index, power.clone());
        SCRIPT.run(&power.index, 0, &come).unwrap();
        drop(watched);
        let cuts = std::mem::take(&mut power.disk.lock().unwrap().cuts);
        let few = usize::try_from(wanted - trials).unwrap();
        let step = cuts.len().div_ceil(few).max(1);
        for (cut, between) in cuts.into_iter().step_by(step) {
            trials += 1;
            let again = Come::default();
            let went_on = SCRIPT.stands(&cut, between).and_then(|stands| {
                SCRIPT.run(&cut, stands, &again).map_err(|e| format!("nobody can write any more: {e}"))?;
                SCRIPT.stands(&cut, again.between())
            });
            match went_on {
                Ok(end) if end == SCRIPT.end() => {}
                other => bad.push(format!("run {run}, {}: {other:?}", cut.display())),
            }
        }
        run += 1;
    }
    println!("power cuts: {trials} trials in {run} runs; {} bad", bad.len());
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn when_the_power_fails_no_match_is_lost_and_none_that_was_kept_for_good_is_told_again() {
    let wanted = trials(40) as u64;
    let (mut trials, mut run, mut bad) = (0, 0, Vec::new());
    while trials < wanted {
        let place = folder();
        let root = place.path().canonicalize().unwrap();
        let (come, world) = (Arc::new(Come::default()), Arc::new(World::default()));
        let power = Power::new(&root, run, {
            let (come, world) = (Arc::clone(&come), Arc::clone(&world));
            move || (come.between(), World::clone(&world))
        });
        let watched = watch(&power.index, power.clone());
        watching::live(&power.index, 0, &come, &world).unwrap();
        drop(watched);
        let cuts = std::mem::take(&mut power.disk.lock().unwrap().cuts);
        let few = usize::try_from(wanted - trials).unwrap();
        let step = cuts.len().div_ceil(few).max(1);
        for (cut, (between, world)) in cuts.into_iter().step_by(step) {
            trials += 1;
            if let Err(what) = watching::goes_on(&cut, between, &world, Kept::Durably) {
                bad.push(format!("run {run}, {}: {what}", cut.display()));
            }
        }
        run += 1;
    }
    println!("power cuts of watches: {trials} trials in {run} runs; {} bad", bad.len());
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
