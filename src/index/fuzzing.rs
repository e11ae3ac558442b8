//! The readers of stored records and posting streams, for the fuzz targets.

use super::outbox;
use super::stored::{self, Stored};
use super::stream::{Item, Items};

pub(crate) fn decode(record: &[u8]) -> Option<Stored> {
    let checksum = crc32fast::hash(record).to_le_bytes();
    stored::decode(&[&checksum, record].concat()).ok()
}

pub(crate) fn encode(stored: &Stored) -> Vec<u8> {
    let Stored { article, mentions, cleaning, .. } = stored;
    let document = stored::document(article, mentions, cleaning);
    let document = document.and_then(|document| stored::flag(&document, &article.run_together));
    document.ok().and_then(|document| Some(document.get(stored::HEAD + 4..)?.to_vec())).unwrap_or_default()
}

pub(crate) fn stream(bytes: &[u8]) -> (usize, usize) {
    let (mut items, mut length) = (0, 0);
    for item in Items::of(bytes) {
        items += 1;
        if let Item::Term { term, .. } = item {
            length += term.bytes.len();
        }
    }
    (items, length)
}

pub(crate) fn batch(records: &[&[u8]], table: &[u8]) -> Vec<u8> {
    outbox::of_parts(records, table)
}
