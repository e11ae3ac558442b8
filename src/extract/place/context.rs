//! The words around a name: what speaks for a place, and what makes it a part of another name.

use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;
use crate::extract::person::line::Style;
use crate::extract::{is_all_capitals, is_capitalised};
use crate::names::wordlist::{Set, Table, among, row};

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
const PARTS: Set = Set::new(&[
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
    "Upstate",
    "Uptown",
    "West",
    "Western",
]);

/// What follows the name of a place and is no part of a name: "London Mayor", "Chicago police".
const AFTER: Set = Set::new(&[
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
    "Rep",
    "Republican",
    "Republicans",
    "Sen",
    "Senate",
    "Senator",
    "Sheriff",
    "State",
    "Superior",
    "Supreme",
]);

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
const STRENGTHS: Table<i8> = Table::new(&[
    ("Across", 2),
    ("Around", 2),
    ("At", 2),
    ("From", 2),
    ("In", 3),
    ("Near", 3),
    ("Outside", 3),
    ("across", 2),
    ("and", 1),
    ("around", 2),
    ("at", 2),
    ("between", 1),
    ("central", 2),
    ("downtown", 3),
    ("east", 2),
    ("eastern", 2),
    ("for", 1),
    ("from", 2),
    ("greater", 2),
    ("in", 3),
    ("inside", 1),
    ("into", 1),
    ("leaving", 2),
    ("left", 1),
    ("mid", 2),
    ("near", 3),
    ("nearby", 2),
    ("north", 2),
    ("northeast", 2),
    ("northern", 2),
    ("northwest", 2),
    ("of", 1),
    ("outside", 3),
    ("over", 1),
    ("reached", 1),
    ("rural", 2),
    ("south", 2),
    ("southeast", 2),
    ("southern", 2),
    ("southwest", 2),
    ("suburban", 2),
    ("the", 1),
    ("through", 2),
    ("throughout", 2),
    ("to", 2),
    ("toward", 2),
    ("towards", 2),
    ("via", 2),
    ("visit", 2),
    ("visiting", 2),
    ("west", 2),
    ("western", 2),
    ("within", 1),
]);

/// How strongly a word says that a place follows.
fn strength(word: &str) -> i8 {
    row(&STRENGTHS, word).unwrap_or(0)
}

/// Nouns of which a place is said: "the city of Mobile".
const PLACE_NOUNS: Set = Set::new(&[
    "Archdiocese",
    "City",
    "Diocese",
    "Mayor",
    "Province",
    "State",
    "Town",
    "University",
    "Village",
    "area",
    "bishop",
    "borough",
    "capital",
    "city",
    "coast",
    "community",
    "county",
    "district",
    "east",
    "governor",
    "island",
    "kilometers",
    "kilometres",
    "km",
    "mayor",
    "miles",
    "neighborhood",
    "north",
    "northeast",
    "northwest",
    "outskirts",
    "part",
    "parts",
    "people",
    "port",
    "province",
    "region",
    "residents",
    "south",
    "southeast",
    "southwest",
    "state",
    "streets",
    "suburb",
    "suburbs",
    "town",
    "township",
    "village",
    "west",
]);

fn is_place_noun(word: &str) -> bool {
    among(&PLACE_NOUNS, word)
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
        if is_capitalised(next) && !among(&AFTER, next) {
            let flags = words.flags(last + 1);
            context.in_a_name |= !flags.has(Flags::STOP | Flags::TITLE | Flags::ROLE | Flags::COUNTRY);
        }
        if is_capitalised(before) && !among(&PARTS, before) {
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
    fn the_tables_are_sorted() {
        for table in [&PARTS, &AFTER, &PLACE_NOUNS] {
            assert!(table.words.is_sorted());
        }
        assert!(STRENGTHS.rows.is_sorted());
    }
}
