//! JSON lines: each line is a record with its number, and is read as the object that it is.

use dateline::read::Format;

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    let text = file::lines(bytes);
    let read = file::articles(Some(Format::Jsonl), &text);
    if file::is_plain(&text) {
        for (record, _) in read {
            file::stands_in(&record, &text);
            let before = usize::try_from(record.origin.offset).ok().and_then(|offset| text.get(..offset));
            let lines = before.unwrap_or_default().split(|byte| *byte == b'\n').count();
            assert_eq!(record.origin.record, lines as u64);
            assert!(!record.bytes.contains(&b'\n'), "{}", record.origin);
        }
    }
}
