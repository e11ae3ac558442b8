//! `dateline bench`.

use super::args::BenchArgs;
use super::exit::{Exit, Failure};
use super::index;
use super::out::Out;
use crate::bench::{self, Options, Peer};

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
