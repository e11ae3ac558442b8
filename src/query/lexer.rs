//! Cuts a query into tokens, in one pass; each byte is looked at a fixed number of times.
//!
//! What a sign means depends on where it stands: `-` is an operator at the start of a term only, and the value of
//! `url:` runs to white space. So the lexer knows whether a field or an open parenthesis came before, and nothing else.

use unicode_normalization::char::is_combining_mark;

use super::ast::Proximity;
use super::error::Sink;
use super::fault::Fault;
use super::fields::{self, Class};
use super::operator::{Operator, operator};
use super::show::Shown;
use super::words::{Mode, ends_word, is_quote, is_smart_quote, within_number};
use crate::article::Span;

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Bytes of the query.
    pub(super) span: Span,
    /// Whether white space, or the query's start, is in front of it.
    pub(super) spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `+`
    Plus,
    Near(Proximity),
    AtLeast(u32),
    /// `name:` or, before a comparison, `name`; the span of the name alone.
    Field(Span),
    Word(Mode),
    /// What stands between the quotes.
    Quoted(Span),
    /// `[` or `{`, what stands between, `]` or `}`.
    Bracketed(Span),
    Compare(Compare),
    /// `IN [`; values follow up to `ListEnd`.
    In,
    ListEnd,
    /// `*:*`
    All,
    /// `~` and what stands behind it.
    Tilde(Span),
    /// `^` and what stands behind it.
    Caret(Span),
    /// Stands for a value that an error was reported for.
    Failed,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
}

impl Compare {
    /// The comparison that `text` begins with, and how many bytes its sign has.
    pub(super) fn at_start(text: &str) -> Option<(Self, usize)> {
        const SIGNS: [(&str, Compare); 9] = [
            (">=", Compare::AtLeast),
            ("=>", Compare::AtLeast),
            ("≥", Compare::AtLeast),
            (">", Compare::Above),
            ("<=", Compare::AtMost),
            ("=<", Compare::AtMost),
            ("≤", Compare::AtMost),
            ("<", Compare::Below),
            ("=", Compare::Equal),
        ];
        SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, compare)| (*compare, sign.len()))
    }
}

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

struct Lexer<'q, 's> {
    text: &'q str,
    at: usize,
    tokens: Vec<Token>,
    /// For every open parenthesis: how words inside are read.
    groups: Vec<Mode>,
    /// After a field or comparison: how the value is read.
    value: Option<Mode>,
    /// Up to here the text is known not to be a run of lone signs.
    stray_until: usize,
    /// The signs that were read as `"`, each with where it first stands.
    smart_quotes: Vec<(char, usize)>,
    sink: &'s mut Sink,
}

