//! `checksums`: every file that an index consists of, with its size and a checksum of each block, so that damage is named and never
//! answered from.
//!
//! A text file, a line each:
//!
//! ```text
//! dateline checksums 2 65536
//! segments/2bac631b79af45b6a6288309e4c09549.idx 71834 5f2a91c3 21c0aa07
//! 0c11f00d end
//! ```
//!
//! that is the bytes of a block; path in the index directory, bytes, and the CRC-32 of each block of each file; at the end that of the
//! lines before. It is replaced before `meta.json` is, so at any moment it knows all files of the last commit; what is
//! replaced with a commit (`meta.json` itself) has two lines then. The engine's own list of files is not asked.

use std::collections::BTreeMap;
use std::path::Path;

use super::small;
use super::sums::{BLOCK, Sums};
use crate::index::{IndexError, meta};

/// The file's name in the index directory.
pub(in crate::index) const FILE: &str = "checksums";
const FIRST: &str = "dateline checksums 2 ";
/// The longest list that is read, in bytes: of an index of four terabytes.
const LONGEST: u64 = 1 << 30;

/// What an index consists of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::index) struct Checksums {
    /// Files by their path in the index directory; one that is about to be replaced is one or the other.
    files: BTreeMap<String, Vec<Sums>>,
}

impl Checksums {
    /// The list of the index at `index`; `None` where there is none yet.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if it is not as it was written, [`IndexError::Io`] if it cannot be read.
    pub(in crate::index) fn read(index: &Path) -> Result<Option<Self>, IndexError> {
        let Some(bytes) = small::read(index, FILE, LONGEST)? else { return Ok(None) };
        let damaged = || IndexError::Damaged {
            path: index.to_owned(),
            what: format!("{FILE} is not as it was written (`dateline check` says what is lost with it)"),
        };
        Self::parse(&bytes).map(Some).ok_or_else(damaged)
    }

    /// The list from its bytes; `None` if they are not as they were written.
    pub(in crate::index) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_suffix(b" end\n")?;
        let (lines, end) = text.split_at_checked(text.iter().rposition(|byte| *byte == b'\n')? + 1)?;
        if number(end)? != crc32fast::hash(lines) {
            return None;
        }
        let mut lines = std::str::from_utf8(lines).ok()?.lines();
        if lines.next()?.strip_prefix(FIRST)? != BLOCK.to_string() {
            return None;
        }
        let mut list = Self::default();
        for line in lines {
            let (path, rest) = line.split_once(' ')?;
            let (bytes, blocks) = rest.split_once(' ').unwrap_or((rest, ""));
            let blocks: Option<Vec<u32>> =
                blocks.as_bytes().chunks(9).map(|block| number(block.trim_ascii_end())).collect();
            let sums = Sums { bytes: bytes.parse().ok()?, blocks: blocks?.into() };
            if sums.blocks.len() as u64 != Sums::blocks_of(sums.bytes) {
                return None;
            }
            list.add(path, sums);
        }
        Some(list)
    }

    /// The file's text.
    pub(in crate::index) fn text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = format!("{FIRST}{BLOCK}\n");
        for (path, sums) in self.files.iter().flat_map(|(path, all)| all.iter().map(move |sums| (path, sums)))
        {
            // Writing to a string cannot fail.
            let _ = write!(text, "{path} {}", sums.bytes);
            for block in sums.blocks.iter() {
                let _ = write!(text, " {block:08x}");
            }
            text.push('\n');
        }
        let all = crc32fast::hash(text.as_bytes());
        let _ = writeln!(text, "{all:08x} end");
        text
    }

    /// What a file was when it was written; the last where it is about to be replaced.
    pub(in crate::index) fn of(&self, path: &str) -> Option<&Sums> {
        self.files.get(path)?.last()
    }

    /// In what a file differs that has these sums; `None` if it is as it was written, or not on the list.
    pub(in crate::index) fn differ(&self, path: &str, found: &Sums) -> Option<String> {
        let known = self.files.get(path)?;
        if known.contains(found) { None } else { known.last()?.differ(found) }
    }

    /// Whether a file is on the list.
    pub(in crate::index) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether there has been a commit of any article: an index that is about to be made has small files alone.
    pub(in crate::index) fn has_segments(&self) -> bool {
        self.files().any(meta::is_of_segment)
    }

    /// The paths of the files.
    pub(in crate::index) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Lists a file.
    pub(in crate::index) fn set(&mut self, path: &str, sums: Sums) {
        self.files.insert(path.to_owned(), vec![sums]);
    }

    /// Of a file that was about to be replaced: it is as these sums say, if that is one of the two.
    pub(in crate::index) fn stands(&mut self, path: &str, found: &Sums) {
        if let Some(known) = self.files.get_mut(path).filter(|known| known.contains(found)) {
            known.retain(|known| known == found);
        }
    }

    /// Lists a file that is about to take the place of the one that is listed last.
    pub(in crate::index) fn set_next(&mut self, path: &str, sums: &Sums) {
        let known = self.files.remove(path).and_then(|mut known| known.pop());
        let next = known.into_iter().filter(|known| known != sums).chain([sums.clone()]);
        self.files.insert(path.to_owned(), next.collect());
    }

    /// Lists what another list says, in place of what this one says of the same files.
    pub(super) fn take_in(&mut self, other: Self) {
        self.files.extend(other.files);
    }

    fn add(&mut self, path: &str, sums: Sums) {
        self.files.entry(path.to_owned()).or_default().push(sums);
    }

    /// Keeps the files whose path is wanted.
    pub(in crate::index) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.files.retain(|path, _| wanted(path));
    }

    /// Puts the list in its place, durably.
    pub(in crate::index) fn write(&self, index: &Path) -> Result<(), IndexError> {
        small::replace(index, FILE, &[self.text().as_bytes()])
    }
}

