//! One JSON object to one article, in a single pass: known keys are kept, all else is skipped unread.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::fields::{self, Field, Mapping, Rank};
use super::{RawRecord, ReadError, ninjs};
use crate::article::{Origin, RawArticle};

/// Reads the article that `record`'s bytes state.
pub(super) fn parse(record: &RawRecord, mapping: &Mapping) -> Result<RawArticle, ReadError> {
    let text = std::str::from_utf8(&record.bytes).map_err(|e| ReadError::NotText {
        encoding: "UTF-8",
        offset: record.origin.offset + e.valid_up_to() as u64,
    })?;
    if mapping.is_empty()
        && ninjs::is_one(&record.bytes)
        && let Some(article) = ninjs::parse(record)?
    {
        return Ok(article);
    }
    if let Some(found) = not_an_object(text) {
        return Err(ReadError::NotObject { found });
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let slots = Object { mapping }
        .deserialize(&mut deserializer)
        .and_then(|slots| deserializer.end().map(|()| slots))
        .map_err(|e| json_error(&e, text, &record.origin))?;
    Ok(slots.article(record.origin.clone()))
}

/// What `text` is, if its first character opens no object.
fn not_an_object(text: &str) -> Option<&'static str> {
    match text.trim_start().bytes().next()? {
        b'[' => Some("a list"),
        b'"' => Some("a string"),
        b'0'..=b'9' | b'-' => Some("a number"),
        b't' | b'f' if matches!(text.trim(), "true" | "false") => Some("true or false"),
        b'n' if text.trim() == "null" => Some("null"),
        _ => None,
    }
}

fn json_error(error: &serde_json::Error, text: &str, origin: &Origin) -> ReadError {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let within = (line_start + error.column().saturating_sub(1)).min(text.len());
    let offset = origin.offset + within as u64;
    if error.is_eof() {
        return ReadError::Truncated { offset: origin.offset + text.len() as u64 };
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or("").to_owned();
    // serde_json has no code for this; a half pair not followed by an escape is "unexpected end of hex escape".
    if message.contains("surrogate") || message.contains("end of hex escape") {
        return ReadError::LoneSurrogate { offset };
    }
    ReadError::Json { offset, message }
}

/// For each field the best value met so far.
#[derive(Default)]
pub(super) struct Slots([Option<(Rank, String)>; Field::ALL.len()]);

impl Slots {
    /// Whether a value of this rank would be kept.
    fn wants(&self, field: Field, rank: Rank) -> bool {
        self.0[field.index()].as_ref().is_none_or(|(held, _)| rank <= *held)
    }

    pub(super) fn put(&mut self, field: Field, rank: Rank, value: Option<String>) {
        if let Some(value) = value
            && self.wants(field, rank)
        {
            self.0[field.index()] = Some((rank, value));
        }
    }

    /// The article that these values make.
    pub(super) fn article(mut self, origin: Origin) -> RawArticle {
        let mut take = |field: Field| self.0[field.index()].take().map(|(_, value)| value);
        RawArticle {
            id: take(Field::Id),
            title: take(Field::Title).unwrap_or_default(),
            body: take(Field::Body).unwrap_or_default(),
            source: take(Field::Source),
            url: take(Field::Url),
            byline: take(Field::Byline),
            section: take(Field::Section),
            agency: take(Field::Agency),
            published: take(Field::Published),
            updated: take(Field::Updated),
            lang: take(Field::Lang),
            withdrawn: false,
            origin,
        }
    }
}

/// Reads an object into [`Slots`].
struct Object<'m> {
    mapping: &'m Mapping,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Slots;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Slots, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Slots;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Slots, A::Error> {
        let mut slots = Slots::default();
        while let Some(action) = map.next_key_seed(Key { mapping: self.mapping })? {
            match action {
                Action::Keep(field, rank) if slots.wants(field, rank) => {
                    let value = map.next_value_seed(Stated { field })?;
                    slots.put(field, rank, value);
                }
                Action::Keep(..) | Action::Skip => {
                    map.next_value::<IgnoredAny>()?;
                }
                Action::Mapped(targets) => {
                    let value: Value = map.next_value()?;
                    for (field, path) in targets {
                        let found = walk(&value, &path);
                        let stated = found.and_then(|v| Stated { field }.deserialize(v).ok().flatten());
                        slots.put(field, 0, stated);
                    }
                }
            }
        }
        Ok(slots)
    }
}

/// The value at `path`, keys and list places parted by dots, below `value`.
fn walk<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').filter(|step| !step.is_empty()).try_fold(value, |value, step| match value {
        Value::Array(list) => list.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    })
}

/// What to do with the value of a key.
enum Action {
    Skip,
    Keep(Field, Rank),
    /// Paths below this key that the user mapped.
    Mapped(Vec<(Field, String)>),
}

/// Reads a key into an [`Action`] without keeping it.
struct Key<'m> {
    mapping: &'m Mapping,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Action;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Action, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Action;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Action, E> {
        let mut mapped = self.mapping.under(key).peekable();
        Ok(if mapped.peek().is_some() {
            let own = mapped.map(|(field, path)| (field, path.to_owned()));
            // A key mapped to one field may still be read for the one it is known for, as a last resort.
            Action::Mapped(own.collect())
        } else {
            fields::known(key).map_or(Action::Skip, |(field, rank)| Action::Keep(field, rank))
        })
    }
}

