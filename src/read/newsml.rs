//! A news item of IPTC NewsML-G2 to one article.

use super::fields::names_sections;
use super::flow::text_of;
use super::tree::{Node, Tree};
use super::{RawRecord, ReadError, nitf};
use crate::article::RawArticle;

/// The element that is a record. Packages, concepts and planning items hold no article of their own.
pub(super) const RECORDS: &[&str] = &["newsItem"];

/// Reads the article that `record`'s bytes state. The status `stat:canceled` withdraws it.
pub(super) fn parse(record: &RawRecord) -> Result<RawArticle, ReadError> {
    let text = String::from_utf8_lossy(&record.bytes);
    let tree = Tree::of(&text)?;
    let mut article = RawArticle::at(record.origin.clone());
    let Some(item) = tree.root().within("newsItem") else { return Ok(article) };
    let line = |path: &str| item.at(path).and_then(Node::line);
    let status = item
        .at("itemMeta/pubStatus")
        .and_then(|status| status.attribute("qcode").or_else(|| status.attribute("uri")));
    match status.as_deref().and_then(|status| status.rsplit([':', '/']).next()) {
        Some("canceled" | "cancelled") => article.withdrawn = true,
        Some("withheld") => return Err(ReadError::Withheld),
        _ => {}
    }
    article.id = item.attribute("guid");
    article.title = headline(item).unwrap_or_default();
    let by: Vec<String> =
        item.at("contentMeta").into_iter().flat_map(|meta| meta.all("by")).filter_map(Node::line).collect();
    article.byline = if by.is_empty() { creators(item) } else { Some(by.join(", ")) };
    article.source = item
        .at("itemMeta/provider")
        .and_then(named)
        .or_else(|| item.at("rightsInfo/copyrightHolder").and_then(named));
    article.published = line("itemMeta/firstCreated")
        .or_else(|| line("contentMeta/contentCreated"))
        .or_else(|| line("itemMeta/versionCreated"));
    article.updated =
        line("itemMeta/versionCreated").filter(|version| article.published.as_ref() != Some(version));
    article.section = section(item);
    article.lang = item
        .at("contentMeta/language")
        .and_then(|language| language.attribute("tag"))
        .or_else(|| item.attribute("xml:lang"));
    article.url = item
        .at("itemMeta/link")
        .and_then(|link| link.attribute("href"))
        .filter(|url| url.starts_with("http"));
    if let Some(content) = item.at("contentSet") {
        article.body = story(content, &mut article)?;
    }
    if article.body.is_empty() {
        article.body = item.at("contentMeta/description").map(Node::flow).unwrap_or_default();
    }
    Ok(article)
}

fn headline(item: Node<'_, '_>) -> Option<String> {
    let meta = item.at("contentMeta")?;
    let main = meta
        .all("headline")
        .find(|headline| headline.attribute("role").is_none_or(|role| role.contains("main")));
    main.or_else(|| meta.at("headline")).and_then(Node::line).or_else(|| item.at("itemMeta/title")?.line())
}

/// The name of the subject that its type or the scheme of its code calls a section, or of the service.
fn section(item: Node<'_, '_>) -> Option<String> {
    let says = |node: &Node<'_, '_>| {
        let mut stated = ["type", "qcode", "uri"].iter().filter_map(|name| node.attribute(name));
        stated.any(|stated| names_sections(&stated))
    };
    let subject = item.at("contentMeta").and_then(|meta| meta.all("subject").find(says)).and_then(named);
    subject.or_else(|| item.at("itemMeta/service/name").and_then(Node::line))
}

fn creators(item: Node<'_, '_>) -> Option<String> {
    let meta = item.at("contentMeta")?;
    let names: Vec<String> = meta.all("creator").filter_map(named).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The name of a party: in an element, or as a literal.
fn named(node: Node<'_, '_>) -> Option<String> {
    node.at("name").and_then(Node::line).or_else(|| node.attribute("literal")).or_else(|| {
        let code = node.attribute("qcode")?;
        Some(code.rsplit(':').next().unwrap_or(&code).to_owned())
    })
}

/// The first content that has text: XML in place, or data that are text.
fn story(content: Node<'_, '_>, article: &mut RawArticle) -> Result<String, ReadError> {
    for part in content.children() {
        let kind = part.attribute("contenttype").unwrap_or_default().to_ascii_lowercase();
        let text = match part.name() {
            "inlineXML" => match part.within("nitf") {
                Some(root) => {
                    let mut inner = article.clone();
                    inner.body.clear();
                    let withdrawn = article.withdrawn;
                    *article = nitf::fill(&mut inner, root)?;
                    article.withdrawn |= withdrawn;
                    std::mem::take(&mut article.body)
                }
                None => part.within("body").unwrap_or(part).flow(),
            },
            "inlineData" if kind.contains("html") => text_of(&part.value()),
            "inlineData" if part.attribute("encoding").is_none() => part.value().trim().to_owned(),
            _ => continue,
        };
        if !text.is_empty() {
            return Ok(text);
        }
    }
    Ok(String::new())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::read::{Input, Options};

    #[test]
    fn a_subject_is_the_section_if_its_type_says_so() {
        let item = b"<newsItem guid='urn:1'><contentMeta><headline>One</headline><subject qcode='medtop:1'><name>Storms</name></subject>
            <subject type='cpnat:department' qcode='x:9'><name>World</name></subject></contentMeta>
            <contentSet><inlineData contenttype='text/plain'>Two.</inlineData></contentSet></newsItem>";
        let input = Input::reader("n.xml", std::io::Cursor::new(item.to_vec()));
        let read: Vec<_> = input.articles(&Options::default()).flatten().collect();
        assert_eq!((read[0].title.as_str(), read[0].section.as_deref()), ("One", Some("World")));
    }
}
