//! Parquet: rows are objects, and what a file says of itself is never believed further than its bytes go.

use dateline::read::{Format, ReadError};

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    for record in file::records(Some(Format::Parquet), bytes) {
        let Ok(record) = record else { continue };
        let row: serde_json::Value = serde_json::from_slice(&record.bytes).unwrap_or_default();
        assert!(row.is_object(), "{:?} is no object", String::from_utf8_lossy(&record.bytes));
        match record.parse(&dateline::read::Options::default()) {
            Ok(_) => {}
            Err(reject) => {
                let own = matches!(
                    reject.reason,
                    ReadError::Json { .. } | ReadError::Truncated { .. } | ReadError::LoneSurrogate { .. }
                );
                assert!(!own, "a row was written that cannot be read: {reject}");
            }
        }
    }
    file::articles(Some(Format::Parquet), bytes);
}
