//! `checksums`: every file that the last commit consists of, with its size and CRC-32, so that damage is named and never answered from.
//!
//! A text file, a line each:
//!
//! ```text
//! dateline checksums 1
//! commit 30021
//! 5f2a91c3 7183439 segments/2bac631b79af45b6a6288309e4c09549.idx
//! 0c11f00d end
//! ```
//!
//! that is the engine's number of the commit; checksum, bytes and path in the index directory of each file; at the end the checksum of the lines
//! before. Files of segments are written once and never changed, so a list that is older than the commit (a writer was killed between both) is true
//! as far as it goes, and the next writer completes it. The engine's own list of files is not asked.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use serde::Deserialize;

use super::IndexError;
use super::manifest::{self, SEGMENTS};
use super::meta::{self, Meta, SegmentFiles};
use super::small;

/// The file's name in the index directory.
pub(super) const FILE: &str = "checksums";
const FIRST: &str = "dateline checksums 1";
/// The longest list that is read, in bytes.
const LONGEST: u64 = 64 << 20;
/// How often a list is begun again because the engine has merged segments meanwhile.
const TRIES: usize = 5;
/// Bytes of a file that are read at once.
const PIECE: usize = 256 << 10;

/// What a file was when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) bytes: u64,
    pub(super) crc32: u32,
}

/// What a commit consisted of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Checksums {
    /// The engine's number of the commit.
    pub(super) commit: u64,
    /// Files by their path in the index directory.
    pub(super) files: BTreeMap<String, Sum>,
}

impl Checksums {
    /// The list of the index at `index`; empty where there is none yet.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if it is not as it was written, [`IndexError::Io`] if it cannot be read.
    pub(super) fn read(index: &Path) -> Result<Self, IndexError> {
        let Some(bytes) = small::read(index, FILE, LONGEST)? else { return Ok(Self::default()) };
        Self::parse(&bytes).ok_or_else(|| IndexError::Damaged {
            path: index.to_owned(),
            what: format!("{FILE} is not as it was written"),
        })
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let text = text.strip_suffix(" end\n")?;
        let (lines, end) = text.split_at_checked(text.rfind('\n')? + 1)?;
        if number(end)? != crc32fast::hash(lines.as_bytes()) {
            return None;
        }
        let mut lines = lines.lines();
        if lines.next()? != FIRST {
            return None;
        }
        let commit = lines.next()?.strip_prefix("commit ")?.parse().ok()?;
        let files = lines.map(|line| {
            let (crc32, rest) = line.split_once(' ')?;
            let (bytes, path) = rest.split_once(' ')?;
            Some((path.to_owned(), Sum { bytes: bytes.parse().ok()?, crc32: number(crc32)? }))
        });
        files.collect::<Option<_>>().map(|files| Self { commit, files })
    }

    /// The first of the two small files that is not as it was written: what says which format the index has, or what says which
    /// segments, unless that has been written since.
    pub(super) fn belied_by(&self, index: &Path, meta: &Meta) -> Option<String> {
        let differs = |file: &str| {
            let known = self.files.get(file)?;
            sum(&index.join(file)).ok().flatten().filter(|found| found != known).map(|_| file.to_owned())
        };
        // A merge writes it anew without a commit, and then there are other segments in it.
        let same = meta.opstamp == self.commit && meta.files().into_iter().eq(self.of_segments());
        differs(manifest::FILE).or_else(|| differs(&meta::file()).filter(|_| same))
    }

    /// The files of segments, in order.
    fn of_segments(&self) -> impl Iterator<Item = String> + use<'_> {
        let others = [manifest::FILE.to_owned(), meta::file()];
        self.files.keys().filter(move |path| !others.contains(path)).cloned()
    }

    /// The file's text.
    pub(super) fn text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = format!("{FIRST}\ncommit {}\n", self.commit);
        for (path, Sum { bytes, crc32 }) in &self.files {
            let _ = writeln!(text, "{crc32:08x} {bytes} {path}"); // writing to a string cannot fail
        }
        let all = crc32fast::hash(text.as_bytes());
        let _ = writeln!(text, "{all:08x} end");
        text
    }

    /// Lists what the last commit consists of, durably; files of segments that are on the list already are not read again. Others
    /// are taken as they are if this process has `written` them, and held against the engine's checksums if not.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if files are missing or not whole, [`IndexError::Io`] if they cannot be read or the list cannot be written.
    pub(super) fn update(index: &Path, written: bool) -> Result<(), IndexError> {
        let mut tries = TRIES;
        loop {
            let before = fs::read(index.join(meta::file())).ok();
            let updated = Self::update_once(index, written);
            tries -= 1;
            // A merge may end meanwhile, and what it merged is gone then.
            if updated.is_ok() || tries == 0 || fs::read(index.join(meta::file())).ok() == before {
                return updated;
            }
        }
    }

    fn update_once(index: &Path, written: bool) -> Result<(), IndexError> {
        let damaged = |what| IndexError::Damaged { path: index.to_owned(), what };
        let known = Self::read(index).unwrap_or_default();
        let meta = Meta::read(index).map_err(|e| damaged(format!("{}: {e}", meta::file())))?;
        if !written && let Some(file) = known.belied_by(index, &meta) {
            return Err(damaged(format!("{file} is not as it was written")));
        }
        let listed = |path: &String| known.files.get(path).copied();
        let mut files = BTreeMap::new();
        let segments = meta.segments.iter().flat_map(SegmentFiles::files);
        let segments = segments.map(|path| (listed(&path), path));
        for (known, path) in
            [manifest::FILE.to_owned(), meta::file()].map(|path| (None, path)).into_iter().chain(segments)
        {
            let failed = |e| IndexError::io(format!("reading {}", index.join(&path).display()), e);
            let own = path.starts_with(SEGMENTS) && path != meta::file();
            if known.is_none() && own && !written && !is_whole(&index.join(&path)).map_err(failed)? {
                return Err(damaged(format!("{path} does not fit the checksum at its end")));
            }
            let now = match known {
                Some(known) => known,
                None => sum(&index.join(&path))
                    .map_err(failed)?
                    .ok_or_else(|| damaged(format!("{path} is missing")))?,
            };
            files.insert(path, now);
        }
        let new = Self { commit: meta.opstamp, files };
        if new == known { Ok(()) } else { new.write(index) }
    }

    fn write(&self, index: &Path) -> Result<(), IndexError> {
        small::replace(index, FILE, &[self.text().as_bytes()])
    }
}

