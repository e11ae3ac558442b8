//! From a tree to the query that says it: the shortest form whose tree is the same again, spans apart.

use std::fmt::{self, Write};
use std::ops::Bound;

use super::ast::{
    Leaf, Node, NodeKind, Phrase, PhrasePart, Range, Scalar, ScalarValue, Slot, SlotFilter, Value, WildPart,
};
use super::fields::{Class, FieldRef};
use super::words::{escape_quoted, escape_raw, escape_word};

/// The query that says `node`.
///
/// ```
/// use dateline::query::{Limits, parse, print};
/// let parsed = parse("headline:(us OR u.s.)  -number:[400 TO 400]", &Limits::default()).unwrap();
/// assert_eq!(print(&parsed.query), "(title:us OR title:u.s.) AND NOT number:400");
/// ```
pub fn print(node: &Node) -> String {
    let mut out = String::new();
    node_at(node, Level::Or, &mut out);
    out
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print(self))
    }
}

/// How tightly a part binds; one that binds less than its place asks for is put in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Unary,
    Near,
    Boosted,
    Atom,
}

fn level(kind: &NodeKind) -> Level {
    match kind {
        NodeKind::Or(_) => Level::Or,
        NodeKind::And(_) => Level::And,
        NodeKind::Not(_) | NodeKind::Required(_) => Level::Unary,
        NodeKind::Near { .. } => Level::Near,
        NodeKind::Boost { .. } => Level::Boosted,
        NodeKind::AtLeast { .. } | NodeKind::Leaf(_) | NodeKind::All => Level::Atom,
    }
}

fn node_at(node: &Node, least: Level, out: &mut String) {
    if level(&node.kind) < least {
        out.push('(');
        node_at(node, Level::Or, out);
        out.push(')');
        return;
    }
    match &node.kind {
        NodeKind::Or(children) => joined(children, " OR ", Level::And, out),
        NodeKind::And(children) => joined(children, " AND ", Level::Unary, out),
        NodeKind::Not(child) => {
            out.push_str("NOT ");
            node_at(child, Level::Unary, out);
        }
        NodeKind::Required(child) => {
            out.push('+');
            node_at(child, Level::Unary, out);
        }
        NodeKind::Near { op, left, right } => {
            node_at(left, Level::Near, out);
            let _ = write!(out, " {op} ");
            node_at(right, Level::Boosted, out);
        }
        NodeKind::Boost { child, boost } => {
            node_at(child, Level::Atom, out);
            let _ = write!(out, "^{boost}");
        }
        NodeKind::AtLeast { n, child } => {
            let _ = write!(out, "ATLEAST{n}(");
            node_at(child, Level::Or, out);
            out.push(')');
        }
        NodeKind::Leaf(leaf) => leaf_to(leaf, out),
        NodeKind::All => out.push('*'),
    }
}

fn joined(children: &[Node], between: &str, least: Level, out: &mut String) {
    for (i, child) in children.iter().enumerate() {
        if i > 0 {
            out.push_str(between);
        }
        // `AND` within `AND` stands in parentheses: it was written so.
        node_at(child, least, out);
    }
}

fn leaf_to(leaf: &Leaf, out: &mut String) {
    if let Some(field) = &leaf.field {
        let _ = write!(out, "{field}:");
    }
    value_to(&leaf.value, leaf.field.as_ref(), out);
}

fn value_to(value: &Value, field: Option<&FieldRef>, out: &mut String) {
    let raw = field.is_some_and(|field| field.name.class() == Class::Raw);
    match value {
        Value::Word(word) if raw => escape_raw(word, true, out),
        Value::Word(word) => escape_word(word, true, out),
        Value::Wildcard(parts) => {
            for (i, part) in parts.iter().enumerate() {
                match part {
                    WildPart::Literal(text) if raw => escape_raw(text, i == 0, out),
                    WildPart::Literal(text) => escape_word(text, i == 0, out),
                    WildPart::Any => out.push('*'),
                    WildPart::One => out.push('?'),
                }
            }
        }
        Value::Fuzzy { word, distance } => {
            escape_word(word, true, out);
            let _ = write!(out, "~{distance}");
        }
        Value::Phrase(phrase) => phrase_to(phrase, out),
        Value::Range(range) => range_to(range, out),
        Value::In(items) => {
            out.push_str("IN [");
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(' ');
                }
                value_to(&item.value, field, out);
            }
            out.push(']');
        }
        Value::Exists => out.push('*'),
    }
}

