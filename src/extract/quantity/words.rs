//! Numbers in words: "one hundred and twenty", "twenty-five", "half a million", "two-thirds", "several hundred".

use std::sync::LazyLock;

use super::vague::{self, Vague};
use super::value::WORDS as MAGNITUDES;
use crate::article::Span;
use crate::extract::date::{self, DateWord};

/// What a single word contributes to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// nought to nineteen
    Unit(f64),
    /// twenty to ninety
    Ten(f64),
    /// hundred, thousand, million, crore, dozen
    Scale(f64),
    /// dozens, hundreds, tens, a handful
    Vague(Vague),
    /// half
    Half,
    /// quarter, third, fifths: what it divides by, and whether it is a plural
    Part(f64, bool),
    /// several, few
    Several,
    /// couple
    Couple,
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "400", "40bn"
    Digits,
    /// "four hundred"
    Words,
    /// "two-thirds", "half", "one in ten"
    Fraction,
    /// "dozens", "several hundred", "a couple"
    Vague,
}

/// What a word of the table belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Means {
    /// A number in words.
    Number(Word),
    /// A date.
    Date(DateWord),
}

/// All words that a number or a date may begin with, or that a number may have; all have three letters or more.
pub(super) struct Words {
    /// For each hash of first three letters and length, one more than the place of the first such word; most words of a
    /// text end at a 0 here.
    places: [u8; 4096],
    /// The words, in the order of their hashes.
    table: Vec<(&'static str, Means)>,
}

impl Words {
    /// Whether neither a figure nor a word of the table can stand at `span`; false now and then where none does, and for
    /// the last few words of a text. Asked of every token of a text, so that little more than a load is spent.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "single bytes are taken")]
    pub(super) fn rules_out(&self, bytes: &[u8], span: Span) -> bool {
        // For each length, the bits that letters have and figures, full stops and apostrophes have not, up to the fifth byte: a
        // digit further on makes no figure of a word.
        const LETTERS: [u64; 6] = [0, 0x40, 0x4040, 0x40_4040, 0x4040_4040, 0x40_4040_4040];
        let Some(eight) = bytes.get(span.start as usize..).and_then(|rest| rest.first_chunk::<8>()) else {
            return false;
        };
        let (eight, length) = (u64::from_le_bytes(*eight), span.len());
        let letters = eight as u32 & 0x00FF_FFFF | (length as u32) << 24;
        let no_letters = !eight & LETTERS[length.min(5)];
        let beyond_ascii = eight & 0x80;
        no_letters | beyond_ascii | u64::from(self.places[mixed(letters)]) == 0
    }

    /// What `word` belongs to.
    #[inline]
    pub(super) fn get(&self, word: &[u8]) -> Option<Means> {
        let hash = hash(word)?;
        let at = usize::from(self.places[hash]).checked_sub(1)?;
        self.find(at, word, hash)
    }

