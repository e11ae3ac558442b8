//! The model as it lies in the program: `models/people.bin`, read in its bytes.
//!
//! | part | holds |
//! |---|---|
//! | header | [`MAGIC`]; how many bits of a feature choose its row |
//! | transitions | for each tag, and for the start of a chunk, what each tag costs or gains after it: 16 bits, little-endian |
//! | rows | for each row a weight for each tag: 8 bits |
//!
//! Scores are whole numbers, so that every machine reads every text alike.

use std::sync::LazyLock;

/// How many tags there are: nothing, the beginning and the inside of a person, an organisation and a place, and
/// another name.
pub const TAGS: usize = 8;

/// The tag of other names: peoples, works, events.
pub const OTHER: usize = 7;

/// How the file begins; the last byte counts the formats, of the file and of the features.
pub const MAGIC: [u8; 8] = *b"people\0\x01";

const HEADER: usize = MAGIC.len() + 4;
const ROWS: usize = HEADER + (TAGS + 1) * TAGS * 2;

/// Weights for features and for neighbouring tags.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    bits: u32,
    transitions: [[i32; TAGS]; TAGS + 1],
    rows: &'a [[u8; TAGS]],
}

/// Whether `tag` can stand after `before`: nothing is inside that did not begin.
pub fn may_follow(before: usize, tag: usize) -> bool {
    tag == 0 || tag == OTHER || !tag.is_multiple_of(2) || before == tag || before + 1 == tag
}

/// What a tag that may not stand there costs.
const NEVER: i32 = i32::MIN / 4;

static BUILT_IN: LazyLock<Model<'static>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../models/people.bin");
    Model::read(bytes).unwrap_or(Model { bits: 1, transitions: [[0; TAGS]; TAGS + 1], rows: &[] })
});

impl Model<'static> {
    /// The one that the program carries.
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN
    }
}

impl<'a> Model<'a> {
    /// The model of a file with these bytes; `None` if it is none.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let header = bytes.get(..HEADER)?;
        if header.get(..MAGIC.len())? != MAGIC {
            return None;
        }
        let bits = u32::from_le_bytes(*header.last_chunk()?);
        let (rows, rest) = bytes.get(ROWS..)?.as_chunks();
        if !(1..=24).contains(&bits) || rows.len() != 1 << bits || !rest.is_empty() {
            return None;
        }
        let mut transitions = [[NEVER; TAGS]; TAGS + 1];
        let (pairs, _) = bytes.get(HEADER..ROWS)?.as_chunks::<2>();
        for (before, (row, pairs)) in transitions.iter_mut().zip(pairs.chunks(TAGS)).enumerate() {
            for (tag, (cell, pair)) in row.iter_mut().zip(pairs).enumerate() {
                if may_follow(if before == TAGS { 0 } else { before }, tag) {
                    *cell = i32::from(i16::from_le_bytes(*pair));
                }
            }
        }
        Some(Self { bits, transitions, rows })
    }

    /// The bytes of a file: [`Self::read`] reads them back. `rows` has two to the power of `bits`.
    pub fn write(bits: u32, transitions: &[[i16; TAGS]; TAGS + 1], rows: &[[i8; TAGS]]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(bits.to_le_bytes());
        bytes.extend(transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(rows.iter().flatten().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// What each tag gains from these features.
    #[inline]
    pub(super) fn score(&self, features: &[u64]) -> [i32; TAGS] {
        let mut sums = [0i32; TAGS];
        for feature in features {
            let row = usize::try_from(feature >> (64 - self.bits)).unwrap_or(0);
            if let Some(row) = self.rows.get(row) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(weight.cast_signed());
                }
            }
        }
        sums
    }

    /// The best tags for a chunk whose tokens gain `scores`; `best` is room to work in.
    pub(super) fn decode(
        &self,
        scores: &[[i32; TAGS]],
        best: &mut Vec<([i32; TAGS], [u8; TAGS])>,
        tags: &mut Vec<u8>,
    ) {
        best.clear();
        tags.clear();
        let start = self.transitions[TAGS];
        for own in scores {
            let mut sums = [NEVER; TAGS];
            let mut from = [0; TAGS];
            for tag in 0..TAGS {
                if let Some((before, _)) = best.last() {
                    for (earlier, number) in before.iter().zip(0u8..) {
                        let sum = earlier + self.transitions[usize::from(number)][tag];
                        if sum > sums[tag] {
                            (sums[tag], from[tag]) = (sum, number);
                        }
                    }
                } else {
                    sums[tag] = start[tag];
                }
                sums[tag] = (sums[tag] + own[tag]).max(NEVER);
            }
            best.push((sums, from));
        }
        let Some((last, _)) = best.last() else { return };
        let mut tag = (1..TAGS).fold(0, |best, tag| if last[tag] > last[best] { tag } else { best });
        for (_, from) in best.iter().rev() {
            tags.push(u8::try_from(tag).unwrap_or(0));
            tag = usize::from(from[tag]);
        }
        tags.reverse();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_model_in_the_program_is_one_and_has_the_checksum_of_its_card() {
        use sha2::{Digest, Sha256};
        let bytes = include_bytes!("../../../models/people.bin");
        assert!(Model::read(bytes).is_some());
        let sum = format!("{:x}", Sha256::digest(bytes));
        assert!(include_str!("../../../models/README.md").contains(&sum), "the card does not name {sum}");
    }

    #[test]
    fn what_is_written_is_read_back_and_what_is_cut_is_refused() {
        let mut transitions = [[0; TAGS]; TAGS + 1];
        transitions[1][2] = -300;
        let rows = [[1, -2, 3, -4, 5, -6, 7, -128], [0; TAGS]];
        let bytes = Model::write(1, &transitions, &rows);
        let model = Model::read(&bytes).unwrap();
        assert_eq!(model.score(&[0, 1, u64::MAX]), [2, -4, 6, -8, 10, -12, 14, -256]);
        assert_eq!(model.transitions[1][2], -300);
        assert!((0..bytes.len()).all(|len| Model::read(&bytes[..len]).is_none()));
    }

    #[test]
    fn no_name_goes_on_that_did_not_begin() {
        let bytes = Model::write(1, &[[0; TAGS]; TAGS + 1], &[[0; TAGS]; 2]);
        let model = Model::read(&bytes).unwrap();
        let (mut best, mut tags) = (Vec::new(), Vec::new());
        let inside_person = [0, 0, 100, 0, 0, 0, 0, 0];
        model.decode(&[inside_person], &mut best, &mut tags);
        assert_eq!(tags, [0]);
        model.decode(&[[0, 1, 0, 0, 0, 0, 0, 0], inside_person], &mut best, &mut tags);
        assert_eq!(tags, [1, 2]);
    }
}
