//! Rows of Parquet become articles as objects of JSON do, and files made to hurt are refused.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use dateline::article::RawArticle;
use dateline::read::{Input, Mapping, Options, ReadError, Reject};
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Columns in the order in which the tests write them.
const SCHEMA: &str = "message articles {
    required binary id (STRING);
    optional double score;
    optional binary headline (STRING);
    optional group body (LIST) { repeated group list { optional binary element (STRING); } }
    optional int64 published (TIMESTAMP(MILLIS,true));
    optional group source { optional binary name (STRING); optional int32 rank; }
    optional group authors (LIST) { repeated group list { optional group element { optional binary name (STRING); } } }
    optional binary kicker (STRING);
}";

fn texts(texts: &[&str]) -> Vec<ByteArray> {
    texts.iter().map(|text| ByteArray::from(*text)).collect()
}

/// Three articles a row group.
fn file(properties: WriterProperties, groups: usize) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for group in 0..groups {
        let ids: Vec<String> = (0..3).map(|n| format!("p{}", group * 3 + n)).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut rows = writer.next_row_group().unwrap();
        let mut number = 0;
        while let Some(mut column) = rows.next_column().unwrap() {
            let (def, rep): (&[i16], &[i16]);
            match number {
                0 => drop(column.typed::<ByteArrayType>().write_batch(&texts(&ids), None, None).unwrap()),
                1 => drop(column.typed::<DoubleType>().write_batch(&[0.5], Some(&[1, 0, 0]), None).unwrap()),
                2 => {
                    let titles = texts(&["Bridge \"shut\"", "Ferry late"]);
                    column.typed::<ByteArrayType>().write_batch(&titles, Some(&[1, 0, 1]), None).unwrap();
                }
                3 => {
                    // Two paragraphs with one missing between them, one, an empty list.
                    let paragraphs = texts(&["The bridge is shut.", "Nobody knows why.", "Untitled story."]);
                    (def, rep) = (&[3, 2, 3, 3, 1], &[0, 1, 1, 0, 0]);
                    column.typed::<ByteArrayType>().write_batch(&paragraphs, Some(def), Some(rep)).unwrap();
                }
                4 => {
                    let at = [1_759_190_400_000, 1_759_190_400_500];
                    column.typed::<Int64Type>().write_batch(&at, Some(&[1, 0, 1]), None).unwrap();
                }
                5 => {
                    let names = texts(&["Port Arden News"]);
                    column.typed::<ByteArrayType>().write_batch(&names, Some(&[2, 1, 0]), None).unwrap();
                }
                6 => drop(column.typed::<Int32Type>().write_batch(&[7], Some(&[2, 1, 0]), None).unwrap()),
                7 => {
                    let names = texts(&["Ann Lee", "Bo Roe"]);
                    (def, rep) = (&[4, 4, 0, 1], &[0, 1, 0, 0]);
                    column.typed::<ByteArrayType>().write_batch(&names, Some(def), Some(rep)).unwrap();
                }
                _ => {
                    let kickers = texts(&["Shut!", "A story", "Late!"]);
                    column.typed::<ByteArrayType>().write_batch(&kickers, Some(&[1, 1, 1]), None).unwrap();
                }
            }
            column.close().unwrap();
            number += 1;
        }
        rows.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn plain() -> WriterProperties {
    WriterProperties::builder().build()
}

fn read_with(bytes: &[u8], options: &Options) -> Vec<Result<RawArticle, Reject>> {
    Input::reader("day", std::io::Cursor::new(bytes.to_vec())).articles(options).collect()
}

fn read(bytes: &[u8]) -> Vec<Result<RawArticle, Reject>> {
    read_with(bytes, &Options::default())
}

/// The three articles of a row group.
fn check(articles: &[RawArticle]) {
    let [first, second, third] = articles else { panic!("{articles:?}") };
    assert_eq!(first.title, "Bridge \"shut\"");
    assert_eq!(first.body, "The bridge is shut.\n\nNobody knows why.");
    assert_eq!(first.published.as_deref(), Some("2025-09-30T00:00:00Z"));
    assert_eq!(first.source.as_deref(), Some("Port Arden News"));
    assert_eq!(first.byline.as_deref(), Some("Ann Lee, Bo Roe"));
    assert_eq!((second.title.as_str(), second.body.as_str()), ("", "Untitled story."));
    assert_eq!((second.source.as_deref(), second.byline.as_deref()), (None, None));
    assert_eq!((third.title.as_str(), third.body.as_str()), ("Ferry late", ""));
    assert_eq!(third.published.as_deref(), Some("2025-09-30T00:00:00.5Z"));
}

#[test]
fn every_row_is_an_article_however_it_is_packed() {
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
    ] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for dictionary in [true, false] {
                let properties = WriterProperties::builder()
                    .set_compression(compression)
                    .set_writer_version(version)
                    .set_dictionary_enabled(dictionary)
                    .set_encoding(parquet::basic::Encoding::PLAIN)
                    .build();
                let articles: Vec<_> = read(&file(properties, 2)).into_iter().map(Result::unwrap).collect();
                assert_eq!(articles.len(), 6, "{compression} {version:?} {dictionary}");
                articles.chunks(3).for_each(check);
                let ids: Vec<_> = articles.iter().filter_map(|article| article.id.as_deref()).collect();
                assert_eq!(ids, ["p0", "p1", "p2", "p3", "p4", "p5"]);
                let numbers: Vec<_> = articles.iter().map(|article| article.origin.record).collect();
                assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
            }
        }
    }
}

