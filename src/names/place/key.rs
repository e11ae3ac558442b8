//! Makes the keys of places; what they look like is told in [`crate::article::place`].

use super::table::{PLACES, Place, Sort};
use crate::text::{fold_into, tokens};

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
