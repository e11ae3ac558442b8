//! Back to the input: where in a record a text of its article stands, byte for byte.
//!
//! Between the two lie an encoding, the escapes of JSON, tags and character references, and what cleaning put right. None
//! of them changes which letters and digits follow each other, so these are what is looked for: the record's characters
//! are read with the bytes that each takes, escapes and references undone, tags passed over, and what is left is searched for the letters
//! and digits of the text, folded as words are.

use std::ops::Range;

use super::charset;
use super::{Format, Input, Options, RawRecord, ReadError, Reject};
use crate::article::Origin;
use crate::text::fold_char;

/// Reads a record again.
///
/// # Errors
/// If its file cannot be opened, or has no such record any more.
pub fn reread(origin: &Origin, options: &Options) -> Result<RawRecord, Reject> {
    let whole = std::path::Path::new(&*origin.file);
    let archive = || origin.file.split_once('!').map(|(archive, _)| std::path::Path::new(archive));
    let path = if whole.exists() { whole } else { archive().unwrap_or(whole) };
    let found = Input::file(path)?.records(options).flatten().find(|record| record.origin == *origin);
    found.ok_or_else(|| Reject { origin: origin.clone(), reason: ReadError::Gone })
}

impl RawRecord {
    /// Where each of `texts` stands: bytes of the record, the escapes and tags inside included. `None` for one that does not
    /// stand in it as it is: the server packed it, or something in it was repaired.
    ///
    /// The texts are looked for one behind the other; what does not follow the one before is looked for anywhere.
    ///
    /// ```
    /// use dateline::read::{Input, Options};
    /// let line = &br#"{"title": "Caf\u00e9 closed", "body": "It\u2019s <b>shut</b>."}"#[..];
    /// let record = Input::reader("day.jsonl", line).records(&Options::default()).next().unwrap().unwrap();
    /// let found = record.find(&["Café closed", "It’s shut"]);
    /// let raw = |n: usize| &line[found[n].clone().unwrap()];
    /// assert_eq!(raw(0), br"Caf\u00e9 closed");
    /// assert_eq!(raw(1), br"It\u2019s <b>shut");
    /// ```
    pub fn find(&self, texts: &[&str]) -> Vec<Option<Range<usize>>> {
        let json = matches!(self.format, Format::Json | Format::Jsonl | Format::Parquet);
        let mut letters = characters(&self.bytes);
        if json {
            letters = unescaped(&letters);
        }
        let tagged = Folded::of(&dereferenced(&untagged(&letters)));
        let plain = Folded::of(&letters);
        let mut from = [0, 0];
        texts
            .iter()
            .map(|text| {
                let wanted = folded(text);
                let mut each = [&tagged, &plain].into_iter().zip(&mut from);
                each.find_map(|(folded, from)| folded.find(&wanted, from))
            })
            .collect()
    }
}

/// A character and the bytes of the record that it stands for.
#[derive(Debug, Clone, Copy)]
struct Char {
    c: char,
    start: u32,
    end: u32,
}

/// The characters of a record; bytes that are none are left out.
#[allow(clippy::cast_possible_truncation, reason = "records are shorter than 4 GB")]
fn characters(bytes: &[u8]) -> Vec<Char> {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None => charset::encoding(bytes, None),
    };
    let mut found = Vec::with_capacity(bytes.len());
    if encoding == encoding_rs::UTF_8 || bytes.is_ascii() {
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            for (n, c) in chunk.valid().char_indices() {
                let start = (at + n) as u32;
                found.push(Char { c, start, end: start + c.len_utf8() as u32 });
            }
            at += chunk.valid().len() + chunk.invalid().len();
        }
        return found;
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut start = 0;
    for (n, byte) in bytes.iter().enumerate() {
        let mut text = [0; 16];
        let (_, _, written, _) = decoder.decode_to_utf8(&[*byte], &mut text, false);
        let end = n as u32 + 1;
        if written > 0 {
            let text = text.get(..written).and_then(|text| std::str::from_utf8(text).ok());
            found.extend(text.unwrap_or_default().chars().map(|c| Char { c, start, end }));
            start = end;
        }
    }
    found
}

/// The characters with the escapes of JSON undone.
fn unescaped(from: &[Char]) -> Vec<Char> {
    let mut to = Vec::with_capacity(from.len());
    let mut at = 0;
    while let Some(first) = from.get(at) {
        let escaped = (first.c == '\\').then(|| from.get(at + 1)).flatten();
        let (c, length) = match escaped.map(|escaped| escaped.c) {
            None => (first.c, 1),
            Some('u') => match (unit(from, at), unit(from, at + 6)) {
                (Some(high), Some(low)) if (0xD800..0xDC00).contains(&high) => {
                    let pair = char::decode_utf16([high, low]).next().and_then(Result::ok);
                    (pair.unwrap_or(' '), 12)
                }
                (Some(unit), _) => (char::from_u32(u32::from(unit)).unwrap_or(' '), 6),
                (None, _) => (' ', 2),
            },
            Some('b' | 'f' | 'n' | 'r' | 't') => (' ', 2),
            Some(other) => (other, 2),
        };
        let last = from.get(at + length - 1).or(from.last()).unwrap_or(first);
        to.push(Char { c, start: first.start, end: last.end });
        at += length;
    }
    to
}

