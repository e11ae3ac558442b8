//! Brings the candidates of the rules and the names of the tagger together.
//!
//! Where the tagger sees a person, its span stands, with the cues of the candidates that it overlaps, unless the rules are sure
//! of one of these. How sure the tagger is of a candidate's words is worth points to it, or costs it some.

use super::candidate::Candidate;
use super::cue::{Cues, is_state_after_comma};
use super::decide::THRESHOLD;
use super::lexicon::{Flags, NOT_PEOPLE};
use super::line::Style;
use super::run::Run;
use crate::extract::lookup::Lookup;
use crate::extract::tagger::{Margin, Name, Seen, Tagged};

/// The most points that the tagger gives a candidate, and the most that it takes.
pub(super) const MOST: i32 = 40;
pub(super) const LEAST: i32 = -20;

/// A candidate of so many points is a person, and one of fewer is none, whatever the tagger says.
pub(super) const SURE: i32 = THRESHOLD - LEAST;
pub(super) const NEVER: i32 = THRESHOLD - MOST;

/// Units of the model for a point: twelve points for each factor of e in probability.
const UNITS: i32 = 5;

/// The points that its words gain a candidate.
fn points(seen: &[Margin], candidate: &Candidate) -> i32 {
    let from = seen.partition_point(|m| (m.text, m.token) < (candidate.text, candidate.first));
    let own = seen[from..].iter().take_while(|m| (m.text, m.token) <= (candidate.text, candidate.last));
    own.map(|m| m.gain).min().map_or(0, |gain| (gain / UNITS).clamp(LEAST, MOST))
}

/// The candidates with the tagger's names, in order; `scores` are the candidates' points by the rules.
pub(super) fn with_tags(
    words: &[Lookup<'_>],
    candidates: Vec<Candidate>,
    scores: &[i32],
    seen: &Seen,
) -> Vec<Candidate> {
    let mut found = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().zip(scores).peekable();
    let mut run: Option<Run<'_>> = None;
    let mut overlapped = Vec::new();
    for tag in &seen.names {
        let Some(lookup) = words.get(tag.text) else { continue };
        // It lies inside a name that is taken already.
        if found.last().is_some_and(|c: &Candidate| (c.text, c.last) >= (tag.text, tag.first)) {
            continue;
        }
        while let Some(candidate) = candidates.next_if(|(c, _)| (c.text, c.last) < (tag.text, tag.first)) {
            found.push(candidate.0);
        }
        overlapped.clear();
        let mut sure = false;
        while let Some((candidate, score)) =
            candidates.next_if(|(c, _)| c.text == tag.text && c.first <= tag.last)
        {
            overlapped.push(candidate);
            sure |= *score >= SURE;
        }
        match tag.name {
            Name::Person if !sure && !is_no_person(lookup, tag.first, tag.last) => {
                let run = match &mut run {
                    Some(run) if run.number == tag.text => run,
                    other => other.insert(Run::new(lookup, tag.text)),
                };
                join(run, lookup, tag, &mut overlapped, &mut found);
            }
            _ => found.append(&mut overlapped),
        }
    }
    found.extend(candidates.map(|(candidate, _)| candidate));
    for candidate in &mut found {
        let points = points(&seen.margins, candidate);
        let none =
            words.get(candidate.text).is_some_and(|w| is_no_person(w, candidate.first, candidate.last));
        candidate.tagged = if none { points.min(0) } else { points };
    }
    found
}

/// Whether the words cannot be a person, whatever the tagger says: the abbreviation of a state, a noun of firms.
fn is_no_person(lookup: &Lookup<'_>, first: usize, last: usize) -> bool {
    let flags = lookup.flags(last);
    let phrase = lookup.flags(first).has(Flags::NOT_PERSON)
        && NOT_PEOPLE.longest_in(lookup, first, |_, ()| true).is_some_and(|(len, ())| first + len > last);
    phrase
        || (first == last && is_state_after_comma(lookup.text, first))
        || (flags.has(Flags::BODY | Flags::HEAD | Flags::LEGAL) && !flags.has(Flags::FIRST | Flags::LAST))
}

/// Adds what the tagger takes for a person, in the place of the candidates that it overlaps.
fn join(
    run: &mut Run<'_>,
    lookup: &Lookup<'_>,
    tag: &Tagged,
    overlapped: &mut Vec<Candidate>,
    found: &mut Vec<Candidate>,
) {
    let same = |c: &Candidate| {
        c.last == tag.last && c.first.saturating_sub(tag.first) <= c.lead && c.first >= tag.first
            || is_nicknamed(lookup, c)
    };
    if let Some(same) = overlapped.iter().copied().find(same) {
        found.push(same);
        return;
    }
    match of_tag(run, lookup, tag) {
        Some(own) => {
            let cues = overlapped.iter().fold(own.cues, |cues, c| cues.and(c.cues.only(Cues::SHARED)));
            found.push(Candidate { cues, ..own });
        }
        None => found.append(overlapped),
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
