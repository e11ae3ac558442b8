//! An article's mentions in its stored record: one row for each thing that is told of them.
//!
//! Like stands by like, so that the document store's compression finds it, and small numbers take a byte. A mention is told by a
//! head (its kind, and whether it stands in the body), where it begins, counted from the one before in the same text, its
//! length and its rule; then follow the keys of those that have one, the days of dates, and the values of quantities.

use serde::{Deserialize, Serialize};

use super::stored::Names;
use crate::article::{DAY, Kind, Mention, Modifier, Period, Quantity, Reading, Span, TextField, Trend};

/// The mentions; names stand for their numbers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Packed {
    /// The kind; in the bits above what its reading is, in the highest whether it stands in the body.
    heads: Vec<u8>,
    steps: Vec<u32>,
    lens: Vec<u32>,
    vias: Vec<u32>,
    keys: Vec<u32>,
    /// First days, and how many there are.
    days: Vec<(i32, u32)>,
    /// How quantities are bounded and move, and which of the following they have.
    flags: Vec<u8>,
    /// Whole numbers; the others stand in `reals`.
    values: Vec<i64>,
    reals: Vec<f64>,
    units: Vec<u32>,
}

const KIND: u8 = 0x0f;
const ENTITY: u8 = 0x00;
const PERIOD: u8 = 0x10;
const QUANTITY: u8 = 0x20;
const READING: u8 = 0x30;
const BODY: u8 = 0x80;

/// The lowest bits of a quantity's flags are its modifier, the next two its trend.
const TREND: u8 = 3;
const HAS_UNIT: u8 = 0x20;
const IS_INTERVAL: u8 = 0x40;
const IS_REAL: u8 = 0x80;

const MODIFIERS: [Modifier; 6] =
    [Modifier::Equal, Modifier::About, Modifier::AtMost, Modifier::AtLeast, Modifier::Below, Modifier::Above];
const TRENDS: [Option<Trend>; 3] = [None, Some(Trend::Up), Some(Trend::Down)];

/// The bytes are no such record.
#[derive(Debug)]
pub(super) struct Malformed;

impl Packed {
    /// Packs mentions that are in order of field and start.
    pub(super) fn of<'a>(mentions: &'a [Mention], names: &mut Names<'a>) -> Self {
        let mut packed = Self::default();
        let mut last = [0; 2];
        for mention in mentions {
            let body = mention.field == TextField::Body;
            let last = &mut last[usize::from(body)];
            packed.steps.push(mention.span.start.saturating_sub(*last));
            packed.lens.push(mention.span.end - mention.span.start);
            packed.vias.push(names.number(&mention.via));
            *last = mention.span.start;
            let reading = match &mention.reading {
                Reading::Entity(key) => {
                    packed.keys.push(names.number(key));
                    ENTITY
                }
                Reading::Period(period) => {
                    packed.days.push(days(period));
                    PERIOD
                }
                Reading::Quantity(quantity) => {
                    packed.add_quantity(quantity, names);
                    QUANTITY
                }
            };
            packed.heads.push(mention.kind as u8 | reading | if body { BODY } else { 0 });
        }
        packed
    }

    fn add_quantity<'a>(&mut self, quantity: &'a Quantity, names: &mut Names<'a>) {
        let place = |found: Option<usize>| u8::try_from(found.unwrap_or(0)).unwrap_or(0);
        let mut flags = place(MODIFIERS.iter().position(|m| *m == quantity.modifier))
            | place(TRENDS.iter().position(|t| *t == quantity.trend)) << TREND;
        let interval = quantity.hi.total_cmp(&quantity.lo).is_ne();
        let ends = [Some(quantity.lo), interval.then_some(quantity.hi)];
        let whole = ends.map(|end| end.map(whole));
        if whole.iter().flatten().any(Option::is_none) {
            flags |= IS_REAL;
            self.reals.extend(ends.into_iter().flatten());
        } else {
            self.values.extend(whole.into_iter().flatten().flatten());
        }
        if interval {
            flags |= IS_INTERVAL;
        }
        if let Some(unit) = &quantity.unit {
            flags |= HAS_UNIT;
            self.units.push(names.number(unit));
        }
        self.flags.push(flags);
    }

    /// The mentions of an article with this title and body; names are taken from `names`.
    pub(super) fn unpack(self, title: &str, body: &str, names: &[&str]) -> Result<Vec<Mention>, Malformed> {
        let mut mentions = Vec::with_capacity(self.heads.len());
        let (mut keys, mut days) = (self.keys.into_iter(), self.days.into_iter());
        let mut quantities = Quantities {
            flags: self.flags.into_iter(),
            values: self.values.into_iter(),
            reals: self.reals.into_iter(),
            units: self.units.into_iter(),
        };
        let rows = self.heads.iter().zip(self.steps).zip(self.lens).zip(self.vias);
        let mut last = [0u32; 2];
        for (((head, step), len), via) in rows {
            let in_body = head & BODY != 0;
            let kind = *Kind::ALL.get(usize::from(head & KIND)).ok_or(Malformed)?;
            let (field, text) = if in_body { (TextField::Body, body) } else { (TextField::Title, title) };
            let last = &mut last[usize::from(in_body)];
            let start = last.wrapping_add(step);
            *last = start;
            let span = Span { start, end: start.wrapping_add(len) };
            text.get(start as usize..span.end as usize).ok_or(Malformed)?;
            let reading = match head & READING {
                ENTITY => Reading::Entity(name(names, keys.next().ok_or(Malformed)?)?.into()),
                PERIOD => Reading::Period(period(days.next().ok_or(Malformed)?)?),
                QUANTITY => Reading::Quantity(quantities.take(names)?),
                _ => return Err(Malformed),
            };
            mentions.push(Mention { field, span, kind, reading, via: name(names, via)?.into() });
        }
        Ok(mentions)
    }
}

