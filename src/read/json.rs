//! Cuts JSON documents into records without parsing them: the elements of a top-level array, or the values that stand
//! one after another.
//!
//! Only brackets and strings are followed, in one pass with bounded memory; whether a record is valid JSON is for
//! whoever parses it to say.

use std::io::{self, BufRead};

use memchr::memchr2;

use super::piece::{Bounded, Found, Piece};

/// Iterator over the records of a stream of JSON.
pub(super) struct Cutter<R> {
    reader: R,
    max: usize,
    offset: u64,
    number: u64,
    in_array: bool,
    done: bool,
}

/// Where in a record the scan stands.
#[derive(Default)]
struct State {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl State {
    /// How many bytes of `ready` belong to the record, and whether it ends there.
    ///
    /// A record that opens with a bracket or a quote ends with its match; a bare value before a comma, a closing
    /// bracket or white space.
    fn advance(&mut self, ready: &[u8], bare: bool) -> (usize, bool) {
        let mut at = 0;
        while let Some(byte) = ready.get(at) {
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                let Some(n) = ready.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) else {
                    return (ready.len(), false);
                };
                at += n;
                if ready.get(at) == Some(&b'\\') {
                    self.escaped = true;
                } else {
                    self.in_string = false;
                    if self.depth == 0 {
                        return (at + 1, true);
                    }
                }
            } else {
                match byte {
                    b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n' if bare => return (at, true),
                    b'"' if !bare => self.in_string = true,
                    b'{' | b'[' if !bare => self.depth += 1,
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return (at + 1, true);
                        }
                    }
                    _ => {}
                }
            }
            at += 1;
        }
        (at, false)
    }
}

impl<R: BufRead> Cutter<R> {
    /// Records of `reader`, of at most `max` bytes each, the stream's first byte having the given offset.
    pub(super) fn new(reader: R, max: usize, offset: u64) -> Self {
        Self { reader, max, offset, number: 0, in_array: false, done: false }
    }

    /// Skips what parts records, and returns the byte that the next one begins with.
    fn skip_to_record(&mut self) -> io::Result<Option<u8>> {
        loop {
            let ready = self.reader.fill_buf()?;
            let Some(byte) = ready.first().copied() else { return Ok(None) };
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
                b'[' if !self.in_array => self.in_array = true,
                b']' if self.in_array => self.in_array = false,
                _ => return Ok(Some(byte)),
            }
            self.reader.consume(1);
            self.offset += 1;
        }
    }

    fn read(&mut self) -> io::Result<Option<Piece>> {
        let first = self.skip_to_record()?;
        let (number, offset) = (self.number + 1, self.offset);
        let Some(first) = first else {
            self.done = true;
            let found = Found::Truncated { end: offset };
            return Ok(self.in_array.then_some(Piece { number, offset, found }));
        };
        self.number = number;
        let bare = !matches!(first, b'{' | b'[' | b'"' | b'}' | b']');
        let mut state = State::default();
        let mut record = Bounded::new(self.max);
        loop {
            let ready = self.reader.fill_buf()?;
            if ready.is_empty() {
                self.done = true;
                if bare && !self.in_array {
                    break;
                }
                let found = Found::Truncated { end: self.offset };
                return Ok(Some(Piece { number, offset, found }));
            }
            let (taken, ended) = state.advance(ready, bare);
            record.add(ready.get(..taken).unwrap_or(ready));
            self.reader.consume(taken);
            self.offset += taken as u64;
            if ended {
                break;
            }
        }
        Ok(Some(Piece { number, offset, found: record.found(true, self.offset) }))
    }
}

impl<R: BufRead> Iterator for Cutter<R> {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn cut(text: &str, max: usize, buffer: usize) -> Vec<Piece> {
        Cutter::new(BufReader::with_capacity(buffer, text.as_bytes()), max, 0).collect()
    }

    fn values(text: &str, buffer: usize) -> Vec<Value> {
        let whole = |piece: Piece| match piece.found {
            Found::Whole(bytes) => {
                let at = usize::try_from(piece.offset).unwrap();
                assert_eq!(&text.as_bytes()[at..at + bytes.len()], bytes.as_slice());
                serde_json::from_slice(&bytes).unwrap()
            }
            other => panic!("{other:?} in {text}"),
        };
        cut(text, 1 << 20, buffer).into_iter().map(whole).collect()
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a\"\\\\{}\\[\\],:\n é]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("[a\"]{1,3}", inner, 0..4).prop_map(|m| json!(m)),
            ]
        })
    }

    proptest! {
        #[test]
        fn an_array_is_cut_as_a_parser_would(elements in proptest::collection::vec(any_json(), 0..6), pretty: bool, buffer in 1usize..20) {
            let array = Value::from(elements.clone());
            let text = if pretty { serde_json::to_string_pretty(&array).unwrap() } else { array.to_string() };
            prop_assert_eq!(values(&text, buffer), elements);
        }

        #[test]
        fn any_bytes_are_cut_to_their_end_without_harm(text in "[\\[\\]{}\",a\\\\ ]{0,60}", buffer in 1usize..9) {
            let mut last = 0;
            for piece in cut(&text, 10, buffer) {
                if let Found::Whole(bytes) = piece.found {
                    prop_assert!(piece.offset >= last && bytes.len() <= 10);
                    last = piece.offset + bytes.len() as u64;
                }
            }
        }
    }

    #[test]
    fn objects_one_after_another_are_records_too() {
        assert_eq!(
            values("{\"a\": 1}\n{\n \"a\": 2\n}[{\"a\": 3}]", 4),
            [json!({"a": 1}), json!({"a": 2}), json!({"a": 3})]
        );
    }

    #[test]
    fn an_array_cut_short_keeps_the_records_before_the_cut() {
        let pieces = cut("[{\"a\": 1}, {\"a\": \"tw", 100, 8);
        assert!(matches!(pieces[0], Piece { number: 1, offset: 1, found: Found::Whole(_) }));
        let cut = Found::Truncated { end: 20 };
        assert!(
            matches!(&pieces[1], Piece { number: 2, offset: 11, found } if format!("{found:?}") == format!("{cut:?}"))
        );
        assert_eq!(pieces.len(), 2);
    }

    #[test]
    fn a_record_over_the_limit_is_skipped_and_the_next_one_read() {
        let long = format!("[{{\"a\": \"{}\"}}, {{\"b\": 1}}]", "x".repeat(500));
        let pieces = cut(&long, 50, 16);
        assert!(matches!(pieces[0].found, Found::TooLong { length: 509, limit: 50 }), "{pieces:?}");
        assert!(matches!(&pieces[1].found, Found::Whole(bytes) if bytes == b"{\"b\": 1}"));
    }
}
