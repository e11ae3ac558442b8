//! The word list `lexicon.txt` as the program carries it: `models/words.bin`, so that no text is read at every start.
//!
//! After [`MAGIC`] come eight bytes a word, little-endian: the hash of the word, with what it can be in place of the lowest byte,
//! which no table looks at. Words stand in the order of these numbers, so that a table is filled from its beginning to its end.

use super::lexicon::Flags;
use crate::extract::word_hash::word_hash;

/// How the file begins; the last byte counts the formats.
const MAGIC: [u8; 8] = *b"words\0\0\x01";

/// What the letters of `lexicon.txt` stand for; all of it fits into a byte.
const LETTERS: [(u8, Flags); 7] = [
    (b'f', Flags::FIRST),
    (b'l', Flags::LAST),
    (b'c', Flags::COMMON),
    (b'p', Flags::PLACE),
    (b'o', Flags::ORG),
    (b'w', Flags::FEMALE),
    (b'm', Flags::MALE),
];

/// The words of a packed list: their hashes, but for the lowest byte, and what they can be. None if `bytes` are no such list.
pub(super) fn read(bytes: &[u8]) -> impl Iterator<Item = (u64, Flags)> {
    let (words, _) = bytes.strip_prefix(&MAGIC).unwrap_or(&[]).as_chunks::<8>();
    words.iter().map(|word| {
        let [flags, ..] = *word;
        (u64::from_le_bytes(*word), Flags::of_bits(u32::from(flags)))
    })
}

/// The bytes of `models/words.bin`, made of a list such as `lexicon.txt`: a word a line, a space, and a letter for each thing that
/// it can be; lines that begin with `#` are passed over.
pub fn pack(list: &str) -> Vec<u8> {
    let mut words: Vec<u64> = list.lines().filter(|line| !line.starts_with('#')).filter_map(packed).collect();
    words.sort_unstable();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    bytes
}

fn packed(line: &str) -> Option<u64> {
    let (word, letters) = line.split_once(' ')?;
    let known = LETTERS.iter().filter(|(letter, _)| letters.as_bytes().contains(letter));
    let flags = known.fold(Flags::NONE, |flags, (_, flag)| flags | *flag);
    Some(word_hash(word) & !0xFF | u64::from(flags.bits()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_in_the_program_is_made_of_the_list_and_has_the_checksum_of_its_card() {
        use sha2::{Digest, Sha256};
        let bytes = include_bytes!("../../../models/words.bin");
        assert!(pack(include_str!("lexicon.txt")) == bytes, "cargo xtask train words makes it anew");
        let sum = format!("{:x}", Sha256::digest(bytes));
        assert!(include_str!("../../../models/README.md").contains(&sum), "the card does not name {sum}");
    }

    #[test]
    fn words_come_out_as_they_went_in_and_what_is_no_list_holds_none() {
        let bytes = pack("# words\nlee fl\nharbour c\n");
        let mut words: Vec<_> = read(&bytes).map(|(hash, flags)| (hash >> 8, flags)).collect();
        words.sort_unstable_by_key(|(_, flags)| flags.bits());
        let expected = [("lee", Flags::FIRST | Flags::LAST), ("harbour", Flags::COMMON)];
        assert_eq!(words, expected.map(|(word, flags)| (word_hash(word) >> 8, flags)));
        assert_eq!(read(b"lee fl").count() + read(b"").count(), 0);
    }
}
