//! Numbers and dates as values of a field or slot, and what is wrong with those that are none.

use super::ast::{Scalar, ScalarValue};
use super::fault::Fault;
use super::fields::{Class, FieldName};
use super::number::{Number, Unit, number};
use super::show::Shown;
use crate::article::{Kind, Span};
use crate::text::date;

/// What is being read, so that a message can say what to write instead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// What its values are.
    pub(super) class: Class,
    /// The field's or slot kind's name.
    pub(super) name: &'static str,
    /// The unit that the field states: `money.USD`.
    pub(super) unit: Option<&'a str>,
    /// Whether it is a slot, for the form of examples.
    pub(super) slot: bool,
}

impl Target<'_> {
    /// The target for a field without parts.
    pub(super) fn field(name: FieldName) -> Target<'static> {
        Target { class: name.class(), name: name.name(), unit: None, slot: false }
    }

    /// The range from `lo` to `hi`, as it is written here.
    pub(super) fn range(self, lo: &str, hi: &str) -> String {
        let (name, lo, hi) = (self.name, Shown::of(lo.trim()), Shown::of(hi.trim()));
        let (lo, hi) = (lo.bare(), hi.bare());
        if self.slot { format!("{{{name} {lo}..{hi}}}") } else { format!("{name}:[{lo} TO {hi}]") }
    }

    /// What to write instead of a range that cannot be read.
    pub(super) fn example(self) -> String {
        let name = self.name;
        let (lo, hi, bound) = match self.class {
            Class::Numeric(Kind::Money) => ("$1m", "$2bn", "$1bn"),
            Class::Numeric(Kind::Percent) => ("5%", "10%", "8%"),
            Class::Numeric(_) => ("100", "500", "100"),
            Class::Date => ("2025-01", "2025-03", "2025-09-01"),
            _ => ("a", "f", "m"),
        };
        let range = self.range(lo, hi);
        if self.slot {
            format!("{range} or {{{name} >={bound}}}")
        } else {
            format!("{range} or {name}:>={bound}")
        }
    }
}

/// The value `text` of `target`; `note` is given what should be said about a value that can be read.
pub(super) fn scalar(
    text: &str,
    span: Span,
    target: Target<'_>,
    in_range: bool,
    note: &mut impl FnMut(Fault, Span),
) -> Result<Scalar, Fault> {
    let value = match target.class {
        Class::Numeric(kind) => {
            let stated = number(text).ok_or_else(|| Fault::NotANumber {
                text: Shown::of(text),
                in_range,
                help: number_help(text, target, in_range),
            })?;
            let mut ambiguous = |fault| note(fault, span);
            numeric(&stated, kind, text, target, &mut ambiguous)?
        }
        Class::Date => {
            let (from, to) = date::parse_interval(text).filter(|(from, to)| from < to).ok_or_else(|| {
                Fault::NotADate { text: Shown::of(text), in_range, help: date_help(text, target) }
            })?;
            ScalarValue::Date { from, to }
        }
        _ => ScalarValue::Text,
    };
    Ok(Scalar { text: text.to_owned(), value, span })
}

