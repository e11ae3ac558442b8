//! The command line: flags ([`args`]), one file a group of commands, exit codes ([`exit`]), what is told of a defect ([`fault`]).
//!
//! Only this room reads flags and the environment, and only [`out`] prints. A command opens what it needs, asks one of the
//! halls, and gives the answer to `render`.

mod args;
mod bench;
mod demo;
mod exit;
mod explain;
mod facets;
mod fault;
mod help;
mod index;
mod inspect;
mod keep;
mod manage;
mod out;
mod progress;
mod raw;
mod sample;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod story;
mod timeline;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Cli, Command, ExplainArgs, OutputFormat};
use exit::{Exit, Failure};
use out::{Out, complain};

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; if they cannot be printed nobody is listening.
            let _ = error.print();
            return code(if error.use_stderr() { Exit::Error } else { Exit::Found });
        }
    };
    fault::keep_places();
    let mut out = Out::new(&cli.global);
    let result = fault::within(|| {
        let exit = command(&cli, &mut out)?;
        out.flush()?;
        Ok(exit)
    });
    let code = code(match result {
        Ok(exit) => exit,
        Err(failure) if failure.is_closed_pipe() => Exit::Found,
        Err(failure) => {
            tell(&failure);
            failure.exit()
        }
    });
    if let Some(place) = fault::place() {
        out.say(&format!(
            "note: a part of the work met an internal fault and was left out ({place}); please report it"
        ));
    }
    code
}

/// A directory for the time of one command.
fn scratch(name: &str) -> Result<Scratch, Failure> {
    let path = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
    std::fs::create_dir(&path).map_err(|e| Failure::message(format!("{}: {e}", path.display())))?;
    Ok(Scratch(path))
}

/// Removed with everything in it when dropped.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // what stays is in the system's folder for temporary things
    }
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}

fn tell(failure: &Failure) {
    match failure {
        Failure::Query(query, errors) => errors.iter().for_each(|error| complain(&error.render(query))),
        other => match fault::place().filter(|_| other.is_fault()) {
            Some(place) => complain(&format!("error: {other} ({place})")),
            None => complain(&format!("error: {other}")),
        },
    }
}

fn command(cli: &Cli, out: &mut Out) -> Result<Exit, Failure> {
    let global = &cli.global;
    let in_format = match global.format {
        OutputFormat::Csv => matches!(cli.command, Command::Facets(_) | Command::Timeline(_)),
        OutputFormat::Svg => matches!(cli.command, Command::Timeline(_)),
        OutputFormat::Text | OutputFormat::Json | OutputFormat::Jsonl => true,
    };
    if !in_format {
        return Err(Failure::message(
            "--format csv is for facets and timeline, svg for timeline; write text, json or jsonl",
        ));
    }
    match &cli.command {
        Command::Demo => demo::run(out),
        Command::Index(args) => index::run(global, args, out),
        Command::Search(args) => search::search(global, args, out),
        Command::Count(args) => search::count(global, args, out),
        Command::Facets(args) => facets::run(global, args, out),
        Command::Timeline(args) => timeline::run(global, args, out),
        Command::Story(args) => story::story(global, args, out),
        Command::Related(args) => story::related(global, args, out),
        Command::Explain(ExplainArgs { query, id: Some(id) }) if query == "story" => {
            story::explain(global, id, out)
        }
        Command::Explain(args) => explain::run(global, args, out),
        Command::Show(args) => manage::show(global, args, out),
        Command::Delete(args) => manage::delete(global, args, out),
        Command::Stats => manage::stats(global, out),
        Command::Check => keep::check_all(global, out),
        Command::Export(args) => keep::export(global, &args.query, out),
        Command::Watch { what } => watch::run(global, what, out),
        Command::Merge => keep::merge(global, out),
        Command::Backup(args) => keep::backup_to(global, &args.place, out),
        Command::Restore(args) => keep::restore_from(global, &args.place, out),
        Command::Migrate => keep::migrate_here(global, out),
        Command::Clean(args) => inspect::clean(global, args, out),
        Command::Extract(args) => inspect::extract(global, args, out),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(global, args),
        Command::Bench(args) => bench::run(args, out),
        Command::Help { topic } => help::run(topic.as_deref(), out),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "dateline", &mut script);
            out.text(&String::from_utf8_lossy(&script))?;
            Ok(Exit::Found)
        }
    }
}
