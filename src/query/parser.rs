//! From tokens to a tree: operators. Groups and fields are read in `atom`, the values between them in `leaf`.
//!
//! Recursive over parentheses alone, and these are counted against the limit before each descent; operators are
//! loops. A part that cannot be read is reported and left out, and parsing goes on behind it.

use super::ast::{Node, NodeKind, Proximity};
use super::error::Sink;
use super::fault::Fault;
use super::fields::{FieldName, FieldRef};
use super::limits::Limits;
use super::show::Shown;
use super::token::{Token, TokenKind};
use super::words::Mode;
use crate::article::Span;

/// A tree and how deep it is.
pub(super) struct Built {
    pub(super) node: Node,
    pub(super) height: usize,
}

impl Built {
    pub(super) fn leaf(node: Node) -> Self {
        Self { node, height: 1 }
    }
}

/// The field that values are read for.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// None is named: the text.
    Text,
    Field(FieldRef),
    /// One is named that there is not; the error was reported, and values are read to be left out.
    Unknown,
}

pub(super) struct Parser<'q, 's> {
    pub(super) text: &'q str,
    tokens: Vec<Token>,
    /// Which token comes next.
    pub(super) next: usize,
    pub(super) limits: Limits,
    pub(super) sink: &'s mut Sink,
    /// How many leaves there are so far.
    clauses: usize,
    /// Whether the query uses operators or groups, and so is written by someone who knows a query language.
    has_operators: bool,
    /// Which lower-case words were remarked on already.
    noted: Vec<&'static str>,
}

impl<'q, 's> Parser<'q, 's> {
    pub(super) fn new(text: &'q str, tokens: Vec<Token>, limits: Limits, sink: &'s mut Sink) -> Self {
        let operator = |token: &Token| {
            use TokenKind::{And, AtLeast, Near, Not, Open, Or, Plus};
            matches!(token.kind, And | Or | Not | Plus | Open | Near(_) | AtLeast(_))
        };
        let has_operators = tokens.iter().any(operator);
        Self { text, tokens, next: 0, limits, sink, clauses: 0, has_operators, noted: Vec::new() }
    }

