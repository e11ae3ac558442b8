//! Brings the candidates of the rules and the names of the tagger together.
//!
//! Where the tagger sees a person, its span stands, with the cues of the candidates that it overlaps; where it sees
//! another name, a candidate needs more of them.

use super::candidate::Candidate;
use super::cue::Cues;
use super::line::Style;
use super::run::Run;
use crate::extract::lookup::Lookup;
use crate::extract::tagger::{Name, Tagged};

/// Points for a candidate that the tagger takes for a person.
const PERSON: i32 = 40;

/// Points for a candidate that overlaps what the tagger takes for an organisation or a place.
const NO_PERSON: i32 = -40;

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
        let before = |c: &Candidate| (c.text, c.last) < (tag.text, tag.first);
        while let Some(candidate) = candidates.next_if(before) {
            found.push(candidate);
        }
        let overlaps = |c: &Candidate| c.text == tag.text && c.first <= tag.last;
        if tag.name != Name::Person {
            if tag.name != Name::Other {
                while let Some(candidate) = candidates.next_if(overlaps) {
                    found.push(Candidate { tagged: NO_PERSON, ..candidate });
                }
            }
            continue;
        }
        let mut cues = Cues::default();
        let mut same = None;
        let mut overlapped = Vec::new();
        while let Some(candidate) = candidates.next_if(overlaps) {
            cues = cues.and(candidate.cues);
            let lead = candidate.first.saturating_sub(tag.first);
            if candidate.last == tag.last && (lead == 0 || lead <= candidate.lead) {
                same = Some(candidate);
            }
            overlapped.push(candidate);
        }
        if let Some(same) = same {
            found.push(Candidate { tagged: PERSON, ..same });
            continue;
        }
        let Some(lookup) = words.get(tag.text) else { continue };
        let run = match &mut run {
            Some(run) if run.number == tag.text => run,
            other => other.insert(Run::new(lookup, tag.text)),
        };
        match of_tag(run, lookup, tag) {
            Some(own) => {
                found.push(Candidate { cues: own.cues.and(cues.only(Cues::SHARED)), tagged: PERSON, ..own })
            }
            None => found.append(&mut overlapped),
        }
    }
    found.extend(candidates);
    found
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
