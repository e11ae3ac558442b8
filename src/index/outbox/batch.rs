//! A batch: the articles of one commit that watches matched, and which.
//!
//! The file begins with the letters `DLWM` and a version. Each article is a *frame*: the length and the CRC-32 of what follows, packed with
//! zstd. The last frame is the *table*: the watches by number, with their queries, and which articles came again before the commit was
//! made, and so never were. Behind it stands where it begins. The file has another name until it is whole.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::disk::hook::{self, Op};
use super::super::disk::small;
use super::super::{Added, IndexError, Stored, stored};
use super::{FOLDER, damaged, folder, make_folder};

const MAGIC: &[u8; 5] = b"DLWM\x01";
/// The longest frame that is read, and what it may unpack to.
const LONGEST: usize = 256 << 20;
/// How hard articles are packed.
const LEVEL: i32 = 1;
/// What the name of a batch ends with.
const KIND: &str = ".matches";

/// The name of a batch.
pub(super) fn name(number: u64) -> String {
    format!("{number:08}{KIND}")
}

/// The number of the batch with a name.
pub(super) fn number_of(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(KIND).filter(|digits| digits.len() >= 8)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Whether a file is a batch that was not finished.
pub(super) fn is_partial(name: &str) -> bool {
    let inner = name.strip_prefix('.').and_then(|name| name.strip_suffix(".tmp"));
    inner.is_some_and(|name| number_of(name).is_some())
}

/// What stands behind the articles of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The watches: names and queries, by the numbers that articles name them by.
    pub watches: Vec<(String, String)>,
    /// Articles.
    pub articles: u32,
    /// Those of them, by number and in order, that were replaced or taken out before the commit.
    pub dropped: Vec<u32>,
    /// Matches of the others.
    pub matches: u64,
}

/// An article that watches matched.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// The numbers of the watches.
    pub watches: Vec<u32>,
    /// The article.
    pub stored: Stored,
}

#[derive(Serialize, Deserialize)]
struct Record<'a> {
    watches: Vec<u32>,
    copy_of: Option<&'a str>,
    article: &'a [u8],
}

/// Writes a batch.
pub struct BatchWriter {
    folder: PathBuf,
    number: u64,
    path: PathBuf,
    file: BufWriter<Hooked>,
    packer: zstd::bulk::Compressor<'static>,
    at: u64,
    articles: u32,
}

impl std::fmt::Debug for BatchWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BatchWriter").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A file whose writing may be made to fail.
struct Hooked(PathBuf, File);

impl io::Write for Hooked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        hook::write(&self.0, bytes, &mut self.1)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl BatchWriter {
    /// Begins the batch of a number.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that is not possible.
    pub fn begin(index: &Path, number: u64) -> Result<Self, IndexError> {
        let folder = make_folder(index)?;
        let path = folder.join(small::beside(&name(number)));
        let failed = |e| IndexError::io(format!("writing {}", path.display()), e);
        let file = hook::step(Op::Create, &path, || File::create(&path)).map_err(failed)?;
        let mut file = BufWriter::with_capacity(1 << 16, Hooked(path.clone(), file));
        file.write_all(MAGIC).map_err(failed)?;
        let packer = zstd::bulk::Compressor::new(LEVEL).map_err(failed)?;
        Ok(Self { folder, number, path, file, packer, at: MAGIC.len() as u64, articles: 0 })
    }

    /// Puts an article in; its number.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that is not possible.
    pub fn push(&mut self, watches: Vec<u32>, added: &Added) -> Result<u32, IndexError> {
        let article = added.record()?;
        let record = Record { watches, copy_of: added.copy_of.as_deref(), article: &article };
        let bytes = postcard::to_stdvec(&record).map_err(|e| IndexError::Engine(e.to_string()))?;
        self.frame(&bytes)?;
        self.articles += 1;
        Ok(self.articles - 1)
    }

    fn frame(&mut self, bytes: &[u8]) -> Result<(), IndexError> {
        let failed = |e| IndexError::io(format!("writing {}", self.path.display()), e);
        let packed = self.packer.compress(bytes).map_err(failed)?;
        let length = u32::try_from(packed.len()).map_err(|_| failed(io::ErrorKind::FileTooLarge.into()))?;
        for part in [&length.to_le_bytes()[..], &crc32fast::hash(&packed).to_le_bytes(), &packed] {
            self.file.write_all(part).map_err(failed)?;
        }
        self.at += 8 + u64::from(length);
        Ok(())
    }

    /// Makes the batch whole and durable; `table` says what is to be known of its articles, whose number is filled in.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that is not possible.
    pub fn finish(mut self, table: Table) -> Result<(), IndexError> {
        let table = Table { articles: self.articles, ..table };
        let at = self.at;
        self.frame(&postcard::to_stdvec(&table).map_err(|e| IndexError::Engine(e.to_string()))?)?;
        let Self { folder, number, path, mut file, .. } = self;
        let failed = |e| IndexError::io(format!("writing {}", path.display()), e);
        file.write_all(&at.to_le_bytes()).map_err(failed)?;
        file.flush().map_err(failed)?;
        hook::step(Op::Sync, &path, || file.get_ref().1.sync_all()).map_err(failed)?;
        let to = folder.join(name(number));
        hook::step(Op::Rename, &to, || std::fs::rename(&path, &to)).map_err(failed)?;
        small::sync_directory(&folder)
    }
}

