//! What strangers may put into files: each is read or named as refused, in little time, and nothing panics.

#![allow(clippy::unwrap_used, clippy::format_collect, reason = "tests")]

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use dateline::article::RawArticle;
use dateline::read::{Caps, Format, Input, Options, Reject};

type Read = Result<RawArticle, Reject>;

/// Far more than any of these needs, on a slow machine and without optimisation; far less than a defect would take.
const PATIENCE: Duration = Duration::from_secs(20);

fn read(name: &str, bytes: Vec<u8>, options: &Options) -> Vec<Read> {
    let clock = Instant::now();
    let found: Vec<Read> = Input::reader(name, std::io::Cursor::new(bytes)).articles(options).collect();
    assert!(clock.elapsed() < PATIENCE, "{name} took {:?}", clock.elapsed());
    found
}

fn codes(found: &[Read]) -> Vec<&'static str> {
    found.iter().filter_map(|article| article.as_ref().err()).map(|reject| reject.reason.code()).collect()
}

fn gz(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// An answer with a page, as a crawler would keep it.
fn answer(header: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n").into_bytes();
    block.extend_from_slice(body);
    let mut record =
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", block.len()).into_bytes();
    record.extend_from_slice(&block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

#[test]
fn deep_and_endless_markup_is_refused_before_it_is_parsed() {
    let page =
        |inside: String| format!("<!DOCTYPE html><title>T</title><body><p>Text.</p>{inside}").into_bytes();
    for (what, inside) in [
        ("nested divs", "<div>".repeat(20_000)),
        ("nested formatting", "<b><i><font color=red>".repeat(20_000)),
        (
            "formatting never closed",
            "<p>".to_owned()
                + &(0..300).map(|n| format!("<font size={n}>")).collect::<String>()
                + &"<p>x".repeat(50_000),
        ),
        ("tags beyond number", "<br>".repeat(500_000)),
        (
            "attributes beyond number",
            format!("<p {}>", (0..50_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
        ),
    ] {
        assert_eq!(codes(&read("p.html", page(inside), &Options::default())), ["too_intricate"], "{what}");
    }
    for (name, xml) in [
        (
            "deep.rss",
            format!("<rss><channel><item><title>T</title>{}</item></channel></rss>", "<a>".repeat(100_000)),
        ),
        ("deep.xml", format!("<nitf><body>{}</body></nitf>", "<block>".repeat(100_000))),
        ("deep.xml", format!("<newsItem>{}</newsItem>", "<contentSet>".repeat(100_000))),
        ("deep.sgm", format!("<!DOCTYPE lewis><REUTERS>{}</REUTERS>", "<TEXT>".repeat(100_000))),
    ] {
        assert_eq!(codes(&read(name, xml.into_bytes(), &Options::default())), ["too_intricate"], "{name}");
    }
}

#[test]
fn pages_at_the_limits_are_read_in_time() {
    let paragraphs = "<p>Some 400 passengers were unharmed, the captain said on Monday.</p>".repeat(8_000);
    for inside in
        [paragraphs, "<div>".repeat(200), "<a href=x>y</a> ".repeat(20_000), "<table><tr><td>1".repeat(90)]
    {
        let page = format!("<html><title>A page with a title</title><body>{inside}").into_bytes();
        assert_eq!(read("p.html", page, &Options::default()).len(), 1);
    }
}

#[test]
fn bombs_are_stopped_whatever_they_are_packed_in() {
    let caps = Caps { ratio: 100, free: 1 << 20, total: 1 << 40 };
    let options = Options { caps, max_record: 4 << 20, ..Options::default() };
    let zeros = vec![b'a'; 60 << 20];
    let bomb = gz(&zeros);
    for name in ["b.txt", "b.html", "b.csv", "b.jsonl", "b.warc"] {
        let found = codes(&read(name, bomb.clone(), &options));
        assert!(found.iter().any(|code| ["too_much", "too_long"].contains(code)), "{name}: {found:?}");
    }
    let mut warc = answer("Content-Encoding: gzip\r\n", &bomb);
    assert_eq!(codes(&read("b.warc", warc.clone(), &options)), ["too_much"]);
    warc = gz(&answer("", &zeros));
    let found = codes(&read("b.warc.gz", warc, &options));
    assert!(found.iter().any(|code| ["too_much", "too_long"].contains(code)), "{found:?}");

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..3 {
        zip.start_file(format!("{number}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&zeros).unwrap();
    }
    let found = codes(&read("b.zip", zip.finish().unwrap().into_inner(), &options));
    assert!(
        found.iter().all(|code| ["too_much", "too_long"].contains(code)) && !found.is_empty(),
        "{found:?}"
    );
}

#[test]
fn entities_of_a_document_stand_for_nothing() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let subset =
        format!("<!DOCTYPE rss [<!ENTITY l0 \"lol\">{laughs}<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    let feed = format!(
        "<?xml version=\"1.0\"?>{subset}<rss><channel><item><title>T &l9; &x;</title></item></channel></rss>"
    );
    let found = read("l.rss", feed.into_bytes(), &Options::default());
    assert_eq!(found[0].as_ref().unwrap().title, "T &l9; &x;");
}

#[test]
fn an_endless_line_is_skipped_without_being_held() {
    /// A gigabyte that no one keeps.
    struct Endless(u64);
    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let n = usize::try_from(self.0).unwrap_or(usize::MAX).min(out.len());
            out[..n].fill(b'a');
            self.0 -= n as u64;
            Ok(n)
        }
    }
    let starts: [(Format, &[u8]); 8] = [
        (Format::Text, b""),
        (Format::Html, b"<p>"),
        (Format::Jsonl, b"{\"title\": \""),
        (Format::Json, b"[{\"title\": \""),
        (Format::Warc, b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\n"),
        (Format::Feed, b"<rss><item><title>"),
        (Format::Csv, b"title,body\n\""),
        (Format::Sgml, b"<REUTERS><![CDATA["),
    ];
    for (format, start) in starts {
        let options = Options { format: Some(format), max_record: 1 << 20, ..Options::default() };
        let clock = Instant::now();
        let reader = std::io::Read::chain(start, Endless(1 << 28));
        let found: Vec<Read> = Input::reader("-", reader).articles(&options).collect();
        assert!(clock.elapsed() < 3 * PATIENCE, "{format:?} took {:?}", clock.elapsed());
        let codes = codes(&found);
        assert!(
            codes.len() == 1 && ["too_long", "truncated", "damaged"].contains(&codes[0]),
            "{format:?}: {codes:?}"
        );
    }
}

#[test]
fn every_beginning_of_every_sample_is_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (name, bytes) = (path.file_name().unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
        // Extracting pages takes milliseconds without optimisation: fewer cuts where there are pages.
        let pages = ["html", "warc", "week"].iter().any(|kind| name.contains(kind));
        for cut in (0..bytes.len()).step_by(if pages { 61 } else { 1 }) {
            let found = read(name, bytes[..cut].to_vec(), &Options::default());
            assert!(!found.is_empty(), "{name} cut at {cut} says nothing");
        }
    }
}

#[test]
fn samples_with_bytes_turned_over_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (name, bytes) = (path.file_name().unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
        for at in (0..bytes.len()).step_by(37) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0xff;
            assert!(
                !read(name, bytes, &Options::default()).is_empty(),
                "{name} turned over at {at} says nothing"
            );
        }
    }
}
