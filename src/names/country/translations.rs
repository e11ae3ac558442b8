//! Names of countries in other languages: `models/countries.tsv`, searched as it lies.
//!
//! A line is a language: its tag, then for each country a tab, the code, and its names, each between bars, folded as terms are.
//! A name that ends in `^` is written in capitals throughout; one that ends in `?` names other things as often, and is no
//! country in a text. What stands under the code `--` holds the name of a country and names something else.

use memchr::memmem;

use super::table::row_of;

static TABLE: &str = include_str!("../../../models/countries.tsv");

/// The code of phrases that are no countries.
const NONE: &str = "--";

/// What a name of [`names_in`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Translation {
    /// Its folded words, joined by spaces.
    pub(crate) name: &'static str,
    /// The row of its country; `None` for a phrase that names something else.
    pub(crate) row: Option<usize>,
    /// Whether it is written in capitals throughout.
    pub(crate) capitals: bool,
    /// Whether it names other things as often.
    pub(crate) ambiguous: bool,
}

/// The row of the country that has the name with this key in any language; in the first that has it.
pub(super) fn lookup(key: &str) -> Option<usize> {
    if key.is_empty() || key.contains(['|', '\t', '\n', '^', '?']) {
        return None;
    }
    let found = ["|", "^|", "?|"].iter().filter_map(|end| {
        let wanted = format!("|{key}{end}");
        memmem::find_iter(TABLE.as_bytes(), wanted.as_bytes()).find_map(|at| Some((at, row_before(at)?)))
    });
    found.min().map(|(_, row)| row)
}

/// The row of the entry that the name at byte `at` of the table belongs to.
fn row_before(at: usize) -> Option<usize> {
    let before = TABLE.get(..at)?;
    let (_, entry) = before.rsplit_once('\t')?;
    row_of(entry.get(..2)?)
}

/// Every name in the language with this tag; `None` if the table does not have it.
pub(crate) fn names_in(lang: &str) -> Option<impl Iterator<Item = Translation>> {
    let primary = lang.split('-').next().unwrap_or(lang);
    let primary = if matches!(primary, "nb" | "nn") { "no" } else { primary };
    lines().find(|(tag, _)| *tag == primary).map(|(_, entries)| names_of(entries))
}

/// The tags of the languages that the table has.
pub(crate) fn name_languages() -> impl Iterator<Item = &'static str> {
    lines().map(|(tag, _)| tag)
}

/// Every name of a country in every language.
pub(super) fn all() -> impl Iterator<Item = Translation> {
    lines().flat_map(|(_, entries)| names_of(entries)).filter(|name| name.row.is_some())
}

/// The tags of the languages, and their entries.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

fn names_of(entries: &'static str) -> impl Iterator<Item = Translation> {
    entries.split('\t').flat_map(|entry| {
        let (code, names) = entry.split_once('|').unwrap_or((entry, ""));
        let row = row_of(code);
        let known = row.is_some() || code == NONE;
        names.split('|').filter(move |name| known && !name.is_empty()).map(move |name| {
            let bare = name.trim_end_matches(['^', '?']);
            Translation { name: bare, row, capitals: name.ends_with('^'), ambiguous: name.ends_with('?') }
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::table::{ROWS, lookup_key};
    use super::*;

    #[test]
    fn every_line_is_a_language_and_every_entry_a_country() {
        assert!(lines().count() > 40);
        for (tag, entries) in lines() {
            assert!((2..=3).contains(&tag.len()), "{tag}");
            for entry in entries.split('\t') {
                let (code, names) = entry.split_once('|').unwrap();
                assert!(code == NONE || row_of(code).is_some(), "{tag} {code}");
                assert!(names.ends_with('|'), "{tag} {code}");
            }
            assert!(names_of(entries).filter(|name| name.row.is_some()).count() > 200, "{tag}");
        }
    }

    #[test]
    fn every_name_is_a_key_that_finds_a_country() {
        for name in all() {
            assert_eq!(lookup_key(name.name), name.name);
            assert!(lookup(name.name).is_some(), "{}", name.name);
        }
    }

    #[test]
    fn names_lead_to_their_country() {
        for (name, code) in [
            ("Allemagne", "DE"),
            ("Deutschland", "DE"),
            ("ドイツ", "DE"),
            ("Соединенные Штаты", "US"),
            ("EE. UU.", "US"),
            ("Elfenbeinküste", "CI"),
            ("الولايات المتحدة", "US"),
            ("대한민국", "KR"),
            ("vereinigtes königreich", "GB"),
            ("birmanie", "MM"),
        ] {
            assert_eq!(lookup(&lookup_key(name)).map(|row| ROWS[row].alpha2), Some(code), "{name}");
        }
        assert_eq!(lookup("|de"), None);
        assert_eq!(lookup("atlantis"), None);
    }
}
