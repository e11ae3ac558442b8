//! `told`: how far matches have been told.
//!
//! A row of records of 20 bytes, the last of which stands: the number of a batch, how many of its matches are told, and a CRC-32. One is
//! put behind the others after each match, which outlives the process at once and a power cut when it is synced; a record that was cut off is
//! none. With the end of a batch the file is replaced by one record.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::super::IndexError;
use super::super::disk::hook::{self, Op};
use super::super::disk::small;
use super::{FOLDER, batch, damaged, folder, make_folder};

/// The file's name in the folder.
pub(super) const FILE: &str = "told";
const RECORD: usize = 20;
/// The largest file that is read: of a batch with very many matches.
const MOST_BYTES: u64 = 1 << 32;

/// A place among all matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of a batch.
    pub batch: u64,
    /// How many of its matches are told.
    pub matches: u64,
}

impl Place {
    fn record(self) -> [u8; RECORD] {
        let mut record = [0; RECORD];
        let (head, checksum) = record.split_at_mut(RECORD - 4);
        let (batch, matches) = head.split_at_mut(8);
        batch.copy_from_slice(&self.batch.to_le_bytes());
        matches.copy_from_slice(&self.matches.to_le_bytes());
        checksum.copy_from_slice(&crc32fast::hash(head).to_le_bytes());
        record
    }

    fn of_record(record: &[u8]) -> Option<Self> {
        let (batch, rest) = record.split_first_chunk::<8>()?;
        let (matches, _) = rest.split_first_chunk::<8>()?;
        let place = Self { batch: u64::from_le_bytes(*batch), matches: u64::from_le_bytes(*matches) };
        (place.record() == *record).then_some(place)
    }
}

/// How far matches have been told, kept while more are.
#[derive(Debug)]
pub struct Told {
    index: PathBuf,
    file: Option<File>,
    place: Place,
}

impl Told {
    /// How far they have been told; `None` if none has been.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if the file is not as it was written, [`IndexError::Io`] if it cannot be read.
    pub fn read(index: &Path) -> Result<Option<Place>, IndexError> {
        let Some(bytes) = small::read(&folder(index), FILE, MOST_BYTES)? else { return Ok(None) };
        let (records, _cut_off) = bytes.as_chunks::<RECORD>();
        let mut last = None;
        for record in records {
            let place = Place::of_record(record);
            if place.is_none() || place < last {
                let what = format!(
                    "{FOLDER}/{FILE} is not as it was written; without it all matches that wait are told again"
                );
                return Err(damaged(index, what));
            }
            last = place;
        }
        Ok(last)
    }

    /// Goes on where telling stopped.
    ///
    /// # Errors
    /// As [`Told::read`].
    pub fn open(index: &Path) -> Result<Self, IndexError> {
        let place = match Self::read(index)? {
            Some(place) => place,
            None => match super::batches(index).first() {
                Some(first) => Place { batch: *first, matches: 0 },
                None => Place { batch: super::last_committed(index)? + 1, matches: 0 },
            },
        };
        let mut told = Self { index: index.to_owned(), file: None, place };
        told.settle(place)?;
        // A process that was cut off may have told a batch to its end, and not taken it away.
        for number in super::batches(index).into_iter().filter(|number| *number < place.batch) {
            batch::remove(index, number)?;
        }
        Ok(told)
    }

    /// How far it has come.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Another match has been told.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that cannot be kept.
    pub fn one_more(&mut self) -> Result<(), IndexError> {
        let place = Place { matches: self.place.matches + 1, ..self.place };
        let path = folder(&self.index).join(FILE);
        let failed = |e| IndexError::io(format!("writing {}", path.display()), e);
        let Some(file) = &mut self.file else { return Err(failed(io::ErrorKind::NotFound.into())) };
        let record = place.record();
        let mut rest = &record[..];
        while !rest.is_empty() {
            let written = hook::write(&path, rest, file).map_err(failed)?;
            rest = rest.get(written..).unwrap_or_default();
        }
        self.place = place;
        Ok(())
    }

    /// Makes durable what has been kept so far.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that is not possible.
    pub fn sync(&mut self) -> Result<(), IndexError> {
        let path = folder(&self.index).join(FILE);
        let Some(file) = &self.file else { return Ok(()) };
        hook::step(Op::Sync, &path, || file.sync_data())
            .map_err(|e| IndexError::io(format!("writing {}", path.display()), e))
    }

    /// A batch is told to its end, and taken away if `remove`.
    ///
    /// # Errors
    /// [`IndexError::Io`] if that is not possible.
    pub fn end_of_batch(&mut self, remove: bool) -> Result<(), IndexError> {
        let number = self.place.batch;
        self.settle(Place { batch: number + 1, matches: 0 })?;
        if remove { batch::remove(&self.index, number) } else { Ok(()) }
    }

    /// Keeps a place, durably and alone, and is ready for those behind it.
    fn settle(&mut self, place: Place) -> Result<(), IndexError> {
        let folder = make_folder(&self.index)?;
        small::replace(&folder, FILE, &[&place.record()])?;
        let path = folder.join(FILE);
        let opened = hook::step(Op::Open, &path, || File::options().append(true).open(&path));
        self.file = Some(opened.map_err(|e| IndexError::io(format!("writing {}", path.display()), e))?);
        self.place = place;
        Ok(())
    }
}
