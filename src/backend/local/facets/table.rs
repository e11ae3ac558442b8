//! The values of a facet, each with the articles that it stands in.
//!
//! Strings are counted by their ordinals in the dictionary of their segment's column, in an array as long as the dictionary. Dictionaries
//! are in order, so those of several segments are merged by walking through all of them at once; of a single segment no
//! string is read but those that are given. Times are counted by the number of their stretch.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher};

use super::super::watch::Watch;
use super::docs::{Part, Sides};
use crate::backend::{BackendError, Facet};
use crate::index::IndexError;
use crate::index::schema::{Keyed, PUBLISHED};
use crate::text::Calendar;

/// A value, by its place in the order of values.
pub(super) type Value = u32;

/// Values read from a column at once.
const BLOCK: usize = 512;

/// How often a value is there, and where it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Entry {
    /// In how many of the articles that match.
    pub(super) articles: u64,
    /// In how many of all.
    pub(super) all: u64,
    /// A segment whose dictionary has it, and its ordinal there; or the number of the stretch of time.
    pub(super) at: (usize, i64),
}

/// The values of the articles that match.
pub(super) struct Table {
    /// In order of the value.
    pub(super) entries: Vec<Entry>,
    columns: Columns,
}

enum Columns {
    Keys {
        columns: Vec<Option<StrColumn>>,
        /// To each segment the value of each ordinal; empty where a single segment has all.
        values: Vec<Vec<Value>>,
    },
    Times {
        columns: Vec<Column<i64>>,
        by: Calendar,
        values: FxHashMap<i64, Value>,
    },
}

/// What stands for no value: of an ordinal that no article has that matches.
const NONE: Value = Value::MAX;

impl Table {
    /// Counts the values of a facet.
    pub(super) fn of(
        searcher: &Searcher,
        watch: &Watch,
        facet: Facet,
        sides: &Sides,
    ) -> Result<Self, BackendError> {
        let keyed = match facet {
            Facet::Person => Keyed::Person,
            Facet::Country => Keyed::Country,
            Facet::Org => Keyed::Org,
            Facet::Place => Keyed::Place,
            Facet::Source => Keyed::Source,
            Facet::Section => Keyed::Section,
            Facet::Agency => Keyed::Agency,
            Facet::Lang => Keyed::Lang,
            Facet::Published(by) => return Self::of_times(searcher, watch, by, sides),
        };
        Self::of_keys(searcher, watch, keyed, sides)
    }

    fn of_times(
        searcher: &Searcher,
        watch: &Watch,
        by: Calendar,
        sides: &Sides,
    ) -> Result<Self, BackendError> {
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().i64(PUBLISHED));
        let columns = columns.collect::<tantivy::Result<Vec<Column<i64>>>>()?;
        let mut counted: BTreeMap<i64, [u64; 2]> = BTreeMap::new();
        for (side, docs) in [&sides.found, &sides.all].into_iter().enumerate() {
            for (column, part) in columns.iter().zip(docs.parts()) {
                // Articles that follow each other are often of one day.
                let (mut last, mut times, mut ticks) = (None, 0, 0);
                let mut add = |number: Option<i64>, times| {
                    if let Some(number) = number
                        && let Some(count) = counted.entry(number).or_default().get_mut(side)
                    {
                        *count += times;
                    }
                };
                part.each(|doc| {
                    let number = match column.first(doc) {
                        Some(second) if !watch.tick(&mut ticks) => Some(by.number(second)),
                        _ => None,
                    };
                    if number != last {
                        add(last, times);
                        (last, times) = (number, 0);
                    }
                    times += 1;
                });
                add(last, times);
            }
        }
        counted.retain(|_, [articles, _]| *articles > 0);
        let entry = |(number, [articles, all]): (i64, [u64; 2])| Entry { articles, all, at: (0, number) };
        let entries: Vec<Entry> = counted.into_iter().map(entry).collect();
        let values = entries.iter().zip(0..).map(|(entry, value)| (entry.at.1, value)).collect();
        Ok(Self { entries, columns: Columns::Times { columns, by, values } })
    }

    fn of_keys(
        searcher: &Searcher,
        watch: &Watch,
        keyed: Keyed,
        sides: &Sides,
    ) -> Result<Self, BackendError> {
        let columns = searcher.segment_readers().iter().map(|s| s.fast_fields().str(keyed.column()));
        let columns = columns.collect::<tantivy::Result<Vec<Option<StrColumn>>>>()?;
        let count = |column: &Option<StrColumn>, part: &Part| {
            column.as_ref().map_or_else(Vec::new, |column| {
                // No value is without an article.
                let most = column.ords().values.num_vals() as usize;
                let mut counts = vec![0; column.num_terms().min(most)];
                count(column.ords(), part, watch, &mut counts);
                counts
            })
        };
        let side = |parts: &[Part]| columns.iter().zip(parts).map(|(c, p)| count(c, p)).collect();
        let (found, all): (Vec<Vec<u32>>, Vec<Vec<u32>>) =
            (side(sides.found.parts()), side(sides.all.parts()));
        let (entries, values) = match (found.as_slice(), all.as_slice()) {
            ([found], [all]) => {
                let mut entries = Vec::new();
                let mut values = vec![NONE; found.len()];
                for (ord, ((articles, all), value)) in found.iter().zip(all).zip(&mut values).enumerate() {
                    if *articles > 0 {
                        *value = Value::try_from(entries.len()).unwrap_or(NONE);
                        let at = (0, i64::try_from(ord).unwrap_or(i64::MAX));
                        entries.push(Entry { articles: u64::from(*articles), all: u64::from(*all), at });
                    }
                }
                (entries, vec![values])
            }
            _ => merged(&columns, watch, &found, &all).map_err(unreadable)?,
        };
        Ok(Self { entries, columns: Columns::Keys { columns, values } })
    }

    /// The value at a place, for people and programs.
    pub(super) fn value(&self, at: usize) -> Result<String, BackendError> {
        let Some(entry) = self.entries.get(at) else { return Ok(String::new()) };
        match &self.columns {
            Columns::Times { by, .. } => Ok(by.label(entry.at.1)),
            Columns::Keys { columns, .. } => {
                let mut text = String::new();
                if let Some(column) = columns.get(entry.at.0).and_then(Option::as_ref) {
                    let ord = u64::try_from(entry.at.1).unwrap_or(u64::MAX);
                    column.ord_to_str(ord, &mut text).map_err(unreadable)?;
                }
                Ok(text)
            }
        }
    }

    /// The number of a stretch of time.
    pub(super) fn number(&self, at: usize) -> i64 {
        self.entries.get(at).map_or(0, |entry| entry.at.1)
    }

    /// Gives the values of an article, in no order, that are values of the table.
    pub(super) fn of_article(&self, segment: usize, doc: DocId, into: &mut Vec<Value>) {
        into.clear();
        match &self.columns {
            Columns::Keys { columns, values } => {
                let column = columns.get(segment).and_then(Option::as_ref);
                if let (Some(column), Some(values)) = (column, values.get(segment)) {
                    let value = |ord: u64| values.get(usize::try_from(ord).ok()?).copied();
                    into.extend(column.term_ords(doc).filter_map(value).filter(|value| *value != NONE));
                }
            }
            Columns::Times { columns, by, values } => {
                let second = columns.get(segment).and_then(|column| column.first(doc));
                into.extend(second.and_then(|second| values.get(&by.number(second))));
            }
        }
    }
}