fn number(hexadecimal: &str) -> Option<u32> {
    u32::from_str_radix(hexadecimal, 16).ok().filter(|_| hexadecimal.len() == 8)
}

/// Size and checksum of a file; `None` if there is none.
pub(super) fn sum(path: &Path) -> io::Result<Option<Sum>> {
    match fs::File::open(path) {
        Ok(file) => sum_of(file).map(Some),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Size and checksum of what is read to its end.
pub(super) fn sum_of(mut input: impl io::Read) -> io::Result<Sum> {
    let (mut hasher, mut bytes, mut piece) = (crc32fast::Hasher::new(), 0, vec![0; PIECE]);
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok(Sum { bytes, crc32: hasher.finalize() }),
            Ok(read) => {
                hasher.update(piece.get(..read).unwrap_or_default());
                bytes += read as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// What the engine puts at the end of each of its files, before eight bytes: the length of this, and a number that never changes.
#[derive(Deserialize)]
struct Footer {
    crc: u32,
}

/// Whether a file of the engine's fits the checksum at its end.
pub(super) fn is_whole(path: &Path) -> io::Result<bool> {
    const MAGIC: u64 = 1337;
    const LONGEST: u64 = 4096;
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(true), // which is another matter
        Err(e) => return Err(e),
    };
    let len = file.metadata()?.len();
    let mut tail = [0; 8];
    if len < 8 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut tail)?;
    let tail = u64::from_le_bytes(tail);
    let (footer, magic) = (tail & u64::from(u32::MAX), tail >> 32);
    let Some(end) = len.checked_sub(8 + footer).filter(|_| magic == MAGIC && footer <= LONGEST) else {
        return Ok(false);
    };
    file.seek(SeekFrom::Start(end))?;
    let mut json = Vec::new();
    (&file).take(footer).read_to_end(&mut json)?;
    let Ok(Footer { crc }) = serde_json::from_slice(&json) else { return Ok(false) };
    file.seek(SeekFrom::Start(0))?;
    Ok(sum_of(file.take(end))?.crc32 == crc)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_and_no_changed_byte_goes_unseen() {
        let sum = |crc32| Sum { bytes: 7_183_439, crc32 };
        let list = Checksums {
            commit: 30_021,
            files: [("segments/a.idx".to_owned(), sum(0x5f)), ("manifest.json".to_owned(), sum(u32::MAX))]
                .into(),
        };
        let text = list.text().into_bytes();
        assert_eq!(Checksums::parse(&text).unwrap(), list);
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut other = text.clone();
                other[at] ^= 1 << bit;
                assert_eq!(Checksums::parse(&other).filter(|read| *read != list), None, "byte {at}");
            }
            assert_eq!(Checksums::parse(&text[..at]), None);
        }
    }

    #[test]
    fn a_list_is_there_as_a_whole_or_not_at_all() {
        let index = tempfile::tempdir().unwrap();
        assert_eq!(Checksums::read(index.path()).unwrap(), Checksums::default());
        fs::write(index.path().join(manifest::FILE), b"{}").unwrap();
        fs::create_dir(index.path().join(manifest::SEGMENTS)).unwrap();
        fs::write(index.path().join(meta::file()), b"{\"segments\": [], \"opstamp\": 7}").unwrap();
        Checksums::update(index.path(), true).unwrap();
        let list = Checksums::read(index.path()).unwrap();
        assert_eq!(list.files[manifest::FILE], Sum { bytes: 2, crc32: crc32fast::hash(b"{}") });
        assert_eq!((list.commit, list.files.len()), (7, 2));
        assert!(!index.path().join(small::beside(FILE)).exists());
        fs::write(index.path().join(FILE), b"dateline checksums 1\n").unwrap();
        assert!(matches!(Checksums::read(index.path()), Err(IndexError::Damaged { .. })));
    }
}
