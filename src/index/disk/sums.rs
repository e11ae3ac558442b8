//! What a file was when it was written: its size, and a checksum of each block.

use std::io::{self, Read};
use std::sync::Arc;

/// Bytes of a block: what is read from a file is held against the checksums of the blocks that it touches.
pub(in crate::index) const BLOCK: usize = 64 << 10;

/// Size and CRC-32 by block of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct Sums {
    pub(in crate::index) bytes: u64,
    /// One for each block; the last block may be shorter.
    pub(in crate::index) blocks: Arc<[u32]>,
}

impl Sums {
    /// Of what is read to its end.
    pub(in crate::index) fn of(mut input: impl Read) -> io::Result<Self> {
        let (mut summer, mut piece) = (Summer::default(), vec![0; 4 * BLOCK]);
        loop {
            match input.read(&mut piece) {
                Ok(0) => return Ok(summer.finish()),
                Ok(read) => summer.add(piece.get(..read).unwrap_or_default()),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    /// Of bytes at hand.
    pub(in crate::index) fn of_bytes(bytes: &[u8]) -> Self {
        let mut summer = Summer::default();
        summer.add(bytes);
        summer.finish()
    }

    /// In what a file differs that has these instead; `None` if in nothing.
    pub(in crate::index) fn differ(&self, found: &Self) -> Option<String> {
        if self.bytes != found.bytes {
            return Some(format!("it has {} bytes and was written with {}", found.bytes, self.bytes));
        }
        let bad: Vec<usize> =
            (0..self.blocks.len()).filter(|at| self.blocks.get(*at) != found.blocks.get(*at)).collect();
        let (first, last) = (bad.first()?, bad.last()?);
        let end = ((last + 1) * BLOCK) as u64;
        Some(format!(
            "of its bytes {} to {}, not all are those that were written",
            first * BLOCK,
            end.min(self.bytes)
        ))
    }

    /// How many blocks a file of so many bytes has.
    pub(super) fn blocks_of(bytes: u64) -> u64 {
        bytes.div_ceil(BLOCK as u64)
    }
}

/// Sums up bytes as they come.
#[derive(Debug, Default)]
pub(in crate::index) struct Summer {
    hasher: crc32fast::Hasher,
    in_block: usize,
    blocks: Vec<u32>,
}

impl Summer {
    /// The next bytes.
    pub(in crate::index) fn add(&mut self, mut bytes: &[u8]) {
        while let Some((now, rest)) = bytes.split_at_checked(BLOCK - self.in_block) {
            self.hasher.update(now);
            self.blocks.push(std::mem::take(&mut self.hasher).finalize());
            (self.in_block, bytes) = (0, rest);
        }
        self.hasher.update(bytes);
        self.in_block += bytes.len();
    }

    /// The sums of all that came.
    pub(in crate::index) fn finish(mut self) -> Sums {
        let bytes = (self.blocks.len() * BLOCK + self.in_block) as u64;
        if self.in_block > 0 {
            self.blocks.push(self.hasher.finalize());
        }
        Sums { bytes, blocks: self.blocks.into() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn sums_are_the_same_however_the_bytes_come() {
        let bytes: Vec<u8> = (0..3 * BLOCK + 17).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect();
        for end in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, bytes.len()] {
            let whole = Sums::of_bytes(&bytes[..end]);
            assert_eq!(whole.bytes, end as u64);
            assert_eq!(whole.blocks.len() as u64, Sums::blocks_of(whole.bytes));
            for (block, sum) in bytes[..end].chunks(BLOCK).zip(whole.blocks.iter()) {
                assert_eq!(*sum, crc32fast::hash(block));
            }
            let mut pieces = Summer::default();
            bytes[..end].chunks(1000).for_each(|piece| pieces.add(piece));
            assert_eq!(pieces.finish(), whole);
            assert_eq!(Sums::of(&bytes[..end]).unwrap(), whole);
        }
    }

    #[test]
    fn a_difference_is_told_by_its_place() {
        let mut bytes = vec![1; 2 * BLOCK + 5];
        let whole = Sums::of_bytes(&bytes);
        assert_eq!(whole.differ(&whole), None);
        bytes[BLOCK] = 2;
        let said = whole.differ(&Sums::of_bytes(&bytes)).unwrap();
        assert!(said.contains("of its bytes 65536 to 131072,"), "{said}");
        let said = whole.differ(&Sums::of_bytes(&bytes[..7])).unwrap();
        assert_eq!(said, "it has 7 bytes and was written with 131077");
    }
}
