//! A plain text file to one article: encoding, front matter, and a title where one clearly stands on top.

use super::{RawRecord, ReadError, charset};
use crate::article::RawArticle;

/// Longest first line that can be a title, in bytes.
const LONGEST_TITLE: usize = 150;

/// Reads the article that `record`'s bytes state.
pub(super) fn parse(record: &RawRecord) -> Result<RawArticle, ReadError> {
    let text = decode(&record.bytes, record.origin.offset)?;
    let mut article = RawArticle::at(record.origin.clone());
    fill(&mut article, &text);
    Ok(article)
}

/// Reads a text into `article`.
pub(super) fn fill(article: &mut RawArticle, text: &str) {
    let rest = front_matter(text, article);
    let rest = if article.title.is_empty() {
        let (title, rest) = split_title(rest);
        title.clone_into(&mut article.title);
        rest
    } else {
        rest
    };
    rest.clone_into(&mut article.body);
}

/// The text of a file in UTF-8, behind a byte order mark in UTF-16, or in the encoding that it looks like. The mark is no
/// part of it.
fn decode(bytes: &[u8], offset: u64) -> Result<String, ReadError> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units = bytes.chunks(2).map(|pair| from([pair[0], pair.get(1).copied().unwrap_or(0)]));
        let mut text = String::with_capacity(bytes.len());
        let mut at = offset;
        for unit in char::decode_utf16(units) {
            let c = unit.map_err(|_| ReadError::NotText { encoding: "UTF-16", offset: at })?;
            at += 2 * c.len_utf16() as u64;
            text.push(c);
        }
        if bytes.len() % 2 == 1 {
            return Err(ReadError::NotText { encoding: "UTF-16", offset: offset + bytes.len() as u64 - 1 });
        }
        text.remove(0); // the mark, which was seen to be there
        Ok(text)
    };
    match bytes {
        [0xff, 0xfe, ..] => return wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return wide(u16::from_be_bytes),
        _ => {}
    }
    let (bytes, skipped) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, 3),
        None => (bytes, 0),
    };
    if let Some(zero) = memchr::memchr(0, bytes) {
        return Err(ReadError::Binary { offset: offset + skipped + zero as u64 });
    }
    let bad = |e: std::str::Utf8Error| ReadError::NotText {
        encoding: "UTF-8",
        offset: offset + skipped + e.valid_up_to() as u64,
    };
    std::str::from_utf8(bytes).map(str::to_owned).or_else(|e| {
        // Text has no control characters but line ends and tabs; other files read with any encoding are full of them.
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
        let text = charset::encoding(bytes, None).decode_without_bom_handling(bytes).0;
        if text.chars().any(|c| control(c) || c == '\u{fffd}') { Err(bad(e)) } else { Ok(text.into_owned()) }
    })
}

/// Reads `Key: value` lines on top of `text` into `article`, and returns what follows them.
///
/// Between two lines `---` any keys may stand; without them every line up to the first blank one must have a known
/// key, and one line alone counts only as a title: a story may well open with "Update: …".
fn front_matter<'t>(text: &'t str, article: &mut RawArticle) -> &'t str {
    const MOST_LINES: usize = 64;
    let mut lines = text.split_inclusive('\n').peekable();
    let mut read = 0;
    while let Some(blank) = lines.next_if(|line| line.trim().is_empty()) {
        read += blank.len();
    }
    let fenced = lines.next_if(|line| line.trim_end() == "---").map(|fence| read += fence.len()).is_some();
    let mut found: Vec<(Key, &str)> = Vec::new();
    let mut closed = false;
    for line in lines.take(MOST_LINES) {
        read += line.len();
        let line = line.trim_end();
        if if fenced { line == "---" } else { line.is_empty() } {
            closed = true;
            break;
        }
        match key_and_value(line) {
            Some(pair) => found.push(pair),
            None if fenced => {}
            None => return text,
        }
    }
    let enough = fenced || found.len() >= 2 || matches!(found.as_slice(), [(Key::Title, _)]);
    if !closed || !enough {
        return text;
    }
    for (key, value) in found {
        let value = || Some(value.to_owned());
        match key {
            Key::Id => article.id = value(),
            Key::Title => article.title = value().unwrap_or_default(),
            Key::Source => article.source = value(),
            Key::Url => article.url = value(),
            Key::Byline => article.byline = value(),
            Key::Published => article.published = value(),
            Key::Updated => article.updated = value(),
            Key::Lang => article.lang = value(),
            Key::Section => article.section = value(),
            Key::Agency => article.agency = value(),
        }
    }
    text.get(read..).unwrap_or("")
}

#[derive(Clone, Copy)]
enum Key {
    Id,
    Title,
    Source,
    Url,
    Byline,
    Published,
    Updated,
    Lang,
    Section,
    Agency,
}

fn key_and_value(line: &str) -> Option<(Key, &str)> {
    const LONGEST_VALUE: usize = 500;
    let (key, value) = line.split_once(':')?;
    let key = match key.trim().to_ascii_lowercase().as_str() {
        "id" => Key::Id,
        "title" | "headline" => Key::Title,
        "source" | "outlet" | "publisher" | "publication" => Key::Source,
        "url" | "link" => Key::Url,
        "by" | "byline" | "author" | "authors" => Key::Byline,
        "date" | "published" => Key::Published,
        "updated" | "modified" => Key::Updated,
        "lang" | "language" => Key::Lang,
        "section" => Key::Section,
        "agency" => Key::Agency,
        _ => return None,
    };
    let value = value.trim();
    let unquoted = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    let value = unquoted.unwrap_or(value).trim();
    (!value.is_empty() && value.len() <= LONGEST_VALUE).then_some((key, value))
}

