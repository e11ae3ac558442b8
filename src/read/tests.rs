//! How the room behaves as a whole: damage is named with its place, and everything around it is kept.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Write;
use std::sync::atomic::Ordering;

use proptest::prelude::*;

use super::*;
use crate::article::RawArticle;

type Read = Result<RawArticle, Reject>;

fn read(name: &str, bytes: &[u8]) -> Vec<Read> {
    Input::reader(name, std::io::Cursor::new(bytes.to_vec())).articles(&Options::default()).collect()
}

fn titles(read: &[Read]) -> Vec<&str> {
    read.iter().flatten().map(|article| article.title.as_str()).collect()
}

fn rejects(read: &[Read]) -> Vec<String> {
    read.iter().filter_map(|article| article.as_ref().err().map(ToString::to_string)).collect()
}

fn gz(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_parquet_file_is_refused_with_the_feature_that_reads_it() {
    assert_eq!(
        rejects(&read("day.parquet", b"PAR1 and so on")),
        [
            "day.parquet: is a Parquet file, which is read only where the feature `parquet` is built in; build dateline with \
          `--features parquet`, or convert it to JSON lines"
        ]
    );
}

#[test]
fn a_broken_line_is_named_and_its_neighbours_are_read() {
    let found = read("d.jsonl", b"{\"title\": \"One\"}\n{\"title\": \"Tw\n\n{\"title\": \"Three\"}\n");
    assert_eq!(titles(&found), ["One", "Three"]);
    assert_eq!(
        rejects(&found),
        ["d.jsonl record 2 (byte 17): JSON cut short at byte 30; write the record again, whole"]
    );
    assert_eq!(found[2].as_ref().unwrap().origin.record, 4, "a record's number is its line's");
}

#[test]
fn a_line_of_fifty_megabytes_is_skipped_and_its_neighbours_are_read() {
    let mut data = b"{\"title\": \"One\"}\n{\"title\": \"".to_vec();
    data.resize(50_000_000, b'x');
    data.extend_from_slice(b"\"}\n{\"title\": \"Three\"}\n");
    let found = read("d.jsonl", &data);
    assert_eq!(titles(&found), ["One", "Three"]);
    assert_eq!(
        rejects(&found),
        [
            "d.jsonl record 2 (byte 17): record of 49999985 bytes, over the limit of 16777216; split the record, or raise the limit"
        ]
    );
}

#[test]
fn records_before_the_damage_in_a_packed_file_are_kept() {
    let lines: Vec<u8> = (0..2000)
        .flat_map(|i| format!("{{\"title\": \"Title number {}\"}}\n", i * 7919).into_bytes())
        .collect();
    let mut packed = gz(&lines);
    packed.truncate(packed.len() / 2);
    let found = read("d.jsonl.gz", &packed);
    assert!(titles(&found).len() > 500);
    let damage = rejects(&found);
    assert_eq!(damage.len(), 1);
    assert!(damage[0].contains("gzip data damaged or cut short after byte"), "{}", damage[0]);
}

#[test]
fn bad_bytes_spoil_one_record_and_are_named_with_their_place() {
    let found = read("d.jsonl", b"{\"title\": \"One\"}\n{\"title\": \"caf\xe9\"}\n{\"title\": \"Three\"}");
    assert_eq!(titles(&found), ["One", "Three"]);
    assert_eq!(
        rejects(&found),
        ["d.jsonl record 2 (byte 17): not valid UTF-8 at byte 31; convert the file to UTF-8"]
    );
}

#[test]
fn a_record_without_text_says_how_to_name_its_keys() {
    let found = read("d.jsonl", b"{\"Kopf\": \"One\", \"url\": \"http://a.example\"}");
    assert_eq!(
        rejects(&found),
        [
            "d.jsonl record 1 (byte 0): has neither title nor body; name the right keys with `--field title=KEY` and `--field body=KEY`"
        ]
    );
}

#[test]
fn empty_and_binary_inputs_are_named() {
    let empty = "holds no record; leave it out, or check how it was written";
    for data in ["", "\n \n", "\u{feff}"] {
        assert_eq!(rejects(&read("d.jsonl", data.as_bytes())), [format!("d.jsonl: {empty}")]);
        assert_eq!(rejects(&read("d.txt", data.as_bytes())), [format!("d.txt: {empty}")], "{data:?}");
    }
    assert_eq!(rejects(&read("d.jsonl", &gz(b""))), [format!("d.jsonl: {empty}")]);
    assert_eq!(
        rejects(&read("d.bin", b"\x7fELF\0\0")),
        ["d.bin: is not text: zero byte at byte 4; leave it out, or convert it to text"]
    );
}

#[test]
fn an_array_is_read_element_by_element() {
    let found = read("d.json", b"[{\"title\": \"One\"}, 7, {\"title\": \"Three\"},\n{\"title\": \"Fo");
    assert_eq!(titles(&found), ["One", "Three"]);
    assert_eq!(
        rejects(&found),
        [
            "d.json record 2 (byte 19): is a number, not a JSON object; write one JSON object a record",
            "d.json record 4 (byte 42): JSON cut short at byte 55; write the record again, whole"
        ]
    );
}

#[test]
fn the_same_articles_come_out_of_every_packing() {
    let lines = b"{\"title\": \"One\", \"body\": \"A.\"}\n{\"title\": \"Two\", \"body\": \"B.\"}\n";
    let plain = read("d", lines);
    let zst = zstd::encode_all(lines.as_slice(), 1).unwrap();
    assert_eq!(titles(&plain), ["One", "Two"]);
    assert_eq!(read("d", &gz(lines)), plain);
    assert_eq!(read("d", &zst), plain);
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend_from_slice(lines);
    assert_eq!(titles(&read("d", &marked)), ["One", "Two"]);
}

#[test]
fn progress_counts_the_bytes_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.jsonl.gz");
    std::fs::write(&path, gz("{\"title\": \"One\"}\n".repeat(5000).as_bytes())).unwrap();
    let input = Input::file(&path).unwrap();
    let options = Options::default();
    assert_eq!(input.records(&options).flatten().count(), 5000);
    assert_eq!(options.progress.load(Ordering::Relaxed), input.size());
}

#[test]
fn a_file_that_is_gone_when_its_turn_comes_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.txt");
    std::fs::write(&path, "x").unwrap();
    let input = Input::file(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let found: Vec<_> = input.articles(&Options::default()).collect();
    assert_eq!(found[0].as_ref().unwrap_err().reason, ReadError::NotFound);
    assert_eq!(found.len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_under_any_name_do_harm(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'{'), Just(b'"'), Just(b'\n')], 0..200),
        name in prop_oneof![Just("a.txt"), Just("a.json"), Just("a.jsonl"), Just("a")],
    ) {
        for found in read(name, &bytes) {
            if let Err(reject) = found {
                prop_assert!(reject.to_string().starts_with(name));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read_or_refused_in_every_format(bytes in proptest::collection::vec(any::<u8>(), 1..300)) {
        for format in Format::ALL {
            let options = Options { format: Some(format), ..Options::default() };
            let input = Input::reader("x", std::io::Cursor::new(bytes.clone()));
            prop_assert!(input.articles(&options).count() > 0, "{:?} says nothing", format);
        }
        prop_assert!(!read("x", &bytes).is_empty());
    }
}
