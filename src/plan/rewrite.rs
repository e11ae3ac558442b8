//! What planning made of the query's parts, on record: nothing is changed without a line that says so.

use serde::{Deserialize, Serialize};

use crate::article::Span;

/// A rule of planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A bare word also finds its inflections.
    Inflections,
    /// A bare word finds what shares its stem in articles of another language.
    Stem,
    /// What was written as one word holds several, which must stand in a row.
    WordsInARow,
    /// A list finds any of its values.
    List,
    /// A name, demonym, code or alias of a country finds all of them.
    CountryName,
    /// A person's name of one word finds every person with that name part.
    PersonPart,
    /// A person's full name finds that person under every form.
    PersonName,
    /// An organisation's name of one word finds every organisation with that word in its name.
    OrgPart,
    /// An organisation's full name finds it under every form.
    OrgName,
    /// A place's name finds every place of that name.
    PlaceName,
    /// A place's name with a state or country finds that place.
    PlaceIn,
    /// A country is found by its cities and regions, too.
    CountryOfPlaces,
    /// A unit is read as its canonical name; a counted noun as its singular.
    Unit,
    /// A range of a measure is also asked in the units that measure the same.
    Converted,
    /// A quantity without a unit is a measure or a number of counted things.
    MeasureOrCount,
    /// A date is the stretch of time that it names.
    DateInterval,
    /// `ATLEAST` of several parts asks each of them.
    AtLeastEach,
}

impl Rule {
    /// Every rule, in the order of the documentation.
    pub const ALL: [Rule; 17] = [
        Self::Inflections,
        Self::Stem,
        Self::WordsInARow,
        Self::List,
        Self::CountryName,
        Self::PersonPart,
        Self::PersonName,
        Self::OrgPart,
        Self::OrgName,
        Self::PlaceName,
        Self::PlaceIn,
        Self::CountryOfPlaces,
        Self::Unit,
        Self::Converted,
        Self::MeasureOrCount,
        Self::DateInterval,
        Self::AtLeastEach,
    ];

    /// What it does, for people.
    pub fn says(self) -> &'static str {
        match self {
            Self::Inflections => "a bare word finds its inflections",
            Self::Stem => "a bare word finds its inflections in articles of another language",
            Self::WordsInARow => "one word of several parts finds them in a row",
            Self::List => "a list finds any of its values",
            Self::CountryName => "a country is found by every name, demonym and code",
            Self::PersonPart => "one name finds every person with that name part",
            Self::PersonName => "a full name finds that person under every form",
            Self::OrgPart => "one word finds every organisation with it in its name",
            Self::OrgName => "a full name finds that organisation under every form",
            Self::PlaceName => "a name finds every place of that name",
            Self::PlaceIn => "a name with a state or country finds that place",
            Self::CountryOfPlaces => "a country is found by its cities and regions, too",
            Self::Unit => "a unit is found under every name; a counted noun by its singular",
            Self::Converted => "a measure is found in every unit that measures the same",
            Self::MeasureOrCount => "a quantity is a measure or a number of things",
            Self::DateInterval => "a date is the time that it names",
            Self::AtLeastEach => "ATLEAST asks each part",
        }
    }
}

/// One rule that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// Which rule.
    pub rule: Rule,
    /// The part of the query that it was applied to: bytes of its text.
    pub span: Span,
    /// What the part became, for people.
    pub to: String,
}
