//! `rarity.bin`: how rare words are, for the next run.
//!
//! An index can do without it: where it is missing or damaged, the rarity of words is learned anew. The file is the letters `DLRW`, the
//! version, a CRC-32 of the rest, and what [`Rarity::to_bytes`] gives, compressed (zstd).

use std::path::Path;

use crate::index::IndexError;
use crate::index::disk::small;
use crate::story::Rarity;

/// The file's name in the index directory.
pub(crate) const RARITY: &str = "rarity.bin";
const MAGIC: &[u8; 4] = b"DLRW";
const VERSION: u8 = 1;
/// The largest file that is read, and the most bytes that it unpacks to.
const MOST_BYTES: usize = 1 << 20;

/// What is kept in the index at `index`; nothing is known yet if there is none, or none that can be read.
pub(super) fn read(index: &Path) -> Rarity {
    let bytes = small::read(index, RARITY, MOST_BYTES as u64).ok().flatten();
    bytes.and_then(|bytes| unpacked(&bytes)).unwrap_or_default()
}

/// Whether what is kept is as it was written, if there is any.
pub(super) fn is_whole(index: &Path) -> Result<bool, IndexError> {
    let bytes = small::read(index, RARITY, MOST_BYTES as u64)?;
    Ok(bytes.is_none_or(|bytes| unpacked(&bytes).is_some()))
}

fn unpacked(bytes: &[u8]) -> Option<Rarity> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&[VERSION])?;
    let (checksum, packed) = rest.split_first_chunk()?;
    if u32::from_le_bytes(*checksum) != crc32fast::hash(packed) {
        return None;
    }
    Rarity::from_bytes(&zstd::bulk::decompress(packed, MOST_BYTES).ok()?)
}

/// Keeps how rare words are in the index at `index`, durably.
pub(super) fn write(index: &Path, rarity: &Rarity) -> Result<(), IndexError> {
    let packed = zstd::bulk::compress(&rarity.to_bytes(), 1)
        .map_err(|e| IndexError::io(format!("packing {RARITY}"), e))?;
    let checksum = crc32fast::hash(&packed).to_le_bytes();
    small::replace(index, RARITY, &[MAGIC, &[VERSION], &checksum, &packed])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::story::Words;
    use crate::text::token_list;
    use std::fs;

    #[test]
    fn what_is_kept_is_read_again_and_damage_is_a_beginning() {
        let index = tempfile::tempdir().unwrap();
        assert!(read(index.path()) == Rarity::default());
        let article =
            Article { body: "A ferry ran aground off Port Hallam.".to_owned(), ..Article::default() };
        let mut rarity = Rarity::default();
        rarity.add(&Words::of(&article, &[], &token_list(&article.body)));
        write(index.path(), &rarity).unwrap();
        assert!(read(index.path()) == rarity);
        let path = index.path().join(RARITY);
        let whole = fs::read(&path).unwrap();
        assert!(whole.len() < 4000, "{}", whole.len());
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            assert!(unpacked(&bytes).is_none(), "byte {at}");
        }
    }
}
