//! Cuts a query into tokens, in one pass; each byte is looked at a fixed number of times.
//!
//! Signs are read here, words and what is spelled like them in `term`. What a sign means depends on where it stands:
//! `-` is an operator at the start of a term only, and the value of `url:` runs to white space. So the lexer knows
//! whether a field or an open parenthesis came before, and nothing else.

use unicode_normalization::char::is_combining_mark;

use super::error::Sink;
use super::fault::Fault;
use super::fields;
use super::show::Shown;
use super::token::{Compare, Token, TokenKind};
use super::words::{Mode, ends_word, is_quote, is_smart_quote};
use crate::article::Span;

/// The tokens of `text`; what is wrong with it goes to `sink`.
pub(super) fn lex(text: &str, sink: &mut Sink) -> Vec<Token> {
    let lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        groups: Vec::new(),
        value: None,
        stray_until: 0,
        smart_quotes: Vec::new(),
        sink,
    };
    lexer.run()
}

pub(super) struct Lexer<'q, 's> {
    pub(super) text: &'q str,
    /// Offset of the next byte to be read.
    pub(super) at: usize,
    tokens: Vec<Token>,
    /// For every open parenthesis: how words inside are read.
    groups: Vec<Mode>,
    /// After a field or comparison: how the value is read.
    pub(super) value: Option<Mode>,
    /// Up to here the text is known not to be a run of lone signs.
    stray_until: usize,
    /// The signs that were read as `"`, each with where it first stands.
    smart_quotes: Vec<(char, usize)>,
    sink: &'s mut Sink,
}

/// Brackets, braces and slots longer than this are taken for unclosed, so that looking for their ends stays cheap.
const LONGEST_BRACKET: usize = 1024;

