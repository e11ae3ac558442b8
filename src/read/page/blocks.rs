//! The paragraphs that an extractor kept, and which of them are no part of the story.
//!
//! What tells: the headline said again above the text, paragraphs that are links and nothing else, requests to read, watch,
//! join or subscribe, and what trails behind the last sentence.

use super::super::markup::{Tag, Token, Tokens};
use super::super::reference::resolve;

/// One paragraph, list item, heading or row.
#[derive(Debug, Default, Clone)]
pub(super) struct Block {
    pub(super) text: String,
    /// How many bytes of it lie in links.
    linked: usize,
    /// Whether its line ends and spaces are its own: code, a table.
    kept: bool,
}

/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "item",
    "li",
    "list",
    "ol",
    "p",
    "pre",
    "quote",
    "section",
    "table",
    "tr",
    "ul",
];

/// How requests to the reader begin, in lower case; they are no longer than [`REQUEST`] bytes.
const REQUESTS: &[&str] = &[
    "advertisement",
    "all rights reserved",
    "already a subscriber",
    "also read",
    "anzeige",
    "article content",
    "artikel teilen",
    "auch interessant",
    "click here",
    "comments",
    "copyright",
    "credit:",
    "do you have a story",
    "don't miss",
    "download ",
    "enjoying our",
    "follow ",
    "follow us",
    "for more information",
    "for more stories",
    "for the latest",
    "get daily ",
    "get in touch",
    "get the latest",
    "getty",
    "got a story",
    "image:",
    "images:",
    "join our ",
    "join the conversation",
    "join thought",
    "lea también",
    "lee también",
    "lees ook",
    "leggi anche",
    "leia também",
    "les også",
    "lesen sie auch",
    "lire aussi",
    "listen now",
    "listen to ",
    "loading",
    "läs också",
    "mehr zum thema",
    "more from ",
    "more on this",
    "more trending",
    "most popular",
    "most read",
    "newsletter",
    "newsletter abonnieren",
    "our standards",
    "our website is",
    "photo:",
    "photos:",
    "picture:",
    "pictures:",
    "please log",
    "read also",
    "read more",
    "read next",
    "recommended",
    "related",
    "scroll to continue",
    "see also",
    "share this",
    "sign up",
    "source:",
    "stay informed",
    "story continues",
    "subscribe",
    "support our ",
    "thank you for visiting",
    "this story was originally published",
    "to continue reading",
    "watch |",
    "watch:",
    "you may also",
    "you must confirm",
    "©",
    "à lire aussi",
];
const REQUEST: usize = 250;
/// Where the headline may stand, and how much may stand above it.
const TOP: usize = 8;
const ABOVE: usize = 600;
/// Longest paragraph of links alone, and longest and most blocks that may trail.
const LINKED: usize = 200;
const TWICE: usize = 160;
const TRAILING: usize = 100;
const TRAIL: usize = 8;

/// The blocks of extracted HTML.
pub(super) fn of(html: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    let (mut links, mut code) = (0usize, 0usize);
    let is_block = |name: &str| BLOCKS.contains(&name);
    for token in Tokens::html(html) {
        match token {
            Token::Open(tag) => {
                if is_block(tag.name) {
                    block.end(&mut blocks, code > 0);
                } else if tag.is("td") || tag.is("th") {
                    block.text.push(' ');
                }
                links += usize::from(is_link(&tag));
                code += usize::from(matches!(tag.name, "pre" | "table"));
            }
            Token::Close(name) => {
                if is_block(name) {
                    block.end(&mut blocks, code > 0);
                }
                links = links.saturating_sub(usize::from(name == "a"));
                code = code.saturating_sub(usize::from(matches!(name, "pre" | "table")));
            }
            Token::Text(text) | Token::Raw(text) => {
                let text = resolve(text);
                block.linked += if links > 0 { text.trim().len() } else { 0 };
                block.text.push_str(&text);
            }
        }
    }
    block.end(&mut blocks, false);
    blocks
}