/// The title on top of `text`, if one clearly stands there, and the text below it.
///
/// A title is the first line with anything on it, short, not ended like a sentence, parted by a blank line from more
/// text, and none of the things that pages put above their stories.
fn split_title(text: &str) -> (&str, &str) {
    const NOT_TITLES: &[&str] = &[
        "ad",
        "advert",
        "audio",
        "by ",
        "click",
        "follow",
        "image",
        "listen",
        "log in",
        "menu",
        "photo",
        "play",
        "read more",
        "share",
        "sign",
        "skip",
        "subscribe",
        "video",
        "watch",
    ];
    let none = ("", text);
    let trimmed = text.trim_start();
    let (line, rest) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
    let line = line.trim();
    let Some((blank, below)) = rest.split_once('\n') else { return none };
    if !blank.trim().is_empty() || below.trim().is_empty() || line.len() > LONGEST_TITLE {
        return none;
    }
    let bare = line.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    let ended = bare.ends_with(['.', '!', '?', '…', ':', ';', ',', '-', '–', '—']);
    let words = line.split_whitespace().count();
    let lower = line.to_lowercase();
    let furniture = NOT_TITLES.iter().any(|start| {
        lower.strip_prefix(start).is_some_and(|rest| {
            start.ends_with(' ') || !rest.starts_with(char::is_alphabetic) || *start == "advert"
        })
    });
    let lettered = line.chars().any(char::is_alphabetic);
    if ended || words < 2 || furniture || !lettered { none } else { (line, below) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::Origin;
    use crate::read::Format;

    fn read_bytes(bytes: &[u8]) -> Result<RawArticle, ReadError> {
        let origin = Origin { file: "f.txt".into(), record: 1, offset: 0 };
        parse(&RawRecord {
            origin,
            bytes: bytes.to_vec(),
            format: Format::Text,
            head: std::sync::Arc::from([]),
        })
    }

    fn read(text: &str) -> RawArticle {
        read_bytes(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_short_line_over_a_blank_one_is_the_title() {
        let article = read("\nHarbour bridge closed for repairs\n\nThe bridge closed on Monday.\n");
        assert_eq!(article.title, "Harbour bridge closed for repairs");
        assert_eq!(article.body, "The bridge closed on Monday.\n");
    }

    #[test]
    fn what_may_be_the_story_itself_is_no_title() {
        for text in [
            "\nThe bridge closed on Monday.\n\nIt opens in May.",
            "The bridge closed on Monday\nand opens in May.\n\nMore.",
            "Harbour bridge closed for repairs\n",
            "Listen to this article\n\nThe bridge closed on Monday.",
            "By Jane Doe\n\nThe bridge closed on Monday.",
            "PORT TOWN (Agency) -\n\nThe bridge closed.",
        ] {
            let article = read(text);
            assert_eq!((article.title.as_str(), article.body.as_str()), ("", text), "{text}");
        }
        assert_eq!(
            read("Shared waters, shared fears\n\nThe lake fell.").title,
            "Shared waters, shared fears"
        );
    }

    #[test]
    fn front_matter_is_read_with_and_without_its_fences() {
        for text in [
            "---\ntitle: \"Bridge closed\"\ntags: [a, b]\nSource: The Paper\nDate: 2025-09-30\nBy: A. Doe\n---\nText.",
            "Title: Bridge closed\nSource: The Paper\nDate: 2025-09-30\nBy: A. Doe\n\nText.",
        ] {
            let article = read(text);
            assert_eq!(article.title, "Bridge closed");
            assert_eq!(article.source.as_deref(), Some("The Paper"));
            assert_eq!(article.published.as_deref(), Some("2025-09-30"));
            assert_eq!(article.byline.as_deref(), Some("A. Doe"));
            assert_eq!(article.body, "Text.");
        }
    }

    #[test]
    fn a_story_that_opens_with_a_colon_has_no_front_matter() {
        for text in ["Source: the minister's office said so.\n\nMore.", "---\nA line that opens a text"] {
            assert_eq!(read(text).body, text);
        }
    }

    #[test]
    fn byte_order_marks_tell_the_encoding_and_go() {
        let wide = |from: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Déjà vu \u{1f600}".encode_utf16().flat_map(from).collect()
        };
        for bytes in
            [wide(u16::to_le_bytes), wide(u16::to_be_bytes), "\u{feff}Déjà vu \u{1f600}".as_bytes().to_vec()]
        {
            assert_eq!(read_bytes(&bytes).unwrap().body, "Déjà vu \u{1f600}");
        }
    }

    #[test]
    fn text_in_an_older_encoding_is_read() {
        assert_eq!(read_bytes(b"Le caf\xe9 ferme \xe0 midi.").unwrap().body, "Le café ferme à midi.");
    }

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_place() {
        assert_eq!(
            read_bytes(b"caf\xe9 \x01 lait"),
            Err(ReadError::NotText { encoding: "UTF-8", offset: 3 })
        );
        assert_eq!(read_bytes(b"GIF\0x"), Err(ReadError::Binary { offset: 3 }));
        let half = [0xff, 0xfe, b'a', 0, 0x3d, 0xd8];
        assert_eq!(read_bytes(&half), Err(ReadError::NotText { encoding: "UTF-16", offset: 4 }));
    }
}
