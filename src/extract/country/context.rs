//! Decides whether an entry of the gazetteer names a country where it stands, and which.
//!
//! Each rule is a function; [`decide`] puts them in order.

use super::Hit;
use super::evidence::Evidence;
use super::phrases::STATE_ABBREVIATIONS;
use super::table::{GAZETTEER, Role};
use super::{government, language, longer};
use crate::extract::gazetteer::add_to_hash;
use crate::extract::word_hash::word_hash;
use crate::extract::{is_all_capitals, is_capitalised};
use crate::names::country::{ROWS, row_of};
use crate::names::place::PLACES;

/// The row that `hit` names and the reading to record, or `None` if it names no country here.
pub(super) fn decide(hit: &Hit<'_>, article: &Evidence) -> Option<(usize, &'static str)> {
    let row = hit.sense.row;
    match hit.sense.role {
        Role::Name => {
            let other = is_town_in_a_state(hit)
                || is_american_state(hit)
                || longer::is_mountain_or_port(hit)
                || longer::is_part_of_a_longer_name(hit)
                || longer::is_body_of_america(hit)
                || article.is_a_town(row)
                || (hit.sense.ambiguous && !has_reason(hit, article))
                || (ROWS[row].alpha2 == "TR" && is_bird(hit, article));
            (!other).then(|| (which(hit, article), "country:name"))
        }
        Role::Demonym => {
            let other = language::is_language(hit)
                || longer::is_part_of_a_longer_name(hit)
                || longer::is_american_body(hit)
                || (hit.surface().starts_with("Indian") && article.is_american() && article.of_row(row) == 0)
                || (hit.sense.ambiguous && !has_reason(hit, article));
            (!other).then(|| (which(hit, article), "country:demonym"))
        }
        Role::Abbreviation => {
            (!is_pronoun(hit) && !longer::is_highway(hit)).then_some((row, "country:abbreviation"))
        }
        Role::Capital => government::stands_for_government(hit).then_some((row, "country:capital")),
        Role::Part => {
            let language = matches!(hit.surface(), "English" | "Welsh") && language::is_language(hit);
            let other = language || longer::is_part_of_a_longer_name(hit);
            (!other).then_some((row, "country:part"))
        }
        Role::Hint | Role::State | Role::City | Role::Veto => None,
    }
}

/// Whether two countries share this name, or a country shares it with something else, so that it is no evidence for
/// either.
pub(super) fn is_shared(surface: &str) -> bool {
    matches!(
        surface,
        "Congo" | "Congolese" | "Korea" | "Korean" | "Koreans" | "Turkey" | "Indian" | "Indians"
    )
}

/// Which of two countries that share a name is meant: the likelier one, which the table has, unless the article
/// names only the other in full.
fn which(hit: &Hit<'_>, article: &Evidence) -> usize {
    let row = hit.sense.row;
    let rival = match (ROWS[row].alpha2, is_shared(hit.surface())) {
        ("CD", true) => "CG",
        ("KR", true) => "KP",
        _ => return row,
    };
    match row_of(rival) {
        Some(other) if article.of_row(other) > 0 && article.of_row(row) == 0 => other,
        _ => row,
    }
}

/// Countries that are a city as well.
const CITY_STATES: &[&str] = &[
    "Djibouti",
    "Gibraltar",
    "Hong Kong",
    "Luxembourg",
    "Macau",
    "Monaco",
    "Panama",
    "San Marino",
    "Singapore",
];

/// Whether it is called a city, or a comma and a state of the United States follow: "City of Turkey", "Lebanon, Ohio", "Peru, Ind."
///
/// A list of places is none: "Mexico, Texas and Arizona".
pub(super) fn is_town_in_a_state(hit: &Hit<'_>) -> bool {
    let text = hit.text;
    if text.word_before(hit.first) == Some("of")
        && hit.first >= 2
        && matches!(text.word(hit.first - 2), "city" | "City" | "town" | "Town" | "village" | "Village")
        && !CITY_STATES.contains(&hit.surface())
    {
        return true;
    }
    if text.gap(hit.last) != ", " {
        return false;
    }
    let next = hit.last + 1;
    let word = text.word(next);
    let letters = word.trim_end_matches('.');
    if STATE_ABBREVIATIONS.binary_search(&letters).is_ok() {
        return !is_all_capitals(hit.surface());
    }
    let is_state = |_, sense: super::table::Sense| sense.role == Role::State;
    if !is_capitalised(word) {
        return false;
    }
    let Some((len, _)) = GAZETTEER.longest(text, next, is_state) else { return false };
    let last = next + len - 1;
    let after = text.word(last + 1);
    !(matches!(after, "and" | "or") || (text.gap(last) == ", " && is_capitalised(after)))
}

