//! A connection that does not last for ever: where the other side takes nothing of what is sent to it for some time, or less than [`PACE`], it ends.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// Bytes that the other side takes, at least, in the time of patience, while more wait for it: two kilobytes a second, by the usual one.
const PACE: usize = 64 << 10;

/// A stream whose writes must get on.
pub(super) struct Patient {
    stream: TcpStream,
    patience: Duration,
    /// Set while a write waits.
    until: Pin<Box<Sleep>>,
    since: Option<Instant>,
    /// How long writes have waited for the last bytes that were taken, and how many these are.
    waited: Duration,
    taken: usize,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, patience: Duration) -> Self {
        let (since, waited, taken) = (None, Duration::ZERO, 0);
        Self { stream, patience, until: Box::pin(sleep(patience)), since, waited, taken }
    }

    /// What a write came to; an error if too little was taken for too long. A few bytes now and then are no new beginning.
    fn within(
        &mut self,
        context: &mut Context<'_>,
        done: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(done) = done {
            self.waited += self.since.take().map_or(Duration::ZERO, |since| since.elapsed());
            self.taken += done.as_ref().map_or(0, |&bytes| bytes);
            if self.taken >= PACE {
                (self.waited, self.taken) = (Duration::ZERO, 0);
            }
            return Poll::Ready(done);
        }
        if self.since.is_none() {
            let now = Instant::now();
            self.since = Some(now);
            let until = now + self.patience.saturating_sub(self.waited);
            self.until.as_mut().reset(until);
        }
        self.until.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.within(context, done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.within(context, done)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
