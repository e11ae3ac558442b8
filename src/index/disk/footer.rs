//! What the engine puts at the end of each of its files, before eight bytes: the length of this, and a number that never changes.

use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
struct Footer {
    crc: u32,
}

/// Whether a file of the engine's fits the checksum at its end.
pub(in crate::index) fn is_whole(path: &Path) -> io::Result<bool> {
    const MAGIC: u64 = 1337;
    const LONGEST: u64 = 4096;
    let mut file = std::fs::File::open(path)?;
    let len = file.metadata()?.len();
    let mut tail = [0; 8];
    if len < 8 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut tail)?;
    let tail = u64::from_le_bytes(tail);
    let (footer, magic) = (tail & u64::from(u32::MAX), tail >> 32);
    let Some(end) = len.checked_sub(8 + footer).filter(|_| magic == MAGIC && footer <= LONGEST) else {
        return Ok(false);
    };
    file.seek(SeekFrom::Start(end))?;
    let mut json = Vec::new();
    (&file).take(footer).read_to_end(&mut json)?;
    let Ok(Footer { crc }) = serde_json::from_slice(&json) else { return Ok(false) };
    file.seek(SeekFrom::Start(0))?;
    let (mut hasher, mut rest, mut piece) = (crc32fast::Hasher::new(), file.take(end), vec![0; 256 << 10]);
    loop {
        match rest.read(&mut piece) {
            Ok(0) => return Ok(hasher.finalize() == crc),
            Ok(read) => hasher.update(piece.get(..read).unwrap_or_default()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
