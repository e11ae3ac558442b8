//! The plan: what a query asks of an index, with every name bound. It can be sent over a wire, and knows no engine.

use serde::{Deserialize, Serialize};

use crate::article::Kind;
use crate::article::code::CodeRange;

/// A part of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Every article.
    All,
    /// No article.
    Nothing,
    /// Articles that match all of `all` and none of `none`; `all` is not empty.
    And {
        /// What must match.
        all: Vec<Node>,
        /// What must not.
        none: Vec<Node>,
    },
    /// Articles that match any; two or more.
    Or(Vec<Node>),
    /// Articles that match, their score multiplied.
    Boost {
        /// What matches.
        child: Box<Node>,
        /// The factor; from 0 to 1000.
        by: f32,
    },
    /// A question that the index answers.
    Leaf(Leaf),
}

impl Node {
    /// All of `nodes`, without a level where there is one alone.
    pub fn and(mut nodes: Vec<Node>) -> Node {
        match nodes.len() {
            0 => Node::All,
            1 => nodes.remove(0),
            _ => Node::And { all: nodes, none: Vec::new() },
        }
    }

    /// Any of `nodes`, without a level where there is one alone.
    pub fn or(mut nodes: Vec<Node>) -> Node {
        match nodes.len() {
            0 => Node::Nothing,
            1 => nodes.remove(0),
            _ => Node::Or(nodes),
        }
    }

    /// Every leaf that can be the reason for a match, in order: those under a `none` are left out.
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut leaves = Vec::new();
        self.collect(&mut leaves);
        leaves
    }

    fn collect<'a>(&'a self, leaves: &mut Vec<&'a Leaf>) {
        match self {
            Node::All | Node::Nothing => {}
            Node::And { all: children, .. } | Node::Or(children) => {
                for child in children {
                    child.collect(leaves);
                }
            }
            Node::Boost { child, .. } => child.collect(leaves),
            Node::Leaf(leaf) => leaves.push(leaf),
        }
    }
}

/// A question that the index answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaf {
    /// Words in a row, or one word.
    Words(Pattern),
    /// Mentions of a kind, by name.
    Entity {
        /// The kind.
        kind: Kind,
        /// Which of them.
        name: EntityName,
    },
    /// Mentions of a numeric kind, by value and unit.
    Quantity(QuantityTest),
    /// The time of publication or change, half-open, in seconds since 1970-01-01 UTC.
    Time {
        /// Which time.
        field: TimeField,
        /// The first second.
        from: i64,
        /// The first second after.
        to: i64,
    },
    /// A field that is one term.
    Exact {
        /// Which field.
        field: ExactField,
        /// The whole of its value.
        value: String,
    },
    /// Articles that have something in a field.
    Exists(ExistsField),
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// Where they are looked for.
    pub scope: Scope,
    /// One or more, each standing for one position.
    pub elements: Vec<Element>,
    /// By how many positions, in all, they may be moved against each other; see [`super::phrase`].
    pub slop: u32,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Title and body.
    Text,
    /// The title alone.
    Title,
    /// The first paragraphs of the body.
    Lead,
    /// The body alone.
    Body,
    /// The outlet's name.
    Source,
    /// The byline.
    Byline,
    /// The address.
    Url,
}

impl Scope {
    /// Whether it is a part of title and body, whose words share one run of positions.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Title | Self::Lead | Self::Body)
    }

    /// Whether it takes some positions of title and body and leaves others.
    pub fn is_part(self) -> bool {
        matches!(self, Self::Title | Self::Lead | Self::Body)
    }

    /// Whether it takes a position, where the article's body begins at `body_start` and its lead ends before `lead_end`.
    pub fn holds(self, position: u32, body_start: u32, lead_end: u32) -> bool {
        match self {
            Self::Title => position < body_start,
            Self::Lead => (body_start..lead_end).contains(&position),
            Self::Body => position >= body_start,
            Self::Text | Self::Source | Self::Byline | Self::Url => true,
        }
    }
}

/// What may stand at one position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Any of these terms; one or more, the one that was asked for first.
    Terms(Vec<String>),
    /// Terms that a pattern matches.
    Wildcard(Glob),
    /// Terms within some edits of a word, transpositions counted as one.
    Fuzzy {
        /// The folded word.
        word: String,
        /// How many edits: 1 or 2.
        distance: u8,
    },
}

