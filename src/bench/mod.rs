//! Measures dateline on a corpus: each stage by itself on one core, the whole way in, the index, and the queries.
//!
//! [`stages`] times read, parse, clean, extract and analyse on records held in memory; [`whole`] indexes everything
//! with all cores into a directory of its own; [`draw`] draws queries of each class from the articles by a seed and
//! [`queries`] times them, on request against [`bare`], tantivy's own index of the same articles. [`meter`] reads clocks
//! and memory; [`Report`] holds the figures, as a table and as JSON.
//!
//! All rates are megabytes of clean title and body a second of CPU time, so that stages can be compared and added up;
//! a megabyte is 1,000,000 bytes.

mod asked;
mod bare;
mod draw;
mod meter;
mod queries;
mod report;
mod stages;
mod whole;

use std::path::{Path, PathBuf};

pub use bare::BareIndex;
pub use queries::{Against, QueryClass, SnippetCost};
pub use report::Report;
pub use stages::Stage;
pub use whole::Whole;

use crate::index::IndexError;
use crate::ingest::{IngestError, Pipeline};
use crate::read::Input;
use crate::search::{Archive, SearchError};

/// What to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// What happens to each article.
    pub pipeline: Pipeline,
    /// One stage alone, by name; all of them unless set.
    pub stage: Option<String>,
    /// Queries of each class.
    pub queries: usize,
    /// A file of queries that people asked, to time those of them that hit as well.
    pub asked: Option<PathBuf>,
    /// The seed that they are drawn with.
    pub seed: u64,
    /// Whether to build tantivy's own index of the same articles and time the same queries there.
    pub against: Option<Peer>,
    /// Where to put the index; it is removed afterwards.
    pub scratch: PathBuf,
    /// The program to start for the cold-start figure, with its leading arguments; none: not measured.
    pub program: Option<PathBuf>,
}

/// What a run is held against: tantivy's own index of the same articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// As its writer leaves it.
    Bare,
    /// With its segments put into one before it is asked, which no figure of indexing counts.
    Merged,
}

/// Why a measurement stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BenchError {
    /// Indexing failed.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A query failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The operating system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// There is nothing to measure.
    #[error("no article could be read")]
    Empty,
}

/// Measures `inputs`; `say` is told what is being done.
///
/// # Errors
/// Where the inputs hold no article, or indexing or searching them fails.
pub fn run(inputs: &[Input], options: &Options, say: &dyn Fn(&str)) -> Result<Report, BenchError> {
    let wants = |stage: &str| options.stage.as_deref().is_none_or(|only| only == stage);
    let mut report = Report::new(options.seed, options.pipeline.extract.enabled);
    // First of all, so that the peak of memory is that of indexing.
    if wants("index") || wants("query") {
        say("indexing with all cores");
        let path = options.scratch.join("bench-index");
        let _ = std::fs::remove_dir_all(&path); // left by an interrupted run
        report.whole = Some(whole::measure(inputs, &options.pipeline, &path)?);
        if wants("query") {
            measure_queries(&path, options, &mut report, say)?;
        }
        std::fs::remove_dir_all(&path)?;
    }
    if ["read", "clean", "extract", "analyse"].into_iter().any(wants) {
        say("timing stages on one core");
        report.stages = stages::measure(inputs, &options.pipeline, options.stage.as_deref())?;
    }
    Ok(report)
}

fn measure_queries(
    path: &Path,
    options: &Options,
    report: &mut Report,
    say: &dyn Fn(&str),
) -> Result<(), BenchError> {
    let archive = Archive::open(path)?;
    let mut drawn = draw::draw(&archive, options.queries, options.seed)?;
    if let Some(file) = &options.asked {
        drawn.extend(asked::draw(&archive, file, options.queries, options.seed)?);
    }
    let mut bare = None;
    if let Some(against) = options.against {
        say("indexing the same articles with bare tantivy");
        let path = options.scratch.join("bench-bare");
        let _ = std::fs::remove_dir_all(&path); // left by an interrupted run
        let ours = report.whole.as_ref().map_or(0.0, |whole| whole.mb_per_cpu_second);
        let (index, built) = bare::build(&archive, &path, ours, against)?;
        report.bare = Some(built);
        bare = Some((index, path));
    }
    say("timing queries");
    report.queries = queries::measure(&archive, bare.as_ref().map(|(index, _)| index), &drawn)?;
    if let Some((index, path)) = bare {
        drop(index);
        std::fs::remove_dir_all(path)?;
    }
    report.snippets = Some(queries::measure_snippets(&archive, &drawn)?);
    if let Some(program) = &options.program {
        report.cold_start_ms = whole::cold_start(program, path, &drawn)?;
    }
    Ok(())
}
