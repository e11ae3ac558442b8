//! Lists: `IN [bbc ap "New York Times"]`.

use super::ast::{Item, PhrasePart, Value};
use super::fault::Fault;
use super::fields::Class;
use super::leaf::target;
use super::parser::{Parser, Scope};
use super::phrase::segments;
use super::range;
use super::show::Shown;
use super::token::{Token, TokenKind};
use super::words::{is_quote, unescape};
use crate::article::Span;

impl Parser<'_, '_> {
    /// `IN [bbc ap "New York Times"]`
    pub(super) fn list(&mut self, begin: Token, scope: &Scope) -> Option<(Value, Span)> {
        let errors = self.sink.errors();
        let mut items = Vec::new();
        let mut found = 0;
        let mut end = begin.span.end;
        while let Some(token) = self.take(|_| true) {
            end = token.span.end;
            if token.kind == TokenKind::ListEnd {
                break;
            }
            found += 1;
            if found <= self.limits.list_values {
                items.extend(self.item(token, scope).map(|value| Item { value, span: token.span }));
            }
        }
        let span = Span { start: begin.span.start, end };
        if found > self.limits.list_values {
            self.limit("values of a list", found, self.limits.list_values, span);
        } else if found == 0 && self.sink.errors() == errors {
            self.sink.report(&Fault::EmptyList, span);
        } else if items.is_empty() && self.sink.errors() == errors {
            // Only signs without a word, each of which was left out.
            self.sink.report(&Fault::EmptyList, span);
        }
        (!items.is_empty() && self.sink.errors() == errors).then_some((Value::In(items), span))
    }

    /// One value of a list.
    fn item(&mut self, token: Token, scope: &Scope) -> Option<Value> {
        let class = scope.name().class();
        let ordered = matches!(class, Class::Numeric(_) | Class::Date);
        let value = match token.kind {
            TokenKind::Word(_) if ordered => self.number_or_date(token, scope)?,
            TokenKind::Word(mode) => self.plain_word(token.span, mode, scope)?,
            TokenKind::Quoted(inside) if ordered => {
                let typed = unescape(inside.of(self.text));
                Value::Range(range::one_or_two(&typed, inside, target(scope), self.sink)?)
            }
            TokenKind::Quoted(inside) if class == Class::Raw && !inside.of(self.text).trim().is_empty() => {
                Value::Word(unescape(inside.of(self.text)))
            }
            TokenKind::Quoted(inside) => {
                let errors = self.sink.errors();
                let mut segments = segments(self.text, inside, self.sink);
                if self.sink.errors() > errors {
                    return None;
                }
                if segments.is_empty() {
                    self.sink.report(&Fault::EmptyPhrase, token.span);
                    return None;
                }
                let parts = segments.pop().filter(|_| segments.is_empty()).map(|segment| segment.parts);
                match parts {
                    Some(parts) if parts.iter().all(|part| matches!(part, PhrasePart::Word(_))) => {
                        Value::Phrase(self.phrase(parts, 0, token.span, scope)?)
                    }
                    _ => return self.no_item(token),
                }
            }
            _ => return None,
        };
        match &value {
            Value::Exists => self.no_item(token),
            Value::Range(range) if range.single().is_none() => self.no_item(token),
            _ => Some(value),
        }
    }

    fn no_item(&mut self, token: Token) -> Option<Value> {
        let text = Shown::of(token.span.of(self.text).trim_matches(is_quote));
        self.sink.report(&Fault::BadListItem { text }, token.span);
        None
    }
}
