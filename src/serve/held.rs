//! Answers that wait for their clients: all of them together hold no more memory than there is for it, however many take them slowly.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;

use super::App;
use super::failure::Failure;

/// What goes to a connection at once; an answer no longer than that is not counted.
const PIECE: usize = 32 << 10;

/// Counts a long answer as held until the last of it has gone to its connection; where there is no room for it, the client is told to come again.
/// A stream is made while it is sent, and holds little.
pub(super) async fn held(State(app): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let Some(bytes) = response.body().size_hint().exact().filter(|bytes| *bytes > PIECE as u64) else {
        return response;
    };
    let all = u32::try_from(app.options.answers_bytes >> 10).unwrap_or(u32::MAX);
    let kilobytes = u32::try_from(bytes.div_ceil(1 << 10)).unwrap_or(u32::MAX).min(all);
    match app.answers.clone().try_acquire_many_owned(kilobytes) {
        Ok(room) => response.map(|body| Body::new(Held { body, rest: Bytes::new(), _room: room })),
        Err(_) => Failure::busy("overloaded", "too many long answers wait for their clients").into_response(),
    }
}

/// A body that is given in pieces, each with memory of its own: what a connection has of it does not keep the whole.
struct Held {
    body: Body,
    rest: Bytes,
    _room: OwnedSemaphorePermit,
}

impl http_body::Body for Held {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(io::Error::other(error)))),
                Some(Ok(frame)) => self.rest = frame.into_data().unwrap_or_default(),
            }
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        Poll::Ready(Some(Ok(Frame::data(Bytes::copy_from_slice(&piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        self.body.size_hint().exact().map_or_else(SizeHint::new, |more| SizeHint::with_exact(rest + more))
    }
}
