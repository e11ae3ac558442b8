//! The values between operators: words, numbers, dates, ranges, slots. What stands in quotes is read in `quoted`, lists
//! in `list`.

use super::ast::{Leaf, Node, NodeKind, PhrasePart, Range, Value, WildPart};
use super::fault::Fault;
use super::fields::Class;
use super::number::belongs_to_a_number;
use super::parser::{Built, Parser, Scope};
use super::range;
use super::show::Shown;
use super::slot::slot;
use super::token::{Compare, Token, TokenKind};
use super::values::Target;
use super::words::{Mode, pattern, unescape};
use crate::article::Span;
use crate::text::tokens;

impl Parser<'_, '_> {
    /// The value that comes next; `None` if it cannot be read or is left out, which was said.
    pub(super) fn value(&mut self, scope: &Scope) -> Option<Built> {
        // What a value of an unknown field should look like is unknown, too.
        self.sink.muted = matches!(scope, Scope::Unknown);
        let built = self.read_value(scope);
        self.sink.muted = false;
        built
    }

    fn read_value(&mut self, scope: &Scope) -> Option<Built> {
        let token = self.take(|_| true)?;
        let value = match token.kind {
            TokenKind::All => {
                self.count_clause();
                return Some(Built::leaf(Node { kind: NodeKind::All, span: token.span }));
            }
            TokenKind::Word(mode) => {
                if scope.field().is_none()
                    && mode == Mode::Plain
                    && pattern(token.span.of(self.text), mode) == [WildPart::Any]
                {
                    self.count_clause();
                    return Some(Built::leaf(Node { kind: NodeKind::All, span: token.span }));
                }
                self.word(token, mode, scope)
            }
            TokenKind::Quoted(inside) => return self.quoted(token, inside, scope),
            TokenKind::Bracketed(inside) => self.bracketed(token, inside, scope),
            TokenKind::Compare(compare) => self.compared(token, compare, scope),
            TokenKind::In => self.list(token, scope),
            TokenKind::Tilde(_) | TokenKind::Caret(_) => {
                self.sink.report(&Fault::StraySuffix { text: self.shown(token.span) }, token.span);
                None
            }
            // `Failed` was reported by the lexer; the others never begin a value.
            _ => None,
        };
        let (value, span) = value?;
        Some(self.leaf(value, span, scope))
    }

    pub(super) fn leaf(&mut self, value: Value, span: Span, scope: &Scope) -> Built {
        self.count_clause();
        let leaf = Leaf { field: scope.field().cloned(), value, value_span: span };
        Built::leaf(Node { kind: NodeKind::Leaf(leaf), span })
    }

    /// A word of any field.
    fn word(&mut self, token: Token, mode: Mode, scope: &Scope) -> Option<(Value, Span)> {
        let class = scope.name().class();
        if matches!(class, Class::Numeric(_) | Class::Date) {
            return Some((self.number_or_date(token, scope)?, token.span));
        }
        let typed = token.span.of(self.text);
        if self.behind_field()
            && class != Class::Raw
            && let Some(sign) = typed.chars().next().filter(|c| matches!(c, '-' | '+' | '!' | '='))
            && tokens(typed).next().is_some()
        {
            let help = if sign == '=' { "title:word" } else { "put it before the field: -title:word" };
            let fault = Fault::MisplacedOperator { op: Shown::of(&sign.to_string()), help };
            self.sink.report(&fault, Span { start: token.span.start, end: token.span.start + 1 });
            return None;
        }
        let value = self.plain_word(token.span, mode, scope)?;
        let Some(tilde) = self.take_suffix(|kind| matches!(kind, TokenKind::Tilde(_))) else {
            return Some((value, token.span));
        };
        let span = Span { start: token.span.start, end: tilde.span.end };
        Some((self.fuzzy(value, tilde)?, span))
    }

    /// A word or wildcard of a field that is not numeric.
    pub(super) fn plain_word(&mut self, span: Span, mode: Mode, scope: &Scope) -> Option<Value> {
        let class = scope.name().class();
        let holds_words = matches!(class, Class::Text | Class::Entity);
        let typed = span.of(self.text);
        let mut parts = pattern(typed, mode);
        match parts.as_slice() {
            [WildPart::Any] => Some(Value::Exists),
            [WildPart::Literal(word)] => {
                let positions = tokens(word).count();
                if positions == 0 && holds_words {
                    let text = self.shown(span);
                    let fault = if self.behind_field() {
                        Fault::NothingToFind { text }
                    } else {
                        Fault::LeftOut { text }
                    };
                    self.sink.report(&fault, span);
                    return None;
                }
                if positions > self.limits.phrase_words {
                    self.limit("parts of a word", positions, self.limits.phrase_words, span);
                    return None;
                }
                let Some(WildPart::Literal(word)) = parts.pop() else { return None };
                Some(Value::Word(word))
            }
            [WildPart::Literal(begin), .., last] if !holds_words || tokens(begin).next().is_some() => {
                if *last == WildPart::One
                    && self.text.get(span.end as usize..).is_some_and(|rest| rest.trim().is_empty())
                {
                    let alone = Shown::of(typed.trim_end_matches('?'));
                    self.sink.report(&Fault::QuestionMark { word: self.shown(span), alone }, span);
                }
                Some(Value::Wildcard(parts))
            }
            _ => {
                self.sink.report(&Fault::LeadingWildcard { word: self.shown(span) }, span);
                None
            }
        }
    }

