//! Bytes read as a file of one format, and what holds of every file: it is cut into records that lie where they are said to, the same ones
//! however its bytes come in, and each is read or refused with a reason that can be shown.

use std::io::{Cursor, Read};

use dateline::article::RawArticle;
use dateline::read::{Caps, Format, Input, Options, RawRecord, ReadError, Reject};

/// A seed as a file: a bar ends a line, so that a seed is one line of its list.
pub(crate) fn lines(seed: &[u8]) -> Vec<u8> {
    seed.iter().map(|byte| if *byte == b'|' { b'\n' } else { *byte }).collect()
}

/// Everything that is read of a file: the articles with their records. Panics where something does not hold.
pub(crate) fn articles(format: Option<Format>, file: &[u8]) -> Vec<(RawRecord, RawArticle)> {
    let options = options(format);
    let mut read = Vec::new();
    for record in records(format, file) {
        match record.and_then(|record| Ok((record.parse(&options)?, record))) {
            Ok((article, record)) => {
                let says = !article.title.trim().is_empty() || !article.body.trim().is_empty();
                assert!(says || (article.withdrawn && article.id.is_some()), "{article:?} says nothing");
                assert_eq!(article.origin, record.origin);
                leads_back(&record, &article);
                read.push((record, article));
            }
            Err(reject) => can_be_shown(&reject),
        }
    }
    read
}

/// The records of a file, cut from its bytes at once and from a few at a time.
pub(crate) fn records(format: Option<Format>, file: &[u8]) -> Vec<Result<RawRecord, Reject>> {
    let options = options(format);
    let read = |reader: Box<dyn Read + Send>| -> Vec<_> {
        Input::reader("made up", reader).records(&options).collect()
    };
    let records = read(Box::new(Cursor::new(file.to_vec())));
    assert!(!records.is_empty(), "nothing was read, and nothing said");
    if format.is_some() {
        let step = 1 + file.len() % 13;
        let again = read(Box::new(Drip { file: file.to_vec(), at: 0, step }));
        // How much of a damaged stream is good, its decoder says, and that hangs on what it is given at once.
        let whole = !is_packed(file) || records.iter().all(Result::is_ok);
        assert!(!whole || again == records, "{step} bytes at a time: {again:?}, and at once {records:?}");
    }
    records
}

/// A record of a file that is neither packed nor in another encoding has the very bytes that stand where it is said to.
pub(crate) fn stands_in(record: &RawRecord, file: &[u8]) {
    let from = usize::try_from(record.origin.offset).unwrap_or(usize::MAX);
    let there = file.get(from..).and_then(|rest| rest.get(..record.bytes.len()));
    assert_eq!(there, Some(&*record.bytes), "{}", record.origin);
}

/// Reads a file of XML whose records are elements of these `names`: they stand where they are said to, one behind the other.
pub(crate) fn elements(format: Format, file: &[u8], names: &[&str]) {
    let mut end = 0;
    for (record, article) in articles(Some(format), file) {
        let tag: Vec<u8> = record
            .bytes
            .iter()
            .skip(1)
            .take_while(|byte| !b" \t\n\r\x0c\x0b/>".contains(byte))
            .copied()
            .collect();
        let tag = String::from_utf8_lossy(&tag).to_lowercase();
        let name = tag.split_once(':').map_or(&*tag, |(_, name)| name);
        assert!(record.bytes.starts_with(b"<") && names.contains(&name), "{} is a {tag:?}", record.origin);
        assert!(!article.withdrawn || article.id.is_some(), "withdrawn, but nobody knows what");
        if is_plain(file) && !declares_encoding(file) {
            stands_in(&record, file);
            assert!(record.origin.offset >= end, "{} begins before {end}", record.origin);
            end = record.origin.offset + record.bytes.len() as u64;
        }
    }
}

/// Whether a file of XML may state an encoding, in which its bytes would be other characters.
fn declares_encoding(file: &[u8]) -> bool {
    file.windows(8).any(|bytes| bytes.eq_ignore_ascii_case(b"encoding"))
}

/// Whether a file is what its bytes say, neither packed nor in an encoding that its offsets would count anew.
pub(crate) fn is_plain(file: &[u8]) -> bool {
    file.is_ascii() && !is_packed(file)
}

/// Whether a file is packed, or an archive of files.
fn is_packed(file: &[u8]) -> bool {
    let magics: [&[u8]; 3] = [b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK"];
    magics.iter().any(|magic| file.starts_with(magic)) || file.get(257..262) == Some(b"ustar")
}

fn options(format: Option<Format>) -> Options {
    let caps = Caps { free: 1 << 18, total: 1 << 20, ..Caps::default() };
    Options { format, max_record: 1 << 16, caps, ..Options::default() }
}

fn can_be_shown(reject: &Reject) {
    assert_ne!(reject.reason, ReadError::Internal);
    let (shown, help) = (reject.to_string(), reject.reason.help());
    assert!(!shown.contains('\n') && shown.ends_with(help), "{shown:?}");
}

/// Texts of an article that stand in its record are found at bytes of it.
fn leads_back(record: &RawRecord, article: &RawArticle) {
    let first = article.body.lines().next().unwrap_or_default();
    for range in record.find(&[&article.title, first]).into_iter().flatten() {
        assert!(record.bytes.get(range.clone()).is_some_and(|bytes| !bytes.is_empty()), "{range:?}");
    }
}

/// A file whose bytes come in small steps, as through a pipe.
struct Drip {
    file: Vec<u8>,
    at: usize,
    step: usize,
}

impl Read for Drip {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let rest = self.file.get(self.at..).unwrap_or_default();
        let count = self.step.min(rest.len()).min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}
