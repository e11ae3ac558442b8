//! `dateline serve`.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::args::{Global, ServeArgs};
use super::exit::{Exit, Failure};
use super::out::complain;
use crate::serve::{Event, Key, Observer, SHORTEST_KEY, ServeError, ServeOptions, Server};
use crate::text::date::rfc3339;

/// Where the key of the server stands; a flag would be seen by everybody who lists processes.
const KEY: &str = "DATELINE_API_KEY";

pub(super) fn run(global: &Global, args: &ServeArgs) -> Result<Exit, Failure> {
    let key = match std::env::var(KEY) {
        Ok(stated) if stated.is_empty() => None,
        Ok(stated) => Some(Key::new(&stated).ok_or_else(|| {
            Failure::message(format!(
                "{KEY}: a key has {SHORTEST_KEY} bytes or more, of letters, digits and signs"
            ))
        })?),
        Err(std::env::VarError::NotPresent) => None,
        Err(_) => return Err(Failure::message(format!("{KEY}: a key has letters, digits and signs"))),
    };
    let mut options = ServeOptions::new(&global.index, args.listen);
    options.key = key;
    options.hosts.clone_from(&args.host);
    options.time_limit = Duration::from_secs_f64(args.timeout);
    options.body_bytes = usize::from(args.max_body) << 20;
    options.bodies_bytes = options.bodies_bytes.max(options.body_bytes);
    options.head_time = Duration::from_secs(args.head_timeout.into());
    options.waiting = usize::from(args.queue);
    if let Some(threads) = args.threads {
        options.threads = usize::from(threads);
    }
    let server = Server::bind(options, Log { quiet: global.quiet })?;
    server.run()?;
    Ok(Exit::Found)
}

/// A JSON object a line, on standard error.
struct Log {
    /// Whether requests that were answered, or turned away, are left out.
    quiet: bool,
}

impl Observer for Log {
    fn event(&self, event: &Event<'_>) {
        let mut line = match event {
            Event::Listening { address } => json!({ "event": "listening", "address": shown(*address) }),
            Event::Request { status, .. } if self.quiet && (*status < 500 || *status == 503) => return,
            Event::Request { id, method, route, status, took, detail } => {
                let mut line = json!({
                    "event": "request",
                    "id": id,
                    "method": method,
                    "route": route,
                    "status": status,
                    "ms": (took.as_secs_f64() * 1e6).round() / 1e3,
                });
                if let Some(detail) = detail {
                    line["detail"] = json!(detail);
                }
                line
            }
            Event::Warning { what } => json!({ "event": "warning", "what": what }),
            Event::Stopping => json!({ "event": "stopping" }),
            Event::Stopped => json!({ "event": "stopped" }),
        };
        line["at"] = now();
        complain(&line.to_string());
    }
}

fn shown(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn now() -> Value {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    json!(rfc3339(i64::try_from(since.as_secs()).unwrap_or_default()))
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Index(error) => Self::Index(error),
            ServeError::Ingest(error) => Self::Ingest(error),
            other => Self::message(other.to_string()),
        }
    }
}