/// A pattern for terms: literal beginning, then pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glob {
    /// What every match begins with; folded, not empty.
    pub prefix: String,
    /// What follows.
    pub rest: Vec<GlobPart>,
}

/// A piece of a [`Glob`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GlobPart {
    /// These characters, folded.
    Literal(String),
    /// Any characters, or none.
    Any,
    /// Any one character.
    One,
}

impl Glob {
    /// Whether the pattern matches a whole term.
    pub fn matches(&self, term: &str) -> bool {
        term.strip_prefix(&*self.prefix).is_some_and(|rest| matches_rest(&self.rest, rest))
    }
}

/// Matches pieces against a text, going back to the last `*` alone: time is linear in both for each `*`.
fn matches_rest(parts: &[GlobPart], text: &str) -> bool {
    let (mut part, mut at) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        let step = match parts.get(part) {
            None if at == text.len() => return true,
            None => None,
            Some(GlobPart::Any) => {
                star = Some((part, at));
                part += 1;
                continue;
            }
            Some(GlobPart::One) => text.get(at..).and_then(|t| t.chars().next()).map(char::len_utf8),
            Some(GlobPart::Literal(literal)) => {
                text.get(at..).is_some_and(|t| t.starts_with(&**literal)).then_some(literal.len())
            }
        };
        if let Some(step) = step {
            part += 1;
            at += step;
            continue;
        }
        let Some((back, from)) = star else { return false };
        let Some(next) = text.get(from..).and_then(|t| t.chars().next()) else { return false };
        star = Some((back, from + next.len_utf8()));
        part = back + 1;
        at = from + next.len_utf8();
    }
}

/// Which mentions of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityName {
    /// Those with this key.
    Key(String),
    /// Those whose key has this part, a folded word.
    Part(String),
}

/// Which quantities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuantityTest {
    /// Of which kind.
    pub kind: Kind,
    /// Of which unit.
    pub unit: UnitTest,
    /// Between which values, ends included or not; `None` for any.
    pub range: Option<ValueRange>,
    /// Only single values that are stated plainly.
    pub exact: bool,
}

impl QuantityTest {
    /// The range to test values with, as everything in dateline compares numbers.
    pub fn codes(&self) -> CodeRange {
        match self.range {
            Some(r) => CodeRange::new((r.lo, r.lo_included), (r.hi, r.hi_included), self.exact),
            None => CodeRange::new((f64::NEG_INFINITY, true), (f64::INFINITY, true), self.exact),
        }
    }
}

/// Which unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitTest {
    /// Any, or none.
    Any,
    /// Any counted noun.
    Counted,
    /// This one.
    Is(String),
}

/// Values between two ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ValueRange {
    /// The lower end; may be minus infinity.
    pub lo: f64,
    /// Whether the lower end itself is in.
    pub lo_included: bool,
    /// The upper end; may be infinity.
    pub hi: f64,
    /// Whether the upper end itself is in.
    pub hi_included: bool,
}

/// A time of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeField {
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
}

/// A field that is one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExactField {
    /// The article's id.
    Id,
    /// The language tag.
    Lang,
}

/// A field that an article may have or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExistsField {
    /// Words in a text or a short field.
    Words(Scope),
    /// A mention of a kind.
    Mention(Kind),
    /// A time.
    Time(TimeField),
    /// The language.
    Lang,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_terms() {
        use GlobPart::{Any, Literal, One};
        let glob = |prefix: &str, rest: Vec<GlobPart>| Glob { prefix: prefix.into(), rest };
        assert!(glob("hous", vec![Any]).matches("houses") && glob("hous", vec![Any]).matches("hous"));
        assert!(!glob("hous", vec![Any]).matches("hose"));
        let women = glob("wom", vec![One, Literal("n".into())]);
        assert!(women.matches("women") && women.matches("woman") && !women.matches("womn"));
        let twice = glob("a", vec![Any, Literal("b".into()), Any, Literal("c".into())]);
        assert!(twice.matches("axbxbc") && twice.matches("abc") && !twice.matches("acb"));
    }
}
