//! Processes that are watched: what they say, line by line, with a limit to the time in which they say it.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A line that this program says to itself begins with it; the test harness has lines of its own.
const MARK: char = '@';

/// This program again, with one of its tests alone.
pub(crate) fn this(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]);
    command.env_remove("DATELINE_TRIALS").stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// The program, on an index.
pub(crate) fn program(index: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.env("DATELINE_INDEX", index).stdin(Stdio::null());
    command
}

/// Says something to the process that started this one, at once.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // If nobody listens any more, this process is about to be killed.
    let _ = writeln!(out, "\n{MARK}{line}").and_then(|()| out.flush());
}

/// A process whose lines are read as they come. Killed when dropped.
pub(crate) struct Watched {
    pub(crate) child: Child,
    lines: Receiver<String>,
}

/// Why there is no further line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// The process has ended.
    Ended,
    /// It took too long.
    Hung,
}

impl Watched {
    /// Starts a process of this program and listens to what it [`say`]s.
    pub(crate) fn this(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = lines(child.stdout.take().unwrap(), Some(MARK));
        Self { child, lines }
    }

    /// Starts any process and listens to its standard error.
    pub(crate) fn errors(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = lines(child.stderr.take().unwrap(), None);
        Self { child, lines }
    }

    /// Starts any process and listens to all that it says, in no order between its two voices.
    pub(crate) fn both(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let lines = lines(out.chain(err), None);
        Self { child, lines }
    }

    /// The next line.
    pub(crate) fn line(&self, limit: Duration) -> Result<String, Silence> {
        self.lines.recv_timeout(limit).map_err(|why| match why {
            RecvTimeoutError::Timeout => Silence::Hung,
            RecvTimeoutError::Disconnected => Silence::Ended,
        })
    }

    /// Kills it, and gives the lines that were said and not read. `None` if it ended by itself before.
    pub(crate) fn kill(mut self) -> (Vec<String>, Option<ExitStatus>) {
        let ended = self.child.try_wait().unwrap();
        let _ = self.child.kill(); // it may have ended at this moment
        let status = self.child.wait().unwrap();
        let rest = self.lines.iter().collect();
        (rest, ended.or_else(|| status.code().map(|_| status)))
    }

    /// Waits for it to end by itself; kills it after `limit`.
    pub(crate) fn end(mut self, limit: Duration) -> Result<(Vec<String>, ExitStatus), Silence> {
        let begun = Instant::now();
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(limit.saturating_sub(begun.elapsed())) {
                Ok(line) => said.push(line),
                Err(RecvTimeoutError::Disconnected) => return Ok((said, self.child.wait().unwrap())),
                Err(RecvTimeoutError::Timeout) => return Err(Silence::Hung),
            }
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads lines on a thread of their own, those with a mark alone if there is one, and without it.
fn lines(from: impl Read + Send + 'static, mark: Option<char>) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let line = match mark {
                Some(mark) => match line.strip_prefix(mark) {
                    Some(line) => line.to_owned(),
                    None => continue,
                },
                None => line,
            };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
