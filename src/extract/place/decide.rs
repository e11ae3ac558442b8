//! Whether a name is a place where it stands, or a word, a person, a part of another name.

use super::Hit;
use super::evidence::Evidence;
use super::qualifier::Qualifier;
use super::resolve::Chosen;
use crate::extract::person::lexicon::Flags;
use crate::names::place::Sort;

/// What must be reached.
const ENOUGH: i32 = 3;

/// What all mentions of a name tell together.
pub(super) struct Name {
    /// What the place and the article tell, without the words around it.
    prior: i32,
    /// The strongest of the words around any of its mentions.
    cue: i32,
    /// Single words that are words in lower case, too: each mention needs a reason of its own.
    is_word: bool,
}

impl Name {
    /// Of the mentions of one name, which means `place`; `people` are the hashes of the words of people's names.
    pub(super) fn of<'h, 'a: 'h>(
        hits: impl ExactSizeIterator<Item = &'h Hit<'a>>,
        place: Chosen,
        people: &[u64],
        evidence: &Evidence,
    ) -> Self {
        let mut name = Self { prior: 0, cue: 0, is_word: false };
        let mentions = u16::try_from(hits.len()).unwrap_or(u16::MAX);
        for (n, hit) in hits.enumerate() {
            if n == 0 {
                name.prior = prior(hit, mentions, place, people, evidence);
                name.is_word =
                    hit.first == hit.last && hit.words.flags(hit.first).has(Flags::COMMON | Flags::STOP);
            }
            if !hit.context.in_a_name && !hit.context.in_a_body {
                name.cue = name.cue.max(cue(hit));
            }
        }
        name
    }
}

/// What the words around a mention say.
fn cue(hit: &Hit<'_>) -> i32 {
    let stated = match hit.qualifier {
        Qualifier::None => 0,
        Qualifier::State { .. } => 8,
        Qualifier::Country(_) => 4,
    };
    stated.max(i32::from(hit.context.cue))
}

/// What the place, the name and the article tell.
fn prior(hit: &Hit<'_>, mentions: u16, place: Chosen, people: &[u64], evidence: &Evidence) -> i32 {
    let Chosen::Listed(place) = place else { return 0 };
    let prominence = match (place.sort(), place.size) {
        (Sort::State | Sort::Region, _) | (_, 80..) => 4,
        _ if place.is_capital() => 3,
        (Sort::County, _) | (_, 73..) => 3,
        (_, 66..) => 2,
        (_, 55..) => 1,
        _ => 0,
    };
    // A name's own mentions are among what speaks for its country.
    let is_near =
        evidence.country(place.country) > if evidence.is_abroad(place.country) { mentions } else { 0 };
    let near = i32::from(is_near) + 2 * i32::from(evidence.region(place.region) > 0);
    let is_small = place.sort() == Sort::City && place.size < 66 && !place.is_capital();
    let mut against = i32::from(is_small && !is_near && evidence.is_abroad(place.country));
    if hit.first == hit.last {
        let flags = hit.words.flags(hit.first);
        if flags.has(Flags::STOP) {
            against += 6;
        }
        if flags.has(Flags::COMMON) {
            against += 4;
        }
        if flags.has(Flags::FIRST | Flags::LAST) {
            against += if is_near { 2 } else { 3 };
        }
        if flags.has(Flags::TITLE | Flags::ROLE | Flags::HEAD) {
            against += 2;
        }
        if people.contains(&hit.words.hash(hit.first)) {
            against += 4;
        }
    } else {
        against -= 1;
    }
    prominence + near - against
}

/// Whether a hit is a place, `name` being what all mentions of the name tell.
pub(super) fn is_place(hit: &Hit<'_>, name: &Name) -> bool {
    let own = cue(hit);
    if hit.context.in_a_body || (hit.context.in_a_name && own < 8) {
        return false;
    }
    // A word that is capitalised within a sentence is a name.
    let cue = if name.is_word { own + if hit.context.opens { 0 } else { 2 } } else { name.cue };
    if own == 0 && name.is_word && hit.context.opens {
        return false;
    }
    name.prior + cue >= ENOUGH
}
