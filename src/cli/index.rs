//! `dateline index`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::time::Duration;

use serde_json::json;

use super::args::{Global, IndexArgs, OutputFormat, ReadArgs};
use super::exit::{Exit, Failure};
use super::out::{Out, complain, time};
use super::progress::{Bar, mega, rate};
use super::search::segments_said;
use crate::index::manifest::Manifest;
use crate::index::{IndexError, Reader, Segment};
use crate::ingest::{IngestError, IngestOptions, Observer, Pipeline, Progress, ingest};
use crate::read::{self, Format, Input, Mapping, Reject};

pub(super) fn run(global: &Global, args: &IndexArgs, out: &mut Out) -> Result<Exit, Failure> {
    let (inputs, unreadable) = read::inputs(&args.read.paths);
    let mut options =
        IngestOptions { pipeline: pipeline(&args.read)?, strict: args.strict, ..IngestOptions::default() };
    options.pipeline.extract.enabled = !args.no_extract;
    // An index that there is keeps to what it was made with.
    let keeps_apart = || matches!(Manifest::read(&global.index), Ok(Some(there)) if !there.merged_names);
    options.pipeline.extract.merge = !args.no_merge && !keeps_apart();
    if let Some(threads) = args.threads {
        options.threads = usize::from(threads);
    }
    options.watch = !args.no_watch;
    options.resume = args.resume;
    options.commit_every = Duration::from_secs(args.commit_every.into());
    if let Some(memory) = args.memory {
        options.writer.memory = usize::from(memory) * 1_000_000;
    }
    let mut watch = Watch::new(args, global)?;
    for reject in &unreadable {
        watch.rejected(reject);
        if args.strict {
            return Err(Failure::message(reject.to_string()));
        }
    }
    if inputs.is_empty() {
        return Err(Failure::message("nothing to index"));
    }
    let before = segments(global);
    out.detail(|| {
        let bytes: u64 = inputs.iter().map(Input::size).sum();
        format!(
            "files: {}, {}; threads that read and mark: {}; memory for segments: {}; {}",
            inputs.len(),
            mega(bytes as f64),
            options.threads,
            mega(options.writer.memory as f64),
            if before.is_empty() { "a new index".to_owned() } else { segments_said(&before) },
        )
    });
    let mut progress = ingest(&global.index, &inputs, &options, &mut watch).map_err(|error| {
        watch.stopped(&error);
        Failure::from(error).at(&global.index)
    })?;
    let reasons = watch.finish()?;
    out.detail(|| details(&progress, &reasons, &before, &segments(global)));
    if progress.unasked > 0 {
        let n = progress.unasked;
        complain(&format!("warning: {n} times a watch could not be asked of an article because of a defect"));
    }
    progress.rejected += unreadable.len() as u64;
    summary(&progress, global, out)?;
    Ok(if progress.rejected > 0 { Exit::Rejected } else { Exit::Found })
}

/// The segments of the index, if there is one that can be read.
fn segments(global: &Global) -> Vec<Segment> {
    if !global.verbose {
        return Vec::new();
    }
    Reader::open(&global.index).map_or_else(|_| Vec::new(), |reader| reader.segments())
}

/// Where the time went, why records were rejected, and what became of the segments.
fn details(progress: &Progress, reasons: &Reasons, before: &[Segment], after: &[Segment]) -> String {
    let spent = &progress.spent;
    let asked = spent.watch > Duration::ZERO;
    let watches = if asked { format!(", watches asked in {}", time(spent.watch)) } else { String::new() };
    let mut text = format!(
        "parsed in {}, cleaned in {}, marked in {}{}, made ready in {} (all threads together)\n",
        time(spent.parse),
        time(spent.clean),
        time(spent.extract),
        watches,
        time(spent.analyse),
    );
    text += &format!("written in {}, committed and merged in {}\n", time(spent.write), time(spent.commit));
    if !reasons.is_empty() {
        let reasons: Vec<String> = reasons.iter().map(|(code, count)| format!("{code} {count}")).collect();
        text += &format!("rejected: {}\n", reasons.join(", "));
    }
    let gone = before.iter().filter(|old| !after.iter().any(|new| new.id == old.id)).count();
    let merged = if gone > 0 { format!(", {gone} of those before merged or emptied") } else { String::new() };
    text + &segments_said(after) + &merged
}

/// What the reading flags say.
pub(super) fn pipeline(args: &ReadArgs) -> Result<Pipeline, Failure> {
    let mut mapping = Mapping::default();
    let pairs = args.field.iter().cloned().chain(args.id_field.iter().map(|key| format!("id={key}")));
    for pair in pairs {
        mapping.add(&pair).map_err(|e| Failure::message(format!("--field {pair}: {e}")))?;
    }
    if let Some(shape) = args.preset.as_deref().and_then(Mapping::preset) {
        mapping = mapping.or(shape);
    }
    let mut pipeline = Pipeline {
        read: read::Options {
            format: args.input_format.as_deref().and_then(Format::named),
            mapping,
            max_record: usize::from(args.max_record) << 20,
            ..read::Options::default()
        },
        ..Pipeline::default()
    };
    pipeline.clean.enabled = !args.no_clean;
    Ok(pipeline)
}

