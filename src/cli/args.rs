//! The flags and their help; nothing else.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use super::bench::BenchArgs;
pub(super) use super::story::{RelatedArgs, StoryArgs};
pub(super) use super::watch::WatchCommand;
use crate::backend::Group;
use crate::search::stated;

/// Search a news archive by who, where, how much and when, and get the sentence that says it.
/// The names of the formats.
const FORMATS: [&str; 11] =
    ["text", "jsonl", "json", "html", "warc", "feed", "nitf", "newsml", "sgml", "csv", "parquet"];

#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, after_help = AFTER, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

const AFTER: &str = "Start with: dateline demo\nThe query language: dateline help query\n\nExit codes: 0 hits or done, 1 no hits, 2 error, 3 some articles \
    rejected, 4 index damaged or written by a newer version.";

#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// The index directory
    #[arg(short, long, global = true, env = "DATELINE_INDEX", default_value = "index", value_name = "DIR")]
    pub(super) index: PathBuf,
    /// How to print results
    #[arg(long, global = true, default_value = "text", value_name = "FORMAT")]
    pub(super) format: OutputFormat,
    /// When to use colours; `auto` heeds `NO_COLOR`
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub(super) color: ColorWhen,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more on standard error: times of each stage, segments, merges, every reject
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// A table with commas: facets and timelines
    Csv,
    /// A picture: timelines
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Index the sample corpus and show what grep cannot do
    Demo,
    /// Put articles into the index
    Index(IndexArgs),
    /// Find articles, with the sentences that say it
    Search(SearchArgs),
    /// Count the articles that match
    Count(CountArgs),
    /// Count who and what stands in the articles that match, and sum up their numbers
    Facets(FacetsArgs),
    /// Count the articles that match by day, week, month or year
    Timeline(TimelineArgs),
    /// Show the articles of a story in the order of time, or their figures side by side; or correct it by hand
    Story(StoryArgs),
    /// Find other stories about the same as an article
    Related(RelatedArgs),
    /// Show how a query is read and what answering it takes; with `story ID`, why articles are together
    Explain(ExplainArgs),
    /// Show articles by id
    Show(ShowArgs),
    /// Take articles out of the index by id
    Delete(DeleteArgs),
    /// What the index holds and weighs
    Stats,
    /// Read every file of the index and name those that are not as they were written
    Check,
    /// Print all articles, or those that a query finds, as JSON lines that `index --no-clean` makes the same index of
    Export(ExportArgs),
    /// Queries that are asked of every article that comes in
    Watch {
        /// What to do
        #[command(subcommand)]
        what: WatchCommand,
    },
    /// Put all segments into one, without what is deleted or replaced
    Merge,
    /// Copy the index to a new directory, or into a file (.tar, .tar.zst), while it may be written to
    Backup(PlaceArgs),
    /// Make an index from a backup
    Restore(PlaceArgs),
    /// Make an index of this format of one of an older format, which is kept beside it
    Migrate,
    /// Show articles as they would be indexed; with --diff what cleaning drops or changes, and why
    Clean(CleanArgs),
    /// Print the people, countries and quantities found in articles
    Extract(ExtractArgs),
    /// Answer over HTTP
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    /// Measure each stage, the index and the queries on a corpus
    Bench(BenchArgs),
    /// Help for a command, or for the query language: dateline help query
    Help {
        /// A command, or `query`
        topic: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How articles are read and cleaned.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ReadArgs {
    /// Files and folders: text, JSON, pages, WARC, feeds, ninjs, NITF, NewsML-G2, CSV, packed with gzip or zstd, in tar or
    /// zip archives; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The format of all inputs, instead of looking
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS)]
    pub(super) input_format: Option<String>,
    /// Read a field from this JSON key; `title=headline`, `published=meta.date`
    #[arg(long, value_name = "FIELD=KEY")]
    pub(super) field: Vec<String>,
    /// Read JSON or tables in the shape that this source gives them
    #[arg(long, value_name = "SHAPE", value_parser = ["news-please", "cc-news", "webz", "reuters-21578"])]
    pub(super) preset: Option<String>,
    /// Read the id from this JSON key
    #[arg(long, value_name = "KEY")]
    pub(super) id_field: Option<String>,
    /// The longest record, in MiB
    #[arg(long, default_value_t = 16, value_name = "MIB", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) max_record: u16,
    /// Take texts as they are
    #[arg(long)]
    pub(super) no_clean: bool,
}

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct IndexArgs {
    #[command(flatten)]
    pub(super) read: ReadArgs,
    /// Mark no people, countries and quantities
    #[arg(long)]
    pub(super) no_extract: bool,
    /// Let every name count by its own words: "Trump" not as the Donald Trump of its article; for a new index, which
    /// keeps to it
    #[arg(long)]
    pub(super) no_merge: bool,
    /// Write records that cannot be read to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
    /// Stop at the first record that cannot be read
    #[arg(long)]
    pub(super) strict: bool,
    /// Worker threads; all cores unless set
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: Option<u16>,
    /// Do not ask the watches of these articles
    #[arg(long)]
    pub(super) no_watch: bool,
    /// Go on after the last commit of an interrupted run over the same inputs
    #[arg(long)]
    pub(super) resume: bool,
    /// Longest time that articles wait for a commit, in seconds; readers see them then
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(super) commit_every: u32,
    /// Memory for the segments being written, in MB
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u16).range(15..=2000))]
    pub(super) memory: Option<u16>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct ExportArgs {
    /// Which articles
    #[arg(value_name = "QUERY", default_value = "*", allow_hyphen_values = true)]
    pub(super) query: String,
}

