//! What the whole article tells about which countries it speaks of.

use super::Hit;
use super::table::Role;
use crate::extract::Text;
use crate::names::country::{ROWS, row_of};

/// Counts over all texts of one article.
#[derive(Debug)]
pub(super) struct Evidence {
    /// How often each row is named in a way that leaves no doubt, or hinted at.
    rows: Vec<u16>,
    /// How many names of other countries than the United States leave no doubt.
    foreign: u16,
    /// How many states of the United States are named.
    states: u16,
    /// How many cities of the United States are named.
    cities: u16,
    /// Rows named as a town of the United States: "Lebanon, Ohio".
    towns: Vec<usize>,
    /// Whether "turkey" stands in lower case: the article is about the bird.
    poultry: bool,
}

impl Evidence {
    pub(super) fn new() -> Self {
        Self {
            rows: vec![0; ROWS.len()],
            foreign: 0,
            states: 0,
            cities: 0,
            towns: Vec::new(),
            poultry: false,
        }
    }

    /// Adds what `hits` tell, which stand in `texts`.
    pub(super) fn count(&mut self, texts: &[Text<'_>], hits: &[Hit<'_>]) {
        for hit in hits {
            let (role, row) = (hit.sense.role, hit.sense.row);
            match role {
                Role::State => self.states = self.states.saturating_add(1),
                Role::City => self.cities = self.cities.saturating_add(1),
                Role::Veto => {}
                Role::Name if super::context::is_american_state(hit) => {
                    self.states = self.states.saturating_add(1);
                }
                Role::Name if super::context::is_town_in_a_state(hit) => {
                    self.states += 1;
                    self.towns.push(row);
                }
                _ if hit.sense.ambiguous || super::context::is_shared(hit.surface()) => {}
                _ => {
                    let Some(count) = self.rows.get_mut(row) else { continue };
                    *count = count.saturating_add(1);
                    if ROWS[row].alpha2 != "US" && !matches!(role, Role::Hint | Role::Capital) {
                        self.foreign = self.foreign.saturating_add(1);
                    }
                }
            }
        }
        let turkey = row_of("TR");
        if hits.iter().any(|hit| hit.sense.role == Role::Name && Some(hit.sense.row) == turkey) {
            self.poultry =
                texts.iter().any(|text| memchr::memmem::find(text.text.as_bytes(), b"turkey").is_some());
        }
    }

    /// How often the country of this row is named beyond doubt.
    pub(super) fn of_row(&self, row: usize) -> u16 {
        self.rows.get(row).copied().unwrap_or(0)
    }

    /// Whether the article seems to be domestic news of the United States.
    pub(super) fn is_american(&self) -> bool {
        self.states > self.foreign
    }

    /// Whether other countries are spoken of.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign > 0 && !self.is_american()
    }

    /// Whether the United States, one of its states or cities is named.
    pub(super) fn tells_of_america(&self) -> bool {
        self.states > 0 || self.cities > 0 || row_of("US").is_some_and(|row| self.of_row(row) > 0)
    }

    /// Whether one of these countries is named beyond doubt.
    pub(super) fn names_any(&self, codes: &[&str]) -> bool {
        codes.iter().any(|code| row_of(code).is_some_and(|row| self.of_row(row) > 0))
    }

    /// Whether the article names an American town so, and never the country beyond doubt.
    pub(super) fn is_a_town(&self, row: usize) -> bool {
        self.towns.contains(&row)
    }

    /// Whether the article speaks of the bird.
    pub(super) fn is_poultry(&self) -> bool {
        self.poultry
    }
}