/// The inputs of the reading flags; what cannot be one is told and counted.
pub(super) fn inputs(args: &ReadArgs) -> (Vec<Input>, u64) {
    let (inputs, unreadable) = read::inputs(&args.paths);
    for reject in &unreadable {
        complain(&format!("rejected: {reject}"));
    }
    (inputs, unreadable.len() as u64)
}

fn summary(progress: &Progress, global: &Global, out: &mut Out) -> Result<(), Failure> {
    let seconds = progress.elapsed.as_secs_f64();
    if global.format != OutputFormat::Text {
        out.json(&json!({
            "articles": progress.articles,
            "replaced": progress.replaced,
            "withdrawn": progress.withdrawn,
            "rejected": progress.rejected,
            "matches": progress.matches,
            "text_bytes": progress.text_bytes,
            "seconds": seconds,
        }))?;
        return Ok(());
    }
    let mut line = format!("indexed {} articles", progress.articles);
    if progress.replaced > 0 {
        line += &format!(" ({} replaced)", progress.replaced);
    }
    if progress.withdrawn > 0 {
        line += &format!(", {} withdrawn", progress.withdrawn);
    }
    if progress.rejected > 0 {
        line += &format!(", {} rejected", progress.rejected);
    }
    let text = progress.text_bytes as f64;
    out.say(&format!(
        "{line}: {} of text in {seconds:.1} s ({}/s, {} articles/s) into {}",
        mega(text),
        mega(text / seconds.max(0.001)),
        rate(progress.articles as f64, seconds),
        global.index.display(),
    ));
    if progress.matches > 0 {
        let (n, es) = (progress.matches, if progress.matches == 1 { "" } else { "es" });
        out.say(&format!("{n} match{es} of watches; `dateline watch run` tells them"));
    }
    Ok(())
}

/// Shows progress and keeps rejects.
struct Watch {
    bar: Bar,
    rejects: Option<BufWriter<File>>,
    failed: Option<std::io::Error>,
    told: u64,
    reasons: Reasons,
    /// Articles that are durable.
    committed: u64,
    verbose: bool,
}

/// How many records were rejected, by the code of the reason.
type Reasons = BTreeMap<&'static str, u64>;

/// Rejects told one by one before only their number is.
const TOLD: u64 = 20;

impl Watch {
    fn new(args: &IndexArgs, global: &Global) -> Result<Self, Failure> {
        let rejects = match &args.rejects {
            Some(path) => {
                let file =
                    File::create(path).map_err(|e| Failure::message(format!("{}: {e}", path.display())))?;
                Some(BufWriter::new(file))
            }
            None => None,
        };
        Ok(Self {
            bar: Bar::new(global.quiet),
            rejects,
            failed: None,
            told: 0,
            reasons: Reasons::new(),
            committed: 0,
            verbose: global.verbose,
        })
    }

    /// Says what of this run is kept although it has failed.
    fn stopped(&self, error: &IngestError) {
        let IngestError::Index(IndexError::Io { .. } | IndexError::Engine(_) | IndexError::Failed(_)) = error
        else {
            return;
        };
        self.bar.finish();
        complain(&match self.committed {
            0 => "no commit of this run was finished; what was committed before is kept".to_owned(),
            n => format!("{n} articles of this run are committed; with --resume it goes on after them"),
        });
    }

    fn finish(self) -> Result<Reasons, Failure> {
        self.bar.finish();
        if self.told > TOLD && !self.verbose {
            complain(&format!("rejected: {} more; --rejects FILE keeps them all", self.told - TOLD));
        }
        if let Some(mut file) = self.rejects {
            file.flush()?;
        }
        let reasons = self.reasons;
        self.failed.map_or(Ok(reasons), |e| Err(Failure::message(format!("writing rejects: {e}"))))
    }
}

impl Observer for Watch {
    fn rejected(&mut self, reject: &Reject) {
        self.told += 1;
        *self.reasons.entry(reject.reason.code()).or_default() += 1;
        if self.told <= TOLD || self.verbose {
            self.bar.pause(|| complain(&format!("rejected: {reject}")));
        }
        if let Some(file) = &mut self.rejects {
            let line = json!({
                "file": *reject.origin.file,
                "record": reject.origin.record,
                "offset": reject.origin.offset,
                "code": reject.reason.code(),
                "reason": reject.reason.to_string(),
            });
            if let Err(error) = writeln!(file, "{line}") {
                self.failed = Some(error);
            }
        }
    }

    fn progressed(&mut self, progress: &Progress) {
        self.bar.show(progress);
    }

    fn warned(&mut self, what: &str) {
        self.bar.pause(|| complain(&format!("warning: {what}")));
    }

    fn resumed(&mut self, input: &str, records: u64) {
        self.bar.pause(|| complain(&format!("going on after record {records} of {input}")));
    }

    fn committed(&mut self, progress: &Progress) {
        self.committed = progress.articles;
        if self.verbose {
            let (articles, elapsed) = (progress.articles, time(progress.elapsed));
            self.bar.pause(|| complain(&format!("committed {articles} articles after {elapsed}")));
        }
    }
}
