//! Ranges in all their spellings: `[100 TO 500]`, `>=100`, `100..500`.

use std::cmp::Ordering;
use std::ops::Bound;

use super::ast::{Range, Scalar, ScalarValue, Value};
use super::error::Sink;
use super::fault::Fault;
use super::fields::Class;
use super::lexer::Compare;
use super::show::Shown;
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
    let (lo, hi) = (end(text, lo, target, sink), end(text, hi, target, sink));
    let (lo, hi) = (lo?, hi?);
    let bound = |end: Option<Scalar>, excluded| match end {
        None => Bound::Unbounded,
        Some(scalar) if excluded => Bound::Excluded(scalar),
        Some(scalar) => Bound::Included(scalar),
    };
    let range = Range { lo: bound(lo, brackets.starts_with('{')), hi: bound(hi, brackets.ends_with('}')) };
    if matches!((&range.lo, &range.hi), (Bound::Unbounded, Bound::Unbounded)) {
        return Some(Value::Exists);
    }
    in_order(range, whole, target, sink).map(Value::Range)
}

/// One end of a bracketed range: `Some(None)` if it is open, `None` if it cannot be read.
fn end(text: &str, span: Span, target: Target<'_>, sink: &mut Sink) -> Option<Option<Scalar>> {
    if span.of(text) == "*" { Some(None) } else { read(text, span, target, true, sink).map(Some) }
}

/// The value at `span`, which may stand in quotes.
fn read(text: &str, span: Span, target: Target<'_>, in_range: bool, sink: &mut Sink) -> Option<Scalar> {
    let typed = unquoted(span.of(text));
    read_text(typed.trim(), span, target, in_range, sink)
}

/// `typed` without quotes and escapes if it is one quoted string, otherwise as it is.
fn unquoted(typed: &str) -> String {
    let inside = typed.strip_prefix(is_quote).and_then(|behind| behind.strip_suffix(is_quote));
    inside.map_or_else(|| typed.to_owned(), unescape)
}

fn read_text(typed: &str, span: Span, target: Target<'_>, in_range: bool, sink: &mut Sink) -> Option<Scalar> {
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
    let value = read_text(typed.trim(), span, target, true, sink)?;
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
        return read_text(typed, span, target, false, sink).map(Range::only);
    };
    let ends = [lo, hi].map(|end| match unquoted(end.trim()).as_str() {
        "" => Some(Bound::Unbounded),
        end => read_text(end, span, target, true, sink).map(Bound::Included),
    });
    match ends {
        // Two dots alone are no value, which is what this reports.
        [Some(Bound::Unbounded), Some(Bound::Unbounded)] => {
            read_text(typed, span, target, false, sink).map(Range::only)
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
