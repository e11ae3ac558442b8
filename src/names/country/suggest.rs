//! "Did you mean": the country whose name is nearest to what was typed.

use super::table::{LOOKUP, ROWS, lookup_key};
use crate::text::edits;

/// The name of the country that `name` may be a misspelling of: the one with a name or demonym at most two edits away
/// (one, below six letters), an edit being a letter added, dropped or changed, or two neighbours swapped.
///
/// `None` if nothing is that near, or if `name` has fewer than four letters: short codes are near to everything.
/// A name that [`super::lookup`] knows is its own nearest name.
///
/// ```
/// use dateline::names::country::suggest;
/// assert_eq!(suggest("Kazakstahn"), Some("Kazakhstan"));
/// assert_eq!(suggest("parliament"), None);
/// ```
pub fn suggest(name: &str) -> Option<&'static str> {
    let typed = lookup_key(name);
    let letters = typed.chars().count();
    if !(4..=40).contains(&letters) {
        return None;
    }
    let most = if letters < 6 { 1 } else { 2 };
    let near = LOOKUP.iter().filter(|(key, _)| key.len() >= 4).filter_map(|(key, row)| {
        let edits = edits(&typed, key, most)?;
        Some((edits, key.chars().next() != typed.chars().next(), *row))
    });
    near.min().map(|(_, _, row)| ROWS[row].name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_country() {
        for (typed, meant) in [
            ("Irna's", Some("Iran")),
            ("iraan", Some("Iran")),
            ("Untied States", Some("United States")),
            ("Venezeula", Some("Venezuela")),
            ("Phillipines", Some("Philippines")),
            ("Columbia", Some("Colombia")),
            ("Argentinan", Some("Argentina")),
            ("ir", None),
            ("quantity", None),
        ] {
            assert_eq!(suggest(typed), meant, "{typed}");
        }
    }
}
