//! The article as the index keeps it: all that a hit shows, in one compact record.
//!
//! The record is a CRC-32 and [postcard](https://postcard.jamesmunns.com/wire-format): lengths and offsets are
//! variable-length integers, mentions are a row of bits ([`packed`]), and what is written out by name stands once a record. The
//! document store compresses many together.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tantivy::schema::Field;

use super::packed::{self, Malformed, Told};
use super::writer::SCHEMA;
use crate::article::{Article, Cleaning, Dateline, Dropped, Mention, Origin, RunTogether, Span, TextField};

/// An article with its mentions, as it was indexed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stored {
    /// The article.
    pub article: Article,
    /// Its mentions, in order of field and start.
    pub mentions: Vec<Mention>,
    /// What cleaning dropped and changed.
    pub cleaning: Cleaning,
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
    origin: Option<(&'a str, u64, u64)>,
    #[serde(borrow)]
    names: Vec<&'a str>,
    /// See [`packed`].
    mentions: &'a [u8],
    #[serde(borrow)]
    dropped: Vec<Piece<'a>>,
    changed: Vec<(u32, u32)>,
    /// The last of all: it is empty where the record is made, and what replaces it follows what is there.
    run_together: Vec<RunTogether>,
}

/// A [`Dropped`] piece; reason and rule are numbers of names.
#[derive(Serialize, Deserialize)]
struct Piece<'a> {
    body: bool,
    reason: u32,
    rule: Option<u32>,
    text: &'a str,
    /// How many bytes more there were.
    more: u32,
}

/// A [`Dateline`], whose serialised form may leave fields out, as postcard cannot.
#[derive(Serialize, Deserialize)]
struct Marked {
    span: Span,
    place: Option<Span>,
    day: Option<i32>,
}

