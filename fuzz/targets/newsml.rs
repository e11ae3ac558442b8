//! `NewsML`: items of `NewsML-G2` and what is like them, in a message or alone.

use dateline::read::Format;

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    let text = file::lines(bytes);
    file::elements(Format::Newsml, &text, &["newsitem"]);
}
