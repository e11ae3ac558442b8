//! The pages of one column of a row group, unpacked: as many bytes as their heads say, and no more than is sensible.
//!
//! The library has a reader of pages, too, which makes room for whatever a page says, and unpacks whatever comes.

use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

use super::source::Source;
use super::thrift::{I32, STRUCT, TRUE, Walk};

/// Most bytes of a page, packed or not. Those of the usual writers have about a million.
const PAGE: usize = 128 << 20;
/// Most values of a page.
const VALUES: u32 = 1 << 24;
/// Most bytes of the head of a page; the smallest and the greatest value stand in it.
const HEAD: usize = 1 << 20;
/// What is read of it first.
const SHORT_HEAD: usize = 4 << 10;

/// The pages of a column of a row group.
pub(super) struct Pages {
    pub(super) source: Arc<Source>,
    /// Where the next page begins, and where the column ends.
    pub(super) at: u64,
    pub(super) end: u64,
    pub(super) compression: Compression,
    /// Values of pages to come, as the column says.
    pub(super) left: u64,
    /// Whether the column has levels of repetition and of definition.
    pub(super) levels: [bool; 2],
}

/// What the head of a page says.
#[derive(Debug, Default)]
struct Head {
    kind: i64,
    unpacked: usize,
    packed: usize,
    data: [i64; 4],
    dictionary: Option<[i64; 2]>,
    second: [i64; 6],
    /// Whether a page of the second version is packed.
    is_packed: bool,
}

fn failed(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

/// The numbers of the fields 1 to N of a structure.
fn numbers<const N: usize>(walk: &mut Walk<'_>) -> Option<[i64; N]> {
    let mut numbers = [-1; N];
    walk.each(|walk, field, kind| {
        let place = usize::try_from(field - 1).ok().and_then(|at| numbers.get_mut(at));
        let (Some(place), true) = (place, kind == I32) else { return Some(false) };
        *place = walk.signed()?;
        Some(true)
    })?;
    Some(numbers)
}

impl Head {
    /// Reads a head, and says how many bytes it takes.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut walk = Walk::new(bytes);
        let mut head = Self { kind: -1, is_packed: true, ..Self::default() };
        walk.each(|walk, field, kind| {
            match (field, kind) {
                (1, I32) => head.kind = walk.signed()?,
                (2, I32) => head.unpacked = usize::try_from(walk.signed()?).ok()?,
                (3, I32) => head.packed = usize::try_from(walk.signed()?).ok()?,
                (5, STRUCT) => head.data = numbers(walk)?,
                (7, STRUCT) => head.dictionary = Some(numbers(walk)?),
                (8, STRUCT) => {
                    // The seventh field has its value in its type.
                    let mut look = walk.clone();
                    look.each(|_, field, kind| {
                        head.is_packed = if field == 7 { kind == TRUE } else { head.is_packed };
                        Some(false)
                    })?;
                    head.second = numbers(walk)?;
                }
                _ => return Some(false),
            }
            Some(true)
        })?;
        Some((head, bytes.len() - walk.left()))
    }
}

impl Pages {
    fn head(&self) -> Result<(Head, usize)> {
        let room = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        for most in [SHORT_HEAD, HEAD] {
            let bytes = self.source.read(self.at, room.min(most)).map_err(|e| failed(&e.to_string()))?;
            if let Some(head) = Head::read(&bytes) {
                return Ok(head);
            }
        }
        Err(failed("a page has no readable head"))
    }

    fn next_page(&mut self) -> Result<Option<Page>> {
        loop {
            if self.at >= self.end || self.left == 0 {
                return Ok(None);
            }
            let (head, taken) = self.head()?;
            if head.packed > PAGE || head.unpacked > PAGE {
                return Err(failed("a page is larger than 128 MiB"));
            }
            let begin = self.at + taken as u64;
            self.at = begin + head.packed as u64;
            if self.at > self.end {
                return Err(failed("a page goes beyond its column"));
            }
            let packed = || self.source.read(begin, head.packed).map_err(|e| failed(&e.to_string()));
            let page = match head.kind {
                0 => self.data(&head, &packed()?)?,
                1 => continue, // an index
                2 => self.dictionary(&head, &packed()?)?,
                3 => self.second(&head, &packed()?)?,
                _ => return Err(failed("a page of an unknown kind")),
            };
            if !matches!(page, Page::DictionaryPage { .. }) {
                self.left = self.left.saturating_sub(u64::from(page.num_values()));
            }
            return Ok(Some(page));
        }
    }

