//! The figures of a run, as a table and as JSON.

use std::fmt;

use serde::Serialize;

use super::{BareIndex, QueryClass, SnippetCost, Stage, Whole};

/// Everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The version that was measured.
    pub version: &'static str,
    /// Cores of the machine.
    pub cores: usize,
    /// The seed that queries were drawn with.
    pub seed: u64,
    /// Whether people, countries and quantities were marked.
    pub extraction: bool,
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// Indexing everything.
    pub whole: Option<Whole>,
    /// The same articles in tantivy's own index, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bare: Option<BareIndex>,
    /// The classes of queries.
    pub queries: Vec<QueryClass>,
    /// What hits cost besides finding them.
    pub snippets: Option<SnippetCost>,
    /// Milliseconds from starting the program to its last output.
    pub cold_start_ms: Option<f64>,
}

impl Report {
    pub(super) fn new(seed: u64, extraction: bool) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            seed,
            extraction,
            stages: Vec::new(),
            whole: None,
            bare: None,
            queries: Vec::new(),
            snippets: None,
            cold_start_ms: None,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extraction = if self.extraction { "on" } else { "off" };
        writeln!(
            f,
            "dateline {}, {} cores, extraction {extraction}, seed {}",
            self.version, self.cores, self.seed
        )?;
        if !self.stages.is_empty() {
            writeln!(f, "\nstage      articles   text MB   CPU s   MB/s a core")?;
            for s in &self.stages {
                let text = s.text_bytes as f64 / 1e6;
                writeln!(
                    f,
                    "{:10} {:8} {text:9.1} {:7.2} {:13.1}",
                    s.name, s.articles, s.cpu_seconds, s.mb_per_second
                )?;
            }
        }
        if let Some(w) = &self.whole {
            write_whole(f, w)?;
        }
        if !self.queries.is_empty() {
            writeln!(f, "\nqueries       n     matches    p50 us    p99 us   (ten best, warm, CPU time)")?;
            for q in &self.queries {
                writeln!(
                    f,
                    "{:11} {:4} {:10} {:9.0} {:9.0}",
                    q.name, q.queries, q.matches, q.p50_us, q.p99_us
                )?;
            }
        }
        write_against(f, &self.queries)?;
        if let Some(b) = &self.bare {
            write_bare(f, b)?;
        }
        if let Some(s) = &self.snippets {
            writeln!(
                f,
                "\na hit: fetch {:.0} us, snippets {:.0} us ({} hits)",
                s.fetch_us, s.snippet_us, s.hits
            )?;
        }
        if let Some(ms) = self.cold_start_ms {
            writeln!(f, "cold start: {ms:.1} ms from starting the program to its last output")?;
        }
        Ok(())
    }
}

fn write_against(f: &mut fmt::Formatter<'_>, queries: &[QueryClass]) -> fmt::Result {
    let mut compared = queries.iter().filter_map(|q| Some((q, q.against.as_ref()?))).peekable();
    if compared.peek().is_some() {
        writeln!(
            f,
            "\nagainst, in turns      matches      theirs    p50 us  theirs  ratio    p99 us  theirs  ratio"
        )?;
    }
    for (q, a) in compared {
        writeln!(
            f,
            "{:11} {:8} {:10} {:11} {:9.0} {:7.0} {:6.2} {:9.0} {:7.0} {:6.2}",
            q.name,
            a.name,
            q.matches,
            a.matches,
            q.p50_us,
            a.p50_us,
            a.p50_ratio,
            q.p99_us,
            a.p99_us,
            a.p99_ratio
        )?;
    }
    Ok(())
}

fn write_bare(f: &mut fmt::Formatter<'_>, b: &BareIndex) -> fmt::Result {
    let index = b.index_bytes as f64 / 1e6;
    writeln!(
        f,
        "\nbare tantivy indexed {} articles into {index:.1} MB in {} segments: {:.2} of the text",
        b.articles, b.segments, b.index_by_text
    )?;
    writeln!(
        f,
        "  CPU {:.1} s: {:.1} MB/s a core; dateline reads, cleans, extracts and indexes at {:.2} of that",
        b.cpu_seconds, b.mb_per_cpu_second, b.indexing_ratio
    )
}

fn write_whole(f: &mut fmt::Formatter<'_>, w: &Whole) -> fmt::Result {
    let text = w.text_bytes as f64 / 1e6;
    writeln!(f, "\nindexed {} articles, {text:.1} MB of text, {} rejected", w.articles, w.rejected)?;
    writeln!(
        f,
        "  wall {:.1} s: {:.1} MB/s, {:.0} articles/s",
        w.wall_seconds, w.mb_per_second, w.articles_per_second
    )?;
    writeln!(
        f,
        "  CPU {:.1} s: {:.1} MB/s a core, {:.2} cores busy",
        w.cpu_seconds, w.mb_per_cpu_second, w.cores_busy
    )?;
    if let Some(peak) = w.peak_memory {
        writeln!(f, "  peak memory {:.0} MB", peak as f64 / 1e6)?;
    }
    let index = w.index_bytes as f64 / 1e6;
    writeln!(f, "  index {index:.1} MB in {} segments: {:.2} of the text", w.segments, w.index_by_text)?;
    let kinds: Vec<String> =
        w.bytes_per_article.iter().map(|(kind, bytes)| format!("{kind} {bytes:.0}")).collect();
    writeln!(f, "  bytes an article: {}", kinds.join(", "))
}
