//! Counts for Prometheus, in its text format.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the buckets of times, in seconds.
const BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What the server has done.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    /// By route and method.
    routes: Mutex<BTreeMap<(String, &'static str), OfRoute>>,
    /// Requests that are being answered.
    pub(super) in_flight: AtomicU64,
    /// Connections that are open.
    pub(super) connections: AtomicU64,
    pub(super) articles: AtomicU64,
    pub(super) rejected: AtomicU64,
    pub(super) deleted: AtomicU64,
    pub(super) commits: AtomicU64,
}

#[derive(Debug, Default)]
struct OfRoute {
    statuses: BTreeMap<u16, u64>,
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// A request was answered.
    pub(super) fn answered(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let of = routes.entry((route.to_owned(), method)).or_default();
        *of.statuses.entry(status).or_default() += 1;
        let seconds = took.as_secs_f64();
        for (bucket, _) in of.buckets.iter_mut().zip(BUCKETS).filter(|(_, most)| seconds <= *most) {
            *bucket += 1;
        }
        of.count += 1;
        of.seconds += seconds;
    }

    /// All of it, with what is measured now.
    pub(super) fn text(&self, now: &[(&str, &str, u64)]) -> String {
        let mut out = String::new();
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        head(&mut out, "dateline_http_requests_total", "counter", "Requests that were answered.");
        for ((route, method), of) in routes.iter() {
            for (status, count) in &of.statuses {
                let _ = writeln!(
                    out,
                    "dateline_http_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}"
                );
            }
        }
        let times = "dateline_http_request_duration_seconds";
        head(&mut out, times, "histogram", "Time from a request's head to the head of its answer.");
        for ((route, method), of) in routes.iter() {
            let labels = format!("route=\"{route}\",method=\"{method}\"");
            for (count, most) in of.buckets.iter().zip(BUCKETS) {
                let _ = writeln!(out, "{times}_bucket{{{labels},le=\"{most}\"}} {count}");
            }
            let _ = writeln!(out, "{times}_bucket{{{labels},le=\"+Inf\"}} {}", of.count);
            let _ = writeln!(out, "{times}_sum{{{labels}}} {}", of.seconds);
            let _ = writeln!(out, "{times}_count{{{labels}}} {}", of.count);
        }
        let counters = [
            ("dateline_ingested_articles_total", "Articles put into the index.", &self.articles),
            ("dateline_rejected_records_total", "Records that could not be read.", &self.rejected),
            ("dateline_deleted_articles_total", "Articles taken out of the index.", &self.deleted),
            ("dateline_commits_total", "Commits of this server.", &self.commits),
        ];
        for (name, about, count) in counters {
            value(&mut out, name, "counter", about, count.load(Ordering::Relaxed));
        }
        let gauges = [
            ("dateline_http_requests_in_flight", "Requests that are being answered.", &self.in_flight),
            ("dateline_http_connections", "Connections that are open.", &self.connections),
        ];
        for (name, about, count) in gauges {
            value(&mut out, name, "gauge", about, count.load(Ordering::Relaxed));
        }
        for (name, about, count) in now {
            value(&mut out, name, "gauge", about, *count);
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, about: &str) {
    let _ = writeln!(out, "# HELP {name} {about}\n# TYPE {name} {kind}");
}

fn value(out: &mut String, name: &str, kind: &str, about: &str, value: u64) {
    head(out, name, kind, about);
    let _ = writeln!(out, "{name} {value}");
}

/// Counts up for as long as it lives.
pub(super) struct Counted<'a>(&'a AtomicU64);

impl<'a> Counted<'a> {
    pub(super) fn one(gauge: &'a AtomicU64) -> Self {
        gauge.fetch_add(1, Ordering::Relaxed);
        Self(gauge)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Bytes of memory that the process holds, where the system tells.
pub(super) fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
