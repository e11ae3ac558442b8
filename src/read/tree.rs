//! A small tree over the tags of one record of XML: names, attributes and where their contents lie.

use super::ReadError;
use super::flow::Flow;
use super::markup::{Tag, Token, Tokens};
use super::reference::resolve;

/// Deepest nesting, and most elements.
const DEPTH: usize = 200;
const ELEMENTS: usize = 200_000;

/// Prefixes of vocabularies whose elements mean something else than those of feeds with the same name.
const FOREIGN: &[&str] = &[
    "media",
    "itunes",
    "dc",
    "dcterms",
    "content",
    "slash",
    "georss",
    "geo",
    "gml",
    "cc",
    "g",
    "podcast",
    "psc",
    "thr",
    "sy",
    "feedburner",
    "xhtml",
    "l",
    "ag",
    "ev",
];

/// The elements of a record.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Element<'t>>,
}

#[derive(Debug)]
struct Element<'t> {
    tag: Tag<'t>,
    /// Where its content begins and ends.
    start: usize,
    end: usize,
    /// One past the last element within it.
    last: usize,
}

/// One element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a, 't> {
    tree: &'a Tree<'t>,
    place: usize,
}

impl<'t> Tree<'t> {
    /// The tree over `text`. End tags without a start are passed over; elements not closed end with those around them.
    ///
    /// # Errors
    /// If elements lie too deep within each other, or there are too many.
    pub(super) fn of(text: &'t str) -> Result<Self, ReadError> {
        let root = Tag::nameless();
        let mut nodes = vec![Element { tag: root, start: 0, end: text.len(), last: 0 }];
        let mut open = vec![0usize];
        let mut tokens = Tokens::xml(text);
        let mut before = 0;
        while let Some(token) = tokens.next() {
            match token {
                Token::Open(tag) => {
                    let (place, start) = (nodes.len(), tokens.at());
                    nodes.push(Element { tag, start, end: start, last: place + 1 });
                    if !tag.empty {
                        open.push(place);
                    }
                    if open.len() > DEPTH {
                        return Err(ReadError::TooIntricate {
                            what: "elements within each other",
                            limit: DEPTH,
                        });
                    }
                    if nodes.len() > ELEMENTS {
                        return Err(ReadError::TooIntricate { what: "elements", limit: ELEMENTS });
                    }
                }
                Token::Close(name) => {
                    let same = |place: &usize| nodes.get(*place).is_some_and(|node| node.tag.name == name);
                    if let Some(depth) = open.iter().rposition(same).filter(|depth| *depth > 0) {
                        let last = nodes.len();
                        for place in open.drain(depth..) {
                            if let Some(node) = nodes.get_mut(place) {
                                (node.end, node.last) = (before, last);
                            }
                        }
                    }
                }
                _ => {}
            }
            before = tokens.at();
        }
        let last = nodes.len();
        for place in open {
            if let Some(node) = nodes.get_mut(place) {
                (node.end, node.last) = (text.len(), last);
            }
        }
        Ok(Self { text, nodes })
    }

    /// What holds the outermost elements.
    pub(super) fn root(&self) -> Node<'_, 't> {
        Node { tree: self, place: 0 }
    }
}

impl<'a, 't> Node<'a, 't> {
    fn element(self) -> Option<&'a Element<'t>> {
        self.tree.nodes.get(self.place)
    }

    /// The value of an attribute, references resolved, if it is not blank.
    pub(super) fn attribute(self, name: &str) -> Option<String> {
        let value = resolve(self.element()?.tag.attribute(name)?.trim()).into_owned();
        (!value.is_empty()).then_some(value)
    }

    /// Its name without prefix.
    pub(super) fn name(self) -> &'t str {
        self.element().map_or("", |element| split(element.tag.name).1)
    }

    /// The elements right within it.
    pub(super) fn children(self) -> impl Iterator<Item = Node<'a, 't>> {
        let mut next = self.place + 1;
        let end = self.element().map_or(0, |element| element.last);
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = Node { place: next, ..self };
            next = child.element().map_or(end, |element| element.last);
            Some(child)
        })
    }

    /// Everything within it, in order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Node<'a, 't>> {
        let end = self.element().map_or(0, |element| element.last);
        (self.place + 1..end).map(move |place| Node { place, ..self })
    }

    /// The elements right within it that are called `name`: `dc:date`, or `title` with no prefix or one that says nothing.
    pub(super) fn all(self, name: &'a str) -> impl Iterator<Item = Node<'a, 't>> {
        self.children().filter(move |child| child.element().is_some_and(|element| is(element.tag.name, name)))
    }

    /// The first element at a path of names parted by `/`.
    pub(super) fn at(self, path: &'a str) -> Option<Node<'a, 't>> {
        match path.split_once('/') {
            None => self.all(path).next(),
            Some((name, rest)) => self.all(name).find_map(|child| child.at(rest)),
        }
    }

    /// The first element called `name` anywhere within it.
    pub(super) fn within(self, name: &str) -> Option<Node<'a, 't>> {
        self.descendants().find(|node| node.element().is_some_and(|element| is(element.tag.name, name)))
    }

    /// Its content as it stands.
    pub(super) fn inner(self) -> &'t str {
        self.element().and_then(|element| self.tree.text.get(element.start..element.end)).unwrap_or("")
    }

    /// Its characters, tags left out, references resolved once: what a title says, or the HTML that a feed carries
    /// escaped.
    pub(super) fn value(self) -> String {
        let mut out = String::new();
        for token in Tokens::xml(self.inner()) {
            match token {
                Token::Text(text) => out.push_str(&resolve(text)),
                Token::Raw(text) => out.push_str(text),
                _ => {}
            }
        }
        out
    }

    /// Its characters on one line, if there are any.
    pub(super) fn line(self) -> Option<String> {
        let value = self.value();
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// Its text as paragraphs.
    pub(super) fn flow(self) -> String {
        let mut flow = Flow::default();
        Tokens::xml(self.inner()).for_each(|token| flow.take(token));
        flow.finish()
    }
}

fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// Whether an element called `name` is meant by `wanted`.
fn is(name: &str, wanted: &str) -> bool {
    if name.eq_ignore_ascii_case(wanted) {
        return true;
    }
    let (prefix, bare) = split(name);
    !wanted.contains(':') && bare.eq_ignore_ascii_case(wanted) && !FOREIGN.contains(&prefix)
}
