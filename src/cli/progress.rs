//! The progress bar of long runs, on a terminal alone.

use indicatif::{ProgressBar, ProgressStyle};

use super::out::stderr_is_terminal;
use crate::ingest::Progress;

/// A bar, or nothing where nobody sees it.
pub(super) struct Bar(Option<ProgressBar>);

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        Self((!quiet && stderr_is_terminal()).then(|| {
            let bar = ProgressBar::new(0);
            let known = "{bar:30} {percent:>3}% {msg} · {eta} left";
            bar.set_style(
                ProgressStyle::with_template(known).unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar
        }))
    }

    pub(super) fn show(&self, progress: &Progress) {
        let Some(bar) = &self.0 else { return };
        if bar.length() != Some(progress.total_bytes) {
            bar.set_length(progress.total_bytes);
        }
        bar.set_position(progress.read_bytes);
        let seconds = progress.elapsed.as_secs_f64();
        bar.set_message(format!(
            "{} articles, {}/s, {}/s",
            progress.articles,
            rate(progress.articles as f64, seconds),
            mega(progress.text_bytes as f64 / seconds.max(0.001)),
        ));
    }

    /// Takes the bar away while something else is said.
    pub(super) fn pause(&self, say: impl FnOnce()) {
        match &self.0 {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Bytes in MB.
pub(super) fn mega(bytes: f64) -> String {
    format!("{:.1} MB", bytes / 1e6)
}

/// So many a second, whole.
pub(super) fn rate(count: f64, seconds: f64) -> String {
    format!("{:.0}", count / seconds.max(0.001))
}
