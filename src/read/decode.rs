//! Compressed bytes to plain bytes: gzip and zstd are read through, recognised by their first bytes whatever the file
//! is called.
//!
//! What unpacks to far more than it was packed from is stopped ([`Caps`]): a few kilobytes of zeros must not fill a
//! disk or keep a machine busy for a day.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::ReadError;
use super::buffer::Buffered;
use super::members::Members;
use super::warc;

/// How much a compressed input may unpack to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Most decompressed bytes for each compressed byte; 1,000 unless set. News text packs about 4 to 8 times, and
    /// gzip cannot pass 1,032.
    pub ratio: u64,
    /// Below this many decompressed bytes the ratio is not looked at; 64 MiB unless set.
    pub free: u64,
    /// Most decompressed bytes of one input; 1 TiB unless set.
    pub total: u64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { ratio: 1_000, free: 64 << 20, total: 1 << 40 }
    }
}

pub(super) type Stream = Buffered<Box<dyn Read + Send>>;

/// Puts the right decoder over `raw`, and returns a reader of plain bytes.
///
/// `progress` grows by every compressed byte that is taken from `raw`.
pub(super) fn open(
    raw: Box<dyn Read + Send>,
    caps: Caps,
    progress: &Arc<AtomicU64>,
) -> Result<Opened, ReadError> {
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: raw, packed: packed.clone(), progress: progress.clone() };
    let mut raw: Buffered<Box<dyn Read + Send>> = Buffered::new(Box::new(counted));
    if codec(raw.peek(6)).is_gzip() && inflated(raw.peek(HEAD)).starts_with(warc::MAGIC) {
        return Ok(Opened::Members(Box::new(Members::new(raw, caps))));
    }
    let decoder: (&'static str, Box<dyn Read + Send>) = match codec(raw.peek(6)) {
        Codec::None => return Ok(Opened::Stream(raw)),
        Codec::Gzip => ("gzip", Box::new(MultiGzDecoder::new(raw))),
        Codec::Zstd => {
            let decoder = zstd::stream::read::Decoder::with_buffer(raw).map_err(|e| ReadError::io(&e))?;
            ("zstd", Box::new(decoder))
        }
        Codec::Other(what) => return Err(ReadError::Unsupported { what }),
    };
    let (codec, inner) = decoder;
    Ok(Opened::Stream(Buffered::new(Box::new(Guarded { inner, codec, caps, packed, plain: 0 }))))
}

/// Plain bytes of an input.
pub(super) enum Opened {
    /// In one stream.
    Stream(Stream),
    /// A WARC packed record by record.
    Members(Box<Members>),
}

/// How much of a packed input is unpacked to see what is in it.
const HEAD: usize = 1_024;

/// What the beginning of a gzip file unpacks to, a few bytes of it.
fn inflated(head: &[u8]) -> Vec<u8> {
    let mut out = vec![0; warc::MAGIC.len()];
    let mut got = 0;
    let mut decoder = MultiGzDecoder::new(head);
    while let Some(rest) = out.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match decoder.read(rest) {
            Ok(0) | Err(_) => break,
            Ok(n) => got += n,
        }
    }
    out.truncate(got);
    out
}

enum Codec {
    None,
    Gzip,
    Zstd,
    Other(&'static str),
}

impl Codec {
    fn is_gzip(&self) -> bool {
        matches!(self, Self::Gzip)
    }
}

/// Which compression or archive format the first bytes announce.
fn codec(head: &[u8]) -> Codec {
    match head {
        [0x1f, 0x8b, ..] => Codec::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Codec::Zstd,
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, ..] => Codec::Other("bzip2 data"),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => Codec::Other("xz data"),
        [b'%', b'P', b'D', b'F', ..] => Codec::Other("a PDF"),
        _ => Codec::None,
    }
}

/// Counts what is taken from the file.
struct Counted {
    inner: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    progress: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        let bytes = n as u64;
        self.packed.fetch_add(bytes, Ordering::Relaxed);
        self.progress.fetch_add(bytes, Ordering::Relaxed);
        Ok(n)
    }
}

/// Watches over a decoder: names its errors and stops it at the caps.
struct Guarded {
    inner: Box<dyn Read + Send>,
    codec: &'static str,
    caps: Caps,
    packed: Arc<AtomicU64>,
    plain: u64,
}

impl Read for Guarded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let packed = self.packed.load(Ordering::Relaxed);
        let limit = packed.saturating_mul(self.caps.ratio).max(self.caps.free).min(self.caps.total);
        if self.plain > limit {
            return Err(io::Error::other(ReadError::TooMuch { limit, packed }));
        }
        match self.inner.read(out) {
            Ok(n) => {
                self.plain += n as u64;
                Ok(n)
            }
            // An error with a code came from the disk; without one, from the decoder.
            Err(e) if e.raw_os_error().is_some() || e.kind() == io::ErrorKind::Interrupted => Err(e),
            Err(e) => Err(io::Error::other(ReadError::Corrupt {
                codec: self.codec,
                offset: self.plain,
                message: e.to_string(),
            })),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn gz(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(packed: Vec<u8>, caps: Caps) -> (Vec<u8>, Option<ReadError>) {
        let progress = Arc::new(AtomicU64::new(0));
        let mut out = Vec::new();
        let error = match open(Box::new(io::Cursor::new(packed)), caps, &progress) {
            Ok(Opened::Stream(mut stream)) => stream.read_to_end(&mut out).err().map(|e| ReadError::io(&e)),
            Ok(Opened::Members(_)) => None,
            Err(e) => Some(e),
        };
        (out, error)
    }

    proptest! {
        #[test]
        fn what_was_packed_in_any_number_of_parts_comes_out_whole(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..300), 1..4)) {
            let plain: Vec<u8> = parts.concat();
            let members: Vec<u8> = parts.iter().flat_map(|p| gz(p)).collect();
            prop_assert_eq!(unpack(members, Caps::default()), (plain.clone(), None));
            let frames: Vec<u8> = parts.iter().flat_map(|p| zstd::encode_all(p.as_slice(), 1).unwrap()).collect();
            prop_assert_eq!(unpack(frames, Caps::default()), (plain, None));
        }

        #[test]
        fn a_packed_file_cut_short_is_named_and_its_start_is_kept(data in proptest::collection::vec(any::<u8>(), 100..400), cut in 20usize..90) {
            let mut packed = gz(&data);
            packed.truncate(packed.len() * cut / 100);
            let (out, error) = unpack(packed, Caps::default());
            prop_assert!(data.starts_with(&out));
            let is_corrupt = matches!(error, Some(ReadError::Corrupt { codec: "gzip", .. }));
            prop_assert!(is_corrupt);
        }
    }

    #[test]
    fn a_bomb_is_stopped_at_the_cap() {
        let zeros = vec![0u8; 3 << 20];
        let caps = Caps { ratio: 10, free: 1 << 20, total: 1 << 40 };
        for packed in [gz(&zeros), zstd::encode_all(zeros.as_slice(), 3).unwrap()] {
            let (out, error) = unpack(packed, caps);
            assert!(out.len() < (1 << 20) + 256 * 1024, "{}", out.len());
            assert!(matches!(error, Some(ReadError::TooMuch { .. })), "{error:?}");
        }
    }

    #[test]
    fn other_packings_are_refused_by_name() {
        let (_, error) = unpack(b"%PDF and so on".to_vec(), Caps::default());
        assert_eq!(error, Some(ReadError::Unsupported { what: "a PDF" }));
    }
}
