//! The table of countries: `countries.tsv`, and what queries look up in it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;

/// One line of `countries.tsv`; what the columns hold is told there.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) alpha2: &'static str,
    pub(super) alpha3: &'static str,
    names: &'static str,
    demonyms: &'static str,
    abbreviations: &'static str,
    capitals: &'static str,
}

/// What a way to name a country is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// "Iran".
    Name,
    /// "Iranian".
    Demonym,
    /// "UAE", "S Korea".
    Abbreviation,
    /// "Tehran", where it stands for the government.
    Capital,
}

/// Parts that news calls countries, and their people, with the code of the whole.
pub(crate) const PARTS: &[(&str, &str)] = &[
    ("GB", "England"),
    ("GB", "English"),
    ("GB", "Englishman"),
    ("GB", "Englishmen"),
    ("GB", "Englishwoman"),
    ("GB", "Scotland"),
    ("GB", "Scottish"),
    ("GB", "Scot"),
    ("GB", "Scots"),
    ("GB", "Scotsman"),
    ("GB", "Wales"),
    ("GB", "Welsh"),
    ("GB", "Welshman"),
    ("GB", "South Wales"),
    ("GB", "North Wales"),
    ("GB", "Northern Ireland"),
    ("GB", "Northern Irish"),
    ("GB", "Ulster"),
    ("IR", "East Azerbaijan"),
    ("IR", "West Azerbaijan"),
    ("LB", "Mount Lebanon"),
];

/// Every row of the table, in the order of the codes.
pub(crate) static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut columns = line.split('\t');
            let mut column = || columns.next().unwrap_or("");
            Row {
                alpha2: column(),
                alpha3: column(),
                names: column(),
                demonyms: column(),
                abbreviations: column(),
                capitals: column(),
            }
        })
        .collect()
});

/// One way to name a country without the marks that the table puts on it.
struct Written {
    text: &'static str,
    plural: bool,
    ambiguous: bool,
}

fn ways(column: &'static str) -> impl Iterator<Item = Written> {
    column.split('|').filter(|way| !way.is_empty()).map(|way| {
        let (way, ambiguous) = way.strip_suffix('?').map_or((way, false), |way| (way, true));
        let (text, plural) = way.strip_suffix('+').map_or((way, false), |way| (way, true));
        Written { text, plural, ambiguous }
    })
}

impl Row {
    /// The name that is shown.
    pub(super) fn name(&self) -> &'static str {
        ways(self.names).next().map_or("", |way| way.text)
    }

    /// Every way to name this country with what it is, plurals included.
    pub(crate) fn each_way(&self, mut give: impl FnMut(&str, Way, bool)) {
        let columns = [
            (self.names, Way::Name),
            (self.abbreviations, Way::Abbreviation),
            (self.demonyms, Way::Demonym),
            (self.capitals, Way::Capital),
        ];
        for (column, is) in columns {
            for way in ways(column) {
                give(way.text, is, way.ambiguous);
                if way.plural {
                    give(&format!("{}s", way.text), is, way.ambiguous);
                }
            }
        }
    }
}

/// The index of the row of an upper-case two-letter code.
pub(crate) fn row_of(alpha2: &str) -> Option<usize> {
    ROWS.binary_search_by_key(&alpha2, |row| row.alpha2).ok()
}

/// Every way to name a country in a query to its row: names, abbreviations, ISO codes, demonyms, parts; folded, without full
/// stops.
pub(super) static LOOKUP: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
    let mut all = FxHashMap::default();
    for wanted in [Way::Name, Way::Abbreviation] {
        for (row, country) in ROWS.iter().enumerate() {
            country.each_way(|way, is, _| {
                if is == wanted {
                    all.entry(lookup_key(way)).or_insert(row);
                }
            });
        }
    }
    for (row, country) in ROWS.iter().enumerate() {
        all.entry(country.alpha2.to_ascii_lowercase()).or_insert(row);
    }
    for (row, country) in ROWS.iter().enumerate() {
        all.entry(country.alpha3.to_ascii_lowercase()).or_insert(row);
        country.each_way(|way, is, _| {
            if is == Way::Demonym {
                all.entry(lookup_key(way)).or_insert(row);
            }
        });
    }
    for (alpha2, way) in PARTS {
        if let Some(row) = row_of(alpha2) {
            all.entry(lookup_key(way)).or_insert(row);
        }
    }
    all
});

/// A name as [`LOOKUP`] has it: folded words joined by spaces, without full stops and a leading article.
pub(super) fn lookup_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for token in crate::text::tokens(name) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(fold(token.span.of(name)).chars().filter(|c| *c != '.'));
    }
    match key.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashSet;

    #[test]
    fn every_line_has_six_columns_and_codes_of_its_own() {
        let lines = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#'));
        assert!(lines.clone().all(|line| line.split('\t').count() == 6));
        assert_eq!(ROWS.len(), 250, "the 249 codes of ISO 3166-1, and Kosovo");
        assert!(ROWS.is_sorted_by_key(|row| row.alpha2));
        let threes: FxHashSet<_> = ROWS.iter().map(|row| row.alpha3).collect();
        assert_eq!(threes.len(), ROWS.len());
        assert!(ROWS.iter().all(|row| row.alpha2.len() == 2 && row.alpha3.len() == 3));
    }

    #[test]
    fn every_way_in_the_table_leads_to_its_own_row() {
        for (row, country) in ROWS.iter().enumerate() {
            country.each_way(|way, is, _| {
                if is != Way::Capital {
                    assert_eq!(LOOKUP.get(&lookup_key(way)), Some(&row), "{way}");
                }
            });
            for code in [country.alpha2, country.alpha3] {
                assert_eq!(LOOKUP.get(&lookup_key(code)), Some(&row), "{code}");
            }
        }
    }
}
