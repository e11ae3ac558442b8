//! The record of a cleaning, for people to look through.

use super::{Change, Cleaned, Counts, Evidence, Options, Reason, clean, clean_with};
use crate::article::{RawArticle, TextField};

/// One piece of raw text that was dropped or replaced, with its place for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The change itself, with its bytes of the raw text.
    pub change: Change,
    /// The line of the raw text that it begins in, from 1.
    pub line: usize,
    /// The raw text just before it, on the same line; empty if it begins its line.
    pub before: String,
    /// The raw text just after it, on the same line; empty if it ends its line.
    pub after: String,
}

/// Everything that cleaning changes in one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// What a reader would notice, in the order of the text, title first.
    pub records: Vec<Record>,
    /// How often for each sort of reason, white space included.
    pub counts: Counts,
}

/// What cleaning `raw` with `options` changes, with the reasons.
///
/// Changes of white space are counted and have no records, unless `spacing` asks for them.
///
/// ```
/// use dateline::article::{Origin, RawArticle};
/// use dateline::clean::{Options, diff};
/// let mut raw = RawArticle::at(Origin { file: "a.txt".into(), record: 1, offset: 0 });
/// raw.body = "ADVERTISEMENT\nThe bridge  is closed.".to_owned();
/// let diff = diff(raw, &Options::default(), false);
/// assert_eq!(diff.records.len(), 1);
/// assert_eq!(diff.records[0].change.reason.rule(), Some("advertisement"));
/// ```
pub fn diff(raw: RawArticle, options: &Options, spacing: bool) -> Diff {
    diff_by(raw, spacing, |raw| clean(raw, &Options { record: true, ..options.clone() }))
}

/// What [`clean_with`] changes in `raw`, with the reasons.
pub fn diff_with(raw: RawArticle, options: &Options, evidence: &Evidence, spacing: bool) -> Diff {
    diff_by(raw, spacing, |raw| clean_with(raw, &Options { record: true, ..options.clone() }, evidence))
}

fn diff_by(raw: RawArticle, spacing: bool, clean: impl FnOnce(RawArticle) -> Cleaned) -> Diff {
    let (title, body) = (raw.title.clone(), raw.body.clone());
    let cleaned = clean(raw);
    let mut changes = cleaned.changes;
    changes.retain(|change| spacing || !change.reason.is_spacing());
    changes.sort_by_key(|change| (change.field, change.span.start, change.span.end));
    let mut cursor = (TextField::Title, 0, 1);
    let records = changes.into_iter().map(|change| {
        let text = if change.field == TextField::Title { &title } else { &body };
        record(change, text, &mut cursor)
    });
    Diff { records: records.collect(), counts: cleaned.counts }
}

/// `cursor` is a field, an offset of it, and that offset's line; changes come in order, so that lines are counted once.
fn record(change: Change, text: &str, cursor: &mut (TextField, usize, usize)) -> Record {
    const SHOWN: usize = 30;
    let range = change.span.range();
    if cursor.0 != change.field {
        *cursor = (change.field, 0, 1);
    }
    let passed = text.as_bytes().get(cursor.1..range.start).unwrap_or(&[]);
    cursor.2 += memchr::memchr_iter(b'\n', passed).count();
    cursor.1 = cursor.1.max(range.start);
    let before = text.get(..range.start).unwrap_or("").char_indices().rev();
    let start = before.take(SHOWN).take_while(|(_, c)| *c != '\n').last().map_or(range.start, |(at, _)| at);
    let after = text.get(range.end..).unwrap_or("").chars();
    Record {
        line: cursor.2,
        before: text.get(start..range.start).unwrap_or("").to_owned(),
        after: after.take(SHOWN).take_while(|c| *c != '\n').collect(),
        change,
    }
}

impl Diff {
    /// Whether cleaning changes nothing at all.
    pub fn is_empty(&self) -> bool {
        self.counts.is_zero()
    }

    /// How many changes were made for this sort of reason.
    pub fn count(&self, reason: Reason) -> u32 {
        self.counts.of(reason)
    }
}
