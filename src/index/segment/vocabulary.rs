//! The terms of a segment under construction, each with a number: those seen first have the lowest.

use std::hash::BuildHasher as _;

use super::super::stream::Term;

/// The number of a term in its segment.
pub(super) type TermNumber = u32;

/// All terms by number, and a hash table to find them: open addressing, each slot a part of the hash and a number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The hash's high half above the number plus one; 0 where there is none. A power of two, at most half full.
    slots: Vec<u64>,
    entries: Vec<Entry>,
    /// All terms' bytes, one behind the other.
    bytes: Vec<u8>,
    /// What no stranger knows, so that no text can be written whose terms all fall into one slot.
    key: u64,
}

/// What is known of a term.
#[derive(Debug, Clone, Copy)]
struct Entry {
    prefix: u64,
    /// Where its bytes begin.
    at: u32,
    len: u16,
    field: u8,
    /// How many times it stands in the segment.
    count: u32,
}

const FIRST_SLOTS: usize = 1 << 12;

impl Default for Vocabulary {
    fn default() -> Self {
        let key = std::collections::hash_map::RandomState::new().hash_one(0);
        Self { slots: vec![0; FIRST_SLOTS], entries: Vec::new(), bytes: Vec::new(), key }
    }
}

impl Vocabulary {
    /// The number of a term of a field, a new one if need be; it counts `times` more.
    #[inline]
    pub(super) fn count(&mut self, field: u8, term: Term<'_>, times: u32) -> TermNumber {
        let hash = self.hash(field, term);
        let mut slot = self.slot(hash);
        let number = loop {
            match self.slots.get(slot).copied() {
                None | Some(0) => break self.add(slot, hash, field, term),
                Some(full) if full >> 32 == hash >> 32 => {
                    let number = low(full) - 1;
                    if self.is(number, field, term) {
                        break number;
                    }
                }
                Some(_) => {}
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        };
        if let Some(entry) = self.entries.get_mut(number as usize) {
            entry.count += times;
        }
        number
    }

    /// The number of a term of a field, if it has one.
    pub(super) fn find(&self, field: u8, term: Term<'_>) -> Option<TermNumber> {
        let hash = self.hash(field, term);
        let mut slot = self.slot(hash);
        loop {
            let full = self.slots.get(slot).copied().filter(|full| *full != 0)?;
            if full >> 32 == hash >> 32 && self.is(low(full) - 1, field, term) {
                return Some(low(full) - 1);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// About how much memory it takes.
    pub(super) fn memory(&self) -> usize {
        self.slots.len() * 8 + self.entries.len() * size_of::<Entry>() + self.bytes.len()
    }

    /// How many times a term stands in the segment.
    pub(super) fn times(&self, number: TermNumber) -> u32 {
        self.entries.get(number as usize).map_or(0, |entry| entry.count)
    }

    /// The field of a term.
    pub(super) fn field(&self, number: TermNumber) -> u8 {
        self.entries.get(number as usize).map_or(0, |entry| entry.field)
    }

    /// The bytes of a term.
    pub(super) fn term(&self, number: TermNumber) -> &[u8] {
        self.entries.get(number as usize).map_or(&[], |entry| self.bytes_of(entry))
    }

    /// The numbers of all terms, by field and bytes.
    pub(super) fn in_order(&self) -> Vec<TermNumber> {
        let mut order: Vec<(u8, u64, TermNumber)> =
            (0..).zip(&self.entries).map(|(number, entry)| (entry.field, entry.prefix, number)).collect();
        order.sort_unstable_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| self.term(a.2).cmp(self.term(b.2)))
        });
        order.into_iter().map(|(_, _, number)| number).collect()
    }

    #[inline]
    fn hash(&self, field: u8, term: Term<'_>) -> u64 {
        let mut hash = mix(term.prefix ^ self.key, u64::from(field) << 32 ^ term.bytes.len() as u64 ^ ODD);
        if let Some(rest) = term.bytes.get(8..).filter(|rest| !rest.is_empty()) {
            let (chunks, _) = rest.as_chunks::<8>();
            for chunk in chunks {
                hash = mix(hash ^ u64::from_le_bytes(*chunk), self.key | 1);
            }
            if let Some(last) = term.bytes.last_chunk::<8>() {
                hash = mix(hash ^ u64::from_le_bytes(*last), self.key | 1);
            }
        }
        hash
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked")]
    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn is(&self, number: TermNumber, field: u8, term: Term<'_>) -> bool {
        self.entries.get(number as usize).is_some_and(|entry| {
            entry.prefix == term.prefix
                && usize::from(entry.len) == term.bytes.len()
                && entry.field == field
                && (term.bytes.len() <= 8 || self.bytes_of(entry) == term.bytes)
        })
    }

    fn bytes_of(&self, entry: &Entry) -> &[u8] {
        let at = entry.at as usize;
        self.bytes.get(at..at + usize::from(entry.len)).unwrap_or_default()
    }

    #[inline(never)]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a segment ends long before it holds 4 GB of terms, of at most 65,535 bytes each"
    )]
    fn add(&mut self, slot: usize, hash: u64, field: u8, term: Term<'_>) -> TermNumber {
        let number = self.entries.len() as u32;
        self.entries.push(Entry {
            prefix: term.prefix,
            at: self.bytes.len() as u32,
            len: term.bytes.len() as u16,
            field,
            count: 0,
        });
        self.bytes.extend_from_slice(term.bytes);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = hash >> 32 << 32 | u64::from(number + 1);
        }
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let len = self.slots.len() * 2;
        self.slots = vec![0; len];
        for (number, entry) in (1..).zip(&self.entries) {
            let hash = self.hash(entry.field, Term { bytes: self.bytes_of(entry), prefix: entry.prefix });
            let mut slot = self.slot(hash);
            while self.slots.get(slot).is_some_and(|full| *full != 0) {
                slot = (slot + 1) & (len - 1);
            }
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = hash >> 32 << 32 | number;
            }
        }
    }
}

/// An odd number without pattern.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Both halves of a product, one over the other.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the low half is meant")]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the low half is meant")]
fn low(slot: u64) -> u32 {
    slot as u32
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn each_term_of_a_field_has_one_number_and_they_come_in_order(
            terms in prop::collection::vec((0u8..3, "[ab]{0,3}|[a-c]{7,10}|é{1,20}"), 0..400),
        ) {
            let mut vocabulary = Vocabulary { slots: vec![0; 2], ..Vocabulary::default() };
            let mut counts = BTreeMap::new();
            for (field, term) in &terms {
                let number = vocabulary.count(*field, Term::new(term.as_bytes()), 2);
                prop_assert_eq!(vocabulary.find(*field, Term::new(term.as_bytes())), Some(number));
                *counts.entry((*field, term.as_bytes().to_vec())).or_insert(0) += 2;
            }
            prop_assert_eq!(vocabulary.find(9, Term::new(b"a")), None);
            let found: Vec<_> = vocabulary.in_order().into_iter()
                .map(|n| ((vocabulary.field(n), vocabulary.term(n).to_vec()), vocabulary.times(n)))
                .collect();
            prop_assert_eq!(found, counts.into_iter().collect::<Vec<_>>());
        }
    }
}
