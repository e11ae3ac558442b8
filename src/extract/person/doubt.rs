//! Where the rules are in doubt: the words that the trained tagger is asked about.
//!
//! What it says is worth some points, so it is asked only where these can turn the answer. That also keeps it quick: of the
//! capitalised words of news most are beyond doubt.

use rustc_hash::FxHashSet;

use super::candidate::Candidate;
use super::cue::Cues;
use super::lexicon::Flags;
use super::resolve::may_stand_alone;
use super::weigh::{NEVER, SURE};
use crate::extract::lookup::Lookup;
use crate::extract::org::known_name;

/// The tokens of the open words of each text, in order; `scores` are the candidates' points by the rules.
pub(super) fn open_words(words: &[Lookup<'_>], candidates: &[Candidate], scores: &[i32]) -> Vec<Vec<usize>> {
    let mut surnames = FxHashSet::default();
    for (candidate, score) in candidates.iter().zip(scores) {
        if candidate.is_full()
            && *score >= SURE
            && let Some(lookup) = words.get(candidate.text)
        {
            surnames.insert(lookup.hash(candidate.surname));
        }
    }
    let is_open = |lookup: &Lookup<'_>, candidate: &Candidate, score: i32| {
        if !(NEVER..SURE).contains(&score) {
            return false;
        }
        if candidate.is_full() {
            return true;
        }
        let (token, flags) = (candidate.surname, candidate.last_flags);
        let of_person = may_stand_alone(candidate) && surnames.contains(&lookup.hash(token));
        let common = candidate.cues.has(Cues::WEAK) && !flags.has(Flags::FIRST | Flags::LAST);
        let known = flags.has(Flags::KNOWN) && known_name(lookup, token).is_some();
        !of_person && !common && !known
    };
    let mut candidates = candidates.iter().zip(scores).peekable();
    let of_text = |(text, lookup): (usize, &Lookup<'_>)| {
        let mut open = Vec::with_capacity(lookup.capitalised().len() / 2);
        for &at in lookup.capitalised() {
            while candidates.next_if(|(c, _)| (c.text, c.last) < (text, at)).is_some() {}
            let is_open = match candidates.peek() {
                Some((c, score)) if c.text == text && c.first <= at => is_open(lookup, c, **score),
                _ => {
                    let flags = lookup.flags(at);
                    flags.has(Flags::FIRST | Flags::LAST) && !flags.has(Flags::COUNTRY)
                }
            };
            if is_open {
                open.push(at);
            }
        }
        open
    };
    words.iter().enumerate().map(of_text).collect()
}
