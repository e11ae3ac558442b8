//! How much work a page would make for a parser that builds its tree.
//!
//! Trees cost time that grows with the square of their depth, and formatting that is never closed is opened again in
//! every paragraph. Both are counted on the tags, roughly as HTML nests them, before anything is parsed.

use super::super::ReadError;
use super::super::markup::Tag;

/// Deepest nesting; browsers cut off at 512, and pages of news stay below 100.
const DEPTH: usize = 256;
/// Most start tags.
const TAGS: usize = 120_000;
/// Most attributes of one tag; each is looked for among those before it.
const ATTRIBUTES: usize = 400;
/// Most copies that open formatting may be given.
const COPIES: usize = 1_000_000;

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements whose end tags may be left out: each is closed by the next in its group, and by one of a group further down.
const IMPLIED: &[&[&str]] = &[
    &["p"],
    &["li", "dt", "dd", "option", "optgroup"],
    &["td", "th"],
    &["tr"],
    &["tbody", "thead", "tfoot"],
];
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
        self.end_implied(tag.name);
        let number = number(tag.name);
        if tag.is("a")
            && let Some(place) = self.open.iter().rposition(|open| *open == number)
        {
            // A link within a link ends the one around it.
            self.open.remove(place);
            self.formats = self.formats.saturating_sub(1);
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

    /// Ends what an element called `name` ends by beginning.
    fn end_implied(&mut self, name: &str) {
        let Some(group) = IMPLIED.iter().position(|group| among(group, name)) else { return };
        let ended = IMPLIED.get(..=group).unwrap_or(&[]);
        while let Some(last) = self.open.last() {
            if !ended.iter().flat_map(|names| names.iter()).any(|name| number(name) == *last) {
                break;
            }
            self.open.pop();
        }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::super::markup::{Token, Tokens};
    use super::*;

    fn depth(page: &str) -> Result<usize, ReadError> {
        let mut load = Load::default();
        let mut deepest = 0;
        for token in Tokens::html(page) {
            match token {
                Token::Open(tag) => load.open(&tag)?,
                Token::Close(name) => load.close(name),
                _ => {}
            }
            deepest = deepest.max(load.open.len());
        }
        Ok(deepest)
    }

    #[test]
    fn what_needs_no_end_tag_does_not_nest() {
        assert_eq!(depth(&"<p>One.".repeat(1000)), Ok(1));
        assert_eq!(depth(&format!("<table>{}</table>", "<tr><td>1<td><p>2".repeat(1000))), Ok(4));
        assert_eq!(depth(&format!("<ul>{}</ul>", "<li><p>One.".repeat(1000))), Ok(3));
        assert_eq!(depth(&"<br><img src=x><input>".repeat(1000)), Ok(0));
        assert_eq!(depth(&"<a name=x>One ".repeat(1000)), Ok(1));
        assert_eq!(depth(&"<div><p>One.</div>".repeat(1000)), Ok(2));
    }

    #[test]
    fn nesting_and_open_formatting_are_counted() {
        let too = |what, limit| Err(ReadError::TooIntricate { what, limit });
        assert_eq!(depth(&"<div>".repeat(20_000)), too("elements within each other", DEPTH));
        assert_eq!(depth(&"<ul><li>".repeat(20_000)), too("elements within each other", DEPTH));
        let open = "<font>".repeat(200) + &"<div></div>".repeat(10_000);
        assert_eq!(depth(&open), too("copies of formatting left open", COPIES));
    }
}
