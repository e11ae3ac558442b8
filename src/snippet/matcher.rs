//! Answers a plan for one article in memory, and says which bytes are the reason.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::article::code::CodeRange;
use crate::article::{Article, Kind, Mention, Reading, Span, TextField};
use crate::plan::{
    Element, EntityName, ExactField, ExistsField, Glob, Leaf, Node, Pattern, QuantityTest, Scope, TimeField,
    UnitTest, phrase,
};
use crate::text::{Layout, Placed, edits, fold, fold_into, tokens};

/// Bytes of an article that matched a part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The text that `span` counts in.
    pub field: TextField,
    /// What matched: half-open bytes of that text.
    pub span: Span,
    /// Which leaf of the plan matched, counted from 0 as they stand in it.
    pub leaf: usize,
    /// The kind of mention, if a mention matched.
    pub kind: Option<Kind>,
    /// A mention's key or a quantity's reading.
    pub reading: Option<String>,
}

/// A plan made ready to be asked of single articles.
#[derive(Debug)]
pub struct Matcher {
    root: Ready,
    leaves: usize,
    /// The word patterns over title and body.
    patterns: Vec<Pattern>,
    /// Which element of which pattern a term may stand for.
    terms: FxHashMap<String, Vec<(usize, usize)>>,
    /// The elements that only a test can tell.
    tests: Vec<(usize, usize, Test)>,
}

#[derive(Debug)]
enum Test {
    Glob(Glob),
    Fuzzy(String, u8),
}

impl Test {
    fn matches(&self, term: &str) -> bool {
        match self {
            Self::Glob(glob) => glob.matches(term),
            Self::Fuzzy(word, limit) => edits(word, term, usize::from(*limit)).is_some(),
        }
    }
}

/// The plan with each leaf numbered and bound to what it needs.
#[derive(Debug)]
enum Ready {
    All,
    Nothing,
    And {
        all: Vec<Ready>,
        none: Vec<Ready>,
    },
    Or(Vec<Ready>),
    /// The pattern of this number.
    Words {
        leaf: usize,
        pattern: usize,
    },
    Leaf {
        leaf: usize,
        what: Leaf,
    },
}

/// The words of one article, by pattern and element.
struct Words {
    layout: Layout,
    /// Positions of each element of each pattern.
    lists: Vec<Vec<Vec<u32>>>,
}

impl Words {
    fn token(&self, position: u32) -> Option<(TextField, Placed)> {
        let (field, tokens) = if position < self.layout.body_start || self.layout.body.is_empty() {
            (TextField::Title, &self.layout.title)
        } else {
            (TextField::Body, &self.layout.body)
        };
        let at = tokens.binary_search_by_key(&position, |t| t.position).ok()?;
        Some((field, tokens[at]))
    }
}

/// What is being asked about.
struct Subject<'a> {
    article: &'a Article,
    mentions: &'a [Mention],
    words: Words,
}

impl Matcher {
    /// Makes a plan ready.
    pub fn new(plan: &Node) -> Self {
        let mut matcher = Self {
            root: Ready::Nothing,
            leaves: 0,
            patterns: Vec::new(),
            terms: FxHashMap::default(),
            tests: Vec::new(),
        };
        matcher.root = matcher.prepare(plan);
        matcher
    }

    fn prepare(&mut self, node: &Node) -> Ready {
        let mut list = |nodes: &[Node]| nodes.iter().map(|n| self.prepare(n)).collect();
        match node {
            Node::All => Ready::All,
            Node::Nothing => Ready::Nothing,
            Node::And { all, none } => Ready::And { all: list(all), none: list(none) },
            Node::Or(children) => Ready::Or(list(children)),
            Node::Boost { child, .. } => self.prepare(child),
            Node::Leaf(what) => {
                let leaf = self.leaves;
                self.leaves += 1;
                match what {
                    Leaf::Words(pattern) if pattern.scope.is_text() => {
                        let number = self.patterns.len();
                        self.register(number, pattern);
                        Ready::Words { leaf, pattern: number }
                    }
                    _ => Ready::Leaf { leaf, what: what.clone() },
                }
            }
        }
    }