/// Reads a value as text: strings and numbers as they stand, lists joined, of objects the part that names them.
///
/// `None` for null, true, false, and whatever is blank.
#[derive(Clone, Copy)]
struct Stated {
    field: Field,
}

/// Keys under which an object states its value, best first: `{"name": "The Paper"}`, `{"rendered": "Headline"}`.
const INNER: &[&str] =
    &["name", "rendered", "text", "value", "#text", "$t", "$oid", "$date", "plain", "title", "id"];

impl<'de> DeserializeSeed<'de> for Stated {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Stated {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok((!text.trim().is_empty()).then(|| text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok((!text.trim().is_empty()).then_some(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let separator = match self.field {
            Field::Byline => Some(", "),
            Field::Body => Some("\n\n"),
            _ => None,
        };
        let mut joined: Option<String> = None;
        while let Some(element) = list.next_element_seed(self)? {
            let Some(element) = element else { continue };
            match (&mut joined, separator) {
                (Some(joined), Some(separator)) => {
                    joined.push_str(separator);
                    joined.push_str(&element);
                }
                (Some(_), None) => {}
                (None, _) => joined = Some(element),
            }
        }
        Ok(joined)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best: Option<(usize, String)> = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            let rank = INNER.iter().position(|inner| *inner == key);
            match rank.filter(|rank| best.as_ref().is_none_or(|(held, _)| rank < held)) {
                Some(rank) => {
                    if let Some(value) = map.next_value_seed(self)? {
                        best = Some((rank, value));
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(best.map(|(_, value)| value))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::read::Format;

    fn read_with(json: &str, rules: &[&str]) -> Result<RawArticle, ReadError> {
        let origin = Origin { file: "f".into(), record: 1, offset: 100 };
        let record =
            RawRecord { origin, bytes: json.as_bytes().to_vec(), format: Format::Jsonl, head: Arc::from([]) };
        parse(&record, &Mapping::parse(rules.iter().copied()).unwrap())
    }

    fn read(json: &str) -> RawArticle {
        read_with(json, &[]).unwrap()
    }

    #[test]
    fn every_field_is_read_under_its_common_names() {
        let article = read(
            r#"{"_id": {"$oid": "a1"}, "headline": "H", "maintext": "B", "source": {"id": 4, "name": "The Paper"},
               "link": "http://a.example/1", "authors": [{"name": "A. Doe"}, "B. Roe"],
               "date_publish": 1759190400, "dateModified": "2025-10-01", "language": "en", "tags": [1, [2]]}"#,
        );
        assert_eq!(article.id.as_deref(), Some("a1"));
        assert_eq!((article.title.as_str(), article.body.as_str()), ("H", "B"));
        assert_eq!(article.source.as_deref(), Some("The Paper"));
        assert_eq!(article.url.as_deref(), Some("http://a.example/1"));
        assert_eq!(article.byline.as_deref(), Some("A. Doe, B. Roe"));
        assert_eq!(article.published.as_deref(), Some("1759190400"));
        assert_eq!(article.updated.as_deref(), Some("2025-10-01"));
        assert_eq!(article.lang.as_deref(), Some("en"));
    }

    #[test]
    fn null_and_blank_values_are_absent_and_the_next_best_key_stands_in() {
        let article = read(r#"{"summary": "S", "body": null, "text": " ", "content": "C", "title": "T"}"#);
        assert_eq!(article.body, "C");
        assert_eq!(article.source, None);
    }

    #[test]
    fn the_best_key_wins_wherever_it_stands() {
        assert_eq!(read(r#"{"description": "D", "body": "B"}"#).body, "B");
        assert_eq!(read(r#"{"body": "B", "description": "D"}"#).body, "B");
    }

    #[test]
    fn paragraphs_in_a_list_become_paragraphs() {
        assert_eq!(read(r#"{"body": ["One.", "Two."]}"#).body, "One.\n\nTwo.");
    }

    #[test]
    fn a_users_mapping_reaches_into_objects_and_lists_and_wins() {
        let json = r#"{"title": "T", "meta": {"head": {"main": "M"}, "by": ["X", "Y"]}, "dc.id": 7}"#;
        let rules = ["title=meta.head.main", "byline=meta.by.1", "id=dc.id", "url=meta.none"];
        let article = read_with(json, &rules).unwrap();
        assert_eq!(article.title, "M");
        assert_eq!(article.byline.as_deref(), Some("Y"));
        assert_eq!(article.id.as_deref(), Some("7"));
        assert_eq!(article.url, None);
    }

    #[test]
    fn errors_say_where_in_the_file_the_record_is_broken() {
        assert_eq!(read_with(r#"{"title": "T", "bo"#, &[]), Err(ReadError::Truncated { offset: 118 }));
        assert!(matches!(read_with(r#"{"title": x}"#, &[]), Err(ReadError::Json { offset: 110, .. })));
        assert!(matches!(read_with("{\n\"a\": x}", &[]), Err(ReadError::Json { offset: 107, .. })));
        assert_eq!(read_with("[1]", &[]), Err(ReadError::NotObject { found: "a list" }));
        for half in [r#"{"title": "\ud83d"}"#, r#"{"title": "\ud83d x"}"#, r#"{"title": "\ude00"}"#] {
            assert!(matches!(read_with(half, &[]), Err(ReadError::LoneSurrogate { .. })), "{half}");
        }
        assert_eq!(read(r#"{"title": "\ud83d\ude00"}"#).title, "\u{1f600}");
    }
}
