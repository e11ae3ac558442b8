//! Typed holes in phrases: `{person}`, `{who=person}`, `{number 100..500}`, `{money >1bn USD}`, `{country IR}`.

use super::ast::{Slot, SlotFilter};
use super::currency;
use super::error::Sink;
use super::fault::Fault;
use super::fields::Class;
use super::range;
use super::show::Shown;
use super::spelling::nearest;
use super::token::Compare;
use super::values::Target;
use super::words::{is_quote, unescape};
use crate::article::{Kind, Span};
use crate::text::tokens;

const LONGEST_NAME: usize = 64;

/// The slot that stands at `whole`, braces included; `None` if it cannot be read, with the reason in `sink`.
pub(super) fn slot(text: &str, whole: Span, sink: &mut Sink) -> Option<Slot> {
    if !whole.of(text).ends_with('}') {
        sink.report(&Fault::UnclosedBracket { open: '{' }, Span { start: whole.start, end: whole.start + 1 });
        return None;
    }
    let inside = trimmed(text, Span { start: whole.start + 1, end: whole.end - 1 });
    if inside.is_empty() {
        sink.report(&Fault::EmptySlot, whole);
        return None;
    }
    let (name, rest) = named(text, inside, sink)?;
    let (kind_span, filter_span) = head(text, rest);
    let Some(kind) = kind(kind_span.of(text)) else {
        // A stray sign is shown with the rest of the slot, which is what was meant as its kind.
        let shown = if kind_span.is_empty() { rest } else { kind_span };
        let near = near_kind(shown.of(text));
        sink.report(&Fault::UnknownSlot { kind: Shown::of(shown.of(text)), near }, shown);
        return None;
    };
    let filter = if filter_span.is_empty() { None } else { Some(filter(text, filter_span, kind, sink)?) };
    Some(Slot { name, kind, filter, span: whole })
}

/// The name before `=`, if there is one, and what is behind it.
fn named(text: &str, inside: Span, sink: &mut Sink) -> Option<(Option<String>, Span)> {
    let (name, rest) = head(text, inside);
    let Some(behind) = rest.of(text).strip_prefix('=') else { return Some((None, inside)) };
    if !behind.trim_start().starts_with(char::is_alphabetic) {
        return Some((None, inside));
    }
    let typed = name.of(text);
    let valid = typed.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && typed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && typed.len() <= LONGEST_NAME;
    if !valid {
        sink.report(&Fault::BadSlotName { name: Shown::of(typed) }, name);
        return None;
    }
    Some((Some(typed.to_owned()), trimmed(text, Span { start: rest.start + 1, end: rest.end })))
}

/// The letters, digits and `_` at the beginning of `span`, and what is behind them, trimmed.
fn head(text: &str, span: Span) -> (Span, Span) {
    let inside = span.of(text);
    let len = inside.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(inside.len());
    let at = span.start as usize + len;
    (Span::new(span.start as usize, at), trimmed(text, Span::new(at, span.end as usize)))
}

fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start as usize + inside.len() - inside.trim_start().len();
    Span::new(start, start + inside.trim().len())
}

/// The kind that `name` names, in any case.
fn kind(name: &str) -> Option<Kind> {
    if name.eq_ignore_ascii_case("people") {
        return Some(Kind::Person);
    }
    Kind::ALL.into_iter().find(|kind| name.eq_ignore_ascii_case(kind.name()))
}

fn near_kind(name: &str) -> Option<&'static str> {
    const ELSEWHERE: [(&str, &str); 10] = [
        ("organisation", "org"),
        ("organization", "org"),
        ("company", "org"),
        ("location", "place"),
        ("city", "place"),
        ("amount", "money"),
        ("percentage", "percent"),
        ("time", "date"),
        ("who", "person"),
        ("gpe", "country"),
    ];
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| name.eq_ignore_ascii_case(other));
    elsewhere.map(|(_, kind)| *kind).or_else(|| nearest(name, Kind::ALL.map(Kind::name)))
}

