//! A plan made ready to be asked of single articles: every part numbered, every word known by its term.

use rustc_hash::FxHashMap;

use crate::plan::shape::Shape;
use crate::plan::{Element, Glob, Leaf, MentionTest, Node, Part, Pattern, Places, Scope};
use crate::text::language::is_of;
use crate::text::{Family, Stem, edits};

/// The plan with its leaves numbered.
#[derive(Debug)]
pub(super) enum Ready {
    All,
    Nothing,
    And {
        all: Vec<Ready>,
        none: Vec<Ready>,
    },
    Or(Vec<Ready>),
    /// Rows of the text that hang together as `shape` says, at least so often.
    Places {
        shape: Shape,
        /// The number of the first row, and of the first after the last.
        rows: (usize, usize),
        at_least: usize,
    },
    Mention {
        leaf: usize,
        test: MentionTest,
    },
    /// A question about the article as a whole.
    Whole(Leaf),
}

/// A row of words and slots.
#[derive(Debug)]
pub(super) struct Row {
    /// The number that its marks bear.
    pub(super) leaf: usize,
    pub(super) slop: u32,
    /// The number of each part's list.
    pub(super) parts: Vec<usize>,
    pub(super) slots: Vec<RowSlot>,
}

/// A slot of a row.
#[derive(Debug)]
pub(super) struct RowSlot {
    pub(super) part: usize,
    pub(super) name: Option<String>,
    pub(super) tests: Vec<MentionTest>,
}

/// Where in an article one part of a row may stand; parts that ask for the same share it, so that a word over and over in
/// a query takes no more memory than once.
#[derive(Debug)]
pub(super) struct List {
    pub(super) scope: Scope,
    /// What fills it, if mentions do.
    pub(super) slot: Option<Vec<MentionTest>>,
}

/// Words that only a test can tell.
#[derive(Debug)]
pub(super) enum WordTest {
    Glob(Glob),
    Fuzzy(String, u8),
}

impl WordTest {
    pub(super) fn matches(&self, term: &str) -> bool {
        match self {
            Self::Glob(glob) => glob.matches(term),
            Self::Fuzzy(word, limit) => edits(word, term, usize::from(*limit)).is_some(),
        }
    }
}

/// Everything that is looked for in title and body.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) list: Vec<Row>,
    /// The lists of their parts.
    pub(super) lists: Vec<List>,
    /// The number of a list by what it holds.
    numbers: FxHashMap<String, usize>,
    /// Which lists a term belongs in.
    pub(super) terms: FxHashMap<String, Vec<usize>>,
    pub(super) tests: Vec<(usize, WordTest)>,
    /// Whose words belong in a list in articles of their language.
    families: Vec<(usize, Family)>,
    /// The same by the stem, where that is told: of many plans.
    pub(super) stems: Option<FxHashMap<Stem, Vec<usize>>>,
    /// Whether distances are asked for.
    pub(super) near: bool,
    leaves: usize,
}

impl Rows {
    /// Of many plans.
    pub(super) fn of_many() -> Self {
        Self { stems: Some(FxHashMap::default()), ..Self::default() }
    }

    /// Nothing more is taken up.
    pub(super) fn close(&mut self) {
        self.numbers = FxHashMap::default();
    }

    /// The families whose words count in an article with this language tag.
    pub(super) fn families(&self, lang: Option<&str>) -> Vec<&(usize, Family)> {
        let of = |family: &Family| lang.is_some_and(|lang| family.tags().iter().any(|tag| is_of(lang, tag)));
        self.families.iter().filter(|(_, family)| of(family)).collect()
    }

    fn add_terms(&mut self, terms: &[String], list: usize) {
        for term in terms {
            self.terms.entry(term.clone()).or_default().push(list);
        }
    }

