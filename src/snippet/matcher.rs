//! Answers a plan for one article in memory, and says which bytes are the reason.

use std::borrow::Cow;

use super::mark::Mark;
use super::mention::passes;
use super::ready::{Ready, Rows};
use super::subject::Subject;
use crate::article::{Article, Mention};
use crate::plan::near::Place;
use crate::plan::shape::{Shape, occurrences};
use crate::plan::{
    Element, ExactField, ExistsField, Leaf, MentionTest, Node, Pattern, Scope, TimeField, phrase,
};
use crate::text::language::is_of;
use crate::text::{edits, fold, tokens};

/// A plan made ready to be asked of single articles.
#[derive(Debug)]
pub struct Matcher {
    root: Ready,
    rows: Rows,
}

impl Matcher {
    /// Makes a plan ready.
    pub fn new(plan: &Node) -> Self {
        let mut rows = Rows::default();
        let root = rows.prepare(plan);
        Self { root, rows }
    }

    /// Whether the plan matches an article with these mentions.
    pub fn matches(&self, article: &Article, mentions: &[Mention]) -> bool {
        self.marks(article, mentions).is_some()
    }

    /// The marks of an article, in order of field and start, each range once a leaf; `None` if it does not match.
    ///
    /// `mentions` are in order of field and start.
    pub fn marks(&self, article: &Article, mentions: &[Mention]) -> Option<Vec<Mark>> {
        let subject = Subject::new(&self.rows, article, mentions);
        let mut marks = Vec::new();
        if !self.ask(&self.root, &subject, &mut marks) {
            return None;
        }
        marks.sort_by_key(|m| (m.field, m.span.start, std::cmp::Reverse(m.span.end), m.leaf));
        marks.dedup();
        Some(marks)
    }

    /// Whether a part of the plan matches; its marks are added if it does.
    fn ask(&self, node: &Ready, subject: &Subject<'_>, marks: &mut Vec<Mark>) -> bool {
        match node {
            Ready::All => true,
            Ready::Nothing => false,
            Ready::And { all, none } => {
                let before = marks.len();
                let ok = all.iter().all(|child| self.ask(child, subject, marks))
                    && !none.iter().any(|child| self.ask(child, subject, &mut Vec::new()));
                if !ok {
                    marks.truncate(before);
                }
                ok
            }
            Ready::Or(children) => {
                let mut ok = false;
                for child in children {
                    ok |= self.ask(child, subject, marks); // every branch that matches has its marks
                }
                ok
            }
            Ready::Places { shape, rows, at_least } => {
                self.ask_places(shape, *rows, *at_least, subject, marks)
            }
            Ready::Mention { leaf, test } => ask_mentions(*leaf, test, subject, marks),
            Ready::Whole(leaf) => ask_whole(leaf, subject),
        }
    }

    fn ask_places(
        &self,
        shape: &Shape,
        (from, to): (usize, usize),
        at_least: usize,
        subject: &Subject<'_>,
        marks: &mut Vec<Mark>,
    ) -> bool {
        let list = &self.rows.list;
        let rows: Vec<_> = (from..to).map(|row| subject.places(&list[row])).collect();
        let enough = are_there(shape, at_least, &rows, subject);
        if enough {
            let reasons = shape.reasons(&rows, &subject.ruler);
            drop(rows);
            // What fills the slots is read again, one row at a time: of all rows at once there may be much.
            for (row, reasons) in (from..to).zip(&reasons) {
                if room(marks) > 0 && reasons.contains(&true) {
                    let found = subject.rows(&list[row]);
                    let reasons = found.iter().zip(reasons).filter(|(_, reason)| **reason);
                    let new = reasons.filter_map(|(place, _)| subject.mark(&list[row], place));
                    marks.extend(new.take(room(marks)));
                }
            }
        }
        enough
    }
}

/// Whether what hangs together as `shape` says stands in an article so often; `rows` are the places of its rows.
pub(super) fn are_there(shape: &Shape, at_least: usize, rows: &[Vec<Place>], subject: &Subject<'_>) -> bool {
    match (shape, at_least) {
        (Shape::Row(row), 1) => !rows[*row].is_empty(),
        (shape, 1) => shape.any(rows, &subject.ruler),
        (shape, n) => occurrences(&shape.places(rows, &subject.ruler)) >= n,
    }
}

