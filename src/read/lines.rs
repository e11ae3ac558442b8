//! Cuts a stream into lines, none of them longer than allowed.

use std::io::BufRead;

use memchr::memchr;

use super::piece::{Found, Piece};

/// Iterator over the lines of a stream, without their line ends (`\n` or `\r\n`), numbered from 1. Lines of white space
/// alone are counted but not returned.
pub(super) struct Lines<R> {
    reader: R,
    max: usize,
    number: u64,
    offset: u64,
    guess: usize,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    /// Lines of `reader`, of at most `max` bytes each, the stream's first byte having the given offset.
    pub(super) fn new(reader: R, max: usize, offset: u64) -> Self {
        Self { reader, max, number: 0, offset, guess: 1024, done: false }
    }

    fn read(&mut self) -> Option<Piece> {
        let (number, offset) = (self.number + 1, self.offset);
        let mut bytes = Vec::with_capacity(self.guess);
        let mut length = 0u64;
        let mut ended = false;
        while !ended {
            let ready = match self.reader.fill_buf() {
                Ok([]) => break,
                Ok(ready) => ready,
                Err(error) => {
                    self.done = true;
                    return Some(Piece { number, offset, found: Found::Failed(error) });
                }
            };
            let end = memchr(b'\n', ready);
            ended = end.is_some();
            let piece = end.and_then(|end| ready.get(..end)).unwrap_or(ready);
            length += piece.len() as u64;
            // One byte over the limit is held, as it may be the `\r` of the line end.
            if length <= self.max as u64 + 1 {
                bytes.extend_from_slice(piece);
            } else {
                bytes = Vec::new();
            }
            let taken = piece.len() + usize::from(ended);
            self.reader.consume(taken);
            self.offset += taken as u64;
        }
        if !ended {
            self.done = true;
            if length == 0 {
                return None;
            }
        }
        self.number = number;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
            length -= 1;
        }
        if length > self.max as u64 {
            let found = Found::TooLong { length, limit: self.max };
            return Some(Piece { number, offset, found });
        }
        self.guess = (bytes.len() + bytes.len() / 4).clamp(1024, 64 * 1024);
        Some(Piece { number, offset, found: Found::Whole(bytes) })
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.done {
            let line = self.read()?;
            match &line.found {
                Found::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                _ => return Some(line),
            }
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    /// Number, offset and bytes of a line; `None` for one that was too long.
    type Seen = (u64, u64, Option<Vec<u8>>);

    fn read(text: &[u8], max: usize, buffer: usize) -> Vec<Seen> {
        Lines::new(BufReader::with_capacity(buffer, text), max, 0)
            .map(|line| match line.found {
                Found::Whole(bytes) => (line.number, line.offset, Some(bytes)),
                Found::TooLong { .. } => (line.number, line.offset, None),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn split_naively(text: &[u8], max: usize) -> Vec<Seen> {
        let mut offset = 0;
        let mut out = Vec::new();
        for (number, line) in (1..).zip(text.split(|b| *b == b'\n')) {
            let bare = line.strip_suffix(b"\r").unwrap_or(line);
            if bare.len() > max {
                out.push((number, offset, None));
            } else if !bare.iter().all(u8::is_ascii_whitespace) {
                out.push((number, offset, Some(bare.to_vec())));
            }
            offset += line.len() as u64 + 1;
        }
        out
    }

    proptest! {
        #[test]
        fn lines_are_what_a_plain_split_gives(text in "[ab\r\n ]{0,120}", max in 1usize..12, buffer in 1usize..9) {
            prop_assert_eq!(read(text.as_bytes(), max, buffer), split_naively(text.as_bytes(), max));
        }
    }

    #[test]
    fn a_line_over_the_limit_is_skipped_and_the_next_one_read() {
        let mut text = vec![b'x'; 5000];
        text.extend_from_slice(b"\nshort\n");
        assert_eq!(read(&text, 100, 64), [(1, 0, None), (2, 5001, Some(b"short".to_vec()))]);
    }
}
