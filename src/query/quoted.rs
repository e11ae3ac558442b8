//! Quoted values: phrases, and numbers, dates and addresses of several words.

use super::ast::{Phrase, PhrasePart, Value};
use super::fault::Fault;
use super::fields::Class;
use super::leaf::target;
use super::parser::{Built, Parser, Scope};
use super::phrase::{positions, segments};
use super::range;
use super::show::Shown;
use super::token::{Token, TokenKind};
use super::words::unescape;
use crate::article::Span;

impl Parser<'_, '_> {
    /// A quoted value: a phrase, or several with operators between them, or a number, date or address.
    pub(super) fn quoted(&mut self, token: Token, inside: Span, scope: &Scope) -> Option<Built> {
        let class = scope.name().class();
        let plain = |typed: Span, text| unescape(typed.of(text));
        let tilde = self.take_suffix(|kind| matches!(kind, TokenKind::Tilde(_)));
        let no_phrase = match class {
            Class::Numeric(_) => Some("a number"),
            Class::Date => Some("a date"),
            Class::Raw => Some("an address or identifier"),
            _ => None,
        };
        if let (Some(what), Some(tilde)) = (no_phrase, tilde) {
            self.sink.report(&Fault::NoTilde { what }, tilde.span);
            return None;
        }
        if inside.of(self.text).trim().is_empty() {
            self.sink.report(&Fault::EmptyPhrase, token.span);
            return None;
        }
        let value = match class {
            Class::Numeric(_) | Class::Date => {
                let typed = plain(inside, self.text);
                Value::Range(range::one_or_two(&typed, inside, target(scope), self.sink)?)
            }
            Class::Raw => Value::Word(plain(inside, self.text)),
            _ => return self.phrases(token, inside, tilde, scope),
        };
        Some(self.leaf(value, token.span, scope))
    }

    fn phrases(&mut self, token: Token, inside: Span, tilde: Option<Token>, scope: &Scope) -> Option<Built> {
        let errors = self.sink.errors();
        let segments = segments(self.text, inside, self.sink);
        let slop = match tilde {
            Some(tilde) => self.slop(tilde, segments.len() > 1)?,
            None => 0,
        };
        if self.sink.errors() > errors {
            return None;
        }
        let whole =
            Span { start: token.span.start, end: tilde.map_or(token.span.end, |tilde| tilde.span.end) };
        let mut joined: Option<Built> = None;
        let mut op = None;
        let alone = segments.len() == 1;
        for segment in segments {
            let span = if alone { whole } else { segment.span };
            let phrase = self.phrase(segment.parts, slop, span, scope)?;
            let right = self.leaf(Value::Phrase(phrase), span, scope);
            joined = match (joined, op) {
                (Some(left), Some(op)) => Some(self.near(left, op, right)?),
                _ => Some(right),
            };
            op = match segment.op {
                Some((op, span)) => Some(self.checked(op, span)?),
                None => None,
            };
        }
        let mut joined = joined?;
        joined.node.span = whole;
        Some(joined)
    }

    /// A phrase of these parts, if there is something to find in it.
    pub(super) fn phrase(
        &mut self,
        parts: Vec<PhrasePart>,
        slop: u32,
        span: Span,
        scope: &Scope,
    ) -> Option<Phrase> {
        let class = scope.name().class();
        let slotted = parts.iter().any(|part| matches!(part, PhrasePart::Slot(_)));
        if slotted && class != Class::Text {
            self.sink.report(&Fault::NoSlotsHere { field: scope.name().name() }, span);
            return None;
        }
        let positions = positions(&parts);
        if positions == 0 {
            let text = Phrase { parts, slop }.text().unwrap_or_default();
            self.sink.report(&Fault::NothingToFind { text: Shown::of(&text) }, span);
            return None;
        }
        if positions > self.limits.phrase_words {
            self.limit("words of a phrase", positions, self.limits.phrase_words, span);
            return None;
        }
        Some(Phrase { parts, slop })
    }

    /// `~2` behind a phrase, which is `split` if operators stand in it.
    fn slop(&mut self, tilde: Token, split: bool) -> Option<u32> {
        let TokenKind::Tilde(typed) = tilde.kind else { return None };
        if split {
            self.sink.report(&Fault::NoTilde { what: "a phrase with operators in it" }, tilde.span);
            return None;
        }
        let digits = typed.of(self.text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            self.sink.report(&Fault::BadSlop { text: self.shown(tilde.span) }, tilde.span);
            return None;
        }
        let slop = digits.parse().unwrap_or(u32::MAX);
        if slop > self.limits.slop {
            self.limit("slop", slop as usize, self.limits.slop as usize, tilde.span);
            return None;
        }
        Some(slop)
    }
}
