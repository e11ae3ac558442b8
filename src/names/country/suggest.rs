//! "Did you mean": the country whose name is nearest to what was typed.

use super::table::{LOOKUP, ROWS, lookup_key};
use super::translations;
use crate::text::edits;

/// The name of the country that `name` may be a misspelling of: the one with a name or demonym at most two edits away
/// (one, below six letters), an edit being a letter added, dropped or changed, or two neighbours swapped.
///
/// A name in another language has to be an edit away.
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
    let best = near.min().map(|(edits, _, row)| (edits, row));
    // Of other languages' names, which are many, only one that is nearer, and an edit away.
    let row = match best {
        Some((..=1, row)) => row,
        _ => other_language(&typed).or(best.map(|(_, row)| row))?,
    };
    Some(ROWS[row].name())
}

/// The country with a name in another language that is one edit away from a key of several letters.
fn other_language(typed: &str) -> Option<usize> {
    const SHORTEST: usize = 6;
    let letters = |key: &str| key.chars().filter(|c| *c != ' ').count();
    let long = letters(typed) >= if typed.is_ascii() { SHORTEST } else { SHORTEST / 2 };
    let first = typed.chars().next();
    let mut near = translations::all().filter(|known| known.name.chars().next() == first);
    long.then(|| near.find(|known| edits(typed, known.name, 1).is_some())).flatten()?.row
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
            ("Deutschlnad", Some("Germany")),
            ("Alemagne", Some("Germany")),
            ("Германя", Some("Germany")),
        ] {
            assert_eq!(suggest(typed), meant, "{typed}");
        }
    }
}
