//! Brings the candidates of the rules and the names of the tagger together.
//!
//! Where the tagger sees a person, its span stands, with the cues of the candidates that it overlaps; where it sees
//! another name, a candidate needs more of them.

use super::candidate::Candidate;
use super::cue::Cues;
use super::lexicon::Flags;
use super::line::Style;
use super::run::Run;
use crate::extract::lookup::Lookup;
use crate::extract::tagger::{Name, Tagged};

/// Points for a candidate that the tagger takes for a person.
const PERSON: i32 = 40;

/// Points for a candidate that overlaps what the tagger takes for an organisation or a place.
const NO_PERSON: i32 = -40;

/// What comes after a comma and before a full stop is one of these and no person: "Montgomery, Ala."
const STATES: &[&str] = &[
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La",
    "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex",
    "Va", "Vt", "Wash", "Wis", "Wyo",
];

/// The candidates with the tagger's names, in order.
pub(super) fn with_tags(
    words: &[Lookup<'_>],
    candidates: Vec<Candidate>,
    tagged: &[Tagged],
) -> Vec<Candidate> {
    if tagged.is_empty() {
        return candidates;
    }
    let mut found = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    let mut run: Option<Run<'_>> = None;
    for tag in tagged {
        let Some(lookup) = words.get(tag.text) else { continue };
        // It lies inside a name that is taken already.
        if found.last().is_some_and(|c: &Candidate| (c.text, c.last) >= (tag.text, tag.first)) {
            continue;
        }
        while let Some(candidate) = candidates.next_if(|c| (c.text, c.last) < (tag.text, tag.first)) {
            found.push(candidate);
        }
        let mut overlapped = Vec::new();
        while let Some(candidate) = candidates.next_if(|c| c.text == tag.text && c.first <= tag.last) {
            overlapped.push(candidate);
        }
        match tag.name {
            Name::Person if !is_no_person(lookup, tag) => {
                let run = match &mut run {
                    Some(run) if run.number == tag.text => run,
                    other => other.insert(Run::new(lookup, tag.text)),
                };
                join(run, lookup, tag, overlapped, &mut found);
            }
            Name::Org | Name::Place => {
                found.extend(overlapped.into_iter().map(|c| Candidate { tagged: NO_PERSON, ..c }));
            }
            Name::Person | Name::Other => found.append(&mut overlapped),
        }
    }
    found.extend(candidates);
    found
}

/// Whether the words cannot be a person, whatever the tagger says: the abbreviation of a state, a noun of firms.
fn is_no_person(lookup: &Lookup<'_>, tag: &Tagged) -> bool {
    let (text, last) = (lookup.text, lookup.flags(tag.last));
    let state = tag.first == tag.last
        && text.gap_before(tag.first) == ", "
        && ends_with_stop(lookup, tag.last)
        && STATES.binary_search(&text.word(tag.first)).is_ok();
    state || (last.has(Flags::BODY | Flags::HEAD | Flags::LEGAL) && !last.has(Flags::FIRST | Flags::LAST))
}

/// Whether a full stop follows the token.
fn ends_with_stop(lookup: &Lookup<'_>, token: usize) -> bool {
    let end = lookup.text.tokens.get(token).map_or(0, |token| token.span.end as usize);
    lookup.text.text.as_bytes().get(end) == Some(&b'.')
}

/// Adds what the tagger takes for a person, in the place of the candidates that it overlaps.
fn join(
    run: &mut Run<'_>,
    lookup: &Lookup<'_>,
    tag: &Tagged,
    mut overlapped: Vec<Candidate>,
    found: &mut Vec<Candidate>,
) {
    let same = |c: &Candidate| {
        c.last == tag.last && c.first.saturating_sub(tag.first) <= c.lead && c.first >= tag.first
            || is_nicknamed(lookup, c)
    };
    if let Some(same) = overlapped.iter().copied().find(same) {
        found.push(Candidate { tagged: PERSON, ..same });
        return;
    }
    match of_tag(run, lookup, tag) {
        Some(own) => {
            let cues = overlapped.iter().fold(own.cues, |cues, c| cues.and(c.cues.only(Cues::SHARED)));
            found.push(Candidate { cues, tagged: PERSON, ..own });
        }
        None => found.append(&mut overlapped),
    }
}

/// Whether the name holds another in quotes: Joaquín “Chino” Herrera.
fn is_nicknamed(lookup: &Lookup<'_>, candidate: &Candidate) -> bool {
    (candidate.first..candidate.last)
        .any(|token| lookup.text.gap(token).contains(['"', '“', '‘']) || lookup.text.gap(token) == " '")
}

/// The candidate of the tokens that the tagger takes for a person.
fn of_tag(run: &mut Run<'_>, lookup: &Lookup<'_>, tag: &Tagged) -> Option<Candidate> {
    let first = (tag.first..=tag.last).find(|at| lookup.is_capitalised(*at))?;
    let end = run.read(first);
    let last = run.words.iter().rposition(|word| word.token <= tag.last)?;
    if end <= tag.last || run.words[last].token != tag.last {
        return None;
    }
    run.candidate(0, last, Style::Prose)
}
