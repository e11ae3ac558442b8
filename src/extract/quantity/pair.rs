//! What a quantity and the one before it say of each other: the same in another unit, or the two bounds of one interval.

use super::line::Line;
use crate::article::{Kind, Mention, Modifier, Quantity, Reading, Span};
use crate::names::wordlist::{Set, among, lower};

/// Hands on what bounds a quantity to the same one in another unit: "about 5 km (3 miles)", "under 224 kW / 300 PS".
pub(super) fn restate(line: &Line<'_>, before: &Mention, mention: &mut Mention) {
    let gap = between(line, before.span, mention.span);
    let amounts = matches!(mention.kind, Kind::Money | Kind::Quantity) && before.kind == mention.kind;
    let (Reading::Quantity(stated), Reading::Quantity(again)) = (&before.reading, &mut mention.reading)
    else {
        return;
    };
    let converts = amounts && matches!(gap, " (" | " / " | "/") && stated.unit != again.unit;
    if converts && again.modifier == Modifier::Equal && again.trend.is_none() {
        (again.modifier, again.trend) = (stated.modifier, stated.trend);
    }
}

/// Hands on a rise or fall to a share that goes on the list: "Acme fell 3 percent, Zenith by 2 percent", "rose 5 percent
/// and 3 percent, respectively".
pub(super) fn go_on(line: &Line<'_>, before: &Mention, mention: &mut Mention) {
    let shares = |m: &Mention| {
        m.kind == Kind::Percent || m.quantity().is_some_and(|q| q.unit.as_deref() == Some("percentage point"))
    };
    if !shares(mention) || !shares(before) {
        return;
    }
    let (Reading::Quantity(stated), Reading::Quantity(again)) = (&before.reading, &mut mention.reading)
    else {
        return;
    };
    if stated.trend.is_none() || again.trend.is_some() || stated.unit != again.unit {
        return;
    }
    let gap = between(line, before.span, mention.span);
    let Some(names) =
        gap.strip_prefix(", and ").or_else(|| gap.strip_prefix(" and ")).or_else(|| gap.strip_prefix(", "))
    else {
        return;
    };
    let names = names.strip_suffix(' ').unwrap_or(names);
    let names = names.strip_suffix(" by").unwrap_or(names);
    let listed = names.is_empty() && gap.ends_with("and ");
    let named = !names.is_empty()
        && names.len() <= LONGEST
        && names.split(' ').all(|word| word == "&" || super::line::is_capital(word) && !word.ends_with(':'));
    if listed || named {
        again.trend = stated.trend;
    }
}

/// How long the name of who else rose or fell may be, in bytes.
const LONGEST: usize = 60;

/// What joins two bounds of one interval.
static BOUNDS: Set = Set::new(&[
    "above",
    "at least",
    "at most",
    "below",
    "fewer than",
    "greater than",
    "higher than",
    "less than",
    "lower than",
    "more than",
    "no fewer than",
    "no less than",
    "no more than",
    "not more than",
    "over",
    "smaller than",
    "under",
]);

/// The interval that two bounds make: "more than 40 but less than 60 sheep".
pub(super) fn bounded(line: &Line<'_>, before: &Mention, mention: &Mention) -> Option<Mention> {
    let (one, other) = (before.quantity()?, mention.quantity()?);
    let floor = |m: Modifier| matches!(m, Modifier::Above | Modifier::AtLeast);
    let roof = |m: Modifier| matches!(m, Modifier::Below | Modifier::AtMost);
    let (low, high) = match (one.modifier, other.modifier) {
        (a, b) if floor(a) && roof(b) => (one, other),
        (a, b) if roof(a) && floor(b) => (other, one),
        _ => return None,
    };
    if low.hi >= high.lo || one.trend.is_some() || other.trend.is_some() {
        return None;
    }
    let mut words = between(line, before.span, mention.span).trim();
    if one.unit.is_some() && one.unit != other.unit && before.kind == Kind::Number {
        // "more than 40 sheep but less than 60"
        let noun = words.find(' ').and_then(|at| words.split_at_checked(at))?;
        words = noun.1.trim();
    }
    let words = words.strip_prefix(',').unwrap_or(words).trim();
    let rest = words.strip_prefix("and ").or_else(|| words.strip_prefix("but "))?;
    if !among(&BOUNDS, &lower(rest)) {
        return None;
    }
    let (kind, unit) = match (&one.unit, &other.unit) {
        (None, unit) => (mention.kind, unit),
        (unit, None) => (before.kind, unit),
        (unit, same) if unit == same => (before.kind, unit),
        _ => return None,
    };
    let quantity = Quantity::new(low.lo, high.hi, Modifier::Equal, None, unit.clone())?;
    let mut both = before.clone();
    both.span.end = mention.span.end;
    both.kind = kind;
    both.reading = Reading::Quantity(quantity);
    both.via = "quantity:range".into();
    Some(both)
}

/// The text between two spans.
fn between<'a>(line: &Line<'a>, before: Span, after: Span) -> &'a str {
    line.text.get(before.end as usize..after.start as usize).unwrap_or("")
}
