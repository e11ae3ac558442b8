//! From the hash of a word to its flags: eight bytes a word, so that most of the table stays near the processor.

use super::lexicon::Flags;

/// How many bits of a hash say where its word stands.
const PLACE_BITS: u32 = 17;

/// Flags of words; a word stands at its place or, that being taken, behind it.
#[derive(Debug)]
pub(in crate::extract) struct Table {
    /// Other bits of the hash, and the flags; no flags where there is no word.
    slots: Vec<(u32, Flags)>,
    used: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![(0, Flags::default()); 1 << PLACE_BITS], used: 0 }
    }
}

impl Table {
    /// Adds `flags` to those of the word.
    pub(super) fn add(&mut self, hash: u64, flags: Flags) {
        let (at, rest) = self.slot(hash);
        let Some(slot) = self.slots.get_mut(at).filter(|_| flags != Flags::default()) else { return };
        if slot.1 == Flags::default() {
            self.used += 1;
            assert!(self.used < (1 << PLACE_BITS) / 3 * 2, "a third of the table must stay free");
        }
        *slot = (rest, slot.1 | flags);
    }

    /// The flags of the word; none if it is not there.
    #[inline]
    pub(in crate::extract) fn get(&self, hash: u64) -> Flags {
        let (at, _) = self.slot(hash);
        self.slots.get(at).map_or_else(Flags::default, |slot| slot.1)
    }

    /// Where the word stands or would stand, and the bits that tell it from others there.
    #[inline]
    fn slot(&self, hash: u64) -> (usize, u32) {
        let (high, low) = (hash >> 32, hash & u64::from(u32::MAX));
        let place = usize::try_from(high >> (32 - PLACE_BITS)).unwrap_or(0);
        let rest = u32::try_from((high << 24 | low >> 8) & u64::from(u32::MAX)).unwrap_or(0);
        let mut at = place;
        while let Some(slot) = self.slots.get(at) {
            if slot.1 == Flags::default() || slot.0 == rest {
                break;
            }
            at = (at + 1) & ((1 << PLACE_BITS) - 1);
        }
        (at, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_place_are_told_apart_and_flags_add_up() {
        let mut table = Table::default();
        // The highest bits say the place; the last word goes round the end of the table.
        let words = [u64::MAX, u64::MAX ^ (1 << 20), u64::MAX ^ (1 << 30), 5 << 20];
        for (word, flags) in words.iter().zip([Flags::FIRST, Flags::LAST, Flags::COMMON, Flags::PLACE]) {
            table.add(*word, flags);
            assert_eq!(table.get(*word), flags);
        }
        table.add(words[0], Flags::ORG);
        assert_eq!(table.get(words[0]), Flags::FIRST | Flags::ORG);
        assert_eq!(table.get(words[1]), Flags::LAST);
        assert_eq!(table.get(7 << 20), Flags::default());
    }
}
