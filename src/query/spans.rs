//! Trees without the places where they were written, to compare what queries say.

use std::ops::Bound;

use super::ast::{Node, NodeKind, PhrasePart, Range, SlotFilter, Value};
use crate::article::Span;

impl Node {
    /// The same tree with every span empty, to compare what two queries say and not where they say it.
    ///
    /// ```
    /// use dateline::query::{Limits, parse};
    /// let tree = |query| parse(query, &Limits::default()).unwrap().query.without_spans();
    /// assert_eq!(tree("a b OR c"), tree("((a AND b) OR c)"));
    /// ```
    #[must_use]
    pub fn without_spans(mut self) -> Self {
        self.clear_spans();
        self
    }

    fn clear_spans(&mut self) {
        self.span = NOWHERE;
        match &mut self.kind {
            NodeKind::And(children) | NodeKind::Or(children) => {
                children.iter_mut().for_each(Self::clear_spans);
            }
            NodeKind::Not(child)
            | NodeKind::Required(child)
            | NodeKind::Boost { child, .. }
            | NodeKind::AtLeast { child, .. } => child.clear_spans(),
            NodeKind::Near { left, right, .. } => {
                left.clear_spans();
                right.clear_spans();
            }
            NodeKind::Leaf(leaf) => {
                leaf.value_span = NOWHERE;
                if let Some(field) = &mut leaf.field {
                    field.span = NOWHERE;
                }
                leaf.value.clear_spans();
            }
            NodeKind::All => {}
        }
    }
}

const NOWHERE: Span = Span { start: 0, end: 0 };

impl Value {
    fn clear_spans(&mut self) {
        match self {
            Self::Phrase(phrase) => {
                for part in &mut phrase.parts {
                    if let PhrasePart::Slot(slot) = part {
                        slot.span = NOWHERE;
                        if let Some(SlotFilter::Range(range)) = &mut slot.filter {
                            range.clear_spans();
                        }
                    }
                }
            }
            Self::Range(range) => range.clear_spans(),
            Self::In(items) => {
                for item in items {
                    item.span = NOWHERE;
                    item.value.clear_spans();
                }
            }
            Self::Word(_) | Self::Wildcard(_) | Self::Fuzzy { .. } | Self::Exists => {}
        }
    }
}

impl Range {
    fn clear_spans(&mut self) {
        for end in [&mut self.lo, &mut self.hi] {
            if let Bound::Included(scalar) | Bound::Excluded(scalar) = end {
                scalar.span = NOWHERE;
            }
        }
    }
}
