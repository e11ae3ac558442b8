//! Bytes to characters, where the encoding is stated, or has to be told from the bytes.
//!
//! A byte order mark decides; then bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever is stated, as nothing else
//! looks like it by chance; then what is stated counts (by the server, in the page, in the XML declaration); then what
//! the bytes look like.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes a statement in the file itself is looked for.
const HEAD: usize = 4096;

/// How many bytes the encoding is told from.
const SAMPLE: usize = 256 * 1024;

/// `bytes` as text; what no character stands for becomes U+FFFD. The byte order mark is no part of it.
///
/// `stated` is what was said about them outside the file, as in the header `Content-Type`; it goes before what the
/// file says about itself.
pub(super) fn decode<'b>(bytes: &'b [u8], stated: Option<&str>) -> Cow<'b, str> {
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or(&[]);
        return marked.decode_without_bom_handling(rest).0;
    }
    encoding(bytes, stated).decode_without_bom_handling(bytes).0
}

/// The encoding of `bytes`, which begin with no byte order mark.
pub(super) fn encoding(bytes: &[u8], stated: Option<&str>) -> &'static Encoding {
    let valid = std::str::from_utf8(bytes).map_or_else(|e| cut_short(bytes, e), |_| true);
    if valid && !bytes.is_ascii() {
        return UTF_8;
    }
    let label = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let own = || stated_inside(bytes).and_then(|name| label(&name)).map(readable);
    if let Some(found) = stated.and_then(label).or_else(own) {
        // UTF-8 that is not valid is believed where little of it is broken.
        if found != UTF_8 || valid || mostly_utf8(bytes) {
            return found;
        }
    }
    if valid || mostly_utf8(bytes) {
        return UTF_8;
    }
    detect(bytes)
}

/// The encoding that the bytes look like; never UTF-8.
pub(super) fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether all that is wrong is a last character cut in two, after others that are whole.
fn cut_short(bytes: &[u8], error: std::str::Utf8Error) -> bool {
    let whole = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
    error.error_len().is_none() && !whole.is_ascii()
}

/// Whether most of what is not ASCII are characters of UTF-8: a page put together from several sources.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 8 * bad
}

/// A page that says in ASCII that it is UTF-16 is not.
fn readable(found: &'static Encoding) -> &'static Encoding {
    if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found }
}

/// The label after `charset=` or `encoding=` near the start of `bytes`, within a tag or an XML declaration.
fn stated_inside(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let xml = head.starts_with(b"<?xml").then(|| head.split(|b| *b == b'>').next()).flatten();
    let from_xml = xml.and_then(|declared| after(declared, b"encoding"));
    from_xml.or_else(|| {
        let tags = memchr::memmem::find_iter(&head, b"<meta");
        tags.filter_map(|at| head.get(at..)?.split(|b| *b == b'>').next())
            .find_map(|tag| after(tag, b"charset"))
    })
}

fn after(tag: &[u8], key: &[u8]) -> Option<String> {
    let at = memchr::memmem::find(tag, key)? + key.len();
    let value = tag.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.+".contains(b));
    let name = value.get(..end.unwrap_or(value.len()))?;
    (!name.is_empty()).then(|| String::from_utf8_lossy(name).into_owned())
}

/// Turns a stream in another encoding into UTF-8, a piece at a time.
pub(super) struct Utf8<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    packed: Vec<u8>,
    ready: String,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf8<R> {
    /// The text of `inner`, without a byte order mark.
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { inner, decoder, packed: vec![0; 16 * 1024], ready: String::new(), given: 0, ended: false }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            let n = self.inner.read(&mut self.packed)?;
            self.ended = n == 0;
            let packed = self.packed.get(..n).unwrap_or(&[]);
            self.ready.clear();
            self.given = 0;
            let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * n + 16);
            self.ready.reserve(room);
            let _ = self.decoder.decode_to_string(packed, &mut self.ready, self.ended); // the room suffices
        }
        let rest = self.ready.as_bytes().get(self.given..).unwrap_or(&[]);
        let n = rest.len().min(out.len());
        if let (Some(out), Some(rest)) = (out.get_mut(..n), rest.get(..n)) {
            out.copy_from_slice(rest);
        }
        self.given += n;
        Ok(n)
    }
}

