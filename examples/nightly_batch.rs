//! A batch job: indexes what came in since the last run, tells what could not be read, and writes a table of who was new.
//!
//! Run it with `cargo run --no-default-features --example nightly_batch -- FOLDER INDEX`, as often as you like: an article with an id that there is replaces
//! that, and a run that was interrupted goes on where it was.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use std::error::Error;
use std::path::{Path, PathBuf};

use dateline::backend::{By, Facet, FacetSort, FacetsRequest};
use dateline::ingest::{IngestError, IngestOptions, Observer, ingest};
use dateline::read::{self, Reject};
use dateline::render::counts;
use dateline::search::{Archive, SearchRequest};

/// Tells what was left out.
struct Morning;

impl Observer for Morning {
    fn rejected(&mut self, reject: &Reject) {
        eprintln!("left out: {reject}");
    }

    fn resumed(&mut self, input: &str, records: u64) {
        eprintln!("going on in {input} after {records} records");
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, index] = args.as_slice() else { return Err("usage: nightly_batch FOLDER INDEX".into()) };
    let done = run(folder, index)?;
    println!(
        "{} articles, {} of them in place of others, {} left out",
        done.articles, done.replaced, done.rejected
    );

    // Who of the last day is in the news more than ever.
    let archive = Archive::open(index)?;
    let Some(last) = archive
        .search("published:*", &SearchRequest::default())?
        .page
        .hits
        .first()
        .and_then(|hit| hit.article.published)
    else {
        return Ok(());
    };
    let request = SearchRequest { since: Some(last - 86_400), ..SearchRequest::default() };
    let people = FacetsRequest {
        by: vec![By::One(Facet::Person)],
        sort: FacetSort::Unusual,
        ..FacetsRequest::default()
    };
    print!("{}", counts::rows(&archive.facets("*", &request, &people)?));
    Ok(())
}

/// Indexes a folder; goes on with an interrupted run, if that was over the same files.
fn run(folder: &Path, index: &Path) -> Result<dateline::ingest::Progress, Box<dyn Error>> {
    let (inputs, unreadable) = read::inputs(&[folder.to_owned()]);
    for reject in &unreadable {
        Morning.rejected(reject);
    }
    let options = IngestOptions { resume: true, ..IngestOptions::default() };
    match ingest(index, &inputs, &options, &mut Morning) {
        Err(IngestError::Resume { .. }) => {
            Ok(ingest(index, &inputs, &IngestOptions::default(), &mut Morning)?)
        }
        done => Ok(done?),
    }
}
