//! Ranges in all their spellings: `[100 TO 500]`, `>=100`, `100..500`.

use std::cmp::Ordering;
use std::ops::Bound;

use super::ast::{Range, Scalar, ScalarValue, Value};
use super::error::Sink;
use super::fault::Fault;
use super::fields::Class;
use super::show::Shown;
use super::token::Compare;
use super::values::{Target, scalar};
use super::words::{is_quote, unescape};
use crate::article::Span;
use crate::text::{date, fold};

/// Whether a word `TO` stands between the brackets whose inside is `inside`.
pub(super) fn has_to(text: &str, inside: Span) -> bool {
    pieces(text, inside).iter().any(|piece| piece.of(text).eq_ignore_ascii_case("to"))
}

/// The range that is written between the brackets of `whole`: `[lo TO hi]`, each end open as `*`.
pub(super) fn bracketed(
    text: &str,
    whole: Span,
    inside: Span,
    target: Target<'_>,
    sink: &mut Sink,
) -> Option<Value> {
    let pieces = pieces(text, inside);
    let is_to = |piece: &&Span| piece.of(text).eq_ignore_ascii_case("to");
    let to = pieces.iter().position(|piece| is_to(&piece));
    let (Some(to), 1) = (to, pieces.iter().filter(is_to).count()) else {
        sink.report(&Fault::RangeForm { help: target.example() }, whole);
        return None;
    };
    let ends = [pieces.get(..to).unwrap_or(&[]), pieces.get(to + 1..).unwrap_or(&[])];
    let [Some(lo), Some(hi)] = ends.map(|end| {
        let (first, last) = (end.first()?, end.last()?);
        Some(Span { start: first.start, end: last.end })
    }) else {
        sink.report(&Fault::RangeForm { help: target.example() }, whole);
        return None;
    };
    if let Some(to) = pieces.get(to).filter(|to| to.of(text) != "TO") {
        let fault = Fault::OperatorSpelling { typed: Shown::of(to.of(text)), read: "TO".to_owned() };
        sink.report(&fault, *to);
    }
    let brackets = whole.of(text);
    // Both are read before either is given up, so that both are reported.
    let lo = end(text, lo, brackets.starts_with('{'), target, sink);
    let hi = end(text, hi, brackets.ends_with('}'), target, sink);
    let range = Range { lo: lo?, hi: hi? };
    if matches!((&range.lo, &range.hi), (Bound::Unbounded, Bound::Unbounded)) {
        return Some(Value::Exists);
    }
    in_order(range, whole, target, sink).map(Value::Range)
}

/// One end of a bracketed range, which may stand in quotes.
fn end(text: &str, span: Span, excluded: bool, target: Target<'_>, sink: &mut Sink) -> Option<Bound<Scalar>> {
    if span.of(text) == "*" {
        return Some(Bound::Unbounded);
    }
    let scalar = read(unquoted(span.of(text)).trim(), span, target, true, sink)?;
    Some(if excluded { Bound::Excluded(scalar) } else { Bound::Included(scalar) })
}

/// `typed` without quotes and escapes if it is one quoted string, otherwise as it is.
fn unquoted(typed: &str) -> String {
    let inside = typed.strip_prefix(is_quote).and_then(|behind| behind.strip_suffix(is_quote));
    inside.map_or_else(|| typed.to_owned(), unescape)
}

/// The value `typed`, at `span`; without one the reason goes to `sink`.
fn read(typed: &str, span: Span, target: Target<'_>, in_range: bool, sink: &mut Sink) -> Option<Scalar> {
    let read = scalar(typed, span, target, in_range, &mut |note, span| sink.report(&note, span));
    read.map_err(|fault| sink.report(&fault, span)).ok()
}