/// The most marks of an article. Texts made to hurt have more, not all of which are marked.
const MARKS: usize = 50_000;

fn room(marks: &[Mark]) -> usize {
    MARKS.saturating_sub(marks.len())
}

fn ask_mentions(leaf: usize, test: &MentionTest, subject: &Subject<'_>, marks: &mut Vec<Mark>) -> bool {
    let mut passing = subject.mentions.iter().filter(|m| passes(m, test)).peekable();
    let any = passing.peek().is_some();
    marks.extend(passing.take(room(marks)).map(|m| Mark {
        field: m.field,
        span: m.span,
        leaf,
        kind: Some(m.kind),
        reading: Some(m.key().into_owned()),
        captures: Vec::new(),
    }));
    any
}

pub(super) fn ask_whole(what: &Leaf, subject: &Subject<'_>) -> bool {
    let article = subject.article;
    match what {
        Leaf::Words(pattern) => {
            short_field(article, pattern.scope).is_some_and(|text| in_short_field(text, pattern))
        }
        Leaf::Time { field, from, to } => time(article, *field).is_some_and(|t| *from <= t && t < *to),
        Leaf::Exact { field: ExactField::Id, value } => article.id == *value,
        Leaf::Exact { field: ExactField::Lang, value } => {
            article.lang.as_ref().is_some_and(|tag| is_of(tag, value))
        }
        Leaf::Exists(field) => exists(article, *field),
        // The first three are taken up before; nothing in an article tells its story.
        Leaf::Mention(_)
        | Leaf::Near(_)
        | Leaf::AtLeast { .. }
        | Leaf::Exact { field: ExactField::Story, .. } => false,
    }
}

fn short_field(article: &Article, scope: Scope) -> Option<&str> {
    match scope {
        Scope::Source => article.source.as_deref(),
        Scope::Byline => article.byline.as_deref(),
        Scope::Section => article.section.as_deref(),
        Scope::Agency => article.agency.as_deref(),
        Scope::Url => article.url.as_deref(),
        Scope::Text | Scope::Title | Scope::Lead | Scope::Body => None,
    }
}

fn in_short_field(text: &str, pattern: &Pattern) -> bool {
    let Some(words) = pattern.words() else { return false };
    let terms: Vec<Cow<'_, str>> = tokens(text).map(|t| Cow::Owned(fold(t.span.of(text)))).collect();
    let fits = |element: &Element, term: &str| match element {
        Element::Terms(terms) | Element::Forms { terms, .. } => terms.iter().any(|t| t == term),
        Element::Wildcard(glob) => glob.matches(term),
        Element::Fuzzy { word, distance } => edits(word, term, usize::from(*distance)).is_some(),
    };
    let positions = |element: &&Element| {
        terms.iter().zip(0..).filter(|(t, _)| fits(element, t)).map(|(_, p)| p).collect()
    };
    let lists: Vec<Vec<u32>> = words.iter().map(positions).collect();
    let mut found = Vec::new();
    phrase::matches(&lists, pattern.slop, true, true, &mut found);
    !found.is_empty()
}

fn time(article: &Article, field: TimeField) -> Option<i64> {
    match field {
        TimeField::Published => article.published,
        TimeField::Updated => article.updated,
    }
}

fn exists(article: &Article, field: ExistsField) -> bool {
    let has = |text: &str| tokens(text).next().is_some();
    match field {
        ExistsField::Words(Scope::Text) => has(&article.title) || has(&article.body),
        ExistsField::Words(Scope::Title) => has(&article.title),
        ExistsField::Words(Scope::Lead | Scope::Body) => has(&article.body),
        ExistsField::Words(scope) => short_field(article, scope).is_some_and(has),
        ExistsField::Time(field) => time(article, field).is_some(),
        ExistsField::Lang => article.lang.is_some(),
    }
}