#[test]
fn a_file_on_disk_is_read_in_place_and_counts_as_progress() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("day.parquet");
    std::fs::write(&path, file(plain(), 1)).unwrap();
    let options = Options::default();
    let articles: Vec<_> = Input::file(&path).unwrap().articles(&options).map(Result::unwrap).collect();
    check(&articles);
    assert!(options.progress.load(std::sync::atomic::Ordering::Relaxed) > 500);
    // An article leads back to its row.
    let record = dateline::read::reread(&articles[2].origin, &options).unwrap();
    assert!(String::from_utf8(record.bytes).unwrap().contains("\"headline\":\"Ferry late\""));
}

#[test]
fn a_users_mapping_names_columns_and_reaches_into_them() {
    let mapping = Mapping::parse(["title=kicker", "agency=source.name"]).unwrap();
    let articles = read_with(&file(plain(), 1), &Options { mapping, ..Options::default() });
    let first = articles[0].as_ref().unwrap();
    assert_eq!((first.title.as_str(), first.agency.as_deref()), ("Shut!", Some("Port Arden News")));
}

#[test]
fn a_row_over_the_limit_is_left_out_and_the_next_is_read() {
    let options = Options { max_record: 200, ..Options::default() };
    let articles = read_with(&file(plain(), 1), &options);
    assert_eq!(articles.len(), 3);
    assert!(matches!(articles[0].as_ref().unwrap_err().reason, ReadError::TooLong { .. }));
    assert_eq!(articles[2].as_ref().unwrap().title, "Ferry late");
}

#[test]
fn a_table_without_a_known_column_is_refused_whole() {
    let schema = Arc::new(parse_message_type("message m { required int32 zone; }").unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(plain())).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[1, 2, 3], None, None).unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    let found = read(&writer.into_inner().unwrap());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].as_ref().unwrap_err().reason, ReadError::NoHeader);
}

#[test]
fn a_file_cut_short_anywhere_is_refused_with_a_reason() {
    let whole = file(plain(), 1);
    for len in 4..whole.len() {
        let found = read(&whole[..len]);
        let reject = found[0].as_ref().unwrap_err();
        assert!(matches!(reject.reason, ReadError::Corrupt { .. }), "{len}: {reject}");
    }
}

#[test]
fn a_changed_byte_costs_rows_and_nothing_more() {
    for dictionary in [true, false] {
        let properties = WriterProperties::builder()
            .set_dictionary_enabled(dictionary)
            .set_compression(Compression::SNAPPY);
        let whole = file(properties.build(), 1);
        for at in 0..whole.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= flip;
                assert!(read(&changed).len() <= 1000, "byte {at}");
            }
        }
    }
}

#[test]
fn a_schema_nested_too_deep_is_refused_before_the_library_sees_it() {
    let mut schema = "required binary title (STRING);".to_owned();
    for n in 0..200 {
        schema = format!("optional group g{n} {{ {schema} }}");
    }
    let schema = Arc::new(parse_message_type(&format!("message m {{ {schema} }}")).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(plain())).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&texts(&["A"]), Some(&[200]), None).unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    let found = read(&writer.into_inner().unwrap());
    assert!(found[0].as_ref().unwrap_err().to_string().contains("nested too deep"), "{found:?}");
}

#[test]
fn rows_that_come_to_far_more_than_the_file_are_cut_off() {
    // One long text in a dictionary, named by every row.
    let schema = Arc::new(parse_message_type("message m { required binary body (STRING); }").unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(plain())).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    let long = "The bridge is shut. ".repeat(5_000);
    column.typed::<ByteArrayType>().write_batch(&texts(&vec![long.as_str(); 20_000]), None, None).unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    let bytes = writer.into_inner().unwrap();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    let options = Options::default();
    let mut records = Input::reader("day", std::io::Cursor::new(bytes)).records(&options);
    let end = records.find_map(Result::err).unwrap();
    assert!(matches!(end.reason, ReadError::TooMuch { .. }), "{end}");
    assert!(records.next().is_none());
}
