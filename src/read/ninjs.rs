//! IPTC ninjs, 1 to 3: news as JSON objects, recognised one by one among other JSON.

use memchr::memmem;
use serde_json::{Map, Value};

use super::fields::names_sections;
use super::flow::{text_of, text_of_either};
use super::{RawRecord, ReadError};
use crate::article::RawArticle;

/// Keys that ninjs has and other JSON of news hardly, one of which stands beside `uri`.
const MARKS: &[&[u8]] = &[
    b"\"pubstatus\"",
    b"\"versioncreated\"",
    b"\"headlines\"",
    b"\"bodies\"",
    b"\"body_text\"",
    b"\"body_xhtml\"",
    b"\"body_html\"",
    b"\"pubStatus\"",
    b"\"versionCreated\"",
    b"\"representationtype\"",
    b"\"representationType\"",
];

/// Whether an object looks like ninjs.
pub(super) fn is_one(json: &[u8]) -> bool {
    memmem::find(json, b"\"uri\"").is_some() && MARKS.iter().any(|mark| memmem::find(json, mark).is_some())
}

/// Reads the article that `record`'s bytes state; `None` if they are no ninjs after all.
///
/// A `pubstatus` of `canceled` withdraws the article with this `uri`.
pub(super) fn parse(record: &RawRecord) -> Result<Option<RawArticle>, ReadError> {
    let Ok(Value::Object(item)) = serde_json::from_slice::<Value>(&record.bytes) else { return Ok(None) };
    let Some(uri) = line(&item, "uri") else { return Ok(None) };
    let mut article = RawArticle::at(record.origin.clone());
    let status = line(&item, "pubstatus").map(|status| status.to_ascii_lowercase());
    match status.as_deref() {
        Some("canceled" | "cancelled") => article.withdrawn = true,
        Some("withheld") => return Err(ReadError::Withheld),
        _ => {}
    }
    article.title = stated(&item, "headline").or_else(|| line(&item, "title")).unwrap_or_default();
    article.body = body(&item).unwrap_or_default();
    article.byline = line(&item, "by").or_else(|| line(&item, "byline"));
    article.source = line(&item, "copyrightholder").or_else(|| names(&item, "infosource"));
    article.published = line(&item, "firstcreated")
        .or_else(|| line(&item, "contentcreated"))
        .or_else(|| line(&item, "versioncreated"));
    article.updated =
        line(&item, "versioncreated").filter(|version| article.published.as_ref() != Some(version));
    article.section = line(&item, "section").or_else(|| section(&item));
    article.lang = line(&item, "language");
    article.url = Some(&uri).filter(|uri| uri.starts_with("http")).cloned();
    article.id = Some(uri);
    Ok(Some(article))
}

/// Whether a key is `name` in any case: version 3 writes `pubStatus`.
fn value<'i>(item: &'i Map<String, Value>, name: &str) -> Option<&'i Value> {
    item.get(name)
        .or_else(|| item.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

fn line(item: &Map<String, Value>, name: &str) -> Option<String> {
    let text = value(item, name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The names in a list of objects, `infosource` or `infosources`.
fn names(item: &Map<String, Value>, name: &str) -> Option<String> {
    let list = value(item, name).or_else(|| value(item, &format!("{name}s")))?.as_array()?;
    list.iter().find_map(|object| object.get("name")?.as_str().map(str::to_owned))
}

/// The name of the subject whose scheme says that it is a section.
fn section(item: &Map<String, Value>) -> Option<String> {
    let subjects = value(item, "subject").or_else(|| value(item, "subjects"))?.as_array()?;
    subjects.iter().take(100).filter_map(Value::as_object).find_map(|subject| {
        let stated =
            ["scheme", "uri", "rel"].iter().any(|key| line(subject, key).is_some_and(|s| names_sections(&s)));
        stated.then(|| line(subject, "name"))?
    })
}

/// Texts of one kind: what it is for, what it is made of, and the text. `headline` and `headline_main` of version 1,
/// the list `headlines` since.
fn forms<'i>(item: &'i Map<String, Value>, kind: &str, list: &str) -> Vec<(String, String, &'i str)> {
    let mut found = Vec::new();
    for object in value(item, list).and_then(Value::as_array).into_iter().flatten().take(100) {
        let Some(object) = object.as_object() else { continue };
        let Some(text) = value(object, "value").and_then(Value::as_str) else { continue };
        let say = |name| line(object, name).unwrap_or_default().to_ascii_lowercase();
        found.push((say("role"), say("contenttype"), text));
    }
    for (key, text) in item {
        let role = key.strip_prefix(kind).map(|role| role.trim_start_matches('_'));
        if let (Some(role), Some(text)) = (role, text.as_str()) {
            found.push((role.to_ascii_lowercase(), String::new(), text));
        }
    }
    found.retain(|(_, _, text)| !text.trim().is_empty());
    found
}

fn stated(item: &Map<String, Value>, kind: &str) -> Option<String> {
    let forms = forms(item, kind, &format!("{kind}s"));
    let best = forms.iter().find(|(role, ..)| role.is_empty() || role == "main").or(forms.first())?;
    Some(text_of_either(best.2))
}

/// The text of the story: plain where it has its paragraphs, else out of its markup; the description, where that is all.
fn body(item: &Map<String, Value>) -> Option<String> {
    let marked = |(role, kind, text): &(String, String, &str)| {
        let said =
            kind.contains("html") || kind.contains("nitf") || kind.contains("xml") || role.contains("html");
        said || (!kind.contains("plain") && text.trim_start().starts_with('<'))
    };
    let bodies = forms(item, "body", "bodies");
    let plain = bodies.iter().find(|form| !marked(form));
    let markup = bodies.iter().find(|form| marked(form));
    // A text on one line has lost its paragraphs; its markup has them.
    let whole = |text: &str| text.contains('\n') || text.len() < 500;
    match (plain, markup) {
        (Some((_, _, text)), None) => Some((*text).to_owned()),
        (Some((_, _, text)), Some(_)) if whole(text) => Some((*text).to_owned()),
        (_, Some((role, kind, text))) if kind.contains("nitf") || role == "nitf" => {
            super::nitf::text(text).or_else(|| Some(text_of(text)))
        }
        (_, Some((_, _, text))) => Some(text_of(text)),
        (None, None) => {
            let described = forms(item, "description", "descriptions");
            described.first().map(|(_, _, text)| text_of_either(text))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::read::{Input, Options};

    #[test]
    fn a_subject_is_the_section_if_its_scheme_says_so() {
        let item = br#"{"uri": "urn:1", "pubstatus": "usable", "headline": "One", "body_text": "Two.",
            "subject": [{"name": "Storms", "scheme": "x/topics"}, {"name": "World", "scheme": "x/sections"}]}"#;
        let input = Input::reader("n.json", std::io::Cursor::new(item.to_vec()));
        let read: Vec<_> = input.articles(&Options::default()).flatten().collect();
        assert_eq!((read[0].title.as_str(), read[0].section.as_deref()), ("One", Some("World")));
    }
}
