//! Misread text: UTF-8 that was read in another code page, once or several times, "â€™" for "’", "Ã©" for "é".
//!
//! The method is that of ftfy (Robyn Speer, "ftfy: fixes text for you", version 6, Apache-2.0); the words and the code are our own.
//! A line is touched only if it is *bad* (`badness`): if characters of certain kinds (`category`) stand side by side in it
//! as they do in misread UTF-8 and hardly ever in good text. A bad line is written in one code page after another (`charmap`)
//! until its bytes are UTF-8 (`bytes` mends what was lost on the way), and so layer by layer (`steps`).
//!
//! Where ftfy leaves off and news does not: a closing quote that lost its last byte, a mark that lost its first, what is
//! left of no-break spaces at the end of a line or before a mark. Where ftfy goes too far: words in capitals that end
//! with Ã («IRMÃ»), and the letters Â and Ã by themselves in a text that is not bad anywhere else.
//!
//! All of it takes time and memory in proportion to the text. Good text is passed over at the speed of a search for bytes
//! beyond ASCII, as far as no two characters beyond ASCII stand side by side.

mod badness;
mod bytes;
mod category;
mod charmap;
mod steps;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::edit::{Editor, Log};
use super::reason::Reason;
use badness::{Badness, line_badness, next_beyond_ascii};
use bytes::Piece;

/// Most bytes of a line that are weighed and repaired together, which bounds the memory.
const LONGEST: usize = 1 << 16;

/// Undoes the damage in `text`; `None` if there is none.
pub(super) fn repair(text: &str, log: &mut Log) -> Option<String> {
    let lines = suspicious(text)?;
    let mut editor = Editor::new(text, log);
    for line in lines {
        let pieces = pieces(text, line.clone())?;
        if let Some(repaired) = steps::repair(&pieces) {
            replace(text, line, &repaired, &mut editor);
        }
    }
    editor.finish()
}

/// The lines of `text` that may be in need of repair; `None` if it is not bad anywhere.
fn suspicious(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut worst = Badness::Good;
    let mut at = 0;
    while let Some(beyond) = next_beyond_ascii(bytes, at) {
        let line = line_at(text, at, beyond);
        let badness = line_badness(text.get(line.clone())?);
        worst = worst.max(badness);
        at = line.end;
        if badness != Badness::Good {
            found.push(line);
        }
    }
    (worst == Badness::Bad).then_some(found)
}

/// The line around `at`, from `from` on at the earliest; of one that is too long, a part that ends after a space if it can.
fn line_at(text: &str, from: usize, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes.get(from..at).unwrap_or(&[]);
    let mut start = from + memchr::memrchr(b'\n', before).map_or(0, |found| found + 1);
    if at - start > LONGEST / 2 {
        start = at - LONGEST / 2;
        while !text.is_char_boundary(start) {
            start += 1;
        }
    }
    let longest = bytes.get(at..(start + LONGEST).min(bytes.len())).unwrap_or(&[]);
    let whole = at + longest.len() == bytes.len();
    let end = match memchr::memchr(b'\n', longest) {
        Some(found) => at + found,
        None if whole => bytes.len(),
        None => at + memchr::memrchr(b' ', longest).map_or(longest.len(), |found| found + 1),
    };
    let end = (end.max(at + 1)..=bytes.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(bytes.len());
    start..end
}

fn pieces(text: &str, line: Range<usize>) -> Option<Vec<Piece>> {
    let from = u32::try_from(line.start).ok()?;
    u32::try_from(line.end).ok()?;
    let mut end = from;
    let piece = |c: char| {
        let start = end;
        end += u32::try_from(c.len_utf8()).unwrap_or(0);
        Piece { c, start, end }
    };
    Some(text.get(line)?.chars().map(piece).collect())
}

/// Puts what is new in `repaired` in the place of what stood there.
fn replace(text: &str, line: Range<usize>, repaired: &[Piece], editor: &mut Editor<'_, '_>) {
    let mut at = line.start;
    for piece in repaired {
        let (start, end) = (piece.start as usize, piece.end as usize);
        if at < start {
            editor.replace(at..start, "", Reason::Mojibake);
        }
        let mut buffer = [0; 4];
        let new = piece.c.encode_utf8(&mut buffer);
        if text.get(start..end) != Some(new) {
            editor.replace(start..end, new, Reason::Mojibake);
        }
        at = end;
    }
    if at < line.end {
        editor.replace(at..line.end, "", Reason::Mojibake);
    }
}
