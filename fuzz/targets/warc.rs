//! WARC: records begin where they say and hold an answer each, plain or packed one by one.

use dateline::read::Format;

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    // Packed records are binary, and a bar is one of their bytes.
    let packed = bytes.starts_with(b"\x1f\x8b");
    let file = if packed { bytes.to_vec() } else { file::lines(bytes) };
    let mut last = None;
    for (record, article) in file::articles(Some(Format::Warc), &file) {
        assert!(record.bytes.starts_with(b"WARC/"), "{} does not begin as one", record.origin);
        assert!(record.origin.offset < file.len() as u64, "{} is beyond the file", record.origin);
        assert!(last < Some(record.origin.record), "{} after {last:?}", record.origin);
        last = Some(record.origin.record);
        if file::is_plain(&file) {
            file::stands_in(&record, &file);
        }
        assert!(article.url.is_none_or(|url| url.starts_with("http")), "an address of another kind");
    }
}
