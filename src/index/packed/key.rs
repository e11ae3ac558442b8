//! Keys of persons, organisations, countries and places, told by what stands in the text.
//!
//! Most keys are the folded words of the mention that has it first, or some of them; a place's has codes behind it. Those of
//! which this is not so are written out. Any mention that has a key of its kind once more says which, the ones that were
//! met last by the smallest numbers.

use rustc_hash::FxHashMap;

use super::bits::{BitReader, BitWriter};
use crate::article::Kind;
use crate::index::stored::Names;
use crate::text::{fold_into, tokens};

/// How many keys of a kind are told by when they were met last; the others by their number.
const RECENT: usize = 16;
/// The number that says that the key's own number follows.
const NUMBERED: u64 = RECENT as u64 + 1;
/// Orders of the numbers; see [`BitWriter::number`].
const AGAIN: u32 = 1;
const NUMBER: u32 = 4;
const LEFT_OUT: u32 = 0;
pub(super) const NAME: u32 = 1;

/// Keys of one kind in the order in which they come.
#[derive(Debug, Default)]
struct Met<T> {
    keys: Vec<T>,
    /// Numbers of keys, the last one met first.
    recent: Vec<usize>,
}

impl<T> Met<T> {
    fn add(&mut self, key: T) {
        self.recent.truncate(RECENT - 1);
        self.recent.insert(0, self.keys.len());
        self.keys.push(key);
    }

    /// Notes that a key was met, which was the `at`th of those met last, or none of them.
    fn meet(&mut self, number: usize, at: Option<usize>) {
        let at = at.unwrap_or_else(|| {
            self.recent.truncate(RECENT - 1);
            self.recent.push(number);
            self.recent.len() - 1
        });
        if let Some(up_to) = self.recent.get_mut(..=at) {
            up_to.rotate_right(1);
        }
    }
}

/// What keys are written with.
#[derive(Debug, Default)]
pub(super) struct KeyWriter<'a> {
    met: [Met<()>; Kind::ALL.len()],
    numbers: FxHashMap<(u8, &'a str), usize>,
    words: String,
}

impl<'a> KeyWriter<'a> {
    /// Writes the key of a mention of `kind` that reads `surface` in the text.
    pub(super) fn write(
        &mut self,
        bits: &mut BitWriter,
        (kind, key): (Kind, &'a str),
        surface: &str,
        names: &mut Names<'a>,
    ) {
        let met = &mut self.met[kind as usize];
        let number = *self.numbers.entry((kind as u8, key)).or_insert(met.keys.len());
        if number < met.keys.len() {
            let at = met.recent.iter().position(|recent| *recent == number);
            bits.number(at.map_or(NUMBERED, |at| at as u64 + 1), AGAIN);
            if at.is_none() {
                bits.number(number as u64, NUMBER);
            }
            met.meet(number, at);
            return;
        }
        bits.number(0, AGAIN);
        met.add(());
        if kind == Kind::Country {
            bits.bit(is_code(key));
            if is_code(key) {
                return write_code(bits, key);
            }
        } else if let Some((skipped, left, codes)) = self.spelled(kind, key, surface) {
            bits.bit(false);
            bits.bit(skipped + left > 0);
            if skipped + left > 0 {
                bits.number(skipped as u64, LEFT_OUT);
                bits.number(left as u64, LEFT_OUT);
            }
            if kind == Kind::Place {
                bits.number(codes.len() as u64, 0);
                for code in codes {
                    write_code(bits, code);
                }
            }
            return;
        } else {
            bits.bit(true);
        }
        bits.number(u64::from(names.number(key)), NAME);
    }

    /// How many words before and behind those of the key the surface has, and the codes behind the key of a place.
    fn spelled<'k>(
        &mut self,
        kind: Kind,
        key: &'k str,
        surface: &str,
    ) -> Option<(usize, usize, Vec<&'k str>)> {
        let mut parts = key.split(", ");
        let name = if kind == Kind::Place { parts.next()? } else { key };
        let codes: Vec<&str> = if kind == Kind::Place { parts.collect() } else { Vec::new() };
        if name.is_empty() || !codes.iter().all(|code| is_code(code)) {
            return None;
        }
        if is_plain(surface, name) {
            return Some((0, 0, codes));
        }
        self.words.clear();
        spell(surface, &mut self.words);
        // Where the key stands as whole words.
        let (at, _) = self.words.match_indices(name).find(|(at, _)| {
            let before = self.words.get(..*at).unwrap_or_default();
            let behind = self.words.get(at + name.len()..).unwrap_or_default();
            (before.is_empty() || before.ends_with(' ')) && (behind.is_empty() || behind.starts_with(' '))
        })?;
        let spaces =
            |text: Option<&str>| text.unwrap_or_default().bytes().filter(|byte| *byte == b' ').count();
        Some((spaces(self.words.get(..at)), spaces(self.words.get(at + name.len()..)), codes))
    }
}

