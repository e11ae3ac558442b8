//! Writes the gazetteer; the format is told in `table`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::key::normalised;
use super::table::{
    ABBREVIATION, BUCKET_BITS, CAPITAL, FIRST_BITS, GOES_ON, LAST, MAGIC, Sort, first_bit, split,
};
use crate::text::tokens;
use crate::text::word_hash::{add_to_hash, word_hash};

/// A name and one of the places that it stands for, as [`pack`] takes it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The name.
    pub name: String,
    /// The place's own name, if this is another.
    pub own_name: Option<String>,
    /// What it is.
    pub sort: Sort,
    /// The two letters of its country.
    pub country: Option<String>,
    /// The two letters of its state or province.
    pub region: Option<String>,
    /// How many people live there.
    pub people: u64,
    /// Whether it is the capital of its country.
    pub is_capital: bool,
    /// Whether the name is an abbreviation.
    pub is_abbreviation: bool,
}

/// The bytes of the gazetteer of `places`, the same in whatever order they are given.
///
/// # Errors
/// What does not fit into the format.
pub fn pack(places: &[Listed]) -> Result<Vec<u8>, String> {
    let numbers = Numbers::of(places)?;
    let mut by_name: BTreeMap<u64, Vec<(Reverse<u64>, Sense)>> = BTreeMap::new();
    let mut goes_on: BTreeMap<u64, bool> = BTreeMap::new();
    let mut firsts = vec![0u8; 1 << (FIRST_BITS - 3)];
    for place in places {
        let (hash, beginnings, first) = hash_of(&place.name);
        let bit = first_bit(first);
        firsts[bit >> 3] |= 1 << (bit & 7);
        goes_on.extend(beginnings.into_iter().map(|beginning| (beginning, true)));
        goes_on.entry(hash).or_insert(false);
        by_name.entry(hash).or_default().push((Reverse(place.people), numbers.sense(place)?));
    }

    let (mut nodes, mut senses) = (Vec::new(), Vec::new());
    for (hash, goes_on) in goes_on {
        let mut start = 0;
        if let Some(of_name) = by_name.remove(&hash) {
            start = fit(senses.len() + 1)?;
            senses.extend(told_apart(of_name));
        }
        let (bucket, check) = split(hash);
        nodes.push((bucket, check, start | if goes_on { GOES_ON } else { 0 }));
    }
    nodes.sort_unstable();
    if let Some(pair) = nodes.windows(2).find(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1)) {
        return Err(format!("two names have one hash: {pair:?}"));
    }

    let mut rest = firsts;
    for bucket in 0..=1usize << BUCKET_BITS {
        rest.extend(fit(nodes.partition_point(|node| node.0 < bucket))?.to_le_bytes());
    }
    for (_, check, payload) in &nodes {
        rest.extend(check.to_le_bytes());
        rest.extend(payload.to_le_bytes());
    }
    rest.extend(senses.iter().flatten());
    for country in &numbers.countries {
        rest.extend(two_letters(country)?);
    }
    for (country, region) in &numbers.regions {
        rest.extend([numbers.country(country)?, 0]);
        rest.extend(two_letters(region)?);
    }
    rest.extend(&numbers.names);
    let mut bytes = MAGIC.to_vec();
    for count in
        [numbers.countries.len(), numbers.regions.len(), nodes.len(), senses.len(), numbers.names.len()]
    {
        bytes.extend(fit(count)?.to_le_bytes());
    }
    bytes.extend(crc32fast::hash(&rest).to_le_bytes());
    bytes.extend(rest);
    Ok(bytes)
}

/// A place as the file has it.
type Sense = [u8; 8];

/// The places of one name, the largest first; of two in one state, the larger stands for both.
fn told_apart(mut places: Vec<(Reverse<u64>, Sense)>) -> Vec<Sense> {
    places.sort_unstable();
    let mut kept: Vec<Sense> = Vec::new();
    for (_, place) in places {
        let what = |place: &Sense| (place[0], place[1], place[3] | CAPITAL);
        if !kept.iter().any(|other| what(other) == what(&place)) {
            kept.push(place);
        }
    }
    if let Some(last) = kept.last_mut() {
        last[3] |= LAST;
    }
    kept
}

/// What places refer to by number.
struct Numbers<'a> {
    countries: Vec<&'a str>,
    regions: Vec<(&'a str, &'a str)>,
    /// The own names, one after the other, and where each begins.
    names: Vec<u8>,
    name_at: BTreeMap<String, u32>,
}