    fn register(&mut self, number: usize, pattern: &Pattern) {
        for (at, element) in pattern.elements.iter().enumerate() {
            match element {
                Element::Terms(terms) => {
                    for term in terms {
                        self.terms.entry(term.clone()).or_default().push((number, at));
                    }
                }
                Element::Wildcard(glob) => self.tests.push((number, at, Test::Glob(glob.clone()))),
                Element::Fuzzy { word, distance } => {
                    self.tests.push((number, at, Test::Fuzzy(word.clone(), *distance)));
                }
            }
        }
        self.patterns.push(pattern.clone());
    }

    /// Whether the plan matches an article with these mentions.
    pub fn matches(&self, article: &Article, mentions: &[Mention]) -> bool {
        self.marks(article, mentions).is_some()
    }

    /// The marks of an article, in order of field and start, each range once a leaf; `None` if it does not match.
    pub fn marks(&self, article: &Article, mentions: &[Mention]) -> Option<Vec<Mark>> {
        let subject = Subject { article, mentions, words: self.words(article) };
        let mut marks = Vec::new();
        if !self.ask(&self.root, &subject, &mut marks) {
            return None;
        }
        marks.sort_by_key(|m| (m.field, m.span.start, std::cmp::Reverse(m.span.end), m.leaf));
        marks.dedup();
        Some(marks)
    }

    /// Reads the article's words once for all patterns.
    fn words(&self, article: &Article) -> Words {
        let mut lists: Vec<Vec<Vec<u32>>> =
            self.patterns.iter().map(|p| vec![Vec::new(); p.elements.len()]).collect();
        if self.patterns.is_empty() {
            return Words { layout: Layout::default(), lists };
        }
        let layout = Layout::new(tokens(&article.title), &article.body, tokens(&article.body));
        let mut term = String::new();
        for (text, tokens) in [(&article.title, &layout.title), (&article.body, &layout.body)] {
            for token in tokens {
                term.clear();
                fold_into(token.span.of(text), &mut term);
                for (pattern, element) in self.terms.get(&term).into_iter().flatten() {
                    lists[*pattern][*element].push(token.position);
                }
                for (pattern, element, test) in &self.tests {
                    if test.matches(&term) {
                        lists[*pattern][*element].push(token.position);
                    }
                }
            }
        }
        for (pattern, lists) in self.patterns.iter().zip(&mut lists) {
            for list in lists {
                list.dedup();
                list.retain(|p| pattern.scope.holds(*p, layout.body_start, layout.lead_end));
            }
        }
        Words { layout, lists }
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
            Ready::Words { leaf, pattern } => self.ask_words(*leaf, *pattern, subject, marks),
            Ready::Leaf { leaf, what } => ask_leaf(*leaf, what, subject, marks),
        }
    }

    fn ask_words(&self, leaf: usize, number: usize, subject: &Subject<'_>, marks: &mut Vec<Mark>) -> bool {
        let mut found = Vec::new();
        phrase::matches(&subject.words.lists[number], self.patterns[number].slop, true, false, &mut found);
        for place in &found {
            let (Some((field, first)), Some((_, last))) =
                (subject.words.token(place.first), subject.words.token(place.last))
            else {
                continue;
            };
            let span = Span { start: first.span.start, end: last.span.end };
            marks.push(Mark { field, span, leaf, kind: None, reading: None });
        }
        !found.is_empty()
    }
}

