//! An article's mentions in its stored record: one row of bits.
//!
//! What can be told from the article is told by it: a mention begins so many capitalised words behind the one before and is so many
//! words long ([`place`]), its key is these words folded ([`key`]), its date stands so far from the day of publication ([`value`]); kind
//! and rule are the row of a table ([`tables`]). Few mentions need more than two bytes, and the document store's compression would find
//! nothing in these: so they are packed bit by bit ([`bits`]).
//!
//! The body's mentions stand before the title's, for the body has the full names.

mod bits;
mod key;
mod place;
mod tables;
mod value;

use std::borrow::Cow;

use self::bits::{BitReader, BitWriter};
use self::key::{KeyReader, KeyWriter, NAME};
use self::place::Walk;
use self::tables::RULES;
use super::stored::Names;
use crate::article::{Kind, Mention, Reading, Span, TextField};

/// The number that says that kind, reading and rule are written out; rows of the table from this one on have one more than their own.
const OTHER: u64 = 24;

/// Orders of the numbers; see [`BitWriter::number`].
const COUNT: u32 = 4;
const RULE: u32 = 3;

/// What the readings of mentions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Entity,
    Period,
    Quantity,
}

const FORMS: [Form; 3] = [Form::Entity, Form::Period, Form::Quantity];

impl Form {
    fn of(reading: &Reading) -> Self {
        match reading {
            Reading::Entity(_) => Self::Entity,
            Reading::Period(_) => Self::Period,
            Reading::Quantity(_) => Self::Quantity,
        }
    }

    /// What mentions of a kind are read as.
    fn usual(kind: Kind) -> Self {
        match kind {
            Kind::Date => Self::Period,
            kind if kind.is_numeric() => Self::Quantity,
            _ => Self::Entity,
        }
    }
}

/// The bytes are no such record.
#[derive(Debug)]
pub(super) struct Malformed;

/// The article that mentions are told by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    pub(super) published: Option<i64>,
}

impl<'a> Told<'a> {
    fn text(&self, field: TextField) -> &'a str {
        match field {
            TextField::Title => self.title,
            TextField::Body => self.body,
        }
    }
}

/// Packs mentions that are in order of field and start; what has to be written out is added to `names`.
pub(super) fn pack<'a>(told: Told<'_>, mentions: &'a [Mention], names: &mut Names<'a>) -> Vec<u8> {
    let cut = mentions.partition_point(|mention| mention.field == TextField::Title);
    let (of_title, of_body) = mentions.split_at(cut);
    let mut bits = BitWriter::default();
    let mut keys = KeyWriter::default();
    let now = value::day_of(told.published.unwrap_or(0));
    for (field, mentions) in [(TextField::Body, of_body), (TextField::Title, of_title)] {
        bits.number(mentions.len() as u64, COUNT);
        let text = told.text(field);
        let mut walk = Walk::new(text);
        for mention in mentions {
            let (kind, form) = (mention.kind, Form::of(&mention.reading));
            let row = tables::rule(kind, &mention.via).filter(|_| form == Form::usual(kind));
            if let Some(row) = row.map(|row| row as u64) {
                bits.number(if row < OTHER { row } else { row + 1 }, RULE);
            } else {
                bits.number(OTHER, RULE);
                bits.bits(kind as u64, 4);
                bits.bits(form as u64, 2);
                bits.number(u64::from(names.number(&mention.via)), NAME);
            }
            walk.write(&mut bits, mention.span.start as usize, mention.span.end as usize);
            match &mention.reading {
                Reading::Entity(key) => keys.write(&mut bits, (kind, key), mention.span.of(text), names),
                Reading::Period(period) => value::write_period(&mut bits, period, now),
                Reading::Quantity(quantity) => value::write_quantity(&mut bits, (kind, quantity), names),
            }
        }
    }
    bits.finish()
}

/// The mentions of an article; names are taken from `names`.
pub(super) fn unpack(told: Told<'_>, packed: &[u8], names: &[&str]) -> Result<Vec<Mention>, Malformed> {
    let mut bits = BitReader::new(packed);
    let mut keys = KeyReader::default();
    let now = value::day_of(told.published.unwrap_or(0));
    let mut mentions = Vec::new();
    let mut of_body = 0;
    for field in [TextField::Body, TextField::Title] {
        of_body = mentions.len();
        let count = bits.number(COUNT).ok_or(Malformed)?;
        let text = told.text(field);
        let mut walk = Walk::new(text);
        for _ in 0..count {
            let (kind, form, via) = rule(&mut bits, names).ok_or(Malformed)?;
            let (start, end) = walk.read(&mut bits).ok_or(Malformed)?;
            let surface = text.get(start..end).ok_or(Malformed)?;
            let reading = match form {
                Form::Entity => {
                    keys.read(&mut bits, kind, surface, names).map(|key| Reading::Entity(key.into()))
                }
                Form::Period => value::read_period(&mut bits, now).map(Reading::Period),
                Form::Quantity => value::read_quantity(&mut bits, kind, names).map(Reading::Quantity),
            };
            let reading = reading.ok_or(Malformed)?;
            mentions.push(Mention { field, span: Span::new(start, end), kind, reading, via });
        }
    }
    mentions.rotate_left(of_body);
    Ok(mentions)
}

