//! Keys of places: `paris, FR`, `paris, TX, US`, `texas, US`, `danube`.
//!
//! A key is the folded name and, after commas, the state or province (of the United States and Canada) and the country, in
//! capitals. The name itself has none, so a code is never mistaken for a name.

/// The part that every key with a country has.
pub const IN_A_COUNTRY: &str = "*";

/// The country of a place's key.
///
/// ```
/// use dateline::article::place::country;
/// assert_eq!(country("springfield, IL, US"), Some("US"));
/// assert_eq!(country("danube"), None);
/// ```
pub fn country(key: &str) -> Option<&str> {
    key.rsplit_once(", ").map(|(_, country)| country)
}

/// What a place is found by, beside its whole key: its name, its name with the country, the country's code, and `*`
/// if it has one.
///
/// ```
/// use dateline::article::place::parts;
/// let all: Vec<String> = parts("springfield, IL, US").map(|part| part.concat()).collect();
/// assert_eq!(all, ["springfield", "springfield, US", "US", "*"]);
/// let all: Vec<String> = parts("danube").map(|part| part.concat()).collect();
/// assert_eq!(all, ["danube"]);
/// ```
pub fn parts(key: &str) -> impl Iterator<Item = [&str; 3]> {
    let name = key.split_once(", ").map_or(key, |(name, _)| name);
    let codes = key.strip_prefix(name).unwrap_or("");
    let country = country(key);
    let has_region = country.is_some_and(|country| codes.len() > country.len() + 2);
    [
        Some([name, "", ""]),
        country.filter(|_| has_region).map(|country| [name, ", ", country]),
        country.map(|country| [country, "", ""]),
        country.map(|_| [IN_A_COUNTRY, "", ""]),
    ]
    .into_iter()
    .flatten()
}
