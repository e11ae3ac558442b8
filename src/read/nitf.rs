//! A document of IPTC NITF to one article.

use super::tree::{Node, Tree};
use super::{RawRecord, ReadError};
use crate::article::RawArticle;

/// The element that is a record.
pub(super) const RECORDS: &[&str] = &["nitf"];

/// Reads the article that `record`'s bytes state.
pub(super) fn parse(record: &RawRecord) -> Result<RawArticle, ReadError> {
    let text = String::from_utf8_lossy(&record.bytes);
    let tree = Tree::of(&text)?;
    let mut article = RawArticle::at(record.origin.clone());
    let Some(root) = tree.root().within("nitf") else { return Ok(article) };
    fill(&mut article, root)
}

/// Reads what an element `nitf` states over what is known so far.
pub(super) fn fill<'a>(article: &mut RawArticle, root: Node<'a, '_>) -> Result<RawArticle, ReadError> {
    let data = root.at("head/docdata");
    let attribute = |node: Option<Node<'a, '_>>, name: &str| node.and_then(|node| node.attribute(name));
    let of_data = |path: &'a str, name: &str| attribute(data.and_then(|data| data.at(path)), name);
    let meta = |name: &str| {
        let metas = root.at("head").into_iter().flat_map(|head| head.all("meta"));
        metas
            .filter(|meta| meta.attribute("name").is_some_and(|n| n.eq_ignore_ascii_case(name)))
            .find_map(|meta| meta.attribute("content"))
    };
    match attribute(data, "management-status").map(|status| status.to_ascii_lowercase()).as_deref() {
        Some("canceled" | "cancelled") => article.withdrawn = true,
        Some("withheld") => return Err(ReadError::Withheld),
        _ => {}
    }
    let published = root.at("head/pubdata");
    let set = |slot: &mut Option<String>, value: Option<String>| *slot = slot.take().or(value);
    set(&mut article.id, of_data("doc-id", "id-string"));
    set(&mut article.source, attribute(published, "name").or_else(|| of_data("doc.copyright", "holder")));
    set(&mut article.source, root.at("body/body.head/distributor").and_then(Node::line));
    set(&mut article.url, attribute(published, "ex-ref").filter(|url| url.starts_with("http")));
    set(&mut article.section, attribute(published, "position.section").or_else(|| meta("online_sections")));
    set(
        &mut article.published,
        of_data("date.issue", "norm").or_else(|| attribute(published, "date.publication")),
    );
    set(
        &mut article.published,
        of_data("date.release", "norm")
            .or_else(|| root.at("body/body.head/dateline/story.date")?.attribute("norm")),
    );
    set(&mut article.updated, attribute(root.within("revision-history"), "norm"));
    set(
        &mut article.lang,
        root.at("body").and_then(|body| body.attribute("xml:lang")).or_else(|| root.attribute("xml:lang")),
    );
    let head = root.at("body/body.head");
    set(&mut article.byline, head.and_then(|head| head.within("byline")).and_then(byline));
    if article.title.is_empty() {
        let line = head.and_then(|head| head.within("hl1")).and_then(Node::line);
        article.title = line.or_else(|| root.at("head/title")?.line()).unwrap_or_default();
    }
    if article.body.is_empty() {
        article.body = story(root);
    }
    Ok(article.clone())
}

/// The story of an NITF document given as text.
pub(super) fn text(document: &str) -> Option<String> {
    let tree = Tree::of(document).ok()?;
    let story = story(tree.root().within("nitf")?);
    (!story.is_empty()).then_some(story)
}

/// The blocks called `full_text` where a document has its story twice, or all of the content.
fn story(root: Node<'_, '_>) -> String {
    let Some(content) =
        root.at("body/body.content").or_else(|| root.within("body.content")).or_else(|| root.at("body"))
    else {
        return String::new();
    };
    let full =
        content.all("block").find(|block| block.attribute("class").is_some_and(|class| class == "full_text"));
    full.unwrap_or(content).flow()
}

/// Who wrote it: the persons that are marked, or all of the line.
fn byline(node: Node<'_, '_>) -> Option<String> {
    let persons: Vec<String> =
        node.descendants().filter(|n| n.name() == "person").filter_map(Node::line).collect();
    if persons.is_empty() { node.line() } else { Some(persons.join(", ")) }
}
