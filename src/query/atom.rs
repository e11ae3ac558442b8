//! What operators stand between: groups, `ATLEASTn(…)`, values with their field, and the boost behind any of them.

use super::ast::{Leaf, Node, NodeKind, Value};
use super::fault::Fault;
use super::fields;
use super::parser::{Built, Parser, Scope, ends_operand};
use super::token::{Token, TokenKind};
use crate::article::Span;

impl Parser<'_, '_> {
    /// A value, a group or `ATLEASTn(…)`, with what stands behind it.
    pub(super) fn atom(&mut self, scope: &Scope, depth: usize) -> Option<Built> {
        let token = self.peek()?;
        let built = match token.kind {
            TokenKind::Open => self.group(scope, depth),
            TokenKind::Field(name) => self.fielded(name, token, depth),
            TokenKind::AtLeast(n) => self.at_least(n, scope, depth),
            TokenKind::Not | TokenKind::Plus => {
                self.next += 1;
                let fault = Fault::MisplacedOperator {
                    op: self.shown(token.span),
                    help: "a NOT W/5 b, or a AND NOT b",
                };
                self.sink.report(&fault, token.span);
                None
            }
            TokenKind::Near(_) => {
                self.next += 1;
                self.missing("left", token.span);
                None
            }
            _ => self.value(scope),
        };
        self.suffixes(built)
    }

    /// `^2.5`
    fn suffixes(&mut self, mut built: Option<Built>) -> Option<Built> {
        let mut boosted = false;
        while let Some(token) =
            self.take_suffix(|kind| matches!(kind, TokenKind::Caret(_) | TokenKind::Tilde(_)))
        {
            let TokenKind::Caret(value) = token.kind else {
                self.sink.report(&Fault::NoTilde { what: "this" }, token.span);
                continue;
            };
            if boosted {
                self.sink.report(&Fault::StraySuffix { text: self.shown(token.span) }, token.span);
                continue;
            }
            boosted = true;
            let number =
                value.of(self.text).parse::<f32>().ok().filter(|boost| (0.0..=1000.0).contains(boost));
            let Some(boost) = number else {
                self.sink.report(&Fault::BadBoost { text: self.shown(token.span) }, token.span);
                continue;
            };
            built = match built {
                Some(Built { node, height }) => {
                    let span = Span { start: node.span.start, end: token.span.end };
                    // `-0` is 0, so that printing it gives it back
                    let kind = NodeKind::Boost { child: Box::new(node), boost: boost.abs() };
                    self.grown(Node { kind, span }, height + 1)
                }
                None => None,
            };
        }
        built
    }

    /// `(a OR b)`
    fn group(&mut self, scope: &Scope, depth: usize) -> Option<Built> {
        let open = self.take(|token| token.kind == TokenKind::Open)?;
        if depth + 1 > self.limits.depth {
            self.skip_group(open, depth);
            return None;
        }
        let first = self.next;
        let built = self.or(scope, depth + 1);
        let empty = self.next == first;
        let Some(close) = self.take(|token| token.kind == TokenKind::Close) else {
            self.sink.report(&Fault::UnclosedParenthesis, open.span);
            return built;
        };
        let span = Span { start: open.span.start, end: close.span.end };
        if empty {
            self.sink.report(&Fault::EmptyGroup, span);
        }
        let Built { mut node, height } = built?;
        node.span = span;
        Some(Built { node, height })
    }

    /// Goes behind the end of a group that is too deep, and says how deep it is.
    fn skip_group(&mut self, open: Token, depth: usize) {
        let (mut now, mut deepest) = (depth + 1, depth + 1);
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Open => now += 1,
                TokenKind::Close => now -= 1,
                _ => {}
            }
            self.next += 1;
            deepest = deepest.max(now);
            if now == depth {
                break;
            }
        }
        self.limit("depth of parentheses", deepest, self.limits.depth, open.span);
    }

    /// `ATLEAST3(Iran)`
    fn at_least(&mut self, n: u32, scope: &Scope, depth: usize) -> Option<Built> {
        let word = self.take(|_| true)?;
        let Built { node, height } = self.group(scope, depth)?;
        let span = Span { start: word.span.start, end: node.span.end };
        self.grown(Node { kind: NodeKind::AtLeast { n, child: Box::new(node) }, span }, height + 1)
    }

    /// `title:value`
    fn fielded(&mut self, name: Span, token: Token, depth: usize) -> Option<Built> {
        self.next += 1;
        let typed = name.of(self.text);
        if typed == "_exists_" {
            return self.exists(token);
        }
        let scope = match fields::resolve(typed, name) {
            Ok(field) => Scope::Field(field),
            Err(fault) => {
                self.sink.report(&fault, name);
                Scope::Unknown
            }
        };
        let Some(next) = self.peek() else {
            self.missing_value(token);
            return None;
        };
        let built = match next.kind {
            TokenKind::Not => {
                let fault = Fault::MisplacedOperator {
                    op: self.shown(next.span),
                    help: "NOT title:word or -title:word",
                };
                self.sink.report(&fault, next.span);
                None
            }
            kind if ends_operand(kind) => {
                self.missing_value(token);
                None
            }
            TokenKind::Open => self.group(&scope, depth),
            TokenKind::AtLeast(n) => self.at_least(n, &scope, depth),
            _ => self.value(&scope),
        };
        let Built { mut node, height } = built?;
        if matches!(scope, Scope::Unknown) {
            return None;
        }
        node.span.start = token.span.start;
        Some(Built { node, height })
    }

    fn missing_value(&mut self, field: Token) {
        let help = "title:word, title:\"two words\" or title:(this OR that)";
        self.sink.report(&Fault::MissingValue { before: self.shown(field.span), help }, field.span);
    }

    /// `_exists_:person`, as Elasticsearch has it.
    fn exists(&mut self, token: Token) -> Option<Built> {
        let Some(word) = self.take(|token| matches!(token.kind, TokenKind::Word(_))) else {
            let fault = Fault::MissingValue {
                before: self.shown(token.span),
                help: "person:* finds what has a person",
            };
            self.sink.report(&fault, token.span);
            return None;
        };
        let field = match fields::resolve(word.span.of(self.text), word.span) {
            Ok(field) => field,
            Err(fault) => {
                self.sink.report(&fault, word.span);
                return None;
            }
        };
        let span = Span { start: token.span.start, end: word.span.end };
        let fault = Fault::FieldSpelling { typed: self.shown(span), read: format!("{field}:*") };
        self.sink.report(&fault, span);
        self.count_clause();
        let leaf = Leaf { field: Some(field), value: Value::Exists, value_span: word.span };
        Some(Built::leaf(Node { kind: NodeKind::Leaf(leaf), span }))
    }
}
