//! One article out of all that a page says about itself: JSON-LD first, then meta elements, then the page.

use super::blocks::fold;
use super::facts::Facts;
use super::linked::Linked;
use super::story::Story;
use crate::article::RawArticle;
use crate::text::date::parse_instant;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "pubdate",
    "publishdate",
    "publish-date",
    "published_at",
    "article.published",
    "article:post_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "date",
    "displaydate",
    "datecreated",
    "last-published",
    "bt:pubdate",
    "rnews:datepublished",
    "originalpublicationdate",
    "pub_date",
    "ptime",
    "pdate",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article.updated",
    "article:modified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "bt:moddate",
    "article:update_time",
    "last_updated_date",
    "revision_date",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "authors",
    "article.author",
    "cxenseparse:author",
    "citation_author",
    "creator",
    "twitter:creator:name",
    "rbauthors",
];
const SECTIONS: &[&str] = &[
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "articlesection",
    "cxenseparse:category",
    "category",
];

/// Fills everything but the text.
pub(super) fn fill(article: &mut RawArticle, facts: &Facts<'_>, linked: Option<&Linked>, story: &Story) {
    let none = Linked::default();
    let linked = linked.unwrap_or(&none);
    let address = [facts.canonical.as_deref(), facts.meta(&["og:url"]), linked.url.as_deref()];
    let address = address.into_iter().flatten().map(str::trim).find(|url| is_address(url) && !is_root(url));
    article.url = address.map(str::to_owned).or(article.url.take());
    article.source = linked
        .publisher
        .clone()
        .filter(|name| !is_address(name))
        .or_else(|| {
            facts.meta(&["og:site_name", "application-name", "al:android:app_name"]).map(str::to_owned)
        })
        .or_else(|| article.url.as_deref().and_then(host).map(str::to_owned));
    article.byline = byline(article, facts, linked, story);
    article.section = linked.section.clone().or_else(|| facts.meta(SECTIONS).map(str::to_owned));
    article.published = date(linked.published.as_deref(), facts, PUBLISHED)
        .or_else(|| first_time(facts))
        .or_else(|| story.day.clone());
    article.updated = date(linked.updated.as_deref(), facts, UPDATED);
    let lang = facts.lang.map(str::trim).filter(|lang| !lang.is_empty());
    let lang = lang
        .or(linked.lang.as_deref())
        .or_else(|| facts.meta(&["og:locale", "content-language", "language"]));
    article.lang = lang.map(str::to_owned);
}

/// What the article is called.
pub(super) fn title(facts: &Facts<'_>, linked: Option<&Linked>) -> String {
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let stated = linked.and_then(|linked| linked.headline.as_deref()).or_else(|| facts.meta(&["og:title"]));
    let heading = facts.heading.as_deref().map(bare).filter(|heading| heading.len() > 3);
    let named = facts.meta(&[
        "headline",
        "dc.title",
        "dcterms.title",
        "twitter:title",
        "parsely-title",
        "sailthru.title",
    ]);
    let Some(best) = stated.or(named).map(bare) else {
        let title = facts.title.as_deref().map(bare).unwrap_or_default();
        return match heading {
            Some(heading) if title.is_empty() || title.contains(&heading) => heading,
            _ => title,
        };
    };
    // A title for sharing often ends with the outlet's name; the heading of the page does not.
    match heading {
        Some(heading) if best.starts_with(&heading) && best.len() > heading.len() => heading,
        _ => best,
    }
}

/// The date that is stated first in a known form.
fn date(linked: Option<&str>, facts: &Facts<'_>, keys: &[&str]) -> Option<String> {
    let metas = keys.iter().flat_map(|key| facts.all(key));
    linked.into_iter().chain(metas).find(|stated| parse_instant(stated).is_some()).map(str::to_owned)
}

/// The value of the first element `time` that is a date.
fn first_time(facts: &Facts<'_>) -> Option<String> {
    facts
        .times
        .iter()
        .map(|time| time.trim())
        .find(|time| time.len() >= 8 && parse_instant(time).is_some())
        .map(str::to_owned)
}

/// The names of those who wrote it, parted by commas. The outlet itself is named only where nobody else is.
fn byline(article: &RawArticle, facts: &Facts<'_>, linked: &Linked, story: &Story) -> Option<String> {
    let person = |name: &str| {
        let sign = |c: char| matches!(c, '@' | ':' | '/' | '|' | '<');
        !is_address(name)
            && !name.starts_with('(')
            && !name.contains(sign)
            && name.chars().any(char::is_alphabetic)
    };
    let from = |names: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for name in names.flat_map(|name| name.split(';')).map(str::trim).filter(|name| person(name)) {
            let name = name
                .get(..3)
                .filter(|by| by.eq_ignore_ascii_case("by "))
                .and_then(|by| name.get(by.len()..))
                .unwrap_or(name);
            if kept.len() < 20 && !kept.iter().any(|known| known == name) {
                kept.push(name.to_owned());
            }
        }
        kept
    };
    let site = article.url.as_deref().and_then(host).and_then(|host| host.rsplit('.').nth(1)).map(fold);
    let site = site.filter(|site| site.len() > 2);
    let of_outlet = |name: &String| {
        let folded = fold(name);
        article.source.as_deref().is_some_and(|source| fold(source) == folded)
            || site.as_ref().is_some_and(|site| folded.starts_with(site.as_str()))
    };
    let own = |names: &[String]| names.iter().all(of_outlet);
    let mut candidates = vec![from(&mut linked.authors.iter().map(String::as_str))];
    candidates.extend(AUTHORS.iter().map(|key| from(&mut facts.all(key))));
    candidates.push(from(&mut story.author.as_deref().into_iter()));
    candidates.retain(|names| !names.is_empty());
    let best = candidates.iter().find(|names| !own(names)).or(candidates.first())?;
    let others: Vec<&str> =
        best.iter().filter(|name| best.len() == 1 || !of_outlet(name)).map(String::as_str).collect();
    Some(if others.is_empty() { best.join(", ") } else { others.join(", ") })
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

/// Whether an address is that of a whole site.
fn is_root(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(_, rest)| rest.trim_end_matches('/').split('/').count() < 2 && !rest.contains('?'))
}

/// The host of an address, without `www.`.
pub(in super::super) fn host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}
