//! Operands of the proximity operators and of `ATLEAST`: everything that has places in title and body.

use super::bind::Binder;
use super::node::{Nearness, Places};
use super::pattern::{Part, Pattern, Scope, Slot};
use super::refuse;
use super::rewrite::Rule;
use crate::article::Span;
use crate::query::{self, FieldName, FieldRef, NodeKind, Proximity, Value};

const HELP: &str =
    "words, \"phrases\", names, numbers and groups of them with OR: (deport* OR expel*) W/10 Iranian";

impl Binder {
    /// The places of a part of the query; `None` if it has none, with the error on record.
    pub(super) fn places(&mut self, node: &query::Node) -> Option<Places> {
        let no = |binder: &mut Self, what: &str, help: &str| {
            binder.refuse(refuse::no_place(what, help, node.span));
            None
        };
        match &node.kind {
            NodeKind::Near { op, left, right } => {
                let (left, right) = (self.places(left), self.places(right));
                Some(Places::Near { op: nearness(*op), left: Box::new(left?), right: Box::new(right?) })
            }
            NodeKind::Or(children) => {
                let bound: Vec<_> = children.iter().map(|child| self.places(child)).collect();
                bound.into_iter().collect::<Option<_>>().map(Places::Or)
            }
            NodeKind::Required(child) => self.places(child),
            NodeKind::Boost { .. } => {
                self.refuse(refuse::boost_inside(node.span));
                None
            }
            NodeKind::Leaf(leaf) => self.leaf_places(leaf.field.as_ref(), &leaf.value, leaf.value_span),
            NodeKind::And(_) => no(
                self,
                "AND",
                "say how near its parts stand: (a W/5 b) W/10 c; or ask twice: (a W/10 c) AND (b W/10 c)",
            ),
            NodeKind::Not(_) => no(self, "NOT", "a NOT W/10 b finds a where no b is near"),
            NodeKind::AtLeast { .. } => no(self, "ATLEAST", "ATLEAST3(a W/10 b) counts what stands near"),
            NodeKind::All => no(self, "*", HELP),
        }
    }

    fn leaf_places(&mut self, field: Option<&FieldRef>, value: &Value, span: Span) -> Option<Places> {
        if let Value::In(items) = value {
            self.rewrote(Rule::List, span, format!("any of {}", items.len()));
            let bound: Vec<_> =
                items.iter().map(|item| self.leaf_places(field, &item.value, item.span)).collect();
            return bound.into_iter().collect::<Option<_>>().map(Places::Or);
        }
        let scope = match field.map(|field| field.name) {
            None => Scope::Text,
            Some(FieldName::Title) => Scope::Title,
            Some(FieldName::Lead) => Scope::Lead,
            Some(FieldName::Body) => Scope::Body,
            Some(_) => return self.mention_places(field?, value, span),
        };
        if *value == Value::Exists {
            self.refuse(refuse::no_place("*", HELP, span));
            return None;
        }
        self.pattern(scope, value, span).map(Places::Row)
    }

    fn mention_places(&mut self, field: &FieldRef, value: &Value, span: Span) -> Option<Places> {
        if super::mention::kind_of(field.name).is_none() {
            let what = format!("{}:", field.name.name());
            let help = "put it beside the operator: (a W/10 b) AND source:bbc";
            let refused = refuse::no_place(&what, help, field.span);
            self.refuse(refused);
            return None;
        }
        let tests = self.mention_tests(field, value, span)?;
        let slot = Part::Slot(Slot { name: None, tests });
        Some(Places::Row(Pattern { scope: Scope::Text, parts: vec![slot], slop: 0 }))
    }
}

fn nearness(op: Proximity) -> Nearness {
    match op {
        Proximity::Within(n) => Nearness::Within(n),
        Proximity::Before(n) => Nearness::Before(n),
        Proximity::NotWithin(n) => Nearness::NotWithin(n),
        Proximity::Sentence => Nearness::Sentence,
        Proximity::Paragraph => Nearness::Paragraph,
    }
}
