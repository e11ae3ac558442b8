//! The gazetteer of places as it lies in the program: `models/places.bin`, searched in its bytes.
//!
//! All numbers are little-endian. A name is known by the hash of its words ([`add_to_hash`](crate::text::word_hash)), of which the
//! file holds 32 bits under the bucket that the first [`BUCKET_BITS`] choose, so that texts are searched without
//! copying or comparing words.
//!
//! | part | holds |
//! |---|---|
//! | header | [`MAGIC`]; how many countries, regions, nodes, places, bytes of names; CRC-32 of all that follows |
//! | firsts | a bit for each value of the first [`FIRST_BITS`] of the hash: whether a name may begin with that word |
//! | heads | where the nodes of each bucket begin |
//! | nodes | 32 bits of the hash; the places of that name, and whether longer names go on from it |
//! | places | country, region, size, flags, where its own name stands if it is another |
//! | countries | two letters each |
//! | regions | the country, and two letters each |
//! | names | a length and the bytes of each |

use std::sync::LazyLock;

/// How the file begins; the last byte counts the formats.
pub(super) const MAGIC: [u8; 8] = *b"places\0\x01";
pub(super) const HEADER: usize = 32;
pub(super) const FIRST_BITS: u32 = 19;
pub(super) const BUCKET_BITS: u32 = 14;
pub(super) const LAST: u8 = 1 << 7;
pub(super) const ABBREVIATION: u8 = 1 << 6;
pub(super) const CAPITAL: u8 = 1 << 5;
pub(super) const SORTS: u8 = 7;
/// In a node: longer names go on from it.
pub(super) const GOES_ON: u32 = 1 << 31;

/// What sort of place a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A city, town or village.
    City,
    /// A state, province or other part of a country, or of several.
    Region,
    /// A state of the United States or a province of Canada: it has a code that towns are written with.
    State,
    /// A county of the United States.
    County,
    /// No place: words that local news of a country has.
    Hint,
}

/// One of the places that a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The country's index, 0 for none.
    pub(crate) country: u8,
    /// The index of the state or province, its own if it is one; 0 for none.
    pub(crate) region: u8,
    /// Four times the binary logarithm of how many people live there.
    pub(crate) size: u8,
    flags: u8,
    name: u32,
}

impl Place {
    /// What sort of place it is.
    pub(crate) fn sort(self) -> Sort {
        match self.flags & SORTS {
            0 => Sort::City,
            1 => Sort::Region,
            2 => Sort::State,
            3 => Sort::County,
            _ => Sort::Hint,
        }
    }

    /// Whether it is the capital of its country.
    pub(crate) fn is_capital(self) -> bool {
        self.flags & CAPITAL != 0
    }

    /// The same, in whichever state.
    pub(crate) fn anywhere(self) -> Self {
        Self { region: 0, ..self }
    }

    /// Whether the name is an abbreviation, which counts after a comma only.
    pub(crate) fn is_abbreviation(self) -> bool {
        self.flags & ABBREVIATION != 0
    }
}

/// The gazetteer.
pub(crate) struct Places {
    firsts: &'static [u8],
    heads: &'static [[u8; 4]],
    nodes: &'static [[u8; 8]],
    senses: &'static [[u8; 8]],
    countries: &'static [[u8; 2]],
    regions: &'static [[u8; 4]],
    names: &'static [u8],
}

/// The gazetteer of this build. To make it ready is to cut the file into its parts.
pub(crate) static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let parts = Places::cut(include_bytes!("../../../models/places.bin"));
    parts.unwrap_or(Places {
        firsts: &[],
        heads: &[],
        nodes: &[],
        senses: &[],
        countries: &[],
        regions: &[],
        names: &[],
    })
});

/// The places of a name, the largest first, and whether longer names begin with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    start: usize,
    pub(crate) goes_on: bool,
}

impl Node {
    /// Whether it is a whole name.
    pub(crate) fn is_name(self) -> bool {
        self.start > 0
    }
}