/// Fits a number to the kind that is asked for.
fn numeric(
    stated: &Number<'_>,
    kind: Kind,
    text: &str,
    target: Target<'_>,
    note: &mut impl FnMut(Fault),
) -> Result<ScalarValue, Fault> {
    let wrong = |found, field: &str, slot: &str| Fault::WrongUnit {
        text: Shown::of(text),
        found,
        field: target.name,
        holds: match kind {
            Kind::Money => "amounts of money",
            Kind::Percent => "percentages",
            Kind::Quantity => "measures",
            _ => "plain numbers",
        },
        instead: if target.slot { slot } else { field }.to_owned(),
    };
    let mut value = stated.value;
    let unit = match (kind, &stated.unit) {
        (_, Unit::None) => match stated.letter {
            // Metres and tonnes are likelier than millions and trillions where a unit must be meant.
            Some((letter, factor)) if kind == Kind::Quantity && target.unit.is_none() => {
                value = stated.value / factor;
                let read = if letter.eq_ignore_ascii_case("m") { "metres" } else { "tonnes" };
                let (not, instead) =
                    if letter.eq_ignore_ascii_case("m") { ("millions", "mn") } else { ("trillions", "tn") };
                let digits = text.strip_suffix(letter).unwrap_or(text);
                note(Fault::AmbiguousUnit {
                    text: Shown::of(text),
                    read: format!("{value} {read}"),
                    not,
                    instead: format!("{}{instead}", Shown::of(digits).bare()),
                });
                Some(letter.to_owned())
            }
            _ => None,
        },
        (Kind::Percent, Unit::Percent) => None,
        (Kind::Money, Unit::Currency(code)) => {
            if let Some(field) = target.unit.filter(|unit| unit != code) {
                return Err(Fault::UnitsDiffer { one: Shown::of(field), other: Shown::of(code) });
            }
            Some((*code).to_owned())
        }
        (_, Unit::Percent) => {
            return Err(wrong("a percentage", "percent:8% or percent:[5 TO 10]", "{percent 5..10}"));
        }
        (_, Unit::Currency(_)) => {
            return Err(wrong("an amount of money", "money:$40bn or money.USD:[1bn TO *]", "{money >$1bn}"));
        }
        (Kind::Quantity, Unit::Other(unit, _)) | (Kind::Number, Unit::Other(unit, true)) => {
            Some((*unit).to_owned())
        }
        (Kind::Money, Unit::Other(..)) => {
            return Err(wrong(
                "not in a currency",
                "money:$40bn or money:\"40bn EUR\"",
                "{money >$1bn} or {money 1..2bn EUR}",
            ));
        }
        (Kind::Percent, Unit::Other(..)) => {
            return Err(wrong("not a percentage", "percent:8%", "{percent >8%}"));
        }
        (_, Unit::Other(..)) => {
            return Err(wrong(
                "a measure",
                "quantity:5km or number:\"400 people\"",
                "{quantity 5..10 km} or {number >400 people}",
            ));
        }
    };
    Ok(ScalarValue::Number { value, unit })
}

/// What to write instead of `text`, which is no number.
fn number_help(text: &str, target: Target<'_>, in_range: bool) -> String {
    // 100-500: two numbers
    for sign in ["...", "–", "-", "/"] {
        if let Some((lo, hi)) = text.split_once(sign)
            && !in_range
            && let (Some(a), Some(b)) = (number(lo), number(hi))
            && a.value <= b.value
        {
            return target.range(lo, hi);
        }
    }
    target.example()
}

/// Words of dates that depend on when they are said.
const RELATIVE: [&str; 13] = [
    "last",
    "past",
    "next",
    "this",
    "today",
    "yesterday",
    "tomorrow",
    "now",
    "week",
    "month",
    "year",
    "day",
    "ago",
];

/// What to write instead of `text`, which is no date.
fn date_help(text: &str, target: Target<'_>) -> String {
    let name = target.name;
    if let Some(begin) = text.split_once('*').map(|(begin, _)| begin.trim_end_matches(['-', '/']))
        && date::parse_interval(begin).is_some()
    {
        return format!("{name}:{begin} stands for all of it");
    }
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    if words.any(|word| RELATIVE.contains(&word)) {
        return format!(
            "dates that depend on today are not read; write 2025, 2025-09 or 2025-09-01: {}",
            target.example()
        );
    }
    format!("dates are written 2025, 2025-09 or 2025-09-01: {}", target.example())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_read_is_finite_and_not_empty(text in "[-+$€0-9.,eEmkbnt% ]{0,12}|\\PC{0,12}") {
            for field in FieldName::ALL {
                let read = scalar(&text, Span::new(0, text.len()), Target::field(field), false, &mut |_, _| {});
                match read.map(|scalar| scalar.value) {
                    Ok(ScalarValue::Number { value, .. }) => prop_assert!(value.is_finite()),
                    Ok(ScalarValue::Date { from, to }) => prop_assert!(from < to),
                    Ok(ScalarValue::Text) | Err(_) => {}
                }
            }
        }
    }
}
