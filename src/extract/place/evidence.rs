//! What the article tells of countries and states.

use super::Hit;
use super::qualifier::Qualifier;
use crate::article::{Kind, Mention, Reading};
use crate::names::place::{PLACES, Place, Sort};

/// A city that is so much larger than the next one of its name leaves no doubt: as the logarithm of [`Place::size`].
const NO_DOUBT: u8 = 12;
/// A hundred thousand people.
const LARGE: u8 = 66;

/// How often countries and states are named, by the indices of the gazetteer.
pub(super) struct Evidence {
    countries: [u16; 256],
    regions: [u16; 256],
}

impl Evidence {
    /// What the article's countries, which are among `others`, and the names of places tell.
    pub(super) fn of(others: &[&Mention], hits: &[Hit<'_>]) -> Self {
        let mut evidence = Self { countries: [0; 256], regions: [0; 256] };
        for mention in others {
            if let (Kind::Country, Reading::Entity(code)) = (mention.kind, &mention.reading)
                && let Some(index) = PLACES.country_index(code)
            {
                evidence.add_country(index, 2);
            }
        }
        for hit in hits {
            match hit.qualifier {
                Qualifier::State { country, region } => {
                    evidence.add_country(country, 2);
                    evidence.add_region(region, 2);
                }
                Qualifier::Country(country) => evidence.add_country(country, 1),
                Qualifier::None => {
                    if let Some(place) = beyond_doubt(hit) {
                        let weight = if hit.context.in_a_name || hit.context.in_a_body { 1 } else { 2 };
                        evidence.add_country(place.country, weight);
                        evidence.add_region(place.region, weight);
                    }
                }
            }
        }
        evidence
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

    /// How much speaks for a state or province.
    pub(super) fn region(&self, index: u8) -> u16 {
        if index == 0 { 0 } else { self.regions[usize::from(index)] }
    }
}

/// The place that a name means in nearly every article: a state, or a large city without a rival.
fn beyond_doubt(hit: &Hit<'_>) -> Option<Place> {
    let mut places = PLACES.of(hit.node?);
    let first = places.next()?;
    let next = places.find(|place| place.country != first.country);
    let sure = match first.sort() {
        Sort::State => !first.is_abbreviation(),
        Sort::Region => first.country > 0 && next.is_none(),
        Sort::County => false,
        Sort::City => first.size >= LARGE && next.is_none_or(|next| next.size + NO_DOUBT <= first.size),
    };
    sure.then_some(first)
}
