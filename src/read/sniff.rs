//! Which format an input has: by its name first, then by its first bytes.

use super::{Format, ReadError, table, warc};

/// How many decompressed bytes are looked at.
pub(super) const WINDOW: usize = 16 * 1024;

/// The first bytes of a Parquet file, and the last.
pub(super) const PARQUET: &[u8] = b"PAR1";

/// What holds files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    Tar,
    Zip,
}

/// The kind of archive that begins with `head`, whatever it is called.
pub(super) fn archive(head: &[u8]) -> Option<Archive> {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Archive::Zip),
        _ if head.get(257..262) == Some(b"ustar") => Some(Archive::Tar),
        _ => None,
    }
}

/// Whether the first bytes tell the format as well as more would: the first of JSON lines has come to its end. So what comes
/// through a pipe need not wait for more to come.
pub(super) fn is_telling(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let line = memchr::memchr(b'\n', head).and_then(|end| head.get(..end));
    line.is_some_and(|line| {
        line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    })
}

/// The format of the input called `name` whose plain bytes begin with `head`.
///
/// A name says whether it is text, JSON, a page, a table or XML; whether JSON comes as lines or as a document, and what
/// kind of XML it is, the bytes say. Where `head` is shorter than [`WINDOW`] it is the whole input.
pub(super) fn sniff(name: &str, head: &[u8]) -> Result<Format, ReadError> {
    let named = by_name(name);
    if let Named::Other(what) = named {
        return Err(ReadError::Unsupported { what });
    }
    if head.starts_with(PARQUET) {
        return Ok(Format::Parquet);
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let wide = matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    if wide && matches!(named, Named::Json) {
        return Err(ReadError::Unsupported { what: "JSON in UTF-16" });
    }
    if head.starts_with(warc::MAGIC) || matches!(named, Named::Warc) {
        return Ok(Format::Warc);
    }
    match named {
        Named::Html => return Ok(Format::Html),
        Named::Table => return Ok(Format::Csv),
        Named::Text => return Ok(Format::Text),
        _ => {}
    }
    let narrow: Vec<u8> = if wide {
        head.iter().copied().filter(|byte| *byte != 0 && byte.is_ascii()).collect()
    } else {
        Vec::new()
    };
    let start = if wide { &narrow } else { head }.trim_ascii_start();
    let json = match start.first() {
        _ if wide => None,
        Some(b'{') => Some(if opens_with_a_whole_line(start) { Format::Jsonl } else { Format::Json }),
        Some(b'[') if matches!(named, Named::Json) || opens_an_array(start) => Some(Format::Json),
        _ => None,
    };
    if let Some(format) = json {
        return Ok(format);
    }
    if let Some(zero) = memchr::memchr(0, head).filter(|_| !wide) {
        return Err(ReadError::Binary { offset: zero as u64 });
    }
    if let Some(format) = markup(start) {
        return Ok(format);
    }
    match named {
        Named::Json => Ok(Format::Jsonl),
        Named::Xml => Err(ReadError::Unsupported { what: "XML of no kind that is known" }),
        _ if !wide && table::looks_like_one(head) => Ok(Format::Csv),
        _ => Ok(Format::Text),
    }
}

/// The kind of markup that begins here, told by its first element that says it.
fn markup(start: &[u8]) -> Option<Format> {
    if start.first() != Some(&b'<') {
        return None;
    }
    let mut rest = start;
    // Comments and declarations may stand above the first element.
    for _ in 0..64 {
        rest = rest.get(memchr::memchr(b'<', rest)?..)?;
        let skip: &[u8] = match rest {
            [_, b'!', b'-', b'-', ..] => b"-->",
            [_, b'?', ..] => b"?>",
            [_, b'!', ..] => {
                let line = rest.get(..200).unwrap_or(rest).to_ascii_lowercase();
                if line.starts_with(b"<!doctype html") {
                    return Some(Format::Html);
                }
                b">"
            }
            _ => {
                let tag = rest.get(1..).unwrap_or(&[]);
                let end = tag
                    .iter()
                    .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
                    .unwrap_or(tag.len());
                let name = String::from_utf8_lossy(tag.get(..end).unwrap_or(&[])).to_ascii_lowercase();
                let bare = name.rsplit(':').next().unwrap_or(&name);
                return match bare {
                    "rss" | "feed" | "rdf" | "channel" | "entry" | "item" => Some(Format::Feed),
                    "nitf" => Some(Format::Nitf),
                    "newsmessage" | "newsitem" | "itemset" => Some(Format::Newsml),
                    "lewis" | "reuters" => Some(Format::Sgml),
                    "html" | "head" | "body" | "meta" | "title" | "script" | "div" | "article" | "p"
                    | "h1" | "section" | "link" => Some(Format::Html),
                    _ => None,
                };
            }
        };
        let at = memchr::memmem::find(rest, skip)? + skip.len();
        rest = rest.get(at..)?;
    }
    None
}

enum Named {
    Text,
    Json,
    Html,
    Table,
    Xml,
    Warc,
    Other(&'static str),
    Unknown,
}

fn by_name(name: &str) -> Named {
    let lower = name.to_ascii_lowercase();
    let bare = [".gz", ".zst", ".zstd"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let file = bare.rsplit(['/', '\\', '!']).next().unwrap_or(bare);
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "txt" | "text" => Named::Text,
        "json" | "jsonl" | "ndjson" | "jsonlines" | "jl" => Named::Json,
        "html" | "htm" | "xhtml" => Named::Html,
        "xml" | "rss" | "atom" | "rdf" | "nitf" | "sgm" | "sgml" => Named::Xml,
        "csv" | "tsv" | "tab" => Named::Table,
        "warc" => Named::Warc,
        "pdf" => Named::Other("a PDF"),
        "7z" | "rar" => Named::Other("an archive of another kind"),
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
    fn a_whole_first_line_of_json_tells_as_well_as_more_would() {
        assert!(is_telling(b"{\"id\": \"a\"}\n") && is_telling(b"\xef\xbb\xbf{}\r\n{\"bo"));
        for head in [&b""[..], b"{}", b"{\n", b"{\n}\n", b"[1]\n", b"A bridge\n{}\n"] {
            assert!(!is_telling(head), "{head:?}");
        }
    }

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
    fn markup_is_told_by_its_first_element() {
        for (head, format) in [
            (&b"<!DOCTYPE html><p>"[..], Format::Html),
            (b"\n<!-- saved --><html lang=en>", Format::Html),
            (b"<?xml version='1.0'?>\n<rss version='2.0'>", Format::Feed),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
            (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Format::Feed),
            (b"<!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf>", Format::Nitf),
            (b"<?xml version='1.0'?><newsItem guid='a'>", Format::Newsml),
            (b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS='YES'>", Format::Sgml),
            (b"WARC/1.0\r\nWARC-Type: response", Format::Warc),
            (b"id\ttitle\tbody\n1\t", Format::Csv),
            (b"<b>Bold</b> is how a note may begin", Format::Text),
        ] {
            assert_eq!(sniff("-", head), Ok(format), "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(sniff("a.html", b"<p>"), Ok(Format::Html));
        assert_eq!(sniff("a.tsv", b"x"), Ok(Format::Csv));
    }

    #[test]
    fn what_is_not_read_is_named() {
        assert_eq!(sniff("a.png", b"x"), Err(ReadError::Unsupported { what: "an image" }));
        let other = Err(ReadError::Unsupported { what: "XML of no kind that is known" });
        assert_eq!(sniff("a.xml", b"<?xml version='1.0'?><plist/>"), other);
        assert_eq!(sniff("a.jsonl", b"\x7fELF\0"), Err(ReadError::Binary { offset: 4 }));
    }
}
