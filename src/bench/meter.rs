//! Clocks and memory.

use std::time::{Duration, Instant};

/// Times a piece of work: by the wall, and by the CPU of the process and of this thread.
#[derive(Debug)]
pub(super) struct Meter {
    wall: Instant,
    process: cpu_time::ProcessTime,
    thread: cpu_time::ThreadTime,
}

impl Meter {
    pub(super) fn start() -> Self {
        Self {
            wall: Instant::now(),
            process: cpu_time::ProcessTime::now(),
            thread: cpu_time::ThreadTime::now(),
        }
    }

    pub(super) fn wall(&self) -> Duration {
        self.wall.elapsed()
    }

    /// CPU time of all threads, user and system.
    pub(super) fn process(&self) -> Duration {
        self.process.elapsed()
    }

    /// CPU time of this thread, user and system.
    pub(super) fn thread(&self) -> Duration {
        self.thread.elapsed()
    }
}

/// The most memory that the process has held so far, in bytes; `None` where the system does not say.
pub(super) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// The value below which `share` of the sorted values lie.
pub(super) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let rank = (share * sorted.len() as f64).ceil();
    let at = (1..=last).find(|i| *i as f64 >= rank).map_or(last, |i| i - 1);
    sorted.get(at).copied().unwrap_or(0.0)
}

/// A small generator of random numbers (`SplitMix64`), the same everywhere for the same seed.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_of_the_list() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((percentile(&values, 0.5) - 50.0).abs() < 1e-9);
        assert!((percentile(&values, 0.99) - 99.0).abs() < 1e-9);
        assert!((percentile(&[7.0], 0.99) - 7.0).abs() < 1e-9);
    }
}