/// A number of eight hexadecimal digits.
fn number(digits: &[u8]) -> Option<u32> {
    let small = |digit: &u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    if digits.len() != 8 || !digits.iter().all(small) {
        return None;
    }
    Some(digits.iter().fold(0, |number, digit| {
        let value = if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 };
        number << 4 | u32::from(value)
    }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn sums(bytes: usize, byte: u8) -> Sums {
        Sums::of_bytes(&vec![byte; bytes])
    }

    #[test]
    fn a_list_comes_back_and_no_changed_byte_goes_unseen() {
        let mut list = Checksums::default();
        list.set("segments/a.idx", sums(3 * BLOCK + 1, 7));
        list.set("manifest.json", sums(40, 2));
        list.set("segments/empty.del", sums(0, 0));
        list.set_next("manifest.json", &sums(40, 3));
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
    fn what_is_about_to_be_replaced_is_one_or_the_other() {
        let mut list = Checksums::default();
        let [one, two, three] = [1, 2, 3].map(|byte| sums(10, byte));
        list.set_next("meta.json", &one);
        list.set_next("meta.json", &two);
        assert_eq!((list.differ("meta.json", &one), list.differ("meta.json", &two)), (None, None));
        list.set_next("meta.json", &three);
        assert_eq!((list.differ("meta.json", &two), list.differ("meta.json", &three)), (None, None));
        list.stands("meta.json", &one);
        list.stands("meta.json", &two);
        list.set_next("meta.json", &three);
        assert_eq!((list.differ("meta.json", &two), list.differ("meta.json", &three)), (None, None));
        assert!(list.differ("meta.json", &one).unwrap().contains("not all are those that were written"));
        assert_eq!(list.of("meta.json"), Some(&three));
    }

    #[test]
    fn a_list_is_there_as_a_whole_or_not_at_all() {
        let index = tempfile::tempdir().unwrap();
        assert_eq!(Checksums::read(index.path()).unwrap(), None);
        let mut list = Checksums::default();
        list.set("manifest.json", sums(2, 1));
        list.write(index.path()).unwrap();
        assert_eq!(Checksums::read(index.path()).unwrap(), Some(list));
        assert!(!index.path().join(small::beside(FILE)).exists());
        std::fs::write(index.path().join(FILE), b"dateline checksums 2 65536\n").unwrap();
        assert!(matches!(Checksums::read(index.path()), Err(IndexError::Damaged { .. })));
    }
}
