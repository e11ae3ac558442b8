//! The fuzz seeds that are no text are made here, and read as what they are: with `FUZZ_SEEDS=write` they are written anew, as a change of
//! the index's format asks for.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::article::{Origin, RawArticle};
use dateline::fuzzing;
use dateline::index::Stored;
use dateline::ingest::Pipeline;
use dateline::read::{Format, Input, Options};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target)
}

/// The seeds of a target by name; written first, if that is asked for.
fn seeds(target: &str, made: &[(&str, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let folder = folder(target);
    if std::env::var("FUZZ_SEEDS").is_ok_and(|what| what == "write") {
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in made {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
    made.iter().map(|(name, _)| ((*name).to_owned(), fs::read(folder.join(name)).unwrap())).collect()
}

/// An article, marked and with all that cleaning leaves, as an index keeps it.
fn stored(title: &str, body: &str, stated: bool) -> Stored {
    let raw = RawArticle {
        title: title.to_owned(),
        body: body.to_owned(),
        published: stated.then(|| "2024-03-04T08:00:00Z".to_owned()),
        source: stated.then(|| "Harbour Post".to_owned()),
        url: stated.then(|| "https://a.example/1".to_owned()),
        section: stated.then(|| "World".to_owned()),
        lang: stated.then(|| "en".to_owned()),
        ..RawArticle::at(Origin { file: "day.jsonl".into(), record: 7, offset: 91 })
    };
    let marked = Pipeline::default().mark(raw);
    Stored { article: marked.article, mentions: marked.mentions, cleaning: marked.cleaning, copy_of: None }
}

#[test]
fn stored_records_come_back() {
    let ferry = stored(
        "Ferry returns to Port Hallam, Norway says",
        "PORT HALLAM, March 4 (Reuters) - Some 400 people paid $2.5 million on Tuesday, Ann Lee said.\n\
         Lee, of the Harbour Pilots Association, said 8% more came from Paris, Texas, in 2019.\n\
         Share this article\nSign up for our newsletter",
        true,
    );
    let quake =
        stored("", "More than 120 Iranians left; Iran and the U.S. said nothing in the 1990s.", false);
    let none = stored("Nothing", "x", false);
    let made = [ferry, quake, none];
    let named: Vec<(&str, Vec<u8>)> =
        ["ferry", "quake", "none"].into_iter().zip(made.iter().map(fuzzing::encode)).collect();
    for ((name, bytes), stored) in seeds("stored", &named).iter().zip(&made) {
        assert_eq!(fuzzing::decode(bytes).as_ref(), Some(stored), "{name}; write the seeds anew");
    }
}

const SCHEMA: &str = "message articles {
    required binary id (STRING);
    optional binary title (STRING);
    optional group body (LIST) { repeated group list { optional binary element (STRING); } }
    optional int64 published (TIMESTAMP(MILLIS,true));
    optional double score;
    optional boolean author;
}";

/// Two articles in a row group of each kind of page.
fn table(properties: WriterProperties) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let texts = |texts: &[&str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
    let mut rows = writer.next_row_group().unwrap();
    let mut number = 0;
    while let Some(mut column) = rows.next_column().unwrap() {
        let some = Some(&[1, 0][..]);
        match number {
            0 => column.typed::<ByteArrayType>().write_batch(&texts(&["a", "b"]), None, None),
            1 => column.typed::<ByteArrayType>().write_batch(&texts(&["Ferry late"]), some, None),
            2 => {
                let (def, rep) = (Some(&[3, 2, 3, 3][..]), Some(&[0, 1, 1, 0][..]));
                column.typed::<ByteArrayType>().write_batch(
                    &texts(&["It left.", "It came.", "Gone."]),
                    def,
                    rep,
                )
            }
            3 => column.typed::<Int64Type>().write_batch(&[1_759_190_400_000], some, None),
            4 => column.typed::<DoubleType>().write_batch(&[0.5], some, None),
            _ => column.typed::<BoolType>().write_batch(&[true], some, None),
        }
        .unwrap();
        column.close().unwrap();
        number += 1;
    }
    rows.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn tables_are_read() {
    use parquet::file::properties::EnabledStatistics::None as Without;
    let properties =
        || WriterProperties::builder().set_statistics_enabled(Without).set_offset_index_disabled(true);
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let made = [
        ("plain", table(properties().set_dictionary_enabled(false).build())),
        ("dictionary", table(properties().set_compression(Compression::SNAPPY).build())),
        (
            "second",
            table(properties().set_writer_version(WriterVersion::PARQUET_2_0).set_compression(zstd).build()),
        ),
    ];
    for (name, bytes) in seeds("parquet", &made) {
        let input = Input::reader("a.parquet", Cursor::new(bytes));
        let options = Options { format: Some(Format::Parquet), ..Options::default() };
        let read: Vec<_> = input.articles(&options).collect::<Result<_, _>>().unwrap();
        let bodies: Vec<&str> = read.iter().map(|article| article.body.as_str()).collect();
        assert_eq!(bodies, ["It left.\n\nIt came.", "Gone."], "{name}");
    }
}
