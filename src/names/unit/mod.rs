//! Units of measure and counted nouns, for texts and queries alike.
//!
//! `table` holds currencies and units, `lemma` makes the singular of nouns; [`lookup`] reads what a query asks for
//! (`quantity.km`, `number.nationals`) as extraction reads it in a text.

use std::borrow::Cow;

use crate::article::Kind;
use crate::names::wordlist::{Lower, lower, row};

mod convert;
pub(crate) mod lemma;
pub(crate) mod table;

pub use convert::alike;
use table::{NAMES, SIGNS};

/// The kind and the unit that `unit` stands for: a sign or a name of a measure (`km`, `kilometres`) is a
/// [`Kind::Quantity`] of its canonical unit, anything else a [`Kind::Number`] of the counted noun, in the singular.
///
/// ```
/// use dateline::article::Kind;
/// use dateline::names::unit::lookup;
/// assert_eq!(lookup("km"), (Kind::Quantity, "kilometre".into()));
/// assert_eq!(lookup("Nationals"), (Kind::Number, "national".into()));
/// assert_eq!(lookup("people"), (Kind::Number, "people".into()));
/// ```
pub fn lookup(unit: &str) -> (Kind, Cow<'static, str>) {
    match row(&SIGNS, unit).or_else(|| name_of(&lower(unit))) {
        Some(measure) => (Kind::Quantity, Cow::Borrowed(measure)),
        None => (Kind::Number, lemma::singular(&unit.to_lowercase())),
    }
}

/// The canonical name of the unit that `word`, in lower case, singular or plural, names.
pub(crate) fn name_of(word: &Lower<'_>) -> Option<&'static str> {
    if let Some(name) = row(&NAMES, word) {
        return Some(name);
    }
    match &**word {
        "feet" => Some("foot"),
        "inches" => Some("inch"),
        "centuries" => Some("century"),
        word => row(&NAMES, word.strip_suffix('s')?),
    }
}

/// The measure that a noun in the singular names.
pub(crate) fn measure_of_lemma(lemma: &str) -> Option<&'static str> {
    row(&NAMES, lemma)
}
