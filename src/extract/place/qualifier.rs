//! The state or country after a comma: "Paris, Texas", "Springfield, Ill.", "Tripoli, Lebanon".

use super::candidate::Taken;
use crate::extract::gazetteer::add_to_hash;
use crate::extract::lookup::Lookup;
use crate::extract::{Text, is_all_capitals};
use crate::names::place::{Node, PLACES, Place, Sort};

/// What stands after the comma of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualifier {
    /// Nothing of the kind.
    None,
    /// A state or province, by the indices of the gazetteer.
    State { country: u8, region: u8 },
    /// A country, by its index.
    Country(u8),
}

/// What stands after the name that ends at token `last`.
pub(super) fn read(words: &Lookup<'_>, last: usize, taken: &Taken<'_, '_>) -> Qualifier {
    let text = words.text;
    if !matches!(text.gap(last), ", " | " (") {
        return Qualifier::None;
    }
    let Some(next) = text.tokens.get(last + 1) else { return Qualifier::None };
    if let Some(country) = taken.country_at(next.span.start) {
        return PLACES.country_index(country).map_or(Qualifier::None, Qualifier::Country);
    }
    if !words.is_capitalised(last + 1) || !PLACES.may_begin(words.hash(last + 1)) {
        return Qualifier::None;
    }
    // Names of states have three words at most.
    let mut hash = 0;
    let mut found = Qualifier::None;
    for at in last + 1..last + 4 {
        hash = add_to_hash(hash, words.hash(at));
        let Some(node) = PLACES.node(hash) else { break };
        let short = || is_short_state(text, last + 1, at);
        if let Some((country, region)) = state_of(node)
            && (!PLACES.of(node).all(Place::is_abbreviation) || short())
        {
            found = Qualifier::State { country, region };
        } else if node.is_name()
            && let Some(place) = PLACES.of(node).find(|p| p.sort() == Sort::Region && p.country > 0)
        {
            found = Qualifier::Country(place.country);
        }
        if !node.goes_on || text.gap(at) != " " {
            break;
        }
    }
    found
}

/// The state or province of that name.
pub(super) fn state_of(node: Node) -> Option<(u8, u8)> {
    let state = PLACES.of(node).find(|place| place.sort() == Sort::State)?;
    Some((state.country, state.region))
}

/// Whether a comma stands before token `at`.
pub(super) fn follows_a_comma(text: &Text<'_>, at: usize) -> bool {
    text.gap_before(at) == ", "
}

/// Abbreviations that are no words, so that they need no full stop; and a state that is a city elsewhere.
const PLAIN: [&str; 20] = [
    "Ala",
    "Ariz",
    "Calif",
    "Colo",
    "Conn",
    "Fla",
    "Ga",
    "Ky",
    "Md",
    "Mich",
    "Minn",
    "Mont",
    "Neb",
    "Okla",
    "Pa",
    "Tenn",
    "Va",
    "Vt",
    "Washington",
    "Wyo",
];

/// Whether an abbreviation is written as one of a state: after a comma, in capitals ("TX") or with its full stop ("Tex.").
pub(super) fn is_short_state(text: &Text<'_>, first: usize, last: usize) -> bool {
    let word = text.word(last);
    if !follows_a_comma(text, first) {
        return false;
    }
    let has_stop = word.ends_with('.') || text.gap(last).starts_with('.');
    (word.len() <= 3 && is_all_capitals(word)) || has_stop || PLAIN.contains(&word)
}
