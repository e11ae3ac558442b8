//! The names of fields: which there are, what they hold, and which was meant.

use serde::Serialize;

use super::currency;
use super::fault::Fault;
use super::show::Shown;
use super::spelling::nearest;
use crate::article::{Kind, Span};

/// A field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldName {
    /// The headline; `headline` is the same.
    Title,
    /// The first paragraph.
    Lead,
    /// The text.
    Body,
    /// Who wrote it.
    Byline,
    /// The news agency.
    Agency,
    /// The part of the outlet.
    Section,
    /// The outlet.
    Source,
    /// The address.
    Url,
    /// The language.
    Lang,
    /// When it was published.
    Published,
    /// A date; that of publication unless the planner knows of dates in the text.
    Date,
    /// When it was last changed.
    Updated,
    /// The event that it is about.
    Story,
    /// The identifier.
    Id,
    /// Who is named; `people` is the same.
    Person,
    /// Which country is named.
    Country,
    /// Which organisation is named.
    Org,
    /// Which place is named.
    Place,
    /// Plain and counted numbers in the text.
    Number,
    /// Amounts in the text.
    Money,
    /// Percentages in the text.
    Percent,
    /// Measures in the text.
    Quantity,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Words, in which slots may stand.
    Text,
    /// One string; words of it are compared as they are.
    Keyword,
    /// One string in which almost every sign is itself: addresses and identifiers.
    Raw,
    /// Names.
    Entity,
    /// Dates.
    Date,
    /// Numbers, with the unit that the kind implies.
    Numeric(Kind),
}

impl FieldName {
    /// Every field, in the order of the documentation.
    pub const ALL: [Self; 22] = [
        Self::Title,
        Self::Lead,
        Self::Body,
        Self::Byline,
        Self::Agency,
        Self::Section,
        Self::Source,
        Self::Url,
        Self::Lang,
        Self::Published,
        Self::Date,
        Self::Updated,
        Self::Story,
        Self::Id,
        Self::Person,
        Self::Country,
        Self::Org,
        Self::Place,
        Self::Number,
        Self::Money,
        Self::Percent,
        Self::Quantity,
    ];

    /// Its name in the query language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Byline => "byline",
            Self::Agency => "agency",
            Self::Section => "section",
            Self::Source => "source",
            Self::Url => "url",
            Self::Lang => "lang",
            Self::Published => "published",
            Self::Date => "date",
            Self::Updated => "updated",
            Self::Story => "story",
            Self::Id => "id",
            Self::Person => "person",
            Self::Country => "country",
            Self::Org => "org",
            Self::Place => "place",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
        }
    }

    pub(super) fn class(self) -> Class {
        match self {
            Self::Title | Self::Lead | Self::Body | Self::Byline => Class::Text,
            Self::Agency | Self::Section | Self::Source | Self::Lang | Self::Story => Class::Keyword,
            Self::Url | Self::Id => Class::Raw,
            Self::Published | Self::Date | Self::Updated => Class::Date,
            Self::Person | Self::Country | Self::Org | Self::Place => Class::Entity,
            Self::Number => Class::Numeric(Kind::Number),
            Self::Money => Class::Numeric(Kind::Money),
            Self::Percent => Class::Numeric(Kind::Percent),
            Self::Quantity => Class::Numeric(Kind::Quantity),
        }
    }

    /// The field that `name` names, in any case.
    fn known(name: &str) -> Option<Self> {
        let named = |known: &str| name.eq_ignore_ascii_case(known);
        ALIASES
            .iter()
            .find(|(alias, _)| named(alias))
            .map(|(_, field)| *field)
            .or_else(|| Self::ALL.into_iter().find(|field| named(field.name())))
    }
}

/// Other names that are read like the field's own.
const ALIASES: [(&str, FieldName); 2] = [("headline", FieldName::Title), ("people", FieldName::Person)];

/// What other archives call a field: named in an error, never read.
const ELSEWHERE: [(&str, &str); 23] = [
    ("author", "byline"),
    ("wire", "agency"),
    ("category", "section"),
    ("desk", "section"),
    ("content", "body"),
    ("text", "body"),
    ("summary", "lead"),
    ("intro", "lead"),
    ("outlet", "source"),
    ("publisher", "source"),
    ("publication", "source"),
    ("domain", "source"),
    ("link", "url"),
    ("language", "lang"),
    ("timestamp", "published"),
    ("pubdate", "published"),
    ("modified", "updated"),
    ("organisation", "org"),
    ("organization", "org"),
    ("company", "org"),
    ("location", "place"),
    ("amount", "money"),
    ("event", "story"),
];

/// Which reading of a field is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// `number.exact`: vague figures left out.
    Exact,
    /// `country.any`: cities and regions count for their country.
    Any,
}

impl Variant {
    /// `exact` or `any`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Any => "any",
        }
    }
}

