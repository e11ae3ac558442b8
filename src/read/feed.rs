//! An item of RSS or an entry of Atom to one article.

use super::fields::names_sections;
use super::flow::text_of_either;
use super::tree::{Node, Tree};
use super::{RawRecord, ReadError, page};
use crate::article::RawArticle;

/// The elements that are records.
pub(super) const RECORDS: &[&str] = &["item", "entry"];

/// Reads the article that `record`'s bytes state; its head says whose feed it is.
pub(super) fn parse(record: &RawRecord) -> Result<RawArticle, ReadError> {
    let text = String::from_utf8_lossy(&record.bytes);
    let tree = Tree::of(&text)?;
    let mut article = RawArticle::at(record.origin.clone());
    let Some(item) = tree.root().children().next() else { return Ok(article) };
    let head = String::from_utf8_lossy(&record.head);
    let feed = Tree::of(&head)?;
    let lines = |names: &[&str]| names.iter().find_map(|name| item.at(name)?.line());
    article.title = item.at("title").map(title).or_else(|| lines(&["dc:title"])).unwrap_or_default();
    article.body = body(item).unwrap_or_default();
    article.url =
        link(item).or_else(|| lines(&["feedburner:origLink", "guid"]).filter(|url| url.starts_with("http")));
    article.id = lines(&["guid", "id", "dc:identifier"]).or_else(|| item.attribute("rdf:about"));
    article.byline = byline(item);
    article.published =
        lines(&["pubDate", "published", "dc:date", "issued", "dcterms:issued", "created", "dcterms:created"]);
    article.updated = lines(&["updated", "atom:updated", "modified", "dcterms:modified"]);
    if article.published.is_none() {
        article.published = article.updated.take();
    }
    let channel = feed.root().within("channel").or_else(|| feed.root().within("feed"));
    let of_feed =
        |names: &[&str]| channel.and_then(|channel| names.iter().find_map(|name| channel.at(name)?.line()));
    article.source = item
        .at("source")
        .and_then(|source| source.at("title").map_or_else(|| source.line(), Node::line))
        .or_else(|| lines(&["dc:publisher"]))
        .or_else(|| of_feed(&["title", "dc:publisher"]))
        .or_else(|| article.url.as_deref().and_then(page::host).map(str::to_owned));
    article.section = lines(&["prism:section", "section"]).or_else(|| section(item));
    article.lang = item
        .attribute("xml:lang")
        .or_else(|| lines(&["dc:language", "language"]))
        .or_else(|| of_feed(&["language", "dc:language"]))
        .or_else(|| channel.and_then(|channel| channel.attribute("xml:lang")));
    Ok(article)
}

