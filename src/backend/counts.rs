//! What a backend counts over all articles that match, and what it answers: facets, quantities, timelines.

use serde::{Deserialize, Serialize};

use super::Group;
use crate::article::Kind;
use crate::plan::QuantityTest;
use crate::text::Calendar;

/// What articles have values of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Facet {
    /// The people in it, by their keys.
    Person,
    /// The countries in it, by their codes.
    Country,
    /// The organisations in it, by their keys.
    Org,
    /// The places in it, by their keys.
    Place,
    /// Its outlet.
    Source,
    /// Its section.
    Section,
    /// Its agency.
    Agency,
    /// Its language.
    Lang,
    /// The day, week, month or year of its publication.
    #[serde(untagged)]
    Published(Calendar),
}

impl Facet {
    /// Every one, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Country,
        Self::Org,
        Self::Place,
        Self::Source,
        Self::Lang,
        Self::Section,
        Self::Agency,
        Self::Published(Calendar::Day),
        Self::Published(Calendar::Week),
        Self::Published(Calendar::Month),
        Self::Published(Calendar::Year),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Country => "country",
            Self::Org => "org",
            Self::Place => "place",
            Self::Source => "source",
            Self::Section => "section",
            Self::Agency => "agency",
            Self::Lang => "lang",
            Self::Published(calendar) => calendar.name(),
        }
    }
}

/// What to count by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The values of one facet.
    One(Facet),
    /// Values that stand in one article; of a facet with itself, different ones in no order.
    Pair(Facet, Facet),
    /// The numbers of a kind and unit, summed up. Those of amounts and measures of any unit are summed up unit by unit, as
    /// numbers of different units say nothing together.
    Quantity(QuantityTest),
}

/// Which values come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetSort {
    /// Those of the most articles.
    #[default]
    Count,
    /// Those whose share of the articles that match is most surprising beside their share of all the others
    /// ([`FacetValue::surprise`]); given are only those of [`FacetSort::LEAST`] articles and more whose share is greater and
    /// would be by chance in less than one of a thousand cases.
    Unusual,
}

impl FacetSort {
    /// The least articles of a value that is called unusual.
    pub const LEAST: u64 = 3;
    /// The least surprise of one: what a chi-squared of one degree of freedom exceeds once in a thousand times.
    pub const SURPRISE: f64 = 10.83;
}

/// What to count over the articles that match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacetsRequest {
    /// By what.
    pub by: Vec<By>,
    /// How many values of each.
    pub limit: usize,
    /// Which of them.
    pub sort: FacetSort,
    /// What is counted once: of a group of copies the first that matches, in the order of the index, and for the whole index the
    /// first of all.
    pub group: Group,
}

impl Default for FacetsRequest {
    /// Nothing yet; ten values of each, the most frequent, copies counted as articles.
    fn default() -> Self {
        Self { by: Vec::new(), limit: 10, sort: FacetSort::Count, group: Group::None }
    }
}

/// What was counted over the articles that match.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facets {
    /// How many articles match.
    pub articles: u64,
    /// How many there are in the index, none that was deleted.
    pub all: u64,
    /// Which values come first.
    pub sort: FacetSort,
    /// What was asked for, in order.
    pub counts: Vec<Counted>,
}

/// The answer to one [`By`].
#[derive(Debug, Clone, PartialEq)]
pub enum Counted {
    /// Values and pairs of them.
    Values(FacetCounts),
    /// Quantities, most articles first.
    Quantities(QuantityCounts),
}

/// How often values stand in the articles that match.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetCounts {
    /// Of one facet, or of two.
    pub by: Vec<Facet>,
    /// How many different values there are; not told of pairs.
    pub distinct: Option<u64>,
    /// The values asked for, in order.
    pub values: Vec<FacetValue>,
}

/// A value, or a pair of them.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetValue {
    /// One for each facet.
    pub value: Vec<String>,
    /// In how many of the articles that match.
    pub articles: u64,
    /// In how many of all articles of the index.
    pub all: u64,
    /// Its share of the articles that match by its share of all: 2 where it is twice as frequent.
    pub lift: f64,
    /// How surprising that is: Dunning's log-likelihood ratio (G²) of the articles that match against all others, below zero where it is
    /// rarer than elsewhere.
    pub surprise: f64,
}

/// Quantities of the articles that match.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityCounts {
    /// Which.
    pub of: QuantityTest,
    /// Their units, most articles first, or all of them together.
    pub units: Vec<Summary>,
}

/// What the quantities of a unit come to. An interval counts as its middle.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The kind.
    pub kind: Kind,
    /// The unit; `None` where all are summed up.
    pub unit: Option<String>,
    /// In how many articles there are any.
    pub articles: u64,
    /// How many there are.
    pub values: u64,
    /// How many of them are intervals.
    pub intervals: u64,
    /// The least.
    pub min: f64,
    /// The one in the middle; the mean of the two in the middle where the number is even.
    pub median: f64,
    /// The greatest.
    pub max: f64,
    /// How many lie where, in order.
    pub bins: Vec<Bin>,
}

/// Values from one number, included, to another, excluded but in the last.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The lower end.
    pub from: f64,
    /// The upper end.
    pub to: f64,
    /// How many values.
    pub values: u64,
}

/// How many articles were published when.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// What the stretches are.
    pub by: Calendar,
    /// How many articles match.
    pub articles: u64,
    /// How many of them have no date, and so are in no stretch.
    pub undated: u64,
    /// The stretches from the first article to the last, in order. Those without articles are among them, unless that were
    /// more than [`Timeline::MOST`].
    pub stretches: Vec<Stretch>,
}

/// A day, week, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its number ([`Calendar::number`]).
    pub number: i64,
    /// How many articles.
    pub articles: u64,
}

impl Timeline {
    /// The most stretches of a timeline that has empty ones.
    pub const MOST: i64 = 20_000;

    /// The stretches with the empty ones between them, if these are not too many.
    pub(crate) fn filled(found: Vec<Stretch>) -> Vec<Stretch> {
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return found };
        if last.number - first.number >= Self::MOST {
            return found;
        }
        let (numbers, mut found) = (first.number..=last.number, found.into_iter().peekable());
        let stretch = |number| {
            let articles = found.next_if(|next| next.number == number).map_or(0, |next| next.articles);
            Stretch { number, articles }
        };
        numbers.map(stretch).collect()
    }

    /// The largest number of articles in a stretch.
    pub fn peak(&self) -> u64 {
        self.stretches.iter().map(|stretch| stretch.articles).max().unwrap_or(0)
    }
}
