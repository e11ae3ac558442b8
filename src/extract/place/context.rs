//! The words around a name: what speaks for a place, and what makes it a part of another name.

use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;
use crate::extract::person::line::Style;
use crate::extract::{is_all_capitals, is_capitalised};

/// What stands around a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// How strongly the words around it say that it is a place.
    pub(super) cue: i8,
    /// Capitalised words beside it make it a part of a longer name: "Boston Globe".
    pub(super) in_a_name: bool,
    /// It stands in the name of an organisation.
    pub(super) in_a_body: bool,
    /// What the words around it call it.
    pub(super) called: Called,
    /// Nothing but its capital parts it from a word: it opens a sentence.
    pub(super) opens: bool,
}

/// What the words around a name call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// Nothing that tells a state from a city.
    Nothing,
    /// "New York state": the state, not the city.
    State,
    /// "the city of New York".
    City,
}

impl Context {
    /// A place without doubt.
    pub(super) fn certain() -> Self {
        Self { cue: 8, in_a_name: false, in_a_body: false, called: Called::Nothing, opens: false }
    }
}

/// Words that may stand before a capitalised name of a place and belong to no name: "North London", "Downtown Houston".
const PARTS: &[&str] = &[
    "Central",
    "Coastal",
    "Downtown",
    "East",
    "Eastern",
    "Greater",
    "Inner",
    "Lower",
    "Metro",
    "Metropolitan",
    "Mid",
    "Midtown",
    "North",
    "Northeast",
    "Northeastern",
    "Northern",
    "Northwest",
    "Northwestern",
    "Occupied",
    "Old",
    "Outer",
    "Rural",
    "South",
    "Southeast",
    "Southeastern",
    "Southern",
    "Southwest",
    "Southwestern",
    "Suburban",
    "Upper",
    "Uptown",
    "Upstate",
    "West",
    "Western",
];

/// What follows the name of a place and is no part of a name: "London Mayor", "Chicago police".
const AFTER: &[&str] = &[
    "Airport",
    "Assembly",
    "Attorney",
    "Bishop",
    "City",
    "Council",
    "County",
    "Democrat",
    "Democrats",
    "Fire",
    "General",
    "Gov",
    "Governor",
    "House",
    "International",
    "Legislature",
    "Mayor",
    "Police",
    "Republican",
    "Republicans",
    "Rep",
    "Sen",
    "Senate",
    "Senator",
    "Sheriff",
    "State",
    "Superior",
    "Supreme",
];

/// Whether the word after the name of a place makes it that of a body of the place, which is there: "Rochester Fire Department".
pub(super) fn is_local_body(next: &str) -> bool {
    matches!(
        next,
        "Borough"
            | "City"
            | "Council"
            | "County"
            | "Fire"
            | "Municipal"
            | "Police"
            | "Sheriff"
            | "Town"
            | "Township"
    )
}

/// Whether what follows the word is where something is: "in", "near".
pub(super) fn is_preposition(word: &str) -> bool {
    strength(word) > 1
}

/// How strongly a word says that a place follows.
fn strength(word: &str) -> i8 {
    match word {
        "in" | "In" | "near" | "Near" | "outside" | "Outside" | "downtown" => 3,
        "at" | "At" | "from" | "From" | "to" | "across" | "Across" | "around" | "Around" | "throughout"
        | "toward" | "towards" | "through" | "via" | "leaving" | "visiting" | "visit" | "northern"
        | "southern" | "eastern" | "western" | "central" | "north" | "south" | "east" | "west"
        | "northeast" | "northwest" | "southeast" | "southwest" | "nearby" | "mid" | "greater"
        | "suburban" | "rural" => 2,
        "of" | "for" | "and" | "between" | "into" | "over" | "inside" | "within" | "reached" | "left"
        | "the" => 1,
        _ => 0,
    }
}

/// Nouns of which a place is said: "the city of Mobile".
fn is_place_noun(word: &str) -> bool {
    matches!(
        word,
        "city"
            | "City"
            | "town"
            | "Town"
            | "village"
            | "Village"
            | "suburb"
            | "suburbs"
            | "county"
            | "state"
            | "State"
            | "province"
            | "Province"
            | "district"
            | "region"
            | "port"
            | "outskirts"
            | "south"
            | "north"
            | "east"
            | "west"
            | "capital"
            | "mayor"
            | "Mayor"
            | "streets"
            | "people"
            | "residents"
            | "island"
            | "borough"
            | "neighborhood"
            | "University"
            | "miles"
            | "km"
            | "kilometers"
            | "kilometres"
            | "governor"
            | "part"
            | "parts"
            | "area"
            | "bishop"
            | "Archdiocese"
            | "Diocese"
            | "coast"
            | "township"
            | "community"
            | "southeast"
            | "southwest"
            | "northeast"
            | "northwest"
    )
}

