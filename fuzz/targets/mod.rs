//! What holds for every input: one function a file, and the table of them. `cargo xtask fuzz` makes inputs up for each with libFuzzer; the
//! tests hold the same against the seeds and mixtures of them. `file` is what the formats share.

mod date;
mod extract;
mod feed;
mod file;
mod html;
mod index;
mod jsonl;
mod newsml;
mod ninjs;
mod parquet;
mod quantity;
mod query;
mod read;
mod snippet;
mod stored;
mod warc;
mod watches;

/// A target: its name, which is that of its file, of its seeds and of its dictionary, and what holds for any bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Panics where something does not hold.
    pub(crate) holds: fn(&[u8]),
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "date", holds: date::holds },
    Target { name: "extract", holds: extract::holds },
    Target { name: "feed", holds: feed::holds },
    Target { name: "html", holds: html::holds },
    Target { name: "index", holds: index::holds },
    Target { name: "jsonl", holds: jsonl::holds },
    Target { name: "newsml", holds: newsml::holds },
    Target { name: "ninjs", holds: ninjs::holds },
    Target { name: "parquet", holds: parquet::holds },
    Target { name: "quantity", holds: quantity::holds },
    Target { name: "query", holds: query::holds },
    Target { name: "read", holds: read::holds },
    Target { name: "snippet", holds: snippet::holds },
    Target { name: "stored", holds: stored::holds },
    Target { name: "warc", holds: warc::holds },
    Target { name: "watches", holds: watches::holds },
];