    /// `word~1`
    fn fuzzy(&mut self, value: Value, tilde: Token) -> Option<Value> {
        let what = match value {
            Value::Word(word) if tokens(&word).count() == 1 => {
                let TokenKind::Tilde(typed) = tilde.kind else { return None };
                // The edits that Elasticsearch allows: one in a short word, two in a longer one.
                let distance = match typed.of(self.text) {
                    "" if word.chars().count() < 6 => 1,
                    "" | "2" => 2,
                    "1" => 1,
                    _ => {
                        self.sink.report(&Fault::BadFuzzy { text: self.shown(tilde.span) }, tilde.span);
                        return None;
                    }
                };
                return Some(Value::Fuzzy { word, distance });
            }
            Value::Word(_) => "a word of several parts",
            _ => "a wildcard",
        };
        self.sink.report(&Fault::NoTilde { what }, tilde.span);
        None
    }

    /// A value of a numeric or date field that stands without quotes.
    pub(super) fn number_or_date(&mut self, token: Token, scope: &Scope) -> Option<Value> {
        let target = target(scope);
        let typed = token.span.of(self.text);
        let parts = pattern(typed, Mode::Plain);
        if parts == [WildPart::Any] {
            return Some(Value::Exists);
        }
        let numeric = matches!(target.class, Class::Numeric(_));
        if numeric && !matches!(parts.as_slice(), [WildPart::Literal(_)]) {
            let fault = Fault::NoWildcard { what: "a number", help: "number:[400 TO 499]" };
            self.sink.report(&fault, token.span);
            return None;
        }
        if let Some(tilde) = self.take_suffix(|kind| matches!(kind, TokenKind::Tilde(_))) {
            let what = if numeric { "a number" } else { "a date" };
            self.sink.report(&Fault::NoTilde { what }, tilde.span);
            return None;
        }
        let value = range::one_or_two(&unescape(typed), token.span, target, self.sink)?;
        if numeric
            && let Some(next) = self.peek()
            && matches!(next.kind, TokenKind::Word(_))
            && belongs_to_a_number(next.span.of(self.text))
        {
            self.sink.report(&Fault::SplitValue { word: self.shown(next.span) }, next.span);
        }
        Some(Value::Range(value))
    }

    /// `[lo TO hi]`, or a slot by itself.
    fn bracketed(&mut self, token: Token, inside: Span, scope: &Scope) -> Option<(Value, Span)> {
        let class = scope.name().class();
        let ordered = matches!(class, Class::Numeric(_) | Class::Date);
        let brace = token.span.of(self.text).starts_with('{');
        let ranged = range::has_to(self.text, inside);
        if brace && !ordered && !ranged {
            let slot = slot(self.text, token.span, self.sink)?;
            let phrase = self.phrase(vec![PhrasePart::Slot(slot)], 0, token.span, scope)?;
            return Some((Value::Phrase(phrase), token.span));
        }
        if matches!(scope, Scope::Text) {
            let fault = if ranged {
                Fault::RangeWithoutField { what: "range" }
            } else {
                Fault::RangeForm {
                    help: "number:[100 TO 500]; to search for text with brackets put it in quotes".to_owned(),
                }
            };
            self.sink.report(&fault, token.span);
            return None;
        }
        Some((range::bracketed(self.text, token.span, inside, target(scope), self.sink)?, token.span))
    }

    /// `>=100`
    fn compared(&mut self, sign: Token, compare: Compare, scope: &Scope) -> Option<(Value, Span)> {
        let value = self.take(|token| matches!(token.kind, TokenKind::Word(_) | TokenKind::Quoted(_)));
        let Some(value) = value else {
            let fault = Fault::MissingValue { before: self.shown(sign.span), help: "number:>=100" };
            self.sink.report(&fault, sign.span);
            return None;
        };
        let span = Span { start: sign.span.start, end: value.span.end };
        if matches!(scope, Scope::Text) {
            self.sink.report(&Fault::RangeWithoutField { what: "comparison" }, span);
            return None;
        }
        let class = scope.name().class();
        if compare == Compare::Equal && !matches!(class, Class::Numeric(_) | Class::Date) {
            let fault = Fault::MisplacedOperator { op: self.shown(sign.span), help: "title:word" };
            self.sink.report(&fault, sign.span);
            return None;
        }
        let typed = match value.kind {
            TokenKind::Quoted(inside) => inside,
            _ => value.span,
        };
        let read: Range =
            range::compared(compare, &unescape(typed.of(self.text)), typed, target(scope), self.sink)?;
        Some((Value::Range(read), span))
    }
}

/// What a value of `scope` is read as.
pub(super) fn target(scope: &Scope) -> Target<'_> {
    let target = Target::field(scope.name());
    Target { unit: scope.field().and_then(|field| field.unit.as_deref()), ..target }
}
