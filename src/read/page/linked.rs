//! A page's JSON-LD: the article among what it describes.

use serde_json::{Map, Value};

use super::super::flow::text_of_either;
use super::super::reference::resolve;
use super::facts::Facts;

/// How deep descriptions are looked for in each other, and how many are looked at.
const DEPTH: usize = 6;
const MOST: usize = 2_000;

/// What JSON-LD says about the article.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) section: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) body: Option<String>,
}

/// The article that the page's JSON-LD describes; of several the one whose headline the page shows, or the fullest.
pub(super) fn article(facts: &Facts<'_>) -> Option<Linked> {
    let mut described = Described::default();
    for script in &facts.scripts {
        if let Some(value) = parse(script) {
            described.collect(value, 0);
        }
    }
    let shown = [facts.meta(&["og:title"]), facts.heading.as_deref(), facts.title.as_deref()];
    let shown: Vec<String> = shown.into_iter().flatten().map(fold).collect();
    let rank = |object: &Map<String, Value>| {
        let headline = string(object, &["headline", "name"]).map(|h| fold(&h)).unwrap_or_default();
        let same =
            !headline.is_empty() && shown.iter().any(|s| s.contains(&headline) || headline.contains(s));
        let full = ["articleBody", "datePublished", "author", "headline", "dateModified"];
        (same, full.iter().filter(|key| object.contains_key(**key)).count())
    };
    // The first of the best: `max_by_key` would give the last.
    let best = described.articles.iter().rev().max_by_key(|object| rank(object))?;
    Some(described.read(best))
}

/// Letters and digits alone, in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A script's value. Line ends within strings and wrappings of old browsers are forgiven.
fn parse(script: &str) -> Option<Value> {
    let bare =
        script.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start_matches("<![CDATA[");
    let bare = bare.trim_end_matches("//]]>").trim_end_matches("-->").trim().trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let plain: String = bare.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

/// Everything described, articles and what they refer to by `@id`.
#[derive(Default)]
struct Described {
    articles: Vec<Map<String, Value>>,
    named: Vec<(String, String)>,
    seen: usize,
}

impl Described {
    fn collect(&mut self, value: Value, depth: usize) {
        self.seen += 1;
        if depth > DEPTH || self.seen > MOST {
            return;
        }
        match value {
            Value::Array(list) => list.into_iter().for_each(|value| self.collect(value, depth + 1)),
            Value::Object(mut object) => {
                if let (Some(id), Some(name)) = (string(&object, &["@id"]), string(&object, &["name"])) {
                    self.named.push((id, name));
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"]
                {
                    let inner = if key == "@graph" { object.remove(key) } else { object.get(key).cloned() };
                    if let Some(inner) = inner.filter(|inner| inner.is_object() || inner.is_array()) {
                        self.collect(inner, depth + 1);
                    }
                }
                if is_article(&object) {
                    self.articles.push(object);
                }
            }
            _ => {}
        }
    }

    fn read(&self, object: &Map<String, Value>) -> Linked {
        let first = |keys: &[&str]| string(object, keys);
        let mut authors = Vec::new();
        for key in ["author", "creator"] {
            if authors.is_empty() {
                object.get(key).into_iter().for_each(|value| self.names(value, &mut authors));
            }
        }
        let mut publisher = Vec::new();
        object.get("publisher").into_iter().for_each(|value| self.names(value, &mut publisher));
        let page = object.get("mainEntityOfPage");
        let page = page.and_then(|page| text(page).or_else(|| string(page.as_object()?, &["@id", "url"])));
        Linked {
            headline: first(&["headline", "name", "alternativeHeadline"]),
            authors,
            publisher: publisher.into_iter().next(),
            published: first(&["datePublished", "dateCreated", "uploadDate"]),
            updated: first(&["dateModified"]),
            section: first(&["articleSection"]),
            url: first(&["url"]).or(page).filter(|url| url.starts_with("http")),
            lang: first(&["inLanguage"]),
            body: first(&["articleBody", "text"]).map(|body| text_of_either(&body)),
        }
    }

    /// The names that a value states: a string, an object's name, or those of a list.
    fn names(&self, value: &Value, names: &mut Vec<String>) {
        match value {
            Value::Array(list) => list.iter().take(50).for_each(|value| self.names(value, names)),
            Value::Object(object) => {
                if let Some(list) = object.get("name").filter(|name| name.is_array()) {
                    return self.names(list, names);
                }
                let by_id = || {
                    let id = string(object, &["@id"])?;
                    self.named.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
                };
                names.extend(string(object, &["name"]).or_else(by_id));
            }
            other => names.extend(text(other)),
        }
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let known = |name: &str| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        let kinds = ["BlogPosting", "LiveBlogPosting", "Report", "Review", "SocialMediaPosting"];
        name.ends_with("Article") || kinds.contains(&name)
    };
    match object.get("@type") {
        Some(Value::String(name)) => known(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(known),
        _ => false,
    }
}

/// The first of `keys` that states a text.
fn string(object: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| object.get(*key).and_then(text))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(resolve(text.trim()).into_owned()).filter(|text| !text.is_empty()),
        Value::Array(list) => list.iter().find_map(text),
        Value::Object(object) => {
            object.get("@value").or_else(|| object.get("name")).filter(|v| v.is_string()).and_then(text)
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
