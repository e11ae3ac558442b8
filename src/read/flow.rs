//! Marked-up text to plain text: a line a paragraph, without what is no text.
//!
//! For the bodies of feeds and wires, which hold the story and little else. Pages go through `page`, which finds the
//! story first.

use super::markup::{Tag, Token};
use super::reference::resolve;

/// Elements that stand on lines of their own: of HTML, NITF and `NewsML`.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "block",
    "body",
    "body.content",
    "body.head",
    "bq",
    "center",
    "dateline",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "fn",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hedline",
    "hl1",
    "hl2",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// Elements that hold no text of the story.
const HIDDEN: &[&str] = &[
    "applet",
    "audio",
    "button",
    "canvas",
    "embed",
    "figcaption",
    "figure",
    "head",
    "iframe",
    "map",
    "math",
    "media",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

/// Takes tokens and keeps their text.
#[derive(Debug, Default)]
pub(super) struct Flow {
    out: String,
    /// A line end, or a space, that comes before the next text.
    gap: Gap,
    /// The element whose content is passed over, and how deep in elements of its name the place is.
    hidden: Option<(String, usize)>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Flow {
    /// Takes one token.
    pub(super) fn take(&mut self, token: Token<'_>) {
        if let Some((name, depth)) = &mut self.hidden {
            match token {
                Token::Open(tag) if tag.is(name) && !tag.empty => *depth += 1,
                Token::Close(closed) if closed.eq_ignore_ascii_case(name) => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match token {
            Token::Text(text) => self.text(&resolve(text)),
            Token::Raw(text) => self.text(text),
            Token::Open(tag) => self.open(tag),
            Token::Close(name) => {
                if known(BLOCKS, name) {
                    self.break_with(Gap::Paragraph);
                }
            }
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        if known(HIDDEN, tag.name) {
            self.break_with(Gap::Paragraph);
            if !tag.empty && !tag.is("embed") {
                self.hidden = Some((tag.name.to_owned(), 1));
            }
        } else if known(BLOCKS, tag.name) {
            self.break_with(Gap::Paragraph);
        } else if tag.is("br") {
            self.break_with(if self.gap == Gap::Line { Gap::Paragraph } else { Gap::Line });
        } else if tag.is("td") || tag.is("th") || tag.is("img") {
            self.break_with(Gap::Space);
        }
    }

    fn break_with(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Adds text, each run of white space as one space.
    fn text(&mut self, text: &str) {
        for (number, piece) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if number > 0 {
                self.break_with(Gap::Space);
            }
            if piece.is_empty() {
                continue;
            }
            if !self.out.is_empty() {
                self.out.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::None;
            self.out.push_str(piece);
        }
    }

    /// The text so far.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Whether `name`, without its prefix, is among `names`, in any case.
fn known(names: &[&str], name: &str) -> bool {
    let bare = name.rsplit_once(':').map_or(name, |(_, bare)| bare);
    names.iter().any(|known| known.eq_ignore_ascii_case(bare))
}

/// The text of a fragment of HTML.
pub(super) fn text_of(html: &str) -> String {
    let mut flow = Flow::default();
    super::markup::Tokens::html(html).for_each(|token| flow.take(token));
    flow.finish()
}

/// The text of a fragment that may be HTML or plain text: what has no tag keeps its lines.
pub(super) fn text_of_either(text: &str) -> String {
    let tagged = text.contains("</") || text.contains("<p") || text.contains("<P") || text.contains("<br");
    if tagged { text_of(text) } else { resolve(text.trim()).into_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_read(text in "(<[a-z/ !]{0,8}>|[a-z<>&; \n]{0,6}){0,30}") {
            let found = text_of(&text);
            prop_assert!(found.len() <= text.len());
        }
    }

    #[test]
    fn paragraphs_and_lines_are_kept_and_white_space_is_not() {
        assert_eq!(
            text_of("<p>One\n  two <b>thr</b>ee.</p> <p>Four<br/>five<br><br>six &amp; 7</p>"),
            "One two three.\n\nFour\nfive\n\nsix & 7"
        );
    }

    #[test]
    fn what_is_no_text_of_the_story_is_left_out() {
        let html = "A<script>x</script><figure><img><figcaption>c</figcaption></figure><style>p</style> b";
        assert_eq!(text_of(html), "A\n\nb");
    }

    #[test]
    fn text_without_tags_keeps_its_lines() {
        assert_eq!(text_of_either("One &lt; two.\n\nThree."), "One < two.\n\nThree.");
    }
}
