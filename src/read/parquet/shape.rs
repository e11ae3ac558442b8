//! The columns that are read, and how the values of a row are put together from them.
//!
//! A column holds each of its values with two levels: how much of its path is there (definition), and at which list a new
//! element begins (repetition). A row is written as a JSON object, as if it had stood in a file of JSON.

use std::fmt::Write as _;

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::schema::types::Type;

use super::column::Column;

/// Deepest structure within structures.
pub(super) const DEPTH: usize = 16;

/// A part of the schema.
#[derive(Debug)]
pub(super) struct Node {
    /// Its first column among those read.
    first: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Value,
    /// It may be missing: then the level is lower.
    Optional(i16, Box<Node>),
    /// Any number of elements: there is one where the level of definition is reached, and another where a value has the level of
    /// repetition.
    List {
        definition: i16,
        repetition: i16,
        element: Box<Node>,
    },
    Object(Vec<(String, Node)>),
}

/// What the values of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Number,
    Text,
    /// A moment, so many to a second.
    Moment(i64),
    Day,
    /// Left out.
    Unread,
}

/// The columns of a part of the schema.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// To each that is read, its number in the file and what its values mean.
    pub(super) read: Vec<(usize, Meaning)>,
    /// How many there are before the next part of the schema.
    next: usize,
}

impl Columns {
    /// Passes over a part of the schema.
    pub(super) fn skip(&mut self, part: &Type) {
        if part.is_group() {
            part.get_fields().iter().for_each(|field| self.skip(field));
        } else {
            self.next += 1;
        }
    }

    /// The node of a part of the schema, which stands at these levels.
    pub(super) fn node(&mut self, part: &Type, (definition, repetition): (i16, i16)) -> Node {
        let info = part.get_basic_info();
        let how = if info.has_repetition() { info.repetition() } else { Repetition::REQUIRED };
        let first = self.read.len();
        let levels = match how {
            Repetition::REQUIRED => (definition, repetition),
            Repetition::OPTIONAL => (definition + 1, repetition),
            Repetition::REPEATED => (definition + 1, repetition + 1),
        };
        let inner = self.inner(part, levels);
        let kind = match how {
            Repetition::REQUIRED => return inner,
            Repetition::OPTIONAL => Kind::Optional(levels.0, Box::new(inner)),
            Repetition::REPEATED => {
                Kind::List { definition: levels.0, repetition: levels.1, element: Box::new(inner) }
            }
        };
        Node { first, kind }
    }

    fn inner(&mut self, part: &Type, levels: (i16, i16)) -> Node {
        let first = self.read.len();
        if !part.is_group() {
            self.read.push((self.next, meaning(part)));
            self.next += 1;
            return Node { first, kind: Kind::Value };
        }
        let (info, fields) = (part.get_basic_info(), part.get_fields());
        let is_list = info.converted_type() == ConvertedType::LIST
            || matches!(info.logical_type_ref(), Some(LogicalType::List));
        if let (true, [only]) = (is_list, fields)
            && only.is_group()
            && let [element] = only.get_fields()
            && only.get_basic_info().has_repetition()
            && only.get_basic_info().repetition() == Repetition::REPEATED
        {
            let (definition, repetition) = (levels.0 + 1, levels.1 + 1);
            let element = Box::new(self.node(element, (definition, repetition)));
            return Node { first, kind: Kind::List { definition, repetition, element } };
        }
        if let (true, [only]) = (is_list, fields) {
            return self.node(only, levels);
        }
        let fields = fields.iter().map(|field| (field.name().to_owned(), self.node(field, levels)));
        Node { first, kind: Kind::Object(fields.collect()) }
    }
}

fn meaning(part: &Type) -> Meaning {
    let info = part.get_basic_info();
    match (info.logical_type_ref(), info.converted_type(), part.get_physical_type()) {
        (Some(LogicalType::Timestamp(stamp)), ..) => Meaning::Moment(match stamp.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        (_, ConvertedType::TIMESTAMP_MILLIS, _) | (_, _, Physical::INT96) => Meaning::Moment(1_000),
        (_, ConvertedType::TIMESTAMP_MICROS, _) => Meaning::Moment(1_000_000),
        (Some(LogicalType::Date), ..) | (_, ConvertedType::DATE, _) => Meaning::Day,
        (Some(LogicalType::Decimal(_)), ..)
        | (_, ConvertedType::DECIMAL, _)
        | (_, _, Physical::FIXED_LEN_BYTE_ARRAY) => Meaning::Unread,
        (_, _, Physical::BYTE_ARRAY) => Meaning::Text,
        _ => Meaning::Number,
    }
}

impl Node {
    /// Writes the node's part of the row at which the columns stand, and moves them on; `None` where they do not fit each other, or
    /// the row becomes longer than `most` bytes.
    pub(super) fn write(&self, columns: &mut [Column], out: &mut String, most: usize) -> Option<()> {
        if out.len() > most {
            return None;
        }
        match &self.kind {
            Kind::Value => columns.get_mut(self.first)?.write(out),
            Kind::Optional(level, inner) => {
                if columns.get(self.first)?.definition()? >= *level {
                    inner.write(columns, out, most)
                } else {
                    out.push_str("null");
                    inner.pass(columns)
                }
            }
            Kind::List { definition, repetition, element } => {
                out.push('[');
                if columns.get(self.first)?.definition()? < *definition {
                    element.pass(columns)?;
                } else {
                    loop {
                        element.write(columns, out, most)?;
                        if columns.get(self.first)?.repetition() != Some(*repetition) {
                            break;
                        }
                        out.push(',');
                    }
                }
                out.push(']');
                Some(())
            }
            Kind::Object(fields) => {
                out.push('{');
                for (n, (name, field)) in fields.iter().enumerate() {
                    if n > 0 {
                        out.push(',');
                    }
                    let _ = write!(out, "{}:", serde_json::Value::from(&**name)); // writing to a string cannot fail
                    field.write(columns, out, most)?;
                }
                out.push('}');
                Some(())
            }
        }
    }

    /// Moves the columns of the node on by the one value that says that there is none.
    fn pass(&self, columns: &mut [Column]) -> Option<()> {
        match &self.kind {
            Kind::Value => columns.get_mut(self.first)?.pass(),
            Kind::Optional(_, inner) => inner.pass(columns),
            Kind::List { element, .. } => element.pass(columns),
            Kind::Object(fields) => fields.iter().try_for_each(|(_, field)| field.pass(columns)),
        }
    }
}