fn phrase_to(phrase: &Phrase, out: &mut String) {
    out.push('"');
    for (i, part) in phrase.parts.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        match part {
            PhrasePart::Word(word) => escape_quoted(word, true, out),
            PhrasePart::Slot(slot) => slot_to(slot, out),
        }
    }
    out.push('"');
    if phrase.slop > 0 {
        let _ = write!(out, "~{}", phrase.slop);
    }
}

fn range_to(range: &Range, out: &mut String) {
    if let Some(one) = range.single() {
        return scalar_to(one, out);
    }
    match (&range.lo, &range.hi) {
        (Bound::Included(lo), Bound::Unbounded) => compared(">=", lo, out),
        (Bound::Excluded(lo), Bound::Unbounded) => compared(">", lo, out),
        (Bound::Unbounded, Bound::Included(hi)) => compared("<=", hi, out),
        (Bound::Unbounded, Bound::Excluded(hi)) => compared("<", hi, out),
        (lo, hi) => {
            out.push(if matches!(lo, Bound::Excluded(_)) { '{' } else { '[' });
            end(lo, out);
            out.push_str(" TO ");
            end(hi, out);
            out.push(if matches!(hi, Bound::Excluded(_)) { '}' } else { ']' });
        }
    }
}

fn compared(sign: &str, value: &Scalar, out: &mut String) {
    out.push_str(sign);
    scalar_to(value, out);
}

fn end(end: &Bound<Scalar>, out: &mut String) {
    match end {
        Bound::Included(scalar) | Bound::Excluded(scalar) => scalar_to(scalar, out),
        Bound::Unbounded => out.push('*'),
    }
}

/// The value as typed, in quotes unless every sign of it is sure to be read as itself.
fn scalar_to(scalar: &Scalar, out: &mut String) {
    let text = &scalar.text;
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '+' | '%' | ':' | '$' | '€' | '£' | '¥')
    };
    let number_or_date = scalar.value != ScalarValue::Text;
    let simple = text.chars().all(plain)
        && !text.is_empty()
        && (number_or_date || text.chars().all(|c| c.is_ascii_alphanumeric()))
        && !text.contains("..")
        && !super::operator::stands_alone(text)
        && !text.eq_ignore_ascii_case("to");
    if simple && within_list(text) {
        out.push_str(text);
    } else {
        out.push('"');
        escape_quoted(text, false, out);
        out.push('"');
    }
}

/// Whether no comma of `text` parts it where values stand in a list.
fn within_list(text: &str) -> bool {
    text.match_indices(',').all(|(at, _)| super::words::within_number(text, at))
}

fn slot_to(slot: &Slot, out: &mut String) {
    out.push('{');
    if let Some(name) = &slot.name {
        out.push_str(name);
        out.push('=');
    }
    out.push_str(slot.kind.name());
    match &slot.filter {
        None => {}
        Some(SlotFilter::Key(text) | SlotFilter::Unit(text)) if text.chars().all(char::is_alphanumeric) => {
            out.push(' ');
            out.push_str(text);
        }
        Some(SlotFilter::Key(text) | SlotFilter::Unit(text)) => {
            out.push_str(" \"");
            escape_quoted(text, false, out);
            out.push('"');
        }
        Some(SlotFilter::Range(range)) => {
            out.push(' ');
            match (&range.lo, &range.hi) {
                (Bound::Included(lo), Bound::Included(hi)) if range.single().is_none() => {
                    slot_scalar(lo, out);
                    out.push_str("..");
                    slot_scalar(hi, out);
                }
                (Bound::Included(lo), Bound::Unbounded) => slot_compared(">=", lo, out),
                (Bound::Excluded(lo), _) => slot_compared(">", lo, out),
                (Bound::Unbounded, Bound::Included(hi)) => slot_compared("<=", hi, out),
                (Bound::Unbounded, Bound::Excluded(hi)) => slot_compared("<", hi, out),
                (Bound::Included(one), _) => slot_scalar(one, out),
                (Bound::Unbounded, Bound::Unbounded) => {}
            }
        }
    }
    out.push('}');
}

fn slot_compared(sign: &str, value: &Scalar, out: &mut String) {
    out.push_str(sign);
    slot_scalar(value, out);
}

/// As [`scalar_to`], but white space parts nothing in a slot: `2bn USD`.
fn slot_scalar(scalar: &Scalar, out: &mut String) {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '+' | '%' | ':' | '$' | '€' | '£' | ' ')
    };
    let dotted = scalar.text.contains("..") || scalar.text.starts_with('.') || scalar.text.ends_with('.');
    if scalar.text.chars().all(plain) && !dotted {
        out.push_str(&scalar.text);
    } else {
        out.push('"');
        escape_quoted(&scalar.text, false, out);
        out.push('"');
    }
}
