//! `dateline bench`.

use std::path::PathBuf;

use clap::Args;

use super::args::ReadArgs;
use super::exit::{Exit, Failure};
use super::index;
use super::out::Out;
use crate::bench::{self, Options, Peer};

#[derive(Debug, Args)]
pub(in crate::cli) struct BenchArgs {
    #[command(flatten)]
    pub(in crate::cli) read: ReadArgs,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Measure one stage alone
    #[arg(long, value_name = "STAGE", value_parser = ["read", "clean", "extract", "analyse", "index", "query"])]
    pub(in crate::cli) stage: Option<String>,
    /// Mark no people, countries and quantities
    #[arg(long)]
    pub(in crate::cli) no_extract: bool,
    /// Queries of each class
    #[arg(long, default_value_t = 150, value_name = "N")]
    pub(in crate::cli) queries: usize,
    /// A file of queries that people asked, a line each, to time those of them that hit, too
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) queries_from: Option<PathBuf>,
    /// Time the same queries on tantivy's own index of the same articles, and print the ratios; `merged` puts its segments into one before
    #[arg(long, value_name = "ENGINE", value_parser = ["bare", "merged"])]
    pub(in crate::cli) against: Option<String>,
    /// The seed that queries are drawn with
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    pub(in crate::cli) seed: u64,
}

pub(super) fn run(args: &BenchArgs, out: &mut Out) -> Result<Exit, Failure> {
    let (inputs, _) = index::inputs(&args.read);
    let mut pipeline = index::pipeline(&args.read)?;
    pipeline.extract.enabled = !args.no_extract;
    let scratch = super::scratch("bench")?;
    let options = Options {
        pipeline,
        stage: args.stage.clone(),
        queries: args.queries,
        asked: args.queries_from.clone(),
        seed: args.seed,
        against: args.against.as_deref().map(|against| match against {
            "merged" => Peer::Merged,
            _ => Peer::Bare,
        }),
        scratch: scratch.path().to_owned(),
        program: std::env::current_exe().ok(),
    };
    let report =
        bench::run(&inputs, &options, &|what| out.say(what)).map_err(|e| Failure::message(e.to_string()))?;
    if args.json || out.format != super::args::OutputFormat::Text {
        out.document(&serde_json::json!(report))?;
    } else {
        out.text(&report.to_string())?;
    }
    Ok(Exit::Found)
}
