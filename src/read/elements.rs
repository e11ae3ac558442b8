//! Cuts XML and SGML into the elements that are records: the items of a feed, the news items of a message.
//!
//! Only tags are followed, and of those only the ones with a name that matters; whether an element is well made is for
//! whoever parses it to say. A record that is not closed ends where the next one begins. What stands before the first
//! record speaks for all of them and is kept as their head.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use memchr::{memchr, memmem};

use super::buffer::Buffered;
use super::piece::{Bounded, Found, Piece};

/// The most that is kept of what stands before the first record.
const HEAD: usize = 64 * 1024;
/// The longest name that is looked at.
const NAME: usize = 64;

/// Iterator over the elements with certain names.
pub(super) struct Elements<R> {
    reader: Buffered<R>,
    names: &'static [&'static str],
    max: usize,
    offset: u64,
    number: u64,
    shared: Option<Arc<[u8]>>,
    done: bool,
}

/// What a run of bytes is.
enum Mark {
    /// A start tag of a record's element.
    Open,
    /// An end tag of one.
    Close,
    /// Anything else, up to the given end.
    Other(&'static [u8]),
}

impl<R: Read> Elements<R> {
    /// The elements called one of `names`, in any case and with any prefix, of at most `max` bytes each.
    pub(super) fn new(reader: Buffered<R>, names: &'static [&'static str], max: usize, offset: u64) -> Self {
        Self { reader, names, max, offset, number: 0, shared: None, done: false }
    }

    /// What stands before the first record; known once that has been returned.
    pub(super) fn head(&self) -> Arc<[u8]> {
        self.shared.clone().unwrap_or_else(|| Arc::from([]))
    }