/// What keys are read with.
#[derive(Debug, Default)]
pub(super) struct KeyReader {
    met: [Met<String>; Kind::ALL.len()],
}

impl KeyReader {
    /// The key of a mention of `kind` that reads `surface`.
    pub(super) fn read(
        &mut self,
        bits: &mut BitReader<'_>,
        kind: Kind,
        surface: &str,
        names: &[&str],
    ) -> Option<String> {
        let met = &mut self.met[kind as usize];
        let again = bits.number(AGAIN)?;
        if again > 0 {
            let (number, at) = if again == NUMBERED {
                (usize::try_from(bits.number(NUMBER)?).ok()?, None)
            } else {
                let at = usize::try_from(again - 1).ok()?;
                (*met.recent.get(at)?, Some(at))
            };
            let key = met.keys.get(number)?.clone();
            met.meet(number, at);
            return Some(key);
        }
        let key = match (bits.bit()?, kind) {
            (true, Kind::Country) => {
                let mut key = String::new();
                read_code(bits, &mut key)?;
                key
            }
            (true, _) | (false, Kind::Country) => {
                (*names.get(usize::try_from(bits.number(NAME)?).ok()?)?).to_owned()
            }
            (false, _) => read_spelled(bits, kind, surface)?,
        };
        met.add(key.clone());
        Some(key)
    }
}

fn read_spelled(bits: &mut BitReader<'_>, kind: Kind, surface: &str) -> Option<String> {
    let mut key = String::with_capacity(surface.len() + 8);
    spell(surface, &mut key);
    if bits.bit()? {
        for _ in 0..bits.number(LEFT_OUT)? {
            let (word, _) = key.split_once(' ')?;
            key.drain(..=word.len());
        }
        for _ in 0..bits.number(LEFT_OUT)? {
            key.truncate(key.rfind(' ')?);
        }
    }
    if kind == Kind::Place {
        for _ in 0..bits.number(0)? {
            key.push_str(", ");
            read_code(bits, &mut key)?;
        }
    }
    Some(key)
}

/// Whether a surface is words of ASCII letters that [`spell`] makes this name of, as is quickly seen of most.
fn is_plain(surface: &str, name: &str) -> bool {
    /// Longer tokens may be cut.
    const LONGEST: usize = 64;
    let mut before = b' ';
    let mut fits = surface.len() == name.len() && name.len() <= LONGEST;
    for (byte, of_name) in surface.bytes().zip(name.bytes()) {
        let letter = byte.is_ascii_alphabetic() || (byte == b' ' && before != b' ');
        fits = fits && letter && byte.to_ascii_lowercase() == of_name;
        before = byte;
    }
    fits && before != b' '
}

