//! `merge`, `backup` and `restore` on a full disk: what is there stays as it was, and nothing half made stays beside it.

use std::path::{Path, PathBuf};

use super::{Counts, Disk, Dump, ROOM, Ran, lines, may_mount, some_ids};
use crate::corpus;
use crate::model::{damage, dump};

#[test]
fn copies_on_a_small_disk() {
    if !may_mount() {
        return;
    }
    let (trials, seed) = (corpus::trials(6).div_ceil(3), corpus::seed());
    println!("seed {seed}");
    let folder = corpus::folder();
    let original = folder.path().join("original");
    make(&original, folder.path(), seed);
    let whole = dump(&original).unwrap();
    let place = Place { original, disk: folder.path().join("disk"), whole };
    let kilobytes = size(&place.original) / 1024;
    let packed = folder.path().join("packed.tar.zst");
    assert_eq!(Ran::of(&place.original, &["backup", packed.to_str().unwrap()]).unwrap().code, Some(0));
    let mut failed = false;
    for (what, most) in [
        ("merge", kilobytes * 2),
        ("backup copy", kilobytes * 3 / 2),
        ("backup copy.tar.zst", kilobytes * 3 / 2),
        ("restore", kilobytes * 3 / 2),
    ] {
        let mut counts = Counts::default();
        counts.spread(trials, most, |room| match what.split_once(' ') {
            Some((_, name)) => place.backup(room, name),
            None if what == "merge" => place.merge(room),
            None => place.restore(room, &packed),
        });
        counts.print(&format!("disk full, {what}"));
        failed |= !counts.bad.is_empty();
    }
    assert!(!failed);
}

/// An index of some segments with articles that are deleted.
fn make(index: &Path, folder: &Path, seed: u64) {
    for part in 0..4 {
        let file = folder.join("part.jsonl");
        std::fs::write(&file, lines(seed, part * 150, part * 150 + 150)).unwrap();
        let file = file.to_str().unwrap();
        assert_eq!(Ran::of(index, &["index", "--threads", "2", file]).unwrap().code, Some(0));
    }
    let ids = some_ids(seed);
    let args: Vec<&str> = ["delete"].into_iter().chain(ids.iter().map(String::as_str)).collect();
    assert!(Ran::of(index, &args).unwrap().code.is_some_and(|code| code < 2));
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let meta = entry.metadata().unwrap();
            if meta.is_dir() { size(&entry.path()) } else { meta.len().next_multiple_of(4096) }
        })
        .sum()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

struct Place {
    original: PathBuf,
    disk: PathBuf,
    whole: Dump,
}

impl Place {
    fn is_whole(&self, index: &Path, when: &str) -> Result<(), String> {
        if let Some(damage) = damage(index) {
            return Err(format!("check, {when}: {damage}"));
        }
        if dump(index)? == self.whole { Ok(()) } else { Err(format!("{when} it is not what it was")) }
    }

    fn merge(&self, room: u64) -> Result<bool, String> {
        let (disk, index) = (Disk::new(&self.disk, ROOM), self.disk.join("index"));
        copy(&self.original, &index);
        disk.leave(room);
        let fitted = Ran::of(&index, &["merge"])?.fitted(&index)?;
        self.is_whole(&index, "after the merge")?;
        if !fitted {
            disk.resize(ROOM);
            let again = Ran::of(&index, &["merge"])?;
            if again.code != Some(0) {
                return Err(format!("with room: {}", again.said));
            }
            self.is_whole(&index, "after the second merge")?;
        }
        let notes = dateline::index::check(&index).map_err(|e| e.to_string())?.notes;
        if notes.is_empty() { Ok(fitted) } else { Err(format!("it leaves something: {notes:?}")) }
    }

    fn backup(&self, room: u64, name: &str) -> Result<bool, String> {
        let (disk, to) = (Disk::new(&self.disk, room), self.disk.join(name));
        let args = ["backup", to.to_str().unwrap()];
        let fitted = Ran::of(&self.original, &args)?.fitted(&to)?;
        self.is_whole(&self.original, "after the backup")?;
        if !fitted {
            self.nothing_there()?;
            disk.resize(ROOM);
            let again = Ran::of(&self.original, &args)?;
            if again.code != Some(0) {
                return Err(format!("with room: {}", again.said));
            }
        }
        if !name.contains('.') {
            self.is_whole(&to, "of the backup")?;
        }
        Ok(fitted)
    }

    fn restore(&self, room: u64, packed: &Path) -> Result<bool, String> {
        let (disk, index) = (Disk::new(&self.disk, room), self.disk.join("index"));
        let args = ["restore", packed.to_str().unwrap()];
        let fitted = Ran::of(&index, &args)?.fitted(&index)?;
        if !fitted {
            self.nothing_there()?;
            disk.resize(ROOM);
            let again = Ran::of(&index, &args)?;
            if again.code != Some(0) {
                return Err(format!("with room: {}", again.said));
            }
        }
        self.is_whole(&index, "restored")?;
        Ok(fitted)
    }

    fn nothing_there(&self) -> Result<(), String> {
        let there = std::fs::read_dir(&self.disk).unwrap().map(|entry| entry.unwrap().file_name());
        let there: Vec<_> = there.collect();
        if there.is_empty() { Ok(()) } else { Err(format!("it leaves {there:?}")) }
    }
}
