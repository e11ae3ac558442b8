//! The syntax tree: what a query says, before anything is known of an index.

use std::ops::Bound;

use serde::Serialize;

use super::fields::FieldRef;
use crate::article::{Kind, Span};

/// A part of a query and where it was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// What it says.
    pub kind: NodeKind,
    /// Bytes of the query's text, its parentheses and field included.
    pub span: Span,
}

/// What a part of a query says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum NodeKind {
    /// All of them; two or more.
    And(Vec<Node>),
    /// Any of them; two or more.
    Or(Vec<Node>),
    /// What does not match.
    Not(Box<Node>),
    /// `+x`: must match, even beside optional parts.
    Required(Box<Node>),
    /// `x^2.5`: counts this much more; from 0 to 1000.
    Boost {
        /// What is boosted.
        child: Box<Node>,
        /// By how much.
        boost: f32,
    },
    /// Both, near each other.
    Near {
        /// How near, and in which order.
        op: Proximity,
        /// What stands on the operator's left.
        left: Box<Node>,
        /// What stands on its right.
        right: Box<Node>,
    },
    /// `ATLEAST3(x)`: at least `n` occurrences in one article; `n >= 1`.
    AtLeast {
        /// How many.
        n: u32,
        /// Of what.
        child: Box<Node>,
    },
    /// A value, in a field or in the text.
    Leaf(Leaf),
    /// `*`: every article.
    All,
}

/// How near two parts must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Proximity {
    /// `W/n`: within `n` words, in any order.
    Within(u32),
    /// `PRE/n`: the left one first, within `n` words.
    Before(u32),
    /// `NOT W/n`: the left one with no right one within `n` words.
    NotWithin(u32),
    /// `W/S`: in one sentence.
    Sentence,
    /// `W/P`: in one paragraph.
    Paragraph,
}

/// A value and the field it is looked for in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leaf {
    /// The field; without one the value is looked for in the text. A field before a group (`title:(a OR b)`) stands
    /// on every leaf of the group that names none itself.
    pub field: Option<FieldRef>,
    /// What is looked for.
    pub value: Value,
    /// Where the value was written, its field not included: bytes of the query's text.
    pub value_span: Span,
}

/// What a leaf looks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Value {
    /// One word as typed, unescaped and unfolded; never in a date or numeric field. It may hold several tokens
    /// (`mid-air`), then they stand in a row; it holds at least one, but in `agency section source url lang story id`.
    Word(String),
    /// `hous*`, `wom?n`: begins with a literal and holds at least one sign.
    Wildcard(Vec<WildPart>),
    /// `word~1`.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// How many edits away it may be: 1 or 2.
        distance: u8,
    },
    /// Words and slots in a row.
    Phrase(Phrase),
    /// Values between two ends. A single number or date is a range from itself to itself, a comparison a range
    /// with one end open; never are both open.
    Range(Range),
    /// Any of these; one or more. Each is a word, a wildcard, a phrase without slots or a range of one value.
    In(Vec<Item>),
    /// Whatever has the field.
    Exists,
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What is looked for.
    pub value: Value,
    /// Bytes of the query's text.
    pub span: Span,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum WildPart {
    /// These characters, as typed; not empty.
    Literal(String),
    /// `*`: any characters, or none.
    Any,
    /// `?`: any one character.
    One,
}

/// Words and slots that stand in a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phrase {
    /// One or more, of which at least one is a slot or holds a token.
    pub parts: Vec<PhrasePart>,
    /// How many positions the parts may be moved in all.
    pub slop: u32,
}

impl Phrase {
    /// The words with single spaces between them; `None` if there is a slot among them.
    pub fn text(&self) -> Option<String> {
        let words: Option<Vec<&str>> = self.parts.iter().map(PhrasePart::word).collect();
        Some(words?.join(" "))
    }
}

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum PhrasePart {
    /// What stood between white space, unescaped and unfolded; it may hold several tokens, or none (`&`).
    Word(String),
    /// A typed hole.
    Slot(Slot),
}

impl PhrasePart {
    fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Slot(_) => None,
        }
    }
}

