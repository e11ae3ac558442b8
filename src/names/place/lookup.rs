//! What a query says of a place: `paris`, `paris, texas`, `paris, FR`, `bombay`.

use super::key::normalised;
use super::pack::hash_of;
use super::table::{PLACES, Place, Sort};
use crate::names::country;

/// The places that a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Those with one of these keys.
    pub keys: Vec<String>,
    /// Those that have one of these [parts](crate::article::place::parts).
    pub parts: Vec<String>,
}

/// The places that `name` may mean: every one of that name, or those in the state, province or country after a comma.
/// Another name of a place leads to its own. Nothing for a state or country that is none.
///
/// ```
/// use dateline::names::place::lookup;
/// assert_eq!(lookup("Paris").parts, ["paris"]);
/// assert_eq!(lookup("Paris, Texas").keys, ["paris, TX, US"]);
/// assert_eq!(lookup("Paris, France").keys, ["paris, FR"]);
/// assert_eq!(lookup("Springfield, Ill.").keys, ["springfield, IL, US"]);
/// assert_eq!(lookup("Bombay").parts, ["mumbai", "bombay"]);
/// ```
pub fn lookup(name: &str) -> Asked {
    let mut asked = Asked { keys: Vec::new(), parts: Vec::new() };
    let (first, rest) = name.split_once(',').map_or((name, ""), |(first, rest)| (first, rest.trim()));
    let names = names_of(first);
    let (middle, last) =
        rest.rsplit_once(',').map_or(("", rest), |(middle, last)| (middle.trim(), last.trim()));
    if last.is_empty() {
        asked.parts = names;
        return asked;
    }
    let countries: Vec<&str> = country::lookup(last).into_iter().collect();
    for name in &names {
        if middle.is_empty() {
            for (region, country) in states(last) {
                asked.keys.push(format!("{name}, {region}, {country}"));
            }
        }
        for country in &countries {
            let regions = states(middle).into_iter().filter(|(_, of)| of == country);
            let regions: Vec<&str> = regions.map(|(region, _)| region).collect();
            if regions.is_empty() {
                asked.keys.push(format!("{name}, {country}"));
                asked.parts.push(format!("{name}, {country}"));
            }
            asked.keys.extend(regions.iter().map(|region| format!("{name}, {region}, {country}")));
        }
    }
    asked.parts.retain(|part| part.ends_with(", US") || part.ends_with(", CA"));
    asked
}

/// The name and, before it, the own name of the largest place that it leads to.
fn names_of(name: &str) -> Vec<String> {
    let mut names: Vec<String> =
        places(name).into_iter().take(1).filter_map(|p| PLACES.own_name(p)).map(str::to_owned).collect();
    let written = normalised(name);
    if !names.contains(&written) {
        names.push(written);
    }
    names
}

fn places(name: &str) -> Vec<Place> {
    PLACES.node(hash_of(name).0).into_iter().flat_map(|node| PLACES.of(node)).collect()
}

/// The states and provinces that `name` can be, with their countries.
fn states(name: &str) -> Vec<(&'static str, &'static str)> {
    let states = places(name).into_iter().filter(|p| p.sort() == Sort::State);
    states.filter_map(|p| Some((PLACES.region(p.region)?, PLACES.country(p.country)?))).collect()
}

/// How large the largest city of that name is: four times the binary logarithm of how many people live there.
pub(crate) fn city_size(name: &str) -> Option<u8> {
    let cities = places(name).into_iter().filter(|p| p.sort() == Sort::City && !p.is_abbreviation());
    cities.map(|p| p.size).max()
}

/// Whether `name` is a country, a state or a region, or an abbreviation that towns are written with.
pub(crate) fn is_land(name: &str) -> bool {
    country::lookup(name).is_some()
        || places(name).iter().any(|p| matches!(p.sort(), Sort::State | Sort::Region | Sort::County))
}
