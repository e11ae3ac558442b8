//! Quantities, and dates as they stand to the day of publication.

use super::bits::{BitReader, BitWriter};
use super::key::NAME;
use super::tables::{self, UNITS};
use crate::article::{DAY, Kind, Modifier, Period, Quantity, Trend, civil, day_number};
use crate::index::stored::Names;

const MODIFIERS: [Modifier; 6] =
    [Modifier::Equal, Modifier::About, Modifier::Above, Modifier::AtLeast, Modifier::AtMost, Modifier::Below];
const TRENDS: [Option<Trend>; 3] = [None, Some(Trend::Up), Some(Trend::Down)];

/// Orders of the numbers; see [`BitWriter::number`].
const FEW: u32 = 0;
const UNIT: u32 = 2;
const ROUND: u32 = 3;
const DIGITS: u32 = 4;
const YEARS: u32 = 1;
const MONTHS: u32 = 2;
const DAYS: u32 = 3;

/// What the number of a unit says that is in no table: that there is none, or that it is written out.
const UNIT_NONE: u64 = 0;
const UNIT_NAMED: u64 = 1;
const UNIT_ROWS: u64 = 2;

/// How a value is told: as a whole number, one times a power of ten, one divided by a power of ten, as the opposite of what
/// follows, or as the 64 bits that it has.
const WHOLE: u64 = 0;
const TENS: u64 = 1;
const TENTHS: u64 = 2;
const MINUS: u64 = 3;
const EXACT: u64 = 4;

/// The powers of ten that floats have.
const POWERS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
/// Up to this every whole number is one that a float can be.
const MOST: f64 = 9_007_199_254_740_992.0;

pub(super) fn write_quantity<'a>(
    bits: &mut BitWriter,
    (kind, quantity): (Kind, &'a Quantity),
    names: &mut Names<'a>,
) {
    let place = |found: Option<usize>| found.unwrap_or(0) as u64;
    bits.number(place(MODIFIERS.iter().position(|modifier| *modifier == quantity.modifier)), FEW);
    bits.number(place(TRENDS.iter().position(|trend| *trend == quantity.trend)), FEW);
    let unit = quantity.unit.as_deref();
    let usual = unit == tables::usual_unit(kind);
    bits.bit(!usual);
    match unit {
        _ if usual => {}
        None => bits.number(UNIT_NONE, UNIT),
        Some(unit) => {
            if let Some(row) = tables::unit(unit) {
                bits.number(row as u64 + UNIT_ROWS, UNIT);
            } else {
                bits.number(UNIT_NAMED, UNIT);
                bits.number(u64::from(names.number(unit)), NAME);
            }
        }
    }
    let interval = quantity.hi.total_cmp(&quantity.lo).is_ne();
    bits.bit(interval);
    write_value(bits, quantity.lo);
    if interval {
        write_value(bits, quantity.hi);
    }
}

pub(super) fn read_quantity(bits: &mut BitReader<'_>, kind: Kind, names: &[&str]) -> Option<Quantity> {
    let mut row = || usize::try_from(bits.number(FEW)?).ok();
    let modifier = *MODIFIERS.get(row()?)?;
    let trend = *TRENDS.get(row()?)?;
    let unit = if bits.bit()? {
        match bits.number(UNIT)? {
            UNIT_NONE => None,
            UNIT_NAMED => {
                let name = usize::try_from(bits.number(NAME)?).ok()?;
                Some((*names.get(name)?).to_owned().into())
            }
            row => Some((*UNITS.get(usize::try_from(row - UNIT_ROWS).ok()?)?).into()),
        }
    } else {
        tables::usual_unit(kind).map(Into::into)
    };
    let interval = bits.bit()?;
    let lo = read_value(bits)?;
    let hi = if interval { read_value(bits)? } else { lo };
    Quantity::new(lo, hi, modifier, trend, unit)
}

