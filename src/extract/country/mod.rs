//! Countries: from the words of a text to ISO 3166-1 codes.
//!
//! [`find`] goes through the tokens once and asks the gazetteer of `table` (made of the table of countries and `phrases`) at
//! every capitalised word; each entry found is a hit that `evidence` counts for the whole article. `context` then
//! decides each hit by its neighbours (with `longer`, `language` and `government`, a file for each family of rules) and
//! by that evidence, and what remains becomes a mention. The table itself lives in
//! [`crate::names::country`], as queries read it too. In articles of other languages `translated` finds the names of theirs, in
//! the `cases` of each.

mod cases;
mod context;
mod evidence;
mod government;
mod language;
mod longer;
mod phrases;
mod table;
pub(super) mod translated;

use std::borrow::Cow;

use super::lookup::Lookup;
use super::person::lexicon::Flags;
use super::{Text, is_all_capitals, is_capitalised};
use crate::article::{Kind, Mention, Reading, Span};
use crate::names::country::ROWS;
use evidence::Evidence;
use table::{GAZETTEER, Role, Sense};
pub(in crate::extract) use table::{each_phrase, each_single_word, first_words};

/// The mentions of countries in the texts of one article, appended to `out` in the order of the texts.
///
/// The key is the ISO 3166-1 alpha-2 code (XK for Kosovo). `via` tells the reading: `country:name`,
/// `country:demonym`, `country:abbreviation`; `country:capital` for a capital that stands for its government
/// ("Tehran said"); `country:part` for a part that news calls a country ("Scotland", "Welsh").
///
/// `people` are the article's persons: a country inside one of them is not marked.
///
/// ```
/// use dateline::article::TextField;
/// use dateline::extract::{Text, country};
/// let text = "Iran said 120 Iranians had left the U.S. for Doha.";
/// let tokens: Vec<_> = dateline::text::tokens(text).collect();
/// let mut found = Vec::new();
/// country::find(&[Text { field: TextField::Body, text, tokens: &tokens }], &[], &mut found);
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key())).collect();
/// assert_eq!(read, [("Iran", "IR".into()), ("Iranians", "IR".into()), ("U.S.", "US".into())]);
/// ```
pub fn find(texts: &[Text<'_>], people: &[Mention], out: &mut Vec<Mention>) {
    find_in(&Lookup::of(texts), texts, people, out);
}

/// [`find`] with the words of `texts` looked up.
pub(super) fn find_in(words: &[Lookup<'_>], texts: &[Text<'_>], people: &[Mention], out: &mut Vec<Mention>) {
    let mut evidence = Evidence::new();
    let mut hits = Vec::with_capacity(16);
    let mut in_text = Vec::with_capacity(people.len());
    for (text, words) in texts.iter().zip(words) {
        in_text.clear();
        in_text.extend(people.iter().filter(|person| person.field == text.field));
        in_text.sort_unstable_by_key(|person| person.span);
        collect(text, words, &in_text, &mut hits);
    }
    evidence.count(texts, &hits);
    for hit in &hits {
        if let Some((row, via)) = context::decide(hit, &evidence) {
            out.push(Mention {
                field: hit.text.field,
                span: hit.span(),
                kind: Kind::Country,
                reading: Reading::Entity(Cow::Borrowed(ROWS[row].alpha2)),
                via: Cow::Borrowed(via),
            });
        }
    }
}

/// A gazetteer entry found in a text.
#[derive(Debug, Clone, Copy)]
struct Hit<'a> {
    text: &'a Text<'a>,
    /// Its first token.
    first: usize,
    /// Its last token.
    last: usize,
    sense: Sense,
}

impl<'a> Hit<'a> {
    fn span(&self) -> Span {
        let (first, last) = (self.text.tokens[self.first].span, self.text.tokens[self.last].span);
        Span::new(first.start as usize, last.end as usize)
    }

    fn surface(&self) -> &'a str {
        self.span().of(self.text.text)
    }
}

/// Appends the entries of the gazetteer that stand in `text` and overlap no person of it.
fn collect<'a>(text: &'a Text<'a>, words: &Lookup<'_>, people: &[&Mention], hits: &mut Vec<Hit<'a>>) {
    let gazetteer = &*GAZETTEER;
    let mut end = 0;
    for &at in words.capitalised() {
        if at < end || !words.flags(at).has(Flags::COUNTRY_ENTRY) {
            continue;
        }
        let accept = |len: usize, sense: Sense| is_written_as_name(text, at, len, sense);
        let Some((len, sense)) = gazetteer.longest_in(words, at, accept) else { continue };
        let hit = Hit { text, first: at, last: at + len - 1, sense };
        if !overlaps_any(hit.span(), people) {
            hits.push(hit);
        }
        end = at + len;
    }
}

/// Whether the `len` words from token `at` are written as a name: capitals where `sense` has them.
fn is_written_as_name(text: &Text<'_>, at: usize, len: usize, sense: Sense) -> bool {
    (at..at + len).map(|n| text.word(n)).enumerate().all(|(n, word)| {
        if sense.capitals {
            is_all_capitals(word)
        } else {
            is_capitalised(word)
                || (n > 0
                    && (sense.role == Role::Veto
                        || matches!(word, "of" | "the" | "and" | "de")
                        || word.starts_with("d'")
                        || word.starts_with("d’")))
        }
    })
}

/// Whether `span` overlaps one of the mentions, which are in order and do not overlap each other.
fn overlaps_any(span: Span, mentions: &[&Mention]) -> bool {
    let after = mentions.partition_point(|mention| mention.span.start < span.end);
    after.checked_sub(1).is_some_and(|last| mentions[last].span.overlaps(span))
}

#[cfg(test)]
mod tests;
