//! Whether a token is two words run together, by the words that the corpus holds.
//!
//! Counts are those of the input so far, in its order: what the segment under construction holds, and what those before it in this
//! run held. So it is of no account where one segment ends and the next begins. A word counts as often as its places weigh.

use super::super::run_together::{is_telling, rank};
use super::super::stream::Term;
use super::vocabulary::{TermNumber, Vocabulary};
use crate::text::word_hash::word_hash;

/// A token that stands this often is a word of its own, unless its parts are so frequent that chance alone brings them together.
const WORD: u32 = 8;
/// Of so many times that its rarer part stands, one more may be an accident.
const ACCIDENT: u32 = 1000;
/// How often a part must stand that is a form of a common word, and one of which the corpus alone says that it is a word.
const FORM: u32 = 3;
const RARE: u32 = 50;

/// The most bytes of a candidate.
const LONGEST: usize = 32;

/// How often words stood in the segments that this run has written, in a fixed room: four rows of counts, a word counts in one
/// place of each, and the lowest of the four is its count, or hardly ever a little more than that (a count-min sketch).
#[derive(Debug, Default)]
pub(in crate::index) struct Tally {
    rows: [Vec<u16>; ROWS],
}

const ROWS: usize = 4;

/// Counts of a row, as a power of two.
const ROW_BITS: u32 = 20;

impl Tally {
    /// Adds the words of a segment.
    pub(super) fn add(&mut self, field: u8, vocabulary: &Vocabulary) {
        for row in &mut self.rows {
            row.resize(1 << ROW_BITS, 0);
        }
        let numbers = 0..u32::try_from(vocabulary.len()).unwrap_or(u32::MAX);
        for number in numbers.filter(|number| vocabulary.field(*number) == field) {
            let Some(word) = plain(vocabulary.term(number)) else { continue };
            let times = u16::try_from(vocabulary.times(number)).unwrap_or(u16::MAX);
            for (row, place) in self.rows.iter_mut().zip(places(word)) {
                if let Some(count) = row.get_mut(place) {
                    *count = count.saturating_add(times);
                }
            }
        }
    }

    fn count(&self, word: &str) -> u32 {
        let counts = self.rows.iter().zip(places(word)).map(|(row, place)| row.get(place).copied());
        counts.map(|count| u32::from(count.unwrap_or(0))).min().unwrap_or(0)
    }
}

/// Where a word counts in each row.
#[allow(clippy::cast_possible_truncation, reason = "20 bits")]
fn places(word: &str) -> [usize; ROWS] {
    // Odd numbers without pattern, of whose products the high bits depend on all of the hash.
    const ODD: [u64; ROWS] =
        [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0xD6E8_FEB8_6659_FD93];
    let hash = word_hash(word);
    let hash = hash ^ hash >> 32;
    ODD.map(|odd| (hash.wrapping_mul(odd) >> (64 - ROW_BITS)) as usize)
}

/// A term that is a word of small letters, and no longer than a candidate.
fn plain(term: &[u8]) -> Option<&str> {
    let fits = term.len() <= LONGEST && term.iter().all(u8::is_ascii_lowercase);
    std::str::from_utf8(term).ok().filter(|_| fits)
}

/// The two words of a term of a field that was just counted `times` more, if that is what it is.
pub(super) fn two_words(
    (vocabulary, tally): (&Vocabulary, &Tally),
    (field, number): (u8, TermNumber),
    cut: u8,
    times: u32,
) -> Option<[String; 2]> {
    let word = plain(vocabulary.term(number))?;
    let (first, second) = word.split_at_checked(usize::from(cut))?;
    let count = |part: &str| {
        let here = vocabulary.find(field, Term::new(part.as_bytes()));
        here.map_or(0, |number| vocabulary.times(number)).saturating_add(tally.count(part))
    };
    let mut fewest = u32::MAX;
    for (part, telling) in [(first, is_telling(second, false)), (second, is_telling(first, true))] {
        let stands = count(part);
        let needed = match rank(part) {
            Some(0) => 0,
            Some(_) => FORM,
            None if telling => RARE,
            None => return None,
        };
        if stands < needed {
            return None;
        }
        fewest = fewest.min(stands);
    }
    let before = vocabulary.times(number).saturating_sub(times).saturating_add(tally.count(word));
    (before < WORD + fewest / ACCIDENT).then(|| [first.to_owned(), second.to_owned()])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const TEXT: u8 = 1;

    fn vocabulary(words: &[(&str, u32)]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (word, times) in words {
            vocabulary.count(TEXT, Term::new(word.as_bytes()), *times);
        }
        vocabulary
    }

    fn split(vocabulary: &mut Vocabulary, tally: &Tally, word: &str, cut: u8) -> Option<String> {
        let number = vocabulary.count(TEXT, Term::new(word.as_bytes()), 1);
        two_words((vocabulary, tally), (TEXT, number), cut, 1).map(|parts| parts.join(" "))
    }

    #[test]
    fn common_words_need_no_evidence_and_others_do() {
        let mut small = vocabulary(&[]);
        assert_eq!(split(&mut small, &Tally::default(), "removethe", 6).as_deref(), Some("remove the"));
        assert_eq!(split(&mut small, &Tally::default(), "thesextant", 3), None);
        let mut large = vocabulary(&[("sextant", 60)]);
        assert_eq!(split(&mut large, &Tally::default(), "thesextant", 3).as_deref(), Some("the sextant"));
    }

    #[test]
    fn a_token_that_stands_often_is_a_word_unless_its_parts_stand_far_more_often() {
        let mut few = vocabulary(&[("removethe", 8)]);
        assert_eq!(split(&mut few, &Tally::default(), "removethe", 6), None);
        let mut many = vocabulary(&[("removethe", 8), ("remove", 5000), ("the", 90_000)]);
        assert_eq!(split(&mut many, &Tally::default(), "removethe", 6).as_deref(), Some("remove the"));
    }

    #[test]
    fn what_segments_before_held_counts_as_if_it_stood_in_this_one() {
        let mut tally = Tally::default();
        tally.add(TEXT, &vocabulary(&[("sextant", 60), ("fortheir", 9)]));
        let mut new = vocabulary(&[]);
        assert_eq!(split(&mut new, &tally, "thesextant", 3).as_deref(), Some("the sextant"));
        assert_eq!(split(&mut new, &tally, "fortheir", 3), None);
    }
}
