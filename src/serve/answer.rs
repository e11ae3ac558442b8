//! Bodies of answers.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http_body::Frame;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::pool::Waits;
use crate::text::hex;

/// What a JSON document is called.
pub(super) const JSON: &str = "application/json";
/// What JSON objects, one a line, are called.
pub(super) const JSONL: &str = "application/x-ndjson";
/// What rows are called.
pub(super) const CSV: &str = "text/csv; charset=utf-8";

/// Something as JSON; what is given to it can be written as such.
pub(super) fn bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// A JSON document.
pub(super) fn json(value: &impl Serialize) -> Response {
    json_bytes(StatusCode::OK, bytes(value))
}

/// A JSON document, written before.
pub(super) fn json_bytes(status: StatusCode, mut bytes: Vec<u8>) -> Response {
    bytes.push(b'\n');
    of(status, JSON, Body::from(bytes))
}

/// JSON objects, one a line.
pub(super) fn json_lines<T: Serialize>(values: impl IntoIterator<Item = T>) -> Response {
    let mut body = Vec::new();
    for value in values {
        body.extend(bytes(&value));
        body.push(b'\n');
    }
    of(StatusCode::OK, JSONL, Body::from(body))
}

/// An answer of a type.
pub(super) fn of(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A tag that other bytes do not have. It is a weak one, as the same document may travel compressed.
pub(super) fn tag(bytes: &[u8]) -> String {
    format!("W/\"{}\"", hex(Sha256::digest(bytes).get(..16).unwrap_or_default()))
}

/// The response with a tag; or, where the client has what bears it, nothing but that.
pub(super) fn tagged(asked: &HeaderMap, tag: &str, make: impl FnOnce() -> Response) -> Response {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|known| known.trim() == "*" || opaque(known) == opaque(tag));
    let mut response = if known {
        let mut nothing = Response::new(Body::empty());
        *nothing.status_mut() = StatusCode::NOT_MODIFIED;
        nothing
    } else {
        make()
    };
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// A body that is made on another thread while it is sent.
pub(super) struct Flow {
    pub(super) pieces: mpsc::Receiver<io::Result<Bytes>>,
    /// Dropped with the body, where the client goes away.
    pub(super) _waits: Waits,
}

impl http_body::Body for Flow {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.pieces.poll_recv(context).map(|next| next.map(|piece| piece.map(Frame::data)))
    }
}
