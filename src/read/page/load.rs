//! How much work a page would make for a parser that builds its tree.
//!
//! Trees cost time that grows with the square of their depth, and formatting that is never closed is opened again in
//! every paragraph. Both are counted on the tags, roughly as HTML nests them, before anything is parsed.

use super::super::ReadError;
use super::super::markup::Tag;

/// Deepest nesting; browsers cut off at 512.
const DEPTH: usize = 400;
/// Most start tags.
const TAGS: usize = 400_000;
/// Most attributes of one tag; each is looked for among those before it.
const ATTRIBUTES: usize = 400;
/// Most copies that open formatting may be given.
const COPIES: usize = 1_000_000;

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next of their kind closes.
const SELF_CLOSED: &[&str] =
    &["p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead"];
/// Formatting, which is opened again after the element around it has ended.
const FORMAT: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Counts tags as they come.
#[derive(Debug, Default)]
pub(super) struct Load {
    open: Vec<u64>,
    tags: usize,
    formats: usize,
    copies: usize,
}

/// A number for a name in any case; names of nine and more letters may share one.
fn number(name: &str) -> u64 {
    name.bytes().fold(0, |number, byte| (number.rotate_left(8)) ^ u64::from(byte.to_ascii_lowercase()))
}

fn among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

impl Load {
    pub(super) fn open(&mut self, tag: &Tag<'_>) -> Result<(), ReadError> {
        self.tags += 1;
        if self.tags > TAGS {
            return Err(ReadError::TooIntricate { what: "tags", limit: TAGS });
        }
        if tag.attributes().nth(ATTRIBUTES).is_some() {
            return Err(ReadError::TooIntricate { what: "attributes in one tag", limit: ATTRIBUTES });
        }
        self.copies += self.formats;
        if self.copies > COPIES {
            return Err(ReadError::TooIntricate { what: "copies of formatting left open", limit: COPIES });
        }
        if among(VOID, tag.name) {
            return Ok(());
        }
        let number = number(tag.name);
        if among(SELF_CLOSED, tag.name) && self.open.last() == Some(&number) {
            return Ok(());
        }
        if among(FORMAT, tag.name) {
            self.formats += 1;
        }
        self.open.push(number);
        if self.open.len() > DEPTH {
            return Err(ReadError::TooIntricate { what: "elements within each other", limit: DEPTH });
        }
        Ok(())
    }

    pub(super) fn close(&mut self, name: &str) {
        if among(FORMAT, name) {
            self.formats = self.formats.saturating_sub(1);
        }
        let number = number(name);
        if let Some(place) = self.open.iter().rposition(|open| *open == number) {
            self.open.truncate(place);
        }
    }
}
