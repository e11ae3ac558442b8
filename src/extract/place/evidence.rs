//! What the article tells of countries and states.

use super::Hit;
use super::qualifier::Qualifier;
use crate::article::{Kind, Mention, Reading};
use crate::extract::person::lexicon::Flags;
use crate::names::place::{PLACES, Place, Sort};

/// A city that is so much larger than the next one of its name leaves no doubt: as the logarithm of [`Place::size`].
const NO_DOUBT: u8 = 12;
/// A million people.
const METROPOLIS: u8 = 80;
/// A hundred thousand people.
const LARGE: u8 = 66;

/// How often countries and states are named, by the indices of the gazetteer.
pub(super) struct Evidence {
    countries: [u16; 256],
    regions: [u16; 256],
    /// How much tells that the article is local news of a country.
    local: [u16; 256],
    /// How often countries are named by their own names or by those of states; and the sum.
    named: [u16; 256],
    named_in_all: u16,
}

impl Evidence {
    /// What the article's countries, which are among `others`, and the names of places tell.
    pub(super) fn of(others: &[&Mention], hits: &[Hit<'_>]) -> Self {
        let mut evidence = Self {
            countries: [0; 256],
            regions: [0; 256],
            local: [0; 256],
            named: [0; 256],
            named_in_all: 0,
        };
        for mention in others {
            if let (Kind::Country, Reading::Entity(code)) = (mention.kind, &mention.reading)
                && let Some(index) = PLACES.country_index(code)
            {
                evidence.add_country(index, 2);
                evidence.name(index);
            }
        }
        for hit in hits {
            match hit.qualifier {
                Qualifier::State { country, region } => {
                    evidence.add_country(country, 2);
                    evidence.name(country);
                    evidence.add_region(region, 2);
                }
                Qualifier::Country(country) => evidence.add_country(country, 1),
                Qualifier::None => {
                    if let Some(country) = local(hit) {
                        let count = &mut evidence.local[usize::from(country)];
                        *count = count.saturating_add(1);
                    }
                    if let Some(place) = small_town(hit) {
                        evidence.add_country(place.country, 1);
                        evidence.add_region(place.region, 1);
                        let count = &mut evidence.local[usize::from(place.country)];
                        *count = count.saturating_add(1);
                    }
                    if let Some(place) = beyond_doubt(hit) {
                        let weight = if hit.context.in_a_name || hit.context.in_a_body { 1 } else { 2 };
                        evidence.add_country(place.country, weight);
                        // A metropolis tells little of its state: "New York".
                        if place.size < METROPOLIS || place.sort() == Sort::State {
                            evidence.add_region(place.region, weight);
                        }
                    }
                }
            }
        }
        evidence
    }

    fn name(&mut self, index: u8) {
        self.named[usize::from(index)] = self.named[usize::from(index)].saturating_add(1);
        self.named_in_all = self.named_in_all.saturating_add(1);
    }

    fn add_country(&mut self, index: u8, weight: u16) {
        if index > 0 {
            self.countries[usize::from(index)] = self.countries[usize::from(index)].saturating_add(weight);
        }
    }

    fn add_region(&mut self, index: u8, weight: u16) {
        if index > 0 {
            self.regions[usize::from(index)] = self.regions[usize::from(index)].saturating_add(weight);
        }
    }

    /// How much speaks for a country.
    pub(super) fn country(&self, index: u8) -> u16 {
        if index == 0 { 0 } else { self.countries[usize::from(index)] }
    }

    /// Whether the article names other countries than this one.
    pub(super) fn is_abroad(&self, index: u8) -> bool {
        self.named_in_all > self.named[usize::from(index)]
    }

    /// How much tells that the article is local news of a country.
    pub(super) fn local(&self, index: u8) -> u16 {
        self.local[usize::from(index)]
    }

    /// How much speaks for a state or province.
    pub(super) fn region(&self, index: u8) -> u16 {
        if index == 0 { 0 } else { self.regions[usize::from(index)] }
    }
}

/// The country whose local news has this name or these words.
fn local(hit: &Hit<'_>) -> Option<u8> {
    let place = PLACES.of(hit.node?).next()?;
    let is_british = place.sort() == Sort::County && hit.words.text.word(hit.last + 1) == "Council";
    (matches!(place.sort(), Sort::County | Sort::Hint) && !is_british).then_some(place.country)
}

/// A town that only its own region names, and which no other country has: it tells whose local news the article is.
fn small_town(hit: &Hit<'_>) -> Option<Place> {
    let mut places = PLACES.of(hit.node?);
    let first = places.next()?;
    let flags = hit.words.flags(hit.first);
    let is_word =
        hit.first == hit.last && flags.has(Flags::COMMON | Flags::STOP | Flags::FIRST | Flags::LAST);
    let is_one = first.sort() == Sort::City
        && first.size < LARGE
        && places.all(|place| place.country == first.country);
    (is_one && !is_word && !hit.context.in_a_name && hit.context.cue > 0).then_some(first)
}

/// The place that a name means in nearly every article: a state, or a large city without a rival.
fn beyond_doubt(hit: &Hit<'_>) -> Option<Place> {
    let mut places = PLACES.of(hit.node?);
    let first = places.next()?;
    let next = places.find(|place| place.country != first.country);
    let sure = match first.sort() {
        Sort::State => !first.is_abbreviation(),
        Sort::Region => first.country > 0 && next.is_none(),
        Sort::County | Sort::Hint => false,
        Sort::City => first.size >= LARGE && next.is_none_or(|next| next.size + NO_DOUBT <= first.size),
    };
    sure.then_some(first)
}
