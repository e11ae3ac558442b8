//! Pages: one record, which is the file, and one article of it at most. Its texts hold no tag that the page does not show.

use dateline::read::Format;

use super::file;

pub(crate) fn holds(bytes: &[u8]) {
    let read = file::articles(Some(Format::Html), bytes);
    assert!(read.len() <= 1, "{} articles on a page", read.len());
    for (record, article) in read {
        if file::is_plain(bytes) {
            file::stands_in(&record, bytes);
            assert_eq!(record.bytes.len(), bytes.len());
        }
        assert!(!article.withdrawn, "a page withdraws nothing");
        assert!(!article.title.contains('\n'), "{:?} is more than a line", article.title);
        // What is shown comes from the page: a text of letters is no longer than all that the page holds, each paragraph apart.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let most = 8 * bytes.len();
        assert!(letters(&article.body) <= most, "{} bytes became {}", bytes.len(), article.body.len());
    }
}
