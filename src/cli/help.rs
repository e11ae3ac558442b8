//! `dateline help`: of commands, and of the query language.

use clap::CommandFactory as _;

use super::args::Cli;
use super::exit::{Exit, Failure};
use super::out::Out;

/// The language page; its examples are run by a test.
const QUERY: &str = include_str!("../../docs/query-language.md");

pub(super) fn run(topic: Option<&str>, out: &mut Out) -> Result<Exit, Failure> {
    let mut cli = Cli::command();
    let text = match topic {
        None => cli.render_long_help().to_string(),
        Some("query") => QUERY.to_owned(),
        Some(name) => {
            let near = || Failure::message(format!("no command {name}; dateline help lists them"));
            let command = cli.find_subcommand_mut(name).ok_or_else(near)?;
            command.clone().bin_name(format!("dateline {name}")).render_long_help().to_string()
        }
    };
    out.text(&text)?;
    if !text.ends_with('\n') {
        out.text("\n")?;
    }
    Ok(Exit::Found)
}
