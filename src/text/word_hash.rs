//! A hash of a word that is the same for every way to write it: eight bytes a step, and no copy of a plain word; and
//! the hash of a name of several words.
//!
//! Built-in tables hold such hashes (`models/places.bin`): they must never change without the tables.

use super::fold_char;

/// The longest word that is folded before it is hashed, in folded bytes; what follows is not looked at.
const MAX_FOLDED: usize = 96;

/// A hash of the folded word, the same whatever its case, accents and full stops; words that differ have, for all that
/// matters, different hashes. 0 for a word that folds to nothing.
#[inline]
pub(crate) fn word_hash(word: &str) -> u64 {
    let (hash, is_plain) = hash(word.as_bytes());
    if is_plain { hash } else { folded_hash(word) }
}

/// The hash of a name, one word longer: `word` is the hash of that word, `hash` of those before it, 0 for none.
pub(crate) fn add_to_hash(hash: u64, word: u64) -> u64 {
    hash.rotate_left(7) ^ word.wrapping_mul(MULTIPLIER)
}

/// The hash of a word that has more than letters and digits of ASCII.
#[cold]
fn folded_hash(word: &str) -> u64 {
    let mut folded = [0; MAX_FOLDED];
    let mut len = 0;
    let mut push = |byte: u8| {
        if let Some(place) = folded.get_mut(len) {
            *place = byte;
            len += 1;
        }
    };
    if word.is_ascii() {
        word.bytes().filter(|b| !matches!(b, b'.' | b',')).for_each(|b| push(b.to_ascii_lowercase()));
    } else {
        for c in word.chars() {
            fold_char(c, &mut |folded| {
                let mut utf8 = [0; 4];
                folded.encode_utf8(&mut utf8).bytes().filter(|b| *b != b'.').for_each(&mut push);
            });
        }
    }
    hash(folded.get(..len).unwrap_or(&folded)).0
}

/// The hash of the bytes, small and capital letters of ASCII being the same, and whether they are all ASCII without full
/// stop and comma.
#[inline]
fn hash(bytes: &[u8]) -> (u64, bool) {
    if bytes.is_empty() {
        return (0, true);
    }
    let mut state = State { hash: (bytes.len() as u64).wrapping_mul(MULTIPLIER), special: 0 };
    if let Some(last) = bytes.last_chunk::<8>() {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            state.add(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            state.add(u64::from_le_bytes(*last));
        }
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        state.add(u64::from(first) | u64::from(last) << 32);
    } else if let [first, .., last] = bytes {
        let middle = bytes.get(1).copied().unwrap_or(*first);
        state.add(u64::from_le_bytes([*first, middle, *last, b'0', b'0', b'0', b'0', b'0']));
    } else if let [only] = bytes {
        state.add(u64::from_le_bytes([*only, b'0', b'0', b'0', b'0', b'0', b'0', b'0']));
    }
    (state.hash, state.special == 0)
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

struct State {
    hash: u64,
    /// A bit is set once a byte was no ASCII, a full stop or a comma.
    special: u64,
}

impl State {
    #[inline]
    fn add(&mut self, chunk: u64) {
        const LOW: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = LOW * 0x80;
        let beyond_ascii = chunk & HIGH;
        // Full stop and comma differ in one bit; a byte of zero here is one of them.
        let stops = (chunk & (LOW * 0xFD)) ^ (LOW * 0x2C);
        self.special |= beyond_ascii | (stops.wrapping_sub(LOW) & !stops & HIGH);
        // The bit that parts capitals from small letters; it means something else beyond ASCII.
        let small = chunk | ((LOW * 0x20) & !(beyond_ascii >> 2));
        self.hash = (self.hash.rotate_left(26) ^ small).wrapping_mul(MULTIPLIER);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_into;
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_full_stops_do_not_count() {
        for (one, other) in [("U.S.", "us"), ("MARÍA", "Maria"), ("Ärzte", "arzte"), ("a", "A"), (".", "")]
        {
            assert_eq!(word_hash(one), word_hash(other), "{one}");
        }
        assert_eq!(word_hash(""), 0);
    }

    proptest! {
        #[test]
        fn words_have_one_hash_if_they_fold_to_the_same(
            one in "[a-cA-CÁéß'-]{0,12}", other in "[a-cA-CÁéß'-]{0,12}",
        ) {
            let folded = |word: &str| {
                let mut folded = String::new();
                fold_into(word, &mut folded);
                folded
            };
            prop_assert_eq!(word_hash(&one) == word_hash(&other), folded(&one) == folded(&other));
            prop_assert_eq!(word_hash(&one), word_hash(&one.to_uppercase().to_lowercase()));
        }
    }
}