    fn dictionary(&self, head: &Head, packed: &[u8]) -> Result<Page> {
        let [count, number] = head.dictionary.ok_or_else(|| failed("a dictionary without a head"))?;
        let buf = self.unpack(packed, head.unpacked)?;
        let num_values = values(count)?;
        if num_values as usize > buf.len() {
            return Err(failed("a dictionary has fewer bytes than values"));
        }
        Ok(Page::DictionaryPage { buf, num_values, encoding: encoding(number)?, is_sorted: false })
    }

    fn data(&self, head: &Head, packed: &[u8]) -> Result<Page> {
        let [count, number, definition, repetition] = head.data;
        let buf = self.unpack(packed, head.unpacked)?;
        let (num_values, encoding) = (values(count)?, encoding(number)?);
        let mut rest = &*buf;
        for has in self.levels.into_iter().filter(|has| *has) {
            let (len, after) = rest.split_first_chunk().ok_or_else(|| failed("a page without levels"))?;
            debug_assert!(has);
            rest = after.get(u32::from_le_bytes(*len) as usize..).unwrap_or_default();
        }
        check(encoding, rest, num_values)?;
        Ok(Page::DataPage {
            num_values,
            encoding,
            def_level_encoding: level(definition)?,
            rep_level_encoding: level(repetition)?,
            statistics: None,
            buf,
        })
    }

    fn second(&self, head: &Head, packed: &[u8]) -> Result<Page> {
        let [count, nulls, rows, number, definition, repetition] = head.second;
        let lengths = [definition, repetition].map(|len| u32::try_from(len).ok());
        let [Some(def_levels_byte_len), Some(rep_levels_byte_len)] = lengths else {
            return Err(failed("a page without levels"));
        };
        let levels = u64::from(def_levels_byte_len) + u64::from(rep_levels_byte_len);
        let split = usize::try_from(levels).ok().and_then(|at| packed.split_at_checked(at));
        let (Some((levels, rest)), Some(left)) =
            (split, head.unpacked.checked_sub(usize::try_from(levels).unwrap_or(usize::MAX)))
        else {
            return Err(failed("a page has longer levels than bytes"));
        };
        let mut buf = levels.to_vec();
        let begin = buf.len();
        if head.is_packed {
            buf.extend_from_slice(&self.unpack(rest, left)?);
        } else {
            buf.extend_from_slice(rest);
        }
        let (num_values, encoding) = (values(count)?, encoding(number)?);
        check(encoding, buf.get(begin..).unwrap_or_default(), num_values)?;
        Ok(Page::DataPageV2 {
            buf: buf.into(),
            num_values,
            encoding,
            num_nulls: values(nulls)?,
            num_rows: values(rows)?,
            def_levels_byte_len,
            rep_levels_byte_len,
            is_compressed: false,
            statistics: None,
        })
    }

    /// Unpacks exactly `len` bytes.
    fn unpack(&self, packed: &[u8], len: usize) -> Result<Bytes> {
        let mut out = Vec::new();
        let most = len as u64 + 1;
        let read = match self.compression {
            Compression::UNCOMPRESSED => packed.take(most).read_to_end(&mut out),
            Compression::SNAPPY => {
                if snap::raw::decompress_len(packed).map_err(|e| failed(&e.to_string()))? != len {
                    return Err(failed("a page unpacks to another length than it says"));
                }
                out = snap::raw::Decoder::new().decompress_vec(packed).map_err(|e| failed(&e.to_string()))?;
                Ok(out.len())
            }
            Compression::GZIP(_) => {
                flate2::read::MultiGzDecoder::new(packed).take(most).read_to_end(&mut out)
            }
            Compression::ZSTD(_) => {
                zstd::Decoder::new(packed).and_then(|decoder| decoder.take(most).read_to_end(&mut out))
            }
            other => return Err(failed(&format!("is packed by {other}, which is not read"))),
        };
        read.map_err(|e| failed(&e.to_string()))?;
        if out.len() == len {
            Ok(out.into())
        } else {
            Err(failed("a page unpacks to another length than it says"))
        }
    }
}

fn values(count: i64) -> Result<u32> {
    u32::try_from(count)
        .ok()
        .filter(|count| *count <= VALUES)
        .ok_or_else(|| failed("a page states an impossible number of values"))
}

