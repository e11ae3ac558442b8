//! A file of any format: told by its content, or the one that is named; archives and packed files too.

use dateline::read::Format;

use super::file;

/// Reads `bytes` as a file: its first byte chooses a format, a letter for each, anything else leaves it to be told. A bar ends a
/// line, so that a seed is one line.
pub(crate) fn holds(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&b' ', &[]));
    let chosen = first.checked_sub(b'a').and_then(|number| Format::ALL.get(usize::from(number)).copied());
    let text = file::lines(rest);
    let read = file::articles(chosen, &text);
    if chosen.is_some() && file::is_plain(&text) {
        // Records lie in order; what is packed or in another encoding has offsets of its own.
        assert!(read.is_sorted_by_key(|(record, _)| record.origin.offset));
    }
}
