//! Countries by name: ISO 3166-1 codes for whatever people call them.
//!
//! `countries.tsv` is the table, `table` reads it, `translations` the names in other languages, [`suggest`] finds what was meant. Extraction searches texts for the same
//! ways to name a country that queries look up here.

mod suggest;
mod table;
mod translations;

pub use suggest::suggest;
use table::LOOKUP;
pub(crate) use table::{PARTS, ROWS, Way, row_of};
pub(crate) use translations::{Translation, name_languages, names_in};

/// The code of the country that `name` names, in any case: a name, a former name, an abbreviation, an ISO 3166-1
/// code of two or three letters, a demonym, or a part such as Scotland; or a name in another language. Capitals are not
/// taken.
///
/// ```
/// use dateline::names::country::lookup;
/// for name in ["iran", "Iranian", "IR", "IRN", "Islamic Republic of Iran"] {
///     assert_eq!(lookup(name), Some("IR"));
/// }
/// assert_eq!((lookup("Allemagne"), lookup("ドイツ")), (Some("DE"), Some("DE")));
/// assert_eq!((lookup("S Korea"), lookup("the u.s."), lookup("Narnia")), (Some("KR"), Some("US"), None));
/// ```
pub fn lookup(name: &str) -> Option<&'static str> {
    let key = table::lookup_key(name);
    let row = LOOKUP.get(key.as_str()).copied().or_else(|| translations::lookup(&key))?;
    Some(ROWS[row].alpha2)
}

/// The two-letter codes, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|row| row.alpha2)
}

/// The name to show for a two-letter code, in any case.
///
/// ```
/// assert_eq!(dateline::names::country::name("ir"), Some("Iran"));
/// ```
pub fn name(iso2: &str) -> Option<&'static str> {
    table::row_of(&iso2.to_ascii_uppercase()).map(|row| ROWS[row].name())
}
