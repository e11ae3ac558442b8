//! Edits of a text, copied only when something changes, and traced back to the raw text when that is asked for.
//!
//! Every step of cleaning reads a text from start to end and makes its edits through an [`Editor`]. Where changes are
//! recorded, the [`Log`] keeps each step's edits, so that an offset in any step's text leads back to the raw text.

use std::ops::Range;

use super::reason::{Change, Counts, Reason};
use crate::article::{Cleaning, Dropped, Span, TextField};

/// What one step did: `input` bytes of the text before became `output` bytes of the text after.
#[derive(Debug, Clone)]
struct Edit {
    input: Range<usize>,
    output: Range<usize>,
}

/// The changes made to one text so far.
#[derive(Debug)]
pub(super) struct Log {
    field: TextField,
    /// The raw text, if changes are recorded.
    raw: Option<String>,
    layers: Vec<Vec<Edit>>,
    pub(super) changes: Vec<Change>,
    pub(super) counts: Counts,
    /// The pieces that were dropped, whether or not changes are recorded.
    pub(super) dropped: Vec<Dropped>,
}

impl Log {
    /// A log for `raw`, which keeps changes only if `record`.
    pub(super) fn new(field: TextField, raw: &str, record: bool) -> Self {
        let raw = record.then(|| raw.to_owned());
        Self {
            field,
            raw,
            layers: Vec::new(),
            changes: Vec::new(),
            counts: Counts::default(),
            dropped: Vec::new(),
        }
    }

    /// Where a range of the current text stood in the raw text.
    fn raw_range(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end);
        for layer in self.layers.iter().rev() {
            start = origin_of_start(layer, start);
            end = origin_of_end(layer, end);
        }
        start..end.max(start)
    }

    /// Keeps a piece that was dropped, as far as records keep them.
    fn drop(&mut self, piece: &str, reason: Reason) {
        let piece = piece.trim_matches(['\n', ' ']);
        let kept: usize = self.dropped.iter().map(|dropped| dropped.text.len()).sum();
        let mut shown = Dropped::SHOWN.min(Cleaning::KEPT.saturating_sub(kept)).min(piece.len());
        while !piece.is_char_boundary(shown) {
            shown -= 1;
        }
        self.dropped.push(Dropped {
            field: self.field,
            reason: reason.name().into(),
            rule: reason.rule().map(Into::into),
            text: piece.get(..shown).unwrap_or("").to_owned(),
            bytes: u32::try_from(piece.len()).unwrap_or(u32::MAX),
        });
    }

    fn note(&mut self, range: Range<usize>, replacement: &str, reason: Reason) {
        self.counts.add(reason);
        let Some(raw) = &self.raw else { return };
        let mut range = self.raw_range(range);
        if !reason.is_spacing() {
            // A dropped line goes with its line end; the record shows the line.
            let text = raw.get(range.clone()).unwrap_or("");
            range.start += text.len() - text.trim_start_matches(['\n', '\r']).len();
            range.end = range.end.max(range.start + 1).min(raw.len());
            let text = raw.get(range.clone()).unwrap_or("");
            range.end = range.start + text.trim_end_matches(['\n', '\r']).len();
        }
        let mut shown = range.end.min(range.start + Change::SHOWN);
        while !raw.is_char_boundary(shown) {
            shown -= 1;
        }
        self.changes.push(Change {
            field: self.field,
            span: Span::new(range.start, range.end),
            text: raw.get(range.start..shown).unwrap_or("").to_owned(),
            replacement: (!replacement.is_empty()).then(|| replacement.to_owned()),
            reason,
        });
    }
}

/// The input offset of what begins at output offset `at`.
fn origin_of_start(layer: &[Edit], at: usize) -> usize {
    let before = layer.partition_point(|edit| edit.output.start <= at);
    match before.checked_sub(1).and_then(|i| layer.get(i)) {
        None => at,
        Some(edit) if at < edit.output.end => edit.input.start,
        Some(edit) => edit.input.end + (at - edit.output.end),
    }
}

