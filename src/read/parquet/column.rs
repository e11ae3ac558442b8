//! One column of a row group: its values a few rows at a time, and where in them the present row stands.

use std::fmt::Write as _;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, Int96};
use parquet::errors::Result;

use super::shape::Meaning;
use crate::article::iso_day;

/// Rows that are read at once, where a row has one value. Where it may have many, one is.
const ROWS: usize = 64;

/// A column being read.
pub(super) struct Column {
    reader: ColumnReader,
    meaning: Meaning,
    most_definition: i16,
    most_repetition: i16,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Values,
    /// How many levels have been read, and at which the row stands; the same of values.
    levels: usize,
    level: usize,
    value: usize,
}

enum Values {
    None,
    Bool(Vec<bool>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Int96(Vec<Int96>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<ByteArray>),
}

impl Column {
    pub(super) fn new(reader: ColumnReader, meaning: Meaning, (definition, repetition): (i16, i16)) -> Self {
        Self {
            reader,
            meaning,
            most_definition: definition,
            most_repetition: repetition,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            values: Values::None,
            levels: 0,
            level: 0,
            value: 0,
        }
    }

    /// Goes to the next row, wherever in the present one it stands; `false` if there is none.
    pub(super) fn next_row(&mut self) -> Result<bool> {
        if self.most_repetition > 0 || self.level >= self.levels {
            self.read()?;
        }
        Ok(self.levels > self.level)
    }

    fn read(&mut self) -> Result<()> {
        let rows = if self.most_repetition > 0 { 1 } else { ROWS };
        self.definitions.clear();
        self.repetitions.clear();
        (self.level, self.value) = (0, 0);
        let levels = (&mut self.definitions, &mut self.repetitions);
        (self.values, self.levels) = match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => fill(reader, rows, levels, Values::Bool)?,
            ColumnReader::Int32ColumnReader(reader) => fill(reader, rows, levels, Values::Int32)?,
            ColumnReader::Int64ColumnReader(reader) => fill(reader, rows, levels, Values::Int64)?,
            ColumnReader::Int96ColumnReader(reader) => fill(reader, rows, levels, Values::Int96)?,
            ColumnReader::FloatColumnReader(reader) => fill(reader, rows, levels, Values::Float)?,
            ColumnReader::DoubleColumnReader(reader) => fill(reader, rows, levels, Values::Double)?,
            ColumnReader::ByteArrayColumnReader(reader) => fill(reader, rows, levels, Values::Bytes)?,
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                fill(reader, rows, levels, |_| Values::None)?
            }
        };
        Ok(())
    }

    /// How much of the path of the value is there.
    pub(super) fn definition(&self) -> Option<i16> {
        match self.most_definition {
            0 => (self.level < self.levels).then_some(0),
            _ => self.definitions.get(self.level).copied(),
        }
    }

    /// At which list a new element begins with the value; `None` at the end of the row.
    pub(super) fn repetition(&self) -> Option<i16> {
        self.repetitions.get(self.level).copied()
    }

    /// Passes over what says that there is no value.
    pub(super) fn pass(&mut self) -> Option<()> {
        if self.definition()? == self.most_definition {
            self.value += 1;
        }
        self.level += 1;
        Some(())
    }

    /// Writes the value as JSON.
    pub(super) fn write(&mut self, out: &mut String) -> Option<()> {
        let is_there = self.definition()? >= self.most_definition;
        if !(is_there && self.write_value(out).is_some()) {
            out.push_str("null");
        }
        self.pass()
    }

    fn write_value(&self, out: &mut String) -> Option<()> {
        let number: serde_json::Value = match (&self.values, self.meaning) {
            (_, Meaning::Unread) | (Values::None, _) => return None,
            (Values::Bytes(values), _) => {
                let text = String::from_utf8_lossy(values.get(self.value)?.data());
                serde_json::Value::from(text)
            }
            (Values::Int64(values), Meaning::Moment(parts)) => {
                let at = i128::from(*values.get(self.value)?) * i128::from(1_000_000_000 / parts);
                jiff::Timestamp::from_nanosecond(at).ok()?.to_string().into()
            }
            (Values::Int96(values), _) => {
                let at = values.get(self.value)?;
                // Days of the Julian calendar stand behind nanoseconds.
                let [low, high, days] = at.data() else { return None };
                let nanoseconds = i128::from(*high) << 32 | i128::from(*low);
                let days = i128::from(*days) - 2_440_588;
                let at = days * 86_400_000_000_000 + nanoseconds;
                jiff::Timestamp::from_nanosecond(at).ok()?.to_string().into()
            }
            (Values::Int32(values), Meaning::Day) => iso_day(*values.get(self.value)?).into(),
            (Values::Bool(values), _) => (*values.get(self.value)?).into(),
            (Values::Int32(values), _) => (*values.get(self.value)?).into(),
            (Values::Int64(values), _) => (*values.get(self.value)?).into(),
            (Values::Float(values), _) => f64::from(*values.get(self.value)?).into(),
            (Values::Double(values), _) => (*values.get(self.value)?).into(),
        };
        let _ = write!(out, "{number}"); // writing to a string cannot fail
        Some(())
    }
}

/// Reads some rows; the values, and how many levels there are.
fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    (definitions, repetitions): (&mut Vec<i16>, &mut Vec<i16>),
    values: impl FnOnce(Vec<T::T>) -> Values,
) -> Result<(Values, usize)> {
    let mut read = Vec::new();
    let (_, _, levels) = reader.read_records(rows, Some(definitions), Some(repetitions), &mut read)?;
    Ok((values(read), levels))
}