impl Places {
    fn cut(bytes: &'static [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        if !header.starts_with(&MAGIC) {
            return None;
        }
        let count = |n: usize| {
            let bytes = header.get(8 + 4 * n..12 + 4 * n)?;
            usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
        };
        let (firsts, rest) = rest.split_at_checked(1 << (FIRST_BITS - 3))?;
        let (heads, rest) = rest.split_at_checked(4 * ((1 << BUCKET_BITS) + 1))?;
        let (nodes, rest) = rest.split_at_checked(8 * count(2)?)?;
        let (places, rest) = rest.split_at_checked(8 * count(3)?)?;
        let (countries, rest) = rest.split_at_checked(2 * count(0)?)?;
        let (regions, names) = rest.split_at_checked(4 * count(1)?)?;
        (names.len() == count(4)?).then_some(Self {
            firsts,
            heads: heads.as_chunks().0,
            nodes: nodes.as_chunks().0,
            senses: places.as_chunks().0,
            countries: countries.as_chunks().0,
            regions: regions.as_chunks().0,
            names,
        })
    }

    /// Whether a name may begin with the word of this hash; seldom yes where none does.
    #[inline]
    pub(crate) fn may_begin(&self, word: u64) -> bool {
        let bit = first_bit(word);
        self.firsts.get(bit >> 3).is_some_and(|byte| byte >> (bit & 7) & 1 == 1)
    }

    /// The node of a name or the beginning of one, by the hash of its words.
    pub(crate) fn node(&self, hash: u64) -> Option<Node> {
        let (bucket, check) = split(hash);
        let at = |n: usize| self.heads.get(n).map(|head| u32::from_le_bytes(*head) as usize);
        let nodes = self.nodes.get(at(bucket)?..at(bucket + 1)?)?;
        nodes.iter().find_map(|node| {
            let (found, rest) =
                (u32::from_le_bytes(*node.first_chunk()?), u32::from_le_bytes(*node.last_chunk()?));
            (found == check)
                .then_some(Node { start: (rest & !GOES_ON) as usize, goes_on: rest & GOES_ON != 0 })
        })
    }

    /// The places of a name.
    pub(crate) fn of(&self, node: Node) -> impl Iterator<Item = Place> + use<> {
        let all = self.senses.get(node.start.saturating_sub(1)..).filter(|_| node.is_name()).unwrap_or(&[]);
        let mut done = false;
        all.iter().map_while(move |bytes| {
            let [country, region, size, flags, name @ ..] = *bytes;
            let more = !std::mem::replace(&mut done, flags & LAST != 0);
            more.then_some(Place { country, region, size, flags, name: u32::from_le_bytes(name) })
        })
    }

    /// The place's own name where it is not the one that was looked up.
    pub(crate) fn own_name(&self, place: Place) -> Option<&'static str> {
        let at = usize::try_from(place.name).ok()?.checked_sub(1)?;
        let (len, rest) = self.names.get(at..)?.split_first()?;
        std::str::from_utf8(rest.get(..usize::from(*len))?).ok()
    }

    /// The code of a country by its index.
    pub(crate) fn country(&self, index: u8) -> Option<&'static str> {
        let code = self.countries.get(usize::from(index).checked_sub(1)?)?;
        std::str::from_utf8(code).ok()
    }

    /// The index of a country.
    pub(crate) fn country_index(&self, code: &str) -> Option<u8> {
        let code = u16::from_be_bytes(code.as_bytes().try_into().ok()?);
        let at = self.countries.binary_search_by_key(&code, |found| u16::from_be_bytes(*found)).ok()?;
        u8::try_from(at + 1).ok()
    }

    /// The code of a state or province by its index.
    pub(crate) fn region(&self, index: u8) -> Option<&'static str> {
        let region = self.regions.get(usize::from(index).checked_sub(1)?)?;
        std::str::from_utf8(region.get(2..)?).ok()
    }
}

pub(super) fn first_bit(word: u64) -> usize {
    let hash = crate::text::word_hash::add_to_hash(0, word);
    usize::try_from(hash >> (64 - FIRST_BITS)).unwrap_or(0)
}

/// The bucket of a hash, and the bits that tell it from others there.
pub(super) fn split(hash: u64) -> (usize, u32) {
    // Hashes of names whose last letters differ have most bits in common.
    let hash = (hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let check = (hash << BUCKET_BITS) >> 32;
    (usize::try_from(hash >> (64 - BUCKET_BITS)).unwrap_or(0), u32::try_from(check).unwrap_or(0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::names::place::pack::hash_of;

    fn places(name: &str) -> Vec<(Option<&'static str>, Option<&'static str>, Sort)> {
        let node = PLACES.node(hash_of(name).0).filter(|node| node.is_name());
        let all = node.into_iter().flat_map(|node| PLACES.of(node));
        all.map(|p| (PLACES.country(p.country), PLACES.region(p.region), p.sort())).collect()
    }

    #[test]
    fn the_file_is_whole() {
        let bytes = include_bytes!("../../../models/places.bin");
        assert!(Places::cut(bytes).is_some());
        let sum = u32::from_le_bytes(bytes[28..32].try_into().unwrap());
        assert_eq!(crc32fast::hash(&bytes[HEADER..]), sum);
    }

    #[test]
    fn a_name_gives_its_places_the_largest_first() {
        assert_eq!(
            places("Paris")[..2],
            [(Some("FR"), None, Sort::City), (Some("US"), Some("TX"), Sort::City)]
        );
        assert_eq!(places("texas")[0], (Some("US"), Some("TX"), Sort::State));
        assert_eq!(places("Bavaria")[0], (Some("DE"), None, Sort::Region));
        assert_eq!(places("Orange County").len(), 8);
        assert_eq!(places("Danube")[0], (None, None, Sort::Region));
        assert_eq!(places("Nowhereburg"), []);
    }

    #[test]
    fn other_names_lead_to_the_place_and_its_own_name() {
        for (name, own) in
            [("Bombay", "mumbai"), ("Kiev", "kyiv"), ("Köln", "cologne"), ("New York City", "new york")]
        {
            let node = PLACES.node(hash_of(name).0).unwrap();
            let place = PLACES.of(node).next().unwrap();
            assert_eq!(PLACES.own_name(place), Some(own), "{name}");
        }
    }
}