/// The input offset of what ends at output offset `at`.
fn origin_of_end(layer: &[Edit], at: usize) -> usize {
    let before = layer.partition_point(|edit| edit.output.start < at);
    match before.checked_sub(1).and_then(|i| layer.get(i)) {
        None => at,
        Some(edit) if at <= edit.output.end => edit.input.end,
        Some(edit) => edit.input.end + (at - edit.output.end),
    }
}

/// Edits one text from start to end.
pub(super) struct Editor<'t, 'l> {
    text: &'t str,
    log: &'l mut Log,
    out: String,
    /// How much of `text` is in `out` or replaced.
    copied: usize,
    edits: Vec<Edit>,
    changed: bool,
}

impl<'t, 'l> Editor<'t, 'l> {
    pub(super) fn new(text: &'t str, log: &'l mut Log) -> Self {
        Self { text, log, out: String::new(), copied: 0, edits: Vec::new(), changed: false }
    }

    /// Puts `with` in the place of `range`, which must not begin before the end of the last edit.
    pub(super) fn replace(&mut self, range: Range<usize>, with: &str, reason: Reason) {
        debug_assert!(self.copied <= range.start && range.start <= range.end, "edits go from start to end");
        if !self.changed {
            self.changed = true;
            self.out.reserve(self.text.len() + 16);
        }
        self.out.push_str(self.text.get(self.copied..range.start).unwrap_or(""));
        let start = self.out.len();
        self.out.push_str(with);
        self.copied = range.end;
        if self.log.raw.is_some() {
            self.edits.push(Edit { input: range.clone(), output: start..self.out.len() });
        }
        if reason.is_drop() {
            self.log.drop(self.text.get(range.clone()).unwrap_or(""), reason);
        }
        self.log.note(range, with, reason);
    }

    /// The text after the edits; `None` if there were none.
    pub(super) fn finish(mut self) -> Option<String> {
        if !self.changed {
            return None;
        }
        self.out.push_str(self.text.get(self.copied..).unwrap_or(""));
        if self.log.raw.is_some() {
            self.log.layers.push(self.edits);
        }
        Some(self.out)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_edit_of_an_edited_text_is_traced_to_the_raw_text() {
        let raw = "ab--cd**ef\nXX\ngh";
        let mut log = Log::new(TextField::Body, raw, true);
        let mut editor = Editor::new(raw, &mut log);
        editor.replace(2..4, "", Reason::Invisible);
        editor.replace(6..8, "+", Reason::Mojibake);
        let once = editor.finish().unwrap();
        assert_eq!(once, "abcd+ef\nXX\ngh");
        let mut editor = Editor::new(&once, &mut log);
        editor.replace(1..5, "_", Reason::Composed);
        editor.replace(8..11, "", Reason::Furniture("rule"));
        assert_eq!(editor.finish().unwrap(), "a_ef\ngh");
        let seen: Vec<_> = log.changes.iter().map(|c| (c.text.as_str(), c.replacement.as_deref())).collect();
        assert_eq!(seen, [("--", None), ("**", Some("+")), ("b--cd**", Some("_")), ("XX", None)]);
        assert!(log.changes.iter().all(|c| c.span.of(raw) == c.text));
    }

    #[test]
    fn without_recording_only_counts_are_kept() {
        let mut log = Log::new(TextField::Title, "a  b", false);
        let mut editor = Editor::new("a  b", &mut log);
        editor.replace(1..3, " ", Reason::Spacing);
        assert_eq!(editor.finish().as_deref(), Some("a b"));
        assert!(log.changes.is_empty() && log.counts.of(Reason::Spacing) == 1);
    }

    #[test]
    fn a_text_without_edits_is_not_copied() {
        let mut log = Log::new(TextField::Title, "a", false);
        assert_eq!(Editor::new("a", &mut log).finish(), None);
    }
}
