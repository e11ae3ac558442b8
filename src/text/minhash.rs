//! How much two texts have in common, told from a small sketch of each.
//!
//! A text is taken as the set of its *shingles*: every [`SHINGLE`] words in a row. Each shingle has a hash; the *sketch* of a
//! text is its [`MINIMA`] smallest hashes (a bottom-k sketch). The smallest hashes of two texts together are a fair sample
//! of all their shingles, and a sketch tells which of the sample each text has: so two sketches tell what share of all
//! shingles stands in both texts ([`Common::resemblance`], the Jaccard index) and what share of the shorter text's stands
//! in the longer ([`Common::contained`]). A text with no more shingles than a sketch holds is told exactly.
//!
//! The first few minima are [`Sketch::keys`]: texts that have most in common share several of them, texts that have next to
//! nothing in common share none, so an index of keys finds whom to compare. With a resemblance of 0.7, two or more of
//! six are shared 99 times in 100.

use serde::{Deserialize, Serialize};

use super::word_hash::word_hash;
use super::{Token, fold_into};

/// Words of a shingle: a changed word costs as many shingles, and four words in a row seldom meet by chance.
pub(crate) const SHINGLE: usize = 4;
/// The most hashes that a sketch holds; an estimate is off by 0.04 (one standard error) where half is shared.
pub(crate) const MINIMA: usize = 128;
/// How many of them a text is looked up by.
pub(crate) const KEYS: usize = 6;

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// How far a word's hash is turned from one place in a shingle to the next; any but a divisor of 64.
const TURN: u32 = 13;

/// The smallest hashes of a text's shingles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sketch {
    /// In order, each once.
    minima: Box<[u32]>,
    /// How many shingles the text has, those that stand twice counted twice.
    shingles: u32,
}

/// What two texts have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Common {
    /// Of the shingles of both texts, the share that both have; 0 for texts without any.
    pub(crate) resemblance: f64,
    /// Of the shingles of the shorter text, the share that the longer has, too.
    pub(crate) contained: f64,
    /// How long the shorter is beside the longer.
    pub(crate) lengths: f64,
}

impl Sketch {
    /// The sketch of these words of a text.
    pub(crate) fn of(text: &str, words: &[Token]) -> Self {
        let shingles = (words.len() + 1).saturating_sub(SHINGLE);
        // Of so many hashes, evenly spread, a few more than are wanted lie below this.
        let enough = MINIMA + MINIMA / 3;
        let below = if shingles <= enough { ALL } else { ALL / shingles as u64 * enough as u64 };
        let mut minima = smallest(text, words, below);
        if minima.len() < MINIMA && below < ALL {
            minima = smallest(text, words, ALL); // many stand twice
        }
        Self { minima: minima.into(), shingles: u32::try_from(shingles).unwrap_or(u32::MAX) }
    }

    /// The sketch of something that has nothing in common with anything but itself.
    pub(crate) fn of_whole(hash: u64) -> Self {
        let mut minima = vec![high(hash), high(hash.wrapping_mul(MULTIPLIER))];
        minima.sort_unstable();
        minima.dedup();
        Self { minima: minima.into(), shingles: 0 }
    }

    /// The hashes that a text is looked up by.
    pub(crate) fn keys(&self) -> &[u32] {
        self.minima.get(..KEYS).unwrap_or(&self.minima)
    }

    /// The last hash that it would hold if the text had it.
    fn known_to(&self) -> u32 {
        if self.minima.len() < MINIMA { u32::MAX } else { self.minima.last().copied().unwrap_or(u32::MAX) }
    }

    fn up_to(&self, to: u32) -> &[u32] {
        let end = self.minima.partition_point(|hash| *hash <= to);
        self.minima.get(..end).unwrap_or(&self.minima)
    }

    /// What this text and another have in common, estimated.
    pub(crate) fn common(&self, other: &Self) -> Common {
        let to = self.known_to().min(other.known_to());
        let (a, b) = (self.up_to(to), other.up_to(to));
        let (ours, theirs, both) = (a.len(), b.len(), shared(a, b));
        let share = |of: usize| if of == 0 { 0.0 } else { both as f64 / of as f64 };
        let (shorter, longer) = (self.shingles.min(other.shingles), self.shingles.max(other.shingles));
        Common {
            resemblance: share(ours + theirs - both),
            contained: share(if self.shingles <= other.shingles { ours } else { theirs }),
            lengths: if longer == 0 { 1.0 } else { f64::from(shorter) / f64::from(longer) },
        }
    }
}

