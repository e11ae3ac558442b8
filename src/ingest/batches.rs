//! Records in batches: large ones, or what there is when an input pauses.
//!
//! A file is read as fast as it can be. A stream, such as standard input, may give an article now and one in an hour: a thread of its
//! own waits for it, and what came in goes on after a moment.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use super::resume::Spot;
use crate::read::{self, Input, RawRecord, Reject};

/// What is read: a record, or why there is none.
pub(super) type Read = Result<RawRecord, Reject>;

/// Records that travel together, numbered in the order of the input.
pub(super) struct Batch<T> {
    pub(super) number: u64,
    pub(super) items: Vec<T>,
    /// Whether the input paused behind it.
    pub(super) pause: bool,
    /// How far the inputs are read with it.
    pub(super) end: Spot,
}

/// Bytes and records after which a batch is sent on.
pub(super) const BATCH_BYTES: usize = 256 << 10;
const BATCH_RECORDS: usize = 128;
/// How long the first record of a batch waits for others.
const PATIENCE: Duration = Duration::from_millis(200);
/// Records of a stream that wait to be put into batches.
const WAITING: usize = 64;

/// Where records come from.
enum Source<'a> {
    Files(Box<dyn Iterator<Item = (usize, Read)> + Send + 'a>),
    Stream(Receiver<(usize, Read)>),
}

/// The records of all inputs in order.
pub(super) struct Batches<'a> {
    source: Source<'a>,
    next: u64,
    read: Spot,
}

impl<'a> Batches<'a> {
    /// Those of `inputs`, from where an interrupted run goes on. For a stream a thread is begun in `scope`, which ends with the input, or when nobody listens any more and
    /// one more record has come.
    pub(super) fn new<'scope>(
        inputs: &'a [Input],
        options: &'a read::Options,
        from: Spot,
        scope: &'scope std::thread::Scope<'scope, 'a>,
    ) -> Self {
        let rest = inputs.iter().enumerate().skip(from.input);
        let mut records = rest.flat_map(move |(number, input)| {
            let done = if number == from.input { from.records } else { 0 };
            let records = input.records(options).skip(usize::try_from(done).unwrap_or(usize::MAX));
            records.map(move |record| (number, record))
        });
        let source = if inputs.iter().all(Input::is_file) {
            Source::Files(Box::new(records))
        } else {
            let (sender, receiver) = bounded(WAITING);
            scope.spawn(move || records.try_for_each(|record| sender.send(record)));
            Source::Stream(receiver)
        };
        Self { source, next: 0, read: from }
    }
}

impl Iterator for Batches<'_> {
    type Item = Batch<Read>;

    fn next(&mut self) -> Option<Batch<Read>> {
        let (mut items, mut bytes, mut pause) = (Vec::new(), 0, false);
        let mut until = None;
        while bytes < BATCH_BYTES && items.len() < BATCH_RECORDS {
            let record = match (&mut self.source, until) {
                (Source::Files(records), _) => records.next(),
                (Source::Stream(records), None) => records.recv().ok(),
                (Source::Stream(records), Some(until)) => match records.recv_deadline(until) {
                    Ok(record) => Some(record),
                    Err(RecvTimeoutError::Disconnected) => None,
                    Err(RecvTimeoutError::Timeout) => {
                        pause = true;
                        None
                    }
                },
            };
            let Some((input, record)) = record else { break };
            if input != self.read.input {
                self.read = Spot { input, records: 0 };
            }
            self.read.records += 1;
            until = until.or_else(|| Some(Instant::now() + PATIENCE));
            bytes += record.as_ref().map_or(0, |r| r.bytes.len());
            items.push(record);
        }
        let number = self.next;
        self.next += 1;
        (!items.is_empty()).then_some(Batch { number, items, pause, end: self.read })
    }
}
