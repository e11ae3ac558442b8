//! What a match is told to: standard output, a file, or a program.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::RunArgs;
use super::command::{self, Tries};
use crate::cli::exit::Failure;
use crate::cli::out::{Out, complain};

/// Tells matches.
pub(super) struct Told<'o> {
    out: &'o mut Out,
    to: To,
    /// Matches that the program failed for.
    failed: u64,
}

enum To {
    Lines,
    File(PathBuf, File),
    Program { command: Vec<String>, tries: Tries, failed: Option<(PathBuf, File)> },
}

/// The longest end of a file that is read to see which line is its last.
const LONGEST_LINE: u64 = 64 << 20;

fn at_the_end(path: &Path) -> Result<File, Failure> {
    let opened = File::options().create(true).append(true).read(true).open(path);
    opened.map_err(|e| Failure::message(format!("{}: {e}", path.display())))
}

impl<'o> Told<'o> {
    pub(super) fn open(args: &RunArgs, out: &'o mut Out) -> Result<Self, Failure> {
        let to = if let Some(path) = &args.output {
            To::File(path.clone(), at_the_end(path)?)
        } else if args.exec.is_empty() {
            To::Lines
        } else {
            let failed =
                args.failed.as_deref().map(|path| at_the_end(path).map(|file| (path.to_owned(), file)));
            To::Program { command: args.exec.clone(), tries: args.tries(), failed: failed.transpose()? }
        };
        Ok(Self { out, to, failed: 0 })
    }

    /// Tells a match; when this has returned, it has gone out. The first one of a run may be in the file already, where a run was killed
    /// before it could keep that it was told.
    pub(super) fn tell(&mut self, line: &Value, number: &str, first: bool) -> Result<(), Failure> {
        match &mut self.to {
            To::Lines => {
                self.out.json(line)?;
                Ok(self.out.flush()?)
            }
            To::File(path, file) => {
                let bytes = format!("{line}\n").into_bytes();
                let failed = |e: io::Error| Failure::message(format!("{}: {e}", path.display()));
                if first && settle(file, &bytes).map_err(failed)? {
                    return Ok(());
                }
                file.write_all(&bytes).map_err(failed)
            }
            To::Program { command, tries, failed } => {
                let bytes = format!("{line}\n").into_bytes();
                let Err(why) = command::run(command, &bytes, *tries) else { return Ok(()) };
                let said = format!("match {number} of watch {}: {why}", line["watch"].as_str().unwrap_or(""));
                let Some((path, file)) = failed else {
                    return Err(Failure::message(format!("{said}; the next run begins with it")));
                };
                complain(&said);
                self.failed += 1;
                let kept = file.write_all(&bytes).and_then(|()| file.sync_data());
                kept.map_err(|e| Failure::message(format!("{}: {e}", path.display())))
            }
        }
    }

    /// How many the program failed for.
    pub(super) fn finish(self) -> u64 {
        if let To::File(_, file) = &self.to {
            let _ = file.sync_data(); // it is what the system keeps anyway
        }
        self.failed
    }
}

/// Whether a line is the last of a file already. A line that was cut off, which is the beginning of this one, is taken away.
fn settle(file: &mut File, line: &[u8]) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub((line.len() as u64).min(LONGEST_LINE));
    file.seek(SeekFrom::Start(from))?;
    let mut end = Vec::new();
    file.take(LONGEST_LINE).read_to_end(&mut end)?;
    if end == line {
        return Ok(true);
    }
    let last = end.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    if !last.is_empty() && line.starts_with(last) {
        file.set_len(length - last.len() as u64)?;
    }
    Ok(false)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_told_is_seen_and_one_that_was_cut_off_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut file = at_the_end(&path).unwrap();
        assert!(!settle(&mut file, b"{\"match\":1}\n").unwrap());
        file.write_all(b"{\"match\":1}\n").unwrap();
        assert!(settle(&mut file, b"{\"match\":1}\n").unwrap());
        assert!(!settle(&mut file, b"{\"match\":2}\n").unwrap());
        file.write_all(b"{\"mat").unwrap();
        assert!(!settle(&mut file, b"{\"match\":2}\n").unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"{\"match\":1}\n");
        file.write_all(b"what others wrote").unwrap();
        assert!(!settle(&mut file, b"{\"match\":2}\n").unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"{\"match\":1}\nwhat others wrote");
    }
}
