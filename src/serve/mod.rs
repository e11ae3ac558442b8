//! `dateline serve`: the HTTP API. The only room that speaks HTTP.
//!
//! [`Server`] binds an address and serves it until it is stopped (`listen`, over connections that `connection` keeps from lasting for ever). Each request passes
//! the `guards`: its host, its key, how many are served at once; there it gets its id, its headers and its line in the log. Then its `route` answers it, one file a
//! resource in `routes/`: it reads its `params`, asks the halls on a thread of the `pool`, and gives the answer that the command line gives (`answer`, from `render`), or a `failure`.
//! What waits to be sent is counted (`held`). Pages of one search come from one of the `snapshots`. The documentation (`openapi`, with the shapes of `schema`) is made of the routes that are served. `page/` holds what a
//! browser shows. `metrics` counts.
//!
//! What is asked and what is told is nobody's business but the client's: neither queries nor ids nor keys come into the log or the metrics.

mod answer;
mod connection;
mod failure;
mod guards;
mod held;
mod key;
mod listen;
mod metrics;
mod openapi;
mod page;
mod params;
mod pool;
mod route;
mod routes;
mod schema;
mod snapshots;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::sync::Semaphore;

pub use key::{Key, SHORTEST as SHORTEST_KEY};
pub use listen::{Server, Stop};

use crate::index::IndexError;
use crate::ingest::{IngestError, Live, LiveOptions};
use crate::search::Archive;

/// How a server works.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The index.
    pub index: PathBuf,
    /// Where to listen. Another address than one of this machine itself needs a key.
    pub address: SocketAddr,
    /// Names that clients may call the server by, besides `localhost` and addresses in digits.
    pub hosts: Vec<String>,
    /// What those have to know who write, and who come from elsewhere. Nothing is written without one.
    pub key: Option<Key>,
    /// How many questions are answered at once; all cores unless set.
    pub threads: usize,
    /// How many may wait for that.
    pub waiting: usize,
    /// How long they wait.
    pub patience: Duration,
    /// The time that a question has.
    pub time_limit: Duration,
    /// The time that a stream of all hits has.
    pub stream_time_limit: Duration,
    /// Connections at once.
    pub connections: usize,
    /// Requests at once; more are told to come again.
    pub requests: usize,
    /// The time that the head of a request may take.
    pub head_time: Duration,
    /// The time that its body may take, and the time that a client may take none of the answer.
    pub body_time: Duration,
    /// The longest body.
    pub body_bytes: usize,
    /// Bytes of all bodies together that are held at once.
    pub bodies_bytes: usize,
    /// Bytes of all long answers together that wait for their clients.
    pub answers_bytes: usize,
    /// How long requests may take to end once the server is to stop.
    pub grace: Duration,
    /// Whether the server stops where the system asks the process to (SIGTERM, SIGINT).
    pub signals: bool,
    /// How articles that come in are read, cleaned and written.
    pub live: LiveOptions,
}

impl ServeOptions {
    /// An index on an address, with the usual bounds: 2 s for a question, 10 s for a head, 16 MiB for a body.
    pub fn new(index: impl Into<PathBuf>, address: SocketAddr) -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            index: index.into(),
            address,
            hosts: Vec::new(),
            key: None,
            threads,
            waiting: 64,
            patience: Duration::from_secs(1),
            time_limit: Duration::from_secs(2),
            stream_time_limit: Duration::from_secs(600),
            connections: 1024,
            requests: 512,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            body_bytes: 16 << 20,
            bodies_bytes: 128 << 20,
            answers_bytes: 256 << 20,
            grace: Duration::from_secs(30),
            signals: true,
            live: LiveOptions::default(),
        }
    }
}

/// Why a server did not start, or stopped by itself.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The index cannot be opened.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// It cannot be written, or what came in last was not.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// Others could reach it, and nobody has a key.
    #[error(
        "{0} can be reached from other machines; set DATELINE_API_KEY to a key of {SHORTEST_KEY} bytes or more, or listen on 127.0.0.1"
    )]
    Open(SocketAddr),
    /// The address is not to be had, or the system refused something else.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The documentation of the routes cannot be made.
    #[error("the documentation of the routes: {0}; a defect, please report it")]
    Routes(#[from] serde_json::Error),
}

/// What a server tells while it works: for a log. It holds nothing that a client asked for or was told.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event<'a> {
    /// It accepts connections now.
    Listening {
        /// Where.
        address: SocketAddr,
    },
    /// A request was answered.
    Request {
        /// The number that the client got as `X-Request-Id`.
        id: &'a str,
        /// What the request was: `GET`.
        method: &'static str,
        /// The route, as it is documented: `/v1/articles/{id}`; none for an address that there is not.
        route: Option<&'a str>,
        /// What was answered.
        status: u16,
        /// How long the head of the answer took.
        took: Duration,
        /// What failed below, for who runs the server.
        detail: Option<&'a str>,
    },
    /// Something is amiss that does not stop the server.
    Warning {
        /// What.
        what: &'a str,
    },
    /// It was asked to stop: no new connections, and those that there are end their requests.
    Stopping,
    /// It has stopped, and everything that came in is durable.
    Stopped,
}

/// Is told what a server does, on any thread.
pub trait Observer: Send + Sync {
    /// Something happened.
    fn event(&self, event: &Event<'_>);
}

/// An observer that does not look.
impl Observer for () {
    fn event(&self, _event: &Event<'_>) {}
}

/// What all requests share.
type App = Arc<Shared>;

struct Shared {
    options: ServeOptions,
    observer: Box<dyn Observer>,
    /// Sees what is committed.
    archive: Archive,
    snapshots: snapshots::Snapshots,
    /// Takes articles, where there is a key.
    live: Option<Live>,
    searches: pool::Pool,
    streams: pool::Pool,
    writes: pool::Pool,
    /// For the bodies that are held, by kilobytes.
    bodies: Arc<Semaphore>,
    /// For long answers that wait for their clients, by kilobytes.
    answers: Arc<Semaphore>,
    /// For requests.
    requests: Arc<Semaphore>,
    numbers: AtomicU64,
    metrics: Arc<metrics::Metrics>,
    /// The documentation of the routes.
    openapi: Vec<u8>,
}
