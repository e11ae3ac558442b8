//! The whole way in, with all cores; and the way out from a cold start.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Serialize;

use super::BenchError;
use super::draw::Drawn;
use super::meter::{Meter, peak_memory, percentile};
use crate::index::Reader;
use crate::ingest::{IngestOptions, Pipeline, ingest};
use crate::read::Input;

/// What indexing everything cost, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whole {
    /// Articles indexed.
    pub articles: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// Bytes of clean title and body.
    pub text_bytes: u64,
    /// Seconds by the wall, until everything was durable and merged.
    pub wall_seconds: f64,
    /// CPU seconds of all threads, user and system.
    pub cpu_seconds: f64,
    /// Megabytes of text a second of CPU.
    pub mb_per_cpu_second: f64,
    /// Megabytes of text a second by the wall.
    pub mb_per_second: f64,
    /// Articles a second by the wall.
    pub articles_per_second: f64,
    /// Cores that were busy, on average.
    pub cores_busy: f64,
    /// The most memory that the process held, in bytes.
    pub peak_memory: Option<u64>,
    /// Segments of the index.
    pub segments: usize,
    /// Bytes of the index.
    pub index_bytes: u64,
    /// Bytes of the index by bytes of text.
    pub index_by_text: f64,
    /// Bytes an article, by kind of file.
    pub bytes_per_article: BTreeMap<String, f64>,
}

/// Indexes everything into a new index at `path`.
pub(super) fn measure(inputs: &[Input], pipeline: &Pipeline, path: &Path) -> Result<Whole, BenchError> {
    let options = IngestOptions { pipeline: pipeline.clone(), ..IngestOptions::default() };
    let clock = Meter::start();
    let progress = ingest(path, inputs, &options, &mut ())?;
    let (wall, cpu) = (clock.wall().as_secs_f64(), clock.process().as_secs_f64());
    if progress.articles == 0 {
        return Err(BenchError::Empty);
    }
    let files = Reader::open(path)?.files()?;
    let (text, articles) = (progress.text_bytes as f64, progress.articles as f64);
    Ok(Whole {
        articles: progress.articles,
        rejected: progress.rejected,
        text_bytes: progress.text_bytes,
        wall_seconds: wall,
        cpu_seconds: cpu,
        mb_per_cpu_second: text / 1e6 / cpu,
        mb_per_second: text / 1e6 / wall,
        articles_per_second: articles / wall,
        cores_busy: cpu / wall,
        peak_memory: peak_memory(),
        segments: files.segments,
        index_bytes: files.total(),
        index_by_text: files.total() as f64 / text,
        bytes_per_article: files
            .bytes
            .iter()
            .map(|(kind, bytes)| (kind.clone(), *bytes as f64 / articles))
            .collect(),
    })
}

/// How often the program is started.
const STARTS: usize = 15;

/// Milliseconds from starting the program to its last output, for a search of the index, the median of some starts;
/// the pages of the index are in memory.
pub(super) fn cold_start(program: &Path, index: &Path, drawn: &[Drawn]) -> Result<Option<f64>, BenchError> {
    let mut times = Vec::new();
    for query in drawn.iter().filter(|d| d.class == "term").take(STARTS) {
        let started = Instant::now();
        Command::new(program)
            .arg("--index")
            .arg(index)
            .args(["search", "--format", "json", "--", &query.text])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok((!times.is_empty()).then(|| percentile(&times, 0.5)))
}
