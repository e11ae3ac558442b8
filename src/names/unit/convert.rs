//! Which units measure the same, and how many of one make one of another.
//!
//! Factors are exact where the unit is defined by one: the international yard and pound (1959), the US gallon of 231 cubic
//! inches, the imperial gallon of 4.546 09 litres, the nautical mile of 1,852 metres, the barrel of oil of 42 US gallons; all
//! as in NIST Special Publication 811 (2008), appendix B. A "ton" is the short one of 2,000 pounds, a "gallon" and a "pint"
//! those of the United States.

use crate::names::wordlist::{Table, row};

/// What is measured; units of one dimension can be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Time,
    Power,
    Energy,
}

use Dimension::{Area, Energy, Length, Mass, Power, Speed, Time, Volume};

/// Units with how many metres, square metres, litres, kilograms, metres per second, seconds, watts or joules make one; sorted.
static FACTORS: Table<(Dimension, f64)> = Table::new(&[
    ("acre", (Area, 4_046.856_422_4)),
    ("barrel", (Volume, 158.987_294_928)),
    ("centimetre", (Length, 0.01)),
    ("cubic centimetre", (Volume, 0.001)),
    ("cubic foot", (Volume, 28.316_846_592)),
    ("cubic metre", (Volume, 1000.0)),
    ("day", (Time, 86_400.0)),
    ("foot", (Length, 0.3048)),
    ("gallon", (Volume, 3.785_411_784)),
    ("gigawatt", (Power, 1e9)),
    ("gigawatt hour", (Energy, 3.6e12)),
    ("gram", (Mass, 0.001)),
    ("hectare", (Area, 10_000.0)),
    ("hour", (Time, 3600.0)),
    ("inch", (Length, 0.0254)),
    ("kilogram", (Mass, 1.0)),
    ("kilometre", (Length, 1000.0)),
    ("kilometre per hour", (Speed, 1.0 / 3.6)),
    ("kilowatt", (Power, 1000.0)),
    ("kilowatt hour", (Energy, 3.6e6)),
    ("litre", (Volume, 1.0)),
    ("megawatt", (Power, 1e6)),
    ("megawatt hour", (Energy, 3.6e9)),
    ("metre", (Length, 1.0)),
    ("metre per second", (Speed, 1.0)),
    ("mile", (Length, 1_609.344)),
    ("mile per hour", (Speed, 0.447_04)),
    ("milligram", (Mass, 1e-6)),
    ("millilitre", (Volume, 0.001)),
    ("millimetre", (Length, 0.001)),
    ("minute", (Time, 60.0)),
    ("nautical mile", (Length, 1852.0)),
    ("ounce", (Mass, 0.028_349_523_125)),
    ("pint", (Volume, 0.473_176_473)),
    ("pound", (Mass, 0.453_592_37)),
    ("second", (Time, 1.0)),
    ("square foot", (Area, 0.092_903_04)),
    ("square kilometre", (Area, 1e6)),
    ("square metre", (Area, 1.0)),
    ("square mile", (Area, 2_589_988.110_336)),
    ("square yard", (Area, 0.836_127_36)),
    ("terawatt hour", (Energy, 3.6e15)),
    ("ton", (Mass, 907.184_74)),
    ("tonne", (Mass, 1000.0)),
    ("watt", (Power, 1.0)),
    ("watt hour", (Energy, 3600.0)),
    ("week", (Time, 604_800.0)),
    ("yard", (Length, 0.9144)),
]);

/// The units that measure what `unit`, a canonical name, measures, each with what a value in `unit` is multiplied by to be one
/// in it; `unit` itself is the first, and the only one if nothing is known of it. Spans of time are not converted to months
/// and years, which differ in length.
///
/// ```
/// use dateline::names::unit::alike;
/// let miles = alike("kilometre").find(|(unit, _)| *unit == "mile").unwrap();
/// assert!((miles.1 - 0.621_371).abs() < 1e-6);
/// assert_eq!(alike("volt").count(), 1);
/// ```
pub fn alike(unit: &str) -> impl Iterator<Item = (&str, f64)> {
    let known = row(&FACTORS, unit);
    let others = FACTORS.rows.iter().filter_map(move |(other, (dimension, factor))| {
        let (own, by) = known?;
        (own == *dimension && *other != unit).then_some((*other, by / factor))
    });
    std::iter::once((unit, 1.0)).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::unit::{lookup, name_of};
    use crate::names::wordlist::lower;

    #[test]
    fn the_table_is_sorted_and_its_units_are_what_texts_are_read_as() {
        assert!(FACTORS.rows.is_sorted_by_key(|row| row.0));
        for (unit, _) in FACTORS.rows.iter().filter(|(unit, _)| !unit.contains(' ')) {
            assert_eq!(name_of(&lower(unit)), Some(*unit));
            assert_eq!(lookup(unit).1, *unit);
        }
    }

    #[test]
    fn what_is_converted_there_and_back_is_what_it_was() {
        for (unit, _) in FACTORS.rows {
            for (other, by) in alike(unit) {
                let back = alike(other).find(|(name, _)| name == unit).map(|(_, by)| by);
                assert!(back.is_some_and(|back| (back * by - 1.0).abs() < 1e-12), "{unit} {other}");
            }
        }
    }
}
