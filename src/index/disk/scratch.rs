//! Files without a name, for what does not fit into memory; gone when nobody has them open any more.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::hook::{self, Op};

/// A file without a name.
#[derive(Debug)]
pub(in crate::index) struct Scratch {
    file: File,
    /// The directory that it is in.
    directory: PathBuf,
}

impl Scratch {
    /// An empty file in `directory`.
    pub(in crate::index) fn new(directory: &Path) -> io::Result<Self> {
        let file = hook::step(Op::Create, directory, || tempfile::tempfile_in(directory))?;
        Ok(Self { file, directory: directory.to_owned() })
    }
}

impl Read for Scratch {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        hook::step(Op::Read, &self.directory, || self.file.read(out))
    }
}

impl Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        hook::write(&self.directory, bytes, &mut self.file)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Scratch {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
