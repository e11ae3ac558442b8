//! What reads the index's own bytes, as plain functions for the fuzz targets. No part of the API: it is there only with the feature
//! `fuzzing`, and changes as it likes.

use std::path::Path;

use crate::index::{Stored, fuzzing as index};
use crate::ingest;
use crate::read::Input;

/// A stored record of these bytes behind a true checksum; `None` if they are none.
pub fn decode(record: &[u8]) -> Option<Stored> {
    index::decode(record)
}

/// The bytes of a stored record, without its checksum.
pub fn encode(stored: &Stored) -> Vec<u8> {
    index::encode(stored)
}

/// How many items a posting stream of these bytes has, and how many bytes their terms.
pub fn stream(bytes: &[u8]) -> (usize, usize) {
    index::stream(bytes)
}

/// A batch of matches of these records of articles and this table, behind true checksums.
pub fn batch(records: &[&[u8]], table: &[u8]) -> Vec<u8> {
    index::batch(records, table)
}

/// Whether a run over inputs of these names would go on in the index at `folder`; the error says why it could not.
pub fn resumes(folder: &Path, names: &[&str]) -> Result<bool, String> {
    let inputs: Vec<Input> = names.iter().map(|name| Input::reader(name, &[][..])).collect();
    ingest::resumes(folder, &inputs).map_err(|e| e.to_string())
}
