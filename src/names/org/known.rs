//! The table of well-known organisations: which names are forms of one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::folded;

/// A form of the name of a well-known organisation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// The words, as news writes them.
    pub(crate) name: &'static str,
    /// The organisation's row.
    pub(crate) row: usize,
    /// Whether the form is also another word.
    pub(crate) doubtful: bool,
}

/// All forms of all rows, in the order of the table.
pub(crate) fn forms() -> impl Iterator<Item = Form> {
    let rows = include_str!("known.txt").lines().filter(|line| !line.starts_with('#'));
    rows.enumerate().flat_map(|(row, line)| {
        line.split('|').map(move |name| match name.strip_prefix('?') {
            Some(name) => Form { name, row, doubtful: true },
            None => Form { name, row, doubtful: false },
        })
    })
}

struct Known {
    /// The key of each row.
    keys: Vec<&'static str>,
    /// From the folded form to the row.
    rows: FxHashMap<String, usize>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { keys: Vec::new(), rows: FxHashMap::default() };
    for form in forms() {
        let key = folded(form.name);
        if form.row == known.keys.len() {
            known.keys.push(Box::leak(key.clone().into_boxed_str()));
        }
        known.rows.entry(key).or_insert(form.row);
    }
    known
});

/// The key of a row of the table.
pub(crate) fn key_of_row(row: usize) -> &'static str {
    KNOWN.keys.get(row).copied().unwrap_or("")
}

/// The key of the organisation that has `folded` among its forms.
pub(super) fn key_of_form(folded: &str) -> Option<&'static str> {
    KNOWN.rows.get(folded).map(|row| key_of_row(*row))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_form_belongs_to_one_row_and_every_row_to_its_own_key() {
        for form in forms() {
            assert_eq!(key_of_form(&folded(form.name)).unwrap(), key_of_row(form.row), "{}", form.name);
        }
    }

    #[test]
    fn the_rows_are_sorted() {
        let rows: Vec<&str> = include_str!("known.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.trim_start_matches('?'))
            .collect();
        assert!(rows.len() > 1000 && rows.is_sorted());
    }
}
