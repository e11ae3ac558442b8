//! What single words are in names: one table from folded words to flags, looked up once a capitalised word.
//!
//! Most of it is `lexicon.txt`, which the program carries as `models/words.bin` (`packed`); the rest is the short lists of the rules.

use std::sync::LazyLock;

use super::table::Table;
use super::{packed, words};
use crate::extract::country;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::org::{self, words as org_words};
use crate::extract::word_hash::word_hash;
use crate::names::person;
use crate::names::wordlist::among;

/// What a word can be; see the constants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::extract) struct Flags(u32);

impl Flags {
    pub(in crate::extract) const NONE: Self = Self(0);
    pub(in crate::extract) const FIRST: Self = Self(1);
    pub(in crate::extract) const LAST: Self = Self(1 << 1);
    /// A word that news also writes in lower case.
    pub(in crate::extract) const COMMON: Self = Self(1 << 2);
    pub(in crate::extract) const PLACE: Self = Self(1 << 3);
    /// Seen in names of organisations.
    pub(in crate::extract) const ORG: Self = Self(1 << 4);
    pub(in crate::extract) const FEMALE: Self = Self(1 << 5);
    pub(in crate::extract) const MALE: Self = Self(1 << 6);
    pub(in crate::extract) const TITLE: Self = Self(1 << 7);
    pub(in crate::extract) const COURTESY: Self = Self(1 << 8);
    pub(in crate::extract) const ROLE: Self = Self(1 << 9);
    pub(in crate::extract) const SAID: Self = Self(1 << 10);
    /// A noun that ends the name of a body or a place.
    pub(in crate::extract) const BODY: Self = Self(1 << 11);
    pub(in crate::extract) const STOP: Self = Self(1 << 12);
    pub(in crate::extract) const PARTICLE: Self = Self(1 << 13);
    pub(in crate::extract) const SUFFIX: Self = Self(1 << 14);
    /// The name of a country, or of its people.
    pub(in crate::extract) const COUNTRY: Self = Self(1 << 15);
    /// The name of a country.
    pub(in crate::extract) const NATION: Self = Self(1 << 16);

    // What words are in names of organisations; the lists are in `org`.
    /// A noun that ends the name of an organisation.
    pub(in crate::extract) const HEAD: Self = Self(1 << 17);
    /// Such a noun that ends other names too.
    pub(in crate::extract) const WEAK_HEAD: Self = Self(1 << 18);
    /// Such a noun that "of" carries on.
    pub(in crate::extract) const OF_HEAD: Self = Self(1 << 19);
    /// Opens a name that has no noun at its end.
    pub(in crate::extract) const OPENER: Self = Self(1 << 20);
    /// The legal form after the name of a company.
    pub(in crate::extract) const LEGAL: Self = Self(1 << 21);
    /// Says before or after a name what organisation it is.
    pub(in crate::extract) const ORG_NOUN: Self = Self(1 << 22);
    /// What only organisations have.
    pub(in crate::extract) const ORG_HAS: Self = Self(1 << 23);
    /// What organisations do.
    pub(in crate::extract) const ORG_DOES: Self = Self(1 << 24);
    /// Capitals that name no organisation.
    pub(in crate::extract) const NO_ORG: Self = Self(1 << 25);
    /// Begins a well-known name.
    pub(in crate::extract) const KNOWN: Self = Self(1 << 26);
    /// An adjective or noun of names of bodies.
    pub(in crate::extract) const FRONT: Self = Self(1 << 27);
    /// A thing that is named for a body.
    pub(in crate::extract) const THING: Self = Self(1 << 28);
    /// Begins an entry of the gazetteer of countries.
    pub(in crate::extract) const COUNTRY_ENTRY: Self = Self(1 << 29);
    /// Begins a phrase that looks like a person's name and is none.
    pub(in crate::extract) const NOT_PERSON: Self = Self(1 << 30);

    /// Whether it has at least one of the flags of `any`.
    #[inline]
    pub(in crate::extract) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Those of its flags that `of` has too.
    pub(in crate::extract) const fn only(self, of: Self) -> Self {
        Self(self.0 & of.0)
    }

