//! Posting streams: the tokens of a field, analysed already, as one string that tantivy's indexing threads cut again.
//!
//! The workers that clean and extract also tokenise and fold, once; what they found travels to the index as text, so that
//! no token is allocated. Each token is a mark and a term. The mark says how far the token's position lies
//! behind the one before: `\x01` one, `\x02` none, `\x03` and digits of 5 bits any number. Terms hold no control
//! characters.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

const NEXT: u8 = 1;
const SAME: u8 = 2;
const JUMP: u8 = 3;
/// A digit of a jump: `0x40` and 5 bits, `0x20` more if another follows.
const DIGIT: u8 = 0x40;
const MORE: u8 = 0x20;

/// A stream under construction.
#[derive(Debug, Default, Clone)]
pub(super) struct StreamBuilder {
    text: String,
    /// The position of the last token, plus one.
    next: u32,
}

impl StreamBuilder {
    /// Begins a token at `position`, which is not below the last one's; its term is pushed to the string given.
    pub(super) fn token_at(&mut self, position: u32) -> &mut String {
        debug_assert!(position + 1 >= self.next, "positions never go back");
        let step = (position + 1).saturating_sub(self.next);
        match step {
            0 => self.text.push(char::from(SAME)),
            1 => self.text.push(char::from(NEXT)),
            _ => {
                self.text.push(char::from(JUMP));
                let mut rest = step;
                loop {
                    let digit = DIGIT | u8::try_from(rest & 0x1f).unwrap_or(0);
                    rest >>= 5;
                    self.text.push(char::from(if rest > 0 { digit | MORE } else { digit }));
                    if rest == 0 {
                        break;
                    }
                }
            }
        }
        self.next = position + 1;
        &mut self.text
    }

    /// The finished stream.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// The stream of a field that is one term; control characters are left out.
pub(super) fn one_term(term: &str) -> String {
    let mut stream = StreamBuilder::default();
    stream.token_at(0).extend(term.chars().filter(|c| !c.is_control()));
    stream.finish()
}

/// The name under which [`StreamTokenizer`] is registered.
pub(super) const TOKENIZER: &str = "posting_stream";

/// Cuts a posting stream for tantivy.
#[derive(Debug, Clone, Default)]
pub(super) struct StreamTokenizer {
    token: Token,
}

impl Tokenizer for StreamTokenizer {
    type TokenStream<'a> = Cut<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        self.token.reset();
        Cut { text, token: &mut self.token, next: 0 }
    }
}

/// The tokens of one stream.
#[derive(Debug)]
pub(super) struct Cut<'a> {
    text: &'a str,
    token: &'a mut Token,
    next: usize,
}

impl TokenStream for Cut<'_> {
    fn advance(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let (step, mut at) = match bytes.first() {
            Some(&NEXT) => (1, 1),
            Some(&SAME) => (0, 1),
            Some(&JUMP) => {
                let (mut step, mut shift, mut at) = (0usize, 0, 1);
                while let Some(digit) = bytes.get(at) {
                    step |= usize::from(digit & 0x1f) << shift;
                    shift += 5;
                    at += 1;
                    if digit & MORE == 0 {
                        break;
                    }
                }
                (step, at)
            }
            _ => return false,
        };
        let start = at;
        while bytes.get(at).is_some_and(|b| *b > JUMP) {
            at += 1;
        }
        self.token.text.clear();
        self.token.text.push_str(self.text.get(start..at).unwrap_or_default());
        self.token.position = (self.next + step).wrapping_sub(1);
        self.next += step;
        self.text = self.text.get(at..).unwrap_or_default();
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_goes_in_comes_out(steps in prop::collection::vec((0u32..5000, "[a-z~:/ ¶é]{1,8}"), 0..40)) {
            let mut builder = StreamBuilder::default();
            let mut expected = Vec::new();
            let mut position = 0;
            for (step, term) in &steps {
                position += step;
                builder.token_at(position).push_str(term);
                expected.push((position as usize, term.clone()));
            }
            let text = builder.finish();
            let mut tokenizer = StreamTokenizer::default();
            let mut stream = tokenizer.token_stream(&text);
            let mut found = Vec::new();
            while stream.advance() {
                found.push((stream.token().position, stream.token().text.clone()));
            }
            prop_assert_eq!(found, expected);
        }
    }
}
