//! The plan: what a query asks of an index, with every name bound. It can be sent over a wire, and knows no engine.

use serde::{Deserialize, Serialize};

use super::mention_test::MentionTest;
use super::pattern::{Part, Pattern, Scope};

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

    /// The names of the slots of phrases, in order; a name stands as often as slots have it.
    pub fn slot_names(&self) -> Vec<&str> {
        let mut rows: Vec<&Pattern> = Vec::new();
        for leaf in self.leaves() {
            match leaf {
                Leaf::Words(pattern) => rows.push(pattern),
                Leaf::Near(places) | Leaf::AtLeast { of: places, .. } => rows.extend(places.rows()),
                _ => {}
            }
        }
        let parts = rows.into_iter().flat_map(|row| &row.parts);
        parts
            .filter_map(|part| match part {
                Part::Slot(slot) => slot.name.as_deref(),
                Part::Word(_) => None,
            })
            .collect()
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
    /// Words and mentions in a row, or one word.
    Words(Pattern),
    /// Mentions, by name, or by value and unit.
    Mention(MentionTest),
    /// Stretches of the text near each other.
    Near(Places),
    /// Stretches of the text that stand in an article often enough.
    AtLeast {
        /// How often; of stretches that hold one another the shortest count.
        n: u32,
        /// Of what.
        of: Places,
    },
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

/// What has places in title and body: stretches from a first to a last position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Places {
    /// Words and mentions in a row; the scope is title and body, or a part of them.
    Row(Pattern),
    /// The places of any; one or more.
    Or(Vec<Places>),
    /// Places near each other; see [`super::near`].
    Near {
        /// How near, and in which order.
        op: Nearness,
        /// What stands on the operator's left.
        left: Box<Places>,
        /// What stands on its right.
        right: Box<Places>,
    },
}

impl Places {
    /// The rows, in the order of the query.
    pub fn rows(&self) -> Vec<&Pattern> {
        match self {
            Self::Row(pattern) => vec![pattern],
            Self::Or(children) => children.iter().flat_map(Self::rows).collect(),
            Self::Near { left, right, .. } => [left.rows(), right.rows()].concat(),
        }
    }
}

/// How near two places stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nearness {
    /// Within so many words, in any order.
    Within(u32),
    /// The left one first, within so many words.
    Before(u32),
    /// The left one, where no right one is within so many words.
    NotWithin(u32),
    /// In one sentence; the title is one.
    Sentence,
    /// In one paragraph; the title is one.
    Paragraph,
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
    /// The story that the article is in, 16 digits in hexadecimal.
    Story,
}

/// A field that an article may have or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExistsField {
    /// Words in a text or a short field.
    Words(Scope),
    /// A time.
    Time(TimeField),
    /// The language.
    Lang,
}
