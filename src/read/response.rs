//! A record of a WARC to one article: the page that a server answered with.

use std::borrow::Cow;
use std::io::Read;

use memchr::memmem;

use super::warc::field;
use super::{RawRecord, ReadError, flow, page, plain};
use crate::article::RawArticle;

/// Reads the article that `record`'s bytes hold: a header, and what was crawled. It unpacks to no more than `max` bytes.
pub(super) fn parse(record: &RawRecord, max: usize) -> Result<RawArticle, ReadError> {
    let (head, block) = split(&record.bytes);
    let mut article = RawArticle::at(record.origin.clone());
    let address = field(head, "warc-target-uri").map(|uri| uri.trim_matches(['<', '>']));
    article.url = address.filter(|uri| uri.starts_with("http")).map(str::to_owned);
    let answer = block.starts_with(b"HTTP/");
    let (http, body) = if answer { split(block) } else { (&[][..], block) };
    if answer {
        status(http)?;
    }
    let kind = if answer { field(http, "content-type") } else { field(head, "content-type") }.unwrap_or("");
    let (kind, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    let kind = kind.trim().to_ascii_lowercase();
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    });
    let body = unpack(http, body, max)?;
    let start = body.trim_ascii_start();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => {}
        "" | "application/http" | "unknown/unknown" | "application/octet-stream"
            if start.starts_with(b"<") => {}
        "text/plain" => {
            let text = super::charset::decode(&body, charset);
            plain::fill(&mut article, &text);
            article.source = article.source.take().or_else(|| host(article.url.as_deref()));
            return Ok(article);
        }
        _ => return Err(ReadError::Unsupported { what: "an answer that is no page" }),
    }
    page::fill(&mut article, &super::charset::decode(&body, charset))?;
    if article.title.is_empty() && article.body.is_empty() {
        // What is no whole page may still have text.
        article.body = flow::text_of(&super::charset::decode(&body, charset));
    }
    Ok(article)
}

fn host(url: Option<&str>) -> Option<String> {
    url.and_then(page::host).map(str::to_owned)
}

/// A header and what follows the blank line after it.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let ends =
        [memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4), memmem::find(bytes, b"\n\n").map(|at| at + 2)];
    let end = ends.into_iter().flatten().min().unwrap_or(bytes.len());
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
}

/// Refuses answers that say that there is no page.
fn status(http: &[u8]) -> Result<(), ReadError> {
    let line = http.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let code = line.split(|byte| *byte == b' ').nth(1).and_then(|code| std::str::from_utf8(code).ok());
    match code.and_then(|code| code.trim().parse().ok()) {
        Some(code) if !(200..300).contains(&code) => Err(ReadError::Status { code }),
        _ => Ok(()),
    }
}

/// The body as the server had it before it was packed for the way.
fn unpack<'b>(http: &[u8], body: &'b [u8], max: usize) -> Result<Cow<'b, [u8]>, ReadError> {
    let mut body = Cow::Borrowed(body);
    let stated = |name| field(http, name).map(str::to_ascii_lowercase).unwrap_or_default();
    if stated("transfer-encoding").contains("chunked")
        && let Some(whole) = join_chunks(&body)
    {
        body = Cow::Owned(whole);
    }
    // Crawlers often keep the header and store the body unpacked: what does not look packed is not.
    let gzip = body.starts_with(&[0x1f, 0x8b]);
    let zstd = body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let encoding = stated("content-encoding");
    let texty = body.trim_ascii_start().starts_with(b"<");
    let reader: Box<dyn Read + '_> = match encoding.as_str() {
        _ if gzip => Box::new(flate2::read::MultiGzDecoder::new(&*body)),
        _ if zstd => {
            Box::new(zstd::stream::read::Decoder::with_buffer(&*body).map_err(|e| ReadError::io(&e))?)
        }
        "deflate" if !texty && body.first().is_some_and(|b| b & 0x0f == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(&*body))
        }
        "deflate" if !texty => Box::new(flate2::read::DeflateDecoder::new(&*body)),
        "br" if !texty => return Err(ReadError::Unsupported { what: "a page packed with br" }),
        _ => return Ok(body),
    };
    let mut out = Vec::new();
    let outcome = reader.take(max as u64 + 1).read_to_end(&mut out);
    if out.len() > max {
        return Err(ReadError::TooMuch { limit: max as u64, packed: body.len() as u64 });
    }
    match outcome {
        // What came before the damage is kept if it may hold the story.
        Err(_) if out.len() > 1024 => {}
        Err(e) => {
            return Err(ReadError::Corrupt {
                codec: "page",
                offset: out.len() as u64,
                message: e.to_string(),
            });
        }
        Ok(_) => {}
    }
    Ok(Cow::Owned(out))
}

/// A body sent in chunks, each behind its length in hexadecimal; `None` if it is not one after all.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if length == 0 {
            return Some(out);
        }
        let chunk = rest.get(..length).unwrap_or(rest);
        out.extend_from_slice(chunk);
        rest = rest.get(chunk.len()..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out); // cut short
        }
    }
}