#[derive(Debug, Clone, Args)]
pub(super) struct PlaceArgs {
    /// The backup: a directory, or a file that ends with .tar or .tar.zst
    #[arg(value_name = "DIR|FILE")]
    pub(super) place: PathBuf,
}

#[derive(Debug, Clone, Args)]
pub(super) struct QueryArgs {
    /// The query: words, "phrases", country:iran, person:"donald trump", number:[100 TO 500]
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: String,
    /// Only articles published on this day or later
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<String>,
    /// Only articles published on this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<String>,
    /// Stop a query that takes longer than this; 0 for no limit. A page, a count, facets and timelines have 2 seconds
    /// unless this says otherwise, facets --captures and --all the time they need
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<f64>,
}

fn seconds(stated: &str) -> Result<f64, String> {
    match stated.parse() {
        Ok(seconds) if (0.0..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds from 0 to 86400".to_owned()),
    }
}

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct SearchArgs {
    #[command(flatten)]
    pub(super) query: QueryArgs,
    /// How many hits; `--all` for every one
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    pub(super) limit: usize,
    /// How many hits to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) offset: usize,
    /// Every hit, in the order of the index, as they are found
    #[arg(long, conflicts_with_all = ["limit", "offset", "sort"])]
    pub(super) all: bool,
    /// Order of hits: best first, last published first, first published first
    #[arg(long, default_value = "score", value_name = "ORDER", allow_hyphen_values = true)]
    pub(super) sort: SortArg,
    /// What is shown once: copies (exact and near ones, under the best hit of them), the articles of a story, or nothing
    #[arg(long, default_value = "copy", value_name = "copy|story|none", value_parser = stated::group)]
    pub(super) group: Group,
    /// Quotes a hit
    #[arg(long, default_value = "3", value_name = "N|all")]
    pub(super) snippets: String,
    /// How much of the text a quote gives
    #[arg(long, default_value = "sentence")]
    pub(super) context: ContextArg,
    /// Print ids only
    #[arg(short = 'l', long)]
    pub(super) ids: bool,
    /// Show what filled the slots of phrases, everywhere in a hit
    #[arg(long)]
    pub(super) captures: bool,
    /// Show where a hit's score comes from
    #[arg(long, conflicts_with_all = ["all", "ids"])]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct FacetsArgs {
    #[command(flatten)]
    pub(super) query: QueryArgs,
    /// What to count by: person, country, org, place, source, lang, section, agency, day, week, month, year; two that stand
    /// in one article (person+country); numbers, summed up: number, percent, money.USD, quantity.km
    #[arg(
        long,
        value_name = "FACET,…",
        value_delimiter = ',',
        default_value = "country,person,org,place,source",
        conflicts_with = "captures"
    )]
    pub(super) by: Vec<String>,
    /// Count what filled the slots of phrases: "{country} deported {number}"
    #[arg(long, conflicts_with_all = ["sort", "group"])]
    pub(super) captures: bool,
    /// How many values of each; 10 unless set, 20 of slots
    #[arg(short = 'n', long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Which come first: those of most articles, or those whose share of the articles that match is most surprising
    /// beside all others (log-likelihood ratio)
    #[arg(long, default_value = "count", value_name = "ORDER")]
    pub(super) sort: FacetSortArg,
    /// What is counted once: nothing, as `count` has it, copies (exact and near ones), or the articles of a story
    #[arg(long, default_value = "none", value_name = "copy|story|none", value_parser = stated::group)]
    pub(super) group: Group,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FacetSortArg {
    Count,
    Unusual,
}