    /// A bit for each flag.
    pub(in crate::extract) const fn bits(self) -> u32 {
        self.0
    }

    /// The flags of these bits.
    pub(super) const fn of_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The flags of both, for constants.
    pub(in crate::extract) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is known of the word itself.
    pub(in crate::extract) fn is_unknown(self) -> bool {
        self.0 & !Self::COUNTRY_ENTRY.or(Self::NOT_PERSON).0 == 0
    }

    /// Whether the word is no name of a human being or a place, and none that is also written in lower case.
    pub(in crate::extract) fn only_known(self) -> bool {
        !self.has(Self::FIRST | Self::LAST | Self::COMMON | Self::PLACE | Self::COUNTRY | Self::STOP)
    }
}

impl std::ops::BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for (hash, flags) in packed::read(include_bytes!("../../../models/words.bin")) {
        table.add(hash, flags);
    }
    let mut add = |word: &str, flags: Flags| table.add(word_hash(word), flags);
    for (list, flag) in [
        (person::TITLES, Flags::TITLE),
        (person::COURTESIES, Flags::COURTESY | Flags::TITLE),
        (words::ROLES, Flags::ROLE),
        (words::SAID, Flags::SAID),
        (words::BODIES, Flags::BODY),
        (words::STOPS, Flags::STOP),
        (words::SUFFIXES, Flags::SUFFIX),
        (words::PEOPLES, Flags::COUNTRY),
        (words::COUNTRY_SURNAMES, Flags::LAST),
        (words::PLACE_FIRST_NAMES, Flags::FIRST),
        (org_words::HEADS, Flags::HEAD),
        (org_words::WEAK_HEADS, Flags::WEAK_HEAD),
        (org_words::OF_HEADS, Flags::OF_HEAD),
        (org_words::OPENERS, Flags::OPENER),
        (org_words::LEGAL, Flags::LEGAL),
        (org_words::NOUNS, Flags::ORG_NOUN),
        (org_words::HAS, Flags::ORG_HAS),
        (org_words::DOES, Flags::ORG_DOES),
        (org_words::NO_ORGS, Flags::NO_ORG),
        (org_words::FRONTS, Flags::FRONT),
        (org_words::THINGS, Flags::THING),
    ] {
        list.split_whitespace().for_each(|word| add(word, flag));
        if flag == Flags::ROLE {
            list.split_whitespace().for_each(|word| add(&format!("{word}s"), flag));
        }
    }
    words::PARTICLES.words.iter().for_each(|word| add(word, Flags::PARTICLE));
    country::each_single_word(|word, is_name| {
        add(word, if is_name { Flags::COUNTRY | Flags::NATION } else { Flags::COUNTRY });
    });
    org::each_first_word(|word| add(word, Flags::KNOWN));
    for (words, flag) in
        [(country::first_words(), Flags::COUNTRY_ENTRY), (NOT_PEOPLE.first_words(), Flags::NOT_PERSON)]
    {
        for word in words {
            table.add(*word, flag);
        }
    }
    table
});

/// What `word` can be, whatever its case and accents.
pub(in crate::extract) fn flags(word: &str) -> Flags {
    flags_of_hash(word_hash(word))
}

/// Whether `word` has [`Flags::PARTICLE`].
pub(super) fn is_particle(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        among(&words::PARTICLES, word)
    } else {
        flags(word).has(Flags::PARTICLE)
    }
}

/// What words can be, by their hashes; whoever asks about many words takes it once.
pub(in crate::extract) fn table() -> &'static Table {
    &TABLE
}

/// What the word of this hash can be.
#[inline]
pub(in crate::extract) fn flags_of_hash(hash: u64) -> Flags {
    TABLE.get(hash)
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

    #[test]
    fn a_particle_is_one_however_it_is_written() {
        assert!(words::PARTICLES.words.is_sorted());
        for word in ["van", "Van", "d.e.", "là", "and", "said", "", "vans"] {
            assert_eq!(is_particle(word), flags(word).has(Flags::PARTICLE), "{word}");
        }
    }
}