/// Adds the words of a name as keys have them: folded and joined by spaces, without full stops, and "and" for the sign.
fn spell(surface: &str, words: &mut String) {
    let mut end = 0;
    for token in tokens(surface) {
        let begin = words.len();
        match surface.get(end..token.span.start as usize) {
            _ if begin == 0 => {}
            Some("&") => words.push('&'),
            Some(" & ") => words.push_str(" and "),
            _ => words.push(' '),
        }
        let word = words.len();
        fold_into(token.span.of(surface), words);
        if words.get(word..).is_some_and(|word| word.contains('.')) {
            let folded = words.split_off(word);
            words.extend(folded.split('.'));
        }
        if words.len() == word {
            words.truncate(begin);
        } else {
            end = token.span.end as usize;
        }
    }
}

/// Whether a text is two capital letters, as countries and states have.
fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn write_code(bits: &mut BitWriter, code: &str) {
    code.bytes().for_each(|byte| bits.bits(u64::from(byte - b'A'), 5));
}

fn read_code(bits: &mut BitReader<'_>, into: &mut String) -> Option<()> {
    for _ in 0..2 {
        let letter = u8::try_from(bits.bits(5)?).ok().filter(|letter| *letter < 26)?;
        into.push(char::from(b'A' + letter));
    }
    Some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn there_and_back(rows: &[(Kind, &str, &str)]) -> (usize, usize) {
        let (mut bits, mut keys, mut names) = (BitWriter::default(), KeyWriter::default(), Names::default());
        for (kind, key, surface) in rows {
            keys.write(&mut bits, (*kind, key), surface, &mut names);
        }
        let bytes = bits.finish();
        let (mut bits, mut keys) = (BitReader::new(&bytes), KeyReader::default());
        for (kind, key, surface) in rows {
            let read = keys.read(&mut bits, *kind, surface, names.list());
            assert_eq!(read.as_deref(), Some(*key), "{surface}");
        }
        (bytes.len() * 8 - bits.left(), names.list().len())
    }

    #[test]
    fn keys_that_the_text_spells_are_not_written_out() {
        use Kind::{Country, Org, Person, Place};
        for (kind, key, surface, written) in [
            (Person, "jose diaz canel", "José Díaz-Canel", 0),
            (Person, "jk rowling", "President J.K. Rowling", 0),
            (Person, "mo farah", "Farah", 1),
            (Org, "berg and dahl", "The Berg & Dahl Ltd", 0),
            (Org, "b&q", "B&Q", 0),
            (Org, "united nations", "UN", 1),
            (Country, "IR", "Tehran", 0),
            (Country, "xk?", "Kosovo", 1),
            (Place, "paris, TX, US", "Paris", 0),
            (Place, "danube", "Danube", 0),
            (Place, "paris, texas", "Paris", 1),
            (Place, "", "Paris", 1),
            (Person, "", "", 1),
            (Person, "an", "Ann An", 0),
            (Person, "nn an", "Ann An", 1),
        ] {
            assert_eq!(there_and_back(&[(kind, key, surface)]).1, written, "{key}");
        }
        let again = [(Person, "mo farah", "Mo Farah"), (Person, "mo farah", "Farah"), (Org, "mo farah", "x")];
        assert_eq!(there_and_back(&again[..2]).0, 6);
        there_and_back(&again);
    }

    proptest! {
        #[test]
        fn keys_come_back(rows in prop::collection::vec((0usize..4, "[a-c]|[A-C]{2}|[a-b]{2}( [a-b])?(, [A-B]{2})?", "[a-bA-B&. ]{0,6}"), 0..90)) {
            let rows: Vec<_> = rows.iter().map(|(kind, key, text)| (Kind::ALL[*kind], key.as_str(), text.as_str())).collect();
            there_and_back(&rows);
        }

        #[test]
        fn any_bits_are_read_or_refused(kind in 0usize..4, bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let (mut bits, mut keys) = (BitReader::new(&bytes), KeyReader::default());
            while keys.read(&mut bits, Kind::ALL[kind], "Ann of Bo", &["x"]).is_some() {}
        }
    }
}
