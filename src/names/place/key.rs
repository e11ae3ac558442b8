//! Keys of places: `paris, FR`, `paris, TX, US`, `texas, US`, `danube`.
//!
//! A key is the folded name and, after commas, the state or province (of the United States and Canada) and the
//! country, in capitals. The name itself has none, so a code is never mistaken for a name.

use super::table::{PLACES, Place, Sort};
use crate::text::{fold_into, tokens};

/// The part of every key that names a country.
pub(crate) const IN_A_COUNTRY: &str = "*";

/// A name as keys have it: folded words with a space between, without full stops.
pub(super) fn normalised(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for token in tokens(name) {
        push_name(token.span.of(name), &mut key);
    }
    key
}

/// Appends a word of a name to a key.
pub(crate) fn push_name(word: &str, key: &mut String) {
    if !key.is_empty() {
        key.push(' ');
    }
    let start = key.len();
    fold_into(word, key);
    if key.get(start..).is_some_and(|word| word.contains(['.', ','])) {
        let word: String = key.drain(start..).filter(|c| !matches!(c, '.' | ',')).collect();
        key.push_str(&word);
    }
    if key.len() == start && start > 0 {
        key.pop();
    }
}

/// The key of a place: `name` is what it is called in the text, folded; its own name stands in for it.
pub(crate) fn key_of(place: Place, name: String) -> String {
    let mut key = PLACES.own_name(place).map_or(name, str::to_owned);
    let region = if place.sort() == Sort::State { None } else { PLACES.region(place.region) };
    for code in [region, PLACES.country(place.country)].into_iter().flatten() {
        key.push_str(", ");
        key.push_str(code);
    }
    key
}

/// The country of a place's key.
///
/// ```
/// use dateline::names::place::country;
/// assert_eq!(country("springfield, IL, US"), Some("US"));
/// assert_eq!(country("danube"), None);
/// ```
pub fn country(key: &str) -> Option<&str> {
    key.rsplit_once(", ").map(|(_, country)| country)
}

/// What a place is found by, beside its whole key: its name, its name with the country, the country's code, and `*`
/// if it has one.
///
/// ```
/// use dateline::names::place::parts;
/// let all: Vec<String> = parts("springfield, IL, US").map(|part| part.concat()).collect();
/// assert_eq!(all, ["springfield", "springfield, US", "US", "*"]);
/// let all: Vec<String> = parts("danube").map(|part| part.concat()).collect();
/// assert_eq!(all, ["danube"]);
/// ```
pub fn parts(key: &str) -> impl Iterator<Item = [&str; 3]> {
    let name = key.split_once(", ").map_or(key, |(name, _)| name);
    let codes = key.strip_prefix(name).unwrap_or("");
    let country = country(key);
    let has_region = country.is_some_and(|country| codes.len() > country.len() + 2);
    [
        Some([name, "", ""]),
        country.filter(|_| has_region).map(|country| [name, ", ", country]),
        country.map(|country| [country, "", ""]),
        country.map(|_| [IN_A_COUNTRY, "", ""]),
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_lose_their_full_stops() {
        for (name, key) in [
            ("St. Louis", "st louis"),
            ("Washington, D.C.", "washington dc"),
            ("Xi’an", "xi'an"),
            ("SÃO PAULO", "sao paulo"),
            ("Winston-Salem", "winston salem"),
            ("  ", ""),
        ] {
            assert_eq!(normalised(name), key);
        }
    }
}
