//! Each stage by itself, on one core, over records held in memory.

use std::time::Duration;

use serde::Serialize;

use super::BenchError;
use super::meter::Meter;
use crate::clean::Evidence;
use crate::index::Weights;
use crate::ingest::{Marked, Pipeline};
use crate::read::{Input, RawRecord};

/// Records are held up to this many bytes; stages are timed on these, the index on everything.
const SAMPLE_BYTES: usize = 64_000_000;

/// The cost of one stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// Articles that went through.
    pub articles: usize,
    /// Bytes of their clean title and body.
    pub text_bytes: usize,
    /// CPU seconds of one core.
    pub cpu_seconds: f64,
    /// Megabytes of text a second of CPU.
    pub mb_per_second: f64,
}

/// Times the stages, in order; or `only` one of them.
pub(super) fn measure(
    inputs: &[Input],
    pipeline: &Pipeline,
    only: Option<&str>,
) -> Result<Vec<Stage>, BenchError> {
    let clock = Meter::start();
    let mut bytes = 0;
    let mut records: Vec<RawRecord> = Vec::new();
    for record in inputs.iter().flat_map(|input| input.records(&pipeline.read)).flatten() {
        bytes += record.bytes.len();
        records.push(record);
        if bytes >= SAMPLE_BYTES {
            break;
        }
    }
    let mut times = vec![("read", clock.thread())];

    let (parsed, time) =
        timed(|| records.iter().filter_map(|r| r.parse(&pipeline.read).ok()).collect::<Vec<_>>());
    times.push(("parse", time));
    drop(records);
    // As it is when an index is new: every article is looked at for what it says of its source.
    let evidence = Evidence::default();
    let (cleaned, time) = timed(|| {
        parsed.into_iter().map(|raw| pipeline.clean_with(raw, &evidence).article).collect::<Vec<_>>()
    });
    times.push(("clean", time));
    let articles = cleaned.len();
    let text_bytes: usize = cleaned.iter().map(|a| a.title.len() + a.body.len()).sum();
    let (marked, time) =
        timed(|| cleaned.into_iter().map(|article| pipeline.mark_article(article)).collect::<Vec<Marked>>());
    times.push(("extract", time));
    let (prepared, time) = timed(|| marked.iter().filter(|m| m.prepare(Weights::default()).is_ok()).count());
    times.push(("analyse", time));
    if prepared == 0 {
        return Err(BenchError::Empty);
    }
    let wanted = |name: &str| only.is_none_or(|only| only == name || (only == "read" && name == "parse"));
    Ok(times
        .into_iter()
        .filter(|(name, _)| wanted(name))
        .map(|(name, time)| {
            let cpu_seconds = time.as_secs_f64();
            let mb_per_second = text_bytes as f64 / 1e6 / cpu_seconds.max(1e-9);
            Stage { name, articles, text_bytes, cpu_seconds, mb_per_second }
        })
        .collect())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let clock = Meter::start();
    let result = work();
    (result, clock.thread())
}
