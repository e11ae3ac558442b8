//! Bytes to [`RawArticle`](crate::article::RawArticle)s: every record that can be read, and for every one that cannot
//! a [`Reject`] that says what, where and what to do.
//!
//! [`inputs`] turns paths into [`Input`]s (`input`). An input is opened, unpacked if it is compressed (`decode`, over a
//! reader that can look ahead, `buffer`), its format recognised (`sniff`), and cut into raw records: lines (`lines`),
//! elements of a JSON document (`json`) or of XML (`elements`), rows of a table (`table`, `parquet`), records of a WARC (`warc`,
//! over `members` if each is packed by itself), or the whole of a file (each a `piece`; `records` holds it all
//! together). An `archive` gives inputs in turn. That is all that the reading thread does.
//!
//! [`RawRecord::parse`] makes an article of a record on any thread (`record`): `object` reads a JSON object through the
//! table of keys and the user's [`Mapping`] (`fields`, `presets`), `ninjs` those that are ninjs, `plain` a text,
//! `response` what a server answered, `page` an HTML page, `feed`, `nitf`, `newsml` and `sgml` their elements. They
//! share the bytes' `charset`, the reader of tags (`markup`) and of references (`reference`), the `tree` of a small
//! document, and the `flow` of marked-up text. `error` has the errors.
//!
//! Offsets count bytes of the decompressed file; in a file that had to be turned into UTF-8 before it was cut, bytes of
//! that; in a WARC packed record by record, bytes on disk. A record is a line of JSON lines (its number is the line's
//! number), an element of a JSON array or of XML, a row of a table below its first, an answer in a WARC, or a whole
//! file. A row of Parquet is the JSON object that it stands for, and its offset where its row group begins.
//!
//! [`reread`] and [`RawRecord::find`] lead from an article back to the bytes that it was read from (`trace`).
//!
//! To read another format, add it to [`Format`], teach `sniff` its name and first bytes, cut it in `records`, and give
//! it a parser beside `plain`, named in `record`.

mod archive;
mod buffer;
mod charset;
mod decode;
mod elements;
mod error;
mod feed;
mod fields;
mod flow;
mod input;
mod json;
mod lines;
mod markup;
mod members;
mod newsml;
mod ninjs;
mod nitf;
mod object;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod piece;
mod plain;
mod presets;
mod record;
mod records;
mod reference;
mod response;
mod sgml;
mod sniff;
mod table;
#[cfg(test)]
mod tests;
mod trace;
mod tree;
mod warc;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub use decode::Caps;
pub use error::{ReadError, Reject};
pub use fields::{Field, Mapping, MappingError};
pub use input::{Input, inputs};
pub use presets::preset_names;
pub use record::RawRecord;
pub use records::Records;
pub use trace::reread;

/// How records stand in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The whole file is one article.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// A JSON array of objects, one object, or several one after another. Objects in the form of IPTC ninjs are read as
    /// such, here and in JSON lines.
    Json,
    /// The whole file is one HTML page.
    Html,
    /// Pages as a crawler kept them.
    Warc,
    /// RSS or Atom.
    Feed,
    /// IPTC NITF.
    Nitf,
    /// IPTC NewsML-G2.
    Newsml,
    /// The SGML of the Reuters-21578 collection.
    Sgml,
    /// A table whose first row names its columns: CSV, TSV.
    Csv,
    /// Apache Parquet; read where the feature `parquet` is built in.
    Parquet,
}

impl Format {
    /// Every format, in order.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Jsonl,
        Self::Json,
        Self::Html,
        Self::Warc,
        Self::Feed,
        Self::Nitf,
        Self::Newsml,
        Self::Sgml,
        Self::Csv,
        Self::Parquet,
    ];

    /// Its name, as in `--input-format jsonl`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Html => "html",
            Self::Warc => "warc",
            Self::Feed => "feed",
            Self::Nitf => "nitf",
            Self::Newsml => "newsml",
            Self::Sgml => "sgml",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// The format called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it is cut by its characters, so that its encoding must be known first.
    fn is_cut_as_text(self) -> bool {
        matches!(self, Self::Feed | Self::Nitf | Self::Newsml | Self::Sgml | Self::Csv)
    }
}

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format of every input; `None`: recognised for each.
    pub format: Option<Format>,
    /// The user's mapping of JSON keys to fields.
    pub mapping: Mapping,
    /// The most bytes that a record may have, 16 MiB unless set, at most 1 GiB; longer ones are skipped and reported.
    pub max_record: usize,
    /// How much a compressed input may unpack to.
    pub caps: Caps,
    /// Grows by every byte taken from the files, compressed as they stand on disk; shared by all inputs.
    pub progress: Arc<AtomicU64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            mapping: Mapping::default(),
            max_record: 16 << 20,
            caps: Caps::default(),
            progress: Arc::default(),
        }
    }
}