/// A field as a query names it: `money.USD`, `country.any`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldRef {
    /// Which field.
    pub name: FieldName,
    /// The unit that its values have: for money an ISO 4217 code, otherwise as typed.
    pub unit: Option<String>,
    /// Which reading of it.
    pub variant: Option<Variant>,
    /// Where it was written, the colon not included: bytes of the query's text.
    pub span: Span,
}

impl std::fmt::Display for FieldRef {
    /// As a query writes it, without the colon.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name.name())?;
        if let Some(unit) = &self.unit {
            write!(f, ".{unit}")?;
        }
        self.variant.map_or(Ok(()), |variant| write!(f, ".{}", variant.name()))
    }
}

/// The field that a query calls `written` (`money.USD`), at `span`.
pub(super) fn resolve(written: &str, span: Span) -> Result<FieldRef, Fault> {
    let mut parts = written.split('.');
    let first = parts.next().unwrap_or("");
    let Some(name) = FieldName::known(first) else {
        return Err(Fault::UnknownField { name: Shown::of(written), near: near_field(first) });
    };
    let mut field = FieldRef { name, unit: None, variant: None, span };
    for part in parts {
        let unknown = |near| Fault::UnknownPart { field: name.name(), part: Shown::of(part), near };
        let variant = match name.class() {
            Class::Numeric(_) => Variant::Exact,
            _ if name == FieldName::Country => Variant::Any,
            _ => return Err(unknown(None)),
        };
        if part.eq_ignore_ascii_case(variant.name()) && field.variant.is_none() {
            field.variant = Some(variant);
        } else if name == FieldName::Money && field.unit.is_none() {
            let code = currency::by_name(part).ok_or_else(|| Fault::UnknownCurrency {
                code: Shown::of(part),
                near: nearest(part, [variant.name()].into_iter().chain(currency::codes())),
            })?;
            field.unit = Some(code.to_owned());
        } else if matches!(name, FieldName::Number | FieldName::Quantity)
            && field.unit.is_none()
            && field.variant.is_none()
            && !part.is_empty()
            && part.chars().all(stands_in_name)
        {
            field.unit = Some(part.to_owned());
        } else {
            return Err(unknown(Some(variant.name()).filter(|_| field.variant.is_none())));
        }
    }
    Ok(field)
}

/// Whether a field's name, its unit included, can hold the character; full stops part it.
pub(super) fn stands_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Whether `written` is a field, or close enough to one that it must be a slip.
pub(super) fn looks_like_field(written: &str) -> bool {
    let first = written.split('.').next().unwrap_or("");
    FieldName::known(first).is_some() || near_field(first).is_some()
}

/// What the values of the field `written` are, if there is one.
pub(super) fn class_of(written: &str) -> Option<Class> {
    FieldName::known(written.split('.').next()?).map(FieldName::class)
}

fn near_field(name: &str) -> Option<&'static str> {
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| name.eq_ignore_ascii_case(other));
    let names =
        FieldName::ALL.into_iter().map(FieldName::name).chain(ALIASES.iter().map(|(alias, _)| *alias));
    elsewhere.map(|(_, field)| *field).or_else(|| nearest(name, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Result<String, Option<&'static str>> {
        match resolve(written, Span::new(0, 0)) {
            Ok(field) => Ok(field.to_string()),
            Err(
                Fault::UnknownField { near, .. }
                | Fault::UnknownPart { near, .. }
                | Fault::UnknownCurrency { near, .. },
            ) => Err(near),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_name_names_its_field_in_any_case() {
        for field in FieldName::ALL {
            assert_eq!(read(field.name()), Ok(field.name().into()));
            assert_eq!(read(&field.name().to_uppercase()), Ok(field.name().into()));
        }
        assert_eq!(read("headline"), Ok("title".into()));
        assert_eq!(read("people"), Ok("person".into()));
    }

    #[test]
    fn parts_are_units_and_readings() {
        for (written, shown) in [
            ("money.usd", "money.USD"),
            ("money.dollars", "money.USD"),
            ("money.EUR.exact", "money.EUR.exact"),
            ("quantity.people", "quantity.people"),
            ("number.exact", "number.exact"),
            ("percent.exact", "percent.exact"),
            ("country.any", "country.any"),
        ] {
            assert_eq!(read(written), Ok(shown.into()));
        }
        for (written, near) in [
            ("money.UDS", Some("USD")),
            ("money.xyzzy", None),
            ("title.exact", None),
            ("country.all", Some("any")),
            ("percent.km", Some("exact")),
            ("number.exact.exact", None),
            ("quantity.", Some("exact")),
            ("date.exact", None),
        ] {
            assert_eq!(read(written), Err(near), "{written}");
        }
    }

    #[test]
    fn a_slip_is_recognised_and_other_archives_names_too() {
        for (written, near) in [
            ("numbr", Some("number")),
            ("tilte", Some("title")),
            ("contry", Some("country")),
            ("author", Some("byline")),
            ("headlin", Some("headline")),
            ("x", None),
            ("foo", None),
            ("said", None),
        ] {
            assert_eq!(read(written), Err(near), "{written}");
        }
    }
}