/// Names in order of first use, each once.
#[derive(Default)]
pub(super) struct Names<'a> {
    list: Vec<&'a str>,
    numbers: FxHashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    /// The names by number.
    #[cfg(test)]
    pub(super) fn list(&self) -> &[&'a str] {
        &self.list
    }

    /// The number of a name.
    pub(super) fn number(&mut self, name: &'a str) -> u32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.list.push(name);
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// How the store marks the last of a number's bytes, of seven bits each, the lowest first.
const LAST: u8 = 0x80;
/// Bytes of the document before the record.
pub(super) const HEAD: usize = 10;

/// The record of an article, its mentions and its cleaning as the engine's document store wants it: a document of one field.
pub(super) fn document(
    article: &Article,
    mentions: &[Mention],
    cleaning: &Cleaning,
) -> Result<Vec<u8>, postcard::Error> {
    /// What the store calls bytes.
    const BYTES: u8 = 4;
    let [a, b, c, d] = SCHEMA.1.stored.field_id().to_le_bytes();
    // The length is written when it is known, in the four bytes of zero.
    let mut document = vec![LAST | 1, a, b, c, d, BYTES, 0, 0, 0, 0];
    encode_behind(&mut document, article, mentions, cleaning)?;
    write_length(&mut document)?;
    Ok(document)
}

/// A [`document`] with these tokens flagged.
pub(super) fn flag(document: &[u8], run_together: &[RunTogether]) -> Result<Vec<u8>, postcard::Error> {
    let mut flagged = Vec::with_capacity(document.len() + 2 + 16 * run_together.len());
    // The last byte says that none is.
    flagged.extend_from_slice(document.split_last().map_or(&[], |(_, before)| before));
    let mut flagged = postcard::to_extend(run_together, flagged)?;
    write_checksum(flagged.get_mut(HEAD..).unwrap_or_default());
    write_length(&mut flagged)?;
    Ok(flagged)
}

/// Writes the checksum of a record before it.
fn write_checksum(record: &mut [u8]) {
    if let Some((checksum, record)) = record.split_first_chunk_mut() {
        *checksum = crc32fast::hash(record).to_le_bytes();
    }
}

/// Writes the length of the record into the last four bytes of a document's head.
fn write_length(document: &mut [u8]) -> Result<(), postcard::Error> {
    let len = document.len().saturating_sub(HEAD);
    let digits = [0, 7, 14, 21].map(|shift| (len >> shift).to_le_bytes()[0] & !LAST);
    if len >> 28 != 0 {
        return Err(postcard::Error::SerializeBufferFull);
    }
    for (to, digit) in document.iter_mut().skip(HEAD - 4).zip(digits) {
        *to = digit;
    }
    if let Some(last) = document.get_mut(HEAD - 1) {
        *last |= LAST;
    }
    Ok(())
}

/// Adds a text to a document of fewer than 127 values.
pub(super) fn add_text(document: &mut Vec<u8>, field: Field, text: &str) {
    /// What the store calls a text.
    const TEXT: u8 = 0;
    if let Some(values) = document.first_mut() {
        *values += 1;
    }
    document.extend(field.field_id().to_le_bytes());
    document.push(TEXT);
    let mut rest = text.len();
    while rest > 0x7f {
        document.push(rest.to_le_bytes()[0] & 0x7f);
        rest >>= 7;
    }
    document.push(rest.to_le_bytes()[0] | 0x80);
    document.extend(text.as_bytes());
}

/// Appends the record of an article, its mentions and its cleaning.
fn encode_behind(
    bytes: &mut Vec<u8>,
    article: &Article,
    mentions: &[Mention],
    cleaning: &Cleaning,
) -> Result<(), postcard::Error> {
    let mut names = Names::default();
    let told = Told { title: &article.title, body: &article.body, published: article.published };
    let packed = packed::pack(told, mentions, &mut names);
    let dropped = cleaning.dropped.iter().map(|piece| Piece {
        body: piece.field == TextField::Body,
        reason: names.number(&piece.reason),
        rule: piece.rule.as_deref().map(|rule| names.number(rule)),
        text: &piece.text,
        more: piece.bytes.saturating_sub(u32::try_from(piece.text.len()).unwrap_or(u32::MAX)),
    });
    let dropped = dropped.collect();
    let changed = cleaning.changed.iter().map(|(reason, count)| (names.number(reason), *count)).collect();
    let begin = bytes.len();
    bytes.reserve(64 + article.title.len() + article.body.len() + 4 * mentions.len());
    bytes.extend([0; 4]); // the checksum
    let record = Record {
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
        origin: article.origin.as_ref().map(|origin| (&*origin.file, origin.record, origin.offset)),
        names: names.list,
        mentions: &packed,
        dropped,
        changed,
        run_together: Vec::new(),
    };
    *bytes = postcard::to_extend(&record, std::mem::take(bytes))?;
    write_checksum(bytes.get_mut(begin..).unwrap_or_default());
    Ok(())
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
    let told = Told { title: record.title, body: record.body, published: record.published };
    let mentions = packed::unpack(told, record.mentions, &record.names);
    let mentions = mentions.map_err(|Malformed| postcard::Error::DeserializeBadEncoding)?;
    let dateline = record.dateline.map(|Marked { span, place, day }| Dateline { span, place, day });
    let marked = dateline.into_iter().flat_map(|dateline| [Some(dateline.span), dateline.place]).flatten();
    if marked.into_iter().any(|span| record.body.get(span.range()).is_none()) {
        return Err(postcard::Error::DeserializeBadEncoding);
    }
    let mut cleaning = Cleaning::default();
    for piece in &record.dropped {
        cleaning.dropped.push(Dropped {
            field: if piece.body { TextField::Body } else { TextField::Title },
            reason: name(piece.reason)?,
            rule: piece.rule.map(name).transpose()?,
            text: piece.text.to_owned(),
            bytes: u32::try_from(piece.text.len()).unwrap_or(u32::MAX).saturating_add(piece.more),
        });
    }
    for (reason, count) in &record.changed {
        cleaning.changed.push((name(*reason)?, *count));
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
        run_together: record.run_together,
        origin: record.origin.map(|(file, record, offset)| Origin { file: file.into(), record, offset }),
    };
    if article.run_together.iter().any(|token| token.parts(&article).is_none()) {
        return Err(postcard::Error::DeserializeBadEncoding);
    }
    Ok(Stored { article, mentions, cleaning, copy_of: None })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::{Kind, Modifier, Period, Quantity, Reading};
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
            origin: Some(Origin { file: "day.jsonl".into(), record: 7, offset: 1 << 40 }),
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
        let cleaning = Cleaning {
            dropped: vec![Dropped {
                field: TextField::Body,
                reason: "furniture".into(),
                rule: Some("share".into()),
                text: "Share this article".into(),
                bytes: 30,
            }],
            changed: vec![("mojibake".into(), 2)],
        };
        Stored { article, mentions, cleaning, copy_of: None }
    }

    fn encode(stored: &Stored) -> Vec<u8> {
        let mut bytes = Vec::new();
        encode_behind(&mut bytes, &stored.article, &stored.mentions, &stored.cleaning).unwrap();
        bytes
    }

    #[test]
    fn tokens_are_flagged_behind_the_rest() {
        let mut stored = stored();
        let bytes = document(&stored.article, &stored.mentions, &stored.cleaning).unwrap();
        assert_eq!(decode(&bytes[HEAD..]).unwrap(), stored);
        let token = RunTogether { field: TextField::Body, span: Span::new(5, 8), cut: 6 };
        let flagged = flag(&bytes, &[token]).unwrap();
        let mut longer = bytes[..HEAD].to_vec();
        longer.resize(flagged.len(), 0);
        longer[HEAD - 4..HEAD].fill(0);
        write_length(&mut longer).unwrap();
        assert_eq!(flagged[..HEAD], longer[..HEAD]);
        stored.article.run_together.push(token);
        assert_eq!(decode(&flagged[HEAD..]).unwrap(), stored);
        let outside = RunTogether { cut: 8, ..token };
        assert!(decode(&flag(&bytes, &[outside]).unwrap()[HEAD..]).is_err());
    }

    #[test]
    fn what_goes_in_comes_out() {
        let stored = stored();
        let bytes = encode(&stored);
        assert_eq!(decode(&bytes).unwrap(), stored);
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_an_error_and_never_a_panic(at in 0usize..200, flip in 1u8..) {
            let stored = stored();
            let mut bytes = encode(&stored);
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