/// Counts the ordinals of some articles; an article has each of its own once.
fn count(column: &Column<u64>, docs: &Part, watch: &Watch, counts: &mut [u32]) {
    let mut block = [0; BLOCK];
    let values = column.values.num_vals();
    docs.each_stretch(|docs| {
        let rows = column.index.docid_range_to_rowids(docs);
        let mut row = rows.start;
        let end = rows.end.min(values);
        while row < end && !(end - row > 64 && watch.look()) {
            let len = (end - row).min(u32::try_from(BLOCK).unwrap_or(u32::MAX));
            let Some(block) = block.get_mut(..len as usize) else { return };
            column.values.get_range(u64::from(row), block);
            for ord in block {
                if let Some(count) = usize::try_from(*ord).ok().and_then(|ord| counts.get_mut(ord)) {
                    *count += 1;
                }
            }
            row += len;
        }
    });
}

/// The entries of several segments in order of their strings, and to each segment the entry of each ordinal.
fn merged(
    columns: &[Option<StrColumn>],
    watch: &Watch,
    found: &[Vec<u32>],
    all: &[Vec<u32>],
) -> std::io::Result<(Vec<Entry>, Vec<Vec<Value>>)> {
    let mut values: Vec<Vec<Value>> = found.iter().map(|counts| vec![NONE; counts.len()]).collect();
    let mut entries = Vec::new();
    let mut walks = Vec::with_capacity(columns.len());
    for (segment, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let mut walk = column.dictionary().stream()?;
        if walk.advance() {
            walks.push((segment, walk));
        }
    }
    let (mut key, mut here, mut ticks) = (Vec::new(), Vec::new(), 0);
    while let Some(least) = walks.iter().map(|(_, walk)| walk.key()).min() {
        if watch.tick(&mut ticks) {
            break;
        }
        key.clear();
        key.extend_from_slice(least);
        let mut entry = Entry::default();
        let value = Value::try_from(entries.len()).unwrap_or(NONE);
        here.clear();
        walks.retain_mut(|(segment, walk)| {
            if walk.key() != key {
                return true;
            }
            let ord = usize::try_from(walk.term_ord()).unwrap_or(usize::MAX);
            let of = |counts: &[Vec<u32>]| {
                counts.get(*segment).and_then(|counts| counts.get(ord)).copied().map_or(0, u64::from)
            };
            entry.articles += of(found);
            entry.all += of(all);
            entry.at = (*segment, i64::try_from(ord).unwrap_or(i64::MAX));
            here.push((*segment, ord));
            walk.advance()
        });
        if entry.articles > 0 {
            for (segment, ord) in here.iter().copied() {
                if let Some(slot) = values.get_mut(segment).and_then(|values| values.get_mut(ord)) {
                    *slot = value;
                }
            }
            entries.push(entry);
        }
    }
    Ok((entries, values))
}

fn unreadable(error: std::io::Error) -> BackendError {
    IndexError::io("reading the values that articles are counted by", error).into()
}