/// The paragraphs of a page as it is: the text of its elements `p`, but for those in its margins.
pub(super) fn paragraphs(page: &str) -> Vec<Block> {
    const MARGINS: &[&str] = &["nav", "header", "footer", "aside", "form", "figure", "noscript"];
    let (mut blocks, mut block) = (Vec::new(), Block::default());
    let (mut inside, mut margin) = (false, 0usize);
    let in_margin = |name: &str| MARGINS.iter().any(|known| known.eq_ignore_ascii_case(name));
    for token in Tokens::html(page) {
        match token {
            Token::Open(tag) if in_margin(tag.name) => margin += 1,
            Token::Close(name) if in_margin(name) => margin = margin.saturating_sub(1),
            Token::Open(tag) if tag.is("p") => {
                block.end(&mut blocks, false);
                inside = margin == 0;
            }
            Token::Open(tag) if tag.is("br") => block.text.push(' '),
            Token::Close(name) if name.eq_ignore_ascii_case("p") || name.eq_ignore_ascii_case("div") => {
                block.end(&mut blocks, false);
                inside = false;
            }
            Token::Text(text) if inside && margin == 0 => block.text.push_str(&resolve(text)),
            _ => {}
        }
    }
    block.end(&mut blocks, false);
    blocks
}

fn is_link(tag: &Tag<'_>) -> bool {
    tag.name == "a" && !tag.empty
}

impl Block {
    /// Ends here, on one line, and makes room for the next.
    fn end(&mut self, blocks: &mut Vec<Block>, kept: bool) {
        let block = std::mem::take(self);
        let text = block.text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            blocks.push(Self { text, kept, ..block });
        }
    }

    fn is_links(&self) -> bool {
        self.text.len() < LINKED && self.linked * 5 > self.text.len() * 4
    }

    fn is_request(&self) -> bool {
        if self.text.len() >= REQUEST {
            return false;
        }
        let start: String = self.text.chars().take(24).flat_map(char::to_lowercase).collect();
        REQUESTS.iter().any(|request| {
            start.strip_prefix(request).is_some_and(|rest| {
                // A word that only begins like one of them is another word.
                !request.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
            })
        })
    }

    fn is_sentence(&self) -> bool {
        self.text.ends_with([
            '.', '!', '?', '…', '"', '”', '’', '\'', ')', ']', '»', '。', '」', '›', '“', '|', '।',
        ])
    }
}

/// Takes out what is no part of the story; `title` is what the page is called.
pub(super) fn trim(blocks: &mut Vec<Block>, title: &str) {
    drop_title(blocks, title);
    drop_links(blocks);
    blocks.retain(|block| block.kept || !block.is_request());
    // A headline or caption said twice; whole paragraphs are the outlet's own business.
    blocks.dedup_by(|next, block| next.text.len() < TWICE && next.text == block.text);
    let mut left = TRAIL;
    while left > 0
        && blocks.len() > 4
        && blocks.last().is_some_and(|last| !last.kept && !last.is_sentence() && last.text.len() < TRAILING)
    {
        blocks.pop();
        left -= 1;
    }
}

/// Drops the headline above the story, and what little stands above it.
fn drop_title(blocks: &mut Vec<Block>, title: &str) {
    let title = fold(title);
    let mut above = 0;
    let mut end = 0;
    for (place, block) in blocks.iter().enumerate().take(TOP) {
        let text = fold(&block.text);
        let alike = text.len() > 20
            && text.len() < title.len() * 3 / 2
            && (title.starts_with(&text) || text.starts_with(&title));
        if !title.is_empty() && (text == title || alike) {
            end = place + 1;
            break;
        }
        above += block.text.len();
        if above > ABOVE {
            break;
        }
    }
    blocks.drain(..end);
}

/// Drops blocks that are links and nothing else, unless the page is made of them.
fn drop_links(blocks: &mut Vec<Block>) {
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    let links: usize = blocks.iter().filter(|block| block.is_links()).map(|block| block.text.len()).sum();
    if links * 5 <= all {
        blocks.retain(|block| !block.is_links());
    }
}

/// Letters and digits alone, in lower case.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The blocks as paragraphs.
pub(super) fn join(blocks: &[Block]) -> String {
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join("\n\n")
}
