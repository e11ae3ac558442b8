//! Which format an input has: by its name first, then by its first bytes.

use super::{Format, ReadError};

/// How many decompressed bytes are looked at.
pub(super) const WINDOW: usize = 16 * 1024;

/// The format of the input called `name` whose plain bytes begin with `head`.
///
/// A name says whether it is text or JSON; whether JSON comes as lines or as a document, the bytes say. Where `head`
/// is shorter than [`WINDOW`] it is the whole input.
pub(super) fn sniff(name: &str, head: &[u8]) -> Result<Format, ReadError> {
    let named = by_name(name);
    if let Named::Other(what) = named {
        return Err(ReadError::Unsupported { what });
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let wide = matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    if wide && matches!(named, Named::Json) {
        return Err(ReadError::Unsupported { what: "JSON in UTF-16" });
    }
    if wide || matches!(named, Named::Text) {
        return Ok(Format::Text);
    }
    let start = head.trim_ascii_start();
    let json = match start.first() {
        Some(b'{') => Some(if opens_with_a_whole_line(start) { Format::Jsonl } else { Format::Json }),
        Some(b'[') if matches!(named, Named::Json) || opens_an_array(start) => Some(Format::Json),
        _ => None,
    };
    if let Some(format) = json {
        return Ok(format);
    }
    if let Some(zero) = memchr::memchr(0, head) {
        return Err(ReadError::Binary { offset: zero as u64 });
    }
    let lower = start.get(..15.min(start.len())).unwrap_or(start).to_ascii_lowercase();
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return Err(ReadError::Unsupported { what: "an HTML page" });
    }
    if lower.starts_with(b"<?xml") {
        return Err(ReadError::Unsupported { what: "XML" });
    }
    Ok(if matches!(named, Named::Json) { Format::Jsonl } else { Format::Text })
}

enum Named {
    Text,
    Json,
    Other(&'static str),
    Unknown,
}

fn by_name(name: &str) -> Named {
    let lower = name.to_ascii_lowercase();
    let bare = [".gz", ".zst", ".zstd"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let file = bare.rsplit(['/', '\\']).next().unwrap_or(bare);
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "txt" | "text" => Named::Text,
        "json" | "jsonl" | "ndjson" | "jsonlines" | "jl" => Named::Json,
        "html" | "htm" | "xhtml" => Named::Other("an HTML page"),
        "xml" | "rss" | "atom" => Named::Other("XML"),
        "csv" | "tsv" => Named::Other("a table"),
        "warc" => Named::Other("a WARC file"),
        "pdf" => Named::Other("a PDF"),
        "tar" | "tgz" | "zip" | "7z" => Named::Other("an archive"),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" => Named::Other("an image"),
        _ => Named::Unknown,
    }
}

/// Whether the first line is a whole object, so that the input is JSON lines. A first line longer than the window is
/// taken for one: a document that is not laid out in lines reads the same either way.
fn opens_with_a_whole_line(start: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', start) else { return true };
    let line = start.get(..end).unwrap_or(start).trim_ascii_end();
    line.len() > 1 && !line.ends_with(b",") && line.ends_with(b"}")
        || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err_and(|e| !e.is_eof())
}

/// Whether an array of objects opens here, and not a text that begins with a bracket.
fn opens_an_array(start: &[u8]) -> bool {
    let inside = start.get(1..).unwrap_or(&[]).trim_ascii_start();
    matches!(inside.first(), Some(b'{' | b']'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn json_lines_and_documents_are_told_apart_by_their_first_line() {
        assert_eq!(sniff("-", b"{\"a\": 1}\n{\"a\": 2}\n"), Ok(Format::Jsonl));
        assert_eq!(sniff("a.json", b"{\n  \"a\": {\n"), Ok(Format::Json));
        assert_eq!(sniff("a.json", b"{\"a\": 1,\n \"b\": 2}"), Ok(Format::Json));
        assert_eq!(sniff("a.jsonl", b"\xef\xbb\xbf [\n{\"a\": 1}]"), Ok(Format::Json));
        assert_eq!(sniff("a.jsonl", b"{\"a\": broken}\n{\"a\": 2}\n"), Ok(Format::Jsonl));
        assert_eq!(
            sniff("a.jsonl.gz", b"{\"a\": \"a long first line with no end in sight"),
            Ok(Format::Jsonl)
        );
        assert_eq!(sniff("a.jsonl", b"no json\n{\"a\": 2}\n"), Ok(Format::Jsonl));
    }

    #[test]
    fn a_text_may_begin_with_a_bracket() {
        assert_eq!(sniff("-", b"[Editor's note] The bridge closed."), Ok(Format::Text));
        assert_eq!(sniff("a.txt", b"{ is how it begins"), Ok(Format::Text));
        assert_eq!(sniff("notes", b"The bridge closed."), Ok(Format::Text));
        assert_eq!(sniff("notes", b"\xff\xfeT\0h\0"), Ok(Format::Text));
    }

    #[test]
    fn what_is_not_read_is_named() {
        assert_eq!(sniff("a.html", b"<p>"), Err(ReadError::Unsupported { what: "an HTML page" }));
        assert_eq!(sniff("-", b"<!DOCTYPE html><p>"), Err(ReadError::Unsupported { what: "an HTML page" }));
        assert_eq!(sniff("a.jsonl", b"\x7fELF\0"), Err(ReadError::Binary { offset: 4 }));
    }
}
