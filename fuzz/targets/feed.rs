//! Feeds: RSS and Atom, an item each.

use dateline::read::Format;

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    let text = file::lines(bytes);
    file::elements(Format::Feed, &text, &["item", "entry"]);
}
