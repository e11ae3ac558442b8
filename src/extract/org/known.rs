//! Well-known names, found where they begin: the table of [`crate::names::org`] as a gazetteer.

use std::sync::LazyLock;

use crate::extract::gazetteer::Gazetteer;
use crate::extract::person::lexicon::flags;
use crate::extract::{Text, is_all_capitals, is_capitalised};
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

/// The longest well-known name that begins at token `at`, and how many tokens it has.
pub(super) fn longest(text: &Text<'_>, at: usize) -> Option<(usize, Known)> {
    GAZETTEER.longest(text, at, |len, known| {
        (at..at + len).all(|n| {
            let word = text.word(n);
            if known.capitals {
                is_all_capitals(word) || word.bytes().all(|b| b.is_ascii_digit())
            } else {
                is_capitalised(word) || n > at
            }
        })
    })
}
