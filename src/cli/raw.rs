//! `dateline show ID --raw-offsets`: where in the input an article's texts stand.

use std::ops::Range;

use serde_json::{Value, json};

use super::args::ShowArgs;
use super::exit::Failure;
use super::out::Out;
use crate::article::{Article, Origin};
use crate::read::{self, Format, RawRecord};
use crate::render::printable;

/// A text of an article, and where it stands.
struct Found<'a> {
    /// `title`, or bytes of the body.
    what: Option<Range<usize>>,
    text: &'a str,
    /// Bytes of the record.
    raw: Option<Range<usize>>,
}

/// Shows where in its input `article` stands, or the bytes `piece` of its body.
pub(super) fn show(article: &Article, piece: &str, args: &ShowArgs, out: &mut Out) -> Result<(), Failure> {
    let unknown =
        || Failure::message(format!("{}: the index does not know where it was read", printable(&article.id)));
    let origin = article.origin.as_ref().ok_or_else(unknown)?;
    let format = args.input_format.as_deref().and_then(Format::named);
    let options = read::Options { format, ..read::Options::default() };
    let record = read::reread(origin, &options).map_err(|reject| Failure::message(reject.to_string()))?;
    let texts = if piece.is_empty() { all(article) } else { vec![one(article, piece)?] };
    let places = record.find(&texts.iter().map(|(_, text)| *text).collect::<Vec<_>>());
    let found = texts.into_iter().zip(places).map(|((what, text), raw)| Found { what, text, raw });
    let found: Vec<Found<'_>> = found.collect();
    if out.format == super::args::OutputFormat::Text {
        Ok(out.text(&readable(article, origin, &record, &found, out))?)
    } else {
        Ok(out.json(&document(article, origin, &record, &found))?)
    }
}

/// The title and the paragraphs of the body, with their bytes of the body.
fn all(article: &Article) -> Vec<(Option<Range<usize>>, &str)> {
    let title = (!article.title.is_empty()).then_some((None, article.title.as_str()));
    let mut at = 0;
    let paragraphs = article.body.split('\n').map(|line| {
        let range = at..at + line.len();
        at = range.end + 1;
        (Some(range), line)
    });
    title.into_iter().chain(paragraphs).collect()
}

/// The bytes of the body that `START..END` names.
fn one<'a>(article: &'a Article, piece: &str) -> Result<(Option<Range<usize>>, &'a str), Failure> {
    let range = piece.split_once("..").and_then(|(start, end)| Some(start.parse().ok()?..end.parse().ok()?));
    let text = range.clone().and_then(|range| article.body.get(range));
    text.map(|text| (range, text)).ok_or_else(|| {
        let length = article.body.len();
        Failure::message(format!("--raw-offsets={piece}: the body has bytes 0..{length}; name a piece that begins and ends between characters"))
    })
}

/// The range in the file, or in the record where the file is packed record by record.
fn place(origin: &Origin, record: &RawRecord, raw: &Range<usize>) -> [u64; 2] {
    let base = if record.format == Format::Warc { 0 } else { origin.offset };
    [base + raw.start as u64, base + raw.end as u64]
}

fn readable(
    article: &Article,
    origin: &Origin,
    record: &RawRecord,
    found: &[Found<'_>],
    out: &Out,
) -> String {
    let of = if record.format == Format::Warc { "record" } else { "file" };
    let mut text = format!(
        "{}\nfile: {}\nrecord: {}, {} bytes from byte {}\n\nbytes of the {of}   of the body   text\n",
        printable(&article.title),
        printable(&origin.file),
        origin.record,
        record.bytes.len(),
        origin.offset
    );
    for Found { what, text: own, raw } in found {
        let raw = raw.as_ref().map_or("not as it is".to_owned(), |raw| {
            let [start, end] = place(origin, record, raw);
            format!("{start}..{end}")
        });
        let what =
            what.as_ref().map_or("title".to_owned(), |range| format!("{}..{}", range.start, range.end));
        let begin: String = own.chars().take(60).collect();
        let more = if begin.len() < own.len() { "…" } else { "" };
        text += &out.style.faint(&format!("{raw:<19}   {what:<11}   "));
        text += &format!("{}{more}\n", printable(&begin));
    }
    if let [Found { what: Some(_), raw: Some(raw), .. }] = found {
        let bytes = record.bytes.get(raw.clone()).unwrap_or_default();
        text += &format!("\n{}\n", printable(&String::from_utf8_lossy(bytes)));
    }
    text
}

fn document(article: &Article, origin: &Origin, record: &RawRecord, found: &[Found<'_>]) -> Value {
    let texts: Vec<Value> = found
        .iter()
        .map(|Found { what, raw, .. }| {
            let field = if what.is_some() { "body" } else { "title" };
            let bytes = what.clone().unwrap_or(0..article.title.len());
            json!({
                "field": field,
                "bytes": [bytes.start, bytes.end],
                "raw": raw.as_ref().map(|raw| place(origin, record, raw)),
            })
        })
        .collect();
    json!({
        "id": article.id,
        "file": &*origin.file,
        "record": origin.record,
        "offset": origin.offset,
        "length": record.bytes.len(),
        "raw_of": if record.format == Format::Warc { "record" } else { "file" },
        "texts": texts,
    })
}
