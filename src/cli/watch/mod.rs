//! `dateline watch add | list | rm | run`.
//!
//! What matches go to is [`tell`]'s: lines on standard output or in a file, or a command each ([`command`]).

mod command;
mod tell;

use std::io::Read as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use self::command::Tries;
use self::tell::Told;
use super::args::{Global, OutputFormat};
use super::exit::{Exit, Failure};
use super::out::{Out, complain};
use crate::backend::{Copies, Group, Hit, PageRequest};
use crate::index::{IndexError, Stored};
use crate::render::{json, printable};
use crate::search::{Archive, SearchRequest};
use crate::snippet::{Highlights, SnippetOptions};
use crate::text::date::parse_interval;
use crate::watch::{Match, Telling, Watch, WatchError, WatchList, read_query, waiting};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum WatchCommand {
    /// Add a watch: a query that is asked of every article that comes in
    Add(AddArgs),
    /// Show the watches, and how many matches wait
    List,
    /// Remove watches, with what they matched and was not told
    Rm {
        /// The names of the watches
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Tell what watches matched since this was last asked, one JSON object a line
    Run(RunArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AddArgs {
    /// What it is called: letters, digits, - _ and .
    #[arg(value_name = "NAME", required_unless_present = "from")]
    name: Option<String>,
    /// The query
    #[arg(value_name = "QUERY", allow_hyphen_values = true, required_unless_present = "from")]
    query: Option<String>,
    /// Add the watches of this file, one JSON object with name and query a line, all or none; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "query"])]
    from: Option<PathBuf>,
    /// Put it in place of the watch of this name, if there is one
    #[arg(long)]
    replace: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RunArgs {
    /// Put the lines at the end of this file
    #[arg(long, value_name = "FILE", conflicts_with = "exec")]
    output: Option<PathBuf>,
    /// Start this program with these arguments for each match, which is its standard input; the rest of the command line
    #[arg(long, value_name = "PROGRAM", num_args = 1.., allow_hyphen_values = true)]
    exec: Vec<String>,
    /// The longest time that the program may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    exec_timeout: u32,
    /// How often the program is started for a match until it succeeds
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    tries: u32,
    /// Put matches that the program fails for into this file and go on; otherwise the run ends there, and the next one begins with it
    #[arg(long, value_name = "FILE", requires = "exec")]
    failed: Option<PathBuf>,
    /// Go on, and tell what is committed from now on
    #[arg(long)]
    follow: bool,
    /// Give up what is left of a damaged file of matches, and go on behind it
    #[arg(long)]
    skip_damaged: bool,
    /// Ask the watches of all articles of the index instead, as searches; what waits goes on waiting
    #[arg(long, conflicts_with_all = ["follow", "failed", "skip_damaged"])]
    all: bool,
    /// The same of articles published on this day or later
    #[arg(long, value_name = "DATE", conflicts_with_all = ["follow", "failed", "skip_damaged"])]
    since: Option<String>,
    /// Only these watches, with --all or --since
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Quotes a match
    #[arg(long, default_value_t = 3, value_name = "N")]
    snippets: usize,
}

pub(super) fn run(global: &Global, what: &WatchCommand, out: &mut Out) -> Result<Exit, Failure> {
    match what {
        WatchCommand::Add(args) => add(global, args, out),
        WatchCommand::List => list(global, out),
        WatchCommand::Rm { names } => remove(global, names, out),
        WatchCommand::Run(args) if args.all || args.since.is_some() => search(global, args, out),
        WatchCommand::Run(args) => tell_all(global, args, out),
    }
}

fn add(global: &Global, args: &AddArgs, out: &mut Out) -> Result<Exit, Failure> {
    let watches = match (&args.from, &args.name, &args.query) {
        (Some(from), ..) => listed(from)?,
        (None, Some(name), Some(query)) => vec![Watch { name: name.clone(), query: query.clone() }],
        _ => return Err(Failure::message("a watch has a name and a query")),
    };
    for watch in &watches {
        // Nothing is made for a query that cannot be read.
        read_query(&watch.query).map_err(|errors| Failure::Query(watch.query.clone(), errors))?;
    }
    let mut notes = Vec::new();
    let count = watches.len();
    WatchList::change(&global.index, |list| {
        for watch in watches {
            let query = watch.query.clone();
            notes.push((query, list.add(watch, args.replace)?.notes));
        }
        Ok(())
    })?;
    for (query, notes) in &notes {
        out.notes(query, notes);
    }
    if out.format == OutputFormat::Text {
        let plural = if count == 1 { "watch" } else { "watches" };
        out.say(&format!(
            "added {count} {plural}, asked of the articles that `dateline index` brings from now on"
        ));
    } else {
        out.json(&json!({ "added": count }))?;
    }
    Ok(Exit::Found)
}

/// The watches of a file.
fn listed(from: &std::path::Path) -> Result<Vec<Watch>, Failure> {
    let failed = |e: std::io::Error| Failure::message(format!("{}: {e}", from.display()));
    let mut text = String::new();
    if from.as_os_str() == "-" {
        std::io::stdin().lock().read_to_string(&mut text).map_err(failed)?;
    } else {
        text = std::fs::read_to_string(from).map_err(failed)?;
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            serde_json::from_str(line)
                .map_err(|e| Failure::message(format!("{}, line {number}: {e}", from.display())))
        })
        .collect()
}

fn list(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let list = WatchList::read(&global.index)?;
    let waiting = waiting(&global.index)?;
    match out.format {
        OutputFormat::Text => {
            for watch in list.iter() {
                out.text(&printable(&format!("{}  {}", watch.name, watch.query)).replace('\n', " "))?;
                out.text("\n")?;
                if let Err(errors) = read_query(&watch.query) {
                    complain(&format!("watch {} is passed over:", watch.name));
                    for error in &errors {
                        complain(&error.render(&watch.query));
                    }
                }
            }
            out.flush()?;
            let plural = if list.len() == 1 { "watch" } else { "watches" };
            out.say(&format!("{} {plural}, {waiting} matches wait", list.len()));
        }
        OutputFormat::Json => {
            out.document(&json!({ "watches": list.iter().collect::<Vec<_>>(), "waiting": waiting }))?;
        }
        _ => list.iter().try_for_each(|watch| out.json(&json!(watch)))?, // a line each
    }
    Ok(if list.is_empty() { Exit::None } else { Exit::Found })
}

fn remove(global: &Global, names: &[String], out: &mut Out) -> Result<Exit, Failure> {
    if !global.index.exists() {
        return Err(IndexError::Missing(global.index.clone()).into());
    }
    WatchList::change(&global.index, |list| names.iter().try_for_each(|name| list.remove(name)))?;
    if out.format == OutputFormat::Text {
        out.say(&format!("removed {}", names.join(", ")));
    } else {
        out.json(&json!({ "removed": names.len() }))?;
    }
    Ok(Exit::Found)
}

fn snippets(args: &RunArgs) -> SnippetOptions {
    SnippetOptions { limit: Some(args.snippets), ..SnippetOptions::default() }
}

/// How long it waits for the next commit.
const PAUSE: Duration = Duration::from_millis(300);
/// After so many matches what was told is made durable against a power cut.
const SYNC_AFTER: u64 = 100;

fn tell_all(global: &Global, args: &RunArgs, out: &mut Out) -> Result<Exit, Failure> {
    if !args.only.is_empty() {
        return Err(Failure::message("--only goes with --all or --since: what waits is told in its order"));
    }
    if !global.index.exists() {
        return Err(IndexError::Missing(global.index.clone()).into());
    }
    let mut telling = Telling::open(&global.index, &snippets(args))?;
    let mut told = Told::open(args, out)?;
    let (mut count, mut damaged) = (0, false);
    let result = loop {
        match telling.next_match() {
            Ok(Some(matched)) => {
                if let Err(failure) = told.tell(&line(&matched), &matched.number, count == 0) {
                    break Err(failure);
                }
                telling.done()?;
                count += 1;
                if count % SYNC_AFTER == 0 {
                    telling.sync()?;
                }
            }
            Ok(None) => {
                telling.sync()?;
                if !args.follow {
                    break Ok(());
                }
                std::thread::sleep(PAUSE);
            }
            Err(WatchError::Index(error)) if error.is_damage() && args.skip_damaged => {
                complain(&format!("error: {error}; going on behind it"));
                damaged = true;
                telling.skip_batch()?;
            }
            Err(error) => {
                let known = matches!(&error, WatchError::Index(error) if error.is_damage());
                if known {
                    complain("with --skip-damaged, `dateline watch run` goes on behind what is damaged");
                }
                break Err(error.into());
            }
        }
    };
    telling.sync()?;
    let failed = told.finish();
    out.say(&format!("{count} match{} told", if count == 1 { "" } else { "es" }));
    result?;
    if failed > 0 {
        complain(&format!("{failed} of them failed and are in the file of --failed"));
        return Ok(Exit::Error);
    }
    Ok(if damaged {
        Exit::Damaged
    } else if count > 0 {
        Exit::Found
    } else {
        Exit::None
    })
}

/// A match as it is told.
fn line(matched: &Match) -> serde_json::Value {
    let Match { number, watch, query, stored, highlights } = matched;
    json::watched(watch, query, Some(number), &hit(stored, highlights.clone()))
}

fn hit(stored: &Stored, highlights: Highlights) -> Hit {
    Hit {
        score: 0.0,
        article: stored.article.clone(),
        mentions: Vec::new(),
        highlights,
        explanation: None,
        copy_of: stored.copy_of.clone(),
        story: None,
        copies: Copies::default(),
    }
}

/// Asks the watches of what the index holds.
fn search(global: &Global, args: &RunArgs, out: &mut Out) -> Result<Exit, Failure> {
    let list = WatchList::read(&global.index)?;
    if let Some(name) = args.only.iter().find(|name| list.query(name).is_none()) {
        return Err(WatchError::Unknown(name.clone()).into());
    }
    let archive = Archive::open(&global.index)?;
    let since = match &args.since {
        None => None,
        Some(stated) => {
            let day = parse_interval(stated).ok_or_else(|| {
                Failure::message(format!("--since {stated}: not a date; write 2025, 2025-09 or 2025-09-01"))
            })?;
            Some(day.0)
        }
    };
    let page = PageRequest { group: Group::None, snippets: snippets(args), ..PageRequest::default() };
    let request = SearchRequest { page, since, until: None };
    let mut told = Told::open(args, out)?;
    let mut count = 0;
    for watch in list.iter().filter(|watch| args.only.is_empty() || args.only.contains(&watch.name)) {
        let plan = match archive.plan(&watch.query) {
            Ok(plan) => plan,
            Err(error) => {
                complain(&format!("watch {} is passed over: {error}", watch.name));
                continue;
            }
        };
        let hits = archive.stream_plan(&plan, &request);
        for hit in hits.map_err(|e| Failure::search(e, &watch.query))? {
            let hit = hit?;
            told.tell(&json::watched(&watch.name, &watch.query, None, &hit), &hit.article.id, false)?;
            count += 1;
        }
    }
    told.finish();
    Ok(if count > 0 { Exit::Found } else { Exit::None })
}

impl RunArgs {
    fn tries(&self) -> Tries {
        Tries { most: self.tries, time: Duration::from_secs(self.exec_timeout.into()) }
    }
}