    /// Moves up to `end`, itself included, into `sink`. `false` at the end of the stream.
    fn take(&mut self, end: &[u8], sink: &mut Bounded) -> io::Result<bool> {
        loop {
            let ready = self.reader.fill_buf()?;
            if ready.is_empty() {
                return Ok(false);
            }
            let found = memmem::find(ready, end).map(|at| at + end.len());
            // The beginning of `end` may be the last that is ready.
            let length = found.unwrap_or(ready.len().saturating_sub(end.len() - 1));
            if length == 0 {
                let more = self.reader.peek(NAME);
                if memmem::find(more, end).is_none() && more.len() < NAME {
                    let length = more.len();
                    sink.add(more);
                    self.reader.consume(length);
                    self.offset += length as u64;
                    // Whether the stream ended or failed, the next look says.
                    return if self.reader.fill_buf()?.is_empty() { Ok(false) } else { continue };
                }
                let length = memmem::find(more, end).map_or(NAME - end.len() + 1, |at| at + end.len());
                let found = more.get(..length).is_some_and(|taken| taken.ends_with(end));
                sink.add(more.get(..length).unwrap_or(more));
                self.reader.consume(length);
                self.offset += length as u64;
                if found {
                    return Ok(true);
                }
                continue;
            }
            sink.add(ready.get(..length).unwrap_or(ready));
            self.reader.consume(length);
            self.offset += length as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }

    /// What stands at the `<` that comes next.
    fn mark(&mut self) -> Mark {
        let ready = self.reader.peek(NAME);
        match ready {
            [_, b'!', b'-', b'-', ..] => Mark::Other(b"-->"),
            [_, b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => Mark::Other(b"]]>"),
            [_, b'?', ..] => Mark::Other(b"?>"),
            [_, b'/', name @ ..] if named(name, self.names) => Mark::Close,
            [_, name @ ..] if named(name, self.names) => Mark::Open,
            _ => Mark::Other(b">"),
        }
    }

    fn read(&mut self) -> io::Result<Option<Piece>> {
        let mut outside = Bounded::beginning(if self.shared.is_some() { 0 } else { HEAD });
        loop {
            if !self.before_tag(&mut outside)? {
                self.done = true;
                return Ok(None);
            }
            match self.mark() {
                Mark::Open => break,
                Mark::Close => self.take(b">", &mut outside)?,
                Mark::Other(end) => self.take(end, &mut outside)?,
            };
        }
        if self.shared.is_none() {
            self.shared = Some(Arc::from(outside.bytes));
        }
        let (offset, mut sink) = (self.offset, Bounded::new(self.max));
        self.number += 1;
        let number = self.number;
        let mut whole = self.take(b">", &mut sink)?;
        if !sink.bytes.ends_with(b"/>") {
            loop {
                whole = self.before_tag(&mut sink)?;
                if !whole {
                    break;
                }
                match self.mark() {
                    Mark::Open => break,
                    Mark::Close => {
                        whole = self.take(b">", &mut sink)?;
                        break;
                    }
                    Mark::Other(end) => self.take(end, &mut sink)?,
                };
            }
        }
        Ok(Some(Piece { number, offset, found: sink.found(whole, self.offset) }))
    }

    /// Moves up to the next `<` into `sink`, without it. `false` at the end of the stream.
    fn before_tag(&mut self, sink: &mut Bounded) -> io::Result<bool> {
        loop {
            let ready = self.reader.fill_buf()?;
            if ready.is_empty() {
                return Ok(false);
            }
            let found = memchr(b'<', ready);
            let length = found.unwrap_or(ready.len());
            sink.add(ready.get(..length).unwrap_or(ready));
            self.reader.consume(length);
            self.offset += length as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }
}

impl<R: Read> Iterator for Elements<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.done {
            return None;
        }
        let begun = self.number;
        self.read().unwrap_or_else(|error| {
            self.done = true;
            let number = self.number.max(begun + 1);
            Some(Piece { number, offset: self.offset, found: Found::Failed(error) })
        })
    }
}

/// Whether a tag's text begins with one of `names`, a prefix before it allowed.
fn named(tag: &[u8], names: &[&str]) -> bool {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
    let Some(name) = tag.get(..end.unwrap_or(tag.len())) else { return false };
    let bare = memchr(b':', name).and_then(|colon| name.get(colon + 1..)).unwrap_or(name);
    names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(bare))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives a few bytes at a time.
    struct Drip<'b>(&'b [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(self.0.len()).min(out.len());
            out[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn cut(text: &str, step: usize) -> (Vec<(u64, String)>, String) {
        let mut elements = Elements::new(Buffered::new(Drip(text.as_bytes(), step)), &["item"], 1 << 20, 0);
        let mut found = Vec::new();
        for piece in &mut elements {
            let bytes = match piece.found {
                Found::Whole(bytes) => String::from_utf8(bytes).unwrap(),
                other => format!("{other:?}"),
            };
            found.push((piece.offset, bytes));
        }
        (found, String::from_utf8(elements.head().to_vec()).unwrap())
    }

    #[test]
    fn items_are_cut_and_what_stands_before_them_is_their_head() {
        let text = "<rss><title>T</title><!-- <item> --><item a='1'>x</item>\n<it:item/><items/><item><![CDATA[</item>]]></item></rss>";
        for step in [1, 3, 1000] {
            let (found, head) = cut(text, step);
            assert_eq!(head, "<rss><title>T</title><!-- <item> -->");
            let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(texts, ["<item a='1'>x</item>", "<it:item/>", "<item><![CDATA[</item>]]></item>"]);
            assert_eq!(found[0].0, 36);
        }
    }

    #[test]
    fn an_item_that_is_not_closed_ends_where_the_next_begins() {
        let (found, _) = cut("<item>one<item>two</item><item>thr", 7);
        assert_eq!(found[0].1, "<item>one");
        assert_eq!(found[1].1, "<item>two</item>");
        assert_eq!(found[2].1, "Truncated { end: 34 }");
    }

    proptest! {
        #[test]
        fn any_text_is_cut_to_its_end_and_all_steps_cut_alike(text in "(<item>|</item>|<|>|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<\\?|\\?>|a| ){0,40}", step in 1usize..9) {
            prop_assert_eq!(cut(&text, step), cut(&text, 4096));
        }
    }
}
