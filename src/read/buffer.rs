//! A buffered reader that can look ahead, and keeps an error until the bytes before it have been read.

use std::io::{self, BufRead, Read};

const CHUNK: usize = 64 * 1024;

/// Buffers `R`, with a look ahead of any length.
///
/// An error met while looking ahead is not lost and hides no byte: it is returned once everything before it has been
/// consumed.
pub(super) struct Buffered<R> {
    inner: R,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    done: bool,
    error: Option<io::Error>,
}

impl<R: Read> Buffered<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, bytes: vec![0; CHUNK], start: 0, end: 0, done: false, error: None }
    }

    /// The next `count` bytes, or as many as there are before the end or an error; consumes nothing.
    pub(super) fn peek(&mut self, count: usize) -> &[u8] {
        self.peek_until(count, |_| false)
    }

    /// The same; fewer bytes, too, if they are `enough` and no others have come yet.
    pub(super) fn peek_until(&mut self, count: usize, enough: impl Fn(&[u8]) -> bool) -> &[u8] {
        if self.start > 0 && self.start + count > self.bytes.len() {
            self.bytes.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.bytes.len() < count {
            self.bytes.resize(count, 0);
        }
        while self.end - self.start < count
            && !self.done
            && self.error.is_none()
            && !enough(&self.bytes[self.start..self.end])
        {
            self.fill();
        }
        &self.bytes[self.start..self.end.min(self.start + count)]
    }

    /// What is buffered.
    pub(super) fn inner(&mut self) -> &mut R {
        &mut self.inner
    }

    /// Puts `bytes` back in front of what comes next.
    pub(super) fn unread(&mut self, bytes: &[u8]) {
        let rest = self.bytes.get(self.start..self.end).unwrap_or(&[]);
        let mut all = Vec::with_capacity((bytes.len() + rest.len()).max(CHUNK));
        all.extend_from_slice(bytes);
        all.extend_from_slice(rest);
        (self.start, self.end) = (0, all.len());
        all.resize(all.capacity(), 0);
        self.bytes = all;
    }

    /// Lets reading go on after an error.
    pub(super) fn resume(&mut self) {
        self.done = false;
    }

    /// Reads once into the free room at the end of the buffer, which must not be empty.
    fn fill(&mut self) {
        match self.inner.read(&mut self.bytes[self.end..]) {
            Ok(0) => self.done = true,
            Ok(n) => self.end += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => self.error = Some(e),
        }
    }
}

impl<R: Read> BufRead for Buffered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            while self.end == 0 && !self.done && self.error.is_none() {
                self.fill();
            }
            if self.end == 0
                && let Some(error) = self.error.take()
            {
                self.done = true;
                return Err(error);
            }
        }
        Ok(&self.bytes[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
    }
}

impl<R: Read> Read for Buffered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(out.len());
        out[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    struct Drip(Vec<u8>, usize);

    impl Read for Drip {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let Some(byte) = self.0.get(self.1) else { return Err(io::Error::other("broken")) };
            out[0] = *byte;
            self.1 += 1;
            Ok(1)
        }
    }

    #[test]
    fn an_error_waits_until_the_bytes_before_it_are_read() {
        let mut reader = Buffered::new(Drip(b"abc".to_vec(), 0));
        assert_eq!(reader.peek(2), b"ab");
        assert_eq!(reader.peek(10), b"abc");
        let mut out = [0; 3];
        reader.read_exact(&mut out).unwrap();
        assert_eq!(&out, b"abc");
        assert!(reader.read(&mut out).is_err());
    }

    #[test]
    fn looking_ahead_far_loses_nothing() {
        let data: Vec<u8> = (0..200_000u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let mut reader = Buffered::new(data.as_slice());
        let mut head = vec![0; 1000];
        reader.read_exact(&mut head).unwrap();
        assert_eq!(reader.peek(150_000), &data[1000..151_000]);
        let mut rest = Vec::new();
        reader.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, data[1000..]);
    }
}
