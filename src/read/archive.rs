//! Archives: each file in them is an input of its own, called `archive.zip!folder/file.html`.
//!
//! A tar is read as a stream. A zip says at its end where its files lie, so it is read from a file, or from memory. Files
//! are given one after another, unpacked as they are read; archives within archives are refused.

use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::ReadError;
use super::decode::{Caps, Stream};

/// Longest name of a file in an archive.
const NAME: usize = 4_096;
/// A block of a tar.
const BLOCK: usize = 512;

/// A file in an archive, or why it cannot be read.
pub(super) struct Member {
    /// Its path in the archive.
    pub(super) name: String,
    pub(super) reader: Result<Box<dyn Read + Send>, ReadError>,
}

/// The files of an archive, in order.
pub(super) enum Members {
    Tar(Tar),
    Zip(Zip),
}

impl Iterator for Members {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        loop {
            let member = match self {
                Self::Tar(tar) => tar.next()?,
                Self::Zip(zip) => zip.next()?,
            };
            let hidden = member.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if !hidden || member.reader.is_err() {
                return Some(member);
            }
        }
    }
}

/// A tar, and how much is left of the file that is being read.
pub(super) struct Tar {
    stream: Arc<Mutex<Stream>>,
    left: Arc<AtomicU64>,
    padding: u64,
    done: bool,
}

impl Tar {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream: Arc::new(Mutex::new(stream)), left: Arc::default(), padding: 0, done: false }
    }

    fn next(&mut self) -> Option<Member> {
        if self.done {
            return None;
        }
        match self.header() {
            Ok(Some((name, size))) => {
                self.left.store(size, Ordering::Relaxed);
                self.padding = size.next_multiple_of(BLOCK as u64) - size;
                let (stream, left) = (self.stream.clone(), self.left.clone());
                Some(Member { name, reader: Ok(Box::new(Part { stream, left })) })
            }
            Ok(None) => {
                self.done = true;
                None
            }
            Err(reason) => {
                self.done = true;
                Some(Member { name: String::new(), reader: Err(reason) })
            }
        }
    }

    /// The name and size of the next file; folders, links and the like are passed over.
    fn header(&mut self) -> Result<Option<(String, u64)>, ReadError> {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let left = self.left.swap(0, Ordering::Relaxed) + self.padding;
        skip(&mut stream, left)?;
        self.padding = 0;
        let (mut long, mut size) = (None, None);
        loop {
            let mut block = [0u8; BLOCK];
            let got = fill(&mut stream, &mut block)?;
            if got == 0 || block.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            let damaged = |length| ReadError::Damaged { what: "a tar with a broken header", length };
            if got < BLOCK {
                return Err(damaged(got as u64));
            }
            let header = tar::Header::from_byte_slice(&block);
            let sum: u32 = block
                .iter()
                .enumerate()
                .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
                .sum();
            if header.cksum().ok() != Some(sum) {
                return Err(damaged(BLOCK as u64));
            }
            let stated = header.entry_size().map_err(|_| damaged(BLOCK as u64))?;
            let kind = header.entry_type();
            if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
                let mut text = vec![0; usize::try_from(stated.min(1 << 20)).unwrap_or(0)];
                fill(&mut stream, &mut text)?;
                skip(
                    &mut stream,
                    stated - text.len() as u64 + stated.next_multiple_of(BLOCK as u64) - stated,
                )?;
                if kind.is_gnu_longname() {
                    long = Some(String::from_utf8_lossy(&text).trim_end_matches('\0').to_owned());
                } else {
                    for extension in tar::PaxExtensions::new(&text).flatten() {
                        match (extension.key(), extension.value()) {
                            (Ok("path"), Ok(path)) => long = Some(path.to_owned()),
                            (Ok("size"), Ok(number)) => size = number.parse().ok(),
                            _ => {}
                        }
                    }
                }
                continue;
            }
            let length = size.take().unwrap_or(stated);
            let name =
                long.take().unwrap_or_else(|| String::from_utf8_lossy(&header.path_bytes()).into_owned());
            if kind.is_file() || kind.is_contiguous() {
                return Ok(Some((name.chars().take(NAME).collect(), length)));
            }
            let bytes = if kind.is_dir() || kind.is_hard_link() || kind.is_symlink() { 0 } else { length };
            skip(
                &mut stream,
                bytes.checked_next_multiple_of(BLOCK as u64).ok_or_else(|| damaged(BLOCK as u64))?,
            )?;
        }
    }
}

