//! What can be wrong with an input, and the line that tells a person about it.

use crate::article::Origin;

/// Why an input, or one record of it, could not be read.
///
/// All offsets count bytes of the decompressed file, from its first byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No such path.
    #[error("no such file or folder")]
    NotFound,
    /// The operating system refused or failed.
    #[error("cannot be read: {message}")]
    Io {
        /// What the operating system said.
        message: String,
    },
    /// A pipe, socket, device or the like.
    #[error("is {what}, not a regular file")]
    NotRegular {
        /// What it is, with its article: `a named pipe`.
        what: &'static str,
    },
    /// A record that was there when it was indexed.
    #[error("has no such record any more")]
    Gone,
    /// A file in a format that is not read, recognised by its name or its first bytes.
    #[error("is {what}, which is not read")]
    Unsupported {
        /// What it is, with its article: `a zip archive`.
        what: &'static str,
    },
    /// A file in a format that this program was built without.
    #[error("is {what}, which is read only where the feature `{feature}` is built in")]
    NotBuilt {
        /// What it is, with its article: `a Parquet file`.
        what: &'static str,
        /// The feature of this crate.
        feature: &'static str,
    },
    /// Nothing in it, or white space alone.
    #[error("holds no record")]
    Empty,
    /// Bytes that no text has.
    #[error("is not text: zero byte at byte {offset}")]
    Binary {
        /// Where the first zero byte stands.
        offset: u64,
    },
    /// The compressed data is damaged or cut short; what came before it was delivered.
    #[error("{codec} data damaged or cut short after byte {offset}: {message}")]
    Corrupt {
        /// `gzip` or `zstd`.
        codec: &'static str,
        /// How many decompressed bytes were good.
        offset: u64,
        /// What the decoder said.
        message: String,
    },
    /// The compressed data unpacks to more than is sensible.
    #[error("unpacks to more than {limit} bytes ({packed} bytes packed)")]
    TooMuch {
        /// Most bytes that may come of what was read.
        limit: u64,
        /// Compressed bytes read when the limit was passed.
        packed: u64,
    },
    /// One record longer than allowed; it was skipped without being held in memory.
    #[error("record of {length} bytes, over the limit of {limit}")]
    TooLong {
        /// Its length in bytes, or how much of it was seen.
        length: u64,
        /// The most bytes that a record may have.
        limit: usize,
    },
    /// Bytes that are not UTF-8, or a UTF-16 file with half a character.
    #[error("not valid {encoding} at byte {offset}")]
    NotText {
        /// `UTF-8` or `UTF-16`.
        encoding: &'static str,
        /// Where the first bad byte stands.
        offset: u64,
    },
    /// A record that is no JSON.
    #[error("not valid JSON at byte {offset}: {message}")]
    Json {
        /// Where the parser gave up.
        offset: u64,
        /// What it expected or met.
        message: String,
    },
    /// A record that ends before its JSON does.
    #[error("JSON cut short at byte {offset}")]
    Truncated {
        /// Where it ends.
        offset: u64,
    },
    /// A string with half a surrogate pair, which stands for no character.
    #[error("unpaired surrogate escape in a string before byte {offset}")]
    LoneSurrogate {
        /// Where the parser noticed.
        offset: u64,
    },
    /// JSON, but no object.
    #[error("is {found}, not a JSON object")]
    NotObject {
        /// What it is instead: `a number`.
        found: &'static str,
    },
    /// Bytes where a record should be that are none, or only a part of one.
    #[error("is {what}: {length} bytes")]
    Damaged {
        /// What it is, with its article: `a record of a WARC cut short`.
        what: &'static str,
        /// How many bytes there are.
        length: u64,
    },
    /// A server's answer that says that there is no page.
    #[error("is an answer with status {code}, not a page")]
    Status {
        /// The status of HTTP.
        code: u16,
    },
    /// Its publisher says that it must not be used yet.
    #[error("is withheld by its publisher")]
    Withheld,
    /// A table whose first row names no field.
    #[error("is a table whose first row names neither title nor body")]
    NoHeader,
    /// Markup that would keep a parser busy beyond reason.
    #[error("has more than {limit} {what}")]
    TooIntricate {
        /// What there is too much of: `elements within each other`.
        what: &'static str,
        /// The most that is read.
        limit: usize,
    },
    /// A record without any text to search.
    #[error("has neither title nor body")]
    NoText,
    /// A defect of this program: a later stage gave up on the record.
    #[error("made dateline itself fail")]
    Internal,
}