    #[inline(never)]
    fn find(&self, at: usize, word: &[u8], wanted: usize) -> Option<Means> {
        let mut held = self.table.get(at..)?.iter().take_while(|row| hash(row.0.as_bytes()) == Some(wanted));
        held.find(|row| row.0.as_bytes().eq_ignore_ascii_case(word)).map(|row| row.1)
    }
}

/// The hash, of 12 bits, of a word in any case; `None` for one that is too short or too long for the table.
#[inline]
fn hash(word: &[u8]) -> Option<usize> {
    let [first, second, third, ..] = word else { return None };
    let length = u8::try_from(word.len()).ok().filter(|length| *length < 16)?;
    Some(mixed(u32::from_le_bytes([*first, *second, *third, length])))
}

/// The hash of three letters, in any case, and a length.
#[inline]
fn mixed(letters: u32) -> usize {
    ((letters | 0x0020_2020).wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// What `word` contributes to a number.
pub(super) fn number_word(word: &str) -> Option<Word> {
    match TABLE.get(word.as_bytes())? {
        Means::Number(word) => Some(word),
        Means::Date(_) => None,
    }
}

/// What `word` contributes to a date.
pub(in crate::extract) fn date_word(word: &str) -> Option<DateWord> {
    match TABLE.get(word.as_bytes())? {
        Means::Date(word) => Some(word),
        Means::Number(_) => None,
    }
}

static TABLE: LazyLock<Words> = LazyLock::new(|| {
    let own = WORDS.iter().map(|(word, means)| (*word, *means));
    // Scales of two or three letters stand after figures alone, and "three dozens" is a case of its own.
    let scales = MAGNITUDES.rows.iter().filter(|(word, _)| word.len() > 3 && *word != "dozens");
    let scales = scales.map(|(word, by)| (*word, Word::Scale(*by)));
    let vague = vague::TABLE.iter().map(|(word, vague)| (*word, Word::Vague(*vague)));
    let numbers = own.chain(scales).chain(vague).map(|(word, means)| (word, Means::Number(means)));
    let dates = date::WORDS.iter().map(|(word, means)| (*word, Means::Date(*means)));
    let mut table: Vec<_> = numbers.chain(dates).collect();
    table.sort_by_key(|row| hash(row.0.as_bytes()));
    let mut places = [0; 4096];
    for (at, (word, _)) in table.iter().enumerate().rev() {
        if let (Some(hash), Ok(place)) = (hash(word.as_bytes()), u8::try_from(at + 1)) {
            places[hash] = place;
        }
    }
    Words { places, table }
});

const WORDS: &[(&str, Word)] = &[
    ("zero", Word::Unit(0.0)),
    ("nought", Word::Unit(0.0)),
    ("naught", Word::Unit(0.0)),
    ("one", Word::Unit(1.0)),
    ("two", Word::Unit(2.0)),
    ("three", Word::Unit(3.0)),
    ("four", Word::Unit(4.0)),
    ("five", Word::Unit(5.0)),
    ("six", Word::Unit(6.0)),
    ("seven", Word::Unit(7.0)),
    ("eight", Word::Unit(8.0)),
    ("nine", Word::Unit(9.0)),
    ("ten", Word::Unit(10.0)),
    ("eleven", Word::Unit(11.0)),
    ("twelve", Word::Unit(12.0)),
    ("thirteen", Word::Unit(13.0)),
    ("fourteen", Word::Unit(14.0)),
    ("fifteen", Word::Unit(15.0)),
    ("sixteen", Word::Unit(16.0)),
    ("seventeen", Word::Unit(17.0)),
    ("eighteen", Word::Unit(18.0)),
    ("nineteen", Word::Unit(19.0)),
    ("twenty", Word::Ten(20.0)),
    ("thirty", Word::Ten(30.0)),
    ("forty", Word::Ten(40.0)),
    ("fourty", Word::Ten(40.0)),
    ("fifty", Word::Ten(50.0)),
    ("sixty", Word::Ten(60.0)),
    ("seventy", Word::Ten(70.0)),
    ("eighty", Word::Ten(80.0)),
    ("ninety", Word::Ten(90.0)),
    ("half", Word::Half),
    ("halves", Word::Part(2.0, true)),
    ("third", Word::Part(3.0, false)),
    ("thirds", Word::Part(3.0, true)),
    ("quarter", Word::Part(4.0, false)),
    ("quarters", Word::Part(4.0, true)),
    ("fourth", Word::Part(4.0, false)),
    ("fourths", Word::Part(4.0, true)),
    ("fifth", Word::Part(5.0, false)),
    ("fifths", Word::Part(5.0, true)),
    ("sixth", Word::Part(6.0, false)),
    ("sixths", Word::Part(6.0, true)),
    ("seventh", Word::Part(7.0, false)),
    ("sevenths", Word::Part(7.0, true)),
    ("eighth", Word::Part(8.0, false)),
    ("eighths", Word::Part(8.0, true)),
    ("ninth", Word::Part(9.0, false)),
    ("ninths", Word::Part(9.0, true)),
    ("tenth", Word::Part(10.0, false)),
    ("tenths", Word::Part(10.0, true)),
    ("hundredth", Word::Part(100.0, false)),
    ("hundredths", Word::Part(100.0, true)),
    ("thousandth", Word::Part(1000.0, false)),
    ("thousandths", Word::Part(1000.0, true)),
    ("millionth", Word::Part(1e6, false)),
    ("millionths", Word::Part(1e6, true)),
    ("billionth", Word::Part(1e9, false)),
    ("billionths", Word::Part(1e9, true)),
    ("trillionth", Word::Part(1e12, false)),
    ("trillionths", Word::Part(1e12, true)),
    ("several", Word::Several),
    ("few", Word::Several),
    ("couple", Word::Couple),
];

/// Whether `word` is part of a number in words.
pub(super) fn is_number(word: &str) -> bool {
    number_word(word).is_some()
}

/// All words that a number may have; whoever asks about many words takes it once.
pub(super) fn table() -> &'static Words {
    &TABLE
}