/// How many hashes stand in both lists, each in order.
fn shared(mut a: &[u32], mut b: &[u32]) -> usize {
    let mut both = 0;
    while let (Some((x, rest_of_a)), Some((y, rest_of_b))) = (a.split_first(), b.split_first()) {
        both += usize::from(x == y);
        a = if x <= y { rest_of_a } else { a };
        b = if y <= x { rest_of_b } else { b };
    }
    both
}

/// The higher half, which every bit of a product reaches.
fn high(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(u32::MAX)
}

/// More than any hash.
const ALL: u64 = 1 << 32;
/// Hashes that are kept before the smallest of them are picked out.
const PILE: usize = 4 * MINIMA;

/// The smallest hashes of a text's shingles, in order, each once; none from `below` on.
fn smallest(text: &str, words: &[Token], mut below: u64) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::with_capacity(words.len().min(PILE));
    let (mut first, mut second, mut third, mut folded) = (0u64, 0u64, 0u64, String::new());
    for (token, number) in words.iter().zip(1..) {
        let fourth = hash_of(text, *token, &mut folded);
        let row =
            first.rotate_left(3 * TURN) ^ second.rotate_left(2 * TURN) ^ third.rotate_left(TURN) ^ fourth;
        let hash = high(row.wrapping_mul(MULTIPLIER));
        if u64::from(hash) < below && number >= SHINGLE {
            kept.push(hash);
            if kept.len() >= PILE {
                pick(&mut kept);
                below = kept.last().filter(|_| kept.len() == MINIMA).map_or(below, |last| u64::from(*last));
            }
        }
        (first, second, third) = (second, third, fourth);
    }
    pick(&mut kept);
    kept
}

/// Leaves the smallest hashes, in order, each once.
fn pick(kept: &mut Vec<u32>) {
    kept.sort_unstable();
    kept.dedup();
    kept.truncate(MINIMA);
}

/// A hash of a word that is the same in capitals and small letters, with and without accents; `folded` is room to write in.
#[inline]
fn hash_of(text: &str, token: Token, folded: &mut String) -> u64 {
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    if token.ascii {
        return plain_hash(text.as_bytes(), start, end);
    }
    folded.clear();
    fold_into(token.span.of(text), folded);
    if folded.is_ascii() { plain_hash(folded.as_bytes(), 0, folded.len()) } else { word_hash(folded) }
}

/// The hash of the bytes from `start` to `end`, in ASCII. Of more than eight, the first and the last eight count, and how
/// many they are.
#[inline]
fn plain_hash(bytes: &[u8], start: usize, end: usize) -> u64 {
    let length = end.saturating_sub(start);
    let first = small_eight(bytes, start);
    let hash = if let Some(of_word) = BYTES.get(length) {
        first & of_word
    } else {
        let last = small_eight(bytes, end.saturating_sub(8));
        first.wrapping_mul(MULTIPLIER).rotate_left(31) ^ last ^ length as u64
    };
    let hash = hash.wrapping_mul(MULTIPLIER);
    hash ^ (hash >> 32)
}

/// The bits of the first bytes of eight, by how many.
const BYTES: [u64; 9] = {
    let mut bits = [u64::MAX; 9];
    let mut bytes = 0;
    while bytes < 8 {
        bits[bytes] = (1 << (8 * bytes)) - 1;
        bytes += 1;
    }
    bits
};