#[derive(Debug, Args)]
pub(super) struct TimelineArgs {
    #[command(flatten)]
    pub(super) query: QueryArgs,
    /// What a bar stands for; what fits the time that the articles span unless set
    #[arg(long, value_name = "day|week|month|year")]
    pub(super) by: Option<CalendarArg>,
    /// What is counted once: nothing, as `count` has it, copies (exact and near ones), or the articles of a story
    #[arg(long, default_value = "none", value_name = "copy|story|none", value_parser = stated::group)]
    pub(super) group: Group,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CalendarArg {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The query, or `story`
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: String,
    /// The id of a story, or of an article of it
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SortArg {
    Score,
    #[value(name = "-published")]
    Newest,
    #[value(name = "published")]
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ContextArg {
    Sentence,
    Paragraph,
}

#[derive(Debug, Args)]
pub(super) struct CountArgs {
    #[command(flatten)]
    pub(super) query: QueryArgs,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The ids of the articles
    #[arg(required = true, value_name = "ID")]
    pub(super) ids: Vec<String>,
    /// Mark everything that was found in them; tell its key, how it was found, and which names count as one
    #[arg(long)]
    pub(super) mentions: bool,
    /// Tell where in the input its title and paragraphs stand, or this piece of the body, as a result's JSON gives it
    #[arg(long, value_name = "START..END", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(super) raw_offsets: Option<String>,
    /// The format of the input, if it was named when it was indexed
    #[arg(long, value_name = "FORMAT", requires = "raw_offsets", value_parser = FORMATS)]
    pub(super) input_format: Option<String>,
    /// Tell what cleaning dropped and changed, and why
    #[arg(long)]
    pub(super) cleaning: bool,
}

#[derive(Debug, Args)]
pub(super) struct DeleteArgs {
    /// The ids of the articles
    #[arg(required = true, value_name = "ID")]
    pub(super) ids: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    #[command(flatten)]
    pub(super) read: ReadArgs,
    /// Show each dropped or changed piece with its reason instead of the text
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    #[command(flatten)]
    pub(super) read: ReadArgs,
    /// Let every name count by its own words: "Trump" not as the Donald Trump of its article
    #[arg(long)]
    pub(super) no_merge: bool,
}

/// Writing, and any address but those of this machine itself, needs a key of 16 bytes or more in `DATELINE_API_KEY`.
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Where to listen; port 0 takes one that is free, which the log tells
    #[arg(long, default_value = "127.0.0.1:7311", value_name = "ADDRESS")]
    pub(super) listen: std::net::SocketAddr,
    /// A name that clients may call the server by, besides localhost and addresses in digits; may be given again
    #[arg(long, value_name = "NAME")]
    pub(super) host: Vec<String>,
    /// Questions answered at once; all cores unless set
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: Option<u16>,
    /// Questions that may wait; more are told to come again (503)
    #[arg(long, default_value_t = 64, value_name = "N")]
    pub(super) queue: u16,
    /// Stop a question that takes longer than this
    #[arg(long, default_value = "2", value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: f64,
    /// The longest body of a request, in MiB
    #[arg(long, default_value_t = 16, value_name = "MIB", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) max_body: u16,
    /// The time that the head of a request may take
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(super) head_timeout: u16,
}
