//! Which mentions a query asks for: by kind, by name, by value and unit.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::article::code::CodeRange;
use crate::article::{Kind, Period};

/// Which mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionTest {
    /// All of a kind.
    Any(Kind),
    /// Those of a kind that is named, by name.
    Entity {
        /// The kind.
        kind: Kind,
        /// Which of them.
        name: EntityName,
    },
    /// Those of a numeric kind, by value and unit.
    Quantity(QuantityTest),
    /// Dates that share a second with a stretch of time.
    Date(DateTest),
}

impl MentionTest {
    /// The kind of the mentions.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Any(kind) | Self::Entity { kind, .. } => *kind,
            Self::Quantity(test) => test.kind,
            Self::Date(_) => Kind::Date,
        }
    }
}

/// Which dates: those whose days overlap `from..to`, in seconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateTest {
    /// The first second; the least of all if the range is open there.
    pub from: i64,
    /// The second past the last; the greatest of all if the range is open there.
    pub to: i64,
}

impl DateTest {
    /// Whether a date's days share a second with the stretch.
    pub fn matches(&self, period: &Period) -> bool {
        period.overlaps(self.from, self.to)
    }
}

/// Which mentions of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityName {
    /// Those with this key.
    Key(String),
    /// Those whose key has this part, a folded word.
    Part(String),
}

/// Which quantities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuantityTest {
    /// Of which kind.
    pub kind: Kind,
    /// Of which unit.
    pub unit: UnitTest,
    /// Between which values, ends included or not; `None` for any.
    pub range: Option<ValueRange>,
    /// Only single values that are stated plainly.
    pub exact: bool,
}

impl QuantityTest {
    /// Whether a mention's value has to be looked at.
    pub fn is_of_value(&self) -> bool {
        self.range.is_some() || self.exact
    }

    /// The range to test values with, as everything in dateline compares numbers.
    pub fn codes(&self) -> CodeRange {
        match self.range {
            Some(r) => CodeRange::new((r.lo, r.lo_included), (r.hi, r.hi_included), self.exact),
            None => CodeRange::new((f64::NEG_INFINITY, true), (f64::INFINITY, true), self.exact),
        }
    }
}

/// Which unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitTest {
    /// Any, or none.
    Any,
    /// Any counted noun.
    Counted,
    /// This one.
    Is(String),
}

/// Values between two ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ValueRange {
    /// The lower end; may be minus infinity, which is null where it is serialised.
    #[serde(serialize_with = "finite", deserialize_with = "or_minus_infinity")]
    pub lo: f64,
    /// Whether the lower end itself is in.
    pub lo_included: bool,
    /// The upper end; may be infinity, which is null where it is serialised.
    #[serde(serialize_with = "finite", deserialize_with = "or_infinity")]
    pub hi: f64,
    /// Whether the upper end itself is in.
    pub hi_included: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn finite<S: Serializer>(end: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    end.is_finite().then_some(*end).serialize(serializer)
}

fn or_minus_infinity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NEG_INFINITY))
}

fn or_infinity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::INFINITY))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_range_with_an_open_end_can_be_sent() {
        let open = ValueRange { lo: 5.0, lo_included: false, hi: f64::INFINITY, hi_included: true };
        let sent = serde_json::to_string(&open).unwrap();
        assert_eq!(serde_json::from_str::<ValueRange>(&sent).unwrap(), open);
    }
}
