//! Binds an address, serves connections, and stops in good order.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::connection::Patient;
use super::metrics::{Counted, Metrics};
use super::pool::Pool;
use super::snapshots::Snapshots;
use super::{App, Event, Observer, ServeError, ServeOptions, Shared, openapi, routes};
use crate::guard::guarded;
use crate::index::IndexError;
use crate::ingest::Live;
use crate::search::Archive;

/// The longest head of a request: a query of 8 KiB, each byte written as three, and its headers.
const HEAD_BYTES: usize = 64 << 10;
/// How many times as long as the longest body one may be that comes packed.
const UNPACKED: u64 = 4;
/// Streams at once for each question at once: most of the time they wait for their clients.
const STREAMS: usize = 4;
/// Requests that write at once, and that wait for it.
const WRITES: (usize, usize) = (64, 256);
/// How long they wait.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);
/// How often what nobody asks for any more is let go.
const TIDY: Duration = Duration::from_secs(30);
/// How long to wait where no connection can be taken, as where there are too many files.
const PAUSE: Duration = Duration::from_millis(50);

/// A server that has its address.
pub struct Server {
    app: App,
    listener: TcpListener,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    stopped: watch::Receiver<bool>,
}

/// Stops a server, from any thread.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// Asks it to stop; it ends the requests that there are, and [`Server::run`] returns.
    pub fn stop(&self) {
        let _ = self.0.send(true); // one that has stopped need not be told
    }
}

impl Server {
    /// Opens the index and takes the address. Where there is a key and no index, one is made.
    ///
    /// # Errors
    /// [`ServeError::Open`] for an address that others can reach, without a key; where the index cannot be opened, or the address not be had.
    pub fn bind(options: ServeOptions, observer: impl Observer + 'static) -> Result<Self, ServeError> {
        if !options.address.ip().is_loopback() && options.key.is_none() {
            return Err(ServeError::Open(options.address));
        }
        let metrics = Arc::new(Metrics::default());
        let archive = match Archive::open(&options.index) {
            Err(IndexError::Missing(_)) if options.key.is_some() => {
                Live::open(&options.index, options.live.clone(), || ())?.close()?;
                Archive::open(&options.index)?
            }
            opened => opened?,
        };
        let archive = archive
            .following()
            .with_time_limit(Some(options.time_limit))
            .with_stream_time_limit(Some(options.stream_time_limit));
        let live = options.key.is_some().then(|| {
            let (archive, metrics) = (archive.clone(), Arc::clone(&metrics));
            let committed = move || {
                metrics.commits.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let _ = archive.reload(); // if it cannot be read, the next question says so
            };
            let mut live = options.live.clone();
            let read = &mut live.pipeline.read;
            read.max_record = read.max_record.min(options.body_bytes);
            // A body may be packed.
            read.caps.total = read.caps.total.min(UNPACKED * options.body_bytes as u64);
            Live::open(&options.index, live, committed)
        });
        let live = live.transpose()?;
        let io = |what: &str| {
            let what = format!("{what} {}", options.address);
            move |source| ServeError::Io { what, source }
        };
        let listener = TcpListener::bind(options.address).map_err(io("listening on"))?;
        listener.set_nonblocking(true).map_err(io("listening on"))?;
        let address = listener.local_addr().map_err(io("listening on"))?;
        let document = openapi::document(&routes::all())?;
        let openapi = serde_json::to_vec(&document)?;
        let threads = options.threads.max(1);
        let (stop, stopped) = watch::channel(false);
        let app = Arc::new(Shared {
            observer: Box::new(observer),
            snapshots: Snapshots::new(archive.clone()),
            archive,
            live,
            searches: Pool::new(threads, options.waiting, options.patience),
            streams: Pool::new(threads * STREAMS, options.waiting, options.patience),
            writes: Pool::new(WRITES.0, WRITES.1, WRITE_PATIENCE),
            bodies: Arc::new(Semaphore::new(options.bodies_bytes >> 10)),
            answers: Arc::new(Semaphore::new(options.answers_bytes >> 10)),
            requests: Arc::new(Semaphore::new(options.requests)),
            numbers: AtomicU64::new(0),
            metrics,
            openapi,
            options,
        });
        Ok(Self { app, listener, address, stop, stopped })
    }

    /// Where it listens; the port, too, where none was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stops it.
    pub fn stop(&self) -> Stop {
        Stop(self.stop.clone())
    }

    /// Serves until it is stopped. Then what came in is durable, and the index closed.
    ///
    /// # Errors
    /// Where the system refuses threads, or what came in last cannot be written.
    pub fn run(self) -> Result<(), ServeError> {
        let io = |source| ServeError::Io { what: "starting threads".to_owned(), source };
        let app = Arc::clone(&self.app);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(app.options.threads.clamp(1, 4))
            .thread_name("dateline-serve")
            .enable_all()
            .build()
            .map_err(io)?;
        let served = guarded("serving", || Ok::<_, IndexError>(runtime.block_on(self.serve())));
        runtime.shutdown_timeout(Duration::from_secs(1));
        served??;
        if let Some(live) = &app.live {
            live.close()?;
        }
        app.observer.event(&Event::Stopped);
        Ok(())
    }

    async fn serve(self) -> Result<(), ServeError> {
        let Self { app, listener, address, stop, mut stopped } = self;
        let io = |source| ServeError::Io { what: format!("listening on {address}"), source };
        let listener = tokio::net::TcpListener::from_std(listener).map_err(io)?;
        if app.options.signals {
            signals(stop.clone()).map_err(io)?;
        }
        app.observer.event(&Event::Listening { address });
        let places = Arc::new(Semaphore::new(app.options.connections));
        let router = routes::router(&app);
        let graceful = GracefulShutdown::new();
        let mut tidy = tokio::time::interval(TIDY);
        loop {
            let accepted = tokio::select! {
                _ = stopped.wait_for(|stopped| *stopped) => break,
                _ = tidy.tick() => {
                    app.snapshots.tidy();
                    continue;
                }
                accepted = accept(&listener, &places) => accepted,
            };
            let Some((stream, place)) = accepted else {
                app.observer.event(&Event::Warning { what: "a connection could not be taken" });
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let _ = stream.set_nodelay(true); // it is only slower without
            let service = TowerToHyperService::new(router.clone());
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(app.options.head_time)
                .max_buf_size(HEAD_BYTES);
            let stream = TokioIo::new(Patient::new(stream, app.options.body_time));
            let connection = graceful.watch(builder.serve_connection(stream, service));
            let metrics = Arc::clone(&app.metrics);
            tokio::spawn(async move {
                let _open = Counted::one(&metrics.connections);
                let _ = connection.await; // a client that goes away is no failure
                drop(place);
            });
        }
        app.observer.event(&Event::Stopping);
        drop(listener);
        if tokio::time::timeout(app.options.grace, graceful.shutdown()).await.is_err() {
            app.observer.event(&Event::Warning { what: "requests that did not end were cut off" });
        }
        Ok(())
    }
}

/// The next connection, when there is room for one.
async fn accept(
    listener: &tokio::net::TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    let (stream, _) = listener.accept().await.ok()?;
    Some((stream, place))
}

/// Stops where the system asks for it.
fn signals(stop: watch::Sender<bool>) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            let _ = stop.send(true);
        });
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        let _ = tokio::signal::ctrl_c().await;
        let _ = stop.send(true);
    });
    Ok(())
}