/// A title may be HTML, escaped or not.
fn title(node: Node<'_, '_>) -> String {
    let kind = node.attribute("type").unwrap_or_default();
    let text = if kind.contains("xhtml") { node.flow() } else { text_of_either(&node.value()) };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The category that says it is a section, or the only one: of several others each may be a topic.
fn section(item: Node<'_, '_>) -> Option<String> {
    let scheme = |node: &Node<'_, '_>| node.attribute("domain").or_else(|| node.attribute("scheme"));
    let says = |node: &Node<'_, '_>| scheme(node).is_some_and(|scheme| names_sections(&scheme));
    let name = |node: Node<'_, '_>| {
        node.attribute("label")
            .or_else(|| node.line())
            .or_else(|| node.attribute("term"))
            .filter(|name| !name.is_empty())
    };
    item.all("category").find(says).and_then(name).or_else(|| {
        let mut all =
            item.all("category").filter(|node| scheme(node).is_none_or(|scheme| !scheme.contains("tag")));
        let only = all.next()?;
        all.next().is_none().then(|| name(only))?
    })
}

/// The longest of what may be the text: a feed may have it whole, and a teaser beside it.
fn body(item: Node<'_, '_>) -> Option<String> {
    let names = [
        "content:encoded",
        "content",
        "xhtml:body",
        "body",
        "fullitem",
        "description",
        "summary",
        "dc:description",
        "media:description",
    ];
    let mut best: Option<String> = None;
    for node in names.iter().flat_map(|name| item.all(name)) {
        let kind = node.attribute("type").unwrap_or_default();
        let marked = node.children().next().is_some();
        let text = if kind.contains("xhtml") || (marked && !kind.contains("text")) {
            node.flow()
        } else if node.attribute("mode").is_some_and(|mode| mode == "base64") {
            continue;
        } else {
            text_of_either(&node.value())
        };
        if best.as_ref().is_none_or(|held| held.len() < text.len() / 2) && !text.is_empty() {
            best = Some(text);
        }
    }
    best
}

fn link(item: Node<'_, '_>) -> Option<String> {
    let usual = |node: &Node<'_, '_>| node.attribute("rel").is_none_or(|rel| rel == "alternate");
    let from =
        |node: Node<'_, '_>| node.attribute("href").or_else(|| node.line()).filter(|url| url.contains("://"));
    item.all("link")
        .filter(usual)
        .find_map(from)
        .or_else(|| item.attribute("rdf:about").filter(|url| url.starts_with("http")))
}

/// Names of authors; RSS has them in parentheses behind an address.
fn byline(item: Node<'_, '_>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for node in ["dc:creator", "author", "creator", "itunes:author"].iter().flat_map(|name| item.all(name)) {
        let Some(stated) = node.at("name").map_or_else(|| node.line(), Node::line) else { continue };
        let inside = stated.split_once('(').and_then(|(before, rest)| {
            before.contains('@').then(|| rest.trim_end_matches(')').trim().to_owned())
        });
        let name = inside.unwrap_or(stated);
        if !name.is_empty() && !name.contains('@') && !names.contains(&name) && names.len() < 20 {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::read::{Input, Options};

    fn read(feed: &[u8]) -> Vec<RawArticle> {
        let input = Input::reader("f.xml", std::io::Cursor::new(feed.to_vec()));
        input.articles(&Options::default()).flatten().collect()
    }

    #[test]
    fn items_of_rss_1_stand_beside_their_channel() {
        let feed = b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel><title>Post</title><dc:language>en</dc:language></channel>
            <item rdf:about='http://a.example/1'><title>One</title><dc:date>2024-03-04</dc:date></item></rdf:RDF>";
        let item = &read(feed)[0];
        assert_eq!((item.title.as_str(), item.published.as_deref()), ("One", Some("2024-03-04")));
        assert_eq!(item.source.as_deref(), Some("Post"));
        assert_eq!(item.url.as_deref(), Some("http://a.example/1"));
    }

    #[test]
    fn elements_of_other_vocabularies_are_not_taken_for_those_of_the_feed() {
        let feed = b"<rss><channel><item><media:title>Picture</media:title><media:description>A ferry</media:description>
            <title>One</title><itunes:author>Show</itunes:author><dc:creator>Ann</dc:creator></item></channel></rss>";
        let item = &read(feed)[0];
        assert_eq!((item.title.as_str(), item.byline.as_deref()), ("One", Some("Ann, Show")));
        let prefixed =
            b"<a:feed><a:entry><a:title>One</a:title><a:content>Two.</a:content></a:entry></a:feed>";
        assert_eq!((read(prefixed)[0].title.as_str(), read(prefixed)[0].body.as_str()), ("One", "Two."));
    }

    #[test]
    fn the_whole_text_goes_before_its_teaser_and_html_becomes_text() {
        let feed = b"<rss><channel><item><title>A &amp;amp; B</title><description>Teaser.</description>
            <content:encoded>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;</content:encoded></item></channel></rss>";
        let item = &read(feed)[0];
        assert_eq!((item.title.as_str(), item.body.as_str()), ("A & B", "One & two.\n\nThree."));
    }

    #[test]
    fn an_author_behind_an_address_is_named_without_it() {
        let feed = b"<rss><channel><item><title>One</title><author>ann@post.example (Ann Lee)</author></item>
            <item><title>Two</title><author>desk@post.example</author></item></channel></rss>";
        let items = read(feed);
        assert_eq!(items[0].byline.as_deref(), Some("Ann Lee"));
        assert_eq!(items[1].byline, None);
    }

    #[test]
    fn a_category_is_the_section_if_it_says_so_or_is_the_only_one() {
        let feed = b"<rss><channel><item><title>One</title><category>World</category></item>
            <item><title>Two</title><category>Storms</category><category>Ports</category></item>
            <item><title>Three</title><category>Storms</category><category domain='x/Section'>Sport</category></item></channel></rss>";
        let sections: Vec<_> = read(feed).into_iter().map(|item| item.section).collect();
        assert_eq!(sections, [Some("World".to_owned()), None, Some("Sport".to_owned())]);
        let feed = b"<feed><entry><title>One</title><category term='w1' label='World'/></entry></feed>";
        assert_eq!(read(feed)[0].section.as_deref(), Some("World"));
    }

    #[test]
    fn feeds_in_other_encodings_are_read() {
        let text = "<?xml version=\"1.0\" encoding=\"{}\"?><rss><channel><item><title>Žluťoučký kůň</title></item></channel></rss>";
        let latin = encoding_rs::ISO_8859_2.encode(&text.replace("{}", "iso-8859-2")).0.into_owned();
        let wide: Vec<u8> = format!("\u{feff}{}", text.replace("{}", "utf-16"))
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [latin, wide] {
            assert_eq!(read(&bytes)[0].title, "Žluťoučký kůň");
        }
    }

    #[test]
    fn a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() {
        let feed = b"<rss><channel><item><title>One & two</title><link>http://a.example/?b=1&c=2</link><description>x<item><title>Three</b></title></item>";
        let items = read(feed);
        assert_eq!(items[0].title, "One & two");
        assert_eq!(items[0].url.as_deref(), Some("http://a.example/?b=1&c=2"));
        assert_eq!(items[1].title, "Three");
    }
}