fn encoding(number: i64) -> Result<Encoding> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        7 => return Err(failed("has values as DELTA_BYTE_ARRAY, which are not read")),
        _ => return Err(failed("has values of an unknown encoding")),
    })
}

fn level(number: i64) -> Result<Encoding> {
    if number == 3 { Ok(Encoding::RLE) } else { Err(failed("has levels of an encoding that is not read")) }
}

/// Whether values that say themselves how many they are say what the page does. The library makes room for them.
fn check(encoding: Encoding, values: &[u8], count: u32) -> Result<()> {
    if !matches!(encoding, Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY) {
        return Ok(());
    }
    let mut walk = Walk::new(values);
    let fits = |(block, blocks, total): (u64, u64, u64)| {
        block <= 1 << 16 && (1..=1 << 10).contains(&blocks) && total <= u64::from(count)
    };
    let head = walk.number().zip(walk.number()).zip(walk.number()).map(|((a, b), c)| (a, b, c));
    if head.is_some_and(fits) { Ok(()) } else { Err(failed("a page states an impossible number of values")) }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next_page()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Err(failed("pages are read in turn"))
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        // A row may go on in the next page.
        Ok(self.at >= self.end || self.left == 0)
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.next_page().map(drop)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn pages(bytes: Vec<u8>, compression: Compression) -> Pages {
        let end = bytes.len() as u64;
        let source = Arc::new(Source::Memory(bytes.into()));
        Pages { source, at: 0, end, compression, left: 10, levels: [false, false] }
    }

    /// A number of the compact protocol.
    fn number(out: &mut Vec<u8>, number: i64) {
        let mut rest = (number << 1 ^ number >> 63).cast_unsigned();
        while rest >= 0x80 {
            out.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        out.push(rest.to_le_bytes()[0]);
    }

    /// The head of a data page, and the page.
    fn page(unpacked: i64, packed: i64, values: i64, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for field in [0, unpacked, packed] {
            bytes.push(0x15);
            number(&mut bytes, field);
        }
        bytes.push(0x2c);
        for field in [values, 0, 3, 3] {
            bytes.push(0x15);
            number(&mut bytes, field);
        }
        bytes.extend([0, 0]);
        bytes.extend_from_slice(data);
        bytes
    }

    fn refusal(mut pages: Pages) -> String {
        pages.get_next_page().unwrap_err().to_string()
    }

    #[test]
    fn a_page_is_given_as_it_stands() {
        let mut pages = pages(page(4, 4, 1, b"four"), Compression::UNCOMPRESSED);
        let page = pages.get_next_page().unwrap().unwrap();
        assert_eq!((page.num_values(), &**page.buffer()), (1, &b"four"[..]));
        assert!(pages.get_next_page().unwrap().is_none());
    }

    #[test]
    fn no_room_is_made_for_what_a_page_only_states() {
        let plain = |bytes| refusal(pages(bytes, Compression::UNCOMPRESSED));
        assert!(plain(page(1 << 30, 4, 1, b"four")).contains("larger than"));
        assert!(plain(page(4, 1 << 20, 1, b"four")).contains("beyond its column"));
        assert!(plain(page(4, 4, 1 << 30, b"four")).contains("number of values"));
        assert!(plain(page(-1, 4, 1, b"four")).contains("no readable head"));
        assert!(plain(vec![0x15; 50]).contains("no readable head"));
    }

    #[test]
    fn a_page_that_unpacks_to_more_than_it_says_is_cut_off() {
        let zeros = vec![0; 50 << 20];
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&zeros).unwrap();
        let gzip = encoder.finish().unwrap();
        let zstd = zstd::encode_all(&*zeros, 1).unwrap();
        let snappy = snap::raw::Encoder::new().compress_vec(&zeros).unwrap();
        for (packed, compression) in [
            (gzip, Compression::GZIP(parquet::basic::GzipLevel::default())),
            (zstd, Compression::ZSTD(parquet::basic::ZstdLevel::default())),
            (snappy, Compression::SNAPPY),
        ] {
            let len = i64::try_from(packed.len()).unwrap();
            let refusal = refusal(pages(page(1000, len, 1, &packed), compression));
            assert!(refusal.contains("another length"), "{compression}: {refusal}");
        }
    }
}
