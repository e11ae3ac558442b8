//! What every request passes: its number, how many there are, its host, its key; and what every answer gets: its headers, its line in the log.

use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};

use super::failure::{Detail, Failure};
use super::metrics::Counted;
use super::route::Access;
use super::snapshots::request_id;
use super::{App, Event, ServeOptions};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What an answer says to a browser unless it says something else: that it is what it is called, and that nothing of it runs.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// The first that a request meets and the last that its answer does.
pub(super) async fn every(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = number(&app, request.headers());
    let method = name(request.method());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let _in_flight = Counted::one(&app.metrics.in_flight);
    let mut response = match app.requests.clone().try_acquire_owned() {
        Err(_) => Failure::busy("overloaded", "too many requests at once").into_response(),
        Ok(_place) => match host(&app.options, &request) {
            Err(failure) => failure.into_response(),
            Ok(()) => next.run(request).await,
        },
    };
    let took = started.elapsed();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    let status = response.status().as_u16();
    app.metrics.answered(route.as_deref().unwrap_or("none"), method, status, took);
    let detail = response.extensions_mut().remove::<Detail>();
    app.observer.event(&Event::Request {
        id: &id,
        method,
        route: route.as_deref(),
        status,
        took,
        detail: detail.as_ref().map(|detail| detail.0.as_str()),
    });
    response
}

/// The number of a request: what the client calls it, if that is a plain word, or one of ours.
fn number(app: &App, headers: &HeaderMap) -> String {
    let plain = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let stated = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(plain);
    let next = || request_id(app.snapshots.server(), app.numbers.fetch_add(1, Ordering::Relaxed));
    stated.map_or_else(next, str::to_owned)
}

/// The name of a method; there are as many as people make up.
fn name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Refuses a request that goes to another host: a page of some other site whose name was made to lead here has its own name as host.
/// An address in digits is no such name.
fn host(options: &ServeOptions, request: &Request) -> Result<(), Failure> {
    let bad = |message: &str| Failure::bad("bad_host", message);
    let mut stated = request.headers().get_all(header::HOST).iter();
    let (first, second) = (stated.next(), stated.next());
    if second.is_some() {
        return Err(bad("the request names several hosts"));
    }
    let first = first.ok_or_else(|| bad("the request names no host"))?;
    let first = first.to_str().map_err(|_| bad("the host is no name"))?;
    for host in [Some(first), request.uri().authority().map(hyper::http::uri::Authority::as_str)] {
        if host.is_some_and(|host| !is_ours(options, host)) {
            return Err(Failure::new(
                StatusCode::MISDIRECTED_REQUEST,
                "unknown_host",
                "the server does not go by the name in Host",
            )
            .help("name it when the server is started: --host NAME"));
        }
    }
    Ok(())
}

/// Whether the server goes by a name, with or without a port.
fn is_ours(options: &ServeOptions, host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        // An address of six, with nothing behind it but a port.
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if address.contains(':') => (address, port),
            _ => return false,
        },
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(digits) {
        return false;
    }
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok()
        || options.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Lets those pass who may use a route.
pub(super) async fn key(
    State((app, access)): State<(App, Access)>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    may(&app.options, access, request.headers())?;
    Ok(next.run(request).await)
}

fn may(options: &ServeOptions, access: Access, headers: &HeaderMap) -> Result<(), Failure> {
    let needed = match access {
        Access::Open => false,
        Access::Read => !options.address.ip().is_loopback(),
        Access::Write => true,
    };
    if !needed {
        return Ok(());
    }
    let Some(key) = &options.key else {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "read_only",
            "the server has no key, so nothing is written",
        )
        .help("start it with DATELINE_API_KEY set to a key of 16 bytes or more"));
    };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| {
        let (scheme, key) = value.as_bytes().split_at_checked(7)?;
        scheme.eq_ignore_ascii_case(b"bearer ").then(|| key.trim_ascii())
    });
    let stated = bearer.or_else(|| headers.get("x-api-key").map(HeaderValue::as_bytes));
    match stated {
        None => Err(Failure::locked("the key of the server is needed for this")),
        Some(stated) if key.is(stated) => Ok(()),
        Some(_) => Err(Failure::locked("this is not the key of the server")),
    }
}
