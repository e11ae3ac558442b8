//! The mention stream of an article: starts, keys, links and ends of mentions, paragraphs and sentences, in order of position.

use super::stream::StreamBuilder;
use super::terms;
use crate::article::{Kind, Mention, Reading, Span, TextField, place};
use crate::text::is_common;
use crate::text::{Boundary, Joined, fold_into};

/// Where a mention stands among the tokens of its text.
pub(super) struct Stand {
    pub(super) first: u32,
    pub(super) last: u32,
    /// The word directly before it, and directly after it.
    pub(super) before: Option<Beside>,
    pub(super) after: Option<Beside>,
    /// How many times words count where it stands.
    pub(super) weight: u32,
}

/// A word beside a mention.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    /// Bytes of the mention's text.
    pub(super) span: Span,
    /// If it may be two words run together: the number of the candidate, and where in the text the second begins.
    pub(super) candidate: Option<(u32, u32)>,
}

/// The stream under construction: marks in order of position, whatever order mentions give them in.
pub(super) struct Marks<'a> {
    stream: &'a mut StreamBuilder,
    title: &'a str,
    body: &'a str,
    joined: Joined,
    /// Ends that lie ahead of what has been written.
    pending: Vec<Ending<'a>>,
    folded: String,
    boundaries: std::iter::Peekable<std::slice::Iter<'a, (u32, Boundary)>>,
}

/// The end of a mention.
struct Ending<'a> {
    at: u32,
    kind: Kind,
    /// The word after it, and the text that it stands in.
    after: Option<(&'a str, Beside)>,
    weight: u32,
}

/// The term at a boundary.
fn boundary_term(boundary: Boundary) -> &'static str {
    match boundary {
        Boundary::Paragraph => terms::PARAGRAPH,
        Boundary::Sentence => terms::SENTENCE,
    }
}

impl<'a> Marks<'a> {
    pub(super) fn new(
        stream: &'a mut StreamBuilder,
        (title, body): (&'a str, &'a str),
        joined: Joined,
        boundaries: &'a [(u32, Boundary)],
    ) -> Self {
        Self {
            stream,
            title,
            body,
            joined,
            pending: Vec::new(),
            folded: String::new(),
            boundaries: boundaries.iter().peekable(),
        }
    }

    /// Writes the boundaries and ends up to `position`, itself included where `through` says so.
    fn write_before(&mut self, position: u32, through: bool) {
        let due = |p: u32| p < position || (through && p == position);
        loop {
            let boundary = self.boundaries.peek().filter(|b| due(b.0)).map(|b| **b);
            let end = (0..self.pending.len()).min_by_key(|i| self.pending[*i].at);
            let end = end.filter(|i| due(self.pending[*i].at));
            match (boundary, end) {
                (Some((at, boundary)), end) if end.is_none_or(|e| at <= self.pending[e].at) => {
                    self.stream.term(at, 1, [boundary_term(boundary)]);
                    self.boundaries.next();
                }
                (_, Some(end)) => {
                    let end = self.pending.remove(end);
                    self.end(&end);
                }
                (_, None) => break,
            }
        }
    }

    fn end(&mut self, end: &Ending<'_>) {
        self.stream.term(end.at, 1, [end.kind.name(), terms::END]);
        if let Some((text, word)) = end.after {
            self.link(text, word, end.at, end.weight, [end.kind.name(), terms::AFTER]);
        }
    }

    /// Writes the links to a word that have one: to it, to the word in it, and to both words that it may be.
    fn link(&mut self, text: &str, beside: Beside, at: u32, weight: u32, mark: [&str; 2]) {
        let Span { start, end } = beside.span;
        let word = beside.span.of(text);
        self.link_one(word, at, weight, mark);
        if let Some(part) = self.joined.part(word) {
            self.link_one(part, at, weight, mark);
        }
        if let Some((number, cut)) = beside.candidate {
            self.stream.only(Some(number));
            self.link_one(Span { start, end: cut }.of(text), at, weight, mark);
            self.link_one(Span { start: cut, end }.of(text), at, weight, mark);
            self.stream.only(None);
        }
    }

    fn link_one(&mut self, word: &str, at: u32, weight: u32, [kind, mark]: [&str; 2]) {
        if is_common(word) {
            self.folded.clear();
            fold_into(word, &mut self.folded);
            self.stream.term(at, weight, [kind, mark, &self.folded]);
        }
    }

    pub(super) fn mention(&mut self, mention: &Mention, stand: &Stand) {
        let (first, kind) = (stand.first, mention.kind);
        let text = match mention.field {
            TextField::Title => self.title,
            TextField::Body => self.body,
        };
        self.write_before(first, false);
        while let Some((at, boundary)) = self.boundaries.next_if(|b| b.0 == first) {
            self.stream.term(*at, 1, [boundary_term(*boundary)]);
        }
        self.stream.term(first, 1, [terms::start(kind)]);
        match &mention.reading {
            Reading::Entity(key) => {
                self.stream.term(first, 1, [kind.name(), terms::KEY, terms::cut(key)]);
                if kind == Kind::Place {
                    for part in place::parts(key) {
                        let [one, two, three] = part;
                        self.stream.term(first, 1, [kind.name(), terms::PART, one, two, three]);
                    }
                } else if kind != Kind::Country {
                    for part in key.split(' ').filter(|p| !p.is_empty()) {
                        self.stream.term(first, 1, [kind.name(), terms::PART, terms::cut(part)]);
                    }
                }
            }
            Reading::Period(_) => {} // its days are in columns
            Reading::Quantity(quantity) => {
                if let Some(unit) = &quantity.unit {
                    if kind == Kind::Number {
                        self.stream.term(first, 1, [kind.name(), terms::PART, terms::COUNTED]);
                    }
                    self.stream.term(first, 1, [kind.name(), terms::KEY, terms::cut(unit)]);
                }
            }
        }
        if let Some(word) = stand.before {
            self.link(text, word, first, stand.weight, [kind.name(), terms::BEFORE]);
        }
        let after = stand.after.map(|word| (text, word));
        self.pending.push(Ending { at: stand.last, kind, after, weight: stand.weight });
    }

    /// Writes what lies ahead.
    pub(super) fn finish(mut self) {
        self.write_before(u32::MAX, true);
    }
}
