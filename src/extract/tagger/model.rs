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

use super::features::Sink;

/// How many tags there are: nothing, the beginning and the inside of a person, an organisation and a place, and
/// another name.
pub const TAGS: usize = 8;

/// The tag of other names: peoples, works, events.
pub const OTHER: usize = 7;

/// How the file begins; the last byte counts the formats, of the file and of the features.
pub const MAGIC: [u8; 8] = *b"people\0\x02";

const HEADER: usize = MAGIC.len() + 4;
const ROWS: usize = HEADER + (TAGS + 1) * TAGS * 2;

/// Weights for features and for neighbouring tags.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    bits: u32,
    /// By the tag before.
    transitions: [Gains; TAGS + 1],
    /// The same by the tag itself, without the start.
    into: [Gains; TAGS],
    rows: &'a [[u8; TAGS]],
}

/// Whether `tag` can stand after `before`: nothing is inside that did not begin.
pub fn may_follow(before: usize, tag: usize) -> bool {
    tag == 0 || tag == OTHER || !tag.is_multiple_of(2) || before == tag || before + 1 == tag
}

/// The tags of persons, and the others.
const PERSON: [usize; 2] = [1, 2];
const NO_PERSON: [usize; TAGS - 2] = [0, 3, 4, 5, 6, 7];

/// A chunk with its tags, and room to work in.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    rest: Vec<Gains>,
    /// One for each token.
    pub(super) tags: Vec<u8>,
    /// One for each token, in units of the model.
    pub(super) margins: Vec<i32>,
}

impl Decoded {
    /// With room for a chunk of so many tokens.
    pub(super) fn with_capacity(tokens: usize) -> Self {
        Self {
            rest: Vec::with_capacity(tokens),
            tags: Vec::with_capacity(tokens),
            margins: Vec::with_capacity(tokens),
        }
    }
}

/// What a tag that may not stand there costs.
///
/// More than the features of a token can make up for: tag 0 may follow every tag.
const NEVER: i16 = -30_000;

static BUILT_IN: LazyLock<Model<'static>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../models/people.bin");
    Model::read(bytes).unwrap_or(Model {
        bits: 1,
        transitions: [[0; TAGS]; TAGS + 1],
        into: [[0; TAGS]; TAGS],
        rows: &[],
    })
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
                    *cell = i16::from_le_bytes(*pair);
                }
            }
        }
        let into = std::array::from_fn(|tag| std::array::from_fn(|before| transitions[before][tag]));
        Some(Self { bits, transitions, into, rows })
    }

    /// The bytes of a file: [`Self::read`] reads them back. `rows` has two to the power of `bits`.
    pub fn write(bits: u32, transitions: &[[i16; TAGS]; TAGS + 1], rows: &[[i8; TAGS]]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(bits.to_le_bytes());
        bytes.extend(transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(rows.iter().flatten().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// Sums of weights for a token, to take its features.
    pub(super) fn sums(&self) -> Sums<'a> {
        Sums { bits: 64 - self.bits, rows: self.rows, gained: [0; TAGS] }
    }

    /// The best tags for a chunk whose tokens gain `scores`, and how far each token is from being no part of a person, or,
    /// below zero, from being one.
    ///
    /// Eight sums of 16 bits are one register of every processor; they saturate, and the best of a token is kept at 0.
    pub(super) fn decode(&self, scores: &[Gains], room: &mut Decoded) {
        let Decoded { rest, tags, margins } = room;
        rest.clear();
        rest.resize(scores.len(), [0; TAGS]);
        tags.clear();
        margins.clear();
        // What the tags after a token gain at best, for each of its own.
        for at in (1..scores.len()).rev() {
            let after = plus(&rest[at], &scores[at]);
            let mut best = [i16::MIN; TAGS];
            for (into, sum) in self.into.iter().zip(after) {
                best = most(&best, &plus(into, &[sum; TAGS]));
            }
            rest[at - 1] = level(&best);
        }
        let mut last = TAGS;
        let mut sums = [0; TAGS];
        for (at, (own, rest)) in scores.iter().zip(rest.iter()).enumerate() {
            let gains = plus(own, rest);
            let onward = plus(&self.transitions[last], &gains);
            last = 0;
            for tag in 1..TAGS {
                last = if onward[tag] > onward[last] { tag } else { last };
            }
            tags.push(u8::try_from(last).unwrap_or(0));
            let mut best = [i16::MIN; TAGS];
            if at == 0 {
                best = self.transitions[TAGS];
            } else {
                for (row, sum) in self.transitions.iter().zip(sums) {
                    best = most(&best, &plus(row, &[sum; TAGS]));
                }
            }
            let whole = plus(&best, &gains);
            let of = |tags: &[usize]| tags.iter().map(|tag| i32::from(whole[*tag])).max().unwrap_or(0);
            margins.push(of(&PERSON) - of(&NO_PERSON));
            sums = level(&plus(&best, own));
        }
    }
}

/// What each tag gains, or a row of the transitions.
pub(super) type Gains = [i16; TAGS];

// Loops of a fixed length: these become one instruction each.

fn plus(a: &Gains, b: &Gains) -> Gains {
    let mut sums = *a;
    for tag in 0..TAGS {
        sums[tag] = sums[tag].saturating_add(b[tag]);
    }
    sums
}

fn most(a: &Gains, b: &Gains) -> Gains {
    let mut most = *a;
    for tag in 0..TAGS {
        most[tag] = most[tag].max(b[tag]);
    }
    most
}

/// The same gains with the best at 0.
fn level(gains: &Gains) -> Gains {
    let best = gains.iter().fold(i16::MIN, |best, gain| best.max(*gain));
    let mut level = *gains;
    for gain in &mut level {
        *gain = gain.saturating_sub(best);
    }
    level
}

/// What each tag gains from the features of a token.
pub(super) struct Sums<'a> {
    bits: u32,
    rows: &'a [[u8; TAGS]],
    /// A token has fewer than two hundred features, of 127 each at most, so that these do not overflow.
    gained: Gains,
}