impl ReadError {
    /// A short name for counting and for `--rejects` files: `not_found`, `truncated`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Io { .. } => "io",
            Self::NotRegular { .. } => "not_regular",
            Self::Gone => "gone",
            Self::Unsupported { .. } => "unsupported",
            Self::NotBuilt { .. } => "not_built",
            Self::Empty => "empty",
            Self::Binary { .. } => "binary",
            Self::Corrupt { .. } => "corrupt",
            Self::TooMuch { .. } => "too_much",
            Self::TooLong { .. } => "too_long",
            Self::NotText { .. } => "not_text",
            Self::Json { .. } => "json",
            Self::Truncated { .. } => "truncated",
            Self::LoneSurrogate { .. } => "lone_surrogate",
            Self::NotObject { .. } => "not_object",
            Self::Damaged { .. } => "damaged",
            Self::Status { .. } => "status",
            Self::Withheld => "withheld",
            Self::NoHeader => "no_header",
            Self::TooIntricate { .. } => "too_intricate",
            Self::NoText => "no_text",
            Self::Internal => "internal",
        }
    }

    /// What a person can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotFound => "check the spelling of the path",
            Self::Io { .. } => "check permissions and the disk",
            Self::Gone => "index the file again: it has changed since",
            Self::NotRegular { .. } => "copy its contents to a file, or pipe them in and give `-`",
            Self::Unsupported { .. } => "convert it to JSON lines or plain UTF-8 text",
            Self::NotBuilt { .. } => "build dateline with `--features parquet`, or convert it to JSON lines",
            Self::Empty => "leave it out, or check how it was written",
            Self::Binary { .. } => "leave it out, or convert it to text",
            Self::Corrupt { .. } => "fetch or pack the file again; records before this point were kept",
            Self::TooMuch { .. } => "unpack it yourself if you trust it",
            Self::TooLong { .. } => "split the record, or raise the limit",
            Self::NotText { .. } => "convert the file to UTF-8",
            Self::Json { .. } | Self::NotObject { .. } => "write one JSON object a record",
            Self::Truncated { .. } => "write the record again, whole",
            Self::LoneSurrogate { .. } => "write the character as UTF-8",
            Self::Damaged { .. } => "fetch the file again; all other records were kept",
            Self::Status { .. } => "crawl the page again, or leave it out",
            Self::Withheld => "index it once it is released",
            Self::NoHeader => "put the names of the columns on top, or map them with `--field title=NAME`",
            Self::TooIntricate { .. } => "leave it out; no article is built like that",
            Self::NoText => "name the right keys with `--field title=KEY` and `--field body=KEY`",
            Self::Internal => "please report it with the record; the rest is indexed",
        }
    }

    pub(super) fn io(error: &std::io::Error) -> Self {
        if let Some(own) = error.get_ref().and_then(|e| e.downcast_ref::<ReadError>()) {
            return own.clone();
        }
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Io { message: error.to_string() },
        }
    }
}

/// An input or a record that was not read: where it stood and why.
///
/// Its `Display` is one line that says what is wrong, where, and what to do.
///
/// ```
/// use dateline::article::Origin;
/// use dateline::read::{ReadError, Reject};
/// let reject = Reject {
///     origin: Origin { file: "day.jsonl".into(), record: 3, offset: 1024 },
///     reason: ReadError::Truncated { offset: 1980 },
/// };
/// assert_eq!(
///     reject.to_string(),
///     "day.jsonl record 3 (byte 1024): JSON cut short at byte 1980; write the record again, whole"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it stood; record 0 stands for the input as a whole.
    pub origin: Origin,
    /// What is wrong with it.
    pub reason: ReadError,
}

impl std::fmt::Display for Reject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (reason, help) = (&self.reason, self.reason.help());
        if self.origin.record == 0 {
            write!(f, "{}: {reason}; {help}", self.origin.file)
        } else {
            write!(f, "{}: {reason}; {help}", self.origin)
        }
    }
}

impl std::error::Error for Reject {}
