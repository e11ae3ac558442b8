//! Goes through the capitalised words of a text and finds the names of the gazetteer.

use super::Hit;
use super::context::{self, Context};
use super::qualifier::{self, Qualifier};
use crate::article::{Kind, Mention};
use crate::extract::gazetteer::{add_to_hash, joins_words_of_a_name};
use crate::extract::is_all_capitals;
use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;
use crate::names::place::{Node, PLACES, Place, Sort};

/// The most words of a name before a state that no gazetteer has.
const MOST_WORDS: usize = 3;

/// Appends the names that stand in a text; `taken` are the people, organisations and countries of it, in order. The hashes of the words
/// of people go to `names`.
pub(super) fn collect<'a>(
    words: &'a Lookup<'a>,
    taken: &[&Mention],
    hits: &mut Vec<Hit<'a>>,
    names: &mut Vec<u64>,
) {
    let text = words.text;
    let mut styles = words.styles();
    let mut taken = Taken { rest: taken };
    let mut end = 0;
    for &at in words.capitalised() {
        let Some(token) = text.tokens.get(at) else { break };
        // What most capitalised words are, before anything is looked up: the first of a sentence.
        if words.flags(at).has(Flags::STOP) && !words.is_capitalised(at + 1) {
            continue;
        }
        let inside = taken.at(token.span.start);
        if inside == Some(Kind::Person) {
            names.push(words.hash(at));
        }
        if at < end || matches!(inside, Some(Kind::Person | Kind::Country)) || !words.may_begin_place(at) {
            continue;
        }
        let Some((last, name, node)) = longest(words, at) else { continue };
        if PLACES.of(node).all(|place| place.sort() == Sort::Hint) {
            hits.push(Hit {
                words,
                first: at,
                last,
                name,
                node: Some(node),
                context: Context::certain(),
                qualifier: Qualifier::None,
            });
            end = last + 1;
            continue;
        }
        let stop = text.tokens.get(last).map_or(0, |token| token.span.end);
        if inside.is_none() && taken.begins_before(stop) {
            continue;
        }
        let style = styles.at(at);
        let is_short = PLACES.of(node).all(Place::is_abbreviation);
        if is_short && !qualifier::is_short_state(text, at, last) {
            continue;
        }
        let mut context = context::read(words, at, last, style);
        context.in_a_body = inside.is_some() && !context::is_local_body(text.word(last + 1));
        let qualifier = qualifier::read(words, last, &taken);
        if qualifier::follows_a_comma(text, at) && inside.is_none() {
            // The gazetteer has not every town.
            let known = hits.last().is_some_and(|hit| std::ptr::eq(hit.words, words) && hit.last + 1 == at);
            if let (false, Some(state)) = (known, qualifier::state_of(node))
                && let Some(hit) = unknown_town(words, at, end, state, &taken)
            {
                hits.push(hit);
            }
        }
        hits.push(Hit { words, first: at, last, name, node: Some(node), context, qualifier });
        end = last + 1;
    }
}

/// Whether names have the word in lower case.
fn is_connector(word: &str) -> bool {
    matches!(
        word,
        "al" | "am"
            | "an"
            | "and"
            | "da"
            | "de"
            | "del"
            | "der"
            | "des"
            | "di"
            | "do"
            | "du"
            | "el"
            | "en"
            | "es"
            | "e"
            | "ed"
            | "i"
            | "im"
            | "in"
            | "la"
            | "le"
            | "les"
            | "of"
            | "on"
            | "op"
            | "sul"
            | "sur"
            | "the"
            | "upon"
            | "y"
    )
}

/// The longest name that begins at token `at`: its last token, its hash and its node.
fn longest(words: &Lookup<'_>, at: usize) -> Option<(usize, u64, Node)> {
    let text = words.text;
    let (mut hash, mut best) = (0, None);
    for last in at.. {
        let word = text.word(last);
        if word.is_empty() || !(words.is_capitalised(last) || (last > at && is_connector(word))) {
            break;
        }
        hash = add_to_hash(hash, words.hash(last));
        let Some(node) = PLACES.node(hash) else { break };
        if node.is_name() {
            best = Some((last, hash, node));
        }
        if !node.goes_on || !joins_words_of_a_name(word, text.gap(last)) {
            break;
        }
    }
    best
}

/// The town before the comma before a state at token `state_at`, where a preposition or the beginning of a line says that it is one: "in
/// Gowdy, Ohio".
fn unknown_town<'a>(
    words: &'a Lookup<'a>,
    state_at: usize,
    free_from: usize,
    state: (u8, u8),
    taken: &Taken<'_, '_>,
) -> Option<Hit<'a>> {
    let text = words.text;
    let last = state_at.checked_sub(1).filter(|last| *last >= free_from)?;
    let mut first = last;
    while first > free_from
        && last - first + 1 < MOST_WORDS
        && text.is_spaced(first - 1)
        && words.is_capitalised(first - 1)
        && !words.flags(first - 1).has(Flags::STOP)
    {
        first -= 1;
    }
    let is_name =
        (first..=last).all(|at| words.is_capitalised(at) && !words.flags(at).has(Flags::STOP | Flags::TITLE));
    let start = text.tokens.get(first)?.span.start;
    if !is_name || taken.ended_after(start) {
        return None;
    }
    let before = text.word_before(first).unwrap_or("");
    let opens_line = text.gap_before(first).contains('\n') || first == 0;
    let follows = context::is_preposition(before) || (opens_line && is_all_capitals(text.word(first)));
    let name = (first..=last).fold(0, |hash, at| add_to_hash(hash, words.hash(at)));
    follows.then(|| Hit {
        words,
        first,
        last,
        name,
        node: None,
        context: Context::certain(),
        qualifier: Qualifier::State { country: state.0, region: state.1 },
    })
}

/// The mentions found before, walked through in order.
pub(super) struct Taken<'m, 'a> {
    rest: &'m [&'a Mention],
}

impl Taken<'_, '_> {
    /// The kind of the mention that covers the byte; bytes must be asked for in order.
    fn at(&mut self, byte: u32) -> Option<Kind> {
        // The last mention that ended is kept for `ended_after`.
        while let [_, second, ..] = self.rest
            && second.span.start <= byte
        {
            self.rest = &self.rest[1..];
        }
        self.rest.first().filter(|m| m.span.start <= byte && byte < m.span.end).map(|m| m.kind)
    }

    /// Whether a mention that has not begun where was last asked begins before the byte.
    fn begins_before(&self, byte: u32) -> bool {
        let next =
            self.rest.iter().take(2).find(|m| m.span.end > byte || m.span.start >= byte.saturating_sub(1));
        next.is_some_and(|m| m.span.start < byte)
    }

    /// Whether the last mention covers the byte or stands behind it.
    fn ended_after(&self, byte: u32) -> bool {
        self.rest.first().is_some_and(|m| m.span.end > byte && m.span.start <= byte)
    }

    /// The key of the country that begins at the byte.
    pub(super) fn country_at(&self, byte: u32) -> Option<&str> {
        let mention = self.rest.iter().take(3).find(|m| m.span.start == byte && m.kind == Kind::Country)?;
        match &mention.reading {
            crate::article::Reading::Entity(key) => Some(key),
            _ => None,
        }
    }
}