/// The range of a comparison; `typed` is its value without quotes and escapes, at `span`.
pub(super) fn compared(
    compare: Compare,
    typed: &str,
    span: Span,
    target: Target<'_>,
    sink: &mut Sink,
) -> Option<Range> {
    let value = read(typed.trim(), span, target, true, sink)?;
    Some(match compare {
        Compare::Above => Range { lo: Bound::Excluded(value), hi: Bound::Unbounded },
        Compare::AtLeast => Range { lo: Bound::Included(value), hi: Bound::Unbounded },
        Compare::Below => Range { lo: Bound::Unbounded, hi: Bound::Excluded(value) },
        Compare::AtMost => Range { lo: Bound::Unbounded, hi: Bound::Included(value) },
        Compare::Equal => Range::only(value),
    })
}

/// One number or date, or two with `..` between them, of which one may be missing. `typed` is without quotes and
/// escapes and stands at `span`.
pub(super) fn one_or_two(typed: &str, span: Span, target: Target<'_>, sink: &mut Sink) -> Option<Range> {
    let typed = typed.trim();
    let one = || target.class == Class::Date && date::parse_interval(typed).is_some();
    let Some((lo, hi)) = typed.split_once("..").filter(|(_, hi)| !hi.starts_with('.') && !one()) else {
        return read(typed, span, target, false, sink).map(Range::only);
    };
    let ends = [lo, hi].map(|end| match unquoted(end.trim()).as_str() {
        "" => Some(Bound::Unbounded),
        end => read(end, span, target, true, sink).map(Bound::Included),
    });
    match ends {
        // Two dots alone are no value, which is what this reports.
        [Some(Bound::Unbounded), Some(Bound::Unbounded)] => {
            read(typed, span, target, false, sink).map(Range::only)
        }
        [Some(lo), Some(hi)] => in_order(Range { lo, hi }, span, target, sink),
        _ => None,
    }
}

/// The range if its ends agree and something may lie in it.
fn in_order(range: Range, span: Span, target: Target<'_>, sink: &mut Sink) -> Option<Range> {
    let (lo, excluded) = match &range.lo {
        Bound::Included(lo) => (lo, false),
        Bound::Excluded(lo) => (lo, true),
        Bound::Unbounded => return Some(range),
    };
    let (hi, excluded) = match &range.hi {
        Bound::Included(hi) => (hi, excluded),
        Bound::Excluded(hi) => (hi, true),
        Bound::Unbounded => return Some(range),
    };
    let order = match (&lo.value, &hi.value) {
        (ScalarValue::Number { value: a, unit: one }, ScalarValue::Number { value: b, unit: other }) => {
            if let (Some(one), Some(other)) = (one, other)
                && !one.eq_ignore_ascii_case(other)
            {
                let fault = Fault::UnitsDiffer { one: Shown::of(one), other: Shown::of(other) };
                sink.report(&fault, span);
                return None;
            }
            a.total_cmp(b)
        }
        (ScalarValue::Date { from: a, .. }, ScalarValue::Date { from: b, .. }) => match range.instants() {
            Some((from, to)) if from < to => Ordering::Less,
            _ => a.cmp(b).max(Ordering::Equal),
        },
        _ => fold(&lo.text).cmp(&fold(&hi.text)),
    };
    match order {
        Ordering::Greater => {
            sink.report(&Fault::RangeReversed { help: target.range(&hi.text, &lo.text) }, span);
            None
        }
        Ordering::Equal if excluded || matches!(lo.value, ScalarValue::Date { .. }) => {
            sink.report(&Fault::RangeEmpty, span);
            None
        }
        _ => Some(range),
    }
}

/// The words in `inside`; a quoted string is one.
fn pieces(text: &str, inside: Span) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    let (mut quoted, mut escaped, mut open) = (false, false, None);
    for (offset, c) in inside.of(text).char_indices() {
        let at = inside.start as usize + offset;
        if c.is_whitespace() && !quoted {
            if let Some(start) = open.take() {
                pieces.push(Span::new(start, at));
            }
        } else if open.is_none() {
            open = Some(at);
        }
        if is_quote(c) && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && !escaped;
    }
    pieces.extend(open.map(|start| Span::new(start, inside.end as usize)));
    pieces
}
