//! The gazetteer that texts are searched for: the table of countries, and the phrases around them.

use std::sync::LazyLock;

use super::phrases;
use crate::extract::gazetteer::Gazetteer;
use crate::names::country::{PARTS, ROWS, Way, row_of};

/// What a way to name a country is; for words that name none, what they tell about the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// "Iran".
    Name,
    /// "Iranian".
    Demonym,
    /// "UAE", "S Korea".
    Abbreviation,
    /// "Tehran", where it stands for the government.
    Capital,
    /// A part that news calls a country, or its people: "Scotland", "Welsh".
    Part,
    /// A word that makes its country likelier: "Abkhazia".
    Hint,
    /// A state of the United States.
    State,
    /// A city of the United States.
    City,
    /// A phrase that holds a name of a country and names something else: "New Mexico", "Indian Ocean".
    Veto,
}

/// What a gazetteer entry stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub(super) role: Role,
    /// Index in [`ROWS`]; meaningless for [`Role::State`], [`Role::City`] and [`Role::Veto`].
    pub(super) row: usize,
    /// Names other things as well: read as the country only for a reason.
    pub(super) ambiguous: bool,
    /// Written in capitals throughout: "US", not "us".
    pub(super) capitals: bool,
}

/// Gives every name, demonym and abbreviation of one word, and whether it is a name.
pub(in crate::extract) fn each_single_word(mut give: impl FnMut(&str, bool)) {
    for country in ROWS.iter() {
        country.each_way(|way, is, _| {
            if is != Way::Capital && crate::text::tokens(way).nth(1).is_none() {
                give(way, is == Way::Name);
            }
        });
    }
}

/// Gives every name of several words: of countries, their people, parts and capitals, and of states.
pub(in crate::extract) fn each_phrase(mut give: impl FnMut(&str)) {
    let mut give_phrase = |way: &str| {
        if crate::text::tokens(way).nth(1).is_some() {
            give(way);
        }
    };
    for country in ROWS.iter() {
        country.each_way(|way, _, _| give_phrase(way));
    }
    for (_, way) in PARTS {
        give_phrase(way);
    }
    for way in phrases::STATES {
        give_phrase(way);
    }
}

impl From<Way> for Role {
    fn from(way: Way) -> Self {
        match way {
            Way::Name => Self::Name,
            Way::Demonym => Self::Demonym,
            Way::Abbreviation => Self::Abbreviation,
            Way::Capital => Self::Capital,
        }
    }
}

/// All that texts are searched for.
pub(super) static GAZETTEER: LazyLock<Gazetteer<Sense>> = LazyLock::new(|| {
    let mut table = Gazetteer::new();
    let plain = |role| Sense { role, row: usize::MAX, ambiguous: false, capitals: false };
    for phrase in phrases::VETOES {
        table.insert(phrase, plain(Role::Veto));
    }
    for (row, country) in ROWS.iter().enumerate() {
        country.each_way(|way, is, ambiguous| {
            let role = Role::from(is);
            let capitals = role == Role::Abbreviation && !way.bytes().any(|b| b.is_ascii_lowercase());
            table.insert(way, Sense { role, row, ambiguous, capitals });
        });
    }
    for (ways, role) in [(PARTS, Role::Part), (phrases::HINTS, Role::Hint)] {
        for (alpha2, way) in ways {
            if let Some(row) = row_of(alpha2) {
                table.insert(way, Sense { row, ..plain(role) });
            }
        }
    }
    for state in phrases::STATES {
        table.insert(state, plain(Role::State));
    }
    for city in phrases::AMERICAN_CITIES {
        table.insert(city, plain(Role::City));
    }
    table
});

/// The hashes of the words that begin what texts are searched for.
pub(in crate::extract) fn first_words() -> &'static [u64] {
    GAZETTEER.first_words()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_in_the_table_is_found_in_texts() {
        for (row, country) in ROWS.iter().enumerate() {
            country.each_way(|way, _, _| {
                assert_eq!(GAZETTEER.get(way).map(|sense| sense.row), Some(row), "{way}");
            });
        }
    }
}
