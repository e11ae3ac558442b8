//! Which of the places of a name an article means: one, at every mention.

use super::Hit;
use super::context::Called;
use super::decide::{self, Name};
use super::evidence::Evidence;
use super::qualifier::Qualifier;
use crate::names::place::{PLACES, Place, Sort, key_of, push_name};

/// The key and the `via` of each hit that is a place.
pub(super) fn resolve(
    hits: &[Hit<'_>],
    people: &[u64],
    evidence: &Evidence,
) -> Vec<Option<(String, &'static str)>> {
    let mut order: Vec<usize> = (0..hits.len()).collect();
    order.sort_unstable_by_key(|at| (hits[*at].name, *at));
    let mut read = vec![None; hits.len()];
    // The keys of one name: it seldom has two.
    let mut keys: Vec<(Place, String)> = Vec::new();
    for group in order.chunk_by(|a, b| hits[*a].name == hits[*b].name) {
        let stated = group.iter().map(|at| hits[*at].qualifier).find(|q| *q != Qualifier::None);
        let usual = choose(&hits[group[0]], stated, evidence);
        let name =
            usual.map(|(place, _)| Name::of(group.iter().map(|at| &hits[*at]), place, people, evidence));
        keys.clear();
        for at in group {
            let hit = &hits[*at];
            let own = hit.qualifier != Qualifier::None || hit.context.called != Called::Nothing;
            let choice = if own { choose(hit, stated, evidence) } else { usual };
            let Some((place, via)) = choice else { continue };
            if name.as_ref().is_some_and(|name| decide::is_place(hit, name)) {
                let key = match place {
                    Chosen::Listed(place) => {
                        let same = |other: &Place| {
                            let what =
                                |place: &Place| (place.country, place.region, place.sort() == Sort::State);
                            what(other) == what(&place)
                        };
                        if let Some((_, key)) = keys.iter().find(|(other, _)| same(other)) {
                            key.clone()
                        } else {
                            let key = key_of(place, written(hit));
                            keys.push((place, key.clone()));
                            key
                        }
                    }
                    Chosen::Stated { country, region } => unlisted(hit, country, region),
                };
                read[*at] = Some((key, via));
            }
        }
    }
    read
}

/// What a name was read as.
#[derive(Clone, Copy)]
pub(super) enum Chosen {
    Listed(Place),
    /// A town that the gazetteer has not, in the state after it.
    Stated {
        country: u8,
        region: u8,
    },
}

/// The place that a hit names, `stated` being what stands after another mention of its name.
fn choose(hit: &Hit<'_>, stated: Option<Qualifier>, evidence: &Evidence) -> Option<(Chosen, &'static str)> {
    let places = || hit.node.into_iter().flat_map(|node| PLACES.of(node));
    let fits = |place: &Place, qualifier: Qualifier| match qualifier {
        Qualifier::State { region, .. } => place.region == region && place.sort() != Sort::State,
        Qualifier::Country(country) => place.country == country,
        Qualifier::None => false,
    };
    for qualifier in [Some(hit.qualifier), stated].into_iter().flatten() {
        if let Some(place) = places().find(|place| fits(place, qualifier)) {
            let via = match qualifier {
                Qualifier::State { .. } => "place:region-after",
                _ => "place:country-after",
            };
            return Some((Chosen::Listed(place), via));
        }
        if let Qualifier::State { country, region } = qualifier
            && !places().any(|place| place.sort() == Sort::State)
        {
            return Some((Chosen::Stated { country, region }, "place:region-after"));
        }
    }
    let wanted = |place: &Place| match place.sort() {
        Sort::State => {
            hit.context.called != Called::City
                && (!place.is_abbreviation()
                    || !places().any(|p| p.sort() == Sort::City)
                    || hit.context.called == Called::State)
        }
        Sort::City => hit.context.called != Called::State || !places().any(|p| p.sort() == Sort::State),
        Sort::Hint => false,
        _ => true,
    };
    // The first of those that have the most: it is the largest.
    let mut best: Option<(i32, Place)> = None;
    let mut count = 0;
    for place in places().filter(wanted) {
        let weight = weight(place, evidence);
        count += 1;
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, place));
        }
    }
    let (_, place) = best?;
    let largest = places().find(wanted)?;
    let via = match place.sort() {
        Sort::State | Sort::Region => "place:region",
        _ if count == 1 => "place:only",
        _ if place == largest => "place:population",
        _ if place.country == largest.country => "place:region-near",
        _ => "place:country-near",
    };
    let place = if place.sort() == Sort::County && count > 1 && evidence.region(place.region) == 0 {
        place.anywhere()
    } else {
        place
    };
    Some((Chosen::Listed(place), via))
}

/// Half a million people: a capital of that size is meant even where the article tells of a state with a town of its name.
const FAMOUS: u8 = 75;

/// How likely it is that a name means this place: how many live there, and what the article tells.
fn weight(place: Place, evidence: &Evidence) -> i32 {
    let step = |found: u16, some: i32, much: i32| match found {
        0 => 0,
        1..=4 => some,
        _ => much,
    };
    let famous = if place.is_capital() && place.size >= FAMOUS {
        25
    } else if place.is_capital() || (place.size >= 84 && place.sort() == Sort::City) {
        15
    } else {
        0
    };
    let local = i32::from(evidence.local(place.country).min(4))
        * if evidence.is_abroad(place.country) { 4 } else { 14 };
    let by_another_name = if PLACES.own_name(place).is_some() { 8 } else { 0 };
    i32::from(place.size) - by_another_name
        + famous
        + local
        + step(evidence.country(place.country), 8, 16)
        + step(evidence.region(place.region), 18, 34)
}

/// The name as it stands, as keys have it.
fn written(hit: &Hit<'_>) -> String {
    let mut name = String::new();
    for at in hit.first..=hit.last {
        push_name(hit.words.text.word(at), &mut name);
    }
    name
}

fn unlisted(hit: &Hit<'_>, country: u8, region: u8) -> String {
    let mut key = written(hit);
    for code in [PLACES.region(region), PLACES.country(country)].into_iter().flatten() {
        key.push_str(", ");
        key.push_str(code);
    }
    key
}
