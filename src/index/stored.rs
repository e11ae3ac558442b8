//! The article as the index keeps it: all that a hit shows, in one compact record.
//!
//! The record is a CRC-32 and [postcard](https://postcard.jamesmunns.com/wire-format): lengths and offsets are
//! variable-length integers, names that recur (keys, rules, units) stand once a record. The document store compresses
//! many together.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::{
    Article, DAY, Dateline, Kind, Mention, Modifier, Period, Quantity, Reading, Span, TextField, Trend,
};

/// An article with its mentions, as it was indexed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stored {
    /// The article.
    pub article: Article,
    /// Its mentions, in order of field and start.
    pub mentions: Vec<Mention>,
    /// The id of the article that it is a copy of, which may have been deleted since.
    pub copy_of: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Record<'a> {
    id: &'a str,
    title: &'a str,
    body: &'a str,
    source: Option<&'a str>,
    url: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<i64>,
    updated: Option<i64>,
    lang: Option<&'a str>,
    lang_detected: bool,
    section: Option<&'a str>,
    agency: Option<&'a str>,
    dateline: Option<Marked>,
    #[serde(borrow)]
    names: Vec<&'a str>,
    mentions: Vec<Packed>,
}

/// A [`Dateline`], whose serialised form may leave fields out, as postcard cannot.
#[derive(Serialize, Deserialize)]
struct Marked {
    span: Span,
    place: Option<Span>,
    day: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    body: bool,
    kind: Kind,
    /// Bytes from the start of the mention before in the same text.
    step: u32,
    len: u32,
    via: u32,
    what: What,
}

#[derive(Serialize, Deserialize)]
enum What {
    Key(u32),
    Days { from: i32, count: u32 },
    Number { lo: f64, hi: Option<f64>, modifier: Modifier, trend: Option<Trend>, unit: Option<u32> },
}

/// Names in order of first use, each once.
#[derive(Default)]
struct Names<'a> {
    list: Vec<&'a str>,
    numbers: FxHashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: &'a str) -> u32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.list.push(name);
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// The record of an article and its mentions.
pub(super) fn encode(article: &Article, mentions: &[Mention]) -> Result<Vec<u8>, postcard::Error> {
    let mut names = Names::default();
    let mut last = [0; 2];
    let packed = mentions
        .iter()
        .map(|m| {
            let body = m.field == TextField::Body;
            let step = m.span.start.saturating_sub(last[usize::from(body)]);
            last[usize::from(body)] = m.span.start;
            let what = match &m.reading {
                Reading::Entity(key) => What::Key(names.number(key)),
                Reading::Period(period) => days(period),
                Reading::Quantity(q) => What::Number {
                    lo: q.lo,
                    hi: q.hi.total_cmp(&q.lo).is_ne().then_some(q.hi),
                    modifier: q.modifier,
                    trend: q.trend,
                    unit: q.unit.as_deref().map(|u| names.number(u)),
                },
            };
            Packed {
                body,
                kind: m.kind,
                step,
                len: m.span.end - m.span.start,
                via: names.number(&m.via),
                what,
            }
        })
        .collect();
    let record = postcard::to_stdvec(&Record {
        id: &article.id,
        title: &article.title,
        body: &article.body,
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        byline: article.byline.as_deref(),
        published: article.published,
        updated: article.updated,
        lang: article.lang.as_deref(),
        lang_detected: article.lang_detected,
        section: article.section.as_deref(),
        agency: article.agency.as_deref(),
        dateline: article.dateline.map(|Dateline { span, place, day }| Marked { span, place, day }),
        names: names.list,
        mentions: packed,
    })?;
    let mut checked = crc32fast::hash(&record).to_le_bytes().to_vec();
    checked.extend(record);
    Ok(checked)
}

/// A period as its first day and how many there are.
fn days(period: &Period) -> What {
    let day = |second: i64| i32::try_from(second.div_euclid(DAY)).unwrap_or_default();
    let (from, past) = (day(period.from()), day(period.to()));
    What::Days { from, count: past.abs_diff(from) }
}

