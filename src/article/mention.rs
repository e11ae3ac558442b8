//! A place in the text that names something.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Period, Quantity, Span};

/// Which of an article's two texts an offset counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextField {
    /// The headline.
    Title,
    /// The clean text under it.
    Body,
}

impl TextField {
    /// `title` or `body`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
        }
    }
}

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Kind {
    /// A human being; the key is the normalised full name.
    Person,
    /// A state or territory with an ISO 3166-1 code; the key is its two-letter code.
    Country,
    /// A company, party, agency, team.
    Org,
    /// A city, region, river.
    Place,
    /// A plain or counted number: "400", "400 Iranian nationals".
    Number,
    /// An amount in a currency.
    Money,
    /// A share in hundredths.
    Percent,
    /// A number with a unit of measure: "5 km".
    Quantity,
    /// A day or a longer stretch of time.
    Date,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Kind; 9] = [
        Kind::Person,
        Kind::Country,
        Kind::Org,
        Kind::Place,
        Kind::Number,
        Kind::Money,
        Kind::Percent,
        Kind::Quantity,
        Kind::Date,
    ];

    /// Its name in the query language, in JSON and in index terms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Country => "country",
            Self::Org => "org",
            Self::Place => "place",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
            Self::Date => "date",
        }
    }

    /// Whether its mentions carry a [`Quantity`].
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Money | Self::Percent | Self::Quantity)
    }
}

/// What a mention was read as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// The canonical key of a person, country, organisation or place.
    Entity(Cow<'static, str>),
    /// The value of a number, amount, share or measure.
    Quantity(Quantity),
    /// The days that a date stands for.
    Period(Period),
}

/// A half-open byte range of an article's title or body that names something.
///
/// Mentions of one kind do not overlap each other within one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The text that `span` counts in.
    pub field: TextField,
    /// Where the words stand: bytes of that text, on character boundaries.
    pub span: Span,
    /// What is named.
    pub kind: Kind,
    /// What it was read as.
    pub reading: Reading,
    /// The rule or table row that found it, as `rule` or `rule:row`: `country:demonym`, `person:title`.
    pub via: Cow<'static, str>,
}

impl Mention {
    /// The canonical key: an entity's key, a quantity's reading, or a date's days ([`Period::key`]).
    pub fn key(&self) -> Cow<'_, str> {
        match &self.reading {
            Reading::Entity(key) => Cow::Borrowed(key),
            Reading::Quantity(quantity) => Cow::Owned(quantity.reading()),
            Reading::Period(period) => Cow::Owned(period.key()),
        }
    }

    /// Its value, if it is numeric.
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.reading {
            Reading::Quantity(quantity) => Some(quantity),
            Reading::Entity(_) | Reading::Period(_) => None,
        }
    }

    /// Its days, if it is a date.
    pub fn period(&self) -> Option<&Period> {
        match &self.reading {
            Reading::Period(period) => Some(period),
            Reading::Entity(_) | Reading::Quantity(_) => None,
        }
    }
}
