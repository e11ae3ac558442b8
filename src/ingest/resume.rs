//! `resume.json`: how far an interrupted run had come by its last commit, so that another can go on from there.
//!
//! It names an input by its place among those of the run, and how many of its records are done. That the inputs up to there are the same, by
//! name and size, is told by a fingerprint. It is written after each commit and removed when a run has come to its end.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::IngestError;
use crate::index::{IndexError, sidecar};
use crate::read::Input;
use crate::text::hex;

/// How far a run has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// The input that was being read, by number.
    pub(super) input: usize,
    /// How many of its records are done.
    pub(super) records: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    input: usize,
    records: u64,
    /// For people who look into the file.
    name: String,
    /// Of the inputs before it, and of its name.
    fingerprint: String,
}

/// Where a run over these inputs goes on; `None` if none was interrupted.
///
/// # Errors
/// [`IngestError::Resume`] if other inputs were being read.
pub(super) fn read(index: &Path, inputs: &[Input]) -> Result<Option<Spot>, IngestError> {
    let Some(bytes) = sidecar::read_resume(index)? else { return Ok(None) };
    let damaged = |e: serde_json::Error| IndexError::Damaged {
        path: index.to_owned(),
        what: format!("{}: {e}", sidecar::RESUME),
    };
    let Kept { input, records, name, fingerprint } = serde_json::from_slice(&bytes).map_err(damaged)?;
    if fingerprint_of(inputs, input).as_ref() != Some(&fingerprint) {
        return Err(IngestError::Resume { name });
    }
    Ok(Some(Spot { input, records }))
}

/// Whether a run over these inputs goes on where another was interrupted.
#[cfg(feature = "fuzzing")]
pub(crate) fn resumes(index: &Path, inputs: &[Input]) -> Result<bool, IngestError> {
    read(index, inputs).map(|spot| spot.is_some())
}

/// Keeps how far a run over these inputs has come.
pub(super) fn keep(index: &Path, inputs: &[Input], spot: Spot) -> Result<(), IndexError> {
    let (Some(fingerprint), Some(input)) = (fingerprint_of(inputs, spot.input), inputs.get(spot.input))
    else {
        return Ok(());
    };
    let name = input.name().to_owned();
    let kept = Kept { input: spot.input, records: spot.records, name, fingerprint };
    let bytes = serde_json::to_vec_pretty(&kept).map_err(|e| IndexError::Engine(e.to_string()))?;
    sidecar::keep_resume(index, Some(&bytes))
}

/// Of all inputs up to this one: their names, and the sizes of those before it, which may have been read to its end while it grew.
fn fingerprint_of(inputs: &[Input], last: usize) -> Option<String> {
    let mut digest = Sha256::new();
    let (before, here) = (inputs.get(..last)?, inputs.get(last)?);
    for input in before {
        digest.update(input.name().as_bytes());
        digest.update([0]);
        digest.update(input.size().to_le_bytes());
    }
    digest.update(here.name().as_bytes());
    Some(hex(digest.finalize().get(..16).unwrap_or_default()))
}
