//! Names and values to tests of mentions, for fields (`person:trump`) and slots (`{person trump}`) alike.

use std::ops::Bound;

use super::bind::Binder;
use super::mention_test::{DateTest, EntityName, MentionTest, QuantityTest, UnitTest, ValueRange};
use super::refuse;
use super::rewrite::Rule;
use crate::article::place::IN_A_COUNTRY;
use crate::article::{Kind, Span};
use crate::names;
use crate::query::{self, FieldName, FieldRef, SlotFilter, Value, Variant};
use crate::text::date::day;

/// The kind of mention that a field asks for; `None` for the other fields.
pub(super) fn kind_of(field: FieldName) -> Option<Kind> {
    Some(match field {
        FieldName::Person => Kind::Person,
        FieldName::Country => Kind::Country,
        FieldName::Org => Kind::Org,
        FieldName::Place => Kind::Place,
        FieldName::Number => Kind::Number,
        FieldName::Money => Kind::Money,
        FieldName::Percent => Kind::Percent,
        FieldName::Quantity => Kind::Quantity,
        FieldName::Date => Kind::Date,
        _ => return None,
    })
}

impl Binder {
    /// The mentions that a field and a value ask for; `None` if they cannot be had, with the error on record.
    pub(super) fn mention_tests(
        &mut self,
        field: &FieldRef,
        value: &Value,
        span: Span,
    ) -> Option<Vec<MentionTest>> {
        let kind = kind_of(field.name)?;
        let exact = field.variant == Some(Variant::Exact);
        if *value == Value::Exists {
            if field.variant == Some(Variant::Any) {
                return Some(vec![MentionTest::Any(kind), in_country(IN_A_COUNTRY)]);
            }
            return Some(match &field.unit {
                None if !exact => any(kind),
                unit => self.quantities(kind, unit.as_deref(), None, exact, span),
            });
        }
        if kind == Kind::Date {
            return match value {
                Value::Range(range) => self.dates(range, span),
                _ => self.no(refuse::not_a_date(span)),
            };
        }
        if !kind.is_numeric() {
            let name = match value {
                Value::Word(word) => Some(word.clone()),
                Value::Phrase(phrase) => phrase.text(),
                _ => None,
            };
            return match name {
                Some(name) => {
                    let mut tests = self.named(kind, &name, span)?;
                    if field.variant == Some(Variant::Any) {
                        self.implied(&mut tests, span);
                    }
                    Some(tests)
                }
                None => self.no(refuse::name_pattern(span)),
            };
        }
        let Value::Range(range) = value else { return self.no(refuse::not_a_number(span)) };
        let Some(ends) = range.numbers() else { return self.no(refuse::not_a_number(span)) };
        let unit = field.unit.as_deref().or(range.unit());
        Some(self.quantities(kind, unit, Some(value_range(ends)), exact, span))
    }

    /// The mentions that fill a slot.
    pub(super) fn slot_tests(&mut self, slot: &query::Slot) -> Option<Vec<MentionTest>> {
        match (slot.kind, &slot.filter) {
            (kind, None) => Some(any(kind)),
            (kind, Some(SlotFilter::Key(name))) => self.named(kind, name, slot.span),
            (kind, Some(SlotFilter::Unit(unit))) => {
                Some(self.quantities(kind, Some(unit), None, false, slot.span))
            }
            (Kind::Date, Some(SlotFilter::Range(range))) => self.dates(range, slot.span),
            (kind, Some(SlotFilter::Range(range))) => match range.numbers() {
                Some(ends) => {
                    Some(self.quantities(kind, range.unit(), Some(value_range(ends)), false, slot.span))
                }
                None => self.no(refuse::not_a_number(slot.span)),
            },
        }
    }

    /// The dates that share a day with a range.
    fn dates(&mut self, range: &query::Range, span: Span) -> Option<Vec<MentionTest>> {
        match range.instants() {
            Some((from, to)) => {
                self.rewrote(Rule::DateInterval, span, shown_interval(from, to));
                Some(vec![MentionTest::Date(DateTest { from, to })])
            }
            None => self.no(refuse::not_a_date(span)),
        }
    }

    fn no<T>(&mut self, error: query::Diagnostic) -> Option<T> {
        self.refuse(error);
        None
    }

    fn named(&mut self, kind: Kind, name: &str, span: Span) -> Option<Vec<MentionTest>> {
        let name = match kind {
            Kind::Country => match names::country::lookup(name) {
                Some(code) => {
                    self.rewrote(Rule::CountryName, span, names::country::name(code).unwrap_or(code));
                    EntityName::Key(code.to_owned())
                }
                None => {
                    return self.no(refuse::unknown_country(name, names::country::suggest(name), span));
                }
            },
            Kind::Person => self.name(&names::person::key(name), Rule::PersonPart, Rule::PersonName, span)?,
            Kind::Place => return self.places_named(name, span),
            _ => self.name(&names::org::key(name), Rule::OrgPart, Rule::OrgName, span)?,
        };
        Some(vec![MentionTest::Entity { kind, name }])
    }