/// Quantities yet to be read.
struct Quantities {
    flags: std::vec::IntoIter<u8>,
    values: std::vec::IntoIter<i64>,
    reals: std::vec::IntoIter<f64>,
    units: std::vec::IntoIter<u32>,
}

impl Quantities {
    fn take(&mut self, names: &[&str]) -> Result<Quantity, Malformed> {
        let flags = self.flags.next().ok_or(Malformed)?;
        let modifier = *MODIFIERS.get(usize::from(flags & 7)).ok_or(Malformed)?;
        let trend = *TRENDS.get(usize::from(flags >> TREND & 3)).ok_or(Malformed)?;
        let mut end = || {
            #[allow(clippy::cast_precision_loss, reason = "written from numbers that are whole")]
            let value =
                if flags & IS_REAL == 0 { self.values.next().map(|n| n as f64) } else { self.reals.next() };
            value.ok_or(Malformed)
        };
        let lo = end()?;
        let hi = if flags & IS_INTERVAL == 0 { lo } else { end()? };
        let unit = match flags & HAS_UNIT {
            0 => None,
            _ => Some(name(names, self.units.next().ok_or(Malformed)?)?.into()),
        };
        Quantity::new(lo, hi, modifier, trend, unit).ok_or(Malformed)
    }
}

fn name(names: &[&str], number: u32) -> Result<String, Malformed> {
    names.get(number as usize).map(|name| (*name).to_owned()).ok_or(Malformed)
}

/// A number that is whole, and the same again when it is read back.
#[allow(clippy::cast_possible_truncation, reason = "only what comes out the same is taken")]
fn whole(value: f64) -> Option<i64> {
    /// Beyond this not every whole number is one that a float can be.
    const MOST: f64 = 9_007_199_254_740_992.0;
    let plain = value.abs() < MOST && value.fract() == 0.0 && !(value == 0.0 && value.is_sign_negative());
    plain.then_some(value as i64)
}

/// A period as its first day and how many there are.
fn days(period: &Period) -> (i32, u32) {
    let day = |second: i64| i32::try_from(second.div_euclid(DAY)).unwrap_or_default();
    let (from, past) = (day(period.from()), day(period.to()));
    (from, past.abs_diff(from))
}

fn period((from, count): (i32, u32)) -> Result<Period, Malformed> {
    let past = i32::try_from(count).ok().and_then(|count| from.checked_add(count));
    past.and_then(|past| Period::of_days(from, past)).ok_or(Malformed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading() -> impl Strategy<Value = Reading> {
        let end = prop_oneof![
            Just(0.0),
            Just(-0.0),
            Just(0.1),
            Just(1e300),
            Just(9_007_199_254_740_993.0),
            Just(-3.0),
            (0u32..5000).prop_map(f64::from),
            any::<i32>().prop_map(f64::from),
            -1e6f64..1e6,
        ];
        let modifier = prop::sample::select(MODIFIERS.to_vec());
        let trend = prop::sample::select(TRENDS.to_vec());
        let unit = prop::option::of(prop::sample::select(vec!["USD", "people", "km"]));
        let quantity = (end.clone(), end, any::<bool>(), modifier, trend, unit).prop_filter_map(
            "ends in order",
            |(lo, hi, same, modifier, trend, unit)| {
                Quantity::new(lo, if same { lo } else { hi }, modifier, trend, unit.map(Into::into))
            },
        );
        prop_oneof![
            prop::sample::select(vec!["donald trump", "IR", ""]).prop_map(|key| Reading::Entity(key.into())),
            (-400_000i32..400_000, 1u32..800).prop_map(|(from, count)| {
                Reading::Period(Period::of_days(from, from + i32::try_from(count).unwrap()).unwrap())
            }),
            quantity.prop_map(Reading::Quantity),
        ]
    }

    proptest! {
        #[test]
        fn mentions_come_back_as_they_were(
            rows in prop::collection::vec((0u32..2, 0u32..40, 0u32..9, 0usize..9, reading()), 0..40),
        ) {
            let (title, body) = ("t".repeat(60), "b".repeat(60));
            let mut mentions: Vec<Mention> = rows
                .into_iter()
                .map(|(field, start, len, kind, reading)| Mention {
                    field: if field == 0 { TextField::Title } else { TextField::Body },
                    span: Span { start, end: start + len },
                    kind: Kind::ALL[kind],
                    reading,
                    via: "test".into(),
                })
                .collect();
            mentions.sort_by_key(|m| (m.field == TextField::Body, m.span.start));
            let mut names = Names::default();
            let packed = Packed::of(&mentions, &mut names);
            let list = names.list();
            prop_assert_eq!(packed.unpack(&title, &body, list).unwrap(), mentions);
        }
    }
}
