//! How many articles have a word, about, in little memory.

use super::words::{Word, Words};
use super::{LESS, NEAR};

/// Counters of a row; two rows are asked for each word.
const WIDTH: usize = 1 << 17;
/// Articles after which all counts are halved, so that what is rare now counts and counters do not overflow.
const MOST: u32 = 60_000;
/// Articles that are imagined besides, in which a word stands as its looks suggest: what a young archive goes by.
const IMAGINED: f32 = 400.0;

/// How many articles have which words: two rows of counters of which the smaller one is believed (a count-min sketch).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rarity {
    articles: u32,
    /// The two rows.
    counts: Box<[u16]>,
}

impl Default for Rarity {
    fn default() -> Self {
        Self { articles: 0, counts: vec![0; 2 * WIDTH].into() }
    }
}

impl Rarity {
    /// Counts the words of an article.
    pub fn add(&mut self, words: &Words) {
        for word in &words.0 {
            for place in places(word.hash) {
                if let Some(count) = self.counts.get_mut(place) {
                    *count = count.saturating_add(1);
                }
            }
        }
        self.articles += 1;
        if self.articles >= MOST {
            self.articles /= 2;
            self.counts.iter_mut().for_each(|count| *count /= 2);
        }
    }

    /// How many articles were counted; about half of them once they were many.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// How much it says that an article has a word: the logarithm of how many articles there are to one that has it.
    pub(super) fn weight(&self, word: Word) -> f32 {
        let count = |place: usize| self.counts.get(place).copied().unwrap_or_default();
        let [one, other] = places(word.hash);
        let held = f32::from(count(one).min(count(other))) + IMAGINED * word.looks.share();
        (self.all() / held).ln()
    }

    /// What a word has to say at least to be a trait: in a young archive little is known to be rare.
    pub(super) fn least(&self) -> f32 {
        (self.all().ln() - 2.5).min(4.0)
    }

    /// How near an article has to be to a story to join it, from 0 to 1: in a young archive, where little is known to be rare,
    /// articles look less alike than they are.
    pub fn enough(&self) -> f32 {
        NEAR - LESS * IMAGINED / self.all()
    }

    /// How many articles there are, those imagined counted.
    fn all(&self) -> f32 {
        IMAGINED + f32::from(u16::try_from(self.articles).unwrap_or(u16::MAX))
    }

    /// As bytes: the number of articles, then the counters.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = self.counts.iter().flat_map(|count| count.to_le_bytes());
        self.articles.to_le_bytes().into_iter().chain(counts).collect()
    }

    /// What [`Rarity::to_bytes`] gave; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (articles, counts) = bytes.split_first_chunk()?;
        let articles = u32::from_le_bytes(*articles);
        let (counts, rest) = counts.as_chunks::<2>();
        let fits = counts.len() == 2 * WIDTH && rest.is_empty() && articles < MOST;
        fits.then(|| Self {
            articles,
            counts: counts.iter().map(|count| u16::from_le_bytes(*count)).collect(),
        })
    }
}

/// Where the counters of a word are.
fn places(hash: u32) -> [usize; 2] {
    let turned = hash.wrapping_mul(0x85EB_CA6B) >> 13;
    [hash as usize % WIDTH, WIDTH + turned as usize % WIDTH]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::story::words::Looks;

    fn word(hash: u32, looks: Looks) -> Word {
        Word { hash, times: 1, looks, in_title: false }
    }

    #[test]
    fn what_more_articles_have_says_less_and_a_name_says_more_before_anything_is_known() {
        let mut rarity = Rarity::default();
        let weight = |rarity: &Rarity, n, looks| rarity.weight(word(n, looks));
        assert!(weight(&rarity, 7, Looks::Name) > weight(&rarity, 7, Looks::Rare));
        assert!(weight(&rarity, 7, Looks::Rare) > weight(&rarity, 7, Looks::Common));
        for n in 0..5000u32 {
            let some = [n.wrapping_mul(0x9E37_79B9) | 1, 2 * (n % 2), 4];
            rarity.add(&Words(some.iter().map(|hash| word(*hash, Looks::Common)).collect()));
        }
        let of = |n| weight(&rarity, n, Looks::Name);
        assert!(of(4) < 0.1 && of(4) < of(2) && of(2) < of(1_000_000) && of(1_000_000) > 5.0);
    }

    #[test]
    fn counts_are_halved_before_they_overflow_and_come_back_from_bytes() {
        let mut rarity = Rarity::default();
        let words = Words(vec![word(9, Looks::Common)]);
        (0..2 * MOST).for_each(|_| rarity.add(&words));
        assert!(rarity.articles < MOST && rarity.counts.iter().all(|count| u32::from(*count) < MOST));
        assert!(rarity.weight(word(9, Looks::Common)) < 0.1);
        let bytes = rarity.to_bytes();
        assert_eq!(Rarity::from_bytes(&bytes).unwrap(), rarity);
        for len in [0, 3, 4, 1000, bytes.len() - 1] {
            assert!(Rarity::from_bytes(bytes.get(..len).unwrap()).is_none(), "{len}");
        }
    }
}
