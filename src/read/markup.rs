//! HTML, XML and SGML to tags and text, in one pass over any input.
//!
//! No tree is built, nothing is checked against a grammar, no entity is expanded and no reference followed: this reads
//! what strangers wrote. Each byte is looked at a fixed number of times.

use memchr::{memchr, memmem};

/// What stands at some place of a document. Comments, declarations and processing instructions are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Characters between tags, references (`&amp;`) as they stand.
    Text(&'t str),
    /// Characters that stand for themselves: a CDATA section, a script, a style sheet.
    Raw(&'t str),
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag, by its name.
    Close(&'t str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name as written, with its prefix.
    pub(super) name: &'t str,
    attributes: &'t str,
    /// Whether it closes itself: `<br/>`.
    pub(super) empty: bool,
}

impl<'t> Tag<'t> {
    /// A tag that stands for what is around all tags.
    pub(super) fn nameless() -> Self {
        Self { name: "", attributes: "", empty: false }
    }

    /// Whether it has this name, in any case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its attributes: name and value, references as they stand.
    pub(super) fn attributes(&self) -> Attributes<'t> {
        Attributes { rest: self.attributes }
    }

    /// The value of the attribute with this name, in any case.
    pub(super) fn attribute(&self, name: &str) -> Option<&'t str> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Iterator over the attributes of a tag.
#[derive(Debug, Clone)]
pub(super) struct Attributes<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end =
            rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        // A name may begin with an equals sign, as in `<p =x>`; it must not be empty.
        let end = if end == 0 { rest.chars().next()?.len_utf8() } else { end };
        let (name, rest) = rest.split_at_checked(end)?;
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            self.rest = rest;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = if let Some(quote) = quote {
            let inside = value.get(1..).unwrap_or("");
            inside.split_once(quote).unwrap_or((inside, ""))
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
            value.split_at_checked(end)?
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// Iterator over the tokens of a document.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    html: bool,
    /// The element whose raw text comes next.
    raw: Option<&'t str>,
}

/// What a `<` begins.
enum Markup<'t> {
    /// A tag, or a CDATA section.
    Token(Token<'t>),
    /// Something that was passed over.
    Passed,
    /// Nothing: it is a character like any other.
    None,
}

/// Elements of HTML whose content is text up to their end tag.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

impl<'t> Tokens<'t> {
    /// The tokens of an HTML page.
    pub(super) fn html(text: &'t str) -> Self {
        Self { text, at: 0, html: true, raw: None }
    }

    /// The tokens of XML, or of SGML whose tags are written out.
    pub(super) fn xml(text: &'t str) -> Self {
        Self { text, at: 0, html: false, raw: None }
    }

    /// The next token ends before this byte.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Where `end` ends from here on; the end of the text if it does not come.
    fn past(&self, from: usize, end: &[u8]) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or(&[]);
        memmem::find(rest, end).map_or(self.text.len(), |at| from + at + end.len())
    }

    /// Up to the end tag of `name`.
    fn raw_text(&mut self, name: &str) -> &'t str {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut from = 0;
        let end = loop {
            let Some(at) = memmem::find(bytes.get(from..).unwrap_or(&[]), b"</") else { break rest.len() };
            let after = bytes.get(from + at + 2..).unwrap_or(&[]);
            let same = after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            if same && !after.get(name.len()).is_some_and(u8::is_ascii_alphanumeric) {
                break from + at;
            }
            from += at + 2;
        };
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    /// Reads what begins with `<`, and leaves `at` past it.
    fn markup(&mut self) -> Markup<'t> {
        let bytes = self.rest().as_bytes();
        let start = self.at;
        match bytes.get(1).copied().unwrap_or(b' ') {
            b'!' if bytes.starts_with(b"<!--") => self.at = self.past(start + 4, b"-->"),
            b'!' if bytes.starts_with(b"<![CDATA[") => {
                self.at = self.past(start + 9, b"]]>");
                let inside = self.text.get(start + 9..self.at).unwrap_or("");
                let inside = inside.strip_suffix("]]>").unwrap_or(inside);
                return Markup::Token(Token::Raw(inside));
            }
            b'!' => self.at = self.declaration(),
            b'?' if self.html => self.at = self.past(start, b">"),
            b'?' => self.at = self.past(start, b"?>"),
            b'/' => {
                self.at = self.past(start, b">");
                let inside = self.text.get(start + 2..self.at).unwrap_or("");
                let name = inside.trim_end_matches('>').split_ascii_whitespace().next().unwrap_or("");
                return Markup::Token(Token::Close(name));
            }
            b if b.is_ascii_alphabetic() || (!self.html && (b == b'_' || !b.is_ascii())) => {
                return Markup::Token(Token::Open(self.tag()));
            }
            _ => return Markup::None,
        }
        Markup::Passed
    }

    /// The end of a declaration: `<!DOCTYPE …>`, with its subset in brackets if it has one.
    fn declaration(&self) -> usize {
        let bytes = self.text.as_bytes();
        let first = bytes.get(self.at..).unwrap_or(&[]);
        let plain = memchr(b'>', first).map_or(first.len(), |at| at + 1);
        match memchr(b'[', first) {
            Some(open) if open < plain && !self.html => {
                let closed = self.past(self.at + open, b"]");
                self.past(closed, b">")
            }
            _ => self.at + plain,
        }
    }

    /// A start tag, which ends with the first `>` outside quotes.
    fn tag(&mut self) -> Tag<'t> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 1;
        let mut quote = None;
        let mut value = false; // whether an equals sign came last: only then a quote opens
        while let Some(byte) = bytes.get(end) {
            match (quote, byte) {
                (Some(open), byte) if open == *byte => quote = None,
                (None, b'>') => break,
                (None, b'"' | b'\'') if value => quote = Some(*byte),
                _ => {} // within quotes, or of no weight
            }
            value = quote.is_none() && (*byte == b'=' || (value && byte.is_ascii_whitespace()));
            end += 1;
        }
        let inside = rest.get(1..end).unwrap_or("");
        self.at = (self.at + end + 1).min(self.text.len());
        let empty = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let name_end =
            inside.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '<')).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_end).unwrap_or((inside, ""));
        if self.html && !empty && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            self.raw = Some(name);
        }
        Tag { name, attributes, empty }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if let Some(name) = self.raw.take() {
            return Some(Token::Raw(self.raw_text(name)));
        }
        while self.at < self.text.len() {
            if self.rest().starts_with('<') {
                match self.markup() {
                    Markup::Token(token) => return Some(token),
                    Markup::Passed => continue,
                    Markup::None => {}
                }
            }
            // At least one byte on: a `<` that opens nothing is text.
            let rest = self.rest();
            let from = 1.min(rest.len());
            let next =
                memchr(b'<', rest.as_bytes().get(from..).unwrap_or(&[])).map_or(rest.len(), |n| from + n);
            self.at += next;
            return Some(Token::Text(rest.get(..next).unwrap_or("")));
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tags(text: &str) -> Vec<String> {
        Tokens::html(text)
            .map(|token| match token {
                Token::Text(text) => format!("t:{text}"),
                Token::Raw(text) => format!("r:{text}"),
                Token::Close(name) => format!("/{name}"),
                Token::Open(tag) => {
                    let attributes: Vec<_> = tag.attributes().map(|(n, v)| format!(" {n}={v}")).collect();
                    format!("{}{}", tag.name, attributes.concat())
                }
            })
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[<>/!a\"'= \\-\\[\\]?é&;]{0,80}", html: bool) {
            let mut tokens = if html { Tokens::html(&text) } else { Tokens::xml(&text) };
            let mut last = 0;
            let mut count = 0;
            while let Some(token) = tokens.next() {
                if let Token::Open(tag) = token {
                    prop_assert!(tag.attributes().count() <= text.len());
                }
                prop_assert!(tokens.at() >= last && count <= 2 * text.len());
                (last, count) = (tokens.at(), count + 1);
            }
            prop_assert_eq!(tokens.at(), text.len());
        }
    }

    #[test]
    fn attributes_are_read_in_every_way_they_are_written() {
        assert_eq!(
            tags("<a href=\"x>y\" b='2' c=3 d e = \"f\"/>z</A >"),
            ["a href=x>y b=2 c=3 d= e=f", "t:z", "/A"]
        );
        assert_eq!(tags("<a title='it\"s' x>"), ["a title=it\"s x="]);
        assert_eq!(tags("<p it's>b"), ["p it's=", "t:b"]);
    }

    #[test]
    fn what_opens_no_tag_is_text() {
        assert_eq!(tags("1 < 2 <p>a<b"), ["t:1 ", "t:< 2 ", "p", "t:a", "b"]);
        assert_eq!(tags("<"), ["t:<"]);
    }

    #[test]
    fn scripts_and_comments_hold_no_tags() {
        assert_eq!(
            tags("<script>if (a</b) '</p>'</SCRIPT><!-- <p> --><p>"),
            ["script", "r:if (a</b) '</p>'", "/SCRIPT", "p"]
        );
    }

    #[test]
    fn a_declaration_may_hold_declarations() {
        let xml = "<!DOCTYPE a [<!ENTITY b \"c\">]><a><![CDATA[<x>]]></a>";
        let tokens: Vec<_> = Tokens::xml(xml).collect();
        assert_eq!(tokens.len(), 3);
        assert_eq!(tokens[1], Token::Raw("<x>"));
    }
}