fn write_value(bits: &mut BitWriter, value: f64) {
    let size = value.abs();
    let told = tens(size).map(|told| (TENS, told)).or_else(|| tenths(size).map(|told| (TENTHS, told)));
    let Some((how, (number, power))) = told.filter(|_| value > 0.0 || value.to_bits() == 0 || value < 0.0)
    else {
        bits.number(EXACT, FEW);
        bits.bits(value.to_bits(), 32);
        bits.bits(value.to_bits() >> 32, 32);
        return;
    };
    if value < 0.0 {
        bits.number(MINUS, FEW);
    }
    if power == 0 {
        bits.number(WHOLE, FEW);
        bits.number(number, DIGITS);
    } else {
        bits.number(how, FEW);
        bits.number(power - 1, YEARS);
        bits.number(number, ROUND);
    }
}

/// A whole number as another one and a power of ten, above the first if that is taken.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and below 2^53")]
fn tens(size: f64) -> Option<(u64, u64)> {
    if !(size < MOST && size.fract() == 0.0) {
        return None;
    }
    let (mut number, mut power) = (size as u64, 0);
    while number >= 10 && number % 10 == 0 {
        (number, power) = (number / 10, power + 1);
    }
    // One or two zeros cost less than the power.
    Some(if power > 2 { (number, power) } else { (size as u64, 0) })
}

/// A number as one divided by a power of ten, if that gives the same bits again.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and below 2^53")]
fn tenths(size: f64) -> Option<(u64, u64)> {
    let fits = |power: &(&f64, u64)| {
        let number = (size * power.0).round();
        number < MOST && (number / power.0).to_bits() == size.to_bits()
    };
    let (power, exponent) = POWERS.iter().zip(0..).skip(1).find(fits)?;
    Some(((size * power).round() as u64, exponent))
}

fn read_value(bits: &mut BitReader<'_>) -> Option<f64> {
    match bits.number(FEW)? {
        MINUS => read_size(bits).map(|size| -size),
        how => read_told(bits, how),
    }
}

fn read_size(bits: &mut BitReader<'_>) -> Option<f64> {
    let how = bits.number(FEW)?;
    read_told(bits, how)
}

#[allow(clippy::cast_precision_loss, reason = "below 2^53, or refused")]
fn read_told(bits: &mut BitReader<'_>, how: u64) -> Option<f64> {
    let whole = |number: u64| Some(number as f64).filter(|number| *number < MOST);
    match how {
        WHOLE => whole(bits.number(DIGITS)?),
        TENS => {
            let power = u32::try_from(bits.number(YEARS)? + 1).ok()?;
            let number = bits.number(ROUND)?;
            whole(10u64.checked_pow(power).and_then(|power| power.checked_mul(number))?)
        }
        TENTHS => {
            let power = POWERS.get(usize::try_from(bits.number(YEARS)? + 1).ok()?)?;
            Some(whole(bits.number(ROUND)?)? / power)
        }
        EXACT => Some(f64::from_bits(bits.bits(32)? | bits.bits(32)? << 32)),
        _ => None,
    }
}

/// The months from year 0 on that lie before the day, if it is the first of one.
fn month(day: i32) -> Option<i64> {
    let (year, month, day) = civil(day);
    (day == 1).then_some(i64::from(year) * 12 + i64::from(month) - 1)
}

/// The first day of a month.
fn first_of(month: i64) -> Option<i32> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    day_number(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
}

/// The day of a second, and its month.
pub(super) fn day_of(second: i64) -> (i32, i64) {
    /// Days of the years that periods lie in.
    const DAYS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;
    let day = i32::try_from(second.div_euclid(DAY)).unwrap_or_default();
    let day = day.clamp(*DAYS.start(), *DAYS.end());
    let (year, month, _) = civil(day);
    (day, i64::from(year) * 12 + i64::from(month) - 1)
}

