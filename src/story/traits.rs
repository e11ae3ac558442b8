//! The words that tell an article from others.

use super::Rarity;
use super::words::{Words, hash_of};

/// The most traits that an article has.
pub const MOST_TRAITS: usize = 16;
/// A word that stands more often says no more.
const TIMES: u8 = 3;
/// How many times a word counts more that stands in the title.
const IN_TITLE: f32 = 2.0;
/// The most that one trait says: articles that share one word and nothing else are 0.2 alike at most, however little else they have.
const MOST: f32 = 0.45;
/// How much more a name says than another word.
const NAME: f32 = 1.5;

/// A word with how much it says of all that the traits of its article say: 24 bits of the word's hash, and the share of a
/// vector of length one, in 255ths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trait(u32);

impl Trait {
    pub(super) fn new(hash: u32, share: f32) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
        let weight = (share * 255.0).round().clamp(0.0, 255.0) as u32;
        Self(hash & !0xFF | weight)
    }

    /// One that was kept as a number.
    pub fn from_number(number: u64) -> Option<Self> {
        u32::try_from(number).ok().map(Self)
    }

    /// As a number.
    pub fn number(self) -> u64 {
        u64::from(self.0)
    }

    /// What the word is known by.
    pub(super) fn key(self) -> u32 {
        self.0 >> 8
    }

    /// How much it says, from 0 to 1.
    pub(super) fn weight(self) -> f32 {
        f32::from(u8::try_from(self.0 & 0xFF).unwrap_or_default()) / 255.0
    }

    /// Whether a word is the one.
    pub fn is(self, word: &str) -> bool {
        self.key() == hash_of(word) >> 8
    }
}

/// The traits of an article, in order; at most [`MOST_TRAITS`], none for an article without rare words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Traits(Vec<Trait>);

impl Traits {
    /// Those of an article with these words.
    pub fn of(words: &Words, rarity: &Rarity) -> Self {
        let least = rarity.least();
        let ranked = words.0.iter().filter_map(|word| {
            let weight = rarity.weight(*word);
            let times = f32::from(word.times.min(TIMES)) + if word.in_title { IN_TITLE } else { 0.0 };
            let name = if word.looks.is_name() { NAME } else { 1.0 };
            (weight >= least).then(|| (weight * name * (1.0 + times.ln()), word.hash))
        });
        let mut ranked: Vec<(f32, u32)> = ranked.collect();
        let first = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if ranked.len() > MOST_TRAITS {
            ranked.select_nth_unstable_by(MOST_TRAITS, first);
            ranked.truncate(MOST_TRAITS);
        }
        let length = ranked.iter().map(|(rank, _)| rank * rank).sum::<f32>().sqrt();
        let mut traits: Vec<Trait> =
            ranked.iter().map(|(rank, hash)| Trait::new(*hash, (rank / length).min(MOST))).collect();
        traits.sort_unstable();
        traits.dedup_by_key(|found| found.key());
        Self(traits)
    }

    /// Those that were kept.
    pub fn from_kept(traits: impl IntoIterator<Item = Trait>) -> Self {
        Self(traits.into_iter().take(MOST_TRAITS).collect())
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = Trait> + '_ {
        self.0.iter().copied()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The traits that both have, with what each says of their likeness: the sum is the cosine of the angle between the two.
    pub fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (Trait, f32)> + 'a {
        let find = |one: Trait| {
            let at = other.0.binary_search_by_key(&one.key(), |other| other.key()).ok()?;
            Some((one, one.weight() * other.0.get(at)?.weight()))
        };
        self.0.iter().filter_map(move |one| find(*one))
    }

    /// How alike two articles are, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        self.shared(other).map(|(_, part)| part).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::story::NEAR;
    use crate::text::token_list;

    fn traits(title: &str, body: &str) -> Traits {
        let article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
        Traits::of(&Words::of(&article, &token_list(title), &token_list(body)), &Rarity::default())
    }

    #[test]
    fn rewrites_of_one_event_are_more_alike_than_others() {
        let one = traits(
            "Ferry runs aground off Port Hallam",
            "A ferry with 212 people on board ran aground off Port Hallam late on Sunday, the Marsdale coastguard said.",
        );
        let other = traits(
            "212 safe as Hallam ferry hits rocks",
            "All 212 passengers of a ferry that struck rocks near Port Hallam are safe, the coastguard of Marsdale says.",
        );
        let third = traits(
            "Council votes on budget",
            "The council of Eastwick voted on Sunday to raise the budget for schools, Mayor Joan Hartley said.",
        );
        assert!(one.likeness(&other) > 0.3, "{}", one.likeness(&other));
        assert!(one.likeness(&third) < NEAR, "{}", one.likeness(&third));
        assert!(one.likeness(&one) > 0.5 && one.likeness(&one) < 1.02);
        assert!(one.iter().any(|known| known.is("hallam")));
        assert!(traits("", "").is_empty());
    }

    #[test]
    fn traits_come_back_from_numbers() {
        let one = traits("Ferry runs aground", "A ferry ran aground off Port Hallam.");
        let kept: Vec<u64> = one.iter().map(Trait::number).collect();
        assert_eq!(Traits::from_kept(kept.into_iter().filter_map(Trait::from_number)), one);
        assert!(Trait::from_number(1 << 32).is_none());
    }
}
