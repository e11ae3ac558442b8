//! Well-known names, found where they begin: the table of [`crate::names::org`] as a gazetteer.

use std::sync::LazyLock;

use crate::extract::gazetteer::Gazetteer;
use crate::extract::is_all_capitals;
use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::flags;
use crate::names::org::forms;
use crate::text::tokens;

/// A form of a well-known name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// The row of its organisation.
    pub(super) row: usize,
    /// Whether it is also another word.
    pub(super) doubtful: bool,
    /// Whether it is written in capitals.
    capitals: bool,
}

static GAZETTEER: LazyLock<Gazetteer<Known>> = LazyLock::new(|| {
    let mut table = Gazetteer::new();
    for form in forms() {
        // "Nato" is "NATO", but "Who" is no "WHO".
        let word = form.name.len() >= 4
            && form.name.bytes().all(|b| b.is_ascii_uppercase())
            && flags(form.name).only_known();
        let capitals = !word && is_all_capitals(form.name);
        table.insert(form.name, Known { row: form.row, doubtful: form.doubtful, capitals });
    }
    table
});

/// Calls `add` with the first word of each form.
pub(in crate::extract) fn each_first_word(mut add: impl FnMut(&str)) {
    for form in forms() {
        if let Some(token) = tokens(form.name).next() {
            add(token.span.of(form.name));
        }
    }
}

/// How many tokens the longest well-known name has that begins at token `at`, and whether it is also another word.
pub(in crate::extract) fn known_name(words: &Lookup<'_>, at: usize) -> Option<(usize, bool)> {
    longest(words, at).map(|(len, known)| (len, known.doubtful))
}

/// The longest well-known name that begins at token `at`, and how many tokens it has.
pub(super) fn longest(words: &Lookup<'_>, at: usize) -> Option<(usize, Known)> {
    let text = words.text;
    GAZETTEER.longest_in(words, at, |len, known| {
        // The first word of a run has its capital.
        !known.capitals
            || (at..at + len).all(|n| {
                let word = text.word(n);
                is_all_capitals(word) || word.bytes().all(|b| b.is_ascii_digit())
            })
    })
}