/// Writes a period as it stands to the day and month `now`: in years, months or days.
pub(super) fn write_period(bits: &mut BitWriter, period: &Period, now: (i32, i64)) {
    let day = |second: i64| i32::try_from(second.div_euclid(DAY)).unwrap_or_default();
    let (from, past) = (day(period.from()), day(period.to()));
    if let Some((from, past)) = month(from).zip(month(past)) {
        bits.bit(true);
        let years = from.rem_euclid(12) == 0 && past.rem_euclid(12) == 0;
        bits.bit(years);
        if years {
            bits.signed(from / 12 - now.1 / 12, YEARS);
            bits.number(((past - from) / 12 - 1).unsigned_abs(), FEW);
        } else {
            bits.signed(from - now.1, MONTHS);
            bits.number((past - from - 1).unsigned_abs(), FEW);
        }
    } else {
        bits.bit(false);
        bits.signed(i64::from(from) - i64::from(now.0), DAYS);
        bits.number(u64::from(past.abs_diff(from)).saturating_sub(1), FEW);
    }
}

pub(super) fn read_period(bits: &mut BitReader<'_>, now: (i32, i64)) -> Option<Period> {
    let end = |from: i64, count: u64| from.checked_add_unsigned(count)?.checked_add(1);
    let (from, past) = if bits.bit()? {
        let scale = if bits.bit()? { 12 } else { 1 };
        let from = bits.signed(if scale == 12 { YEARS } else { MONTHS })?.checked_add(now.1 / scale)?;
        let past = end(from, bits.number(FEW)?)?;
        (first_of(from.checked_mul(scale)?)?, first_of(past.checked_mul(scale)?)?)
    } else {
        let from = bits.signed(DAYS)?.checked_add(i64::from(now.0))?;
        let past = end(from, bits.number(FEW)?)?;
        (i32::try_from(from).ok()?, i32::try_from(past).ok()?)
    };
    Period::of_days(from, past)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_come_back_bit_by_bit() {
        for value in [
            0.0,
            -0.0,
            0.1,
            2.5,
            1e300,
            5e9,
            1.25e9,
            400.0,
            -3.0,
            -0.5,
            1.0 / 3.0,
            MOST,
            MOST - 1.0,
            9_007_199_254_740_993.0,
            f64::MIN_POSITIVE,
            1e15,
            12_345.678_9,
        ] {
            let mut bits = BitWriter::default();
            write_value(&mut bits, value);
            let bytes = bits.finish();
            let read = read_value(&mut BitReader::new(&bytes)).map(f64::to_bits);
            assert_eq!(read, Some(value.to_bits()), "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_value_comes_back(value in prop_oneof![any::<f64>(), -1e6f64..1e6, (-99_999i32..99_999).prop_map(|n| f64::from(n) / 100.0)]) {
            let mut bits = BitWriter::default();
            write_value(&mut bits, value);
            let bytes = bits.finish();
            prop_assert_eq!(read_value(&mut BitReader::new(&bytes)).map(f64::to_bits), Some(value.to_bits()));
        }

        #[test]
        fn periods_come_back(from in -719_000i32..2_900_000, count in prop_oneof![1i32..40, 1i32..4000], round in 0u8..3, now in any::<i64>()) {
            let (year, month, _) = civil(from);
            let first = day_number(year, if round == 2 { 1 } else { month }, 1).unwrap();
            let period = match round {
                0 => Period::of_days(from, from + count),
                1 => Period::of_days(first, day_number(year + 1, month, 1).unwrap()),
                _ => Period::of_days(first, day_number(year + 1, 1, 1).unwrap()),
            };
            let period = period.unwrap();
            let mut bits = BitWriter::default();
            write_period(&mut bits, &period, day_of(now));
            let bytes = bits.finish();
            prop_assert_eq!(read_period(&mut BitReader::new(&bytes), day_of(now)), Some(period));
        }

        #[test]
        fn any_bits_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut bits = BitReader::new(&bytes);
            while read_quantity(&mut bits, Kind::Number, &["x"]).is_some() && read_period(&mut bits, (0, 0)).is_some() {}
        }
    }
}
