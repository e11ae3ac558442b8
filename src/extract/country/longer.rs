//! Longer names that hold a country's: streets, schools, bodies of the United States, roads.

use super::Hit;
use crate::extract::is_capitalised;

/// Nouns that end the name of a street, a school, a county: the country in it is only its name.
const NAMED_AFTER: &[&str] = &[
    "Ave",
    "Avenue",
    "Blvd",
    "Boulevard",
    "Cafe",
    "Café",
    "County",
    "Creek",
    "Dr",
    "Drive",
    "Elementary",
    "Grill",
    "Heights",
    "Hill",
    "Hills",
    "Immersion",
    "Kitchen",
    "Lane",
    "Ln",
    "Oaks",
    "Orchard",
    "Parish",
    "Parkway",
    "Pike",
    "Pl",
    "Rd",
    "Restaurant",
    "River",
    "Road",
    "Springs",
    "St",
    "Street",
    "Terrace",
    "Township",
    "Twp",
];

/// Whether the words after the hit make it part of a longer name: "France Avenue", "Lebanon High School".
pub(super) fn is_part_of_a_longer_name(hit: &Hit<'_>) -> bool {
    let Some(next) = hit.text.next_word(hit.last) else { return false };
    NAMED_AFTER.binary_search(&next).is_ok()
        || (matches!(next, "High" | "Middle" | "Central" | "Valley")
            && hit.text.next_word(hit.last + 1).is_some_and(|word| matches!(word, "School" | "Schools")))
}

/// Whether the word before the hit makes it the name of a mountain or a town: "Mount Jordan", "Fort Jordan".
pub(super) fn is_mountain_or_port(hit: &Hit<'_>) -> bool {
    hit.text.gap_before(hit.first) == " "
        && matches!(
            hit.text.word_before(hit.first),
            Some("Mount" | "Mt" | "Mt." | "Fort" | "Camp" | "Port" | "Point" | "Cape" | "Lake")
        )
}

/// Nouns that end the names of bodies.
const BODIES: &[&str] = &[
    "Academy",
    "Association",
    "Bank",
    "Bar",
    "Board",
    "Center",
    "Church",
    "Club",
    "College",
    "Committee",
    "Conference",
    "Council",
    "Cross",
    "Enterprise",
    "Federation",
    "Foundation",
    "Fund",
    "Group",
    "Hospital",
    "Inc",
    "Institute",
    "Insurance",
    "League",
    "Legion",
    "Lung",
    "Museum",
    "Party",
    "Press",
    "Society",
    "Studies",
    "Union",
    "University",
];

/// Whether "American" opens the name of a body of the United States, which says little of the country: "American
/// Heart Association". Bodies of other countries do tell.
pub(super) fn is_american_body(hit: &Hit<'_>) -> bool {
    hit.surface() == "American"
        && (1..=4)
            .map_while(|n| {
                hit.text.next_word(hit.last + n - 1).filter(|word| is_capitalised(word) || *word == "and")
            })
            .any(|word| BODIES.binary_search(&word).is_ok())
}

/// Whether "America" closes the name of a body: "United Way of America", "Mid-America".
pub(super) fn is_body_of_america(hit: &Hit<'_>) -> bool {
    let (text, first) = (hit.text, hit.first);
    hit.surface() == "America"
        && (text.gap_before(first) == "-"
            || (text.word_before(first) == Some("of")
                && first.checked_sub(1).and_then(|of| text.word_before(of)).is_some_and(|word| {
                    is_capitalised(word) && !matches!(word, "President" | "Bank" | "North" | "Most" | "One")
                })))
}

/// Whether a road number follows: "U.S. 287", "US-24", "U.S. Highway 82".
pub(super) fn is_highway(hit: &Hit<'_>) -> bool {
    if !matches!(hit.surface(), "US" | "U.S." | "U.S") {
        return false;
    }
    let next = hit.text.next_word(hit.last).unwrap_or("");
    if matches!(next, "Highway" | "Hwy" | "Route" | "Rt" | "Rte") {
        return true;
    }
    let before = hit.text.word_before(hit.first).unwrap_or("");
    next.len() <= 3
        && next.bytes().all(|b| b.is_ascii_digit())
        && !next.is_empty()
        && !hit.text.gap(hit.last + 1).starts_with('-')
        && (hit.text.gap(hit.last) == "-"
            || matches!(before, "on" | "along" | "off" | "and" | "near" | "via"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [NAMED_AFTER, BODIES] {
            assert!(table.is_sorted());
        }
    }
}