/// A typed hole in a phrase, which a mention fills: `{who=person}`, `{number 100..500}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slot {
    /// The name that what fills it is returned under: a letter or `_`, then letters, digits and `_`, all ASCII.
    pub name: Option<String>,
    /// What kind of mention fills it.
    pub kind: Kind,
    /// Which of them.
    pub filter: Option<SlotFilter>,
    /// Where it was written, braces included: bytes of the query's text.
    pub span: Span,
}

/// Which mentions of a kind fill a slot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum SlotFilter {
    /// A person, country, organisation or place by name, as typed.
    Key(String),
    /// Numbers or dates in a range; if both ends are given, both are inclusive.
    Range(Range),
    /// Numbers of a unit: an ISO 4217 code for money, otherwise as typed.
    Unit(String),
}

/// Values between two ends of one type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Range {
    /// Where it begins.
    pub lo: Bound<Scalar>,
    /// Where it ends.
    pub hi: Bound<Scalar>,
}

/// One end of a range: as typed, and as read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scalar {
    /// As typed, quotes and outer white space removed.
    pub text: String,
    /// As read.
    pub value: ScalarValue,
    /// Bytes of the query's text.
    pub span: Span,
}

/// How a value was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum ScalarValue {
    /// Of a numeric field; finite.
    Number {
        /// In `unit`, multipliers (`bn`) worked in.
        value: f64,
        /// The unit that the value itself states: an ISO 4217 code for money, otherwise as typed. A percentage has none.
        unit: Option<String>,
    },
    /// Of a date field: the stretch `from..to`, half-open, in seconds since 1970-01-01 UTC.
    Date {
        /// Its first second.
        from: i64,
        /// The first second after it.
        to: i64,
    },
    /// Of any other field: the text itself, ordered by its folded form.
    Text,
}

impl Range {
    /// The range that holds `scalar` alone.
    pub(super) fn only(scalar: Scalar) -> Self {
        Self { lo: Bound::Included(scalar.clone()), hi: Bound::Included(scalar) }
    }

    /// The one number or date that the range holds, if it was written as one.
    pub fn single(&self) -> Option<&Scalar> {
        match (&self.lo, &self.hi) {
            (Bound::Included(lo), Bound::Included(hi))
                if lo.text == hi.text && lo.value == hi.value && lo.value != ScalarValue::Text =>
            {
                Some(lo)
            }
            _ => None,
        }
    }

    /// The unit that its ends state; they never contradict each other.
    pub fn unit(&self) -> Option<&str> {
        [&self.lo, &self.hi].into_iter().find_map(|end| match end {
            Bound::Included(Scalar { value: ScalarValue::Number { unit, .. }, .. })
            | Bound::Excluded(Scalar { value: ScalarValue::Number { unit, .. }, .. }) => unit.as_deref(),
            _ => None,
        })
    }

    /// Its ends as numbers; `None` if it is not a range of numbers.
    pub fn numbers(&self) -> Option<(Bound<f64>, Bound<f64>)> {
        let number = |end: &Bound<Scalar>| match end.as_ref().map(|scalar| &scalar.value) {
            Bound::Included(ScalarValue::Number { value, .. }) => Some(Bound::Included(*value)),
            Bound::Excluded(ScalarValue::Number { value, .. }) => Some(Bound::Excluded(*value)),
            Bound::Unbounded => Some(Bound::Unbounded),
            _ => None,
        };
        Some((number(&self.lo)?, number(&self.hi)?))
    }

    /// Its seconds `from..to`, half-open, since 1970-01-01 UTC; an open end is `i64::MIN` or `i64::MAX`. `None` if
    /// it is not a range of dates.
    ///
    /// A date stands for all of its stretch: `>2025-09` begins with October, `<=2025-09` ends with September.
    pub fn instants(&self) -> Option<(i64, i64)> {
        let from = match self.lo.as_ref().map(|scalar| &scalar.value) {
            Bound::Included(ScalarValue::Date { from, .. }) => *from,
            Bound::Excluded(ScalarValue::Date { to, .. }) => *to,
            Bound::Unbounded => i64::MIN,
            _ => return None,
        };
        let to = match self.hi.as_ref().map(|scalar| &scalar.value) {
            Bound::Included(ScalarValue::Date { to, .. }) => *to,
            Bound::Excluded(ScalarValue::Date { from, .. }) => *from,
            Bound::Unbounded => i64::MAX,
            _ => return None,
        };
        Some((from, to))
    }
}