impl<'a> Numbers<'a> {
    fn of(places: &'a [Listed]) -> Result<Self, String> {
        let mut countries: Vec<&str> = places.iter().filter_map(|p| p.country.as_deref()).collect();
        countries.sort_unstable();
        countries.dedup();
        let mut regions: Vec<(&str, &str)> =
            places.iter().filter_map(|p| Some((p.country.as_deref()?, p.region.as_deref()?))).collect();
        regions.sort_unstable();
        regions.dedup();
        let mut own_names: Vec<String> =
            places.iter().filter_map(|p| p.own_name.as_deref().map(normalised)).collect();
        own_names.sort_unstable();
        own_names.dedup();
        let (mut names, mut name_at) = (Vec::new(), BTreeMap::new());
        for name in own_names {
            let len = u8::try_from(name.len()).map_err(|_| format!("the name {name} is too long"))?;
            let at = fit(names.len() + 1)?;
            names.push(len);
            names.extend(name.bytes());
            name_at.insert(name, at);
        }
        Ok(Self { countries, regions, names, name_at })
    }

    fn country(&self, code: &str) -> Result<u8, String> {
        number(self.countries.binary_search(&code))
    }

    fn sense(&self, place: &Listed) -> Result<Sense, String> {
        let country = match &place.country {
            Some(code) => self.country(code)?,
            None => 0,
        };
        let region = match (&place.country, &place.region) {
            (Some(country), Some(region)) => {
                number(self.regions.binary_search(&(country.as_str(), region.as_str())))?
            }
            _ => 0,
        };
        let sort = match place.sort {
            Sort::City => 0,
            Sort::Region => 1,
            Sort::State => 2,
            Sort::County => 3,
            Sort::Hint => 4,
        };
        let flags = sort
            | if place.is_abbreviation { ABBREVIATION } else { 0 }
            | if place.is_capital { CAPITAL } else { 0 };
        let own = place.own_name.as_deref().map(normalised).filter(|own| *own != normalised(&place.name));
        let own = own.and_then(|own| self.name_at.get(&own).copied()).unwrap_or(0);
        let mut sense = [country, region, size(place.people), flags, 0, 0, 0, 0];
        sense[4..].copy_from_slice(&own.to_le_bytes());
        Ok(sense)
    }
}

/// A place in a list as a number from 1 that a byte holds.
fn number(found: Result<usize, usize>) -> Result<u8, String> {
    found
        .ok()
        .and_then(|at| u8::try_from(at + 1).ok())
        .ok_or_else(|| "too many countries or regions".to_owned())
}

fn fit(count: usize) -> Result<u32, String> {
    u32::try_from(count).map_err(|_| "too many places".to_owned())
}

fn two_letters(code: &str) -> Result<[u8; 2], String> {
    code.as_bytes().try_into().map_err(|_| format!("no code of two letters: {code}"))
}

/// Four times the binary logarithm, without the rounding of floating point.
fn size(people: u64) -> u8 {
    // n^4 has four times the logarithm of n.
    let fourth = u128::from(people.clamp(1, u64::from(u32::MAX))).pow(4);
    u8::try_from(fourth.ilog2()).unwrap_or(u8::MAX)
}

/// The hash of a name, the hashes of its beginnings, and of its first word.
pub(super) fn hash_of(name: &str) -> (u64, Vec<u64>, u64) {
    let mut beginnings = Vec::new();
    let (mut hash, mut first) = (0, 0);
    for token in tokens(name) {
        let word = word_hash(token.span.of(name));
        if hash == 0 {
            first = word;
        } else {
            beginnings.push(hash);
        }
        hash = add_to_hash(hash, word);
    }
    (hash, beginnings, first)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_places_does_not_count() {
        let place = |name: &str, country: &str, people| Listed {
            name: name.into(),
            own_name: (name == "Bombay").then(|| "Mumbai".into()),
            sort: Sort::City,
            country: Some(country.into()),
            region: None,
            people,
            is_capital: false,
            is_abbreviation: false,
        };
        let mut places = vec![
            place("Bombay", "IN", 9),
            place("New Bombay", "IN", 4),
            place("New", "GB", 2),
            place("New", "US", 2),
        ];
        let one = pack(&places).unwrap();
        places.reverse();
        assert_eq!(pack(&places).unwrap(), one);
    }

    #[test]
    fn sizes_are_four_times_the_binary_logarithm() {
        assert_eq!([0, 1, 2, 1000, 15_000, 1_000_000].map(size), [0, 0, 4, 39, 55, 79]);
    }
}