/// Reads kind, reading and rule.
fn rule(bits: &mut BitReader<'_>, names: &[&str]) -> Option<(Kind, Form, Cow<'static, str>)> {
    let number = bits.number(RULE)?;
    if number == OTHER {
        let kind = *Kind::ALL.get(usize::try_from(bits.bits(4)?).ok()?)?;
        let form = *FORMS.get(usize::try_from(bits.bits(2)?).ok()?)?;
        let via = *names.get(usize::try_from(bits.number(NAME)?).ok()?)?;
        return Some((kind, form, via.to_owned().into()));
    }
    let row = if number < OTHER { number } else { number - 1 };
    let (kind, via) = *RULES.get(usize::try_from(row).ok()?)?;
    Some((kind, Form::usual(kind), via.into()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::{Modifier, Period, Quantity};
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
        let modifier = prop::sample::select(vec![Modifier::Equal, Modifier::About, Modifier::Below]);
        let trend = prop::sample::select(vec![
            None,
            Some(crate::article::Trend::Up),
            Some(crate::article::Trend::Down),
        ]);
        let unit = prop::option::of(prop::sample::select(vec!["USD", "people", "km", "%"]));
        let quantity = (end.clone(), end, any::<bool>(), modifier, trend, unit).prop_filter_map(
            "ends in order",
            |(lo, hi, same, modifier, trend, unit)| {
                Quantity::new(lo, if same { lo } else { hi }, modifier, trend, unit.map(Into::into))
            },
        );
        prop_oneof![
            prop::sample::select(vec!["donald trump", "IR", "", "mo farah", "mo", "paris, FR"])
                .prop_map(|key| Reading::Entity(key.into())),
            (-400_000i32..400_000, 1u32..800).prop_map(|(from, count)| {
                Reading::Period(Period::of_days(from, from + i32::try_from(count).unwrap()).unwrap())
            }),
            quantity.prop_map(Reading::Quantity),
        ]
    }

    proptest! {
        #[test]
        fn mentions_come_back_as_they_were(
            rows in prop::collection::vec((0u32..2, 0u32..40, 0u32..9, 0usize..9, reading(), any::<bool>()), 0..40),
            title in "(Mo Farah |Paris |[a-z]{1,4} |[.0-9]){12,20}",
            published in prop::option::of(any::<i64>()),
        ) {
            let (title, body) = (title, "Mo Farah and Mo of Paris, 5 % ".repeat(2));
            let mut mentions: Vec<Mention> = rows
                .into_iter()
                .map(|(field, start, len, kind, reading, known)| {
                    let (field, text) =
                        if field == 0 { (TextField::Title, &title) } else { (TextField::Body, &body) };
                    let start = start.min(u32::try_from(text.len()).unwrap());
                    let span = Span { start, end: (start + len).min(u32::try_from(text.len()).unwrap()) };
                    let (kind, via) = if known { RULES[kind * 6] } else { (Kind::ALL[kind], "test") };
                    Mention { field, span, kind, reading, via: via.into() }
                })
                .collect();
            mentions.sort_by_key(|m| (m.field == TextField::Body, m.span.start));
            let mut names = Names::default();
            let told = Told { title: &title, body: &body, published };
            let packed = pack(told, &mentions, &mut names);
            prop_assert_eq!(unpack(told, &packed, names.list()).unwrap(), mentions);
        }
    }

    #[test]
    fn a_mention_takes_less_than_three_bytes() {
        let body = "Mo Farah told Mo Salah on Friday that Farah had won 5 % of 1,200 races in Paris.";
        let at = |text: &str| {
            let start = body.find(text).unwrap();
            Span::new(start, start + text.len())
        };
        let row = |kind, via: &'static str, text, reading| Mention {
            field: TextField::Body,
            span: at(text),
            kind,
            reading,
            via: via.into(),
        };
        let number = |value, unit: Option<&'static str>| {
            Reading::Quantity(
                Quantity::new(value, value, Modifier::Equal, None, unit.map(Into::into)).unwrap(),
            )
        };
        let mut mentions = vec![
            row(Kind::Person, "person:full", "Mo Farah", Reading::Entity("mo farah".into())),
            row(Kind::Person, "person:full", "Mo Salah", Reading::Entity("mo salah".into())),
            row(
                Kind::Date,
                "date:weekday-past",
                "Friday",
                Reading::Period(Period::of_days(99, 100).unwrap()),
            ),
            row(Kind::Percent, "quantity:digits", "5 %", number(5.0, Some("%"))),
            row(Kind::Number, "quantity:digits", "1,200 races", number(1200.0, Some("job"))),
            row(Kind::Place, "place:population", "Paris", Reading::Entity("paris, FR".into())),
        ];
        mentions.sort_by_key(|m| m.span.start);
        let mut names = Names::default();
        let told = Told { title: "", body, published: Some(100 * crate::article::DAY) };
        let packed = pack(told, &mentions, &mut names);
        assert!(packed.len() < 3 * mentions.len() && names.list().is_empty(), "{}", packed.len());
        assert_eq!(unpack(told, &packed, &[]).unwrap(), mentions);
    }
}