impl Sums<'_> {
    /// The sums.
    pub(super) fn gains(&self) -> Gains {
        self.gained
    }
}

impl Sink for Sums<'_> {
    #[inline]
    fn take(&mut self, feature: u64) {
        let row = usize::try_from(feature >> self.bits).unwrap_or(0);
        if let Some(row) = self.rows.get(row) {
            let mut sums = self.gained;
            for tag in 0..TAGS {
                sums[tag] = sums[tag].wrapping_add(i16::from(row[tag].cast_signed()));
            }
            self.gained = sums;
        }
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
        let mut sums = model.sums();
        for feature in [0, 1, u64::MAX] {
            sums.take(feature);
        }
        assert_eq!(sums.gains(), [2, -4, 6, -8, 10, -12, 14, -256]);
        assert_eq!(model.transitions[1][2], -300);
        assert!((0..bytes.len()).all(|len| Model::read(&bytes[..len]).is_none()));
    }

    /// What a row of tags gains, without bounds; `None` if it may not be.
    fn gain(model: &Model<'_>, scores: &[Gains], tags: &[u8]) -> Option<i32> {
        let mut last = TAGS;
        let mut sum = 0;
        for (own, tag) in scores.iter().zip(tags) {
            let tag = usize::from(*tag);
            if !may_follow(if last == TAGS { 0 } else { last }, tag) {
                return None;
            }
            sum += i32::from(model.transitions[last][tag]) + i32::from(own[tag]);
            last = tag;
        }
        Some(sum)
    }

    proptest::proptest! {
        #[test]
        fn the_best_tags_and_margins_are_those_of_all_rows_tried_one_by_one(
            transitions in proptest::array::uniform9(proptest::array::uniform8(-600_i16..600)),
            scores in proptest::collection::vec(proptest::array::uniform8(-4000_i16..4000), 1..4),
        ) {
            let bytes = Model::write(1, &transitions, &[[0; TAGS]; 2]);
            let model = Model::read(&bytes).unwrap();
            let mut room = Decoded::default();
            model.decode(&scores, &mut room);
            let count = u32::try_from(scores.len()).unwrap();
            let rows = (0..8_u32.pow(count)).map(|row| {
                (0..count).map(|at| u8::try_from(row >> (3 * at) & 7).unwrap()).collect::<Vec<u8>>()
            });
            let all: Vec<(Vec<u8>, i32)> =
                rows.filter_map(|tags| gain(&model, &scores, &tags).map(|sum| (tags, sum))).collect();
            let best = all.iter().map(|(_, sum)| *sum).max().unwrap();
            proptest::prop_assert_eq!(gain(&model, &scores, &room.tags), Some(best));
            for at in 0..scores.len() {
                let most = |person: bool| {
                    let such = all.iter().filter(|(tags, _)| matches!(tags[at], 1 | 2) == person);
                    such.map(|(_, sum)| *sum).max().unwrap()
                };
                proptest::prop_assert_eq!(room.margins[at], most(true) - most(false));
            }
        }
    }

    #[test]
    fn no_name_goes_on_that_did_not_begin() {
        let bytes = Model::write(1, &[[0; TAGS]; TAGS + 1], &[[0; TAGS]; 2]);
        let model = Model::read(&bytes).unwrap();
        let mut room = Decoded::default();
        let inside_person = [0, 0, 100, 0, 0, 0, 0, 0];
        model.decode(&[inside_person], &mut room);
        assert_eq!((&room.tags[..], &room.margins[..]), (&[0][..], &[0][..]));
        model.decode(&[[0, 1, 0, 0, 0, 0, 0, 0], inside_person], &mut room);
        assert_eq!((&room.tags[..], &room.margins[..]), (&[1, 2][..], &[101, 100][..]));
    }
}
