//! Embeds dateline: index articles, search them, check a quote against its source.
//!
//! Run it with `cargo run --no-default-features --example index_and_search`.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use dateline::ingest::{IngestOptions, ingest};
use dateline::read::Input;
use dateline::search::{Archive, SearchRequest};

const DAY: &str = r#"{"id": "p1", "source": "Harbour Post", "published": "2025-03-04", "title": "Ferry returns to Port Hallam", "body": "Some 400 Italian passengers were unharmed, captain Rosa Venn said.\nRepairs will cost $1.2m."}
{"id": "p2", "source": "Northern Wire", "published": "2025-03-05", "title": "Port strike ends", "body": "Dockers in Port Hallam went back to work on Wednesday."}
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("dateline-example-index-{}", std::process::id()));
    let done =
        ingest(&folder, &[Input::reader("day.jsonl", DAY.as_bytes())], &IngestOptions::default(), &mut ())?;
    println!("indexed {} articles", done.articles);

    let archive = Archive::open(&folder)?;
    for query in
        ["country:Italy number:[100 TO 500]", "money.USD:>=1m", "\"port hallam\" published:2025-03-05"]
    {
        let answer = archive.search(query, &SearchRequest::default())?;
        println!("\n{query}: {} found", answer.page.total.unwrap_or(0));
        for hit in &answer.page.hits {
            for snippet in &hit.highlights.snippets {
                // A snippet is a byte-exact quote of the article, and so is each of its marks.
                assert_eq!(hit.article.body.get(snippet.span.range()), Some(snippet.text.as_str()));
                let marks: Vec<&str> = snippet.marks.iter().map(|m| m.span.of(&hit.article.body)).collect();
                println!("  {}: {} {marks:?}", hit.article.id, snippet.text);
            }
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