    /// The tree of the whole query; `None` if there is none, with the reason in the sink.
    pub(super) fn query(mut self) -> Option<Node> {
        let mut built = self.or(&Scope::Text, 0);
        while let Some(close) = self.peek() {
            // Only a closing parenthesis ends the query early.
            self.sink.report(&Fault::StrayParenthesis, close.span);
            self.next += 1;
            let more = self.or(&Scope::Text, 0);
            built = built.or(more);
        }
        if self.clauses > self.limits.clauses {
            self.limit("clauses", self.clauses, self.limits.clauses, Span::new(0, self.text.len()));
        }
        if built.is_none() && self.sink.errors() == 0 {
            self.sink.report(&Fault::EmptyQuery, Span::new(0, self.text.len()));
        }
        built.map(|built| built.node)
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.next).copied()
    }

    /// The next token, if it is of this kind and nothing stands before it.
    pub(super) fn take_suffix(&mut self, is: impl Fn(TokenKind) -> bool) -> Option<Token> {
        self.take(|token| is(token.kind) && !token.spaced)
    }

    /// The next token if `is` accepts it.
    pub(super) fn take(&mut self, is: impl Fn(Token) -> bool) -> Option<Token> {
        let token = self.peek().filter(|token| is(*token))?;
        self.next += 1;
        Some(token)
    }

    /// Whether the token that was taken last is the very value of a field, not one of a group.
    pub(super) fn behind_field(&self) -> bool {
        let before = self.next.checked_sub(2).and_then(|before| self.tokens.get(before));
        before.is_some_and(|token| matches!(token.kind, TokenKind::Field(_)))
    }

    pub(super) fn shown(&self, span: Span) -> Shown {
        Shown::of(span.of(self.text))
    }

    pub(super) fn limit(&mut self, what: &'static str, found: usize, limit: usize, span: Span) {
        self.sink.report(&Fault::Limit { what, found, limit }, span);
    }

    pub(super) fn count_clause(&mut self) {
        self.clauses += 1;
    }

    /// `a b OR c`
    pub(super) fn or(&mut self, scope: &Scope, depth: usize) -> Option<Built> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.and(scope, depth));
            let Some(op) = self.take(|token| token.kind == TokenKind::Or) else { break };
            self.expect_right(op);
        }
        self.join(parts, NodeKind::Or)
    }

    /// `a b AND c`
    fn and(&mut self, scope: &Scope, depth: usize) -> Option<Built> {
        let mut parts = Vec::new();
        let mut began = false;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::And | TokenKind::Or if !began => {
                    self.next += 1;
                    self.missing("left", token.span);
                }
                TokenKind::Close | TokenKind::Or => break,
                TokenKind::And => {
                    self.next += 1;
                    self.expect_right(token);
                }
                _ => {
                    self.note_lowercase(token, began);
                    parts.extend(self.unary(scope, depth));
                }
            }
            began = true;
        }
        self.join(parts, NodeKind::And)
    }

    /// Reports `op` if nothing stands on its right, and leaves out operators that follow it.
    fn expect_right(&mut self, op: Token) {
        if self.peek().is_none_or(|token| ends_operand(token.kind)) {
            self.missing("right", op.span);
        }
        while self.take(|token| matches!(token.kind, TokenKind::And | TokenKind::Or)).is_some() {}
    }

    pub(super) fn missing(&mut self, side: &'static str, op: Span) {
        self.sink.report(&Fault::MissingOperand { op: self.shown(op), side }, op);
    }

    fn join(&mut self, mut parts: Vec<Built>, make: fn(Vec<Node>) -> NodeKind) -> Option<Built> {
        if parts.len() < 2 {
            return parts.pop();
        }
        let height = 1 + parts.iter().map(|part| part.height).max().unwrap_or(0);
        let nodes: Vec<Node> = parts.into_iter().map(|part| part.node).collect();
        let (start, end) = (nodes.first()?.span.start, nodes.last()?.span.end);
        self.grown(Node { kind: make(nodes), span: Span { start, end } }, height)
    }

    /// A tree of this height, unless it is too deep to be walked.
    pub(super) fn grown(&mut self, node: Node, height: usize) -> Option<Built> {
        if height > self.limits.depth {
            self.limit("depth of the tree", height, self.limits.depth, node.span);
            return None;
        }
        Some(Built { node, height })
    }

    /// Remarks on `and`, `or`, `not` and `same` between two parts.
    fn note_lowercase(&mut self, token: Token, began: bool) {
        const WORDS: [&str; 4] = ["and", "or", "not", "same"];
        if token.kind != TokenKind::Word(Mode::Plain) || !began {
            return;
        }
        let typed = token.span.of(self.text);
        let named = |word: &&str| *word == typed || (*word == "same" && typed == "SAME");
        let Some(word) = WORDS.into_iter().find(named).filter(|word| !self.noted.contains(word)) else {
            return;
        };
        let behind = self.tokens.get(self.next + 1).map(|token| token.kind);
        let between = behind.is_some_and(|kind| {
            use TokenKind::{Bracketed, Field, Not, Open, Plus, Quoted, Word};
            matches!(kind, Word(_) | Quoted(_) | Open | Not | Plus | Field(_) | Bracketed(_))
        });
        // "the same day" is not meant as an operator.
        if !between || (typed == "same" && !self.has_operators) {
            return;
        }
        self.noted.push(word);
        let shown = Shown::of(typed);
        let fault = match word {
            "same" => Fault::SameIsAWord { word: shown },
            _ => Fault::LowercaseOperator { word: shown, upper: word.to_ascii_uppercase() },
        };
        self.sink.report(&fault, token.span);
    }

    /// `NOT a`, `-a`, `+a`
    fn unary(&mut self, scope: &Scope, depth: usize) -> Option<Built> {
        let first = self.next;
        while self.take(|token| matches!(token.kind, TokenKind::Not | TokenKind::Plus)).is_some() {}
        let prefixes = first..self.next;
        if let Some(last) = prefixes.clone().last().and_then(|last| self.tokens.get(last).copied())
            && self
                .peek()
                .is_none_or(|token| ends_operand(token.kind) || matches!(token.kind, TokenKind::Near(_)))
        {
            self.missing("right", last.span);
            return None;
        }
        let Built { mut node, mut height } = self.prox(scope, depth)?;
        if height + prefixes.len() > self.limits.depth {
            self.limit("depth of the tree", height + prefixes.len(), self.limits.depth, node.span);
            return None;
        }
        for prefix in prefixes.rev() {
            let Some(token) = self.tokens.get(prefix) else { continue };
            let span = Span { start: token.span.start, end: node.span.end };
            let child = Box::new(node);
            let kind =
                if token.kind == TokenKind::Plus { NodeKind::Required(child) } else { NodeKind::Not(child) };
            node = Node { kind, span };
            height += 1;
        }
        Some(Built { node, height })
    }

    /// `a W/5 b`
    fn prox(&mut self, scope: &Scope, depth: usize) -> Option<Built> {
        let mut before = self.sink.errors();
        let mut left = self.atom(scope, depth);
        while let Some((op, span)) = self.proximity() {
            // A part may also be missing because it was left out with a note.
            if left.is_none() && self.sink.errors() == before {
                self.missing("left", span);
            }
            before = self.sink.errors();
            let right = match self.peek() {
                Some(token) if !ends_operand(token.kind) && !matches!(token.kind, TokenKind::Near(_)) => {
                    self.atom(scope, depth)
                }
                _ => None,
            };
            if right.is_none() && self.sink.errors() == before {
                self.missing("right", span);
            }
            left = match (left, right, op) {
                (Some(left), Some(right), Some(op)) => self.near(left, op, right),
                _ => None,
            };
        }
        left
    }

    pub(super) fn near(&mut self, left: Built, op: Proximity, right: Built) -> Option<Built> {
        let height = 1 + left.height.max(right.height);
        let span = Span { start: left.node.span.start, end: right.node.span.end };
        let (left, right) = (Box::new(left.node), Box::new(right.node));
        self.grown(Node { kind: NodeKind::Near { op, left, right }, span }, height)
    }

    /// The proximity operator that comes next, if one does; `None` inside if it is wrong.
    fn proximity(&mut self) -> Option<(Option<Proximity>, Span)> {
        let token = self.peek()?;
        if let TokenKind::Near(op) = token.kind {
            self.next += 1;
            return Some((self.checked(op, token.span), token.span));
        }
        let behind = self.tokens.get(self.next + 1).copied()?;
        let (TokenKind::Not, TokenKind::Near(op)) = (token.kind, behind.kind) else { return None };
        self.next += 2;
        let span = Span { start: token.span.start, end: behind.span.end };
        let op = if let Proximity::Within(n) = op {
            self.checked(Proximity::NotWithin(n), span)
        } else {
            self.sink.report(&Fault::NotProximity { op: self.shown(behind.span) }, span);
            None
        };
        Some((op, span))
    }

    /// The operator if its distance is one that can be asked for.
    pub(super) fn checked(&mut self, op: Proximity, span: Span) -> Option<Proximity> {
        let (Proximity::Within(n) | Proximity::Before(n) | Proximity::NotWithin(n)) = op else {
            return Some(op);
        };
        if n == 0 {
            let most = self.limits.distance;
            self.sink.report(&Fault::ZeroDistance { op: self.shown(span), most }, span);
            return None;
        }
        if n > self.limits.distance {
            self.limit("distance", n as usize, self.limits.distance as usize, span);
            return None;
        }
        Some(op)
    }
}

/// Whether an operator before such a token has nothing on its right.
pub(super) fn ends_operand(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Close | TokenKind::And | TokenKind::Or)
}

impl Scope {
    pub(super) fn field(&self) -> Option<&FieldRef> {
        match self {
            Self::Field(field) => Some(field),
            Self::Text | Self::Unknown => None,
        }
    }

    /// The field whose values are like those that are read here.
    pub(super) fn name(&self) -> FieldName {
        self.field().map_or(FieldName::Body, |field| field.name)
    }
}