/// Eight bytes from `at` on, capitals as small letters; zeros where the text ends before.
#[inline]
fn small_eight(bytes: &[u8], at: usize) -> u64 {
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let rest = bytes.get(at..).unwrap_or_default();
    let eight = rest.first_chunk::<8>().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        padded
    });
    u64::from_le_bytes(eight) | SMALL
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    fn sketch(text: &str) -> Sketch {
        Sketch::of(text, &crate::text::token_list(text))
    }

    /// Resemblance and containment by the words themselves.
    fn exact(one: &str, other: &str) -> (f64, f64) {
        let shingles = |text: &str| {
            let words: Vec<String> = text.split(' ').map(crate::text::fold).collect();
            words.windows(SHINGLE).map(<[String]>::to_vec).collect::<BTreeSet<_>>()
        };
        let (one, other) = (shingles(one), shingles(other));
        let both = one.intersection(&other).count() as f64;
        (both / one.union(&other).count() as f64, both / one.len().min(other.len()) as f64)
    }

    fn words(count: usize, seed: usize) -> Vec<String> {
        (0..count).map(|n| format!("w{}", (n * 31 + seed) * 2_654_435_761 % 1_000_003)).collect()
    }

    #[test]
    fn a_text_is_one_with_itself_however_it_is_written() {
        let text = "The ferry to Port Hallam came back on Monday with all of its crew";
        let common = sketch(text).common(&sketch(&text.to_uppercase()));
        assert_eq!(common, Common { resemblance: 1.0, contained: 1.0, lengths: 1.0 });
        assert_eq!(sketch(text).keys().len(), KEYS);
    }

    #[test]
    fn capitals_accents_and_the_place_in_a_text_do_not_count() {
        let hash = |text: &str| {
            let token = *crate::text::token_list(text).last().unwrap();
            hash_of(text, token, &mut String::new())
        };
        for (one, other) in [
            ("María", "the MARIA of"),
            ("don’t", "we don't know"),
            ("São", "in Sao Paulo"),
            ("deportations", "DEPORTATIONS, he said"),
        ] {
            let of_other: Vec<u64> = crate::text::token_list(other)
                .into_iter()
                .map(|token| hash_of(other, token, &mut String::new()))
                .collect();
            assert!(of_other.contains(&hash(one)), "{one} in {other}");
        }
        assert_ne!(hash("deportation"), hash("deportations"));
    }

    #[test]
    fn the_order_of_words_counts() {
        let common = sketch("one two three four five").common(&sketch("five four three two one"));
        assert!(common.resemblance <= 0.0);
        let repeated = sketch("a a a a b b b b").common(&sketch("b b b b a a a a"));
        assert!(repeated.resemblance < 0.5, "{repeated:?}");
    }

    #[test]
    fn texts_without_a_shingle_have_nothing_in_common() {
        for text in ["", "one", "one two three"] {
            assert!(sketch(text).common(&sketch(text)).resemblance <= 0.0, "{text}");
            assert!(sketch(text).keys().is_empty());
        }
    }

    #[test]
    fn of_texts_with_half_or_more_in_common_nearly_all_share_two_keys() {
        let mut missed = 0;
        for seed in 0..1000 {
            let whole = words(600, seed * 1009);
            // 65 words of 600 at one end are others: a resemblance of 0.8.
            let mut changed = whole.clone();
            changed.splice(535.., words(65, seed * 1009 + 777_777));
            let (one, other) = (sketch(&whole.join(" ")), sketch(&changed.join(" ")));
            missed += usize::from(one.keys().iter().filter(|key| other.keys().contains(key)).count() < 2);
        }
        assert!(missed <= 5, "{missed} of 1000");
    }

    proptest! {
        #[test]
        fn short_texts_are_told_exactly(
            one in "[a-cA-C]( [a-c]){3,120}", other in "[a-c]( [a-c]){3,120}",
        ) {
            let told = sketch(&one).common(&sketch(&other));
            prop_assert!((told.resemblance - exact(&one, &other).0).abs() < 1e-9);
        }

        #[test]
        fn long_texts_are_told_nearly(
            length in 200usize..2000, kept in 0usize..=100, more in 0usize..1000, seed in 0usize..100_000,
        ) {
            let whole = words(length, seed * 5000);
            let mut other = whole[..length * kept / 100].to_vec();
            other.extend(words(more + 10, seed * 5000 + 499_999));
            let (whole, other) = (whole.join(" "), other.join(" "));
            let told = sketch(&whole).common(&sketch(&other));
            let (resemblance, contained) = exact(&whole, &other);
            // Five standard errors, with as many of the sample as the shorter text has in it.
            prop_assert!((told.resemblance - resemblance).abs() < 0.23, "{told:?} {resemblance}");
            let sample = MINIMA as f64 * told.lengths;
            let most = 5.0 * (contained * (1.0 - contained) / sample).sqrt() + 0.02 + 3.0 / sample;
            prop_assert!((told.contained - contained).abs() < most, "{told:?} {contained} {most}");
        }
    }
}
