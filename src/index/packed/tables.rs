//! Rules and units that most mentions have, the most frequent first.
//!
//! The tables belong to the index's format: rows may be added behind the last, and none may be moved. What is in none of them is
//! written out.

use crate::article::Kind::{self, Country, Date, Money, Number, Org, Percent, Person, Place, Quantity};

/// Kinds and the rules that find them.
pub(super) const RULES: [(Kind, &str); 59] = [
    (Org, "org:known"),
    (Person, "person:surname"),
    (Person, "person:full"),
    (Country, "country:name"),
    (Money, "quantity:digits"),
    (Org, "org:head"),
    (Percent, "quantity:digits"),
    (Number, "quantity:digits"),
    (Date, "date:absolute"),
    (Country, "country:demonym"),
    (Country, "country:abbreviation"),
    (Number, "quantity:words"),
    (Place, "place:region"),
    (Date, "date:weekday-past"),
    (Date, "date:relative"),
    (Place, "place:population"),
    (Org, "org:acronym"),
    (Date, "date:month-past"),
    (Person, "person:cue"),
    (Org, "org:short"),
    (Quantity, "quantity:digits"),
    (Quantity, "quantity:words"),
    (Place, "place:only"),
    (Person, "person:tagger"),
    (Org, "org:cue"),
    (Place, "place:region-after"),
    (Date, "date:day-past"),
    (Number, "quantity:vague"),
    (Number, "quantity:fraction"),
    (Date, "date:weekday-future"),
    (Date, "date:ago"),
    (Date, "date:month-future"),
    (Money, "quantity:range"),
    (Place, "place:country-after"),
    (Date, "date:day-future"),
    (Date, "date:day-near"),
    (Org, "org:defined"),
    (Percent, "quantity:range"),
    (Number, "quantity:range"),
    (Quantity, "quantity:range"),
    (Money, "quantity:vague"),
    (Country, "country:part"),
    (Percent, "quantity:words"),
    (Money, "quantity:words"),
    (Country, "country:capital"),
    (Place, "place:region-near"),
    (Place, "place:country-near"),
    (Date, "date:day-of-week"),
    (Quantity, "quantity:vague"),
    (Date, "date:named"),
    (Quantity, "quantity:fraction"),
    (Percent, "quantity:fraction"),
    (Money, "quantity:fraction"),
    (Country, "country:translated"),
    (Percent, "quantity:vague"),
    (Number, "quantity:far"),
    (Money, "quantity:far"),
    (Percent, "quantity:far"),
    (Quantity, "quantity:far"),
];

/// Units.
pub(super) const UNITS: [&str; 64] = [
    "year",
    "month",
    "EUR",
    "cent",
    "people",
    "day",
    "GBP",
    "%",
    "point",
    "year of age",
    "photo",
    "week",
    "job",
    "JPY",
    "share",
    "state",
    "hour",
    "country",
    "time",
    "minute",
    "company",
    "member",
    "basis point",
    "thing",
    "unit",
    "bank",
    "american",
    "percentage point",
    "employee",
    "worker",
    "source",
    "barrel per day",
    "vote",
    "vehicle",
    "decade",
    "tonne",
    "seat",
    "penny",
    "mile",
    "CNY",
    "case",
    "foot",
    "page",
    "way",
    "man",
    "nation",
    "AUD",
    "child",
    "barrel",
    "official",
    "store",
    "reason",
    "firm",
    "woman",
    "candidate",
    "side",
    "franc",
    "executive",
    "USD",
    "CAD",
    "metre",
    "kilometre",
    "kilogram",
    "inch",
];

/// The unit that most mentions of a kind have.
pub(super) fn usual_unit(kind: Kind) -> Option<&'static str> {
    match kind {
        Percent => Some("%"),
        Money => Some("USD"),
        _ => None,
    }
}

/// The row of a rule.
pub(super) fn rule(kind: Kind, via: &str) -> Option<usize> {
    RULES.iter().position(|(of, name)| *of == kind && *name == via)
}

/// The row of a unit.
pub(super) fn unit(unit: &str) -> Option<usize> {
    UNITS.iter().position(|name| *name == unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_stands_twice() {
        for (row, (kind, via)) in RULES.iter().enumerate() {
            assert_eq!(rule(*kind, via), Some(row), "{via}");
        }
        for (row, name) in UNITS.iter().enumerate() {
            assert_eq!(unit(name), Some(row), "{name}");
        }
    }
}
