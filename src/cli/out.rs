//! Results to standard output, everything else to standard error.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::time::Duration;

use anstream::AutoStream;

use super::args::{ColorWhen, Global, OutputFormat};
use crate::query::Diagnostic;
use crate::render::{printable, terminal::Style};

/// Where a command writes to.
pub(super) struct Out {
    results: BufWriter<io::Stdout>,
    /// How results are printed.
    pub(super) format: OutputFormat,
    /// How text is set apart.
    pub(super) style: Style,
    quiet: bool,
    /// Whether more is said than usual.
    pub(super) verbose: bool,
}

impl Out {
    pub(super) fn new(global: &Global) -> Self {
        let colour = match global.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => {
                io::stdout().is_terminal()
                    && AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
        };
        Self {
            results: BufWriter::new(io::stdout()),
            format: global.format,
            style: if colour { Style::COLOUR } else { Style::PLAIN },
            quiet: global.quiet,
            verbose: global.verbose,
        }
    }

    /// Prints text as it is; it must be safe for a terminal already.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.results.write_all(text.as_bytes())
    }

    /// Prints a line of JSON.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        serde_json::to_writer(&mut self.results, value)?;
        self.results.write_all(b"\n")
    }

    /// Prints a whole JSON document, indented.
    pub(super) fn document(&mut self, value: &serde_json::Value) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.results, value)?;
        self.results.write_all(b"\n")
    }

    /// Sends on what has been printed so far.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.results.flush()
    }

    /// Says something to a person, unless asked to be quiet.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            complain(text);
        }
    }

    /// Says more, to those who asked for it.
    pub(super) fn detail(&self, text: impl FnOnce() -> String) {
        if self.verbose {
            complain(&text());
        }
    }

    /// Says how a query was read.
    pub(super) fn notes(&self, query: &str, notes: &[Diagnostic]) {
        for note in notes {
            self.say(&note.render(query));
        }
    }
}

/// Says what went wrong. If nobody can hear it there is nobody to tell.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", printable(text));
}

/// A time, for people.
pub(super) fn time(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// Whether standard error is a terminal, where a line can be drawn again.
pub(super) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}