/// A batch of these bytes, behind true checksums: those of its articles' records, and of its table.
#[cfg(feature = "fuzzing")]
pub(in crate::index) fn of_parts(records: &[&[u8]], table: &[u8]) -> Vec<u8> {
    let mut batch = MAGIC.to_vec();
    let mut at = 0;
    for part in records.iter().chain([&table]) {
        at = batch.len() as u64;
        let packed = zstd::bulk::compress(part, LEVEL).unwrap_or_default();
        batch.extend(u32::try_from(packed.len()).unwrap_or(u32::MAX).to_le_bytes());
        batch.extend(crc32fast::hash(&packed).to_le_bytes());
        batch.extend(packed);
    }
    batch.extend(at.to_le_bytes());
    batch
}

/// Takes the batch of a number away, durably.
///
/// # Errors
/// [`IndexError::Io`] if that is not possible.
pub(super) fn remove(index: &Path, number: u64) -> Result<(), IndexError> {
    small::remove(&folder(index), &name(number))
}

/// Reads a batch.
#[derive(Debug)]
pub struct BatchReader {
    index: PathBuf,
    name: String,
    file: io::BufReader<File>,
    /// What stands behind the articles.
    pub table: Table,
    /// The next article's number.
    next: u32,
}

impl BatchReader {
    /// Opens the batch of a number; `None` if there is none.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if it is not as it was written, [`IndexError::Io`] if it cannot be read.
    pub fn open(index: &Path, number: u64) -> Result<Option<Self>, IndexError> {
        let name = name(number);
        let path = folder(index).join(&name);
        let failed = |e| IndexError::io(format!("reading {}", path.display()), e);
        let file = match hook::step(Op::Open, &path, || File::open(&path)) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(failed(e)),
        };
        let length = file.metadata().map_err(failed)?.len();
        let mut reader = Self {
            index: index.to_owned(),
            name,
            file: io::BufReader::with_capacity(1 << 16, file),
            table: Table::default(),
            next: 0,
        };
        let mut magic = [0; MAGIC.len()];
        let mut at = [0; 8];
        let tail = length.checked_sub(8).filter(|at| *at >= MAGIC.len() as u64);
        let tail = tail.ok_or_else(|| reader.spoilt())?;
        reader.file.read_exact(&mut magic).map_err(failed)?;
        reader.file.seek(SeekFrom::Start(tail)).map_err(failed)?;
        reader.file.read_exact(&mut at).map_err(failed)?;
        let at = u64::from_le_bytes(at);
        if magic != *MAGIC || at < MAGIC.len() as u64 || at >= tail {
            return Err(reader.spoilt());
        }
        reader.file.seek(SeekFrom::Start(at)).map_err(failed)?;
        let table = reader.frame()?;
        let end = reader.file.stream_position().map_err(failed)?;
        reader.table =
            postcard::from_bytes(&table).ok().filter(|_| end == tail).ok_or_else(|| reader.spoilt())?;
        reader.file.seek(SeekFrom::Start(MAGIC.len() as u64)).map_err(failed)?;
        Ok(Some(reader))
    }

    fn spoilt(&self) -> IndexError {
        damaged(&self.index, format!("{FOLDER}/{} is not as it was written", self.name))
    }

    fn frame(&mut self) -> Result<Vec<u8>, IndexError> {
        let mut head = [0; 8];
        self.file.read_exact(&mut head).map_err(|_| self.spoilt())?;
        let number = |at: usize| {
            let bytes = head.get(at..).and_then(<[u8]>::first_chunk);
            bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
        };
        let (length, checksum) = (number(0) as usize, number(4));
        let mut packed = Vec::new();
        let read = self.file.by_ref().take(length.min(LONGEST) as u64).read_to_end(&mut packed);
        read.map_err(|_| self.spoilt())?;
        if packed.len() != length || crc32fast::hash(&packed) != checksum {
            return Err(self.spoilt());
        }
        let unpacked = zstd::stream::read::Decoder::new(&packed[..]).and_then(|unpacker| {
            let mut bytes = Vec::new();
            unpacker.take(LONGEST as u64).read_to_end(&mut bytes).map(|_| bytes)
        });
        unpacked.map_err(|_| self.spoilt())
    }

    /// The next article; `None` after the last. Those that were dropped have no watches.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if it is not as it was written.
    pub fn next_article(&mut self) -> Result<Option<Matched>, IndexError> {
        if self.next >= self.table.articles {
            return Ok(None);
        }
        let bytes = self.frame()?;
        let Record { watches, copy_of, article } = postcard::from_bytes(&bytes).map_err(|_| self.spoilt())?;
        let known = stored::decode(article).map_err(|_| self.spoilt())?;
        let dropped = self.table.dropped.binary_search(&self.next).is_ok();
        self.next += 1;
        let stored = Stored { copy_of: copy_of.map(str::to_owned), ..known };
        Ok(Some(Matched { watches: if dropped { Vec::new() } else { watches }, stored }))
    }

    /// Gives each article.
    ///
    /// # Errors
    /// As [`BatchReader::next_article`].
    pub fn each(&mut self, mut give: impl FnMut(Matched)) -> Result<(), IndexError> {
        while let Some(article) = self.next_article()? {
            give(article);
        }
        Ok(())
    }
}