impl<'q> Lexer<'q, '_> {
    fn run(mut self) -> Vec<Token> {
        loop {
            let from = self.at;
            self.at += blank(self.rest());
            let Some(c) = self.rest().chars().next() else { break };
            let spaced = self.at > from || from == 0;
            self.token(c, spaced);
        }
        if let Some((_, at)) = self.smart_quotes.first() {
            let signs: Vec<String> = self.smart_quotes.iter().map(|(sign, _)| sign.to_string()).collect();
            let span = Span::new(*at, at + self.char_len(*at));
            self.sink.report(&Fault::SmartQuotes { signs: signs.join(" ") }, span);
        }
        self.tokens
    }

    pub(super) fn rest(&self) -> &'q str {
        self.from(self.at)
    }

    pub(super) fn from(&self, at: usize) -> &'q str {
        self.text.get(at..).unwrap_or("")
    }

    fn char_len(&self, at: usize) -> usize {
        self.from(at).chars().next().map_or(0, char::len_utf8)
    }

    /// Adds the token of the next `len` bytes.
    pub(super) fn push(&mut self, kind: TokenKind, len: usize, spaced: bool) {
        let span = Span::new(self.at, self.at + len);
        self.tokens.push(Token { kind, span, spaced });
        self.at += len;
    }

    pub(super) fn report(&mut self, fault: &Fault, start: usize, end: usize) {
        self.sink.report(fault, Span::new(start, end));
    }

    /// Reads the token that `c` begins.
    fn token(&mut self, c: char, spaced: bool) {
        let value = self.value.take();
        let mode = value.or(self.groups.last().copied()).unwrap_or(Mode::Plain);
        match c {
            '(' => {
                self.groups.push(mode);
                self.push(TokenKind::Open, 1, spaced);
            }
            ')' => {
                self.groups.pop();
                self.push(TokenKind::Close, 1, spaced);
            }
            '[' | '{' => self.bracketed(c, spaced),
            ']' | '}' => {
                self.report(&Fault::StrayBracket { close: c }, self.at, self.at + 1);
                self.at += 1;
            }
            '^' => self.suffix(spaced),
            '~' if mode != Mode::Raw => self.suffix(spaced),
            _ if is_quote(c) => self.quoted(c, spaced),
            '<' | '>' | '=' | '≤' | '≥' if self.compares(value.is_some()) => {
                let (compare, len) = Compare::at_start(self.rest()).unwrap_or((Compare::Equal, 1));
                self.push(TokenKind::Compare(compare), len, spaced);
                self.value = Some(mode);
            }
            '-' | '+' | '!' if value.is_none() && !self.lone_signs() => {
                let kind = if c == '+' { TokenKind::Plus } else { TokenKind::Not };
                if c == '!' {
                    self.note_spelling(1, "NOT");
                }
                self.push(kind, 1, spaced);
            }
            _ => self.term(value, mode, spaced),
        }
    }

    /// Whether the sign here is a comparison and not the beginning of a word: behind a field, or before a value.
    fn compares(&self, value: bool) -> bool {
        let Some((_, len)) = Compare::at_start(self.rest()) else { return false };
        let next = self.from(self.at + len).chars().next();
        let ordered = !self.rest().starts_with('=');
        value || ordered && next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '€' | '£'))
    }

    /// Whether a run of signs stands here with nothing behind it that they could apply to: ` - `, ` -- `, `!!!`.
    fn lone_signs(&mut self) -> bool {
        if self.at < self.stray_until {
            return false;
        }
        let run = self.rest();
        let word = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '*' | '?' | '\\');
        let end = run.find(|c: char| word(c) || ends_word(c));
        let end = end.unwrap_or(run.len());
        self.stray_until = self.at + end;
        let lone = match self.from(self.at + end).chars().next() {
            None | Some(')') => true,
            Some(c) => c.is_whitespace(),
        };
        // A single `!` is Lucene's NOT wherever something follows.
        lone && !(run.starts_with('!') && end == 1 && self.at + end < self.text.trim_end().len())
    }

    /// Remarks that the next `len` bytes were read as `word`.
    pub(super) fn note_spelling(&mut self, len: usize, word: &str) {
        let typed = Shown::of(self.rest().get(..len).unwrap_or(""));
        let fault = Fault::OperatorSpelling { typed, read: word.to_owned() };
        self.report(&fault, self.at, self.at + len);
    }

    /// `~2`, `^2.5`
    fn suffix(&mut self, spaced: bool) {
        let behind = self.from(self.at + 1);
        let len = behind.find(ends_word).unwrap_or(behind.len());
        let value = Span::new(self.at + 1, self.at + 1 + len);
        let kind =
            if self.rest().starts_with('^') { TokenKind::Caret(value) } else { TokenKind::Tilde(value) };
        self.push(kind, 1 + len, spaced);
    }

    /// A range, or a slot by itself.
    fn bracketed(&mut self, open: char, spaced: bool) {
        if let Some(end) = closing(self.text, self.at) {
            self.note_quotes(self.at, end);
            self.push(TokenKind::Bracketed(Span::new(self.at + 1, end)), end + 1 - self.at, spaced);
        } else {
            self.unclosed(open, spaced);
        }
    }

    /// Reports the bracket here and leaves out what may belong to it: up to the next parenthesis or field.
    fn unclosed(&mut self, open: char, spaced: bool) {
        self.report(&Fault::UnclosedBracket { open }, self.at, self.at + 1);
        let inside = self.from(self.at + 1);
        let mut len =
            inside.find(|c: char| matches!(c, '(' | ')' | '[' | '{') || is_quote(c)).unwrap_or(inside.len());
        let inside = inside.get(..len).unwrap_or("");
        if let Some(colon) = inside.find(':')
            && let Some(word) = inside.get(..colon).and_then(|before| before.rfind(char::is_whitespace))
            && inside.get(word..colon).is_some_and(|name| fields::looks_like_field(name.trim()))
        {
            len = word;
        }
        self.push(TokenKind::Failed, 1 + len, spaced);
    }

    /// A phrase. Quotes inside a slot are the slot's.
    pub(super) fn quoted(&mut self, quote: char, spaced: bool) {
        self.note_quotes(self.at, self.at + quote.len_utf8());
        let start = self.at + quote.len_utf8();
        let mut at = start;
        let end = loop {
            let Some(c) = self.from(at).chars().next() else { break None };
            match c {
                '\\' => at += 1 + self.char_len(at + 1),
                '{' => {
                    let close = closing(self.text, at);
                    if close.is_none() {
                        self.report(&Fault::UnclosedBracket { open: '{' }, at, at + 1);
                    }
                    let last = close.unwrap_or(at);
                    self.note_quotes(at, last);
                    at = last + 1;
                }
                _ if is_quote(c) => {
                    self.note_quotes(at, at + c.len_utf8());
                    break Some((at, c.len_utf8()));
                }
                _ => at += c.len_utf8(),
            }
        };
        if let Some((end, quote)) = end {
            self.push(TokenKind::Quoted(Span::new(start, end)), end + quote - self.at, spaced);
        } else {
            self.report(&Fault::UnclosedQuote, self.at, start);
            self.push(TokenKind::Failed, self.text.len() - self.at, spaced);
        }
    }

    /// Remembers the typographic quotes in a stretch of the text.
    fn note_quotes(&mut self, from: usize, to: usize) {
        for (offset, c) in self.text.get(from..to).unwrap_or("").char_indices() {
            if is_smart_quote(c) && self.smart_quotes.iter().all(|(known, _)| *known != c) {
                self.smart_quotes.push((c, from + offset));
            }
        }
    }
}

/// How many bytes of white space `text` begins with.
pub(super) fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Where the bracket at byte `open` of `text` is closed; `None` if another opens before, or if it is too far off.
/// Quoted strings are passed over.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (offset, c) in text.get(open + 1..)?.char_indices() {
        match c {
            _ if offset > LONGEST_BRACKET => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if is_quote(c) => quoted = !quoted,
            _ if quoted => {}
            '[' | '{' => return None,
            ']' | '}' => return Some(open + 1 + offset),
            _ => {}
        }
    }
    None
}
