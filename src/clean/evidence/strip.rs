//! Drops the lines that evidence shows to be furniture, and tells which lines might be.

use super::line::{Place, claim, exact, fingerprint, is_story};
use super::source::Source;
use super::{Evidence, Sightings};
use crate::clean::edit::{Editor, Log};
use crate::clean::reason::Reason;

/// Lines at each end of an article that count as its edge.
const EDGE: usize = 4;
/// Shortest sentence that tells one article from another, in bytes.
const SHORTEST_SENTENCE: usize = 60;
/// Most lines of an article that are counted.
const MOST_SIGHTINGS: usize = 64;

struct Row {
    start: usize,
    end: usize,
    dropped: Option<&'static str>,
}

/// Drops the lines of `text`, from which all rules have taken what they know, that are furniture by `evidence`; `None` if there are none.
/// What the article says of its source's lines goes into `sightings`, unless an earlier round has put it there.
pub(in crate::clean) fn strip(
    text: &str,
    evidence: &Evidence,
    source: &Source<'_>,
    sightings: &mut Sightings,
    log: &mut Log,
) -> Option<String> {
    let mut rows = Vec::with_capacity(text.len() / 160 + 4);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        rows.push(Row { start, end, dropped: None });
        start = end + 1;
    }
    let first = sightings.source == 0;
    if first {
        *sightings = Sightings { source: source.key, lines: Vec::new(), sketch: sketch(text, &rows, source) };
    }
    if first || !evidence.is_empty() {
        look(text, &mut rows, evidence, source, first.then_some(&mut sightings.lines));
    }
    let kept = rows.iter().filter(|row| row.dropped.is_none()).count();
    // An article all of whose lines recur is none that evidence understands.
    if kept == rows.len() || kept == 0 {
        return None;
    }
    let last_kept = rows.iter().rposition(|row| row.dropped.is_none())?;
    let mut editor = Editor::new(text, log);
    for (i, row) in rows.iter().enumerate() {
        if let Some(claim) = row.dropped {
            // Above the last line that stays a line goes with its line end, below it with the one before.
            let range = if i < last_kept { row.start..row.end + 1 } else { row.start - 1..row.end };
            editor.replace(range, "", Reason::Recurring(claim));
        }
    }
    editor.finish()
}

/// Drops what is proved to be furniture, until there is no more: once a line is gone, the next stands at the edge. In the first
/// round the lines that might be furniture are put on `list`.
fn look(
    text: &str,
    rows: &mut [Row],
    evidence: &Evidence,
    source: &Source<'_>,
    mut list: Option<&mut Vec<u64>>,
) {
    const ROUNDS: usize = 8;
    for _ in 0..ROUNDS {
        let mut dropped = false;
        let kept: Vec<usize> =
            (0..).zip(&*rows).filter(|(_, row)| row.dropped.is_none()).map(|(i, _)| i).collect();
        let line = |row: &Row| text.get(row.start..row.end).unwrap_or("");
        let story = |i: &usize| rows.get(*i).is_some_and(|row| is_story(line(row)));
        let first = kept.iter().position(story).unwrap_or(kept.len());
        let last = kept.iter().rposition(story).unwrap_or(0);
        for (n, i) in kept.iter().enumerate() {
            let place =
                Place { edge: n < EDGE / 2 || n + EDGE >= kept.len(), outside: n < first || n > last };
            let Some(row) = rows.get_mut(*i) else { continue };
            let line = line(row);
            let Some(claim) = claim(line, place, source) else { continue };
            let known = fingerprint(line, source);
            if let Some(list) = list.as_deref_mut()
                && list.len() < MOST_SIGHTINGS
                && !list.contains(&known)
            {
                list.push(known);
            }
            if !evidence.is_empty() && evidence.proves(source.key, known, claim) {
                row.dropped = Some(claim.name());
                dropped = true;
            }
        }
        list = None;
        if !dropped {
            return;
        }
    }
}

/// The two smallest fingerprints of the article's sentences, or of all of it if it has none.
fn sketch(text: &str, rows: &[Row], source: &Source<'_>) -> [u64; 2] {
    let mut least = [u64::MAX; 2];
    for line in rows.iter().filter_map(|row| text.get(row.start..row.end)) {
        if line.len() < SHORTEST_SENTENCE {
            continue;
        }
        let known = exact(line, source);
        if known < least[0] {
            least = [known, least[0]];
        } else if known < least[1] && known != least[0] {
            least[1] = known;
        }
    }
    if least[0] == u64::MAX {
        return [exact(text, source), 0];
    }
    [least[0], if least[1] == u64::MAX { 0 } else { least[1] }]
}
