//! What single words are in names: one table from folded words to flags, looked up once a capitalised word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::words;
use crate::extract::country;
use crate::extract::gazetteer::{Gazetteer, word_hash};
use crate::names::person;

/// What a word can be; see the constants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags(u32);

impl Flags {
    pub(super) const FIRST: Self = Self(1);
    pub(super) const LAST: Self = Self(1 << 1);
    /// A word that news also writes in lower case.
    pub(super) const COMMON: Self = Self(1 << 2);
    pub(super) const PLACE: Self = Self(1 << 3);
    /// Seen in names of organisations.
    pub(super) const ORG: Self = Self(1 << 4);
    pub(super) const FEMALE: Self = Self(1 << 5);
    pub(super) const MALE: Self = Self(1 << 6);
    pub(super) const TITLE: Self = Self(1 << 7);
    pub(super) const COURTESY: Self = Self(1 << 8);
    pub(super) const ROLE: Self = Self(1 << 9);
    pub(super) const SAID: Self = Self(1 << 10);
    /// A noun that ends the name of a body or a place.
    pub(super) const BODY: Self = Self(1 << 11);
    pub(super) const STOP: Self = Self(1 << 12);
    pub(super) const PARTICLE: Self = Self(1 << 13);
    pub(super) const SUFFIX: Self = Self(1 << 14);
    /// The name of a country, or of its people.
    pub(super) const COUNTRY: Self = Self(1 << 15);
    /// The name of a country.
    pub(super) const NATION: Self = Self(1 << 16);

    /// Whether it has at least one of the flags of `any`.
    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

impl std::ops::BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

static TABLE: LazyLock<FxHashMap<u64, Flags>> = LazyLock::new(|| {
    let list = include_str!("lexicon.txt");
    let mut table = FxHashMap::with_capacity_and_hasher(list.len() / 9, rustc_hash::FxBuildHasher);
    let mut add = |word: &str, flags: Flags| {
        let entry: &mut Flags = table.entry(word_hash(word)).or_default();
        *entry = *entry | flags;
    };
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (word, letters) = line.split_once(' ').unwrap_or((line, ""));
        let flags = letters.bytes().fold(Flags::default(), |flags, letter| {
            flags
                | match letter {
                    b'f' => Flags::FIRST,
                    b'l' => Flags::LAST,
                    b'c' => Flags::COMMON,
                    b'p' => Flags::PLACE,
                    b'o' => Flags::ORG,
                    b'w' => Flags::FEMALE,
                    b'm' => Flags::MALE,
                    _ => Flags::default(),
                }
        });
        add(word, flags);
    }
    for (list, flag) in [
        (person::TITLES, Flags::TITLE),
        (person::COURTESIES, Flags::COURTESY | Flags::TITLE),
        (words::ROLES, Flags::ROLE),
        (words::SAID, Flags::SAID),
        (words::BODIES, Flags::BODY),
        (words::STOPS, Flags::STOP),
        (words::PARTICLES, Flags::PARTICLE),
        (words::SUFFIXES, Flags::SUFFIX),
        (words::PEOPLES, Flags::COUNTRY),
        (words::COUNTRY_SURNAMES, Flags::LAST),
        (words::PLACE_FIRST_NAMES, Flags::FIRST),
    ] {
        list.split_whitespace().for_each(|word| add(word, flag));
        if flag == Flags::ROLE {
            list.split_whitespace().for_each(|word| add(&format!("{word}s"), flag));
        }
    }
    country::each_single_word(|word, is_name| {
        add(word, if is_name { Flags::COUNTRY | Flags::NATION } else { Flags::COUNTRY });
    });
    table
});

/// What `word` can be, whatever its case and accents.
pub(super) fn flags(word: &str) -> Flags {
    TABLE.get(&word_hash(word)).copied().unwrap_or_default()
}

/// Phrases that look like a person's name and are none.
pub(super) static NOT_PEOPLE: LazyLock<Gazetteer<()>> = LazyLock::new(|| {
    let mut table = Gazetteer::new();
    for phrase in words::NOT_PEOPLE {
        table.insert(phrase, ());
    }
    country::each_phrase(|phrase| table.insert(phrase, ()));
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_list_is_sorted_and_without_repeats() {
        let words: Vec<&str> = include_str!("lexicon.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(' ').map(|(word, _)| word))
            .collect();
        assert!(words.len() > 50_000);
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn words_have_their_flags_in_any_case() {
        for (word, expected) in [
            ("Maria", Flags::FIRST),
            ("MARÍA", Flags::FIRST),
            ("Nguyen", Flags::LAST),
            ("Mr.", Flags::COURTESY),
            ("spokeswoman", Flags::ROLE),
            ("Said", Flags::SAID),
            ("University", Flags::BODY),
            ("Iranian", Flags::COUNTRY),
            ("Tuesday", Flags::STOP),
            ("table", Flags::COMMON),
        ] {
            assert!(flags(word).has(expected), "{word}");
        }
        assert_eq!(flags(""), Flags::default());
    }
}
