//! What a page says about itself, as it says it: its meta elements, links, headings and embedded data.

use std::borrow::Cow;

use super::super::ReadError;
use super::super::markup::{Tag, Token, Tokens};
use super::super::reference::resolve;
use super::load::Load;

/// Most meta elements that are kept.
const METAS: usize = 500;
/// Most scripts of JSON-LD, and the longest one.
const SCRIPTS: usize = 40;
const LONGEST_SCRIPT: usize = 2 << 20;

/// Statements of a page, references resolved, white space as it stands.
#[derive(Debug, Default)]
pub(super) struct Facts<'t> {
    /// Key, in lower case, and content of each meta element and of whatever has `itemprop` and a value, in order.
    metas: Vec<(String, Cow<'t, str>)>,
    /// The language that the page is in.
    pub(super) lang: Option<&'t str>,
    /// The address in the element `link rel=canonical`.
    pub(super) canonical: Option<Cow<'t, str>>,
    /// The element `title`.
    pub(super) title: Option<Cow<'t, str>>,
    /// The first heading of the first order that has text.
    pub(super) heading: Option<String>,
    /// The value of each element `time`, in order.
    pub(super) times: Vec<&'t str>,
    /// The scripts of JSON-LD.
    pub(super) scripts: Vec<&'t str>,
}

impl<'t> Facts<'t> {
    /// Collects from the tags of `page`.
    ///
    /// # Errors
    /// If the page is more intricate than a parser should be given.
    pub(super) fn of(page: &'t str) -> Result<Self, ReadError> {
        let mut facts = Self::default();
        let mut load = Load::default();
        let mut heading: Option<String> = None;
        let mut raw = Raw::Other;
        for token in Tokens::html(page) {
            match token {
                Token::Open(tag) => {
                    load.open(&tag)?;
                    raw = facts.tag(&tag);
                    if tag.is("h1") && facts.heading.is_none() {
                        heading = Some(String::new());
                    }
                }
                Token::Raw(text) => match raw {
                    Raw::Title if facts.title.is_none() => facts.title = Some(resolve(text)),
                    Raw::Data if facts.scripts.len() < SCRIPTS && text.len() <= LONGEST_SCRIPT => {
                        facts.scripts.push(text);
                    }
                    _ => {}
                },
                Token::Close(name) => {
                    load.close(name);
                    if name.eq_ignore_ascii_case("h1") {
                        facts.heading =
                            facts.heading.take().or(heading.take().filter(|h| !h.trim().is_empty()));
                    }
                }
                Token::Text(text) => {
                    if let Some(heading) = heading.as_mut().filter(|heading| heading.len() < 1000) {
                        heading.push_str(&resolve(text));
                        heading.push(' ');
                    }
                }
            }
        }
        Ok(facts)
    }

    /// The first content that is not blank under one of `keys`; an earlier key goes before a later one.
    pub(super) fn meta<'s>(&'s self, keys: &[&'s str]) -> Option<&'s str> {
        keys.iter().find_map(|key| self.all(key).next())
    }

    /// Every content under `key` that is not blank.
    pub(super) fn all<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s str> {
        let same = self.metas.iter().filter(move |(known, _)| known == key);
        same.map(|(_, content)| content.trim()).filter(|content| !content.is_empty())
    }

    fn tag(&mut self, tag: &Tag<'t>) -> Raw {
        if tag.is("meta") {
            self.meta_element(tag);
        } else if tag.is("script") {
            let kind = tag.attribute("type").unwrap_or("");
            return if kind.to_ascii_lowercase().contains("ld+json") { Raw::Data } else { Raw::Other };
        } else if tag.is("title") {
            return Raw::Title;
        } else if tag.is("html") {
            self.lang = self.lang.or(tag.attribute("lang")).or(tag.attribute("xml:lang"));
        } else if tag.is("link") {
            let rel = tag.attribute("rel").unwrap_or("");
            if rel.eq_ignore_ascii_case("canonical") && self.canonical.is_none() {
                self.canonical = tag.attribute("href").map(resolve);
            }
        } else if tag.is("time") {
            self.times.extend(tag.attribute("datetime").filter(|_| self.times.len() < METAS));
            self.property(tag);
        } else {
            self.property(tag);
        }
        Raw::Other
    }

    fn meta_element(&mut self, tag: &Tag<'t>) {
        let Some(content) = tag.attribute("content") else { return };
        for key in ["property", "name", "itemprop"] {
            if let Some(key) = tag.attribute(key).filter(|_| self.metas.len() < METAS) {
                self.metas.push((key.trim().to_ascii_lowercase(), resolve(content)));
            }
        }
    }

    /// What an element other than `meta` states in its attributes.
    fn property(&mut self, tag: &Tag<'t>) {
        let Some(key) = tag.attribute("itemprop").filter(|_| self.metas.len() < METAS) else { return };
        if let Some(value) = tag.attribute("content").or_else(|| tag.attribute("datetime")) {
            self.metas.push((key.trim().to_ascii_lowercase(), resolve(value)));
        }
    }
}

/// What the raw text after a tag is.
enum Raw {
    Title,
    Data,
    Other,
}
