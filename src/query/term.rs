//! Words and what is spelled like them: fields, operators, addresses, lists.

use super::fault::Fault;
use super::fields::{self, Class};
use super::lexer::{Lexer, blank};
use super::operator::{Operator, operator};
use super::show::Shown;
use super::token::{Compare, TokenKind};
use super::words::{Mode, ends_word, is_quote, within_number};
use crate::article::Span;

/// A regular expression longer than this is not looked for, so that looking for its end stays cheap.
const LONGEST_REGEX: usize = 256;

impl Lexer<'_, '_> {
    /// A field, a word, or an operator that is spelled like one.
    pub(super) fn term(&mut self, value: Option<Mode>, mode: Mode, spaced: bool) {
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
                    self.note_spelling(len, &word.to_ascii_uppercase());
                }
                self.push(TokenKind::AtLeast(count.unwrap_or(1)), len, spaced);
                self.value = value;
            }
            Some(Operator::Near(near, own)) if value.is_none() => {
                if !own {
                    self.note_spelling(len, &near.to_string());
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
        let len = rest.find(|c: char| c != '.' && !fields::stands_in_name(c)).unwrap_or(rest.len());
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
        let (word, kind) = match self.rest() {
            rest if rest.starts_with("&&") => ("AND", TokenKind::And),
            rest if rest.starts_with("||") => ("OR", TokenKind::Or),
            _ => return false,
        };
        self.note_spelling(2, word);
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