/// The encoding that a stream beginning with `head` must be turned from before it can be cut; `None` where bytes of ASCII are
/// characters of ASCII and nothing else is needed.
pub(super) fn foreign(head: &[u8]) -> Option<&'static Encoding> {
    let found = Encoding::for_bom(head).map_or_else(|| encoding(head, None), |(marked, _)| marked);
    (found != UTF_8).then_some(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn utf_8_is_read_as_such_whatever_is_stated(text in "\\PC{0,40}é\\PC{0,40}", stated in "(utf-8|iso-8859-1|shift_jis|x)?") {
            prop_assert_eq!(decode(text.as_bytes(), Some(&stated)), text.as_str());
        }

        #[test]
        fn any_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..300), stated in "(utf-8|gbk|euc-kr|iso-2022-jp)?") {
            let _ = decode(&bytes, Some(&stated));
        }
    }

    #[test]
    fn what_is_stated_goes_before_what_the_bytes_look_like() {
        assert_eq!(decode(b"caf\xe9", Some("iso-8859-1")), "café");
        assert_eq!(decode(b"<meta charset='iso-8859-2'>\xb1", None), "<meta charset='iso-8859-2'>ą");
        let page = b"<META http-equiv=Content-Type content=\"text/html; charset=windows-1251\">\xcc\xe8\xf0";
        assert!(decode(page, None).ends_with("Мир"));
        assert!(decode(page, Some("windows-1252")).ends_with("Ìèð"), "the server goes before the page");
        let feed = b"<?xml version='1.0' encoding = 'iso-8859-1'?><t>\xe9</t>";
        assert!(decode(feed, None).contains("é"));
    }

    #[test]
    fn what_is_not_stated_is_told_from_the_bytes() {
        let (bytes, _, _) = SHIFT_JIS.encode("東京で大きな地震があり、少なくとも百人が負傷した。");
        assert_eq!(encoding(&bytes, None), SHIFT_JIS);
        let (bytes, _, _) = WINDOWS_1252.encode("“Le café fermé”, dit-il, rouvrira l’été à Besançon.");
        assert_eq!(encoding(&bytes, Some("utf-8")), WINDOWS_1252);
    }

    #[test]
    fn a_stream_is_turned_as_a_whole_text_is() {
        for (encoding, bytes) in
            [(SHIFT_JIS, SHIFT_JIS.encode(&"東京 ".repeat(9000)).0), (UTF_16LE, b"\xff\xfea\0\xe9\0".into())]
        {
            let mut text = String::new();
            Utf8::new(&*bytes, encoding).read_to_string(&mut text).unwrap();
            assert_eq!(text, encoding.decode_with_bom_removal(&bytes).0);
        }
    }

    #[test]
    fn marks_decide_and_go() {
        assert_eq!(decode(b"\xef\xbb\xbfcaf\xc3\xa9", Some("iso-8859-1")), "café");
        assert_eq!(decode(b"\xff\xfec\0a\0f\0\xe9\0", None), "café");
        assert_eq!(decode(b"\xfe\xff\0c\0a\0f\0\xe9", None), "café");
    }

    #[test]
    fn a_stray_byte_does_not_spoil_a_page_in_utf_8() {
        let mut page = "Zażółć gęślą jaźń. ".repeat(3).into_bytes();
        page.insert(5, 0xe9);
        assert!(decode(&page, Some("utf-8")).contains("gęślą jaźń. Zażółć"));
        let cut = "Žluťoučký kůň".as_bytes();
        assert!(decode(&cut[..cut.len() - 1], None).starts_with("Žluťoučký k"));
    }
}