/// The filter at `span`, which is not empty.
fn filter(text: &str, span: Span, kind: Kind, sink: &mut Sink) -> Option<SlotFilter> {
    let typed = span.of(text);
    let class = match kind {
        Kind::Date => Class::Date,
        Kind::Number | Kind::Money | Kind::Percent | Kind::Quantity => Class::Numeric(kind),
        Kind::Person | Kind::Country | Kind::Org | Kind::Place => return key(typed, span, kind, sink),
    };
    let target = Target { class, name: kind.name(), unit: None, slot: true };
    if let Some((compare, len)) = Compare::at_start(typed) {
        let value = trimmed(text, Span::new(span.start as usize + len, span.end as usize));
        if value.is_empty() {
            return refuse(typed, span, kind, sink);
        }
        let plain = unquoted(value.of(text));
        return range::compared(compare, &plain, value, target, sink).map(SlotFilter::Range);
    }
    let plain = unquoted(typed);
    if typed.starts_with([':', '=']) {
        return refuse(typed, span, kind, sink);
    }
    let counted = matches!(kind, Kind::Number | Kind::Quantity)
        && plain.starts_with(char::is_alphabetic)
        && !plain.contains("..");
    if !counted && (plain.contains("..") || plain.contains(|c: char| c.is_ascii_digit())) {
        return range::one_or_two(&plain, span, target, sink).map(SlotFilter::Range);
    }
    let unit = match kind {
        Kind::Money => currency::by_name(plain.trim()).map(str::to_owned),
        _ if counted => Some(plain.trim().to_owned()),
        _ => None,
    };
    match unit {
        Some(unit) => Some(SlotFilter::Unit(unit)),
        None => refuse(typed, span, kind, sink),
    }
}

/// A name, quoted or not.
fn key(typed: &str, span: Span, kind: Kind, sink: &mut Sink) -> Option<SlotFilter> {
    let plain = unquoted(typed);
    let plain = plain.trim();
    let is_name = tokens(plain).next().is_some()
        && !typed.starts_with(['<', '>'])
        && (typed.starts_with(is_quote) || !typed.contains(is_quote));
    if is_name { Some(SlotFilter::Key(plain.to_owned())) } else { refuse(typed, span, kind, sink) }
}

fn refuse(typed: &str, span: Span, kind: Kind, sink: &mut Sink) -> Option<SlotFilter> {
    let help = match kind {
        Kind::Place => "{place paris}",
        Kind::Person | Kind::Org => "{person \"donald trump\"}",
        Kind::Country => "{country IR} or {country \"United States\"}",
        Kind::Number => "{number 100..500}, {number >100} or {number people}",
        Kind::Money => "{money 1bn..2bn USD}, {money >$1bn} or {money USD}",
        Kind::Percent => "{percent 5..10} or {percent >8%}",
        Kind::Quantity => "{quantity 5..10 km} or {quantity km}",
        Kind::Date => "{date 2025-09} or {date 2025-01..2025-03}",
    };
    sink.report(&Fault::BadSlotFilter { text: Shown::of(typed), kind: kind.name(), help }, span);
    None
}

/// `typed` without its quotes and escapes; quotes that do not span all of it stay.
fn unquoted(typed: &str) -> String {
    let inside = typed.strip_prefix(is_quote).and_then(|behind| behind.strip_suffix(is_quote));
    match inside {
        Some(inside) if !ends_early(inside) => unescape(inside),
        _ if typed.contains(is_quote) => typed.to_owned(),
        _ => unescape(typed),
    }
}

/// Whether an unescaped quote stands in `inside`, so that it is not one quoted string.
fn ends_early(inside: &str) -> bool {
    let mut escaped = false;
    inside.chars().any(|c| {
        let quote = is_quote(c) && !escaped;
        escaped = c == '\\' && !escaped;
        quote
    })
}
