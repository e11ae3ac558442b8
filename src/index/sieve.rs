//! Tells quickly that a segment has no article with an id or a key, as it seldom has: a Bloom filter whose bits for a term lie in one word.
//!
//! Without it each article that comes in looks for its id, and for the keys by which copies are found, in the terms of every segment, wherever
//! these lie on disk.

use std::hash::Hasher as _;
use std::sync::Arc;

use rustc_hash::FxHasher;
use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher};

/// Bits of a term, and how many of them it sets.
const ROOM: usize = 12;
const SET: u32 = 4;

/// The terms of a field of a segment, or a few more.
#[derive(Debug)]
pub(super) struct Sieve(Vec<u64>);

impl Sieve {
    fn of(field: &InvertedIndexReader) -> std::io::Result<Self> {
        let mut sieve = Self::with_room_for(field.terms().num_terms());
        let mut terms = field.terms().stream()?;
        while terms.advance() {
            sieve.add(terms.key());
        }
        Ok(sieve)
    }

    fn with_room_for(terms: usize) -> Self {
        Self(vec![0; (terms * ROOM).div_ceil(64).max(1)])
    }

    fn add(&mut self, term: &[u8]) {
        let (word, bits) = self.place(term);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bits;
        }
    }

    /// Whether the segment may have the term.
    pub(super) fn may_have(&self, term: &[u8]) -> bool {
        let (word, bits) = self.place(term);
        self.0.get(word).is_some_and(|word| word & bits == bits)
    }

    /// The word of a term, and its bits in there.
    fn place(&self, term: &[u8]) -> (usize, u64) {
        let mut hasher = FxHasher::default();
        hasher.write(term);
        let hash = hasher.finish();
        let hash = (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let hash = (hash ^ hash >> 32).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bits = (0..SET).fold(0, |bits, n| bits | 1 << (hash >> (6 * n) & 63));
        let word = (u128::from(hash) * self.0.len() as u128) >> 64;
        (usize::try_from(word).unwrap_or(0), bits)
    }
}

/// The sieves of a field, one for each segment of a commit, in order.
#[derive(Debug, Default)]
pub(super) struct Sieves(Vec<(SegmentId, Arc<Sieve>)>);

impl Sieves {
    /// Those of a commit; those of segments that the commit `before` had are not made again.
    pub(super) fn of(searcher: &Searcher, field: Field, before: &Self) -> tantivy::Result<Self> {
        let sieves = searcher.segment_readers().iter().map(|reader| {
            let id = reader.segment_id();
            let sieve = match before.0.iter().find(|(known, _)| *known == id) {
                Some((_, sieve)) => sieve.clone(),
                None => Arc::new(Sieve::of(&*reader.inverted_index(field)?)?),
            };
            Ok((id, sieve))
        });
        sieves.collect::<tantivy::Result<_>>().map(Self)
    }

    /// To each segment whether it may have the term.
    pub(super) fn may_have<'a>(&'a self, term: &'a [u8]) -> impl Iterator<Item = bool> + 'a {
        self.0.iter().map(|(_, sieve)| sieve.may_have(term))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_passes_and_few_others_do() {
        let mut sieve = Sieve::with_room_for(20_000);
        let term = |n: u64| (n * 7).to_be_bytes();
        (0..20_000).for_each(|n| sieve.add(&term(n)));
        assert!((0..20_000).all(|n| sieve.may_have(&term(n))));
        let others = (20_000..120_000).filter(|n| sieve.may_have(&term(*n))).count();
        assert!(others < 5_000, "{others}");
        let ids = (0..100_000).filter(|n| sieve.may_have(format!("nw-{n:05}").as_bytes())).count();
        assert!(ids < 5_000, "{ids}");
        assert!(!Sieve::with_room_for(0).may_have(b"a"));
    }
}
