//! Embeds dateline: walks through every match of a query with bounded memory, and follows an index as it grows.
//!
//! Run it with `cargo run --no-default-features --example stream_all_hits`.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use dateline::article::Article;
use dateline::index::{Writer, WriterOptions};
use dateline::ingest::Pipeline;
use dateline::search::{Archive, SearchRequest};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("dateline-example-stream-{}", std::process::id()));
    let pipeline = Pipeline::default();
    let mut writer =
        Writer::open(&folder, &WriterOptions { memory: 15_000_000, ..WriterOptions::default() })?;
    let add = |writer: &mut Writer, numbers: std::ops::Range<u32>| {
        for number in numbers {
            let article = Article {
                id: format!("a{number}"),
                body: format!("The port of Hallam counted {number} ships on the day."),
                ..Article::default()
            };
            writer.upsert(pipeline.mark_article(article).prepare(writer.weights())?)?;
        }
        writer.commit()
    };

    add(&mut writer, 0..1000)?;
    let archive = Archive::open(&folder)?;
    let request = SearchRequest::default();
    let mut found = 0;
    for hit in archive.stream("ships number:[900 TO *]", &request)? {
        found += u32::from(hit?.article.body.contains("ships"));
    }
    println!("{found} articles with 900 ships or more");
    assert_eq!(found, 100);

    // The same archive sees new articles once it is told to look.
    add(&mut writer, 1000..1050)?;
    archive.reload()?;
    println!("{} after another commit", archive.count("ships number:[900 TO *]", &request)?);
    assert_eq!(archive.len(), 1050);

    writer.finish()?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