/// The UTF-16 unit that the escape at `at` stands for, `\u` and four digits.
fn unit(from: &[Char], at: usize) -> Option<u16> {
    let [backslash, u, digits @ ..] = from.get(at..at + 6)? else { return None };
    if (backslash.c, u.c) != ('\\', 'u') {
        return None;
    }
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | u16::try_from(digit.c.to_digit(16)?).ok()?))
}

/// The characters outside tags.
fn untagged(from: &[Char]) -> Vec<Char> {
    let mut to = Vec::with_capacity(from.len());
    let mut at = 0;
    while let Some(char) = from.get(at) {
        let next = from.get(at + 1).map_or(' ', |next| next.c);
        let opens = char.c == '<' && (next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        let end = opens.then(|| from.iter().skip(at).position(|c| c.c == '>')).flatten();
        if let Some(length) = end {
            at += length + 1;
        } else {
            to.push(*char);
            at += 1;
            if opens {
                // No tag ends any more.
                to.extend(from.get(at..).unwrap_or_default());
                break;
            }
        }
    }
    to
}

/// The characters with references read.
fn dereferenced(from: &[Char]) -> Vec<Char> {
    let mut to = Vec::with_capacity(from.len());
    let mut at = 0;
    while let Some(first) = from.get(at) {
        let mut length = 1;
        let mut c = first.c;
        if c == '&' {
            let after: String = from.iter().skip(at + 1).take(12).map(|char| char.c).collect();
            if let Some((named, bytes)) = super::reference::reference(&after) {
                (c, length) = (named, 1 + bytes);
            }
        }
        let last = from.get(at + length - 1).unwrap_or(first);
        to.push(Char { c, start: first.start, end: last.end });
        at += length;
    }
    to
}

/// The letters and digits of a text, folded.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut |c| {
            if c.is_alphanumeric() {
                folded.push(c);
            }
        });
    }
    folded
}

/// The letters and digits of a record, folded, and where each stands.
struct Folded {
    text: String,
    /// To each byte of the text the bytes of the record.
    places: Vec<(u32, u32)>,
}

impl Folded {
    fn of(chars: &[Char]) -> Self {
        let (mut text, mut places) = (String::with_capacity(chars.len()), Vec::with_capacity(chars.len()));
        for char in chars {
            fold_char(char.c, &mut |c| {
                if c.is_alphanumeric() {
                    text.push(c);
                    places.resize(text.len(), (char.start, char.end));
                }
            });
        }
        Self { text, places }
    }

    /// Where `wanted` stands behind `from`, or anywhere; `from` is moved behind it.
    fn find(&self, wanted: &str, from: &mut usize) -> Option<Range<usize>> {
        if wanted.is_empty() {
            return None;
        }
        let behind = self.text.get(*from..).and_then(|rest| rest.find(wanted)).map(|at| *from + at);
        let at = behind.or_else(|| self.text.find(wanted))?;
        *from = at + wanted.len();
        let (first, last) = (self.places.get(at)?, self.places.get(*from - 1)?);
        Some(first.0 as usize..last.1 as usize)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn record(format: Format, bytes: &[u8]) -> RawRecord {
        let origin = Origin { file: "a".into(), record: 1, offset: 0 };
        RawRecord { origin, bytes: bytes.to_vec(), format, head: [].into() }
    }

    fn found<'r>(record: &'r RawRecord, texts: &[&str]) -> Vec<&'r [u8]> {
        record.find(texts).into_iter().map(|range| &record.bytes[range.unwrap()]).collect()
    }

    #[test]
    fn tags_and_references_lie_between_letters() {
        let page = record(
            Format::Html,
            b"<title>Iran</title><p>The <a href='x?Iran'>Iran&#45;based</a> r&eacute;gime &lt; 5",
        );
        assert_eq!(
            found(&page, &["The Iran-based", "régime < 5"]),
            [&b"The <a href='x?Iran'>Iran&#45;based"[..], b"r&eacute;gime &lt; 5"]
        );
    }

    #[test]
    fn the_text_that_follows_is_meant_where_there_are_two() {
        let text = record(Format::Text, "One line.\nTwo.\nOne line.\n".as_bytes());
        assert_eq!(text.find(&["Two.", "One line."]), [Some(10..13), Some(15..23)]);
        assert_eq!(text.find(&["One line.", "Three"]), [Some(0..8), None]);
    }

    #[test]
    fn other_encodings_and_surrogates_are_read() {
        let latin = record(
            Format::Text,
            b"Der B\xfcrgermeister von K\xf6ln sagte am Montag, die Br\xfccke bleibe gesperrt.",
        );
        assert_eq!(found(&latin, &["Bürgermeister von Köln"]), [b"B\xfcrgermeister von K\xf6ln"]);
        let json = record(Format::Json, br#"{"a": "x \ud83d\ude00 \n yz \ud801\udc00 end \"q\""}"#);
        assert_eq!(
            found(&json, &["x 😀\nyz", "𐐀 end q"]),
            [&br"x \ud83d\ude00 \n yz"[..], br#"\ud801\udc00 end \"q"#]
        );
    }
}
