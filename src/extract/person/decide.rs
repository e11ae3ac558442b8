//! Decides whether a candidate names a person: a sum of points for its words, its cues, what the article tells elsewhere
//! of the same words, and what the tagger says.

use super::candidate::Candidate;
use super::cue::Cues;
use super::lexicon::Flags;

/// A candidate with at least this many points names a person.
pub(super) const THRESHOLD: i32 = 30;

/// Points for `candidate`; `shared` are the cues that the same words have anywhere in the article.
pub(super) fn score(candidate: &Candidate, shared: Cues) -> i32 {
    let cues = candidate.cues.and(shared.only(Cues::SHARED));
    if cues.has(Cues::WEAK) {
        return candidate.tagged;
    }
    if candidate.is_full() {
        return full_name(candidate, cues) + candidate.tagged;
    }
    let body_or_place = shared.has(Cues::BODY_BEFORE.and(Cues::BODY_AFTER));
    if body_or_place && !cues.has(OF_A_HUMAN_BEING) {
        // A firm speaks like a man, to the tagger too: "Port Orrin" or "Orrin Shipping" elsewhere tells what "Orrin said" is.
        return single_name(candidate, cues) - 30 + candidate.tagged.min(0);
    }
    single_name(candidate, cues) + candidate.tagged
}

/// The cues that only a human being has; "owner" is none, as firms own.
const OF_A_HUMAN_BEING: Cues = Cues::COURTESY.and(Cues::TITLE).and(Cues::AGE).and(Cues::WHO);

fn points(table: &[(Cues, i32)], cues: Cues) -> i32 {
    table.iter().filter(|(cue, _)| cues.has(*cue)).map(|(_, points)| points).sum()
}

fn full_name(candidate: &Candidate, cues: Cues) -> i32 {
    let (first, last) = (candidate.first_flags, candidate.last_flags);
    let mut sum = points(
        &[
            (Cues::COURTESY, 40),
            (Cues::TITLE, 30),
            (Cues::ROLE, 25),
            (Cues::SAID_AFTER, 20),
            (Cues::SAID_BEFORE, 15),
            (Cues::AGE, 40),
            (Cues::WHO, 15),
            (Cues::APPOSITION, 10),
            (Cues::ALONE, 15),
            (Cues::COUNTRYS, 10),
            (Cues::OF_COUNTRY, 10),
            (Cues::INITIAL, 20),
            (Cues::PARTICLE, 5),
            (Cues::HYPHEN, 15),
            (Cues::ARTICLE, -20),
            (Cues::THE, -25),
            (Cues::PLACE_BEFORE, -20),
            (Cues::BODY_BEFORE, -15),
            (Cues::BODY_AFTER, -45),
            (Cues::COUNTRY_BEFORE, 5),
            (Cues::ACRONYM, -20),
            (Cues::SHOUTED, -10),
        ],
        cues,
    );
    if !cues.has(Cues::HEADLINE) {
        sum += points(&[(Cues::COMMON_BEFORE, -10), (Cues::COMMON_AFTER, -20)], cues);
    }
    sum += if first.has(Flags::FIRST) {
        30
    } else if first.has(Flags::LAST) {
        15
    } else {
        10
    };
    sum += if last.has(Flags::LAST) {
        10
    } else if last.has(Flags::FIRST) {
        8
    } else if last.has(Flags::PLACE | Flags::ORG | Flags::COUNTRY | Flags::BODY) {
        -15
    } else {
        5
    };
    // "Georgia Lee" is a person: no surname follows the name of a place.
    let named_for_a_place = first.has(Flags::COUNTRY | Flags::PLACE)
        && last.has(Flags::LAST)
        && !last.has(Flags::PLACE | Flags::COMMON | Flags::BODY | Flags::ORG);
    if first.has(Flags::PLACE) && !named_for_a_place {
        sum -= 15;
    }
    if last.has(Flags::PLACE) {
        sum -= 5;
    }
    if first.has(Flags::COMMON | Flags::COUNTRY) && !named_for_a_place {
        sum -= 10;
    }
    if candidate.names > 4 {
        sum -= 10;
    }
    sum
}

fn single_name(candidate: &Candidate, cues: Cues) -> i32 {
    let flags = candidate.last_flags;
    let mut sum = points(
        &[
            (Cues::COURTESY, 40),
            (Cues::TITLE, 20),
            (Cues::ROLE, 20),
            (Cues::SAID_AFTER, 20),
            (Cues::SAID_BEFORE, 15),
            (Cues::AGE, 30),
            (Cues::WHO, 20),
            (Cues::THE, -30),
            (Cues::PLACE_BEFORE, -20),
            (Cues::PLACE_AFTER, -40),
            (Cues::BODY_BEFORE, -50),
            (Cues::BODY_AFTER, -40),
            (Cues::ACRONYM, -40),
            (Cues::SHOUTED, -20),
        ],
        cues,
    );
    if !cues.has(Cues::HEADLINE) {
        sum += points(&[(Cues::COMMON_BEFORE, -20), (Cues::COMMON_AFTER, -20)], cues);
    }
    if flags.has(Flags::FIRST) {
        sum += 10;
    }
    if flags.has(Flags::LAST) {
        sum += 10;
    }
    if flags.has(Flags::COMMON) && !cues.has(Cues::COURTESY) {
        sum -= 20;
    }
    if flags.has(Flags::PLACE) {
        sum -= 20;
    }
    if flags.has(Flags::ORG) {
        sum -= 30;
    }
    if flags.has(Flags::COUNTRY) {
        sum -= 40;
    }
    sum
}
