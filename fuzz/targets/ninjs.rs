//! JSON documents, those of IPTC ninjs among them: one object, several, or an array of them.

use dateline::read::Format;

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    let text = file::lines(bytes);
    let mut end = 0;
    for (record, article) in file::articles(Some(Format::Json), &text) {
        if file::is_plain(&text) {
            file::stands_in(&record, &text);
            assert!(record.origin.offset >= end, "{} begins before {end}", record.origin);
            end = record.origin.offset + record.bytes.len() as u64;
        }
        let object = (record.bytes.first(), record.bytes.last());
        assert_eq!(object, (Some(&b'{'), Some(&b'}')), "what is no object was read");
        assert!(!article.withdrawn || article.id.is_some(), "withdrawn, but nobody knows what");
    }
}