    /// The lists that a term belongs in, each told to `found`; `families` are those of the article's language.
    pub(super) fn look_up(&self, term: &str, families: &[&(usize, Family)], mut found: impl FnMut(usize)) {
        for list in self.terms.get(term).into_iter().flatten() {
            found(*list);
        }
        for (list, test) in &self.tests {
            if test.matches(term) {
                found(*list);
            }
        }
        for (list, family) in families {
            if family.has(term) {
                found(*list);
            }
        }
    }

    /// Makes a plan ready and takes up its rows.
    pub(super) fn prepare(&mut self, node: &Node) -> Ready {
        let mut list = |nodes: &[Node]| nodes.iter().map(|n| self.prepare(n)).collect();
        match node {
            Node::All => Ready::All,
            Node::Nothing => Ready::Nothing,
            Node::And { all, none } => Ready::And { all: list(all), none: list(none) },
            Node::Or(children) => Ready::Or(list(children)),
            Node::Boost { child, .. } => self.prepare(child),
            Node::Leaf(leaf) => match leaf {
                Leaf::Words(pattern) if pattern.scope.is_text() => {
                    let first = self.list.len();
                    self.add(pattern);
                    Ready::Places { shape: Shape::Row(0), rows: (first, first + 1), at_least: 1 }
                }
                Leaf::Near(places) => self.places(places, 1),
                Leaf::AtLeast { n, of } => self.places(of, *n),
                Leaf::Mention(test) => {
                    self.leaves += 1;
                    Ready::Mention { leaf: self.leaves - 1, test: test.clone() }
                }
                _ => Ready::Whole(leaf.clone()),
            },
        }
    }

    fn places(&mut self, places: &Places, at_least: u32) -> Ready {
        let first = self.list.len();
        for pattern in places.rows() {
            self.add(pattern);
        }
        let shape = Shape::of(places, &mut 0);
        self.near |= shape.needs().0;
        Ready::Places {
            shape,
            rows: (first, self.list.len()),
            at_least: usize::try_from(at_least).unwrap_or(usize::MAX),
        }
    }

    fn add(&mut self, pattern: &Pattern) {
        let mut slots = Vec::new();
        let mut parts = Vec::with_capacity(pattern.parts.len());
        for (part, what) in pattern.parts.iter().enumerate() {
            parts.push(self.list_of(pattern.scope, what));
            if let Part::Slot(slot) = what {
                slots.push(RowSlot { part, name: slot.name.clone(), tests: slot.tests.clone() });
            }
        }
        self.list.push(Row { leaf: self.leaves, slop: pattern.slop, parts, slots });
        self.leaves += 1;
    }

    /// The number of the list of a part.
    fn list_of(&mut self, scope: Scope, part: &Part) -> usize {
        let number = self.lists.len();
        let key = match part {
            Part::Word(element) => format!("{scope:?} {element:?}"),
            Part::Slot(slot) => format!("{scope:?} {:?}", slot.tests), // whatever it is called
        };
        if let Some(known) = self.numbers.get(&key) {
            return *known;
        }
        self.numbers.insert(key, number);
        let mut slot = None;
        match part {
            Part::Word(Element::Terms(terms)) => self.add_terms(terms, number),
            Part::Word(Element::Forms { terms, stems }) => {
                self.add_terms(terms, number);
                match &mut self.stems {
                    Some(known) => {
                        for stem in stems {
                            known.entry(stem.clone()).or_default().push(number);
                        }
                    }
                    None => self
                        .families
                        .extend(stems.iter().filter_map(Stem::family).map(|family| (number, family))),
                }
            }
            Part::Word(Element::Wildcard(glob)) => self.tests.push((number, WordTest::Glob(glob.clone()))),
            Part::Word(Element::Fuzzy { word, distance }) => {
                self.tests.push((number, WordTest::Fuzzy(word.clone(), *distance)));
            }
            Part::Slot(what) => slot = Some(what.tests.clone()),
        }
        self.lists.push(List { scope, slot });
        number
    }
}
