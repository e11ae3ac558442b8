//! The files that are scored: their names and their lines.

use std::error::Error;
use std::path::Path;

use dateline::article::Origin;
use dateline::read::{self, inputs};
use serde::de::DeserializeOwned;

/// What a set is called: its file's name up to the first full stop.
pub(crate) fn name(path: &Path) -> &str {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    name.split('.').next().unwrap_or(name)
}

/// Calls `each` with every line of the file or folder `path`, packed or not, read as a `T`.
///
/// # Errors
/// At the first line that is none, and if there is no such file.
pub(crate) fn each_line<T: DeserializeOwned>(
    path: &Path,
    mut each: impl FnMut(Origin, T),
) -> Result<(), Box<dyn Error>> {
    let (files, rejects) = inputs(&[path.to_owned()]);
    if let Some(reject) = rejects.into_iter().next() {
        return Err(reject.to_string().into());
    }
    for record in files.iter().flat_map(|file| file.records(&read::Options::default())) {
        let record = record.map_err(|reject| reject.to_string())?;
        let line = serde_json::from_slice(&record.bytes);
        let line = line.map_err(|error| format!("{}: {error}", record.origin))?;
        each(record.origin, line);
    }
    Ok(())
}