/// Reads what stands around the tokens from `first` to `last` of a line of that style.
pub(super) fn read(words: &Lookup<'_>, first: usize, last: usize, style: Style) -> Context {
    let text = words.text;
    let (gap_before, gap) = (text.gap_before(first), text.gap(last));
    let before = if gap_before == " " { text.word(first - 1) } else { "" };
    let next = if gap == " " { text.word(last + 1) } else { "" };
    let prose = style == Style::Prose;
    let line_start = first == 0 || gap_before.contains('\n');
    let opens = line_start || gap_before.contains(['.', '?', '!', '"', '\u{201c}', ':', '*', '\u{2022}']);
    let mut context = Context { opens, ..Context::certain() };
    let mut cue = strength(before);
    if before == "of" {
        cue = if is_place_noun(text.word(first.saturating_sub(2))) { 4 } else { 1 };
        let owner = text.word(first.saturating_sub(2));
        let opens = first < 3 || !text.is_spaced(first - 3);
        context.in_a_name = first > 1
            && !opens
            && is_capitalised(owner)
            && !is_place_noun(owner)
            && !words.flags(first - 2).has(Flags::STOP | Flags::TITLE | Flags::ROLE);
        context.called = match owner {
            "state" | "State" => Called::State,
            "city" | "City" => Called::City,
            _ => Called::Nothing,
        };
    }
    if line_start && is_dateline(gap, text.word(first), prose) {
        cue = 5;
    }
    if gap == "-" {
        let after = text.word(last + 1);
        if matches!(after, "based" | "born" | "area" | "bound" | "raised" | "native" | "style") {
            cue = cue.max(3);
        } else if is_capitalised(after) {
            context.in_a_name = true;
        }
    }
    if gap_before == "-" && is_capitalised(text.word(first - 1)) {
        context.in_a_name = true;
    }
    if gap_before.ends_with(['/', '@', '#', '_', '=']) {
        context.in_a_name = true;
    }
    if matches!(next, "state" | "State" | "province") {
        context.called = Called::State;
        cue = cue.max(2);
    } else if matches!(
        next,
        "area" | "city" | "police" | "residents" | "suburb" | "native" | "streets" | "mayor" | "resident"
    ) {
        cue = cue.max(2);
    }
    // A saint's church or hospital.
    if matches!(text.word(first), "St" | "St." | "Saint")
        && (gap.starts_with("'s")
            || gap.starts_with("\u{2019}s")
            || before == "and"
            || (next == "and" && text.word(last + 2).starts_with("St")))
    {
        context.in_a_name = true;
    }
    if prose {
        if is_capitalised(next) && !AFTER.contains(&next) {
            let flags = words.flags(last + 1);
            context.in_a_name |= !flags.has(Flags::STOP | Flags::TITLE | Flags::ROLE | Flags::COUNTRY);
        }
        if is_capitalised(before) && !PARTS.contains(&before) {
            let flags = words.flags(first - 1);
            let opens = first < 2 || !text.is_spaced(first - 2);
            context.in_a_name |= !(flags.has(Flags::STOP)
                || (opens && flags.has(Flags::COMMON) && !flags.has(Flags::FIRST | Flags::LAST))
                || strength(before) > 0);
        } else if is_capitalised(before) {
            cue = cue.max(1);
        }
    }
    context.cue = cue;
    context
}

/// Whether a name that begins a line opens it as agencies do: "LONDON (Reuters) -", "Paris -- ".
fn is_dateline(gap: &str, word: &str, prose: bool) -> bool {
    matches!(gap, " (" | " - " | " -- " | " \u{2014} " | " \u{2013} " | " \u{2014}" | "\u{2014}" | " . ")
        || (prose && word.len() > 3 && is_all_capitals(word) && gap == ", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_of_capitalised_words() {
        assert!(PARTS.iter().chain(AFTER).all(|word| is_capitalised(word)));
    }
}
