//! Runs a program for a match: what it is given is its standard input and nothing else, and no shell reads it.

use std::io::Write as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a program is started, and how long it may take each time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tries {
    pub(super) most: u32,
    pub(super) time: Duration,
}

/// The pause before a second try; it doubles.
const PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long it is between looks whether a program has ended; it doubles.
const LOOK: Duration = Duration::from_millis(1);
const LONGEST_LOOK: Duration = Duration::from_millis(50);

/// Runs a program with arguments until it succeeds; the error says why it did not the last time.
pub(super) fn run(command: &[String], input: &[u8], tries: Tries) -> Result<(), String> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let mut pause = PAUSE;
    let mut tried = 1;
    loop {
        let Err(why) = once(program, arguments, input, tries.time) else { return Ok(()) };
        if tried >= tries.most {
            let times = if tried == 1 { "once".to_owned() } else { format!("{tried} times") };
            return Err(format!("{program} was tried {times}: {why}"));
        }
        thread::sleep(pause);
        pause = (2 * pause).min(LONGEST_PAUSE);
        tried += 1;
    }
}

fn once(program: &str, arguments: &[String], input: &[u8], time: Duration) -> Result<(), String> {
    let started = Command::new(program).args(arguments).stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|e| format!("it cannot be started: {e}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program need not read what it is given, and what it started may hold its input open: nobody waits for this thread.
        let input = input.to_vec();
        thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
    }
    let status = wait(&mut child, time)?;
    if status.success() { Ok(()) } else { Err(format!("it ended with {status}")) }
}

/// Waits for a program, which is ended if it takes too long.
fn wait(child: &mut Child, time: Duration) -> Result<ExitStatus, String> {
    let until = Instant::now() + time;
    let mut look = LOOK;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() >= until => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it took longer than {} s", time.as_secs()));
            }
            Ok(None) => {
                thread::sleep(look);
                look = (2 * look).min(LONGEST_LOOK);
            }
            Err(e) => return Err(format!("it cannot be waited for: {e}")),
        }
    }
}