/// Whether "Georgia" is the state by the words before it: "the state of Georgia", "Savannah, Georgia".
pub(super) fn is_american_state(hit: &Hit<'_>) -> bool {
    if hit.surface() != "Georgia" {
        return false;
    }
    let (text, first) = (hit.text, hit.first);
    let Some(before) = first.checked_sub(1) else { return false };
    if text.word(before) == "of" {
        return matches!(text.word_before(before), Some("state" | "State" | "University"));
    }
    // The name of a city may have two words.
    text.gap(before) == ", "
        && (before.saturating_sub(1)..=before).any(|at| {
            let is_american = |len: usize, sense: super::table::Sense| {
                at + len == first && matches!(sense.role, Role::State | Role::City)
            };
            GAZETTEER.longest(text, at, is_american).is_some()
        })
}

/// The countries of which one is mostly named where Georgia the country is.
const NEAR_GEORGIA: &[&str] = &["AM", "AZ", "RU", "TR", "UA", "MD"];

/// Whether a city of this country stands before its name: "Tripoli, Lebanon".
fn follows_a_city_of(hit: &Hit<'_>, country: &str) -> bool {
    let (text, first) = (hit.text, hit.first);
    let Some(index) = PLACES.country_index(country).filter(|_| text.gap_before(first) == ", ") else {
        return false;
    };
    // The name of a city may have two words.
    (first.saturating_sub(2)..first).any(|at| {
        let name = (at..first).fold(0, |hash, at| add_to_hash(hash, word_hash(text.word(at))));
        PLACES.node(name).is_some_and(|node| PLACES.of(node).any(|place| place.country == index))
    })
}

/// Whether the article gives a reason to read an ambiguous name as the country.
fn has_reason(hit: &Hit<'_>, article: &Evidence) -> bool {
    let row = hit.sense.row;
    if article.of_row(row) > 0 || follows_a_city_of(hit, ROWS[row].alpha2) {
        return true;
    }
    match ROWS[row].alpha2 {
        "NL" => !article.is_american(),
        "GG" => row_of("JE").is_some_and(|jersey| article.of_row(jersey) > 0),
        "GE" => article.is_foreign() && (!article.tells_of_america() || article.names_any(NEAR_GEORGIA)),
        "JO" | "LB" | "PS" | "SM" | "TD" | "TT" | "GH" => article.is_foreign(),
        _ => false,
    }
}

/// Whether "Turkey" is the bird.
fn is_bird(hit: &Hit<'_>, article: &Evidence) -> bool {
    let kitchen_before = hit.text.word_before(hit.first).is_some_and(|word| {
        ["a", "roast", "roasted", "fried", "smoked", "ground", "thanksgiving", "cooked", "your", "whole"]
            .iter()
            .any(|bird| word.eq_ignore_ascii_case(bird))
    });
    let kitchen_after = hit.text.next_word(hit.last).is_some_and(|word| {
        [
            "breast", "burger", "burgers", "dinner", "dinners", "farm", "farms", "leg", "legs", "sandwich",
            "soup",
        ]
        .iter()
        .any(|bird| word.eq_ignore_ascii_case(bird))
    });
    kitchen_before || kitchen_after || (article.is_poultry() && article.of_row(hit.sense.row) == 0)
}

/// Whether "US" is the pronoun in capitals: "CONTACT US", "TELL US ABOUT IT".
fn is_pronoun(hit: &Hit<'_>) -> bool {
    if hit.surface() != "US" {
        return false;
    }
    let before = hit.text.word_before(hit.first).unwrap_or("");
    let folded = before.to_ascii_lowercase();
    if matches!(
        folded.as_str(),
        "about" | "contact" | "follow" | "tell" | "join" | "email" | "call" | "let" | "help"
    ) {
        return is_capitalised(before);
    }
    let next = hit.text.next_word(hit.last).unwrap_or("");
    let shouts = |word: &str| word.len() > 2 && is_all_capitals(word);
    (shouts(before) || shouts(next))
        && matches!(
            folded.as_str(),
            "give"
                | "gives"
                | "show"
                | "with"
                | "for"
                | "of"
                | "to"
                | "visit"
                | "support"
                | "like"
                | "between"
                | "lets"
                | "made"
                | "make"
                | "makes"
                | "told"
                | "tells"
                | "gave"
                | "among"
                | "behind"
                | "before"
                | "around"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_states_is_sorted() {
        assert!(STATE_ABBREVIATIONS.is_sorted());
    }
}