    /// The places of a name, in a state or country where it says so.
    fn places_named(&mut self, name: &str, span: Span) -> Option<Vec<MentionTest>> {
        let asked = names::place::lookup(name);
        if asked.keys.iter().chain(&asked.parts).all(String::is_empty) {
            return self.no(match name.rsplit_once(',').map(|(_, of)| of.trim()) {
                Some(of) if !of.is_empty() => refuse::unknown_country(of, names::country::suggest(of), span),
                _ => refuse::nothing_to_find(span),
            });
        }
        let all = [(asked.keys, Rule::PlaceIn), (asked.parts, Rule::PlaceName)];
        let mut tests = Vec::new();
        for (names, rule) in all {
            for name in names {
                self.rewrote(rule, span, &*name);
                let name = if rule == Rule::PlaceIn { EntityName::Key(name) } else { EntityName::Part(name) };
                tests.push(MentionTest::Entity { kind: Kind::Place, name });
            }
        }
        Some(tests)
    }

    /// Adds the places of a country to its names.
    fn implied(&mut self, tests: &mut Vec<MentionTest>, span: Span) {
        let codes = tests.iter().filter_map(|test| match test {
            MentionTest::Entity { name: EntityName::Key(code), .. } => Some(in_country(code)),
            _ => None,
        });
        let places: Vec<MentionTest> = codes.collect();
        self.rewrote(Rule::CountryOfPlaces, span, "its cities and regions, too");
        tests.extend(places);
    }

    /// A key of several words, or a part of keys.
    fn name(&mut self, key: &str, part: Rule, whole: Rule, span: Span) -> Option<EntityName> {
        if key.is_empty() {
            return self.no(refuse::nothing_to_find(span));
        }
        let single = !key.contains(' ');
        self.rewrote(if single { part } else { whole }, span, key);
        Some(if single { EntityName::Part(key.to_owned()) } else { EntityName::Key(key.to_owned()) })
    }

    fn quantities(
        &mut self,
        kind: Kind,
        unit: Option<&str>,
        range: Option<ValueRange>,
        exact: bool,
        span: Span,
    ) -> Vec<MentionTest> {
        let test = |kind, unit| MentionTest::Quantity(QuantityTest { kind, unit, range, exact });
        match (kind, unit) {
            (Kind::Money, Some(code)) => vec![test(kind, UnitTest::Is(code.to_owned()))],
            (Kind::Number | Kind::Quantity, Some(unit)) => {
                let (kind, unit) = names::unit::lookup(unit);
                self.rewrote(Rule::Unit, span, format!("{}: {unit}", kind.name()));
                let Some(range) = range.filter(|_| kind == Kind::Quantity) else {
                    return vec![test(kind, UnitTest::Is(unit.into_owned()))];
                };
                // "5 to 10 km" is as far as "3.1 to 6.2 miles"
                let converted = |(unit, by): (&str, f64)| {
                    let range = Some(ValueRange { lo: range.lo * by, hi: range.hi * by, ..range });
                    MentionTest::Quantity(QuantityTest {
                        kind,
                        unit: UnitTest::Is(unit.to_owned()),
                        range,
                        exact,
                    })
                };
                let tests: Vec<_> = names::unit::alike(&unit).map(converted).collect();
                if tests.len() > 1 {
                    let others = names::unit::alike(&unit).skip(1).map(|(unit, _)| unit);
                    self.rewrote(Rule::Converted, span, others.collect::<Vec<_>>().join(", "));
                }
                tests
            }
            // A measure or a counted noun: the second is a kind of number.
            (Kind::Quantity, None) => {
                self.rewrote(Rule::MeasureOrCount, span, "a measure, or a number of things");
                vec![test(Kind::Quantity, UnitTest::Any), test(Kind::Number, UnitTest::Counted)]
            }
            (kind, _) => vec![test(kind, UnitTest::Any)],
        }
    }
}

/// The days of `from..to` in words; an end that is the least or greatest of all is open.
pub(super) fn shown_interval(from: i64, to: i64) -> String {
    let end = |end: i64, open: i64| if end == open { "*".to_owned() } else { day(end) };
    format!("{} to {}", end(from, i64::MIN), end(to.saturating_sub(1), i64::MAX - 1))
}

/// The places in the country with this code.
fn in_country(code: &str) -> MentionTest {
    MentionTest::Entity { kind: Kind::Place, name: EntityName::Part(code.to_owned()) }
}

/// Every mention of a kind.
fn any(kind: Kind) -> Vec<MentionTest> {
    let counted = QuantityTest { kind: Kind::Number, unit: UnitTest::Counted, range: None, exact: false };
    match kind {
        Kind::Quantity => vec![MentionTest::Any(kind), MentionTest::Quantity(counted)],
        kind => vec![MentionTest::Any(kind)],
    }
}

fn value_range((lo, hi): (Bound<f64>, Bound<f64>)) -> ValueRange {
    let end = |bound, open| match bound {
        Bound::Included(value) => (value, true),
        Bound::Excluded(value) => (value, false),
        Bound::Unbounded => (open, true),
    };
    let ((lo, lo_included), (hi, hi_included)) = (end(lo, f64::NEG_INFINITY), end(hi, f64::INFINITY));
    ValueRange { lo, lo_included, hi, hi_included }
}
