//! Words and mentions in a row: what a phrase asks for.

use serde::{Deserialize, Serialize};

use super::mention_test::MentionTest;
use crate::text::Stem;

/// Words and mentions in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// Where they are looked for.
    pub scope: Scope,
    /// One or more; slots only where the scope is title and body, or a part of them.
    pub parts: Vec<Part>,
    /// By how many positions, in all, they may be moved against each other; see [`super::phrase`].
    pub slop: u32,
}

impl Pattern {
    /// The words, if there is no slot among the parts.
    pub fn words(&self) -> Option<Vec<&Element>> {
        self.parts.iter().map(Part::word).collect()
    }
}

/// What stands in a row with others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A word, at one position.
    Word(Element),
    /// A mention, over all of its positions.
    Slot(Slot),
}

impl Part {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&Element> {
        match self {
            Self::Word(element) => Some(element),
            Self::Slot(_) => None,
        }
    }
}

/// A hole that a mention fills.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// What it is called in answers; `None` where nobody asks what filled it.
    pub name: Option<String>,
    /// What fills it: mentions that pass any of these; one or more.
    pub tests: Vec<MentionTest>,
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
    /// The section.
    Section,
    /// The news agency.
    Agency,
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
            Self::Text | Self::Source | Self::Byline | Self::Section | Self::Agency | Self::Url => true,
        }
    }
}

/// What may stand at one position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Any of these terms; one or more, the one that was asked for first.
    Terms(Vec<String>),
    /// Any of some terms, and in articles of other languages every word that shares a stem with the one asked for.
    Forms {
        /// The terms that count in every article; one or more, the one that was asked for first.
        terms: Vec<String>,
        /// The stems, each in articles of its language; one or more.
        stems: Vec<Stem>,
    },
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