/// Brackets, braces and slots longer than this are taken for unclosed, so that looking for their ends stays cheap.
const LONGEST_BRACKET: usize = 1024;
/// A regular expression longer than this is not looked for.
const LONGEST_REGEX: usize = 256;

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

    fn rest(&self) -> &'q str {
        self.from(self.at)
    }

    fn from(&self, at: usize) -> &'q str {
        self.text.get(at..).unwrap_or("")
    }

    fn char_len(&self, at: usize) -> usize {
        self.from(at).chars().next().map_or(0, char::len_utf8)
    }

    /// Adds the token of the next `len` bytes.
    fn push(&mut self, kind: TokenKind, len: usize, spaced: bool) {
        let span = Span::new(self.at, self.at + len);
        self.tokens.push(Token { kind, span, spaced });
        self.at += len;
    }

    fn report(&mut self, fault: &Fault, start: usize, end: usize) {
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
                    self.symbol("!", "NOT");
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

    fn symbol(&mut self, symbol: &'static str, word: &'static str) {
        let fault = Fault::OperatorSpelling { typed: Shown::of(symbol), read: word.to_owned() };
        self.report(&fault, self.at, self.at + symbol.len());
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
        match closing(self.text, self.at) {
            Some(end) => {
                self.note_quotes(self.at, end);
                self.push(TokenKind::Bracketed(Span::new(self.at + 1, end)), end + 1 - self.at, spaced);
            }
            None => self.unclosed(open, spaced),
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
    fn quoted(&mut self, quote: char, spaced: bool) {
        self.note_quotes(self.at, self.at + quote.len_utf8());
        let start = self.at + quote.len_utf8();
        let mut at = start;
        let end = loop {
            let Some(c) = self.from(at).chars().next() else { break None };
            match c {
                '\\' => at += 1 + self.char_len(at + 1),
                '{' => match closing(self.text, at) {
                    Some(close) => {
                        self.note_quotes(at, close);
                        at = close + 1;
                    }
                    None => {
                        self.report(&Fault::UnclosedBracket { open: '{' }, at, at + 1);
                        at += 1;
                    }
                },
                _ if is_quote(c) => {
                    self.note_quotes(at, at + c.len_utf8());
                    break Some((at, c.len_utf8()));
                }
                _ => at += c.len_utf8(),
            }
        };
        match end {
            Some((end, quote)) => {
                self.push(TokenKind::Quoted(Span::new(start, end)), end + quote - self.at, spaced);
            }
            None => {
                self.report(&Fault::UnclosedQuote, self.at, start);
                self.push(TokenKind::Failed, self.text.len() - self.at, spaced);
            }
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

    /// A field, a word, or an operator that is spelled like one.
    fn term(&mut self, value: Option<Mode>, mode: Mode, spaced: bool) {
        let raw = mode == Mode::Raw;
        if value.is_none() {
            if self.rest().starts_with("*:*") {
                return self.push(TokenKind::All, 3, spaced);
            }
            if self.field(raw, spaced) || (!raw && self.address(spaced)) || self.symbols(spaced) {
                return;
            }
        }
        if !raw && self.regex(spaced) {
            return;
        }
        let len = self.word_len(mode);
        let word = self.rest().get(..len).unwrap_or("");
        match operator(word) {
            Some(Operator::And) => self.push(TokenKind::And, len, spaced),
            Some(Operator::Or) => self.push(TokenKind::Or, len, spaced),
            Some(Operator::Not) => self.push(TokenKind::Not, len, spaced),
            Some(Operator::In) if self.opens_after(len, '[') => self.list(mode, len, spaced),
            Some(Operator::In) if value.is_some() && self.opens_after(len, '(') => {
                self.report(&Fault::ListInParentheses, self.at, self.at + len);
                self.push(TokenKind::Failed, len, spaced);
            }
            Some(Operator::AtLeast(count, own)) if self.opens_after(len, '(') => {
                if count.is_none_or(|count| count == 0) {
                    self.report(&Fault::BadAtLeast, self.at, self.at + len);
                } else if !own {
                    let fault =
                        Fault::OperatorSpelling { typed: Shown::of(word), read: word.to_ascii_uppercase() };
                    self.report(&fault, self.at, self.at + len);
                }
                self.push(TokenKind::AtLeast(count.unwrap_or(1)), len, spaced);
                self.value = value;
            }
            Some(Operator::Near(near, own)) if value.is_none() => {
                if !own {
                    let fault = Fault::OperatorSpelling { typed: Shown::of(word), read: near.to_string() };
                    self.report(&fault, self.at, self.at + len);
                }
                self.push(TokenKind::Near(near), len, spaced);
            }
            _ => self.push(TokenKind::Word(mode), len, spaced),
        }
    }

    /// Whether the next sign after `len` bytes and white space is `open`.
    fn opens_after(&self, len: usize, open: char) -> bool {
        self.from(self.at + len).trim_start().starts_with(open)
    }

    /// How many bytes the word here has; at least one character.
    fn word_len(&self, mode: Mode) -> usize {
        let rest = self.rest();
        let mut chars = rest.char_indices();
        let mut depth = 0_u32;
        let mut last = None;
        while let Some((at, c)) = chars.next() {
            let ends = match mode {
                Mode::Plain => {
                    // `a&&b` is three tokens
                    if matches!(c, '&' | '|') && last == Some(c) && at > 1 {
                        return at - 1;
                    }
                    ends_word(c)
                }
                Mode::Raw if c == '^' => true,
                Mode::Raw | Mode::Literal => c.is_whitespace() || (c == ')' && depth == 0),
            };
            if ends && at > 0 {
                return at;
            }
            match c {
                '\\' if mode != Mode::Literal => {
                    chars.next();
                }
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            last = Some(c);
        }
        rest.len()
    }

    /// `title:`; also `number>100` and `source=bbc`, with a note. Tells whether there was one. Among addresses and
    /// identifiers (`raw`) only a known name is one.
    fn field(&mut self, raw: bool, spaced: bool) -> bool {
        let rest = self.rest();
        let len =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))).unwrap_or(rest.len());
        let name = rest.get(..len).unwrap_or("");
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return false;
        }
        let behind = self.from(self.at + len);
        let class = fields::class_of(name);
        if let Some(value) = behind.strip_prefix(':') {
            // An address, or "Trump: I will": the colon of prose.
            let prose = value.is_empty() || value.starts_with(char::is_whitespace);
            if value.starts_with("//") || (raw && class.is_none()) {
                return false;
            }
            if prose && name != "_exists_" && !fields::looks_like_field(name) {
                self.report(&Fault::NotAField { name: Shown::of(name) }, self.at, self.at + len + 1);
                self.push(TokenKind::Word(Mode::Plain), len, spaced);
                self.at += 1;
                return true;
            }
            self.push_field(class, len, 1, spaced);
            return true;
        }
        let Some((compare, sign)) = Compare::at_start(behind) else { return false };
        let ordered = matches!(class, Some(Class::Numeric(_) | Class::Date));
        let value = behind.get(sign..).unwrap_or("");
        if class.is_none()
            || (compare != Compare::Equal && !ordered)
            || value.is_empty()
            || value.starts_with(char::is_whitespace)
        {
            return false;
        }
        let typed = behind.get(..sign).unwrap_or("");
        let read = if compare == Compare::Equal { format!("{name}:") } else { format!("{name}:{typed}") };
        let fault = Fault::FieldSpelling { typed: Shown::of(&format!("{name}{typed}")), read };
        self.report(&fault, self.at, self.at + len + sign);
        let equal = if compare == Compare::Equal { sign } else { 0 };
        self.push_field(class, len, equal, spaced);
        true
    }

    fn push_field(&mut self, class: Option<Class>, name: usize, colon: usize, spaced: bool) {
        let name = Span::new(self.at, self.at + name);
        self.push(TokenKind::Field(name), name.len() + colon, spaced);
        self.value = Some(if class == Some(Class::Raw) { Mode::Raw } else { Mode::Plain });
    }

    /// An address by itself. Tells whether there was one.
    fn address(&mut self, spaced: bool) -> bool {
        let rest = self.rest();
        let scheme =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))).unwrap_or(0);
        if scheme == 0 || !self.from(self.at + scheme).starts_with("://") {
            return false;
        }
        let len = self.word_len(Mode::Literal);
        self.report(&Fault::AddressAsWords, self.at, self.at + len);
        self.push(TokenKind::Word(Mode::Literal), len, spaced);
        true
    }

    /// `&&` and `||`. Tells whether there was one.
    fn symbols(&mut self, spaced: bool) -> bool {
        let (symbol, word, kind) = match self.rest() {
            rest if rest.starts_with("&&") => ("&&", "AND", TokenKind::And),
            rest if rest.starts_with("||") => ("||", "OR", TokenKind::Or),
            _ => return false,
        };
        self.symbol(symbol, word);
        self.push(kind, 2, spaced);
        true
    }

    /// `/…/` as one term. Tells whether there was one.
    fn regex(&mut self, spaced: bool) -> bool {
        let Some(inside) = self.rest().strip_prefix('/') else { return false };
        let mut chars = inside.char_indices().take_while(|(at, c)| *at < LONGEST_REGEX && !c.is_whitespace());
        let ends = |at: usize| {
            let behind = self.from(self.at + 1 + at + 1).chars().next();
            behind.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '^'))
        };
        let Some((end, _)) = chars.find(|(at, c)| *at > 0 && *c == '/' && ends(*at)) else { return false };
        self.report(&Fault::Regex, self.at, self.at + end + 2);
        self.push(TokenKind::Failed, end + 2, spaced);
        true
    }

    /// `IN [`, values and `]`; the word `IN` has `len` bytes.
    fn list(&mut self, mode: Mode, len: usize, spaced: bool) {
        let bracket = len + blank(self.from(self.at + len));
        let open = self.at + bracket;
        self.push(TokenKind::In, bracket + 1, spaced);
        let mut parentheses = 0_usize;
        loop {
            self.at += blank(self.rest());
            let Some(c) = self.rest().chars().next() else {
                self.report(&Fault::UnclosedBracket { open: '[' }, open, open + 1);
                return self.push(TokenKind::ListEnd, 0, true);
            };
            match c {
                ']' => return self.push(TokenKind::ListEnd, 1, true),
                ',' => self.at += 1,
                ')' if parentheses > 0 => {
                    parentheses -= 1;
                    self.at += 1;
                }
                ')' => {
                    self.report(&Fault::UnclosedBracket { open: '[' }, open, open + 1);
                    return self.push(TokenKind::ListEnd, 0, true);
                }
                _ if is_quote(c) => self.quoted(c, true),
                '~' if mode == Mode::Raw => self.push(TokenKind::Word(mode), self.list_item_len(mode), true),
                '(' | '[' | '{' | '}' | '^' | '~' => {
                    parentheses += usize::from(c == '(');
                    self.report(
                        &Fault::BadListItem { text: Shown::of(&c.to_string()) },
                        self.at,
                        self.at + 1,
                    );
                    self.at += 1;
                }
                _ => {
                    let len = self.list_item_len(mode);
                    self.push(TokenKind::Word(mode), len, true);
                }
            }
        }
    }

    /// How many bytes the value of a list has that begins here: a word up to white space, `]` or a comma.
    fn list_item_len(&self, mode: Mode) -> usize {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.char_indices().find(|(at, c)| {
            let ends = !escaped
                && match c {
                    ',' => !within_number(rest, *at),
                    _ if mode == Mode::Raw => c.is_whitespace() || *c == ']',
                    _ => ends_word(*c),
                };
            escaped = !escaped && *c == '\\';
            ends
        });
        end.map_or(rest.len(), |(at, _)| at)
    }
}

/// How many bytes of white space `text` begins with.
fn blank(text: &str) -> usize {
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