/// Reads a record back; an error says that the bytes are no such record.
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, postcard::Error> {
    let (checksum, bytes) = bytes.split_first_chunk().ok_or(postcard::Error::DeserializeUnexpectedEnd)?;
    if u32::from_le_bytes(*checksum) != crc32fast::hash(bytes) {
        return Err(postcard::Error::DeserializeBadCrc);
    }
    let record: Record<'_> = postcard::from_bytes(bytes)?;
    let name = |n: u32| -> Result<Cow<'static, str>, postcard::Error> {
        let name = record.names.get(n as usize).ok_or(postcard::Error::DeserializeBadEncoding)?;
        Ok(Cow::Owned((*name).to_owned()))
    };
    let mut last = [0u32; 2];
    let mut mentions = Vec::with_capacity(record.mentions.len());
    for packed in &record.mentions {
        let start = last[usize::from(packed.body)].wrapping_add(packed.step);
        last[usize::from(packed.body)] = start;
        let (field, text) =
            if packed.body { (TextField::Body, record.body) } else { (TextField::Title, record.title) };
        let span = Span { start, end: start.wrapping_add(packed.len) };
        if text.get(start as usize..span.end as usize).is_none() {
            return Err(postcard::Error::DeserializeBadEncoding);
        }
        let reading = match &packed.what {
            What::Key(key) => Reading::Entity(name(*key)?),
            What::Days { from, count } => Reading::Period(
                i32::try_from(*count)
                    .ok()
                    .and_then(|count| Period::of_days(*from, from.checked_add(count)?))
                    .ok_or(postcard::Error::DeserializeBadEncoding)?,
            ),
            What::Number { lo, hi, modifier, trend, unit } => Reading::Quantity(
                Quantity::new(*lo, hi.unwrap_or(*lo), *modifier, *trend, unit.map(name).transpose()?)
                    .ok_or(postcard::Error::DeserializeBadEncoding)?,
            ),
        };
        mentions.push(Mention { field, span, kind: packed.kind, reading, via: name(packed.via)? });
    }
    let dateline = record.dateline.map(|Marked { span, place, day }| Dateline { span, place, day });
    let marked = dateline.into_iter().flat_map(|dateline| [Some(dateline.span), dateline.place]).flatten();
    if marked.into_iter().any(|span| record.body.get(span.range()).is_none()) {
        return Err(postcard::Error::DeserializeBadEncoding);
    }
    let owned = |s: Option<&str>| s.map(str::to_owned);
    let article = Article {
        id: record.id.to_owned(),
        title: record.title.to_owned(),
        body: record.body.to_owned(),
        source: owned(record.source),
        url: owned(record.url),
        byline: owned(record.byline),
        published: record.published,
        updated: record.updated,
        lang: owned(record.lang),
        lang_detected: record.lang_detected,
        section: owned(record.section),
        agency: owned(record.agency),
        dateline,
    };
    Ok(Stored { article, mentions, copy_of: None })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stored() -> Stored {
        let article = Article {
            id: "a1".into(),
            title: "Iran says 120".into(),
            body: "Some 400 Iranians were deported.".into(),
            published: Some(1_759_190_400),
            lang: Some("en".into()),
            lang_detected: true,
            section: Some("World".into()),
            agency: Some("AP".into()),
            dateline: Some(Dateline { span: Span::new(0, 5), place: Some(Span::new(0, 4)), day: Some(-3) }),
            ..Article::default()
        };
        let mention = |field, range: std::ops::Range<usize>, kind, reading| Mention {
            field,
            span: Span::new(range.start, range.end),
            kind,
            reading,
            via: "test".into(),
        };
        let number = Quantity::new(400.0, 400.0, Modifier::About, None, Some("iranian".into())).unwrap();
        let mentions = vec![
            mention(TextField::Title, 0..4, Kind::Country, Reading::Entity("IR".into())),
            mention(
                TextField::Body,
                0..4,
                Kind::Date,
                Reading::Period(Period::of_days(-400, 20_376).unwrap()),
            ),
            mention(TextField::Body, 5..8, Kind::Number, Reading::Quantity(number)),
            mention(TextField::Body, 9..17, Kind::Country, Reading::Entity("IR".into())),
        ];
        Stored { article, mentions, copy_of: None }
    }

    #[test]
    fn what_goes_in_comes_out() {
        let stored = stored();
        let bytes = encode(&stored.article, &stored.mentions).unwrap();
        assert_eq!(decode(&bytes).unwrap(), stored);
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_an_error_and_never_a_panic(at in 0usize..200, flip in 1u8..) {
            let stored = stored();
            let mut bytes = encode(&stored.article, &stored.mentions).unwrap();
            let at = at % bytes.len();
            bytes[at] ^= flip;
            prop_assert!(decode(&bytes).is_err());
            // Even where the checksum was made to fit.
            let checksum = crc32fast::hash(&bytes[4..]).to_le_bytes();
            bytes[..4].copy_from_slice(&checksum);
            if let Ok(read) = decode(&bytes) {
                for span in read.article.dateline.iter().map(|dateline| dateline.span) {
                    prop_assert!(read.article.body.get(span.range()).is_some());
                }
                for m in &read.mentions {
                    prop_assert!(read.article.text(m.field).get(m.span.range()).is_some());
                }
            }
        }
    }
}