/// Fills `out` as far as the stream goes.
fn fill(stream: &mut Stream, out: &mut [u8]) -> Result<usize, ReadError> {
    let mut got = 0;
    while let Some(rest) = out.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match stream.read(rest).map_err(|e| ReadError::io(&e))? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

fn skip(stream: &mut Stream, mut count: u64) -> Result<(), ReadError> {
    while count > 0 {
        let ready = stream.fill_buf().map_err(|e| ReadError::io(&e))?.len();
        if ready == 0 {
            return Ok(());
        }
        let taken = ready.min(usize::try_from(count).unwrap_or(usize::MAX));
        stream.consume(taken);
        count -= taken as u64;
    }
    Ok(())
}

/// One file of a tar.
struct Part {
    stream: Arc<Mutex<Stream>>,
    left: Arc<AtomicU64>,
}

impl Read for Part {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        let length = out.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if length == 0 {
            return Ok(0);
        }
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let n = stream.read(out.get_mut(..length).unwrap_or(&mut []))?;
        if n == 0 {
            self.left.store(0, Ordering::Relaxed);
            let reason =
                ReadError::Damaged { what: "a file cut short with its tar; still to come", length: left };
            return Err(io::Error::other(reason));
        }
        self.left.store(left - n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Where a zip lies.
#[derive(Clone)]
pub(super) enum Place {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

impl Place {
    fn open(&self) -> Result<Box<dyn Seekable>, ReadError> {
        match self {
            Self::File(path) => {
                Ok(Box::new(io::BufReader::new(File::open(path).map_err(|e| ReadError::io(&e))?)))
            }
            Self::Memory(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
        }
    }
}

/// A zip, and which of its files comes next.
pub(super) struct Zip {
    place: Place,
    archive: ZipArchive<Box<dyn Seekable>>,
    next: usize,
    caps: Caps,
    size: u64,
    /// What all files have unpacked to.
    plain: Arc<AtomicU64>,
}

impl Zip {
    pub(super) fn new(place: Place, caps: Caps) -> Result<Self, ReadError> {
        let mut file = place.open()?;
        let size = file.seek(SeekFrom::End(0)).map_err(|e| ReadError::io(&e))?;
        let archive = ZipArchive::new(file).map_err(|e| ReadError::Corrupt {
            codec: "zip",
            offset: 0,
            message: e.to_string(),
        })?;
        Ok(Self { place, archive, next: 0, caps, size, plain: Arc::default() })
    }

    fn next(&mut self) -> Option<Member> {
        while self.next < self.archive.len() {
            let number = self.next;
            self.next += 1;
            match self.file(number) {
                Ok(None) => {}
                Ok(Some(member)) => return Some(member),
                Err(reason) => {
                    return Some(Member { name: format!("file {}", number + 1), reader: Err(reason) });
                }
            }
        }
        None
    }

    fn file(&mut self, number: usize) -> Result<Option<Member>, ReadError> {
        let corrupt = |message: String| ReadError::Corrupt { codec: "zip", offset: 0, message };
        let file = self.archive.by_index_raw(number).map_err(|e| corrupt(e.to_string()))?;
        if !file.is_file() {
            return Ok(None);
        }
        let name: String = file.name().map_err(|e| corrupt(e.to_string()))?.chars().take(NAME).collect();
        let start = file.data_start().ok_or_else(|| corrupt("a file without a place".to_owned()))?;
        let (packed, method, secret) = (file.compressed_size(), file.compression(), file.encrypted());
        drop(file);
        let inner = || -> Result<Box<dyn Read + Send>, ReadError> {
            if secret {
                return Err(ReadError::Unsupported { what: "an encrypted file" });
            }
            let mut file = self.place.open()?;
            file.seek(SeekFrom::Start(start)).map_err(|e| ReadError::io(&e))?;
            let part = file.take(packed);
            match method {
                CompressionMethod::Stored => Ok(Box::new(part)),
                CompressionMethod::Deflated => Ok(Box::new(DeflateDecoder::new(part))),
                _ => Err(ReadError::Unsupported { what: "packed in an unusual way" }),
            }
        };
        let limit = self.size.saturating_mul(self.caps.ratio).max(self.caps.free).min(self.caps.total);
        let (plain, size) = (self.plain.clone(), self.size);
        let reader =
            inner().map(|inner| Box::new(Watched { inner, plain, limit, size }) as Box<dyn Read + Send>);
        Ok(Some(Member { name, reader }))
    }
}

/// Watches over what the files of a zip unpack to, all together: they may share their packed bytes.
struct Watched {
    inner: Box<dyn Read + Send>,
    plain: Arc<AtomicU64>,
    limit: u64,
    size: u64,
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.plain.load(Ordering::Relaxed) > self.limit {
            return Err(io::Error::other(ReadError::TooMuch { limit: self.limit, packed: self.size }));
        }
        match self.inner.read(out) {
            Ok(n) => {
                self.plain.fetch_add(n as u64, Ordering::Relaxed);
                Ok(n)
            }
            Err(e) if e.raw_os_error().is_some() || e.kind() == io::ErrorKind::Interrupted => Err(e),
            Err(e) => {
                let offset = self.plain.load(Ordering::Relaxed);
                Err(io::Error::other(ReadError::Corrupt { codec: "zip", offset, message: e.to_string() }))
            }
        }
    }
}