fn ask_leaf(leaf: usize, what: &Leaf, subject: &Subject<'_>, marks: &mut Vec<Mark>) -> bool {
    let article = subject.article;
    match what {
        Leaf::Words(pattern) => {
            short_field(article, pattern.scope).is_some_and(|text| in_short_field(text, pattern))
        }
        Leaf::Entity { kind, name } => {
            mark_mentions(leaf, subject, marks, |m| m.kind == *kind && has_name(m, name))
        }
        Leaf::Quantity(test) => {
            let range = test.codes();
            mark_mentions(leaf, subject, marks, |m| m.kind == test.kind && has_quantity(m, test, &range))
        }
        Leaf::Time { field, from, to } => time(article, *field).is_some_and(|t| *from <= t && t < *to),
        Leaf::Exact { field: ExactField::Id, value } => article.id == *value,
        Leaf::Exact { field: ExactField::Lang, value } => article.lang.as_ref() == Some(value),
        Leaf::Exists(field) => exists(subject, *field),
    }
}

fn mark_mentions(
    leaf: usize,
    subject: &Subject<'_>,
    marks: &mut Vec<Mark>,
    fits: impl Fn(&Mention) -> bool,
) -> bool {
    let before = marks.len();
    marks.extend(subject.mentions.iter().filter(|m| fits(m)).map(|m| Mark {
        field: m.field,
        span: m.span,
        leaf,
        kind: Some(m.kind),
        reading: Some(m.key().into_owned()),
    }));
    marks.len() > before
}

fn has_name(mention: &Mention, name: &EntityName) -> bool {
    let Reading::Entity(key) = &mention.reading else { return false };
    match name {
        EntityName::Key(wanted) => key == wanted,
        EntityName::Part(wanted) => key.split(' ').any(|part| part == wanted),
    }
}

fn has_quantity(mention: &Mention, test: &QuantityTest, range: &CodeRange) -> bool {
    let Some(quantity) = mention.quantity() else { return false };
    let unit = match &test.unit {
        UnitTest::Any => true,
        UnitTest::Counted => quantity.unit.is_some(),
        UnitTest::Is(unit) => quantity.unit.as_deref() == Some(unit),
    };
    unit && range.matches_quantity(quantity)
}

fn short_field(article: &Article, scope: Scope) -> Option<&str> {
    match scope {
        Scope::Source => article.source.as_deref(),
        Scope::Byline => article.byline.as_deref(),
        Scope::Url => article.url.as_deref(),
        _ => None,
    }
}

fn in_short_field(text: &str, pattern: &Pattern) -> bool {
    let terms: Vec<Cow<'_, str>> = tokens(text).map(|t| Cow::Owned(fold(t.span.of(text)))).collect();
    let fits = |element: &Element, term: &str| match element {
        Element::Terms(terms) => terms.iter().any(|t| t == term),
        Element::Wildcard(glob) => glob.matches(term),
        Element::Fuzzy { word, distance } => edits(word, term, usize::from(*distance)).is_some(),
    };
    let positions =
        |element| terms.iter().zip(0..).filter(|(t, _)| fits(element, t)).map(|(_, p)| p).collect();
    let lists: Vec<Vec<u32>> = pattern.elements.iter().map(positions).collect();
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

fn exists(subject: &Subject<'_>, field: ExistsField) -> bool {
    let article = subject.article;
    let has = |text: &str| tokens(text).next().is_some();
    match field {
        ExistsField::Words(Scope::Text) => has(&article.title) || has(&article.body),
        ExistsField::Words(Scope::Title) => has(&article.title),
        ExistsField::Words(Scope::Lead | Scope::Body) => has(&article.body),
        ExistsField::Words(scope) => short_field(article, scope).is_some_and(has),
        ExistsField::Mention(Kind::Quantity) => subject.mentions.iter().any(|m| {
            m.kind == Kind::Quantity
                || (m.kind == Kind::Number && m.quantity().is_some_and(|q| q.unit.is_some()))
        }),
        ExistsField::Mention(kind) => subject.mentions.iter().any(|m| m.kind == kind),
        ExistsField::Time(field) => time(article, field).is_some(),
        ExistsField::Lang => article.lang.is_some(),
    }
}
